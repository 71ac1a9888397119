//! A SAM_V module's driver and its simulator joined in memory, moved by hand.

#[path = "../support/bench.rs"]
mod any;

use std::sync::atomic::Ordering;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::port::{PortCounters, Told};
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::samv::{Command, Document, Samv, Settings};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::samv::{SamvCommand, SamvSim};

use crate::cards::card;
use any::OnBench;

pub type Bench = any::Bench<Samv, SamvSim>;
pub type Joined<'a> = any::Joined<'a, Samv, SamvSim>;

impl OnBench for Samv {
    type Kept = Tell;
    const REMEMBERED: bool = false;

    fn kept(told: Told<Tell>) -> Option<Tell> {
        any::of_device(told)
    }
}

/// Opens a line with a fresh driver, does things over it, and closes it.
pub fn join<R>(settings: Settings, doing: impl FnOnce(&mut Joined) -> R) -> R {
    Bench::new(settings).join(doing)
}

impl Bench {
    pub fn new(settings: Settings) -> Self {
        let sim = SamvSim::new(settings.baud);
        Self::with(Samv::new(settings), sim)
    }
}

impl Joined<'_> {
    pub fn put_down(&mut self, document: &Document) {
        self.does(SamvCommand::PutDown(card(document)));
    }

    /// Turns on both ends until neither has anything more to say now; false when the line is lost.
    fn turn_until_quiet(&mut self) -> bool {
        loop {
            let before = moved(self.counters);
            self.sim.pump(*self.now, &mut self.far);
            if !self.turn_once() {
                return false;
            }
            if moved(self.counters) == before {
                return true;
            }
        }
    }

    /// One turn on both ends, then on to the next thing that is due, until `end` at most.
    pub fn step(&mut self, end: Moment) -> bool {
        if !self.turn_until_quiet() {
            return false;
        }
        *self.now = self.due().unwrap_or(end).min(end);
        *self.now < end
    }

    pub fn run(&mut self, seconds: u64) {
        self.run_ms(1000 * seconds);
    }

    pub fn run_ms(&mut self, millis: u64) {
        let end = *self.now + Duration::from_millis(millis);
        while self.step(end) {}
        self.turn_until_quiet();
    }

    /// Steps until the module is asked this and has not answered.
    pub fn run_until_asked(&mut self, command: Command) {
        let end = *self.now + Duration::from_secs(60);
        while self.sim.working_on() != Some(command) {
            assert!(self.step(end), "never asked {command:?}");
        }
    }

    /// What was told since this was last asked.
    pub fn take_told(&mut self) -> Vec<Tell> {
        std::mem::take(&mut self.told)
    }

    /// What was told of cards since this was last asked.
    pub fn take_of_cards(&mut self) -> Vec<Tell> {
        let of_cards = |tell: &Tell| matches!(tell, Tell::Presented(_) | Tell::NotRead(_));
        self.take_told().into_iter().filter(of_cards).collect()
    }
}

/// How many bytes went over the line, either way.
fn moved(counters: &PortCounters) -> u64 {
    let bytes = [&counters.bytes_read, &counters.bytes_written];
    bytes.map(|bytes| bytes.load(Ordering::SeqCst)).iter().sum()
}
