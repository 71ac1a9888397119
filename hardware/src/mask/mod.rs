//! What a recording leaves out: everything that stands for a person.
//!
//! A recording is made to be looked at and to be sent to somebody, so no card number, code or key
//! pressed may be in it. A [`Mask`] knows the messages of one protocol. It writes down
//!
//! - whole messages whose check is right, with each number in them replaced by a made-up one and the
//!   check made anew: the same number is always the same made-up one, so that a replay tells as many
//!   presentations as there were. Made-up numbers are counted, 1, 2, 3: nothing of the real one is in
//!   them, and nobody can calculate back. The table is kept in memory only, and gone with the mask.
//! - nothing else. Every byte of a damaged, half or unknown message becomes [`SUBSTITUTE`], which means
//!   nothing in any protocol here: half of a number is still somebody's number. How many bytes there
//!   were, and when, is kept.
//!
//! Documents are not recorded at all: nothing of one may be kept, and a made-up one is a simulator's
//! work ([`mask_for`] gives `None`).

use std::collections::HashMap;
use std::time::Duration;

use crate::kind::Kind;

mod cards;
mod codes;
mod label;
mod osdp;
mod pn532;
mod printer;

pub use self::osdp::made_up_key;
pub(crate) use self::osdp::retold_seed;

/// Written in place of every byte that belongs to no message that is known and whole.
pub const SUBSTITUTE: u8 = 0x1A;

/// So many different numbers are told apart; those that come later are all the last one.
const MOST: usize = 4096;

/// Takes what stands for a person out of the bytes of one line. Bytes may be held until their message
/// is whole, and come out with later ones.
pub trait Mask: Send {
    /// The device said this; gives what may be written down.
    fn heard(&mut self, bytes: &[u8]) -> Vec<u8>;

    /// The device was told this; gives what may be written down. What readers and scanners are told
    /// here holds no number.
    fn said(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    /// Nothing came for [`patience`](Self::patience), or nothing will come: gives what may be written of
    /// what is held.
    fn pause(&mut self) -> Vec<u8>;

    /// A message that is not whole, and of which nothing came for this long, will not be.
    fn patience(&self) -> Duration {
        PAUSE
    }
}

/// How long messages pause at most, where no adapter is between.
const PAUSE: Duration = Duration::from_millis(100);

/// The mask for recordings of that device; `None` where none may be made. It knows messages in the form
/// that the driver's settings give them, and an OSDP reader's channel by its key.
#[must_use]
pub fn mask_for(kind: &Kind) -> Option<Box<dyn Mask>> {
    Some(match kind {
        Kind::Em4100(settings) => Box::new(cards::Em4100::new(*settings)),
        Kind::Wiegand(settings) => Box::new(cards::Wiegand::new(*settings)),
        Kind::Pn532(settings) => Box::new(pn532::Pn532::behind(settings.adapter)),
        Kind::Osdp(settings) => Box::new(osdp::Osdp::new(settings)),
        Kind::Scanner(settings) => codes::mask(settings),
        Kind::EscPos(_) => Box::new(printer::EscPos),
        Kind::Label(settings) => label::mask(&settings.profile.language, settings.adapter),
        Kind::SamV(_) => return None,
    })
}

/// Real numbers, each with the made-up one that stands for it.
#[derive(Default)]
struct MadeUp(HashMap<Vec<u8>, u64>);

impl MadeUp {
    /// The number that stands for these bytes: from 1 on.
    fn number(&mut self, real: &[u8]) -> u64 {
        let next = self.0.len() as u64 + 1;
        if self.0.len() < MOST {
            *self.0.entry(real.to_vec()).or_insert(next)
        } else {
            self.0.get(real).copied().unwrap_or(next)
        }
    }

    /// The same as bytes, as many as the real one has, in the last of them.
    fn bytes(&mut self, real: &[u8]) -> Vec<u8> {
        let number = self.number(real).to_be_bytes();
        let mut bytes = vec![0; real.len()];
        let n = real.len().min(number.len());
        let (from, to) = (number.len() - n, real.len() - n);
        bytes[to..].copy_from_slice(&number[from..]);
        bytes
    }
}

/// So many bytes that are not written down as they were.
fn substituted(n: usize) -> Vec<u8> {
    vec![SUBSTITUTE; n]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_numbers_are_counted_and_the_same_for_the_same_number() {
        let mut made_up = MadeUp::default();
        assert_eq!(made_up.number(b"one"), 1);
        assert_eq!(made_up.number(b"two"), 2);
        assert_eq!(made_up.number(b"one"), 1);
        assert_eq!(made_up.bytes(&[9; 4]), [0, 0, 0, 3]);
        assert_eq!(made_up.bytes(&[9; 10])[8..], [0, 4]);
        assert_eq!(made_up.bytes(&[]), []);
        for n in 0..5000_u32 {
            made_up.number(&n.to_be_bytes());
        }
        assert_eq!(made_up.0.len(), MOST, "memory is bounded");
        assert_eq!(made_up.number(b"one"), 1);
        assert_eq!(made_up.number(b"late"), made_up.number(b"later"));
    }
}
