//! Open matters 待办: what somebody owns until it is closed or formally handed to somebody else.
//!
//! First-asked responsibility 首问负责制: whoever takes a matter owns it, and it cannot fall between.
//! Services return an [`Opening`] as an effect; the store writes it in the same transaction as the
//! deed that it comes from. What a matter is about is an identifier of the service: its facts stay
//! there.

mod record;
pub mod rules;

pub use record::Record;

use crate::ids::id;
use crate::people::PersonId;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

id!(
    /// One open matter.
    MatterId
);

/// Why something needs a person. Each cause has a sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Somebody at the touch screen called the desk; about the kiosk.
    DeskCalled,
    /// A thing came back damaged; about the loan.
    ThingDamaged,
    /// A thing came back without one of its parts; about the loan.
    ThingIncomplete,
    /// The data on a PC that came back is not wiped; about the loan.
    DataNotWiped,
    /// A thing was reported lost; about the loan.
    ThingLost,
    /// What is kept for somebody will not be there, and they are told; about the reservation.
    ReservationLost,
    /// Special mail has not reached its addressee in time; about the item.
    SpecialMailLate,
    /// Mail was held longer than the house holds it; about the item.
    MailHeldTooLong,
    /// Mail for a company that has moved: it is phoned; about the company.
    MailForMovedTenant,
    /// Nobody claimed it on two attempts: a dead letter 盲件; about the item.
    MailUnclaimed,
    /// Somebody on the list of those who are not admitted was here; about the attempt.
    VisitorNotAdmitted,
    /// Things carried in did not go out again; about the visit.
    VisitorThingsMissing,
    /// A temporary card did not come back with its visitor; about the visit.
    VisitorCardOut,
    /// A visitor left a message 留言 for a host who was out; about the message.
    MessageForHost,
    /// A key came back and its unit is not as it should be; about the taking.
    UnitNotSafe,
    /// A key is lost; about the report, until the supervisor has decided.
    KeyLost,
    /// A key is damaged or a set not whole; about the report, until the supervisor has decided.
    KeyDamaged,
    /// A key that was lost, and decided about, is here again; about the key.
    KeyTurnedUp,
    /// A damaged key is here and decided about: the keeper hangs it, or what replaces it, on its hook or
    /// retires it; about the key.
    KeyToHang,
    /// A key was taken in an emergency while the house gives none; about the taking.
    KeyInEmergency,
    /// A key is back that was out over night, and no check of the keeper says why: ● that stands in writing;
    /// about the taking.
    KeyWasOut,
    /// A contractor works with a key: whoever signed for it goes along and answers for it until it is
    /// back; about the taking.
    ContractorWithKey,
    /// Letters and papers waited, and no delivery round set out; about the day.
    RoundMissed,
    /// Nobody went through the hooks; about the day.
    KeysUnchecked,
}

impl Cause {
    /// Whether it stays open until the supervisor has decided about a key: ● nobody closes it by hand.
    pub fn awaits_decision(self) -> bool {
        matches!(self, Cause::KeyLost | Cause::KeyDamaged)
    }

    /// Whether it is over only when a key is back, or reported lost: ● whoever goes along answers for it
    /// until then, and nobody closes it by hand.
    pub fn lasts_until_key_is_back(self) -> bool {
        self == Cause::ContractorWithKey
    }

    /// Whether whoever closes it says why in writing.
    pub fn wants_reason(self) -> bool {
        self == Cause::KeyWasOut
    }

    /// All causes, in the order in which the desk lists them.
    pub const ALL: &'static [Cause] = &[
        Cause::DeskCalled,
        Cause::ThingDamaged,
        Cause::ThingIncomplete,
        Cause::DataNotWiped,
        Cause::ThingLost,
        Cause::ReservationLost,
        Cause::SpecialMailLate,
        Cause::MailHeldTooLong,
        Cause::MailForMovedTenant,
        Cause::MailUnclaimed,
        Cause::VisitorNotAdmitted,
        Cause::VisitorThingsMissing,
        Cause::VisitorCardOut,
        Cause::MessageForHost,
        Cause::UnitNotSafe,
        Cause::KeyLost,
        Cause::KeyDamaged,
        Cause::KeyTurnedUp,
        Cause::KeyToHang,
        Cause::KeyInEmergency,
        Cause::KeyWasOut,
        Cause::ContractorWithKey,
        Cause::RoundMissed,
        Cause::KeysUnchecked,
    ];
}

/// A matter to be opened: what a service returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Why.
    pub cause: Cause,
    /// The loan, visit, key, item of mail or day it is about.
    pub about: Uuid,
    /// Who owns it from the start; nobody where it comes from the touch screen, until somebody at
    /// the desk takes it.
    pub owner: Option<PersonId>,
}

impl Opening {
    /// One that nobody owns until somebody at the desk takes it.
    pub fn unowned(cause: Cause, about: Uuid) -> Self {
        Opening {
            cause,
            about,
            owner: None,
        }
    }

    /// One about a day.
    pub fn of_day(cause: Cause, day: NaiveDate) -> Self {
        let number = u128::from(day.num_days_from_ce().unsigned_abs());
        Opening::unowned(cause, Uuid::from_u128(number))
    }
}

/// The day that a matter of a day is about.
pub fn day(about: Uuid) -> Option<NaiveDate> {
    let number = i32::try_from(about.as_u128()).ok()?;
    NaiveDate::from_num_days_from_ce_opt(number)
}

/// An open matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Its identifier.
    pub id: MatterId,
    /// Why.
    pub cause: Cause,
    /// What it is about.
    pub about: Uuid,
    /// Who owns it; nobody has taken it yet where none.
    pub owner: Option<PersonId>,
    /// Since when.
    pub opened_at: DateTime<Utc>,
}

/// What somebody at the desk does with a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Takes it.
    Take,
    /// Hands it to somebody else, who owns it from now on.
    HandOver(PersonId),
    /// Closes it.
    Close,
}

/// Why nothing was done about a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatterRefusal {
    /// It is not open: closed before, or never opened.
    NotOpen,
    /// Somebody else owns it.
    OwnedBy(PersonId),
    /// Nobody has taken it; what nobody owns is neither handed over nor closed.
    NobodyOwnsIt,
    /// Whoever it is handed to may not own matters.
    CannotOwn,
    /// It stays open until the supervisor decides about the key's report; that closes it.
    DecidedInKeys,
    /// It stays open until the key is back or reported lost; that closes it.
    KeyIsOut,
    /// What is asked for in writing was not written.
    ReasonMissing,
}
