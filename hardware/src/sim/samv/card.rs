//! A made-up identity card, from the values that a reader is to find on it.

use std::fmt;
use std::ops::Range;

use crate::reader::samv::layout::{self, BLOCK, foreigner_2017, foreigner_2023, permit};
use crate::reader::samv::{Card, CardText, Date, Document, Sex, ValidUntil, check_character};

/// The four documents that such a module reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// A resident's identity card.
    Resident,
    /// A residence permit of somebody from Hong Kong, Macao or Taiwan.
    Permit,
    /// A foreigner's permanent residence card of 2017.
    Foreigner2017,
    /// The same of 2023.
    Foreigner2023,
}

impl Layout {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::Resident,
        Self::Permit,
        Self::Foreigner2017,
        Self::Foreigner2023,
    ];
}

/// A card to put down on a simulated reader. `Debug` hides what is on it.
#[derive(Clone, PartialEq, Eq)]
pub struct SamvCard {
    /// The text block.
    pub block: [u8; BLOCK],
    /// Bytes of the photo.
    pub photo: usize,
    /// Bytes of the fingerprints; 0 without any.
    pub fingerprint: usize,
    /// The address written into the chip later, 35 UTF-16 units at most.
    pub latest_address: Option<CardText>,
    /// It is no document at all, but something else with a chip: the module says so when it selects.
    pub other_kind: bool,
}

impl fmt::Debug for SamvCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SamvCard(…)")
    }
}

impl SamvCard {
    /// A card that says this; `None` where a text does not fit its field.
    #[must_use]
    pub fn of(document: &Document) -> Option<Self> {
        let mut block = Blank::new();
        block.common(document)?;
        let address = document.address.as_ref();
        Some(Self {
            block: block.0,
            photo: 1024,
            fingerprint: 1024,
            latest_address: address.and_then(|address| address.latest.clone()),
            other_kind: false,
        })
    }

    /// The identity card of nobody: born in region 999999, which there is not.
    #[must_use]
    pub fn made_up() -> Self {
        Self::made_up_as(Layout::Resident)
    }

    /// The document of nobody in this layout. Numbers of regions and countries that are not, or of
    /// somebody who is yet to be born.
    #[must_use]
    pub fn made_up_as(layout: Layout) -> Self {
        let checked = |digits: &str| {
            let check = check_character(digits).unwrap_or_default();
            format!("{digits}{check}")
        };
        let number = match layout {
            Layout::Resident => checked("99999919900101001"),
            Layout::Permit => checked("81000021500101002"),
            Layout::Foreigner2017 => "XXA999990010100".to_owned(),
            Layout::Foreigner2023 => checked("99999919900101003"),
        };
        let mut block = Blank::new();
        let mut put = |field: &Range<usize>, text: &str| {
            // Every text here is shorter than its field.
            let _ = block.put(field.clone(), text);
        };
        put(&layout::VALID_FROM, "20200101");
        put(&layout::VALID_UNTIL, "20400101");
        if layout == Layout::Foreigner2017 {
            put(&foreigner_2017::ENGLISH_NAME, "NOBODY, MADE UP");
            put(&foreigner_2017::NAME, "虚构丙");
            put(&foreigner_2017::NUMBER, &number);
            put(&foreigner_2017::NATIONALITY, "XXA");
            put(&foreigner_2017::VERSION, "01");
            put(&foreigner_2017::AUTHORITY, "0000");
            put(&foreigner_2017::SEX, "1");
            put(&foreigner_2017::BORN, "19900101");
            block.put_flag(layout::FLAG_FOREIGNER_2017);
            return Self::with_block(block.0);
        }
        put(&layout::SEX, "1");
        put(&layout::BORN, "19900101");
        put(&layout::NUMBER, &number);
        if matches!(layout, Layout::Resident | Layout::Permit) {
            put(&layout::ADDRESS, "无此省无此市虚构路0号");
            put(&layout::AUTHORITY, "无此市公安局");
        }
        match layout {
            Layout::Permit => {
                put(&layout::NAME, "虚构乙");
                put(&permit::TRAVEL_PERMIT, "X00000000");
                put(&permit::TIMES_ISSUED, "02");
                block.put_flag(layout::FLAG_PERMIT);
            }
            Layout::Foreigner2023 => {
                put(&layout::NAME, "虚构丁");
                put(&foreigner_2023::ENGLISH_NAME[0], "NOBODY ELSE, MADE UP");
                put(&foreigner_2023::NATIONALITY, "XXA");
                put(&foreigner_2023::TIMES_RENEWED, "01");
                put(&foreigner_2023::OLD_NUMBER, "A00");
                block.put_flag(layout::FLAG_FOREIGNER_2023);
            }
            _ => {
                put(&layout::NAME, "虚构甲");
                put(&layout::ETHNIC_GROUP, "01");
            }
        }
        Self::with_block(block.0)
    }

    /// A card with exactly this text block.
    #[must_use]
    pub fn with_block(block: [u8; BLOCK]) -> Self {
        Self {
            block,
            photo: 1024,
            fingerprint: 1024,
            latest_address: None,
            other_kind: false,
        }
    }

