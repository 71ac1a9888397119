//! Text as a card has it: little-endian UTF-16, padded with spaces (hardware.md §4.4).

use std::fmt;

/// Text from a card, without control characters. `Debug` hides it.
///
/// It may hold characters of the Private Use Area, which no font of ours shows, and characters
/// outside the Basic Multilingual Plane.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct CardText(String);

impl CardText {
    /// Text for a card: trimmed of U+0020 and U+0000 at its ends, and only there; `None` where a
    /// control character is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim_matches([' ', '\0']);
        (!text.contains(char::is_control)).then(|| Self(text.to_owned()))
    }

    /// The text of these bytes; `None` where they are not text.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pairs, rest) = bytes.as_chunks();
        let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
        Self::from_units(units).filter(|_| rest.is_empty())
    }

    /// The text of these UTF-16 units; `None` where they are not text.
    pub(super) fn from_units(units: impl Iterator<Item = u16>) -> Option<Self> {
        let text: Result<String, _> = char::decode_utf16(units).collect();
        Self::new(&text.ok()?)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but padding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for CardText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardText(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(units: &[u16]) -> Option<String> {
        let text = CardText::from_units(units.iter().copied())?;
        Some(text.as_str().to_owned())
    }

    fn padded(text: &str, pad: u16) -> Vec<u16> {
        let mut units: Vec<u16> = text.encode_utf16().collect();
        units.extend([pad; 7]);
        units
    }

    #[test]
    fn padding_is_trimmed_at_the_ends_only() {
        assert_eq!(
            read(&padded("阿 甲", 0x20)).expect("text of a card reads"),
            "阿 甲"
        );
        assert_eq!(
            read(&padded(" 阿·甲", 0)).expect("text of a card reads"),
            "阿·甲"
        );
        assert_eq!(
            read(&padded("阿\u{3000}", 0x20)).expect("text of a card reads"),
            "阿\u{3000}"
        );
        assert_eq!(read(&[0x20, 0, 0x20]).expect("text of a card reads"), "");
    }

    #[test]
    fn rare_characters_come_through() {
        for rare in ["\u{E000}甲", "\u{F8FF}", "𠀀甲", "\u{10FFFD}", "乙·甲"] {
            assert_eq!(
                read(&padded(rare, 0x20)).expect("text of a card reads"),
                rare
            );
        }
    }

    #[test]
    fn half_a_surrogate_pair_and_control_characters_are_no_text() {
        for wrong in [
            &[0xD840][..],
            &[0xDC00],
            &[0xD840, 0x20],
            &[0xDC00, 0xD840],
            &[0x41, 0, 0x41],
            &[0x0A],
            &[0x41, 0x1B, 0x41],
            &[0x85],
        ] {
            assert_eq!(read(wrong), None, "{wrong:04X?}");
        }
    }
}
