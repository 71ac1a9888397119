//! A printer's driver and its simulator joined in memory, moved by hand.
#![allow(dead_code)]

use std::sync::OnceLock;
use std::time::Duration;

use ab_glyph::FontArc;
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Moment;
use lodge_hardware::escpos::code128::{Code128, Hri};
use lodge_hardware::escpos::document::{Align, Document, Row};
use lodge_hardware::escpos::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::memory::{MemoryLine, MemoryLink, pair};
use lodge_hardware::port::{Conversation, Inbox, Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterSim};

pub const BAUD: u32 = 9600;

/// The font that the kiosk's screen has.
pub fn font() -> FontArc {
    static FONT: OnceLock<FontArc> = OnceLock::new();
    let read = || {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../ui/fonts/NotoSansSC-Regular.ttf"
        );
        FontArc::try_from_vec(std::fs::read(path).unwrap()).unwrap()
    };
    FONT.get_or_init(read).clone()
}

/// A slip like the lobby's: Chinese, large, a QR code, a cut.
pub fn slip(number: &str) -> Document {
    slip_with(number, "")
}

/// The same with more in its QR code.
pub fn slip_with(number: &str, more: &str) -> Document {
    Document::new()
        .title("爱心伞 借用")
        .text(&format!("单号 {number}"))
        .text("借用人  王**          11-23 18:05")
        .row(Row::Qr {
            data: format!("L1:{number}{more}"),
            module: 6,
        })
        .row(Row::Text {
            text: "请于 11-25 前归还".to_owned(),
            align: Align::Centre,
            bold: true,
            large: false,
        })
        .text(&format!("END {number}"))
        .row(Row::Cut)
}

/// How [`slip`] looks, from its number to its end.
pub fn look(paper: &str, number: &str) -> usize {
    let head = format!("爱心伞 借用\n单号 {number}\n借用人");
    let begin = paper.matches(&head).count();
    let code = paper.matches(&format!("[QR L1:{number}")).count();
    let end = paper.matches(&format!("归还\nEND {number}")).count();
    assert!(begin >= code && code >= end, "a torso: {paper}");
    end
}

/// A bench with this printer, with a font to draw or without.
pub fn bench(profile: &Profile, with_font: bool) -> Bench {
    match with_font {
        true => Bench::with_font(profile.clone()),
        false => Bench::new(profile.clone()),
    }
}

/// Prints a document; gives what it says, and shows it where `LODGE_SLIPS` names a folder.
pub fn printed(name: &str, document: &Document, profile: &Profile, with_font: bool) -> String {
    let mut bench = bench(profile, with_font);
    bench.prints(document.clone());
    if let Some(folder) = std::env::var_os("LODGE_SLIPS") {
        let path = std::path::Path::new(&folder).join(format!("{name}-{}.png", profile.name));
        std::fs::write(path, bench.sim.paper_png(0, &font())).unwrap();
    }
    bench.all_paper()
}

/// A row of text.
pub fn row(text: &str, align: Align, bold: bool, large: bool) -> Row {
    Row::Text {
        text: text.to_owned(),
        align,
        bold,
        large,
    }
}

/// A barcode 50 dots high.
pub fn barcode(text: &str, module: u8, hri: Hri) -> Row {
    Row::Barcode {
        code: Code128::new(text).unwrap(),
        height: 50,
        module,
        hri,
    }
}

pub struct Bench {
    pub now: Moment,
    pub sim: PrinterSim,
    pub printer: Printer,
    pub told: Vec<Told<Tell>>,
    /// Whether the owner says Go as soon as the printer is ready.
    pub goes: bool,
    counters: PortCounters,
    mailbox: Mailbox<Ask>,
    inbox: Inbox<Ask>,
}

/// A bench whose line is up.
pub struct Joined<'a> {
    talk: Option<Conversation<'a, Printer>>,
    far: MemoryLink,
    pub line: MemoryLine,
    pub sim: &'a mut PrinterSim,
    pub now: &'a mut Moment,
    pub told: &'a mut Vec<Told<Tell>>,
    goes: bool,
    mailbox: Mailbox<Ask>,
    inbox: &'a Inbox<Ask>,
}

