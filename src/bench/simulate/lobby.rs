//! The touch screen without pixels and wires: the real session machine on real books, with a clock
//! moved by hand.

use super::SimulateError;
use super::stay::{CardOf, Stay, already_inside};
use super::town::{self, Paper, Town};
use crate::desk::event::{Doer, Order, Outcome, Refusal};
use crate::keys::flow::Stage as KeyStage;
use crate::kiosk::event::{DeviceChange, StoreHealth};
use crate::kiosk::session::TimerId;
use crate::kiosk::view::Page;
use crate::kiosk::{Effect, Event, House, Session, Touch, View, present, step};
use crate::mail::Addressee;
use crate::people::{
    Certainty, How, PersonId, Presented, PresentedDocument, ReadDocument, ReaderName, Scanned,
};
use crate::runtime::{Standing, answer};
use crate::slips::{
    JobState, PaperTrouble, PrintJobId, Proof, Record as SlipRecord, SlipNumber, WhyUnknown,
};
use crate::store::Books;
use crate::typing::Press;
use crate::visits::flow::{Stage as VisitStage, Touch as VisitTouch};
use crate::visits::{Visit, VisitId, VisitState};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The lobby.
pub struct Lobby {
    /// What time it is there.
    pub now: DateTime<Utc>,
    /// Everybody.
    pub town: Town,
    /// What was done at the screen since it was home.
    pub stay: Stay,
    /// Temporary cards of visitors who are inside, and whose they are.
    pub passes: BTreeMap<u64, PersonId>,
    /// Visits to which their hosts said yes at the screen.
    pub said_yes: Vec<VisitId>,
    /// Messages for hosts that the screen promised to pass on.
    pub messages: usize,
    /// A rule that was seen broken on the way to something else.
    pub broken: Option<String>,
    /// The house as its settings have it.
    pub house: House,
    folder: PathBuf,
    /// None only while the power is off.
    books: Option<Books>,
    session: Session,
    timers: Vec<(TimerId, DateTime<Utc>)>,
    desk: crate::desk::House,
    printer: Option<PaperTrouble>,
}

impl Lobby {
    /// A lobby with fresh books in this folder.
    pub fn open(folder: &Path) -> Result<Self, SimulateError> {
        let house = town::house();
        let mut books = open(folder)?;
        let town = town::furnish(&mut books)?;
        let now = town::opening();
        let start = Session::start(&house, now);
        let mut lobby = Lobby {
            now,
            town,
            stay: Stay::default(),
            passes: BTreeMap::new(),
            said_yes: Vec::new(),
            messages: 0,
            broken: None,
            folder: folder.to_owned(),
            house,
            books: Some(books),
            session: start.session,
            timers: Vec::new(),
            desk: town::desk_house(),
            printer: None,
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

    /// The session as it stands, with the timers that run.
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            session: &self.session,
            timers: self.timers.clone(),
            house: &self.house,
            at: self.now,
        }
    }

    /// What stands on the screen.
    pub fn view(&self) -> View {
        present(&self.session, &self.house, self.now)
    }

    /// Whose the card of this number is, where it opens anything: a tenant's, a member of staff's, or
    /// a temporary one.
    fn opens(&self, number: u64) -> Option<PersonId> {
        let mut all = self.town.cards.iter().chain(&self.town.staff);
        let own = all.find(|card| card.number == number && card.valid);
        let pass = || self.passes.get(&number).copied();
        own.map(|card| card.person).or_else(pass)
    }

