//! The fall-back pack: one paper from which the desk works while the box is down: who is inside,
//! where the keys are, what is out, which mail waits.

use crate::building::Building;
use crate::keys::Key;
use crate::keys::slip::state_word;
use crate::people::Language;
use crate::slips::{Emphasis, Line, Slip, SlipNumber};
use crate::visits::slip::Present;
use crate::words::{self, dates};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// What stands in the pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pack {
    /// Who is inside.
    pub inside: Vec<Present>,
    /// Every hook, with who has its key where it is out.
    pub hooks: Vec<(Key, Option<Held>)>,
    /// What is on loan, with who has it.
    pub out: Vec<(String, Held)>,
    /// How many pieces of mail wait on each shelf.
    pub mail: BTreeMap<String, u32>,
}

/// Who has something, and until when.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The masked name.
    pub by: String,
    /// When it is due.
    pub due: DateTime<Utc>,
}

/// The pack that nobody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// From one to the next while the lobby is open.
    pub every: TimeDelta,
    /// The language of whoever works on from it.
    pub language: Language,
}

/// Whether a pack is due: the lobby is open, and the last one is so old, or none was printed since it
/// opened today. One of the night before says nothing of whoever comes in the morning.
pub fn is_due(
    last: Option<DateTime<Utc>>,
    every: TimeDelta,
    building: &Building,
    at: DateTime<Utc>,
) -> bool {
    let local = building.local(at);
    let is_open = (building.opens..building.closes).contains(&local.time());
    let opened = building.moment(local.date(), building.opens);
    is_open && last.is_none_or(|last| last < opened || at - last >= every)
}

/// The paper.
pub fn paper(
    building: &Building,
    number: &SlipNumber,
    pack: &Pack,
    at: DateTime<Utc>,
    language: Language,
) -> Slip {
    let say = |id: &str| words::text(language, id);
    let mut lines = vec![
        Line::centred(building.name.text(language).to_owned(), Emphasis::Bold),
        Line::centred(say("slip-pack-title"), Emphasis::Large),
        Line::pair(
            say("slip-pack-at"),
            dates::day_time(language, building.local(at)),
        ),
    ];
    section(&mut lines, language, "slip-pack-inside", pack.inside.len());
    lines.extend(pack.inside.iter().map(|present| {
        let where_to = format!("{} {}", present.room, present.number);
        Line::pair(
            format!("□ {}", present.name),
            where_to.trim_start().to_owned(),
        )
    }));
    section(&mut lines, language, "slip-pack-keys", pack.hooks.len());
    lines.extend(pack.hooks.iter().map(|(key, out)| {
        let value = match out {
            Some(held) => {
                let due = dates::time(building.local(held.due));
                format!("{} {due}", held.by)
            }
            None => say(state_word(key.state)),
        };
        Line::pair(format!("□ {}", key.hook), value)
    }));
    section(&mut lines, language, "slip-pack-out", pack.out.len());
    lines.extend(pack.out.iter().map(|(what, held)| {
        let due = dates::short_day(language, building.local(held.due).date());
        Line::pair(format!("□ {what}"), format!("{} {due}", held.by))
    }));
    let pieces: u32 = pack.mail.values().sum();
    section(
        &mut lines,
        language,
        "slip-pack-mail",
        usize::try_from(pieces).unwrap_or(usize::MAX),
    );
    lines.extend(
        pack.mail
            .iter()
            .map(|(shelf, count)| Line::pair(format!("□ {shelf}"), count.to_string())),
    );
    lines.push(Line::Rule);
    lines.push(Line::pair(say("slip-number"), number.to_string()));
    Slip { lines }
}

fn section(lines: &mut Vec<Line>, language: Language, title: &str, count: usize) {
    lines.push(Line::Rule);
    lines.push(Line::pair(words::text(language, title), count.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Bilingual;
    use chrono::NaiveTime;

    fn building(opens: u32, closes: u32) -> Building {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
        Building {
            name: Bilingual::new("云", "Cloud"),
            zone: chrono_tz::Asia::Shanghai,
            opens: time(opens),
            closes: time(closes),
            device: 'A',
        }
    }

    #[test]
    fn a_pack_is_due_by_the_hour_while_the_lobby_is_open() {
        let building = building(8, 20);
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a real moment");
        let hour = TimeDelta::hours(1);
        let is_due = |last, now| is_due(last, hour, &building, at(now));
        // 07:59, 08:00 and 20:00 in Shanghai.
        assert!(!is_due(None, "2026-11-22T23:59:00Z"));
        assert!(is_due(None, "2026-11-23T00:00:00Z"));
        assert!(!is_due(None, "2026-11-23T12:00:00Z"));
        let last = Some(at("2026-11-23T00:00:00Z"));
        assert!(!is_due(last, "2026-11-23T00:59:59Z"));
        assert!(is_due(last, "2026-11-23T01:00:00Z"));
    }

    #[test]
    fn a_new_day_begins_with_a_pack_however_young_the_last_one_is() {
        let building = building(6, 22);
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a real moment");
        let half_a_day = TimeDelta::hours(12);
        let is_due = |last: &str, now| is_due(Some(at(last)), half_a_day, &building, at(now));
        // 21:59 in Shanghai; then 05:59 and 06:00 the next morning, eight hours later.
        let yesterday = "2026-11-23T13:59:00Z";
        assert!(!is_due(yesterday, "2026-11-23T21:59:00Z"));
        assert!(is_due(yesterday, "2026-11-23T22:00:00Z"));
        // One that somebody asked for in the night knows nothing of the morning.
        assert!(is_due("2026-11-23T17:00:00Z", "2026-11-23T22:00:00Z"));
        let this_morning = "2026-11-23T22:00:00Z";
        assert!(!is_due(this_morning, "2026-11-24T09:59:59Z"));
        assert!(is_due(this_morning, "2026-11-24T10:00:00Z"));
    }
}
