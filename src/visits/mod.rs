//! Visitors 访客: expected, waiting for a yes, inside, gone.

pub mod announcing;
mod code;
mod doubt;
pub mod flow;
mod kind;
mod known;
mod record;
pub mod rules;
pub mod slip;
mod terms;
mod told;
mod tries;

pub use code::{CODE_DIGITS, InvitationCode};
pub use doubt::{Described, Doubt};
pub use kind::{Approval, Asked, AskedWrongly, Steps, VisitorType};
pub use known::{Known, LastVisit, Proof};
pub use record::Record;
pub use terms::{Terms, usual_notice};
pub use told::{LeftTold, Told};
pub use tries::{Tries, WRONG_TRIES};

use crate::ids::id;
use crate::people::{
    Act, Bilingual, CardId, Credential, Language, PersonId, PersonName, Signature, TenantId,
};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, NaiveDate, Utc};
use flow::HostLine;
use serde::{Deserialize, Serialize};

id!(
    /// One visit, from its announcement or the first word at the lodge to its end.
    VisitId
);
id!(
    /// A contractor's work permit 施工出入证.
    PermitId
);
id!(
    /// An entry of the list of those who are not admitted.
    DoNotAdmitId
);
id!(
    /// A message 留言 for a host who was out.
    MessageId
);

/// Where a visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitState {
    /// Expected; nobody has come yet.
    Announced,
    /// Here, and nobody has said yes yet.
    Waiting,
    /// Somebody has said yes; the slip is not taken yet.
    Admitted,
    /// Somebody has said no.
    Refused,
    /// In the building.
    Inside,
    /// Gone.
    Left,
    /// Nothing came of it by closing time.
    Lapsed,
    /// The desk took it back before anybody came. In the books it has lapsed by somebody's word.
    Withdrawn,
}

/// By whose word a visitor was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovedBy {
    /// The host had invited them.
    Invitation,
    /// The host tapped a card at the kiosk.
    HostCard,
    /// The desk phoned and wrote down who said yes; or said it, where nobody is asked.
    DeskPhone,
}

/// How a visitor left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leaving {
    /// The slip was scanned.
    Slip,
    /// The temporary card was tapped.
    Card,
    /// The desk signed them out.
    Desk,
    /// Nobody saw it: closing time did.
    NotConfirmed,
}

/// What became of the things carried in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarriedOut {
    /// Nothing was carried in.
    Nothing,
    /// All of it went out again.
    All,
    /// Something stays or is missing; the desk looks into it.
    NotAll,
    /// Nobody was there to ask.
    NotAsked,
}

/// The number of an identity document; only a keyed digest of it is ever kept.
#[derive(Clone, PartialEq, Eq)]
pub struct DocumentNumber(pub String);

/// No log shows a document's number.
impl std::fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DocumentNumber(…)")
    }
}

/// Who somebody says, or shows, to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: PersonName,
    /// Digits of the telephone; empty where none was given.
    pub phone: String,
    /// The number on the document that the reader read.
    pub document: Option<DocumentNumber>,
}

/// Who is signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody new, or known again by document or by telephone and name.
    Named(Identity),
    /// Whoever an announced visit is for.
    Invited(VisitId),
    /// Somebody who has been here and was found again.
    Returning(PersonId),
}

/// What a visitor tells the lodge, all at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInOrder {
    /// Who.
    pub who: Who,
    /// Of which type.
    pub of: VisitorType,
    /// The company they come from; empty for none.
    pub company: String,
    /// What for; empty for an invited visitor and where the house asks no purpose.
    pub purpose: String,
    /// Whom they visit.
    pub host: Option<PersonId>,
    /// Which company they visit.
    pub tenant: Option<TenantId>,
    /// The number on a contractor's permit.
    pub permit: String,
    /// What they carry in 携带物品; empty for nothing.
    pub things: String,
    /// The signature under notice and house rules.
    pub signature: Signature,
    /// The language of the slip.
    pub language: Language,
}

/// What came of signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// In; the slip prints.
    Inside(EnteredReceipt),
    /// Registered; somebody has to say yes first.
    Waiting {
        /// Which visit.
        visit: VisitId,
        /// Its number.
        number: SlipNumber,
    },
    /// Please see the desk. Why is for the desk alone.
    SeeTheDesk,
}

/// A visitor is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredReceipt {
    /// Which visit.
    pub visit: VisitId,
    /// The number on the slip.
    pub number: SlipNumber,
    /// Its print job; none where the slip is out already.
    pub job: Option<PrintJobId>,
    /// The company and its rooms: where to go.
    pub to: Option<WhereTo>,
    /// Whom to ask for, behind a mask: the host, or else who answers for the work.
    pub host: Option<flow::HostLine>,
}

/// Where a visitor goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhereTo {
    /// The company.
    pub tenant: Bilingual,
    /// Its first room.
    pub room: String,
}

