//! The room of keys: every hook, the keeper's check of today, reports that wait for the supervisor.

use super::{Action, Look, Mark, Row, Table};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::facts::HookFact;
use crate::desk::services::ServiceOrder;
use crate::keys::check::{Finding, Line};
use crate::keys::slip::state_word;
use crate::keys::{Decision, Harm, KeyState, Point};
use crate::people::Act;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let open = look.facts.key_check.iter().flat_map(|check| &check.lines);
    vec![
        (look.say("desk-tab-hooks"), look.facts.hooks.len()),
        (
            look.say("desk-tab-key-check"),
            open.filter(|line| line.is_open()).count(),
        ),
        (
            look.say("desk-tab-key-reports"),
            look.facts.key_reports.len(),
        ),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let columns = |ids: &[(&str, u8)]| ids.iter().map(|(id, w)| (look.say(id), *w)).collect();
    let common = vec![
        Action::order(
            'B',
            look.say("desk-do-begin-check"),
            Act::KeepKeys,
            Order::Service(ServiceOrder::BeginCheck),
        ),
        Action::order(
            'M',
            look.say("desk-do-key-map"),
            Act::ReadRegisters,
            Order::Service(ServiceOrder::PrintKeyMap),
        ),
    ];
    match tab {
        0 => Table {
            columns: columns(&[
                ("desk-col-hook", 20),
                ("desk-col-state", 20),
                ("desk-col-who", 36),
                ("desk-col-due", 24),
            ]),
            rows: look
                .facts
                .hooks
                .iter()
                .map(|fact| hook(fact, look))
                .collect(),
            common,
            empty: look.say("desk-no-hooks"),
        },
        1 => Table {
            columns: columns(&[
                ("desk-col-hook", 30),
                ("desk-col-state", 30),
                ("desk-col-found", 40),
            ]),
            rows: match &look.facts.key_check {
                Some(check) => check.lines.iter().map(|line| checked(line, look)).collect(),
                None => Vec::new(),
            },
            common: common.into_iter().chain(close(look)).collect(),
            empty: look.say("desk-no-check"),
        },
        _ => Table {
            columns: columns(&[("desk-col-hook", 30), ("desk-col-state", 70)]),
            rows: reports(look),
            common,
            empty: look.say("desk-no-reports"),
        },
    }
}

fn close(look: &Look<'_>) -> Option<Action> {
    let check = look
        .facts
        .key_check
        .as_ref()
        .filter(|check| !check.closed)?;
    Some(Action::order(
        'C',
        look.say("desk-do-close-check"),
        Act::KeepKeys,
        Order::Service(ServiceOrder::CloseCheck(check.id)),
    ))
}

/// A hook as a row.
fn hook(fact: &HookFact, look: &Look<'_>) -> Row {
    let key = &fact.key;
    let late = fact.due.is_some_and(|due| due < look.at);
    let who = match (&fact.holder, fact.goes_along) {
        (Some(name), true) => Look::joined(&[&look.name(name), &look.say("desk-with-contractor")]),
        (Some(name), false) => look.name(name),
        (None, _) => String::new(),
    };
    let due = fact.due.map(|due| look.when(due)).unwrap_or_default();
    let mut actions = Vec::new();
    if key.state == KeyState::Out {
        let fields = Point::ALL.map(|point| yes(look.say(point_word(point))));
        let dialog = Dialog {
            title: look.with("desk-ask-key-back", &[("hook", key.hook.clone().into())]),
            says: look.say("desk-ask-key-back-how"),
            fields: fields.to_vec(),
            wish: Wish::KeyBack(key.tag.clone()),
            chosen: 0,
            problem: None,
        };
        actions.push(Action::ask(
            'R',
            look.say("desk-do-take-back"),
            Act::UseKeys,
            dialog,
        ));
    }
    if matches!(key.state, KeyState::Out | KeyState::OnHook) {
        let dialog = Dialog {
            title: look.with("desk-ask-key-report", &[("hook", key.hook.clone().into())]),
            says: look.say("desk-ask-key-report-how"),
            fields: vec![
                Field::choice(
                    look.say("desk-field-harm"),
                    vec![look.say("key-harm-lost"), look.say("key-harm-damaged")],
                ),
                Field::text(look.say("desk-field-report"), 300),
            ],
            wish: Wish::ReportKey(key.id, vec![Harm::Lost, Harm::Damaged]),
            chosen: 0,
            problem: None,
        };
        actions.push(Action::ask(
            'L',
            look.say("desk-do-report-lost"),
            Act::UseKeys,
            dialog,
        ));
    }
    let state = look.say(state_word(key.state));
    let mut facts = vec![
        (look.say("desk-col-hook"), key.hook.clone()),
        (look.say("desk-col-tag"), key.tag.clone()),
        (look.say("desk-col-state"), state.clone()),
        (look.say("desk-col-who"), who.clone()),
        (look.say("desk-col-due"), due.clone()),
    ];
    // What a key opens is for those who keep or use them.
    let may_know = crate::people::permits(&look.me.roles, Act::UseKeys);
    facts.extend(
        fact.opens
            .clone()
            .filter(|_| may_know)
            .map(|opens| (look.say("desk-fact-opens"), opens)),
    );
    Row {
        key: key.id.to_string(),
        mark: match (late, key.state) {
            (true, _) => Mark::Stop,
            (false, KeyState::Lost | KeyState::Damaged) => Mark::Attend,
            _ => Mark::Plain,
        },
        cells: vec![key.hook.clone(), state, who, due],
        facts,
        actions,
    }
}

