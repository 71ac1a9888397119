//! Keys, and where challenges come from.

use std::fmt;
use std::io;
use std::str::FromStr;

use osdp::secure::SCBK_D;
use osdp::secure::crypto::aes128_encrypt;
use rustix::rand::{GetRandomFlags, getrandom};

/// The secure channel base key that one reader shares with this site. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 16]);

/// Why something is no key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// It is the key printed in the standard.
    #[error("this is the default key, which everybody knows; choose 16 random bytes")]
    Default,
    /// It is not written as 32 hexadecimal digits.
    #[error("a key is written as 32 hexadecimal digits")]
    NotWrittenSo,
}

impl Key {
    /// The key of these bytes.
    ///
    /// # Errors
    /// [`KeyError::Default`] for the key that everybody knows.
    pub fn new(bytes: [u8; 16]) -> Result<Self, KeyError> {
        if bytes == SCBK_D {
            Err(KeyError::Default)
        } else {
            Ok(Self(bytes))
        }
    }

    /// Its bytes.
    pub(crate) const fn bytes(&self) -> [u8; 16] {
        self.0
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let written_so = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u128::from_str_radix(text, 16).ok().filter(|_| written_so);
        Self::new(value.ok_or(KeyError::NotWrittenSo)?.to_be_bytes())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What a reader's challenges are made of: a secret of this run of the program.
///
/// A dialogue draws nothing by itself, so that a trial with a given seed is the same every time.
/// `Debug` hides it.
pub struct Seed {
    secret: [u8; 16],
    drawn: u64,
}

impl Seed {
    /// Exactly these bytes, for trials: whoever knows them can foresee every challenge.
    #[must_use]
    pub const fn given(secret: [u8; 16]) -> Self {
        Self { secret, drawn: 0 }
    }

    /// Random bytes of the system's.
    ///
    /// # Errors
    /// When the system has none.
    pub fn from_system() -> io::Result<Self> {
        let mut secret = [0; 16];
        // The kernel gives up to 256 bytes whole (getrandom(2)).
        if getrandom(&mut secret[..], GetRandomFlags::empty())? < secret.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Self::given(secret))
    }

    /// Eight bytes that nobody without the seed can foresee: AES in counter mode.
    pub(crate) fn challenge(&mut self) -> [u8; 8] {
        self.drawn += 1;
        let mut block = [0; 16];
        block[..8].copy_from_slice(&self.drawn.to_be_bytes());
        let mut challenge = [0; 8];
        challenge.copy_from_slice(&aes128_encrypt(&self.secret, &block)[..8]);
        challenge
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_key_and_what_is_no_key_are_refused() {
        let default = "303132333435363738393a3b3c3d3e3f";
        assert_eq!(default.parse::<Key>(), Err(KeyError::Default));
        for text in [
            "",
            "00",
            "+0112233445566778899aabbccddeeff0",
            &"é".repeat(16),
        ] {
            assert_eq!(text.parse::<Key>(), Err(KeyError::NotWrittenSo), "{text}");
        }
        let key = "00112233445566778899aAbBcCdDeEfF"
            .parse::<Key>()
            .expect("32 hexadecimal digits");
        assert_eq!(key.bytes()[9..11], [0x99, 0xAA]);
    }

    #[test]
    fn challenges_differ_and_are_the_same_for_the_same_seed() {
        let draw = |mut seed: Seed| [seed.challenge(), seed.challenge(), seed.challenge()];
        let [one, two, three] = draw(Seed::given([7; 16]));
        assert!(one != two && two != three && one != three);
        assert_eq!(draw(Seed::given([7; 16])), [one, two, three]);
        let system = draw(Seed::from_system().expect("the system has random bytes"));
        assert_ne!(
            system,
            draw(Seed::from_system().expect("the system has random bytes"))
        );
    }

    #[test]
    fn keys_and_seeds_are_not_shown_in_debug_output() {
        assert_eq!(
            format!(
                "{:?}",
                Key::new([1; 16]).expect("any 16 bytes but the default key")
            ),
            "Key(…)"
        );
        assert_eq!(format!("{:?}", Seed::given([1; 16])), "Seed(…)");
    }
}
