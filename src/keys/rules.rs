//! Who may take which key, and until when.

use super::{
    Grant, Harm, Key, KeyGroup, KeyKind, KeyLoan, KeyRefusal, KeyState, Point, TakeRefusal, Terms,
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
    now: DateTime<Utc>,
    house: (&Terms, &Building),
) -> Result<DateTime<Utc>, TakeRefusal> {
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
    let due = in_time(now, terms, building)?;
    if needs_second(key.kind, terms) {
        second_person(taker.person, second, hook())?;
    }
    Ok(due)
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

/// The matter that a report leaves open until the supervisor has decided.
pub fn reported(harm: Harm) -> Cause {
    match harm {
        Harm::Lost => Cause::KeyLost,
        Harm::Damaged => Cause::KeyDamaged,
    }
}

/// Decides whether a key that was lost or damaged, or what replaces it, may hang on its hook again:
/// not before the supervisor has decided about its report.
pub fn may_hang_back(key: &Key, is_decided: bool) -> Result<(), KeyRefusal> {
    let hook = || key.hook.clone();
    match (key.state.waits(), is_decided) {
        (true, true) => Ok(()),
        (true, false) => Err(KeyRefusal::Undecided { hook: hook() }),
        (false, _) => Err(KeyRefusal::OtherwiseInTheBooks { hook: hook() }),
    }
}

/// Whether a key that is due then is late now.
pub fn is_late(due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{GrantId, KeyId, KeyLoanId};
    use crate::people::Bilingual;
    use chrono::NaiveTime;
    use uuid::Uuid;

    fn building() -> Building {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a real time");
        Building {
            name: Bilingual::new("云", "Cloud"),
            zone: chrono_tz::Asia::Shanghai,
            opens: time(8),
            closes: time(20),
            device: 'A',
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a real moment")
    }

    fn morning() -> DateTime<Utc> {
        at("2026-11-23T01:05:00Z")
    }

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn key(kind: KeyKind, state: KeyState) -> Key {
        Key {
            id: KeyId(Uuid::from_u128(17)),
            hook: "K-17".into(),
            tag: "KEY-0017".into(),
            kind,
            group: KeyGroup("floor-12".into()),
            tenant: None,
            pieces: 1,
            state,
        }
    }

    fn grant() -> Vec<Grant> {
        vec![Grant {
            id: GrantId(Uuid::from_u128(5)),
            group: KeyGroup("floor-12".into()),
            person: person(1),
            from: at("2026-11-01T00:00:00Z"),
            until: Some(at("2026-12-01T00:00:00Z")),
        }]
    }

    fn take(
        key: &Key,
        out: Option<&KeyLoan>,
        roles: &[Role],
        how: How,
        second: Option<Second<'_>>,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, TakeRefusal> {
        let grants = grant();
        let taker = Taker {
            person: person(1),
            roles,
            how,
            grants: &grants,
        };
        may_take(
            key,
            out,
            &taker,
            second,
            now,
            (&Terms::default(), &building()),
        )
    }

    #[test]
    fn staff_with_a_grant_take_a_key_until_closing_time_of_the_same_day() {
        let key = key(KeyKind::Ordinary, KeyState::OnHook);
        let due = take(
            &key,
            None,
            &[Role::Technician],
            How::Tapped,
            None,
            morning(),
        );
        assert_eq!(due, Ok(at("2026-11-23T12:00:00Z")));
    }

    #[test]
    fn nobody_outside_the_property_office_takes_a_key_and_contractors_never_do() {
        let key = key(KeyKind::Ordinary, KeyState::OnHook);
        for role in [
            Role::Contractor,
            Role::TenantMember,
            Role::Visitor,
            Role::Auditor,
            Role::MailAdministrator,
        ] {
            let answer = take(&key, None, &[role], How::Tapped, None, morning());
            assert_eq!(answer, Err(TakeRefusal::NotStaff), "{role:?}");
        }
    }

    #[test]
    fn a_typed_card_number_takes_no_key() {
        let key = key(KeyKind::Ordinary, KeyState::OnHook);
        let answer = take(&key, None, &[Role::Technician], How::Typed, None, morning());
        assert_eq!(answer, Err(TakeRefusal::CardNotTapped));
    }

    #[test]
    fn a_grant_that_is_over_or_of_another_group_gives_nothing() {
        let hook = "K-17".to_owned();
        let mut other = key(KeyKind::Ordinary, KeyState::OnHook);
        other.group = KeyGroup("plant".into());
        let roles = [Role::Technician];
        let refused = Err(TakeRefusal::NotGranted { hook });
        assert_eq!(
            take(&other, None, &roles, How::Tapped, None, morning()),
            refused
        );
        let key = key(KeyKind::Ordinary, KeyState::OnHook);
        let later = at("2026-12-01T02:00:00Z");
        assert_eq!(take(&key, None, &roles, How::Tapped, None, later), refused);
    }

    #[test]
    fn a_key_that_is_out_lost_or_damaged_says_so() {
        let roles = [Role::Technician];
        let out = KeyLoan {
            id: KeyLoanId(Uuid::from_u128(3)),
            key: None,
            hook: "K-17".into(),
            holder: person(2),
            taken_at: morning(),
            due: at("2026-11-23T12:00:00Z"),
        };
        let key_out = key(KeyKind::Ordinary, KeyState::Out);
        assert_eq!(
            take(&key_out, Some(&out), &roles, How::Tapped, None, morning()),
            Err(TakeRefusal::AlreadyOut {
                hook: "K-17".into(),
                due: out.due
            })
        );
        for state in [
            KeyState::Lost,
            KeyState::TurnedUp,
            KeyState::Damaged,
            KeyState::Retired,
        ] {
            let answer = take(
                &key(KeyKind::Ordinary, state),
                None,
                &roles,
                How::Tapped,
                None,
                morning(),
            );
            let hook = "K-17".into();
            assert_eq!(answer, Err(TakeRefusal::NotThere { hook, state }));
        }
    }

    #[test]
    fn only_what_waits_and_is_decided_hangs_on_its_hook_again() {
        let hook = || "K-17".to_owned();
        for state in [KeyState::Lost, KeyState::TurnedUp, KeyState::Damaged] {
            let key = key(KeyKind::Ordinary, state);
            assert_eq!(may_hang_back(&key, true), Ok(()), "{state:?}");
            let undecided = Err(KeyRefusal::Undecided { hook: hook() });
            assert_eq!(may_hang_back(&key, false), undecided, "{state:?}");
        }
        for state in [KeyState::OnHook, KeyState::Out, KeyState::Retired] {
            let refused = Err(KeyRefusal::OtherwiseInTheBooks { hook: hook() });
            let answer = may_hang_back(&key(KeyKind::Ordinary, state), true);
            assert_eq!(answer, refused, "{state:?}");
        }
    }

    #[test]
    fn no_key_goes_out_so_late_that_it_would_stay_overnight_nor_before_opening() {
        let key = key(KeyKind::Ordinary, KeyState::OnHook);
        for (now, again) in [
            ("2026-11-23T11:45:00Z", "2026-11-24T00:00:00Z"),
            ("2026-11-23T14:00:00Z", "2026-11-24T00:00:00Z"),
            ("2026-11-22T22:00:00Z", "2026-11-23T00:00:00Z"),
        ] {
            let answer = take(&key, None, &[Role::Technician], How::Tapped, None, at(now));
            let again = at(again);
            assert_eq!(answer, Err(TakeRefusal::Curfew { again }), "{now}");
        }
    }

    #[test]
    fn masters_and_sealed_spares_need_another_person_who_may_be_the_second() {
        let roles = [Role::Technician];
        let second = |number, roles| {
            Some(Second {
                person: person(number),
                roles,
            })
        };
        for kind in [KeyKind::Master, KeyKind::SealedSpare] {
            let key = key(kind, KeyState::OnHook);
            let take = |second| take(&key, None, &roles, How::Tapped, second, morning());
            let hook = "K-17".into();
            assert_eq!(take(None), Err(TakeRefusal::SecondPersonNeeded { hook }));
            assert_eq!(
                take(second(1, &[Role::KeyKeeper])),
                Err(TakeRefusal::SamePerson)
            );
            assert_eq!(
                take(second(2, &[Role::Receptionist])),
                Err(TakeRefusal::SecondMayNot)
            );
            assert!(take(second(2, &[Role::KeyKeeper])).is_ok());
        }
    }

    #[test]
    fn every_no_on_the_return_list_leaves_a_matter() {
        assert!(left_open(&[]).is_empty());
        for point in Point::ALL {
            assert_eq!(left_open(&[point]).len(), 1, "{point:?}");
        }
        assert_eq!(
            left_open(&[Point::Doors, Point::Whole]),
            [Cause::UnitNotSafe, Cause::KeyDamaged]
        );
    }
}
