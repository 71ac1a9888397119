//! The text block of a card, in its four layouts (hardware.md §4.4).

use std::ops::Range;

use super::Settings;
use super::date::Date;
use super::document::{Address, Card, Document, Nationality, Number, Sex, ValidUntil};
use super::ethnic::EthnicGroup;
use super::layout::{self, BLOCK, foreigner_2017, foreigner_2023, permit};
use super::number::{IdNumber, PermitNumber};
use super::text::CardText;

/// How the numbers of Hong Kong, Macao and Taiwan residents begin (§4.5, unverified).
const PERMIT_BEGINNINGS: [&str; 3] = ["810000", "820000", "830000"];

/// Why a text block makes no document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Malformed {
    /// It has not 256 bytes.
    Length,
    /// Its layout is switched off in the [`Settings`].
    Layout,
    /// A field is not text, or one is empty that must not be.
    Text,
    /// The sex is none of the standard's.
    Sex,
    /// A day does not exist.
    Date,
    /// The number's check or its day of birth does not hold, or it begins as it must not.
    Number,
    /// The nationality is not three letters.
    Nationality,
}

impl Document {
    /// Reads a card's text block.
    ///
    /// # Errors
    /// When it cannot be what a card says.
    pub fn from_block(block: &[u8], settings: &Settings) -> Result<Self, Malformed> {
        let block = Block(block.try_into().map_err(|_| Malformed::Length)?);
        match block.flag() {
            layout::FLAG_PERMIT => block.permit(settings.permit_beginnings),
            layout::FLAG_FOREIGNER_2017 => block.foreigner_2017(),
            layout::FLAG_FOREIGNER_2023 if settings.foreigners_2023 => block.foreigner_2023(),
            layout::FLAG_FOREIGNER_2023 => Err(Malformed::Layout),
            _ => block.resident(),
        }
    }
}

struct Block<'a>(&'a [u8; BLOCK]);

