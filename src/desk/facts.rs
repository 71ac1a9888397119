//! What the desk shows, read from the books and the devices at one moment.

mod keys;

pub use keys::{
    Bringer, CheckFact, GrantFact, HookFact, KeyPast, KeyPastFact, KeyUseFact, NotBackFact,
    ReportFact, TakingEnded, TakingFact,
};

use super::about::About;
use super::lending::{KeptFact, LendingFacts};
use crate::equipment::{DeviceKind, Fault, TestPage};
use crate::lending::{Loan, Question, Stand, Thing};
use crate::mail::desk::{Return, Round};
use crate::mail::{Addressee, Authority, Item, MailId, PickUpWay, RecipientName};
use crate::matters::Matter;
use crate::people::{
    Bilingual, CardId, CardState, LastRead, PersonId, PersonName, Role, TenantId, TenantState,
};
use crate::slips::{JobState, PrintJobId, PrinterName, SlipNumber};
use crate::visits::{CardOut, DoNotAdmitId, Doubt, PermitId, Told, Visit};
use chrono::{DateTime, NaiveDate, Utc};

/// Everything of the books that the rooms show, at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// What is on loan, the earliest due first.
    pub out: Vec<LoanFact>,
    /// Every tagged thing that is not retired, by its tag.
    pub things: Vec<Thing>,
    /// Every stand.
    pub stands: Vec<Stand>,
    /// What else there is to know about things on loan.
    pub lending: LendingFacts,
    /// What is open, the oldest first.
    pub matters: Vec<MatterFact>,
    /// What was closed of late, the latest first.
    pub matters_closed: Vec<ClosedFact>,
    /// The latest print jobs, the newest first.
    pub jobs: Vec<JobFact>,
    /// What was written in the journal today, the newest first.
    pub today: Vec<EntryFact>,
    /// Loans made today in each hour of the building's day.
    pub lent_by_hour: Vec<u32>,
    /// Who works at the desk.
    pub staff: Vec<PersonFact>,
    /// The tenants, by name.
    pub tenants: Vec<TenantFact>,
    /// Every hook, with who has its key.
    pub hooks: Vec<HookFact>,
    /// The keeper's check: the oldest that is not closed, else today's, once it is begun.
    pub key_check: Option<CheckFact>,
    /// The last day on which the keeper went through the hooks; where that never was, the day on which
    /// the first key was hung.
    pub keys_checked: Option<NaiveDate>,
    /// Reports of keys that wait for the supervisor.
    pub key_reports: Vec<ReportFact>,
    /// Why keys were not back, as the keeper wrote of late; the latest of each.
    pub keys_not_back: Vec<NotBackFact>,
    /// What was decided about keys, the latest first, and those that are no longer kept.
    pub keys_past: Vec<KeyPastFact>,
    /// Visits that are not over, and those of today that are.
    pub visits: Vec<VisitFact>,
    /// Mail that waits, by shelf.
    pub mail: Vec<Item>,
    /// Mail that is to go back, and is not gone.
    pub returns: Vec<Return>,
    /// Rounds that are not over.
    pub rounds: Vec<RoundFact>,
    /// The day of the latest round that set out.
    pub last_round: Option<NaiveDate>,
    /// What waits for the postman: printed returns and dead letters.
    pub post: Vec<Item>,
    /// Temporary cards that are out, the longest first.
    pub cards_out: Vec<CardOutFact>,
    /// Work permits that are not over, the next to end first.
    pub permits: Vec<PermitFact>,
    /// Those who are not admitted; for whoever keeps that list.
    pub barred: Vec<BarredFact>,
    /// Grants of keys that hold.
    pub grants: Vec<GrantFact>,
    /// Who may collect whose mail.
    pub authorities: Vec<AuthorityFact>,
    /// The latest takings of keys, the newest first.
    pub key_register: Vec<TakingFact>,
    /// Uses of keys to tenants' units, of which the tenants were not told.
    pub key_uses: Vec<KeyUseFact>,
    /// Keys that are out.
    pub keys_out: u32,
    /// Mail that waits, as many as the table of it has.
    pub mail_waiting: u32,
}

/// What needs a person now, as far as a window may say it that anybody can read: numbers, and nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Calls from the touch screen that nobody has taken in hand.
    pub called: u32,
    /// Visitors whom somebody has to look at before they may come in.
    pub to_check: u32,
    /// Visitors who wait for a yes.
    pub waiting: u32,
}

