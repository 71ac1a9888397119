//! What a visitor is told of the badge that a label printer prints.

use super::kiosk::Kiosk;
use crate::support::*;
use lodge::kiosk::event::DeviceChange;
use lodge::kiosk::view::{Page, SlipStage};
use lodge::kiosk::{Event, Touch};
use lodge::people::{Language, PersonName, Signature};
use lodge::slips::{JobState, LabelKind, Medium, PaperTrouble, PrintJobId};
use lodge::store::journal::Actor;
use lodge::visits::flow::{Stage, Touch as VisitTouch};
use lodge::visits::{Approval, Identity, SignInOrder, SignedIn, Terms, VisitorType, Who};

#[test]
fn a_visitor_is_told_of_a_badge_while_one_comes_and_of_the_desk_when_it_stopped_half_way() {
    let mut kiosk = Kiosk::open();
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
    let now = kiosk.now;
    let signed_in = kiosk.lobby.books.sign_in(&terms, &order, now);
    let Ok(Ok(SignedIn::Waiting { visit, number })) = signed_in else {
        panic!("{signed_in:?}")
    };
    let grace = Actor::of(&kiosk.lobby.holder(GRACE));
    let yes = kiosk
        .lobby
        .books
        .approve_visit_as_host(visit, true, grace, now);
    assert_eq!(yes.expect("writable"), Ok(()));
    kiosk.scan(&number.code());
    let view = kiosk.touch(Touch::Visits(VisitTouch::GoIn));
    let Page::Visits(stage) = &view.page else {
        panic!("{view:?}")
    };
    let Stage::Inside(receipt) = stage.as_ref() else {
        panic!("{stage:?}")
    };
    let job = receipt.job.expect("a slip is due");
    assert_eq!(view.slip, Some(SlipStage::Printing));

    // The receipt printer has no paper, and that is all one to a badge.
    let out = DeviceChange::Printer(Some(PaperTrouble::PaperOut));
    let view = kiosk.happens(Event::DeviceChanged(out));
    assert_eq!(view.slip, Some(SlipStage::Waiting(PaperTrouble::PaperOut)));
    let view = kiosk.happens(Event::SlipOffered(job, Medium::Label));
    assert_eq!(view.slip, Some(SlipStage::BadgePrinting));
    kiosk.happens(Event::SlipMoved(job, JobState::Sending));
    let labels = |kinds: &[LabelKind]| Event::DeviceChanged(DeviceChange::Labels(kinds.to_vec()));
    let view = kiosk.happens(labels(&[LabelKind::Parcel]));
    assert_eq!(view.slip, Some(SlipStage::Unknown), "it stopped half way");
    let view = kiosk.happens(labels(&[LabelKind::Badge]));
    assert_eq!(view.slip, Some(SlipStage::BadgePrinting));
    let view = kiosk.happens(Event::SlipMoved(job, JobState::Confirmed));
    assert_eq!(view.slip, Some(SlipStage::BadgePrinted));
    // Another one's badge says nothing about this page.
    let other = PrintJobId(uuid::Uuid::from_u128(7));
    let view = kiosk.happens(Event::SlipOffered(other, Medium::Receipt));
    assert_eq!(view.slip, Some(SlipStage::BadgePrinted));
}
