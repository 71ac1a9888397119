//! How much paper a document takes.

use super::document::{Document, Row};
use super::profile::{LARGE_LINE_DOTS, LINE_DOTS, Profile};
use super::text::columns_on;

/// Bytes a QR code of level M holds in versions 1 to 40 (ISO 18004).
const QR_CAPACITY: [usize; 40] = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911,
    1989, 2099, 2213, 2331,
];
/// Modules along the side of a version 1 code, and those each version has more.
const QR_SIDE: u32 = 17;
const QR_STEP: u32 = 4;

/// The dots of paper a document feeds on this printer; never too few.
#[must_use]
pub fn dots(document: &Document, profile: &Profile) -> u32 {
    document.rows.iter().map(|row| of_row(row, profile)).sum()
}

fn of_row(row: &Row, profile: &Profile) -> u32 {
    match row {
        Row::Text { text, large, .. } => lines(text, *large, profile),
        Row::Qr { data, module } => match QR_CAPACITY.iter().position(|most| data.len() <= *most) {
            Some(version) => {
                let version = u32::try_from(version).unwrap_or(0) + 1;
                (QR_SIDE + QR_STEP * version) * u32::from((*module).clamp(1, 16))
            }
            None => LINE_DOTS,
        },
        Row::Barcode {
            code,
            height,
            module,
            hri,
        } => match code.fitting(*module, profile.dots) {
            Some(_) => u32::from((*height).max(1)) + hri.lines() * LINE_DOTS,
            None => lines(code.text(), false, profile),
        },
        Row::Feed(lines) => u32::from(*lines) * LINE_DOTS,
        Row::Cut => u32::from(profile.feed_before_cut) * LINE_DOTS,
    }
}

/// Text breaks at the edge, a whole character at a time.
fn lines(text: &str, large: bool, profile: &Profile) -> u32 {
    let size = if large { 2 } else { 1 };
    let columns = columns_on(text, profile) * size;
    let room = usize::from(profile.columns)
        .saturating_sub(2 * size - 1)
        .max(1);
    let whole = if columns <= usize::from(profile.columns) {
        1
    } else {
        columns.div_ceil(room)
    };
    let dots = if large { LARGE_LINE_DOTS } else { LINE_DOTS };
    u32::try_from(whole).unwrap_or(u32::MAX / dots) * dots
}
