//! Converters that put Wiegand cards on a serial port (hardware.md §6.3).

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/terminal.rs"]
mod terminal;
#[path = "support/two_ends.rs"]
mod two_ends;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::port::Ending;
use lodge_hardware::reader::wiegand::{Converter, End, Layout, Radix, Settings, Wire};
use lodge_hardware::reader::{Certainty, Credential, Presentation, Tell, WiegandCode};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::wiegand::{WiegandCommand, WiegandSim};
use proptest::prelude::*;
use terminal::Terminal;
use two_ends::TwoEnds;

const SECOND: Duration = Duration::from_secs(1);

/// Seven hexadecimal digits with 26 bits, parity among them.
fn with_parity() -> Settings {
    Settings {
        digits: 7,
        wire: Wire::Whole(Layout::H10301),
        ..Settings::wie232()
    }
}

fn wiegand(bits: u8, value: u64) -> WiegandCode {
    WiegandCode::new(bits, value).unwrap()
}

fn told(code: WiegandCode) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Wiegand(code),
        certainty: Certainty::Bare,
    })
}

fn hear(settings: Settings, bytes: &[u8]) -> Vec<Tell> {
    let mut converter = Converter::new(settings);
    let (told, _) = hearing::in_pieces(&mut converter, Moment::ORIGIN, bytes, &[]);
    told
}

#[test]
fn known_converters_are_read() {
    let card = 0xCD_A4EC;
    assert_eq!(
        hear(Settings::wie232(), b"CDA4EC\r"),
        [told(wiegand(24, card))]
    );
    assert_eq!(
        hear(Settings::wie232(), b"cda4ec\r"),
        [told(wiegand(24, card))]
    );
    assert_eq!(
        hear(Settings::s4a(), b"0013477100\r\n"),
        [told(wiegand(32, card))]
    );
    assert_eq!(
        hear(with_parity(), b"39B49D9\r"),
        [told(wiegand(26, 0x39B_49D9))]
    );
    for (end, bytes) in [(End::Lf, &b"CDA4EC\n"[..]), (End::CrLf, b"CDA4EC\r\n")] {
        let settings = Settings {
            end,
            ..Settings::wie232()
        };
        assert_eq!(hear(settings, bytes), [told(wiegand(24, card))]);
    }
}

#[test]
fn a_converter_without_an_end_mark_ends_a_card_with_a_pause() {
    let mut converter = Converter::new(Settings {
        end: End::Pause,
        ..Settings::wie232()
    });
    let mut line = Line::new();
    converter.heard(Moment::ORIGIN, b"CDA4EC", &mut line);
    assert!(line.take_tells().is_empty());
    let due = converter.due().unwrap();
    converter.waited(due, &mut line);
    assert_eq!(line.take_tells(), [told(wiegand(24, 0xCD_A4EC))]);
    assert_eq!(converter.due(), None);
}

#[test]
fn the_width_to_keep_is_a_setting() {
    for (mut settings, bytes) in [
        (Settings::s4a(), &b"4288521452\r\n"[..]),
        (with_parity(), b"39B49D9\r"),
    ] {
        settings.keep = Some(24);
        let kept = hear(settings, bytes);
        let low = if settings.radix == Radix::Decimal {
            4_288_521_452
        } else {
            0xCD_A4EC
        };
        assert_eq!(kept, [told(wiegand(24, low & 0xFF_FFFF))]);
    }
    // There is nothing to keep of more bits than there are.
    let mut settings = Settings::wie232();
    settings.keep = Some(40);
    assert_eq!(hear(settings, b"CDA4EC\r"), [told(wiegand(24, 0xCD_A4EC))]);
}

