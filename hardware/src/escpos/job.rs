//! One job on its way to the paper: its bytes, how far they are, and what proof is still missing.

use std::time::Duration;

use ab_glyph::FontArc;

use super::document::Document;
use super::encode::{INITIALISE, LONGEST_COMMAND, encode_in_parts};
use super::measure::dots;
use super::profile::Profile;
use super::status::Obstacle;
use crate::clock::Moment;
use crate::printing::{JobToken, wire_time};

/// GS a 0E: automatic status for on-line, errors and paper (hardware.md §7.4).
pub(crate) const ENABLE_ASB: [u8; 3] = [0x1D, 0x61, 0x0E];

/// GS r 1: answered once everything before it is printed.
pub(crate) const FENCE: [u8; 3] = [0x1D, 0x72, 0x01];

/// Bytes handed to the line at once (§7.5 step 3).
const CHUNK: usize = 256;

/// Bytes that may be on their way while the next are handed over: enough that the wire is never idle,
/// and few enough for the buffer of a printer that has just stopped.
const AHEAD: usize = 2 * CHUNK;

/// How long the mechanics may take beyond the wire before a missing proof is doubted.
const PATIENCE: Duration = Duration::from_secs(10);

/// Dots of paper a second that a slow head prints: 50 mm.
const SLOWEST: u32 = 400;

impl JobToken {
    /// Four printable characters for the process id, ascending with the token (§7.5).
    #[must_use]
    pub fn mark(self) -> [u8; 4] {
        [18, 12, 6, 0].map(|shift| 0x30 + ((self.0 >> shift) & 0x3F) as u8)
    }
}

/// GS ( H: say this mark when all before it is printed (§7.5).
pub(crate) fn process_id(mark: [u8; 4]) -> Vec<u8> {
    let mut command = vec![0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30];
    command.extend(mark);
    command
}

/// A job in the state "sending".
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) token: JobToken,
    pub(crate) bytes: Vec<u8>,
    /// Where the bytes may be interrupted, ascending.
    ends: Vec<usize>,
    /// Bytes handed to the line.
    pub(crate) handed: usize,
    /// Bytes of anything that the line had been given before the first of the job.
    pub(crate) starts_at: u64,
    /// Since when the wire has been busy without a pause, and the bytes handed over before that.
    pub(crate) pace: Option<(Moment, usize)>,
    /// When the next chunk may be handed over.
    pub(crate) next_at: Option<Moment>,
    pub(crate) stopped: Option<Obstacle>,
    /// When a proof is overdue; set once the line took the last byte.
    pub(crate) deadline: Option<Moment>,
    pub(crate) overdue: bool,
    /// When to look again whether a stopped printer goes on.
    pub(crate) look_again: Option<Moment>,
    /// GS r answers since the last byte was handed over; a second one makes the first worthless.
    pub(crate) fences: u8,
    /// When the fence is taken for want of a process id.
    pub(crate) settle_at: Option<Moment>,
    /// The printer stopped after its fence: no proof any more.
    pub(crate) void: bool,
    /// How long its paper takes on a slow printer.
    paper: Duration,
}

impl Job {
    pub(crate) fn new(
        token: JobToken,
        document: &Document,
        profile: &Profile,
        font: Option<&FontArc>,
        with_process_id: bool,
    ) -> Self {
        let (body, ends) = encode_in_parts(document, profile, font);
        let mut bytes = INITIALISE.to_vec();
        bytes.extend(ENABLE_ASB);
        bytes.extend_from_slice(&body[INITIALISE.len()..]);
        let ends = ends.into_iter().map(|end| end + ENABLE_ASB.len());
        if with_process_id {
            bytes.extend(process_id(token.mark()));
        }
        bytes.extend(FENCE);
        Self {
            token,
            bytes,
            ends: ends.collect(),
            handed: 0,
            starts_at: 0,
            pace: None,
            next_at: None,
            stopped: None,
            deadline: None,
            overdue: false,
            look_again: None,
            fences: 0,
            settle_at: None,
            void: false,
            paper: Duration::from_secs(u64::from(dots(document, profile) / SLOWEST)),
        }
    }

    /// How long after the last byte the proof may take: the wire's time, the paper's and the mechanics'.
    pub(crate) fn patience(&self, baud: u32) -> Duration {
        wire_time(self.bytes.len() as u64, baud) + self.paper + PATIENCE
    }

    /// When the next chunk may be handed over: not before the wire can have carried most of those
    /// before it, however much of them the line has taken.
    pub(crate) fn may_go(&mut self, now: Moment, baud: u32) -> Moment {
        let (since, handed) = *self.pace.get_or_insert((now, self.handed));
        let ahead = (self.handed - handed + CHUNK).saturating_sub(AHEAD);
        since + wire_time(ahead as u64, baud)
    }

    /// Whether the rest waits until the printer goes on. A command that has begun is said to its end,
    /// so that questions in between are not taken for a part of it.
    pub(crate) fn is_paused(&self) -> bool {
        self.stopped.is_some() && !self.is_handed_over() && self.is_between()
    }

    /// Whether what was handed over ends with a whole command.
    pub(crate) fn is_between(&self) -> bool {
        self.handed == 0 || self.ends.binary_search(&self.handed).is_ok()
    }

    /// Where the next chunk ends.
    pub(crate) fn chunk_end(&self) -> usize {
        let end = self.bytes.len().min(self.handed + CHUNK);
        let after = self.ends.partition_point(|at| *at <= self.handed);
        match self.ends.get(after) {
            Some(between) if self.stopped.is_some() => end.min(*between),
            _ => end,
        }
    }

    pub(crate) fn is_handed_over(&self) -> bool {
        self.handed == self.bytes.len()
    }

    /// Bytes that a command of the job may still wait for when the job is cut off.
    pub(crate) fn most_missing(&self) -> usize {
        self.bytes.len().min(LONGEST_COMMAND)
    }

    pub(crate) fn due(&self) -> Option<Moment> {
        let deadline = self.deadline.filter(|_| self.stopped.is_none());
        [deadline, self.look_again, self.settle_at, self.next_at]
            .into_iter()
            .flatten()
            .min()
    }
}
