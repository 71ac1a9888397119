//! Recordings of a line, made and told again by hand: of any device by its make, or of one of the house, to
//! which is spoken as the kiosk does.

use super::reader::{made, osdp};
use super::{label, printer, scanner, supervise};
use crate::config::{Device, Protocol};
use crate::equipment::Fault;
use crate::people::Language;
use lodge_hardware::clock::{Clock, Moment};
use lodge_hardware::kind::{Kind, UnknownKind};
use lodge_hardware::link::LinkError;
use lodge_hardware::link::record::Recorded;
use lodge_hardware::link::replay::{BadRow, parse};
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::mask::{made_up_key, mask_for};
use lodge_hardware::reader::osdp::{Address, Key, Settings};
use lodge_hardware::watch::{self, WatchError};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What a device speaks, by the words of the settings.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// `em4100`, `esc-pos` …
    pub protocol: String,
    /// Its make, where makes differ.
    pub profile: Option<String>,
    /// Bits a second; the usual ones where none are named.
    pub baud: Option<u32>,
    /// Where an OSDP reader is on its line; 0 where nothing is named.
    pub address: Option<u8>,
}

/// What went over a line while it was recorded.
#[derive(Clone, Copy, Debug)]
pub struct Passed {
    /// Whole messages that were understood.
    pub frames: u64,
    /// Whole messages that were not believed.
    pub rejected: u64,
    /// Bytes that meant nothing.
    pub discarded: u64,
}

/// Why a recording could not be made or told.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// The protocol or profile is unknown.
    #[error(transparent)]
    Kind(#[from] UnknownKind),
    /// What the settings name for it cannot be used.
    #[error("{}", .0.says(Language::English))]
    Unusable(Fault),
    /// Documents are not recorded.
    #[error(
        "identity documents are never recorded; `lodge sim sam-v` speaks as such a reader does, with \
         made-up documents"
    )]
    Documents,
    /// A file of that name is kept.
    #[error("{} is there already; name another file for the recording", .0.display())]
    There(PathBuf),
    /// The file.
    #[error("{doing} {}", file.display())]
    File {
        /// What was being done: a verb in its -ing form.
        doing: &'static str,
        /// Which one.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is in the file.
    #[error(transparent)]
    Row(#[from] BadRow),
    /// The port cannot be opened.
    #[error(transparent)]
    Port(#[from] LinkError),
    /// The line was lost while it was recorded.
    #[error("the recording ends here")]
    Ended(#[source] WatchError),
}

/// Records the line of a port while its device is spoken to, for so long or until it is lost. No card
/// number, code or key gets into the file; see `lodge_hardware::mask`. `on_told` hears what the device
/// tells, and when.
///
/// # Errors
///
/// Where the port cannot be opened or the file is there already.
pub fn record(
    port: &Path,
    spoken: &Spoken,
    lasts: Option<Duration>,
    out: &Path,
    on_told: &mut dyn FnMut(Duration, String),
) -> Result<Passed, RecordingError> {
    let kind = spoken.kind()?;
    let port = PortSettings {
        path: port.display().to_string(),
        baud: spoken.baud.unwrap_or(kind.usual_baud()),
        // Nothing long is said to a device while it is recorded, and its XOFF belongs to the recording.
        flow: Flow::None,
    };
    let profile = spoken.profile.as_deref().unwrap_or_default();
    let head = format!("{} {profile} at {} baud", spoken.protocol, port.baud);
    recorded(&kind, &port, &head, lasts, out, on_told)
}

/// The same of a device of the house: its port is opened and its driver made by the settings.
///
/// # Errors
///
/// Besides, where its key cannot be used.
pub fn record_device(
    spec: &Device,
    lasts: Option<Duration>,
    out: &Path,
    on_told: &mut dyn FnMut(Duration, String),
) -> Result<Passed, RecordingError> {
    let key = osdp::key(spec).map_err(RecordingError::Unusable)?;
    let (word, baud) = (spec.protocol.word(), spec.baud);
    let profile = spec.profile.as_deref().unwrap_or_default();
    let head = format!(
        "{word} {profile} at {baud} baud, {} of the settings",
        spec.id()
    );
    let port = supervise::settings(spec);
    recorded(&kind(spec, key), &port, &head, lasts, out, on_told)
}

fn recorded(
    kind: &Kind,
    port: &PortSettings,
    head: &str,
    lasts: Option<Duration>,
    out: &Path,
    on_told: &mut dyn FnMut(Duration, String),
) -> Result<Passed, RecordingError> {
    let mask = mask_for(kind).ok_or(RecordingError::Documents)?;
    let link = SerialLink::open(port)?;
    let to = begin(out, head).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => RecordingError::There(out.to_owned()),
        _ => RecordingError::File {
            doing: "making the recording",
            file: out.to_owned(),
            source,
        },
    })?;
    let clock = Clock::system();
    let mut link = Recorded::masked(link, clock.clone(), Box::new(to), mask);
    let mut on_told = |at: Moment, words| on_told(at - Moment::ORIGIN, words);
    let passed = watch::live(kind, &mut link, &clock, lasts, &mut on_told);
    link.finish().map_err(|source| RecordingError::File {
        doing: "writing the recording, which is cut off here:",
        file: out.to_owned(),
        source,
    })?;
    let passed = passed.map_err(RecordingError::Ended)?;
    Ok(Passed {
        frames: passed.frames.load(Ordering::SeqCst),
        rejected: passed.rejected.load(Ordering::SeqCst),
        discarded: passed.discarded.load(Ordering::SeqCst),
    })
}

/// A new file with a head that says what it is.
fn begin(out: &Path, head: &str) -> io::Result<File> {
    let mut file = File::create_new(out)?;
    writeln!(file, "# {head}")?;
    writeln!(
        file,
        "# ms > to the device, ms < from it; card numbers, codes and keys are made up"
    )?;
    Ok(file)
}

/// What the driver for such a device makes of a recording: what it tells, and when.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn replay(file: &Path, spoken: &Spoken) -> Result<Vec<(Duration, String)>, RecordingError> {
    replayed(file, &spoken.kind()?)
}