/// Whom somebody in a form means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Somebody the books know.
    Known(Addressee),
    /// Somebody they do not know, so called.
    Called(String),
}

/// Who may be meant in a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub who: Whom,
    /// The name.
    pub name: RecipientName,
    /// The company of a person.
    pub company: Option<Bilingual>,
    /// The first room of the company.
    pub room: String,
    /// Whether the company has left the building.
    pub has_moved: bool,
    /// Whether this person has left the company.
    pub has_left: bool,
}

/// A temporary card that has not come back.
#[derive(Clone, Debug, PartialEq)]
pub struct CardOutFact {
    /// The card, and since when it is out.
    pub card: CardOut,
    /// With which visit.
    pub visit: VisitFact,
}

/// A work permit that is not over.
#[derive(Clone, Debug, PartialEq)]
pub struct PermitFact {
    /// Which.
    pub permit: PermitId,
    /// The number on it.
    pub number: String,
    /// The company that works.
    pub company: String,
    /// Who answers for the work.
    pub answers: Option<PersonName>,
    /// Its first day and its last.
    pub days: (NaiveDate, NaiveDate),
}

/// Somebody who is not admitted.
#[derive(Clone, Debug, PartialEq)]
pub struct BarredFact {
    /// The entry of the list.
    pub entry: DoNotAdmitId,
    /// The name, where it is known.
    pub name: Option<PersonName>,
    /// The telephone; empty where it is not known.
    pub phone: String,
    /// Whether a document's number is known.
    pub has_document: bool,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// An authority for mail that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorityFact {
    /// The authority.
    pub authority: Authority,
    /// Whose mail.
    pub principal: RecipientName,
    /// Who collects it.
    pub holder: Option<PersonName>,
}

/// A round that is not over, with all that went along.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundFact {
    /// The round.
    pub round: Round,
    /// Who carries it.
    pub carrier: Option<PersonName>,
    /// What went along, in the order of the doors.
    pub items: Vec<Item>,
    /// Who took what was delivered, as it was written down.
    pub taken_by: Vec<(MailId, String)>,
}

/// A visit, with whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitFact {
    /// The visit.
    pub visit: Visit,
    /// The host's name.
    pub host: Option<PersonName>,
    /// The company's name.
    pub tenant: Option<Bilingual>,
    /// The digits of the code of an announced visit, as they are read out on the telephone.
    pub code: Option<String>,
    /// Why this may be somebody who is not admitted, while nobody has looked: both side by side.
    pub doubt: Option<Box<Doubt>>,
    /// What the visitor told and left at the touch screen.
    pub told: Told,
}

/// Something on loan, with who has it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoanFact {
    /// The loan.
    pub loan: Loan,
    /// Who has it.
    pub borrower: PersonName,
    /// Of which company.
    pub tenant: Option<Bilingual>,
    /// The job of its slip, where one was due.
    pub job: Option<PrintJobId>,
    /// How and when it ended; nothing while it goes on.
    pub ended: Option<LoanEnded>,
    /// Who brought it back; nothing where it is not back.
    pub bringer: Option<Bringer>,
    /// What the house holds of its deposit, in fen; nothing where none was ever taken.
    pub held_fen: Option<u32>,
    /// The parts that did not come back with it, and have not since.
    pub missing: Vec<Question>,
}

/// How a loan ended, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoanEnded {
    /// What went out came back.
    Back(DateTime<Utc>),
    /// It did not: it was written off as lost.
    Lost(DateTime<Utc>),
}

/// An open matter, with what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct MatterFact {
    /// The matter.
    pub matter: Matter,
    /// The name of its owner.
    pub owner: Option<PersonName>,
    /// What was written about it.
    pub notes: Vec<String>,
    /// What it is about.
    pub about: About,
}

/// A matter that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedFact {
    /// The matter.
    pub fact: MatterFact,
    /// When it was closed.
    pub at: DateTime<Utc>,
    /// Who closed it.
    pub by: Option<PersonName>,
}

/// A print job.
#[derive(Clone, Debug, PartialEq)]
pub struct JobFact {
    /// The job.
    pub id: PrintJobId,
    /// The number on the slip.
    pub number: SlipNumber,
    /// 0 for the first printing, else the number the reprint bears.
    pub reprint: u32,
    /// Where it stands.
    pub state: JobState,
    /// By which printer, where a byte was sent.
    pub printer: Option<PrinterName>,
    /// Since when.
    pub moved: DateTime<Utc>,
    /// Whether the same slip was printed again after this one.
    pub again: bool,
}

