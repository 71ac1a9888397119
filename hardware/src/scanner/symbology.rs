//! What kind of bar code a text was read from.

/// A kind of bar code, as scanners name it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Symbology {
    /// Code 39, Code 32 among it.
    Code39,
    /// Telepen.
    Telepen,
    /// Code 128.
    Code128,
    /// Code 128 with GS1 content.
    Gs1Code128,
    /// EAN-8, EAN-13, UPC-A and UPC-E.
    Ean,
    /// Codabar.
    Codabar,
    /// Code 93.
    Code93,
    /// Code 11.
    Code11,
    /// Interleaved 2 of 5.
    Interleaved2of5,
    /// The other kinds of 2 of 5.
    Straight2of5,
    /// Code 16K.
    Code16K,
    /// Code 49.
    Code49,
    /// MSI.
    Msi,
    /// Plessey.
    Plessey,
    /// PDF417 and MicroPDF417.
    Pdf417,
    /// QR and Micro QR.
    Qr,
    /// QR with GS1 content.
    Gs1Qr,
    /// Data Matrix.
    DataMatrix,
    /// Data Matrix with GS1 content.
    Gs1DataMatrix,
    /// Aztec.
    Aztec,
    /// MaxiCode.
    MaxiCode,
    /// Han Xin.
    HanXin,
    /// Grid Matrix.
    GridMatrix,
    /// DotCode.
    DotCode,
    /// GS1 DataBar, all of them.
    Gs1DataBar,
    /// Letters read as such.
    Ocr,
    /// A kind without a name here.
    Other,
}

impl Symbology {
    /// What its standard calls it, in every language; nothing for [`Symbology::Other`].
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Code39 => "Code 39",
            Self::Telepen => "Telepen",
            Self::Code128 => "Code 128",
            Self::Gs1Code128 => "GS1-128",
            Self::Ean => "EAN/UPC",
            Self::Codabar => "Codabar",
            Self::Code93 => "Code 93",
            Self::Code11 => "Code 11",
            Self::Interleaved2of5 => "ITF",
            Self::Straight2of5 => "2 of 5",
            Self::Code16K => "Code 16K",
            Self::Code49 => "Code 49",
            Self::Msi => "MSI",
            Self::Plessey => "Plessey",
            Self::Pdf417 => "PDF417",
            Self::Qr => "QR",
            Self::Gs1Qr => "GS1 QR",
            Self::DataMatrix => "Data Matrix",
            Self::Gs1DataMatrix => "GS1 DataMatrix",
            Self::Aztec => "Aztec",
            Self::MaxiCode => "MaxiCode",
            Self::HanXin => "Han Xin",
            Self::GridMatrix => "Grid Matrix",
            Self::DotCode => "DotCode",
            Self::Gs1DataBar => "GS1 DataBar",
            Self::Ocr => "OCR",
            Self::Other => return None,
        })
    }

    /// The kind an AIM identifier names (ISO/IEC 15424): the letter behind `]`, and the modifier
    /// behind the letter.
    #[must_use]
    pub fn from_aim(letter: u8, modifier: u8) -> Self {
        match (letter, modifier) {
            (b'A', _) => Self::Code39,
            (b'B', _) => Self::Telepen,
            (b'C', b'1') => Self::Gs1Code128,
            (b'C', _) => Self::Code128,
            (b'E', _) => Self::Ean,
            (b'F', _) => Self::Codabar,
            (b'G', _) => Self::Code93,
            (b'H', _) => Self::Code11,
            (b'I', _) => Self::Interleaved2of5,
            (b'J', _) => Self::DotCode,
            (b'K', _) => Self::Code16K,
            (b'L', _) => Self::Pdf417,
            (b'M', _) => Self::Msi,
            (b'P', _) => Self::Plessey,
            (b'Q', b'3' | b'4') => Self::Gs1Qr,
            (b'Q', _) => Self::Qr,
            (b'R' | b'S', _) => Self::Straight2of5,
            (b'T', _) => Self::Code49,
            (b'U', _) => Self::MaxiCode,
            (b'd', b'2' | b'5') => Self::Gs1DataMatrix,
            (b'd', _) => Self::DataMatrix,
            (b'e', _) => Self::Gs1DataBar,
            (b'g', _) => Self::GridMatrix,
            (b'h', _) => Self::HanXin,
            (b'o', _) => Self::Ocr,
            (b'z', _) => Self::Aztec,
            _ => Self::Other,
        }
    }

    /// The kind an SSI decode packet names in its first byte.
    #[must_use]
    pub(crate) fn from_ssi(kind: u8) -> Self {
        match kind {
            0x01 | 0x13 | 0x15 | 0x20 => Self::Code39,
            0x02 | 0x18 => Self::Codabar,
            0x03 | 0x19 => Self::Code128,
            0x04 | 0x05 => Self::Straight2of5,
            0x06 => Self::Interleaved2of5,
            0x07 => Self::Code93,
            0x08..=0x0B | 0x10 | 0x14 | 0x16 => Self::Ean,
            0x0C => Self::Code11,
            0x0D => Self::Code49,
            0x0E => Self::Msi,
            0x0F => Self::Gs1Code128,
            0x11 | 0x1A => Self::Pdf417,
            0x12 => Self::Code16K,
            0x1B => Self::DataMatrix,
            0x1C => Self::Qr,
            _ => Self::Other,
        }
    }
}

/// The AIM identifier at the beginning of a code: `]`, a letter and a modifier, which is a digit or
/// one of the letters A to F that Aztec and others go on with. Gives the kind and the bytes behind.
pub(super) fn split_aim(bytes: &[u8]) -> Option<(Symbology, &[u8])> {
    match bytes {
        [
            b']',
            letter,
            modifier @ (b'0'..=b'9' | b'A'..=b'F'),
            rest @ ..,
        ] if letter.is_ascii_alphabetic() => Some((Symbology::from_aim(*letter, *modifier), rest)),
        _ => None,
    }
}
