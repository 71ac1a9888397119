//! The slip of a loan.

use super::{Kind, Loan};
use crate::building::Building;
use crate::people::Language;
use crate::slips::{Align, Emphasis, Line, Slip};
use crate::words::{self, dates};

/// The slip a borrower carries away: building, what, due when, number and its QR code.
pub fn borrowed(building: &Building, kind: &Kind, loan: &Loan, language: Language) -> Slip {
    let heading = |text: String, emphasis| Line::Text {
        text,
        align: Align::Centre,
        emphasis,
    };
    let pair = |label: String, value: String| Line::Pair { label, value };
    let what = match loan.item.label() {
        Some(label) => format!("{} {label}", kind.name.text(language)),
        None => kind.name.text(language).to_owned(),
    };
    let mut lines = vec![
        heading(building.name.text(language).to_owned(), Emphasis::Bold),
        heading(words::text(language, "slip-loan-title"), Emphasis::Plain),
        Line::Rule,
        heading(what, Emphasis::Large),
        Line::Space(1),
        pair(
            words::text(language, "slip-lent-at"),
            dates::day_time(language, building.local(loan.lent_at)),
        ),
        pair(
            words::text(language, "slip-due"),
            dates::day_time(language, building.local(loan.due)),
        ),
    ];
    if kind.policy.deposit_fen > 0 {
        lines.push(pair(
            words::text(language, "slip-deposit"),
            words::money(kind.policy.deposit_fen),
        ));
    }
    lines.extend([
        pair(
            words::text(language, "slip-number"),
            loan.number.to_string(),
        ),
        Line::Space(1),
        Line::Qr(loan.number.code()),
        Line::Space(1),
        heading(words::text(language, "slip-how-to-return"), Emphasis::Plain),
        Line::Space(1),
        heading(words::text(language, "slip-thanks"), Emphasis::Plain),
    ]);
    Slip { lines }
}
