//! `[[device]]` as it is written becomes a device, each by itself and beside the others.

use super::device::{BAUD_RATES, Device, Flow, Osdp, Protocol, USUAL_LABEL, USUAL_ROLL};
use super::error::Wrong;
use super::file::DeviceTable;
use super::keys::one_of;
use super::{made, whose};
use crate::equipment::DeviceKind;
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;

/// All devices of a file.
pub(super) fn devices(tables: Vec<DeviceTable>) -> Result<Vec<Device>, Wrong> {
    let mut devices: Vec<Device> = Vec::new();
    for table in tables {
        let (name_at, at) = (table.name.span(), Places::of(&table));
        let device = device(table)?;
        if devices
            .iter()
            .any(|other| is_called_the_same(other, &device))
        {
            let example = format!("name = \"{}-2\"", device.name);
            return Err(Wrong::at(name_at)
                .expecting(format!("a name that no other {} has", kin(device.kind)))
                .such_as(example));
        }
        shared(&device, &devices, at)?;
        devices.push(device);
    }
    Ok(devices)
}

/// What shares its names. Print jobs and test pages name a printer of either kind.
fn kin(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::LabelPrinter => DeviceKind::Printer.word(),
        kind => kind.word(),
    }
}

fn is_called_the_same(one: &Device, other: &Device) -> bool {
    one.name == other.name && kin(one.kind) == kin(other.kind)
}

/// Where in the file the words stand that readers on one line must agree about, or must not; the port
/// where a word is left out.
struct Places {
    port: Range<usize>,
    address: Range<usize>,
    baud: Range<usize>,
    flow: Range<usize>,
}

impl Places {
    fn of(table: &DeviceTable) -> Self {
        let port = table.port.span();
        let or_port = |given: Option<Range<usize>>| given.unwrap_or_else(|| port.clone());
        Places {
            address: or_port(table.address.as_ref().map(Spanned::span)),
            baud: or_port(table.baud.as_ref().map(Spanned::span)),
            flow: or_port(table.flow.as_ref().map(Spanned::span)),
            port,
        }
    }
}

/// A port is one device's, save that osdp readers share a line: each has its address there, and all
/// hear the same bits.
fn shared(device: &Device, before: &[Device], at: Places) -> Result<(), Wrong> {
    let there = before.iter().filter(|other| other.port == device.port);
    let mut taken = Vec::new();
    for other in there {
        let (Some(one), Some(two)) = (&device.osdp, &other.osdp) else {
            let expected = format!("a port of its own: \"{}\" has this one", other.name);
            return Err(Wrong::at(at.port).expecting(expected));
        };
        let line = format!("\"{}\", which is on the same port", other.name);
        if device.baud != other.baud {
            return Err(Wrong::at(at.baud)
                .expecting(format!("the baud of {line}"))
                .such_as(format!("baud = {}", other.baud)));
        }
        if device.flow != other.flow {
            return Err(Wrong::at(at.flow)
                .expecting(format!("the flow of {line}"))
                .such_as(format!("flow = \"{}\"", other.flow.word())));
        }
        taken.push((two.address, one.address == two.address, line));
    }
    if let Some((_, _, line)) = taken.iter().find(|(_, same, _)| *same) {
        let free = |address: &u8| !taken.iter().any(|(other, _, _)| other == address);
        let address = (0..=126).find(free).unwrap_or_default();
        return Err(Wrong::at(at.address)
            .expecting(format!("another address than that of {line}"))
            .such_as(format!("address = {address}")));
    }
    Ok(())
}

fn device(table: DeviceTable) -> Result<Device, Wrong> {
    let kind = table.kind;
    let protocol = protocol(kind, &table.protocol)?;
    whose::placed(&table, kind, protocol)?;
    let profile = profile(kind, protocol, &table.profile)?;
    let makes = made::makes(&table, protocol, profile.as_deref())?;
    let card_bytes = made::card_bytes(&table)?;
    let label = kind == DeviceKind::LabelPrinter;
    Ok(Device {
        flow: flow(kind, protocol, &table.flow)?,
        adapter: made::millis(&table.adapter_ms, 0..=1000)?.unwrap_or_default(),
        makes,
        profile,
        name: super::check::short(table.name)?,
        kind,
        protocol,
        port: path(table.port)?,
        baud: table.baud.map_or(Ok(protocol.usual_baud()), baud)?,
        cards: table.cards.map(Spanned::into_inner).unwrap_or_default(),
        card_bytes,
        osdp: match protocol {
            Protocol::Osdp => Some(Osdp {
                address: table.address.map_or(Ok(0), address)?,
                check: table.check.map(Spanned::into_inner).unwrap_or_default(),
                key_file: table.key_file.map(path).transpose()?,
                allow_default_key: table.allow_default_key.is_some_and(Spanned::into_inner),
                allow_clear_text: table.allow_clear_text.is_some_and(Spanned::into_inner),
            }),
            _ => None,
        },
        roll_metres: match kind {
            DeviceKind::Printer => roll(table.roll_metres)?,
            _ => None,
        },
        label_mm: match label {
            true => Some(table.label_mm.map_or(Ok(USUAL_LABEL), labels)?),
            false => None,
        },
        prints: label.then(|| table.prints.map(Spanned::into_inner).unwrap_or_default()),
    })
}

