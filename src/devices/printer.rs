//! The receipt printer: jobs offered, told to go, and proven.

use super::supervise::{Happened, keep_open};
use super::{Busy, Clock, PaperReport, Report, Surround, paper};
use crate::kiosk::event::DeviceChange;
use crate::slips::{PaperTrouble, PrintJobId, Proof, Slip, WhyUnknown};
use lodge_hardware::escpos::printer::{self, JobToken, Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::status::{Obstacle, Paper, PrinterStatus};
use lodge_hardware::port::{Inbox, Mailbox, Told};
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

/// The way to a printer: slips become documents of its paper on the way, and jobs get a short token.
pub(super) struct Way {
    mailbox: Mailbox<printer::Ask>,
    profile: Profile,
    tokens: Arc<Mutex<Tokens>>,
}

impl Way {
    pub fn new(
        mailbox: Mailbox<printer::Ask>,
        profile: Profile,
        tokens: &Arc<Mutex<Tokens>>,
    ) -> Self {
        Way {
            mailbox,
            profile,
            tokens: tokens.clone(),
        }
    }

    pub fn print(&self, job: PrintJobId, slip: &Slip) {
        let document = paper::document(slip, &self.profile);
        let job = lock(&self.tokens).give(job);
        self.mailbox.send(printer::Ask::Print { job, document });
    }

    pub fn go(&self, job: PrintJobId) {
        if let Some(token) = lock(&self.tokens).of(job) {
            self.mailbox.send(printer::Ask::Go(token));
        }
    }

    pub fn withdraw(&self, job: PrintJobId) {
        if let Some(token) = lock(&self.tokens).of(job) {
            self.mailbox.send(printer::Ask::Withdraw(token));
        }
    }
}

/// The printer's short names for jobs, ascending as it wants them, also over a restart.
pub(super) struct Tokens {
    next: u64,
    given: VecDeque<(JobToken, PrintJobId)>,
}

/// One slip is under way at a time; a few more names are kept for answers that come late.
const REMEMBERED: usize = 16;

impl Tokens {
    /// Counts from the second of the start: a later run begins higher than an earlier one ended.
    pub fn new(clock: &Clock) -> Self {
        let seconds = clock.wall_ms() / 1000;
        Tokens {
            next: seconds.unsigned_abs(),
            given: VecDeque::new(),
        }
    }

    fn give(&mut self, job: PrintJobId) -> JobToken {
        let token = JobToken(self.next);
        self.next += 1;
        if self.given.len() == REMEMBERED {
            self.given.pop_front();
        }
        self.given.push_back((token, job));
        token
    }

    fn of(&self, job: PrintJobId) -> Option<JobToken> {
        self.given
            .iter()
            .rev()
            .find(|(_, given)| *given == job)
            .map(|(token, _)| *token)
    }

    fn job(&self, token: JobToken) -> Option<PrintJobId> {
        self.given
            .iter()
            .find(|(given, _)| *given == token)
            .map(|(_, job)| *job)
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

pub(super) fn run(
    surround: &Surround,
    inbox: &Inbox<printer::Ask>,
    at_work: Busy,
    tokens: &Mutex<Tokens>,
    prints: bool,
) {
    let profile = profile(surround);
    let mut seen = Seen::default();
    // Half a job may still be in the printer when its line opens.
    let interrupted = Cell::new(surround.interrupted);
    keep_open(
        surround,
        inbox,
        at_work,
        || {
            let printer =
                Printer::new(profile.clone(), surround.spec.baud).with_font(surround.font.clone());
            match interrupted.take() {
                true => printer.after_interruption(),
                false => printer,
            }
        },
        |happened| {
            match happened {
                Happened::Opened(_) => {
                    seen = Seen {
                        open: true,
                        ..Seen::default()
                    }
                }
                Happened::Lost(_) => seen.open = false,
                Happened::Told(Told::Stalled) => seen.stalled = true,
                Happened::Told(Told::Flowing) => seen.stalled = false,
                Happened::Told(Told::Tell(Tell::Answering(answers))) => seen.silent = !answers,
                Happened::Told(Told::Tell(Tell::Status(status))) => seen.status = Some(status),
                Happened::Told(Told::Tell(tell)) => {
                    if matches!(tell, Tell::Unknown(..)) {
                        interrupted.set(true);
                    }
                    if let Some(report) = moved(tell, &lock(tokens)) {
                        surround.report(Report::Paper(report));
                    }
                }
            }
            if prints {
                seen.report_changes(surround);
            }
        },
    );
}

/// How a job moved on, where this is about a job of ours.
fn moved(tell: Tell, tokens: &Tokens) -> Option<PaperReport> {
    Some(match tell {
        Tell::Ready(token) => PaperReport::Ready(tokens.job(token)?),
        Tell::Refused(token, _) => PaperReport::Refused(tokens.job(token)?),
        Tell::NotStarted(token) => PaperReport::NotStarted(tokens.job(token)?),
        Tell::Printed(token, proof) => {
            let proof = match proof {
                printer::Proof::ProcessId => Proof::ProcessId,
                printer::Proof::Fence => Proof::Fence,
            };
            PaperReport::Printed(tokens.job(token)?, proof)
        }
        Tell::Unknown(token, doubt) => {
            let why = match doubt {
                printer::Doubt::LineLost => WhyUnknown::LineLost,
                printer::Doubt::NoProof => WhyUnknown::NoProof,
            };
            PaperReport::Unknown(tokens.job(token)?, why)
        }
        Tell::Stopped(..) | Tell::Status(_) | Tell::Answering(_) => return None,
    })
}

/// What is known of the printer, and what of it was reported.
#[derive(Default)]
struct Seen {
    open: bool,
    stalled: bool,
    silent: bool,
    status: Option<PrinterStatus>,
    reported: Option<(Option<PaperTrouble>, bool)>,
}

impl Seen {
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

    fn report_changes(&mut self, surround: &Surround) {
        let near_end = self
            .status
            .is_some_and(|status| status.paper == Paper::NearEnd);
        let now = (self.trouble(), near_end);
        let before = self.reported.replace(now);
        if before.map(|(trouble, _)| trouble) != Some(now.0) {
            surround.report(Report::Changed(DeviceChange::Printer(now.0)));
        }
        if before.map_or(now.1, |(_, near_end)| near_end != now.1) {
            surround.report(Report::Changed(DeviceChange::PaperNearEnd(now.1)));
        }
    }
}
