//! Any driver and any simulator joined in memory, moved by hand by one clock. Beside it a family of
//! devices says what its bench keeps, and how it is stepped: `printing.rs`, `polled.rs`.
#![allow(dead_code)]

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::link::memory::{MemoryLine, MemoryLink, pair};
use lodge_hardware::port::{Conversation, Inbox, Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::sim::Simulator;

/// A driver that can be put on a bench.
pub trait OnBench: Dialogue {
    /// What is kept of what is told.
    type Kept;
    /// Whether what was told over one line is still there on the next.
    const REMEMBERED: bool;

    /// Keeps what is told, or passes it over.
    fn kept(told: Told<Self::Tell>) -> Option<Self::Kept>;

    /// What an owner who says Go asks as soon as this is told.
    fn go(_kept: &Self::Kept) -> Option<Self::Ask> {
        None
    }
}

/// What is told of the device, not of the line.
pub fn of_device<Tell>(told: Told<Tell>) -> Option<Tell> {
    match told {
        Told::Tell(tell) => Some(tell),
        Told::Stalled | Told::Flowing => None,
    }
}

pub struct Bench<D: OnBench, S> {
    pub now: Moment,
    pub sim: S,
    pub driver: D,
    pub told: Vec<D::Kept>,
    /// Whether the owner says Go as soon as the device is ready.
    pub goes: bool,
    pub counters: PortCounters,
    mailbox: Mailbox<D::Ask>,
    inbox: Inbox<D::Ask>,
}

/// A bench whose line is up.
pub struct Joined<'a, D: OnBench, S> {
    talk: Option<Conversation<'a, D>>,
    /// The device's end of the line.
    pub far: MemoryLink,
    pub line: MemoryLine,
    pub sim: &'a mut S,
    pub now: &'a mut Moment,
    pub told: Vec<D::Kept>,
    pub counters: &'a PortCounters,
    goes: bool,
    mailbox: &'a Mailbox<D::Ask>,
    inbox: &'a Inbox<D::Ask>,
}

impl<D: OnBench, S: Simulator> Bench<D, S> {
    pub fn with(driver: D, sim: S) -> Self {
        let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
        Self {
            now: Moment::from_micros(1_000_000),
            sim,
            driver,
            told: Vec::new(),
            goes: true,
            counters: PortCounters::default(),
            mailbox,
            inbox,
        }
    }

    /// Opens a line, does things over it, and closes it.
    pub fn join<R>(&mut self, doing: impl FnOnce(&mut Joined<'_, D, S>) -> R) -> R {
        if !D::REMEMBERED {
            self.told.clear();
        }
        let (mut near, far, line) = pair();
        let talk =
            Conversation::open(&mut near, &mut self.driver, &self.counters, self.now).unwrap();
        let mut joined = Joined {
            talk: Some(talk),
            far,
            line,
            sim: &mut self.sim,
            now: &mut self.now,
            told: std::mem::take(&mut self.told),
            counters: &self.counters,
            goes: self.goes,
            mailbox: &self.mailbox,
            inbox: &self.inbox,
        };
        let result = doing(&mut joined);
        joined.close();
        self.told = joined.told;
        result
    }
}

impl<D: OnBench, S: Simulator> Joined<'_, D, S> {
    /// The owner asks.
    pub fn ask(&self, ask: D::Ask) {
        self.mailbox.send(ask);
    }

    /// Something happens at the far end.
    pub fn does(&mut self, command: S::Command) {
        self.sim.command(*self.now, command);
    }

    fn close(&mut self) {
        if let Some(talk) = self.talk.take() {
            let tells = &mut self.told;
            talk.close(*self.now, &mut |told| tells.extend(D::kept(told)));
        }
    }

    /// Whether the line is not lost.
    pub fn is_up(&self) -> bool {
        self.talk.is_some()
    }

    /// Lets the device be for so long, with nobody at the near end.
    pub fn stay(&mut self, span: std::time::Duration) {
        let end = *self.now + span;
        while let Some(due) = self.sim.due().filter(|due| *due <= end) {
            *self.now = due.max(*self.now);
            self.sim.pump(*self.now, &mut self.far);
        }
        *self.now = end;
    }

    /// Lets each end once do what it can; false when the line is lost.
    pub fn turn_once(&mut self) -> bool {
        let from = self.told.len();
        let Some(talk) = self.talk.as_mut() else {
            return false;
        };
        let tells = &mut self.told;
        let mut on_tell = |told| tells.extend(D::kept(told));
        let turned = talk.turn(*self.now, self.inbox, &mut on_tell);
        if turned.is_err() {
            self.close();
        } else if self.goes {
            let asks = self.told[from..].iter().filter_map(D::go);
            asks.for_each(|ask| self.mailbox.send(ask));
        }
        // After a cut too: what left before it arrives.
        self.sim.pump(*self.now, &mut self.far);
        turned.is_ok()
    }

    /// Does on both ends what is due; false when the line is lost.
    pub fn turn(&mut self) -> bool {
        (0..3).all(|_| self.turn_once())
    }

    /// When the next thing is due on either end.
    pub fn due(&self) -> Option<Moment> {
        let talk = self.talk.as_ref().and_then(Conversation::due);
        let due = [talk, self.sim.due()].into_iter().flatten().min()?;
        Some(due.max(*self.now))
    }

    /// Goes on to the next thing that is due; false when nothing is.
    pub fn go_on(&mut self) -> bool {
        let due = self.due();
        *self.now = due.unwrap_or(*self.now);
        due.is_some()
    }
}
