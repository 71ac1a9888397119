//! What is done at the desk about visitors, keys and mail: orders, and what came of them.

use crate::keys::check::Finding;
use crate::keys::{
    Answers, CheckId, Decision, Harm, KeyId, KeyRefusal, KeyReturnRefusal, ReportId,
};
use crate::mail::desk::{Intake, MailRefusal};
use crate::mail::{MailId, ReturnId};
use crate::people::PersonId;
use crate::visits::{VisitId, VisitRefusal};

/// An order about visitors, keys or mail.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceOrder {
    /// Somebody said yes, or no, to a visitor on the telephone.
    SayYes {
        /// Which visit.
        visit: VisitId,
        /// Who said it: the host.
        said: PersonId,
        /// Whether it was a yes.
        yes: bool,
    },
    /// A visitor leaves; whether all that was carried in goes out, where something was.
    SignOut(VisitId, Option<bool>),
    /// Print who is inside.
    PrintRollCall,
    /// A key comes back, each point confirmed or not.
    KeyBack {
        /// The code on its tag.
        tag: String,
        /// The answers.
        answers: Answers,
    },
    /// A key is lost or damaged.
    ReportKey {
        /// Which.
        key: KeyId,
        /// What happened.
        harm: Harm,
        /// What is written about it.
        text: String,
    },
    /// The supervisor decides about a report.
    DecideKey {
        /// Which report.
        report: ReportId,
        /// What follows.
        decision: Decision,
        /// What is charged, in fen.
        amount_fen: u32,
    },
    /// Begin the keeper's check of today.
    BeginCheck,
    /// The keeper found this at a hook.
    NoteKey {
        /// The check.
        check: CheckId,
        /// The key.
        key: KeyId,
        /// What was found.
        finding: Finding,
        /// Why it is not back.
        reason: String,
    },
    /// Close the check.
    CloseCheck(CheckId),
    /// Print every hook and where its key is.
    PrintKeyMap,
    /// Take a piece of mail in.
    TakeMailIn(Intake),
    /// Nobody claims it: a dead letter 盲件.
    DeadLetter(MailId),
    /// A special return is approved.
    ApproveReturn(ReturnId),
    /// Print the return slip 改批退条.
    PrintReturnSlip(ReturnId),
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceDone {
    /// A visitor may come in, or not.
    SaidYes(bool),
    /// A visitor is signed out.
    SignedOut,
    /// Paper is on its way.
    Printing,
    /// A key is back on this hook; whether something was not confirmed.
    KeyBack(String, bool),
    /// A report was written.
    KeyReported,
    /// The supervisor has decided.
    KeyDecided,
    /// The check goes on.
    Checking,
    /// The check is closed.
    CheckClosed,
    /// Mail was taken in, under this number and with this code.
    MailIn(String, String),
    /// Mail moved on.
    MailMoved,
}

/// Why it was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceRefusal {
    /// About a visit.
    Visit(VisitRefusal),
    /// About a key.
    Key(KeyRefusal),
    /// About a key that was to come back.
    KeyBack(KeyReturnRefusal),
    /// About mail.
    Mail(MailRefusal),
}
