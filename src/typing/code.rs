//! Rare characters by the code that stands on their bearer's papers, and the signs of GB 2312 by theirs.

use crate::pinyin::is_chinese;

/// Hexadecimal digits of the longest code.
pub(super) const LONGEST: usize = 8;

/// The characters that a code can stand for: its code point (four to six digits), its two
/// bytes of GB18030 (four digits), or its four bytes (eight).
pub(super) fn characters(digits: &str) -> Vec<char> {
    let mut found = Vec::new();
    if (4..=6).contains(&digits.len()) {
        found.extend(
            u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32),
        );
    }
    if digits.len() == 4 || digits.len() == LONGEST {
        found.extend(gb18030(digits));
    }
    found.retain(|character| is_chinese(*character) || is_sign(*character));
    found.dedup();
    found
}

/// Whether that is one of the signs, numerals and foreign letters of GB 2312, its rows 1 to 9, which stand on no
/// key.
pub(super) fn is_sign(character: char) -> bool {
    let is_private = ('\u{E000}'..='\u{F8FF}').contains(&character);
    let mut buffer = [0; 4];
    let (bytes, _, _) = encoding_rs::GB18030.encode(character.encode_utf8(&mut buffer));
    let stands = matches!(*bytes, [0xA1..=0xA9, 0xA1..=0xFE]);
    stands && !is_private && !character.is_whitespace()
}

fn gb18030(digits: &str) -> Option<char> {
    let bytes: Option<Vec<u8>> = (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect();
    let bytes = bytes?;
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_found_by_each_of_its_codes() {
        assert_eq!(characters("5586"), ['喆']);
        assert_eq!(characters("B0A1"), ['啊']);
        assert_eq!(characters("20BB7"), ['𠮷']);
        assert_eq!(characters("95329033"), characters("20089"));
        // Four digits can be either code; both are offered.
        assert_eq!(characters("9FA5"), ['龥', '煡']);
    }

    #[test]
    fn what_is_no_chinese_character_is_not_offered() {
        for digits in [
            "", "4E", "0041", "D800", "110000", "FFFFFFFF", "81308130", "00000041",
        ] {
            assert!(characters(digits).is_empty(), "{digits}");
        }
    }
}
