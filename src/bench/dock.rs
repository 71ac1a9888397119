//! The dock: simulated devices on threads of their own, and the window that works them.

use super::picture;
use super::rig::{self, Act, Equipment, FULL_ROLL, Held, Played, SHORT_ROLL};
use super::trial::{TAGS, held};
use crate::building::Building;
use crate::config::Device;
use crate::devices::Clock;
use crate::equipment::DeviceKind;
use crate::screen::{
    DockBridge, DockPrinter, DockTouch, DockView, DockWindow, Screen, ScreenError,
};
use chrono::DateTime;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::sim::label::{LabelSim, Sheet};
use lodge_hardware::sim::printer::{PrinterCommand, PrinterSim};
use lodge_hardware::sim::run::{Running, spawn};
use lodge_hardware::sim::{LineFault, Simulator};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// How a device may misbehave on its line, in the order of the dock's keys.
const FAULTS: [LineFault; 6] = [
    LineFault::Silent,
    LineFault::Slow,
    LineFault::Garbage,
    LineFault::HalfFrame,
    LineFault::WrongChecksum,
    LineFault::WrongOrder,
];

/// Simulated devices that run, without a window yet.
pub struct Dock {
    clock: Clock,
    building: Building,
    held: Vec<(Held, String)>,
    takes: (Duration, Duration),
    ears: [Running<Box<dyn Played>>; 2],
    printer: Running<PrinterSim>,
    /// Held for as long as the dock is: its labels are shown above the slips.
    _labels: Option<Running<LabelSim>>,
    plugged: [Arc<AtomicBool>; 3],
    shown: Arc<Shown>,
}

/// What the window shows, and the way there once it is open.
#[derive(Default)]
struct Shown {
    view: Mutex<DockView>,
    paper: Mutex<Paper>,
    bridge: Mutex<Option<DockBridge>>,
}

/// What hangs out of the printers.
#[derive(Default)]
struct Paper {
    label: String,
    slips: String,
}

/// The dock with its window; dropping it takes the devices away.
pub struct OpenDock {
    _window: DockWindow,
}

impl Dock {
    /// Makes the ports in this folder and starts the devices behind them.
    ///
    /// # Errors
    ///
    /// Where the system gives no ptys or threads.
    pub fn plugged_in(
        ports: &Path,
        equipment: &Equipment,
        clock: &Clock,
        building: Building,
    ) -> io::Result<Self> {
        rig::prepare(ports)?;
        // The dock has room for one device of a kind.
        let devices = rig::devices(ports, equipment);
        let labels = devices
            .iter()
            .find(|device| device.kind == DeviceKind::LabelPrinter);
        let [front, scanner, slips, ..] = devices.as_slice() else {
            return Err(io::Error::other("the trial lacks a device"));
        };
        let shown = Arc::new(Shown::default());
        let plugged = [(); 3].map(|()| Arc::new(AtomicBool::new(true)));
        let [front_plug, scanner_plug, slips_plug] = plugged.clone();
        let (mut paper, paper_shown) = (String::new(), shown.clone());
        let labels = labels.map(|device| {
            let (mut out, shown) = (0, shown.clone());
            let plug = Arc::new(AtomicBool::new(true));
            start(
                device,
                rig::labels(device).sim,
                clock,
                plug,
                move |labels| {
                    let sheets = labels.sheets();
                    if std::mem::replace(&mut out, sheets.len()) != sheets.len() {
                        let label = sheets.last().map(Sheet::text).unwrap_or_default();
                        shown.hang(|paper| paper.label = label);
                    }
                },
            )
        });
        Ok(Dock {
            building,
            held: held(front.protocol),
            takes: rig::takes(front.protocol),
            ears: [
                start(
                    front,
                    rig::twin(front, equipment),
                    clock,
                    front_plug,
                    |_| {},
                )?,
                start(
                    scanner,
                    rig::twin(scanner, equipment),
                    clock,
                    scanner_plug,
                    |_| {},
                )?,
            ],
            printer: start(
                slips,
                rig::printer(slips).sim,
                clock,
                slips_plug,
                move |printer| {
                    let now = hanging(printer);
                    if now != paper {
                        paper.clone_from(&now);
                        paper_shown.hang(|paper| paper.slips = now);
                    }
                },
            )?,
            _labels: labels.transpose()?,
            plugged,
            shown,
            clock: clock.clone(),
        })
    }

    /// Opens the dock's window `beside` so many pixels of touch screen.
    ///
    /// # Errors
    ///
    /// Where there is no second window.
    pub fn open(
        self,
        screen: &Screen,
        beside: u32,
        pictures: PathBuf,
    ) -> Result<OpenDock, ScreenError> {
        let shown = self.shown.clone();
        let owners = self.held.iter().map(|(_, owner)| owner.clone()).collect();
        let clock = self.wall();
        let camera = screen.camera();
        let window = DockWindow::open(beside, move |touch| {
            if touch == DockTouch::Picture {
                let name = format!("{}.png", self.clock.wall_ms());
                let saved = camera.take().and_then(|pixels| {
                    picture::save(&pictures.join(name), &pixels).map_err(|error| error.to_string())
                });
                if let Err(why) = saved {
                    tracing::warn!(why, "no picture");
                }
            } else {
                self.act(touch);
            }
        })?;
        *lock(&shown.bridge) = Some(window.bridge());
        shown.change(|view| {
            view.clock = clock;
            view.cards = owners;
            view.codes = TAGS.iter().map(|(_, name)| (*name).to_owned()).collect();
        });
        Ok(OpenDock { _window: window })
    }

