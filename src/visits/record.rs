//! What the journal says about visits: results and ids, no name, number or word of a visitor.

use super::rules::Certainty;
use super::{
    ApprovedBy, CarriedOut, DoNotAdmitId, Leaving, MessageId, PermitId, VisitId, VisitState,
    VisitorType,
};
use crate::people::{CardId, PersonId, TenantId};
use crate::slips::{PrintJobId, SlipNumber};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One journal entry of this service. The state tables are a fold over these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// Somebody is expected.
    Announced {
        /// The visit.
        visit: VisitId,
        /// Of which type.
        of: VisitorType,
        /// Who comes.
        visitor: PersonId,
        /// Whom they visit.
        host: PersonId,
        /// The host's company.
        tenant: Option<TenantId>,
        /// Not before, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        from: DateTime<Utc>,
        /// Not after, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        until: DateTime<Utc>,
    },
    /// Somebody registered at the lodge.
    Came {
        /// The visit.
        visit: VisitId,
        /// Of which type.
        of: VisitorType,
        /// Who.
        visitor: PersonId,
        /// Whom they visit.
        host: Option<PersonId>,
        /// Which company.
        tenant: Option<TenantId>,
        /// The work permit.
        permit: Option<PermitId>,
        /// The number of the visit.
        number: SlipNumber,
        /// Waiting, or admitted where nobody has to be asked.
        state: VisitState,
        /// Whether it had been announced.
        invited: bool,
        /// Whether things are carried in.
        carries: bool,
    },
    /// Somebody said yes.
    Approved {
        /// The visit.
        visit: VisitId,
        /// By which way.
        by: ApprovedBy,
        /// Who said it.
        said_yes: PersonId,
    },
    /// Somebody said no.
    Refused {
        /// The visit.
        visit: VisitId,
        /// Who said it.
        said_no: PersonId,
    },
    /// They went in, with a slip.
    Entered {
        /// The visit.
        visit: VisitId,
        /// Its number.
        number: SlipNumber,
        /// The print job of the slip.
        job: PrintJobId,
    },
    /// They left.
    Left {
        /// The visit.
        visit: VisitId,
        /// How it is known.
        leaving: Leaving,
        /// What became of the things carried in.
        carried_out: CarriedOut,
    },
    /// Nothing came of it by closing time.
    Lapsed {
        /// The visit.
        visit: VisitId,
    },
    /// The desk took an expected visit back.
    Withdrawn {
        /// The visit.
        visit: VisitId,
        /// Who did it.
        by: PersonId,
    },
    /// A temporary card went out.
    CardIssued {
        /// With which visit.
        visit: VisitId,
        /// Which card.
        card: CardId,
    },
    /// A temporary card came back.
    CardReturned {
        /// With which visit it was out.
        visit: VisitId,
        /// Which card.
        card: CardId,
    },
    /// A temporary card does not come back: it is lost, and opens nothing any more.
    CardGone {
        /// With which visit it was out.
        visit: VisitId,
        /// Which card.
        card: CardId,
        /// Who says so.
        by: PersonId,
    },
    /// A work permit was entered.
    PermitEntered {
        /// Which.
        permit: PermitId,
        /// Who answers for the work.
        answers: PersonId,
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        until: NaiveDate,
    },
    /// A work permit was taken back.
    PermitWithdrawn {
        /// Which.
        permit: PermitId,
        /// Who did it.
        by: PersonId,
    },
    /// Somebody was put on the list of those who are not admitted.
    NotAdmitted {
        /// The entry.
        entry: DoNotAdmitId,
    },
    /// An entry of that list was lifted.
    Lifted {
        /// The entry.
        entry: DoNotAdmitId,
    },
    /// Somebody was sent to the desk because of that list.
    Alerted {
        /// The visit, which waits or is to go in; or the attempt, where it became no visit.
        visit: VisitId,
        /// The entry.
        entry: DoNotAdmitId,
        /// How sure it is.
        certainty: Certainty,
    },
    /// The desk looked at a possible match: it is somebody else. The visit goes on as it would have.
    MatchCleared {
        /// The visit.
        visit: VisitId,
        /// Who looked, and answers for it.
        by: PersonId,
    },
    /// A message was left for a host who was out.
    MessageLeft {
        /// Which.
        message: MessageId,
        /// For whom.
        host: PersonId,
    },
    /// The roll call was printed.
    RollCalled {
        /// Its number.
        number: SlipNumber,
        /// Its print job.
        job: PrintJobId,
        /// How many were inside.
        count: u32,
    },
    /// The names and numbers of visitors were erased; their visits stay as counts.
    Erased {
        /// Of how many visitors.
        visitors: u32,
        /// Of those who were last here before, in UTC milliseconds.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        before: DateTime<Utc>,
    },
}

impl Record {
    /// What kind of entry this is, as the journal shows it.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Announced { .. } => "announced",
            Record::Came { .. } => "came",
            Record::Approved { .. } => "approved",
            Record::Refused { .. } => "refused",
            Record::Entered { .. } => "entered",
            Record::Left { .. } => "left",
            Record::Lapsed { .. } => "lapsed",
            Record::Withdrawn { .. } => "withdrawn",
            Record::CardIssued { .. } => "card-issued",
            Record::CardReturned { .. } => "card-returned",
            Record::CardGone { .. } => "card-gone",
            Record::PermitEntered { .. } => "permit-entered",
            Record::PermitWithdrawn { .. } => "permit-withdrawn",
            Record::NotAdmitted { .. } => "not-admitted",
            Record::Lifted { .. } => "lifted",
            Record::Alerted { .. } => "alerted",
            Record::MatchCleared { .. } => "match-cleared",
            Record::MessageLeft { .. } => "message-left",
            Record::RollCalled { .. } => "roll-called",
            Record::Erased { .. } => "erased",
        }
    }

    /// What the entry is about, as the journal shows it.
    pub fn subject(&self) -> String {
        match self {
            Record::Announced { visit, .. }
            | Record::Came { visit, .. }
            | Record::Approved { visit, .. }
            | Record::Refused { visit, .. }
            | Record::Entered { visit, .. }
            | Record::Left { visit, .. }
            | Record::Lapsed { visit }
            | Record::Withdrawn { visit, .. }
            | Record::CardIssued { visit, .. }
            | Record::CardReturned { visit, .. }
            | Record::CardGone { visit, .. }
            | Record::MatchCleared { visit, .. }
            | Record::Alerted { visit, .. } => visit.to_string(),
            Record::PermitEntered { permit, .. } | Record::PermitWithdrawn { permit, .. } => {
                permit.to_string()
            }
            Record::NotAdmitted { entry } | Record::Lifted { entry } => entry.to_string(),
            Record::MessageLeft { message, .. } => message.to_string(),
            Record::RollCalled { number, .. } => number.to_string(),
            Record::Erased { visitors, .. } => visitors.to_string(),
        }
    }
}
