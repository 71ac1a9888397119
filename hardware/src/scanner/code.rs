//! From the bytes of one scan to a text that can be believed to be one.

use std::fmt;

use encoding_rs::GB18030;

use super::settings::{Encoding, Settings};
use super::symbology::{Symbology, split_aim};
use crate::reader::Certainty;

/// What was scanned: untrusted text without control characters.
///
/// Only where [`Settings::keeps_line_breaks`] may CR and LF stand inside it. `Debug` hides the text,
/// which can stand for a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// The text, without prefix, AIM identifier and end mark.
    pub text: String,
    /// What kind of bar code it was, where the scanner says so.
    pub symbology: Option<Symbology>,
    /// How well it was protected on its way: only packets carry a check, lines are
    /// [`Bare`](Certainty::Bare) whatever make they come from.
    pub certainty: Certainty,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.text.chars().count();
        match self.symbology {
            None => write!(f, "… {n} characters"),
            Some(symbology) => write!(f, "… {n} characters of {symbology:?}"),
        }
    }
}

/// Why a scan is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// Longer than [`Settings::longest`].
    TooLong,
    /// Text in none of the encodings looked for.
    NotText,
    /// A control character within.
    ControlCharacter,
    /// The prefix that the scanner puts before every code is not there.
    NoPrefix,
}

/// Reads the bytes of one scan; an empty text is for the caller to ignore.
pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<Code, Unreadable> {
    let bytes = bytes
        .strip_prefix(&settings.prefix[..])
        .ok_or(Unreadable::NoPrefix)?;
    let aim = settings.aim.then(|| split_aim(bytes)).flatten();
    let (symbology, bytes) = aim.map_or((None, bytes), |(kind, rest)| (Some(kind), rest));
    let text = decode(bytes, settings.encoding).ok_or(Unreadable::NotText)?;
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    if text.chars().nth(settings.longest).is_some() {
        return Err(Unreadable::TooLong);
    }
    let breaks = settings.keeps_line_breaks();
    let is_refused = |c: char| c.is_control() && !(breaks && matches!(c, '\r' | '\n'));
    if text.chars().any(is_refused) {
        return Err(Unreadable::ControlCharacter);
    }
    Ok(Code {
        text,
        symbology,
        certainty: Certainty::Bare,
    })
}

fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let utf8 = || std::str::from_utf8(bytes).ok().map(str::to_owned);
    let gb18030 = || {
        GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned)
    };
    match encoding {
        Encoding::Utf8ThenGb18030 => utf8().or_else(gb18030),
        Encoding::Gb18030ThenUtf8 => gb18030().or_else(utf8),
        Encoding::Utf8 => utf8(),
        Encoding::Gb18030 => gb18030(),
    }
}
