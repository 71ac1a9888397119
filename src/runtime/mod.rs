//! The session's task: receive, step, publish the view, perform the effects, shut down.
//!
//! One thread runs one session. It waits for nothing but its queue and its timers: the store and the
//! ports have threads of their own and answer through the same queue.

mod answer;
mod chores;
mod desk;
mod paper;
mod printing;
mod reported;
mod session;
mod standing;
mod timers;

pub use answer::answer;
pub use desk::DeskParts;
pub use standing::{Onlooker, Standing};

use crate::config::Device;
use crate::desk::pack;
use crate::devices::hatch::Hatch;
use crate::devices::{Activity, Before, Busy, Clock, DeviceState, Devices, Report};
use crate::kiosk::event::StoreHealth;
use crate::kiosk::{Event, House, Touch, View};
use crate::slips::PrintJobId;
use crate::store::{Books, OpenError, OpenJob, PinCheck, Store};
use ab_glyph::FontArc;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::mpsc::{self, error::TrySendError};

/// Events that may wait; more than any lobby makes in the time one step takes.
const QUEUE: usize = 1024;

/// A database that could not be read whole, because it was in use or the disk was slow, is read again after
/// this.
const INSPECT_AGAIN: Duration = Duration::from_secs(60);

/// Shows a view, and calls back when it is on the screen.
pub type Publish = Box<dyn Fn(View, Box<dyn FnOnce() + Send>) + Send>;

/// Shows a view of the desk, and calls back when it is on the screen.
pub type PublishDesk = Box<dyn Fn(crate::desk::View, Box<dyn FnOnce() + Send>) + Send>;

/// What a running lodge is put together from.
pub struct Parts {
    /// What the settings say about the house.
    pub house: House,
    /// The open database.
    pub books: Books,
    /// The devices of the settings.
    pub devices: Vec<Device>,
    /// What printers without Chinese get their lines drawn with.
    pub font: FontArc,
    /// The data folder, where the hatch is.
    pub data: PathBuf,
    /// What time it is.
    pub clock: Clock,
    /// Whether anybody is still at work; for whoever waits until all is quiet.
    pub activity: Activity,
    /// Where views go.
    pub publish: Publish,
    /// Who looks on, in a tour.
    pub onlooker: Option<Box<dyn Onlooker>>,
    /// The staff window, where the house has one.
    pub desk: Option<DeskParts>,
    /// The fall-back pack that nobody asks for; none for only when somebody does.
    pub packs: Option<pack::Terms>,
    /// Called once when the system asks the program to end.
    pub quit: Box<dyn Fn() + Send>,
}

/// A running lodge. Dropping it shuts down: what is queued for the store is still written.
pub struct Running {
    queue: Option<mpsc::Sender<Posted>>,
    activity: Activity,
    thread: Option<JoinHandle<()>>,
    devices: Arc<Devices>,
    hatch: Option<Hatch>,
}

/// Something for the session's thread, and the mark that keeps the program from seeming idle.
struct Posted {
    what: Post,
    busy: Busy,
}

enum Post {
    /// For the session machine.
    Event(Box<Event>),
    /// For the desk's machine.
    Desk(Box<crate::desk::Event>),
    /// A PIN is to be held against the one in the books, which takes its time.
    CheckPin(Box<desk::Login>, PinCheck),
    /// Whether it was right; nothing where it could not be told.
    PinChecked(Box<desk::Login>, Option<bool>),
    /// The journal is longer than it was.
    Committed,
    /// From the devices.
    Report(Report),
    /// Print jobs that are not over.
    Jobs(Vec<OpenJob>),
    /// It is written down that this job is being sent.
    Sending(PrintJobId),
    /// The end of a job is written down.
    Over(PrintJobId, crate::slips::JobState),
    /// A job waits again.
    Requeued(PrintJobId),
    /// How a job moved on could not be written down yet.
    NotWritten(crate::slips::Record),
    /// What was being printed when the program last ended is written down.
    Settled,
    /// It could not be written down that this job is being sent, so it must not be.
    NotSent(PrintJobId),
    /// The program ends.
    Stop,
}

/// Starts everything that has no window.
pub fn start(parts: Parts) -> std::io::Result<Running> {
    let Parts {
        house,
        books,
        devices,
        font,
        data,
        clock,
        activity,
        publish,
        onlooker,
        desk: side,
        packs,
        quit,
    } = parts;
    // Before a port is opened: half a slip may be in one of these printers.
    let interrupted = books.interrupted_printers().unwrap_or_else(|error| {
        tracing::error!(%error, "what was being printed could not be read");
        vec![None]
    });
    let rolls = books.rolls().unwrap_or_else(|error| {
        // Counting begins anew, and the desk is told too late once.
        tracing::error!(%error, "how the rolls were left could not be read");
        HashMap::new()
    });
    let (queue, events) = mpsc::channel(QUEUE);
    if let Some(path) = books.not_read_whole() {
        inspect(path, queue.downgrade(), activity.clone())?;
    }
    let store = Store::start(books)?;
    let reports = queue.clone();
    let devices = Arc::new(Devices::start(
        &devices,
        &Before {
            cards: house.cards,
            font,
            interrupted,
            rolls,
        },
        &clock,
        &activity,
        move |report, busy| {
            // The session is gone only while the program ends.
            let _ = reports.blocking_send(Posted {
                what: Post::Report(report),
                busy,
            });
        },
    )?);
    let hatch = Hatch::open(&data, devices.clone())
        .inspect_err(|error| tracing::warn!(%error, "other commands cannot ask this program"))
        .ok();
    let at_work = activity.busy();
    let desk = session::Desk {
        house: Arc::new(house),
        store,
        devices: devices.clone(),
        clock,
        activity: activity.clone(),
        queue: queue.downgrade(),
        publish,
        onlooker,
        packs,
        quit,
    };
    let thread = std::thread::Builder::new()
        .name("lodge-session".to_owned())
        .spawn(move || session::run(desk, side, events, at_work))?;
    Ok(Running {
        queue: Some(queue),
        activity,
        thread: Some(thread),
        devices,
        hatch,
    })
}

