//! The receipt printers: jobs offered, told to go, and proven.

mod supply;
mod tokens;

pub(super) use supply::Supply;
pub(super) use tokens::Tokens;

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Clock, PaperReport, Report, Surround, paper};
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
    tokens: Arc<Mutex<Tokens>>,
}

impl Way {
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        Way {
            name: PrinterName(surround.spec.name.clone()),
            mailbox,
            profile: profile(surround),
            tokens: Arc::new(Mutex::new(Tokens::new(&surround.clock))),
        }
    }

    pub fn is_called(&self, name: &PrinterName) -> bool {
        self.name == *name
    }

    pub fn print(&self, job: PrintJobId, slip: &Slip) {
        let document = paper::document(slip, &self.profile);
        let dots = measure::dots(&document, &self.profile);
        let job = lock(&self.tokens).give(Some(job), dots);
        self.mailbox.send(Ask::Print { job, document });
    }

    pub fn test_page(&self) {
        let document = test_page(&self.profile);
        let dots = measure::dots(&document, &self.profile);
        let job = lock(&self.tokens).give(None, dots);
        self.mailbox.send(Ask::Print { job, document });
    }

    pub fn go(&self, job: PrintJobId) {
        self.about(job, Ask::Go);
    }

    pub fn withdraw(&self, job: PrintJobId) {
        self.about(job, Ask::Withdraw);
    }

    fn about(&self, job: PrintJobId, ask: fn(JobToken) -> Ask) {
        let token = lock(&self.tokens).of(job);
        if let Some(token) = token {
            self.mailbox.send(ask(token));
        }
    }
}

fn lock(tokens: &Mutex<Tokens>) -> MutexGuard<'_, Tokens> {
    tokens.lock().expect("nobody panics holding the tokens")
}

/// The profile of the settings; they were checked when they were read.
pub(super) fn profile(surround: &Surround) -> Profile {
    let named = surround.spec.profile.as_deref().and_then(Profile::by_name);
    named.unwrap_or_else(Profile::generic_80mm)
}

/// Which printer this is among all, and how its roll was left.
pub(super) struct Place {
    pub way: Way,
    pub supply: Arc<Supply>,
    pub number: usize,
    pub roll: PaperRoll,
}

/// Runs the printer until its inbox is closed.
pub(super) fn run(surround: &Surround, place: &Place, inbox: &Inbox<Ask>, at_work: Busy) {
    let mut seen = Seen::new(surround, place);
    // Half a job may still be in the printer when its line opens.
    let interrupted = Cell::new(surround.interrupted);
    keep_open(
        surround,
        inbox,
        at_work,
        || {
            let printer = Printer::new(place.way.profile.clone(), surround.spec.baud)
                .with_font(surround.font.clone());
            match interrupted.take() {
                true => printer.after_interruption(),
                false => printer,
            }
        },
        |happened| {
            match happened {
                Happened::Opened(_) => seen.opened(),
                Happened::Lost(_) => seen.open = false,
                Happened::Told(Told::Stalled) => seen.stalled = true,
                Happened::Told(Told::Flowing) => seen.stalled = false,
                Happened::Told(Told::Tell(Tell::Answering(answers))) => seen.silent = !answers,
                Happened::Told(Told::Tell(Tell::Status(status))) => seen.heard(status),
                Happened::Told(Told::Tell(tell)) => {
                    if matches!(tell, Tell::Unknown(..)) {
                        interrupted.set(true);
                    }
                    moved(tell, surround, place, &mut seen);
                }
            }
            seen.report_changes(surround, place);
        },
    );
}

/// A job moved on: reports it where it is one of the books, and counts its paper.
fn moved(tell: Tell, surround: &Surround, place: &Place, seen: &mut Seen) {
    let (Tell::Ready(token)
    | Tell::Refused(token, _)
    | Tell::NotStarted(token)
    | Tell::Printed(token, _)
    | Tell::Unknown(token, _)) = tell
    else {
        return;
    };
    let Some(given) = lock(&place.way.tokens).find(token) else {
        return;
    };
    if matches!(tell, Tell::Printed(..) | Tell::Unknown(..)) {
        seen.roll.fed(given.dots);
    }
    let Some(job) = given.job else {
        // A test page waits for nobody to write it down.
        if matches!(tell, Tell::Ready(_)) {
            place.way.mailbox.send(Ask::Go(token));
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
