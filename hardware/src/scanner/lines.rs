//! Where one scan ends in a stream of text.

use super::code;
use super::settings::{End, Settings};

/// The scan that is being sent.
#[derive(Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    dropped: usize,
}

/// One whole scan.
pub(super) struct Scan {
    pub(super) bytes: Vec<u8>,
    /// Bytes that had no room.
    pub(super) dropped: usize,
}

impl Lines {
    /// Takes one byte; gives the scan that it ends.
    pub(super) fn byte(&mut self, byte: u8, settings: &Settings) -> Option<Scan> {
        match &settings.end {
            End::Line if matches!(byte, b'\r' | b'\n') => {
                if self.is_empty() || self.is_whole(settings) {
                    return self.end();
                }
                self.push(byte, 0, settings);
            }
            End::Line | End::Pause => self.push(byte, 0, settings),
            End::Suffix(suffix) => {
                self.push(byte, suffix.len(), settings);
                if self.bytes.ends_with(suffix) && !suffix.is_empty() {
                    let length = self.bytes.len() - suffix.len();
                    self.bytes.truncate(length);
                    return self.end();
                }
            }
        }
        None
    }

    /// Ends the scan that is being sent, if any.
    pub(super) fn end(&mut self) -> Option<Scan> {
        let scan = Scan {
            bytes: std::mem::take(&mut self.bytes),
            dropped: std::mem::take(&mut self.dropped),
        };
        (!scan.bytes.is_empty()).then_some(scan)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Keeps a byte. A scan that is too long keeps only its last bytes, as many as tell its end.
    fn push(&mut self, byte: u8, tail: usize, settings: &Settings) {
        if self.bytes.len() >= settings.most_bytes() + tail {
            let surplus = self.bytes.len() - tail;
            self.bytes.drain(..surplus);
            self.dropped += surplus;
        }
        self.bytes.push(byte);
    }

    fn is_whole(&self, settings: &Settings) -> bool {
        let Some(is_whole) = settings.whole else {
            return true;
        };
        self.dropped > 0 || code::read(&self.bytes, settings).is_ok_and(|code| is_whole(&code.text))
    }
}