/// Reads a large database whole while the program already runs; damage closes the kiosk.
fn inspect(
    path: PathBuf,
    queue: mpsc::WeakSender<Posted>,
    activity: Activity,
) -> std::io::Result<()> {
    let look = move || {
        let Some(error) = damage(
            || Books::inspect(&path),
            || std::thread::sleep(INSPECT_AGAIN),
        ) else {
            return;
        };
        tracing::error!(%error, "the database was read whole");
        if let Some(queue) = queue.upgrade() {
            let what = Post::Event(Box::new(Event::StoreChanged(StoreHealth::Damaged)));
            let _ = queue.blocking_send(Posted {
                what,
                busy: activity.busy(),
            });
        }
    };
    std::thread::Builder::new()
        .name("lodge-inspect".to_owned())
        .spawn(look)
        .map(drop)
}

/// What a look at the whole database says of damage. A look that fails for another reason says nothing,
/// and is taken again after a pause.
fn damage(
    mut look: impl FnMut() -> Result<(), OpenError>,
    mut pause: impl FnMut(),
) -> Option<OpenError> {
    loop {
        match look() {
            Ok(()) => return None,
            Err(error @ (OpenError::Damaged { .. } | OpenError::NotOurs(_))) => return Some(error),
            Err(error) => tracing::warn!(%error, "the database could not be read whole"),
        }
        pause();
    }
}

/// Hands over what somebody's hand did. A full queue means that it was faster than the program: what it did is
/// dropped, not late.
fn offer(queue: &mpsc::Sender<Posted>, posted: Posted) {
    if let Err(TrySendError::Full(_)) = queue.try_send(posted) {
        // Not what it was: names and PINs are typed.
        tracing::warn!("the session is behind: a touch or a key was dropped");
    }
}

impl Running {
    /// A way for the screen to say what was touched; it never waits.
    pub fn touches(&self) -> impl Fn(Touch) + 'static {
        let queue = self.queue.as_ref().map(mpsc::Sender::downgrade);
        let activity = self.activity.clone();
        move |touch| {
            let Some(queue) = queue.as_ref().and_then(mpsc::WeakSender::upgrade) else {
                return;
            };
            let what = Post::Event(Box::new(Event::Touched(touch)));
            let busy = activity.busy();
            offer(&queue, Posted { what, busy });
        }
    }

    /// A way for the staff window to say what was done there; it never waits.
    pub fn desk_events(&self) -> impl Fn(crate::desk::Event) + 'static {
        let queue = self.queue.as_ref().map(mpsc::Sender::downgrade);
        let activity = self.activity.clone();
        move |event| {
            let Some(queue) = queue.as_ref().and_then(mpsc::WeakSender::upgrade) else {
                return;
            };
            let what = Post::Desk(Box::new(event));
            let busy = activity.busy();
            offer(&queue, Posted { what, busy });
        }
    }

    /// A way for other threads to ask how the devices stand.
    pub fn device_states(&self) -> impl Fn() -> Vec<DeviceState> + Send + 'static {
        let devices = self.devices.clone();
        move || devices.states()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(queue) = self.queue.take() {
            let stop = Posted {
                what: Post::Stop,
                busy: self.activity.busy(),
            };
            let _ = queue.blocking_send(stop);
        }
        self.hatch.take();
        self.devices.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_full_queue_drops_stands_in_the_log_without_what_it_was() {
        let (queue, taken) = mpsc::channel(1);
        let activity = Activity::new();
        let offered = || {
            let typed = crate::desk::Event::Typed("周敏".to_owned());
            let what = Post::Desk(Box::new(typed));
            let busy = activity.busy();
            crate::store::logged(|| offer(&queue, Posted { what, busy }))
        };
        assert_eq!(offered(), "");
        let said = offered();
        assert!(said.contains("WARN") && said.contains("dropped"), "{said}");
        assert!(!said.contains("周敏"), "{said}");
        // The program ends: nothing is missing.
        drop(taken);
        assert_eq!(offered(), "");
    }

    #[test]
    fn only_damage_is_called_damage_and_any_other_failure_is_looked_at_again() {
        let path = PathBuf::from("lodge.db");
        let damaged = OpenError::Damaged {
            path: path.clone(),
            what: "a page".to_owned(),
        };
        let looks = vec![Err(OpenError::DiskFull(path.clone())), Err(damaged)];
        let (mut looks, mut pauses) = (looks.into_iter(), 0);
        let found = damage(|| looks.next().expect("a look"), || pauses += 1);
        assert!(matches!(found, Some(OpenError::Damaged { .. })));
        assert_eq!(pauses, 1);
        let looks = vec![Err(OpenError::Missing(path)), Ok(())];
        let (mut looks, mut pauses) = (looks.into_iter(), 0);
        assert!(damage(|| looks.next().expect("a look"), || pauses += 1).is_none());
        assert_eq!(pauses, 1);
    }
}