    fn act(&self, touch: DockTouch) {
        let printer = lock(&self.shown.view).printer;
        match touch {
            DockTouch::Card(index) => {
                if let Some((held, _)) = self.held.get(index) {
                    self.ears[0].command(Act::Hold(held.clone()));
                    self.lift_later();
                }
            }
            DockTouch::Code(index) => {
                if let Some((code, _)) = TAGS.get(index) {
                    self.ears[1].command(Act::Scan((*code).to_owned()));
                }
            }
            DockTouch::FaultOf => self.shown.change(|view| {
                view.fault_of = (view.fault_of + 1) % view.faults.len();
            }),
            DockTouch::Fault(index) => self.fault(index),
            DockTouch::PaperOut => self.roll(
                0,
                DockPrinter {
                    out: true,
                    short: false,
                    ..printer
                },
            ),
            DockTouch::PaperShort => {
                self.roll(
                    SHORT_ROLL,
                    DockPrinter {
                        out: false,
                        short: true,
                        ..printer
                    },
                );
            }
            DockTouch::PaperNew => {
                self.roll(
                    FULL_ROLL,
                    DockPrinter {
                        out: false,
                        short: false,
                        ..printer
                    },
                );
            }
            DockTouch::Cover => {
                self.printer.command(PrinterCommand::Cover(!printer.cover));
                self.shown
                    .change(|view| view.printer.cover = !printer.cover);
            }
            DockTouch::Cutter => {
                self.printer.command(PrinterCommand::Jam(!printer.cutter));
                self.shown
                    .change(|view| view.printer.cutter = !printer.cutter);
            }
            DockTouch::Plug(index) => self.pull_or_plug(index),
            DockTouch::Later(minutes) => {
                self.clock.advance(Duration::from_secs(minutes * 60));
                let clock = self.wall();
                self.shown.change(|view| view.clock = clock);
            }
            DockTouch::Tear => {
                self.printer.command(PrinterCommand::TearOff);
                self.shown.hang(|paper| paper.label.clear());
            }
            DockTouch::Picture => {}
        }
    }

    /// What is held up is taken away again, as a person does, once the reader had the time to read it.
    fn lift_later(&self) {
        let (ear, (holds, _)) = (self.ears[0].commands(), self.takes);
        std::thread::spawn(move || {
            std::thread::sleep(holds);
            ear.send(Act::Lift);
        });
    }

    /// Sets or lifts a fault of the device that the dock's faults are for.
    fn fault(&self, index: usize) {
        let of = lock(&self.shown.view).fault_of;
        let Some(fault) = FAULTS.get(index) else {
            return;
        };
        let set = !lock(&self.shown.view).faults[of][index];
        match self.ears.get(of) {
            Some(ear) => ear.command(Act::Fault(*fault, set)),
            None => self.printer.command(PrinterCommand::Line(*fault, set)),
        }
        self.shown.change(|view| view.faults[of][index] = set);
    }

    /// The time on the program's clock when the dock last had to do with it.
    fn wall(&self) -> String {
        let at = DateTime::from_timestamp_millis(self.clock.wall_ms()).unwrap_or_default();
        self.building.local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// Puts in a roll; its cover is closed over it.
    fn roll(&self, dots: u32, printer: DockPrinter) {
        self.printer.command(PrinterCommand::LoadPaper(dots));
        self.shown.change(|view| {
            view.printer = DockPrinter {
                cover: false,
                ..printer
            }
        });
    }

    fn pull_or_plug(&self, index: usize) {
        let Some(plug) = self.plugged.get(index) else {
            return;
        };
        let plugged = !plug.fetch_xor(true, Ordering::SeqCst);
        // A command that changes nothing wakes the thread, which then looks at its plug.
        match self.ears.get(index) {
            Some(ear) => ear.command(Act::Lift),
            None => self.printer.command(PrinterCommand::Power(true)),
        }
        self.shown.change(|view| view.unplugged[index] = !plugged);
    }
}

impl Shown {
    /// Something came out or was taken: the label first, then the slips.
    fn hang(&self, change: impl FnOnce(&mut Paper)) {
        let mut paper = lock(&self.paper);
        change(&mut paper);
        let all = [paper.label.as_str(), paper.slips.as_str()];
        let all: Vec<&str> = all.into_iter().filter(|part| !part.is_empty()).collect();
        let all = all.join(TORN);
        drop(paper);
        self.change(|view| view.paper = all);
    }

    fn change(&self, change: impl FnOnce(&mut DockView)) {
        let mut view = lock(&self.view);
        change(&mut view);
        if let Some(bridge) = &*lock(&self.bridge) {
            bridge.show(view.clone());
        }
    }
}

/// Between two papers.
const TORN: &str = "\n  ✂ - - - - - - - - - - - - - - - -\n";

/// Everything that came out and was not taken, the latest first.
fn hanging(printer: &PrinterSim) -> String {
    let mut slips = printer.paper_text();
    slips.push(printer.hanging_text());
    slips.retain(|slip| !slip.trim().is_empty());
    slips.reverse();
    slips.join(TORN)
}

fn start<S: Simulator + 'static>(
    device: &Device,
    sim: S,
    clock: &Clock,
    plugged: Arc<AtomicBool>,
    mut changed: impl FnMut(&S) + Send + 'static,
) -> io::Result<Running<S>> {
    let pty = Pty::plugged_at(&device.port)?;
    spawn(
        &format!("dock-{}", device.id()),
        sim,
        pty,
        clock.clone(),
        move |sim, pty| {
            match (plugged.load(Ordering::SeqCst), pty.is_plugged()) {
                (false, true) => pty.unplug(),
                (true, false) => {
                    if let Err(error) = pty.plug() {
                        tracing::warn!(%error, "the simulated plug does not go in");
                    }
                }
                _ => {}
            }
            changed(sim);
        },
    )
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared
        .lock()
        .expect("nobody panics holding what the dock shows")
}
