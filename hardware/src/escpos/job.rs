//! One job on its way to the paper: its bytes, how far they are, and what proof is still missing.

use std::time::Duration;

use ab_glyph::FontArc;

use super::document::Document;
use super::encode::{INITIALISE, LONGEST_COMMAND, encode_in_parts};
use super::image::{BAND_BYTES, BAND_HEAD};
use super::measure::dots;
use super::profile::Profile;
use super::status::Obstacle;
use crate::clock::Moment;
use crate::printing::{JobToken, wire_time};

/// GS a 0E: automatic status for on-line, errors and paper (hardware.md §7.4).
pub(crate) const ENABLE_ASB: [u8; 3] = [0x1D, 0x61, 0x0E];

/// GS r 1: answered once everything before it is printed.
pub(crate) const FENCE: [u8; 3] = [0x1D, 0x72, 0x01];

/// Most bytes between two fences however fast the wire is: a printer may lose what waits in its buffer.
const APART: usize = 512;

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

    /// The mark of a fence within the job: ascending, below that of any job, and no neighbour's.
    fn mark_within(self, nth: usize) -> [u8; 4] {
        let mut mark = Self((self.0 & 0xFFF) << 10 | nth as u64 & 0x3FF).mark();
        mark[0] -= 0x10;
        mark
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
    /// Where each fence ends, ascending; the last is behind the slip.
    fences: Vec<usize>,
    /// The fences are process ids, and the last is the job's.
    by_mark: bool,
    /// How many of them were answered.
    answered: usize,
    /// The printer has said the job's process id.
    pub(crate) is_marked: bool,
    /// It said so, and left a fence unanswered: it is asked whether it still answers any.
    pub(crate) is_asked_again: bool,
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
    /// When the fences are looked for behind a process id, or taken for want of a process id.
    pub(crate) settle_at: Option<Moment>,
    /// The printer stopped after its last fence, or answered one more: no proof any more.
    pub(crate) void: bool,
    /// How long its paper takes on a slow printer.
    paper: Duration,
}

/// What is known of a printer that gets a job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// It says which job is printed.
    pub(crate) process_id: bool,
    /// It answers fences.
    pub(crate) fences: bool,
    /// Bits a second of its line.
    pub(crate) baud: u32,
}

impl Known {
    /// One that says process ids, and has answered no GS r 1, is counted by those: they take more bytes.
    fn by_mark(self) -> bool {
        self.process_id && !self.fences
    }
}

/// The bytes of a job, where they may be interrupted, and where its fences end.
struct Bytes {
    all: Vec<u8>,
    ends: Vec<usize>,
    fences: Vec<usize>,
    /// Whose process ids the fences are, where they are not GS r 1.
    marks: Option<JobToken>,
    /// Most bytes from the beginning of a fence to the end of the next: no more than the wire carries while a
    /// printer that lost its power starts. One that lost some of the slip has lost a fence then, and is found
    /// out though it prints the rest and proves it.
    apart: usize,
}

impl Bytes {
    /// A slip begins: a fence first, so that a lost beginning is found out too.
    fn begin(token: JobToken, known: Known, restart: Duration) -> Self {
        let byte = wire_time(1, known.baud).max(Duration::from_micros(1));
        let away = usize::try_from(restart.as_micros() / byte.as_micros()).unwrap_or(APART);
        let mut bytes = Self {
            all: [&INITIALISE[..], &ENABLE_ASB].concat(),
            ends: Vec::new(),
            fences: Vec::new(),
            marks: known.by_mark().then_some(token),
            apart: away.min(APART),
        };
        bytes.fence();
        bytes
    }

    fn fence(&mut self) {
        let fence = self.next_fence();
        self.command(&fence);
        self.fences.push(self.all.len());
    }

    fn next_fence(&self) -> Vec<u8> {
        let mark = self.marks.map(|job| job.mark_within(self.fences.len()));
        mark.map_or(FENCE.to_vec(), process_id)
    }

