//! A card reader: numbers become presentations.

use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::kiosk::event::DeviceChange;
use crate::people::{How, NumberConvention, Presented};
use lodge_hardware::em4100::{Ask, Em4100, Tell};
use lodge_hardware::port::{Inbox, Told};

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
            Happened::Told(Told::Tell(Tell::Card(number))) => {
                let credential = cards.credential(number.value());
                let presented = Presented {
                    credential,
                    how: How::Tapped,
                };
                surround.report(Report::CardPresented(presented));
            }
            Happened::Told(_) => {}
        },
    );
}
