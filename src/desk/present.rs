//! The staff window as it looks now.

use super::counters::counters;
use super::dialog::{Dialog, Holds, Wish, problem};
use super::keys::may;
use super::needs::needs;
use super::rooms::{self, Look, Room};
use super::session::{Focus, Scanned, look, shown};
use super::view::{Action, Field, Form, Line, Locked, Mark, Need, Row, State, Typed, View, Work};
use super::{House, Session, say};
use crate::people::{Language, Signature};
use crate::words::{self, dates};
use chrono::{DateTime, Timelike, Utc};

/// Results of scans that are shown at once.
const SCANS_SHOWN: usize = 5;

/// Those that are shown in a form.
const SCANS_IN_FORM: usize = 3;

/// Names that are offered at once while one is typed.
const OFFERS_SHOWN: usize = 4;

/// Rows that are handed to the screen at once; a longer table is shown around the chosen row.
const ROWS_SHOWN: usize = 200;

/// What the staff window shows now. Pure.
pub fn present(session: &Session, house: &House, at: DateTime<Utc>) -> View {
    let language = session.language;
    let local = house.building.local(at);
    let state = match look(session, house, at) {
        Some(look) => State::Work(Box::new(work(session, &look))),
        None => State::Locked(locked(session)),
    };
    View {
        language,
        dark: session.dark,
        building: house.building.name.text(language).to_owned(),
        clock: (dates::time(local), dates::short_day(language, local.date())),
        trial: house.trial,
        state,
        dialog: session
            .dialog
            .as_ref()
            .map(|dialog| form(dialog, session, house)),
    }
}

fn dots(count: usize) -> String {
    "●".repeat(count)
}

fn locked(session: &Session) -> Locked {
    let language = session.language;
    let typed = &session.locked.typed;
    let (asks, hint, typed) = match &session.locked.member {
        None => (
            words::text(language, "desk-locked-who"),
            words::text(language, "desk-locked-who-hint"),
            typed.clone(),
        ),
        Some(member) => {
            let name = member.name.masked(language);
            (
                words::with(language, "desk-locked-pin", &[("name", name.into())]),
                words::text(language, "desk-locked-pin-hint"),
                dots(typed.chars().count()),
            )
        }
    };
    Locked {
        asks,
        hint,
        typed,
        problem: session.locked.problem.clone(),
        calls: calls(session),
    }
}

/// What calls for somebody while nobody works here: how many, of which kind, and never who.
fn calls(session: &Session) -> Vec<Line> {
    let calls = &session.calls;
    let lines = [
        (calls.called, Mark::Stop, "desk-locked-called"),
        (calls.to_check, Mark::Stop, "desk-locked-to-check"),
        (calls.waiting, Mark::Attend, "desk-locked-waiting"),
    ];
    let some = lines.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, mark, id)| Line {
        mark,
        text: words::with(session.language, id, &[("count", count.into())]),
    })
    .collect()
}

fn work(session: &Session, look: &Look<'_>) -> Work {
    let table = shown(session, look);
    let place = &session.place;
    let chosen = place.row.min(table.rows.len().saturating_sub(1));
    let position = match table.rows.len() {
        0 => String::new(),
        count => format!("{} / {count}", chosen + 1),
    };
    let row = table.rows.get(chosen);
    let mut all = row.map(|row| row.actions.clone()).unwrap_or_default();
    all.extend(table.common.clone());
    let actions = all.iter().enumerate().map(|(at, action)| Action {
        key: match at {
            0 if !action.careful && may(action, look.me) => format!("{} ⏎", action.key),
            _ => action.key.to_string(),
        },
        label: action.label.clone(),
        forbidden: !may(action, look.me),
        by_enter: at == 0 && !action.careful && may(action, look.me),
    });
    let from = chosen.saturating_sub(ROWS_SHOWN / 2);
    let tabs = match session.hits {
        Some(_) => Vec::new(),
        None => place.room.tabs(look),
    };
    let needs = needs(look);
    let count = u32::try_from(needs.len()).unwrap_or(u32::MAX);
    Work {
        who: (
            look.name(&look.me.name),
            look.me
                .roles
                .first()
                .map(|role| rooms::role(*role, look))
                .unwrap_or_default(),
        ),
        rooms: Room::ALL
            .iter()
            .zip(1..)
            .map(|(room, key)| (room.name(look.language), format!("F{key}")))
            .collect(),
        room: Room::ALL
            .iter()
            .position(|room| *room == place.room)
            .unwrap_or(0),
        counters: counters(look)
            .into_iter()
            .map(|(counter, ..)| counter)
            .collect(),
        search: Typed {
            hint: look.say("desk-search-hint"),
            text: session.search.clone(),
            focus: place.focus == Focus::Search,
            key: "Ctrl K".to_owned(),
        },
        scan: Typed {
            hint: look.say("desk-scan-hint"),
            text: session.scan.clone(),
            focus: place.focus == Focus::Scan,
            key: "F9".to_owned(),
        },
        scans: scans(session, look),
        tabs: tabs
            .iter()
            .zip(0..)
            .map(|((name, count), tab)| match place.room.is_read(tab, look) {
                true => format!("{name} {count}"),
                false => name.clone(),
            })
            .collect(),
        tab: place.tab,
        columns: table.columns,
        facts: row.map(known).unwrap_or_default(),
        rows: table
            .rows
            .into_iter()
            .skip(from)
            .take(ROWS_SHOWN)
            .map(|row| Row {
                mark: row.mark,
                cells: row.cells,
            })
            .collect(),
        row: chosen - from,
        position,
        empty: table.empty,
        actions: actions.collect(),
        forbidden: all
            .iter()
            .any(|action| !may(action, look.me))
            .then(|| look.say("desk-dim-why")),
        needs: needs
            .into_iter()
            .zip(1..)
            .map(|(need, place)| Need {
                mark: need.mark,
                title: need.title,
                about: need.about,
                key: match place {
                    1..=9 => place.to_string(),
                    _ => String::new(),
                },
            })
            .collect(),
        needs_title: look.with("desk-needs-title", &[("count", count.into())]),
        notice: session
            .notice
            .as_ref()
            .map(|done| say::done(done, look.house, look.language)),
        hours: match (place.room, place.tab, &session.hits) {
            (Room::Today, 0, None) => hours(look),
            _ => Vec::new(),
        },
        hours_title: look.say("desk-hours-title"),
        foot: look.say("desk-foot"),
    }
}

