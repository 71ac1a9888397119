//! What an open matter is about, as far as the books still say.

use super::facts::VisitFact;
use crate::lending::{KindId, Question};
use crate::mail::Item;
use crate::people::{Bilingual, PersonName};
use crate::slips::SlipNumber;
use crate::visits::Doubt;
use chrono::{DateTime, NaiveDate, Utc};

/// What a matter is about.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// The touch screen; or what the books have forgotten.
    Nothing,
    /// A thing that was, or is, on loan.
    Thing {
        /// Of which kind.
        kind: KindId,
        /// What it is called; none for one out of a stand.
        label: Option<String>,
        /// The number on the slip of the loan.
        number: SlipNumber,
        /// Who had it.
        borrower: Option<PersonName>,
        /// The parts that did not come back with it, and have not since.
        missing: Vec<Question>,
    },
    /// What was kept for somebody.
    Kept {
        /// Of which kind.
        kind: KindId,
        /// What it is called.
        label: String,
        /// For whom.
        person: Option<PersonName>,
        /// Their company; none for the property office.
        tenant: Option<Bilingual>,
        /// From when.
        from: DateTime<Utc>,
    },
    /// A key.
    Key {
        /// The hook.
        hook: String,
        /// Who had taken it then.
        holder: Option<PersonName>,
        /// Who reported it.
        reporter: Option<PersonName>,
        /// What was written about it.
        text: String,
        /// It was reported lost, and is here again; nobody has decided yet.
        is_here: bool,
    },
    /// A piece of mail.
    Mail(Box<Item>),
    /// A company.
    Company {
        /// Its name.
        name: Bilingual,
        /// The number it is phoned at; empty where nobody knows.
        phone: String,
        /// Where its mail goes; empty where nobody knows.
        forwarding: String,
    },
    /// A visit.
    Visit(Box<VisitFact>),
    /// Somebody who is, or may be, one of the list of those who are not admitted.
    Alert(Box<Doubt>),
    /// A day on which something was left undone.
    Day(NaiveDate),
    /// A message for a host.
    Message {
        /// For whom.
        host: Option<PersonName>,
        /// From whom; empty once it is erased.
        sender: String,
        /// The words; empty once they are erased.
        text: String,
    },
}
