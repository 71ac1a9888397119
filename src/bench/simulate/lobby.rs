//! The touch screen without pixels and wires: the real session machine on real books, with a clock
//! moved by hand.

use super::SimulateError;
use super::town::{self, TownCard};
use crate::kiosk::event::{DeviceChange, StoreHealth};
use crate::kiosk::session::TimerId;
use crate::kiosk::view::Page;
use crate::kiosk::{Effect, Event, House, Session, Touch, View, present, step};
use crate::people::{Certainty, How, PersonId, Presented};
use crate::runtime::answer;
use crate::slips::{JobState, PaperTrouble, PrintJobId, Proof, Record as SlipRecord, WhyUnknown};
use crate::store::Books;
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};

/// The lobby.
pub struct Lobby {
    /// What time it is there.
    pub now: DateTime<Utc>,
    /// Every card of the town.
    pub cards: Vec<TownCard>,
    folder: PathBuf,
    house: House,
    /// None only while the power is off.
    books: Option<Books>,
    session: Session,
    timers: Vec<(TimerId, DateTime<Utc>)>,
    printer: Option<PaperTrouble>,
    /// Whose card opened what stands on the screen. Who stands before it may be somebody else: the
    /// one before walked away, and the next in line goes on.
    on_card: Option<PersonId>,
}

impl Lobby {
    /// A lobby with fresh books in this folder.
    pub fn open(folder: &Path) -> Result<Self, SimulateError> {
        let house = town::house();
        let mut books = Books::open(folder, &town::building())?;
        let cards = town::furnish(&mut books)?;
        let now = town::opening();
        let start = Session::start(&house, now);
        let mut lobby = Lobby {
            now,
            cards,
            folder: folder.to_owned(),
            house,
            books: Some(books),
            session: start.session,
            timers: Vec::new(),
            printer: None,
            on_card: None,
        };
        lobby.perform(start.effects)?;
        Ok(lobby)
    }

    /// The open books.
    pub fn books(&mut self) -> &mut Books {
        self.books.as_mut().expect("the power is on")
    }

    /// The same, to look something up.
    pub fn read(&self) -> &Books {
        self.books.as_ref().expect("the power is on")
    }

    /// What stands on the screen.
    pub fn view(&self) -> View {
        present(&self.session, &self.house, self.now)
    }

    /// Whose card the session is on.
    pub fn on_card(&self) -> Option<PersonId> {
        self.on_card
    }

    /// Somebody touches a control.
    pub fn touch(&mut self, touch: Touch) -> Result<(), SimulateError> {
        self.happens(Event::Touched(touch))
    }

    /// Somebody holds up a card.
    pub fn tap(&mut self, number: u64) -> Result<(), SimulateError> {
        let card = self.cards.iter().find(|card| card.number == number);
        self.on_card = card.filter(|card| card.valid).map(|card| card.person);
        self.happens(Event::CardPresented(Presented {
            credential: town::credential(number),
            how: How::Tapped,
            reader: None,
            certainty: Certainty::Repeated,
        }))
    }

    /// Somebody scans a code.
    pub fn scan(&mut self, code: &str) -> Result<(), SimulateError> {
        self.happens(Event::CodeScanned(code.to_owned()))
    }

    /// A device comes, goes or changes its mind.
    pub fn device_changes(&mut self, random: &mut fastrand::Rng) -> Result<(), SimulateError> {
        let change = match random.u8(..6) {
            0 => DeviceChange::Reader(random.bool()),
            1 => DeviceChange::Scanner(random.bool()),
            2 => DeviceChange::PaperNearEnd(random.bool()),
            _ => {
                let troubles = [PaperTrouble::PaperOut, PaperTrouble::CoverOpen];
                self.printer = random.bool().then(|| troubles[random.usize(..2)]);
                DeviceChange::Printer(self.printer)
            }
        };
        self.happens(Event::DeviceChanged(change))?;
        self.print(random)
    }

    /// The power goes, and comes back at once: the books are the truth, the session is new.
    pub fn power_cut(&mut self) -> Result<(), SimulateError> {
        self.books = None;
        self.timers.clear();
        let mut books = Books::open(&self.folder, &town::building())?;
        books.settle_interrupted_jobs(self.now)?;
        self.books = Some(books);
        let start = Session::start(&self.house, self.now);
        self.session = start.session;
        self.printer = None;
        self.on_card = None;
        self.perform(start.effects)
    }

    /// Time passes, and timers fire in their order.
    pub fn wait_until(&mut self, until: DateTime<Utc>) -> Result<(), SimulateError> {
        loop {
            let due = self.timers.iter().copied().filter(|(_, at)| *at <= until);
            let Some(next) = due.min_by_key(|(timer, at)| (*at, *timer)) else {
                break;
            };
            self.timers.retain(|timer| *timer != next);
            self.now = self.now.max(next.1);
            self.happens(Event::TimerFired(next.0))?;
        }
        self.now = self.now.max(until);
        Ok(())
    }

    fn happens(&mut self, event: Event) -> Result<(), SimulateError> {
        let step = step(self.session.clone(), &self.house, self.now, event);
        self.session = step.session;
        self.perform(step.effects)?;
        if matches!(self.view().page, Page::Home(_)) {
            self.on_card = None;
        }
        Ok(())
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Result<(), SimulateError> {
        for effect in effects {
            match effect {
                Effect::Ask(request, ask) => {
                    let (house, at) = (&self.house, self.now);
                    let books = self.books.as_mut().expect("the power is on");
                    let event = match answer(books, house, ask, at) {
                        Ok(answer) => Event::Answered(request, answer),
                        Err(error) if error.health() == StoreHealth::Well => {
                            return Err(error.into());
                        }
                        Err(_) => Event::Failed(request),
                    };
                    self.happens(event)?;
                }
                Effect::RememberLanguage(person, language) => {
                    let at = self.now;
                    self.books().remember_language(person, language, at)?;
                }
                Effect::StartTimer(timer, delay) => self.timers.push((timer, self.now + delay)),
                Effect::StopTimer(timer) => self.timers.retain(|(running, _)| *running != timer),
                Effect::Signal(..) => {}
            }
        }
        Ok(())
    }

    /// The printer takes what waits, each slip with its own luck.
    pub fn print(&mut self, random: &mut fastrand::Rng) -> Result<(), SimulateError> {
        if self.printer.is_some() {
            return Ok(());
        }
        let open = self.books().open_jobs()?;
        let waiting = open.into_iter().filter(|job| job.state == JobState::Queued);
        for job in waiting.map(|job| job.id).collect::<Vec<_>>() {
            self.move_job(SlipRecord::Sending { job, printer: None })?;
            let end = match random.u8(..40) {
                0 => SlipRecord::Unknown {
                    job,
                    why: WhyUnknown::NoProof,
                },
                _ => SlipRecord::Confirmed {
                    job,
                    proof: Proof::Fence,
                },
            };
            self.move_job(end)?;
        }
        Ok(())
    }

    fn move_job(&mut self, record: SlipRecord) -> Result<(), SimulateError> {
        let (job, state, at): (PrintJobId, _, _) = (record.job(), record.state(), self.now);
        self.books().move_job(record, at)?;
        self.happens(Event::SlipMoved(job, state))
    }
}
