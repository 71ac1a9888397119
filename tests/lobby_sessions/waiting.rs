//! Whoever stands in front of the page that waits for a yes hears of it without touching anything.

use super::kiosk::Kiosk;
use crate::support::*;
use lodge::kiosk::Event;
use lodge::kiosk::view::{Page, View};
use lodge::people::{Language, PersonName, Signature};
use lodge::store::journal::Actor;
use lodge::visits::flow::{Reply, Stage};
use lodge::visits::{Approval, Identity, SignInOrder, SignedIn, Terms, VisitId, VisitorType, Who};

/// A visitor who waits, in front of the page of their number.
fn waiting(kiosk: &mut Kiosk) -> VisitId {
    let order = SignInOrder {
        who: Who::Named(Identity {
            name: PersonName::typed("周远"),
            phone: "13800000001".to_owned(),
            document: None,
        }),
        of: VisitorType::Courier,
        company: String::new(),
        purpose: String::new(),
        host: Some(kiosk.lobby.grace),
        tenant: None,
        permit: String::new(),
        things: String::new(),
        signature: Signature(vec![vec![(100, 100), (600, 200)]]),
        language: Language::Chinese,
    };
    let terms = Terms {
        courier: Approval::HostOrDesk,
        ..Terms::default()
    };
    let signed_in = kiosk.lobby.books.sign_in(&terms, &order, kiosk.now);
    let Ok(Ok(SignedIn::Waiting { visit, number })) = signed_in else {
        panic!("{signed_in:?}")
    };
    kiosk.scan(&number.code());
    visit
}

fn says(kiosk: &mut Kiosk, visit: VisitId, yes: bool) {
    let grace = Actor::of(&kiosk.lobby.holder(GRACE));
    let said = kiosk
        .lobby
        .books
        .approve_visit_as_host(visit, yes, grace, kiosk.now);
    assert_eq!(said.expect("writable"), Ok(()));
}

fn something_was_written(kiosk: &mut Kiosk) -> View {
    kiosk.happens(Event::BooksChanged { rain: false })
}

fn stage(view: &View) -> &Stage {
    match &view.page {
        Page::Visits(stage) => stage,
        page => panic!("{page:?}"),
    }
}

#[test]
fn the_yes_stands_on_the_page_as_soon_as_it_is_written_down_and_nothing_else_does() {
    let mut kiosk = Kiosk::open();
    let visit = waiting(&mut kiosk);
    let before = kiosk.sees();
    assert!(matches!(stage(&before), Stage::Waiting { answer, .. } if *answer != Reply::Yes));
    // Something else: the page says nothing new.
    assert_eq!(something_was_written(&mut kiosk).page, before.page);
    says(&mut kiosk, visit, true);
    let view = something_was_written(&mut kiosk);
    assert!(matches!(
        stage(&view),
        Stage::Waiting {
            answer: Reply::Yes,
            ..
        }
    ));
}

#[test]
fn a_no_is_told_by_the_desk_and_who_has_gone_sees_nothing() {
    let mut kiosk = Kiosk::open();
    let visit = waiting(&mut kiosk);
    says(&mut kiosk, visit, false);
    assert_eq!(
        stage(&something_was_written(&mut kiosk)),
        &Stage::SeeTheDesk
    );
    let mut kiosk = Kiosk::open();
    let visit = waiting(&mut kiosk);
    let home = kiosk.touch(lodge::kiosk::Touch::End);
    says(&mut kiosk, visit, true);
    assert_eq!(something_was_written(&mut kiosk).page, home.page);
}
