//! The papers of mail: label, notice, round list, return slip, special-mail return form.
//!
//! What goes into the desk's file bears whole names. What is stuck on an item lies on an open shelf, and
//! bears the masked one.

use super::desk::{Onward, Return, ReturnForm, ReturnReason};
use super::{Item, PickUpCode};
use crate::building::Building;
use crate::people::Language;
use crate::slips::{Emphasis, Label, LabelKind, Line, Slip, SlipNumber};
use crate::words::{self, dates};
use chrono::{DateTime, Utc};

fn left(text: String) -> Line {
    Line::left(text, Emphasis::Plain)
}

/// The building's name and what paper this is.
fn heading(building: &Building, title: &str, language: Language) -> Vec<Line> {
    vec![
        Line::centred(building.name.text(language).to_owned(), Emphasis::Bold),
        Line::centred(words::text(language, title), Emphasis::Plain),
        Line::Rule,
    ]
}

/// Words that are filled in with a pair of label and value.
struct Paper<'a> {
    building: &'a Building,
    language: Language,
}

impl Paper<'_> {
    fn pair(&self, label: &str, value: impl Into<String>) -> Line {
        Line::pair(words::text(self.language, label), value.into())
    }

    fn moment(&self, label: &str, at: DateTime<Utc>) -> Line {
        let at = dates::day_time(self.language, self.building.local(at));
        self.pair(label, at)
    }

    fn kind(&self, item: &Item) -> String {
        words::text(self.language, item.kind.word())
    }

    fn number(&self, item: &Item) -> Option<Line> {
        let number = item.number.as_ref()?;
        Some(self.pair("slip-number", number.to_string()))
    }

    /// A name, with the mark of somebody who has left: whoever carries it asks those they worked with.
    fn marked(&self, item: &Item, name: String) -> String {
        match item.recipient.has_left {
            true => words::with(
                self.language,
                "slip-mail-has-left",
                &[("name", name.into())],
            ),
            false => name,
        }
    }

    /// The number of the piece on a paper that has a number of its own.
    fn item_number(&self, item: &Item) -> Option<Line> {
        let number = item.number.as_ref()?;
        Some(self.pair("slip-mail-item-number", number.to_string()))
    }

    fn room(&self, item: &Item) -> Option<Line> {
        let room = item.recipient.room.clone()?;
        Some(self.pair("slip-mail-room", room))
    }
}

/// The label on an item: for whom, where it lies, and its number to scan. It lies where others pass, so
/// that the pick-up code is not on it: whoever knows that gets all that waits with it.
pub fn label(building: &Building, item: &Item, language: Language) -> Slip {
    let paper = Paper { building, language };
    let mut lines = heading(building, "slip-mail-label-title", language);
    lines.push(Line::centred(
        paper.marked(item, item.recipient.masked(language)),
        Emphasis::Large,
    ));
    lines.extend(paper.room(item));
    lines.push(paper.pair("slip-mail-kind", paper.kind(item)));
    lines.push(Line::centred(item.shelf.clone(), Emphasis::Large));
    lines.push(paper.moment("slip-mail-arrived", item.arrived));
    lines.extend(paper.number(item));
    let scanned = item.number.as_ref().map(SlipNumber::code);
    lines.extend(scanned.map(Line::Qr));
    Slip { lines }
}

/// The same for a label printer: the shelf first, for whoever fetches it; the addressee masked, because
/// it is stuck on the outside. What is scanned of it is its number, never the pick-up code.
pub fn parcel(building: &Building, item: &Item, language: Language) -> Label {
    let paper = Paper { building, language };
    let kind = paper.kind(item);
    let heading = match &item.number {
        Some(number) => format!("{kind} · {number}"),
        None => kind,
    };
    let room = item.recipient.room.clone().unwrap_or_default();
    let name = paper.marked(item, item.recipient.masked(language));
    let addressee = format!("{name} {room}");
    let day = dates::short_day(language, building.local(item.arrived).date());
    let lines = [
        addressee.trim().to_owned(),
        words::with(language, "slip-mail-came", &[("day", day.into())]),
        building.name.text(language).to_owned(),
    ];
    Label {
        kind: LabelKind::Parcel,
        heading,
        title: item.shelf.clone(),
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        code: item
            .number
            .as_ref()
            .map(SlipNumber::code)
            .unwrap_or_default(),
        mark: None,
    }
}

