//! EM4100 readers: what is a card, and what is only noise (hardware.md §2).

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/two_ends.rs"]
mod two_ends;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::em4100::{Em4100, Settings};
use lodge_hardware::reader::{CardNumber, Certainty, Credential, Presentation, Tell};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use proptest::prelude::*;
use two_ends::TwoEnds;

const GAP: Duration = Duration::from_millis(65);

fn number(tell: Tell) -> u64 {
    let Tell::Presented(Presentation {
        credential: Credential::Em4100(card),
        certainty: Certainty::Repeated,
    }) = tell
    else {
        panic!("{tell:?}");
    };
    card.value()
}

/// Hears each piece 65 ms after the one before; gives the numbers told, and how many bytes meant
/// nothing.
fn hear(reader: &mut Em4100, start: Moment, pieces: &[&[u8]]) -> (Vec<u64>, u64) {
    let mut line = hear_line(reader, start, pieces);
    let numbers = line.take_tells().into_iter().map(number);
    (numbers.collect(), line.take_discarded())
}

fn hear_line(reader: &mut Em4100, start: Moment, pieces: &[&[u8]]) -> Line<Tell> {
    let mut line = Line::new();
    let mut now = start;
    for piece in pieces {
        reader.heard(now, piece, &mut line);
        now = now + GAP;
    }
    line
}

fn fresh(pieces: &[&[u8]]) -> Vec<u64> {
    hear(&mut Em4100::new(), Moment::ORIGIN, pieces).0
}

fn frame(number: u64) -> [u8; 14] {
    CardNumber::new(number).unwrap().frame()
}

#[test]
fn published_frames_are_read() {
    for (payload, decimal) in [
        ("100086F44426", 8_844_356),
        ("010063E9AE25", 6_547_886),
        ("01001293D858", 1_217_496),
        ("0100CDA4EC84", 13_477_100),
        ("2900DEB30A4E", 14_594_826),
    ] {
        let frame = format!("\x02{payload}\x03").into_bytes();
        let told = fresh(&[&frame, &frame]);
        assert_eq!(told.len(), 1, "{payload}");
        assert_eq!(told[0] & 0xFFFF_FFFF, decimal);
        assert_eq!(CardNumber::new(told[0]).unwrap().frame(), *frame);
    }
    let raw = [2, 48, 49, 48, 48, 54, 51, 69, 57, 65, 69, 50, 53, 3];
    assert_eq!(fresh(&[&raw, &raw]), [0x01_0063_E9AE]);
}

#[test]
fn a_ghost_frame_without_an_equal_twin_is_no_card() {
    let ghost = frame(0x78F);
    let mut reader = Em4100::new();
    let (told, _) = hear(&mut reader, Moment::ORIGIN, &[&ghost]);
    assert!(told.is_empty());
    let later = Moment::ORIGIN + Duration::from_secs(1);
    let mut line = hear_line(&mut reader, later, &[&ghost]);
    assert!(line.take_tells().is_empty());
    assert_eq!(
        line.take_frames(),
        (1, 1),
        "the first one is known as a ghost by now"
    );
}

#[test]
fn the_all_zero_frame_is_never_a_card() {
    let zero = b"\x02000000000000\x03";
    let mut reader = Em4100::new();
    let mut line = hear_line(&mut reader, Moment::ORIGIN, &[zero, zero, zero]);
    assert!(line.take_tells().is_empty());
    assert_eq!(line.take_frames(), (0, 3));
}

#[test]
fn a_card_held_for_a_minute_is_told_once() {
    let card = frame(7);
    assert_eq!(fresh(&vec![&card[..]; 923]), [7]);
}

#[test]
fn a_card_taken_away_and_shown_again_is_told_again() {
    let card = frame(7);
    let mut reader = Em4100::new();
    hear(&mut reader, Moment::ORIGIN, &[&card, &card]);
    let back = Moment::ORIGIN + GAP + Duration::from_millis(300);
    assert_eq!(hear(&mut reader, back, &[&card, &card]).0, [7]);
}

#[test]
fn the_silence_that_ends_a_presentation_is_a_setting() {
    let card = frame(7);
    for (silence, wanted) in [(100, 3), (300, 2), (500, 1)] {
        let mut reader = Em4100::with(Settings {
            silence: Duration::from_millis(silence),
            ..Settings::default()
        });
        let mut told = Vec::new();
        for at in [0, 300, 800] {
            let start = Moment::ORIGIN + Duration::from_millis(at);
            told.extend(hear(&mut reader, start, &[&card, &card]).0);
        }
        assert_eq!(told, vec![7; wanted], "{silence} ms");
    }
}

#[test]
fn another_card_at_once_is_a_new_presentation_and_a_ghost_between_is_not() {
    let (one, two, ghost) = (frame(1), frame(2), frame(3));
    let told = fresh(&[
        &one, &one, &ghost, &one, &two, &two, &ghost, &two, &one, &one,
    ]);
    assert_eq!(told, [1, 2, 1]);
}

