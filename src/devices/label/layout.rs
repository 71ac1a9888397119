//! What stands where on a label of any size that settings may name.
//!
//! From the top: a small heading, the title as large as it can be, and below it the lines with the code
//! at their right. Lines that have no room are left out, the last ones first: better than one cut short.

use crate::slips::{Label, columns};
use lodge_hardware::label::{Area, Label as Sheet, Mm, Stock, Text};

/// The gap between labels of the common kind.
pub(super) const GAP: Mm = Mm::whole(2);
/// Tenths of a millimetre that stay white at every edge.
const MARGIN: u16 = 20;
/// The height of a row of small text: no less is read at arm's length, and more is a waste of room.
const ROW: (u16, u16) = (35, 60);
/// The side of the code: no less is read by every scanner, and more is a waste of room.
const CODE: (u16, u16) = (110, 240);
/// White between the code and what is beside it. With the margin that it keeps within its own area
/// these are the four modules of the standard on every side.
const AIR: u16 = 15;
/// Rows of small text that a title is high.
const TITLE_ROWS: u16 = 4;

/// Labels of the common kind, of so many millimetres across and along.
pub(super) fn stock((across, along): (u16, u16)) -> Stock {
    Stock::die_cut(Mm::whole(across), Mm::whole(along), GAP)
}

/// The label on stock of so many millimetres across and along.
pub fn sheet(label: &Label, (across, along): (u16, u16)) -> Sheet {
    let stock = stock((across, along));
    let (width, height) = (10 * across - 2 * MARGIN, 10 * along - 2 * MARGIN);
    let row = (height / 10).clamp(ROW.0, ROW.1);
    let most = height.saturating_sub(row + CODE.0 + AIR).max(row);
    let title = (TITLE_ROWS * row).min(most);
    let body = height.saturating_sub(row + title);
    let code = body.saturating_sub(AIR).min(CODE.1).min(width / 2);
    let beside = width.saturating_sub(code + AIR);
    let top = MARGIN + row + title;
    let small = Mm::tenths(row * 5 / 6);
    let mut sheet = Sheet::new(stock)
        .text(
            area((MARGIN, MARGIN), (width, row)),
            Text::new(&label.heading).size(small),
        )
        .text(
            area((MARGIN, MARGIN + row), (width, title)),
            Text::new(&label.title)
                .size(Mm::tenths(title * 4 / 5))
                .bold(),
        )
        .qr(
            area((MARGIN + beside + AIR, top + AIR), (code, code)),
            &label.code,
        );
    let mut free = body / row;
    let mut at = top;
    for (line, is_mark) in lines(label) {
        let rows = rows_of(line, row, beside);
        if rows > free {
            break;
        }
        let text = Text::new(line).size(small);
        let text = if is_mark { text.bold() } else { text };
        sheet = sheet.text(area((MARGIN, at), (beside, rows * row)), text);
        (free, at) = (free - rows, at + rows * row);
    }
    sheet
}

/// The lines, and whether each is the mark of a reprint, which comes first.
fn lines(label: &Label) -> impl Iterator<Item = (&str, bool)> {
    let mark = label.mark.iter().map(|mark| (mark.as_str(), true));
    mark.chain(label.lines.iter().map(|line| (line.as_str(), false)))
}

/// Rows that a line needs: a Chinese character is as wide as it is high.
fn rows_of(line: &str, row: u16, width: u16) -> u16 {
    let columns = u16::try_from(columns(line)).unwrap_or(u16::MAX);
    let needs = u32::from(columns) * u32::from(row * 5 / 12);
    let rows = needs.div_ceil(u32::from(width.max(1))).max(1);
    u16::try_from(rows).unwrap_or(u16::MAX)
}

fn area((x, y): (u16, u16), (width, height): (u16, u16)) -> Area {
    Area {
        x: Mm::tenths(x),
        y: Mm::tenths(y),
        width: Mm::tenths(width),
        height: Mm::tenths(height),
    }
}
