//! A port kept open: opened, its dialogue run, and opened again when it is lost, for as long as its
//! owner wants.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::activity::{Activity, Busy};
use crate::clock::{Clock, Moment};
use crate::dialogue::Dialogue;
use crate::link::LinkError;
use crate::link::serial::{PortSettings, SerialLink};
use crate::port::{Ending, Inbox, PortCounters, Told, converse};

/// The first pause before a lost port is tried again.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest: a device that was plugged in again works within two seconds, opening included.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A line that stayed up for so long is no longer one that flaps.
const STEADY_AFTER: Duration = Duration::from_secs(1);

/// What happens on a port.
#[derive(Debug)]
pub enum Happened<'a, Tell> {
    /// It is open.
    Opened {
        /// Whether it was lost soon after it was opened, more than once in a row: then this is no news.
        flaps: bool,
    },
    /// It is lost, or was never there.
    Lost {
        /// Why.
        error: &'a LinkError,
        /// Whether it was lost soon after it was opened, more than once in a row.
        flaps: bool,
    },
    /// What the dialogue or the port told.
    Told(Told<Tell>),
}

/// What goes on around a port.
pub struct Around<'a> {
    /// How it is opened. A name under `/dev/serial/by-id` stays that of the device, whatever it is
    /// plugged into.
    pub settings: &'a PortSettings,
    /// What time it is.
    pub clock: &'a Clock,
    /// Where work is counted.
    pub activity: &'a Activity,
    /// What the port did.
    pub counters: &'a PortCounters,
}

/// Keeps a port open until the inbox is closed, and tells what happens; blocks, so that it wants a
/// thread. Each opening begins with a new dialogue. A port that is lost or not there is tried again
/// after 0.1 s, then less and less often, at least once a second; closing the inbox ends every wait.
///
/// `at_work` was counted before the thread was made, so that the program does not seem idle while it
/// starts.
pub fn keep_open<D: Dialogue>(
    around: &Around<'_>,
    inbox: &Inbox<D::Ask>,
    mut at_work: Busy,
    mut dialogue: impl FnMut() -> D,
    mut happened: impl FnMut(Happened<'_, D::Tell>),
) where
    D::Ask: Send + 'static,
{
    let Around {
        settings,
        clock,
        activity,
        counters,
    } = around;
    let mut back_off = BackOff::new();
    let mut was_lost = false;
    while !inbox.is_closing() {
        let error = match SerialLink::open(settings) {
            Ok(mut link) => {
                if was_lost {
                    counters.reopenings.fetch_add(1, Ordering::SeqCst);
                }
                let flaps = back_off.flaps();
                happened(Happened::Opened { flaps });
                back_off.opened(clock.now());
                drop(at_work);
                let ending = converse(
                    &mut link,
                    &mut dialogue(),
                    clock,
                    inbox,
                    activity,
                    counters,
                    &mut |told| happened(Happened::Told(told)),
                );
                at_work = activity.busy();
                match ending {
                    Ending::Closed => return,
                    Ending::Lost(error) => error,
                }
            }
            Err(error) => error,
        };
        was_lost = true;
        let until = back_off.lost(clock.now());
        let flaps = back_off.flaps();
        happened(Happened::Lost {
            error: &error,
            flaps,
        });
        drop(at_work);
        at_work = inbox.wait(clock, Some(until));
    }
}

/// How long a port is left alone before it is opened again.
struct BackOff {
    /// The next pause.
    pause: Duration,
    opened: Option<Moment>,
    /// How often in a row the line was lost soon after it was opened.
    flapped: u32,
}

impl BackOff {
    /// A port not tried yet.
    fn new() -> Self {
        BackOff {
            pause: FIRST_PAUSE,
            opened: None,
            flapped: 0,
        }
    }

    /// The port could be opened. A line that is lost at once each time is as good as none, so this alone
    /// shortens no pause.
    fn opened(&mut self, now: Moment) {
        self.opened = Some(now);
    }

    /// The line was lost, or the port could not be opened: when to try again.
    fn lost(&mut self, now: Moment) -> Moment {
        let stayed = self.opened.take().map(|opened| now - opened);
        self.flapped = match stayed {
            Some(stayed) if stayed < STEADY_AFTER => self.flapped + 1,
            _ => 0,
        };
        if stayed.is_some_and(|stayed| stayed >= STEADY_AFTER) {
            self.pause = FIRST_PAUSE;
        }
        let until = now + self.pause;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        until
    }

    /// Whether the line was lost soon after it was opened, more than once in a row.
    fn flaps(&self) -> bool {
        self.flapped > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_line_that_is_lost_as_soon_as_it_is_opened_is_opened_less_and_less_often() {
        let (mut back_off, mut now) = (BackOff::new(), Moment::ORIGIN);
        let mut pauses = Vec::new();
        let mut flapped = Vec::new();
        for _ in 0..6 {
            back_off.opened(now);
            now = now + 900 * MS;
            let until = back_off.lost(now);
            pauses.push((until - now).as_millis());
            flapped.push(back_off.flaps());
            now = until;
        }
        assert_eq!(pauses, [100, 200, 400, 800, 1000, 1000]);
        assert_eq!(flapped, [false, true, true, true, true, true]);
        // It stays up for a second: what is lost then was a line that worked.
        back_off.opened(now);
        now = now + 1000 * MS;
        let until = back_off.lost(now);
        assert_eq!((until - now).as_millis(), 100);
        assert!(!back_off.flaps());
    }

    #[test]
    fn a_port_that_is_not_there_is_tried_less_often_too() {
        let (mut back_off, mut now) = (BackOff::new(), Moment::ORIGIN);
        let mut pauses = Vec::new();
        for _ in 0..5 {
            let until = back_off.lost(now);
            pauses.push((until - now).as_millis());
            now = until;
        }
        assert_eq!(pauses, [100, 200, 400, 800, 1000]);
        assert!(!back_off.flaps(), "its coming is news");
    }
}
