//! Staff at the desk: a card or a name, and a PIN that only its owner knows.
//!
//! Wrong PINs are counted per person, whoever types them and however often the program is started
//! again: the count is in the books.

use super::{Act, PersonId, Role, acts_of, permits};
use chrono::{DateTime, TimeDelta, Utc};

/// Wrong PINs before the first pause.
pub const WRONG_BEFORE_PAUSE: u32 = 5;

/// Wrong PINs after which only a supervisor lets somebody in again.
pub const WRONG_BEFORE_SUPERVISOR: u32 = 10;

/// The first pause, in seconds; each further wrong PIN doubles it.
const FIRST_PAUSE_SECONDS: i64 = 60;

/// The fewest digits of a PIN.
pub const SHORTEST_PIN: usize = 6;

/// The most digits of a PIN.
pub const LONGEST_PIN: usize = 12;

/// What was typed as a PIN. It never reaches a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(pub String);

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// Somebody who works at the desk, as the desk greets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// The card, where it was tapped.
    pub card: Option<super::CardId>,
    /// The name.
    pub name: super::PersonName,
    /// What this person may be here.
    pub roles: Vec<Role>,
    /// The language remembered for this person.
    pub language: super::Language,
}

impl Member {
    /// Whether this person may do this at the desk.
    pub fn may(&self, act: Act) -> bool {
        permits(&self.roles, act)
    }
}

/// Whom somebody says they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The holder of this card.
    Card(super::Credential),
    /// The member of staff of this name, as it is written in the books.
    Name(String),
}

/// How often somebody was wrong since the last right PIN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// Wrong PINs in a row.
    pub wrong: u32,
    /// No PIN is looked at before this moment.
    pub paused_until: Option<DateTime<Utc>>,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginRefusal {
    /// Nobody of this name or card works at the desk.
    NotStaff,
    /// No PIN was set for this person yet.
    NoPin,
    /// The PIN is wrong; so many are left before the next pause, or before a supervisor is needed.
    WrongPin {
        /// How many more may be wrong before something follows.
        left: u32,
    },
    /// Too many wrong PINs: none is looked at before this moment.
    Paused {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Far too many wrong PINs: a supervisor has to let this person in again.
    NeedsSupervisor,
    /// What every PIN is hashed with is not there, so no PIN can be right, and none is counted as wrong.
    NoPepper,
}

/// Why a PIN is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinRefusal {
    /// It is not six to twelve digits.
    NotDigits,
    /// It is one digit over and over, or digits in a row.
    TooEasy,
    /// It is already somebody's own new PIN typed differently the second time.
    Different,
}

/// Why nobody is given a new PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// Nobody of this name works at the desk.
    Nobody,
    /// More than one member of staff has this name.
    Several,
}

/// Whether somebody with these roles works at the desk at all.
pub fn is_staff(roles: &[Role]) -> bool {
    roles.iter().any(|role| !acts_of(*role).is_empty())
}

/// Decides whether a PIN is looked at now.
///
/// # Errors
///
/// While a pause lasts, or until a supervisor has unlocked.
pub fn may_try(attempts: Attempts, now: DateTime<Utc>) -> Result<(), LoginRefusal> {
    if attempts.wrong >= WRONG_BEFORE_SUPERVISOR {
        return Err(LoginRefusal::NeedsSupervisor);
    }
    match attempts.paused_until {
        // By a clock that was set back no pause lasts longer than the longest.
        Some(until) if now < until && until - now <= pause(WRONG_BEFORE_SUPERVISOR - 1) => {
            Err(LoginRefusal::Paused { until })
        }
        _ => Ok(()),
    }
}

/// What one more wrong PIN amounts to.
pub fn wrong(attempts: Attempts, now: DateTime<Utc>) -> Attempts {
    let wrong = attempts.wrong + 1;
    let paused_until = (WRONG_BEFORE_PAUSE..WRONG_BEFORE_SUPERVISOR)
        .contains(&wrong)
        .then(|| now + pause(wrong));
    Attempts {
        wrong,
        paused_until,
    }
}

/// The pause after so many wrong PINs.
fn pause(wrong: u32) -> TimeDelta {
    TimeDelta::seconds(FIRST_PAUSE_SECONDS << (wrong - WRONG_BEFORE_PAUSE))
}

