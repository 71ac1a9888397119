//! The subcommands that open no window.

mod doctor;
mod install_key;
mod journal;
mod new_pin;
mod probe;
mod record;
mod test_page;
mod verify;
mod which;

pub use doctor::doctor;
pub use install_key::install_key;
pub use journal::journal;
pub use new_pin::new_pin;
pub use probe::probe;
pub use record::{record, replay};
pub use test_page::test_page;
pub use verify::verify;
pub use which::{House, NotKnown, Said, Which};

use crate::devices::PortError;
use std::io;
use std::path::PathBuf;

/// How a command ended, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well: 0.
    Well,
    /// Something needs a person: 1.
    Unwell,
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The database.
    #[error(transparent)]
    Open(#[from] crate::store::OpenError),
    /// Reading it.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// Nobody answers at the hatch.
    #[error("no kiosk runs on this data folder; start it, or name its folder with --data")]
    NoKiosk(#[source] io::Error),
    /// The port that was asked about.
    #[error(transparent)]
    Port(PortError),
    /// Which device a recording is of.
    #[error(transparent)]
    Which(#[from] NotKnown),
    /// The device is the kiosk's.
    #[error(
        "the kiosk runs on {} and {device} is its own; stop the kiosk first, and start it again when the \
         recording is made",
        data.display()
    )]
    KioskRuns {
        /// Its data folder.
        data: PathBuf,
        /// Which device.
        device: String,
    },
    /// Recording a port, or reading a recording.
    #[error(transparent)]
    Recording(#[from] crate::devices::recording::RecordingError),
    /// Writing what was found.
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

/// A closed pipe (`lodge journal | head`) is a normal end, everything else is not.
fn output(result: io::Result<()>) -> Result<(), CommandError> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(CommandError::Output),
    }
}
