//! Asking a label printer how it is, in real time (hardware.md §8).

use std::time::Duration;

use super::profile::{Language, TsplStatus};
use super::status::LabelStatus;
use crate::clock::Moment;

/// A printer that leaves a question unanswered this long did not hear it, or says nothing.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// The same of one at work on a label: it is asked twice before it could have been switched off and on.
const AT_WORK_WITHIN: Duration = Duration::from_millis(200);
/// How often a question is asked before the printer counts as silent. A late answer may spoil the
/// second one: a third is needed.
const TRIES: u8 = 3;
const AT_WORK_TRIES: u8 = 15;
/// A one-byte answer has no frame: it is believed when nothing follows it for this long.
const QUIET: Duration = Duration::from_millis(30);
/// An answer that has begun may pause this long.
const PAUSE: Duration = Duration::from_millis(500);
/// The same of one at work: a spoilt answer is not to look like half a second without any.
const AT_WORK_PAUSE: Duration = Duration::from_millis(100);
/// Most bytes kept while the end of an answer is awaited; three strings of ~HS are 82.
const MOST: usize = 128;

const STX: u8 = 0x02;

/// What is asked, and how the answer is framed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Question {
    OneByte,
    EightBytes,
    HostStatus,
}

impl Question {
    pub(crate) fn of(language: &Language) -> Self {
        match language {
            Language::Zpl { .. } => Self::HostStatus,
            Language::Tspl { status, .. } => match status {
                TsplStatus::OneByte => Self::OneByte,
                TsplStatus::EightBytes => Self::EightBytes,
            },
        }
    }

    pub(crate) fn bytes(self) -> &'static [u8] {
        match self {
            Self::OneByte => b"\x1B!?",
            Self::EightBytes => b"\x1B!S",
            Self::HostStatus => b"~HS\r\n",
        }
    }
}

/// What came of waiting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// It is well understood.
    Answered(LabelStatus),
    /// Ask again.
    Again,
    /// It says nothing, or nothing that can be understood.
    Silent,
}

/// One question on its way.
#[derive(Debug)]
pub(crate) struct Inquiry {
    question: Question,
    /// What the adapter adds to every wait.
    adapter: Duration,
    heard: Vec<u8>,
    /// Bytes heard in this try, kept or not.
    n: usize,
    deadline: Moment,
    quiet: Option<Moment>,
    tries: u8,
    at_work: bool,
}

/// Bytes and answers that were not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Waste {
    pub(crate) bytes: usize,
    pub(crate) answers: usize,
}

impl Inquiry {
    /// Begins; the question's last byte leaves at `crossed` at the latest.
    pub(crate) fn begin(
        question: Question,
        crossed: Moment,
        adapter: Duration,
        at_work: bool,
    ) -> Self {
        let mut inquiry = Self {
            question,
            adapter,
            heard: Vec::new(),
            n: 0,
            deadline: crossed,
            quiet: None,
            tries: 1,
            at_work,
        };
        inquiry.deadline = crossed + inquiry.answer_within();
        inquiry
    }

    fn answer_within(&self) -> Duration {
        let within = match self.at_work {
            true => AT_WORK_WITHIN,
            false => ANSWER_WITHIN,
        };
        within + self.adapter
    }

    /// Hears one byte; gives the status it completes.
    pub(crate) fn hear(&mut self, now: Moment, byte: u8, waste: &mut Waste) -> Option<LabelStatus> {
        if self.heard.len() == MOST {
            waste.bytes += 1;
            self.heard.remove(0);
        }
        self.heard.push(byte);
        self.n = self.n.saturating_add(1);
        if self.n <= MOST {
            // Noise without end is not waited for.
            let pause = if self.at_work { AT_WORK_PAUSE } else { PAUSE };
            self.deadline = self.deadline.max(now + pause + self.adapter);
        }
        match self.question {
            Question::OneByte => {
                self.quiet = (self.n <= MOST).then(|| now + QUIET + self.adapter);
                None
            }
            Question::EightBytes => self.framed(waste, eight_bytes),
            Question::HostStatus => self.framed(waste, host_status),
        }
    }

    pub(crate) fn due(&self) -> Moment {
        self.quiet.unwrap_or(self.deadline)
    }

    /// The moment of [`Inquiry::due`] has come.
    pub(crate) fn waited(&mut self, now: Moment, waste: &mut Waste) -> Outcome {
        if let (Some(_), [byte]) = (self.quiet.take(), &self.heard[..]) {
            return Outcome::Answered(LabelStatus::from_one_byte(*byte));
        }
        waste.answers += usize::from(!self.heard.is_empty());
        waste.bytes += self.heard.len();
        self.heard.clear();
        self.n = 0;
        let most = if self.at_work { AT_WORK_TRIES } else { TRIES };
        if self.tries == most {
            return Outcome::Silent;
        }
        self.tries += 1;
        self.deadline = now + self.answer_within();
        Outcome::Again
    }

    /// Throws away what cannot begin an answer, and takes one that is whole.
    fn framed(&mut self, waste: &mut Waste, read: fn(&[u8]) -> Reading) -> Option<LabelStatus> {
        loop {
            match read(&self.heard) {
                Reading::Whole(status) => return Some(status),
                Reading::NotYet => return None,
                Reading::Wrong => {
                    let next = self.heard.iter().skip(1).position(|byte| *byte == STX);
                    let n = next.map_or(self.heard.len(), |at| at + 1);
                    waste.answers += usize::from(self.heard[0] == STX);
                    waste.bytes += n;
                    self.heard.drain(..n);
                }
            }
        }
    }
}

enum Reading {
    Whole(LabelStatus),
    NotYet,
    Wrong,
}

/// `02 s1 s2 s3 s4 03 0D 0A`.
fn eight_bytes(heard: &[u8]) -> Reading {
    let frame = [
        Some(STX),
        None,
        None,
        None,
        None,
        Some(3),
        Some(13),
        Some(10),
    ];
    let fits = |(byte, should): (&u8, &Option<u8>)| match should {
        Some(should) => byte == should,
        None => byte & 0xC0 == 0x40,
    };
    if !heard.iter().zip(&frame).all(fits) {
        return Reading::Wrong;
    }
    match *heard {
        [_, a, b, c, d, _, _, _] => {
            LabelStatus::from_four_bytes([a, b, c, d]).map_or(Reading::Wrong, Reading::Whole)
        }
        _ => Reading::NotYet,
    }
}

/// Three times `02 … 03 0D 0A`.
fn host_status(heard: &[u8]) -> Reading {
    let mut strings = [""; 3];
    let mut rest = heard;
    for string in &mut strings {
        match rest {
            [] => return Reading::NotYet,
            [STX, ..] => rest = &rest[1..],
            _ => return Reading::Wrong,
        }
        let text = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b',';
        let end = rest.iter().position(|byte| !text(byte));
        let Some(end) = end else {
            return Reading::NotYet;
        };
        let tail = &rest[end..rest.len().min(end + 3)];
        if tail != &b"\x03\r\n"[..tail.len()] {
            return Reading::Wrong;
        }
        if tail.len() < 3 {
            return Reading::NotYet;
        }
        *string = std::str::from_utf8(&rest[..end]).unwrap_or("");
        rest = &rest[end + 3..];
    }
    LabelStatus::from_host_status(strings).map_or(Reading::Wrong, Reading::Whole)
}
