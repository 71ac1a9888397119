//! How every device stands, for the screen, the device page and `lodge doctor`.

use crate::config::Device;
use crate::equipment::{DeviceKind, Fault, TestPage};
use crate::people::LastRead;
use lodge_hardware::clock::Clock;
use lodge_hardware::port::{FrameCounters, PortCounters};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

/// A line that was lost so often within so long comes and goes.
const FLAPS: usize = 3;
const FLAPS_WITHIN_MS: i64 = 10 * 60 * 1000;

/// How one device stands.
#[derive(Clone, Debug)]
pub struct DeviceState {
    /// What it is and which: `reader-front`.
    pub id: String,
    /// What it is.
    pub kind: DeviceKind,
    /// Whether it can be used.
    pub standing: Standing,
    /// What it says it is; a maker's words.
    pub identity: Option<String>,
    /// A printer's roll ends soon.
    pub paper_low: bool,
    /// Its paper is counted.
    pub counts_paper: bool,
    /// When its line was lost lately, UTC milliseconds, the latest last.
    losses: Vec<i64>,
    /// What went wrong last, and when, UTC milliseconds.
    pub last_fault: Option<(i64, Fault)>,
    /// How a printer's last test page went, and since when, UTC milliseconds.
    pub test_page: Option<(i64, TestPage)>,
    /// When and how a reader or a scanner last read something that counts.
    pub last_read: Option<LastRead>,
    /// Bytes read and written, bytes of noise, faults: those of its port, whoever else is on it.
    pub counters: Arc<PortCounters>,
    /// Its own messages, where it may share its port.
    pub own: Option<Arc<FrameCounters>>,
    /// Bytes read and written before the port was last opened.
    pub before_opening: (u64, u64),
}

impl DeviceState {
    /// Whole messages from it: understood, and not believed.
    pub fn messages(&self) -> (u64, u64) {
        let (frames, rejected) = match &self.own {
            Some(own) => (&own.frames, &own.rejected),
            None => (&self.counters.frames, &self.counters.rejected),
        };
        (
            frames.load(Ordering::SeqCst),
            rejected.load(Ordering::SeqCst),
        )
    }

    /// Whether its line comes and goes, as of a plug that sits loose; said for a while after the last time.
    pub fn flaps(&self, now_ms: i64) -> bool {
        let lately = |at: &&i64| now_ms - **at < FLAPS_WITHIN_MS;
        self.losses.iter().filter(lately).count() >= FLAPS
    }

    /// How often the port was opened again after it was lost.
    pub fn reopenings(&self) -> u64 {
        self.counters.reopenings.load(Ordering::SeqCst)
    }

    /// Bytes read and written since the port was last opened.
    pub fn since_opening(&self) -> (u64, u64) {
        let (read, written) = so_far(&self.counters);
        (
            read - self.before_opening.0,
            written - self.before_opening.1,
        )
    }
}

fn so_far(counters: &PortCounters) -> (u64, u64) {
    (
        counters.bytes_read.load(Ordering::SeqCst),
        counters.bytes_written.load(Ordering::SeqCst),
    )
}

/// Whether a device can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not tried yet.
    Starting,
    /// Open.
    Open,
    /// Open and of use, and not all is well with it.
    Ailing(Fault),
    /// Open, and of no use: the device does not answer, is not believed, or says why it does not work.
    Failing(Fault),
    /// Closed.
    Lost(Fault),
}

impl Standing {
    /// What is wrong; nothing where all is well.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Standing::Starting | Standing::Open => None,
            Standing::Ailing(fault) | Standing::Failing(fault) | Standing::Lost(fault) => {
                Some(fault)
            }
        }
    }

    /// Whether its port is open.
    pub fn is_open(&self) -> bool {
        !matches!(self, Standing::Starting | Standing::Lost(_))
    }

    /// Whether people can use it.
    pub fn is_of_use(&self) -> bool {
        matches!(self, Standing::Open | Standing::Ailing(_))
    }
}

/// A state that is another one than before.
pub(crate) struct Noted {
    /// Whether any device of the kind works, where this made a difference to that.
    pub works: Option<bool>,
}

/// The states of all devices.
pub(crate) struct Board(Mutex<Vec<DeviceState>>);

