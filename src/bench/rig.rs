//! The devices of the sample building, on the far end of ptys: what stands in for wires and paper.

use crate::config::{Device, DeviceKind, Protocol};
use lodge_hardware::clock::Moment;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::CardNumber;
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterSim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Frames of a card held up as people do: a third of a second.
pub(super) const FRAMES: usize = 5;

/// How long that is, and how long a reader hears nothing before the card may come again.
pub const CARD_TAKES: Duration = Duration::from_millis(5 * 65 + 350);

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
pub fn devices(ports: &Path) -> [Device; 3] {
    let device = |name: &str, kind, protocol| {
        let port = ports.join(format!("{}-{name}", DeviceKind::word(kind)));
        Device::usual(name, kind, protocol, port)
    };
    [
        device("front", DeviceKind::Reader, Protocol::Em4100),
        device("front", DeviceKind::Scanner, Protocol::LineScanner),
        device("desk", DeviceKind::Printer, Protocol::EscPos),
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
    /// Bytes read and written before it was last plugged in.
    before: (u64, u64),
}

/// The far end of a line: what went over it since it was last plugged in.
pub struct FarEnd<'a> {
    /// Which device.
    pub id: &'a str,
    /// Bytes read by the device.
    pub read: u64,
    /// Bytes written by the device.
    pub written: u64,
    /// Whether it is plugged in.
    pub plugged: bool,
}

impl Rig {
    /// Makes the ports in this folder and plugs everything in.
    pub fn plugged_in(ports: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(ports)?;
        let [reader, scanner, printer] = devices(ports);
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
        let plugged = if self.reader.is_called(device) {
            self.reader.plug(plug)
        } else if self.scanner.is_called(device) {
            self.scanner.plug(plug)
        } else if self.printer.is_called(device) {
            self.printer.plug(plug)
        } else {
            return false;
        };
        plugged.is_ok()
    }

    /// The building's power goes and comes back: what was on the wires is gone.
    pub fn cut_power(&mut self) -> io::Result<()> {
        for plug in [false, true] {
            self.reader.plug(plug)?;
            self.scanner.plug(plug)?;
            self.printer.plug(plug)?;
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

    /// The far end of every line.
    pub fn totals(&self) -> [FarEnd<'_>; 3] {
        [
            self.reader.far_end(),
            self.scanner.far_end(),
            self.printer.far_end(),
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
            before: (0, 0),
        })
    }

    fn is_called(&self, name: &str) -> bool {
        self.id == name || self.id.split('-').any(|part| part == name)
    }

    fn pump(&mut self, now: Moment) {
        self.sim.pump(now, &mut self.pty as &mut dyn Link);
    }

    fn plug(&mut self, plug: bool) -> io::Result<()> {
        if plug && !self.pty.is_plugged() {
            self.before = so_far(&self.pty);
            self.pty.plug()?;
        } else if !plug {
            self.pty.unplug();
        }
        Ok(())
    }

    fn far_end(&self) -> FarEnd<'_> {
        let (read, written) = so_far(&self.pty);
        FarEnd {
            id: &self.id,
            read: read - self.before.0,
            written: written - self.before.1,
            plugged: self.pty.is_plugged(),
        }
    }
}

fn so_far(pty: &Pty) -> (u64, u64) {
    let totals = pty.totals();
    (
        totals.read.load(Ordering::SeqCst),
        totals.written.load(Ordering::SeqCst),
    )
}
