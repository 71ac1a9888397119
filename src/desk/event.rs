//! What can happen to the staff window, and what it can want done.

use super::facts::{Calls, Candidate, DeviceFact, Facts, Hit};
use super::field::Seek;
use super::lending::{LendingDone, LendingOrder, LendingStop};
use super::scanning::Meant;
use super::services::{ServiceDone, ServiceOrder, ServiceRefusal};
use crate::lending::{BroughtBack, KindId, ReturnReceipt, ReturnRefusal};
use crate::mail::MailId;
use crate::matters::{MatterId, MatterRefusal, Move};
use crate::people::staff::{Claim, LoginRefusal, Member, Pin, PinRefusal};
use crate::people::{
    Act, Bilingual, CardId, CardState, Credential, Language, NotRead, PersonId, PersonName,
    Presented, PresentedDocument, ReaderName, Role, Scanned, Signal, Signature, TenantId,
    TenantState,
};
use crate::slips::{PrintJobId, PrinterName};
use crate::visits::VisitId;
use std::time::Duration;

/// A request that was not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(pub u64);

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Pressed(Press),
    /// An input method finished some text, or text was pasted.
    Typed(String),
    /// A mouse did what a key does as well.
    Clicked(Click),
    /// A card was held up to the desk's reader.
    CardPresented(Presented),
    /// What was held up to the desk's reader was not read as a card.
    CardNotRead(ReaderName, NotRead),
    /// An identity document was held up to the desk's reader.
    DocumentPresented(PresentedDocument),
    /// The desk's scanner read a code.
    CodeScanned(Scanned),
    /// A request was answered.
    Answered(RequestId, Answer),
    /// A request could not be answered; nothing was written.
    Failed(RequestId),
    /// Some session changed something in the books.
    BooksChanged,
    /// A device came, went, or counted on.
    DevicesChanged(Vec<DeviceFact>),
    /// A timer ran out.
    TimerFired(Timer),
}

/// A key, as the machine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// A character.
    Char(char),
    /// A character with Ctrl, lower case.
    Ctrl(char),
    /// F1 to F12.
    F(u8),
    /// Enter.
    Enter,
    /// Esc.
    Escape,
    /// Backspace.
    Erase,
    /// Tab, or with Shift.
    Tab {
        /// With Shift.
        back: bool,
    },
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow left.
    Left,
    /// The arrow right.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// What a mouse touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// A room.
    Room(usize),
    /// A table of the room.
    Tab(usize),
    /// A row.
    Row(usize),
    /// An action of the pane.
    Action(usize),
    /// A number at the top.
    Counter(usize),
    /// A line of those that need a person now.
    Need(usize),
    /// The search box.
    Search,
    /// The scan field.
    Scan,
    /// A field of the dialog.
    Field(usize),
    /// Yes to the dialog.
    Agree,
    /// No to the dialog.
    Cancel,
}

/// A timer of the desk; each runs once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The clock on the wall shows another minute.
    Minute,
    /// Nobody touched a key for long.
    Idle,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find out whether somebody of this card or name works here.
    FindStaff(RequestId, Claim),
    /// Look at a PIN.
    LogIn(RequestId, Box<Member>, Pin),
    /// Write down that this person left the desk.
    LogOut(Doer),
    /// Remember the language this person chose.
    RememberLanguage(PersonId, Language),
    /// Read what the rooms show this person.
    ReadFacts(RequestId, PersonId),
    /// Count what needs a person, while nobody works here.
    ReadCalls(RequestId),
    /// Look how the devices stand.
    ReadDevices,
    /// Find what begins with this, for this person.
    Search(RequestId, PersonId, String),
    /// Find who may be meant in a form of this person.
    Find(RequestId, PersonId, Seek, String),
    /// Read, for this person, what somebody wrote on the glass.
    ReadSignature(RequestId, PersonId, SignedFor),
    /// Do this in somebody's name.
    Do(RequestId, Doer, Box<Order>),
    /// Print what this printer can do.
    TestPage(PrinterName),
    /// Count this printer's paper from the beginning of a roll.
    NewRoll(PrinterName),
    /// Show this at the reader, to whoever holds something up to it.
    Signal(ReaderName, Signal),
    /// Fire this timer after this long, once.
    StartTimer(Timer, Duration),
}

