//! A label printer: watched, and able to print what it can do. Badges and parcels follow it.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Surround};
use lodge_hardware::label::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Align, Label, Mm, Stock, Text};
use lodge_hardware::port::{Inbox, Mailbox, Told};

/// The gap between labels of the common kind.
const GAP: Mm = Mm::whole(2);

/// The way to a label printer.
#[derive(Clone)]
pub(super) struct Way {
    name: String,
    mailbox: Mailbox<Ask>,
    stock: Stock,
    /// A third of a label's width in millimetres, within what a QR code needs.
    code: u16,
    profile: Profile,
}

impl Way {
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        let spec = &surround.spec;
        let (width, height) = spec.label_mm.unwrap_or(crate::config::USUAL_LABEL);
        let named = spec.profile.as_deref().and_then(Profile::by_name);
        Way {
            name: spec.name.clone(),
            mailbox,
            stock: Stock::die_cut(Mm::whole(width), Mm::whole(height), GAP),
            code: (width / 3).clamp(12, 24),
            profile: named.unwrap_or_else(Profile::tspl_203dpi),
        }
    }

    pub fn is_called(&self, name: &str) -> bool {
        self.name == name
    }

    /// Prints text in both languages, a QR code and a bar code; nobody has to answer for it.
    pub fn test_label(&self) {
        let mut room = self.stock.inside(GAP);
        let code = room.take_right(Mm::whole(self.code));
        let title = room.take_top(Mm::whole(8));
        let make = room.take_top(Mm::whole(5));
        let label = Label::new(self.stock)
            .qr(code, "LODGE-TEST")
            .text(title, Text::new("测试 Test").size(Mm::whole(6)).bold())
            .text(make, Text::new(self.profile.name))
            .code128(room.take_top(Mm::whole(10)), "TEST")
            .text(room, Text::new(&self.name).align(Align::Right));
        let (job, document) = (JobToken(0), label);
        self.mailbox.send(Ask::Print { job, document });
    }
}

/// Runs the label printer until its inbox is closed.
pub(super) fn run(surround: &Surround, way: &Way, inbox: &Inbox<Ask>, at_work: Busy) {
    let id = surround.spec.id();
    keep_open(
        surround,
        inbox,
        at_work,
        || {
            Printer::new(
                way.profile.clone(),
                surround.spec.baud,
                Some(surround.font.clone()),
            )
        },
        |happened| match happened {
            Happened::Told(Told::Tell(Tell::Answering(answers))) => {
                let standing = match answers {
                    true => Standing::Open,
                    false => Standing::Silent,
                };
                // No service waits for labels yet, so nobody at the screen is told.
                let _ = surround.board.note(&id, standing, &surround.clock);
            }
            Happened::Told(Told::Tell(Tell::Ready(job))) => way.mailbox.send(Ask::Go(job)),
            Happened::Told(Told::Tell(Tell::Refused(_, obstacle))) => {
                tracing::warn!(device = id, ?obstacle, "the test label cannot be printed");
            }
            Happened::Opened(_) | Happened::Lost(_) | Happened::Told(_) => {}
        },
    );
}
