//! Finding a module's answers in a stream of bytes (hardware.md §4.1, §4.3).
//!
//! The mark is 96 69 with an AA before it: leading bytes are lost or spoilt in the wild. Of an
//! answer only so much is kept as holds the text; photo and fingerprints go into the check as they
//! stream in, and nowhere else.

use super::command::{Command, Outcome};
use super::layout::BLOCK;
use crate::dialogue::Line;

/// Preamble, lengths, status, three lengths within, the text, and the check of a short answer.
const MOST_KEPT: usize = 5 + 2 + 3 + 6 + BLOCK + 1;
/// Status and check: no answer is shorter.
const SHORTEST: usize = 4;
/// What some modules send when a time-out of theirs is over: its length is a lie (§4.3).
const NOTICE: [u8; 5] = [0x00, 0x05, 0x05, 0x05, 0x05];

/// Something a module said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Heard {
    /// An answer whose check is right.
    Answer {
        outcome: Outcome,
        /// Bytes behind the status, kept or not.
        length: usize,
    },
    /// It gave up on the request.
    GaveUp,
}

/// Hunts for one answer.
pub(super) struct Hunt {
    buffer: [u8; MOST_KEPT],
    filled: usize,
    /// Where the answer's data stand in the buffer, once it is whole.
    data: std::ops::Range<usize>,
    /// How many bytes the answer just heard had in all.
    size: usize,
    /// The rest of an answer too long to be kept.
    streaming: Option<Streaming>,
    /// What the answer's length may say.
    longest: usize,
    /// Of data behind the status, no more than this is kept.
    keep: usize,
}

struct Streaming {
    left: usize,
    check: u8,
    heard: Heard,
    total: usize,
}

/// What stands at the buffer's beginning.
enum Look {
    /// Not enough of anything.
    More,
    /// So many bytes of nothing.
    Noise(usize),
    /// A whole message with a wrong check, of which so many bytes begin nothing.
    Spoilt(usize),
    /// A whole message of so many bytes.
    Whole(Heard, usize),
}

impl Hunt {
    pub(super) fn new() -> Self {
        Self {
            buffer: [0; MOST_KEPT],
            filled: 0,
            data: 0..0,
            size: 0,
            streaming: None,
            longest: 0,
            keep: 0,
        }
    }

    /// Forgets everything and hunts for an answer to `command`; gives how many bytes were forgotten
    /// that were no answer.
    pub(super) fn begin(&mut self, command: Command) -> usize {
        self.longest = SHORTEST + command.most();
        self.keep = command.kept();
        self.forget()
    }

    /// Forgets everything; gives how many bytes that were no answer.
    pub(super) fn forget(&mut self) -> usize {
        let streamed = self.streaming.take();
        let forgotten = streamed.map_or(self.filled, |rest| rest.total - rest.left);
        self.wipe();
        forgotten
    }

    /// The data of the answer just heard, as far as they are kept.
    pub(super) fn data(&self) -> &[u8] {
        &self.buffer[self.data.clone()]
    }

    /// How many bytes the answer just heard had in all.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Overwrites all that is kept: it was personal.
    pub(super) fn wipe(&mut self) {
        self.buffer.fill(0);
        // Without this the compiler may see that nobody reads the zeros, and leave them out.
        std::hint::black_box(&mut self.buffer);
        (self.filled, self.data) = (0, 0..0);
    }

    /// Hears one byte; gives the answer it completes.
    pub(super) fn hear<T>(&mut self, byte: u8, line: &mut Line<T>) -> Option<Heard> {
        if let Some(rest) = &mut self.streaming {
            rest.check ^= byte;
            rest.left -= 1;
            if rest.left > 0 {
                return None;
            }
            let (check, heard, total) = (rest.check, rest.heard, rest.total);
            self.streaming = None;
            if check == 0 {
                return Some(self.whole(heard, total));
            }
            line.reject();
            line.discard(total);
            self.wipe();
            return None;
        }
        self.buffer[self.filled] = byte;
        self.filled += 1;
        while self.filled > 0 {
            match self.look() {
                Look::More => return None,
                Look::Whole(heard, size) => {
                    line.discard(self.filled - size);
                    return Some(self.whole(heard, size));
                }
                Look::Noise(n) => self.drop_first(n, line),
                Look::Spoilt(n) => {
                    line.reject();
                    self.drop_first(n, line);
                }
            }
        }
        None
    }

    /// Counts all bytes as taken; they stay for [`Hunt::data`] until they are wiped.
    fn whole(&mut self, heard: Heard, size: usize) -> Heard {
        (self.filled, self.size) = (0, size);
        heard
    }

    fn drop_first<T>(&mut self, n: usize, line: &mut Line<T>) {
        line.discard(n);
        self.buffer.copy_within(n..self.filled, 0);
        let left = self.filled - n;
        self.buffer[left..self.filled].fill(0);
        self.filled = left;
    }

