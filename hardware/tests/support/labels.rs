//! A label printer's driver and its simulator joined in memory, moved by hand.
#![allow(dead_code)]

use std::time::Duration;

use ab_glyph::FontArc;
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Moment;
use lodge_hardware::label::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Align, Label, Mm, Stock, Text};
use lodge_hardware::link::memory::{MemoryLine, MemoryLink, pair};
use lodge_hardware::port::{Conversation, Inbox, Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::label::{LabelCommand, LabelSim};

pub const BAUD: u32 = 9600;

/// What badges and parcel labels are printed on here.
pub fn stock() -> Stock {
    Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2))
}

/// The font that the program has for its screen.
pub fn font() -> FontArc {
    let font = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../ui/fonts/NotoSansSC-Regular.ttf"
    );
    FontArc::try_from_vec(std::fs::read(font).unwrap()).unwrap()
}

/// A visitor's badge.
pub fn badge(name: &str, company: &str, host: &str) -> Label {
    let mut room = stock().inside(Mm::whole(2));
    let top = room.take_top(Mm::whole(16));
    let code = room.take_right(Mm::whole(18));
    let rows = [company, host, "2026-11-25 18:00"];
    let mut label = Label::new(stock()).text(top, Text::new(name).size(Mm::whole(12)).bold());
    for row in rows {
        label = label.text(room.take_top(Mm::tenths(64)), Text::new(row));
    }
    label.qr(code, "V1:0042")
}

/// A parcel's label.
pub fn parcel(code: &str, shelf: &str, recipient: &str) -> Label {
    let mut room = stock().inside(Mm::whole(2));
    let top = room.take_top(Mm::whole(14));
    let mut below = room.take_top(Mm::whole(8));
    let huge = Text::new(code).size(Mm::whole(12)).bold();
    let place = Text::new(shelf).size(Mm::whole(6)).align(Align::Right);
    Label::new(stock())
        .text(top, huge.align(Align::Centre))
        .text(below.take_right(Mm::whole(20)), place)
        .text(below, Text::new(recipient).size(Mm::whole(4)))
        .code128(room, "P1123-0042")
}

/// Every profile.
pub fn profiles() -> Vec<Profile> {
    Profile::all().into()
}

pub struct Bench {
    pub now: Moment,
    pub sim: LabelSim,
    pub printer: Printer,
    pub told: Vec<Told<Tell>>,
    /// Whether the owner says Go as soon as the printer is ready.
    pub goes: bool,
    pub counters: PortCounters,
    mailbox: Mailbox<Ask>,
    inbox: Inbox<Ask>,
}

/// A bench whose line is up.
pub struct Joined<'a> {
    talk: Option<Conversation<'a, Printer>>,
    far: MemoryLink,
    pub line: MemoryLine,
    pub sim: &'a mut LabelSim,
    pub now: &'a mut Moment,
    pub told: &'a mut Vec<Told<Tell>>,
    goes: bool,
    mailbox: Mailbox<Ask>,
    inbox: &'a Inbox<Ask>,
}

impl Bench {
    pub fn new(profile: Profile) -> Self {
        Self::with_font(profile, Some(font()))
    }

    pub fn with_font(profile: Profile, font: Option<FontArc>) -> Self {
        let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
        Self {
            now: Moment::from_micros(1_000_000),
            sim: LabelSim::new(&profile, BAUD, stock()),
            printer: Printer::new(profile, BAUD, font),
            told: Vec::new(),
            goes: true,
            counters: PortCounters::default(),
            mailbox,
            inbox,
        }
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
}

pub fn of_jobs(told: &[Told<Tell>]) -> Vec<Tell> {
    let tells = told.iter().filter_map(|told| match told {
        Told::Tell(Tell::Status(_) | Tell::Answering(_)) | Told::Stalled | Told::Flowing => None,
        Told::Tell(tell) => Some(*tell),
    });
    tells.collect()
}

impl Joined<'_> {
    pub fn print(&mut self, job: u64, document: Label) {
        let job = JobToken(job);
        self.mailbox.send(Ask::Print { job, document });
    }

    pub fn ask(&self, ask: Ask) {
        self.mailbox.send(ask);
    }

    pub fn does(&mut self, command: LabelCommand) {
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

    /// Steps until `done` says so, for an hour at most.
    pub fn run_until(&mut self, done: impl Fn(&mut Self) -> bool) {
        let end = *self.now + Duration::from_secs(3600);
        while !done(self) {
            let more = self.step() && *self.now < end;
            assert!(more || done(self), "never: {:?}", of_jobs(self.told));
        }
    }

    /// Steps until the jobs' tells are so many.
    pub fn run_until_told(&mut self, tells: usize) {
        self.run_until(|joined| of_jobs(joined.told).len() >= tells);
    }
}
