//! Printers on a bench: what they tell of jobs, and steps until nothing is due.

use std::fmt::Debug;
use std::time::Duration;

use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::Told;
use lodge_hardware::printing::{Ask, JobToken, Tell};
use lodge_hardware::sim::Simulator;

use super::bench::{Bench, Joined, OnBench, of_device};

/// What any printer tells, without what is of its own kind.
pub type Bare = Tell<(), (), ()>;

pub trait PrinterTell: Copy + Debug {
    fn bare(self) -> Bare;

    /// Whether this is told of a job, and not of the printer itself.
    fn is_of_job(self) -> bool {
        !matches!(self.bare(), Tell::Status(()) | Tell::Answering(_))
    }
}

impl<Status, Obstacle, Proof> PrinterTell for Tell<Status, Obstacle, Proof>
where
    Self: Copy + Debug,
{
    fn bare(self) -> Bare {
        match self {
            Tell::Status(_) => Tell::Status(()),
            Tell::Answering(answering) => Tell::Answering(answering),
            Tell::Refused(job, _) => Tell::Refused(job, ()),
            Tell::Ready(job) => Tell::Ready(job),
            Tell::NotStarted(job) => Tell::NotStarted(job),
            Tell::Printed(job, _) => Tell::Printed(job, ()),
            Tell::Stopped(job, _) => Tell::Stopped(job, ()),
            Tell::Unknown(job, doubt) => Tell::Unknown(job, doubt),
        }
    }
}

pub trait PrinterAsk {
    fn go(job: JobToken) -> Self;
}

impl<Document> PrinterAsk for Ask<Document> {
    fn go(job: JobToken) -> Self {
        Self::Go(job)
    }
}

/// A printer's driver.
pub trait Printing: Dialogue<Ask: PrinterAsk, Tell: PrinterTell> {}

impl<D: Dialogue<Ask: PrinterAsk, Tell: PrinterTell>> Printing for D {}

impl<D: Printing> OnBench for D {
    type Kept = Told<D::Tell>;
    /// A job that is cut off ends over the next line.
    const REMEMBERED: bool = true;

    fn kept(told: Told<D::Tell>) -> Option<Self::Kept> {
        Some(told)
    }

    fn go(kept: &Self::Kept) -> Option<D::Ask> {
        match of_device(kept.clone())?.bare() {
            Tell::Ready(job) => Some(D::Ask::go(job)),
            _ => None,
        }
    }
}

fn of_jobs<T: PrinterTell>(told: &[Told<T>]) -> Vec<T> {
    let tells = told.iter().cloned().filter_map(of_device);
    tells.filter(|tell| tell.is_of_job()).collect()
}

impl<D: Printing, S: Simulator> Bench<D, S> {
    /// What the printer told, without its words about itself.
    pub fn of_jobs(&self) -> Vec<D::Tell> {
        of_jobs(&self.told)
    }
}

impl<D: Printing, S: Simulator> Joined<'_, D, S> {
    /// What the printer told, over earlier lines too, without its words about itself.
    pub fn of_jobs(&self) -> Vec<D::Tell> {
        of_jobs(&self.told)
    }

    /// One turn on both ends, then on to the next thing that is due; false when nothing is, or when
    /// the line is lost.
    pub fn step(&mut self) -> bool {
        self.turn() && self.go_on()
    }

    /// Does all that is due within so many seconds, unless the line is lost.
    pub fn run(&mut self, seconds: u64) {
        self.run_for(Duration::from_secs(seconds));
    }

    /// The same for any time.
    pub fn run_for(&mut self, time: Duration) {
        let end = *self.now + time;
        while self.turn() {
            match self.due() {
                Some(due) if due <= end && *self.now < end => *self.now = due,
                _ => {
                    *self.now = end.max(*self.now);
                    break;
                }
            }
        }
    }

    /// Steps until `done` says so, for so many seconds at most.
    pub fn run_within(&mut self, seconds: u64, done: impl Fn(&Self) -> bool) {
        let end = *self.now + Duration::from_secs(seconds);
        while !done(self) {
            let more = self.step() && *self.now < end;
            assert!(more || done(self), "never, only {:?}", self.of_jobs());
        }
    }
}
