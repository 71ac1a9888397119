//! Who may take which key, and until when.

use super::{
    Awaits, Grant, Harm, Key, KeyGroup, KeyKind, KeyLoan, KeyRefusal, KeyState, Point, Purpose,
    TakeRefusal, Terms,
};
use crate::building::Building;
use crate::matters::Cause;
use crate::people::{Act, How, PersonId, Role, permits};
use chrono::{DateTime, Days, LocalResult, TimeDelta, TimeZone, Utc};

/// The facts about somebody who wants a key.
#[derive(Clone, Copy, Debug)]
pub struct Taker<'a> {
    /// Who.
    pub person: PersonId,
    /// What this person may be here.
    pub roles: &'a [Role],
    /// Whether the card was tapped or its number typed.
    pub how: How,
    /// What this person was granted.
    pub grants: &'a [Grant],
}

/// The second person, where a second card was tapped.
#[derive(Clone, Copy, Debug)]
pub struct Second<'a> {
    /// Who.
    pub person: PersonId,
    /// What this person may be here.
    pub roles: &'a [Role],
}

/// Whether somebody is of those to whom a key may be given at all.
pub fn may_hold_keys(taker: &Taker<'_>) -> Result<(), TakeRefusal> {
    if !permits(taker.roles, Act::UseKeys) {
        return Err(TakeRefusal::NotStaff);
    }
    match taker.how {
        How::Tapped => Ok(()),
        How::Typed => Err(TakeRefusal::CardNotTapped),
    }
}

/// Whether a grant of this group holds now.
pub fn is_granted(grants: &[Grant], group: &KeyGroup, now: DateTime<Utc>) -> bool {
    let mut of_group = grants.iter().filter(|grant| grant.group == *group);
    of_group.any(|grant| holds(grant, now))
}

/// Whether a grant holds now.
pub fn holds(grant: &Grant, now: DateTime<Utc>) -> bool {
    grant.from <= now && grant.until.is_none_or(|until| now < until)
}

/// Decides whether this key is given, and until when.
///
/// What is wrong with the person comes first: what is on a hook is nobody else's business.
pub fn may_take(
    key: &Key,
    out: Option<&KeyLoan>,
    taker: &Taker<'_>,
    second: Option<Second<'_>>,
    purpose: &Purpose,
    now: DateTime<Utc>,
    house: (&Terms, &Building),
) -> Result<Until, TakeRefusal> {
    let (terms, building) = house;
    may_hold_keys(taker)?;
    let hook = || key.hook.clone();
    if !is_granted(taker.grants, &key.group, now) {
        return Err(TakeRefusal::NotGranted { hook: hook() });
    }
    match (key.state, out) {
        (KeyState::OnHook, None) => {}
        (_, Some(loan)) => {
            return Err(TakeRefusal::AlreadyOut {
                hook: hook(),
                due: loan.due,
            });
        }
        (state, None) => {
            return Err(TakeRefusal::NotThere {
                hook: hook(),
                state,
            });
        }
    }
    let until = until(purpose, now, terms, building)?;
    if needs_second(key.kind, terms) {
        second_person(taker.person, second, hook())?;
    }
    Ok(until)
}

/// Whether this kind needs a second person's card here.
pub fn needs_second(kind: KeyKind, terms: &Terms) -> bool {
    match kind {
        KeyKind::Ordinary => false,
        KeyKind::Master => terms.second_card_for_masters,
        KeyKind::SealedSpare => terms.second_card_for_spares,
    }
}

fn second_person(
    first: PersonId,
    second: Option<Second<'_>>,
    hook: String,
) -> Result<(), TakeRefusal> {
    match second {
        None => Err(TakeRefusal::SecondPersonNeeded { hook }),
        Some(second) if second.person == first => Err(TakeRefusal::SamePerson),
        Some(second) if !permits(second.roles, Act::BeSecondPerson) => {
            Err(TakeRefusal::SecondMayNot)
        }
        Some(_) => Ok(()),
    }
}

/// Until when a key is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    /// When it is due.
    pub due: DateTime<Utc>,
    /// Whether it is taken in an emergency, while the house gives no keys.
    pub in_curfew: bool,
}

/// Until when a key is taken for this purpose. An emergency does not wait for the morning: its key is
/// due when the house gives keys again.
pub fn until(
    purpose: &Purpose,
    now: DateTime<Utc>,
    terms: &Terms,
    building: &Building,
) -> Result<Until, TakeRefusal> {
    let (due, in_curfew) = match in_time(now, terms, building) {
        Err(TakeRefusal::Curfew { again }) if emergency(purpose, terms) => {
            // Less than a day, also where the clock is set back: what the schema holds.
            (again.min(now + TimeDelta::minutes(24 * 60 - 1)), true)
        }
        answer => (answer?, false),
    };
    Ok(Until { due, in_curfew })
}

fn emergency(purpose: &Purpose, terms: &Terms) -> bool {
    *purpose == Purpose::Emergency && terms.emergency_in_curfew
}

/// Whether the house gives keys now, and until when; otherwise from when on it does again: its next
/// opening.
pub fn in_time(
    now: DateTime<Utc>,
    terms: &Terms,
    building: &Building,
) -> Result<DateTime<Utc>, TakeRefusal> {
    due(now, terms, building).ok_or_else(|| {
        let local = building.local(now);
        let day = match local.time() < building.opens {
            true => local.date(),
            false => local.date() + Days::new(1),
        };
        TakeRefusal::Curfew {
            again: building.moment(day, building.opens),
        }
    })
}

