//! The receipt printers: jobs offered, told to go, and proven.

mod jobs;
mod supply;
#[cfg(test)]
mod tests;
mod tokens;

pub(super) use jobs::Jobs;
pub(super) use supply::Supply;

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, PaperReport, Report, Surround, paper};
use crate::equipment::Fault;
use crate::slips::{PaperRoll, PaperTrouble, PrintJobId, PrinterName, Proof, Slip, WhyUnknown};
use lodge_hardware::escpos::measure;
use lodge_hardware::escpos::printer::{self, Ask, JobToken, Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::roll::{Roll, RollSettings, RollState};
use lodge_hardware::escpos::status::{Obstacle, Paper, PrinterStatus};
use lodge_hardware::escpos::test_page;
use lodge_hardware::port::{Inbox, Mailbox, Told};
use std::cell::Cell;
use std::sync::{Arc, Mutex, MutexGuard};

/// The way to a printer: slips become documents of its paper on the way, and jobs get a short token.
#[derive(Clone)]
pub(super) struct Way {
    name: PrinterName,
    mailbox: Mailbox<Ask>,
    profile: Profile,
    jobs: Arc<Mutex<Jobs>>,
}

impl Way {
    /// The way to the printer with this mailbox.
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        Way {
            name: PrinterName(surround.spec.name.clone()),
            mailbox,
            profile: profile(surround),
            jobs: Arc::new(Mutex::new(Jobs::new(&surround.clock))),
        }
    }

    /// Whether the settings call it so.
    pub fn is_called(&self, name: &PrinterName) -> bool {
        self.name == *name
    }

    /// Offers a slip of the books.
    pub fn print(&self, job: PrintJobId, slip: &Slip) {
        let document = paper::document(slip, &self.profile);
        let dots = measure::dots(&document, &self.profile);
        let job = self.jobs().offer(job, dots);
        self.mailbox.send(Ask::Print { job, document });
    }

    /// Prints all that the printer can do; nobody has to answer for it.
    pub fn test_page(&self) {
        let document = test_page(&self.profile);
        let dots = measure::dots(&document, &self.profile);
        let job = self.jobs().test(dots);
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

    fn begin(&self, token: JobToken) {
        self.jobs().go(token);
        self.mailbox.send(Ask::Go(token));
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().expect("nobody panics holding the jobs")
    }
}

/// The profile of the settings; they were checked when they were read.
pub(super) fn profile(surround: &Surround) -> Profile {
    let named = surround.spec.profile.as_deref().and_then(Profile::by_name);
    named.unwrap_or_else(Profile::generic_80mm)
}

/// Which printer this is among all, and how its roll was left.
pub(super) struct Place {
    /// How slips come to it.
    pub way: Way,
    /// All receipt printers together.
    pub supply: Arc<Supply>,
    /// Its place among them, the first of the settings being 0.
    pub number: usize,
    /// How its roll was left.
    pub roll: PaperRoll,
}

/// Runs the printer until its inbox is closed.
pub(super) fn run(surround: &Surround, place: &Place, inbox: &Inbox<Ask>, at_work: Busy) {
    let mut seen = Seen::new(surround, place);
    let torso = Torso::new(surround.interrupted);
    keep_open(
        surround,
        inbox,
        at_work,
        || {
            let printer = Printer::new(place.way.profile.clone(), surround.spec.baud)
                .with_font(surround.font.clone());
            match torso.is_filled_up_now() {
                true => printer.after_interruption(),
                false => printer,
            }
        },
        |happened| {
            let is_lost = matches!(happened, Happened::Lost(_));
            match happened {
                Happened::Opened(_) => seen.opened(),
                Happened::Lost(_) => seen.open = false,
                Happened::Told(Told::Stalled) => seen.stalled = true,
                Happened::Told(Told::Flowing) => seen.stalled = false,
                Happened::Told(Told::Tell(Tell::Answering(answers))) => seen.silent = !answers,
                Happened::Told(Told::Tell(Tell::Status(status))) => {
                    torso.answered();
                    seen.heard(status);
                }
                Happened::Told(Told::Tell(tell)) => {
                    if matches!(tell, Tell::Unknown(..)) {
                        torso.left();
                    }
                    moved(tell, surround, place, &mut seen);
                }
            }
            // First whether it can print: what it gives back goes to a printer that can.
            seen.report_changes(surround, place);
            if is_lost {
                give_back(surround, place);
            }
        },
    );
}

/// Whether half a job may still be in the printer, which is filled up when its line opens.
pub(super) struct Torso {
    may_be: Cell<bool>,
    /// The line that is open now began by filling it up, and the printer has not answered since.
    filling_up: Cell<bool>,
}

impl Torso {
    /// There may be one from an earlier run of the program.
    pub fn new(may_be: bool) -> Self {
        Torso {
            may_be: Cell::new(may_be),
            filling_up: Cell::new(false),
        }
    }

    /// A line opens: whether it begins by filling up what may be there.
    pub fn is_filled_up_now(&self) -> bool {
        self.filling_up.set(self.may_be.get());
        self.may_be.get()
    }

    /// The printer said how it is. What was sent before has reached it then; on a line that comes and
    /// goes that may take some openings.
    pub fn answered(&self) {
        if self.filling_up.take() {
            self.may_be.set(false);
        }
    }

    /// A job was left in the middle.
    pub fn left(&self) {
        self.filling_up.set(false);
        self.may_be.set(true);
    }
}

/// Gives back a slip that the printer has not even looked at: another one may print it.
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
    place.supply.hold(place.number, true);
    if let Some(job) = given.job {
        surround.report(Report::Paper(PaperReport::Stopped(job)));
    }
}

