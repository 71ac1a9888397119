//! What a label printer prints of a job: a badge to wear, or what is stuck on an item of mail.
//!
//! A job carries its label beside its slip, and both are committed before the first byte leaves:
//! which of the two comes out is decided when it is printed, by which printer can.

use super::Slip;
use serde::{Deserialize, Serialize};

/// What a print job prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What a receipt printer makes of it.
    #[serde(flatten)]
    pub slip: Slip,
    /// What a label printer makes of it; none where it is nothing to wear or to stick on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
}

/// A label without any size: what it says, the most needed first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// What it is for.
    pub kind: LabelKind,
    /// What it is and its number, small at the top.
    pub heading: String,
    /// The largest thing on it: a name to greet somebody by, a shelf to find.
    pub title: String,
    /// Below that; where there is no room for all, the last ones are left out.
    pub lines: Vec<String>,
    /// Beside them as a QR code.
    pub code: String,
    /// What tells a reprint from the first print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// No log shows whose label it is.
impl std::fmt::Debug for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Label({:?}, {} lines)", self.kind, self.lines.len())
    }
}

/// What a label is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelKind {
    /// Worn by a visitor.
    Badge,
    /// Stuck on a parcel or another item of mail.
    Parcel,
}

/// Which of the two a job is printed as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Medium {
    /// On the roll of a receipt printer.
    #[default]
    Receipt,
    /// On a label.
    Label,
}

impl From<Slip> for Paper {
    fn from(slip: Slip) -> Self {
        Paper { slip, label: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slips::{Emphasis, Line};

    fn slip() -> Slip {
        Slip {
            lines: vec![Line::left("A-1123-0001", Emphasis::Plain)],
        }
    }

    #[test]
    fn a_slip_of_the_books_before_labels_is_read_and_written_as_ever() {
        let before = serde_json::to_string(&slip()).expect("texts");
        let read: Paper = serde_json::from_str(&before).expect("a slip is a paper without a label");
        assert_eq!(read, Paper::from(slip()));
        let written = serde_json::to_string(&read).expect("texts");
        assert_eq!(written, before);
    }

    #[test]
    fn a_paper_with_a_label_is_still_a_slip_to_whoever_knows_no_labels() {
        let label = Label {
            kind: LabelKind::Badge,
            heading: "访客".to_owned(),
            title: "张伟".to_owned(),
            lines: vec!["1203".to_owned()],
            code: "A-20261123-0001-V".to_owned(),
            mark: None,
        };
        let paper = Paper {
            slip: slip(),
            label: Some(label),
        };
        let written = serde_json::to_string(&paper).expect("texts");
        assert_eq!(
            serde_json::from_str::<Paper>(&written).expect("what was written"),
            paper
        );
        assert_eq!(
            serde_json::from_str::<Slip>(&written).expect("a slip"),
            slip()
        );
        assert!(
            !format!("{paper:?}").contains("张伟"),
            "no log names anybody"
        );
    }
}
