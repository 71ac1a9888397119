//! The room of keys: every hook, the keeper's check, reports that wait for the supervisor, grants,
//! uses of which a tenant is to be told, and the register of takings.

mod forms;
mod lists;
mod past;

use super::{Action, Look, MOMENT, Mark, Row, Table};
use crate::desk::dialog::{Dialog, Field};
use crate::desk::event::Order;
use crate::desk::facts::{GrantFact, HookFact, ReportFact};
use crate::desk::services::{KeyOrder, ServiceOrder};
use crate::desk::wishes::ServiceWish;
use crate::keys::check::{Finding, Line};
use crate::keys::rules::LastReport;
use crate::keys::slip::state_word;
use crate::keys::{Decision, Harm, Key, KeyId, KeyState, rules};
use crate::people::Act;
use crate::words::dates;

pub use lists::brought;

/// The table of the check.
pub const CHECK: usize = 1;

/// The table of grants.
pub const GRANTS: usize = 3;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    let check = look.facts.key_check.as_ref();
    // In a closed check nothing is left to do, whatever moves on behind it.
    let running = check.iter().filter(|check| !check.closed);
    let lines = running.flat_map(|check| &check.lines);
    let today = look.house.building.local(look.at).date();
    let name = match check.filter(|check| check.day != today) {
        Some(older) => {
            let day = dates::short_day(look.language, older.day);
            look.with("desk-tab-key-check-of", &[("day", day.into())])
        }
        None => look.say("desk-tab-key-check"),
    };
    vec![
        (look.say("desk-tab-hooks"), look.facts.hooks.len()),
        (name, lines.filter(|line| line.is_open()).count()),
        (
            look.say("desk-tab-key-reports"),
            look.facts.key_reports.len(),
        ),
        (look.say("desk-tab-grants"), look.facts.grants.len()),
        (look.say("desk-tab-key-uses"), lists::untold(look).count()),
        (look.say("desk-tab-register"), look.facts.key_register.len()),
        (look.say("desk-tab-keys-past"), look.facts.keys_past.len()),
    ]
}

fn order(key: char, label: String, act: Act, order: KeyOrder) -> Action {
    Action::order(key, label, act, Order::Service(ServiceOrder::Keys(order)))
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let columns = |ids: &[(&str, u8)]| ids.iter().map(|(id, w)| (look.say(id), *w)).collect();
    let common = vec![
        forms::hang(look),
        forms::grant(look),
        order(
            'B',
            look.say("desk-do-begin-check"),
            Act::KeepKeys,
            KeyOrder::BeginCheck,
        )
        .by_its_key(),
        order(
            'M',
            look.say("desk-do-key-map"),
            Act::ReadRegisters,
            KeyOrder::PrintMap,
        )
        .by_its_key(),
    ];
    match tab {
        0 => Table {
            columns: columns(&[
                ("desk-col-hook", 14),
                ("desk-col-state", 26),
                ("desk-col-key-holder", 34),
                ("desk-col-due", MOMENT),
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
                ("desk-col-hook", 14),
                ("desk-col-state", 40),
                ("desk-col-found", 46),
            ]),
            rows: match &look.facts.key_check {
                Some(check) => check.lines.iter().map(|line| checked(line, look)).collect(),
                None => Vec::new(),
            },
            // While it runs, the list is what there is to do.
            common: match close(look) {
                Some(close) => vec![close],
                None => common,
            },
            empty: look.say("desk-no-check"),
        },
        2 => Table {
            columns: columns(&[
                ("desk-col-hook", 14),
                ("desk-field-harm", 18),
                ("desk-field-report", 42),
                ("desk-fact-reported", MOMENT),
            ]),
            rows: reports(look),
            common,
            empty: look.say("desk-no-reports"),
        },
        GRANTS => lists::grants(look),
        4 => lists::uses(look),
        5 => lists::register(look),
        _ => past::table(look),
    }
}