impl Bench {
    pub fn new(profile: Profile) -> Self {
        let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
        Self {
            now: Moment::from_micros(1_000_000),
            sim: PrinterSim::new(&profile, BAUD),
            printer: Printer::new(profile, BAUD),
            told: Vec::new(),
            goes: true,
            counters: PortCounters::default(),
            mailbox,
            inbox,
        }
    }

    /// The same, with a font for what the printer's own fonts lack.
    pub fn with_font(profile: Profile) -> Self {
        let mut bench = Self::new(profile.clone());
        bench.printer = Printer::new(profile, BAUD).with_font(font());
        bench
    }

    /// Prints one document on a healthy printer.
    pub fn prints(&mut self, document: Document) {
        self.join(|joined| {
            let job = JobToken(1);
            joined.ask(Ask::Print { job, document });
            joined.run(120);
        });
    }

    /// Opens a line, does things over it, and closes it.
    pub fn join<R>(&mut self, doing: impl FnOnce(&mut Joined) -> R) -> R {
        let (mut near, far, line) = pair();
        let talk =
            Conversation::open(&mut near, &mut self.printer, &self.counters, self.now).unwrap();
        let mut joined = Joined {
            talk: Some(talk),
            far,
            line,
            sim: &mut self.sim,
            now: &mut self.now,
            told: &mut self.told,
            goes: self.goes,
            mailbox: self.mailbox.clone(),
            inbox: &self.inbox,
        };
        let result = doing(&mut joined);
        joined.close();
        result
    }

    /// What the printer told, without its words about itself.
    pub fn of_jobs(&self) -> Vec<Tell> {
        of_jobs(&self.told)
    }

    /// All paper that came out, cut or not.
    pub fn all_paper(&mut self) -> String {
        self.sim.tear_off().join("\n")
    }
}

pub fn of_jobs(told: &[Told<Tell>]) -> Vec<Tell> {
    let tells = told.iter().filter_map(|told| match told {
        Told::Tell(Tell::Status(_) | Tell::Answering(_)) | Told::Stalled | Told::Flowing => None,
        Told::Tell(tell) => Some(*tell),
    });
    tells.collect()
}

impl Joined<'_> {
    pub fn print(&mut self, job: u64, number: &str) {
        self.print_with(job, number, "");
    }

    pub fn print_with(&mut self, job: u64, number: &str, more: &str) {
        let (job, document) = (JobToken(job), slip_with(number, more));
        self.mailbox.send(Ask::Print { job, document });
    }

    pub fn ask(&self, ask: Ask) {
        self.mailbox.send(ask);
    }

    pub fn does(&mut self, command: PrinterCommand) {
        self.sim.command(*self.now, command);
    }

    fn close(&mut self) {
        if let Some(talk) = self.talk.take() {
            talk.close(*self.now, &mut |told| self.told.push(told));
        }
    }

    /// One turn on both ends, then on to the next thing that is due; false when nothing is, or when
    /// the line is lost.
    pub fn step(&mut self) -> bool {
        for _ in 0..3 {
            let from = self.told.len();
            let Some(talk) = self.talk.as_mut() else {
                return false;
            };
            let told = &mut *self.told;
            if talk
                .turn(*self.now, self.inbox, &mut |tell| told.push(tell))
                .is_err()
            {
                self.close();
                // What left before the cut arrives.
                self.sim.pump(*self.now, &mut self.far);
                return false;
            }
            for told in &self.told[from..] {
                if let (true, Told::Tell(Tell::Ready(job))) = (self.goes, told) {
                    self.mailbox.send(Ask::Go(*job));
                }
            }
            self.sim.pump(*self.now, &mut self.far);
        }
        let talk = self.talk.as_ref().and_then(|talk| talk.due());
        let due = [talk, self.sim.due()].into_iter().flatten().min();
        if let Some(due) = due {
            *self.now = due.max(*self.now);
        }
        due.is_some()
    }

    /// Steps for so many seconds, or until nothing is due any more.
    pub fn run(&mut self, seconds: u64) {
        let end = *self.now + Duration::from_secs(seconds);
        while self.step() && *self.now < end {}
    }

    /// Steps until the jobs' tells are so many, for a day at most.
    pub fn run_until(&mut self, tells: usize) -> Vec<Tell> {
        let end = *self.now + Duration::from_secs(86_400);
        while of_jobs(self.told).len() < tells && *self.now < end && self.step() {}
        let told = of_jobs(self.told);
        assert!(told.len() >= tells, "only {told:?}");
        told
    }
}