/// What the person is told after a wrong PIN.
pub fn told(attempts: Attempts) -> LoginRefusal {
    match attempts {
        Attempts { wrong, .. } if wrong >= WRONG_BEFORE_SUPERVISOR => LoginRefusal::NeedsSupervisor,
        Attempts {
            paused_until: Some(until),
            ..
        } => LoginRefusal::Paused { until },
        Attempts { wrong, .. } => LoginRefusal::WrongPin {
            left: WRONG_BEFORE_PAUSE - wrong,
        },
    }
}

/// Decides whether this may be a PIN.
///
/// # Errors
///
/// Where it has too few or too many digits, or the first that anybody would try.
pub fn acceptable(pin: &Pin) -> Result<(), PinRefusal> {
    let digits = pin.0.as_bytes();
    let long_enough = (SHORTEST_PIN..=LONGEST_PIN).contains(&digits.len());
    if !long_enough || !digits.iter().all(u8::is_ascii_digit) {
        return Err(PinRefusal::NotDigits);
    }
    let steps = |step: i16| {
        digits
            .windows(2)
            .all(|two| i16::from(two[1]) - i16::from(two[0]) == step)
    };
    match [0, 1, -1].into_iter().any(steps) {
        true => Err(PinRefusal::TooEasy),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn after(count: u32) -> Attempts {
        (0..count).fold(Attempts::default(), |attempts, _| wrong(attempts, now()))
    }

    #[test]
    fn four_wrong_pins_only_say_how_many_are_left() {
        for count in 1..WRONG_BEFORE_PAUSE {
            let attempts = after(count);
            assert_eq!(may_try(attempts, now()), Ok(()));
            let left = WRONG_BEFORE_PAUSE - count;
            assert_eq!(told(attempts), LoginRefusal::WrongPin { left });
        }
    }

    #[test]
    fn the_fifth_wrong_pin_costs_a_minute_and_each_further_one_twice_as_much() {
        for (count, minutes) in [(5, 1), (6, 2), (7, 4), (8, 8), (9, 16)] {
            let attempts = after(count);
            let until = now() + TimeDelta::minutes(minutes);
            assert_eq!(attempts.paused_until, Some(until), "{count}");
            assert_eq!(told(attempts), LoginRefusal::Paused { until });
            let just_before = until - TimeDelta::milliseconds(1);
            assert_eq!(
                may_try(attempts, just_before),
                Err(LoginRefusal::Paused { until })
            );
            assert_eq!(may_try(attempts, until), Ok(()));
        }
    }

    #[test]
    fn a_clock_that_was_set_back_by_hours_ends_a_pause_and_forgets_no_wrong_pin() {
        let attempts = after(9);
        let hours_ago = now() - TimeDelta::hours(5);
        assert_eq!(may_try(attempts, hours_ago), Ok(()));
        assert_eq!(
            told(wrong(attempts, hours_ago)),
            LoginRefusal::NeedsSupervisor
        );
    }

    #[test]
    fn the_tenth_wrong_pin_needs_a_supervisor_however_long_one_waits() {
        let attempts = after(WRONG_BEFORE_SUPERVISOR);
        assert_eq!(told(attempts), LoginRefusal::NeedsSupervisor);
        let next_year = now() + TimeDelta::days(365);
        assert_eq!(
            may_try(attempts, next_year),
            Err(LoginRefusal::NeedsSupervisor)
        );
    }

    #[test]
    fn a_pin_is_six_to_twelve_digits_and_not_the_first_that_comes_to_mind() {
        let ask = |pin: &str| acceptable(&Pin(pin.to_owned()));
        for fine in ["204816", "135790", "112233445566"] {
            assert_eq!(ask(fine), Ok(()), "{fine}");
        }
        for short in ["", "20481", "2048160204816", "20481a", "２０４８１６"] {
            assert_eq!(ask(short), Err(PinRefusal::NotDigits), "{short}");
        }
        for easy in ["000000", "123456", "987654"] {
            assert_eq!(ask(easy), Err(PinRefusal::TooEasy), "{easy}");
        }
    }

    #[test]
    fn a_pin_never_shows_itself() {
        assert_eq!(format!("{:?}", Pin("204816".to_owned())), "Pin(…)");
    }

    #[test]
    fn the_public_does_not_work_at_the_desk() {
        assert!(!is_staff(&[
            Role::TenantMember,
            Role::Visitor,
            Role::Contractor
        ]));
        assert!(is_staff(&[Role::Receptionist]) && is_staff(&[Role::Auditor]));
    }
}
