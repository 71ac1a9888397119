//! What is due when: reminders, hold times, and the two hours of special mail.

use super::desk::WhyFailed;
use super::rules::DEAD_LETTER_ATTEMPTS;
use super::{Item, MailState, Terms};
use crate::matters::{Cause, Opening};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Until when an item is held. A moved tenant's ordinary mail is held shorter: it is phoned, or the
/// post office forwards.
pub fn held_until(item: &Item, terms: &Terms) -> DateTime<Utc> {
    let days = match item.recipient.has_moved && !item.kind.is_special() {
        true => terms.moved_held_days,
        false => terms.held_days,
    };
    item.arrived + TimeDelta::days(i64::from(days))
}

/// Whether an item lies here longer than it is held; one on a round that nobody ends lies somewhere too.
pub fn is_overdue(item: &Item, terms: &Terms, now: DateTime<Utc>) -> bool {
    let is_here = matches!(item.state, MailState::Waiting | MailState::OutOnRound);
    is_here && now > held_until(item, terms)
}

/// Whether its addressee is reminded today: something waits since another day, and nobody was told
/// of it today. Who has moved is phoned, not reminded; who has left reads no reminder.
pub fn reminder_due(item: &Item, terms: &Terms, now: DateTime<Utc>, zone: Tz) -> bool {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let told = day(item.reminded.unwrap_or(item.arrived));
    let since = (day(now) - told).num_days();
    item.state == MailState::Waiting
        && !item.recipient.has_moved
        && !item.recipient.has_left
        && since >= i64::from(terms.remind_every_days)
}

/// Since when special mail is late, where it is.
///
/// An attempt to deliver it stops the clock: the addressee was reached for, and a notice lies there.
/// Newspapers and magazines go with the daily round and have no clock of their own.
pub fn special_late_since(item: &Item, terms: &Terms, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let has_clock = item.kind.is_special() && !item.kind.goes_in_bulk();
    let is_on_its_way = matches!(item.state, MailState::Waiting | MailState::OutOnRound);
    let due = item.arrived + terms.special_within();
    (has_clock && is_on_its_way && item.attempts == 0 && now > due).then_some(due)
}

/// The matters that time alone brings up.
pub fn due_matters(item: &Item, terms: &Terms, now: DateTime<Utc>) -> Vec<Opening> {
    let about = item.id.0;
    let opening = |cause| Opening {
        cause,
        about,
        owner: None,
    };
    let late = special_late_since(item, terms, now).map(|_| Cause::SpecialMailLate);
    let held = is_overdue(item, terms, now).then_some(Cause::MailHeldTooLong);
    late.into_iter().chain(held).map(opening).collect()
}

/// The matter that a failed attempt leaves, where it leaves one.
pub(crate) fn after_attempt(item: &Item, attempts: u32, why: WhyFailed) -> Vec<Opening> {
    let mut openings = Vec::new();
    if attempts >= DEAD_LETTER_ATTEMPTS {
        openings.push(Opening::unowned(Cause::MailUnclaimed, item.id.0));
    }
    if why == WhyFailed::Moved {
        openings.extend(for_moved(item));
    }
    openings
}

/// The matter that mail for somebody who has moved leaves: the company is phoned.
pub(crate) fn for_moved(item: &Item) -> Option<Opening> {
    item.recipient
        .company
        .map(|company| Opening::unowned(Cause::MailForMovedTenant, company.0))
}

#[cfg(test)]
mod tests {
    use super::super::MailKind;
    use super::super::rules::tests::{item, monday};
    use super::*;
    use chrono_tz::Asia::Shanghai;

    fn after(days: i64, minutes: i64) -> DateTime<Utc> {
        monday() + TimeDelta::days(days) + TimeDelta::minutes(minutes)
    }

    #[test]
    fn special_mail_is_late_after_two_hours_and_ordinary_mail_never() {
        let terms = Terms::default();
        for kind in MailKind::ALL {
            let has_clock = kind.is_special() && !kind.goes_in_bulk();
            let item = item(kind);
            assert_eq!(special_late_since(&item, &terms, after(0, 120)), None);
            let due = has_clock.then_some(after(0, 120));
            assert_eq!(
                special_late_since(&item, &terms, after(0, 121)),
                due,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn an_attempt_or_a_pick_up_stops_the_clock_of_special_mail() {
        let terms = Terms::default();
        let mut tried = item(MailKind::MoneyOrder);
        tried.attempts = 1;
        let mut collected = item(MailKind::MoneyOrder);
        collected.state = MailState::Collected;
        for stopped in [tried, collected] {
            assert_eq!(special_late_since(&stopped, &terms, after(0, 300)), None);
        }
    }

    #[test]
    fn reminders_come_once_a_day_in_the_days_of_the_building() {
        let terms = Terms::default();
        let mut letter = item(MailKind::Letter);
        let due = |letter: &Item, now| reminder_due(letter, &terms, now, Shanghai);
        assert!(!due(&letter, after(0, 600)), "not on the day it came");
        // 09:05 in Shanghai: the next day begins 14 hours and 55 minutes later.
        assert!(!due(&letter, after(0, 14 * 60 + 54)));
        assert!(due(&letter, after(0, 14 * 60 + 55)));
        letter.reminded = Some(after(1, 0));
        assert!(!due(&letter, after(1, 300)));
        assert!(due(&letter, after(2, 0)));
        letter.state = MailState::Collected;
        assert!(!due(&letter, after(2, 0)));
    }

    #[test]
    fn mail_is_held_thirty_days_and_a_moved_tenants_ordinary_mail_fourteen() {
        let terms = Terms::default();
        for (kind, has_moved, days) in [
            (MailKind::Letter, false, 30),
            (MailKind::Letter, true, 14),
            (MailKind::RegisteredLetter, true, 30),
            (MailKind::Parcel, true, 14),
        ] {
            let mut item = item(kind);
            item.recipient.has_moved = has_moved;
            assert!(!is_overdue(&item, &terms, after(days, 0)), "{kind:?}");
            assert!(is_overdue(&item, &terms, after(days, 1)), "{kind:?}");
        }
    }

    #[test]
    fn time_alone_brings_up_late_special_mail_and_what_was_held_too_long() {
        let terms = Terms::default();
        let causes = |item: &Item, now| -> Vec<Cause> {
            let due = due_matters(item, &terms, now);
            due.iter().map(|opening| opening.cause).collect()
        };
        let order = item(MailKind::MoneyOrder);
        assert_eq!(causes(&order, after(0, 119)), []);
        assert_eq!(causes(&order, after(0, 121)), [Cause::SpecialMailLate]);
        let letter = item(MailKind::Letter);
        assert_eq!(causes(&letter, after(30, 0)), []);
        assert_eq!(causes(&letter, after(31, 0)), [Cause::MailHeldTooLong]);
        let mut out = letter;
        out.state = MailState::OutOnRound;
        assert_eq!(causes(&out, after(31, 0)), [Cause::MailHeldTooLong]);
    }

    #[test]
    fn the_second_failed_attempt_and_a_moved_tenant_leave_a_matter() {
        let letter = item(MailKind::Letter);
        let causes = |attempts, why| -> Vec<Cause> {
            let left = after_attempt(&letter, attempts, why);
            left.iter().map(|opening| opening.cause).collect()
        };
        assert_eq!(causes(1, WhyFailed::NobodyThere), []);
        assert_eq!(causes(2, WhyFailed::NobodyThere), [Cause::MailUnclaimed]);
        assert_eq!(causes(1, WhyFailed::Moved), [Cause::MailForMovedTenant]);
    }
}
