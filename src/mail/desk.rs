//! What the desk does with mail: intake, rounds, returns, and why not.

use super::{Addressee, Item, MailId, MailKind, MailState, PickUpCode, ReturnId, RoundId};
use crate::people::{Act, PersonId, Signature};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One item to be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// For whom.
    pub addressee: Addressee,
    /// Of which kind.
    pub kind: MailKind,
    /// Where it is put 货位.
    pub shelf: String,
    /// The carrier's number, scanned or typed; empty for none.
    pub tracking: String,
}

/// What was written down wrongly when an item came, as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Which item.
    pub item: MailId,
    /// For whom.
    pub addressee: Addressee,
    /// Of which kind.
    pub kind: MailKind,
    /// Where it is put 货位.
    pub shelf: String,
}

/// An item that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// Which.
    pub item: MailId,
    /// The number on its label.
    pub number: SlipNumber,
    /// Its pick-up code.
    pub code: PickUpCode,
    /// The print job of its label, for kinds that get one.
    pub label: Option<PrintJobId>,
    /// How many its batch holds now.
    pub in_batch: u32,
}

/// One delivery round as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Which.
    pub id: RoundId,
    /// The number on its list.
    pub number: SlipNumber,
    /// Who carries it.
    pub carrier: PersonId,
    /// Since when.
    pub started: DateTime<Utc>,
    /// When it was closed.
    pub ended: Option<DateTime<Utc>>,
    /// How many items have no outcome yet.
    pub open: u32,
    /// How many were delivered.
    pub delivered: u32,
    /// How many came back.
    pub failed: u32,
}

/// What became of one item on a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody took it.
    Delivered {
        /// The name of who took it; may be empty for what goes in bulk.
        to: String,
        /// Whether they signed on the list.
        signed: bool,
    },
    /// Nobody took it.
    Failed(WhyFailed),
    /// The round did not come to its door: it was not tried, and goes out again.
    NotTried,
}

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyFailed {
    /// Nobody opened.
    NobodyThere,
    /// The room stands empty.
    RoomEmpty,
    /// The company has moved.
    Moved,
    /// The person has left the company.
    LeftCompany,
    /// They did not want it.
    Declined,
}

/// The only reasons for which mail goes back or on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReturnReason {
    /// 原址查无此人
    NoSuchPerson,
    /// 迁移新址不明
    MovedAddressUnknown,
    /// 书写地址不详
    AddressIllegible,
}

impl ReturnReason {
    /// All three.
    pub const ALL: [ReturnReason; 3] = [
        ReturnReason::NoSuchPerson,
        ReturnReason::MovedAddressUnknown,
        ReturnReason::AddressIllegible,
    ];

    /// Its words.
    pub fn word(self) -> &'static str {
        match self {
            ReturnReason::NoSuchPerson => "mail-reason-no-such-person",
            ReturnReason::MovedAddressUnknown => "mail-reason-moved",
            ReturnReason::AddressIllegible => "mail-reason-illegible",
        }
    }
}

/// Where mail goes that cannot stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Onward {
    /// 退件: to whoever sent it.
    ToSender,
    /// 转投: to another address, by the post office.
    Forward,
}

/// An item that should go back or on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnOrder {
    /// Which.
    pub item: MailId,
    /// Where to.
    pub onward: Onward,
    /// Why.
    pub reason: ReturnReason,
    /// The forwarding address; empty where it goes to the sender.
    pub address: String,
    /// The special-mail return form 特殊邮件退信表; special mail only.
    pub form: Option<ReturnForm>,
}

/// The special-mail return form 特殊邮件退信表. Every field is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnForm {
    /// The addressee as written on the item.
    pub addressee: String,
    /// The address as written on the item.
    pub address: String,
    /// The sender.
    pub sender: String,
    /// The number of the post office or carrier.
    pub tracking: String,
    /// What was done to find the addressee.
    pub enquiries: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    /// The addressee as written.
    Addressee,
    /// The address as written.
    Address,
    /// The sender.
    Sender,
    /// The number.
    Tracking,
    /// What was done to find the addressee.
    Enquiries,
}

