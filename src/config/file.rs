//! The file as it is written: every table and key of `lodge.toml`, with the place of every value.
//!
//! Nothing here is checked beyond its type; what each key means is in `lodge.example.toml`.

use super::device::{CardBytes, CardsBehind, Check, Flow, Prints, Protocol};
use super::makes::{
    CodePage, Cutter, Encoding, End, FontCharacters, LargeChinese, Mode, ProcessId, Quotes, Radix,
    Status,
};
use crate::equipment::DeviceKind;
use crate::lending::{Counted, KindIcon};
use crate::people::{Bilingual, Language, Role};
use crate::visits::{Approval, Asked};
use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The building and this kiosk in it.
    pub building: BuildingTable,
    /// The touch panel.
    #[serde(default)]
    pub panel: PanelTable,
    /// The windows of the program.
    #[serde(default)]
    pub windows: WindowsTable,
    /// The staff window.
    #[serde(default)]
    pub desk: DeskTable,
    /// The delays.
    #[serde(default)]
    pub times: TimesTable,
    /// How card numbers are read.
    #[serde(default)]
    pub cards: CardsTable,
    /// The devices on serial ports.
    #[serde(default)]
    pub device: Vec<DeviceTable>,
    /// How visitors are received.
    #[serde(default)]
    pub visits: VisitsTable,
    /// The keys.
    #[serde(default)]
    pub keys: KeysTable,
    /// The mail room.
    #[serde(default)]
    pub mail: MailTable,
    /// What is lent; none for the kinds every house starts with.
    pub lending: Option<Vec<LendingTable>>,
}

/// `[building]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BuildingTable {
    /// Its name in both languages.
    pub name: Spanned<Bilingual>,
    /// The rooms, as on their doors.
    #[serde(default)]
    pub rooms: Vec<Spanned<String>>,
    /// When the lobby opens, `HH:MM`.
    pub opens: Option<Spanned<String>>,
    /// When rain mode is on by itself, each `HH:MM-HH:MM`.
    #[serde(default)]
    pub rain_hours: Vec<Spanned<String>>,
    /// When it closes, `HH:MM`.
    pub closes: Option<Spanned<String>>,
    /// The IANA time zone.
    pub zone: Option<Spanned<String>>,
    /// The letter of this kiosk in slip numbers.
    pub device_letter: Option<Spanned<String>>,
}

/// `[panel]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PanelTable {
    /// Pixels across.
    pub width_px: Option<Spanned<i64>>,
    /// Pixels down.
    pub height_px: Option<Spanned<i64>>,
    /// The diagonal in inches.
    pub diagonal_inches: Option<Spanned<f64>>,
    /// Black on white from the start.
    pub high_contrast: Option<bool>,
    /// Everything touchable low from the start.
    pub low_reach: Option<bool>,
    /// The colour of the house, `#RRGGBB`.
    pub accent: Option<Spanned<String>>,
}

/// `[windows]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowsTable {
    /// The window of the kiosk.
    #[serde(default)]
    pub kiosk: WindowTable,
}

/// `[windows.kiosk]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowTable {
    /// The whole screen, without a frame.
    pub fullscreen: Option<bool>,
}

/// `[desk]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeskTable {
    /// Whether the staff window opens beside the kiosk.
    pub window: Option<bool>,
    /// Pixels across.
    pub width_px: Option<Spanned<i64>>,
    /// Pixels down.
    pub height_px: Option<Spanned<i64>>,
    /// Minutes without a key before it locks itself.
    pub lock_minutes: Option<Spanned<i64>>,
    /// Minutes from one fall-back pack to the next; 0 for none.
    pub pack_minutes: Option<Spanned<i64>>,
    /// Its language.
    pub pack_language: Option<Language>,
}

/// `[times]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimesTable {
    /// Stretches every delay.
    pub factor: Option<Spanned<f64>>,
    /// Seconds without a touch.
    pub idle_seconds: Option<Spanned<i64>>,
    /// Seconds of the countdown that follows.
    pub countdown_seconds: Option<Spanned<i64>>,
}

/// `[cards]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardsTable {
    /// The bits of a card number that all readers agree on.
    pub bits: Option<Spanned<i64>>,
}

