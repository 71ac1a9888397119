//! What a SAM_V module is asked, and what it says to that (hardware.md §4.1, §4.2).

use crate::reader::Trouble;
use std::fmt;
use std::time::Duration;

/// What every message begins with.
pub(crate) const PREAMBLE: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];
/// Bytes of the largest text, photo and fingerprints.
const TEXT: usize = 256;
const PHOTO: usize = 1024;
const FINGERPRINT: usize = 1024;

/// A message with this between its lengths and its check.
pub(crate) fn framed(body: &[u8]) -> Vec<u8> {
    // Longest is a reading with fingerprints: 2314 bytes.
    let length = (body.len() + 1) as u16;
    let mut message = PREAMBLE.to_vec();
    message.extend(length.to_be_bytes());
    message.extend(body);
    let check = message[PREAMBLE.len()..].iter().fold(0, |a, b| a ^ b);
    message.push(check);
    message
}

/// One request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Begin anew.
    Reset,
    /// Are you well?
    Status,
    /// Who are you?
    SamNumber,
    /// No larger radio frames than this.
    RadioFrame(u8),
    /// Is there a card that has not been read?
    Find,
    /// Take that card.
    Select,
    /// Its text and photo.
    Read,
    /// Its text, photo and fingerprints.
    ReadWithFingerprint,
    /// The address written into it later.
    ReadLatestAddress,
}

impl Command {
    /// The request on the wire.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Self::Reset => framed(&[0x10, 0xFF]),
            Self::Status => framed(&[0x11, 0xFF]),
            Self::SamNumber => framed(&[0x12, 0xFF]),
            Self::RadioFrame(size) => framed(&[0x61, 0xFF, size]),
            Self::Find => framed(&[0x20, 0x01]),
            Self::Select => framed(&[0x20, 0x02]),
            Self::Read => framed(&[0x30, 0x01]),
            Self::ReadWithFingerprint => framed(&[0x30, 0x10]),
            Self::ReadLatestAddress => framed(&[0x30, 0x03]),
        }
    }

    /// How many two-byte lengths begin the answer.
    pub(crate) fn lengths(self) -> usize {
        match self {
            Self::Read => 2,
            Self::ReadWithFingerprint => 3,
            _ => 0,
        }
    }

    /// Most bytes behind the status in a good answer.
    pub(super) fn most(self) -> usize {
        match self {
            Self::Reset | Self::Status | Self::RadioFrame(_) => 0,
            Self::SamNumber => 16,
            Self::Find => 4,
            Self::Select => 8,
            Self::Read => 2 * self.lengths() + TEXT + PHOTO,
            Self::ReadWithFingerprint => 2 * self.lengths() + TEXT + PHOTO + FINGERPRINT,
            Self::ReadLatestAddress => 70,
        }
    }

    /// How much of that is looked at: not the photo, not the fingerprints.
    pub(super) fn kept(self) -> usize {
        self.most().min(2 * self.lengths() + TEXT)
    }

    /// Whether this is an answer to it. Answers do not name their request: one that comes late must
    /// not be taken for another's.
    pub(super) fn takes(self, outcome: Outcome, length: usize) -> bool {
        match outcome {
            Outcome::Found => self == Self::Find && length == self.most(),
            Outcome::NotFound => self == Self::Find && length == 0,
            Outcome::NotSelected => self != Self::Find && length == 0,
            Outcome::Done => match self {
                Self::Find => false,
                Self::Read | Self::ReadWithFingerprint => length >= 2 * self.lengths() + TEXT,
                _ => length == self.most(),
            },
            _ => length == 0,
        }
    }

    /// The text in the data of a good answer of `length` bytes, of which photo and fingerprints need
    /// not be kept; `None` where the lengths within do not add up.
    pub(super) fn text_in(self, data: &[u8], length: usize) -> Option<&[u8]> {
        let (lengths, parts) = data.split_at_checked(2 * self.lengths())?;
        let lengths = lengths.chunks_exact(2);
        let mut lengths = lengths.map(|pair| usize::from(u16::from_be_bytes([pair[0], pair[1]])));
        let text = lengths.next()?;
        let total = 2 * self.lengths() + text + lengths.sum::<usize>();
        parts.get(..text).filter(|_| total == length)
    }

    /// How long the answer may take on a line of `baud` bits a second (§4.3).
    pub(super) fn patience(self, baud: u32) -> Duration {
        let work = Duration::from_millis(match self {
            Self::ReadWithFingerprint => 3000,
            Self::Read | Self::ReadLatestAddress => 2000,
            _ => 500,
        });
        // Both messages have their preamble, lengths and check; the answer has three status bytes.
        let bytes = self.bytes().len() + PREAMBLE.len() + 2 + 3 + self.most() + 1;
        work + Duration::from_micros(10_000_000 * bytes as u64 / u64::from(baud.max(1)))
    }
}

