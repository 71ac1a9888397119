//! Replies picked out of a stream of codes.

use super::family::{Look, Verdict};
use super::settings::Settings;

/// Bytes that may be the beginning of a reply.
#[derive(Default)]
pub(super) struct Replies {
    held: Vec<u8>,
    /// A reply has just ended, and this byte would still belong to it.
    tail: Option<u8>,
}

/// What a byte ended.
pub(super) enum Heard {
    /// No reply.
    Nothing,
    /// A reply to what is awaited.
    Reply(Verdict),
    /// A reply of so many bytes that nobody awaits.
    Stray(usize),
    /// A damaged reply of so many bytes.
    Spoilt(usize),
}

impl Replies {
    /// Takes one byte; bytes that belong to no reply are appended to `text`, and came before what is
    /// heard.
    pub(super) fn byte(
        &mut self,
        byte: u8,
        settings: &Settings,
        awaited: Option<&[u8]>,
        text: &mut Vec<u8>,
    ) -> Heard {
        if self.tail.take() == Some(byte) {
            return Heard::Nothing;
        }
        self.held.push(byte);
        while !self.held.is_empty() {
            let length = self.held.len();
            let heard = match settings
                .family
                .look(&self.held, awaited, settings.check_replies)
            {
                Look::Begun => return Heard::Nothing,
                Look::No => {
                    text.push(self.held.remove(0));
                    continue;
                }
                Look::Reply(verdict) => Heard::Reply(verdict),
                Look::Stray => Heard::Stray(length),
                Look::Spoilt => Heard::Spoilt(length),
            };
            self.held.clear();
            self.tail = settings.family.reply_tail();
            return heard;
        }
        Heard::Nothing
    }

    /// Whether something is held that a pause would end.
    pub(super) fn is_waiting(&self) -> bool {
        !self.held.is_empty()
    }

    /// A pause: gives what is held, which becomes no reply any more.
    pub(super) fn pause(&mut self) -> Vec<u8> {
        self.tail = None;
        std::mem::take(&mut self.held)
    }
}
