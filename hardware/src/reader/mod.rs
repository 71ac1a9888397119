//! Card readers: what each of them tells, whatever it speaks.
//!
//! A protocol is a [`Dialogue`](crate::dialogue::Dialogue) with [`Ask`] and [`Tell`] from here, so
//! that their owner need not know which one is on the line.

use std::fmt;

pub mod em4100;
pub mod pn532;
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
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Em4100(_) => "Em4100(…)",
            Self::Iso14443a(_) => "Iso14443a(…)",
            Self::Wiegand(_) => "Wiegand(…)",
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
    /// By keys that reader and program share.
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
}

/// What a reader may be asked; one that cannot do it does nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Show this to the person in front of it, with lamp and buzzer.
    Signal(Signal),
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