/// What came of a request: the third status byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// 90: done.
    Done,
    /// 9F: a card was found.
    Found,
    /// 10: the request's check was wrong.
    RequestCheck,
    /// 11: the request's length was wrong.
    RequestLength,
    /// 21: the module does not know this command.
    UnknownCommand,
    /// 23: no permission (unverified).
    NoPermission,
    /// 24: an error it has no name for.
    UnknownError,
    /// 31: the card does not accept the module.
    CardRefusesModule,
    /// 32: the module does not accept the card.
    ModuleRefusesCard,
    /// 33: what the card says fails its check.
    InformationCheck,
    /// 40: a card of another kind.
    WrongKind,
    /// 41: reading failed, mostly because the card was lifted.
    ReadFailed,
    /// 47: no random number could be had.
    RandomFailed,
    /// 60: the module failed its own test.
    SelfTestFailed,
    /// 66: the module was never authorised.
    NotAuthorised,
    /// 80: no card, or none that has not been read.
    NotFound,
    /// 81: the card could not be selected.
    NotSelected,
    /// 91: the card does not have this.
    NotOnCard,
    /// Anything else.
    Other(u8),
}

/// The codes of §4.2.
const CODES: [(u8, Outcome); 18] = [
    (0x90, Outcome::Done),
    (0x9F, Outcome::Found),
    (0x10, Outcome::RequestCheck),
    (0x11, Outcome::RequestLength),
    (0x21, Outcome::UnknownCommand),
    (0x23, Outcome::NoPermission),
    (0x24, Outcome::UnknownError),
    (0x31, Outcome::CardRefusesModule),
    (0x32, Outcome::ModuleRefusesCard),
    (0x33, Outcome::InformationCheck),
    (0x40, Outcome::WrongKind),
    (0x41, Outcome::ReadFailed),
    (0x47, Outcome::RandomFailed),
    (0x60, Outcome::SelfTestFailed),
    (0x66, Outcome::NotAuthorised),
    (0x80, Outcome::NotFound),
    (0x81, Outcome::NotSelected),
    (0x91, Outcome::NotOnCard),
];

impl Outcome {
    /// The outcome with this code, which the protocol calls SW3.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        let known = CODES.iter().find(|(known, _)| *known == code);
        known.map_or(Self::Other(code), |(_, outcome)| *outcome)
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> u8 {
        if let Self::Other(code) = self {
            return code;
        }
        let known = CODES.iter().find(|(_, known)| *known == self);
        known.map_or(0, |(code, _)| *code)
    }

    /// What is wrong with the module itself.
    pub(super) fn trouble(self) -> Option<Trouble> {
        match self {
            Self::NoPermission => Some(Trouble::NoPermission),
            Self::SelfTestFailed => Some(Trouble::SelfTestFailed),
            Self::NotAuthorised => Some(Trouble::NotAuthorised),
            _ => None,
        }
    }
}

/// A module's number, as its makers print it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct SamNumber {
    kind: u32,
    version: u32,
    day: u32,
    rest: [u32; 2],
}

impl SamNumber {
    /// From five little-endian integers of 2, 2, 4, 4 and 4 bytes (§4.1).
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let part = |at, n| {
            let bytes = bytes.iter().skip(at).take(n).rev();
            bytes.fold(0, |number, byte| number << 8 | u32::from(*byte))
        };
        Self {
            kind: part(0, 2),
            version: part(2, 2),
            day: part(4, 4),
            rest: [part(8, 4), part(12, 4)],
        }
    }
}

impl fmt::Display for SamNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, version, day) = (self.kind, self.version, self.day);
        let [first, second] = self.rest;
        write!(f, "{kind:02}.{version:02}-{day}-{first:010}-{second:010}")
    }
}
