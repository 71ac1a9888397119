//! What a printer says, as bytes and by what loses it (hardware.md §7.4, §7.5).

use super::printer::PrinterFault;

/// One message of a printer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// To DLE EOT.
    RealTime(u8),
    /// Automatic status.
    Asb([u8; 4]),
    /// To GS r 1.
    Fence(u8),
    /// To GS ( H.
    ProcessId([u8; 4]),
    /// To GS I: one byte, or a block.
    Identity(Vec<u8>),
}

impl Said {
    /// The fault that loses it.
    pub(crate) fn lost_by(&self) -> PrinterFault {
        match self {
            Self::RealTime(_) => PrinterFault::LoseRealTime,
            Self::Asb(_) => PrinterFault::NoAsb,
            Self::Fence(_) => PrinterFault::LoseFence,
            Self::ProcessId(_) => PrinterFault::LoseProcessId,
            Self::Identity(_) => PrinterFault::LoseIdentity,
        }
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        match self {
            Self::RealTime(byte) | Self::Fence(byte) => vec![byte],
            Self::Asb(status) => status.to_vec(),
            Self::ProcessId(mark) => [&[0x37, 0x22], &mark[..], &[0]].concat(),
            Self::Identity(answer) => answer,
        }
    }

    /// Makes wrong what a printer's answers have in place of a check: the mark of a process id, and
    /// the highest bit of the first byte of all others, which is always clear. What is left of an
    /// automatic status then looks like three answers to GS r.
    pub(crate) fn spoil(message: &mut [u8]) {
        match message {
            [0x37, 0x22, mark, ..] => *mark ^= 1,
            [first, ..] => *first |= 0x80,
            [] => {}
        }
    }

    /// The answer to GS I n: what kind of printer it says it is (§7.4: never believe it).
    pub(crate) fn identity(n: u8, chinese: bool, cutter: bool) -> Option<Self> {
        let text = match n {
            1 | 49 => return Some(Self::Identity(vec![0x20])),
            2 | 50 => {
                let kind = u8::from(chinese) | u8::from(cutter) << 1;
                return Some(Self::Identity(vec![kind]));
            }
            3 | 51 => return Some(Self::Identity(vec![0x01])),
            65 => "1.00",
            66 => "LODGE",
            67 => "SIMULATED",
            68 => "0001",
            69 if chinese => "GB18030",
            _ => return None,
        };
        let answer = [b"\x5F", text.as_bytes(), b"\x00"].concat();
        Some(Self::Identity(answer))
    }
}