impl FormField {
    /// Its words.
    pub fn word(self) -> &'static str {
        match self {
            FormField::Addressee => "mail-form-addressee",
            FormField::Address => "mail-form-address",
            FormField::Sender => "mail-form-sender",
            FormField::Tracking => "mail-form-tracking",
            FormField::Enquiries => "mail-form-enquiries",
        }
    }
}

impl ReturnForm {
    /// The fields in the order of the paper.
    pub fn fields(&self) -> [(FormField, &str); 5] {
        [
            (FormField::Addressee, self.addressee.trim()),
            (FormField::Address, self.address.trim()),
            (FormField::Sender, self.sender.trim()),
            (FormField::Tracking, self.tracking.trim()),
            (FormField::Enquiries, self.enquiries.trim()),
        ]
    }

    /// The fields that are empty.
    pub fn missing(&self) -> Vec<FormField> {
        let empty = |(field, text): (FormField, &str)| text.is_empty().then_some(field);
        self.fields().into_iter().filter_map(empty).collect()
    }
}

/// An item on its way back, as the desk and the supervisor see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Which.
    pub id: ReturnId,
    /// The item.
    pub item: Item,
    /// Where to.
    pub onward: Onward,
    /// Why.
    pub reason: ReturnReason,
    /// Who asked for it.
    pub asked_by: PersonId,
    /// Since when.
    pub asked: DateTime<Utc>,
    /// Who checked or approved it.
    pub allowed_by: Option<PersonId>,
    /// Whether its slip was printed.
    pub is_printed: bool,
    /// The forwarding address; empty where it goes to the sender.
    pub address: String,
    /// The form of special mail.
    pub form: Option<ReturnForm>,
}

/// Mail handed to somebody without an authority, by a member of staff who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What.
    pub items: Vec<MailId>,
    /// The name of who takes it.
    pub to: String,
    /// Why.
    pub reason: String,
    /// The signature, where one was given on the glass.
    pub signature: Option<Signature>,
    /// They signed on paper, which the desk keeps.
    pub on_paper: bool,
}

/// Why the desk did nothing, with the facts a sentence needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailRefusal {
    /// This person's roles do not let them.
    NotPermitted {
        /// What they wanted to do.
        act: Act,
    },
    /// Nobody said who acts.
    NobodyActs,
    /// There is no such item, round or return.
    NotFound,
    /// No such addressee is in the books.
    UnknownAddressee,
    /// A piece is here under this number of the carrier: it was scanned before.
    TrackingHere {
        /// The number on its label.
        number: SlipNumber,
    },
    /// The mail room has no such shelf.
    UnknownShelf {
        /// What was typed.
        shelf: String,
    },
    /// Nobody of this name has an open batch.
    NoOpenBatch,
    /// The item stands otherwise.
    StandsOtherwise {
        /// How it stands.
        state: MailState,
    },
    /// Nothing was chosen.
    NothingChosen,
    /// The name of who took it is missing.
    NameMissing,
    /// The reason is missing.
    ReasonMissing,
    /// It is signed for, and nobody signed.
    SignatureMissing {
        /// Its kind.
        kind: MailKind,
    },
    /// Something of it is signed for, and nobody signed.
    NotSigned,
    /// A company signs for it by somebody whose signature it accepts 签字有效人员.
    SignatoryNeeded,
    /// The round has items of which nobody said what became.
    RoundStillOpen {
        /// How many.
        count: u32,
    },
    /// The round was closed before, or the item was not on it.
    NotOnThisRound,
    /// It was tried less than twice.
    TooFewAttempts {
        /// How often.
        attempts: u32,
    },
    /// Its addressee was not there, and may still claim it.
    StillHeld {
        /// Until when it is held.
        until: DateTime<Utc>,
    },
    /// A forwarding address is missing.
    AddressMissing,
    /// Special mail goes back by its form, and fields of it are empty.
    FormIncomplete {
        /// Which.
        missing: Vec<FormField>,
    },
    /// Whoever filled in the form does not approve it.
    OwnForm,
    /// Not checked or approved yet: no return slip.
    NotAllowedYet {
        /// Whether the supervisor's approval is what is missing.
        special: bool,
    },
}
