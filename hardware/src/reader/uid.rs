//! The number of an ISO 14443 type A card.

use std::fmt;

/// A UID of 4, 7 or 10 bytes, first byte first. `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Uid {
    bytes: [u8; 10],
    length: u8,
}

impl Uid {
    /// A UID of these bytes; `None` where they are not 4, 7 or 10 of them, as ISO 14443-3 has it.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let length @ (4 | 7 | 10) = bytes.len() else {
            return None;
        };
        let mut uid = Self {
            bytes: [0; 10],
            length: length as u8,
        };
        uid.bytes[..length].copy_from_slice(bytes);
        Some(uid)
    }

    /// Its bytes, first byte first.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    /// Whether the card makes up another one each time it is held up (hardware.md §3.4): four bytes
    /// that begin with 08. Such a number is never a credential.
    #[must_use]
    pub fn is_random(&self) -> bool {
        self.length == 4 && self.bytes[0] == 0x08
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Uid(… {} bytes)", self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uid_has_four_seven_or_ten_bytes() {
        for length in 0..12 {
            let uid = Uid::new(&vec![7; length]);
            assert_eq!(uid.is_some(), [4, 7, 10].contains(&length), "{length}");
            assert!(uid.is_none_or(|uid| uid.bytes() == vec![7; length]));
        }
    }

    #[test]
    fn only_four_bytes_that_begin_with_08_are_random() {
        assert!(
            Uid::new(&[8, 1, 2, 3])
                .expect("four or seven bytes are a UID")
                .is_random()
        );
        assert!(
            !Uid::new(&[4, 8, 8, 8])
                .expect("four or seven bytes are a UID")
                .is_random()
        );
        assert!(
            !Uid::new(&[8, 1, 2, 3, 4, 5, 6])
                .expect("four or seven bytes are a UID")
                .is_random()
        );
    }
}