#[test]
fn parity_that_was_taken_off_is_not_looked_for_in_what_is_left() {
    for (bits, digits, bytes) in [
        (26, 7, &b"0000003\r"[..]),
        (34, 9, b"000000003\r"),
        (37, 10, b"0000000003\r"),
    ] {
        let settings = Settings {
            digits,
            wire: Wire::Number(bits),
            ..Settings::wie232()
        };
        let number = wiegand(bits, 3);
        assert_eq!(number.number_bits(), None, "as parity it is wrong");
        assert_eq!(hear(settings, bytes), [told(number.bare())]);
        let [
            Tell::Presented(Presentation {
                credential: Credential::Wiegand(code),
                ..
            }),
        ] = hear(settings, bytes)[..]
        else {
            panic!("one card")
        };
        assert_eq!(code.number_bits(), Some(code), "all of it is number");
    }
    // So it is where fewer are kept of more.
    let mut settings = Settings {
        digits: 9,
        wire: Wire::Number(34),
        ..Settings::wie232()
    };
    settings.keep = Some(26);
    let kept = wiegand(26, 3).bare();
    assert_eq!(hear(settings, b"000000003\r"), [told(kept)]);
    assert_eq!(kept.number_bits(), Some(kept));
}

#[test]
fn what_is_not_exactly_a_card_is_none_and_the_next_one_is_read() {
    for (settings, good, wrong) in [
        (
            Settings::wie232(),
            &b"CDA4EC\r"[..],
            vec![
                "CDA4E", "0CDA4EC", "CDA4EG", "CDA4E ", "+DA4EC", "000000", "CDA4EC\n",
            ],
        ),
        (
            Settings::s4a(),
            b"0013477100\r\n",
            vec![
                "13477100",
                "00013477100",
                "001347710A",
                "4294967296",
                "9999999999",
                "0000000000",
            ],
        ),
        (
            with_parity(),
            b"39B49D9\r",
            vec!["39B49D8", "19B49D9", "79B49D9", "0CDA4EC", "2000001"],
        ),
    ] {
        let mark = if settings.end == End::CrLf {
            "\r\n"
        } else {
            "\r"
        };
        for wrong in wrong {
            let mut converter = Converter::new(settings);
            let mut line = Line::new();
            let rubbish = format!("{wrong}{mark}");
            converter.heard(Moment::ORIGIN, rubbish.as_bytes(), &mut line);
            assert!(line.take_tells().is_empty(), "{wrong}");
            assert_eq!(line.take_frames(), (0, 1), "{wrong}");
            assert!(line.take_discarded() >= wrong.len() as u64, "{wrong}");
            converter.heard(Moment::ORIGIN, good, &mut line);
            assert_eq!(line.take_tells().len(), 1, "{wrong}");
        }
    }
}

#[test]
fn a_key_is_no_card_and_does_not_spoil_the_next_one() {
    let card = wiegand(32, 13_477_100);
    let mut ends = TwoEnds::new(
        Converter::new(Settings::s4a()),
        WiegandSim::new(Settings::s4a()),
    );
    for key in 0..10 {
        ends.does(WiegandCommand::Key(key));
        assert!(ends.pass(SECOND).is_empty());
    }
    assert_eq!(ends.discarded(), 10);
    ends.does(WiegandCommand::Hold(card, 1));
    assert_eq!(ends.pass(SECOND), [told(card)]);
    assert_eq!(ends.discarded(), 0);
}

#[test]
fn a_card_is_one_presentation_until_it_has_been_silent_for_a_second() {
    let card = wiegand(24, 7);
    let settings = Settings::wie232();
    let mut ends = TwoEnds::new(Converter::new(settings), WiegandSim::new(settings));
    ends.does(WiegandCommand::Hold(card, 60));
    assert_eq!(ends.pass(30 * SECOND), [told(card)]);
    ends.pass(SECOND);
    ends.does(WiegandCommand::Hold(card, 1));
    ends.does(WiegandCommand::Hold(wiegand(24, 8), 1));
    ends.does(WiegandCommand::Hold(card, 1));
    let other = told(wiegand(24, 8));
    assert_eq!(ends.pass(3 * SECOND), [told(card), other, told(card)]);
}

