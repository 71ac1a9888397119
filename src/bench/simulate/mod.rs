//! Whole lobby days, at random and repeatable: hundreds of people, rain, rush hours, wrong cards,
//! walk-aways at every step, devices that fail, power that goes.
//!
//! The session machine and the books are the real ones; a day has no window and no wire, so that it
//! takes a second. People touch what stands on the page they see. What the screen tells them becomes
//! a model of the physical world, and the books are held against it.

mod crowd;
mod desk;
mod lobby;
mod seeds;
mod stay;
mod tally;
mod town;
mod world;

use crate::bench::leaving::{self, HOME_BY};
use crate::bench::obvious::leads_astray;
use crate::bench::tour::pages;
use crate::kiosk::view::Page;
use crate::store::{OpenError, StoreError, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use crowd::Visitor;
use lobby::Lobby;
pub use seeds::simulate_seeds;
use std::collections::BTreeMap;
use std::fmt;
pub use tally::{Seen, Tally};
use world::{Told, World};

/// How many people come on an ordinary day.
const CROWD: usize = 300;

/// What a day, or several, came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// People who came to the screen.
    pub people: usize,
    /// Touches, cards and codes.
    pub acts: usize,
    /// Things that went out.
    pub lent: usize,
    /// Things that came back.
    pub returned: usize,
    /// Things that the screen promised to keep.
    pub kept: usize,
    /// Visitors who went in.
    pub signed_in: usize,
    /// Visitors who signed out themselves.
    pub signed_out: usize,
    /// Keys that went out.
    pub keys_out: usize,
    /// Keys that came back.
    pub keys_back: usize,
    /// Pieces of mail that came.
    pub mail_in: usize,
    /// Pieces of mail that were collected.
    pub mail_out: usize,
    /// Refusals read.
    pub refused: usize,
    /// Pages on which leaving was tried, both ways: each by its name, how often.
    pub left: BTreeMap<String, usize>,
    /// People who left in the middle.
    pub walked_away: usize,
    /// Devices that came or went.
    pub device_changes: usize,
    /// Power cuts.
    pub power_cuts: usize,
    /// What has to be seen now and then.
    pub seen: Tally,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} people, {} acts: {} lent, {} returned, {} kept; {} signed in, {} signed out; {} keys \
             out, {} back; {} pieces of mail in, {} collected; {} refused, {} walked away, {} pages of {} kinds left \
             both ways; {} device changes, {} power cuts; {}",
            self.people,
            self.acts,
            self.lent,
            self.returned,
            self.kept,
            self.signed_in,
            self.signed_out,
            self.keys_out,
            self.keys_back,
            self.mail_in,
            self.mail_out,
            self.refused,
            self.walked_away,
            self.left.values().sum::<usize>(),
            self.left.len(),
            self.device_changes,
            self.power_cuts,
            self.seen
        )
    }
}

/// What went wrong on a simulated day, and how to see it again.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A rule was broken.
    #[error("seed {seed}, {at}: {what}\nagain: lodge simulate --seed {seed} --days {days}")]
    Broken {
        /// The seed.
        seed: u64,
        /// Days that were simulated.
        days: u32,
        /// When in the simulated lobby.
        at: DateTime<Utc>,
        /// Which rule, and what was found.
        what: String,
    },
    /// The books could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are no books to write in.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no folder for the books.
    #[error("making a folder for the simulated books")]
    Folder(#[from] std::io::Error),
}

/// Simulates so many days from this seed; the same seed gives the same days.
///
/// # Errors
///
/// Where a rule was broken, with the seed that shows it again.
pub fn simulate(seed: u64, days: u32) -> Result<Summary, SimulateError> {
    let folder = town::folder()?;
    let lobby = Lobby::open(folder.path())?;
    let mut day = Simulation {
        seed,
        days,
        random: fastrand::Rng::with_seed(seed),
        world: World::of(&lobby),
        lobby,
        summary: Summary::default(),
    };
    for number in 0..days {
        day.day(number)?;
    }
    day.summary.seen = day.world.seen();
    let messages = day.lobby.messages;
    day.summary.seen.add_many(Seen::MessageLeft, messages);
    Ok(day.summary)
}

/// Days in the making.
struct Simulation {
    seed: u64,
    days: u32,
    random: fastrand::Rng,
    lobby: Lobby,
    world: World,
    summary: Summary,
}

impl Simulation {
    fn day(&mut self, number: u32) -> Result<(), SimulateError> {
        let opens = town::opening() + TimeDelta::days(i64::from(number));
        self.lobby.wait_until(opens)?;
        self.world.stands.morning();
        let rain = self.random.u8(..) < 80;
        if let Some(what) = desk::rain(rain, &mut self.lobby, &mut self.world)? {
            return self.broken(what);
        }
        let mut arrivals: Vec<TimeDelta> = (0..CROWD)
            .map(|_| town::arrival(&mut self.random))
            .collect();
        arrivals.sort();
        for arrival in arrivals {
            self.lobby.wait_until(opens + arrival)?;
            self.something_happens()?;
            self.desk_acts()?;
            self.somebody_comes(rain)?;
        }
        // The last in line may have come at the very end.
        let closes = (opens + TimeDelta::hours(13)).max(self.lobby.now + HOME_BY);
        self.lobby.wait_until(closes)?;
        self.is_home()?;
        self.closing_time()?;
        self.world_agrees()?;
        if let Some(what) = self.world.differs_in_the_evening(&self.lobby)? {
            return self.broken(what);
        }
        self.books_are_sound()
    }