fn point_word(point: Point) -> &'static str {
    match point {
        Point::PowerOff => "key-point-power-off",
        Point::Windows => "key-point-windows",
        Point::Doors => "key-point-doors",
        Point::Locked => "key-point-locked",
        Point::Whole => "key-point-whole",
    }
}

fn yes(label: String) -> Field {
    Field::yes_no(label)
}

/// A line of the check as a row.
fn checked(line: &Line, look: &Look<'_>) -> Row {
    let found = match line.finding {
        None => String::new(),
        Some(Finding::Here) => look.say("desk-found-here"),
        Some(Finding::Out) => look.say("desk-found-out"),
        Some(Finding::NotBack) => look.say("desk-found-not-back"),
    };
    let note = |finding| {
        let check = look.facts.key_check.as_ref().map(|check| check.id);
        check.map(|check| {
            Order::Service(ServiceOrder::NoteKey {
                check,
                key: line.key,
                finding,
                reason: String::new(),
            })
        })
    };
    let mut actions = Vec::new();
    let mut plain = |key, word, finding| {
        actions.extend(
            note(finding).map(|order| Action::order(key, look.say(word), Act::KeepKeys, order)),
        );
    };
    plain('H', "desk-found-here", Finding::Here);
    plain('O', "desk-found-out", Finding::Out);
    if let Some(check) = &look.facts.key_check {
        let dialog = Dialog {
            title: look.with("desk-ask-not-back", &[("hook", line.hook.clone().into())]),
            says: look.say("desk-ask-not-back-how"),
            fields: vec![Field::text(look.say("desk-field-reason"), 300)],
            wish: Wish::NotBack(check.id, line.key),
            chosen: 0,
            problem: None,
        };
        actions.push(Action::ask(
            'N',
            look.say("desk-found-not-back"),
            Act::KeepKeys,
            dialog,
        ));
    }
    let state = look.say(state_word(line.state));
    Row {
        key: line.key.to_string(),
        mark: match line.is_open() {
            true => Mark::Attend,
            false => Mark::Good,
        },
        facts: vec![
            (look.say("desk-col-hook"), line.hook.clone()),
            (look.say("desk-col-state"), state.clone()),
            (look.say("desk-col-found"), found.clone()),
        ],
        cells: vec![line.hook.clone(), state, found],
        actions,
    }
}

fn reports(look: &Look<'_>) -> Vec<Row> {
    let decisions = [Decision::ReKey, Decision::Copy, Decision::Nothing];
    let words = ["slip-key-re-key", "slip-key-copy", "desk-decide-nothing"];
    let reports = look.facts.key_reports.iter();
    reports
        .map(|report| {
            let harm = look.say(match report.harm {
                Harm::Lost => "key-harm-lost",
                Harm::Damaged => "key-harm-damaged",
            });
            let dialog = Dialog {
                title: look.with("desk-ask-decide", &[("hook", report.hook.clone().into())]),
                says: report.text.clone(),
                fields: vec![
                    Field::choice(
                        look.say("desk-field-decision"),
                        words.map(|word| look.say(word)).to_vec(),
                    ),
                    Field::amount(look.say("desk-field-charge"), 100_000),
                ],
                wish: Wish::DecideKey(report.id, decisions.to_vec()),
                chosen: 0,
                problem: None,
            };
            Row {
                key: report.id.to_string(),
                mark: Mark::Stop,
                facts: vec![
                    (look.say("desk-col-hook"), report.hook.clone()),
                    (look.say("desk-col-state"), harm.clone()),
                    (look.say("desk-fact-since"), look.when(report.at)),
                    (look.say("desk-field-report"), report.text.clone()),
                ],
                cells: vec![report.hook.clone(), harm],
                actions: vec![Action::ask(
                    'E',
                    look.say("desk-do-decide"),
                    Act::DecideKeyLoss,
                    dialog,
                )],
            }
        })
        .collect()
}
