//! Opens a port, runs its dialogue, and opens it again when it is lost, for as long as the program
//! runs.

use super::state::Standing;
use super::{Busy, Surround};
use crate::config::{Device, Flow};
use crate::equipment::Fault;
use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::link::LinkError;
use lodge_hardware::link::serial::{self, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, Inbox, Told, converse};
use std::time::Duration;

/// The first pause before a lost port is tried again.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest: a device that was plugged in again works within two seconds, opening included.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A line that stayed up for so long is no longer one that flaps.
const STEADY_AFTER: Duration = Duration::from_secs(1);

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

    /// Whether the line was lost soon after it was opened, more than once in a row: then it is known
    /// already, and the log is spared each turn of it.
    fn flaps(&self) -> bool {
        self.flapped > 1
    }
}

/// What happens on one device's line.
pub(super) enum Happened<Tell> {
    /// The port is open. Carries whether this is the first of its kind that works again.
    Opened(Option<bool>),
    /// The port is lost or was never there. Carries whether no other of its kind works.
    Lost(Option<bool>),
    /// What the dialogue or the port told.
    Told(Told<Tell>),
}

/// Runs until the inbox is closed. `at_work` was made before the thread was, so that the program does
/// not seem idle while it starts.
pub(super) fn keep_open<D: Dialogue>(
    surround: &Surround,
    inbox: &Inbox<D::Ask>,
    at_work: Busy,
    dialogue: impl FnMut() -> D,
    happened: impl FnMut(Happened<D::Tell>),
) where
    D::Ask: Send + 'static,
{
    let alone = std::slice::from_ref(surround);
    keep_line_open(alone, inbox, at_work, dialogue, happened);
}

/// The same for all devices of one port, which comes and goes for all of them at once. Ends at once
/// where there are none.
pub(super) fn keep_line_open<D: Dialogue>(
    on_it: &[Surround],
    inbox: &Inbox<D::Ask>,
    mut at_work: Busy,
    mut dialogue: impl FnMut() -> D,
    mut happened: impl FnMut(Happened<D::Tell>),
) where
    D::Ask: Send + 'static,
{
    let Some(Surround {
        spec,
        clock,
        activity,
        board,
        ..
    }) = on_it.first()
    else {
        return;
    };
    let counters = board.counters(&spec.id());
    let mut back_off = BackOff::new();
    while !inbox.is_closing() {
        let error = match SerialLink::open(&settings(spec)) {
            Ok(mut link) => {
                happened(Happened::Opened(opened(on_it, back_off.flaps())));
                back_off.opened(clock.now());
                drop(at_work);
                let ending = converse(
                    &mut link,
                    &mut dialogue(),
                    clock,
                    inbox,
                    activity,
                    &counters,
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
        let until = back_off.lost(clock.now());
        happened(Happened::Lost(lost(on_it, &error, back_off.flaps())));
        drop(at_work);
        at_work = inbox.wait(clock, Some(until));
    }
}

/// Notes that all devices of a port can be used. Gives what this changed for their kind.
fn opened(on_it: &[Surround], flaps: bool) -> Option<bool> {
    let mut works = None;
    for surround in on_it {
        let id = surround.spec.id();
        match flaps {
            true => tracing::debug!(device = id, "port opened again"),
            false => tracing::info!(device = id, "port opened"),
        }
        works = surround.note(Standing::Open).or(works);
    }
    works
}

/// Notes that none can.
fn lost(on_it: &[Surround], error: &LinkError, flaps: bool) -> Option<bool> {
    let standing = Standing::Lost(fault(error));
    let mut works = None;
    for surround in on_it {
        let id = surround.spec.id();
        let mut states = surround.board.states().into_iter();
        let known = states.any(|state| state.id == id && state.standing == standing);
        match known {
            true => {}
            false if flaps => tracing::debug!(device = id, %error, "port lost again"),
            false => tracing::warn!(device = id, %error, "port lost"),
        }
        works = surround.note(standing.clone()).or(works);
    }
    works
}

/// What the hardware says of a line, in the words of the house.
fn fault(error: &LinkError) -> Fault {
    match error {
        LinkError::NotFound { port } => Fault::NotFound(port.clone()),
        LinkError::Busy { port } => Fault::Busy(port.clone()),
        LinkError::NotAllowed { port } => Fault::NotAllowed(port.clone()),
        LinkError::Refused { port, baud, .. } => Fault::Refused(port.clone(), *baud),
        LinkError::Unplugged { port } => Fault::Unplugged(port.clone()),
        LinkError::Failed { port, .. } => Fault::Failed(port.clone()),
    }
}

/// How the port of a device is opened.
pub(super) fn settings(spec: &Device) -> PortSettings {
    PortSettings {
        path: spec.port.display().to_string(),
        baud: spec.baud,
        flow: match spec.flow {
            Flow::None => serial::Flow::None,
            Flow::XonXoff => serial::Flow::Software,
            Flow::RtsCts => serial::Flow::Hardware,
            Flow::DtrDsr => serial::Flow::DataSetReady,
        },
    }
}

/// What a short look at a port found.
pub enum PortLook {
    /// It can be opened.
    Free,
    /// Another program has it open.
    InUse,
    /// It cannot be opened.
    Fault(Fault),
}

/// Opens a port for a moment, without a word on it.
pub fn look_at(device: &Device) -> PortLook {
    match SerialLink::open(&settings(device)) {
        Ok(_) => PortLook::Free,
        Err(LinkError::Busy { .. }) => PortLook::InUse,
        Err(error) => PortLook::Fault(fault(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Protocol;
    use crate::equipment::DeviceKind;
    use lodge_hardware::link::pty::Pty;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_port_is_opened_with_the_handshake_of_the_settings_also_a_terminal_that_has_none_of_its_wires()
     {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("printer");
        let _other_end = Pty::plugged_at(&path).expect("a terminal");
        for (flow, port) in [
            (Flow::None, serial::Flow::None),
            (Flow::XonXoff, serial::Flow::Software),
            (Flow::RtsCts, serial::Flow::Hardware),
            (Flow::DtrDsr, serial::Flow::DataSetReady),
        ] {
            let usual = Device::usual("slips", DeviceKind::Printer, Protocol::EscPos, path.clone());
            let spec = Device { flow, ..usual };
            assert_eq!(settings(&spec).flow, port);
            assert!(matches!(look_at(&spec), PortLook::Free), "{flow:?}");
        }
    }

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
