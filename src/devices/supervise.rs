//! Keeps the ports of devices open, and notes how each device stands.

use super::state::Standing;
use super::{Busy, Surround};
use crate::config::{Device, Flow};
use crate::equipment::Fault;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::link::LinkError;
use lodge_hardware::link::serial::{self, PortSettings, SerialLink};
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::supervise::{self, Around};

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
    at_work: Busy,
    dialogue: impl FnMut() -> D,
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
    let around = Around {
        settings: &settings(spec),
        clock,
        activity,
        counters: &board.counters(&spec.id()),
    };
    supervise::keep_open(&around, inbox, at_work, dialogue, |what| {
        happened(match what {
            supervise::Happened::Opened { flaps } => Happened::Opened(opened(on_it, flaps)),
            supervise::Happened::Lost { error, flaps } => Happened::Lost(lost(on_it, error, flaps)),
            supervise::Happened::Told(told) => Happened::Told(told),
        });
    });
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
}
