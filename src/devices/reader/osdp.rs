//! OSDP readers: one thread a line, however many readers are on it.

use super::{heard, made, works_now};
use crate::config::Device;
use crate::devices::state::Standing;
use crate::devices::supervise::{Happened, keep_line_open};
use crate::devices::{Busy, Surround};
use crate::equipment::Fault;
use crate::people::NumberConvention;
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::reader::Ask;
use lodge_hardware::reader::osdp::{Address, Addressed, Key, OnLine, OsdpLine, Seed, Settings};

/// The OSDP readers of the settings, line by line.
pub fn lines(specs: &[Device]) -> Vec<Vec<&Device>> {
    let mut lines: Vec<Vec<&Device>> = Vec::new();
    for spec in specs.iter().filter(|spec| spec.osdp.is_some()) {
        match lines.iter_mut().find(|line| line[0].port == spec.port) {
            Some(line) => line.push(spec),
            None => lines.push(vec![spec]),
        }
    }
    lines
}

/// Where a reader is on its line.
pub fn address(spec: &Device) -> Address {
    let number = spec.osdp.as_ref().map_or(0, |osdp| osdp.address);
    Address::new(number).expect("the settings take no address that is no single reader's")
}

/// Runs all readers of a line until its inbox is closed.
pub fn run(
    on_it: Vec<Surround>,
    cards: NumberConvention,
    inbox: &Inbox<Addressed<Ask>>,
    at_work: Busy,
) {
    let (mut usable, mut known) = (Vec::new(), Vec::new());
    for surround in on_it {
        match settings(&surround.spec) {
            Ok(settings) => {
                known.push(settings);
                usable.push(surround);
            }
            // It is not even spoken to: without its key nothing it says would be believed.
            Err(fault) => works_now(&surround, surround.note(Standing::Lost(fault))),
        }
    }
    let line = || {
        let readers = usable.iter().zip(&known);
        let readers = readers.map(|(surround, settings)| OnLine {
            settings: settings.clone(),
            seed: seed(surround),
            frames: surround.board.frames(&surround.spec.id()),
        });
        OsdpLine::new(readers).expect("the settings give every reader of a line an address")
    };
    keep_line_open(&usable, inbox, at_work, line, |happened| match happened {
        Happened::Opened(works) | Happened::Lost(works) => works_now(&usable[0], works),
        Happened::Told(Told::Tell(Addressed { address: at, what })) => {
            let told_by = usable
                .iter()
                .find(|surround| address(&surround.spec) == at)
                .expect("only readers of the line are on it");
            heard(told_by, cards, what);
        }
        Happened::Told(_) => {}
    });
}

/// What the settings say of an OSDP reader, with its key; or what is wrong with that.
fn settings(spec: &Device) -> Result<Settings, Fault> {
    Ok(with_key(spec, key(spec)?))
}

/// The key of a reader, from its file; none where the settings name none.
pub fn key(spec: &Device) -> Result<Option<Key>, Fault> {
    let path = spec.osdp.as_ref().and_then(|osdp| osdp.key_file.as_deref());
    let key = path.map(|path| {
        let file = path.display().to_string();
        let unusable = |error: &dyn std::error::Error, fault| {
            tracing::error!(device = spec.id(), file, %error, "the reader is not used");
            fault
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| unusable(&error, Fault::KeyUnreadable(file.clone())))?;
        let key = text.trim().parse::<Key>();
        key.map_err(|error| unusable(&error, Fault::KeyMalformed(file.clone())))
    });
    key.transpose()
}

/// What the settings say of an OSDP reader with this key.
pub fn with_key(spec: &Device, key: Option<Key>) -> Settings {
    let trusted = spec.osdp.clone().unwrap_or_default();
    Settings {
        address: address(spec),
        check: made::check(trusted.check),
        key,
        allow_default_key: trusted.allow_default_key,
        allow_clear_text: trusted.allow_clear_text,
        adapter: spec.adapter,
    }
}

/// What a reader's challenges are made of: the system's, or under a scripted clock the same each time.
fn seed(surround: &Surround) -> Seed {
    if surround.clock.is_scripted() {
        return Seed::given([0x5A; 16]);
    }
    Seed::from_system().unwrap_or_else(|error| {
        panic!("the system gives no random bytes, without which no reader can be trusted: {error}")
    })
}
