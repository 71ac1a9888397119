//! What the journal says about paper.

use super::{JobState, PrintJobId, PrinterName, SlipNumber};
use serde::{Deserialize, Serialize};

/// One journal entry about a print job. That a job was queued stands in the record it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Record {
    /// Its first byte may leave from now on.
    Sending {
        /// The job.
        job: PrintJobId,
        /// By which printer; rows of the first schema do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        printer: Option<PrinterName>,
    },
    /// The printer proved that it printed.
    Confirmed {
        /// The job.
        job: PrintJobId,
        /// By what.
        proof: Proof,
    },
    /// Nobody knows whether it came out.
    Unknown {
        /// The job.
        job: PrintJobId,
        /// Why.
        why: WhyUnknown,
    },
    /// A slip is printed again, as a job of its own.
    Reprinted {
        /// The new job.
        job: PrintJobId,
        /// The job it repeats.
        of: PrintJobId,
        /// The number on the slip.
        number: SlipNumber,
        /// The number the reprint bears: 1, 2, 3 …
        count: u32,
    },
    /// The fall-back pack is printed: a paper of its own.
    PackPrinted {
        /// The job.
        job: PrintJobId,
        /// The number on it.
        number: SlipNumber,
    },
    /// It waited for longer than what stands on it is kept, and is not printed any more.
    GivenUp {
        /// The job.
        job: PrintJobId,
    },
    /// It was being sent in the books, but not a byte of it left; it waits again.
    Requeued {
        /// The job.
        job: PrintJobId,
    },
}

/// How a printer proved that it printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// It returned the job's own token.
    ProcessId,
    /// It answered a question that waits behind the paper, and was healthy then.
    Fence,
    /// A label printer was seen at work behind the label's bytes, and then done.
    Watched,
    /// A member of staff saw the slip.
    Seen,
}

/// Why nobody knows whether a slip came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnknown {
    /// The line to the printer was lost in the middle.
    LineLost,
    /// The printer did not prove it in time.
    NoProof,
    /// The program ended in the middle.
    ProgramEnded,
}

impl Record {
    /// The kind of entry.
    pub fn kind(&self) -> &'static str {
        match self {
            Record::Sending { .. } => "sending",
            Record::Confirmed { .. } => "confirmed",
            Record::Unknown { .. } => "unknown",
            Record::Requeued { .. } => "requeued",
            Record::GivenUp { .. } => "given-up",
            Record::Reprinted { .. } => "reprinted",
            Record::PackPrinted { .. } => "pack-printed",
        }
    }

    /// The job.
    pub fn job(&self) -> PrintJobId {
        match *self {
            Record::Sending { job, .. }
            | Record::Confirmed { job, .. }
            | Record::Unknown { job, .. }
            | Record::Requeued { job }
            | Record::GivenUp { job }
            | Record::PackPrinted { job, .. }
            | Record::Reprinted { job, .. } => job,
        }
    }

    /// What the entry is about.
    pub fn subject(&self) -> String {
        self.job().to_string()
    }

    /// The state the job is in behind this entry.
    pub fn state(&self) -> JobState {
        match self {
            Record::Sending { .. } => JobState::Sending,
            Record::Confirmed { .. } => JobState::Confirmed,
            Record::Unknown { .. } => JobState::Unknown,
            Record::GivenUp { .. } => JobState::Failed,
            Record::Requeued { .. } | Record::Reprinted { .. } | Record::PackPrinted { .. } => {
                JobState::Queued
            }
        }
    }

    /// Whether a job in state `from` may move this way.
    pub fn may_follow(&self, from: JobState) -> bool {
        match self {
            Record::Sending { .. } | Record::GivenUp { .. } => from == JobState::Queued,
            Record::Confirmed {
                proof: Proof::Seen, ..
            } => from == JobState::Unknown,
            // They begin a job; none goes before it.
            Record::Reprinted { .. } | Record::PackPrinted { .. } => false,
            Record::Confirmed { .. } | Record::Unknown { .. } | Record::Requeued { .. } => {
                from == JobState::Sending
            }
        }
    }
}
