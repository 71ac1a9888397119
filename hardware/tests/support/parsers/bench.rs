//! A driver and its device, moved by acts.

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::sim::Simulator;

use super::Act;

/// So often may a driver be called at one moment before it waits for a later one. More would be a
/// thread that never sleeps.
const CALLS_AT_ONE_MOMENT: u8 = 8;

/// No driver writes more than this in one act: a slip of a page, and everything that is asked.
const MOST_WRITTEN: usize = 1 << 16;

/// Of what the device said last, so much can be heard again.
const LAST_WORDS: usize = 1 << 12;

/// What has been counted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Bytes heard that the device did not say.
    pub noise: u64,
    /// All bytes heard.
    pub heard: u64,
    /// Those of them that meant nothing.
    pub discarded: u64,
    /// Whole messages believed.
    pub frames: u64,
    /// Whole messages not believed.
    pub rejected: u64,
    /// Credentials told (codes of a scanner, proofs of a printer).
    pub credentials: u64,
    /// How often time passed, or the line was opened.
    pub pauses: u64,
    /// How often the owner asked.
    pub asks: u64,
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            noise: self.noise + other.noise,
            heard: self.heard + other.heard,
            discarded: self.discarded + other.discarded,
            frames: self.frames + other.frames,
            rejected: self.rejected + other.rejected,
            credentials: self.credentials + other.credentials,
            pauses: self.pauses + other.pauses,
            asks: self.asks + other.asks,
        }
    }
}

/// Into how long pieces what comes at one moment is cut, round and round; nothing is one piece.
#[derive(Clone, Copy)]
pub struct Pieces<'a>(pub &'a [usize]);

/// What the driver has said since the last act, and when it wants to be called.
#[derive(PartialEq)]
pub(super) struct Outcome<Tell> {
    pub(super) told: Vec<Tell>,
    pub(super) written: Vec<u8>,
    pub(super) discarded: u64,
    pub(super) frames: (u64, u64),
    pub(super) due: Option<Moment>,
}

/// A driver, its device, and the line between them.
pub(super) struct Bench<'a, D: Dialogue, S> {
    pub(super) driver: D,
    device: S,
    now: Moment,
    line: Line<D::Tell>,
    near: MemoryLink,
    far: MemoryLink,
    last_words: Vec<u8>,
    pieces: std::iter::Cycle<std::slice::Iter<'a, usize>>,
    written: Vec<u8>,
    pub(super) tally: Tally,
}

impl<'a, D: Dialogue, S: Simulator> Bench<'a, D, S> {
    /// Both ends, the line just opened.
    pub(super) fn opened(driver: D, device: S, pieces: Pieces<'a>) -> Self {
        let (near, far, _) = pair();
        let mut bench = Self {
            driver,
            device,
            now: Moment::from_micros(1_000_000),
            line: Line::new(),
            near,
            far,
            last_words: Vec::new(),
            pieces: pieces.0.iter().cycle(),
            written: Vec::new(),
            tally: Tally::default(),
        };
        bench.open();
        bench
    }

    /// Another device in place of this one, on another line.
    pub(super) fn replug(&mut self, device: S) {
        self.device = device;
        (self.near, self.far, _) = pair();
        self.last_words.clear();
        self.driver.closed(self.now, &mut self.line);
        self.line.take_bytes();
        self.open();
    }

    fn open(&mut self) {
        self.tally.pauses += 1;
        self.driver.opened(self.now, &mut self.line);
        self.deliver();
    }

    /// Does one act; `ask` and `happens` are what the owner and the people at the device can do.
    pub(super) fn act(
        &mut self,
        act: &Act,
        ask: impl FnOnce(u8) -> Option<D::Ask>,
        happens: impl FnOnce(u8) -> Option<S::Command>,
    ) {
        match act {
            Act::Hear(bytes) => self.hear_noise(bytes),
            Act::Pass(micros) => self.pass(Duration::from_micros(*micros)),
            Act::Wait(times) => (0..*times).for_each(|_| self.wait()),
            Act::Talk(turns) => self.talk(*turns),
            Act::Ask(n) => {
                if let Some(ask) = ask(*n) {
                    self.tally.asks += 1;
                    self.driver.asked(self.now, ask, &mut self.line);
                    self.deliver();
                }
            }
            Act::Do(n) => {
                if let Some(command) = happens(*n) {
                    self.happens(command);
                }
            }
            Act::Turned { byte, bit } => {
                let mut words = self.last_words.clone();
                let length = words.len().max(1);
                if let Some(byte) = words.get_mut(usize::from(*byte) % length) {
                    *byte ^= 1 << bit;
                }
                self.hear_noise(&words);
            }
            Act::Cut(at) => {
                let at = usize::from(*at).min(self.last_words.len());
                let words = self.last_words[..at].to_vec();
                self.hear_noise(&words);
            }
            Act::Reopen => {
                self.driver.closed(self.now, &mut self.line);
                self.line.take_bytes();
                self.open();
            }
        }
    }

