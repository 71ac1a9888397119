//! A slip as a document for a printer of so many columns.

use crate::slips::{Align, Emphasis, Line, Slip, pair, wrap};
use lodge_hardware::escpos::document::{self, Document, Row};
use lodge_hardware::escpos::profile::Profile;

/// Dots a module of the QR code: a code of 17 letters becomes 25 modules, 19 mm at 203 dpi.
const QR_MODULE: u8 = 6;

/// Wraps a slip to the paper of this printer.
pub fn document(slip: &Slip, profile: &Profile) -> Document {
    let width = usize::from(profile.columns);
    let mut document = Document::new();
    for line in &slip.lines {
        for row in rows(line, width) {
            document = document.row(row);
        }
    }
    document.row(Row::Cut)
}

fn rows(line: &Line, width: usize) -> Vec<Row> {
    let plain = |text: String| Row::Text {
        text,
        align: document::Align::Left,
        bold: false,
        large: false,
    };
    match line {
        Line::Text {
            text,
            align,
            emphasis,
        } => {
            let large = *emphasis == Emphasis::Large;
            let align = match align {
                Align::Left => document::Align::Left,
                Align::Centre => document::Align::Centre,
            };
            let bold = *emphasis != Emphasis::Plain;
            wrap(text, if large { width / 2 } else { width })
                .into_iter()
                .map(|text| Row::Text {
                    text,
                    align,
                    bold,
                    large,
                })
                .collect()
        }
        Line::Pair { label, value } => pair(label, value, width).into_iter().map(plain).collect(),
        Line::Rule => vec![plain("-".repeat(width))],
        Line::Qr(data) => vec![Row::Qr {
            data: data.clone(),
            module: QR_MODULE,
        }],
        Line::Space(rows) => vec![Row::Feed(*rows)],
    }
}
