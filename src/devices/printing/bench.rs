//! What the tests of both kinds of printer stand on: a surround whose reports can be taken.

use crate::config::{Device, Protocol};
use crate::devices::state::Board;
use crate::devices::{Activity, Busy, Clock, PaperReport, Report, Surround};
use crate::equipment::DeviceKind;
use crate::slips::PrintJobId;
use ab_glyph::FontArc;
use lodge_hardware::port::{Inbox, Mailbox, mailbox};
use lodge_hardware::printing::{Ask, JobToken};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

const FONT: &[u8] = include_bytes!("../../../ui/fonts/NotoSansSC-Regular.ttf");

/// One printer, with both ends of what goes to it and the end of what it reports.
pub struct Bench<Document> {
    pub surround: Surround,
    pub inbox: Inbox<Ask<Document>>,
    pub reports: Receiver<Report>,
}

/// A printer of this name, and the mailbox to it.
pub fn bench<Document>(
    name: &str,
    kind: DeviceKind,
    protocol: Protocol,
) -> (Bench<Document>, Mailbox<Ask<Document>>) {
    let spec = Device::usual(name, kind, protocol, PathBuf::from("/dev/null"));
    let activity = Activity::new();
    let (tell, reports) = channel();
    let surround = Surround {
        board: Arc::new(Board::new(std::slice::from_ref(&spec))),
        clock: Clock::system(),
        activity: activity.clone(),
        tell: Arc::new(move |report, _: Busy| drop(tell.send(report))),
        interrupted: false,
        font: FontArc::try_from_slice(FONT).expect("a font"),
        spec,
    };
    let (mailbox, inbox) = mailbox(&activity).expect("pipes");
    let bench = Bench {
        surround,
        inbox,
        reports,
    };
    (bench, mailbox)
}

impl<Document: Send + 'static> Bench<Document> {
    /// The job that all tests print.
    pub fn job(&self) -> PrintJobId {
        PrintJobId(uuid::Uuid::from_u128(1))
    }

    /// What the printer was asked next.
    pub fn asked(&self) -> Option<Ask<Document>> {
        self.inbox.take().map(|(ask, _)| ask)
    }

    /// The name under which the printer was offered a job.
    pub fn offered(&self) -> JobToken {
        match self.asked() {
            Some(Ask::Print { job, .. }) => job,
            _ => panic!("it is offered"),
        }
    }

    /// The next report about paper.
    pub fn report(&self) -> Option<PaperReport> {
        let mut reports = self.reports.try_iter();
        reports.find_map(|report| match report {
            Report::Paper(report) => Some(report),
            _ => None,
        })
    }
}
