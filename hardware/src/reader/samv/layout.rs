//! Where the fields of the 256-byte text block stand (hardware.md §4.4).

use std::ops::Range;

/// Bytes of the text block.
pub(crate) const BLOCK: usize = 256;

/// Which of the four layouts it is: one letter, or anything else for a resident's card.
pub(crate) const FLAG: Range<usize> = 248..250;
pub(crate) const FLAG_PERMIT: u16 = 0x4A;
pub(crate) const FLAG_FOREIGNER_2017: u16 = 0x49;
pub(crate) const FLAG_FOREIGNER_2023: u16 = 0x59;

/// Fields of residents' cards; permits ("J") and foreigners' cards of 2023 ("Y") share most.
pub(crate) const NAME: Range<usize> = 0..30;
pub(crate) const SEX: Range<usize> = 30..32;
pub(crate) const ETHNIC_GROUP: Range<usize> = 32..36;
pub(crate) const BORN: Range<usize> = 36..52;
pub(crate) const ADDRESS: Range<usize> = 52..122;
pub(crate) const NUMBER: Range<usize> = 122..158;
pub(crate) const AUTHORITY: Range<usize> = 158..188;
pub(crate) const VALID_FROM: Range<usize> = 188..204;
pub(crate) const VALID_UNTIL: Range<usize> = 204..220;

/// In place of a last day: valid for life.
pub(crate) const LONG_TERM: &str = "长期";

/// Fields only of permits ("J").
pub(crate) mod permit {
    use super::Range;
    pub(crate) const TRAVEL_PERMIT: Range<usize> = 220..238;
    pub(crate) const TIMES_ISSUED: Range<usize> = 238..242;
}

/// Fields of foreigners' cards of 2017 ("I").
pub(crate) mod foreigner_2017 {
    use super::Range;
    pub(crate) const ENGLISH_NAME: Range<usize> = 0..120;
    pub(crate) const SEX: Range<usize> = 120..122;
    pub(crate) const NUMBER: Range<usize> = 122..152;
    pub(crate) const NATIONALITY: Range<usize> = 152..158;
    pub(crate) const NAME: Range<usize> = 158..188;
    pub(crate) const BORN: Range<usize> = 220..236;
    pub(crate) const VERSION: Range<usize> = 236..240;
    pub(crate) const AUTHORITY: Range<usize> = 240..248;
}

/// Fields only of foreigners' cards of 2023 ("Y").
pub(crate) mod foreigner_2023 {
    use super::Range;
    pub(crate) const TIMES_RENEWED: Range<usize> = 32..36;
    pub(crate) const ENGLISH_NAME: [Range<usize>; 2] = [52..122, 220..242];
    pub(crate) const NATIONALITY: Range<usize> = 242..248;
    pub(crate) const OLD_NUMBER: Range<usize> = 250..256;
}
