//! A house asks each type what it wants to know, and nothing else.

use super::again::{known, last_visit, naming};
use super::*;
use crate::visits::{Asked, Steps};

/// In a house that asks this of everybody.
fn asking<T>(asked: &[Asked], look: impl FnOnce(&Here<'_>) -> T) -> T {
    let mut terms = Terms::default();
    terms.purposes.clear();
    for of in VisitorType::ALL {
        terms.asks.insert(of, Steps::of(asked));
    }
    look(&Here {
        holder: None,
        how: How::Tapped,
        language: Language::Chinese,
        at: DateTime::UNIX_EPOCH,
        device: 'A',
        terms: &terms,
        tries: &Tries::default(),
    })
}

fn named(asked: &[Asked]) -> Stage {
    let page = Stage::TypingName {
        of: VisitorType::Guest,
        typed: String::new(),
    };
    match asking(asked, |here| touched(&page, typed("周远"), here)) {
        Some(Next::Show(page) | Next::Ask(page, _)) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_house_does_not_ask_has_no_page() {
    assert!(matches!(named(&[Asked::Phone]), Stage::TypingPhone { .. }));
    assert!(matches!(named(&[Asked::Company]), Stage::Company { .. }));
    assert!(matches!(named(&[Asked::Tenant]), Stage::Tenants { .. }));
    assert!(matches!(named(&[Asked::Host]), Stage::Host { .. }));
    let signing = named(&[Asked::Things, Asked::Signature]);
    assert!(signing.wants_signature());
    let carry = asking(&[Asked::Things, Asked::Signature], |here| {
        touched(&signing, Touch::Carry, here)
    });
    assert!(matches!(carry, Some(Next::Show(Stage::Things { .. }))));
}

#[test]
fn where_no_signature_is_asked_agreeing_signs_in_and_nowhere_else() {
    let agreed = |asked: &[Asked], touch| {
        let page = named(asked);
        asking(asked, |here| touched(&page, touch, here))
    };
    assert!(!named(&[]).wants_signature());
    let (_, ask) = asked(agreed(&[], Touch::Yes));
    let Ask::SignIn(order) = ask else {
        panic!("{ask:?}")
    };
    assert!(!order.signature.is_written());
    assert_eq!(agreed(&[], Touch::Signed(pen())), None);
    assert_eq!(agreed(&[], Touch::Carry), None, "things are not asked");
    assert_eq!(agreed(&[Asked::Signature], Touch::Yes), None);
}

#[test]
fn what_is_asked_no_longer_is_not_carried_over_from_the_last_visit() {
    let page = naming(true);
    let known = known(Some(last_visit()));
    let next = asking(&[Asked::Signature], |here| {
        super::super::answered(&page, known, here)
    });
    match shown(next) {
        Stage::Signing(draft) => assert_eq!((draft.host, draft.tenant), (None, None)),
        other => panic!("{other:?}"),
    }
}
