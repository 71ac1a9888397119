//! The line or the printer's power cut at every byte and between every pair of steps: no slip twice without a
//! doubt, none missing or torn that was called printed.

mod support;

use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::printer::{Ask, Printer};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::printer::{PrinterCommand as C, PrinterFault as F, PrinterSim};
use std::time::Duration;
use support::cuts::{
    self, APART, Cut, FIRST, OnPaper, Renewed, at_any_byte, between_any_steps,
    power_between_any_steps,
};
use support::{BAUD, Bench, Joined, bench, look, slip_with};

/// A code so long that a printer cut off within it swallows what comes next.
const LONG_CODE: &str = "?0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A kind of printer, the slip it prints, and how often that is whole on paper.
struct Case {
    profile: Profile,
    lacks: Option<F>,
    drawn: bool,
    slip: fn(&str) -> Document,
    look: fn(&str, &str) -> usize,
}

impl Case {
    fn bench(&self) -> Bench {
        let mut bench = bench(&self.profile, self.drawn);
        if let Some(lacks) = self.lacks {
            bench.sim.command(bench.now, C::Fault(lacks, true));
        }
        bench
    }
}

fn coded(number: &str) -> Document {
    slip_with(number, LONG_CODE)
}

/// A slip with a row that a Western printer cannot print by itself.
fn drawn(number: &str) -> Document {
    Document::new()
        .text(&format!("NO {number}"))
        .text("王 Zoë")
        .text(&format!("END {number}"))
        .row(Row::Cut)
}

fn look_drawn(paper: &str, number: &str) -> usize {
    let begin = paper.matches(&format!("NO {number}\n[picture 72x")).count();
    let end = paper.matches(&format!("]\nEND {number}")).count();
    assert!(begin >= end, "a torso: {paper}");
    end
}

/// Cuts the line of one slip, and prints another over a good one, with the same driver or with a new one.
fn judge(case: &Case, anew: bool, cut: Cut<Printer, PrinterSim>) -> bool {
    let renewed = |torso| {
        let printer = case.bench().driver;
        match torso {
            true => printer.after_interruption(),
            false => printer,
        }
    };
    let print = |joined: &Joined, job| {
        let document = (case.slip)(if job == FIRST { "A-1" } else { "A-2" });
        joined.ask(Ask::Print { job, document });
    };
    let paper = |bench: &mut Bench| {
        let look = bench.all_paper();
        let copies = ["A-1", "A-2"].map(|number| (case.look)(&look, number));
        OnPaper { copies, look }
    };
    let renewed: Renewed<Printer> = if anew { Some(&renewed) } else { None };
    cuts::judge(case.bench(), print, paper, renewed, cut)
}

fn cases() -> [Case; 5] {
    let coded = |profile| Case {
        profile,
        lacks: None,
        drawn: false,
        slip: coded,
        look,
    };
    [
        coded(Profile::epson_80mm()),
        coded(Profile::generic_80mm()),
        coded(Profile::generic_58mm()),
        Case {
            profile: Profile::epson_80mm_western(),
            lacks: None,
            drawn: true,
            slip: drawn,
            look: look_drawn,
        },
        Case {
            lacks: Some(F::LoseFence),
            ..coded(Profile::epson_80mm())
        },
    ]
}

/// Each with the driver that knows what it left behind, and with one that is made anew for each line.
fn cases_of_both() -> impl Iterator<Item = (Case, bool)> {
    let with = |anew| cases().into_iter().map(move |case| (case, anew));
    with(false).chain(with(true))
}

#[test]
fn a_line_cut_at_any_byte_neither_doubles_nor_loses_a_slip_unseen() {
    for (case, anew) in cases_of_both() {
        for apart in APART {
            let (whole, cuts) = at_any_byte(apart, |cut| judge(&case, anew, cut));
            assert!(whole > 150, "{whole} bytes");
            assert!(
                cuts + 20 > whole,
                "{cuts} cuts of {whole} bytes hit the job"
            );
        }
    }
}

#[test]
fn a_line_cut_between_any_two_steps_neither_doubles_nor_loses_a_slip_unseen() {
    for (case, anew) in cases_of_both() {
        for apart in APART {
            let steps = between_any_steps(apart, |cut| judge(&case, anew, cut));
            assert!(steps > 5, "only {steps} steps");
        }
    }
}

/// The printer looks at its wire each time so many bytes can have crossed it.
const LOOKS_EVERY: u32 = 8;

/// A slip that crosses the wire in more time than a printer takes to start.
fn long(case: &Case, number: &str) -> Document {
    let rows = (0..12).map(|row| format!("{number} row {row:02} of a slip like others"));
    let long = rows.fold(Document::new(), |long, row| long.text(&row));
    (case.slip)(number)
        .rows
        .into_iter()
        .fold(long, Document::row)
}

/// Cuts off the power at every step of a slip, over a line that stays up; the clock begins `shift` bytes
/// later.
fn power_cut(case: &Case, away: Duration, shift: u32) {
    let clean = ["A-1", "A-2"].map(|number| {
        let mut bench = case.bench();
        bench.prints(long(case, number));
        bench.all_paper()
    });
    let byte = Duration::from_micros(10_000_000 / u64::from(BAUD));
    let (steps, hits) = power_between_any_steps(away, C::Power, |cut| {
        let mut bench = case.bench();
        bench.now = bench.now + byte * shift;
        let print = |joined: &Joined, job| {
            let document = long(case, if job == FIRST { "A-1" } else { "A-2" });
            joined.ask(Ask::Print { job, document });
        };
        let paper = |bench: &mut Bench| {
            let look = bench.all_paper();
            let copies = clean.each_ref().map(|clean| look.matches(clean).count());
            OnPaper { copies, look }
        };
        cuts::judge(bench, print, paper, None, cut)
    });
    let (name, lacks) = (case.profile.name, case.lacks);
    println!("{name} {lacks:?} {away:?} {shift}: {hits} of {steps}");
    assert!(hits * 2 > steps, "{hits} cuts of {steps} hit the job");
}

#[test]
fn power_cut_at_any_byte_neither_doubles_nor_tears_a_slip_unseen() {
    let [case, ..] = cases();
    // So the looks of the printer at its wire fall on every byte.
    (0..LOOKS_EVERY).for_each(|shift| power_cut(&case, Duration::ZERO, shift));
}

#[test]
fn power_cut_for_longer_neither_doubles_nor_tears_a_slip_unseen_on_any_printer() {
    for case in cases() {
        // It starts besides.
        for away in [0, 300, 2000] {
            power_cut(&case, Duration::from_millis(away), 3);
        }
    }
}

#[test]
fn a_printer_that_starts_sooner_than_most_and_whose_profile_says_so_tears_no_slip_unseen() {
    for mut case in cases() {
        case.profile.restart = Duration::from_millis(200);
        power_cut(&case, Duration::ZERO, 3);
    }
}