/// In whose name something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doer {
    /// Who.
    pub person: PersonId,
    /// With which card, where one was tapped.
    pub card: Option<CardId>,
}

impl Doer {
    /// Whoever works here.
    pub fn of(member: &Member) -> Doer {
        Doer {
            person: member.person,
            card: member.card,
        }
    }
}

/// Something done at the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Do the obvious with what was scanned, or say what it is about.
    Scan(String),
    /// Take something back; from whom, where somebody else brought it.
    TakeBack(BroughtBack, Option<PersonId>),
    /// A stand was counted: so many belong to it, in and out.
    CountStand {
        /// Of which kind.
        kind: KindId,
        /// How many.
        total: u32,
    },
    /// A tagged thing is new.
    EnterThing {
        /// Its kind.
        kind: KindId,
        /// The code on it.
        tag: String,
        /// What people call it.
        label: String,
    },
    /// Print the fall-back pack.
    PrintPack,
    /// Print a slip again.
    Reprint(PrintJobId),
    /// Somebody saw the slip: it came out.
    SlipSeen(PrintJobId),
    /// Take, hand over or close a matter, with a note.
    MoveMatter(MatterId, Move, String),
    /// A company is new.
    EnterTenant {
        /// Its name.
        name: Bilingual,
        /// Its rooms.
        rooms: Vec<String>,
        /// Its address as it stands on letters in English; empty where nobody knows.
        address_en: String,
    },
    /// A person is new.
    EnterPerson {
        /// The name.
        name: PersonName,
        /// The company; none for the property office.
        tenant: Option<TenantId>,
        /// What this person may be here.
        role: Role,
    },
    /// Where a company stands, and where it is reached.
    KeepTenant(TenantId, TenantWord),
    /// Somebody works elsewhere from now on, or as something else.
    MovePerson {
        /// Who.
        person: PersonId,
        /// The company; none for the property office.
        tenant: Option<TenantId>,
        /// What this person may be here.
        role: Role,
    },
    /// Somebody of the property office is one thing more from now on.
    GiveRole(PersonId, Role),
    /// Somebody of the property office is one thing less.
    TakeRole(PersonId, Role),
    /// Somebody has left their company.
    EndPerson(PersonId),
    /// Give somebody this card.
    IssueCard {
        /// Whom.
        person: PersonId,
        /// What a reader says of it.
        credential: Credential,
    },
    /// Say that a card is lost, or found again.
    MoveCard(CardId, CardState),
    /// Set somebody's PIN.
    SetPin(PersonId, Pin),
    /// Let a member of staff try again.
    Unlock(PersonId),
    /// Something about things on loan.
    Lending(LendingOrder),
    /// Something about visitors, keys or mail.
    Service(ServiceOrder),
    /// The first supervisor of a new house.
    Found {
        /// The name.
        name: PersonName,
        /// The PIN.
        pin: Pin,
    },
}

/// What is written down of a company at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantWord {
    /// Where it stands.
    pub state: TenantState,
    /// The number it is phoned at; empty where nobody knows.
    pub phone: String,
    /// Where its mail goes once it has moved; empty where nobody knows.
    pub forwarding: String,
    /// Its address as it stands on letters in English; empty where nobody knows.
    pub address_en: String,
}

