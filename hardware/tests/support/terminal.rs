//! Drivers on threads over terminals of this machine, and simulators at the far ends.
#![allow(dead_code)]

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, Mailbox, PortCounters, Told, converse, mailbox};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::run::{Running, spawn};

/// How long something told is waited for, where a test says nothing else.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What the thread of a driver is called.
pub const THREAD: &str = "driver";

/// Terminals are made one test at a time.
static TERMINALS: Mutex<()> = Mutex::new(());

/// Where a device can be plugged in.
pub struct Place {
    folder: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Place {
    pub fn new() -> Self {
        let _turn = TERMINALS.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        Self { folder, _turn }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("by-id/usb-device")
    }

    pub fn settings(&self, baud: u32, flow: Flow) -> PortSettings {
        PortSettings {
            path: self.path().to_str().unwrap().to_owned(),
            baud,
            flow,
        }
    }

    pub fn pty(&self) -> Pty {
        Pty::plugged_at(self.path()).unwrap()
    }
}

/// A driver on a thread over a serial port.
pub struct Port<D: Dialogue> {
    pub mailbox: Mailbox<D::Ask>,
    pub told: mpsc::Receiver<Told<D::Tell>>,
    pub counters: Arc<PortCounters>,
    pub patience: Duration,
    pub thread: JoinHandle<Ending>,
}

impl<D> Port<D>
where
    D: Dialogue<Tell: Debug + PartialEq> + Send + 'static,
{
    pub fn start(settings: &PortSettings, mut driver: D) -> Self {
        let mut link = SerialLink::open(settings).unwrap();
        let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
        let (tell, told) = mpsc::channel();
        let counters = Arc::new(PortCounters::default());
        let counts = Arc::clone(&counters);
        let thread = Builder::new().name(THREAD.to_owned()).spawn(move || {
            converse(
                &mut link,
                &mut driver,
                &Clock::system(),
                &inbox,
                &Activity::new(),
                &counts,
                &mut |told| tell.send(told).unwrap_or(()),
            )
        });
        Self {
            mailbox,
            told,
            counters,
            patience: PATIENCE,
            thread: thread.unwrap(),
        }
    }

    /// Waits until this is told; anything else before it is passed over.
    pub fn wait_for(&self, wanted: &D::Tell) {
        self.wait(
            wanted,
            |told| matches!(told, Told::Tell(tell) if tell == wanted),
        );
    }

    /// The same for words about the line too.
    pub fn wait_for_told(&self, wanted: &Told<D::Tell>) {
        self.wait(wanted, |told| told == wanted);
    }

    /// Whether this is told within this time; anything else before it is passed over.
    pub fn is_told(&self, wanted: &D::Tell, within: Duration) -> bool {
        let end = Instant::now() + within;
        let mut told = std::iter::from_fn(|| {
            let left = end.saturating_duration_since(Instant::now());
            self.told.recv_timeout(left).ok()
        });
        told.any(|told| matches!(&told, Told::Tell(tell) if tell == wanted))
    }

    fn wait(&self, wanted: &dyn Debug, is_it: impl Fn(&Told<D::Tell>) -> bool) {
        let end = Instant::now() + self.patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let told = self.told.recv_timeout(left);
            if is_it(&told.unwrap_or_else(|_| panic!("never told {wanted:?}"))) {
                return;
            }
        }
    }

    pub fn close(self) -> Ending {
        self.mailbox.close();
        self.thread.join().unwrap()
    }
}

/// A driver on a thread over a terminal, a simulator on another at its far end.
pub struct Terminal<D: Dialogue, S: Simulator> {
    pub port: Port<D>,
    pub device: Running<S>,
    _place: Place,
}

impl<D, S> Terminal<D, S>
where
    D: Dialogue<Tell: Debug + PartialEq> + Send + 'static,
    S: Simulator + 'static,
{
    /// Plugs both together.
    pub fn start(baud: u32, driver: D, sim: S) -> Self {
        let place = Place::new();
        let pty = place.pty();
        let port = Port::start(&place.settings(baud, Flow::None), driver);
        let device = spawn("device", sim, pty, Clock::system(), |_, _| {}).unwrap();
        Self {
            port,
            device,
            _place: place,
        }
    }

    /// Waits until this is told; anything else before it is passed over.
    pub fn wait_for(&self, wanted: &D::Tell) {
        self.port.wait_for(wanted);
    }

    /// Closes the port, and then unplugs the device.
    pub fn close(self) -> Ending {
        self.port.close()
    }
}
