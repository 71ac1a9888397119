//! Having a thing kept for oneself: which kind, which day, what time.

use super::form::{Controls, Form, notes, strong};
use super::phrases::{Phrases, list, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Kept, KeptLine, Readiness, Reserving, Room, Thing};
use crate::lending::flow::Touch as LendingTouch;
use crate::words::dates;
use chrono::{NaiveDate, NaiveDateTime};
use lodge_ui::slint::SharedString;
use lodge_ui::{Choice, Line, List, ListingForm, MenuForm, MessageForm, Picture};

pub fn form(page: &Reserving, said: &Phrases, controls: &mut Controls) -> Form {
    match page {
        Reserving::Kinds(kinds) => {
            let tiles: Vec<Choice> = kinds
                .iter()
                .enumerate()
                .map(|(position, (kind, name, icon))| Choice {
                    title: name.text(said.language).into(),
                    picture: picture(*icon),
                    filled: position == 0,
                    touch: controls.add(Touch::Kind(kind.clone())),
                    ..Choice::default()
                })
                .collect();
            Form::Menu(MenuForm {
                title: said.text("reserve-kind"),
                tiles: list(tiles),
                ..MenuForm::default()
            })
        }
        Reserving::Days(thing, days) => {
            let lines: Vec<Line> = days
                .iter()
                .map(|line| {
                    let touch = Touch::Lending(LendingTouch::Day(line.day));
                    offered(day(line.day, said), line.room, touch, said, controls)
                })
                .collect();
            listing("reserve-day", said.thing(thing).into(), lines, said)
        }
        Reserving::Times(thing, of, times) => {
            let lines: Vec<Line> = times
                .iter()
                .map(|line| {
                    let touch = Touch::Lending(LendingTouch::Slot(line.slot));
                    let title = span(*of, line.from, line.until, said);
                    offered(title, line.room, touch, said, controls)
                })
                .collect();
            let detail = said.with(
                "reserve-time-detail",
                &[("thing", &said.thing(thing)), ("day", &day(*of, said))],
            );
            listing("reserve-time", detail, lines, said)
        }
        Reserving::Kept(page) => kept(page, said, controls),
        Reserving::Cancelled(thing, from) => cancelled(thing, *from, said, controls),
    }
}

fn listing(title: &str, detail: SharedString, lines: Vec<Line>, said: &Phrases) -> Form {
    // Where nothing of it can be had, that is said before the list of what is taken.
    let none_free = lines.iter().all(|line| line.touch == 0);
    Form::Listing(ListingForm {
        title: said.text(title),
        detail: match none_free {
            true => said.text("reserve-nothing"),
            false => detail,
        },
        lists: list([List {
            title: SharedString::new(),
            lines: list(lines),
        }]),
        ..ListingForm::default()
    })
}

/// A day or a time; one at which nothing is to be had stays, and says why it cannot be touched.
fn offered(
    title: String,
    room: Room,
    touch: Touch,
    said: &Phrases,
    controls: &mut Controls,
) -> Line {
    Line {
        title: title.into(),
        detail: match room {
            Room::Free(free) => said.count("reserve-free", free),
            Room::Taken => said.text("reserve-taken"),
            Room::Own => said.text("reserve-own"),
        },
        picture: match room {
            Room::Free(_) => Picture::Clock,
            Room::Taken => Picture::None,
            Room::Own => Picture::Done,
        },
        touch: match room {
            Room::Free(_) => controls.add(touch),
            Room::Taken | Room::Own => 0,
        },
        dim: !matches!(room, Room::Free(_)),
        ..Line::default()
    }
}

fn kept(page: &Kept, said: &Phrases, controls: &mut Controls) -> Form {
    let next = match page.ready {
        // It is within the hour.
        true => said.with("reserved-ready", &[("when", &dates::time(page.lapses))]),
        false => said.with("reserved-fetch", &[("when", &said.when(page.lapses))]),
    };
    Form::Message(MessageForm {
        picture: picture(page.thing.icon),
        title: said.text("reserved-title"),
        detail: when(page.from, page.until, said).into(),
        // PC 01, as it is called everywhere: its name over what is written on it.
        caption: page.thing.name.text(said.language).into(),
        number: page.thing.label.clone().unwrap_or_default().into(),
        notes: notes([strong(next, Picture::Clock)]),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

fn cancelled(thing: &Thing, from: NaiveDateTime, said: &Phrases, controls: &mut Controls) -> Form {
    let (thing, when) = (said.thing(thing), said.when(from));
    Form::Message(MessageForm {
        picture: Picture::Done,
        title: said.text("reserve-cancelled"),
        detail: said.with(
            "reserve-cancelled-detail",
            &[("thing", &thing), ("when", &when)],
        ),
        action: controls.control(said.text("done"), Picture::Done, Touch::End),
        ..MessageForm::default()
    })
}

/// What is kept for somebody, as a line of their own page.
pub(super) fn line(line: &KeptLine, said: &Phrases, controls: &mut Controls) -> Line {
    let when = when(line.from, line.until, said);
    Line {
        title: said.thing(&line.thing).into(),
        detail: match line.ready {
            Readiness::Ready => said.with("reserved-line-ready", &[("when", &when)]),
            Readiness::NotHere => said.with("reserved-line-not-here", &[("when", &when)]),
            Readiness::Later => when.into(),
        },
        attend: line.ready == Readiness::NotHere,
        picture: picture(line.thing.icon),
        action: match line.cancels {
            true => said.text("reserve-cancel"),
            false => SharedString::new(),
        },
        touch: match line.cancels {
            true => controls.add(Touch::Lending(LendingTouch::Cancel(line.reservation))),
            false => 0,
        },
        ..Line::default()
    }
}

/// Today, tomorrow, or the day.
fn day(day: NaiveDate, said: &Phrases) -> String {
    let date = dates::short_day(said.language, day);
    match (day - said.today).num_days() {
        0 => said.with("reserve-today", &[("day", &date)]).into(),
        1 => said.with("reserve-tomorrow", &[("day", &date)]).into(),
        _ => date,
    }
}

/// 09:00 – 12:00 tomorrow; where it ends on another day, with both days.
fn when(from: NaiveDateTime, until: NaiveDateTime, said: &Phrases) -> String {
    let span = |from: &str, until: &str| -> String {
        said.with("reserve-span", &[("from", from), ("until", until)])
            .into()
    };
    if from.date() != until.date() {
        return span(&said.when(from), &said.when(until));
    }
    let times = span(&dates::time(from), &dates::time(until));
    dates::on_day(said.language, from.date(), &times, said.today)
}

/// 09:00 – 12:00 on that day, or from now.
fn span(
    day: NaiveDate,
    from: Option<NaiveDateTime>,
    until: NaiveDateTime,
    said: &Phrases,
) -> String {
    let from = from.map_or_else(|| said.text("reserve-now").into(), dates::time);
    let until = match until.date() == day {
        true => dates::time(until),
        false => said.when(until),
    };
    said.with("reserve-span", &[("from", &from), ("until", &until)])
        .into()
}
