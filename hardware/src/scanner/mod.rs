//! Barcode and QR scanners: the codes they send, and the commands that make them read
//! (hardware.md §6).
//!
//! In reading order: [`Settings`] says what a person must know of a scanner; [`Scanner`] is the
//! dialogue; `lines` finds where a code ends and `code` what it says; `trigger` sends commands in the
//! words of a `family`; `replies` and `packets` tell replies from codes.

use std::time::Duration;

use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};
use crate::reader::Certainty;

mod code;
mod family;
pub(crate) mod grow;
mod honeywell;
mod lines;
mod newland;
mod packets;
mod replies;
mod settings;
pub(crate) mod ssi;
mod symbology;
mod trigger;

pub(crate) use code::read;
pub use code::{Code, Unreadable};
pub(crate) use family::Look;
pub use family::{Command, Refusal};
pub use settings::{Encoding, End, Family, Mode, Settings, SsiForm};
pub use symbology::Symbology;
pub use trigger::{REPLY_WITHIN, TRIES, TRY_AGAIN};

use lines::{Lines, Scan};
use packets::{Limits, MESSAGE_PAUSE, Packets};
use replies::{Heard, Replies};
use trigger::Trigger;

/// A code without an end mark ends after this pause (§6.1: 50–100 ms).
pub const IDLE_END: Duration = Duration::from_millis(80);

/// The same code again within this, counted from when it was last seen, is one scan (§6.1: 1–2 s).
pub const SAME_CODE: Duration = Duration::from_millis(1500);

/// The longest code in characters: what the largest QR holds (§6.1).
pub const LONGEST: usize = 4296;

/// What the scanner tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tell {
    /// A code was scanned.
    Code(Code),
    /// Something was scanned that is no code.
    Unreadable {
        /// Why not.
        reason: Unreadable,
    },
    /// Whether it answers commands; when that changes. Scanners that are sent none, and Honeywell's
    /// where they are not set up, never tell this.
    Answering(bool),
    /// It heard a command and does not do it; told once until it does.
    Refused {
        /// Which.
        command: Command,
        /// Why not.
        refusal: Refusal,
    },
    /// It does again whatever it refused.
    Obeys,
}

/// What a scanner may be asked; one in [`Mode::AutoSense`] does nothing.
///
/// An ask that gets no reply, see [`TRIES`], is forgotten: the scanner must not begin to read when it
/// comes back, for somebody who has left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Read one code now.
    StartReading,
    /// Stop reading.
    StopReading,
}

/// The dialogue with a scanner.
pub struct Scanner {
    settings: Settings,
    trigger: Trigger,
    replies: Replies,
    packets: Packets,
    lines: Lines,
    last_byte: Moment,
    last_code: Option<(String, Moment)>,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::with(Settings::default())
    }
}

impl Scanner {
    /// A scanner of any make that sends lines, not heard yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A scanner of that kind, not heard yet.
    #[must_use]
    pub fn with(settings: Settings) -> Self {
        Self {
            trigger: Trigger::new(&settings),
            settings,
            replies: Replies::default(),
            packets: Packets::default(),
            lines: Lines::default(),
            last_byte: Moment::default(),
            last_code: None,
        }
    }

    fn is_packeted(&self) -> bool {
        self.settings.family == Family::Zebra(SsiForm::Packets)
    }

    fn byte(&mut self, now: Moment, byte: u8, text: &mut Vec<u8>, line: &mut Line<Tell>) {
        if self.is_packeted() {
            self.packets.push(byte);
            return self.take_packets(now, line);
        }
        let awaited = self.trigger.awaited();
        let heard = self.replies.byte(byte, &self.settings, awaited, text);
        for byte in text.drain(..) {
            let scan = self.lines.byte(byte, &self.settings);
            self.scanned(now, scan, None, line);
        }
        match heard {
            Heard::Nothing => {}
            Heard::Stray(n) => line.discard(n),
            Heard::Spoilt(n) => {
                line.reject();
                line.discard(n);
            }
            Heard::Reply(verdict) => {
                // A reply never stands inside a code: what came before it was one without end mark.
                let scan = self.lines.end();
                self.scanned(now, scan, None, line);
                line.frame();
                self.trigger.replied(now, verdict, line);
            }
        }
    }

