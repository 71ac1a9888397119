//! Any driver and any simulator joined in memory and moved by hand, or over a terminal.
#![allow(dead_code)]

use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::{Clock, Moment};
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, Mailbox, PortCounters, Told, converse, mailbox};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::run::{Running, spawn};

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

const PATIENCE: Duration = Duration::from_secs(10);

/// Terminals are made one test at a time.
static TERMINALS: Mutex<()> = Mutex::new(());

/// A driver on a thread over a terminal, a simulator on another at its far end.
pub struct Terminal<D: Dialogue, S: Simulator> {
    pub mailbox: Mailbox<D::Ask>,
    pub device: Running<S>,
    told: mpsc::Receiver<Told<D::Tell>>,
    thread: JoinHandle<Ending>,
    _folder: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl<D, S> Terminal<D, S>
where
    D: Dialogue + Send + 'static,
    D::Tell: Debug + PartialEq,
    S: Simulator + 'static,
{
    /// Plugs both together.
    pub fn start(mut driver: D, sim: S) -> Self {
        let _turn = TERMINALS.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("usb-device");
        let pty = Pty::plugged_at(&path).unwrap();
        let mut link = SerialLink::open(&PortSettings {
            path: path.to_str().unwrap().to_owned(),
            baud: 9600,
            flow: Flow::None,
        })
        .unwrap();
        let device = spawn("device", sim, pty, Clock::system(), |_, _| {}).unwrap();
        let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut on_tell = |told| tell.send(told).unwrap_or(());
            converse(
                &mut link,
                &mut driver,
                &Clock::system(),
                &inbox,
                &Activity::new(),
                &PortCounters::default(),
                &mut on_tell,
            )
        });
        Self {
            mailbox,
            device,
            told,
            thread,
            _folder: folder,
            _turn,
        }
    }

    /// Waits until this is told; anything else before it is passed over.
    pub fn wait_for(&self, wanted: &D::Tell) {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.told.recv_timeout(left) {
                Ok(Told::Tell(tell)) if tell == *wanted => return,
                Ok(_) => {}
                Err(_) => panic!("never told {wanted:?}"),
            }
        }
    }

    /// Closes the port.
    pub fn close(self) -> Ending {
        self.mailbox.close();
        self.thread.join().unwrap()
    }
}