/// An answer to a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Who works here under this card or name.
    Staff(Option<Box<Member>>),
    /// Nobody has a PIN yet: the house is new.
    NewHouse,
    /// Whether the PIN was right.
    LoggedIn(Result<Box<Member>, LoginRefusal>),
    /// What the rooms show.
    Facts(Box<Facts>),
    /// What needs a person, while nobody works here.
    Calls(Calls),
    /// What a search found.
    Found(Vec<Hit>),
    /// Who may be meant in a form, the likeliest first.
    Candidates(Vec<Candidate>),
    /// What somebody wrote on the glass; nothing where it is erased.
    Signature(Option<Signature>),
    /// What became of an order.
    Done(Box<Result<Outcome, Refusal>>),
}

/// What somebody signed for on the glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedFor {
    /// Notice and house rules of a visit.
    Visit(VisitId),
    /// A piece of mail.
    Mail(MailId),
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The fall-back pack is on its way.
    PackPrinting,
    /// Something came back.
    TakenBack(ReturnReceipt),
    /// What was scanned is asked about first.
    Meant(Meant),
    /// A stand was counted.
    Counted(KindId, u32),
    /// A thing was entered: its kind, what people call it, and the code on it.
    ThingEntered(KindId, String, String),
    /// A slip is printed again, with this number of reprint.
    Reprinting(String, u32),
    /// A slip is known to have come out.
    SlipSeen,
    /// A new roll is counted.
    RollNew,
    /// A matter moved on.
    MatterMoved(Move),
    /// A company was entered.
    TenantEntered,
    /// Where a company stands was written down.
    TenantKept(TenantState),
    /// Somebody works elsewhere.
    PersonMoved,
    /// Somebody is this as well.
    RoleGiven(Role),
    /// Somebody is this no more.
    RoleTaken(Role),
    /// Somebody has left.
    PersonLeft,
    /// A person was entered.
    PersonEntered(PersonId),
    /// A card was issued.
    CardIssued,
    /// A card was blocked, or opens again.
    CardMoved(CardState),
    /// A PIN was set.
    PinSet,
    /// Somebody may try again.
    Unlocked,
    /// Something about things on loan.
    Lending(LendingDone),
    /// Something about visitors, keys or mail.
    Service(ServiceDone),
    /// The house has its first supervisor.
    Founded,
}

/// Why something was not done, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The role of whoever asked does not permit it.
    NotPermitted(Act),
    /// About things on loan.
    Lending(LendingStop),
    /// About visitors, keys or mail.
    Service(ServiceRefusal),
    /// There is nothing to take back.
    Return(ReturnRefusal),
    /// This key hangs on its hook.
    KeyNotOut {
        /// The hook.
        hook: String,
    },
    /// The matter stays as it is.
    Matter(MatterRefusal, Option<PersonName>),
    /// This tag is on another thing already.
    TagInUse(String),
    /// No such kind is lent one by one.
    NoSuchKind(KindId),
    /// Where this person works stays as it is.
    Leaving(LeaveRefusal),
    /// What this person may be here stays as it is.
    Role(RoleRefusal),
    /// This card belongs to somebody already.
    CardInUse,
    /// The slip still waits for the printer, or is being printed.
    StillPrinting,
    /// There is no such slip.
    NoSuchSlip,
    /// The PIN is not taken.
    Pin(PinRefusal),
    /// Somebody has a PIN already.
    NotNew,
    /// What was held up to the reader is no card that can be read.
    NotRead(NotRead),
    /// No form is open that takes a card.
    CardNotWanted,
    /// No form is open that takes the number of a document.
    DocumentNotWanted,
    /// The store could not do it.
    NotDone,
}

/// Why nothing changes about where somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveRefusal {
    /// Nobody does it to themselves.
    Yourself,
    /// They own so many open matters, which would fall between.
    OwnsMatters(u32),
    /// They answer for the work of so many permits that hold.
    AnswersForWork(u32),
}

/// Why somebody is not given one more role, or keeps the one that was to be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleRefusal {
    /// They have no role of the property office, or this is none.
    NotOfTheOffice,
    /// They have this one already.
    HasIt(Role),
    /// They do not have this one.
    HasItNot(Role),
    /// It is the only one: who loses it becomes something else, or leaves.
    TheOnlyOne(Role),
}
