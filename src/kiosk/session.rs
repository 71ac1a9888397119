//! The state of the touch screen: one session after the other.

use super::House;
use super::event::{StoreHealth, Told};
use super::trouble::Surroundings;
use super::turn::{Step, Turn};
use super::view::{Comfort, FaultCode, NumberAsked, Refusal};
use crate::keys::{self, HeldKey};
use crate::lending::flow::{Goal, Here, Stage};
use crate::lending::rain::Weather;
use crate::lending::slots::Kept;
use crate::lending::{KindId, Loan, Stock};
use crate::mail::{self, CodeTries, Waiting as WaitingMail};
use crate::people::directory::TenantsFound;
use crate::people::{Holder, How, Language, Presented, ReaderName, Signature, Tenant};
use crate::slips::{JobState, Medium, PrintJobId};
use crate::typing::Field;
use crate::visits::{self, PermitTakenBack, Visit};
use chrono::{DateTime, Utc};

/// A request the store has not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(pub u64);

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerId(pub u64);

/// The touch screen's state between two events.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) language: Language,
    /// Chosen in this session, so that a card's remembered language does not override it.
    pub(super) language_chosen: bool,
    pub(super) comfort: Comfort,
    pub(super) around: Surroundings,
    pub(super) situation: Situation,
    pub(super) person: Option<Box<Person>>,
    /// Whose deed the page tells of: they may go on with one touch, and nobody else can.
    pub(super) just_now: Option<Box<Person>>,
    /// What was lent or brought back before, in one go.
    pub(super) so_far: Vec<SoFar>,
    /// Whether it rains, and whether there are umbrellas.
    pub(super) weather: Weather,
    pub(super) waiting: Option<Waiting>,
    /// What is being typed, where the page asks for a text.
    pub(super) field: Option<Field>,
    /// What is being signed.
    pub(super) strokes: Signature,
    /// A card on the way out, until it is known whether it ends a visit; on the page of a visitor, their own.
    pub(super) held_up: Option<Presented>,
    /// The slip of what is on the page, where its stage does not keep it.
    pub(super) slip: Option<ShownSlip>,
    /// Wrong pick-up codes in a row; whoever guesses does not begin anew by going home.
    pub(super) code_tries: CodeTries,
    /// The same of invitations and of telephones of visitors.
    pub(super) visit_tries: visits::Tries,
    pub(super) patience: Patience,
    pub(super) minute: Option<TimerId>,
    /// Scanners that read on command are reading, and are told to read on when this runs out.
    pub(super) reading: Option<TimerId>,
    pub(super) next_id: u64,
}

/// Where the session is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Situation {
    Home,
    MyPage,
    Lending(Stage),
    Typing(Typing),
    /// Which company is on which floor.
    Directory(Vec<Tenant>),
    /// The same of a company that is typed.
    FindingTenant(FindingTenant),
    /// The desk was called.
    DeskCalled,
    Mail(Box<mail::flow::Stage>),
    Keys(Box<keys::flow::Stage>),
    Visits(Box<visits::flow::Stage>),
    /// The host said yes, or no, to a visitor.
    SaidYes,
    Refused(Refusal),
    /// What was held up leads nowhere, for this reason; the page that stood there comes back with the
    /// next try.
    TryAgain(Box<Situation>, Refusal),
}

/// A company being typed on the directory, which stays behind it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FindingTenant {
    pub directory: Vec<Tenant>,
    pub typed: String,
    pub found: TenantsFound,
}

/// A number being typed, and where it leads back to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typing {
    pub asked: NumberAsked,
    pub typed: String,
    pub wrong: bool,
    pub from: Box<Situation>,
}

/// The person who stands here, with what My page shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Person {
    pub holder: Holder,
    pub how: How,
    pub loans: Vec<Loan>,
    pub mail: Vec<WaitingMail>,
    pub keys: Vec<HeldKey>,
    pub grants: Vec<keys::Grant>,
    pub kept: Vec<Kept>,
    pub visits: Vec<Visit>,
    pub permits: Vec<PermitTakenBack>,
    pub told: Told,
    pub stock: Vec<Stock>,
}

/// A thing that went out or came back on the pages before this one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SoFar {
    pub kind: KindId,
    pub label: Option<String>,
    pub back: bool,
}

