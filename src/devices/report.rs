//! What devices say.

use super::Busy;
use crate::kiosk::event::DeviceChange;
use crate::people::{NotRead, Presented, PresentedDocument, ReaderName, Scanned};
use crate::slips::{PaperRoll, PrintJobId, PrinterName, Proof, WhyUnknown};

/// Something a device has to say.
#[derive(Clone, Debug)]
pub enum Report {
    /// A card was held up to a reader.
    CardPresented(Presented),
    /// Something was held up to a reader that is no credential.
    CardNotRead(ReaderName, NotRead),
    /// An identity document was held up to a reader.
    DocumentPresented(PresentedDocument),
    /// A scanner read a code.
    CodeScanned(Scanned),
    /// A device came, went or changed its mind.
    Changed(DeviceChange),
    /// The state of a device, or what it says it is, is another one than before; see [`Devices::states`](super::Devices::states).
    Stands,
    /// A print job moved on.
    Paper(PaperReport),
    /// Paper was used, or a new roll put in: what to keep over a restart.
    Roll(PrinterName, PaperRoll),
}

/// How a print job moves on at the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperReport {
    /// This printer is able; it waits for [`Devices::go`](super::Devices::go), and nothing was sent yet.
    Ready(PrintJobId, PrinterName),
    /// The printer is not able; nothing was sent.
    Refused(PrintJobId),
    /// The printer stopped within it, and finishes it when it is helped. The next one need not wait.
    Stopped(PrintJobId),
    /// The label printer leaves it to the receipt printer; nothing was sent.
    AsSlip(PrintJobId),
    /// It was told to go or withdrawn, but not a byte left: the line was lost, or the printer stopped.
    NotStarted(PrintJobId),
    /// It is printed, and this is how we know.
    Printed(PrintJobId, Proof),
    /// Nobody knows.
    Unknown(PrintJobId, WhyUnknown),
}

/// Where reports go: called on the device's own thread, with the mark that the program is at work.
pub(crate) trait Tell: Fn(Report, Busy) + Send + Sync + 'static {}
impl<T: Fn(Report, Busy) + Send + Sync + 'static> Tell for T {}
