//! What the touch screen shows: plain data, comparable, without a word of any language.
//!
//! `screen` puts words and pixels to it. Only the latest view is ever shown, so a view says
//! everything and refers to nothing before it. Times are local to the building.

mod own_page;
mod refused;
mod reserving;

pub use own_page::{KeyLine, LoanLine, MailLine, MyPage, Offer, VisitLine};
pub use refused::{Refusal, Refused};
pub use reserving::{DayLine, Kept, KeptLine, Readiness, Reserving, Room, TimeLine};

use crate::lending::rain::Way;
use crate::lending::{BroughtBy, KindIcon, Question};
use crate::people::directory::TenantsFound;
use crate::people::{Bilingual, Language, Signature, Tenant};
use crate::slips::{PaperTrouble, PrinterName};
use crate::typing::{Mode, Purpose};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// Everything on the touch screen at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The language of this session.
    pub language: Language,
    /// Senior view and low reach, as chosen in this session.
    pub comfort: Comfort,
    /// Local date and time, to the minute.
    pub clock: NaiveDateTime,
    /// The building's name.
    pub building: Bilingual,
    /// The page.
    pub page: Page,
    /// What stands in words under the head of the page: a device that does not work right now.
    pub notices: Vec<Notice>,
    /// Seconds until home, where nobody has touched anything for a while.
    pub countdown: Option<u32>,
    /// The program runs with sample data and simulated devices.
    pub trial: bool,
    /// The field and its keyboard, where the page asks for a text.
    pub writing: Option<Writing>,
    /// Where the slip of the page is, where its stage does not say.
    pub slip: Option<SlipStage>,
    /// What visitors are told and choose from.
    pub reception: Reception,
    /// What has been signed so far, where the page asks for a signature.
    pub strokes: Signature,
    /// The building's zone: services' pages hold moments, which are shown as the clock on the wall.
    pub zone: Tz,
}

/// What the house says to its visitors, where a page of theirs is shown; empty elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reception {
    /// The purposes to choose from.
    pub purposes: Vec<Bilingual>,
    /// What is recorded and why, and the house rules.
    pub notices: Vec<Bilingual>,
}

/// A field and its keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// What the text is for.
    pub purpose: Purpose,
    /// The text so far.
    pub text: String,
    /// Letters that are not text yet.
    pub composing: String,
    /// What they can be; one page of it.
    pub candidates: Vec<String>,
    /// Whether there is another page.
    pub more: bool,
    /// The way of typing.
    pub mode: Mode,
    /// Whether letters are capital.
    pub capital: bool,
    /// The keys row by row.
    pub rows: Vec<Vec<char>>,
}

/// How large and how low things are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comfort {
    /// Senior view 长者模式: every size × 1.4.
    pub large: bool,
    /// Low reach 低位: the controls move to the lower part of the panel.
    pub low: bool,
}

/// A device that does not work, as far as people need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No card reader answers; numbers can be typed.
    NoReader,
    /// No scanner answers; numbers can be typed.
    NoScanner,
    /// Slips wait for the printer.
    NoPrinter(PaperTrouble),
    /// The roll is near its end.
    PaperNearEnd,
    /// Slips come out of this printer for now.
    PrintsElsewhere(PrinterName),
}

/// One screen, named after the situation.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// Nobody is here.
    Home(Home),
    /// One moment: an answer is on its way.
    Wait,
    /// One card, everything.
    MyPage(MyPage),
    /// Which kind of thing.
    Choose(Choose),
    /// Please tap your card.
    TapCard(TapCard),
    /// Please scan the tag of the thing to borrow.
    ScanTag(ScanTag),
    /// Typing a number where a device is missing.
    TypeNumber(TypeNumber),
    /// Terms to agree to before a loan.
    Confirm(Confirm),
    /// It is yours.
    Borrowed(Borrowed),
    /// Please scan what you bring back.
    GiveBack(GiveBack),
    /// It is yours for good.
    Given(Given),
    /// You keep it longer.
    Renewed(Renewed),
    /// Having something kept for oneself.
    Reserving(Reserving),
    /// It is back, and something is asked about it.
    Asking(Asking),
    /// It is back.
    Returned(Returned),
    /// Which company is on which floor.
    Directory(Directory),
    /// A company is typed, to see where it is.
    FindTenant {
        /// Those it finds.
        found: TenantsFound,
    },
    /// The desk was called.
    DeskCalled,
    /// A page of mail, as its flow has it.
    Mail(Box<crate::mail::flow::Stage>),
    /// A page of visitors, as its flow has it.
    Visits(Box<crate::visits::flow::Stage>),
    /// The host said yes, or no, to a visitor.
    SaidYes,
    /// A page of keys, as its flow has it.
    Keys(Box<crate::keys::flow::Stage>),
    /// No, because.
    Refused(Refused),
    /// The loan stands, the slip does not come out.
    PrinterTrouble(PrinterTrouble),
    /// Nothing works here right now.
    OutOfService(OutOfService),
}

/// The home screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Which greeting.
    pub day_part: DayPart,
    /// It rains: these are lent, in this way.
    pub rain: Option<(Bilingual, Way)>,
    /// What can be done without a card first, the commonest first.
    pub tiles: Vec<HomeTile>,
}

