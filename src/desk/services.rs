//! What is done at the desk about visitors, keys and mail: orders, and what came of them.

use crate::keys::check::Finding;
use crate::keys::{
    Answers, Awaits, CheckId, Contractor, Decision, GrantId, Harm, KeyGroup, KeyId, KeyKind,
    KeyLoanId, KeyRefusal, KeyReturnRefusal, Purpose, ReportId, TakeRefusal,
};
use crate::mail::desk::{Correction, Intake, MailRefusal, Outcome, Override, ReturnOrder};
use crate::mail::{
    AuthorityId, AuthorityOrder, AuthorityRefusal, MailId, MailKind, PickUpCode, ReturnId, RoundId,
};
use crate::people::{CardId, Credential, PersonId, TenantId};
use crate::visits::announcing::LineError;
use crate::visits::{
    Announcement, DoNotAdmit, DoNotAdmitId, Permit, PermitId, VisitId, VisitRefusal, VisitState,
};
use chrono::{DateTime, NaiveDate, Utc};

/// An order about visitors, keys or mail.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceOrder {
    /// About visitors.
    Visits(VisitOrder),
    /// About keys.
    Keys(KeyOrder),
    /// About mail.
    Mail(MailOrder),
}

/// An order about visitors.
#[derive(Clone, Debug, PartialEq)]
pub enum VisitOrder {
    /// Somebody said yes, or no, to a visitor on the telephone.
    SayYes {
        /// Which visit.
        visit: VisitId,
        /// Who said it: the host, or a colleague.
        said: PersonId,
        /// Whether it was a yes.
        yes: bool,
    },
    /// A visitor to whom a yes was said goes in.
    LetIn(VisitId),
    /// A visitor leaves; whether all that was carried in goes out, where something was.
    SignOut(VisitId, Option<bool>),
    /// Print who is inside.
    PrintRollCall,
    /// A visit is expected.
    Announce(Announcement),
    /// Visits are expected, as a file of comma-separated values says.
    AnnounceFile(String),
    /// An expected visit is taken back.
    Withdraw(VisitId),
    /// A contractor's work permit 施工出入证 is new.
    EnterPermit(Permit),
    /// A work permit is taken back.
    WithdrawPermit(PermitId),
    /// Somebody is not admitted from now on.
    DoNotAdmit(DoNotAdmit),
    /// Somebody is admitted again.
    AdmitAgain(DoNotAdmitId),
    /// Somebody looked at a visitor who is perhaps on the list.
    SettleMatch {
        /// Which visit.
        visit: VisitId,
        /// Whether it is somebody else.
        admit: bool,
        /// Why.
        reason: String,
    },
    /// Give a visitor this temporary card.
    IssueCard(VisitId, Credential),
    /// A temporary card came back.
    ReturnCard(Credential),
    /// A temporary card does not come back, and why.
    CardGone(CardId, String),
}

