//! Whoever stands in front of the page that waits for a yes hears of it without touching anything.

use super::kiosk::Kiosk;
use crate::support::GRACE;
use lodge::kiosk::event::DeviceChange;
use lodge::kiosk::view::{Page, View};
use lodge::kiosk::{Event, Touch};
use lodge::visits::VisitId;
use lodge::visits::flow::{Reply, Stage};

/// A visitor who waits, in front of the page of their number.
fn waiting(kiosk: &mut Kiosk) -> VisitId {
    let (visit, number) = kiosk.courier_waits();
    kiosk.scan(&number.code());
    visit
}

fn something_was_written(kiosk: &mut Kiosk) -> View {
    kiosk.hears_of_the_books()
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
    kiosk.grace_says(visit, true);
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
    kiosk.grace_says(visit, false);
    assert_eq!(
        stage(&something_was_written(&mut kiosk)),
        &Stage::SeeTheDesk
    );
    let mut kiosk = Kiosk::open();
    let visit = waiting(&mut kiosk);
    let home = kiosk.touch(Touch::End);
    kiosk.grace_says(visit, true);
    assert_eq!(something_was_written(&mut kiosk).page, home.page);
}

#[test]
fn a_typed_number_lets_nobody_in() {
    let mut kiosk = Kiosk::open();
    let (visit, _) = kiosk.courier_waits();
    let answered = |view: &View| {
        let Page::MyPage(page) = &view.page else {
            panic!("{view:?}")
        };
        assert!(page.visits[0].waits);
        page.visits[0].answered
    };
    kiosk.happens(Event::DeviceChanged(DeviceChange::Reader(false)));
    kiosk.touch(Touch::TypeInstead);
    let view = kiosk.type_in("0013477100");
    assert!(!answered(&view));
    kiosk.touch(Touch::SayYes(visit));
    assert_eq!(kiosk.unexpected, 1);
    kiosk.touch(Touch::End);
    kiosk.happens(Event::DeviceChanged(DeviceChange::Reader(true)));
    let view = kiosk.tap(GRACE);
    assert!(answered(&view));
    let view = kiosk.touch(Touch::SayYes(visit));
    assert!(matches!(view.page, Page::SaidYes), "{view:?}");
}