/// Until when a key taken now is due: the same day, never overnight. None once it is too late for
/// today.
pub fn due(now: DateTime<Utc>, terms: &Terms, building: &Building) -> Option<DateTime<Utc>> {
    let local = now.with_timezone(&building.zone);
    let at = terms.due_at.unwrap_or(building.closes);
    let due = match building
        .zone
        .from_local_datetime(&local.date_naive().and_time(at))
    {
        LocalResult::Single(due) => due,
        // An hour that comes twice: its first coming, so that nothing stays out longer.
        LocalResult::Ambiguous(first, _) => first,
        LocalResult::None => return None,
    };
    let due = due.with_timezone(&Utc);
    let before = TimeDelta::minutes(i64::from(terms.no_more_minutes));
    (now + before < due && local.time() >= building.opens).then_some(due)
}

/// What a return leaves open: nothing where every point was confirmed.
pub fn left_open(denied: &[Point]) -> Vec<Cause> {
    let mut causes = Vec::new();
    if denied.iter().any(|point| *point != Point::Whole) {
        causes.push(Cause::UnitNotSafe);
    }
    if denied.contains(&Point::Whole) {
        causes.push(Cause::KeyDamaged);
    }
    causes
}

/// What a key that comes back waits for, instead of hanging on its hook; `reports` says of each report
/// of it since it was taken whether the supervisor has decided. A set that is not whole has its report
/// at once.
pub fn awaits(denied: &[Point], reports: &[bool]) -> Option<Awaits> {
    match (denied.contains(&Point::Whole), reports) {
        (true, _) => Some(Awaits::Decision),
        (false, []) => None,
        (false, reports) if reports.contains(&false) => Some(Awaits::Decision),
        (false, _) => Some(Awaits::Keeper),
    }
}

/// The matter that a report leaves open until the supervisor has decided.
pub fn reported(harm: Harm) -> Cause {
    match harm {
        Harm::Lost => Cause::KeyLost,
        Harm::Damaged => Cause::KeyDamaged,
    }
}

/// What the keeper is asked about a key that is here and not on its hook, once no report of it is open.
pub fn asked_of_keeper(state: KeyState) -> Option<Cause> {
    match state {
        KeyState::TurnedUp => Some(Cause::KeyTurnedUp),
        KeyState::Damaged => Some(Cause::KeyToHang),
        KeyState::OnHook | KeyState::Out | KeyState::Lost | KeyState::Retired => None,
    }
}

/// What a report of a key comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reporting {
    /// A report of its own.
    Anew,
    /// The open report of damage becomes one of a loss: of one key there is one open report.
    Raised,
    /// The open report, which a no at the return has left, says what the damage is.
    Described,
}

/// How the latest report of a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastReport {
    /// There is none, or the supervisor has decided.
    Decided,
    /// It is open, and says nothing but that there is something.
    Wordless,
    /// It is open, in words.
    Written,
}

/// Decides whether a key can be reported lost or damaged now. What is damaged, or was found again, can get
/// lost all the same.
pub fn may_report(key: &Key, harm: Harm, last: LastReport) -> Result<Reporting, KeyRefusal> {
    match (key.state, harm, last) {
        (KeyState::OnHook | KeyState::Out, _, LastReport::Decided) => Ok(Reporting::Anew),
        // Decided about once, it can be hurt, or lost, once more.
        (KeyState::Damaged | KeyState::TurnedUp, _, LastReport::Decided) => Ok(Reporting::Anew),
        (
            KeyState::Out | KeyState::Damaged | KeyState::TurnedUp,
            Harm::Lost,
            LastReport::Wordless | LastReport::Written,
        ) => Ok(Reporting::Raised),
        // ● In writing: whoever said no on the glass wrote nothing.
        (KeyState::Damaged, Harm::Damaged, LastReport::Wordless) => Ok(Reporting::Described),
        _ => Err(otherwise(key)),
    }
}

/// Decides whether a key that was lost or damaged, or what replaces it, may hang on its hook again:
/// not before the supervisor has decided about its report, and not while somebody has it.
pub fn may_hang_back(key: &Key, is_out: bool, is_decided: bool) -> Result<(), KeyRefusal> {
    match (key.state.waits() && !is_out, is_decided) {
        (true, true) => Ok(()),
        (true, false) => Err(KeyRefusal::Undecided {
            hook: key.hook.clone(),
        }),
        (false, _) => Err(otherwise(key)),
    }
}

/// Decides whether a key is kept no longer: from its hook, or once the supervisor has decided about it.
pub fn may_retire(key: &Key, is_out: bool, is_decided: bool) -> Result<(), KeyRefusal> {
    let here = key.state == KeyState::OnHook || key.state.waits();
    match (here && !is_out, is_decided) {
        (true, true) => Ok(()),
        (true, false) => Err(KeyRefusal::Undecided {
            hook: key.hook.clone(),
        }),
        (false, _) => Err(otherwise(key)),
    }
}

fn otherwise(key: &Key) -> KeyRefusal {
    KeyRefusal::OtherwiseInTheBooks {
        hook: key.hook.clone(),
    }
}

/// Whether a key that is due then is late now.
pub fn is_late(due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > due
}

#[cfg(test)]
mod tests;
