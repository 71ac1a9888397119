//! One face for the commands and replies of all makers.

use super::settings::{Family, Mode, SsiForm};
use super::{grow, honeywell, newland, ssi};

/// Something a scanner is told to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Read in the mode of the settings.
    SetUp,
    /// Read now.
    Start,
    /// Stop reading.
    Stop,
}

/// Why a scanner does not do what it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It does not know that, or not now.
    Unknown,
    /// It knows it, but not with that value.
    BadValue,
    /// Its owner forbade it.
    NotAllowed,
    /// What reached it was damaged, each time.
    Damaged,
}

/// What a scanner answers to a command.
pub(crate) type Verdict = Result<(), Refusal>;

/// What the last bytes heard are, seen as a reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Look {
    /// None.
    No,
    /// The beginning of one.
    Begun,
    /// A whole one to what is awaited.
    Reply(Verdict),
    /// A whole one that nobody awaits.
    Stray,
    /// A whole one that is damaged.
    Spoilt,
}

impl Family {
    /// The messages of one command, in order; none where there is nothing to send.
    pub(super) fn messages(self, command: Command, mode: Mode) -> Vec<Vec<u8>> {
        match self {
            Self::Any => Vec::new(),
            Self::Honeywell => vec![honeywell::message(command, mode)],
            Self::Newland => vec![newland::message(command, mode)],
            Self::Zebra(form) => ssi::messages(command, mode, form),
            Self::Grow => vec![grow::message(command, mode)],
        }
    }

    /// Whether the scanner replies to that.
    pub(super) fn replies_to(self, command: Command) -> bool {
        match self {
            Self::Any => false,
            Self::Honeywell => command == Command::SetUp,
            Self::Newland | Self::Zebra(_) | Self::Grow => true,
        }
    }

    /// The byte that wakes a sleeping scanner, sent a little before each command.
    pub(super) fn wake(self) -> Option<u8> {
        matches!(self, Self::Zebra(_)).then_some(ssi::WAKE)
    }

    /// A byte that may follow a reply, and belongs to it.
    pub(crate) fn reply_tail(self) -> Option<u8> {
        (self == Self::Honeywell).then_some(honeywell::REPLY_TAIL)
    }

    /// Looks at bytes in a stream of codes, while the reply to `awaited` is awaited. Every reply has
    /// a control character that no code has, so that neither is ever taken for the other. `checked`
    /// is [`Settings::check_replies`](super::Settings::check_replies).
    pub(crate) fn look(self, bytes: &[u8], awaited: Option<&[u8]>, checked: bool) -> Look {
        match self {
            Self::Any | Self::Zebra(SsiForm::Packets) => Look::No,
            Self::Honeywell => honeywell::look(bytes, awaited),
            Self::Newland => newland::look(bytes, awaited),
            Self::Zebra(SsiForm::Raw) => ssi::look(bytes, awaited),
            Self::Grow => grow::look(bytes, awaited, checked),
        }
    }
}

/// Whether `bytes` begin as `whole` does, or go on behind it.
pub(super) fn agree(bytes: &[u8], whole: &[u8]) -> bool {
    bytes.iter().zip(whole).all(|(a, b)| a == b)
}