    fn take_packets(&mut self, now: Moment, line: &mut Line<Tell>) {
        let limits = Limits {
            most: self.settings.most_bytes(),
            pause: MESSAGE_PAUSE + self.settings.adapter,
        };
        while let Some(heard) = self.packets.next(now, limits, line) {
            match heard {
                packets::Heard::Reply(verdict) => self.trigger.replied(now, verdict, line),
                packets::Heard::Code {
                    kind,
                    bytes,
                    dropped,
                } => {
                    let scan = Scan { bytes, dropped };
                    self.scanned(now, Some(scan), Some(Symbology::from_ssi(kind)), line);
                }
            }
        }
    }

    /// Nothing has come for a while: what was begun is ended.
    fn pause(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.packets.calm_down();
        if self.packets.is_waiting() {
            line.reject();
        }
        while self.packets.is_waiting() {
            self.packets.give_up(line);
            self.take_packets(now, line);
        }
        let held = self.replies.pause();
        if self.lines.is_empty() && !held.is_empty() {
            line.reject();
            line.discard(held.len());
            return;
        }
        for byte in held {
            let scan = self.lines.byte(byte, &self.settings);
            self.scanned(now, scan, None, line);
        }
        let scan = self.lines.end();
        self.scanned(now, scan, None, line);
    }

    fn scanned(
        &mut self,
        now: Moment,
        scan: Option<Scan>,
        symbology: Option<Symbology>,
        line: &mut Line<Tell>,
    ) {
        let Some(Scan { bytes, dropped }) = scan else {
            return;
        };
        let read = if dropped > 0 {
            Err(Unreadable::TooLong)
        } else {
            code::read(&bytes, &self.settings)
        };
        match read {
            Err(reason) => {
                line.reject();
                line.discard(bytes.len() + dropped);
                line.tell(Tell::Unreadable { reason });
            }
            Ok(code) if code.text.is_empty() => {}
            Ok(mut code) => {
                match symbology {
                    // A packet was counted when it came, and its sum is right.
                    Some(_) => code.certainty = Certainty::Checked,
                    None => line.frame(),
                }
                code.symbology = code.symbology.or(symbology);
                let window = self.settings.same_code;
                let again =
                    |(last, seen): &(String, Moment)| *last == code.text && now - *seen < window;
                let is_again = self.last_code.as_ref().is_some_and(again);
                self.last_code = Some((code.text.clone(), now));
                if !is_again {
                    line.tell(Tell::Code(code));
                }
            }
        }
    }

    fn idle_end(&self) -> Duration {
        self.settings.idle_end + self.settings.adapter
    }

    fn idle_due(&self) -> Option<Moment> {
        let is_waiting =
            !self.lines.is_empty() || self.replies.is_waiting() || self.packets.is_waiting();
        is_waiting.then(|| self.last_byte + self.idle_end())
    }
}

impl Dialogue for Scanner {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.replies = Replies::default();
        self.packets = Packets::default();
        self.lines = Lines::default();
        self.trigger.opened(now, line);
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        // Of bytes that lie here when this thread wakes too late nobody knows when they came: what was
        // begun goes on then. A pause is one at whose end nothing lay here.
        if self.idle_due().is_none() && now - self.last_byte >= self.idle_end() {
            self.pause(now, line);
        }
        self.last_byte = now;
        let mut text = Vec::new();
        for &byte in bytes {
            self.byte(now, byte, &mut text, line);
        }
    }

    fn asked(&mut self, now: Moment, ask: Ask, line: &mut Line<Tell>) {
        self.trigger.asked(now, ask, line);
    }

    fn due(&self) -> Option<Moment> {
        [self.idle_due(), self.trigger.due()]
            .into_iter()
            .flatten()
            .min()
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.idle_due().is_some_and(|due| due <= now) {
            self.pause(now, line);
        }
        self.trigger.waited(now, line);
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, _line: &mut Line<Tell>) {}
}
