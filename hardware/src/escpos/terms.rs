//! What may be asked of a printer, and what it tells.

use super::document::Document;
use super::job::JobToken;
use super::status::{Obstacle, PrinterStatus};

/// What may be asked of a printer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Look whether this job could be printed; one at a time.
    Print {
        /// The owner's name for it.
        job: JobToken,
        /// What to print.
        document: Document,
    },
    /// The owner has written down that the job is being sent: send it.
    Go(JobToken),
    /// The owner no longer wants a job that is not yet sent.
    Withdraw(JobToken),
    /// Say how you are.
    Status,
}

/// What a printer tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tell {
    /// How it is; when that changes, and when asked.
    Status(PrinterStatus),
    /// Whether it answers at all; when that changes.
    Answering(bool),
    /// The job cannot be printed now; nothing was sent.
    Refused(JobToken, Obstacle),
    /// The job can be printed: write it down, then [`Ask::Go`].
    Ready(JobToken),
    /// The line went, or the owner withdrew, before anything was sent.
    NotStarted(JobToken),
    /// The slip is on paper, once.
    Printed(JobToken, Proof),
    /// The printer stopped within the job; it goes on by itself once helped.
    Stopped(JobToken, Obstacle),
    /// The slip may be on paper, or in part, or not: ask a person.
    Unknown(JobToken, Doubt),
}

/// How a printer said that a job is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// It repeated the job's process id.
    ProcessId,
    /// It answered GS r 1 behind the data, and was healthy then. Weaker.
    Fence,
}

/// Why it is not known whether a job is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// The line went while the job was under way.
    LineLost,
    /// The printer did not say.
    NoProof,
}