#[test]
fn every_fault_of_the_line_gives_no_false_card_save_a_digit_that_nothing_checks() {
    for (settings, card) in [
        (Settings::wie232(), wiegand(24, 0xCD_A4EC)),
        (Settings::s4a(), wiegand(32, 13_477_100)),
        (with_parity(), wiegand(26, 0x39B_49D9)),
    ] {
        for fault in LineFault::ALL {
            let sim = WiegandSim::new(settings);
            let mut ends = TwoEnds::new(Converter::new(settings), sim);
            ends.does(WiegandCommand::Fault(fault, true));
            let mut heard = Vec::new();
            for _ in 0..4 {
                ends.does(WiegandCommand::Hold(card, 1));
                heard.extend(ends.pass(2 * SECOND));
            }
            let wanted = match fault {
                LineFault::Silent | LineFault::Garbage | LineFault::HalfFrame => 0,
                LineFault::Slow => 4,
                LineFault::WrongOrder => 2,
                LineFault::WrongChecksum => match settings.wire {
                    Wire::Number(_) => 4,
                    Wire::Whole(_) => 0,
                },
            };
            assert_eq!(heard.len(), wanted, "{settings:?} {fault:?}");
            let is_false = |tell: &&Tell| **tell != told(card);
            let false_cards = heard.iter().filter(is_false).count();
            let unchecked = fault == LineFault::WrongChecksum && wanted > 0;
            assert_eq!(false_cards, if unchecked { 4 } else { 0 }, "{fault:?}");
            ends.does(WiegandCommand::Fault(fault, false));
            ends.pass(2 * SECOND);
            ends.does(WiegandCommand::Hold(card, 1));
            assert_eq!(
                ends.pass(2 * SECOND),
                [told(card)],
                "{settings:?} {fault:?}"
            );
        }
    }
}

#[test]
fn ten_megabytes_of_noise_do_not_make_it_grow_and_false_cards_are_counted() {
    let settings = [Settings::wie232(), Settings::s4a(), with_parity()];
    for (settings, marks, most) in [
        (settings[0], &b"\r\n\x02\x03"[..], 0),
        (settings[1], b"\r\n\x02\x03", 0),
        (settings[2], b"\r\n\x02\x03", 0),
        // Noise made of digits and end marks is cards now and then: nothing but parity is against it.
        (settings[0], b"0123456789ABCDEF\r\r", 20_000),
        (settings[2], b"0123456789ABCDEF\r\r", 500),
    ] {
        let mut converter = Converter::new(settings);
        let mut line = Line::new();
        let noise = hearing::noise(1 << 16, marks);
        let mut cards = 0;
        for i in 0..160u64 {
            converter.heard(Moment::from_micros(i), &noise, &mut line);
            cards += line.take_tells().len();
        }
        assert!(cards <= most, "{cards} of {settings:?}");
        assert!(line.take_discarded() > 5_000_000);
        assert!(line.take_bytes().is_empty());
    }
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_cards(
        stream in prop::collection::vec(
            prop_oneof![Just(b'\r'), Just(b'\n'), b'0'..=b'9', b'A'..=b'F', any::<u8>()],
            1..300,
        ),
        cards in prop::collection::vec(1u64..0xFF_FFFF, 0..5),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        for settings in [Settings::wie232(), Settings::s4a(), with_parity()] {
            let mut stream = stream.clone();
            for card in &cards {
                let text = match settings.radix {
                    Radix::Hexadecimal => format!("\r{card:06X}\r"),
                    Radix::Decimal => format!("\r\n{card:010}\r\n"),
                };
                stream.extend(text.into_bytes());
            }
            let now = Moment::ORIGIN;
            let whole = hearing::in_pieces(&mut Converter::new(settings), now, &stream, &[]);
            let pieces = hearing::in_pieces(&mut Converter::new(settings), now, &stream, &cuts);
            prop_assert_eq!(pieces, whole);
        }
    }
}

#[test]
fn a_card_held_to_a_reader_behind_a_converter_is_told_over_a_terminal() {
    let settings = Settings::wie232();
    let terminal = Terminal::start(9600, Converter::new(settings), WiegandSim::new(settings));
    for value in [0xCD_A4EC, 1] {
        let card = wiegand(24, value);
        terminal.device.command(WiegandCommand::Hold(card, 2));
        terminal.wait_for(&told(card));
    }
    assert!(matches!(terminal.close(), Ending::Closed));
}
