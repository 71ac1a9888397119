//! The keeper's daily check: every hook, every day, and no list is closed with an open line.

use super::{KeyId, KeyRefusal, KeyState};
use serde::{Deserialize, Serialize};

/// What the keeper finds at a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It hangs there.
    Here,
    /// It is out, and not yet due.
    Out,
    /// It should be here and is not; needs a reason in writing.
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
            Some(Finding::NotBack) => !self.has_reason,
            Some(Finding::Here | Finding::Out) => false,
        }
    }
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
        Finding::NotBack => {
            line.state == KeyState::Lost || (line.state == KeyState::Out && line.overdue)
        }
    };
    match agrees {
        true => Ok(()),
        false => Err(KeyRefusal::OtherwiseInTheBooks {
            hook: line.hook.clone(),
        }),
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
    fn a_finding_has_to_agree_with_the_books() {
        let note =
            |state, overdue, finding| may_note(&line(state, overdue, None, false), finding).is_ok();
        assert!(note(KeyState::OnHook, false, Finding::Here));
        assert!(!note(KeyState::Out, false, Finding::Here));
        assert!(note(KeyState::Out, false, Finding::Out));
        assert!(!note(KeyState::Out, true, Finding::Out));
        assert!(note(KeyState::Out, true, Finding::NotBack));
        assert!(note(KeyState::Lost, false, Finding::NotBack));
        assert!(note(KeyState::TurnedUp, false, Finding::Here));
        assert!(!note(KeyState::OnHook, false, Finding::NotBack));
    }
}
