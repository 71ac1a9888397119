//! The slip of a loan, and the sheet of the laundry's day.

use super::{Kind, Loan, WashDay, WashMove};
use crate::building::Building;
use crate::people::Language;
use crate::slips::{Emphasis, Line, Slip, SlipNumber};
use crate::words::{self, dates};
use chrono::{DateTime, Utc};

/// Where somebody writes.
const BLANK: &str = "____________";

/// The slip a borrower carries away: building, what, due when, number and its QR code.
pub fn borrowed(building: &Building, kind: &Kind, loan: &Loan, language: Language) -> Slip {
    let what = match loan.item.label() {
        Some(label) => format!("{} {label}", kind.name.text(language)),
        None => kind.name.text(language).to_owned(),
    };
    let mut lines = vec![
        Line::centred(building.name.text(language).to_owned(), Emphasis::Bold),
        Line::centred(words::text(language, "slip-loan-title"), Emphasis::Plain),
        Line::Rule,
        Line::centred(what, Emphasis::Large),
        Line::Space(1),
        Line::pair(
            words::text(language, "slip-lent-at"),
            dates::day_time(language, building.local(loan.lent_at)),
        ),
        Line::pair(
            words::text(language, "slip-due"),
            dates::day_time(language, building.local(loan.due)),
        ),
    ];
    if loan.deposit_fen > 0 {
        lines.push(Line::pair(
            words::text(language, "slip-deposit"),
            words::money(loan.deposit_fen),
        ));
    }
    lines.extend([
        Line::pair(
            words::text(language, "slip-number"),
            loan.number.to_string(),
        ),
        Line::Space(1),
        Line::Qr(loan.number.code()),
        Line::Space(1),
        Line::centred(words::text(language, "slip-how-to-return"), Emphasis::Plain),
        Line::Space(1),
        Line::centred(words::text(language, "slip-thanks"), Emphasis::Plain),
    ]);
    Slip { lines }
}

/// The day of everything that is washed: issued, returned, to the laundry and back, and where all of
/// it is now. The counts add up to what belongs to the stand; whoever counts by hand writes it down.
pub fn wash_sheet(
    building: &Building,
    number: &SlipNumber,
    days: &[(&Kind, WashDay)],
    at: DateTime<Utc>,
    language: Language,
) -> Slip {
    let say = |id: &str| words::text(language, id);
    let mut lines = vec![
        Line::centred(building.name.text(language), Emphasis::Bold),
        Line::centred(say("slip-wash-title"), Emphasis::Large),
        Line::pair(
            say("slip-wash-at"),
            dates::day_time(language, building.local(at)),
        ),
    ];
    for (kind, day) in days {
        let stand = &day.stand;
        let counts = [
            ("slip-wash-issued", day.issued),
            ("slip-wash-returned", day.returned),
            ("slip-wash-sent", day.moved(WashMove::Sent)),
            ("slip-wash-back", day.moved(WashMove::Back)),
            ("slip-wash-written-off", day.moved(WashMove::WrittenOff)),
        ];
        let places = [
            ("slip-wash-clean", stand.clean()),
            ("slip-wash-out", stand.out),
            ("slip-wash-dirty", stand.dirty),
            ("slip-wash-washing", stand.washing),
            ("slip-wash-total", stand.total),
        ];
        let line = |(id, count): &(&str, u32)| Line::pair(say(id), count.to_string());
        lines.push(Line::Rule);
        lines.push(Line::left(kind.name.text(language), Emphasis::Bold));
        lines.extend(counts.iter().map(line));
        lines.extend([
            Line::Space(1),
            Line::left(say("slip-wash-now"), Emphasis::Bold),
        ]);
        lines.extend(places.iter().map(line));
        lines.push(Line::pair(say("slip-wash-counted"), BLANK));
    }
    lines.extend([
        Line::Rule,
        Line::pair(say("slip-wash-signed"), BLANK),
        Line::pair(say("slip-number"), number.to_string()),
    ]);
    Slip { lines }
}
