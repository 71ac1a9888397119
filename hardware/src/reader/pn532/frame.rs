//! Frames of the PN532, both ways: what is written, and what a stream of bytes holds (hardware.md §3.2).

/// Who speaks: the first byte of a frame's data (TFI).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Speaker {
    /// The program.
    Host = 0xD4,
    /// The module.
    Chip = 0xD5,
}

/// To the chip: stop what you are doing. From it: the command has arrived.
pub(crate) const ACK: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
/// Say your last message again.
pub(crate) const NACK: [u8; 6] = [0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00];
/// The chip's answer to a command that it does not know.
#[cfg(any(test, feature = "simulators"))]
pub(crate) const SYNTAX_ERROR: [u8; 8] = [0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];

/// What stands in a syntax error where other frames say who speaks.
const ERROR_MARK: u8 = 0x7F;
const START: [u8; 2] = [0x00, 0xFF];
/// The most bytes of data with the speaker: an extended frame's (§3.2).
const LONGEST: usize = 265;

/// The frame that carries `data`, its command code or answer code first.
pub(crate) fn information(speaker: Speaker, data: &[u8]) -> Vec<u8> {
    let length = 1 + data.len();
    let mut frame = vec![0x00, 0x00, 0xFF];
    match u8::try_from(length) {
        Ok(length) => frame.extend([length, length.wrapping_neg()]),
        Err(_) => {
            let [high, low] = (length as u16).to_be_bytes();
            let check = high.wrapping_add(low).wrapping_neg();
            frame.extend([0xFF, 0xFF, high, low, check]);
        }
    }
    let body = frame.len();
    frame.push(speaker as u8);
    frame.extend_from_slice(data);
    frame.extend([sum(&frame[body..]).wrapping_neg(), 0x00]);
    frame
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

/// One thing found in a stream.
#[derive(PartialEq, Eq)]
pub(crate) enum Heard {
    Ack,
    Nack,
    SyntaxError,
    /// The data of an information frame without the speaker: at least its code.
    Information(Vec<u8>),
    /// A whole frame whose checksum is wrong or that is another speaker's. So many of its bytes are
    /// given up; the rest is looked through again.
    Wrong(usize),
    /// So many bytes of nothing known.
    Noise(usize),
}

/// What the bytes behind a start code are.
enum Frame {
    /// Not all of it is here.
    Unfinished,
    /// No frame begins here.
    No,
    /// So many bytes with the start code, and what they say.
    Whole(usize, Heard),
}

/// Finds frames in a stream, cut into pieces anywhere; holds one frame's bytes at most.
pub(crate) struct Receiver {
    of: Speaker,
    bytes: Vec<u8>,
}

impl Receiver {
    /// Hears what that speaker says.
    pub(crate) fn new(of: Speaker) -> Self {
        Self {
            of,
            bytes: Vec::new(),
        }
    }

    /// Takes a byte; [`Receiver::next`] gives what it completes.
    pub(crate) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Forgets a frame begun; gives how many bytes it had.
    pub(crate) fn forget(&mut self) -> usize {
        let n = if self.is_within_a_frame() {
            self.bytes.len()
        } else {
            0
        };
        self.bytes.clear();
        n
    }

    /// Whether a frame has begun and is not whole yet.
    pub(crate) fn is_within_a_frame(&self) -> bool {
        self.bytes.starts_with(&START)
    }

    /// What the bytes so far hold; ask until there is nothing more.
    pub(crate) fn next(&mut self) -> Option<Heard> {
        let noise = self.hunt();
        if noise > 0 {
            return Some(Heard::Noise(noise));
        }
        if !self.is_within_a_frame() {
            return None;
        }
        let (length, heard) = match frame(self.of, &self.bytes) {
            Frame::Unfinished => return None,
            Frame::No => (START.len(), Heard::Noise(START.len())),
            Frame::Whole(length, heard) => (length, heard),
        };
        self.bytes.drain(..length);
        Some(heard)
    }

    /// Drops what stands before a start code, or before what may become one. Zeros are preambles and
    /// postambles, however many there are; gives how many other bytes there were.
    fn hunt(&mut self) -> usize {
        let start = self.bytes.windows(2).position(|pair| pair == START);
        let keep = usize::from(self.bytes.last() == Some(&START[0]));
        let before = start.unwrap_or(self.bytes.len() - keep);
        self.bytes.drain(..before).filter(|byte| *byte != 0).count()
    }
}

/// The frame at the start code with which `bytes` begin.
fn frame(of: Speaker, bytes: &[u8]) -> Frame {
    let (header, length) = match bytes[START.len()..] {
        [] | [_] => return Frame::Unfinished,
        [0x00, 0xFF, ..] => return Frame::Whole(4, Heard::Ack),
        [0xFF, 0x00, ..] => return Frame::Whole(4, Heard::Nack),
        [0xFF, 0xFF, high, low, check, ..] => {
            let length = usize::from(u16::from_be_bytes([high, low]));
            if sum(&[high, low, check]) != 0 || !(1..=LONGEST).contains(&length) {
                return Frame::No;
            }
            (7, length)
        }
        [0xFF, 0xFF, ..] => return Frame::Unfinished,
        [length @ (1..), check, ..] if sum(&[length, check]) == 0 => (4, usize::from(length)),
        _ => return Frame::No,
    };
    let Some(body) = bytes.get(header..header + length + 1) else {
        return Frame::Unfinished;
    };
    if sum(body) != 0 {
        return Frame::Whole(START.len(), Heard::Wrong(START.len()));
    }
    let heard = match &body[..length] {
        [ERROR_MARK] if of == Speaker::Chip => Heard::SyntaxError,
        [speaker, data @ ..] if *speaker == of as u8 && !data.is_empty() => {
            Heard::Information(data.to_vec())
        }
        _ => Heard::Wrong(header + length + 1),
    };
    Frame::Whole(header + length + 1, heard)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[u8]) -> Vec<Heard> {
        let mut receiver = Receiver::new(Speaker::Chip);
        let mut all = Vec::new();
        for byte in bytes {
            receiver.push(*byte);
            all.extend(std::iter::from_fn(|| receiver.next()));
        }
        all
    }

    #[test]
    fn what_is_written_is_heard_whatever_its_length() {
        for length in 1..LONGEST {
            let data: Vec<u8> = (0..length).map(|i| (i % 255) as u8).collect();
            let frame = information(Speaker::Chip, &data);
            assert_eq!(frame[3..5] == [0xFF, 0xFF], length > 254, "{length}");
            assert!(heard(&frame) == [Heard::Information(data)], "{length}");
        }
    }

    #[test]
    fn short_frames_are_told_apart() {
        assert!(heard(&ACK) == [Heard::Ack]);
        assert!(heard(&NACK) == [Heard::Nack]);
        assert!(heard(&SYNTAX_ERROR) == [Heard::SyntaxError]);
    }

    #[test]
    fn a_frame_needs_no_preamble_of_its_own_and_no_postamble() {
        let frame = information(Speaker::Chip, &[0x15]);
        let bare = &frame[1..frame.len() - 1];
        let answer = || Heard::Information(vec![0x15]);
        assert!(heard(&[bare, bare].concat()) == [answer(), answer()]);
        assert!(heard(&[&[0; 40][..], bare, &[0; 40]].concat()) == [answer()]);
    }

    #[test]
    fn a_frame_that_another_one_cut_short_does_not_swallow_it() {
        let frame = information(Speaker::Chip, &[0x03, 0x32, 0x01, 0x06, 0x07]);
        for cut in 3..frame.len() - 1 {
            let stream = [&frame[..cut], &frame, &[0; 10]].concat();
            let heard = heard(&stream);
            let whole = |heard: &&Heard| matches!(heard, Heard::Information(_));
            assert_eq!(heard.iter().filter(whole).count(), 1, "{cut}");
        }
    }

    #[test]
    fn a_bit_turned_anywhere_behind_the_start_code_is_never_believed() {
        let frame = information(Speaker::Chip, &[0x4B, 0x01, 0x01, 0x00, 0x04]);
        for (i, bit) in (3..frame.len() - 1).flat_map(|i| (0..8).map(move |bit| (i, bit))) {
            let mut turned = frame.clone();
            turned[i] ^= 1 << bit;
            let heard = heard(&turned);
            let believed = |heard: &Heard| matches!(heard, Heard::Information(_));
            assert!(!heard.iter().any(believed), "{i} {bit}");
        }
    }

    #[test]
    fn no_more_than_one_frame_is_ever_held() {
        // Beginnings of the longest frame, one after the other, none of them ever right.
        let begin = [0x00, 0xFF, 0xFF, 0xFF, 0x01, 0x09, 0xF6, 0x55];
        let mut receiver = Receiver::new(Speaker::Chip);
        let mut most = 0;
        for byte in begin.iter().cycle().take(100_000) {
            receiver.push(*byte);
            while receiver.next().is_some() {}
            most = most.max(receiver.bytes.len());
        }
        assert!((LONGEST..LONGEST + 8).contains(&most), "{most}");
    }

    #[test]
    fn a_frame_of_another_speaker_is_not_believed() {
        let echo = information(Speaker::Host, &[0x4A, 0x02, 0x00]);
        assert!(heard(&echo) == [Heard::Wrong(echo.len() - 2)]);
    }
}
