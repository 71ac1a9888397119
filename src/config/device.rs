//! `[[device]]`: what is plugged in where, and what it speaks.

use super::error::Wrong;
use super::file::DeviceTable;
use serde::Deserialize;
use std::path::PathBuf;
use toml::Spanned;

/// The speeds serial ports have, in bits a second.
pub const BAUD_RATES: [u32; 11] = [
    1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
];

/// The speed nearly every reader, scanner and printer is sold with, in bits a second.
const USUAL_BAUD: u32 = 9600;

/// The printers whose abilities are known; the first one is taken where a file names none.
pub const PRINTER_PROFILES: [&str; 4] = [
    "generic-80mm",
    "generic-58mm",
    "epson-80mm",
    "epson-80mm-western",
];

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
    /// What a printer can do, one of [`PRINTER_PROFILES`]; nothing for the others.
    pub profile: Option<String>,
}

impl Device {
    /// What it is and which: `reader-front`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.kind.word(), self.name)
    }
}

/// What a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// Reads cards.
    Reader,
    /// Reads codes.
    Scanner,
    /// Prints slips.
    Printer,
}

/// What a device speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// 125 kHz readers in the manner of the RDM6300.
    Em4100,
    /// One line of text for each code.
    LineScanner,
    /// Receipt printers.
    EscPos,
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
}

impl DeviceKind {
    /// What devices of this kind speak.
    pub fn protocol(self) -> Protocol {
        match self {
            DeviceKind::Reader => Protocol::Em4100,
            DeviceKind::Scanner => Protocol::LineScanner,
            DeviceKind::Printer => Protocol::EscPos,
        }
    }

    /// The word in settings, logs and thread names.
    pub fn word(self) -> &'static str {
        match self {
            DeviceKind::Reader => "reader",
            DeviceKind::Scanner => "scanner",
            DeviceKind::Printer => "printer",
        }
    }
}

impl Protocol {
    fn word(self) -> &'static str {
        match self {
            Protocol::Em4100 => "em4100",
            Protocol::LineScanner => "line-scanner",
            Protocol::EscPos => "esc-pos",
        }
    }
}

/// All devices of a file, each by itself and beside the others.
pub(super) fn devices(tables: Vec<DeviceTable>) -> Result<Vec<Device>, Wrong> {
    let mut devices: Vec<Device> = Vec::new();
    for table in tables {
        let (name_at, port_at) = (table.name.span(), table.port.span());
        let device = device(table)?;
        if devices.iter().any(|other| other.id() == device.id()) {
            let example = format!("name = \"{}-2\"", device.name);
            return Err(Wrong::at(name_at)
                .expecting(format!("a name that no other {} has", device.kind.word()))
                .such_as(example));
        }
        if let Some(other) = devices.iter().find(|other| other.port == device.port) {
            return Err(Wrong::at(port_at).expecting(format!(
                "a port of its own: \"{}\" has this one",
                other.name
            )));
        }
        devices.push(device);
    }
    Ok(devices)
}

fn device(table: DeviceTable) -> Result<Device, Wrong> {
    let kind = table.kind;
    let protocol = match table.protocol {
        Some(given) if *given.get_ref() != kind.protocol() => {
            let word = kind.protocol().word();
            return Err(Wrong::at(given.span())
                .expecting(format!("\"{word}\" for a {}", kind.word()))
                .such_as(format!("protocol = \"{word}\"")));
        }
        _ => kind.protocol(),
    };
    Ok(Device {
        profile: profile(kind, table.profile)?,
        name: super::check::short(table.name)?,
        kind,
        protocol,
        port: port(table.port)?,
        baud: table.baud.map_or(Ok(USUAL_BAUD), baud)?,
        flow: table.flow.unwrap_or_default(),
    })
}

fn port(given: Spanned<String>) -> Result<PathBuf, Wrong> {
    let path = PathBuf::from(given.get_ref());
    let is_a_file = path.is_absolute() && path.file_name().is_some();
    if is_a_file && !given.get_ref().contains(char::is_control) {
        Ok(path)
    } else {
        Err(Wrong::at(given.span()))
    }
}

fn baud(given: Spanned<i64>) -> Result<u32, Wrong> {
    BAUD_RATES
        .into_iter()
        .find(|rate| i64::from(*rate) == *given.get_ref())
        .ok_or_else(|| Wrong::at(given.span()))
}

fn profile(kind: DeviceKind, given: Option<Spanned<String>>) -> Result<Option<String>, Wrong> {
    match (kind, given) {
        (DeviceKind::Printer, None) => Ok(Some(PRINTER_PROFILES[0].to_owned())),
        (DeviceKind::Printer, Some(given)) => {
            let known = PRINTER_PROFILES.contains(&given.get_ref().as_str());
            if known {
                Ok(Some(given.into_inner()))
            } else {
                Err(Wrong::at(given.span()))
            }
        }
        (DeviceKind::Reader | DeviceKind::Scanner, None) => Ok(None),
        (DeviceKind::Reader | DeviceKind::Scanner, Some(given)) => Err(Wrong::at(given.span())
            .expecting(format!(
                "no profile for a {}: only printers have one",
                kind.word()
            ))
            .such_as("kind = \"printer\"")),
    }
}