/// The notice for the addressee: what waits, and the code to collect it by. It names nobody, because
/// it is left at doors.
pub fn notice(
    building: &Building,
    item: &Item,
    code: &PickUpCode,
    held_until: DateTime<Utc>,
    language: Language,
) -> Slip {
    let paper = Paper { building, language };
    let mut lines = heading(building, "slip-mail-notice-title", language);
    lines.extend(paper.room(item));
    lines.push(paper.pair("slip-mail-kind", paper.kind(item)));
    lines.extend(paper.number(item));
    let last = dates::day(language, building.local(held_until).date());
    lines.extend([
        paper.pair("slip-mail-held-until", last),
        Line::Space(1),
        Line::centred(words::text(language, "slip-mail-code"), Emphasis::Plain),
        Line::centred(code.digits().to_owned(), Emphasis::Large),
        Line::Space(1),
        Line::Qr(code.code()),
        Line::Space(1),
        Line::centred(
            words::text(language, "slip-mail-how-to-collect"),
            Emphasis::Plain,
        ),
        Line::centred(words::text(language, "slip-thanks"), Emphasis::Plain),
    ]);
    Slip { lines }
}

/// The list of a delivery round, door by door, with a line to sign on where one is due.
pub fn round(
    building: &Building,
    number: &SlipNumber,
    at: DateTime<Utc>,
    items: &[Item],
    language: Language,
) -> Slip {
    let paper = Paper { building, language };
    let mut lines = heading(building, "slip-mail-round-title", language);
    lines.push(paper.moment("slip-mail-date", at));
    lines.push(paper.pair("slip-mail-count", items.len().to_string()));
    lines.push(Line::Rule);
    let mut door = None;
    for item in items {
        let room = item.recipient.room.clone().unwrap_or_default();
        if door.as_ref() != Some(&room) {
            lines.push(Line::left(room.clone(), Emphasis::Bold));
            door = Some(room);
        }
        let number = item.number.as_ref().map(SlipNumber::to_string);
        lines.push(Line::pair(
            format!(
                "□ {} {}",
                paper.kind(item),
                paper.marked(item, item.recipient.name(language))
            ),
            number.unwrap_or_default(),
        ));
        if item.kind.needs_signature() {
            // Below the words of its piece, not below the box.
            let signed = words::text(language, "slip-mail-signed");
            lines.push(Line::pair(format!("   {signed}"), "____________"));
        }
    }
    lines.push(Line::Rule);
    lines.push(paper.pair("slip-number", number.to_string()));
    Slip { lines }
}

/// The return slip 改批退条: the reason, or where the item goes instead.
pub fn return_slip(
    building: &Building,
    number: &SlipNumber,
    at: DateTime<Utc>,
    back: &Return,
    allowed_by: &str,
    language: Language,
) -> Slip {
    let paper = Paper { building, language };
    let mut lines = heading(building, "slip-mail-return-title", language);
    // Nobody reads that a new address is unknown above that address.
    let reason = match (back.onward, back.reason) {
        (Onward::Forward, ReturnReason::MovedAddressUnknown) => "mail-reason-moved-on",
        (_, reason) => reason.word(),
    };
    lines.push(Line::centred(
        words::text(language, reason),
        Emphasis::Large,
    ));
    lines.push(match back.onward {
        Onward::ToSender => left(words::text(language, "slip-mail-to-sender")),
        Onward::Forward => paper.pair("slip-mail-forward", back.address.clone()),
    });
    lines.push(paper.pair("slip-mail-kind", paper.kind(&back.item)));
    lines.extend(paper.item_number(&back.item));
    let checked = match back.item.kind.is_special() {
        true => "slip-mail-approved-by",
        false => "slip-mail-checked-by",
    };
    lines.push(paper.pair(checked, allowed_by));
    lines.push(paper.moment("slip-mail-date", at));
    lines.push(paper.pair("slip-number", number.to_string()));
    Slip { lines }
}

/// The special-mail return form 特殊邮件退信表 for the file, with a line for the supervisor.
#[expect(
    clippy::too_many_arguments,
    reason = "a form has as many facts as it has lines"
)]
pub fn special_return_form(
    building: &Building,
    number: &SlipNumber,
    at: DateTime<Utc>,
    item: &Item,
    reason: ReturnReason,
    form: &ReturnForm,
    filled_in_by: &str,
    language: Language,
) -> Slip {
    let paper = Paper { building, language };
    let mut lines = heading(building, "slip-mail-form-title", language);
    lines.push(paper.pair("slip-mail-kind", paper.kind(item)));
    lines.extend(paper.item_number(item));
    lines.push(paper.moment("slip-mail-arrived", item.arrived));
    lines.push(paper.pair("slip-mail-attempts", item.attempts.to_string()));
    lines.push(paper.pair("slip-mail-reason", words::text(language, reason.word())));
    lines.push(Line::Rule);
    for (field, text) in form.fields() {
        lines.push(paper.pair(field.word(), text));
    }
    lines.push(Line::Rule);
    lines.push(paper.pair("slip-mail-filled-in-by", filled_in_by));
    lines.push(paper.moment("slip-mail-date", at));
    lines.push(paper.pair("slip-mail-supervisor", "____________"));
    lines.push(paper.pair("slip-number", number.to_string()));
    Slip { lines }
}
