//! Card readers: what each of them tells, whatever it speaks.
//!
//! A protocol is a [`Dialogue`](crate::dialogue::Dialogue) with [`Ask`] and [`Tell`] from here, so
//! that their owner need not know which one is on the line.

use std::fmt;

pub mod em4100;
pub mod osdp;
pub mod pn532;
pub mod samv;
mod uid;
pub mod wiegand;

pub use em4100::CardNumber;
pub use uid::Uid;
pub use wiegand::WiegandCode;

/// Something held up to a reader; told once, until it has been taken away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Presentation {
    /// What it is.
    pub credential: Credential,
    /// How sure that is.
    pub certainty: Certainty,
}

/// What a reader can read of a card, in the form in which readers of one technology agree.
///
/// Not one of these is a secret or a proof: all but documents are copied in seconds. `Debug` hides
/// the numbers.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// A 125 kHz EM4100 card.
    Em4100(CardNumber),
    /// An ISO 14443 type A card or tag.
    Iso14443a(Uid),
    /// Bits from a Wiegand wire; what card is behind them, the wire does not say.
    Wiegand(WiegandCode),
    /// A Chinese identity document.
    Document(Box<samv::Document>),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Em4100(_) => "Em4100(…)",
            Self::Iso14443a(_) => "Iso14443a(…)",
            Self::Wiegand(_) => "Wiegand(…)",
            Self::Document(_) => "Document(…)",
        })
    }
}

/// How well a reading was protected on its way; a greater one is surer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Certainty {
    /// By nothing, or by parity.
    Bare,
    /// By being heard twice the same.
    Repeated,
    /// By a checksum or CRC of every message.
    Checked,
    /// By keys: those that reader and program share, or those by which an identity document and the
    /// module that reads it prove themselves to each other.
    Authenticated,
}

/// What a reader tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tell {
    /// A card is there.
    Presented(Presentation),
    /// Something is there that gives no credential.
    NotRead(NotRead),
    /// Whether the device behind the port answers; when that changes. Readers that only talk never
    /// tell this.
    Answering(bool),
    /// What the device says it is: make, model, firmware, serial number. A maker's words.
    Identity(String),
    /// How far what the device says is believed; when that changes. Only readers that can prove who
    /// they are tell this.
    Trust(Trust),
    /// What is wrong with the device itself, though it answers; nothing where it is well again. When that
    /// changes.
    Trouble(Option<Trouble>),
}

/// What may be wrong with a device that answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// It was never authorised to read documents, and reads none.
    NotAuthorised,
    /// It failed its own test.
    SelfTestFailed,
    /// It lacks a permission for what it was asked (unverified).
    NoPermission,
    /// It was opened, or taken off its wall.
    Tampered,
    /// Its power fails.
    PowerFails,
}

/// How far a device that could prove who it is, is believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    /// It knows the key that it shares with this site alone.
    OwnKey,
    /// It knows the key that everybody knows, and the site allows that.
    DefaultKey,
    /// It proves nothing, and the site allows that.
    ClearText,
    /// Not at all: it is asked again every few seconds, and nothing it reads is told.
    Refused(Distrust),
}

/// Why a device is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Distrust {
    /// The site has no key for it, and allows nothing else.
    NoKey,
    /// It knows only the key that everybody knows: it has not been given its own yet, or another
    /// device is in its place.
    DefaultKey,
    /// It has a key, and not the one of this site.
    WrongKey,
    /// It opens no secure channel.
    NoSecureChannel,
    /// What it says within the channel does not carry its proof: somebody meddles, or it is broken.
    Forged,
    /// It does not take the key it was given.
    KeyNotTaken,
}

/// Why something held up gives no credential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotRead {
    /// Its number is another one each time, as telephones' are.
    RandomNumber,
    /// More than one card at once.
    Several,
    /// It went wrong in the middle: take it away and hold it up again.
    Again,
    /// Not a card for this reader.
    NotThisKind,
    /// Card and reader do not accept each other: a forged or damaged card, or a reader without its
    /// keys.
    NotGenuine,
    /// Read whole, but what it says cannot be: a number whose check fails, a day that does not exist.
    Implausible,
}

/// What a reader may be asked; one that cannot do it does nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Show this to the person in front of it, with lamp and buzzer.
    Signal(Signal),
    /// Give it the site's key for it, if it has none of its own: an installer's act, done in a place
    /// where nobody listens. The answer is a [`Tell::Trust`].
    InstallKey,
}

/// What a person in front of a reader is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// Yes.
    Granted,
    /// No.
    Refused,
    /// The answer is on its way.
    Wait,
}