    /// The same card with a number whose check character does not hold.
    #[must_use]
    pub fn forged() -> Self {
        let mut card = Self::made_up();
        let last = layout::NUMBER.end - 2;
        card.block[last] = if card.block[last] == b'1' { b'2' } else { b'1' };
        card
    }

    /// A card with a chip that is no identity document, such as one of a bank.
    #[must_use]
    pub fn of_another_kind() -> Self {
        Self {
            other_kind: true,
            ..Self::made_up()
        }
    }
}

/// Text in little-endian UTF-16, padded with spaces; `None` where it needs more bytes.
pub(super) fn padded(text: &str, bytes: usize) -> Option<Vec<u8>> {
    let mut padded: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if padded.len() > bytes {
        return None;
    }
    while padded.len() < bytes {
        padded.extend([b' ', 0]);
    }
    Some(padded)
}

/// A text block being written.
struct Blank([u8; BLOCK]);

impl Blank {
    fn new() -> Self {
        let mut block = [0; BLOCK];
        for unit in block.chunks_exact_mut(2) {
            unit[0] = b' ';
        }
        Self(block)
    }

    fn put(&mut self, field: Range<usize>, text: &str) -> Option<()> {
        let text = padded(text, field.len())?;
        self.0[field].copy_from_slice(&text);
        Some(())
    }

    fn put_flag(&mut self, flag: u16) {
        self.0[layout::FLAG].copy_from_slice(&flag.to_le_bytes());
    }

    fn put_sex(&mut self, field: Range<usize>, sex: Sex) -> Option<()> {
        self.put(field, &sex.code().to_string())
    }

    fn put_date(&mut self, field: Range<usize>, date: Date) -> Option<()> {
        let (year, month, day) = (date.year(), date.month(), date.day());
        self.put(field, &format!("{year:04}{month:02}{day:02}"))
    }

    fn put_count(&mut self, field: Range<usize>, count: Option<u8>) -> Option<()> {
        count.map_or(Some(()), |count| self.put(field, &format!("{count:02}")))
    }

    fn common(&mut self, document: &Document) -> Option<()> {
        self.put_date(layout::VALID_FROM, document.valid_from)?;
        match document.valid_until {
            ValidUntil::Day(day) => self.put_date(layout::VALID_UNTIL, day)?,
            ValidUntil::LongTerm => self.put(layout::VALID_UNTIL, layout::LONG_TERM)?,
        }
        let authority = document.authority.as_ref().map_or("", CardText::as_str);
        if let Card::Foreigner2017 {
            english_name,
            nationality,
            version,
        } = &document.card
        {
            self.put_flag(layout::FLAG_FOREIGNER_2017);
            self.put(foreigner_2017::ENGLISH_NAME, english_name.as_str())?;
            self.put(foreigner_2017::NATIONALITY, nationality.as_str())?;
            self.put(foreigner_2017::VERSION, version.as_str())?;
            self.put(foreigner_2017::NAME, chinese(document, english_name))?;
            self.put(foreigner_2017::NUMBER, document.number.as_str())?;
            self.put(foreigner_2017::AUTHORITY, authority)?;
            self.put_sex(foreigner_2017::SEX, document.sex)?;
            return self.put_date(foreigner_2017::BORN, document.born);
        }
        self.put_sex(layout::SEX, document.sex)?;
        self.put_date(layout::BORN, document.born)?;
        self.put(layout::NUMBER, document.number.as_str())?;
        self.put(layout::AUTHORITY, authority)?;
        if let Some(address) = &document.address {
            self.put(layout::ADDRESS, address.printed.as_str())?;
        }
        self.own(document)
    }

    /// The fields of one kind of card only.
    fn own(&mut self, document: &Document) -> Option<()> {
        let mut name = document.name.as_str();
        match &document.card {
            Card::Resident { ethnic_group } => {
                let code = ethnic_group.map(|group| group.code());
                self.put_count(layout::ETHNIC_GROUP, code)?;
            }
            Card::HongKongMacaoTaiwan {
                travel_permit,
                times_issued,
            } => {
                self.put_flag(layout::FLAG_PERMIT);
                self.put(permit::TRAVEL_PERMIT, travel_permit.as_str())?;
                self.put_count(permit::TIMES_ISSUED, *times_issued)?;
            }
            Card::Foreigner2017 { .. } => {}
            Card::Foreigner2023 {
                english_name,
                nationality,
                times_renewed,
                old_number,
            } => {
                self.put_flag(layout::FLAG_FOREIGNER_2023);
                name = chinese(document, english_name);
                let [begin, end] = foreigner_2023::ENGLISH_NAME;
                let english = padded(english_name.as_str(), begin.len() + end.len())?;
                let (first, second) = english.split_at(begin.len());
                self.0[begin].copy_from_slice(first);
                self.0[end].copy_from_slice(second);
                self.put(foreigner_2023::NATIONALITY, nationality.as_str())?;
                self.put_count(foreigner_2023::TIMES_RENEWED, *times_renewed)?;
                self.put(foreigner_2023::OLD_NUMBER, old_number.as_str())?;
            }
        }
        self.put(layout::NAME, name)
    }
}

/// The Chinese name; nothing where the English one stands for it.
fn chinese<'a>(document: &'a Document, english: &CardText) -> &'a str {
    if document.name == *english {
        ""
    } else {
        document.name.as_str()
    }
}
