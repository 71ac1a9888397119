//! What the journal says about mail: results and ids, never a name, a code or a word of people.

use super::desk::{Onward, ReturnReason, WhyFailed};
use super::{Addressee, AuthorityId, BatchId, MailId, MailKind, PickUpId, ReturnId, RoundId};
use crate::people::PersonId;
use crate::slips::{PrintJobId, SlipNumber};
use chrono::serde::ts_milliseconds_option;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One journal entry of this service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// Something came and waits on a shelf: as the first books wrote it.
    Arrived {
        /// The item.
        item: MailId,
        /// For whom.
        addressee: PersonId,
        /// Of which kind.
        of: MailKind,
        /// Where it lies 货位.
        shelf: String,
    },
    /// Somebody at the desk began to take mail in.
    BatchOpened {
        /// The batch.
        batch: BatchId,
        /// Who.
        by: PersonId,
    },
    /// Something came and waits on a shelf.
    TakenIn {
        /// The item.
        item: MailId,
        /// In which batch.
        batch: BatchId,
        /// For whom.
        addressee: Addressee,
        /// Of which kind.
        of: MailKind,
        /// Where it lies 货位.
        shelf: String,
        /// The number on its label.
        number: SlipNumber,
        /// The print job of its label.
        label: Option<PrintJobId>,
    },
    /// It was written down wrongly; it has another label and another code now.
    Corrected {
        /// The item.
        item: MailId,
        /// For whom.
        addressee: Addressee,
        /// Of which kind.
        of: MailKind,
        /// Where it lies 货位.
        shelf: String,
        /// The number on its new label; none for what never had one.
        number: Option<SlipNumber>,
        /// The print job of its new label.
        label: Option<PrintJobId>,
        /// Whether it is somebody else's now: what was tried before, and who was told, is not theirs.
        #[serde(default)]
        afresh: bool,
    },
    /// The batch is in.
    BatchClosed {
        /// Which.
        batch: BatchId,
    },
    /// A notice with its code was printed for the addressee.
    NoticePrinted {
        /// The item.
        item: MailId,
        /// The number on the notice.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// The addressees were reminded.
    Reminded {
        /// Of what.
        items: Vec<MailId>,
    },
    /// Somebody may collect for somebody else.
    AuthorityGiven {
        /// The authority.
        authority: AuthorityId,
        /// Who may collect.
        holder: PersonId,
        /// For whom.
        principal: Addressee,
        /// What.
        kinds: Vec<MailKind>,
        /// Until when, in UTC milliseconds.
        #[serde(with = "ts_milliseconds_option")]
        until: Option<DateTime<Utc>>,
        /// Whether one pick-up uses it up.
        once: bool,
    },
    /// It was taken back.
    AuthorityWithdrawn {
        /// Which.
        authority: AuthorityId,
    },
    /// Mail was handed out.
    PickedUp {
        /// The handing out.
        pick_up: PickUpId,
        /// What.
        items: Vec<Collected>,
        /// By whose card.
        collector: Option<PersonId>,
        /// How it was known that they may.
        way: PickUpWay,
        /// Whether somebody signed.
        signed: bool,
    },
    /// Somebody set out with mail.
    RoundStarted {
        /// The round.
        round: RoundId,
        /// The number on its list.
        number: SlipNumber,
        /// Who carries it.
        carrier: PersonId,
        /// What.
        items: Vec<MailId>,
        /// The print job of the list.
        job: PrintJobId,
    },
    /// Handed over on a round.
    Delivered {
        /// The round.
        round: RoundId,
        /// What.
        item: MailId,
        /// Whether somebody signed on the list.
        signed: bool,
    },
    /// Nobody took it; it lies on its shelf again.
    AttemptFailed {
        /// The round.
        round: RoundId,
        /// What.
        item: MailId,
        /// Why.
        why: WhyFailed,
    },
    /// The round did not come to its door; it lies on its shelf again, and that was no attempt.
    NotTried {
        /// The round.
        round: RoundId,
        /// What.
        item: MailId,
    },
    /// Everything of the round has its outcome.
    RoundEnded {
        /// Which.
        round: RoundId,
    },
    /// Somebody asks that it go back or on.
    ReturnAsked {
        /// The return.
        back: ReturnId,
        /// What.
        item: MailId,
        /// Where to.
        onward: Onward,
        /// Why.
        reason: ReturnReason,
        /// Whether it is special mail and waits for the supervisor.
        special: bool,
        /// Who filled it in.
        by: PersonId,
        /// The number and the print job of the special-mail return form.
        form: Option<(SlipNumber, PrintJobId)>,
    },
    /// Checked by the mail administrator, or approved by the supervisor.
    ReturnAllowed {
        /// The return.
        back: ReturnId,
        /// By whom.
        by: PersonId,
    },
    /// It does not go back; it lies on its shelf again.
    ReturnDropped {
        /// The return.
        back: ReturnId,
    },
    /// Its return slip was queued.
    ReturnPrinted {
        /// The return.
        back: ReturnId,
        /// The number on the slip.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
    },
    /// Nobody claims it: a dead letter 盲件.
    DeadLetter {
        /// What.
        item: MailId,
        /// On how many attempts.
        attempts: u32,
    },
    /// Its addressee turned up in time; it lies on its shelf again.
    Recalled {
        /// What.
        item: MailId,
    },
    /// The post office took them along.
    HandedToPost {
        /// What.
        items: Vec<MailId>,
    },
}