/// A row of the journal, as far as a table of today needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryFact {
    /// Its place in the journal.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Which service.
    pub service: String,
    /// What kind of entry.
    pub kind: String,
    /// Who acted, where a card or a PIN told.
    pub person: Option<PersonName>,
    /// What it was about, as people call it: a thing's label, a slip's number.
    pub about: String,
}

/// A person as the desk knows them.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonFact {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// Of which company, with its rooms.
    pub tenant: Option<(Bilingual, String)>,
    /// What this person may be here.
    pub roles: Vec<Role>,
    /// The cards.
    pub cards: Vec<(CardId, CardState)>,
    /// How many things this person has on loan.
    pub loans: u32,
    /// How many keys.
    pub keys: u32,
    /// Whether this person can log in at the desk.
    pub has_pin: bool,
}

/// A company.
#[derive(Clone, Debug, PartialEq)]
pub struct TenantFact {
    /// Which.
    pub tenant: TenantId,
    /// Its name.
    pub name: Bilingual,
    /// Its rooms.
    pub rooms: String,
    /// Moving in, in, moving out, moved.
    pub state: TenantState,
    /// The number it is phoned at; empty where nobody knows.
    pub phone: String,
    /// Where its mail goes once it has moved; empty where nobody knows.
    pub forwarding: String,
    /// Its address as it stands on letters in English; empty where nobody knows.
    pub address_en: String,
}

/// Something that a search found.
#[derive(Clone, Debug, PartialEq)]
pub enum Hit {
    /// A person.
    Person(Box<PersonFact>),
    /// A thing, with its loan where it is out.
    Thing(Thing, Option<Box<LoanFact>>),
    /// A loan, by the number on its slip.
    Loan(Box<LoanFact>),
    /// A company.
    Tenant(TenantFact),
    /// A visit.
    Visit(Box<VisitFact>),
    /// A piece of mail; where it is gone, how it went.
    Mail(Box<Item>, Option<Box<MailGone>>),
    /// A key that is kept.
    Key(Box<HookFact>),
    /// A grant of keys.
    Grant(GrantFact),
    /// An open matter.
    Matter(Box<MatterFact>),
    /// A matter that is over.
    Closed(Box<ClosedFact>),
    /// A work permit.
    Permit(PermitFact),
    /// A thing kept for somebody.
    Kept(KeptFact),
}

/// How a piece of mail went: by whose hands, and who signed.
#[derive(Clone, Debug, PartialEq)]
pub struct MailGone {
    /// When.
    pub at: DateTime<Utc>,
    /// By which way it was handed out; none where it was delivered on a round.
    pub way: Option<PickUpWay>,
    /// Who took it, by their card.
    pub collector: Option<PersonName>,
    /// Who took it, as it was written down.
    pub taken_by: String,
    /// Why it was handed out without an authority.
    pub reason: String,
    /// Whether, and where, it was signed for.
    pub signed: Option<SignedOn>,
}

/// Where somebody signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOn {
    /// At the touch screen.
    Glass,
    /// On paper, which the desk keeps.
    Paper,
}

/// How a device stands.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceFact {
    /// What it is and which: `reader-front`.
    pub id: String,
    /// What it is.
    pub kind: DeviceKind,
    /// What the settings call it, where it is a printer that can print a test page.
    pub printer: Option<PrinterName>,
    /// Whether it works; none while it was not tried yet.
    pub works: Option<bool>,
    /// What is wrong.
    pub fault: Option<Fault>,
    /// A printer's roll ends soon.
    pub paper_low: bool,
    /// Its paper is counted, and somebody says when a new roll is in.
    pub counts_paper: bool,
    /// What it says it is.
    pub identity: Option<String>,
    /// What went wrong last, and when.
    pub last_fault: Option<(DateTime<Utc>, Fault)>,
    /// Its line comes and goes.
    pub flaps: bool,
    /// How its last test page went, and since when.
    pub test_page: Option<(DateTime<Utc>, TestPage)>,
    /// When it last read a card, a document or a code, and how.
    pub last_read: Option<LastRead>,
    /// How often the port was opened again.
    pub reopenings: u64,
    /// Frames, bytes of noise, errors.
    pub counters: Counters,
}

/// What a port counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Whole messages that were believed.
    pub frames: u64,
    /// Bytes that meant nothing.
    pub discarded: u64,
    /// Messages that were not believed.
    pub errors: u64,
}