impl Block<'_> {
    fn units(&self, field: Range<usize>) -> impl Iterator<Item = u16> + '_ {
        let (pairs, _) = self.0[field].as_chunks();
        pairs.iter().map(|pair| u16::from_le_bytes(*pair))
    }

    fn flag(&self) -> u16 {
        self.units(layout::FLAG).next().unwrap_or_default()
    }

    fn text(&self, field: Range<usize>) -> Result<CardText, Malformed> {
        CardText::from_units(self.units(field)).ok_or(Malformed::Text)
    }

    fn written(&self, field: Range<usize>) -> Result<CardText, Malformed> {
        filled(self.text(field)?)
    }

    /// A count; `None` where the field is no number.
    fn count(&self, field: Range<usize>) -> Result<Option<u8>, Malformed> {
        let text = self.text(field)?;
        let digits = text.as_str().bytes().all(|byte| byte.is_ascii_digit());
        Ok(text.as_str().parse().ok().filter(|_| digits))
    }

    fn sex(&self, field: Range<usize>) -> Result<Sex, Malformed> {
        let code = self.count(field)?;
        code.and_then(Sex::new).ok_or(Malformed::Sex)
    }

    fn date(&self, field: Range<usize>) -> Result<Date, Malformed> {
        let digits = self.text(field)?;
        Date::from_digits(digits.as_str()).ok_or(Malformed::Date)
    }

    fn valid_until(&self) -> Result<ValidUntil, Malformed> {
        match self.text(layout::VALID_UNTIL)?.as_str() {
            layout::LONG_TERM => Ok(ValidUntil::LongTerm),
            day => Date::from_digits(day)
                .map(ValidUntil::Day)
                .ok_or(Malformed::Date),
        }
    }

    fn id_number(&self) -> Result<IdNumber, Malformed> {
        IdNumber::new(self.text(layout::NUMBER)?.as_str()).map_err(|_| Malformed::Number)
    }

    fn nationality(&self, field: Range<usize>) -> Result<Nationality, Malformed> {
        Nationality::new(self.text(field)?.as_str()).ok_or(Malformed::Nationality)
    }

    fn resident(&self) -> Result<Document, Malformed> {
        let code = self.count(layout::ETHNIC_GROUP)?;
        let ethnic_group = code.and_then(EthnicGroup::new);
        self.like_a_resident(self.id_number()?, Card::Resident { ethnic_group })
    }

    fn permit(&self, check_beginning: bool) -> Result<Document, Malformed> {
        let number = self.id_number()?;
        let begins = |beginning| number.as_str().starts_with(beginning);
        if check_beginning && !PERMIT_BEGINNINGS.into_iter().any(begins) {
            return Err(Malformed::Number);
        }
        let card = Card::HongKongMacaoTaiwan {
            travel_permit: self.text(permit::TRAVEL_PERMIT)?,
            times_issued: self.count(permit::TIMES_ISSUED)?,
        };
        self.like_a_resident(number, card)
    }

    fn like_a_resident(&self, number: IdNumber, card: Card) -> Result<Document, Malformed> {
        Ok(Document {
            name: self.written(layout::NAME)?,
            sex: self.sex(layout::SEX)?,
            born: self.date(layout::BORN)?,
            number: Number::Id(number),
            address: Some(Address {
                printed: self.text(layout::ADDRESS)?,
                latest: None,
            }),
            authority: Some(self.text(layout::AUTHORITY)?),
            valid_from: self.date(layout::VALID_FROM)?,
            valid_until: self.valid_until()?,
            card,
        })
    }

    fn foreigner_2017(&self) -> Result<Document, Malformed> {
        let number = self.text(foreigner_2017::NUMBER)?;
        let number = PermitNumber::new(number.as_str()).ok_or(Malformed::Number)?;
        let english_name = self.written(foreigner_2017::ENGLISH_NAME)?;
        Ok(Document {
            name: either(self.text(foreigner_2017::NAME)?, &english_name),
            sex: self.sex(foreigner_2017::SEX)?,
            born: self.date(foreigner_2017::BORN)?,
            number: Number::Permit(number),
            address: None,
            authority: Some(self.text(foreigner_2017::AUTHORITY)?),
            valid_from: self.date(layout::VALID_FROM)?,
            valid_until: self.valid_until()?,
            card: Card::Foreigner2017 {
                english_name,
                nationality: self.nationality(foreigner_2017::NATIONALITY)?,
                version: self.text(foreigner_2017::VERSION)?,
            },
        })
    }

    fn foreigner_2023(&self) -> Result<Document, Malformed> {
        let number = self.id_number()?;
        // All numbers of foreigners begin with 9 (§4.5).
        if !number.as_str().starts_with('9') {
            return Err(Malformed::Number);
        }
        // The name runs on in a second field: a space where they meet belongs to it.
        let [begin, end] = foreigner_2023::ENGLISH_NAME;
        let units = self.units(begin).chain(self.units(end));
        let english_name = filled(CardText::from_units(units).ok_or(Malformed::Text)?)?;
        Ok(Document {
            name: either(self.text(layout::NAME)?, &english_name),
            sex: self.sex(layout::SEX)?,
            born: self.date(layout::BORN)?,
            number: Number::Id(number),
            address: None,
            authority: None,
            valid_from: self.date(layout::VALID_FROM)?,
            valid_until: self.valid_until()?,
            card: Card::Foreigner2023 {
                english_name,
                nationality: self.nationality(foreigner_2023::NATIONALITY)?,
                times_renewed: self.count(foreigner_2023::TIMES_RENEWED)?,
                old_number: self.text(foreigner_2023::OLD_NUMBER)?,
            },
        })
    }
}

fn filled(text: CardText) -> Result<CardText, Malformed> {
    if text.is_empty() {
        return Err(Malformed::Text);
    }
    Ok(text)
}

fn either(chinese: CardText, english: &CardText) -> CardText {
    if chinese.is_empty() {
        return english.clone();
    }
    chinese
}
