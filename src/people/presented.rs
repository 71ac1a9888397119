//! What somebody holds up to a reader, or types in its place.

use super::PersonName;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The technology of a credential; the same digits in two technologies are two cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Technology {
    /// 125 kHz EM4100 and look-alikes.
    Em4100,
    /// 13.56 MHz ISO 14443 type A: MIFARE, NTAG and their kin.
    Iso14443a,
    /// Bits of a Wiegand wire, where nobody says what card is behind them.
    Wiegand,
}

/// A card as a reader knows it, normalised so that every reader of one technology agrees.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Credential {
    /// How it was read.
    pub technology: Technology,
    /// The normalised number, upper-case hexadecimal.
    pub number: String,
}

/// A card number never reaches a log: only its technology is shown.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({:?}, …)", self.technology)
    }
}

/// How a credential came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// Tapped on a reader.
    Tapped,
    /// Its printed number was typed; allowed while no reader works.
    Typed,
}

/// One presentation of one credential.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Presented {
    /// What was presented.
    pub credential: Credential,
    /// How.
    pub how: How,
    /// By which reader; none where the number was typed.
    pub reader: Option<ReaderName>,
    /// When it was read, or typed. What is done with it has the time of the books.
    pub at: DateTime<Utc>,
    /// How sure the number is.
    pub certainty: Certainty,
}

/// One presentation of one identity document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentedDocument {
    /// What it says.
    pub document: ReadDocument,
    /// By which reader.
    pub reader: ReaderName,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// One code that a scanner read.
#[derive(Clone, PartialEq, Eq)]
pub struct Scanned {
    /// What it says.
    pub text: String,
    /// What kind of bar code it was, where the scanner says so.
    pub symbology: Option<Symbology>,
    /// By which scanner.
    pub scanner: ScannerName,
    /// When it was read.
    pub at: DateTime<Utc>,
    /// How sure the text is.
    pub certainty: Certainty,
}

impl Scanned {
    /// What a scanner read that sends lines and says nothing else.
    pub fn line(text: &str, scanner: &str, at: DateTime<Utc>) -> Self {
        Scanned {
            text: text.to_owned(),
            symbology: None,
            scanner: ScannerName(scanner.to_owned()),
            at,
            certainty: Certainty::Bare,
        }
    }
}

/// A code can stand for a person, so no log shows it.
impl std::fmt::Debug for Scanned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scanned({:?}, {:?}, …)", self.scanner, self.symbology)
    }
}

/// A kind of bar code, by the name its standard gives it in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbology(pub &'static str);

/// When and how something was last read at a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastRead {
    /// When.
    pub at: DateTime<Utc>,
    /// How sure it was.
    pub certainty: Certainty,
    /// What kind of bar code it was, where it was one and the scanner says so.
    pub symbology: Option<Symbology>,
}

impl LastRead {
    /// What was read at this moment.
    pub fn new(at: DateTime<Utc>, certainty: Certainty, symbology: Option<Symbology>) -> Self {
        LastRead {
            at,
            certainty,
            symbology,
        }
    }
}

/// A scanner as the settings call it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScannerName(pub String);

/// What an identity document says of whoever shows it, as far as the house wants to know. Everything
/// else that was read, the picture first, is dropped where it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadDocument {
    /// The name.
    pub name: PersonName,
    /// The number.
    pub number: String,
}

/// No log shows whose document it was.
impl std::fmt::Debug for ReadDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReadDocument(…)")
    }
}

/// A reader as the settings call it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReaderName(pub String);

/// How well a number or a code was protected on its way; a greater one is surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// By nothing, or by parity: a typed number, a Wiegand wire, a scanner that sends lines.
    Bare,
    /// It was heard twice the same.
    Repeated,
    /// By a checksum of every message.
    Checked,
    /// By keys.
    Authenticated,
}

/// Why something held up to a reader is no credential. Each has its own answer on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// Its number is another one each time, as telephones' are.
    RandomNumber,
    /// More than one card at once.
    Several,
    /// It went wrong in the middle.
    Again,
    /// Not a card for this reader.
    NotThisKind,
    /// An identity document that does not prove itself, or says what cannot be.
    NotProven,
    /// An identity document, which opens nothing here.
    Document,
}