/// The results of all scans while the scan field takes the keys, else only the latest.
fn scans(session: &Session, look: &Look<'_>) -> Vec<Line> {
    let shown = match session.place.focus {
        Focus::Scan => SCANS_SHOWN,
        Focus::Table | Focus::Search => 1,
    };
    let scans = session.scans.iter().take(shown);
    scans
        .map(|scanned| scan(scanned, look.house, look.language))
        .collect()
}

/// The line of a scan.
fn scan(scanned: &Scanned, house: &House, language: Language) -> Line {
    let say = |id: &str| words::text(language, id);
    let (mark, said) = match &scanned.done {
        Some(done) => say::done(done, house, language),
        None => (Mark::Plain, say("desk-scan-waits")),
    };
    let (mark, said) = match scanned.held {
        true => (Mark::Attend, Look::joined(&[&said, &say("desk-scan-held")])),
        false => (mark, said),
    };
    Line {
        mark,
        text: format!("{}  {said}", scanned.code),
    }
}

/// What is known of a row; a line without anything to say is left out.
fn known(row: &rooms::Row) -> Vec<(String, String)> {
    let facts = row.facts.iter().filter(|(_, value)| !value.is_empty());
    facts.cloned().collect()
}

/// Loans by hour, while the lobby is open.
fn hours(look: &Look<'_>) -> Vec<(String, u32)> {
    let building = &look.house.building;
    (building.opens.hour()..building.closes.hour().max(building.opens.hour() + 1))
        .map(|hour| {
            let lent = look
                .facts
                .lent_by_hour
                .get(hour as usize)
                .copied()
                .unwrap_or(0);
            (format!("{hour:02}"), lent)
        })
        .collect()
}

fn form(dialog: &Dialog, session: &Session, house: &House) -> Form {
    let language = session.language;
    let say = |id: &str| words::text(language, id);
    let field = |(place, field): (usize, &super::dialog::Field)| {
        let is_chosen = place == dialog.chosen;
        let (offers, offer) = match &field.holds {
            Holds::Pick(pick) if is_chosen => offered(pick, language),
            _ => (Vec::new(), 0),
        };
        Field {
            label: field.label.clone(),
            value: match &field.holds {
                Holds::Text(text, _) | Holds::Amount(text, _) => text.clone(),
                Holds::Choice(choices, chosen) => choices.get(*chosen).cloned().unwrap_or_default(),
                Holds::Secret(pin) => dots(pin.0.len()),
                Holds::Card(None) => say("desk-card-waited-for"),
                Holds::Card(Some(_)) => say("desk-card-read"),
                Holds::Drawn(_) => String::new(),
                Holds::YesNo(true) => say("desk-yes"),
                Holds::YesNo(false) => say("desk-no"),
                Holds::Pick(pick) => match (is_chosen, pick.offers.get(pick.chosen)) {
                    (false, Some((_, words))) => words.clone(),
                    _ => pick.typed.clone(),
                },
            },
            turns: matches!(field.holds, Holds::Choice(..) | Holds::YesNo(_)),
            fresh: field.fresh && is_chosen,
            offers,
            offer,
            drawn: match &field.holds {
                Holds::Drawn(strokes) => strokes.clone(),
                _ => Signature::default(),
            },
        }
    };
    Form {
        title: dialog.title.clone(),
        says: dialog.says.clone(),
        fields: dialog.fields.iter().enumerate().map(field).collect(),
        chosen: dialog.chosen,
        problem: dialog.problem.map(|what| problem(what, dialog, language)),
        notice: session
            .notice
            .as_ref()
            .map(|done| say::done(done, house, language)),
        scans: session
            .scans
            .iter()
            .filter(|scanned| scanned.beside_form)
            .take(SCANS_IN_FORM)
            .map(|scanned| scan(scanned, house, language))
            .collect(),
        // What is only looked at is neither agreed to nor given up.
        buttons: match dialog.wish {
            Wish::Nothing => (say("desk-shut"), String::new()),
            _ => (say("desk-agree"), say("desk-cancel")),
        },
    }
}

/// Who may be meant: a few around the one that is, or that nobody was found.
fn offered(pick: &super::dialog::Pick, language: Language) -> (Vec<String>, usize) {
    let is_typed = !pick.typed.trim().is_empty();
    if pick.offers.is_empty() && is_typed && !pick.waits {
        return (vec![words::text(language, "desk-nobody-found")], 1);
    }
    let from = pick.chosen.saturating_sub(OFFERS_SHOWN - 1);
    let shown = pick.offers.iter().skip(from).take(OFFERS_SHOWN);
    (
        shown.map(|(_, words)| words.clone()).collect(),
        pick.chosen - from,
    )
}
