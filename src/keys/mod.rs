//! Keys 钥匙: what hangs on which hook, who may take it, and who holds it.
//!
//! `mod` has the nouns, `rules` what is allowed, `flow` the pages of the touch screen, `check` the
//! keeper's daily round, `slip` the papers. A tag shows its hook, never what the key opens.

pub mod check;
pub mod flow;
mod record;
pub mod rules;
pub mod slip;
mod terms;

pub use record::Record;
pub use terms::Terms;

use crate::ids::id;
use crate::people::{Act, Holder, How, PersonId, PersonName, TenantId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

id!(
    /// What hangs on one hook: a key, or a set that is lent as one.
    KeyId
);
id!(
    /// One taking of one key.
    KeyLoanId
);
id!(
    /// One grant of a group of keys to one person.
    GrantId
);
id!(
    /// One written report of a lost or damaged key.
    ReportId
);
id!(
    /// One day's check of all hooks.
    CheckId
);

/// A group of keys that is granted as one: `floor-12`, `plant-rooms`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyGroup(pub String);

/// A key somebody holds, as far as My page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldKey {
    /// The hook it hangs on; never what it opens.
    pub hook: String,
    /// When it is due.
    pub due: DateTime<Utc>,
}

/// What a key is, as far as taking it is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// One room, one unit.
    Ordinary,
    /// Opens many; a second person's card is needed.
    Master,
    /// A tenant's spare key in a sealed envelope; a second person's card is needed.
    SealedSpare,
}

impl KeyKind {
    /// Every kind.
    pub const ALL: [KeyKind; 3] = [KeyKind::Ordinary, KeyKind::Master, KeyKind::SealedSpare];
}

/// Where a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// On its hook.
    OnHook,
    /// With somebody.
    Out,
    /// Nobody knows; the supervisor decides what follows.
    Lost,
    /// It was lost and is here again; not to be used until the keeper hangs it on its hook.
    TurnedUp,
    /// Here, and not to be used.
    Damaged,
    /// No longer kept.
    Retired,
}

/// What hangs on a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its identifier.
    pub id: KeyId,
    /// The hook: `K-17`.
    pub hook: String,
    /// The code on its tag, as scanned.
    pub tag: String,
    /// What it is.
    pub kind: KeyKind,
    /// The group it is granted with.
    pub group: KeyGroup,
    /// Whose unit it opens, where it is a tenant's.
    pub tenant: Option<TenantId>,
    /// How many keys hang together; they are lent and come back as one.
    pub pieces: u32,
    /// Where it is.
    pub state: KeyState,
}

/// A key that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLoan {
    /// The taking.
    pub id: KeyLoanId,
    /// What was taken; none in the first books, which only knew the hook.
    pub key: Option<KeyId>,
    /// The hook.
    pub hook: String,
    /// Who has it.
    pub holder: PersonId,
    /// Since when.
    pub taken_at: DateTime<Utc>,
    /// Until when.
    pub due: DateTime<Utc>,
}

/// A grant: this person may take keys of this group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its identifier.
    pub id: GrantId,
    /// Which keys.
    pub group: KeyGroup,
    /// Who.
    pub person: PersonId,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; until it is withdrawn where none.
    pub until: Option<DateTime<Utc>>,
}

/// What a key is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Looking after a room 巡查.
    Inspection,
    /// Cleaning 保洁.
    Cleaning,
    /// Showing a room 看房.
    Viewing,
    /// Repair without a work order 维修.
    Repair,
    /// An emergency 紧急情况.
    Emergency,
    /// The work order 工作令单 with this number.
    WorkOrder(String),
}

/// A contractor 施工人员 whom the holder of a key goes along with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contractor {
    /// A visitor who is inside.
    Inside(PersonId),
    /// Anybody else, by name; personal.
    Named(String),
}

/// A contractor who is inside, as whoever takes a key finds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The company that works; empty where nobody said.
    pub company: String,
}

/// A key asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOrder {
    /// Who takes it, and answers for it.
    pub holder: Holder,
    /// Whether the card was tapped or its number typed.
    pub how: How,
    /// Which.
    pub key: KeyId,
    /// What for.
    pub purpose: Purpose,
    /// The contractor whom the holder goes along with.
    pub contractor: Option<Contractor>,
    /// The second person, whose card was tapped too.
    pub second: Option<Holder>,
}

/// A committed taking, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeReceipt {
    /// The taking.
    pub loan: KeyLoanId,
    /// The hook to take it from.
    pub hook: String,
    /// How many keys hang there.
    pub pieces: u32,
    /// When it is due.
    pub due: DateTime<Utc>,
    /// Whether the holder goes along with a contractor.
    pub goes_along: bool,
}

/// A point that is confirmed when a key comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    /// Power is off 电源已关.
    PowerOff,
    /// Windows are shut 窗户已关.
    Windows,
    /// Doors are shut 门已关.
    Doors,
    /// The unit is locked 单元已锁.
    Locked,
    /// All keys are here and whole 钥匙齐全完好.
    Whole,
}

impl Point {
    /// Every point, in the order in which they are asked.
    pub const ALL: [Point; 5] = [
        Point::PowerOff,
        Point::Windows,
        Point::Doors,
        Point::Locked,
        Point::Whole,
    ];

