//! PN532 modules, byte by byte: what is written, what is believed, what is told (hardware.md §3).

#[path = "support/hearing.rs"]
mod hearing;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::pn532::{Pn532, Settings};
use lodge_hardware::reader::{
    Ask, Certainty, Credential, NotRead, Presentation, Signal, Tell, Uid,
};
use proptest::prelude::*;

const ACK: &str = "00 00 FF 00 FF 00";
const NACK: &str = "00 00 FF FF 00 00";
const SYNTAX_ERROR: &str = "00 00 FF 01 FF 7F 81 00";

/// What is asked, and what a module without cards answers, from opening on.
const SET_UP: [(&str, &str); 5] = [
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
const FIELD_OFF: (&str, &str) = (
    "00 00 FF 04 FC D4 32 01 00 F9 00",
    "00 00 FF 02 FE D5 33 F8 00",
);
const LOOK: (&str, &str) = (
    "00 00 FF 04 FC D4 4A 02 00 E0 00",
    "00 00 FF 03 FD D5 4B 00 E0 00",
);
const RELEASE: (&str, &str) = (
    "00 00 FF 03 FD D4 52 00 DA 00",
    "00 00 FF 03 FD D5 53 00 D8 00",
);
/// Four bytes of UID, as published; SEL_RES 08.
const ONE_CARD: &str = "00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 FB 0E E2 0B D8 00";
const SEVEN_BYTES: &str = "00 00 FF 0F F1 D5 4B 01 01 00 44 00 07 04 A1 B2 C3 D4 E5 F6 CA 00";

fn bytes(hex: &str) -> Vec<u8> {
    let bytes = hex.split_whitespace();
    bytes
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}

/// The frame that answers with this data, in the extended form if asked for.
fn answer(data: &[u8], extended: bool) -> Vec<u8> {
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
fn one_card(uid: [u8; 4]) -> Vec<u8> {
    let [a, b, c, d] = uid;
    answer(&[0x4B, 1, 1, 0x00, 0x04, 0x08, 4, a, b, c, d], false)
}

struct Module {
    now: Moment,
    reader: Pn532,
    line: Line<Tell>,
}

impl Module {
    fn opened() -> Self {
        let mut reader = Pn532::new(Settings::default());
        let (mut line, now) = (Line::new(), Moment::from_micros(1_000_000));
        reader.opened(now, &mut line);
        Self { now, reader, line }
    }

    /// One that has just asked which cards are there.
    fn looking() -> Self {
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

    fn asks(&mut self, hex: &str) {
        assert_eq!(self.line.take_bytes(), bytes(hex));
    }

    fn says(&mut self, hex: &str) {
        self.hears(&bytes(hex));
    }

    fn hears(&mut self, bytes: &[u8]) {
        self.reader.heard(self.now, bytes, &mut self.line);
    }

    /// On to the moment that it waits for.
    fn waits(&mut self) -> Duration {
        let due = self.reader.due().expect("it waits for something");
        let waited = due - self.now;
        self.now = self.now.max(due);
        self.reader.waited(self.now, &mut self.line);
        waited
    }

    /// Aborts, hears out, wakes and sets up again, as after anything that goes wrong.
    fn begins_again(&mut self) {
        self.asks(ACK);
        self.waits();
        self.asks(SET_UP[0].0);
    }

    fn told(&mut self) -> Vec<Tell> {
        self.line.take_tells()
    }
}

fn presented(uid: &[u8]) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Iso14443a(Uid::new(uid).unwrap()),
        certainty: Certainty::Checked,
    })
}

