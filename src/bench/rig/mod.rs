//! The devices of the sample building, on the far end of ptys: what stands in for wires and paper.

mod equipment;
mod fault;
mod plug;
mod twin;

pub use equipment::{
    Equipment, devices, key, key_digits, labels, osdp_line, prepare, printer, scanner, takes, twin,
};
pub use fault::Fault;
pub use plug::Plug;
pub use twin::{Act, Held, News, Played, Player};

use crate::config::{Device, Protocol};
use crate::equipment::DeviceKind;
use lodge_hardware::clock::Moment;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::sim::label::LabelSim;
use lodge_hardware::sim::osdp::Front;
use lodge_hardware::sim::printer::PrinterSim;
use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How long the usual reader needs from a card held up until the next one.
pub const CARD_TAKES: Duration = Duration::from_millis(5 * 65 + 350);

/// A roll of paper, in dots of 1/8 mm: 50 m, and one about to end.
pub const FULL_ROLL: u32 = 400_000;
/// Less than the metre at which printers begin to warn, enough for a few slips.
pub const SHORT_ROLL: u32 = 7_000;

/// The far ends of all lines, stepped from outside.
pub struct Rig {
    /// Reader and scanner.
    ears: Vec<Socket<Box<dyn Played>>>,
    /// The receipt printer, and the spare one where there is one.
    printers: Vec<Socket<Player<PrinterSim>>>,
    labels: Vec<Socket<Player<LabelSim>>>,
    reader: Protocol,
    /// Readers on the line of the first one: what each is called, and its address.
    beside: Vec<(String, u8)>,
}

/// One simulated device and its end of the line.
struct Socket<P> {
    id: String,
    pty: Pty,
    player: P,
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
    pub fn plugged_in(ports: &Path, equipment: &Equipment) -> io::Result<Self> {
        prepare(ports)?;
        let (mut ears, mut printers, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let (mut reader, mut beside) = (Protocol::Em4100, Vec::new());
        for device in devices(ports, equipment) {
            match device.kind {
                // The line is plugged in already.
                DeviceKind::Reader if equipment.line && !ears.is_empty() => {
                    let address = device.osdp.as_ref().map_or(0, |osdp| osdp.address);
                    beside.push((device.id(), address));
                }
                DeviceKind::Printer => printers.push(Socket::new(&device, printer(&device))?),
                DeviceKind::LabelPrinter => {
                    labels.push(Socket::new(&device, equipment::labels(&device))?);
                }
                DeviceKind::Reader | DeviceKind::Scanner => {
                    ears.push(Socket::new(&device, twin(&device, equipment))?);
                }
            }
            if device.id() == "reader-front" {
                reader = device.protocol;
            }
        }
        Ok(Rig {
            ears,
            printers,
            labels,
            reader,
            beside,
        })
    }

    /// Does something to the device of this name: `reader`, `printer`, `front`, `reader-front`.
    /// False where there is none for which the act makes sense.
    pub fn act(&mut self, now: Moment, device: &str, act: &Act) -> bool {
        let beside = self.beside.iter().find(|(id, _)| id == device);
        if let (Some((_, address)), Some(line)) = (beside, self.ears.first_mut()) {
            return line.act(now, &Act::At(*address, Box::new(act.clone())));
        }
        self.sockets()
            .filter(|socket| socket.is_called(device))
            .any(|socket| socket.act(now, act))
    }

    fn sockets(&mut self) -> impl Iterator<Item = &mut dyn End> {
        let ears = self.ears.iter_mut().map(|ear| ear as &mut dyn End);
        let printers = self.printers.iter_mut();
        let labels = self.labels.iter_mut();
        ears.chain(printers.map(|printer| printer as &mut dyn End))
            .chain(labels.map(|printer| printer as &mut dyn End))
    }

    /// The building's power goes and comes back: what was on the wires is gone.
    pub fn cut_power(&mut self) -> io::Result<()> {
        for plug in [false, true] {
            for socket in self.sockets() {
                socket.plug(plug)?;
            }
        }
        Ok(())
    }

    /// Does everything that is due.
    pub fn pump(&mut self, now: Moment) {
        for socket in self.sockets() {
            socket.pump(now);
        }
    }

    /// When a device wants to go on.
    pub fn due(&self) -> Option<Moment> {
        let ears = self.ears.iter().map(|ear| ear.player.due());
        let printers = self.printers.iter().map(|printer| printer.player.due());
        let labels = self.labels.iter().map(|printer| printer.player.due());
        ears.chain(printers).chain(labels).flatten().min()
    }

    /// The far end of every line.
    pub fn totals(&self) -> Vec<FarEnd<'_>> {
        let ears = self.ears.iter().map(Socket::far_end);
        let printers = self.printers.iter().map(Socket::far_end);
        let labels = self.labels.iter().map(Socket::far_end);
        ears.chain(printers).chain(labels).collect()
    }

