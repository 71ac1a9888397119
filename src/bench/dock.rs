//! The dock: simulated devices on threads of their own, and the window that works them.

mod place;

use super::picture;
use super::rig::{self, Act, Equipment, Held, Played, Plug};
use super::trial::{TAGS, held};
use crate::building::Building;
use crate::config::Device;
use crate::devices::Clock;
use crate::equipment::DeviceKind;
use crate::screen::{DockBridge, DockLamp, DockTouch, DockView, DockWindow, Screen, ScreenError};
use chrono::DateTime;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::sim::osdp::{Front, Lamp};
use lodge_hardware::sim::printer::PrinterCommand;
use lodge_hardware::sim::run::{Running, spawn};
use place::Place;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// Simulated devices that run, without a window yet.
pub struct Dock {
    clock: Clock,
    building: Building,
    held: Vec<(Held, String)>,
    takes: (Duration, Duration),
    lines: Vec<Line>,
    places: Mutex<Places>,
    shown: Arc<Shown>,
}

/// The devices that can be chosen, and the one that is.
struct Places {
    all: Vec<Place>,
    chosen: usize,
}

/// A line with what is on its far end.
struct Line {
    running: Running<Box<dyn Played>>,
    plug: Plug,
}

/// What the window shows, and the way there once it is open.
#[derive(Default)]
struct Shown {
    view: Mutex<DockView>,
    paper: Mutex<Vec<Paper>>,
    bridge: Mutex<Option<DockBridge>>,
}

/// What came out of one printer.
#[derive(Clone, Default)]
struct Paper {
    /// The latest first.
    out: Vec<String>,
    /// How many of those that came out first were taken.
    taken: usize,
}

/// The dock with its window; dropping it takes the devices away.
pub struct OpenDock {
    window: DockWindow,
}

impl OpenDock {
    /// A way for other threads to show what the dock shows.
    pub fn bridge(&self) -> DockBridge {
        self.window.bridge()
    }
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
        let devices = rig::devices(ports, equipment);
        let shown = Arc::new(Shown::default());
        let (mut lines, mut places): (Vec<Line>, Vec<Place>) = (Vec::new(), Vec::new());
        for device in &devices {
            let beside = devices.iter().position(|other| other.port == device.port);
            let shares = beside.and_then(|first| places.get(first));
            if let Some(first) = shares {
                places.push(first.beside(device, Some(address(device))));
                continue;
            }
            let twin = rig::twin(device, equipment);
            places.push(Place::of(device, lines.len(), &*twin));
            let on_line = devices.iter().filter(|other| other.port == device.port);
            let names = on_line.map(|other| (address(other), other.name.clone()));
            let seen = Seen {
                at: lines.len(),
                names: names.collect(),
                shown: shown.clone(),
            };
            lines.push(start(device, twin, clock, seen)?);
        }
        lock(&shown.paper).resize(lines.len(), Paper::default());
        let reader = devices
            .iter()
            .find(|device| device.kind == DeviceKind::Reader);
        let spoken = reader.ok_or_else(|| io::Error::other("the trial lacks a reader"))?;
        Ok(Dock {
            building,
            held: held(spoken.protocol),
            takes: rig::takes(spoken.protocol),
            lines,
            places: Mutex::new(Places {
                all: places,
                chosen: 0,
            }),
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
        let places = lock(&self.places);
        let chosen = places.all[places.chosen].view();
        drop(places);
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
            view.device = chosen;
        });
        Ok(OpenDock { window })
    }

    fn act(&self, touch: DockTouch) {
        match touch {
            DockTouch::Card(index) => {
                if let Some((held, _)) = self.held.get(index) {
                    let place = self.of_kind(DeviceKind::Reader);
                    self.send(&place, Act::Hold(held.clone()));
                    self.lift_later(&place);
                }
            }
            DockTouch::Code(index) => {
                if let Some((code, _)) = TAGS.get(index) {
                    let place = self.of_kind(DeviceKind::Scanner);
                    self.send(&place, Act::Scan((*code).to_owned()));
                }
            }
            DockTouch::NextDevice => {
                let mut places = lock(&self.places);
                places.chosen = (places.chosen + 1) % places.all.len();
                let device = places.all[places.chosen].view();
                drop(places);
                self.shown.change(|view| view.device = device);
            }
            DockTouch::Do(index) => self.does(index),
            DockTouch::Later(minutes) => {
                self.clock.advance(Duration::from_secs(minutes * 60));
                let clock = self.wall();
                self.shown.change(|view| view.clock = clock);
            }
            DockTouch::Tear => self.tear(),
            DockTouch::Picture => {}
        }
    }

    /// The chosen device where it is of this kind, else the first one.
    fn of_kind(&self, kind: DeviceKind) -> Place {
        let places = lock(&self.places);
        let chosen = &places.all[places.chosen];
        let mut candidates = std::iter::once(chosen).chain(&places.all);
        let found = candidates.find(|place| place.kind() == kind);
        found.unwrap_or(chosen).clone()
    }

    fn send(&self, place: &Place, act: Act) {
        let line = &self.lines[place.line()];
        line.plug.told(&act);
        // Also what the device knows nothing of wakes its thread, which then looks at the plug.
        line.running.command(place.to(act));
    }

    /// What is held up is taken away again, as a person does, once the reader had the time to read it.
    fn lift_later(&self, place: &Place) {
        let commands = self.lines[place.line()].running.commands();
        let ((holds, _), lift) = (self.takes, place.to(Act::Lift));
        std::thread::spawn(move || {
            std::thread::sleep(holds);
            commands.send(lift);
        });
    }

    /// Does what stands at this place of the chosen device's list.
    fn does(&self, index: usize) {
        let mut places = lock(&self.places);
        let chosen = places.chosen;
        let Some(act) = places.all[chosen].touched(index) else {
            return;
        };
        let place = places.all[chosen].clone();
        // Readers on one line hang on one plug.
        for other in &mut places.all {
            other.shares(&place);
        }
        drop(places);
        self.send(&place, act);
        self.shown.change(|view| view.device = place.view());
    }

    fn tear(&self) {
        for line in &self.lines {
            line.running.command(Act::Printer(PrinterCommand::TearOff));
        }
        self.shown.hang(|papers| {
            for paper in papers {
                paper.taken = paper.out.len();
            }
        });
    }

    /// The time on the program's clock when the dock last had to do with it.
    fn wall(&self) -> String {
        let at = DateTime::from_timestamp_millis(self.clock.wall_ms()).unwrap_or_default();
        self.building.local(at).format("%Y-%m-%d %H:%M").to_string()
    }
}

