//! The receipt printers: jobs offered, told to go, and proven.

mod made;
mod supply;
#[cfg(test)]
mod tests;

pub(super) use made::printer as settings;
pub(super) use supply::Supply;

use super::printing::{Feed, Torso};
use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, PaperReport, Report, Surround, paper};
use crate::equipment::Fault;
use crate::slips::{PaperRoll, PaperTrouble, PrintJobId, Slip};
use lodge_hardware::escpos::document::Document;
use lodge_hardware::escpos::measure;
use lodge_hardware::escpos::printer::{Ask, Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::roll::{Roll, RollSettings, RollState};
use lodge_hardware::escpos::status::{Obstacle, Paper, PrinterStatus};
use lodge_hardware::escpos::test_page;
use lodge_hardware::port::{Inbox, Mailbox, Told};
use lodge_hardware::printing::Settings;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The way to a printer: slips become documents of its paper on the way.
#[derive(Clone)]
pub(super) struct Way {
    /// How the documents come to it.
    pub feed: Feed<Document>,
    settings: Settings<Profile>,
    /// Somebody put in a new roll, and it is not counted yet.
    new_roll: Arc<AtomicBool>,
}

impl Way {
    /// The way to the printer with this mailbox.
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        Way {
            feed: Feed::new(surround, mailbox),
            settings: made::printer(&surround.spec),
            new_roll: Arc::default(),
        }
    }

    /// Offers a slip of the books.
    pub fn print(&self, job: PrintJobId, slip: &Slip) {
        let profile = &self.settings.profile;
        let document = paper::document(slip, profile);
        let dots = measure::dots(&document, profile);
        self.feed.offer(job, document, dots);
    }

    /// Prints all that the printer can do; nobody has to answer for it.
    pub fn test_page(&self) {
        let profile = &self.settings.profile;
        let document = test_page(profile);
        let dots = measure::dots(&document, profile);
        self.feed.test(document, dots);
    }

    /// Somebody put in a new roll before the old one was out, which no printer says.
    pub fn new_roll(&self) {
        self.new_roll.store(true, Ordering::SeqCst);
        // Whatever it answers, its thread wakes up and counts anew.
        self.feed.look();
    }
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
            let settings = place.way.settings.clone();
            let printer = Printer::with(settings).with_font(surround.font.clone());
            match torso.is_filled_up_now() {
                true => printer.after_interruption(),
                false => printer,
            }
        },
        |happened| {
            let is_lost = matches!(happened, Happened::Lost(_));
            seen.take_new_roll(&place.way);
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
                    match tell {
                        Tell::Unknown(..) => torso.left(),
                        Tell::Printed(..) => torso.printed(),
                        _ => {}
                    }
                    moved(tell, surround, place, &mut seen);
                }
            }
            // First whether it can print: what it gives back goes to a printer that can.
            seen.report_changes(surround, place);
            if is_lost {
                place.way.feed.give_back(surround);
            }
        },
    );
}

/// A slip moved on: reports it where it is one of the books, and counts its paper.
fn moved(tell: Tell, surround: &Surround, place: &Place, seen: &mut Seen) {
    let refused = |job, _| PaperReport::Refused(job);
    let hold = |holds| place.supply.hold(place.number, holds);
    if let Some(dots) = place.way.feed.moved(tell, surround, hold, refused) {
        seen.roll.fed(dots);
    }
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
            is_out: place.roll.is_out,
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

    /// What was done by hand counts with whatever happens next.
    fn take_new_roll(&mut self, way: &Way) {
        if way.new_roll.swap(false, Ordering::SeqCst) {
            self.roll.replaced();
        }
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
            let hold = |holds| place.supply.hold(place.number, holds);
            place.way.feed.stopped(surround, hold);
        }
        let RollState {
            used_dots,
            is_out,
            is_warned,
        } = self.roll.state();
        let now = PaperRoll {
            used_dots,
            is_warned,
            // Of a roll that nothing was used of it makes no difference, and a printer that talks
            // nonsense says it a thousand times a second.
            is_out: is_out && (used_dots > 0 || is_warned),
        };
        if std::mem::replace(&mut self.kept, now) != now {
            surround.report(Report::Roll(place.way.feed.name().clone(), now));
        }
    }
}