#[test]
fn a_module_is_woken_set_up_and_asked_with_the_published_frames() {
    let mut module = Module::opened();
    for (asked, answer) in SET_UP {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    let identity = Tell::Identity("PN532, firmware 1.6".to_owned());
    assert_eq!(module.told(), [identity]);
    assert_eq!(module.waits(), Settings::default().rest);
    for (asked, answer) in [LOOK, FIELD_OFF] {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    assert_eq!(module.told(), [Tell::Answering(true)]);
    module.waits();
    for (asked, answer) in [(LOOK.0, ONE_CARD), RELEASE, FIELD_OFF] {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    assert_eq!(module.told(), [presented(&[0xFB, 0x0E, 0xE2, 0x0B])]);
    module.waits();
    for (asked, answer) in [(LOOK.0, SEVEN_BYTES), RELEASE, FIELD_OFF] {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    let seven = presented(&[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6]);
    assert_eq!(module.told(), [seven]);
    assert_eq!(module.line.take_frames(), (2 * (5 + 2 + 3 + 3), 0));
    assert_eq!(module.line.take_discarded(), 0);
}

#[test]
fn an_answer_in_an_extended_frame_is_read() {
    let mut module = Module::looking();
    module.says(ACK);
    let data = [0x4B, 1, 1, 0x00, 0x04, 0x08, 4, 1, 2, 3, 4];
    module.hears(&answer(&data, true));
    assert!(module.told().contains(&presented(&[1, 2, 3, 4])));
}

#[test]
fn a_random_uid_is_never_a_credential() {
    let mut module = Module::looking();
    module.says(ACK);
    module.hears(&one_card([0x08, 1, 2, 3]));
    let random = Tell::NotRead(NotRead::RandomNumber);
    assert_eq!(module.told(), [Tell::Answering(true), random]);
}

#[test]
fn an_answer_counts_only_behind_its_acknowledgement() {
    let mut module = Module::looking();
    module.says(ONE_CARD);
    module.says(ACK);
    assert_eq!(module.told(), []);
    module.waits();
    module.begins_again();
}

#[test]
fn the_late_answer_to_a_command_given_up_is_not_believed() {
    let mut module = Module::looking();
    module.says(ACK);
    assert_eq!(module.waits(), Duration::from_millis(500));
    module.asks(ACK);
    module.says(ONE_CARD);
    module.waits();
    module.asks(SET_UP[0].0);
    module.says(ONE_CARD);
    module.says(ACK);
    module.says(ONE_CARD);
    assert_eq!(module.told(), []);
    module.says(SET_UP[0].1);
    module.asks(SET_UP[1].0);
}

#[test]
fn the_answer_to_another_command_is_not_taken_for_this_ones() {
    let mut module = Module::looking();
    module.says(ACK);
    for (_, other) in SET_UP.into_iter().chain([RELEASE]) {
        module.says(other);
    }
    assert_eq!(module.told(), []);
    module.says(ONE_CARD);
    assert!(
        module
            .told()
            .contains(&presented(&[0xFB, 0x0E, 0xE2, 0x0B]))
    );
}

#[test]
fn an_answer_with_a_wrong_checksum_is_asked_for_again_once() {
    let spoilt = ONE_CARD.replace("D8 00", "D9 00");
    let mut module = Module::looking();
    module.says(ACK);
    module.says(&spoilt);
    module.asks(NACK);
    assert_eq!(module.line.take_frames().1, 1);
    module.says(ONE_CARD);
    assert!(
        module
            .told()
            .contains(&presented(&[0xFB, 0x0E, 0xE2, 0x0B]))
    );

    let mut module = Module::looking();
    module.says(ACK);
    module.says(&spoilt);
    module.asks(NACK);
    module.says(&spoilt);
    module.asks("");
    module.waits();
    module.begins_again();
    assert_eq!(module.told(), []);
}

#[test]
fn a_command_that_the_module_did_not_get_whole_is_sent_again_once() {
    let mut module = Module::looking();
    module.says(NACK);
    module.asks(LOOK.0);
    module.says(NACK);
    module.asks("");
    module.waits();
    module.begins_again();
}

#[test]
fn a_syntax_error_begins_again() {
    for acknowledged in [false, true] {
        let mut module = Module::looking();
        if acknowledged {
            module.says(ACK);
        }
        module.says(SYNTAX_ERROR);
        module.begins_again();
    }
}

#[test]
fn answers_that_make_no_sense_begin_again() {
    let mut module = Module::looking();
    module.says(ACK);
    module.hears(&answer(
        &[0x4B, 1, 1, 0x00, 0x04, 0x08, 5, 1, 2, 3, 4, 5],
        false,
    ));
    module.begins_again();
    assert_eq!(module.told(), []);
    for (i, (_, right)) in SET_UP.into_iter().enumerate() {
        let mut module = Module::opened();
        for (asked, answer) in &SET_UP[..i] {
            module.asks(asked);
            module.says(ACK);
            module.says(answer);
        }
        module.asks(SET_UP[i].0);
        module.says(ACK);
        let code = bytes(right)[6];
        module.hears(&answer(&[code, 0x55, 0x55], false));
        module.begins_again();
    }
}

#[test]
fn a_card_that_is_gone_at_its_release_is_no_fault_and_a_hot_chip_is() {
    for (status, fault) in [(0x00, false), (0x01, false), (0x2B, false), (0x0D, true)] {
        let mut module = Module::looking();
        module.says(ACK);
        module.says(ONE_CARD);
        module.asks(RELEASE.0);
        module.says(ACK);
        module.hears(&answer(&[0x53, status], false));
        if fault {
            module.begins_again();
        } else {
            module.asks(FIELD_OFF.0);
        }
    }
}

#[test]
fn the_beginning_of_a_frame_from_before_does_not_swallow_the_acknowledgement() {
    let mut module = Module::looking();
    module.says(ACK);
    module.says(LOOK.1);
    module.says(ACK);
    module.says(FIELD_OFF.1);
    module.says("00 FF 20 E0 D5");
    module.line.take_bytes();
    module.waits();
    assert_eq!(module.line.take_discarded(), 5);
    module.asks(LOOK.0);
    module.says(ACK);
    module.says(ONE_CARD);
    assert!(
        module
            .told()
            .contains(&presented(&[0xFB, 0x0E, 0xE2, 0x0B]))
    );
}

#[test]
fn an_adapter_that_hears_itself_does_not_disturb() {
    let mut module = Module::looking();
    module.says(LOOK.0);
    module.says(ACK);
    module.says(ONE_CARD);
    assert!(
        module
            .told()
            .contains(&presented(&[0xFB, 0x0E, 0xE2, 0x0B]))
    );
}

#[test]
fn a_line_that_never_ends_a_frame_is_given_up_after_two_seconds() {
    let mut module = Module::looking();
    module.says(ACK);
    module.hears(&[0x00, 0xFF, 0xFF, 0xFF, 0x01, 0x09, 0xF6]);
    let begin = module.now;
    while module.line.take_bytes().is_empty() {
        module.waits();
        module.hears(&[0xD5]);
    }
    assert!(
        module.now - begin <= Duration::from_secs(2),
        "{:?}",
        module.now - begin
    );
}

#[test]
fn a_module_has_no_lamp() {
    let mut module = Module::looking();
    for signal in [Signal::Granted, Signal::Refused, Signal::Wait] {
        let ask = Ask::Signal(signal);
        module.reader.asked(module.now, ask, &mut module.line);
    }
    module.asks("");
    assert_eq!(module.told(), []);
}

#[test]
fn a_closed_line_wants_nothing_and_an_opened_one_begins_anew() {
    let mut module = Module::looking();
    module.says(ACK);
    module.says(ONE_CARD);
    module.told();
    module.line.take_bytes();
    module.reader.closed(module.now, &mut module.line);
    assert_eq!(module.reader.due(), None);
    module.says(ONE_CARD);
    assert_eq!(module.told(), []);
    module.reader.opened(module.now, &mut module.line);
    for (asked, answer) in SET_UP {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    module.waits();
    module.says(ACK);
    module.says(ONE_CARD);
    let told = module.told();
    assert!(matches!(
        told[..],
        [Tell::Identity(_), Tell::Answering(true), _]
    ));
    assert_eq!(told[2], presented(&[0xFB, 0x0E, 0xE2, 0x0B]));
}

/// Ten megabytes that are mostly marks, heard by a module's driver while it waits for cards: the
/// worst moment to believe anything.
#[test]
fn ten_megabytes_of_noise_make_no_card() {
    let marks = [0x00, 0xFF, 0xD5, 0x4B, 0x01, 0x02, 0x04, 0x07, 0xFE, 0xFC];
    let noise = hearing::noise(10 << 20, &marks);
    let (mut cards, mut frames, mut rejected, mut discarded) = (0, 0, 0, 0);
    for piece in noise.chunks(1 << 14) {
        let mut module = Module::looking();
        module.line.take_frames();
        module.says(ACK);
        module.hears(piece);
        let of_cards = |tell: &Tell| matches!(tell, Tell::Presented(_) | Tell::NotRead(_));
        cards += module.told().iter().filter(|tell| of_cards(tell)).count();
        let counts = module.line.take_frames();
        frames += counts.0;
        rejected += counts.1;
        discarded += module.line.take_discarded();
    }
    assert_eq!(cards, 0);
    assert!(rejected > 1_000, "noise that looks like frames: {rejected}");
    assert!(frames > 1_000, "and like acknowledgements: {frames}");
    assert!(discarded > 4_000_000, "{discarded}");
}

#[test]
fn a_driver_that_hears_nothing_but_noise_says_so_and_reads_cards_afterwards() {
    let mut module = Module::opened();
    let noise = hearing::noise(1 << 16, &[0x00, 0xFF, 0xD5, 0x4B, 0x01, 0x02]);
    for i in 0..1_000 {
        let at = i * 60 % (noise.len() - 60);
        module.hears(&noise[at..at + 60]);
        module.now = module.now + Duration::from_millis(10);
        if module.reader.due().is_some_and(|due| due <= module.now) {
            module.reader.waited(module.now, &mut module.line);
        }
    }
    assert_eq!(module.told(), [Tell::Answering(false)]);
    while module.line.take_bytes() != bytes(SET_UP[0].0) {
        module.waits();
    }
    for (i, (_, answer)) in SET_UP.into_iter().enumerate() {
        if i > 0 {
            module.asks(SET_UP[i].0);
        }
        module.says(ACK);
        module.says(answer);
    }
    module.waits();
    module.says(ACK);
    module.says(ONE_CARD);
    assert!(
        module
            .told()
            .contains(&presented(&[0xFB, 0x0E, 0xE2, 0x0B]))
    );
}

/// What may come over the line while cards are looked for, right and wrong.
fn piece(kind: u8, n: u8) -> Vec<u8> {
    match kind {
        0 => bytes(ACK),
        1 => bytes(NACK),
        2 => bytes(SYNTAX_ERROR),
        3 => one_card([n, 0x0E, 0xE2, 0x0B]),
        4 => bytes(LOOK.1),
        5 => bytes(RELEASE.1),
        6 => bytes(FIELD_OFF.1),
        7 => one_card([n, 1, 2, 3])[..usize::from(n % 18)].to_vec(),
        8 => [
            bytes(ACK),
            one_card([n, 1, 2, 3]),
            bytes(ACK),
            bytes(RELEASE.1),
        ]
        .concat(),
        9 => vec![0x00; usize::from(n)],
        10 => vec![0x00, 0xFF, n, n.wrapping_neg()],
        _ => vec![n],
    }
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_tells(
        pieces in prop::collection::vec((0u8..12, any::<u8>()), 1..40),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        let stream: Vec<u8> = pieces.iter().flat_map(|(kind, n)| piece(*kind, *n)).collect();
        let mut module = Module::looking();
        let whole = hearing::in_pieces(&mut module.reader, module.now, &stream, &[stream.len()]);
        let mut module = Module::looking();
        let pieces = hearing::in_pieces(&mut module.reader, module.now, &stream, &cuts);
        prop_assert_eq!(pieces, whole);
    }
}
