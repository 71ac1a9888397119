//! What a printer says, taken apart byte by byte (hardware.md §7.4).

/// One thing a printer said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// DLE EOT n: `0xx1xx10`.
    RealTime(u8),
    /// Automatic status back: four bytes.
    Asb([u8; 4]),
    /// GS r or GS I: `0xx0xxxx`; given in order with the printed data. That to GS r 1 says how much paper
    /// there is.
    Queued(u8),
    /// A block: its first byte (37, 3D or 5F) and what follows up to 00.
    Block(u8, Vec<u8>),
    /// XON (true) or XOFF.
    Flow(bool),
    /// So many bytes of nothing known.
    Noise(usize),
}

/// The longest block kept; GS I answers are 80 bytes at most.
const LONGEST_BLOCK: usize = 96;

/// Tells the kinds of answers apart in one stream.
#[derive(Default, Debug)]
pub struct Demultiplexer {
    asb: Vec<u8>,
    block: Vec<u8>,
}

impl Demultiplexer {
    /// Forgets a half-received answer; gives how many bytes it had.
    pub fn forget(&mut self) -> usize {
        let n = self.asb.len() + self.block.len();
        self.asb.clear();
        self.block.clear();
        n
    }

    /// Hears one byte; gives what it completes.
    pub fn hear(&mut self, byte: u8) -> Vec<Answer> {
        match byte {
            0x11 | 0x13 => vec![Answer::Flow(byte == 0x11)],
            _ if !self.block.is_empty() => self.in_block(byte),
            _ if !self.asb.is_empty() => self.in_asb(byte),
            _ => self.first(byte),
        }
    }

    fn first(&mut self, byte: u8) -> Vec<Answer> {
        match byte {
            _ if is_block(byte) => self.block.push(byte),
            _ if is_asb(byte) => self.asb.push(byte),
            _ if is_real_time(byte) => return vec![Answer::RealTime(byte)],
            _ if is_low(byte) => return vec![Answer::Queued(byte)],
            _ => return vec![Answer::Noise(1)],
        }
        Vec::new()
    }

    /// Real-time answers come whenever they like; text has no byte that looks like the short ones.
    fn in_block(&mut self, byte: u8) -> Vec<Answer> {
        match byte {
            0 => {
                let block = std::mem::take(&mut self.block);
                vec![Answer::Block(block[0], block[1..].to_vec())]
            }
            0x12 | 0x16 | 0x1A | 0x1E => vec![Answer::RealTime(byte)],
            0x20..=0x7E if self.block.len() < LONGEST_BLOCK => {
                self.block.push(byte);
                Vec::new()
            }
            _ => {
                let mut answers = vec![Answer::Noise(self.block.len())];
                self.block.clear();
                answers.extend(self.first(byte));
                answers
            }
        }
    }

    fn in_asb(&mut self, byte: u8) -> Vec<Answer> {
        if is_real_time(byte) {
            return vec![Answer::RealTime(byte)];
        }
        if is_asb(byte) || is_block(byte) {
            let mut answers = vec![Answer::Noise(self.asb.len())];
            self.asb.clear();
            answers.extend(self.first(byte));
            return answers;
        }
        // A damaged byte keeps its place: without it, what follows would look like an answer to GS r.
        self.asb.push(byte);
        let Ok(asb) = <[u8; 4]>::try_from(&self.asb[..]) else {
            return Vec::new();
        };
        self.asb.clear();
        match asb[1..].iter().all(|byte| is_low(*byte)) {
            true => vec![Answer::Asb(asb)],
            false => vec![Answer::Noise(asb.len())],
        }
    }
}

fn is_block(byte: u8) -> bool {
    matches!(byte, 0x37 | 0x3D | 0x5F)
}

fn is_asb(byte: u8) -> bool {
    byte & 0x93 == 0x10
}

fn is_real_time(byte: u8) -> bool {
    byte & 0x93 == 0x12
}

fn is_low(byte: u8) -> bool {
    byte & 0x90 == 0
}

/// How much paper there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Paper {
    /// Enough.
    #[default]
    Ok,
    /// The roll ends soon.
    NearEnd,
    /// None.
    Out,
}

impl Paper {
    /// From the sensors as GS r 1 and automatic status say them.
    #[must_use]
    pub fn from_sensors(byte: u8) -> Self {
        match byte {
            byte if byte & 0x0C != 0 => Self::Out,
            byte if byte & 0x03 != 0 => Self::NearEnd,
            _ => Self::Ok,
        }
    }
}

/// What a printer says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PrinterStatus {
    /// Whether it prints what it gets.
    pub online: bool,
    /// The roll.
    pub paper: Paper,
    /// Whether the cover is open.
    pub cover_open: bool,
    /// Whether the cutter is jammed.
    pub cutter_error: bool,
    /// Any other error, such as heat.
    pub other: bool,
}

impl PrinterStatus {
    /// From the answers to DLE EOT 1 to 4.
    #[must_use]
    pub fn from_real_time(n: [u8; 4]) -> Self {
        let paper = match n[3] {
            byte if byte & 0x60 != 0 => Paper::Out,
            byte if byte & 0x0C != 0 => Paper::NearEnd,
            _ => Paper::Ok,
        };
        Self {
            online: n[0] & 0x08 == 0,
            paper: if n[1] & 0x20 != 0 { Paper::Out } else { paper },
            cover_open: n[1] & 0x04 != 0,
            cutter_error: n[2] & 0x08 != 0,
            other: n[2] & 0x64 != 0,
        }
    }

    /// From an automatic status.
    #[must_use]
    pub fn from_asb(asb: [u8; 4]) -> Self {
        Self {
            online: asb[0] & 0x08 == 0,
            paper: Paper::from_sensors(asb[2]),
            cover_open: asb[0] & 0x20 != 0,
            cutter_error: asb[1] & 0x08 != 0,
            other: asb[1] & 0x64 != 0,
        }
    }

    /// Why it would not print now, if so.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        if self.cover_open {
            Some(Obstacle::CoverOpen)
        } else if self.paper == Paper::Out {
            Some(Obstacle::PaperOut)
        } else if self.cutter_error {
            Some(Obstacle::CutterError)
        } else if self.other {
            Some(Obstacle::OtherError)
        } else if !self.online {
            Some(Obstacle::Offline)
        } else {
            None
        }
    }
}

/// Why a printer does not print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// Close the cover.
    CoverOpen,
    /// Put in a roll.
    PaperOut,
    /// Free the cutter.
    CutterError,
    /// See the printer's lamp; heat passes by itself.
    OtherError,
    /// Switched off-line at its panel.
    Offline,
    /// It answers nothing: off, or its cable is out.
    Silent,
    /// Another job is under way.
    Busy,
}
