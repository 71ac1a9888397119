//! A printer's driver and its simulator joined in memory, moved by hand.
#![allow(dead_code)]

mod bench;
pub mod cuts;
mod font;
mod printing;

use lodge_hardware::escpos::code128::{Code128, Hri};
use lodge_hardware::escpos::document::{Align, Document, Row};
use lodge_hardware::escpos::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::printer::PrinterSim;

pub use font::font;

pub const BAUD: u32 = 9600;

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

pub type Bench = bench::Bench<Printer, PrinterSim>;
pub type Joined<'a> = bench::Joined<'a, Printer, PrinterSim>;

impl Bench {
    pub fn new(profile: Profile) -> Self {
        let sim = PrinterSim::new(&profile, BAUD);
        Self::with(Printer::new(profile, BAUD), sim)
    }

    /// The same, with a font for what the printer's own fonts lack.
    pub fn with_font(profile: Profile) -> Self {
        let mut bench = Self::new(profile.clone());
        bench.driver = Printer::new(profile, BAUD).with_font(font());
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

    /// All paper that came out, cut or not.
    pub fn all_paper(&mut self) -> String {
        self.sim.tear_off().join("\n")
    }
}

impl Joined<'_> {
    pub fn print(&mut self, job: u64, number: &str) {
        self.print_with(job, number, "");
    }

    pub fn print_with(&mut self, job: u64, number: &str, more: &str) {
        let (job, document) = (JobToken(job), slip_with(number, more));
        self.ask(Ask::Print { job, document });
    }

    /// Steps until the jobs' tells are so many, for a day at most.
    pub fn run_until(&mut self, tells: usize) -> Vec<Tell> {
        self.run_within(86_400, |joined| joined.of_jobs().len() >= tells);
        self.of_jobs()
    }
}