/// `[visits]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitsTable {
    /// Whose yes a guest needs.
    pub guest: Option<Approval>,
    /// Whose yes a contractor with a valid permit needs.
    pub contractor: Option<Approval>,
    /// Whose yes a courier needs.
    pub courier: Option<Approval>,
    /// Whose yes somebody needs who looks at rooms.
    pub prospective_tenant: Option<Approval>,
    /// Whose yes somebody needs who comes for an interview.
    pub interview: Option<Approval>,
    /// Days after which a visitor's data is erased.
    pub erased_after_days: Option<Spanned<i64>>,
    /// Whether temporary cards are issued.
    pub temporary_cards: Option<bool>,
    /// Whether closing time signs out who is still inside.
    pub signs_out_at_closing: Option<bool>,
    /// Minutes before its window in which an invitation is taken already.
    pub early_minutes: Option<Spanned<i64>>,
    /// What guests are asked.
    pub guest_asks: Option<Spanned<Vec<Asked>>>,
    /// The same of whoever comes for an interview.
    pub interview_asks: Option<Spanned<Vec<Asked>>>,
    /// The same of couriers.
    pub courier_asks: Option<Spanned<Vec<Asked>>>,
    /// The same of contractors.
    pub contractor_asks: Option<Spanned<Vec<Asked>>>,
    /// The same of whoever looks at rooms.
    pub prospective_tenant_asks: Option<Spanned<Vec<Asked>>>,
    /// What guests may choose as their purpose.
    pub guest_purposes: Option<Vec<Spanned<Bilingual>>>,
    /// The same of whoever comes for an interview.
    pub interview_purposes: Option<Vec<Spanned<Bilingual>>>,
    /// The same of couriers.
    pub courier_purposes: Option<Vec<Spanned<Bilingual>>>,
    /// The same of contractors.
    pub contractor_purposes: Option<Vec<Spanned<Bilingual>>>,
    /// The same of whoever looks at rooms.
    pub prospective_tenant_purposes: Option<Vec<Spanned<Bilingual>>>,
    /// What is recorded and why.
    pub notice: Option<Spanned<Bilingual>>,
    /// The house rules.
    pub house_rules: Option<Spanned<Bilingual>>,
}

/// `[keys]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeysTable {
    /// When keys are due, `HH:MM`.
    pub due_at: Option<Spanned<String>>,
    /// Minutes before that from which no key is given.
    pub no_more_minutes: Option<Spanned<i64>>,
    /// Whether a key is given in an emergency while no keys are given.
    pub emergency_in_curfew: Option<bool>,
    /// Whether masters need a second card.
    pub second_card_for_masters: Option<bool>,
    /// Whether sealed spares need a second card.
    pub second_card_for_spares: Option<bool>,
    /// Seconds in which it has to follow.
    pub second_card_seconds: Option<Spanned<i64>>,
    /// Whether a tenant is told that a key to its unit was used.
    pub tells_tenants: Option<bool>,
}

/// `[mail]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MailTable {
    /// Minutes within which special mail reaches its addressee.
    pub special_within_minutes: Option<Spanned<i64>>,
    /// Days from one reminder to the next.
    pub remind_every_days: Option<Spanned<i64>>,
    /// Days an item is held.
    pub held_days: Option<Spanned<i64>>,
    /// Days a moved tenant's ordinary mail is held.
    pub moved_held_days: Option<Spanned<i64>>,
    /// Whether every piece gets a label.
    pub label_everything: Option<bool>,
    /// Whether a notice prints where nobody was there to sign.
    pub notice_after_attempt: Option<bool>,
    /// The shelves.
    pub shelves: Option<Vec<String>>,
    /// Wrong codes in a row before a pause.
    pub wrong_codes: Option<Spanned<i64>>,
    /// Seconds of that pause.
    pub code_pause_seconds: Option<Spanned<i64>>,
}