    fn look(&mut self) -> Look {
        let seen = &self.buffer[..self.filled];
        let lead = seen.iter().take_while(|byte| **byte == 0xAA).count();
        match (lead, &seen[lead..]) {
            (1..=3, [] | [0x96]) => Look::More,
            (1..=3, [0x96, 0x69, ..]) => self.look_behind(lead + 2),
            _ => Look::Noise(1),
        }
    }

    /// Looks at what stands behind a mark that ends at `mark`.
    fn look_behind(&mut self, mark: usize) -> Look {
        let body = &self.buffer[mark..self.filled];
        if body.starts_with(&NOTICE) {
            return Look::Whole(Heard::GaveUp, mark + NOTICE.len());
        }
        if NOTICE.starts_with(body) {
            return Look::More;
        }
        let [high, low, status @ ..] = body else {
            return Look::More;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let known = (SHORTEST..=self.longest).contains(&length)
            && status.iter().take(2).all(|byte| *byte == 0);
        if !known {
            return Look::Noise(mark);
        }
        let data = length - SHORTEST;
        let total = mark + 2 + length;
        // What is not kept is let pass, so that a photo never stands in the buffer.
        let here = if data > self.keep {
            mark + 5 + self.keep
        } else {
            total
        };
        let (true, Some(code)) = (self.filled >= here, status.get(2)) else {
            return Look::More;
        };
        let heard = Heard::Answer {
            outcome: Outcome::from_code(*code),
            length: data,
        };
        let check = self.buffer[mark..here].iter().fold(0, |a, b| a ^ b);
        self.data = mark + 5..mark + 5 + data.min(self.keep);
        if total > here {
            self.streaming = Some(Streaming {
                left: total - here,
                check,
                heard,
                total,
            });
            return Look::More;
        }
        if check == 0 {
            Look::Whole(heard, total)
        } else {
            Look::Spoilt(mark)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::samv::command::framed;

    const TEXT: u8 = 0x54;
    const PHOTO: u8 = 0x50;

    /// The answer to a reading, recognisable byte by byte.
    fn read_answer(command: Command) -> Vec<u8> {
        let mut body = vec![0, 0, 0x90, 1, 0, 4, 0, 4, 0];
        body.truncate(3 + 2 * command.lengths());
        body.extend([TEXT; 256]);
        body.resize(3 + command.most(), PHOTO);
        framed(&body)
    }

    fn kept(hunt: &Hunt, byte: u8) -> usize {
        hunt.buffer.iter().filter(|kept| **kept == byte).count()
    }

    #[test]
    fn no_byte_of_a_photo_is_ever_kept_and_the_text_only_until_it_is_wiped() {
        for command in [Command::Read, Command::ReadWithFingerprint] {
            let answer = read_answer(command);
            let (mut hunt, mut line) = (Hunt::new(), Line::<()>::new());
            hunt.begin(command);
            let (last, before) = answer.split_last().expect("an answer has bytes");
            for byte in before {
                assert_eq!(hunt.hear(*byte, &mut line), None);
                assert_eq!(kept(&hunt, PHOTO), 0);
            }
            assert_eq!(kept(&hunt, TEXT), 256);
            let heard = hunt.hear(*last, &mut line);
            let (outcome, length) = (Outcome::Done, command.most());
            assert_eq!(heard, Some(Heard::Answer { outcome, length }));
            assert_eq!(hunt.size(), answer.len());
            assert_eq!(hunt.data()[..8], answer[10..18]);
            hunt.wipe();
            assert_eq!(hunt.buffer, [0; MOST_KEPT]);
        }
    }

    #[test]
    fn what_was_heard_of_a_text_is_wiped_when_the_rest_is_spoilt_or_does_not_come() {
        for wrong_at in [14, 300, 1294] {
            let mut answer = read_answer(Command::Read);
            answer[wrong_at] ^= 1;
            let (mut hunt, mut line) = (Hunt::new(), Line::<()>::new());
            hunt.begin(Command::Read);
            let mut heard = |byte: &u8| hunt.hear(*byte, &mut line);
            assert!(answer.iter().all(|byte| heard(byte).is_none()));
            assert_eq!(hunt.buffer, [0; MOST_KEPT]);
            assert_eq!(line.take_frames(), (0, 1));
            assert_eq!(line.take_discarded(), 1295);
        }
        for stop in 0..1295 {
            let (mut hunt, mut line) = (Hunt::new(), Line::<()>::new());
            hunt.begin(Command::Read);
            for byte in &read_answer(Command::Read)[..stop] {
                assert_eq!(hunt.hear(*byte, &mut line), None);
            }
            assert_eq!(hunt.forget(), stop);
            assert_eq!(hunt.buffer, [0; MOST_KEPT]);
        }
    }
}