/// What the person in front of a reader is shown by its lamp and buzzer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Yes.
    Granted,
    /// No.
    Refused,
    /// The answer is on its way.
    Wait,
}

/// How many bits of an EM4100 number the readers of this site agree on.
///
/// Readers of different make report 24, 32 or 40 bits of the same card (hardware.md §2.3), so a site
/// picks what all of its readers know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberConvention {
    /// The last 24 bits, as Wiegand-26 converters report them.
    Bits24,
    /// The last 32 bits, as printed on most cards in ten decimal digits.
    #[default]
    Bits32,
    /// All 40 bits.
    Bits40,
}

impl NumberConvention {
    /// How many bits are kept.
    pub fn bits(self) -> u32 {
        match self {
            NumberConvention::Bits24 => 24,
            NumberConvention::Bits32 => 32,
            NumberConvention::Bits40 => 40,
        }
    }

    /// The credential of a 40-bit EM4100 number under this convention.
    pub fn credential(self, number: u64) -> Credential {
        let kept = number & ((1 << self.bits()) - 1);
        let digits = self.bits() as usize / 4;
        Credential {
            technology: Technology::Em4100,
            number: format!("{kept:0digits$X}"),
        }
    }

    /// Reads a number as it is printed on the card.
    ///
    /// Ten decimal digits (`0013477100`, leading zeros may be missing) are the last 32 bits; where the
    /// site keeps 24 bits, the `205,42220` form will do as well; where it keeps all 40, only the ten
    /// hexadecimal digits tell the card.
    pub fn read_printed(self, typed: &str) -> Option<Credential> {
        let typed = typed.trim();
        let number = match self {
            NumberConvention::Bits40 => {
                let hexadecimal = typed.len() == 10 && typed.chars().all(|c| c.is_ascii_hexdigit());
                hexadecimal
                    .then(|| u64::from_str_radix(typed, 16).ok())
                    .flatten()?
            }
            NumberConvention::Bits24 if typed.contains(',') => {
                let (facility, card) = typed.split_once(',')?;
                u64::from(decimal::<u8>(facility)?) << 16 | u64::from(decimal::<u16>(card)?)
            }
            NumberConvention::Bits24 | NumberConvention::Bits32 => (typed.len() <= 10)
                .then(|| decimal::<u32>(typed))
                .flatten()
                .map(u64::from)?,
        };
        (number != 0).then(|| self.credential(number))
    }
}

fn decimal<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.chars()
        .all(|char| char.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample card of hardware.md §2.3: digits 0100CDA4EC.
    const SAMPLE: u64 = 0x01_00CD_A4EC;

    #[test]
    fn a_number_typed_from_the_card_is_the_number_the_reader_reads() {
        for (convention, printed) in [
            (NumberConvention::Bits32, "0013477100"),
            (NumberConvention::Bits32, " 13477100 "),
            (NumberConvention::Bits24, "205,42220"),
            (NumberConvention::Bits24, "0013477100"),
            (NumberConvention::Bits40, "0100CDA4EC"),
            (NumberConvention::Bits40, "0100cda4ec"),
        ] {
            assert_eq!(
                convention.read_printed(printed),
                Some(convention.credential(SAMPLE)),
                "{convention:?} {printed}"
            );
        }
    }

    #[test]
    fn what_cannot_be_a_card_number_is_none() {
        for (convention, typed) in [
            (NumberConvention::Bits32, ""),
            (NumberConvention::Bits32, "0"),
            (NumberConvention::Bits32, "205,42220"),
            (NumberConvention::Bits32, "4294967296"),
            (NumberConvention::Bits32, "+3477100"),
            (NumberConvention::Bits24, "256,1"),
            (NumberConvention::Bits24, "1,65536"),
            (NumberConvention::Bits40, "13477100"),
            (NumberConvention::Bits40, "+100CDA4EC"),
        ] {
            assert_eq!(
                convention.read_printed(typed),
                None,
                "{convention:?} {typed}"
            );
        }
    }

    #[test]
    fn a_credential_never_prints_its_number() {
        let shown = format!("{:?}", NumberConvention::Bits32.credential(SAMPLE));
        assert!(!shown.contains("CDA4EC"), "{shown}");
    }
}
