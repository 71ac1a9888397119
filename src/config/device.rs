//! `[[device]]`: what is plugged in where, and what it speaks.

use super::makes::{Makes, Mode};
use crate::equipment::DeviceKind;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The speeds serial ports have, in bits a second.
pub const BAUD_RATES: [u32; 11] = [
    1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
];

/// How long most rolls are, in metres.
pub(super) const USUAL_ROLL: u32 = 50;

/// The printers whose abilities are known; the first one is taken where a file names none.
pub const PRINTER_PROFILES: [&str; 6] = [
    "generic-80mm",
    "generic-58mm",
    "epson-80mm",
    "epson-80mm-western",
    "generic-80mm-western",
    "generic-58mm-western",
];

/// The scanners whose commands are known; the first one is sent nothing.
pub const SCANNER_PROFILES: [&str; 6] = [
    "any",
    "honeywell",
    "newland",
    "zebra",
    "zebra-packets",
    "grow",
];

/// The converters from a Wiegand wire to a serial line.
pub const CONVERTER_PROFILES: [&str; 2] = ["wie232", "s4a"];

/// Label printers that speak TSPL.
pub const TSPL_PROFILES: [&str; 2] = ["tspl-203dpi", "tspl2-203dpi-western"];

/// Label printers that speak ZPL.
pub const ZPL_PROFILES: [&str; 2] = ["zpl-203dpi", "zpl-300dpi"];

/// Labels of most badges and parcels: across and along, in millimetres.
pub const USUAL_LABEL: (u16, u16) = (60, 40);

/// A device on a serial port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What people call it.
    pub name: String,
    /// What it is.
    pub kind: DeviceKind,
    /// What it speaks.
    pub protocol: Protocol,
    /// Where it is plugged in; an absolute path.
    pub port: PathBuf,
    /// Bits a second.
    pub baud: u32,
    /// How it says "wait".
    pub flow: Flow,
    /// What the adapter between adds to every wait for it.
    pub adapter: Duration,
    /// Its make, one of [`Protocol::profiles`]; nothing where there is only one.
    pub profile: Option<String>,
    /// What differs from that make.
    pub makes: Makes,
    /// What cards are behind the bits it sends.
    pub cards: CardsBehind,
    /// In which order the bytes of such a card come.
    pub card_bytes: CardBytes,
    /// What an OSDP reader is trusted for.
    pub osdp: Option<Osdp>,
    /// How long a new roll of a printer is; none where it is not counted.
    pub roll_metres: Option<u32>,
    /// The labels in a label printer: across and along, in millimetres.
    pub label_mm: Option<(u16, u16)>,
    /// What a label printer prints.
    pub prints: Option<Prints>,
}

/// What a site knows of one OSDP reader, and what it allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Osdp {
    /// Where it is on its line.
    pub address: u8,
    /// How packets to it are checked.
    pub check: Check,
    /// The file with its key, 32 hexadecimal digits; none where it has no key of its own yet.
    pub key_file: Option<PathBuf>,
    /// Whether the key that everybody knows will do where its own fails.
    pub allow_default_key: bool,
    /// Whether clear text will do where there is no secure channel.
    pub allow_clear_text: bool,
}

/// How packets to an OSDP reader are checked; what comes from it is believed with either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// By 16 bits of CRC, as nearly every reader can.
    #[default]
    Crc,
    /// By 8 bits of sum.
    Sum,
}

impl Device {
    /// What it is and which: `reader-front`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.kind.word(), self.name)
    }

    /// Whether it is a scanner that reads only when it is told to.
    pub fn reads_on_command(&self) -> bool {
        matches!(&self.makes, Makes::Scanner(scanner) if scanner.mode == Mode::Commanded)
    }

    /// A device of this kind and protocol with everything else as it is usual.
    pub fn usual(name: &str, kind: DeviceKind, protocol: Protocol, port: PathBuf) -> Self {
        Device {
            name: name.to_owned(),
            kind,
            protocol,
            port,
            baud: protocol.usual_baud(),
            flow: protocol.usual_flow(),
            adapter: Duration::ZERO,
            profile: protocol.profiles().first().map(|name| (*name).to_owned()),
            makes: Makes::usual(protocol),
            cards: CardsBehind::AsRead,
            card_bytes: CardBytes::AsSent,
            osdp: (protocol == Protocol::Osdp).then(Osdp::default),
            roll_metres: (kind == DeviceKind::Printer).then_some(USUAL_ROLL),
            label_mm: (kind == DeviceKind::LabelPrinter).then_some(USUAL_LABEL),
            prints: (kind == DeviceKind::LabelPrinter).then(Prints::default),
        }
    }
}

