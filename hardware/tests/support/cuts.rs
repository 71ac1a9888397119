//! A job over a line that is cut, and another after it, held against the paper.

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

/// Prints one job over a line that `cut` cuts, then another over a good one, and holds what was told
/// against the paper. Gives whether the cut came before the first job was proven.
pub fn judge<D: Printing, S: Simulator>(
    mut bench: Bench<D, S>,
    print: impl Fn(&Joined<'_, D, S>, JobToken),
    paper: impl FnOnce(&mut Bench<D, S>) -> OnPaper,
    renewed: Renewed<D>,
    cut: Cut<D, S>,
) -> bool {
    bench.join(|joined| {
        print(joined, FIRST);
        cut(joined);
    });
    let told = bare(bench.of_jobs());
    let was_cut = !told.contains(&Tell::Printed(FIRST, ()));
    if let Some(renewed) = renewed {
        let torso = told.iter().any(|tell| matches!(tell, Tell::Unknown(..)));
        bench.driver = renewed(torso);
    }
    bench.join(|joined| {
        // An ask that was still in the box when the line went is done over this one.
        joined.run_within(3600, |joined| bare(joined.of_jobs()).iter().any(is_end));
        if renewed.is_some() {
            // Its owner offers nothing before it has heard how the printer is.
            joined.run(60);
        }
        let before = joined.of_jobs().len();
        print(joined, SECOND);
        joined.run_within(3600, |joined| joined.of_jobs().len() >= before + 2);
        joined.run(60);
    });
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

/// Cuts the line after every number of bytes. Gives how many go over a good one, and how many of the
/// cuts hit the job.
pub fn at_any_byte<D: Printing, S: Simulator>(judge: impl Fn(Cut<D, S>) -> bool) -> (usize, usize) {
    let mut whole = 0;
    judge(&mut |joined| {
        joined.run(60);
        whole = joined.line.sent_by_near();
    });
    let hits = (0..=whole).filter(|at| {
        judge(&mut |joined| {
            joined.line.change(|faults| faults.cut_after = Some(*at));
            joined.run(60);
        })
    });
    (whole, hits.count())
}

/// Cuts the line after every number of steps that the job takes; gives how many these are.
pub fn between_any_steps<D: Printing, S: Simulator>(judge: impl Fn(Cut<D, S>) -> bool) -> usize {
    let cut_after = |steps: &usize| {
        judge(&mut |joined| {
            for _ in 0..*steps {
                joined.step();
            }
            joined.line.change(|faults| faults.cut = true);
            joined.step();
        })
    };
    (0..).take_while(cut_after).count()
}
