//! A label printer's driver and its simulator joined in memory, moved by hand.
#![allow(dead_code)]

mod bench;
pub mod cuts;
mod font;
mod printing;

use ab_glyph::FontArc;
use lodge_hardware::label::printer::{Ask, JobToken, Printer};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Align, Label, Mm, Stock, Text};
use lodge_hardware::sim::label::LabelSim;

pub use font::font;

pub const BAUD: u32 = 9600;

/// What badges and parcel labels are printed on here.
pub fn stock() -> Stock {
    Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2))
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

pub type Bench = bench::Bench<Printer, LabelSim>;
pub type Joined<'a> = bench::Joined<'a, Printer, LabelSim>;

impl Bench {
    pub fn new(profile: Profile) -> Self {
        Self::with_font(profile, Some(font()))
    }

    pub fn with_font(profile: Profile, font: Option<FontArc>) -> Self {
        let sim = LabelSim::new(&profile, BAUD, stock());
        Self::with(Printer::new(profile, BAUD, font), sim)
    }
}

impl Joined<'_> {
    pub fn print(&mut self, job: u64, document: Label) {
        let job = JobToken(job);
        self.ask(Ask::Print { job, document });
    }

    /// Steps until `done` says so, for an hour at most.
    pub fn run_until(&mut self, done: impl Fn(&Self) -> bool) {
        self.run_within(3600, done);
    }

    /// Steps until the jobs' tells are so many.
    pub fn run_until_told(&mut self, tells: usize) {
        self.run_until(|joined| joined.of_jobs().len() >= tells);
    }
}