    /// Something happens at the device.
    pub(super) fn happens(&mut self, command: S::Command) {
        self.device.command(self.now, command);
    }

    /// The driver hears bytes that the device did not say.
    pub(super) fn hear_noise(&mut self, bytes: &[u8]) {
        self.tally.noise += bytes.len() as u64;
        self.hear(bytes);
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.tally.heard += bytes.len() as u64;
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = self.pieces.next().map_or(rest.len(), |n| (*n).max(1));
            let (piece, after) = rest.split_at(rest.len().min(length));
            self.driver.heard(self.now, piece, &mut self.line);
            rest = after;
        }
        self.deliver();
    }

    /// Time passes; what is due on the way is done when it is.
    pub(super) fn pass(&mut self, span: Duration) {
        let end = self.now + span;
        // What repeats for ever is enough when it has been done some times.
        for _ in 0..64 {
            match self.driver.due() {
                Some(due) if due <= end => self.wait(),
                _ => break,
            }
        }
        self.tally.pauses += 1;
        self.now = self.now.max(end);
        self.do_what_is_due();
    }

    /// On to what the driver waits for.
    pub(super) fn wait(&mut self) {
        if let Some(due) = self.driver.due() {
            self.tally.pauses += 1;
            self.now = self.now.max(due);
            self.do_what_is_due();
        }
    }

    fn do_what_is_due(&mut self) {
        let mut calls = 0;
        while self.driver.due().is_some_and(|due| due <= self.now) {
            calls += 1;
            assert!(calls <= CALLS_AT_ONE_MOMENT, "it never sleeps");
            self.driver.waited(self.now, &mut self.line);
            self.deliver();
        }
    }

    /// Both ends say what they have to say, turn by turn.
    pub(super) fn talk(&mut self, turns: u8) {
        for _ in 0..turns {
            if !self.device_answers() {
                let due = [self.driver.due(), self.device.due()];
                let Some(due) = due.into_iter().flatten().min() else {
                    return;
                };
                self.tally.pauses += 1;
                self.now = self.now.max(due);
            }
            self.do_what_is_due();
        }
    }

    /// The device hears what was written, and answers; whether it said anything.
    fn device_answers(&mut self) -> bool {
        self.device.pump(self.now, &mut self.far);
        let mut words = Vec::new();
        let mut buffer = [0; 1024];
        while let Ok(n @ 1..) = self.near.read(&mut buffer) {
            words.extend_from_slice(&buffer[..n]);
        }
        if words.is_empty() {
            return false;
        }
        self.hear(&words);
        words.truncate(LAST_WORDS);
        self.last_words = words;
        true
    }

    /// The line takes what the driver wrote.
    fn deliver(&mut self) {
        let mut written = 0;
        loop {
            let bytes = self.line.take_bytes();
            let Ok(n @ 1..) = self.near.write(&bytes) else {
                break;
            };
            written += n;
            assert!(written <= MOST_WRITTEN, "it never stops writing");
            self.written.extend(bytes);
            self.driver.written(self.now, n, &mut self.line);
        }
    }

    /// What has come of it since this was last asked.
    pub(super) fn outcome(&mut self, is_credential: impl Fn(&D::Tell) -> bool) -> Outcome<D::Tell> {
        let told = self.line.take_tells();
        let discarded = self.line.take_discarded();
        let frames = self.line.take_frames();
        self.tally.credentials += told.iter().filter(|tell| is_credential(tell)).count() as u64;
        self.tally.discarded += discarded;
        self.tally.frames += frames.0;
        self.tally.rejected += frames.1;
        assert!(
            self.tally.discarded <= self.tally.heard,
            "more was thrown away than heard"
        );
        Outcome {
            told,
            written: std::mem::take(&mut self.written),
            discarded,
            frames,
            due: self.driver.due(),
        }
    }
}