/// What the store was asked, and how long we have waited for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Waiting {
    pub request: RequestId,
    pub awaited: Awaited,
    /// It is being written down: this goes on whoever leaves.
    pub writes: bool,
    /// It follows what is typed: nobody waits for it, and the next key overtakes it.
    pub live: bool,
    pub timer: TimerId,
    /// Long enough that "one moment" is on the screen.
    pub shown: bool,
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Awaited {
    /// Who this is.
    Identity(Presentation),
    /// What there is, to choose from.
    Stock,
    /// What there is, to correct what is on the page.
    Refresh,
    /// What a code stands for.
    Code(Intent, Entry),
    /// Who is where.
    Directory,
    /// That the desk is told.
    Call,
    /// What mail asked.
    Mail,
    /// What keys asked.
    Keys,
    /// What visitors' pages asked.
    Visits,
    /// That a host's yes is written down.
    Yes,
    /// What lending asked.
    Lending,
}

/// A card being looked up: how it came in, and what its holder came for, if that is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Presentation {
    pub how: How,
    pub reader: Option<ReaderName>,
    pub goal: Option<Goal>,
}

/// Why a code was scanned, as far as the page tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    /// Somebody wants to borrow this.
    Borrow,
    /// Somebody brings this back.
    GiveBack,
    /// The obvious thing: out comes back, in goes out.
    Obvious,
    /// The number of a work order is asked for: this is it, where it stands for nothing of the house.
    Order(String),
}

/// How a code came here. Whatever was scanned lies in somebody's hand; numbers follow one another, and whoever
/// types one need hold nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// By a scanner.
    Scanned,
    /// By fingers.
    Typed,
}

/// What ends this page when nobody does anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Patience {
    /// Nothing: home, untouched.
    Endless,
    /// The idle time runs.
    Idle(TimerId),
    /// The countdown runs: so many seconds are left.
    Countdown(TimerId, u32),
    /// The page goes home by itself.
    Page(TimerId),
}

impl Session {
    /// The first state of the program, and what it needs done.
    pub fn start(house: &House, at: DateTime<Utc>) -> Step {
        let session = Session {
            language: Language::default(),
            language_chosen: false,
            comfort: Comfort::default(),
            around: Surroundings::default(),
            situation: Situation::Home,
            person: None,
            just_now: None,
            so_far: Vec::new(),
            weather: Weather::default(),
            waiting: None,
            field: None,
            strokes: Signature::default(),
            held_up: None,
            slip: None,
            code_tries: CodeTries::default(),
            visit_tries: visits::Tries::default(),
            patience: Patience::Endless,
            minute: None,
            reading: None,
            next_id: 1,
        };
        let mut turn = Turn::new(session, house, at);
        turn.start_minute();
        turn.end_of_step()
    }

    /// Whether something is being looked up or written down for somebody right now.
    pub fn is_busy(&self) -> bool {
        let waiting = self.waiting.as_ref();
        waiting.is_some_and(|waiting| !waiting.live && waiting.awaited != Awaited::Refresh)
    }

    /// What is being written down right now. The books answer or fail at it, sooner or later.
    pub fn being_written(&self) -> Option<RequestId> {
        let waiting = self.waiting.as_ref().filter(|waiting| waiting.writes)?;
        Some(waiting.request)
    }

    /// Whether something is being written down right now.
    pub(super) fn is_committing(&self) -> bool {
        self.being_written().is_some()
    }

    /// The fault that keeps everybody from the home page. Whoever's deed is being written down, or is told
    /// of, is still on another page.
    pub(super) fn closed_by(&self) -> Option<FaultCode> {
        let is_home = self.situation == Situation::Home && !self.is_committing();
        self.around.closed_by().filter(|_| is_home)
    }

    /// Whether a commit can be trusted.
    pub fn store(&self) -> StoreHealth {
        self.around.store
    }
}

/// The slip, or the badge, that somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShownSlip {
    pub job: PrintJobId,
    pub state: JobState,
    /// What it comes out as.
    pub medium: Medium,
}

impl Session {
    /// Whether this is the home screen as nobody has touched it.
    pub(super) fn is_untouched(&self) -> bool {
        self.situation == Situation::Home
            && self.waiting.is_none()
            && self.comfort == Comfort::default()
            && !self.language_chosen
    }

    /// Whether whoever stands here showed their card. A typed number may be somebody else's: it brings
    /// back, and borrows what is agreed to, but changes nothing that was agreed with its holder.
    pub(super) fn is_own_card(&self) -> bool {
        self.here().how == How::Tapped
    }

    /// Who stands here, as far as lending cares.
    pub(super) fn here(&self) -> Here<'_> {
        Here {
            holder: self.person.as_ref().map(|person| &person.holder),
            how: self
                .person
                .as_ref()
                .map_or(How::Tapped, |person| person.how),
            language: self.language,
        }
    }
}
