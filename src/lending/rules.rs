//! What may go out to whom and until when.

use super::{
    DueRule, Item, Kind, LendRefusal, Loan, ReturnReceipt, Stock, Thing, ThingState, check,
};
use crate::lending::BroughtBy;
use crate::people::{PersonId, Role};
use chrono::{DateTime, Days, LocalResult, TimeZone, Utc};
use chrono_tz::Tz;

/// The facts about a person that lending asks for.
#[derive(Clone, Debug)]
pub struct Borrower<'a> {
    /// What this person may be here.
    pub roles: &'a [Role],
    /// What this person holds, of any kind.
    pub open: &'a [Loan],
}

/// What is on the shelf when somebody asks for it.
#[derive(Clone, Copy, Debug)]
pub enum OnShelf<'a> {
    /// The thing with the scanned tag, with its open loan where it is out.
    Tagged(&'a Thing, Option<&'a Loan>),
    /// The stand of a pooled kind.
    Pooled(&'a Stock),
}

/// Decides whether this person gets this, and what exactly goes out.
///
/// What is wrong with the thing comes before what is wrong with the person: somebody who scans an
/// umbrella in repair should take another one, not argue about a limit.
pub fn may_borrow(
    kind: &Kind,
    borrower: &Borrower<'_>,
    shelf: OnShelf<'_>,
    now: DateTime<Utc>,
) -> Result<Item, LendRefusal> {
    let item = take_from_shelf(kind, shelf)?;
    may_hold_another(kind, borrower, now)?;
    Ok(item)
}

/// Decides whether this person may hold one more of this kind, whatever is on the shelf.
pub fn may_hold_another(
    kind: &Kind,
    borrower: &Borrower<'_>,
    now: DateTime<Utc>,
) -> Result<(), LendRefusal> {
    let policy = &kind.policy;
    if !policy.who.iter().any(|role| borrower.roles.contains(role)) {
        return Err(LendRefusal::NotAllowed {
            kind: kind.id.clone(),
        });
    }
    let overdue = borrower
        .open
        .iter()
        .filter(|loan| is_late(loan.due, now))
        .min_by_key(|l| l.due);
    if let (true, Some(loan)) = (policy.blocked_while_overdue, overdue) {
        return Err(LendRefusal::Overdue {
            kind: loan.kind.clone(),
            label: loan.item.label().map(str::to_owned),
            due: loan.due,
        });
    }
    let held = borrower
        .open
        .iter()
        .filter(|loan| loan.kind == kind.id)
        .count();
    if held >= policy.at_once as usize {
        return Err(LendRefusal::LimitReached {
            kind: kind.id.clone(),
            limit: policy.at_once,
        });
    }
    Ok(())
}

/// Decides whether this person is given one of a kind that nothing comes back of. `given` is how
/// many they were given today.
pub fn may_have_one(
    kind: &Kind,
    roles: &[Role],
    given: u32,
    stock: &Stock,
) -> Result<(), LendRefusal> {
    let (id, limit) = (kind.id.clone(), kind.policy.at_once);
    if stock.free == 0 {
        return Err(LendRefusal::NoneLeft { kind: id });
    }
    if !kind.policy.who.iter().any(|role| roles.contains(role)) {
        return Err(LendRefusal::NotAllowed { kind: id });
    }
    match given >= limit {
        true => Err(LendRefusal::GivenToday { kind: id }),
        false => Ok(()),
    }
}

fn take_from_shelf(kind: &Kind, shelf: OnShelf<'_>) -> Result<Item, LendRefusal> {
    match shelf {
        OnShelf::Tagged(thing, loan) => match (thing.state, loan) {
            (ThingState::OnLoan, Some(loan)) => Err(LendRefusal::AlreadyOut {
                kind: kind.id.clone(),
                label: thing.label.clone(),
                due: loan.due,
            }),
            (ThingState::Available, _) => Ok(Item::Tagged {
                thing: thing.id,
                label: thing.label.clone(),
            }),
            (state, _) => Err(LendRefusal::NotForLoan {
                kind: kind.id.clone(),
                label: thing.label.clone(),
                state,
            }),
        },
        OnShelf::Pooled(stock) if stock.free == 0 => Err(LendRefusal::NoneLeft {
            kind: kind.id.clone(),
        }),
        OnShelf::Pooled(_) => Ok(Item::Pooled),
    }
}

/// When a loan made now is due.
///
/// Where the clock skips the hour of the day (summer time), the loan is due an hour later; where an
/// hour comes twice, at its second coming: both in the borrower's favour.
pub fn due(rule: &DueRule, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    if let Some(minutes) = rule.minutes {
        return now + chrono::TimeDelta::minutes(i64::from(minutes));
    }
    let today = now.with_timezone(&zone).date_naive();
    let in_days = |days: u64| {
        let day = today.checked_add_days(Days::new(days)).unwrap_or(today);
        let local = day.and_time(rule.at);
        let due = match zone.from_local_datetime(&local) {
            LocalResult::Single(due) => due,
            LocalResult::Ambiguous(_, later) => later,
            LocalResult::None => zone
                .from_local_datetime(&(local + chrono::TimeDelta::hours(1)))
                .latest()
                .unwrap_or_else(|| now.with_timezone(&zone)),
        };
        due.with_timezone(&Utc)
    };
    let days = u64::from(rule.days);
    match in_days(days) {
        due if due > now => due,
        // Borrowed after closing time on a same-day kind: it is due at the next day's time.
        _ => in_days(days + 1),
    }
}

/// Whether something due then is late now. The due minute itself is still in time.
pub fn is_late(due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > due
}

/// What a return amounts to. There is no refusal here: whoever brings it, it is taken.
///
/// A kind that left the settings is taken back all the same; the desk looks at it. So it does at what
/// has questions that nobody has answered yet.
pub fn take_back(
    kind: Option<&Kind>,
    loan: &Loan,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> ReturnReceipt {
    let asks = kind.map(check::questions).unwrap_or_default();
    let self_return = kind.is_some_and(|kind| kind.policy.self_return);
    ReturnReceipt {
        loan: loan.id,
        kind: loan.kind.clone(),
        item: loan.item.clone(),
        number: loan.number.clone(),
        brought_by: match by {
            None => BroughtBy::Unknown,
            Some(person) if person == loan.borrower => BroughtBy::Borrower,
            Some(_) => BroughtBy::AnotherPerson,
        },
        late: is_late(loan.due, now),
        awaiting_check: !self_return || !asks.is_empty(),
        asks,
        turned_up: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;

    #[test]
    fn what_is_borrowed_after_closing_time_is_due_by_the_clock_of_the_next_day_in_summer_time_too()
    {
        let zone = chrono_tz::Europe::Berlin;
        let rule = DueRule {
            minutes: None,
            days: 0,
            at: NaiveTime::from_hms_opt(18, 0, 0).expect("a time"),
        };
        let utc = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        for (borrowed, is_due) in [
            // The night has 23 hours, or 25, or 24.
            ("2026-03-28T19:00:00Z", "2026-03-29T16:00:00Z"),
            ("2026-10-24T19:00:00Z", "2026-10-25T17:00:00Z"),
            ("2026-11-23T19:00:00Z", "2026-11-24T17:00:00Z"),
        ] {
            assert_eq!(due(&rule, utc(borrowed), zone), utc(is_due), "{borrowed}");
        }
    }
}
