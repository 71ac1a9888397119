//! Printers on a bench: what they tell of jobs, and steps until nothing is due.

use std::fmt::Debug;
use std::time::Duration;

use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::Told;
use lodge_hardware::sim::Simulator;

use super::bench::{Bench, Joined, OnBench};

/// A printer's driver.
pub trait Printing: Dialogue<Tell: Copy + Debug> {
    /// Whether this is told of a job, and not of the printer itself.
    fn is_of_job(tell: &Self::Tell) -> bool;

    /// What lets a job begin that is told to be ready.
    fn go(tell: &Self::Tell) -> Option<Self::Ask>;
}

impl<D: Printing> OnBench for D {
    type Kept = Told<D::Tell>;
    /// A job that is cut off ends over the next line.
    const REMEMBERED: bool = true;

    fn kept(told: Told<D::Tell>) -> Option<Self::Kept> {
        Some(told)
    }

    fn go(kept: &Self::Kept) -> Option<D::Ask> {
        match kept {
            Told::Tell(tell) => <D as Printing>::go(tell),
            Told::Stalled | Told::Flowing => None,
        }
    }
}

fn of_jobs<D: Printing>(told: &[Told<D::Tell>]) -> Vec<D::Tell> {
    let tells = told.iter().filter_map(|told| match told {
        Told::Tell(tell) if D::is_of_job(tell) => Some(*tell),
        _ => None,
    });
    tells.collect()
}

impl<D: Printing, S: Simulator> Bench<D, S> {
    /// What the printer told, without its words about itself.
    pub fn of_jobs(&self) -> Vec<D::Tell> {
        of_jobs::<D>(&self.told)
    }
}

impl<D: Printing, S: Simulator> Joined<'_, D, S> {
    /// What the printer told, over earlier lines too, without its words about itself.
    pub fn of_jobs(&self) -> Vec<D::Tell> {
        of_jobs::<D>(&self.told)
    }

    /// One turn on both ends, then on to the next thing that is due; false when nothing is, or when
    /// the line is lost.
    pub fn step(&mut self) -> bool {
        self.turn() && self.go_on()
    }

    /// Steps for so many seconds, or until nothing is due any more.
    pub fn run(&mut self, seconds: u64) {
        let end = *self.now + Duration::from_secs(seconds);
        while self.step() && *self.now < end {}
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
