//! What a person says of a scanner: its make, how it is set up, and what its codes look like.

use std::time::Duration;

use super::{IDLE_END, LONGEST, SAME_CODE};

/// How a scanner is talked to and listened to. The default is a scanner of any make that reads by
/// itself and sends lines.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose commands it knows.
    pub family: Family,
    /// When it reads.
    pub mode: Mode,
    /// Whether to put it into `mode` each time the port is opened and before each reading. Nothing is
    /// written into its memory for good. Set this to false where the scanner was set up with its
    /// maker's bar codes.
    pub set_up: bool,
    /// Whether a Grow module's reply is believed only where its CRC is right. Set this to false for
    /// one whose firmware reckons it otherwise than the published replies: they are then known by
    /// their fixed bytes alone. The commands it is sent bear the mark for "not checked" anyway.
    pub check_replies: bool,
    /// Where a code ends.
    pub end: End,
    /// Bytes that the scanner puts before every code; a scan without them is refused.
    pub prefix: Vec<u8>,
    /// Whether a leading AIM identifier is taken off and told as the symbology. Set this to false
    /// where the scanner sends none and a code may itself begin with `]`.
    pub aim: bool,
    /// In which encodings a code is looked at.
    pub encoding: Encoding,
    /// Whether a text is a whole code: its length, form or check digit is right.
    ///
    /// This is how a code with a line break inside is read from a scanner that ends codes with one:
    /// at an end mark a text that is not whole goes on, and the mark is part of it. A pause ends it
    /// all the same. Without this check, or [`End::Suffix`], [`End::Pause`] or SSI packets, a line
    /// break inside a code cannot be told from its end: such a code comes as two.
    pub whole: Option<fn(&str) -> bool>,
    /// The longest code in characters.
    pub longest: usize,
    /// A code without an end mark ends after this pause.
    pub idle_end: Duration,
    /// The same code again within this, counted from when it was last seen, is one scan.
    pub same_code: Duration,
    /// What the adapter between adds to every wait: for the rest of a code, and for a reply.
    pub adapter: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            family: Family::Any,
            mode: Mode::AutoSense,
            set_up: true,
            check_replies: true,
            end: End::Line,
            prefix: Vec::new(),
            aim: true,
            encoding: Encoding::Utf8ThenGb18030,
            whole: None,
            longest: LONGEST,
            idle_end: IDLE_END,
            same_code: SAME_CODE,
            adapter: Duration::ZERO,
        }
    }
}

impl Settings {
    /// A scanner of this family that reads when it is asked to, with everything else at its default.
    #[must_use]
    pub fn commanded(family: Family) -> Self {
        Self {
            family,
            mode: Mode::Commanded,
            ..Self::default()
        }
    }

    /// Whether CR and LF may stand inside a code.
    #[must_use]
    pub fn keeps_line_breaks(&self) -> bool {
        self.end != End::Line
            || self.whole.is_some()
            || self.family == Family::Zebra(SsiForm::Packets)
    }

    /// Most bytes of the longest code: prefix, AIM identifier, four to a character, suffix.
    pub(crate) fn most_bytes(&self) -> usize {
        let suffix = match &self.end {
            End::Suffix(suffix) => suffix.len(),
            End::Line | End::Pause => 0,
        };
        self.prefix.len() + 3 + 4 * self.longest + suffix
    }
}

/// Makers whose scanners know the same commands (hardware.md §6.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// Any maker's: it sends codes and is sent nothing.
    Any,
    /// Honeywell, HHP and Datalogic.
    Honeywell,
    /// Newland.
    Newland,
    /// Zebra, Symbol and Motorola, with their Simple Serial Interface.
    Zebra(SsiForm),
    /// Grow GM6x modules, found in many kiosks.
    Grow,
}

impl Family {
    /// The family with this name in settings; `any` is the first.
    #[must_use]
    pub fn named(make: &str) -> Option<Self> {
        Some(match make {
            "any" => Self::Any,
            "honeywell" => Self::Honeywell,
            "newland" => Self::Newland,
            "zebra" => Self::Zebra(SsiForm::Raw),
            "zebra-packets" => Self::Zebra(SsiForm::Packets),
            "grow" => Self::Grow,
            _ => return None,
        })
    }
}

/// How a Zebra scanner sends what it reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SsiForm {
    /// As text; only replies are packets.
    Raw,
    /// In packets with a checksum, which are acknowledged; the text may be anything.
    Packets,
}

/// When a scanner reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Whenever something is in front of it.
    AutoSense,
    /// From [`Ask::StartReading`](super::Ask::StartReading) until it has read, is stopped, or has
    /// had enough, which it does not say.
    Commanded,
}

/// Where a code ends; a pause always ends it besides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// At CR, LF or both.
    Line,
    /// At these bytes only.
    Suffix(Vec<u8>),
    /// At a pause only.
    Pause,
}

/// In which encodings a code is looked at, the likelier one first (hardware.md §6.1).
///
/// Most GB18030 text is no UTF-8, so that order tells them apart. The other way round nearly all
/// UTF-8 passes for GB18030: only for scanners that are known to send that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, else GB18030.
    Utf8ThenGb18030,
    /// GB18030, else UTF-8.
    Gb18030ThenUtf8,
    /// UTF-8 only.
    Utf8,
    /// GB18030 only.
    Gb18030,
}