    /// Somebody touches a control.
    pub fn touch(&mut self, touch: Touch) -> Result<(), SimulateError> {
        // Whoever is somewhere else was asked for nobody's card there.
        if !matches!(
            self.view().page,
            Page::Keys(_) | Page::Mail(_) | Page::Refused(_)
        ) {
            self.stay.asked = CardOf::Anybody;
        }
        match &touch {
            Touch::Key(char) | Touch::Press(Press::Key(char)) => self.stay.typed.push(*char),
            Touch::Stroke(_) => self.stay.signed = true,
            Touch::Visits(VisitTouch::Leave) => self.stay.forgotten = already_inside(&self.view()),
            _ => {}
        }
        (self.stay.document, self.stay.tapped) = (None, None);
        self.stay.agreed = touch == Touch::Agree;
        if touch == Touch::Back {
            self.stay.leaves_with = None;
        }
        // A visitor's own page knows the card already.
        if touch == Touch::SignOut
            && matches!(&self.view().page, Page::MyPage(page) if page.is_visitor)
        {
            self.stay.leaves_with = self.stay.pass;
        }
        let yes = match touch {
            Touch::SayYes(visit) => Some(visit),
            _ => None,
        };
        let was_kept = self.has_kept_a_message();
        self.happens(Event::Touched(touch))?;
        if matches!(self.view().page, Page::SaidYes) {
            self.said_yes.extend(yes);
        }
        self.messages += usize::from(!was_kept && self.has_kept_a_message());
        Ok(())
    }

    fn has_kept_a_message(&self) -> bool {
        matches!(&self.view().page, Page::Visits(stage) if **stage == VisitStage::MessageKept)
    }

    /// Somebody holds up a card.
    pub fn tap(&mut self, number: u64) -> Result<(), SimulateError> {
        let person = self.opens(number);
        let before = (self.stay.on_card, self.stay.collects_for.clone());
        (self.stay.document, self.stay.agreed) = (None, false);
        self.stay.tapped = Some(number);
        self.stay.leaves_with = None;
        self.stay.pass = self.passes.contains_key(&number).then_some(number);
        self.stay.asked = match &self.view().page {
            Page::Keys(stage) if matches!(**stage, KeyStage::AwaitingSecond { .. }) => {
                CardOf::Second
            }
            Page::Mail(stage) if stage.awaits_deputy().is_some() => CardOf::Colleague,
            // What is no use there leaves the page that asked for another one.
            Page::Refused(page) if page.leads_back => self.stay.asked,
            _ => CardOf::Anybody,
        };
        match self.stay.asked {
            CardOf::Second => self.stay.second = person,
            // It is named here, not used.
            CardOf::Colleague => {}
            CardOf::Anybody => {
                self.stay.on_card = person;
                self.stay.collects_for = match person {
                    Some(person) => self.collects_for(person)?,
                    None => Vec::new(),
                };
            }
        }
        self.happens(Event::CardPresented(Presented {
            credential: town::credential(number),
            how: How::Tapped,
            reader: None,
            at: self.now,
            certainty: Certainty::Repeated,
        }))?;
        // On the way out a temporary card ends its visit, and opens no page.
        if self.passes.contains_key(&number) && matches!(self.view().page, Page::Visits(_)) {
            (self.stay.on_card, self.stay.collects_for) = before;
            self.stay.leaves_with = Some(number);
        }
        Ok(())
    }

    /// The colleagues who let this person collect their mail.
    fn collects_for(&self, person: PersonId) -> Result<Vec<PersonId>, SimulateError> {
        let mut lets = Vec::new();
        for colleague in town::colleagues(&self.town.cards, person) {
            let principal = Addressee::Person(colleague);
            let held = self.read().mail_authorities_of(principal, self.now)?;
            if held.iter().any(|authority| authority.holder == person) {
                lets.push(colleague);
            }
        }
        Ok(lets)
    }

    /// Somebody at the desk does this.
    pub fn order(
        &mut self,
        person: PersonId,
        order: &Order,
    ) -> Result<Result<Outcome, Refusal>, SimulateError> {
        let doer = Doer { person, card: None };
        let books = self.books.as_mut().expect("the power is on");
        let done = books.desk_order(&self.desk, doer, order, self.now)?;
        self.books_changed()?;
        Ok(done)
    }

    /// Both windows hear of every deed: the weather, and what of a page is somebody else's by now.
    fn books_changed(&mut self) -> Result<(), SimulateError> {
        let weather = self.read().weather(&self.house.kinds, self.now)?;
        self.happens(Event::BooksChanged(weather))
    }

    /// What is due with the hour.
    pub fn chores(&mut self) -> Result<(), SimulateError> {
        let books = self.books.as_mut().expect("the power is on");
        books.do_chores(&self.desk.visits, &self.desk.mail, self.now)?;
        self.books_changed()
    }

