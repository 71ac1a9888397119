//! Recordings of a line, made and told again by hand.

use lodge_hardware::clock::{Clock, Moment};
use lodge_hardware::kind::{Kind, UnknownKind};
use lodge_hardware::link::LinkError;
use lodge_hardware::link::record::Recorded;
use lodge_hardware::link::replay::{BadRow, parse};
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::mask::mask_for;
use lodge_hardware::reader::osdp::Address;
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
    let mask = mask_for(&kind).ok_or(RecordingError::Documents)?;
    let baud = spoken.baud.unwrap_or(kind.usual_baud());
    let settings = PortSettings {
        path: port.display().to_string(),
        baud,
        flow: Flow::None,
    };
    let link = SerialLink::open(&settings)?;
    let to = begin(out, spoken, baud).map_err(|source| match source.kind() {
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
    let passed = watch::live(&kind, baud, &mut link, &clock, lasts, &mut on_told)
        .map_err(RecordingError::Ended)?;
    Ok(Passed {
        frames: passed.frames.load(Ordering::SeqCst),
        rejected: passed.rejected.load(Ordering::SeqCst),
        discarded: passed.discarded.load(Ordering::SeqCst),
    })
}

/// A new file with a head that says what it is.
fn begin(out: &Path, spoken: &Spoken, baud: u32) -> io::Result<File> {
    let mut file = File::create_new(out)?;
    let profile = spoken.profile.as_deref().unwrap_or_default();
    writeln!(file, "# {} {profile} at {baud} baud", spoken.protocol)?;
    writeln!(
        file,
        "# ms > to the device, ms < from it; card numbers and codes are made up"
    )?;
    Ok(file)
}

/// What the driver for such a device makes of a recording: what it tells, and when.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn replay(file: &Path, spoken: &Spoken) -> Result<Vec<(Duration, String)>, RecordingError> {
    let kind = spoken.kind()?;
    let text = fs::read_to_string(file).map_err(|source| RecordingError::File {
        doing: "reading the recording",
        file: file.to_owned(),
        source,
    })?;
    let baud = spoken.baud.unwrap_or(kind.usual_baud());
    let told = watch::replayed(&kind, baud, &parse(&text)?).into_iter();
    Ok(told
        .map(|(at, words)| (at - Moment::ORIGIN, words))
        .collect())
}

impl Spoken {
    fn kind(&self) -> Result<Kind, UnknownKind> {
        let kind = Kind::named(&self.protocol, self.profile.as_deref())?;
        let Some(number) = self.address else {
            return Ok(kind);
        };
        match (kind, Address::new(number)) {
            (Kind::Osdp(_), Some(address)) => Ok(Kind::Osdp(address)),
            _ => Err(UnknownKind::Address {
                word: self.protocol.clone(),
                address: number,
            }),
        }
    }
}