/// `[[device]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceTable {
    /// What people call it.
    pub name: Spanned<String>,
    /// What it is.
    pub kind: DeviceKind,
    /// What it speaks.
    pub protocol: Option<Spanned<Protocol>>,
    /// Where it is plugged in.
    pub port: Spanned<String>,
    /// Bits a second.
    pub baud: Option<Spanned<i64>>,
    /// How it says "wait".
    pub flow: Option<Spanned<Flow>>,
    /// Milliseconds that the adapter between adds to every wait.
    pub adapter_ms: Option<Spanned<i64>>,
    /// Its make.
    pub profile: Option<Spanned<String>>,
    /// Milliseconds that a printer takes at the least to listen again once it has lost its power.
    pub restart_ms: Option<Spanned<i64>>,
    /// What cards are behind the bits a reader sends.
    pub cards: Option<Spanned<CardsBehind>>,
    /// In which order the bytes of such a card come.
    pub card_bytes: Option<Spanned<CardBytes>>,
    /// How packets to an OSDP reader are checked.
    pub check: Option<Spanned<Check>>,
    /// Where an OSDP reader is on its line.
    pub address: Option<Spanned<i64>>,
    /// The file with its key.
    pub key_file: Option<Spanned<String>>,
    /// Whether the key that everybody knows will do.
    pub allow_default_key: Option<Spanned<bool>>,
    /// Whether clear text will do.
    pub allow_clear_text: Option<Spanned<bool>>,
    /// Milliseconds without a frame that end a card's presentation to an EM4100 reader.
    pub silence_ms: Option<Spanned<i64>>,
    /// How often a PN532 calls again before it says that there is no card.
    pub calls_again: Option<Spanned<i64>>,
    /// Zeros behind the bytes that wake it.
    pub wake_zeros: Option<Spanned<i64>>,
    /// Milliseconds its acknowledgement may take.
    pub acknowledge_ms: Option<Spanned<i64>>,
    /// Whether a SAM_V module reads foreigners' cards of 2023.
    pub foreigners_2023: Option<Spanned<bool>>,
    /// Whether permits must begin with 81, 82 or 83 and 0000.
    pub permit_beginnings: Option<Spanned<bool>>,
    /// Its largest radio frame.
    pub radio_frame: Option<Spanned<i64>>,
    /// What the digits of a converter are.
    pub radix: Option<Spanned<Radix>>,
    /// How many there are.
    pub digits: Option<Spanned<i64>>,
    /// How many bits they stand for.
    pub wire_bits: Option<Spanned<i64>>,
    /// Whether parity is among these.
    pub with_parity: Option<Spanned<bool>>,
    /// How many of the low number bits are told.
    pub keep_bits: Option<Spanned<i64>>,
    /// What stands behind a card or a code.
    pub end: Option<Spanned<End>>,
    /// When a scanner reads.
    pub mode: Option<Spanned<Mode>>,
    /// Whether it is put into that mode.
    pub set_up: Option<Spanned<bool>>,
    /// Whether a Grow module's replies are believed only with the right CRC.
    pub check_replies: Option<Spanned<bool>>,
    /// What stands behind every code in place of `end`.
    pub suffix: Option<Spanned<String>>,
    /// What stands before every code.
    pub prefix: Option<Spanned<String>>,
    /// Whether an AIM identifier is taken off.
    pub aim: Option<Spanned<bool>>,
    /// In which encodings a code is looked at.
    pub encoding: Option<Spanned<Encoding>>,
    /// Milliseconds of the pause that ends a code.
    pub idle_ms: Option<Spanned<i64>>,
    /// Milliseconds within which the same code is one scan.
    pub same_code_ms: Option<Spanned<i64>>,
    /// Columns of a receipt printer.
    pub columns: Option<Spanned<i64>>,
    /// Whether it has a Chinese font.
    pub chinese: Option<Spanned<bool>>,
    /// Whether that font has four-byte codes.
    pub four_byte: Option<Spanned<bool>>,
    /// The code page of its Western characters.
    pub code_page: Option<Spanned<CodePage>>,
    /// The number of that page.
    pub code_page_number: Option<Spanned<i64>>,
    /// The national set.
    pub national_set: Option<Spanned<i64>>,
    /// How Chinese characters become large.
    pub large_chinese: Option<Spanned<LargeChinese>>,
    /// Whether they must be told to stand without a gap.
    pub tight_chinese: Option<Spanned<bool>>,
    /// How it cuts.
    pub cutter: Option<Spanned<Cutter>>,
    /// Lines from its head to the cutter.
    pub lines_to_cutter: Option<Spanned<i64>>,
    /// Whether it says that a job is printed.
    pub process_id: Option<Spanned<ProcessId>>,
    /// How long a new roll of a printer is.
    pub roll_metres: Option<Spanned<i64>>,
    /// The labels in a label printer, `60x40`.
    pub label_mm: Option<Spanned<String>>,
    /// What a label printer prints.
    pub prints: Option<Spanned<Prints>>,
    /// The font of a label printer.
    pub font: Option<Spanned<String>>,
    /// Dots of its characters, `12x24`.
    pub font_dots: Option<Spanned<String>>,
    /// The characters it has.
    pub font_characters: Option<Spanned<FontCharacters>>,
    /// What becomes of a quotation mark.
    pub quotes: Option<Spanned<Quotes>>,
    /// The status question it answers.
    pub status: Option<Spanned<Status>>,
    /// Whether labels come out with their lower edge first.
    pub upside_down: Option<Spanned<bool>>,
}

/// `[[lending]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LendingTable {
    /// Its name in the books.
    pub id: Spanned<String>,
    /// Its name in both languages.
    pub name: Spanned<Bilingual>,
    /// Its picture.
    pub icon: Option<KindIcon>,
    /// One by one, or so many.
    pub counted: Counted,
    /// Who may borrow.
    pub who: Spanned<Vec<Spanned<Role>>>,
    /// How many one person may hold.
    pub at_once: Option<Spanned<i64>>,
    /// Days after the day of lending.
    pub days: Option<Spanned<i64>>,
    /// The time of that day, `HH:MM`.
    pub due_at: Option<Spanned<String>>,
    /// What is left at the desk, in yuan.
    pub deposit_yuan: Option<Spanned<f64>>,
    /// Whether a slip prints.
    pub slip: Option<bool>,
    /// Whether the borrower may put it back alone.
    pub self_return: Option<bool>,
    /// Whether somebody with something overdue gets no more of this kind.
    pub blocked_while_overdue: Option<bool>,
    /// Minutes after lending, in place of days and a time of day.
    pub due_minutes: Option<Spanned<i64>>,
    /// How often a loan may be made longer.
    pub renewals: Option<Spanned<i64>>,
    /// Whether it can be kept for somebody.
    pub reservable: Option<Spanned<bool>>,
    /// Whether its condition is asked at its return.
    pub ask_condition: Option<Spanned<bool>>,
    /// Whether it is asked at its return that data was wiped.
    pub ask_wiped: Option<Spanned<bool>>,
    /// What belongs to it.
    #[serde(default)]
    pub parts: Vec<Spanned<Bilingual>>,
    /// Whether it is used where it stands.
    pub in_place: Option<Spanned<bool>>,
    /// Whether it goes to the laundry before it goes out again.
    pub washed: Option<Spanned<bool>>,
}
