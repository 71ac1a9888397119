//! A scanner: what it reads becomes codes.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::scanner::{Ask, Family, Scanner, Settings, SsiForm, Tell};

pub(super) fn run(surround: &Surround, inbox: &Inbox<Ask>, at_work: Busy) {
    let settings = Settings {
        family: family(surround.spec.profile.as_deref()),
        ..Settings::default()
    };
    let id = surround.spec.id();
    let works_now = |works: Option<bool>| {
        if let Some(works) = works {
            surround.report(Report::Changed(DeviceChange::Scanner(works)));
        }
    };
    keep_open(
        surround,
        inbox,
        at_work,
        || Scanner::with(settings.clone()),
        |happened| match happened {
            Happened::Opened(works) | Happened::Lost(works) => works_now(works),
            Happened::Told(Told::Tell(Tell::Code(code))) => {
                let scanner = surround.spec.name.clone();
                surround.report(Report::CodeScanned(scanner, code.text));
            }
            Happened::Told(Told::Tell(Tell::Unreadable { reason })) => {
                tracing::debug!(device = id, ?reason, "a scan could not be read");
            }
            Happened::Told(Told::Tell(Tell::Answering(answers))) => {
                let standing = match answers {
                    true => Standing::Open,
                    false => Standing::Failing(Fault::Silent),
                };
                works_now(surround.note(standing));
            }
            Happened::Told(Told::Tell(Tell::Refused { command, refusal })) => {
                // It reads as it was set up before; a person looks at its manual.
                tracing::warn!(device = id, ?command, ?refusal, "the scanner does not obey");
            }
            Happened::Told(Told::Stalled | Told::Flowing) => {}
        },
    );
}

/// Whose commands the scanner of this profile knows.
fn family(profile: Option<&str>) -> Family {
    match profile {
        Some("honeywell") => Family::Honeywell,
        Some("newland") => Family::Newland,
        Some("zebra") => Family::Zebra(SsiForm::Raw),
        Some("zebra-packets") => Family::Zebra(SsiForm::Packets),
        Some("grow") => Family::Grow,
        _ => Family::Any,
    }
}
