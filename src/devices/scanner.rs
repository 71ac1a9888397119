//! A scanner: lines become codes.

use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::kiosk::event::DeviceChange;
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::scanner::{Ask, Scanner, Tell};

pub(super) fn run(surround: &Surround, inbox: &Inbox<Ask>, at_work: Busy) {
    keep_open(
        surround,
        inbox,
        at_work,
        Scanner::new,
        |happened| match happened {
            Happened::Opened(works) | Happened::Lost(works) => {
                if let Some(works) = works {
                    surround.report(Report::Changed(DeviceChange::Scanner(works)));
                }
            }
            Happened::Told(Told::Tell(Tell::Code(code))) => {
                surround.report(Report::CodeScanned(code.text))
            }
            Happened::Told(Told::Tell(Tell::Unreadable { reason })) => {
                tracing::debug!(
                    device = surround.spec.id(),
                    ?reason,
                    "a scan could not be read"
                );
            }
            Happened::Told(_) => {}
        },
    );
}
