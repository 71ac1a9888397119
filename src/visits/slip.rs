//! The slip of a visitor, the badge where the house has labels, and the roll call.

use super::{VisitorType, WhereTo};
use crate::building::Building;
use crate::people::{Language, PersonName};
use crate::slips::{Emphasis, Label, LabelKind, Line, Slip, SlipNumber};
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

/// Whose badge it is.
#[derive(Clone, Copy, Debug)]
pub struct Wearer<'a> {
    /// The name, whole: it is worn to be greeted by, and goes out of the house with its owner.
    pub name: &'a PersonName,
    /// Of which type.
    pub of: VisitorType,
    /// The company they come from; empty for none.
    pub company: &'a str,
}

/// The badge a visitor wears; its code is that of the slip, so it signs out and borrows as one does.
/// It holds until the house closes, as the visit does. The host is masked, as on every screen.
pub fn badge(
    building: &Building,
    number: &SlipNumber,
    wearer: Wearer<'_>,
    host: Option<&str>,
    to: Option<&WhereTo>,
    at: DateTime<Utc>,
    language: Language,
) -> Label {
    let kind = words::text(
        language,
        match wearer.of {
            VisitorType::Guest => "badge-guest",
            VisitorType::Interview => "badge-interview",
            VisitorType::Courier => "badge-courier",
            VisitorType::Contractor => "badge-contractor",
            VisitorType::ProspectiveTenant => "badge-viewing",
        },
    );
    let until = building.local(building.next_closing(at));
    let when = format!(
        "{} {}",
        dates::date(language, until.date()),
        dates::time(until)
    );
    let where_to = to.map(|to| format!("{} {}", to.tenant.text(language), to.room));
    let host = host.map(|host| words::with(language, "badge-host", &[("who", host.into())]));
    let lines = where_to
        .into_iter()
        .chain([words::with(
            language,
            "badge-until",
            &[("when", when.into())],
        )])
        .chain(host)
        .chain(Some(wearer.company.to_owned()))
        .filter(|line| !line.trim().is_empty());
    Label {
        kind: LabelKind::Badge,
        heading: format!("{kind} · {number}"),
        title: wearer.name.whole(language).to_owned(),
        lines: lines.collect(),
        code: number.code(),
        mark: None,
    }
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