fn close(look: &Look<'_>) -> Option<Action> {
    let check = look
        .facts
        .key_check
        .as_ref()
        .filter(|check| !check.closed)?;
    Some(
        order(
            'C',
            look.say("desk-do-close-check"),
            Act::KeepKeys,
            KeyOrder::CloseCheck(check.id),
        )
        .by_its_key(),
    )
}

/// A hook as a row.
pub fn hook(fact: &HookFact, look: &Look<'_>) -> Row {
    let key = &fact.key;
    let late = super::overdue::is_late(fact, look);
    let out = fact.out.as_ref();
    let who = out.map(|taking| lists::taker(taking, look));
    let who = who.unwrap_or_default();
    let due = fact.due().map(|due| look.when(due)).unwrap_or_default();
    let mut actions = Vec::new();
    match key.state {
        _ if out.is_some() => actions.push(forms::back(key, look)),
        KeyState::OnHook => actions.push(forms::sign_out(key, look)),
        KeyState::Lost => {
            let tag = key.tag.clone();
            let label = look.say("desk-do-turned-up");
            let turned_up = KeyOrder::TurnedUp { tag };
            actions.push(order('T', label, Act::UseKeys, turned_up).by_its_key());
        }
        KeyState::Out | KeyState::TurnedUp | KeyState::Damaged | KeyState::Retired => {}
    }
    // A key that waits leads to the supervisor's decision first, then back to its hook.
    let mut reports = look.facts.key_reports.iter();
    let open = reports.find(|report| report.hook == key.hook);
    let is_decided = open.is_none();
    let last = match open {
        None => LastReport::Decided,
        Some(report) if report.text.is_empty() => LastReport::Wordless,
        Some(_) => LastReport::Written,
    };
    actions.extend(open.map(|report| decide(report, look)));
    if rules::may_hang_back(key, out.is_some(), is_decided).is_ok() {
        actions.push(forms::hang_back(key, look));
    }
    let mut harms = vec![Harm::Lost, Harm::Damaged];
    harms.retain(|harm| rules::may_report(key, *harm, last).is_ok());
    if !harms.is_empty() {
        actions.push(forms::report(key, harms, look));
    }
    if rules::may_retire(key, out.is_some(), is_decided).is_ok() {
        actions.push(forms::retire(key, look));
    }
    let state = look.say(state_word(key.state));
    let mut facts = vec![
        (look.say("desk-col-hook"), key.hook.clone()),
        (look.say("desk-col-tag"), key.tag.clone()),
        (look.say("desk-col-state"), state.clone()),
        (look.say("desk-col-key-holder"), who.clone()),
        (look.say("desk-col-due"), due.clone()),
    ];
    facts.extend(
        out.into_iter()
            .flat_map(|taking| lists::about(taking, look)),
    );
    facts.extend(past::of(key.id, look));
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
            (false, state) if state.waits() => Mark::Attend,
            _ => Mark::Plain,
        },
        cells: vec![key.hook.clone(), state, who, due],
        facts,
        actions,
    }
}

