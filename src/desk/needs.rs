//! What needs a person now, the most pressing first.

use super::rooms::{Look, Mark, Room, devices, keys, lending, mail, matters, overdue, visitors};
use crate::keys::check::{Pressing, missed, pressing};
use crate::mail::{Item, MailState, daily};
use crate::matters::Cause;
use crate::people::Act;
use crate::slips::JobState;
use crate::visits::{VisitId, VisitState};
use crate::words::dates;
use chrono::NaiveDate;

/// One line of the column, and where it is seen to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Need {
    pub mark: Mark,
    pub title: String,
    pub about: String,
    pub room: Room,
    pub tab: usize,
    /// The row of that table.
    pub key: String,
}

/// Everything that needs a person now.
pub(super) fn needs(look: &Look<'_>) -> Vec<Need> {
    let mut needs = Vec::new();
    for device in look.devices {
        let (mark, about) = match &device.fault {
            Some(fault) => (Mark::Stop, fault.says(look.language)),
            None if device.flaps => (Mark::Attend, look.say("desk-need-plug")),
            None if device.paper_low => (Mark::Attend, look.say("desk-need-roll-ask")),
            None => continue,
        };
        needs.push(Need {
            mark,
            title: devices::name(device, look),
            about,
            room: Room::Devices,
            tab: 0,
            key: device.id.clone(),
        });
    }
    for fact in &look.facts.visits {
        if fact.visit.state == VisitState::Waiting || fact.doubt.is_some() {
            let row = visitors::row(fact, look);
            let title = match fact.doubt.is_some() {
                true if visitors::is_listed(fact) => "desk-need-listed",
                true => "desk-need-doubt",
                false => "desk-need-yes",
            };
            needs.push(Need {
                mark: row.mark,
                title: look.with(title, &[("who", row.cells[0].clone().into())]),
                about: row.cells[2].clone(),
                room: Room::Visitors,
                tab: 0,
                key: row.key,
            });
        }
    }
    for back in &look.facts.returns {
        // ● What goes back is checked by the mail room, special mail approved by the supervisor.
        if back.allowed_by.is_none() {
            let title = match back.form.is_some() {
                true => "desk-need-return-special",
                false => "desk-need-return",
            };
            let item = &back.item;
            let number = item.number.as_ref().map(ToString::to_string);
            needs.push(Need {
                mark: Mark::Attend,
                title: look.say(title),
                about: Look::joined(&[
                    &look.say(item.kind.word()),
                    &item.recipient.masked(look.language),
                    &number.unwrap_or_default(),
                ]),
                room: Room::Mail,
                tab: mail::RETURNS,
                key: mail::return_key(back),
            });
        }
    }
    for fact in &look.facts.hooks {
        if overdue::is_late(fact, look) {
            let holder = fact.holder().map(|name| look.name(name));
            needs.push(Need {
                mark: Mark::Stop,
                title: look.with("desk-need-key", &[("hook", fact.key.hook.clone().into())]),
                about: holder.unwrap_or_default(),
                room: Room::Keys,
                tab: 0,
                key: fact.key.id.to_string(),
            });
        }
    }
    if look.may(Act::ReadRegisters) {
        needs.extend(key_check(look));
        needs.extend(daily_round(look));
        needs.extend(rounds_out(look));
    }
    let in_doubt = |job: &&super::facts::JobFact| job.state == JobState::Unknown && !job.again;
    for job in look.facts.jobs.iter().filter(in_doubt) {
        let number = devices::number(job, look);
        let title = match devices::is_label(job, look) {
            true => "desk-need-label",
            false => "desk-need-slip",
        };
        needs.push(Need {
            mark: Mark::Attend,
            title: look.with(title, &[("number", number.into())]),
            about: look.say("desk-need-slip-ask"),
            room: Room::Devices,
            tab: 1,
            key: job.id.to_string(),
        });
    }
    for fact in &look.facts.matters {
        // Whoever waits for the desk's look stands above already.
        let visit = VisitId(fact.matter.about);
        if fact.matter.cause == Cause::VisitorNotAdmitted
            && !visitors::settle(visit, look).is_empty()
        {
            continue;
        }
        // So does what was left undone, where it is done.
        if look.may(Act::ReadRegisters) && is_undone(fact.matter.cause, look) {
            continue;
        }
        let row = matters::row(fact, look);
        needs.push(Need {
            mark: row.mark,
            title: row.cells[0].clone(),
            about: match fact.matter.owner {
                // What, since when, and whose it is.
                Some(_) => Look::joined(&[&row.cells[1], &row.cells[2], &row.cells[3]]),
                None => Look::joined(&[&row.cells[1], &row.cells[2]]),
            },
            room: Room::Matters,
            tab: 0,
            key: row.key,
        });
    }
    for loan in look
        .facts
        .out
        .iter()
        .filter(|loan| lending::late(loan, look))
    {
        let row = lending::out_row(loan, look);
        needs.push(Need {
            mark: Mark::Attend,
            title: look.with(
                "desk-need-overdue",
                &[("what", row.cells[0].clone().into())],
            ),
            about: format!("{} · {}", row.cells[1], row.cells[2]),
            room: Room::Lending,
            tab: 1,
            key: row.key,
        });
    }
    for row in lending::deposits_due(look) {
        needs.push(Need {
            mark: row.mark,
            title: row.cells[3].clone(),
            about: Look::joined(&[&row.cells[0], &row.cells[1]]),
            room: Room::Lending,
            tab: lending::DEPOSITS,
            key: row.key,
        });
    }
    for row in visitors::overstaying(look) {
        needs.push(Need {
            mark: row.mark,
            title: row.cells[0].clone(),
            about: Look::joined(&[&row.cells[1], &row.cells[2]]),
            room: Room::Visitors,
            tab: 1,
            key: row.key,
        });
    }
    needs.extend(reminders(look));
    // What must not stay comes first; else the order in which it was put down.
    needs.sort_by_key(|need| need.mark != Mark::Stop);
    needs
}

