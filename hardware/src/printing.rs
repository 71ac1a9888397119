//! What may be asked of any printer that prints a job exactly once, and what it tells.
//!
//! The course of a job is the same for slips and labels (hardware.md §7.5): looked at, ready, written
//! down by the owner, sent; then proven, or in doubt. What differs is a parameter.

use std::time::Duration;

/// The owner's name for a job; opaque here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct JobToken(pub u64);

/// How a printer is spoken to; `Profile` is its make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings<Profile> {
    /// What it can do.
    pub profile: Profile,
    /// Bits a second of its line, for time-outs.
    pub baud: u32,
    /// What the adapter between adds to the wait for every answer.
    pub adapter: Duration,
}

impl<Profile> Settings<Profile> {
    /// A printer of this make, with no adapter between that is slow.
    #[must_use]
    pub const fn of(profile: Profile, baud: u32) -> Self {
        Self {
            profile,
            baud,
            adapter: Duration::ZERO,
        }
    }
}

/// How long so many bytes take to cross a wire of `baud` bits a second (hardware.md §1.2).
pub(crate) fn wire_time(bytes: u64, baud: u32) -> Duration {
    Duration::from_micros(bytes * 10_000_000 / u64::from(baud.max(1)))
}

/// What may be asked of a printer of `Document`s.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ask<Document> {
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
pub enum Tell<Status, Obstacle, Proof> {
    /// How it is; when that changes, and when asked.
    Status(Status),
    /// Whether it answers at all; when that changes.
    Answering(bool),
    /// The job cannot be printed now; nothing was sent, and [`Ask::Go`] was not heard.
    Refused(JobToken, Obstacle),
    /// The job can be printed: write it down, then [`Ask::Go`].
    Ready(JobToken),
    /// The line went, the owner withdrew, or the printer stopped, before anything was sent; also behind
    /// [`Ask::Go`].
    NotStarted(JobToken),
    /// It is on paper, once.
    Printed(JobToken, Proof),
    /// The printer stopped within the job; the job is not at its end.
    Stopped(JobToken, Obstacle),
    /// It may be on paper, or in part, or not: ask a person.
    Unknown(JobToken, Doubt),
}

/// Why it is not known whether a job is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// The line went while the job was under way.
    LineLost,
    /// The printer did not say.
    NoProof,
}
