//! A card reader: numbers become presentations.

use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::kiosk::event::DeviceChange;
use crate::people::{How, NumberConvention, Presented};
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::{Ask, Credential, Tell};

pub(super) fn run(surround: &Surround, cards: NumberConvention, inbox: &Inbox<Ask>, at_work: Busy) {
    keep_open(
        surround,
        inbox,
        at_work,
        Em4100::new,
        |happened| match happened {
            Happened::Opened(works) | Happened::Lost(works) => {
                if let Some(works) = works {
                    surround.report(Report::Changed(DeviceChange::Reader(works)));
                }
            }
            Happened::Told(Told::Tell(Tell::Presented(presentation))) => {
                let Credential::Em4100(number) = presentation.credential else {
                    return;
                };
                let presented = Presented {
                    credential: cards.credential(number.value()),
                    how: How::Tapped,
                };
                surround.report(Report::CardPresented(presented));
            }
            Happened::Told(_) => {}
        },
    );
}