/// Whether a line of what was left undone, a round or a check, stands for the matter of this cause.
fn is_undone(cause: Cause, look: &Look<'_>) -> bool {
    match cause {
        Cause::RoundMissed => {
            let (waiting, last) = (&look.facts.mail, look.facts.last_round);
            daily::missed(waiting, last, &look.house.building, look.at).is_some()
        }
        Cause::KeysUnchecked => check_missed(look).is_some(),
        _ => false,
    }
}

/// Who has the matter of this cause in hand; empty where nobody has.
fn owner(cause: Cause, look: &Look<'_>) -> String {
    let mut matters = look.facts.matters.iter();
    let open = matters.find(|fact| fact.matter.cause == cause);
    let owner = open.and_then(|fact| fact.owner.as_ref());
    owner.map(|name| look.name(name)).unwrap_or_default()
}

/// The first day on which nobody went through the hooks, since when nobody has.
fn check_missed(look: &Look<'_>) -> Option<NaiveDate> {
    let today = look.house.building.local(look.at).date();
    let checked = look.facts.keys_checked;
    let checked = checked.filter(|_| !look.facts.hooks.is_empty());
    checked.and_then(|day| missed(day, today))
}

/// ● Letters and papers reach tenants every day: what waits for a round that has not set out.
fn daily_round(look: &Look<'_>) -> Option<Need> {
    let (waiting, last) = (&look.facts.mail, look.facts.last_round);
    let presses = daily::pressing(waiting, last, &look.house.building, look.at)?;
    let count = waiting
        .iter()
        .filter(|item| daily::goes_daily(item))
        .count();
    let (mark, title, about) = match presses {
        daily::Pressing::Soon => (
            Mark::Attend,
            look.say("desk-need-round-today"),
            "desk-need-check-soon",
        ),
        daily::Pressing::Late => (
            Mark::Stop,
            look.say("desk-need-round-today"),
            "desk-need-check-late",
        ),
        daily::Pressing::Missed(day) => {
            let day = dates::day(look.language, day);
            let title = look.with("desk-need-round-missed", &[("day", day.into())]);
            (Mark::Stop, title, "desk-need-round-ask")
        }
    };
    let count = look.with("desk-need-round-waits", &[("count", count.into())]);
    let owner = owner(Cause::RoundMissed, look);
    Some(Need {
        mark,
        title,
        about: Look::joined(&[&count, &look.say(about), &owner]),
        room: Room::Mail,
        // There S begins it.
        tab: 0,
        key: String::new(),
    })
}

