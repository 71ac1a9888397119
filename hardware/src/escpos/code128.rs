//! CODE128 as a printer draws it by itself (hardware.md §7.2: GS k 49).

/// Most bytes GS k takes.
const MOST_BYTES: usize = 255;
/// White modules on either side (ISO 15417).
const QUIET: usize = 10;
/// Modules of a symbol, and those the stop symbol has more.
const SYMBOL: usize = 11;
const STOP_BAR: usize = 2;
/// So many digits in a row are shorter in set C: at an end of the text, and within it, where it
/// takes a change back too.
const RUN_AT_END: usize = 4;
const RUN_WITHIN: usize = 6;

/// The content of a barcode: printable ASCII, as bytes for GS k.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code128 {
    text: String,
    bytes: Vec<u8>,
    symbols: usize,
}

/// Why a text is no barcode.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoBarcode {
    /// There is nothing in it.
    #[error("a barcode needs at least one character")]
    Empty,
    /// Only printable ASCII is in it.
    #[error("a barcode has no {0:?}, only printable ASCII")]
    Character(char),
    /// GS k takes 255 bytes at most.
    #[error("{0} characters are too many for a barcode")]
    TooLong(usize),
}

/// Where a barcode's text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Hri {
    /// Nowhere.
    None = 0,
    /// Above the bars.
    Above = 1,
    /// Below the bars.
    #[default]
    Below = 2,
    /// On both sides.
    Both = 3,
}

impl Hri {
    /// Lines of text it makes.
    pub(crate) const fn lines(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Above | Self::Below => 1,
            Self::Both => 2,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    B,
    C,
}

impl Code128 {
    /// A barcode of this text.
    ///
    /// # Errors
    /// [`NoBarcode`] when the text is empty, too long, or not printable ASCII.
    pub fn new(text: &str) -> Result<Self, NoBarcode> {
        if text.is_empty() {
            return Err(NoBarcode::Empty);
        }
        if let Some(c) = text.chars().find(|c| !matches!(c, ' '..='~')) {
            return Err(NoBarcode::Character(c));
        }
        let (bytes, symbols) = compose(text.as_bytes());
        if bytes.len() > MOST_BYTES {
            return Err(NoBarcode::TooLong(text.len()));
        }
        let text = text.to_owned();
        Ok(Self {
            text,
            bytes,
            symbols,
        })
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How wide it is in dots, with the white on either side, where a module is so many dots.
    #[must_use]
    pub fn width(&self, module: u8) -> usize {
        // The set that begins is a symbol like the others; the check and the stop come besides.
        let modules = (self.symbols + 2) * SYMBOL + STOP_BAR + 2 * QUIET;
        modules * usize::from(module)
    }

    /// The module closest to `module`, 2 to 6 dots, with which it fits into so many dots; `None` when
    /// it is too long for any. Printers print nothing at all where a barcode is too wide.
    #[must_use]
    pub fn fitting(&self, module: u8, dots: u16) -> Option<u8> {
        let modules = (2..=module.clamp(2, 6)).rev();
        modules
            .into_iter()
            .find(|module| self.width(*module) <= usize::from(dots))
    }

    /// The bytes of GS k 49, behind its count.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The bytes, and how many symbols they make. Pairs of digits are one symbol in set C.
fn compose(text: &[u8]) -> (Vec<u8>, usize) {
    let (mut bytes, mut symbols, mut set) = (Vec::new(), 0, None);
    let mut at = 0;
    while at < text.len() {
        let digits = text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let stays = set == Some(Set::C) && digits >= 2;
        // An odd digit at the front of a run stays in set B, so that the pairs reach its end.
        let is_end = at == 0 || at + digits == text.len();
        let run = if is_end { RUN_AT_END } else { RUN_WITHIN };
        let begins = digits >= run && digits % 2 == 0;
        let pair = match text[at..] {
            [tens, ones, ..] if stays || begins => Some((tens - b'0') * 10 + (ones - b'0')),
            _ => None,
        };
        let pair = pair.filter(|value| !would_command(&bytes, *value));
        let wanted = if pair.is_some() { Set::C } else { Set::B };
        if set.replace(wanted) != Some(wanted) {
            bytes.extend(if wanted == Set::C { *b"{C" } else { *b"{B" });
            symbols += 1;
        }
        symbols += 1;
        match pair {
            Some(value) => {
                bytes.push(value);
                at += 2;
            }
            None => {
                // A brace begins a command within the data: two stand for one.
                if text[at] == b'{' {
                    bytes.push(b'{');
                }
                bytes.push(text[at]);
                at += 1;
            }
        }
    }
    (bytes, symbols)
}

/// Whether a pair's byte would make the data hold a real-time command, DLE EOT, ENQ or DC4 (§7.5).
fn would_command(bytes: &[u8], value: u8) -> bool {
    bytes.last() == Some(&0x10) && matches!(value, 0x04 | 0x05 | 0x14)
}
