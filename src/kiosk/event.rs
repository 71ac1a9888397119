//! Everything that can happen to the touch screen, in the past tense.

use super::session::{RequestId, TimerId};
use crate::keys::{self, HeldKey, Key};
use crate::lending::rain::Weather;
use crate::lending::{self, KindId, Loan, LoanId, Stock, Thing};
use crate::mail::{self, Waiting};
use crate::people::directory::TenantsFound;
use crate::people::{
    Identity, NotRead, Point, Presented, PresentedDocument, ReaderName, Scanned, Tenant,
};
use crate::slips::{JobState, LabelKind, Medium, PaperTrouble, PrintJobId, PrinterName};
use crate::typing::Press;
use crate::visits::{self, PermitTakenBack, Visit, VisitId};
use chrono::{DateTime, Utc};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Somebody touched a control.
    Touched(Touch),
    /// A card was held up to a reader, or its number typed.
    CardPresented(Presented),
    /// Something was held up to this reader that is no credential.
    CardNotRead(ReaderName, NotRead),
    /// An identity document was held up to a reader.
    DocumentPresented(PresentedDocument),
    /// A code was scanned.
    CodeScanned(Scanned),
    /// The store answered a request.
    Answered(RequestId, Answer),
    /// The store could not do what was asked; nothing was written.
    Failed(RequestId),
    /// A timer ran out.
    TimerFired(TimerId),
    /// A device came, went or changed its mind.
    DeviceChanged(DeviceChange),
    /// A print job moved on.
    SlipMoved(PrintJobId, JobState),
    /// A print job was offered to a printer of this medium.
    SlipOffered(PrintJobId, Medium),
    /// A commit of any session changed what may stand on the page: what there is to borrow, the weather,
    /// or whether somebody may come in.
    BooksChanged(Weather),
    /// The store can no longer write, or can again.
    StoreChanged(StoreHealth),
}

/// A control that was touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The home tile 借用物品.
    Borrow,
    /// The home tile 归还, and the same on My page.
    GiveBack,
    /// Collect mail 取邮件, on home and on My page.
    CollectMail,
    /// The home tile 访客登记.
    SignIn,
    /// The home tile 访客签离.
    SignOut,
    /// A control of a page of visitors.
    Visits(visits::flow::Touch),
    /// Yes to a visitor of mine, or no, on My page.
    SayYes(VisitId),
    /// Take a key 取钥匙, on My page.
    TakeKey,
    /// A control of a page of keys.
    Keys(keys::flow::Touch),
    /// Who may collect my mail, on My page.
    MailDeputies,
    /// A control of a page of mail.
    Mail(mail::flow::Touch),
    /// The home tile 楼层指引.
    Directory,
    /// A company is typed, on the directory.
    FindTenant,
    /// Call the desk 呼叫前台.
    CallDesk,
    /// A kind, on My page or on the page of kinds.
    Kind(KindId),
    /// A loan on My page to give back.
    Loan(LoanId),
    /// A control of a page of lending.
    Lending(lending::flow::Touch),
    /// Yes to the terms.
    Agree,
    /// One step back.
    Back,
    /// End this session 结束; also "done" on the last page.
    End,
    /// More time 再等一会.
    MoreTime,
    /// The other language.
    OtherLanguage,
    /// Senior view and low reach, one after the other 大字/低位.
    Comfort,
    /// Type a number instead of tapping or scanning.
    TypeInstead,
    /// A key of the number pad or keyboard.
    Key(char),
    /// The key that takes back the last character.
    Erase,
    /// The key that ends typing.
    Enter,
    /// A key of the keyboard on the screen.
    Press(Press),
    /// Wipes the pad for signatures.
    WipePad,
    /// A stroke of a signature, from touching the pad to lifting the finger.
    Stroke(Vec<Point>),
}

/// What the store answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The card that the question stood on opens nothing any more.
    CardClosed(Identity),
    /// Who a card belongs to, with what My page shows.
    Identified(Box<Identified>),
    /// What there is to borrow.
    Stocked(Vec<Stock>),
    /// What a code stands for.
    CodeRead(CodeMeaning),
    /// The companies of the house, the lowest floor first.
    Directory(Vec<Tenant>),
    /// Those of them that were found.
    TenantsFound(TenantsFound),
    /// The desk was called.
    DeskCalled,
    /// What mail asked.
    Mail(Box<mail::flow::Answer>),
    /// What visitors' pages asked.
    Visits(Box<visits::flow::Answer>),
    /// Whether the yes or no was taken.
    SaidYes(Result<(), visits::VisitRefusal>),
    /// What keys asked.
    Keys(Box<keys::flow::Answer>),
    /// What lending asked.
    Lending(Box<lending::flow::Answer>),
}

/// Who a card belongs to, and everything My page shows.
#[derive(Clone, Debug)]
pub struct Identified {
    /// Who.
    pub identity: Identity,
    /// What this person has on loan.
    pub loans: Vec<Loan>,
    /// Mail that waits.
    pub mail: Vec<Waiting>,
    /// Keys held.
    pub keys: Vec<HeldKey>,
    /// Groups of keys this person was granted.
    pub grants: Vec<keys::Grant>,
    /// Things kept for this person.
    pub kept: Vec<lending::slots::Kept>,
    /// Visitors expected, and those who wait for this person's yes.
    pub visits: Vec<Visit>,
    /// Work permits that were taken back, and for whose work this person answers.
    pub permits: Vec<PermitTakenBack>,
    /// What this person is told.
    pub told: Told,
    /// What there is to borrow.
    pub stock: Vec<Stock>,
}

/// What somebody is told at the next tap of their card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many messages of visitors wait at the desk. What they say is read out there: others stand
    /// before this screen.
    pub messages: u32,
    /// When keys to the unit of this person's company were taken, of which it was not told yet.
    pub keys_used: Vec<DateTime<Utc>>,
}

/// What a scanned code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeMeaning {
    /// A thing of ours, with its open loan where it is out.
    Thing(Thing, Option<Loan>),
    /// The slip of a visit.
    Visit(crate::slips::SlipNumber),
    /// A key, and whether it is out.
    Key(Key, bool),
    /// The label of a piece of mail, which proves nothing about who scans it.
    Mail(crate::slips::SlipNumber),
    /// The slip of a loan.
    Slip(crate::slips::SlipNumber),
    /// Nothing of ours.
    Nothing,
}

/// A device that came, went or changed its mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceChange {
    /// Some card reader works, or none does.
    Reader(bool),
    /// Some scanner works, or none does.
    Scanner(bool),
    /// What keeps the printer from printing, if anything.
    Printer(Option<PaperTrouble>),
    /// Whether the roll is near its end.
    PaperNearEnd(bool),
    /// The first printer cannot print and this one does in its place; none while it can.
    PrintsElsewhere(Option<PrinterName>),
    /// What can be printed on labels now.
    Labels(Vec<LabelKind>),
}

/// Whether the store can be trusted with a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreHealth {
    /// It writes.
    Well,
    /// It cannot write.
    CannotWrite,
    /// It is damaged.
    Damaged,
}