impl Board {
    /// All devices of the settings, none of them tried yet.
    pub fn new(specs: &[Device]) -> Self {
        let mut states: Vec<DeviceState> = Vec::new();
        for (at, spec) in specs.iter().enumerate() {
            let same_port = specs[..at].iter().position(|other| other.port == spec.port);
            states.push(DeviceState {
                id: spec.id(),
                kind: spec.kind,
                standing: Standing::Starting,
                identity: None,
                paper_low: false,
                counts_paper: spec.kind == DeviceKind::Printer && spec.roll_metres.is_some(),
                losses: Vec::new(),
                last_fault: None,
                test_page: None,
                last_read: None,
                counters: same_port.map_or_else(Arc::default, |at| states[at].counters.clone()),
                own: spec.osdp.as_ref().map(|_| Arc::default()),
                before_opening: (0, 0),
            });
        }
        Board(Mutex::new(states))
    }

    /// How every device stands, in the order of the settings.
    pub fn states(&self) -> Vec<DeviceState> {
        self.0
            .lock()
            .expect("nobody panics holding the board")
            .clone()
    }

    /// The counts of a device's port.
    pub fn counters(&self, id: &str) -> Arc<PortCounters> {
        let states = self.states();
        let found = states.into_iter().find(|state| state.id == id);
        found.map(|state| state.counters).unwrap_or_default()
    }

    /// The counts of a device that may share its port.
    pub fn frames(&self, id: &str) -> Arc<FrameCounters> {
        let states = self.states();
        let found = states.into_iter().find(|state| state.id == id);
        found.and_then(|state| state.own).unwrap_or_default()
    }

    /// Notes what a device says it is.
    pub fn identified(&self, id: &str, words: String) {
        let mut states = self.0.lock().expect("nobody panics holding the board");
        if let Some(state) = states.iter_mut().find(|state| state.id == id) {
            state.identity = Some(words);
        }
    }

    /// Notes when and how a device last read something.
    pub fn read(&self, id: &str, read: LastRead) {
        let mut states = self.0.lock().expect("nobody panics holding the board");
        if let Some(state) = states.iter_mut().find(|state| state.id == id) {
            state.last_read = Some(read);
        }
    }

    /// Notes whether a printer's roll ends soon. Returns whether that is news.
    pub fn paper_low(&self, id: &str, low: bool) -> bool {
        let mut states = self.0.lock().expect("nobody panics holding the board");
        let found = states.iter_mut().find(|state| state.id == id);
        found.is_some_and(|state| std::mem::replace(&mut state.paper_low, low) != low)
    }

    /// Notes how a test page went.
    pub fn tested(&self, id: &str, page: TestPage, clock: &Clock) {
        let mut states = self.0.lock().expect("nobody panics holding the board");
        if let Some(state) = states.iter_mut().find(|state| state.id == id) {
            state.test_page = Some((clock.wall_ms(), page));
        }
    }

    /// Notes how a device stands now; nothing comes back where it stood so before.
    pub fn note(&self, id: &str, standing: Standing, clock: &Clock) -> Option<Noted> {
        let mut states = self.0.lock().expect("nobody panics holding the board");
        let at = states.iter().position(|state| state.id == id)?;
        let before = works(&states, states[at].kind);
        let state = &mut states[at];
        if state.standing == standing {
            return None;
        }
        if let Some(fault) = standing.fault() {
            state.last_fault = Some((clock.wall_ms(), fault.clone()));
        }
        if let (Standing::Lost(_), true) = (&standing, state.standing.is_open()) {
            state.losses.push(clock.wall_ms());
            if state.losses.len() > FLAPS {
                state.losses.remove(0);
            }
        }
        if standing == Standing::Open && !state.standing.is_open() {
            state.before_opening = so_far(&state.counters);
        }
        state.standing = standing;
        let after = works(&states, states[at].kind);
        Some(Noted {
            works: (before != after).then_some(after),
        })
    }
}

/// Whether any device of a kind works. Before anything was tried, nobody is told of a trouble that
/// may not exist.
fn works(states: &[DeviceState], kind: DeviceKind) -> bool {
    let mut same_kind = states.iter().filter(|state| state.kind == kind);
    let all_starting = same_kind
        .clone()
        .all(|state| state.standing == Standing::Starting);
    all_starting || same_kind.any(|state| state.standing.is_of_use())
}
