//! What one card opens: everything of one person.

use super::KeptLine;
use crate::lending::{KindIcon, KindId, LendRefusal, LoanId};
use crate::people::Bilingual;
use crate::visits::{PermitTakenBack, VisitId};
use chrono::NaiveDateTime;

/// What one card opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyPage {
    /// The masked name.
    pub name: String,
    /// Company and room; none for the property office.
    pub tenant: Option<(Bilingual, String)>,
    /// Mail that waits for this person.
    pub mail: Vec<MailLine>,
    /// What this person holds, the earliest due first.
    pub loans: Vec<LoanLine>,
    /// Things kept for this person.
    pub kept: Vec<KeptLine>,
    /// Keys this person holds.
    pub keys: Vec<KeyLine>,
    /// Visitors this person expects, and those who wait for a yes.
    pub visits: Vec<VisitLine>,
    /// Work permits that were taken back, and for whose work this person answers.
    pub permits: Vec<PermitTakenBack>,
    /// How many messages wait for this person at the desk.
    pub messages: u32,
    /// How often keys to the unit of this person's company were taken without it having been told, and
    /// when last; none where that did not happen.
    pub keys_used: Option<(u32, NaiveDateTime)>,
    /// Whether this is a visitor, who can sign out here.
    pub is_visitor: bool,
    /// Whether this person takes keys: of the property office, and granted some.
    pub takes_keys: bool,
    /// Whether there is something this person can have kept.
    pub reserves: bool,
    /// What can be borrowed.
    pub offers: Vec<Offer>,
}

/// Mail of one kind that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailLine {
    /// Its kind.
    pub kind: crate::mail::MailKind,
    /// How many.
    pub count: u32,
    /// Where it lies.
    pub shelf: String,
    /// When the latest came.
    pub arrived: NaiveDateTime,
}

/// A key this person holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// The hook it hangs on; never what it opens.
    pub hook: String,
    /// When it is due.
    pub due: NaiveDateTime,
    /// Whether that is past.
    pub late: bool,
}

/// A visitor of this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitLine {
    /// The visit.
    pub visit: VisitId,
    /// The masked name; none once it is erased.
    pub name: String,
    /// From when they are expected, where they are not here yet, or were until the desk took it back.
    pub expected: Option<NaiveDateTime>,
    /// Whether the desk took it back.
    pub withdrawn: bool,
    /// Whether they wait for this person's yes.
    pub waits: bool,
    /// Whether it can be said here: by the card, not by a number that anybody can read on it.
    pub answered: bool,
}

/// Something this person has on loan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoanLine {
    /// The loan.
    pub loan: LoanId,
    /// What it is.
    pub name: Bilingual,
    /// Its picture.
    pub icon: KindIcon,
    /// What people call it; nothing for one out of a stand.
    pub label: Option<String>,
    /// When it is due.
    pub due: NaiveDateTime,
    /// Whether that is past.
    pub late: bool,
    /// Whether it can be given back with a touch (one out of a stand; tagged things are scanned).
    pub give_back: bool,
    /// Whether it may be kept longer.
    pub renew: bool,
}

/// A kind of thing to borrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which kind.
    pub kind: KindId,
    /// Its name.
    pub name: Bilingual,
    /// Its picture.
    pub icon: KindIcon,
    /// How many can go out now.
    pub free: u32,
    /// Whether its tag is scanned, or a touch is enough.
    pub scan: bool,
    /// Why this person gets none; the tile stays and says so.
    pub refused: Option<LendRefusal>,
}
