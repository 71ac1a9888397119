//! The slip of a visitor, and the roll call.

use super::WhereTo;
use crate::building::Building;
use crate::people::Language;
use crate::slips::{Emphasis, Line, Slip, SlipNumber};
use crate::words::{self, dates};
use chrono::{DateTime, Utc};

/// The slip a visitor carries: number and QR code, host masked, where to go.
pub fn visit(
    building: &Building,
    number: &SlipNumber,
    host: Option<&str>,
    to: Option<&WhereTo>,
    at: DateTime<Utc>,
    language: Language,
) -> Slip {
    let say = |id: &str| words::text(language, id);
    let pair = |id: &str, value: String| Line::pair(say(id), value);
    let mut lines = vec![
        Line::centred(building.name.text(language).to_owned(), Emphasis::Bold),
        Line::centred(say("visit-slip-title"), Emphasis::Plain),
        Line::Rule,
        Line::centred(number.to_string(), Emphasis::Large),
        Line::Space(1),
        pair(
            "visit-slip-came",
            dates::day_time(language, building.local(at)),
        ),
    ];
    if let Some(host) = host {
        lines.push(pair("visit-slip-host", host.to_owned()));
    }
    if let Some(to) = to {
        lines.push(pair(
            "visit-slip-company",
            to.tenant.text(language).to_owned(),
        ));
        lines.push(pair("visit-slip-room", to.room.clone()));
    }
    lines.extend([
        Line::Space(1),
        Line::Qr(number.code()),
        Line::Space(1),
        Line::centred(say("visit-slip-how-to-leave"), Emphasis::Plain),
    ]);
    Slip { lines }
}

/// One line of the roll call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The name, whole: the list is for whoever counts heads outside.
    pub name: String,
    /// The number on the slip.
    pub number: SlipNumber,
    /// Where they went; empty where nobody said.
    pub room: String,
}

/// Who is inside, with a box to tick for each.
pub fn roll_call(
    building: &Building,
    number: &SlipNumber,
    inside: &[Present],
    at: DateTime<Utc>,
    language: Language,
) -> Slip {
    let say = |id: &str| words::text(language, id);
    let mut lines = vec![
        Line::centred(building.name.text(language).to_owned(), Emphasis::Bold),
        Line::centred(say("visit-roll-title"), Emphasis::Large),
        Line::pair(
            say("visit-roll-at"),
            dates::day_time(language, building.local(at)),
        ),
        Line::pair(say("visit-roll-count"), inside.len().to_string()),
        Line::Rule,
    ];
    lines.extend(inside.iter().map(|present| {
        Line::pair(
            format!("[ ] {}", present.name),
            format!("{} {}", present.room, present.number)
                .trim()
                .to_owned(),
        )
    }));
    lines.extend([
        Line::Rule,
        Line::pair(say("slip-number"), number.to_string()),
    ]);
    Slip { lines }
}
