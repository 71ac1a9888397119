//! What a make of printer can do; chosen by a person, since printers' names lie (hardware.md §7.4).

use std::time::Duration;

use super::code_page::{CodePage, CodeTable};
use crate::link::serial::Flow;

/// Dots a text line takes with its spacing: the 3.75 mm that printers begin with (§7.1).
pub const LINE_DOTS: u32 = 30;
/// Dots a large line takes: printers feed by the height of what they print where that is more.
pub const LARGE_LINE_DOTS: u32 = 48;
/// Dots of a column of font A.
pub const COLUMN_DOTS: u32 = 12;
/// Dots of a millimetre, at 203 dots an inch.
pub const DOTS_PER_MM: u32 = 8;

/// One make of printer. Take the nearest by name and set what differs:
///
/// ```
/// use lodge_hardware::escpos::code_page::CodePage;
/// use lodge_hardware::escpos::profile::Profile;
/// let mine = Profile {
///     columns: 42,
///     dots: 512,
///     code_table: CodePage::Cp858.as_epson(),
///     ..Profile::epson_80mm_western()
/// };
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Its name in settings.
    pub name: &'static str,
    /// Columns of font A; a Chinese character takes two.
    pub columns: u8,
    /// Dots across the paper.
    pub dots: u16,
    /// Whether it has a two-byte Chinese font (§7.3).
    pub chinese: bool,
    /// Whether that font has the four-byte codes of GB 18030 too, for rare characters in names. Only
    /// for a printer that was seen to print one: most print four letters instead (§7.3 rule 2).
    pub four_byte: bool,
    /// The code page of a printer without a Chinese font, and the number it has there.
    pub code_table: CodeTable,
    /// The national set to choose by ESC R: 0, USA, where `$` and `#` are not to depend on how the
    /// printer was set up (15, China, prints `¥` for `$` on some makes); `None` to leave it.
    pub national_set: Option<u8>,
    /// How Chinese characters become large.
    pub chinese_size: ChineseSize,
    /// Whether FS S 0 0 is needed to keep Chinese on the two-column grid (§7.2).
    pub tight_chinese: bool,
    /// How it cuts.
    pub cutter: Cutter,
    /// Lines from the head to the cutter or the tear bar: fed before a cut that does not feed by
    /// itself.
    pub feed_before_cut: u8,
    /// Whether it says that a job is printed (GS ( H, §7.5).
    pub process_id: ProcessId,
    /// The usual handshake.
    pub flow: Flow,
    /// The least that it takes to listen again once it has lost its power, however short that was; no maker
    /// says, and most take seconds. The less, the more fences stand in a slip.
    pub restart: Duration,
}

/// The command that makes Chinese characters large.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChineseSize {
    /// GS ! does for all characters.
    GsBang,
    /// Some clones need FS ! besides.
    FsBang,
    /// Some clones need FS W besides.
    FsW,
}

/// How paper is cut (GS V, §7.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cutter {
    /// There is no cutter: feed to the tear bar.
    None,
    /// GS V 0 after feeding lines.
    Full,
    /// GS V 1 after feeding lines.
    Partial,
    /// GS V 66 0, which feeds to the cutter by itself and leaves a bridge.
    FeedPartial,
}

/// Whether a printer answers the process-id command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProcessId {
    /// It does.
    Yes,
    /// It does not, or prints the command as text.
    No,
    /// Ask it once when it is idle.
    Probe,
}

impl Profile {
    /// An 80 mm printer with a Chinese font and a cutter, as sold under many names.
    #[must_use]
    pub const fn generic_80mm() -> Self {
        Self {
            name: "generic-80mm",
            columns: 48,
            dots: 576,
            chinese: true,
            four_byte: false,
            code_table: CodePage::Wpc1252.as_epson(),
            national_set: None,
            chinese_size: ChineseSize::FsBang,
            tight_chinese: true,
            cutter: Cutter::FeedPartial,
            feed_before_cut: 4,
            process_id: ProcessId::Probe,
            flow: Flow::Hardware,
            restart: Duration::from_millis(500),
        }
    }

    /// A 58 mm printer with a Chinese font and a tear bar.
    #[must_use]
    pub const fn generic_58mm() -> Self {
        Self {
            name: "generic-58mm",
            columns: 32,
            dots: 384,
            cutter: Cutter::None,
            process_id: ProcessId::No,
            ..Self::generic_80mm()
        }
    }

    /// An Epson TM of the families T20 to T88VII, Chinese model (§7.5).
    #[must_use]
    pub const fn epson_80mm() -> Self {
        Self {
            name: "epson-80mm",
            chinese_size: ChineseSize::GsBang,
            tight_chinese: false,
            process_id: ProcessId::Yes,
            ..Self::generic_80mm()
        }
    }

    /// The same without a Chinese font: Chinese characters are drawn, or print as question marks.
    #[must_use]
    pub const fn epson_80mm_western() -> Self {
        Self {
            name: "epson-80mm-western",
            chinese: false,
            ..Self::epson_80mm()
        }
    }

    /// An 80 mm printer without a Chinese font, as sold under many names.
    #[must_use]
    pub const fn generic_80mm_western() -> Self {
        Self {
            name: "generic-80mm-western",
            process_id: ProcessId::Probe,
            ..Self::epson_80mm_western()
        }
    }

    /// A 58 mm printer without a Chinese font, with a tear bar.
    #[must_use]
    pub const fn generic_58mm_western() -> Self {
        Self {
            name: "generic-58mm-western",
            chinese: false,
            chinese_size: ChineseSize::GsBang,
            tight_chinese: false,
            ..Self::generic_58mm()
        }
    }

    /// Every profile.
    #[must_use]
    pub const fn all() -> [Self; 6] {
        [
            Self::generic_80mm(),
            Self::generic_58mm(),
            Self::epson_80mm(),
            Self::epson_80mm_western(),
            Self::generic_80mm_western(),
            Self::generic_58mm_western(),
        ]
    }

    /// The profile of that name in settings.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|profile| profile.name == name)
    }

    /// The names that settings may use.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        Self::all().map(|profile| profile.name).to_vec()
    }
}
