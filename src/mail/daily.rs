//! ● Letters and papers reach tenants every day: when a day without a delivery round presses.

use super::{Item, rules};
use crate::building::Building;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// Hours before closing time from which the round of the day presses: behind doors somebody is still
/// there.
const LEAD_HOURS: i64 = 3;

/// How a round that has not set out presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressing {
    /// Today's, and the lobby closes in a few hours.
    Soon,
    /// Today's, and it has closed.
    Late,
    /// None set out on this day, and on none since, though something had come for it.
    Missed(NaiveDate),
}

/// Whether this goes round every day: what is signed for is also collected at the lodge, and has a clock
/// of its own.
pub fn goes_daily(item: &Item) -> bool {
    rules::goes_round(item) && !item.kind.needs_signature()
}

/// How the round presses now, where any of this goes round; `last` is the day of the latest that set out.
/// Each item has its own say: a round with one of them settles nothing for those it left behind.
pub fn pressing(
    waiting: &[Item],
    last: Option<NaiveDate>,
    building: &Building,
    at: DateTime<Utc>,
) -> Option<Pressing> {
    let today = building.local(at).date();
    if let Some(missed) = missed(waiting, last, building, at) {
        return Some(Pressing::Missed(missed));
    }
    if first_day(waiting, building)? > today {
        return None;
    }
    let closing = building.moment(today, building.closes);
    match at {
        at if at >= closing => Some(Pressing::Late),
        at if at >= closing - TimeDelta::hours(LEAD_HOURS) => Some(Pressing::Soon),
        _ => None,
    }
}

/// The first day on which something was to go round, and has not since.
pub fn missed(
    waiting: &[Item],
    last: Option<NaiveDate>,
    building: &Building,
    at: DateTime<Utc>,
) -> Option<NaiveDate> {
    let missed = first_day(waiting, building)?;
    // What lies here from before the first round of a house has a day more: somebody has to begin.
    let grace = Days::new(u64::from(last.is_none()));
    let day = missed.checked_add_days(grace)?;
    (day < building.local(at).date()).then_some(missed)
}

fn first_day(waiting: &[Item], building: &Building) -> Option<NaiveDate> {
    let daily = waiting.iter().filter(|item| goes_daily(item));
    daily.map(|item| due_day(item, building)).min()
}

/// The day on which it goes round at the latest: what comes when the round is due, or behind one, goes the
/// next day, and so does what a round brought back.
fn due_day(item: &Item, building: &Building) -> NaiveDate {
    let came = building.local(item.arrived).date();
    let closing = building.moment(came, building.closes);
    let first = match item.arrived < closing - TimeDelta::hours(LEAD_HOURS) {
        true => came,
        false => came.succ_opt().unwrap_or(came),
    };
    let next = item.went_round.and_then(|day| day.succ_opt());
    next.map_or(first, |next| first.max(next))
}

#[cfg(test)]
mod tests {
    use super::super::MailKind;
    use super::super::rules::tests::{item, monday};
    use super::*;
    use crate::people::Bilingual;
    use chrono::NaiveTime;

    fn building() -> Building {
        Building {
            name: Bilingual::new("云栖中心", "Cloud Rest Centre"),
            zone: chrono_tz::Asia::Shanghai,
            opens: NaiveTime::from_hms_opt(8, 0, 0).expect("a real time"),
            closes: NaiveTime::from_hms_opt(20, 0, 0).expect("a real time"),
            device: 'A',
        }
    }

    /// So many days after Monday 09:05, and so many hours.
    fn after(days: i64, hours: i64) -> DateTime<Utc> {
        monday() + TimeDelta::days(days) + TimeDelta::hours(hours)
    }

    fn day(days: i64) -> NaiveDate {
        building().local(after(days, 0)).date()
    }

    #[test]
    fn letters_and_papers_go_round_on_the_day_they_come_and_press_towards_closing_time() {
        for kind in MailKind::ALL {
            let waiting = [item(kind)];
            let presses = |at| pressing(&waiting, None, &building(), at);
            let since = |at| pressing(&waiting, Some(day(-3)), &building(), at);
            if kind.needs_signature() {
                assert_eq!(since(after(3, 0)), None, "{kind:?}");
                continue;
            }
            assert_eq!(presses(after(0, 7)), None, "16:05");
            assert_eq!(presses(after(0, 8)), Some(Pressing::Soon), "17:05");
            assert_eq!(presses(after(0, 11)), Some(Pressing::Late), "20:05");
            assert_eq!(since(after(1, 0)), Some(Pressing::Missed(day(0))));
            assert_eq!(presses(after(1, 0)), None, "no round ever set out");
            assert_eq!(presses(after(2, 0)), Some(Pressing::Missed(day(0))));
            assert_eq!(presses(after(1, 8)), Some(Pressing::Soon));
        }
    }

    #[test]
    fn a_round_that_set_out_today_settles_it_and_what_it_left_goes_tomorrow() {
        let mut tried = item(MailKind::Letter);
        let mut presses = |last, at| {
            tried.went_round = Some(day(last));
            pressing(
                std::slice::from_ref(&tried),
                Some(day(last)),
                &building(),
                at,
            )
        };
        assert_eq!(presses(0, after(0, 11)), None);
        // It came back, or came behind the round.
        assert_eq!(presses(0, after(1, 0)), None);
        assert_eq!(presses(0, after(1, 8)), Some(Pressing::Soon));
        assert_eq!(presses(0, after(3, 0)), Some(Pressing::Missed(day(1))));
    }

    #[test]
    fn a_round_with_one_letter_settles_nothing_for_those_it_left_on_their_shelf() {
        let mut taken = item(MailKind::Letter);
        taken.went_round = Some(day(0));
        let waiting = [taken, item(MailKind::Newspaper)];
        let presses = |at| pressing(&waiting, Some(day(0)), &building(), at);
        assert_eq!(presses(after(0, 8)), Some(Pressing::Soon));
        assert_eq!(presses(after(1, 0)), Some(Pressing::Missed(day(0))));
    }

    #[test]
    fn what_comes_in_the_evening_goes_with_the_next_round() {
        let mut late = item(MailKind::Newspaper);
        late.arrived = after(0, 9);
        let last = Some(day(0));
        let presses = |at| pressing(std::slice::from_ref(&late), last, &building(), at);
        assert_eq!(presses(after(0, 11)), None);
        assert_eq!(presses(after(1, 8)), Some(Pressing::Soon));
        assert_eq!(presses(after(2, 0)), Some(Pressing::Missed(day(1))));
    }

    #[test]
    fn who_has_moved_and_what_was_tried_twice_makes_no_round() {
        let mut moved = item(MailKind::Letter);
        moved.recipient.has_moved = true;
        let mut tried = item(MailKind::Letter);
        tried.attempts = 2;
        assert_eq!(
            pressing(&[moved, tried], None, &building(), after(3, 8)),
            None
        );
        assert_eq!(pressing(&[], None, &building(), after(3, 8)), None);
    }
}
