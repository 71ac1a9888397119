//! Which devices stand in the lobby of a tour or the trial, with their twins on the far end.

use super::twin::{self, News, Played, Player};
use crate::config::{CardsBehind, Device, Osdp, Protocol, USUAL_LABEL};
use crate::equipment::DeviceKind;
use ab_glyph::FontArc;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::label::{self, Mm, Stock};
use lodge_hardware::reader::osdp::{Address, Key};
use lodge_hardware::reader::wiegand;
use lodge_hardware::scanner::Family;
use lodge_hardware::sim::label::{LabelSim, Sheet};
use lodge_hardware::sim::osdp::{OsdpLineSim, OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::Pn532Sim;
use lodge_hardware::sim::printer::PrinterSim;
use lodge_hardware::sim::reader::ReaderSim;
use lodge_hardware::sim::samv::SamvSim;
use lodge_hardware::sim::scanner::triggered::TriggeredSim;
use lodge_hardware::sim::scanner::{EndMark, ScannerSim};
use lodge_hardware::sim::wiegand::WiegandSim;
use std::fmt;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// The makes that are not the usual ones: `reader=pn532 scanner=zebra printer=epson-80mm`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Equipment {
    /// What the reader at the touch screen speaks.
    pub reader: Option<Protocol>,
    /// It is new, and knows only the key that everybody knows.
    pub keyless: bool,
    /// On its line there is a second one, at the desk.
    pub line: bool,
    /// What a second reader speaks, which stands at the desk on a line of its own.
    pub desk_reader: Option<Protocol>,
    /// The make of the scanner.
    pub scanner: Option<String>,
    /// A second one stands at the desk.
    pub at_desk: bool,
    /// The make of the receipt printer.
    pub printer: Option<String>,
    /// The make of a second one, which prints while the first cannot.
    pub spare: Option<String>,
    /// The make of a label printer.
    pub labels: Option<String>,
    /// The fall-back pack comes by the hour, which would number every other slip anew.
    pub packs: bool,
    /// The house has other settings, with which people reach other pages.
    pub other_house: bool,
    /// The house is a tower: so many companies that nobody reads them through.
    pub tower: bool,
    /// The pixels of the staff window, across and down, where they are not the usual ones.
    pub desk: Option<(u32, u32)>,
}

impl Equipment {
    /// Puts a device of this make in; false where there is no such kind or make.
    pub fn with(&mut self, kind: &str, make: &str) -> bool {
        let known = |protocol: Protocol| protocol.profiles().contains(&make);
        match kind {
            "reader" if make == "osdp-new" => {
                self.keyless = true;
                self.with(kind, Protocol::Osdp.word())
            }
            "reader" if make == "osdp-line" => {
                self.line = true;
                self.with(kind, Protocol::Osdp.word())
            }
            "reader" | "desk-reader" => {
                let spoken = Protocol::spoken_by(DeviceKind::Reader).iter();
                let spoken = spoken.copied().find(|spoken| spoken.word() == make);
                match kind {
                    "reader" => self.reader = spoken,
                    _ => self.desk_reader = spoken,
                }
                spoken.is_some()
            }
            "scanner" if make == "desk" => {
                self.at_desk = true;
                true
            }
            "scanner" if known(Protocol::LineScanner) => {
                self.scanner = Some(make.to_owned());
                true
            }
            "printer" if known(Protocol::EscPos) => {
                self.printer = Some(make.to_owned());
                true
            }
            "labels" if known(Protocol::Tspl) || known(Protocol::Zpl) => {
                self.labels = Some(make.to_owned());
                true
            }
            "house" if make == "other" => {
                self.other_house = true;
                true
            }
            "house" if make == "tower" => {
                self.tower = true;
                true
            }
            "packs" if make == "hourly" => {
                self.packs = true;
                true
            }
            "desk" => {
                let size = make.split_once('x');
                let size =
                    size.and_then(|(wide, high)| Some((wide.parse().ok()?, high.parse().ok()?)));
                self.desk = size;
                self.desk.is_some()
            }
            "spare" if known(Protocol::EscPos) => {
                self.spare = Some(make.to_owned());
                true
            }
            _ => false,
        }
    }
}

