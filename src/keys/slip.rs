//! The papers of the keys: the report of a lost or damaged one, and the map of the hooks.

use super::{Harm, Key, KeyState};
use crate::building::Building;
use crate::people::Language;
use crate::slips::{Emphasis, Line, Slip, SlipNumber};
use crate::words::{self, dates};
use chrono::{DateTime, Utc};

/// What a report says.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The number on it.
    pub number: &'a SlipNumber,
    /// Which hook.
    pub hook: &'a str,
    /// What happened.
    pub harm: Harm,
    /// What was written about it.
    pub text: &'a str,
    /// Who had it last, where it was out.
    pub holder: Option<&'a str>,
    /// When it was reported.
    pub at: DateTime<Utc>,
}

/// The written report to the supervisor, with room for the decision.
pub fn report(building: &Building, report: &Report<'_>, language: Language) -> Slip {
    let say = |id: &str| words::text(language, id);
    let pair = |id: &str, value: String| Line::pair(say(id), value);
    let mut lines = head(building, say("slip-key-report-title"), language);
    lines.extend([
        Line::centred(report.hook.to_owned(), Emphasis::Large),
        pair(
            "slip-key-harm",
            say(match report.harm {
                Harm::Lost => "key-harm-lost",
                Harm::Damaged => "key-harm-damaged",
            }),
        ),
        pair(
            "slip-key-reported",
            dates::day_time(language, building.local(report.at)),
        ),
    ]);
    if let Some(holder) = report.holder {
        lines.push(pair("slip-key-holder", holder.to_owned()));
    }
    match report.text {
        // Said with a no on the glass: what it is, is written by hand, or at the desk.
        "" => lines.push(pair("slip-key-what", "____________".to_owned())),
        text => lines.push(Line::left(text.to_owned(), Emphasis::Plain)),
    }
    lines.push(Line::Rule);
    for id in ["slip-key-re-key", "slip-key-copy", "slip-key-charge"] {
        lines.push(Line::left(format!("□ {}", say(id)), Emphasis::Plain));
    }
    lines.extend([
        pair("slip-key-supervisor", "____________".to_owned()),
        pair("slip-number", report.number.to_string()),
        Line::Qr(report.number.code()),
    ]);
    Slip { lines }
}

/// Every hook and where its key is: what the desk works from on the day the box is down.
pub fn map(
    building: &Building,
    number: &SlipNumber,
    keys: &[(Key, Option<DateTime<Utc>>)],
    at: DateTime<Utc>,
    language: Language,
) -> Slip {
    let say = |id: &str| words::text(language, id);
    let mut lines = head(building, say("slip-key-map-title"), language);
    lines.push(Line::pair(
        say("slip-key-map-at"),
        dates::day_time(language, building.local(at)),
    ));
    lines.push(Line::Rule);
    for (key, due) in keys {
        let value = match (key.state, due) {
            (KeyState::Out, Some(due)) => words::with(
                language,
                "slip-key-out-until",
                &[("time", dates::time(building.local(*due)).into())],
            ),
            (state, _) => say(state_word(state)),
        };
        lines.push(Line::pair(format!("□ {}", key.hook), value));
    }
    lines.push(Line::Rule);
    lines.push(Line::pair(say("slip-number"), number.to_string()));
    Slip { lines }
}

/// The word for where a key is.
pub fn state_word(state: KeyState) -> &'static str {
    match state {
        KeyState::OnHook => "key-state-on-hook",
        KeyState::Out => "key-state-out",
        KeyState::Lost => "key-state-lost",
        KeyState::TurnedUp => "key-state-turned-up",
        KeyState::Damaged => "key-state-damaged",
        KeyState::Retired => "key-state-retired",
    }
}

fn head(building: &Building, title: String, language: Language) -> Vec<Line> {
    vec![
        Line::centred(building.name.text(language).to_owned(), Emphasis::Bold),
        Line::centred(title, Emphasis::Plain),
        Line::Rule,
    ]
}
