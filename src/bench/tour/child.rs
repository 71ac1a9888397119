//! The program's side of a tour: the real program, on a scripted clock and without a display.

use super::pages;
use super::protocol::{DeskOrder, Look, Order, Port, Reply};
use crate::assembly::{Site, StartError, assemble, desk_beside};
use crate::bench::leaving::leaves_something;
use crate::bench::obvious::leads_astray;
use crate::bench::{picture, rig, trial};
use crate::config::Settings;
use crate::desk;
use crate::devices::{self, Activity, Clock, Moment};
use crate::kiosk::present;
use crate::runtime::{Onlooker, Standing};
use crate::screen::{
    Bridge, DeskBridge, DeskWindow, Panel, ScreenError, WindowKind, without_display,
};
use crate::store::{Books, OpenError, StoreError};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// How the child is started.
#[derive(Clone, Debug)]
pub struct ChildOptions {
    /// The data folder.
    pub data: PathBuf,
    /// The folder with the ports.
    pub ports: PathBuf,
    /// The moment it starts at, UTC milliseconds.
    pub wall_ms: i64,
    /// The panel: width and height in pixels, diagonal in inches.
    pub panel: (u32, u32, f64),
    /// The devices around it.
    pub equipment: rig::Equipment,
}

/// Why the child did not run.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    /// The headless window.
    #[error("opening the headless window: {0}")]
    Headless(String),
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Furnishing the sample building.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Starting.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Running.
    #[error(transparent)]
    Screen(#[from] ScreenError),
    /// The thread that listens to the tour.
    #[error("listening to the tour")]
    Listen(#[source] io::Error),
}

/// Runs the program until the tour ends it.
///
/// # Errors
///
/// Where it does not start, which the tour reports.
pub fn run_child(options: &ChildOptions) -> Result<(), ChildError> {
    without_display().map_err(ChildError::Headless)?;
    let mut settings = match options.equipment.other_house {
        true => trial::other_settings(),
        false => trial::settings(),
    };
    if options.equipment.packs {
        settings.print_packs(Settings::defaults().desk().packs);
    }
    let clock = Clock::scripted(options.wall_ms);
    let activity = Activity::new();
    // Nothing may seem quiet before everything has been started.
    let starting = activity.busy();
    let mut books = Books::open(&options.data, &settings.building())?;
    books.make_ids_repeatable();
    let at = DateTime::from_timestamp_millis(options.wall_ms).unwrap_or_default();
    trial::furnish(&mut books, &options.equipment, at)?;
    let (width_px, height_px, diagonal_inches) = options.panel;
    let left = Left::default();
    let (windows, running) = assemble(Site {
        settings: &settings,
        devices: &rig::devices(&options.ports, &options.equipment),
        trial: true,
        books,
        data: &options.data,
        clock: clock.clone(),
        activity: activity.clone(),
        panel: Panel {
            width_px,
            height_px,
            diagonal_inches,
        },
        window: WindowKind::Installed,
        desk: desk_beside(&settings, width_px)
            .map(|(size, left)| (options.equipment.desk.unwrap_or(size), left)),
        onlooker: Some(Box::new(left.clone())),
    })?;
    let screen = &windows.screen;
    let remote = Remote {
        clock,
        activity,
        bridge: screen.bridge(),
        desk: windows.desk.as_ref().map(DeskWindow::bridge),
        left,
    };
    let devices = running.device_states();
    std::thread::Builder::new()
        .name("lodge-tour".to_owned())
        .spawn(move || {
            remote.listen(devices);
            // The tour has gone, and nobody else will end this program.
            remote.bridge.quit();
        })
        .map_err(ChildError::Listen)?;
    drop(starting);
    screen.run()?;
    drop(running);
    Ok(())
}

/// What the tour holds on to.
struct Remote {
    clock: Clock,
    activity: Activity,
    bridge: Bridge,
    desk: Option<DeskBridge>,
    left: Left,
}

impl Remote {
    /// Follows orders until there are no more.
    fn listen(&self, devices: impl Fn() -> Vec<crate::devices::DeviceState>) {
        for line in io::stdin().lock().lines() {
            let Ok(order) = line
                .map_err(drop)
                .and_then(|line| serde_json::from_str(&line).map_err(drop))
            else {
                return;
            };
            let ends = order == Order::End;
            let reply = self.follow(order, &devices);
            let mut out = io::stdout().lock();
            let written = serde_json::to_writer(&mut out, &reply)
                .map_err(io::Error::other)
                .and_then(|()| out.write_all(b"\n"))
                .and_then(|()| out.flush());
            if written.is_err() || ends {
                return;
            }
        }
    }

    fn follow(
        &self,
        order: Order,
        devices: &impl Fn() -> Vec<crate::devices::DeviceState>,
    ) -> Reply {
        let done = |result: Result<(), String>| match result {
            Ok(()) => Reply::Done,
            Err(why) => Reply::NotDone(why),
        };
        match order {
            Order::Look => Reply::Look(Look {
                busy: self.activity.count(),
                overdue: self.clock.overdue(),
                next_alarm: self.clock.next_alarm().map(Moment::as_micros),
                ports: devices().iter().map(port).collect(),
            }),
            Order::Advance(micros) => {
                self.clock.advance_to(Moment::from_micros(micros));
                Reply::Done
            }
            Order::Press(label, number) => done(self.bridge.press(&label, number)),
            Order::Sign => done(self.bridge.sign()),
            Order::Read => match self.bridge.labels() {
                Ok(labels) => Reply::Screen(labels),
                Err(why) => Reply::NotDone(why),
            },
            Order::Page => self.page(),
            Order::Picture(path) => done(self.picture(&path)),
            Order::Desk(order) => self.at_desk(order),
            Order::End => Reply::Done,
        }
    }

    /// Which page stands on the screen: one that was left, both ways, beside the tour.
    fn page(&self) -> Reply {
        let left = self.left.tried();
        if let Some(wrong) = left.wrong.first() {
            return Reply::NotDone(format!("whoever left left something: {wrong}"));
        }
        let names: Vec<String> = self.bridge.view().iter().map(pages::name_of).collect();
        match names.iter().find(|name| !left.pages.contains(*name)) {
            Some(name) => Reply::NotDone(format!("nobody tried to leave {name}")),
            None => Reply::Screen(names),
        }
    }

    fn at_desk(&self, order: DeskOrder) -> Reply {
        let done = |result: Result<(), String>| match result {
            Ok(()) => Reply::Done,
            Err(why) => Reply::NotDone(why),
        };
        let Some(desk) = &self.desk else {
            return Reply::NotDone("there is no staff window".to_owned());
        };
        match order {
            DeskOrder::Key(name) => done(desk.key(&name)),
            DeskOrder::Type(text) => done(desk.type_in(&text)),
            DeskOrder::Press(label) => done(desk.press(&label)),
            DeskOrder::Read => match desk.labels() {
                Ok(labels) => Reply::Screen(labels),
                Err(why) => Reply::NotDone(why),
            },
            DeskOrder::Pages => {
                let names = std::mem::take(&mut self.left.tried().desk);
                Reply::Screen(names.into_iter().collect())
            }
            DeskOrder::Picture(path) => done(desk.picture().and_then(|pixels| {
                picture::save(Path::new(&path), &pixels)
                    .map_err(|error| format!("writing {path}: {error}"))
            })),
        }
    }

    fn picture(&self, path: &str) -> Result<(), String> {
        let pixels = self.bridge.picture()?;
        picture::save(Path::new(path), &pixels).map_err(|error| format!("writing {path}: {error}"))
    }
}

/// Pages that were left beside the tour, by somebody who ends there and by somebody who walks away; and what
/// stood on the staff window.
#[derive(Clone, Default)]
struct Left(Arc<Mutex<Tried>>);

#[derive(Default)]
struct Tried {
    pages: BTreeSet<String>,
    desk: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Onlooker for Left {
    fn kiosk(&self, standing: &Standing<'_>) {
        let wrong = leaves_something(standing).or_else(|| leads_astray(standing));
        let view = present(standing.session, standing.house, standing.at);
        let mut left = self.tried();
        left.wrong.extend(wrong);
        left.pages.insert(pages::name_of(&view));
    }

    fn desk(&self, session: &desk::Session, house: &desk::House, at: DateTime<Utc>) {
        let language = desk::present(session, house, at).language;
        let stands = session.stands(house, at);
        self.tried().desk.extend(pages::at_desk(&stands, language));
    }
}

impl Left {
    fn tried(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().expect("nobody panics looking on")
    }
}

fn port(state: &crate::devices::DeviceState) -> Port {
    let (read, written) = state.since_opening();
    Port {
        id: state.id.clone(),
        open: !matches!(
            state.standing,
            devices::Standing::Starting | devices::Standing::Lost(_)
        ),
        read,
        written,
    }
}