/// What a round took along lies in no shelf, and nobody is reminded of it: whoever has set out says what
/// became of it by closing time.
fn rounds_out(look: &Look<'_>) -> Vec<Need> {
    let building = &look.house.building;
    let today = building.local(look.at).date();
    let has_closed = look.at >= building.moment(today, building.closes);
    let rounds = look.facts.rounds.iter().filter_map(|round| {
        let day = building.local(round.round.started).date();
        let mark = match day < today {
            true => Mark::Stop,
            false if has_closed => Mark::Attend,
            false => return None,
        };
        // A piece that came back from this one may be out on another.
        let open = Some(round.round.open).filter(|open| *open > 0)?;
        let out = |item: &&Item| item.state == MailState::OutOnRound;
        let first = round.items.iter().find(out)?;
        let values = [
            ("day", dates::day(look.language, day).into()),
            ("count", open.into()),
        ];
        let carrier = round.carrier.as_ref().map(|name| look.name(name));
        let carrier = carrier.unwrap_or_default();
        Some(Need {
            mark,
            title: look.with("desk-need-round-out", &values),
            about: Look::joined(&[&look.say("desk-need-round-out-ask"), &carrier]),
            room: Room::Mail,
            tab: mail::ROUNDS,
            key: mail::rounds::key(round, first),
        })
    });
    rounds.collect()
}

/// Whose mail waits since another day is told of it, every day; whoever handles no mail need not know.
fn reminders(look: &Look<'_>) -> Option<Need> {
    let mut due = mail::to_remind(look);
    let first = due.next().filter(|_| look.may(Act::HandleMail))?;
    let count = due.count() + 1;
    Some(Need {
        mark: Mark::Attend,
        title: look.with("desk-need-remind", &[("count", count.into())]),
        about: look.say("desk-need-remind-ask"),
        room: Room::Mail,
        tab: 0,
        key: first.id.to_string(),
    })
}

/// ● The keeper goes through the hooks every day: an older check that is open, days on which none was
/// begun, and today's as the lobby closes.
fn key_check(look: &Look<'_>) -> Vec<Need> {
    let mut needs = Vec::new();
    let today = look.house.building.local(look.at).date();
    let check = look.facts.key_check.as_ref();
    let line = check.and_then(|check| check.lines.iter().find(|line| line.is_open()));
    let owner = owner(Cause::KeysUnchecked, look);
    let need = |mark, title: String, about: &str| Need {
        mark,
        title,
        about: match mark {
            Mark::Stop => Look::joined(&[&look.say(about), &owner]),
            _ => look.say(about),
        },
        room: Room::Keys,
        tab: keys::CHECK,
        key: line.map(|line| line.key.to_string()).unwrap_or_default(),
    };
    let older = check.filter(|check| !check.closed && check.day < today);
    if let Some(older) = older {
        let day = dates::day(look.language, older.day);
        let title = look.with("desk-need-check-older", &[("day", day.into())]);
        needs.push(need(Mark::Stop, title, "desk-need-check-ask"));
    }
    let done = check.is_some_and(|check| check.closed && check.day == today);
    if done || look.facts.hooks.is_empty() {
        return needs;
    }
    // An older check that is open comes first; whatever was left out behind it shows once it is closed.
    if let Some(missed) = check_missed(look).filter(|_| older.is_none()) {
        let id = match missed.succ_opt() == Some(today) {
            true => "desk-need-check-missed",
            false => "desk-need-check-missed-since",
        };
        let day = dates::day(look.language, missed);
        let title = look.with(id, &[("day", day.into())]);
        needs.push(need(Mark::Stop, title, "desk-need-check-missed-ask"));
    }
    match pressing(&look.house.building, look.at) {
        Some(Pressing::Soon) => {
            let title = look.say("desk-need-check-today");
            needs.push(need(Mark::Attend, title, "desk-need-check-soon"));
        }
        Some(Pressing::Late) => {
            let title = look.say("desk-need-check-today");
            needs.push(need(Mark::Stop, title, "desk-need-check-late"));
        }
        None => {}
    }
    needs
}