/// The same with the driver of a device of the house. The recording has a made-up key in place of a
/// reader's own, which need not be at hand.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn replay_device(
    file: &Path,
    spec: &Device,
) -> Result<Vec<(Duration, String)>, RecordingError> {
    let own = spec.osdp.as_ref().and_then(|osdp| osdp.key_file.as_ref());
    replayed(file, &kind(spec, own.map(|_| made_up_key())))
}

fn replayed(file: &Path, kind: &Kind) -> Result<Vec<(Duration, String)>, RecordingError> {
    let text = fs::read_to_string(file).map_err(|source| RecordingError::File {
        doing: "reading the recording",
        file: file.to_owned(),
        source,
    })?;
    let told = watch::replayed(kind, &parse(&text)?).into_iter();
    Ok(told
        .map(|(at, words)| (at - Moment::ORIGIN, words))
        .collect())
}

/// A device of the house in the words of its driver, which are those that the kiosk has for it; an OSDP
/// reader with this key.
fn kind(spec: &Device, key: Option<Key>) -> Kind {
    match spec.protocol {
        Protocol::Em4100 => Kind::Em4100(made::em4100(spec)),
        Protocol::Pn532 => Kind::Pn532(made::pn532(spec)),
        Protocol::Wiegand => Kind::Wiegand(made::converter(spec)),
        Protocol::Osdp => Kind::Osdp(osdp::with_key(spec, key)),
        Protocol::SamV => Kind::SamV(made::samv(spec)),
        Protocol::LineScanner => Kind::Scanner(scanner::settings(spec)),
        Protocol::EscPos => Kind::EscPos(printer::settings(spec)),
        Protocol::Tspl | Protocol::Zpl => Kind::Label(label::settings(spec)),
    }
}

impl Spoken {
    fn kind(&self) -> Result<Kind, UnknownKind> {
        let kind = Kind::named(&self.protocol, self.profile.as_deref())?;
        let baud = self.baud.unwrap_or(kind.usual_baud());
        let Some(number) = self.address else {
            return Ok(kind.at(baud));
        };
        match (kind, Address::new(number)) {
            (Kind::Osdp(settings), Some(address)) => Ok(Kind::Osdp(Settings {
                address,
                ..settings
            })),
            _ => Err(UnknownKind::Address {
                word: self.protocol.clone(),
                address: number,
            }),
        }
    }
}
