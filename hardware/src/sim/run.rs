//! A simulator on a thread of its own, for a trial by hand.

use std::io;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use super::Simulator;
use crate::activity::Activity;
use crate::clock::Clock;
use crate::link::Link;
use crate::port::{Inbox, Mailbox, mailbox};

/// A running simulator; it ends when this is dropped.
pub struct Running<S: Simulator> {
    commands: Mailbox<S::Command>,
    thread: Option<JoinHandle<()>>,
}

impl<S: Simulator> Running<S> {
    /// Does something to the device.
    pub fn command(&self, command: S::Command) {
        self.commands.send(command);
    }

    /// A way to do something to the device later.
    #[must_use]
    pub fn commands(&self) -> Mailbox<S::Command> {
        self.commands.clone()
    }
}

impl<S: Simulator> Drop for Running<S> {
    fn drop(&mut self) {
        self.commands.close();
        if let Some(thread) = self.thread.take() {
            // Its panic has been reported already by the panic hook.
            let _ = thread.join();
        }
    }
}

/// Runs a simulator on its own thread; `on_change` sees it after every turn.
///
/// # Errors
/// When the process has no file descriptor or thread left.
pub fn spawn<S, L>(
    name: &str,
    simulator: S,
    link: L,
    clock: Clock,
    on_change: impl FnMut(&mut S, &mut L) + Send + 'static,
) -> io::Result<Running<S>>
where
    S: Simulator + 'static,
    L: Link + 'static,
{
    let (commands, inbox) = mailbox(&Activity::new())?;
    let thread = Builder::new()
        .name(name.to_owned())
        .spawn(move || live(simulator, link, &clock, &inbox, on_change))?;
    Ok(Running {
        commands,
        thread: Some(thread),
    })
}

fn live<S: Simulator, L: Link>(
    mut simulator: S,
    mut link: L,
    clock: &Clock,
    inbox: &Inbox<S::Command>,
    mut on_change: impl FnMut(&mut S, &mut L),
) {
    let waker = inbox.waker();
    let alarm = clock.alarm(Arc::clone(&waker));
    link.wake_with(waker);
    loop {
        inbox.hush();
        // What was asked before the end is still done.
        let is_last_turn = inbox.is_closing();
        while let Some((command, _busy)) = inbox.take() {
            simulator.command(clock.now(), command);
        }
        simulator.pump(clock.now(), &mut link);
        on_change(&mut simulator, &mut link);
        if is_last_turn {
            return;
        }
        alarm.set(simulator.due());
        inbox.sleep(&link, false, clock.timeout_until(simulator.due()));
    }
}