    /// A few things are done at the desk meanwhile.
    fn desk_acts(&mut self) -> Result<(), SimulateError> {
        self.world.hears_answers(&self.lobby.view().page);
        for _ in 0..self.random.u8(..5) {
            let done = desk::act(&mut self.random, &mut self.lobby, &mut self.world)?;
            if let Some(what) = done {
                return self.broken(what);
            }
            self.lobby.passes = self.world.passes.that_open(&self.world.visits);
        }
        self.summary.mail_in = self.world.post.letters.len();
        Ok(())
    }

    /// ● Nobody stays inside, and every hook was looked at.
    fn closing_time(&mut self) -> Result<(), SimulateError> {
        self.lobby.chores()?;
        let closed = town::building().last_closing(self.lobby.now);
        self.world.visits.closes(closed);
        self.lobby.passes = self.world.passes.that_open(&self.world.visits);
        match desk::evening(&mut self.lobby, &mut self.world)? {
            Some(what) => self.broken(what),
            None => Ok(()),
        }
    }

    /// Devices come and go, and now and then the power goes.
    fn something_happens(&mut self) -> Result<(), SimulateError> {
        match self.random.u16(..1000) {
            0..40 => {
                self.summary.device_changes += 1;
                self.lobby.device_changes(&mut self.random)
            }
            40..44 => {
                self.summary.power_cuts += 1;
                self.world.hears_answers(&self.lobby.view().page);
                self.world.sets.power_goes();
                self.lobby.power_cut()
            }
            _ => Ok(()),
        }
    }

    /// One person at the screen, from coming to leaving.
    fn somebody_comes(&mut self, rain: bool) -> Result<(), SimulateError> {
        let mut visitor = Visitor::new(&mut self.random, &self.lobby, &self.world, rain)?;
        self.summary.people += 1;
        let mut seen = None;
        for _ in 0..40 {
            let acted = visitor.act(&mut self.random, &mut self.lobby, &self.world)?;
            if !acted {
                break;
            }
            self.summary.acts += 1;
            self.note(&mut seen)?;
            if self.random.u8(..) < 40 {
                let pause = TimeDelta::milliseconds(self.random.i64(0..30_000));
                let until = self.lobby.now + pause;
                self.lobby.wait_until(until)?;
                self.note(&mut seen)?;
            }
        }
        self.summary.walked_away += usize::from(visitor.walked_away);
        if let Some(outsider) = visitor.outsider {
            self.world.visits.callers[outsider.place] = outsider.caller;
        }
        // The whole world is looked at now and then; each time would take all day.
        if self.random.u8(..8) == 0 {
            self.world_agrees()?;
        }
        // Now and then the next in line does not wait for the screen to come home.
        if self.random.u8(..) < 200 {
            let until = self.lobby.now + HOME_BY;
            self.lobby.wait_until(until)?;
            self.is_home()?;
        }
        Ok(())
    }

    /// What the page says has happened, once for each page.
    fn note(&mut self, seen: &mut Option<Page>) -> Result<(), SimulateError> {
        self.hear_hosts()?;
        let page = self.lobby.view().page;
        if seen.as_ref() == Some(&page) {
            return Ok(());
        }
        let standing = self.lobby.standing();
        let wrong = leaving::leaves_something(&standing).or_else(|| leads_astray(&standing));
        if let Some(what) = wrong {
            return self.broken(what);
        }
        *self.summary.left.entry(pages::name(&page)).or_default() += 1;
        let summary = &mut self.summary;
        match self.world.told(&self.lobby, &page) {
            Ok(Told::Lent) => summary.lent += 1,
            Ok(Told::Returned) => summary.returned += 1,
            Ok(Told::Kept) => summary.kept += 1,
            Ok(Told::KeyOut) => summary.keys_out += 1,
            Ok(Told::KeyBack) => summary.keys_back += 1,
            Ok(Told::MailOut(pieces)) => summary.mail_out += pieces,
            Ok(Told::SignedIn) => summary.signed_in += 1,
            Ok(Told::SignedOut) => summary.signed_out += 1,
            Ok(Told::Refused) => summary.refused += 1,
            Ok(Told::Nothing) => {}
            Err(what) => return self.broken(what),
        }
        self.lobby.passes = self.world.passes.that_open(&self.world.visits);
        *seen = Some(page);
        Ok(())
    }

    /// What hosts said at the screen.
    fn hear_hosts(&mut self) -> Result<(), SimulateError> {
        for visit in std::mem::take(&mut self.lobby.said_yes) {
            self.world.saw(Seen::HostSaidYes);
            let visit = self.lobby.read().visit(visit)?;
            let number = visit.and_then(|visit| visit.number);
            self.world
                .visits
                .yes
                .extend(number.map(|number| number.to_string()));
        }
        Ok(())
    }

    // What must hold

    /// The screen is home, and nothing on it is anybody's.
    fn is_home(&mut self) -> Result<(), SimulateError> {
        let view = self.lobby.view();
        if !matches!(view.page, Page::Home(_)) {
            return self.broken(format!("the screen did not come home: {:?}", view.page));
        }
        if !leaving::is_nobodys(&view) {
            return self.broken(format!("the screen at home is not as new: {view:?}"));
        }
        Ok(())
    }

    /// Every thing is where the books say.
    fn world_agrees(&mut self) -> Result<(), SimulateError> {
        match self.world.differs_from(&self.lobby)? {
            None => Ok(()),
            Some(what) => self.broken(what),
        }
    }

    fn books_are_sound(&mut self) -> Result<(), SimulateError> {
        match self.lobby.books().verify()? {
            Verdict::Sound(_) => Ok(()),
            other => self.broken(format!("the books are not sound: {other:?}")),
        }
    }

    fn broken<T>(&self, what: String) -> Result<T, SimulateError> {
        Err(SimulateError::Broken {
            seed: self.seed,
            days: self.days,
            at: self.lobby.now,
            what,
        })
    }
}
