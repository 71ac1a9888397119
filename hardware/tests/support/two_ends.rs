//! Any driver and any simulator joined in memory and moved by hand.
#![allow(dead_code)]

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::sim::Simulator;

/// A driver at the near end of a line, a simulator at the far end.
pub struct TwoEnds<D: Dialogue, S> {
    pub now: Moment,
    pub driver: D,
    pub sim: S,
    near: MemoryLink,
    far: MemoryLink,
    line: Line<D::Tell>,
    /// How many bytes reach the driver at once.
    pub chunk: usize,
}

impl<D: Dialogue, S: Simulator> TwoEnds<D, S> {
    /// Both ends, the line just opened.
    pub fn new(driver: D, sim: S) -> Self {
        let (near, far, _) = pair();
        let mut ends = Self {
            now: Moment::from_micros(1_000_000),
            driver,
            sim,
            near,
            far,
            line: Line::new(),
            chunk: usize::MAX,
        };
        ends.driver.opened(ends.now, &mut ends.line);
        ends
    }

    /// Something happens at the far end.
    pub fn does(&mut self, command: S::Command) {
        self.sim.command(self.now, command);
    }

    /// The owner asks.
    pub fn ask(&mut self, ask: D::Ask) {
        self.driver.asked(self.now, ask, &mut self.line);
    }

    /// Lets so much time pass; gives what was told in it.
    pub fn pass(&mut self, span: Duration) -> Vec<D::Tell> {
        let end = self.now + span;
        loop {
            while self.turn() {}
            let due = [self.driver.due(), self.sim.due()];
            match due.into_iter().flatten().min() {
                Some(due) if due <= end => self.now = due.max(self.now),
                _ => break,
            }
        }
        self.now = end;
        self.line.take_tells()
    }

    /// How many bytes meant nothing since this was last asked.
    pub fn discarded(&mut self) -> u64 {
        self.line.take_discarded()
    }

    /// How many messages were understood, and how many not believed, since this was last asked.
    pub fn frames(&mut self) -> (u64, u64) {
        self.line.take_frames()
    }

    /// Moves what is there; says whether there was anything.
    fn turn(&mut self) -> bool {
        let out = self.line.take_bytes();
        let mut moved = !out.is_empty();
        assert_eq!(self.near.write(&out).unwrap(), out.len());
        self.sim.pump(self.now, &mut self.far);
        let mut buffer = [0; 4096];
        while let n @ 1.. = self.near.read(&mut buffer).unwrap() {
            moved = true;
            for piece in buffer[..n].chunks(self.chunk.min(n)) {
                self.driver.heard(self.now, piece, &mut self.line);
            }
        }
        if self.driver.due().is_some_and(|due| due <= self.now) {
            self.driver.waited(self.now, &mut self.line);
            moved = true;
        }
        moved
    }
}
