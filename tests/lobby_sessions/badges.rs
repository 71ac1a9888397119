//! What a visitor is told of the badge that a label printer prints.

use super::kiosk::Kiosk;
use lodge::kiosk::event::DeviceChange;
use lodge::kiosk::view::{Page, SlipStage};
use lodge::kiosk::{Event, Touch};
use lodge::slips::{JobState, LabelKind, Medium, PaperTrouble, PrintJobId};
use lodge::visits::flow::{Stage, Touch as VisitTouch};

#[test]
fn a_visitor_is_told_of_a_badge_while_one_comes_and_of_the_desk_when_it_stopped_half_way() {
    let mut kiosk = Kiosk::open();
    let (visit, number) = kiosk.courier_waits();
    kiosk.grace_says(visit, true);
    kiosk.scan(&number.code());
    let view = kiosk.touch(Touch::Visits(VisitTouch::GoIn));
    let Page::Visits(stage) = &view.page else {
        panic!("{view:?}")
    };
    let Stage::Inside(receipt, _) = stage.as_ref() else {
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