/// Why nobody was signed in. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// The form has a gap: no name.
    NoName,
    /// Nothing is signed.
    NotSigned,
    /// This type visits a company or a person, and none was named.
    NoHost,
    /// The host or the company is not here any more.
    HostGone,
    /// This visitor is inside already.
    AlreadyInside {
        /// Under this number.
        number: SlipNumber,
    },
    /// This visitor waits for a yes already.
    AlreadyWaiting {
        /// Under this number.
        number: SlipNumber,
        /// Whom they visit, where it is somebody.
        host: Option<HostLine>,
        /// Whether somebody has said yes meanwhile.
        is_admitted: bool,
    },
    /// ● No permit with this number is in the books.
    PermitMissing,
    /// ● The permit begins later.
    PermitNotYet {
        /// Its first day.
        from: NaiveDate,
    },
    /// ● The permit is over.
    PermitExpired {
        /// Its last day.
        until: NaiveDate,
    },
    /// ● The desk took this permit back.
    PermitWithdrawn,
    /// The invitation is for later.
    TooEarly {
        /// From then on.
        from: DateTime<Utc>,
        /// When it is taken already.
        opens: DateTime<Utc>,
    },
    /// The invitation is over.
    TooLate {
        /// Until then.
        until: DateTime<Utc>,
    },
    /// No invitation has this code.
    UnknownInvitation,
    /// Somebody came with this invitation and has left.
    InvitationUsed,
    /// The invitation of this code was taken back.
    InvitationWithdrawn,
    /// Nobody of that name has been here, or the data is erased.
    UnknownVisitor,
}

/// Why an announced or waiting visit did not move on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitRefusal {
    /// The role does not allow it.
    NotPermitted {
        /// What was wanted.
        act: Act,
    },
    /// There is no such visit.
    Unknown,
    /// It is not where this could be done.
    Stands(VisitState),
    /// Only the host says yes with a card.
    NotTheHost,
    /// Who said yes by phone is to be written down.
    NobodySaidYes,
    /// Somebody of the house said it, and not the one who is visited.
    NotTheirVisitor,
    /// The visitor is perhaps on the list; first somebody at the desk looks.
    LookFirst,
    /// The visitor is on the list for certain, and does not come in.
    Listed,
    /// Nobody took this visitor for one of the list, or the desk has looked already.
    NoMatch,
    /// The window of the visit ends before it begins.
    Window,
    /// The days of the permit end before they begin.
    Days,
    /// A text is missing: a name, a reason, a number.
    Empty,
    /// The permit's number is in the books.
    PermitKnown,
    /// The permit's last day is over.
    PermitOver,
    /// There is no such permit, or it was withdrawn before.
    NoPermit,
    /// That is no member of staff who could answer for the work.
    NobodyAnswers,
    /// The house issues no temporary cards.
    NoCards,
    /// The card belongs to somebody.
    CardTaken,
    /// This visit has a temporary card already.
    HasCard,
    /// That is no temporary card that is out.
    CardNotOut,
    /// The host is not here any more.
    HostGone,
}

/// A visit to be announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Who comes.
    pub visitor: Identity,
    /// Their company; empty for none.
    pub company: String,
    /// Of which type.
    pub of: VisitorType,
    /// Whom they visit.
    pub host: PersonId,
    /// Not before.
    pub from: DateTime<Utc>,
    /// Not after.
    pub until: DateTime<Utc>,
}

/// An announced visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// Which.
    pub visit: VisitId,
    /// The code that confirms it.
    pub code: InvitationCode,
}

/// A visit as the desk and My page list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Which.
    pub id: VisitId,
    /// Of which type.
    pub of: VisitorType,
    /// Who; the row may be erased.
    pub visitor: PersonId,
    /// The visitor's name; none once it is erased.
    pub name: Option<PersonName>,
    /// Whom they visit.
    pub host: Option<PersonId>,
    /// Which company they visit.
    pub tenant: Option<TenantId>,
    /// Where it stands.
    pub state: VisitState,
    /// Its number, once they are here.
    pub number: Option<SlipNumber>,
    /// The window of an announced visit.
    pub window: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// When they came to the lodge.
    pub came_at: Option<DateTime<Utc>>,
    /// When they went in.
    pub inside_at: Option<DateTime<Utc>>,
    /// When and how they left.
    pub left: Option<(DateTime<Utc>, Leaving)>,
    /// Whether things were carried in.
    pub carries: bool,
}

/// A temporary card that has not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardOut {
    /// Which card.
    pub card: CardId,
    /// With which visit.
    pub visit: VisitId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether the visitor has left.
    pub is_overdue: bool,
}

/// A contractor's permit to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    /// The number on it.
    pub number: String,
    /// The company that works.
    pub company: String,
    /// The member of staff who answers for the work.
    pub answers: PersonId,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
}

/// A permit that the desk took back, for whoever answers for the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermitTakenBack {
    /// The number on it.
    pub number: String,
    /// The company that works.
    pub company: String,
}

/// Somebody who is not admitted, to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoNotAdmit {
    /// As far as known.
    pub who: Identity,
    /// Why; for the desk alone.
    pub reason: String,
}

/// Which visit somebody leaves, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// The slip with this number was scanned or typed.
    Slip(SlipNumber),
    /// This temporary card was tapped.
    Card(Credential),
}