    /// The key of its message in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Point::PowerOff => "key-point-power-off",
            Point::Windows => "key-point-windows",
            Point::Doors => "key-point-doors",
            Point::Locked => "key-point-locked",
            Point::Whole => "key-point-whole",
        }
    }
}

/// The answers to all points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers(pub [bool; Point::ALL.len()]);

impl Answers {
    /// The points that were answered with no.
    pub fn denied(&self) -> Vec<Point> {
        let answers = Point::ALL.iter().zip(self.0);
        answers.filter(|(_, yes)| !yes).map(|(p, _)| *p).collect()
    }
}

/// A return asked for. A return is accepted from anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnOrder {
    /// The code on the tag.
    pub tag: String,
    /// Who brings it, where a card said so.
    pub by: Option<Holder>,
    /// What was answered.
    pub answers: Answers,
}

/// What a key waits for that came back and does not hang on its hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaits {
    /// The supervisor has not decided about its report.
    Decision,
    /// It is decided: the keeper hangs it, or what replaces it, on its hook.
    Keeper,
}

/// A committed return, as it goes back to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnReceipt {
    /// The hook to hang it on.
    pub hook: String,
    /// Whether somebody else than the holder brought it, as far as a card told.
    pub by_another: bool,
    /// Whether it came after its time.
    pub late: bool,
    /// What was answered with no: somebody will look.
    pub denied: Vec<Point>,
    /// Why it does not hang there and goes to the desk: not whole, or reported damaged since it was
    /// taken, it waits for this.
    pub awaits: Option<Awaits>,
}

/// Why no key is given, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeRefusal {
    /// Only the property office takes keys; contractors go with a member of staff.
    NotStaff,
    /// The card's number was typed, which anybody can do.
    CardNotTapped,
    /// This person may not take keys of this group.
    NotGranted {
        /// The hook.
        hook: String,
    },
    /// The tag belongs to no key of ours.
    UnknownTag,
    /// Somebody has it.
    AlreadyOut {
        /// The hook.
        hook: String,
        /// When it is due back.
        due: DateTime<Utc>,
    },
    /// It is lost, damaged or retired.
    NotThere {
        /// The hook.
        hook: String,
        /// How it stands.
        state: KeyState,
    },
    /// The house gives no keys at this time: they would stay out overnight.
    Curfew {
        /// When it gives keys again.
        again: DateTime<Utc>,
    },
    /// A master or a sealed spare needs a second person.
    SecondPersonNeeded {
        /// The hook.
        hook: String,
    },
    /// The second card is the first person's.
    SamePerson,
    /// The second person may not be one.
    SecondMayNot,
    /// The contractor is no longer inside.
    ContractorGone,
    /// The contractor's typed name is like one of those who are not admitted: they sign in at the desk first.
    ContractorUnknown,
}

impl TakeRefusal {
    /// Whether only another card is missing: what was asked for stands until it is tapped.
    pub fn is_about_second(&self) -> bool {
        matches!(
            self,
            TakeRefusal::SecondPersonNeeded { .. }
                | TakeRefusal::SamePerson
                | TakeRefusal::SecondMayNot
        )
    }
}

/// Why nothing was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyReturnRefusal {
    /// The tag belongs to no key of ours.
    UnknownTag,
    /// It is not out.
    NotOut {
        /// The hook.
        hook: String,
    },
    /// The number of its tag was typed by somebody who showed no card of staff: the key may be anywhere.
    TagNotScanned,
}

/// What happened to a key that is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Harm {
    /// Nobody knows where it is.
    Lost,
    /// It is broken, or one of a set is missing.
    Damaged,
}

/// What the supervisor decides about a lost or damaged key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The lock is changed 换锁.
    ReKey,
    /// A copy is made 配制.
    Copy,
    /// Nothing but the charge, if there is one; it was found, or is whole again.
    Nothing,
}

impl KeyState {
    /// Whether the key hangs nowhere and waits: for the supervisor's decision, then for the keeper
    /// who hangs it, or what replaces it, on its hook again.
    pub fn waits(self) -> bool {
        matches!(
            self,
            KeyState::Lost | KeyState::TurnedUp | KeyState::Damaged
        )
    }
}

/// Why the desk was refused something about keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRefusal {
    /// This person's roles do not let them.
    NotPermitted(Act),
    /// There is no such key, grant, report or check, or it is over.
    NotFound,
    /// Another key has this hook.
    HookTaken,
    /// Another key, or a thing on loan, has this tag.
    TagTaken {
        /// The tag.
        tag: String,
    },
    /// The grant would be over before it begins.
    AlreadyOver,
    /// The day has its check already.
    CheckedToday,
    /// A line of the check is open: a key without a finding, or one not back without its reason.
    OpenLine {
        /// The hook.
        hook: String,
    },
    /// The books say something else about where this key is.
    OtherwiseInTheBooks {
        /// The hook.
        hook: String,
    },
    /// Why is not written.
    ReasonMissing,
    /// The supervisor has not decided about it yet.
    Undecided {
        /// The hook.
        hook: String,
    },
}