/// The handshake that was asked for, or the usual one. Where a device sends the bytes 11 and 13 as
/// data, the handshake made of these bytes would swallow them (hardware.md §1.2); and only printers
/// stop us by their DTR (§7.1).
fn flow(
    kind: DeviceKind,
    protocol: Protocol,
    given: &Option<Spanned<Flow>>,
) -> Result<Flow, Wrong> {
    let Some(given) = given else {
        return Ok(protocol.usual_flow());
    };
    let prints = matches!(kind, DeviceKind::Printer | DeviceKind::LabelPrinter);
    let why = match (given.get_ref(), protocol) {
        (Flow::DtrDsr, _) if !prints => "dtr-dsr is the handshake of printers",
        (Flow::XonXoff, Protocol::Pn532 | Protocol::SamV | Protocol::Osdp) => {
            "xon-xoff would swallow the bytes 11 and 13 of its binary messages"
        }
        (Flow::XonXoff, Protocol::LineScanner) => {
            "xon-xoff would swallow the bytes 11 and 13 of its replies and packets"
        }
        (Flow::XonXoff, Protocol::Tspl) => {
            "xon-xoff would swallow its status, which can itself be 11 or 13"
        }
        (Flow::XonXoff, Protocol::Em4100 | Protocol::Wiegand) => {
            "it is sent nothing that it could hold up"
        }
        (flow, _) => return Ok(*flow),
    };
    let words = match prints {
        true => "\"none\", \"rts-cts\" or \"dtr-dsr\"",
        false => "\"none\" or \"rts-cts\"",
    };
    let (kind, word) = (kind.word(), protocol.word());
    Err(Wrong::at(given.span())
        .expecting(format!("{words} for a {kind} that speaks {word}: {why}"))
        .such_as(format!("flow = \"{}\"", protocol.usual_flow().word())))
}

fn protocol(kind: DeviceKind, given: &Option<Spanned<Protocol>>) -> Result<Protocol, Wrong> {
    let spoken = Protocol::spoken_by(kind);
    match given {
        None => Ok(spoken[0]),
        Some(given) if spoken.contains(given.get_ref()) => Ok(*given.get_ref()),
        Some(given) => {
            let words: Vec<String> = spoken
                .iter()
                .map(|protocol| format!("\"{}\"", protocol.word()))
                .collect();
            Err(Wrong::at(given.span())
                .expecting(format!("{} for a {}", one_of(&words), kind.word()))
                .such_as(format!("protocol = {}", words[0])))
        }
    }
}

fn path(given: Spanned<String>) -> Result<PathBuf, Wrong> {
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

/// An address on the line; 127 is everybody's.
fn address(given: Spanned<i64>) -> Result<u8, Wrong> {
    match *given.get_ref() {
        address @ 0..=126 => Ok(address as u8),
        _ => Err(Wrong::at(given.span())),
    }
}

/// The length of a new roll; 0 says that it is not counted.
fn roll(given: Option<Spanned<i64>>) -> Result<Option<u32>, Wrong> {
    match given.as_ref().map(Spanned::get_ref) {
        None => Ok(Some(USUAL_ROLL)),
        Some(0) => Ok(None),
        Some(metres @ 1..=200) => Ok(Some(*metres as u32)),
        Some(_) => Err(Wrong::at(
            given.map(|given| given.span()).unwrap_or_default(),
        )),
    }
}

/// The size of labels, `60x40`. On smaller ones there is no room for a name beside a code that a
/// scanner reads.
fn labels(given: Spanned<String>) -> Result<(u16, u16), Wrong> {
    let size = given.get_ref().split_once('x').and_then(|(width, height)| {
        let width: u16 = width.parse().ok()?;
        let height: u16 = height.parse().ok()?;
        ((40..=110).contains(&width) && (25..=200).contains(&height)).then_some((width, height))
    });
    size.ok_or_else(|| Wrong::at(given.span()))
}

fn profile(
    kind: DeviceKind,
    protocol: Protocol,
    given: &Option<Spanned<String>>,
) -> Result<Option<String>, Wrong> {
    let known = protocol.profiles();
    let Some(given) = given else {
        return Ok(known.first().map(|name| (*name).to_owned()));
    };
    if known.contains(&given.get_ref().as_str()) {
        return Ok(Some(given.get_ref().clone()));
    }
    let at = Wrong::at(given.span());
    Err(match known {
        [] => at.expecting(format!(
            "no profile for a {} that speaks {}: there is one make only",
            kind.word(),
            protocol.word()
        )),
        [first, ..] => {
            let quoted: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
            at.expecting(one_of(&quoted))
                .such_as(format!("profile = \"{first}\""))
        }
    })
}
