//! `lodge sim`: one simulated device alone, for another program to be tested against.
//!
//! It stands on a pty or on a real port and is worked by typed lines: the steps of a tour, without the
//! device's name.

use super::rig::{self, Act, Played};
use super::tour::script::{Step, step, words};
use crate::config::{Device, Protocol};
use crate::devices::Clock;
use crate::equipment::DeviceKind;
use lodge_hardware::clock::Waker;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{self, PortSettings, SerialLink};
use lodge_hardware::link::{Link, LinkError};
use lodge_hardware::reader::osdp::Address;
use lodge_hardware::sim::run::spawn;
pub use lodge_hardware::sim::scanner::EndMark;
use std::fs;
use std::io::{self, BufRead, Write};
use std::os::fd::BorrowedFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Which device, and where.
#[derive(Clone, Debug)]
pub struct Alone {
    /// What it speaks, as in the settings.
    pub protocol: Protocol,
    /// Its make; none for the usual one.
    pub profile: Option<String>,
    /// A serial port that is there, or where to make a pty.
    pub port: Option<PathBuf>,
    /// Bits a second; none for the usual speed.
    pub baud: Option<u32>,
    /// How many of them share the line, each with an address of its own.
    pub readers: u8,
    /// The address of the first of them.
    pub address: u8,
    /// What a scanner says behind a code.
    pub end: EndMark,
    /// It says Chinese as GB18030.
    pub gb18030: bool,
    /// An OSDP reader that has no key yet but the one that everybody knows.
    pub keyless: bool,
    /// Where what it prints is written, as text and as a picture.
    pub paper: Option<PathBuf>,
}

