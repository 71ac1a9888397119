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
    let until = take_for(&Purpose::Repair, key, out, roles, how, second, now)?;
    assert!(!until.in_curfew);
    Ok(until.due)
}

fn take_for(
    purpose: &Purpose,
    key: &Key,
    out: Option<&KeyLoan>,
    roles: &[Role],
    how: How,
    second: Option<Second<'_>>,
    now: DateTime<Utc>,
) -> Result<Until, TakeRefusal> {
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
        purpose,
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
        assert_eq!(may_hang_back(&key, false, true), Ok(()), "{state:?}");
        let undecided = Err(KeyRefusal::Undecided { hook: hook() });
        assert_eq!(may_hang_back(&key, false, false), undecided, "{state:?}");
        let out = Err(KeyRefusal::OtherwiseInTheBooks { hook: hook() });
        assert_eq!(may_hang_back(&key, true, true), out, "{state:?} and out");
    }
    for state in [KeyState::OnHook, KeyState::Out, KeyState::Retired] {
        let refused = Err(KeyRefusal::OtherwiseInTheBooks { hook: hook() });
        let answer = may_hang_back(&key(KeyKind::Ordinary, state), false, true);
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

#[test]
fn what_comes_back_hangs_again_unless_it_is_not_whole_or_was_reported_since_it_was_taken() {
    let whole = [Point::Doors];
    let broken = [Point::Whole];
    assert_eq!(awaits(&[], &[]), None);
    assert_eq!(awaits(&whole, &[]), None);
    for (denied, reports) in [
        (&broken, &[][..]),
        (&broken, &[true]),
        (&whole, &[false]),
        (&whole, &[true, false]),
    ] {
        let answer = awaits(denied, reports);
        assert_eq!(answer, Some(Awaits::Decision), "{denied:?} {reports:?}");
    }
    assert_eq!(awaits(&whole, &[true, true]), Some(Awaits::Keeper));
}

#[test]
fn what_is_damaged_or_was_found_can_get_lost_and_stays_one_report() {
    let report = |state, harm, last| {
        let key = key(KeyKind::Ordinary, state);
        may_report(&key, harm, last).ok()
    };
    let anew = Some(Reporting::Anew);
    let raised = Some(Reporting::Raised);
    for state in [KeyState::OnHook, KeyState::Out] {
        for harm in [Harm::Lost, Harm::Damaged] {
            assert_eq!(
                report(state, harm, LastReport::Decided),
                anew,
                "{state:?} {harm:?}"
            );
        }
    }
    for state in [KeyState::Damaged, KeyState::TurnedUp] {
        assert_eq!(
            report(state, Harm::Lost, LastReport::Written),
            raised,
            "{state:?}"
        );
        assert_eq!(
            report(state, Harm::Lost, LastReport::Decided),
            anew,
            "{state:?}"
        );
        assert_eq!(
            report(state, Harm::Damaged, LastReport::Written),
            None,
            "{state:?}"
        );
        assert_eq!(
            report(state, Harm::Damaged, LastReport::Decided),
            anew,
            "{state:?}"
        );
    }
    let wordless = |harm| report(KeyState::Damaged, harm, LastReport::Wordless);
    assert_eq!(wordless(Harm::Damaged), Some(Reporting::Described));
    assert_eq!(wordless(Harm::Lost), raised);
    assert_eq!(
        report(KeyState::Out, Harm::Lost, LastReport::Written),
        raised
    );
    assert_eq!(
        report(KeyState::Out, Harm::Damaged, LastReport::Written),
        None
    );
    assert_eq!(
        report(KeyState::Lost, Harm::Lost, LastReport::Written),
        None
    );
    assert_eq!(
        report(KeyState::Retired, Harm::Lost, LastReport::Decided),
        None
    );
}

#[test]
fn an_emergency_at_night_is_given_a_key_until_the_house_opens_and_nobody_gets_round_the_rest() {
    let night = at("2026-11-23T14:00:00Z");
    let opens = at("2026-11-24T00:00:00Z");
    let plain = key(KeyKind::Ordinary, KeyState::OnHook);
    let roles = [Role::Technician];
    let emergency = Purpose::Emergency;
    let taken = take_for(&emergency, &plain, None, &roles, How::Tapped, None, night);
    let until = Until {
        due: opens,
        in_curfew: true,
    };
    assert_eq!(taken, Ok(until));
    let taken = take_for(
        &emergency,
        &plain,
        None,
        &roles,
        How::Tapped,
        None,
        morning(),
    );
    assert!(
        taken.is_ok_and(|until| !until.in_curfew),
        "by day it is a purpose like others"
    );
    let repair = take(&plain, None, &roles, How::Tapped, None, night);
    assert_eq!(repair, Err(TakeRefusal::Curfew { again: opens }));
    let master = key(KeyKind::Master, KeyState::OnHook);
    let alone = take_for(&emergency, &master, None, &roles, How::Tapped, None, night);
    let hook = "K-17".into();
    assert_eq!(alone, Err(TakeRefusal::SecondPersonNeeded { hook }));
    let other = Key {
        group: KeyGroup("plant".into()),
        ..plain
    };
    let not_granted = take_for(&emergency, &other, None, &roles, How::Tapped, None, night);
    assert!(matches!(not_granted, Err(TakeRefusal::NotGranted { .. })));
    let never = Terms {
        emergency_in_curfew: false,
        ..Terms::default()
    };
    let refused = super::until(&emergency, night, &never, &building());
    assert_eq!(refused, Err(TakeRefusal::Curfew { again: opens }));
}

#[test]
fn a_key_retires_from_its_hook_or_once_it_is_decided() {
    let retire =
        |state, is_out, is_decided| may_retire(&key(KeyKind::Ordinary, state), is_out, is_decided);
    let hook = || "K-17".to_owned();
    for state in [
        KeyState::OnHook,
        KeyState::Lost,
        KeyState::TurnedUp,
        KeyState::Damaged,
    ] {
        assert_eq!(retire(state, false, true), Ok(()), "{state:?}");
        let undecided = Err(KeyRefusal::Undecided { hook: hook() });
        assert_eq!(retire(state, false, false), undecided, "{state:?}");
    }
    for (state, is_out) in [
        (KeyState::Out, true),
        (KeyState::OnHook, true),
        (KeyState::Retired, false),
    ] {
        let otherwise = Err(KeyRefusal::OtherwiseInTheBooks { hook: hook() });
        assert_eq!(retire(state, is_out, true), otherwise, "{state:?}");
    }
}
