//! A job over a line that is cut, and another after it, held against the paper.

use std::time::Duration;

use lodge_hardware::printing::{JobToken, Tell};
use lodge_hardware::sim::Simulator;

use super::bench::{Bench, Joined};
use super::printing::{Bare, PrinterTell, Printing};

pub const FIRST: JobToken = JobToken(1);
pub const SECOND: JobToken = JobToken(2);

/// Cuts a line on which the first job was just asked for.
pub type Cut<'a, D, S> = &'a mut dyn FnMut(&mut Joined<'_, D, S>);

/// The driver that takes over on the next line, as one that an owner makes anew for each line; told
/// whether the first job may have left a torso. None for the same driver on both.
pub type Renewed<'a, D> = Option<&'a dyn Fn(bool) -> D>;

/// What is on paper: whole copies of both jobs, and how it looks.
pub struct OnPaper {
    pub copies: [usize; 2],
    pub look: String,
}

/// Prints one job over a line that `cut` cuts, or on a printer that it cuts off, then another over a good
/// one, and holds what was told against the paper. Gives whether the cut came before the first job was
/// proven.
pub fn judge<D: Printing, S: Simulator>(
    mut bench: Bench<D, S>,
    print: impl Fn(&Joined<'_, D, S>, JobToken),
    paper: impl FnOnce(&mut Bench<D, S>) -> OnPaper,
    renewed: Renewed<D>,
    cut: Cut<D, S>,
) -> bool {
    let is_up = bench.join(|joined| {
        print(joined, FIRST);
        cut(joined);
        let is_up = joined.is_up();
        if is_up {
            second(joined, &print);
        }
        is_up
    });
    let told = bare(bench.of_jobs());
    let was_cut = !told.contains(&Tell::Printed(FIRST, ()));
    if !is_up {
        if let Some(renewed) = renewed {
            let torso = told.iter().any(|tell| matches!(tell, Tell::Unknown(..)));
            bench.driver = renewed(torso);
        }
        let heard = bench.told.len();
        bench.join(|joined| {
            if renewed.is_some() {
                // Its owner offers nothing before it has heard how the printer is.
                joined.run_within(3600, |joined| joined.told.len() > heard);
            }
            second(joined, &print);
        });
    }
    let told = bare(bench.of_jobs());
    let OnPaper {
        copies: [first, second],
        look,
    } = paper(&mut bench);
    let ends = told
        .iter()
        .filter(|tell| is_end(tell) && job(tell) == FIRST);
    match ends.collect::<Vec<_>>()[..] {
        [] => panic!("the first job has no end: {told:?}"),
        [Tell::Printed(..)] => assert_eq!(first, 1, "{told:?}\n{look}"),
        [Tell::Unknown(..)] => assert!(first <= 1, "{told:?}\n{look}"),
        [_] => assert_eq!(first, 0, "{told:?}\n{look}"),
        ref many => panic!("the first job ends more than once: {many:?}"),
    }
    let proven = Tell::Printed(SECOND, ());
    let proven = told.iter().filter(|tell| **tell == proven).count();
    assert_eq!((proven, second), (1, 1), "{told:?}\n{look}");
    was_cut
}

/// Prints the second job once the first is at its end; one that the printer cannot take yet is offered
/// again, as its owner does.
fn second<D: Printing, S: Simulator>(
    joined: &mut Joined<'_, D, S>,
    print: &impl Fn(&Joined<'_, D, S>, JobToken),
) {
    let ended = |joined: &Joined<'_, D, S>, wanted| {
        let told = bare(joined.of_jobs());
        let mut ends = told.iter().filter(|tell| is_end(tell));
        ends.any(|tell| job(tell) == wanted)
    };
    // An ask that was still in the box when the line went is done over this one.
    joined.run_within(3600, |joined| ended(joined, FIRST));
    for _ in 0..20 {
        let before = joined.of_jobs().len();
        print(joined, SECOND);
        joined.run_within(3600, |joined| {
            let told = bare(joined.of_jobs());
            told[before..].iter().any(is_end)
        });
        let told = bare(joined.of_jobs());
        if !matches!(told.last(), Some(Tell::Refused(..))) {
            break;
        }
    }
    joined.run(60);
}

fn bare<T: PrinterTell>(told: Vec<T>) -> Vec<Bare> {
    told.into_iter().map(PrinterTell::bare).collect()
}

fn is_end(tell: &Bare) -> bool {
    !matches!(tell, Tell::Ready(_) | Tell::Stopped(..))
}

fn job(tell: &Bare) -> JobToken {
    match *tell {
        Tell::Printed(job, ()) | Tell::Unknown(job, _) => job,
        Tell::NotStarted(job) | Tell::Refused(job, ()) => job,
        Tell::Ready(job) | Tell::Stopped(job, ()) => job,
        Tell::Status(()) | Tell::Answering(_) => panic!("{tell:?} is of no job"),
    }
}

/// How long the line stays cut: the next job comes when the printer may be at any place of what it was given.
pub const APART: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(500),
    Duration::from_millis(1300),
    Duration::from_millis(3300),
];

/// Cuts the line after every number of bytes. Gives how many go over a good one, and how many of the
/// cuts hit the job.
pub fn at_any_byte<D: Printing, S: Simulator>(
    apart: Duration,
    judge: impl Fn(Cut<D, S>) -> bool,
) -> (usize, usize) {
    let mut whole = 0;
    judge(&mut |joined| {
        joined.run(60);
        whole = joined.line.sent_by_near();
    });
    let hits = (0..=whole).filter(|at| {
        judge(&mut |joined| {
            joined.line.change(|faults| faults.cut_after = Some(*at));
            joined.run(60);
            joined.stay(apart);
        })
    });
    (whole, hits.count())
}

/// Cuts the line after every number of steps that the job takes; gives how many these are.
pub fn between_any_steps<D: Printing, S: Simulator>(
    apart: Duration,
    judge: impl Fn(Cut<D, S>) -> bool,
) -> usize {
    let cut_after = |steps: &usize| {
        judge(&mut |joined| {
            for _ in 0..*steps {
                joined.step();
            }
            joined.line.change(|faults| faults.cut = true);
            joined.step();
            joined.stay(apart);
        })
    };
    (0..).take_while(cut_after).count()
}

/// Cuts off the printer's power after every number of steps that the job takes, for so long, and
/// gives it back over the same line. Gives how many steps these are, and how many of the cuts hit the job.
pub fn power_between_any_steps<D: Printing, S: Simulator>(
    away: Duration,
    power: impl Fn(bool) -> S::Command,
    judge: impl Fn(Cut<D, S>) -> bool,
) -> (usize, usize) {
    let mut whole = 0;
    judge(&mut |joined| {
        while !bare(joined.of_jobs()).contains(&Tell::Printed(FIRST, ())) {
            joined.step();
            whole += 1;
        }
    });
    let hits = (0..=whole).filter(|steps| {
        judge(&mut |joined| {
            for _ in 0..*steps {
                joined.step();
            }
            joined.does(power(false));
            joined.run_for(away);
            joined.does(power(true));
        })
    });
    (whole, hits.count())
}
