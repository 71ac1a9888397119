//! What a site says of a device beside its make: what no manual is sure of, or its units do otherwise.
//!
//! Each protocol has keys of its own; what a file leaves out stays as the make has it.

use super::device::Protocol;
use serde::Deserialize;
use std::time::Duration;

/// What a device does otherwise than its make, by what it speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Makes {
    /// There is nothing to say.
    #[default]
    Usual,
    /// An EM4100 reader.
    Em4100(Em4100),
    /// A PN532.
    Pn532(Pn532),
    /// A SAM_V module.
    SamV(SamV),
    /// A converter from a Wiegand wire.
    Converter(Converter),
    /// A scanner.
    Scanner(Scanner),
    /// A receipt printer.
    Receipts(Receipts),
    /// A label printer.
    Labels(Labels),
}

impl Makes {
    /// A device of which nothing is said.
    pub(super) fn usual(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Em4100 => Makes::Em4100(Em4100::default()),
            Protocol::Pn532 => Makes::Pn532(Pn532::default()),
            Protocol::SamV => Makes::SamV(SamV::default()),
            Protocol::Wiegand => Makes::Converter(Converter::default()),
            Protocol::LineScanner => Makes::Scanner(Scanner::default()),
            Protocol::EscPos => Makes::Receipts(Receipts::default()),
            Protocol::Tspl | Protocol::Zpl => Makes::Labels(Labels::default()),
            Protocol::Osdp => Makes::Usual,
        }
    }
}

/// How an EM4100 reader is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Em4100 {
    /// So long without a frame ends a presentation; the same card is another one after it.
    pub silence: Duration,
}

impl Default for Em4100 {
    fn default() -> Self {
        Em4100 {
            silence: Duration::from_millis(300),
        }
    }
}

/// How a PN532 is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pn532 {
    /// How often it calls again before it says that there is no card.
    pub calls_again: u8,
    /// Zeros behind the bytes that wake it, 87 µs each.
    pub wake_zeros: u8,
    /// How long a command's acknowledgement may take.
    pub acknowledged_within: Duration,
}

impl Default for Pn532 {
    fn default() -> Self {
        Pn532 {
            calls_again: 2,
            wake_zeros: 14,
            acknowledged_within: Duration::from_millis(200),
        }
    }
}

/// How far a SAM_V module is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamV {
    /// Whether it reads foreigners' cards of 2023.
    pub foreigners_2023: bool,
    /// Whether permits of Hong Kong, Macao and Taiwan residents must begin with 81, 82 or 83 and 0000.
    pub permit_beginnings: bool,
    /// The largest radio frame in bytes; none where the maker says nothing of one.
    pub radio_frame: Option<u8>,
}

impl Default for SamV {
    fn default() -> Self {
        SamV {
            foreigners_2023: true,
            permit_beginnings: false,
            radio_frame: None,
        }
    }
}

/// How a converter from a Wiegand wire writes a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Converter {
    /// What its digits are.
    pub radix: Option<Radix>,
    /// How many there are.
    pub digits: Option<u8>,
    /// What stands behind them.
    pub end: Option<End>,
    /// How many bits they stand for.
    pub wire_bits: Option<u8>,
    /// Whether the two parity bits are among these.
    pub with_parity: bool,
    /// How many of the low number bits are told.
    pub keep_bits: Option<u8>,
}

/// What digits are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Radix {
    /// 0 to 9 and A to F.
    Hexadecimal,
    /// 0 to 9.
    Decimal,
}

/// What stands behind a card or a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// CR, LF or both.
    Line,
    /// CR.
    Cr,
    /// LF.
    Lf,
    /// CR and LF.
    CrLf,
    /// Nothing but a pause.
    Pause,
}

impl End {
    /// The word in settings.
    pub fn word(self) -> &'static str {
        match self {
            End::Line => "line",
            End::Cr => "cr",
            End::Lf => "lf",
            End::CrLf => "cr-lf",
            End::Pause => "pause",
        }
    }
}

/// How a scanner is talked to and listened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanner {
    /// When it reads.
    pub mode: Mode,
    /// Whether it is put into that mode each time.
    pub set_up: bool,
    /// Whether a Grow module's reply is believed only where its CRC is right.
    pub check_replies: bool,
    /// What stands behind a code.
    pub end: End,
    /// These bytes stand behind it in place of that; none for `end`.
    pub suffix: Vec<u8>,
    /// What stands before every code.
    pub prefix: Vec<u8>,
    /// Whether a leading AIM identifier is taken off.
    pub aim: bool,
    /// In which encodings a code is looked at.
    pub encoding: Encoding,
    /// A code without an end mark ends after this pause.
    pub idle_end: Duration,
    /// The same code again within this is one scan.
    pub same_code: Duration,
}

