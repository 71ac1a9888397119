//! The keeper's daily check: every hook, every day, and no list is closed with an open line.

use super::{KeyId, KeyRefusal, KeyState};
use crate::building::Building;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// What the keeper finds at a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It hangs there.
    Here,
    /// It is out, and not yet due.
    Out,
    /// It is not here, though it is due, lost, damaged or found again; needs a reason in writing.
    NotBack,
}

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The key.
    pub key: KeyId,
    /// Its hook.
    pub hook: String,
    /// Where the books say it is.
    pub state: KeyState,
    /// Whether the books say it should be back by now.
    pub overdue: bool,
    /// What the keeper found; nothing yet where none.
    pub finding: Option<Finding>,
    /// Whether a reason was written.
    pub has_reason: bool,
}

impl Line {
    /// Whether this line still needs an answer.
    pub fn is_open(&self) -> bool {
        match self.finding {
            None => true,
            // What was noted in the morning need not be so in the evening.
            Some(finding) if may_note(self, finding).is_err() => true,
            Some(Finding::NotBack) => !self.has_reason,
            Some(Finding::Here | Finding::Out) => false,
        }
    }
}

/// The first day that was left out, where the last one that was gone through is `checked`.
pub fn missed(checked: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    checked.succ_opt().filter(|day| *day < today)
}

/// Decides whether a finding agrees with the books; what does not is settled first: a key that hangs
/// here is brought back, one that is gone is reported.
pub fn may_note(line: &Line, finding: Finding) -> Result<(), KeyRefusal> {
    let agrees = match finding {
        Finding::Here => matches!(
            line.state,
            KeyState::OnHook | KeyState::Damaged | KeyState::TurnedUp
        ),
        Finding::Out => line.state == KeyState::Out && !line.overdue,
        // A damaged key, or one that was found, may be at the locksmith's, or gone again.
        Finding::NotBack => line.state.waits() || (line.state == KeyState::Out && line.overdue),
    };
    match agrees {
        true => Ok(()),
        false => Err(KeyRefusal::OtherwiseInTheBooks {
            hook: line.hook.clone(),
        }),
    }
}

/// Minutes before closing time from which the check of the day presses.
const LEAD_MINUTES: i64 = 60;

/// How a check that is not closed presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressing {
    /// The lobby closes soon.
    Soon,
    /// It has closed; the day is not over.
    Late,
}

/// Whether the check of today, where it is not closed, presses now.
pub fn pressing(building: &Building, at: DateTime<Utc>) -> Option<Pressing> {
    let closing = building.moment(building.local(at).date(), building.closes);
    match at {
        at if at >= closing => Some(Pressing::Late),
        at if at >= closing - TimeDelta::minutes(LEAD_MINUTES) => Some(Pressing::Soon),
        _ => None,
    }
}

/// Decides whether the list can be closed: not with one line unanswered.
pub fn may_close(lines: &[Line]) -> Result<(), KeyRefusal> {
    match lines.iter().find(|line| line.is_open()) {
        None => Ok(()),
        Some(line) => Err(KeyRefusal::OpenLine {
            hook: line.hook.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn line(state: KeyState, overdue: bool, finding: Option<Finding>, has_reason: bool) -> Line {
        Line {
            key: KeyId(Uuid::from_u128(1)),
            hook: "K-01".into(),
            state,
            overdue,
            finding,
            has_reason,
        }
    }

    #[test]
    fn the_list_is_not_closed_with_one_line_unanswered() {
        let here = line(KeyState::OnHook, false, Some(Finding::Here), false);
        let open = line(KeyState::OnHook, false, None, false);
        let unexplained = line(KeyState::Out, true, Some(Finding::NotBack), false);
        let explained = line(KeyState::Out, true, Some(Finding::NotBack), true);
        assert!(may_close(&[here.clone(), explained]).is_ok());
        for bad in [open, unexplained] {
            let hook = "K-01".into();
            assert_eq!(
                may_close(&[here.clone(), bad]),
                Err(KeyRefusal::OpenLine { hook })
            );
        }
    }

    #[test]
    fn what_was_noted_in_the_morning_is_open_again_once_it_is_no_longer_so() {
        for (state, overdue, finding) in [
            (KeyState::Out, false, Finding::Here),
            (KeyState::OnHook, false, Finding::Out),
            (KeyState::Out, true, Finding::Out),
            (KeyState::Lost, false, Finding::Here),
            (KeyState::OnHook, false, Finding::NotBack),
        ] {
            let stale = line(state, overdue, Some(finding), true);
            assert!(stale.is_open(), "{state:?} {finding:?}");
            assert!(may_close(&[stale]).is_err());
        }
    }

    #[test]
    fn the_check_presses_from_an_hour_before_closing_time() {
        let building = crate::building::Building {
            name: crate::people::Bilingual::new("云", "Cloud"),
            zone: chrono_tz::Asia::Shanghai,
            opens: chrono::NaiveTime::from_hms_opt(8, 0, 0).expect("a time"),
            closes: chrono::NaiveTime::from_hms_opt(20, 0, 0).expect("a time"),
            device: 'A',
        };
        for (at, presses) in [
            ("2026-11-23T00:30:00Z", None),
            ("2026-11-23T10:59:59Z", None),
            ("2026-11-23T11:00:00Z", Some(Pressing::Soon)),
            ("2026-11-23T12:00:00Z", Some(Pressing::Late)),
            ("2026-11-23T15:59:59Z", Some(Pressing::Late)),
            ("2026-11-23T16:00:00Z", None),
        ] {
            let at = at.parse().expect("a moment");
            assert_eq!(pressing(&building, at), presses, "{at}");
        }
    }

    #[test]
    fn a_finding_has_to_agree_with_the_books() {
        let note =
            |state, overdue, finding| may_note(&line(state, overdue, None, false), finding).is_ok();
        assert!(note(KeyState::OnHook, false, Finding::Here));
        assert!(!note(KeyState::Out, false, Finding::Here));
        assert!(note(KeyState::Out, false, Finding::Out));
        assert!(!note(KeyState::Out, true, Finding::Out));
        assert!(note(KeyState::Out, true, Finding::NotBack));
        assert!(note(KeyState::Lost, false, Finding::NotBack));
        for state in [KeyState::TurnedUp, KeyState::Damaged] {
            assert!(note(state, false, Finding::Here));
            assert!(note(state, false, Finding::NotBack));
        }
        assert!(!note(KeyState::OnHook, false, Finding::NotBack));
    }
}