    /// Most bytes of a picture in one command, so that two fences stand around it.
    fn band(&self) -> usize {
        let around = 2 * self.next_fence().len() + BAND_HEAD;
        self.apart.saturating_sub(around).min(BAND_BYTES)
    }

    fn command(&mut self, bytes: &[u8]) {
        self.all.extend(bytes);
        self.ends.push(self.all.len());
    }

    /// A part of the slip, with a fence before it where the next would come too late.
    fn part(&mut self, part: &[u8]) {
        let since = self.fences.last().map_or(0, |end| self.all.len() - end);
        if since > 0 && 2 * self.next_fence().len() + since + part.len() > self.apart {
            self.fence();
        }
        self.command(part);
    }
}

impl Job {
    pub(crate) fn new(
        token: JobToken,
        document: &Document,
        profile: &Profile,
        font: Option<&FontArc>,
        known: Known,
    ) -> Self {
        let mut bytes = Bytes::begin(token, known, profile.restart);
        let (body, ends) = encode_in_parts(document, profile, font, bytes.band());
        let mut from = INITIALISE.len();
        for end in ends {
            if from < end {
                bytes.part(&body[from..end]);
                from = end;
            }
        }
        if !known.by_mark() {
            bytes.fence();
        }
        if known.process_id {
            bytes.command(&process_id(token.mark()));
        }
        if known.by_mark() {
            bytes.fences.push(bytes.all.len());
        }
        Self {
            token,
            bytes: bytes.all,
            ends: bytes.ends,
            fences: bytes.fences,
            by_mark: known.by_mark(),
            answered: 0,
            is_marked: false,
            is_asked_again: false,
            handed: 0,
            starts_at: 0,
            pace: None,
            next_at: None,
            stopped: None,
            deadline: None,
            overdue: false,
            look_again: None,
            settle_at: None,
            void: false,
            paper: Duration::from_secs(u64::from(dots(document, profile) / SLOWEST)),
        }
    }

    /// Fences that were handed over and are not answered.
    fn waits_for(&self) -> usize {
        let asked = self.fences.partition_point(|end| *end <= self.handed);
        asked - self.answered
    }

    /// How many answers to GS r 1 may still come.
    pub(crate) fn unanswered(&self) -> u32 {
        let asked = if self.by_mark { 0 } else { self.waits_for() };
        u32::try_from(asked).unwrap_or(u32::MAX)
    }

    /// The process id that it is waited for next, where these are its fences.
    fn next_mark(&self) -> Option<[u8; 4]> {
        let is_last = self.answered + 1 == self.fences.len();
        let mark = match is_last {
            true => self.token.mark(),
            false => self.token.mark_within(self.answered),
        };
        (self.by_mark && self.waits_for() > 0).then_some(mark)
    }

    /// Takes a process id; gives whether it can be one of this job's. One before its turn counts for nothing:
    /// what stood before it has not reached the printer.
    pub(crate) fn says(&mut self, mark: [u8; 4]) -> bool {
        let is_next = self.next_mark() == Some(mark);
        let is_last = self.is_handed_over() && mark == self.token.mark();
        self.answered += usize::from(is_next);
        self.is_marked |= is_last;
        is_next || is_last
    }

    /// Takes the answer to a fence; gives whether it can be one of this job's.
    pub(crate) fn fence_answered(&mut self) -> bool {
        let is_ours = self.unanswered() > 0;
        if is_ours {
            self.answered += 1;
        }
        self.void |= !is_ours && self.is_answered();
        is_ours
    }

    /// Whether the printer answers such fences: it has answered one, or says process ids.
    pub(crate) fn has_answered(&self) -> bool {
        self.answered > 0 || self.by_mark
    }

    /// Whether all of its fences are answered.
    pub(crate) fn is_answered(&self) -> bool {
        self.answered == self.fences.len()
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
