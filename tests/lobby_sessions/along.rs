//! A key for a contractor at the touch screen: whoever is signed in is chosen before anybody is typed.

use super::keys::{GUARD, Hooks, TECHNICIAN, stage};
use crate::support::*;
use lodge::keys::flow::{Along, Stage, Touch as KeyTouch};
use lodge::keys::{Inside, Purpose, TakeRefusal};
use lodge::kiosk::{Touch, View};
use lodge::people::PersonId;
use lodge::visits::SignOut;

/// The page on which a technician says yes to the plain key, and to whom they go along with.
fn asks(hooks: &mut Hooks) -> View {
    hooks.kiosk.tap(TECHNICIAN);
    hooks.kiosk.touch(Touch::TakeKey);
    let key = KeyTouch::Key(hooks.plain);
    for touch in [key, KeyTouch::For(Purpose::Repair), KeyTouch::GoAlong] {
        hooks.kiosk.touch(Touch::Keys(touch));
    }
    hooks.kiosk.sees()
}

fn inside(view: &View) -> Vec<Inside> {
    match stage(view) {
        Stage::ChoosingContractor { inside, .. } => inside.clone(),
        stage => panic!("a choice, not {stage:?}"),
    }
}

/// Two contractors, of whom the second came last.
fn contractors(hooks: &mut Hooks) -> [PersonId; 2] {
    let keeper = hooks.keeper.person.expect("a keeper");
    let at = hooks.kiosk.now;
    let lobby = &mut hooks.kiosk.lobby;
    lobby.permit("SG-1", "远山建设", keeper, at);
    let (liu, _) = lobby.contractor("刘强", "远山建设", "SG-1", at);
    let later = at + minutes(1);
    let (fang, _) = lobby.contractor("方圆", "远山建设", "SG-1", later);
    [liu, fang]
}

fn register(hooks: &Hooks) -> Option<String> {
    let books = &hooks.kiosk.lobby.books;
    let line = books.hooks().expect("readable");
    let taken = line.into_iter().find_map(|line| line.out);
    taken.expect("it is out").contractor
}

#[test]
fn whoever_is_signed_in_is_chosen_with_one_touch() {
    let mut hooks = Hooks::open();
    let [liu, fang] = contractors(&mut hooks);
    let offered = inside(&asks(&mut hooks));
    let people: Vec<PersonId> = offered.iter().map(|inside| inside.person).collect();
    assert_eq!(people, [fang, liu], "whoever came last comes first");
    assert_eq!(offered[0].company, "远山建设");
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::With(liu)));
    match stage(&view) {
        Stage::Confirming(wish) => {
            assert_eq!(wish.contractor, Some(Along::Inside(offered[1].clone())));
        }
        stage => panic!("{stage:?}"),
    }
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::Confirm));
    assert!(matches!(stage(&view), Stage::Taken(receipt) if receipt.goes_along));
    assert_eq!(register(&hooks).as_deref(), Some("刘强 · 远山建设"));
    assert_eq!(hooks.kiosk.unexpected, 0);
}

#[test]
fn somebody_else_is_typed_and_back_leads_to_the_yes() {
    let mut hooks = Hooks::open();
    contractors(&mut hooks);
    inside(&asks(&mut hooks));
    let view = hooks.kiosk.touch(Touch::Back);
    assert!(matches!(stage(&view), Stage::Confirming(wish) if wish.contractor.is_none()));
    hooks.kiosk.touch(Touch::Keys(KeyTouch::GoAlong));
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::WithAnother));
    assert!(matches!(stage(&view), Stage::TypingContractor(_)));
    assert!(view.writing.is_some());
    assert_eq!(hooks.kiosk.unexpected, 0);
}

#[test]
fn where_nobody_is_signed_in_the_name_is_typed_at_once() {
    let mut hooks = Hooks::open();
    let view = asks(&mut hooks);
    assert!(matches!(stage(&view), Stage::TypingContractor(_)));
    assert!(view.writing.is_some());
}

#[test]
fn a_contractor_who_signed_out_meanwhile_gets_nobody_a_key() {
    let mut hooks = Hooks::open();
    let [liu, _] = contractors(&mut hooks);
    inside(&asks(&mut hooks));
    let books = &mut hooks.kiosk.lobby.books;
    let there = books.inside_now().expect("readable");
    let visit = there.iter().find(|visit| visit.visitor == liu);
    let number = visit
        .and_then(|visit| visit.number.clone())
        .expect("a number");
    let out = books.sign_out(&SignOut::Slip(number), None, hooks.kiosk.now);
    out.expect("writable").expect("signed out");
    hooks.kiosk.touch(Touch::Keys(KeyTouch::With(liu)));
    let view = hooks.kiosk.touch(Touch::Keys(KeyTouch::Confirm));
    let gone = TakeRefusal::ContractorGone;
    assert!(matches!(stage(&view), Stage::Refused(why) if *why == gone));
    assert!(
        hooks.kiosk.lobby.books.hooks().expect("readable")[1]
            .out
            .is_none()
    );
}

/// Who is in the house is nobody's business but of those who take keys.
#[test]
fn nobody_else_is_shown_who_is_signed_in() {
    let mut hooks = Hooks::open();
    contractors(&mut hooks);
    let mut seen = String::new();
    for number in [GRACE, CHEN] {
        seen += &format!("{:?}", hooks.kiosk.tap(number));
        seen += &format!("{:?}", hooks.kiosk.touch(Touch::TakeKey));
        seen += &format!("{:?}", hooks.kiosk.touch(Touch::Keys(KeyTouch::GoAlong)));
        hooks.kiosk.touch(Touch::End);
    }
    assert!(!seen.contains("刘强") && !seen.contains("方圆"), "{seen}");
    // The books ask again, whatever page it was.
    let terms = lodge::keys::Terms::default();
    let at = hooks.kiosk.now;
    let told = |hooks: &mut Hooks, number| {
        let holder = hooks.kiosk.lobby.holder(number);
        let ask = lodge::keys::flow::Ask::Contractors;
        let books = &mut hooks.kiosk.lobby.books;
        match books.answer_keys(&terms, Some(&holder), ask, at) {
            Ok(lodge::keys::flow::Answer::Contractors(inside)) => inside.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        [GRACE, CHEN, GUARD].map(|who| told(&mut hooks, who)),
        [0, 0, 2]
    );
}
