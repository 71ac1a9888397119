//! A PN532 moved by hand, byte by byte.
#![allow(dead_code)]

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::pn532::{Pn532, Settings};
use lodge_hardware::reader::{Certainty, Credential, Presentation, Tell, Uid};

pub const ACK: &str = "00 00 FF 00 FF 00";
pub const NACK: &str = "00 00 FF FF 00 00";
pub const SYNTAX_ERROR: &str = "00 00 FF 01 FF 7F 81 00";

/// What is asked, and what a module without cards answers, from opening on.
pub const SET_UP: [(&str, &str); 5] = [
    (
        "55 55 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF 03 FD D4 14 01 17 00",
        "00 00 FF 02 FE D5 15 16 00",
    ),
    (
        "00 00 FF 02 FE D4 02 2A 00",
        "00 00 FF 06 FA D5 03 32 01 06 07 E8 00",
    ),
    (
        "00 00 FF 06 FA D4 32 05 FF 01 02 F3 00",
        "00 00 FF 02 FE D5 33 F8 00",
    ),
    (
        "00 00 FF 03 FD D4 12 14 06 00",
        "00 00 FF 02 FE D5 13 18 00",
    ),
    FIELD_OFF,
];
pub const FIELD_OFF: (&str, &str) = (
    "00 00 FF 04 FC D4 32 01 00 F9 00",
    "00 00 FF 02 FE D5 33 F8 00",
);
pub const LOOK: (&str, &str) = (
    "00 00 FF 04 FC D4 4A 02 00 E0 00",
    "00 00 FF 03 FD D5 4B 00 E0 00",
);
pub const RELEASE: (&str, &str) = (
    "00 00 FF 03 FD D4 52 00 DA 00",
    "00 00 FF 03 FD D5 53 00 D8 00",
);
/// Four bytes of UID, as published; SEL_RES 08.
pub const ONE_CARD: &str = "00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 FB 0E E2 0B D8 00";
pub const SEVEN_BYTES: &str = "00 00 FF 0F F1 D5 4B 01 01 00 44 00 07 04 A1 B2 C3 D4 E5 F6 CA 00";

pub fn bytes(hex: &str) -> Vec<u8> {
    let bytes = hex.split_whitespace();
    bytes
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}

/// The frame that answers with this data, in the extended form if asked for.
pub fn answer(data: &[u8], extended: bool) -> Vec<u8> {
    let length = data.len() as u8 + 1;
    let check = length.wrapping_neg();
    let mut frame = vec![0x00, 0x00, 0xFF];
    if extended {
        frame.extend([0xFF, 0xFF, 0x00]);
    }
    frame.extend([length, check, 0xD5]);
    frame.extend(data);
    let sum = data
        .iter()
        .fold(0xD5u8, |sum, byte| sum.wrapping_add(*byte));
    frame.extend([sum.wrapping_neg(), 0x00]);
    frame
}

/// The answer to a look that finds one card with four bytes of UID.
pub fn one_card(uid: [u8; 4]) -> Vec<u8> {
    let [a, b, c, d] = uid;
    answer(&[0x4B, 1, 1, 0x00, 0x04, 0x08, 4, a, b, c, d], false)
}

pub struct Module {
    pub now: Moment,
    pub reader: Pn532,
    pub line: Line<Tell>,
}

impl Module {
    pub fn opened() -> Self {
        let mut reader = Pn532::new(Settings::default());
        let (mut line, now) = (Line::new(), Moment::from_micros(1_000_000));
        reader.opened(now, &mut line);
        Self { now, reader, line }
    }

    /// One that has just asked which cards are there.
    pub fn looking() -> Self {
        let mut module = Self::opened();
        for (asked, answer) in SET_UP {
            module.asks(asked);
            module.says(ACK);
            module.says(answer);
        }
        module.waits();
        module.asks(LOOK.0);
        module.line.take_tells();
        module
    }

    pub fn asks(&mut self, hex: &str) {
        assert_eq!(self.line.take_bytes(), bytes(hex));
    }

    pub fn says(&mut self, hex: &str) {
        self.hears(&bytes(hex));
    }

    pub fn hears(&mut self, bytes: &[u8]) {
        self.reader.heard(self.now, bytes, &mut self.line);
    }

    /// On to the moment that it waits for.
    pub fn waits(&mut self) -> Duration {
        let due = self.reader.due().expect("it waits for something");
        let waited = due - self.now;
        self.now = self.now.max(due);
        self.reader.waited(self.now, &mut self.line);
        waited
    }

    /// Aborts, hears out, wakes and sets up again, as after anything that goes wrong.
    pub fn begins_again(&mut self) {
        self.asks(ACK);
        self.waits();
        self.asks(SET_UP[0].0);
    }

    pub fn told(&mut self) -> Vec<Tell> {
        self.line.take_tells()
    }

    /// Whether the card of [`ONE_CARD`] was told since this was last asked.
    pub fn told_one_card(&mut self) -> bool {
        self.told().contains(&presented(&[0xFB, 0x0E, 0xE2, 0x0B]))
    }
}

pub fn presented(uid: &[u8]) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Iso14443a(Uid::new(uid).unwrap()),
        certainty: Certainty::Checked,
    })
}
