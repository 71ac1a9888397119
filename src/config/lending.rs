//! `[[lending]]`: the kinds of things a house lends, and on what terms.

use super::check::{name, number, time};
use super::defaults;
use super::error::Wrong;
use super::file::LendingTable;
use crate::lending::{Asks, Counted, DueRule, Kind, KindIcon, KindId, Policy, money};
use crate::people::{Bilingual, Role};
use toml::Spanned;

/// The dearest deposit, in yuan: beyond it somebody mistook fen for yuan.
const DEAREST_YUAN: f64 = 100_000.0;

/// All kinds of a file, each by itself and beside the others.
pub(super) fn kinds(tables: Vec<LendingTable>) -> Result<Vec<Kind>, Wrong> {
    let mut kinds: Vec<Kind> = Vec::new();
    for table in tables {
        let id_at = table.id.span();
        let kind = kind(table)?;
        if kinds.iter().any(|other| other.id == kind.id) {
            return Err(Wrong::at(id_at)
                .expecting("an id that no other kind has")
                .such_as(format!("id = \"{}-2\"", kind.id)));
        }
        kinds.push(kind);
    }
    Ok(kinds)
}

fn kind(table: LendingTable) -> Result<Kind, Wrong> {
    let usual = defaults::policy(who(table.who)?);
    let due = due(table.due_minutes, table.days, table.due_at, usual.due)?;
    let counted = table.counted;
    let one_by_one = |given| only(given, counted, Counted::Tagged, "tagged");
    let stays = table
        .in_place
        .as_ref()
        .is_some_and(|stays| *stays.get_ref());
    let wiped = asks_about_data(table.ask_wiped, table.icon, stays, counted)?;
    let parts = table.parts.first().map(|part| part.span());
    one_by_one(parts.map(|span| Spanned::new(span, true)))?;
    Ok(Kind {
        id: id(table.id)?,
        name: name(table.name)?,
        icon: table.icon.unwrap_or_default(),
        counted,
        policy: Policy {
            at_once: table
                .at_once
                .map_or(Ok(usual.at_once), |held| number(held, 1..=99))?,
            due,
            deposit_fen: table.deposit_yuan.map_or(Ok(usual.deposit_fen), fen)?,
            slip: table.slip.unwrap_or(usual.slip),
            self_return: table.self_return.unwrap_or(usual.self_return),
            blocked_while_overdue: table
                .blocked_while_overdue
                .unwrap_or(usual.blocked_while_overdue),
            renewals: table
                .renewals
                .map_or(Ok(usual.renewals), |times| number(times, 0..=9))?,
            reservable: one_by_one(table.reservable)?,
            asks: Asks {
                condition: one_by_one(table.ask_condition)?,
                wiped,
            },
            parts: parts_of(table.parts)?,
            in_place: one_by_one(table.in_place)?,
            washed: only(table.washed, counted, Counted::Pooled, "pooled")?,
            who: usual.who,
        },
    })
}

/// Something that only makes sense where things are counted like this.
fn only(
    given: Option<Spanned<bool>>,
    counted: Counted,
    needed: Counted,
    word: &str,
) -> Result<bool, Wrong> {
    match given {
        Some(given) if *given.get_ref() && counted != needed => {
            Err(Wrong::at(given.span()).expecting(format!("this only where counted is \"{word}\"")))
        }
        given => Ok(given.is_some_and(Spanned::into_inner)),
    }
}

/// ● Whoever brings a lent PC back is asked whether its data was wiped, whatever the file leaves out. One
/// that stays in the lobby is nobody's to fill.
fn asks_about_data(
    given: Option<Spanned<bool>>,
    icon: Option<KindIcon>,
    stays: bool,
    counted: Counted,
) -> Result<bool, Wrong> {
    let must = icon == Some(KindIcon::Laptop) && !stays && counted == Counted::Tagged;
    match given {
        Some(given) if must && !*given.get_ref() => Err(Wrong::at(given.span())
            .expecting("true: of a PC that is lent it is asked whether its data was wiped")),
        None => Ok(must),
        given => only(given, counted, Counted::Tagged, "tagged"),
    }
}

/// The most parts a thing has: they are asked one by one on one page.
const MOST_PARTS: usize = 4;

fn parts_of(given: Vec<Spanned<Bilingual>>) -> Result<Vec<Bilingual>, Wrong> {
    if let Some(over) = given.get(MOST_PARTS) {
        return Err(Wrong::at(over.span()).expecting(format!("at most {MOST_PARTS} parts")));
    }
    given.into_iter().map(name).collect()
}

/// Minutes, or a day and a time of day.
fn due(
    minutes: Option<Spanned<i64>>,
    days: Option<Spanned<i64>>,
    at: Option<Spanned<String>>,
    usual: DueRule,
) -> Result<DueRule, Wrong> {
    let Some(minutes) = minutes.filter(|minutes| *minutes.get_ref() != 0) else {
        return Ok(DueRule {
            minutes: None,
            days: days.map_or(Ok(0), |days| number(days, 0..=366))?,
            at: at.map_or(Ok(usual.at), time)?,
        });
    };
    if days.is_some() || at.is_some() {
        return Err(Wrong::at(minutes.span()).expecting("either due_minutes, or days and due_at"));
    }
    Ok(DueRule {
        minutes: Some(number(minutes, 5..=1440)?),
        ..usual
    })
}

fn id(given: Spanned<String>) -> Result<KindId, Wrong> {
    let text = given.get_ref();
    let sound = text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 32
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if sound {
        Ok(KindId(given.into_inner()))
    } else {
        Err(Wrong::at(given.span()))
    }
}

fn who(given: Spanned<Vec<Spanned<Role>>>) -> Result<Vec<Role>, Wrong> {
    if given.get_ref().is_empty() {
        return Err(Wrong::at(given.span()));
    }
    let mut roles = Vec::new();
    for role in given.into_inner() {
        if roles.contains(role.get_ref()) {
            return Err(Wrong::at(role.span()).expecting("each role once"));
        }
        roles.push(role.into_inner());
    }
    Ok(roles)
}

/// Yuan as fen, exactly: the shortest decimal that is this number says how many places were meant.
fn fen(given: Spanned<f64>) -> Result<u32, Wrong> {
    let yuan = *given.get_ref();
    let exact = (0.0..=DEAREST_YUAN)
        .contains(&yuan)
        .then(|| money::fen(&yuan.abs().to_string()))
        .flatten();
    exact.ok_or_else(|| Wrong::at(given.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_is_exact_to_the_fen() {
        for (yuan, expected) in [
            (50.0, Some(5000)),
            (50.5, Some(5050)),
            (50.55, Some(5055)),
            (0.07, Some(7)),
            (-0.0, Some(0)),
            (1e5, Some(10_000_000)),
            (0.005, None),
            (50.555, None),
            (-1.0, None),
            (1e5 + 1.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(fen(Spanned::new(0..0, yuan)).ok(), expected, "{yuan}");
        }
    }

    #[test]
    fn every_whole_fen_up_to_a_thousand_yuan_is_taken_as_it_is_written() {
        for expected in 0..=100_000u32 {
            let written = format!("{}.{:02}", expected / 100, expected % 100);
            let yuan: f64 = written.parse().expect("a number");
            assert_eq!(fen(Spanned::new(0..0, yuan)).ok(), Some(expected));
        }
    }
}