/// A job moved on: reports it where it is one of the books, and counts its paper.
fn moved(tell: Tell, surround: &Surround, place: &Place, seen: &mut Seen) {
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
    place.supply.hold(place.number, jobs.has_stopped());
    drop(jobs);
    let Some(given) = given else {
        return;
    };
    if matches!(tell, Tell::Printed(..) | Tell::Unknown(..)) {
        seen.roll.fed(given.dots);
    }
    let Some(job) = given.job else {
        // A test page waits for nobody to write it down.
        if matches!(tell, Tell::Ready(_)) {
            place.way.begin(token);
        }
        return;
    };
    let report = match tell {
        Tell::Ready(_) => PaperReport::Ready(job, place.way.name.clone()),
        Tell::Refused(..) => PaperReport::Refused(job),
        Tell::NotStarted(_) => PaperReport::NotStarted(job),
        Tell::Printed(_, printer::Proof::ProcessId) => PaperReport::Printed(job, Proof::ProcessId),
        Tell::Printed(_, printer::Proof::Fence) => PaperReport::Printed(job, Proof::Fence),
        Tell::Unknown(_, printer::Doubt::LineLost) => {
            PaperReport::Unknown(job, WhyUnknown::LineLost)
        }
        Tell::Unknown(_, printer::Doubt::NoProof) => PaperReport::Unknown(job, WhyUnknown::NoProof),
        Tell::Stopped(..) | Tell::Status(_) | Tell::Answering(_) => return,
    };
    surround.report(Report::Paper(report));
}

/// What the desk is told of a printer whose line is open.
fn fault(trouble: PaperTrouble, surround: &Surround) -> Fault {
    match trouble {
        PaperTrouble::PaperOut => Fault::PaperOut,
        PaperTrouble::CoverOpen => Fault::CoverOpen,
        PaperTrouble::Cutter => Fault::Cutter,
        PaperTrouble::Offline => Fault::Offline,
        PaperTrouble::Stalled => Fault::Stalled,
        PaperTrouble::Silent => Fault::Silent,
        PaperTrouble::Unplugged => Fault::Unplugged(surround.spec.port.display().to_string()),
    }
}

/// What is known of the printer, and what of it was reported.
struct Seen {
    open: bool,
    stalled: bool,
    silent: bool,
    status: Option<PrinterStatus>,
    roll: Roll,
    /// Whether the roll is counted at all.
    counts: bool,
    kept: PaperRoll,
}

impl Seen {
    fn new(surround: &Surround, place: &Place) -> Self {
        let metres = surround.spec.roll_metres;
        let usual = RollSettings::default();
        let settings = RollSettings {
            length_mm: metres.map_or(usual.length_mm, |metres| metres * 1_000),
            ..usual
        };
        let state = RollState {
            used_dots: place.roll.used_dots,
            is_out: false,
            is_warned: place.roll.is_warned,
        };
        Seen {
            open: false,
            stalled: false,
            silent: false,
            status: None,
            roll: Roll::new(settings, state),
            counts: metres.is_some(),
            kept: place.roll,
        }
    }

    fn opened(&mut self) {
        (self.open, self.stalled, self.silent, self.status) = (true, false, false, None);
    }

    fn heard(&mut self, status: PrinterStatus) {
        self.status = Some(status);
        self.roll.heard(&status);
    }

    /// What keeps it from printing, the cause before its effects.
    fn trouble(&self) -> Option<PaperTrouble> {
        if !self.open {
            return Some(PaperTrouble::Unplugged);
        }
        let obstacle = self.status.as_ref().and_then(PrinterStatus::obstacle);
        match obstacle {
            Some(Obstacle::CoverOpen) => Some(PaperTrouble::CoverOpen),
            Some(Obstacle::PaperOut) => Some(PaperTrouble::PaperOut),
            Some(Obstacle::CutterError) => Some(PaperTrouble::Cutter),
            _ if self.stalled => Some(PaperTrouble::Stalled),
            _ if self.silent => Some(PaperTrouble::Silent),
            Some(Obstacle::OtherError | Obstacle::Offline) => Some(PaperTrouble::Offline),
            _ => None,
        }
    }

    /// Whether the roll ends soon, by the printer's sensor or by count.
    fn near_end(&self) -> bool {
        let state = self.roll.state();
        let sensed = self
            .status
            .is_some_and(|status| status.paper == Paper::NearEnd);
        sensed || (self.counts && state.is_warned && !state.is_out)
    }

    fn report_changes(&mut self, surround: &Surround, place: &Place) {
        let (trouble, near_end) = (self.trouble(), self.near_end());
        if self.open {
            // Visitors are told by the supply: another printer may take over.
            let fault = trouble.map(|trouble| fault(trouble, surround));
            let _ = surround.note(fault.map_or(Standing::Open, Standing::Failing));
        }
        if surround.board.paper_low(&surround.spec.id(), near_end) {
            surround.report(Report::Stands);
        }
        let changes = place.supply.note(place.number, trouble, near_end);
        for change in changes {
            surround.report(Report::Changed(change));
        }
        if trouble.is_some() {
            // Whatever it is that keeps it from going on: the line that takes no bytes tells of no job.
            stopped(surround, place);
        }
        // That the paper is out is not kept: a printer says it again when its line opens, and one
        // that talks nonsense says it a thousand times a second.
        let RollState {
            used_dots,
            is_warned,
            ..
        } = self.roll.state();
        let now = PaperRoll {
            used_dots,
            is_warned,
        };
        if std::mem::replace(&mut self.kept, now) != now {
            surround.report(Report::Roll(place.way.name.clone(), now));
        }
    }
}