impl Default for Scanner {
    fn default() -> Self {
        Scanner {
            mode: Mode::AutoSense,
            set_up: true,
            check_replies: true,
            end: End::Line,
            suffix: Vec::new(),
            prefix: Vec::new(),
            aim: true,
            encoding: Encoding::Utf8ThenGb18030,
            idle_end: Duration::from_millis(80),
            same_code: Duration::from_millis(1500),
        }
    }
}

/// When a scanner reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Whenever something is in front of it.
    AutoSense,
    /// When it is told to.
    Commanded,
}

/// In which encodings a code is looked at, the likelier one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, else GB18030.
    #[serde(rename = "utf-8-then-gb18030")]
    Utf8ThenGb18030,
    /// GB18030, else UTF-8.
    #[serde(rename = "gb18030-then-utf-8")]
    Gb18030ThenUtf8,
    /// UTF-8 only.
    #[serde(rename = "utf-8")]
    Utf8,
    /// GB18030 only.
    Gb18030,
}

/// What a receipt printer does otherwise than its profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receipts {
    /// Columns of font A.
    pub columns: Option<u8>,
    /// Whether it has a Chinese font.
    pub chinese: Option<bool>,
    /// Whether that font has the four-byte codes of GB 18030 too.
    pub four_byte: Option<bool>,
    /// The code page of its Western characters.
    pub code_page: Option<CodePage>,
    /// The number that this page has there; the one Epson gave it where none is said.
    pub code_page_number: Option<u8>,
    /// The national set.
    pub national_set: Option<u8>,
    /// How Chinese characters become large.
    pub large_chinese: Option<LargeChinese>,
    /// Whether Chinese characters must be told to stand without a gap.
    pub tight_chinese: Option<bool>,
    /// How it cuts.
    pub cutter: Option<Cutter>,
    /// Lines from its head to the cutter or the tear bar.
    pub lines_to_cutter: Option<u8>,
    /// Whether it says that a job is printed.
    pub process_id: Option<ProcessId>,
    /// What it takes at the least to listen again once it has lost its power.
    pub restart: Option<Duration>,
}

/// The code pages that receipt printers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodePage {
    /// USA and standard Europe.
    Cp437,
    /// Western Europe.
    Cp850,
    /// Central Europe.
    Cp852,
    /// Western Europe with the euro sign.
    Cp858,
    /// Portuguese.
    Cp860,
    /// Canadian French.
    Cp863,
    /// Nordic.
    Cp865,
    /// Central Europe, as Windows has it.
    Wpc1250,
    /// Western Europe, as Windows has it.
    Wpc1252,
}

impl CodePage {
    /// The word in settings, which is also the drivers' name of it.
    pub fn word(self) -> &'static str {
        match self {
            CodePage::Cp437 => "cp437",
            CodePage::Cp850 => "cp850",
            CodePage::Cp852 => "cp852",
            CodePage::Cp858 => "cp858",
            CodePage::Cp860 => "cp860",
            CodePage::Cp863 => "cp863",
            CodePage::Cp865 => "cp865",
            CodePage::Wpc1250 => "wpc1250",
            CodePage::Wpc1252 => "wpc1252",
        }
    }
}

/// The command by which Chinese characters become large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LargeChinese {
    /// GS ! is enough.
    GsBang,
    /// FS ! besides.
    FsBang,
    /// FS W besides.
    FsW,
}

/// How paper is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cutter {
    /// There is a tear bar only.
    None,
    /// All the way.
    Full,
    /// With a bridge left.
    Partial,
    /// With a bridge left, and the printer feeds the paper to its cutter by itself.
    FeedPartial,
}

/// Whether a printer answers the process-id command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcessId {
    /// It does.
    Yes,
    /// It does not, or prints the command.
    No,
    /// It is asked once while it is idle.
    Probe,
}

/// What a label printer does otherwise than its profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The font for text, as the printer calls it.
    pub font: Option<String>,
    /// Dots of a character of a TSPL font, across and down.
    pub font_dots: Option<(u8, u8)>,
    /// The characters of a TSPL font.
    pub font_characters: Option<FontCharacters>,
    /// What becomes of a quotation mark within TSPL text.
    pub quotes: Option<Quotes>,
    /// The status question a TSPL printer answers.
    pub status: Option<Status>,
    /// Whether labels come out with their lower edge first.
    pub upside_down: Option<bool>,
    /// What it takes at the least to listen again once it has lost its power.
    pub restart: Option<Duration>,
}

/// The characters a TSPL font has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FontCharacters {
    /// ASCII only.
    Ascii,
    /// ASCII and GB 2312.
    Gb2312,
    /// ASCII and all of GBK.
    Gbk,
}

/// What becomes of a quotation mark within TSPL text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quotes {
    /// It is escaped as the makers' manuals say.
    Escaped,
    /// The printer knows no escape.
    Never,
}

/// The status question a TSPL printer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// ESC ! ?
    OneByte,
    /// ESC ! S
    EightBytes,
}
