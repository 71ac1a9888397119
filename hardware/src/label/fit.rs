//! The size and the lines of a text in its area.

use super::letters::Letters;
use super::wrap::{fill, wrap};

/// Text longer than this many characters is cut to it, with `…`, before it is fitted.
const MOST_CHARS: usize = 300;

/// Text as one row without control characters, and whether it had to be cut.
pub(crate) fn plain(text: &str) -> (String, bool) {
    let spaced = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let spaced: String = spaced.filter(|c| !c.is_control()).collect();
    let spaced = spaced.trim();
    match spaced.char_indices().nth(MOST_CHARS) {
        Some((at, _)) => (format!("{}…", spaced[..at].trim_end()), true),
        None => (spaced.to_owned(), false),
    }
}

/// Text by the rule of [`super::layout`].
pub(crate) struct Fitted {
    pub(crate) size: u32,
    pub(crate) lines: Vec<String>,
    /// Words had to be broken, or more.
    pub(crate) broken: bool,
    /// `…` ends it.
    pub(crate) shortened: bool,
}

/// Text in a room so many dots wide and high; `None` when not even the smallest fits.
pub(crate) fn fitted(
    text: &str,
    letters: Letters,
    (width, height): (u32, u32),
    wanted: u32,
    bold: bool,
    dots_per_mm: u8,
) -> Option<Fitted> {
    let fits = |line: &str, size| letters.width(line, size, bold) <= width;
    let mut smallest = None;
    for size in letters.sizes(wanted, dots_per_mm) {
        let most = (height / letters.line(size)) as usize;
        if most == 0 {
            continue;
        }
        if let Some(lines) = wrap(text, most, &|line| fits(line, size)) {
            return Some(Fitted {
                size,
                lines,
                broken: false,
                shortened: false,
            });
        }
        smallest = Some((size, most));
    }
    let (size, most) = smallest?;
    let (lines, shortened) = fill(text, most, letters.mark(), &|line| fits(line, size))?;
    Some(Fitted {
        size,
        lines,
        broken: true,
        shortened,
    })
}