/// What a device speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// 125 kHz readers in the manner of the RDM6300.
    Em4100,
    /// ISO 14443 type A cards through a PN532.
    Pn532,
    /// A converter from a Wiegand wire.
    Wiegand,
    /// OSDP over RS-485.
    Osdp,
    /// Chinese identity documents through a SAM_V module.
    SamV,
    /// One line of text for each code.
    LineScanner,
    /// Receipt printers.
    EscPos,
    /// Label printers of TSC, Gprinter and many others.
    Tspl,
    /// Label printers of Zebra and its like.
    Zpl,
}

/// What cards are behind the bits of a Wiegand wire or an OSDP reader, which do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardsBehind {
    /// Nobody knows: the bits are the card.
    #[default]
    AsRead,
    /// EM4100 cards, which other readers of the house read as well.
    Em4100,
    /// ISO 14443 type A cards, of whose UID these are the 4 or 7 bytes.
    Iso14443a,
}

/// In which order a reader sends the bytes of a UID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardBytes {
    /// The first byte of the UID first, as the card itself sends them.
    #[default]
    AsSent,
    /// The last byte first.
    Reversed,
}

/// What a label printer prints: the one in the lobby may have other labels in it than that of the mail room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prints {
    /// All there is.
    #[default]
    BadgesAndParcels,
    /// Visitors' badges only.
    Badges,
    /// Labels for mail only.
    Parcels,
}

/// How a device keeps us from sending too fast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// It does not.
    #[default]
    None,
    /// With the bytes 11 and 13 hexadecimal.
    XonXoff,
    /// With a line of its own.
    RtsCts,
    /// With its DTR, at a cable that leads this to our DSR alone.
    DtrDsr,
}

impl Flow {
    /// The word in settings.
    pub fn word(self) -> &'static str {
        match self {
            Flow::None => "none",
            Flow::XonXoff => "xon-xoff",
            Flow::RtsCts => "rts-cts",
            Flow::DtrDsr => "dtr-dsr",
        }
    }
}

impl Protocol {
    /// What devices of a kind speak; the first one where a file does not say.
    pub fn spoken_by(kind: DeviceKind) -> &'static [Protocol] {
        match kind {
            DeviceKind::Reader => &[
                Protocol::Em4100,
                Protocol::Pn532,
                Protocol::Wiegand,
                Protocol::Osdp,
                Protocol::SamV,
            ],
            DeviceKind::Scanner => &[Protocol::LineScanner],
            DeviceKind::Printer => &[Protocol::EscPos],
            DeviceKind::LabelPrinter => &[Protocol::Tspl, Protocol::Zpl],
        }
    }

    /// The word in settings.
    pub fn word(self) -> &'static str {
        match self {
            Protocol::Em4100 => "em4100",
            Protocol::Pn532 => "pn532",
            Protocol::Wiegand => "wiegand",
            Protocol::Osdp => "osdp",
            Protocol::SamV => "sam-v",
            Protocol::LineScanner => "line-scanner",
            Protocol::EscPos => "esc-pos",
            Protocol::Tspl => "tspl",
            Protocol::Zpl => "zpl",
        }
    }

    /// The makes that differ in what they can do; the first one is taken where a file names none.
    pub fn profiles(self) -> &'static [&'static str] {
        match self {
            Protocol::EscPos => &PRINTER_PROFILES,
            Protocol::Tspl => &TSPL_PROFILES,
            Protocol::Zpl => &ZPL_PROFILES,
            Protocol::LineScanner => &SCANNER_PROFILES,
            Protocol::Wiegand => &CONVERTER_PROFILES,
            Protocol::Em4100 | Protocol::Pn532 | Protocol::Osdp | Protocol::SamV => &[],
        }
    }

    /// The handshake of nearly every one: printers hold us up by a line of their own, others never.
    pub fn usual_flow(self) -> Flow {
        match self {
            Protocol::EscPos | Protocol::Tspl | Protocol::Zpl => Flow::RtsCts,
            _ => Flow::None,
        }
    }

    /// The speed nearly every one is sold with, in bits a second.
    pub fn usual_baud(self) -> u32 {
        match self {
            Protocol::Pn532 | Protocol::SamV => 115_200,
            _ => 9600,
        }
    }
}
