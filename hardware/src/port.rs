//! One dialogue over one link: who reads, writes, waits and tells.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::activity::Activity;
use crate::clock::{Clock, Moment};
use crate::dialogue::{Dialogue, Line};
use crate::link::{Link, LinkError};

pub use crate::mailbox::{Inbox, Mailbox, mailbox};

/// A device that takes no bytes for this long while some are waiting is reported as stalled: so its
/// owner knows within two seconds, the time the report takes included.
///
/// Healthy printers with a full buffer make room for more within about a second.
pub const STALL_AFTER: Duration = Duration::from_millis(1500);

/// How often the kernel is asked whether the bytes it took have left; it has no event for that.
const UNSENT_EVERY: Duration = Duration::from_millis(100);

/// How often a device is asked whether it lets bytes come again, where the kernel does not watch its
/// wire: 64 bytes take this long at 115200 baud.
const HELD_EVERY: Duration = Duration::from_millis(5);

/// What a port's owner hears.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told<Tell> {
    /// The device told something.
    Tell(Tell),
    /// The device has taken no bytes for [`STALL_AFTER`] while some are waiting, or has had its driver
    /// keep them back for so long.
    Stalled,
    /// A stalled device takes bytes again.
    Flowing,
}

/// Why a conversation ended.
#[derive(Debug)]
pub enum Ending {
    /// The owner asked for it.
    Closed,
    /// The line is gone; [`keep_open`](crate::supervise::keep_open) opens it again.
    Lost(LinkError),
}

/// What one port did since it was made; counts only grow, save `pending`.
#[derive(Default, Debug)]
pub struct PortCounters {
    /// Bytes from the device whose tells have been delivered.
    pub bytes_read: AtomicU64,
    /// Bytes the link took.
    pub bytes_written: AtomicU64,
    /// Bytes from the device that meant nothing.
    pub discarded: AtomicU64,
    /// Whole messages from the device that were understood.
    pub frames: AtomicU64,
    /// Whole messages from the device that were not believed.
    pub rejected: AtomicU64,
    /// Tells delivered.
    pub tells: AtomicU64,
    /// Stalls and lost lines.
    pub errors: AtomicU64,
    /// How often the port was opened again after it was lost, or was not there.
    pub reopenings: AtomicU64,
    /// Bytes the dialogue wrote that the link has not taken yet.
    pub pending: AtomicU64,
}

/// The messages of one of several devices behind the same port, beside the counts of the port; they
/// only grow.
#[derive(Default, Debug)]
pub struct FrameCounters {
    /// Whole messages from the device that were understood.
    pub frames: AtomicU64,
    /// Whole messages from the device that were not believed.
    pub rejected: AtomicU64,
}

/// A dialogue and its link, a turn at a time and without sleeping: what [`converse`] runs on a
/// thread, and a test or a controlling process by hand.
pub struct Conversation<'a, D: Dialogue> {
    link: &'a mut dyn Link,
    dialogue: &'a mut D,
    counters: &'a PortCounters,
    line: Line<D::Tell>,
    pending: VecDeque<u8>,
    /// Bytes the link took, and how many of them had left the machine when last asked.
    taken: u64,
    left: u64,
    unsent: usize,
    /// When bytes last left the machine, or began to wait.
    progress: Moment,
    /// Since when the dialogue keeps bytes to itself at the device's wish.
    held_since: Option<Moment>,
    stalled: bool,
    now: Moment,
}

impl<'a, D: Dialogue> Conversation<'a, D> {
    /// Opens the dialogue over a link just opened; input from before is thrown away, and counted.
    ///
    /// # Errors
    /// When the line is gone already.
    pub fn open(
        link: &'a mut dyn Link,
        dialogue: &'a mut D,
        counters: &'a PortCounters,
        now: Moment,
    ) -> Result<Self, LinkError> {
        let mut stale = [0; 4096];
        for _ in 0..16 {
            let n = link.read(&mut stale)? as u64;
            counters.discarded.fetch_add(n, Ordering::SeqCst);
            counters.bytes_read.fetch_add(n, Ordering::SeqCst);
            if n == 0 {
                break;
            }
        }
        let mut line = Line::new();
        dialogue.opened(now, &mut line);
        Ok(Self {
            link,
            dialogue,
            counters,
            line,
            pending: VecDeque::new(),
            taken: 0,
            left: 0,
            unsent: 0,
            progress: now,
            held_since: None,
            stalled: false,
            now,
        })
    }

    /// Does everything that can be done at `now`.
    ///
    /// # Errors
    /// When the line is gone; then [`Conversation::close`] it.
    pub fn turn(
        &mut self,
        now: Moment,
        inbox: &Inbox<D::Ask>,
        on_tell: &mut dyn FnMut(Told<D::Tell>),
    ) -> Result<(), LinkError> {
        self.now = now;
        self.settle(on_tell)?;
        let mut buffer = [0; 4096];
        for _ in 0..16 {
            let n = self.link.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            self.dialogue.heard(now, &buffer[..n], &mut self.line);
            let settled = self.settle(on_tell);
            self.counters
                .bytes_read
                .fetch_add(n as u64, Ordering::SeqCst);
            settled?;
        }
        if self.dialogue.due().is_some_and(|due| due <= now) {
            self.dialogue.waited(now, &mut self.line);
            self.settle(on_tell)?;
        }
        while let Some((ask, _busy)) = inbox.take() {
            self.dialogue.asked(now, ask, &mut self.line);
            self.settle(on_tell)?;
        }
        self.watch_output(on_tell)
    }

