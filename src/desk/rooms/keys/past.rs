//! What was written about keys: why one was not back, what the supervisor decided, why one is no longer
//! kept.

use crate::desk::facts::{KeyPast, KeyPastFact, NotBackFact};
use crate::desk::rooms::{Look, MOMENT, Mark, Row, Table};
use crate::keys::check::{Finding, Line};
use crate::keys::{Decision, Harm, KeyId, KeyState};
use crate::words::{self, dates};

/// Decisions, the latest first, and the keys that are no longer kept.
pub fn table(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-col-hook", 14),
        ("desk-field-harm", 26),
        ("desk-field-report", 34),
        ("desk-col-decided", MOMENT),
    ];
    let past = look.facts.keys_past.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: past.map(|fact| row(fact, look)).collect(),
        common: Vec::new(),
        empty: look.say("desk-no-keys-past"),
    }
}

fn row(fact: &KeyPastFact, look: &Look<'_>) -> Row {
    let (key, what, text, at) = match &fact.what {
        KeyPast::Decided {
            report,
            harm,
            text,
            decision,
            at,
            ..
        } => (
            report.to_string(),
            Look::joined(&[&look.say(harm_word(*harm)), &look.say(word(*decision))]),
            text.clone(),
            look.when(*at),
        ),
        KeyPast::Retired { reason, at, .. } => (
            fact.key.to_string(),
            look.say("key-state-retired"),
            reason.clone(),
            at.map(|at| look.when(at)).unwrap_or_default(),
        ),
    };
    let mut facts = vec![(look.say("desk-col-hook"), fact.hook.clone())];
    facts.extend(told(fact, look));
    Row {
        key,
        mark: Mark::Plain,
        facts,
        cells: vec![fact.hook.clone(), what, text, at],
        // What is decided stands, and what is retired stays so.
        actions: Vec::new(),
    }
}

/// What is known of it beside its hook, label and value.
fn told(fact: &KeyPastFact, look: &Look<'_>) -> Vec<(String, String)> {
    match &fact.what {
        KeyPast::Decided {
            harm,
            text,
            decision,
            amount_fen,
            at,
            ..
        } => {
            let charge = match amount_fen {
                0 => String::new(),
                fen => words::money(*fen),
            };
            vec![
                (look.say("desk-field-harm"), look.say(harm_word(*harm))),
                (look.say("desk-field-report"), text.clone()),
                (look.say("desk-field-decision"), look.say(word(*decision))),
                (look.say("slip-key-charge"), charge),
                (look.say("desk-col-decided"), look.when(*at)),
            ]
        }
        KeyPast::Retired { tag, reason, at } => {
            let at = at.map(|at| look.when(at)).unwrap_or_default();
            vec![
                (look.say("desk-col-state"), look.say("key-state-retired")),
                (look.say("desk-col-tag"), tag.clone()),
                (look.say("desk-field-reason"), reason.clone()),
                (look.say("desk-fact-since"), at),
            ]
        }
    }
}

/// What was written about a key that is kept: why it is not back, while it is not, and what was decided
/// about it last.
pub fn of(key: KeyId, look: &Look<'_>) -> Vec<(String, String)> {
    let mut hooks = look.facts.hooks.iter();
    let away = hooks
        .find(|fact| fact.key.id == key)
        .is_some_and(|fact| fact.out.is_some() || fact.key.state != KeyState::OnHook);
    let reason = reason(key, look).filter(|_| away);
    let reason = reason.map(|fact| {
        let day = dates::short_day(look.language, fact.day);
        (
            look.say("desk-fact-not-back"),
            Look::joined(&[&day, &fact.reason]),
        )
    });
    let mut past = look.facts.keys_past.iter();
    let decided = past.find(|fact| fact.key == key);
    reason
        .into_iter()
        .chain(decided.into_iter().flat_map(|fact| told(fact, look)))
        .collect()
}

/// Why this key is not back, as the keeper wrote in the check on the screen.
pub fn reason_in(line: &Line, look: &Look<'_>) -> Option<String> {
    let check = look.facts.key_check.as_ref()?.id;
    let found = reason(line.key, look)?;
    let holds = found.check == check && line.finding == Some(Finding::NotBack);
    holds.then(|| found.reason.clone())
}

fn reason<'a>(key: KeyId, look: &Look<'a>) -> Option<&'a NotBackFact> {
    let mut reasons = look.facts.keys_not_back.iter();
    reasons.find(|fact| fact.key == key)
}

fn harm_word(harm: Harm) -> &'static str {
    match harm {
        Harm::Lost => "key-harm-lost",
        Harm::Damaged => "key-harm-damaged",
    }
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::ReKey => "slip-key-re-key",
        Decision::Copy => "slip-key-copy",
        Decision::Nothing => "desk-decide-nothing",
    }
}
