//! Asks for a thread that sleeps in poll(2).

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::activity::{Activity, Busy};
use crate::clock::{Clock, Moment, Waker};
use crate::link::Link;
use crate::lock::lock;
use crate::wake::Bell;

struct Post<Ask> {
    asks: Mutex<VecDeque<(Ask, Busy)>>,
    closing: AtomicBool,
    bell: Bell,
    activity: Activity,
}

/// The owner's end: asks, and the wish to close.
pub struct Mailbox<Ask>(Arc<Post<Ask>>);

impl<Ask> Clone for Mailbox<Ask> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The port thread's end of a [`Mailbox`]; outlives a lost line.
pub struct Inbox<Ask>(Arc<Post<Ask>>);

/// A mailbox whose waiting asks count as work in `activity`.
///
/// # Errors
/// When the process has no file descriptor left.
pub fn mailbox<Ask>(activity: &Activity) -> io::Result<(Mailbox<Ask>, Inbox<Ask>)> {
    let shared = Arc::new(Post {
        asks: Mutex::new(VecDeque::new()),
        closing: AtomicBool::new(false),
        bell: Bell::new()?,
        activity: activity.clone(),
    });
    Ok((Mailbox(shared.clone()), Inbox(shared)))
}

impl<Ask> Mailbox<Ask> {
    /// Puts an ask in the box and wakes the port's thread.
    pub fn send(&self, ask: Ask) {
        let busy = self.0.activity.busy();
        lock(&self.0.asks).push_back((ask, busy));
        self.0.bell.ring();
    }

    /// Takes back asks that nobody has taken yet; gives whether there were any.
    pub fn take_back(&self, is_it: impl Fn(&Ask) -> bool) -> bool {
        let mut asks = lock(&self.0.asks);
        let before = asks.len();
        asks.retain(|(ask, _)| !is_it(ask));
        asks.len() < before
    }

    /// Asks the port's thread to close the line, now and for good.
    pub fn close(&self) {
        self.0.closing.store(true, Ordering::SeqCst);
        self.0.bell.ring();
    }
}

impl<Ask: Send + 'static> Inbox<Ask> {
    /// The next ask, with the guard that counts it as work.
    pub fn take(&self) -> Option<(Ask, Busy)> {
        lock(&self.0.asks).pop_front()
    }

    /// Whether the owner wants the line closed.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.0.closing.load(Ordering::SeqCst)
    }

    /// Rings this box's bell, as an ask does.
    pub(crate) fn waker(&self) -> Waker {
        let ring = self.0.clone();
        Arc::new(move || ring.bell.ring())
    }

    /// Takes the ringing; what it was for is looked at next.
    pub(crate) fn hush(&self) {
        self.0.bell.hush();
    }

    /// Sleeps until an ask comes, the link can be used, or the time is over.
    pub(crate) fn sleep(&self, link: &dyn Link, writing: bool, timeout: Option<Duration>) {
        sleep(&self.0.bell, Some(link), writing, timeout);
    }

    /// Sleeps until asked, told to close, or `clock` reaches `until`: how an owner waits before it
    /// opens a lost port again.
    ///
    /// The mark that comes back says that the owner is at work again; it is made before the alarm is
    /// taken down, so that nobody can mistake the moment between them for quiet.
    #[must_use]
    pub fn wait(&self, clock: &Clock, until: Option<Moment>) -> Busy {
        let alarm = clock.alarm(self.waker());
        alarm.set(until);
        sleep(&self.0.bell, None, false, clock.timeout_until(until));
        let busy = self.0.activity.busy();
        self.0.bell.hush();
        busy
    }
}

/// Sleeps until the bell rings, the link can be used, or the time is over.
fn sleep(bell: &Bell, link: Option<&dyn Link>, writing: bool, timeout: Option<Duration>) {
    let mut wanted = PollFlags::IN;
    wanted.set(PollFlags::OUT, writing);
    let mut fds = vec![PollFd::from_borrowed_fd(bell.fd(), PollFlags::IN)];
    if let Some(fd) = link.and_then(|link| link.readiness()) {
        fds.push(PollFd::from_borrowed_fd(fd, wanted));
    }
    let timeout = timeout.and_then(|span| Timespec::try_from(span).ok());
    // Interrupted or out of memory: the caller simply takes another turn.
    let _ = poll(&mut fds, timeout.as_ref());
}