/// One item of a handing out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// Which.
    pub item: MailId,
    /// By which authority, where it is somebody else's.
    pub authority: Option<AuthorityId>,
}

/// How it was known that somebody may have the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PickUpWay {
    /// By a card.
    Card,
    /// By a pick-up code.
    Code,
    /// A member of staff answers for it, with a reason.
    Override,
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Arrived { .. } => "arrived",
            Record::BatchOpened { .. } => "batch-opened",
            Record::TakenIn { .. } => "taken-in",
            Record::Corrected { .. } => "corrected",
            Record::BatchClosed { .. } => "batch-closed",
            Record::NoticePrinted { .. } => "notice-printed",
            Record::Reminded { .. } => "reminded",
            Record::AuthorityGiven { .. } => "authority-given",
            Record::AuthorityWithdrawn { .. } => "authority-withdrawn",
            Record::PickedUp { .. } => "picked-up",
            Record::RoundStarted { .. } => "round-started",
            Record::Delivered { .. } => "delivered",
            Record::AttemptFailed { .. } => "attempt-failed",
            Record::NotTried { .. } => "not-tried",
            Record::RoundEnded { .. } => "round-ended",
            Record::ReturnAsked { .. } => "return-asked",
            Record::ReturnAllowed { .. } => "return-allowed",
            Record::ReturnDropped { .. } => "return-dropped",
            Record::ReturnPrinted { .. } => "return-printed",
            Record::DeadLetter { .. } => "dead-letter",
            Record::Recalled { .. } => "recalled",
            Record::HandedToPost { .. } => "handed-to-post",
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        let first = |items: &[MailId]| items.first().map(MailId::to_string).unwrap_or_default();
        match self {
            Record::Arrived { item, .. }
            | Record::TakenIn { item, .. }
            | Record::Corrected { item, .. }
            | Record::NoticePrinted { item, .. }
            | Record::Delivered { item, .. }
            | Record::AttemptFailed { item, .. }
            | Record::NotTried { item, .. }
            | Record::DeadLetter { item, .. }
            | Record::Recalled { item } => item.to_string(),
            Record::BatchOpened { batch, .. } | Record::BatchClosed { batch } => batch.to_string(),
            Record::Reminded { items } | Record::HandedToPost { items } => first(items),
            Record::AuthorityGiven { authority, .. } | Record::AuthorityWithdrawn { authority } => {
                authority.to_string()
            }
            Record::PickedUp { pick_up, .. } => pick_up.to_string(),
            Record::RoundStarted { round, .. } | Record::RoundEnded { round } => round.to_string(),
            Record::ReturnAsked { back, .. }
            | Record::ReturnAllowed { back, .. }
            | Record::ReturnDropped { back }
            | Record::ReturnPrinted { back, .. } => back.to_string(),
        }
    }
}
