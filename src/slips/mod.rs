//! A slip as lines, emphasis and codes. It knows columns of paper, but no bytes.

mod digits;
mod label;
mod number;
mod record;
mod wrap;

pub use digits::{CodeError, CodeForm};
pub use label::{Label, LabelKind, Medium, Paper};
pub use number::{NumberError, SlipNumber};
pub use record::{Proof, Record, WhyUnknown};
pub use wrap::{columns, wrap};

use crate::ids::id;
use serde::{Deserialize, Serialize};

id!(
    /// One printing of one slip.
    PrintJobId
);

/// A slip, top to bottom, as it is stored with its print job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The lines in order.
    pub lines: Vec<Line>,
}

/// One element of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// Words; wrapped where they do not fit.
    Text {
        /// What it says.
        text: String,
        /// Where it stands.
        align: Align,
        /// How large and heavy.
        emphasis: Emphasis,
    },
    /// A label at the left and its value at the right.
    Pair {
        /// At the left.
        label: String,
        /// At the right; on a line of its own where both do not fit.
        value: String,
    },
    /// A line across the paper.
    Rule,
    /// A QR code of this text, centred.
    Qr(String),
    /// Empty lines.
    Space(u8),
}

impl Line {
    /// Words in the middle.
    pub fn centred(text: impl Into<String>, emphasis: Emphasis) -> Self {
        Line::Text {
            text: text.into(),
            align: Align::Centre,
            emphasis,
        }
    }

    /// Words at the left.
    pub fn left(text: impl Into<String>, emphasis: Emphasis) -> Self {
        Line::Text {
            text: text.into(),
            align: Align::Left,
            emphasis,
        }
    }

    /// A label and its value.
    pub fn pair(label: impl Into<String>, value: impl Into<String>) -> Self {
        Line::Pair {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// Where a line stands on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
}

/// How a line is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Emphasis {
    /// Plain.
    Plain,
    /// Bold.
    Bold,
    /// Double width and height: what people carry away.
    Large,
}

/// Where a print job stands. Paper never undoes what was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// Committed, not a byte sent.
    Queued,
    /// Bytes may have reached the printer.
    Sending,
    /// The printer proved that it printed.
    Confirmed,
    /// Nobody knows; a person must look before it is printed again.
    Unknown,
    /// Given up before a byte was sent.
    Failed,
}

/// A printer as the settings call it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrinterName(pub String);

/// How much of a printer's roll is used, counted; a measure, not a deed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaperRoll {
    /// Dots of paper used.
    pub used_dots: u64,
    /// It was said that the roll ends soon.
    pub is_warned: bool,
    /// The roll ran out, and none was seen in its place yet.
    pub is_out: bool,
}

/// Why paper does not come out, in the words people get to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperTrouble {
    /// The roll is empty.
    PaperOut,
    /// The cover is open.
    CoverOpen,
    /// The cutter is stuck.
    Cutter,
    /// The printer says it is off-line, without a reason we know.
    Offline,
    /// The printer takes no bytes.
    Stalled,
    /// The line to the printer is gone.
    Unplugged,
    /// The printer gives no answer.
    Silent,
}

impl Slip {
    /// The slip as plain text at this paper width, for snapshots and for the desk's screen.
    pub fn to_text(&self, width: usize) -> String {
        let mut text = String::new();
        for line in &self.lines {
            for row in line.rows(width) {
                text.push_str(row.trim_end());
                text.push('\n');
            }
        }
        text
    }
}

impl Line {
    /// This line as rows of at most `width` columns.
    fn rows(&self, width: usize) -> Vec<String> {
        match self {
            Line::Text {
                text,
                align,
                emphasis,
            } => {
                let scale = if *emphasis == Emphasis::Large { 2 } else { 1 };
                wrap(text, width / scale)
                    .into_iter()
                    .map(|row| match align {
                        Align::Left => row,
                        Align::Centre => {
                            let free = width.saturating_sub(columns(&row) * scale);
                            format!("{}{row}", " ".repeat(free / 2))
                        }
                    })
                    .collect()
            }
            Line::Pair { label, value } => pair(label, value, width),
            Line::Rule => vec!["-".repeat(width)],
            Line::Qr(data) => vec![format!("[QR {data}]")],
            Line::Space(rows) => vec![String::new(); usize::from(*rows)],
        }
    }
}

/// A label and a value on one row, or on two where they do not fit.
pub fn pair(label: &str, value: &str, width: usize) -> Vec<String> {
    let used = columns(label) + columns(value);
    if used < width {
        return vec![format!("{label}{}{value}", " ".repeat(width - used))];
    }
    let mut rows = wrap(label, width);
    rows.extend(wrap(value, width).into_iter().map(|row| {
        let free = width.saturating_sub(columns(&row));
        format!("{}{row}", " ".repeat(free))
    }));
    rows
}
