//! The devices of the sample building, on the far end of ptys: what stands in for wires and paper.

use crate::config::{Device, DeviceKind, Flow, Protocol};
use lodge_hardware::clock::Moment;
use lodge_hardware::em4100::CardNumber;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterSim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

/// Frames of a card held up as people do: a third of a second.
const FRAMES: usize = 5;

/// A roll of paper, in dots of 1/8 mm: 50 m, and one about to end.
pub const FULL_ROLL: u32 = 400_000;
/// Less than the metre at which printers begin to warn, enough for a few slips.
pub const SHORT_ROLL: u32 = 7_000;

/// What a person in the lobby does to a device.
#[derive(Clone, Debug)]
pub enum Act {
    /// Holds a card up.
    Card(CardNumber),
    /// Scans a code.
    Scan(String),
    /// Does something to the printer.
    Printer(PrinterCommand),
    /// So many bytes of noise come down the line.
    Noise(usize),
    /// Pulls the plug.
    Unplug,
    /// Puts it in again.
    Plug,
}

/// The settings of the simulated devices, with their ports in this folder.
pub fn devices(ports: &Path) -> Vec<Device> {
    let device = |name: &str, kind, protocol, profile: Option<&str>| Device {
        name: name.to_owned(),
        kind,
        protocol,
        port: ports.join(format!("{}-{name}", DeviceKind::word(kind))),
        baud: 9600,
        flow: Flow::None,
        profile: profile.map(str::to_owned),
    };
    vec![
        device("front", DeviceKind::Reader, Protocol::Em4100, None),
        device("front", DeviceKind::Scanner, Protocol::LineScanner, None),
        device(
            "desk",
            DeviceKind::Printer,
            Protocol::EscPos,
            Some("generic-80mm"),
        ),
    ]
}

/// The far ends of all lines, stepped from outside.
pub struct Rig {
    reader: Socket<ReaderSim>,
    scanner: Socket<ScannerSim>,
    printer: Socket<PrinterSim>,
}

/// One simulated device and its end of the line.
pub struct Socket<S> {
    id: String,
    pty: Pty,
    sim: S,
}

impl Rig {
    /// Makes the ports in this folder and plugs everything in.
    pub fn plugged_in(ports: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(ports)?;
        let [reader, scanner, printer] = <[Device; 3]>::try_from(devices(ports))
            .map_err(|_| io::Error::other("the sample building has three devices"))?;
        let profile = Profile::generic_80mm();
        Ok(Rig {
            reader: Socket::new(&reader, ReaderSim::new())?,
            scanner: Socket::new(&scanner, ScannerSim::new())?,
            printer: Socket::new(&printer, PrinterSim::new(&profile, printer.baud))?,
        })
    }

    /// Does something to the device of this name: `reader`, `printer`, `front`, `reader-front`.
    /// False where there is none, or where the act makes no sense for it.
    pub fn act(&mut self, now: Moment, device: &str, act: Act) -> bool {
        match act {
            Act::Card(card) if self.reader.is_called(device) => {
                self.reader
                    .sim
                    .command(now, ReaderCommand::Hold(card, FRAMES));
            }
            Act::Scan(code) if self.scanner.is_called(device) => {
                self.scanner.sim.command(now, ScannerCommand::Scan(code));
            }
            Act::Printer(command) if self.printer.is_called(device) => {
                self.printer.sim.command(now, command);
            }
            Act::Noise(bytes) if self.reader.is_called(device) => {
                self.reader.sim.command(now, ReaderCommand::Garbage(bytes));
            }
            Act::Noise(bytes) if self.scanner.is_called(device) => {
                self.scanner
                    .sim
                    .command(now, ScannerCommand::Garbage(bytes));
            }
            Act::Unplug | Act::Plug => return self.plug(device, matches!(act, Act::Plug)),
            _ => return false,
        }
        true
    }

    fn plug(&mut self, device: &str, plug: bool) -> bool {
        let pty = if self.reader.is_called(device) {
            &mut self.reader.pty
        } else if self.scanner.is_called(device) {
            &mut self.scanner.pty
        } else if self.printer.is_called(device) {
            &mut self.printer.pty
        } else {
            return false;
        };
        match plug {
            true => pty.plug().is_ok(),
            false => {
                pty.unplug();
                true
            }
        }
    }

    /// The building's power goes and comes back: what was on the wires is gone.
    pub fn cut_power(&mut self) -> io::Result<()> {
        for pty in [
            &mut self.reader.pty,
            &mut self.scanner.pty,
            &mut self.printer.pty,
        ] {
            pty.unplug();
            pty.plug()?;
        }
        Ok(())
    }

    /// Does everything that is due.
    pub fn pump(&mut self, now: Moment) {
        self.reader.pump(now);
        self.scanner.pump(now);
        self.printer.pump(now);
    }

    /// When a device wants to go on.
    pub fn due(&self) -> Option<Moment> {
        [
            self.reader.sim.due(),
            self.scanner.sim.due(),
            self.printer.sim.due(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Bytes read and written at the far end of every line.
    pub fn totals(&self) -> [(&str, u64, u64, bool); 3] {
        [
            self.reader.totals(),
            self.scanner.totals(),
            self.printer.totals(),
        ]
    }

    /// The printer, for its paper.
    pub fn printer(&mut self) -> &mut PrinterSim {
        &mut self.printer.sim
    }
}

impl<S: Simulator> Socket<S> {
    fn new(device: &Device, sim: S) -> io::Result<Self> {
        Ok(Socket {
            id: device.id(),
            pty: Pty::plugged_at(&device.port)?,
            sim,
        })
    }

    fn is_called(&self, name: &str) -> bool {
        self.id == name || self.id.split('-').any(|part| part == name)
    }

    fn pump(&mut self, now: Moment) {
        self.sim.pump(now, &mut self.pty as &mut dyn Link);
    }

    fn totals(&self) -> (&str, u64, u64, bool) {
        let totals = self.pty.totals();
        let read = totals.read.load(Ordering::SeqCst);
        (
            &self.id,
            read,
            totals.written.load(Ordering::SeqCst),
            self.pty.is_plugged(),
        )
    }
}