impl Shown {
    /// Something came out or was taken: labels first, then the slips.
    fn hang(&self, change: impl FnOnce(&mut Vec<Paper>)) {
        let mut papers = lock(&self.paper);
        change(&mut papers);
        let hanging = papers.iter().rev().flat_map(|paper| {
            let there = paper.out.len().saturating_sub(paper.taken);
            &paper.out[..there]
        });
        let all: Vec<&str> = hanging.map(String::as_str).collect();
        let all = all.join(TORN);
        drop(papers);
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

/// Where a device is on its line.
fn address(device: &Device) -> u8 {
    device.osdp.as_ref().map_or(0, |osdp| osdp.address)
}

/// Where what there is to see at the far end of a line is shown.
struct Seen {
    /// The place of the line among all.
    at: usize,
    /// Its devices by their addresses.
    names: Vec<(u8, String)>,
    shown: Arc<Shown>,
}

impl Seen {
    /// The readers of the line show this now.
    fn lamps(&self, fronts: &[(u8, Front)]) {
        let lamp = |(address, front): &(u8, Front)| {
            let (_, name) = self.names.iter().find(|(at, _)| at == address)?;
            Some(DockLamp {
                name: name.clone(),
                lamp: colour(front.lamp),
                sounding: front.sounding,
            })
        };
        let lamps = fronts.iter().filter_map(lamp).collect();
        self.shown.change(|view| view.lamps = lamps);
    }
}

fn colour(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Dark => "dock-lamp-dark",
        Lamp::Red => "dock-lamp-red",
        Lamp::Green => "dock-lamp-green",
        Lamp::Amber => "dock-lamp-amber",
        Lamp::Blue => "dock-lamp-blue",
        Lamp::Other => "dock-lamp-other",
    }
}

fn start(device: &Device, twin: Box<dyn Played>, clock: &Clock, seen: Seen) -> io::Result<Line> {
    let pty = Pty::plugged_at(&device.port)?;
    let plug = Plug::default();
    let (wanted, mut hangs, mut shone) = (plug.clone(), Vec::new(), Vec::new());
    let now = clock.clone();
    let running = spawn(
        &format!("dock-{}", device.id()),
        twin,
        pty,
        clock.clone(),
        move |twin, pty| {
            if let Err(error) = wanted.put(pty) {
                tracing::warn!(%error, "the simulated plug does not go in");
            }
            let fronts = twin.fronts(now.now());
            if fronts != shone {
                seen.lamps(&fronts);
                shone = fronts;
            }
            let paper = twin.paper();
            if paper != hangs {
                hangs.clone_from(&paper);
                seen.shown.hang(|papers| {
                    if let Some(own) = papers.get_mut(seen.at) {
                        // What was torn off is not there any more.
                        own.taken = own.taken.min(paper.len());
                        own.out = paper;
                    }
                });
            }
        },
    )?;
    Ok(Line { running, plug })
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared
        .lock()
        .expect("nobody panics holding what the dock shows")
}

#[cfg(test)]
mod tests;
