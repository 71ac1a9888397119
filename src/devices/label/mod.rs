//! The label printers: badges and parcels' labels offered, told to go, and watched until they are out.
//!
//! They tell of a job what a receipt printer tells. What differs: nobody waits for a label printer that
//! cannot print, because the receipt printer takes its place. So a label that was offered and not yet
//! looked at is given back when the line is lost, and let go of should the printer come upon it later.

mod layout;
mod stands;
#[cfg(test)]
mod tests;

pub use layout::sheet;
pub(super) use stands::Stands;

use super::printer::{Jobs, Torso};
use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, PaperReport, Report, Surround};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use crate::slips::{Label, PrintJobId, PrinterName, Proof, WhyUnknown};
use lodge_hardware::label::printer::{self, Ask, JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::status::{LabelStatus, Obstacle};
use lodge_hardware::label::{Align, Label as Sheet, Mm, Text};
use lodge_hardware::port::{Inbox, Mailbox, Told};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// The way to a label printer: labels become sheets of its size on the way, and jobs get a short token.
#[derive(Clone)]
pub(super) struct Way {
    name: PrinterName,
    mailbox: Mailbox<Ask>,
    size: (u16, u16),
    profile: Profile,
    jobs: Arc<Mutex<Jobs>>,
    /// Its line is open: asks are heard at once.
    open: Arc<AtomicBool>,
}

impl Way {
    /// The way to the label printer with this mailbox.
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        let spec = &surround.spec;
        let size = spec.label_mm.unwrap_or(crate::config::USUAL_LABEL);
        let named = spec.profile.as_deref().and_then(Profile::by_name);
        Way {
            name: PrinterName(spec.name.clone()),
            mailbox,
            size,
            profile: named.unwrap_or_else(Profile::tspl_203dpi),
            jobs: Arc::new(Mutex::new(Jobs::new(&surround.clock))),
            open: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Whether the settings call it so.
    pub fn is_called(&self, name: &PrinterName) -> bool {
        self.name == *name
    }

    /// Offers a label of the books.
    pub fn print(&self, job: PrintJobId, label: &Label) {
        let document = sheet(label, self.size);
        let job = self.jobs().offer(job, 0);
        self.mailbox.send(Ask::Print { job, document });
    }

    /// Prints text in both languages, a QR code and a bar code; nobody has to answer for it.
    pub fn test_label(&self) {
        let stock = layout::stock(self.size);
        let mut room = stock.inside(layout::GAP);
        let code = room.take_right(Mm::whole((self.size.0 / 3).clamp(12, 24)));
        let title = room.take_top(Mm::whole(8));
        let make = room.take_top(Mm::whole(5));
        let document = Sheet::new(stock)
            .qr(code, "LODGE-TEST")
            .text(title, Text::new("测试 Test").size(Mm::whole(6)).bold())
            .text(make, Text::new(self.profile.name))
            .code128(room.take_top(Mm::whole(10)), "TEST")
            .text(room, Text::new(&self.name.0).align(Align::Right));
        let job = self.jobs().test(0);
        self.mailbox.send(Ask::Print { job, document });
    }

    /// The job is written down as being sent: go.
    pub fn go(&self, job: PrintJobId) {
        let token = self.jobs().of(job);
        if let Some(token) = token {
            self.begin(token);
        }
    }

    /// The job must not be sent after all.
    pub fn withdraw(&self, job: PrintJobId) {
        let token = self.jobs().of(job);
        if let Some(token) = token {
            self.mailbox.send(Ask::Withdraw(token));
        }
    }

    /// Asks how it is, unless its line is not there.
    pub fn look(&self) {
        if self.open.load(Ordering::SeqCst) {
            self.mailbox.send(Ask::Status);
        }
    }

    fn begin(&self, token: JobToken) {
        self.jobs().go(token);
        self.mailbox.send(Ask::Go(token));
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().expect("nobody panics holding the jobs")
    }
}

/// Which label printer this is among all.
pub(super) struct Place {
    /// How labels come to it.
    pub way: Way,
    /// All label printers together.
    pub stands: Arc<Stands>,
    /// Its place among them, the first of the settings being 0.
    pub number: usize,
}

/// Runs the label printer until its inbox is closed.
pub(super) fn run(surround: &Surround, place: &Place, inbox: &Inbox<Ask>, at_work: Busy) {
    let mut seen = Seen::default();
    let torso = Torso::new(surround.interrupted);
    keep_open(
        surround,
        inbox,
        at_work,
        || {
            let (profile, font) = (place.way.profile.clone(), surround.font.clone());
            let printer = Printer::new(profile, surround.spec.baud, Some(font));
            match torso.is_filled_up_now() {
                true => printer.after_interruption(),
                false => printer,
            }
        },
        |happened| {
            match happened {
                Happened::Opened(_) => {
                    place.way.open.store(true, Ordering::SeqCst);
                    // How it is comes within the second; until then nothing is known.
                    seen = Seen::default();
                    return;
                }
                Happened::Lost(_) => {
                    place.way.open.store(false, Ordering::SeqCst);
                    seen.lost = true;
                }
                Happened::Told(Told::Stalled) => seen.stalled = true,
                Happened::Told(Told::Flowing) => seen.stalled = false,
                Happened::Told(Told::Tell(Tell::Answering(answers))) => seen.silent = !answers,
                Happened::Told(Told::Tell(Tell::Status(status))) => {
                    torso.answered();
                    (seen.silent, seen.status) = (false, Some(status));
                }
                Happened::Told(Told::Tell(tell)) => {
                    if matches!(tell, Tell::Unknown(..)) {
                        torso.left();
                    }
                    return moved(tell, surround, place);
                }
            }
            // First whether it can print: what is given back goes to a printer that can.
            seen.note(surround, place);
            if seen.lost {
                give_back(surround, place);
            }
        },
    );
}

/// What is known of the printer.
#[derive(Default)]
struct Seen {
    lost: bool,
    stalled: bool,
    silent: bool,
    status: Option<LabelStatus>,
}

impl Seen {
    /// Why it does not print, but for a line that is lost.
    fn trouble(&self) -> Option<Fault> {
        let obstacle = self.status.as_ref().and_then(LabelStatus::obstacle);
        Some(match obstacle {
            _ if self.silent => Fault::LabelsSilent,
            Some(Obstacle::HeadOpen) => Fault::HeadOpen,
            Some(Obstacle::PaperOut) => Fault::LabelsOut,
            Some(Obstacle::RibbonOut) => Fault::RibbonOut,
            Some(Obstacle::Jam) => Fault::Jammed,
            Some(Obstacle::Paused) => Fault::Paused,
            Some(Obstacle::Temperature) => Fault::Temperature,
            Some(_) => Fault::OtherTrouble,
            None if self.stalled => Fault::Stalled,
            None => return None,
        })
    }

    fn note(&self, surround: &Surround, place: &Place) {
        let trouble = self.trouble();
        let able = !self.lost && trouble.is_none();
        if trouble.is_some() {
            // Whatever it is that keeps it from going on: the line that takes no bytes tells of no job.
            stopped(surround, place);
        }
        if !self.lost {
            // What people are told follows from what can be printed, not from this.
            let _ = surround.note(trouble.map_or(Standing::Open, Standing::Failing));
        }
        if let Some(kinds) = place.stands.note(place.number, able) {
            surround.report(Report::Changed(DeviceChange::Labels(kinds)));
        }
    }
}

/// Gives back a label that the printer has not even looked at.
fn give_back(surround: &Surround, place: &Place) {
    let Some(given) = place.way.jobs().give_back() else {
        return;
    };
    // Should the printer come upon it when its line is there again.
    place.way.mailbox.send(Ask::Withdraw(given.token));
    if let Some(job) = given.job {
        surround.report(Report::Paper(PaperReport::Refused(job)));
    }
}

/// The printer stopped: reports the job it is at, once, so that the next one does not wait for it.
fn stopped(surround: &Surround, place: &Place) {
    let Some(given) = place.way.jobs().stop() else {
        return;
    };
    place.stands.hold(place.number, true);
    if let Some(job) = given.job {
        surround.report(Report::Paper(PaperReport::Stopped(job)));
    }
}

/// A job moved on: reports it where it is one of the books.
fn moved(tell: Tell, surround: &Surround, place: &Place) {
    let (token, at_its_end) = match tell {
        Tell::Stopped(..) => return stopped(surround, place),
        Tell::Ready(token) => (token, false),
        Tell::Refused(token, _)
        | Tell::NotStarted(token)
        | Tell::Printed(token, _)
        | Tell::Unknown(token, _) => (token, true),
        Tell::Status(_) | Tell::Answering(_) => return,
    };
    let mut jobs = place.way.jobs();
    let given = jobs.heard(token, at_its_end);
    place.stands.hold(place.number, jobs.has_stopped());
    drop(jobs);
    let Some(given) = given else {
        return;
    };
    let Some(job) = given.job else {
        match tell {
            // A test label waits for nobody to write it down.
            Tell::Ready(_) => place.way.begin(token),
            Tell::Refused(_, obstacle) => {
                let device = surround.spec.id();
                tracing::warn!(device, ?obstacle, "the test label cannot be printed");
            }
            _ => {}
        }
        return;
    };
    surround.report(Report::Paper(match tell {
        Tell::Ready(_) => PaperReport::Ready(job, place.way.name.clone()),
        Tell::Refused(_, Obstacle::DoesNotFit(misfit)) => {
            let device = surround.spec.id();
            tracing::warn!(device, %misfit, "a label does not fit; a slip is printed in its place");
            PaperReport::AsSlip(job)
        }
        // It has been waited for already, or somebody has a test label printed: a visitor does not wait
        // for that.
        Tell::Refused(_, Obstacle::Busy) => PaperReport::AsSlip(job),
        Tell::Refused(..) => PaperReport::Refused(job),
        Tell::NotStarted(_) => PaperReport::NotStarted(job),
        Tell::Printed(_, printer::Proof::Watched) => PaperReport::Printed(job, Proof::Watched),
        Tell::Unknown(_, printer::Doubt::LineLost) => {
            PaperReport::Unknown(job, WhyUnknown::LineLost)
        }
        Tell::Unknown(_, printer::Doubt::NoProof) => PaperReport::Unknown(job, WhyUnknown::NoProof),
        Tell::Stopped(..) | Tell::Status(_) | Tell::Answering(_) => return,
    }));
}