    /// The printer at the touch screen, for its paper.
    pub fn printer(&mut self) -> &mut PrinterSim {
        &mut self.printers[0].player.sim
    }

    /// All printers, for their paper.
    pub fn printers(&mut self) -> impl Iterator<Item = &mut PrinterSim> {
        self.printers
            .iter_mut()
            .map(|printer| &mut printer.player.sim)
    }

    /// The label printer, for its labels.
    pub fn labels(&mut self) -> Option<&mut LabelSim> {
        self.labels
            .first_mut()
            .map(|printer| &mut printer.player.sim)
    }

    /// What there is to see at a reader or a scanner since somebody last looked, such as its lamp.
    pub fn seen(&mut self, now: Moment, device: &str) -> Vec<String> {
        let ears = self.ears.iter_mut().filter(|ear| ear.is_called(device));
        let news = ears.flat_map(|ear| ear.player.news(now));
        news.map(|news| news.said).collect()
    }

    /// How long a card is held up to the reader, and how long until the reader has forgotten it.
    pub fn card_takes(&self) -> (Duration, Duration) {
        takes(self.reader)
    }
}

/// One end of a line, whatever is on it.
trait End {
    fn is_called(&self, name: &str) -> bool;
    fn act(&mut self, now: Moment, act: &Act) -> bool;
    fn plug(&mut self, plug: bool) -> io::Result<()>;
    fn pump(&mut self, now: Moment);
}

impl<P: Played> End for Socket<P> {
    fn is_called(&self, name: &str) -> bool {
        self.id == name || self.id.split('-').any(|part| part == name)
    }

    fn act(&mut self, now: Moment, act: &Act) -> bool {
        match act {
            Act::Unplug => self.plug(false).is_ok(),
            Act::Plug => self.plug(true).is_ok(),
            Act::PlugElsewhere => {
                self.before = so_far(&self.pty);
                self.pty.plug_elsewhere().is_ok()
            }
            act => self.player.act(now, act),
        }
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

    fn pump(&mut self, now: Moment) {
        self.player.pump(now, &mut self.pty as &mut dyn Link);
    }
}

/// A box of players is one.
impl Played for Box<dyn Played> {
    fn act(&mut self, now: Moment, act: &Act) -> bool {
        (**self).act(now, act)
    }

    fn knows(&self, act: &Act) -> bool {
        (**self).knows(act)
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        (**self).pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        (**self).due()
    }

    fn paper(&self) -> Vec<String> {
        (**self).paper()
    }

    fn fronts(&self, now: Moment) -> Vec<(u8, Front)> {
        (**self).fronts(now)
    }

    fn news(&mut self, now: Moment) -> Vec<News> {
        (**self).news(now)
    }
}

impl<P: Played> Socket<P> {
    fn new(device: &Device, player: P) -> io::Result<Self> {
        Ok(Socket {
            id: device.id(),
            pty: Pty::plugged_at(&device.port)?,
            player,
            before: (0, 0),
        })
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