/// The greeting by time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// 05:00 to 11:59
    Morning,
    /// 12:00 to 17:59
    Afternoon,
    /// 18:00 to 04:59
    Evening,
}

/// A tile of the home screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeTile {
    /// 借用物品
    Borrow,
    /// 归还
    GiveBack,
    /// 访客登记
    SignIn,
    /// 访客签离
    SignOut,
    /// 取邮件
    CollectMail,
    /// 楼层指引
    Directory,
}

/// Which company is on which floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// The companies, the lowest floor first.
    pub tenants: Vec<Tenant>,
}

/// Which kind of thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choose {
    /// The kinds.
    pub offers: Vec<Offer>,
}

/// Please tap your card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapCard {
    /// What for; none where the card itself was the wish.
    pub wanted: Option<Thing>,
    /// Whether the number of the card may be typed instead.
    pub typing: bool,
}

/// A thing as it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its name.
    pub name: Bilingual,
    /// Its picture.
    pub icon: KindIcon,
    /// What people call it; nothing for one out of a stand.
    pub label: Option<String>,
}

/// Please scan the tag of the thing to borrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanTag {
    /// Of which kind.
    pub wanted: Thing,
}

/// Typing a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeNumber {
    /// Which number.
    pub number: NumberAsked,
    /// What has been typed so far.
    pub typed: String,
    /// What was typed before cannot be a number of this kind.
    pub wrong: bool,
}

/// Which number is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberAsked {
    /// The one printed on the card: ten digits, or `205,42220`.
    Card,
    /// The one on the tag of the thing: `UMB-0007`.
    Tag,
    /// The one on the tag or on the slip: `UMB-0007`, `A-1123-0042`.
    TagOrSlip,
}

/// Terms to agree to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The masked name of who borrows.
    pub name: String,
    /// What.
    pub thing: Thing,
    /// Until when.
    pub due: NaiveDateTime,
    /// What is left at the desk, in fen; 0 for none.
    pub deposit_fen: u32,
}

/// It is yours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borrowed {
    /// What.
    pub thing: Thing,
    /// The number to keep.
    pub number: String,
    /// Until when.
    pub due: NaiveDateTime,
    /// Today, so that words like "tomorrow" can be found.
    pub today: NaiveDate,
    /// Where the slip is.
    pub slip: SlipStage,
    /// It is used where it stands.
    pub in_place: bool,
    /// Whether something else may be borrowed on the same card.
    pub more: bool,
    /// What was borrowed on the pages before, in one go.
    pub before: Vec<Thing>,
}

/// It is yours for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What.
    pub thing: Thing,
    /// Whether something else may be borrowed on the same card.
    pub more: bool,
    /// What was borrowed on the pages before, in one go.
    pub before: Vec<Thing>,
}

/// You keep it longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// What.
    pub thing: Thing,
    /// Until when.
    pub due: NaiveDateTime,
}

/// It is back, and something is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// What.
    pub thing: Thing,
    /// The number of the slip of its loan.
    pub number: String,
    /// What is asked, one by one.
    pub points: Vec<PointLine>,
}

/// Something asked about a thing that is back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointLine {
    /// What.
    pub question: Question,
    /// The part it is about.
    pub part: Option<Bilingual>,
    /// What was said.
    pub yes: Option<bool>,
}

/// Where the slip of a committed deed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipStage {
    /// None is due for this kind.
    None,
    /// On its way.
    Printing,
    /// The printer proved it.
    Printed,
    /// It is on its way on a label, as a badge.
    BadgePrinting,
    /// The badge is out.
    BadgePrinted,
    /// It was sent, and nobody knows whether it came out.
    Unknown,
    /// It waits for the printer.
    Waiting(PaperTrouble),
}

/// Please scan what you bring back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveBack {
    /// What the person whose card was tapped holds, to choose from.
    pub loans: Vec<LoanLine>,
}

/// It is back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// What.
    pub thing: Thing,
    /// The number of its slip.
    pub number: String,
    /// Who brought it.
    pub brought_by: BroughtBy,
    /// Whether it came after its time.
    pub late: bool,
    /// Whether the desk still looks at it: please hand it over there.
    pub awaiting_check: bool,
    /// It is used where it stands.
    pub in_place: bool,
    /// It was written off as lost before.
    pub turned_up: bool,
    /// What was brought back on the pages before, in one go.
    pub before: Vec<Thing>,
}

/// The loan stands, the slip does not come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterTrouble {
    /// What went out.
    pub thing: Thing,
    /// The number to note: the largest thing on the screen.
    pub number: String,
    /// Until when.
    pub due: NaiveDateTime,
    /// What the printer needs; none where nobody knows whether the slip came out.
    pub trouble: Option<PaperTrouble>,
}

/// Nothing works here right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfService {
    /// The code of the fault table in README.md.
    pub code: FaultCode,
}

/// Faults that close the kiosk, by the code on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultCode {
    /// F01: the store cannot write (disk full, folder read-only, disk error).
    StoreCannotWrite,
    /// F02: the database is damaged.
    StoreDamaged,
}

impl FaultCode {
    /// The code as shown and as listed in README.md.
    pub fn code(self) -> &'static str {
        match self {
            FaultCode::StoreCannotWrite => "F01",
            FaultCode::StoreDamaged => "F02",
        }
    }
}
