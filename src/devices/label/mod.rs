//! The label printers: badges and parcels' labels offered, told to go, and watched until they are out.
//!
//! They tell of a job what a receipt printer tells. What differs: nobody waits for a label printer that
//! cannot print, because the receipt printer takes its place. So a label that was offered and not yet
//! looked at is given back when the line is lost, and let go of should the printer come upon it later.

mod layout;
mod made;
mod stands;
#[cfg(test)]
mod tests;

pub use layout::sheet;
pub(super) use made::printer as settings;
pub(super) use stands::Stands;

use super::printing::{Feed, Torso};
use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, PaperReport, Report, Surround};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use crate::slips::{Label, PrintJobId};
use lodge_hardware::label::printer::{Ask, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::status::{LabelStatus, Obstacle};
use lodge_hardware::label::{Align, Label as Sheet, Mm, Text};
use lodge_hardware::port::{Inbox, Mailbox, Told};
use lodge_hardware::printing::Settings;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The way to a label printer: labels become sheets of its size on the way.
#[derive(Clone)]
pub(super) struct Way {
    /// How the sheets come to it.
    pub feed: Feed<Sheet>,
    size: (u16, u16),
    settings: Settings<Profile>,
    /// Its line is open: asks are heard at once.
    open: Arc<AtomicBool>,
}

impl Way {
    /// The way to the label printer with this mailbox.
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        let spec = &surround.spec;
        let size = spec.label_mm.unwrap_or(crate::config::USUAL_LABEL);
        Way {
            feed: Feed::new(surround, mailbox),
            size,
            settings: made::printer(spec),
            open: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Offers a label of the books.
    pub fn print(&self, job: PrintJobId, label: &Label) {
        self.feed.offer(job, sheet(label, self.size), 0);
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
            .text(make, Text::new(self.settings.profile.name))
            .code128(room.take_top(Mm::whole(10)), "TEST")
            .text(room, Text::new(&self.feed.name().0).align(Align::Right));
        self.feed.test(document, 0);
    }

    /// Asks how it is, unless its line is not there.
    pub fn look(&self) {
        if self.open.load(Ordering::SeqCst) {
            self.feed.look();
        }
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
            let (settings, font) = (place.way.settings.clone(), surround.font.clone());
            let printer = Printer::with(settings, Some(font));
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
                    match tell {
                        Tell::Unknown(..) => torso.left(),
                        Tell::Printed(..) => torso.printed(),
                        _ => {}
                    }
                    return moved(tell, surround, place);
                }
            }
            // First whether it can print: what is given back goes to a printer that can.
            seen.note(surround, place);
            if seen.lost {
                place.way.feed.give_back(surround);
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
            let hold = |holds| place.stands.hold(place.number, holds);
            place.way.feed.stopped(surround, hold);
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

/// A label moved on: reports it where it is one of the books.
fn moved(tell: Tell, surround: &Surround, place: &Place) {
    let hold = |holds| place.stands.hold(place.number, holds);
    let refused = |job, obstacle| match obstacle {
        Obstacle::DoesNotFit(misfit) => {
            let device = surround.spec.id();
            tracing::warn!(device, %misfit, "a label does not fit; a slip is printed in its place");
            PaperReport::AsSlip(job)
        }
        // It has been waited for already, or somebody has a test label printed: a visitor does not wait
        // for that.
        Obstacle::Busy => PaperReport::AsSlip(job),
        _ => PaperReport::Refused(job),
    };
    place.way.feed.moved(tell, surround, hold, refused);
}