/// An order about keys.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyOrder {
    /// A key comes back, each point confirmed or not.
    KeyBack {
        /// The code on its tag.
        tag: String,
        /// The answers.
        answers: Answers,
        /// Who brings it, where that is somebody else than its holder.
        bringer: Option<PersonId>,
    },
    /// Somebody takes a key at the desk; their card was tapped there.
    SignOut {
        /// Which.
        key: KeyId,
        /// The card of whoever takes it.
        holder: Credential,
        /// The card of the second person.
        second: Option<Credential>,
        /// What for.
        purpose: Purpose,
        /// The contractor whom the holder goes along with.
        contractor: Option<Contractor>,
    },
    /// A lost key is here again.
    TurnedUp {
        /// The code on its tag.
        tag: String,
    },
    /// A key that was lost or damaged, or what replaces it, hangs on its hook again.
    HangBack {
        /// Which.
        key: KeyId,
        /// The code on its tag from now on.
        tag: String,
    },
    /// A key is no longer kept.
    Retire {
        /// Which.
        key: KeyId,
        /// Why.
        reason: String,
    },
    /// A key is new.
    Hang {
        /// The hook.
        hook: String,
        /// The code on its tag.
        tag: String,
        /// What it is.
        kind: KeyKind,
        /// The group it is granted with.
        group: KeyGroup,
        /// Whose unit it opens.
        tenant: Option<TenantId>,
        /// How many keys hang together.
        pieces: u32,
        /// What it opens.
        opens: String,
    },
    /// Somebody may take the keys of a group.
    Grant {
        /// Which keys.
        group: KeyGroup,
        /// Who.
        person: PersonId,
        /// The last day; until it is withdrawn where none.
        until: Option<DateTime<Utc>>,
    },
    /// Somebody may not any more.
    WithdrawGrant(GrantId),
    /// The tenant was told that a key to its unit was used.
    TellTenant(KeyLoanId),
    /// A key is lost or damaged.
    Report {
        /// Which.
        key: KeyId,
        /// What happened.
        harm: Harm,
        /// What is written about it.
        text: String,
    },
    /// The supervisor decides about a report.
    Decide {
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
    Note {
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
    PrintMap,
}

/// An order about mail.
#[derive(Clone, Debug, PartialEq)]
pub enum MailOrder {
    /// Take a piece of mail in.
    TakeIn(Intake),
    /// Put right what was written down when it came.
    Correct(Correction),
    /// No more comes in this batch.
    CloseBatch,
    /// The addressees of these were reminded today.
    Remind(Vec<MailId>),
    /// Print a notice with the pick-up code, for the door or for whoever asks.
    PrintNotice(MailId),
    /// Set out with these.
    StartRound(Vec<MailId>),
    /// What became of one piece on a round.
    Note {
        /// The round.
        round: RoundId,
        /// The piece.
        item: MailId,
        /// What became of it.
        outcome: Outcome,
    },
    /// All papers of a round were laid at their doors.
    BulkDelivered(RoundId),
    /// The round is over.
    EndRound(RoundId),
    /// A piece should go back or on.
    AskReturn(ReturnOrder),
    /// It stays after all.
    DropReturn(ReturnId),
    /// A return is checked, or approved.
    AllowReturn(ReturnId),
    /// Print the return slip 改批退条.
    PrintReturnSlip(ReturnId),
    /// Hand mail to somebody without an authority.
    HandOutAnyway(Override),
    /// Hand mail to whoever shows the pick-up code.
    HandOutByCode {
        /// The code.
        code: PickUpCode,
        /// What of it.
        items: Vec<MailId>,
        /// They signed on paper, which the desk keeps.
        on_paper: bool,
    },
    /// Nobody claims it: a dead letter 盲件.
    DeadLetter(MailId),
    /// The addressee of a dead letter turned up.
    Recall(MailId),
    /// The postman took these along.
    HandToPost(Vec<MailId>),
    /// Somebody may collect for a company or a person.
    LetCollect(AuthorityOrder),
    /// Somebody may not any more.
    WithdrawAuthority(AuthorityId),
    /// Where the mail of a company goes that has moved; empty where nobody knows any more.
    NoteForwarding(TenantId, String),
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceDone {
    /// A visitor may come in, or not.
    SaidYes(bool),
    /// A visitor is in, under this number.
    LetIn(String),
    /// A visitor is signed out.
    SignedOut,
    /// Paper is on its way.
    Printing,
    /// A visit is expected; the code that confirms it.
    Announced(String),
    /// So many visits are expected.
    TableAnnounced(usize),
    /// A permit was entered; its last day.
    PermitEntered(NaiveDate),
    /// An expected visit was taken back.
    VisitWithdrawn,
    /// A permit was taken back.
    PermitWithdrawn,
    /// Somebody stands on the list.
    Barred,
    /// Somebody stands on it no longer.
    AdmittedAgain,
    /// Somebody looked at a possible match; where the visit stands now.
    MatchSettled(VisitState),
    /// A temporary card is out.
    CardOut,
    /// A temporary card is back.
    CardBack,
    /// A temporary card is written off.
    CardGone,
    /// A key is back.
    KeyBack {
        /// Its hook.
        hook: String,
        /// What it waits for, where it does not hang there again.
        awaits: Option<Awaits>,
        /// Whether somebody has to see to the unit, because something of it was not confirmed.
        to_see: bool,
    },
    /// A key is no longer kept; the hook it was on.
    KeyRetired(String),
    /// A key is out from this hook, until then.
    KeyOut(String, DateTime<Utc>),
    /// A key hangs on this hook.
    KeyHung(String),
    /// A lost key is here again; its hook.
    KeyTurnedUp(String),
    /// A key hangs on its hook again.
    KeyHungBack(String),
    /// Keys were granted.
    Granted,
    /// A grant was withdrawn.
    GrantWithdrawn,
    /// A tenant was told.
    TenantTold,
    /// A report was written.
    KeyReported,
    /// The supervisor has decided.
    KeyDecided,
    /// The check goes on.
    Checking,
    /// The check is closed.
    CheckClosed,
    /// Mail was taken in, under this number and with this code; how many the batch holds.
    MailIn(String, String, u32),
    /// A piece was put right, and has this number, where it had one before, and this code now.
    MailCorrected(Option<String>, String),
    /// A batch is closed; how many it holds.
    BatchClosed(u32),
    /// So many were reminded.
    Reminded(usize),
    /// A round set out, with the list of this number.
    RoundStarted(String),
    /// What became of a piece is written down.
    Noted,
    /// It is noted, and a notice for its door prints.
    NotedForDoor,
    /// So many papers were delivered.
    BulkNoted(usize),
    /// A round is over.
    RoundEnded,
    /// A return waits for whoever allows it.
    ReturnAsked,
    /// Mail was handed out without an authority.
    HandedOut,
    /// Mail was handed out by its code; of these kinds were pieces that meanwhile went, or may not go.
    HandedOutByCode(Vec<MailKind>),
    /// The postman has so many.
    AtPost(usize),
    /// Mail moved on.
    MailMoved,
    /// Where a company's mail goes was written down.
    ForwardingNoted,
    /// Somebody may collect for somebody else.
    AuthorityGiven,
    /// Somebody may not any more.
    AuthorityWithdrawn,
}

/// Why it was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceRefusal {
    /// About a visit.
    Visit(VisitRefusal),
    /// The file cannot be read, and what the system says to it.
    File(std::io::ErrorKind),
    /// Lines of a table are wrong; nothing was announced.
    Table(Vec<LineError>),
    /// About a key.
    Key(KeyRefusal),
    /// About a key that was to come back.
    KeyBack(KeyReturnRefusal),
    /// About a key that somebody wanted to take.
    KeyOut(TakeRefusal),
    /// The card is nobody's, or blocked.
    UnknownCard,
    /// About mail.
    Mail(MailRefusal),
    /// About who may collect whose mail.
    Authority(AuthorityRefusal),
}