impl fmt::Display for Equipment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spoken = |protocol: Protocol| protocol.word().to_owned();
        let (reader, desk_reader) = (self.reader.map(spoken), self.desk_reader.map(spoken));
        let all = [
            ("reader", &reader),
            ("desk-reader", &desk_reader),
            ("scanner", &self.scanner),
            ("printer", &self.printer),
            ("spare", &self.spare),
            ("labels", &self.labels),
        ];
        for (kind, make) in all {
            if let Some(make) = make {
                write!(f, "{kind}={make} ")?;
            }
        }
        if self.keyless {
            write!(f, "reader=osdp-new ")?;
        }
        if self.line {
            write!(f, "reader=osdp-line ")?;
        }
        if self.at_desk {
            write!(f, "scanner=desk ")?;
        }
        if self.other_house {
            write!(f, "house=other ")?;
        }
        if self.tower {
            write!(f, "house=tower ")?;
        }
        if self.packs {
            write!(f, "packs=hourly ")?;
        }
        if let Some((wide, high)) = self.desk {
            write!(f, "desk={wide}x{high} ")?;
        }
        Ok(())
    }
}

impl FromStr for Equipment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut equipment = Equipment::default();
        for word in text.split_whitespace() {
            let known = word
                .split_once('=')
                .is_some_and(|(kind, make)| equipment.with(kind, make));
            if !known {
                return Err(format!("\"{word}\" is no equipment: reader=pn532"));
            }
        }
        Ok(equipment)
    }
}

/// The settings of the simulated devices, with their ports in this folder: reader, scanner, printer,
/// then a spare printer, a label printer, a second reader on the line of the first or on its own and a
/// scanner at the desk where there are any.
pub fn devices(ports: &Path, equipment: &Equipment) -> Vec<Device> {
    let device = |name: &str, kind, protocol| {
        let port = ports.join(format!("{}-{name}", DeviceKind::word(kind)));
        Device::usual(name, kind, protocol, port)
    };
    let reader =
        |name: &str, protocol| usual_reader(ports, device(name, DeviceKind::Reader, protocol));
    let front = reader("front", equipment.reader.unwrap_or(Protocol::Em4100));
    let mut scanner = device("front", DeviceKind::Scanner, Protocol::LineScanner);
    let mut printer = device("desk", DeviceKind::Printer, Protocol::EscPos);
    for (device, make) in [
        (&mut scanner, &equipment.scanner),
        (&mut printer, &equipment.printer),
    ] {
        if make.is_some() {
            device.profile.clone_from(make);
        }
    }
    let mut devices = vec![front, scanner, printer];
    if let Some(make) = &equipment.spare {
        let mut spare = device("spare", DeviceKind::Printer, Protocol::EscPos);
        spare.profile = Some(make.clone());
        devices.push(spare);
    }
    if let Some(make) = &equipment.labels {
        let protocol = match Protocol::Zpl.profiles().contains(&make.as_str()) {
            true => Protocol::Zpl,
            false => Protocol::Tspl,
        };
        let mut labels = device("labels", DeviceKind::LabelPrinter, protocol);
        labels.profile = Some(make.clone());
        devices.push(labels);
    }
    if equipment.line {
        let mut beside = devices[0].clone();
        beside.name = "desk".to_owned();
        beside.osdp = beside.osdp.map(|osdp| Osdp {
            address: SECOND,
            ..osdp
        });
        devices.push(beside);
    }
    devices.extend(equipment.desk_reader.map(|spoken| reader("desk", spoken)));
    if equipment.at_desk {
        devices.push(device("desk", DeviceKind::Scanner, Protocol::LineScanner));
    }
    devices
}