/// A line of the check as a row.
fn checked(line: &Line, look: &Look<'_>) -> Row {
    let found = match line.finding {
        None => String::new(),
        Some(Finding::Here) => look.say("desk-found-here"),
        Some(Finding::Out) => look.say("desk-found-out"),
        Some(Finding::NotBack) => look.say("desk-found-not-back"),
    };
    // A check that is closed takes no findings.
    let begun = look.facts.key_check.as_ref().filter(|check| !check.closed);
    let note = |finding| {
        begun.map(|check| KeyOrder::Note {
            check: check.id,
            key: line.key,
            finding,
            reason: String::new(),
        })
    };
    let mut actions = Vec::new();
    let mut plain = |key, word, finding| {
        actions
            .extend(note(finding).map(|wanted| order(key, look.say(word), Act::KeepKeys, wanted)));
    };
    plain('H', "desk-found-here", Finding::Here);
    plain('O', "desk-found-out", Finding::Out);
    if let Some(check) = begun {
        let dialog = Dialog::service(
            look.with("desk-ask-not-back", &[("hook", line.hook.clone().into())]),
            look.say("desk-ask-not-back-how"),
            vec![Field::text(look.say("desk-field-reason"), 300)],
            ServiceWish::NotBack(check.id, line.key),
        );
        actions.push(Action::ask(
            'N',
            look.say("desk-found-not-back"),
            Act::KeepKeys,
            dialog,
        ));
    }
    let state = look.say(state_word(line.state));
    let is_open = line.is_open() && begun.is_some();
    // What was noted and is otherwise by now is to be looked at once more.
    let found = match is_open && !found.is_empty() {
        true => Look::joined(&[&found, &look.say("desk-found-otherwise")]),
        false => found,
    };
    Row {
        key: line.key.to_string(),
        mark: match is_open || line.finding == Some(Finding::NotBack) {
            true => Mark::Attend,
            false => Mark::Good,
        },
        facts: vec![
            (look.say("desk-col-hook"), line.hook.clone()),
            (look.say("desk-col-state"), state.clone()),
            (look.say("desk-col-found"), found.clone()),
            (
                look.say("desk-field-reason"),
                past::reason_in(line, look).unwrap_or_default(),
            ),
        ],
        cells: vec![line.hook.clone(), state, found],
        actions,
    }
}

fn reports(look: &Look<'_>) -> Vec<Row> {
    let reports = look.facts.key_reports.iter();
    reports
        .map(|report| {
            let harm = look.say(match report.harm {
                Harm::Lost => "key-harm-lost",
                Harm::Damaged => "key-harm-damaged",
            });
            let at = look.when(report.at);
            Row {
                key: report.id.to_string(),
                mark: Mark::Stop,
                facts: vec![
                    (look.say("desk-col-hook"), report.hook.clone()),
                    (look.say("desk-field-harm"), harm.clone()),
                    (look.say("desk-fact-reported"), at.clone()),
                    (look.say("desk-field-report"), report.text.clone()),
                ],
                cells: vec![report.hook.clone(), harm, report.text.clone(), at],
                actions: vec![decide(report, look)],
            }
        })
        .collect()
}

/// A key that is out comes back.
pub fn take_back(key: &Key, look: &Look<'_>) -> Action {
    forms::back(key, look)
}

/// A grant as a row, here and among what a search finds.
pub fn grant(fact: &GrantFact, look: &Look<'_>) -> Row {
    lists::grant(fact, look)
}

/// What the keeper does about a key that is here and decided about: it hangs on its hook again, or
/// retires.
pub fn asked_of_keeper(key: KeyId, look: &Look<'_>) -> Vec<Action> {
    let mut hooks = look.facts.hooks.iter();
    let fact = hooks.find(|fact| fact.key.id == key);
    fact.map(|fact| {
        vec![
            forms::hang_back(&fact.key, look),
            forms::retire(&fact.key, look),
        ]
    })
    .unwrap_or_default()
}

/// The supervisor decides about a lost or damaged key.
pub fn decide(report: &ReportFact, look: &Look<'_>) -> Action {
    let decisions = [Decision::ReKey, Decision::Copy, Decision::Nothing];
    let words = ["slip-key-re-key", "slip-key-copy", "desk-decide-nothing"];
    let words = words.map(|word| look.say(word));
    let dialog = Dialog::service(
        look.with("desk-ask-decide", &[("hook", report.hook.clone().into())]),
        report.text.clone(),
        vec![
            Field::choice(look.say("desk-field-decision"), words.to_vec()),
            Field::amount(look.say("desk-field-charge"), 100_000),
        ],
        ServiceWish::DecideKey(report.id, decisions.to_vec()),
    );
    let label = look.say("desk-do-decide");
    Action::ask('E', label, Act::DecideKeyLoss, dialog)
}
