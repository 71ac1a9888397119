//! Readers that are always polled, on a bench: what they tell over one line, and steps over a line that
//! holds.

use std::fmt::Debug;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::Told;
use lodge_hardware::sim::Simulator;

use super::bench::{Joined, OnBench, of_device};

impl<D: Dialogue> OnBench for D {
    type Kept = D::Tell;
    /// A reader is believed anew over each line.
    const REMEMBERED: bool = false;

    fn kept(told: Told<D::Tell>) -> Option<D::Tell> {
        of_device(told)
    }
}

impl<D, S> Joined<'_, D, S>
where
    D: Dialogue<Tell: Debug + PartialEq>,
    S: Simulator,
{
    /// When the next thing is due.
    pub fn next_due(&self) -> Moment {
        self.due().expect("a reader is always polled")
    }

    /// Does on both ends what is due, then goes on to the next thing that is; false when the line is
    /// lost.
    pub fn step_or_lost(&mut self) -> bool {
        let holds = self.turn();
        if holds {
            *self.now = self.next_due();
        }
        holds
    }

    /// The same over a line that holds.
    pub fn step(&mut self) {
        assert!(self.step_or_lost(), "the line is lost");
    }

    /// Steps until so much time has passed.
    pub fn run(&mut self, span: Duration) {
        let end = *self.now + span;
        while *self.now < end {
            self.step();
        }
    }

    pub fn run_seconds(&mut self, seconds: u64) {
        self.run(Duration::from_secs(seconds));
    }

    /// Steps until this is told, for a minute at most.
    pub fn until_told(&mut self, wanted: &D::Tell) {
        let end = *self.now + Duration::from_secs(60);
        while !self.told.contains(wanted) {
            assert!(*self.now < end, "never {wanted:?}, only {:?}", self.told);
            self.step();
        }
    }
}