#[test]
fn half_frames_wrong_checksums_and_garbage_leave_the_next_card_readable() {
    let card = frame(0x01_0063_E9AE);
    let wrong = b"\x02010063E9AE26\x03";
    for rubbish in [
        &card[..9],
        &card[5..],
        wrong,
        b"\x02\x02\x02",
        b"\xFF\x00~",
        b"\x0201\r\n",
    ] {
        let mut reader = Em4100::new();
        let (told, discarded) = hear(&mut reader, Moment::ORIGIN, &[rubbish, &card, &card]);
        assert_eq!(told, [0x01_0063_E9AE]);
        assert_eq!(discarded, rubbish.len() as u64);
    }
}

#[test]
fn every_fault_of_the_line_is_told_and_counted_like_this_and_is_over_when_it_is_lifted() {
    let cards = [0x01_0063_E9AE, 0x01_00CD_A4EC, 3].map(|number| CardNumber::new(number).unwrap());
    let [one, two, three] = cards.map(CardNumber::value);
    let numbers = |told: Vec<Tell>| told.into_iter().map(number).collect::<Vec<_>>();
    for (fault, chunk) in LineFault::ALL.iter().flat_map(|f| [(*f, 1), (*f, 99)]) {
        let mut ends = TwoEnds::new(Em4100::new(), ReaderSim::new());
        ends.chunk = chunk;
        ends.does(ReaderCommand::Fault(fault, true));
        ends.does(ReaderCommand::Hold(cards[0], 3));
        ends.does(ReaderCommand::Hold(cards[1], 3));
        let told = numbers(ends.pass(Duration::from_secs(5)));
        // The cards, the frames understood and not believed, the bytes of no meaning.
        let (cards_told, frames, discarded) = match fault {
            LineFault::Silent => (vec![], (0, 0), 0),
            // A frame takes 260 ms, and the next begins 65 ms behind it: that is no silence.
            LineFault::Slow => (vec![one, two], (6, 0), 0),
            LineFault::Garbage => (vec![one, two], (6, 0), 6 * 5),
            // The last half waits for the other one.
            LineFault::HalfFrame => (vec![], (0, 0), 5 * 7),
            LineFault::WrongChecksum => (vec![], (0, 6), 6 * 14),
            // The first card's last frame comes behind the second card's first.
            LineFault::WrongOrder => (vec![one, two], (6, 1), 0),
        };
        assert_eq!(told, cards_told, "{fault:?}");
        assert_eq!(ends.frames(), frames, "{fault:?}");
        assert_eq!(ends.discarded(), discarded, "{fault:?}");
        ends.does(ReaderCommand::Fault(fault, false));
        ends.does(ReaderCommand::Hold(cards[2], 2));
        assert_eq!(numbers(ends.pass(Duration::from_secs(1))), [three]);
        assert_eq!(ends.frames(), (2, 0), "{fault:?}");
        let left = if fault == LineFault::HalfFrame { 7 } else { 0 };
        assert_eq!(ends.discarded(), left, "{fault:?}");
    }
}

#[test]
fn cr_lf_before_the_end_is_accepted() {
    let frame = b"\x02010063E9AE25\r\n\x03";
    assert_eq!(fresh(&[frame, frame]), [0x01_0063_E9AE]);
}

#[test]
fn a_frame_that_pauses_was_cut_off() {
    let card = frame(9);
    let mut reader = Em4100::new();
    let start = Moment::ORIGIN;
    hear(&mut reader, start, &[&card, &card[..5]]);
    let late = start + Duration::from_secs(1);
    assert_eq!(hear(&mut reader, late, &[&card[5..]]).1, 14);
}

#[test]
fn a_card_number_is_not_shown_in_debug_output() {
    let card = CardNumber::new(13_477_100).unwrap();
    assert_eq!(format!("{card:?}"), "CardNumber(…)");
    assert_eq!(format!("{:?}", Credential::Em4100(card)), "Em4100(…)");
}

#[test]
fn ten_megabytes_of_noise_do_not_make_it_grow() {
    let mut reader = Em4100::new();
    let mut line = Line::new();
    let noise = hearing::noise(1 << 16, b"\x02\x030123456789ABCDEF\r\n");
    for i in 0..160u64 {
        reader.heard(Moment::from_micros(i), &noise, &mut line);
    }
    assert!(line.take_tells().is_empty());
    assert!(line.take_discarded() > 10_000_000);
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_cards(
        cards in prop::collection::vec((1u64..5, any::<bool>()), 1..30),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        let mut stream = Vec::new();
        for (number, broken) in cards {
            let frame = frame(number);
            stream.extend_from_slice(if broken { &frame[..8] } else { &frame });
        }
        let now = Moment::ORIGIN;
        let whole = hearing::in_pieces(&mut Em4100::new(), now, &stream, &[stream.len()]);
        let pieces = hearing::in_pieces(&mut Em4100::new(), now, &stream, &cuts);
        prop_assert_eq!(pieces, whole);
    }
}