    /// Somebody scans a code.
    pub fn scan(&mut self, code: &str) -> Result<(), SimulateError> {
        self.stay.codes.push(code.to_owned());
        (self.stay.document, self.stay.tapped) = (None, None);
        (self.stay.leaves_with, self.stay.agreed) = (None, false);
        // Where somebody borrows, the slip of a visit stands for a card.
        let borrows = matches!(
            self.view().page,
            Page::TapCard(_) | Page::Confirm(_) | Page::TypeNumber(_) | Page::Refused(_)
        );
        let visitor = match SlipNumber::from_code(code) {
            Ok(number) if borrows => self.inside_with(&number)?,
            _ => None,
        };
        self.happens(Event::CodeScanned(Scanned::line(code, "front", self.now)))?;
        let leads_out = matches!(self.view().page, Page::Home(_) | Page::Visits(_));
        if let Some(visitor) = visitor.filter(|_| !leads_out) {
            self.stay.on_card = Some(visitor);
            self.stay.collects_for = Vec::new();
        }
        Ok(())
    }

    /// Who is inside with the slip of this number.
    fn inside_with(&self, number: &SlipNumber) -> Result<Option<PersonId>, SimulateError> {
        let found = self.read().visits_found(&[], Some(number), 1)?.into_iter();
        let inside = |visit: &Visit| visit.state == VisitState::Inside;
        Ok(found.filter(inside).map(|visit| visit.visitor).next())
    }

    /// Somebody holds up an identity document.
    pub fn show(&mut self, paper: &Paper) -> Result<(), SimulateError> {
        (self.stay.leaves_with, self.stay.tapped) = (None, None);
        self.stay.document = Some(paper.number.clone());
        self.happens(Event::DocumentPresented(PresentedDocument {
            document: ReadDocument {
                name: paper.name.clone(),
                number: paper.number.clone(),
            },
            reader: ReaderName("documents".to_owned()),
            at: self.now,
            certainty: Certainty::Checked,
        }))
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
        let mut books = open(&self.folder)?;
        books.settle_interrupted_jobs(self.now)?;
        self.books = Some(books);
        let start = Session::start(&self.house, self.now);
        self.session = start.session;
        self.printer = None;
        self.stay = Stay::default();
        self.perform(start.effects)?;
        self.books_changed()
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
            self.stay = Stay::default();
        }
        Ok(())
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Result<(), SimulateError> {
        for effect in effects {
            match effect {
                Effect::Ask(request, ask) => {
                    let (house, at) = (&self.house, self.now);
                    let writes = ask.is_deed();
                    let books = self.books.as_mut().expect("the power is on");
                    let event = match answer(books, house, ask, at) {
                        Ok(answer) => Event::Answered(request, answer),
                        Err(error) if error.health() == StoreHealth::Well => {
                            return Err(error.into());
                        }
                        Err(_) => Event::Failed(request),
                    };
                    self.happens(event)?;
                    if writes {
                        self.books_changed()?;
                    }
                }
                Effect::Tell(ask) => {
                    let (house, at) = (&self.house, self.now);
                    let books = self.books.as_mut().expect("the power is on");
                    match answer(books, house, ask, at) {
                        Err(error) if error.health() == StoreHealth::Well => {
                            return Err(error.into());
                        }
                        Ok(_) | Err(_) => self.books_changed()?,
                    }
                }
                Effect::RememberLanguage(person, language) => {
                    let at = self.now;
                    self.books().remember_language(person, language, at)?;
                }
                Effect::StartTimer(timer, delay) => self.timers.push((timer, self.now + delay)),
                Effect::StopTimer(timer) => self.timers.retain(|(running, _)| *running != timer),
                Effect::Signal(..) | Effect::ReadCodes(_) => {}
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

/// The books, with identifiers and codes that follow from the seed like everything else.
fn open(folder: &Path) -> Result<Books, SimulateError> {
    let mut books = Books::open(folder, &town::building())?;
    books.make_ids_repeatable();
    Ok(books)
}