/// Why the device does not stand.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// There is no such make.
    #[error("{protocol} has no profile {profile}; it has: {known}")]
    NoSuchProfile {
        /// The protocol.
        protocol: &'static str,
        /// What was asked for.
        profile: String,
        /// What there is.
        known: String,
    },
    /// Only one of it can be on a line.
    #[error("only osdp readers share a line; {protocol} is alone on it")]
    NotOnALine {
        /// The protocol.
        protocol: &'static str,
    },
    /// Only a scanner that needs no trigger says its codes otherwise.
    #[error("an end mark and GB18030 are of a line-scanner of any make, and {protocol} is none")]
    NotPlain {
        /// The protocol.
        protocol: &'static str,
    },
    /// There is no such address.
    #[error("an osdp line has the addresses 0 to 126, and not {last}")]
    NoSuchAddress {
        /// The last of those asked for.
        last: u8,
    },
    /// The real port.
    #[error(transparent)]
    Port(#[from] LinkError),
    /// The pty, or the thread.
    #[error("making the simulated device")]
    System(#[from] io::Error),
}

/// The protocol of this name in the settings.
///
/// # Errors
///
/// Where there is none.
pub fn protocol(word: &str) -> Result<Protocol, String> {
    let kinds = [
        DeviceKind::Reader,
        DeviceKind::Scanner,
        DeviceKind::Printer,
        DeviceKind::LabelPrinter,
    ];
    let mut all = kinds
        .iter()
        .flat_map(|kind| Protocol::spoken_by(*kind).iter().copied());
    let words: Vec<&str> = all.clone().map(Protocol::word).collect();
    all.find(|protocol| protocol.word() == word)
        .ok_or_else(|| format!("expected one of: {}", words.join(", ")))
}

/// Runs the device until the input ends; what there is to see at it, and every mistake in a line, goes
/// to `out`.
///
/// # Errors
///
/// Where the device cannot stand there.
pub fn run(
    alone: &Alone,
    input: impl BufRead,
    out: impl Write + Send + 'static,
) -> Result<(), SimError> {
    let device = device(alone)?;
    let equipment = rig::Equipment {
        keyless: alone.keyless,
        ..rig::Equipment::default()
    };
    let mut tray = Tray::of(alone.paper.as_deref())?;
    let last = alone.address.saturating_add(alone.readers - 1);
    let addresses: Vec<Address> = (alone.address..=last).filter_map(Address::new).collect();
    if addresses.len() < usize::from(alone.readers) {
        return Err(SimError::NoSuchAddress { last });
    }
    let is_on_a_line = alone.readers > 1 || alone.address > 0;
    let any_make = device.profile.is_none() || device.profile.as_deref() == Some("any");
    let is_plain = device.protocol == Protocol::LineScanner && any_make;
    if !is_plain && (alone.gb18030 || alone.end != EndMark::default()) {
        let protocol = device.protocol.word();
        return Err(SimError::NotPlain { protocol });
    }
    let twin = match device.protocol {
        Protocol::Osdp if is_on_a_line => {
            let key = rig::key().filter(|_| !alone.keyless);
            rig::osdp_line(&addresses, key.as_ref())
        }
        protocol if is_on_a_line => {
            let protocol = protocol.word();
            return Err(SimError::NotOnALine { protocol });
        }
        _ if is_plain => rig::scanner(alone.end, alone.gb18030),
        _ => rig::twin(&device, &equipment),
    };
    let line = Line::at(&device, alone.port.is_some())?;
    let out = Arc::new(Mutex::new(out));
    say(
        &out,
        &format!("{} at {}", device.protocol.word(), device.port.display()),
    );
    if device.protocol == Protocol::Osdp && !alone.keyless {
        say(&out, &format!("its key: {}", rig::key_digits()));
    }
    let clock = Clock::system();
    let has_a_plug = matches!(line, Line::Pty(_));
    let plug = rig::Plug::default();
    let (wanted, shown, now) = (plug.clone(), out.clone(), clock.clone());
    let running = spawn("sim", twin, line, clock, move |player, line| {
        if let Err(error) = line.plug(&wanted) {
            say(&shown, &format!("plugging it in: {error}"));
        }
        for news in player.news(now.now()) {
            // Written down before it is told: whoever reads of it finds it there.
            if let Err(error) = tray.takes(&news) {
                say(&shown, &format!("writing down what it printed: {error}"));
            }
            say(&shown, &news.said);
        }
    })?;
    let (holds, _) = rig::takes(device.protocol);
    for typed in input.lines() {
        let act = match typed.map(|typed| on_a_line(&typed, &addresses)) {
            Err(_) => break,
            Ok(Ok(None)) => continue,
            Ok(Ok(Some(act))) => act,
            Ok(Err(expected)) => {
                say(&out, &format!("expected {expected}"));
                continue;
            }
        };
        match act {
            Typed::Tap(act) => {
                running.command(act);
                let commands = running.commands();
                // A person takes the card away again.
                std::thread::spawn(move || {
                    std::thread::sleep(holds);
                    commands.send(Act::Lift);
                });
            }
            Typed::Acts(acts) => {
                for act in acts {
                    if rig::Plug::is_about(&act) && !has_a_plug {
                        say(&out, "the plug of a real port is yours to pull");
                        continue;
                    }
                    plug.told(&act);
                    running.command(act);
                }
            }
        }
    }
    Ok(())
}

/// What a typed line comes to.
enum Typed {
    /// Something held up and taken away again.
    Tap(Act),
    /// Anything else, one after the other.
    Acts(Vec<Act>),
}

/// A line of one reader of several, which is named by its address: `1 card 0100CDA4EC`.
fn on_a_line(typed: &str, readers: &[Address]) -> Result<Option<Typed>, String> {
    let named = typed.trim_start().split_once(' ');
    let named = named.and_then(|(first, rest)| Some((first.parse::<u8>().ok()?, rest)));
    let [first, .., last] = readers else {
        return match (named, readers) {
            // Alone on its line, it is meant whether it is named or not.
            (None, [only]) if only.number() > 0 => at(only.number(), typed),
            _ => understand(typed),
        };
    };
    let (first, last) = (first.number(), last.number());
    match named {
        Some((address, rest)) if (first..=last).contains(&address) => at(address, rest),
        Some(_) => Err(format!("an address from {first} to {last}")),
        None => at(first, typed),
    }
}

fn at(address: u8, typed: &str) -> Result<Option<Typed>, String> {
    let at = |act| Act::At(address, Box::new(act));
    Ok(understand(typed)?.map(|typed| match typed {
        Typed::Tap(act) => Typed::Tap(at(act)),
        Typed::Acts(acts) => Typed::Acts(acts.into_iter().map(at).collect()),
    }))
}

/// A line as a tour would have it, with the device's name put in.
fn understand(typed: &str) -> Result<Option<Typed>, String> {
    let words = words(typed)?;
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(first) = words.first() else {
        return Ok(None);
    };
    let of_a_device = [
        "card", "hold", "lift", "scan", "noise", "fault", "switch", "unplug", "plug",
    ];
    if of_a_device.contains(first) {
        words.insert(1, "sim");
    }
    let step = step(&words).map_err(str::to_owned)?;
    if let Step::Card(_, held) = step {
        return Ok(Some(Typed::Tap(Act::Hold(held))));
    }
    let acts: Vec<Act> = step.acts().into_iter().map(|(_, act)| act).collect();
    match acts.is_empty() {
        false => Ok(Some(Typed::Acts(acts))),
        true => Err(
            "something done to the device: card 0100CDA4EC, scan UMB-0007, paper out, \
                     fault silent on, switch off, unplug"
                .to_owned(),
        ),
    }
}

/// What a scanner says behind a code, by its word.
///
/// # Errors
///
/// Where there is no such word.
pub fn end_mark(word: &str) -> Result<EndMark, String> {
    match word {
        "cr" => Ok(EndMark::Cr),
        "lf" => Ok(EndMark::Lf),
        "crlf" => Ok(EndMark::CrLf),
        "nothing" => Ok(EndMark::Nothing),
        _ => Err("expected one of: cr, lf, crlf, nothing".to_owned()),
    }
}

fn device(alone: &Alone) -> Result<Device, SimError> {
    let protocol = alone.protocol;
    let kinds = [
        DeviceKind::Reader,
        DeviceKind::Scanner,
        DeviceKind::Printer,
        DeviceKind::LabelPrinter,
    ];
    let speaks = |kind: &DeviceKind| Protocol::spoken_by(*kind).contains(&protocol);
    let kind = kinds.into_iter().find(speaks).unwrap_or(DeviceKind::Reader);
    let port = alone.port.clone().unwrap_or_else(|| {
        let name = format!("lodge-sim-{}-{}", protocol.word(), std::process::id());
        std::env::temp_dir().join(name)
    });
    let mut device = Device::usual("sim", kind, protocol, port);
    if let Some(baud) = alone.baud {
        device.baud = baud;
    }
    if let Some(profile) = &alone.profile {
        if !protocol.profiles().contains(&profile.as_str()) {
            return Err(SimError::NoSuchProfile {
                protocol: protocol.word(),
                profile: profile.clone(),
                known: protocol.profiles().join(", "),
            });
        }
        device.profile = Some(profile.clone());
    }
    Ok(device)
}

fn say(out: &Mutex<impl Write>, text: &str) {
    let mut out = out.lock().expect("nobody panics holding the output");
    // Whoever reads it may have gone.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Where the paper of a simulated printer is put.
struct Tray {
    folder: Option<PathBuf>,
    papers: usize,
}

impl Tray {
    fn of(folder: Option<&Path>) -> io::Result<Self> {
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
        }
        Ok(Tray {
            folder: folder.map(Path::to_owned),
            papers: 0,
        })
    }

    fn takes(&mut self, news: &rig::News) -> io::Result<()> {
        let (Some(folder), Some(picture)) = (&self.folder, &news.picture) else {
            return Ok(());
        };
        self.papers += 1;
        let name = folder.join(format!("paper-{:02}", self.papers));
        fs::write(name.with_extension("txt"), &news.said)?;
        fs::write(name.with_extension("png"), picture)
    }
}

/// What the device stands on.
enum Line {
    Pty(Pty),
    Real(SerialLink),
}

impl Line {
    fn at(device: &Device, named: bool) -> Result<Self, SimError> {
        let there = std::fs::metadata(&device.port);
        let real = there.is_ok_and(|file| file.file_type().is_char_device());
        if named && real {
            return Ok(Line::Real(SerialLink::open(&PortSettings {
                path: device.port.display().to_string(),
                baud: device.baud,
                flow: serial::Flow::None,
            })?));
        }
        Ok(Line::Pty(Pty::plugged_at(&device.port)?))
    }

    /// Puts the plug as it is wanted; a real port has a person for that.
    fn plug(&mut self, wanted: &rig::Plug) -> io::Result<()> {
        match self {
            Line::Pty(pty) => wanted.put(pty),
            Line::Real(_) => Ok(()),
        }
    }
}

impl Link for Line {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        match self {
            Line::Pty(pty) => pty.read(buffer),
            Line::Real(port) => port.read(buffer),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self {
            Line::Pty(pty) => pty.write(bytes),
            Line::Real(port) => port.write(bytes),
        }
    }

    fn unsent(&mut self) -> Result<usize, LinkError> {
        match self {
            Line::Pty(pty) => pty.unsent(),
            Line::Real(port) => port.unsent(),
        }
    }

    fn readiness(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Line::Pty(pty) => pty.readiness(),
            Line::Real(port) => port.readiness(),
        }
    }

    fn wake_with(&mut self, waker: Waker) {
        match self {
            Line::Pty(pty) => pty.wake_with(waker),
            Line::Real(port) => port.wake_with(waker),
        }
    }
}