    /// When the next turn is wanted even if nothing arrives.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        let stall = (!self.stalled).then(|| Some(self.waits_since()? + STALL_AFTER));
        let unsent = (self.unsent > 0).then(|| self.now + UNSENT_EVERY);
        let every = if self.stalled {
            UNSENT_EVERY
        } else {
            HELD_EVERY
        };
        let held = self.is_held().then(|| self.now + every);
        [self.dialogue.due(), stall.flatten(), unsent, held]
            .into_iter()
            .flatten()
            .min()
    }

    /// Since when the device has taken nothing of what waits for it, here or in the dialogue.
    fn waits_since(&self) -> Option<Moment> {
        let waiting = !self.pending.is_empty() || self.unsent > 0;
        let here = waiting.then_some(self.progress);
        [here, self.held_since].into_iter().flatten().min()
    }

    /// Whether bytes wait that poll(2) would not tell the time for.
    fn is_held(&self) -> bool {
        !self.pending.is_empty() && self.link.is_held()
    }

    /// Ends the dialogue; bytes that have not left are thrown away.
    pub fn close(mut self, now: Moment, on_tell: &mut dyn FnMut(Told<D::Tell>)) {
        self.link.clear_output();
        self.dialogue.closed(now, &mut self.line);
        self.deliver(on_tell);
        self.counters.pending.store(0, Ordering::SeqCst);
    }

    fn deliver(&mut self, on_tell: &mut dyn FnMut(Told<D::Tell>)) {
        let discarded = self.line.take_discarded();
        self.counters
            .discarded
            .fetch_add(discarded, Ordering::SeqCst);
        let (frames, rejected) = self.line.take_frames();
        self.counters.frames.fetch_add(frames, Ordering::SeqCst);
        self.counters.rejected.fetch_add(rejected, Ordering::SeqCst);
        for tell in self.line.take_tells() {
            on_tell(Told::Tell(tell));
            self.counters.tells.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn settle(&mut self, on_tell: &mut dyn FnMut(Told<D::Tell>)) -> Result<(), LinkError> {
        loop {
            self.deliver(on_tell);
            if self.pending.is_empty() && !self.line.out.is_empty() && self.unsent == 0 {
                self.progress = self.now;
            }
            self.pending.extend(self.line.out.drain(..));
            let mut n = 0;
            if !self.pending.is_empty() {
                n = self.link.write(self.pending.make_contiguous())?;
            }
            self.pending.drain(..n);
            self.counters
                .bytes_written
                .fetch_add(n as u64, Ordering::SeqCst);
            let pending = self.pending.len() as u64;
            self.counters.pending.store(pending, Ordering::SeqCst);
            if n == 0 {
                return Ok(());
            }
            // Into the system's buffer, which is no progress yet: a stopped device takes none of it.
            self.taken += n as u64;
            self.unsent = self.unsent.max(1);
            self.dialogue.written(self.now, n, &mut self.line);
        }
    }

    fn watch_output(&mut self, on_tell: &mut dyn FnMut(Told<D::Tell>)) -> Result<(), LinkError> {
        if self.unsent > 0 {
            self.unsent = self.link.unsent()?;
            let left = self.taken.saturating_sub(self.unsent as u64);
            if left > self.left {
                (self.left, self.progress) = (left, self.now);
            }
        }
        let is_held = self.dialogue.is_held();
        self.held_since = is_held.then(|| self.held_since.unwrap_or(self.now));
        let stalled = self
            .waits_since()
            .is_some_and(|since| self.now - since >= STALL_AFTER);
        if stalled && !self.stalled {
            self.counters.errors.fetch_add(1, Ordering::SeqCst);
            on_tell(Told::Stalled);
        } else if self.stalled && !stalled {
            on_tell(Told::Flowing);
        }
        self.stalled = stalled;
        Ok(())
    }
}

/// Runs a dialogue over a link on this thread until the owner closes it or the line is lost.
///
/// Sleeps in poll(2) on the port and the mailbox, without any time-out while nothing is awaited.
pub fn converse<D: Dialogue>(
    link: &mut dyn Link,
    dialogue: &mut D,
    clock: &Clock,
    inbox: &Inbox<D::Ask>,
    activity: &Activity,
    counters: &PortCounters,
    on_tell: &mut dyn FnMut(Told<D::Tell>),
) -> Ending {
    let waker = inbox.waker();
    let alarm = clock.alarm(Arc::clone(&waker));
    link.wake_with(waker);
    let mut opening = Some(activity.busy());
    let mut conversation = match Conversation::open(link, dialogue, counters, clock.now()) {
        Ok(conversation) => conversation,
        Err(error) => return Ending::Lost(error),
    };
    loop {
        let at_work = activity.busy();
        inbox.hush();
        if inbox.is_closing() {
            conversation.close(clock.now(), on_tell);
            return Ending::Closed;
        }
        if let Err(error) = conversation.turn(clock.now(), inbox, on_tell) {
            counters.errors.fetch_add(1, Ordering::SeqCst);
            conversation.close(clock.now(), on_tell);
            return Ending::Lost(error);
        }
        let due = conversation.due();
        alarm.set(due);
        drop((at_work, opening.take()));
        let writing = !conversation.pending.is_empty() && !conversation.is_held();
        let timeout = clock.timeout_until(due);
        inbox.sleep(&*conversation.link, writing, timeout);
    }
}