/// A reader with what the sample building knows its cards by.
fn usual_reader(ports: &Path, mut reader: Device) -> Device {
    match reader.protocol {
        // Only this make sends the 32 bits by which the sample building knows its cards.
        Protocol::Wiegand => {
            reader.profile = Some("s4a".to_owned());
            reader.cards = CardsBehind::Em4100;
        }
        Protocol::Osdp => {
            reader.cards = CardsBehind::Em4100;
            reader.osdp = Some(Osdp {
                key_file: Some(key_file(ports)),
                ..Osdp::default()
            });
        }
        _ => {}
    }
    reader
}

/// Where the second reader is on its line.
const SECOND: u8 = 1;

/// The key of the sample building's OSDP reader, which nobody else has.
const KEY: [u8; 16] = *b"sample lodge key";

/// The same, as readers hold it.
pub fn key() -> Option<Key> {
    Key::new(KEY).ok()
}

/// As a key file has it.
pub fn key_digits() -> String {
    KEY.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn key_file(ports: &Path) -> std::path::PathBuf {
    ports.join("reader-front.key")
}

/// Writes down what the program has to know of its devices beside their settings.
pub fn prepare(ports: &Path) -> io::Result<()> {
    std::fs::create_dir_all(ports)?;
    std::fs::write(key_file(ports), key_digits())
}

/// The far end of a reader or scanner of these settings.
pub fn twin(device: &Device, equipment: &Equipment) -> Box<dyn Played> {
    match device.protocol {
        Protocol::Em4100 => Box::new(Player::new(ReaderSim::new(), twin::em4100)),
        Protocol::Pn532 => Box::new(Player::new(Pn532Sim::new(), twin::pn532)),
        Protocol::Wiegand => {
            let (make, meaning): (_, fn(&_) -> _) = match device.profile.as_deref() {
                Some("s4a") => (wiegand::Settings::s4a(), twin::wiegand::<32>),
                _ => (wiegand::Settings::wie232(), twin::wiegand::<24>),
            };
            Box::new(Player::new(WiegandSim::new(make), meaning))
        }
        Protocol::Osdp if equipment.line => {
            let second = Address::new(SECOND).expect("an address");
            osdp_line(&[Address::FIRST, second], key().as_ref())
        }
        Protocol::Osdp => {
            let mut reader = OsdpReader::new(Address::FIRST);
            reader.key = key().filter(|_| !equipment.keyless);
            let mut before = None;
            let player = Player::new(OsdpSim::new(reader), twin::osdp);
            let player = player.shining(|sim, now| vec![(0, sim.front(now))]);
            Box::new(player.seen(move |sim, now| {
                let front = sim.front(now);
                let changed = before.replace(front) != Some(front);
                changed
                    .then(|| format!("{front:?}").into())
                    .into_iter()
                    .collect()
            }))
        }
        Protocol::SamV => Box::new(Player::new(SamvSim::new(device.baud), twin::samv)),
        Protocol::LineScanner => match family(device) {
            None => scanner(EndMark::Cr, false),
            Some(family) => Box::new(Player::new(TriggeredSim::new(family), twin::triggered)),
        },
        Protocol::EscPos => {
            let font = paper_font();
            let mut unknown = 0;
            Box::new(printer(device).seen(move |sim, _| {
                let out = sim.paper_text().len();
                let pictures: Vec<_> = (0..out).map(|slip| sim.paper_png(slip, &font)).collect();
                // What still hangs in the printer has not come out.
                let texts = if out > 0 { sim.tear_off() } else { Vec::new() };
                let papers = texts.into_iter().zip(pictures);
                let papers = papers.map(|(said, picture)| paper(said, picture));
                papers
                    .chain(unknown_since(&mut unknown, sim.surprises()))
                    .collect()
            }))
        }
        Protocol::Tspl | Protocol::Zpl => {
            let font = paper_font();
            let mut unknown = 0;
            Box::new(labels(device).seen(move |sim, _| {
                let sheets = sim.take_sheets();
                let papers = sheets
                    .iter()
                    .map(|sheet| paper(sheet.text(), sheet.png(&font)));
                papers
                    .chain(unknown_since(&mut unknown, sim.surprises()))
                    .collect()
            }))
        }
    }
}

fn paper(said: String, picture: Vec<u8>) -> News {
    News {
        said,
        picture: Some(picture),
    }
}

/// What whoever tests a program against a printer wants to know at once.
fn unknown_since(before: &mut usize, now: usize) -> Option<News> {
    let more = now.saturating_sub(std::mem::replace(before, now));
    (more > 0).then(|| format!("commands that this printer does not know: {more}").into())
}

/// What printers print with.
fn paper_font() -> FontArc {
    FontArc::try_from_slice(crate::screen::PAPER_FONT).expect("the font that is shipped inside")
}

/// OSDP readers at these addresses of one line, all with this key.
pub fn osdp_line(addresses: &[Address], key: Option<&Key>) -> Box<dyn Played> {
    let readers = addresses.iter().map(|address| OsdpReader {
        key: key.cloned(),
        ..OsdpReader::new(*address)
    });
    let player = Player::new(OsdpLineSim::new(readers), twin::osdp_line);
    let shining = addresses.to_vec();
    let player = player.shining(move |sim, now| {
        let front = |address: &Address| Some((address.number(), sim.reader(*address)?.front(now)));
        shining.iter().filter_map(front).collect()
    });
    let mut before: Vec<_> = addresses.iter().map(|address| (*address, None)).collect();
    Box::new(player.seen(move |sim, now| {
        let mut news = Vec::new();
        for (address, before) in &mut before {
            let front = sim.reader(*address).map(|reader| reader.front(now));
            if let (Some(front), true) = (front, std::mem::replace(before, front) != front) {
                news.push(format!("{}: {front:?}", address.number()).into());
            }
        }
        news
    }))
}

/// A scanner that reads whatever it is held to.
pub fn scanner(end: EndMark, gb18030: bool) -> Box<dyn Played> {
    let scanner = ScannerSim::new().ending(end).in_gb18030(gb18030);
    Box::new(Player::new(scanner, twin::scanner))
}

/// The far end of the receipt printer.
pub fn printer(device: &Device) -> Player<PrinterSim> {
    let named = device.profile.as_deref().and_then(Profile::by_name);
    let profile = named.unwrap_or_else(Profile::generic_80mm);
    Player::new(PrinterSim::new(&profile, device.baud), twin::printer).printing(slips)
}

/// The far end of a label printer.
pub fn labels(device: &Device) -> Player<LabelSim> {
    let named = device
        .profile
        .as_deref()
        .and_then(label::profile::Profile::by_name);
    let profile = named.unwrap_or_else(label::profile::Profile::tspl_203dpi);
    let (width, height) = device.label_mm.unwrap_or(USUAL_LABEL);
    let stock = Stock::die_cut(Mm::whole(width), Mm::whole(height), Mm::whole(2));
    Player::new(LabelSim::new(&profile, device.baud, stock), twin::label).printing(sheets)
}

/// Everything that came out of a receipt printer and was not taken, the latest first.
fn slips(printer: &PrinterSim) -> Vec<String> {
    let mut slips = printer.paper_text();
    slips.push(printer.hanging_text());
    slips.retain(|slip| !slip.trim().is_empty());
    slips.reverse();
    slips
}

/// Every label that came out, the latest first.
fn sheets(printer: &LabelSim) -> Vec<String> {
    printer.sheets().iter().rev().map(Sheet::text).collect()
}

/// Whose commands a scanner knows; none where it is sent nothing.
fn family(device: &Device) -> Option<Family> {
    let named = device.profile.as_deref().and_then(Family::named);
    named.filter(|family| *family != Family::Any)
}

/// How long something is held up to a reader of this kind, and how long until the reader has
/// forgotten it.
pub fn takes(reader: Protocol) -> (Duration, Duration) {
    let (held, away) = match reader {
        Protocol::Pn532 => (800, 900),
        Protocol::Wiegand | Protocol::Osdp => (500, 1_000),
        Protocol::SamV => (1_500, 700),
        // A third of a second of frames, and a silence of 350 ms.
        _ => (325, 350),
    };
    (Duration::from_millis(held), Duration::from_millis(away))
}
