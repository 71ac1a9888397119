//! `lodge test-page`: has the running kiosk print all that a printer can do, and says what came of it.

use super::{CommandError, Outcome, output};
use crate::devices::hatch::{self, DeviceReport, Knock, Reply};
use crate::equipment::{DeviceKind, Fault, TestPage};
use crate::people::Language;
use crate::slips::PrinterName;
use std::io::Write;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A page with pictures takes a slow printer on a slow line less; one that is stopped takes for ever.
const PATIENCE: Duration = Duration::from_secs(60);
const ASK_AGAIN: Duration = Duration::from_millis(250);

/// Asks the kiosk on this data folder for a test page of the printer of this name, and waits for its end.
///
/// # Errors
///
/// Where no kiosk runs there, or the answer cannot be written.
pub fn test_page(data: &Path, printer: &str, to: &mut dyn Write) -> Result<Outcome, CommandError> {
    let knock = Knock::TestPage(PrinterName(printer.to_owned()));
    let reply = hatch::knock(data, &knock).map_err(CommandError::NoKiosk)?;
    let (outcome, says) = match reply {
        Reply::Done => came_of(data, printer)?,
        Reply::NotOpen(fault) => (Outcome::Unwell, not_printed(fault.as_ref())),
        _ => (
            Outcome::Unwell,
            "There is no printer of this name; lodge doctor lists the devices.".to_owned(),
        ),
    };
    output(writeln!(to, "{says}"))?;
    Ok(outcome)
}

/// Waits until the page is at its end.
fn came_of(data: &Path, printer: &str) -> Result<(Outcome, String), CommandError> {
    let kinds = [DeviceKind::Printer, DeviceKind::LabelPrinter];
    let ids = kinds.map(|kind| format!("{}-{printer}", kind.word()));
    let began = Instant::now();
    loop {
        let reply = hatch::knock(data, &Knock::Devices).map_err(CommandError::NoKiosk)?;
        let Reply::Devices(devices) = reply else {
            return Ok((
                Outcome::Unwell,
                "The kiosk does not say how it went.".to_owned(),
            ));
        };
        let of_printer = |report: &&DeviceReport| ids.contains(&report.id);
        let report = devices
            .iter()
            .filter(of_printer)
            .find(|report| report.test_page.is_some());
        let page = report.and_then(|report| report.test_page);
        let fault = report.and_then(|report| report.fault.as_ref());
        let says = match page {
            Some((_, TestPage::Printed)) => {
                return Ok((Outcome::Well, "The page is printed.".to_owned()));
            }
            Some((_, TestPage::Refused)) => not_printed(fault),
            Some((_, TestPage::Doubtful)) => {
                "The printer did not say that the page is printed: look at the paper.".to_owned()
            }
            None | Some((_, TestPage::UnderWay)) if began.elapsed() < PATIENCE => {
                sleep(ASK_AGAIN);
                continue;
            }
            None | Some((_, TestPage::UnderWay)) => match fault {
                Some(fault) => format!(
                    "The page is not at its end. {}; it goes on by itself once the printer is helped.",
                    fault.says(Language::English)
                ),
                None => "The page is not at its end; lodge doctor says how the printer stands."
                    .to_owned(),
            },
        };
        return Ok((Outcome::Unwell, says));
    }
}

fn not_printed(fault: Option<&Fault>) -> String {
    match fault {
        Some(fault) => format!("Not printed. {}.", fault.says(Language::English)),
        None => {
            "Not printed. The printer is busy or has just been plugged in; try again.".to_owned()
        }
    }
}
