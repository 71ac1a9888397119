//! A PN532's driver and its simulator joined in memory, moved by hand.
#![allow(dead_code)]

use std::collections::VecDeque;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::link::{Link, LinkError};
use lodge_hardware::reader::pn532::{Pn532, Settings};
use lodge_hardware::reader::{Certainty, Credential, Presentation, Tell, Uid};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::pn532::{Pn532Command, Pn532Sim};

pub const MS: Duration = Duration::from_millis(1);
pub const SECOND: Duration = Duration::from_secs(1);

pub fn uid(bytes: &[u8]) -> Uid {
    Uid::new(bytes).unwrap()
}

/// What is told of a card.
pub fn presented(uid: Uid) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Iso14443a(uid),
        certainty: Certainty::Checked,
    })
}

/// The module's end of the line.
#[derive(Default)]
pub struct Wire {
    pub to_module: VecDeque<u8>,
    pub from_module: Vec<u8>,
}

impl Link for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let n = buffer.len().min(self.to_module.len());
        for (slot, byte) in buffer.iter_mut().zip(self.to_module.drain(..n)) {
            *slot = byte;
        }
        Ok(n)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.from_module.extend_from_slice(bytes);
        Ok(bytes.len())
    }
}

pub struct Bench {
    pub now: Moment,
    pub sim: Pn532Sim,
    pub reader: Pn532,
    pub line: Line<Tell>,
    pub told: Vec<Tell>,
    /// Everything that the reader wrote.
    pub sent: Vec<u8>,
    /// How often it wrote.
    pub messages: usize,
    /// The most bytes it hears at once.
    pub chunk: usize,
    wire: Wire,
}

impl Bench {
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        let mut bench = Self {
            now: Moment::from_micros(1_000_000),
            sim: Pn532Sim::new(),
            reader: Pn532::new(settings),
            line: Line::new(),
            told: Vec::new(),
            sent: Vec::new(),
            messages: 0,
            chunk: usize::MAX,
            wire: Wire::default(),
        };
        bench.reader.opened(bench.now, &mut bench.line);
        bench
    }

    /// One that has looked at its antenna once.
    pub fn ready() -> Self {
        let mut bench = Self::new();
        bench.run(SECOND);
        assert_eq!(bench.told.pop(), Some(Tell::Answering(true)));
        assert!(matches!(bench.told.pop(), Some(Tell::Identity(_))));
        assert_eq!(bench.told, []);
        bench
    }

    pub fn does(&mut self, command: Pn532Command) {
        self.sim.command(self.now, command);
    }

    /// Everything that can be done now, and then on to the next thing that is due.
    pub fn step(&mut self) {
        loop {
            let out = self.line.take_bytes();
            self.messages += usize::from(!out.is_empty());
            self.sent.extend(&out);
            self.wire.to_module.extend(&out);
            self.sim.pump(self.now, &mut self.wire);
            let bytes = std::mem::take(&mut self.wire.from_module);
            for piece in bytes.chunks(self.chunk.min(bytes.len().max(1))) {
                self.reader.heard(self.now, piece, &mut self.line);
            }
            self.told.extend(self.line.take_tells());
            if out.is_empty() && bytes.is_empty() {
                break;
            }
        }
        self.now = self.now.max(self.next_due());
        if self.reader.due().is_some_and(|due| due <= self.now) {
            self.reader.waited(self.now, &mut self.line);
            self.told.extend(self.line.take_tells());
        }
    }

    fn next_due(&self) -> Moment {
        let due = [self.reader.due(), self.sim.due()];
        due.into_iter().flatten().min().expect("it never rests")
    }

    pub fn run(&mut self, span: Duration) {
        let end = self.now + span;
        while self.now < end {
            self.step();
        }
    }

    /// Steps until this is told, or the time is over; gives how long it took.
    pub fn wait_for(&mut self, wanted: &Tell, most: Duration) -> Duration {
        let begin = self.now;
        while !self.told.contains(wanted) {
            assert!(self.now - begin < most, "{:?}", self.told);
            self.step();
        }
        self.now - begin
    }
}
