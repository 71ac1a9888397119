//! The line cut at every byte and between every pair of steps: no slip twice without a doubt, none
//! missing that was called printed.

mod support;

use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::printer::{Ask, JobToken, Tell};
use lodge_hardware::escpos::profile::Profile;
use support::{Bench, look, slip_with};

/// A code so long that a printer cut off within it swallows what comes next.
const LONG_CODE: &str = "?0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A kind of printer, the slip it prints, and how often that is whole on paper.
struct Case {
    profile: Profile,
    drawn: bool,
    slip: fn(&str) -> Document,
    look: fn(&str, &str) -> usize,
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

/// Prints one slip over a line that `cut` cuts, then another over a good one, and holds what was
/// told against the paper. Gives whether the cut came before the first slip was proven.
fn judge(case: &Case, cut: impl FnOnce(&mut support::Joined)) -> bool {
    let mut bench = match case.drawn {
        true => Bench::with_font(case.profile.clone()),
        false => Bench::new(case.profile.clone()),
    };
    let print = |joined: &mut support::Joined, job, number| {
        let (job, document) = (JobToken(job), (case.slip)(number));
        joined.ask(Ask::Print { job, document });
    };
    let look = case.look;
    bench.join(|joined| {
        print(joined, 1, "A-1");
        cut(joined);
    });
    let proven = |tell: &Tell| matches!(tell, Tell::Printed(..));
    let was_cut = !bench.of_jobs().iter().any(proven);
    bench.join(|joined| {
        // An ask that was still in the box when the line went is done over this one.
        while !joined.of_jobs().iter().any(is_end) {
            joined.step();
        }
        let before = joined.of_jobs().len();
        print(joined, 2, "A-2");
        joined.run_until(before + 2);
    });
    let told = bench.of_jobs();
    let paper = bench.all_paper();
    let copies = look(&paper, "A-1");
    let ends = told.iter().filter(|tell| is_end(tell) && token(tell) == 1);
    let end = match ends.copied().collect::<Vec<_>>()[..] {
        [] => panic!("job 1 has no end: {told:?}"),
        [end] => end,
        ref many => panic!("job 1 ends more than once: {many:?}"),
    };
    match end {
        Tell::Printed(..) => assert_eq!(copies, 1, "{told:?}\n{paper}"),
        Tell::Unknown(..) => assert!(copies <= 1, "{told:?}\n{paper}"),
        _ => assert_eq!(copies, 0, "{told:?}\n{paper}"),
    }
    let second = told
        .iter()
        .filter(|tell| matches!(tell, Tell::Printed(JobToken(2), _)));
    assert_eq!(
        (second.count(), look(&paper, "A-2")),
        (1, 1),
        "{told:?}\n{paper}"
    );
    was_cut
}

fn is_end(tell: &Tell) -> bool {
    !matches!(tell, Tell::Ready(_) | Tell::Stopped(..))
}

fn token(tell: &Tell) -> u64 {
    match tell {
        Tell::Printed(job, _) | Tell::Unknown(job, _) => job.0,
        Tell::NotStarted(job) | Tell::Refused(job, _) => job.0,
        _ => 0,
    }
}

fn cases() -> [Case; 4] {
    let coded = |profile| Case {
        profile,
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
            drawn: true,
            slip: drawn,
            look: look_drawn,
        },
    ]
}

#[test]
fn a_line_cut_at_any_byte_neither_doubles_nor_loses_a_slip_unseen() {
    for case in cases() {
        let mut whole = 0;
        judge(&case, |joined| {
            joined.run(60);
            whole = joined.line.sent_by_near();
        });
        assert!(whole > 150, "{whole} bytes");
        let mut cuts = 0;
        for at in 0..=whole {
            let cut = judge(&case, |joined| {
                joined.line.change(|faults| faults.cut_after = Some(at));
                joined.run(60);
            });
            cuts += usize::from(cut);
        }
        assert!(
            cuts + 20 > whole,
            "{cuts} cuts of {whole} bytes hit the job"
        );
    }
}

#[test]
fn a_line_cut_between_any_two_steps_neither_doubles_nor_loses_a_slip_unseen() {
    for case in cases() {
        let mut steps = 0;
        loop {
            let cut = judge(&case, |joined| {
                for _ in 0..steps {
                    joined.step();
                }
                joined.line.change(|faults| faults.cut = true);
                joined.step();
            });
            if !cut {
                break;
            }
            steps += 1;
        }
        assert!(steps > 5, "only {steps} steps");
    }
}
