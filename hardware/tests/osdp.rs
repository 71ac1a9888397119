//! OSDP readers: who is believed, what is read, and what is shown (hardware.md §5).

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/osdp.rs"]
mod support;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::osdp::{Address, Check, Osdp, Seed, Settings};
use lodge_hardware::reader::{Ask, Certainty, Distrust, Signal, Tell, Trouble, Trust, WiegandCode};
use lodge_hardware::sim::osdp::{Lamp, OsdpCommand, OsdpFault, OsdpReader};
use osdp::secure::SCBK_D;
use osdp::secure::crypto::{SessionKeys, client_cryptogram, initial_rmac, server_cryptogram};
use proptest::prelude::*;
use support::*;

const OWN_KEY: Tell = Tell::Trust(Trust::OwnKey);

#[test]
fn the_published_handshake_is_reckoned_byte_for_byte() {
    let rnd_a = [0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7];
    let rnd_b = [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7];
    let keys = SessionKeys::derive(&SCBK_D, &rnd_a);
    let server = server_cryptogram(&keys.s_enc, &rnd_a, &rnd_b);
    let reckoned = [
        keys.s_enc,
        keys.s_mac1,
        keys.s_mac2,
        client_cryptogram(&keys.s_enc, &rnd_a, &rnd_b),
        server,
        initial_rmac(&keys.s_mac1, &keys.s_mac2, &server),
    ];
    let published = [
        "BF8DC2A8329ACB8C67C6D0CD9A451682",
        "5E86C676603BDEE2D8BEAFE178637332",
        "6FDA86E857777E81132035758239172E",
        "FDE5D2F428EC16312471EA3C02BD7796",
        "26D3356E07762D262801FC8E6665A891",
        "B2A30057EB98BA2229EC1F875662B524",
    ];
    for (bytes, hex) in reckoned.into_iter().zip(published) {
        assert_eq!(format!("{:032X}", u128::from_be_bytes(bytes)), hex);
    }
}

/// What the driver says first to a reader at this address.
fn first_words(address: u8, check: Check) -> Vec<u8> {
    let settings = Settings {
        address: Address::new(address).unwrap(),
        check,
        ..keyed()
    };
    let mut driver = Osdp::new(settings, Seed::given([1; 16]));
    let mut line = Line::new();
    driver.opened(Moment::ORIGIN, &mut line);
    driver.waited(Moment::ORIGIN, &mut line);
    line.take_bytes()
}

#[test]
fn the_published_question_who_are_you_is_said_byte_for_byte() {
    let with_crc = [0xFF, 0x53, 0x00, 0x09, 0x00, 0x04, 0x61, 0x00, 0xC0, 0x66];
    let with_sum = [0xFF, 0x53, 0x00, 0x08, 0x00, 0x00, 0x61, 0x00, 0x44];
    assert_eq!(first_words(0, Check::Crc), with_crc);
    assert_eq!(first_words(0, Check::Sum), with_sum);
}

/// A driver that allows clear text only, and a device that says these packets, one to each command.
fn play(replies: &[&[u8]]) -> (Vec<Vec<u8>>, Line<Tell>) {
    let settings = Settings {
        key: None,
        allow_clear_text: true,
        ..keyed()
    };
    let mut driver = Osdp::new(settings, Seed::given([1; 16]));
    let (mut now, mut line, mut said) = (Moment::ORIGIN, Line::new(), Vec::new());
    driver.opened(now, &mut line);
    for reply in replies {
        now = driver.due().unwrap();
        driver.waited(now, &mut line);
        said.push(line.take_bytes());
        driver.heard(now, reply, &mut line);
    }
    (said, line)
}

/// A reply of the reader at 0x65 with the number `sequence`.
fn reply(sequence: u8, code: u8, data: &[u8]) -> Vec<u8> {
    let packet = osdp::packet::PacketBuilder::plain(
        osdp::Address::from_raw(0xE5),
        osdp::ControlByte::decode(sequence | 4).unwrap(),
        code,
        data.to_vec(),
    );
    packet.encode().unwrap()
}

#[test]
fn the_recorded_polls_and_the_recorded_card_are_said_and_heard_byte_for_byte() {
    let poll_0 = [0xFF, 0x53, 0x65, 0x08, 0x00, 0x04, 0x60, 0x60, 0x90];
    let poll_1 = [0xFF, 0x53, 0x65, 0x08, 0x00, 0x05, 0x60, 0x51, 0xA3];
    let ack_0 = [0x53, 0xE5, 0x08, 0x00, 0x04, 0x40, 0xD2, 0x96];
    let ack_1 = [0x53, 0xE5, 0x08, 0x00, 0x05, 0x40, 0xE3, 0xA5];
    let card_2 = [
        0x53, 0xE5, 0x10, 0x00, 0x06, 0x50, 0x00, 0x01, 0x1A, 0x00, 0x01, 0x02, 0x03, 0x40, 0x5B,
        0xE1,
    ];
    // Two questions, then clear text is tried from number 0 on, and the reader asked who it is.
    let opening = [reply(0, 0x41, &[3]), reply(1, 0x41, &[3])];
    let (said, mut line) = play(&[
        &opening[0],
        &opening[1],
        &ack_0,
        &reply(1, 0x41, &[3]),
        &reply(2, 0x40, &[]),
        &reply(3, 0x40, &[]),
        &ack_1,
        &card_2,
    ]);
    assert_eq!(said[2], poll_0);
    assert_eq!(said[6], poll_1);
    let code = WiegandCode::new(26, 0x0102_0340 >> 6).unwrap();
    let told = line.take_tells();
    assert_eq!(of_cards(&told), [presented(code, Certainty::Checked)]);
    assert_eq!(line.take_discarded(), 0);

    let (said, _) = play(&[&opening[0], &opening[1], &[], &[]]);
    assert_eq!(
        said[3], poll_0,
        "a poll nobody answers is said again word for word"
    );
}

#[test]
fn a_reader_with_its_key_is_believed_identified_and_read() {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        let told = joined.until(&OWN_KEY);
        assert_eq!(told[0], Tell::Answering(true));
        let [
            Tell::Answering(true),
            Tell::Trust(Trust::OwnKey),
            Tell::Identity(words),
        ] = &told[..]
        else {
            panic!("{told:?}");
        };
        assert_eq!(
            words,
            "OSDP, maker 02-4C-44, model 1.2, firmware 3.4.5, serial 00010203"
        );
        for value in 1..=4 {
            joined.reads(value, Certainty::Authenticated);
        }
        joined.told.clear();
        joined.run_seconds(600);
        assert_eq!(joined.told, [], "nothing changes in ten minutes");
        let load = std::sync::atomic::Ordering::SeqCst;
        assert_eq!(joined.counters.discarded.load(load), 0);
        assert_eq!(joined.counters.rejected.load(load), 0);
        assert!(joined.counters.frames.load(load) > 600 * 10);
    });
}

#[test]
fn a_reader_that_knows_sums_only_is_read_like_any_other() {
    let settings = Settings {
        check: Check::Sum,
        ..keyed()
    };
    let mut bench = Bench::new(settings, keyed_reader());
    bench.join(|joined| {
        joined.until(&OWN_KEY);
        joined.reads(5, Certainty::Authenticated);
    });
}

#[test]
fn cards_of_1_to_64_bits_are_read_bit_for_bit_and_others_are_not_for_us() {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        joined.until(&OWN_KEY);
        for bits in 1..=64 {
            for value in [1, u64::MAX, 0xA5A5_5A5A_1234_5677] {
                let code = WiegandCode::new(bits, value).unwrap();
                joined.told.clear();
                joined.does(OsdpCommand::Present(code));
                joined.run(Duration::from_millis(200));
                assert_eq!(joined.told, [presented(code, Certainty::Authenticated)]);
            }
        }
        for bits in [65, 96, 200, 300, 800] {
            joined.told.clear();
            joined.does(OsdpCommand::PresentLong(bits));
            joined.run(Duration::from_millis(200));
            assert_eq!(joined.told, [not_this_kind()], "{bits}");
        }
        joined.told.clear();
        joined.does(OsdpCommand::PresentLong(0));
        joined.does(OsdpCommand::PresentFormatted);
        joined.run_seconds(1);
        assert_eq!(joined.told, [not_this_kind(), not_this_kind()]);
    });
}

#[test]
fn a_reader_that_is_opened_or_whose_power_fails_says_so_until_it_is_well() {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        joined.until(&OWN_KEY);
        for (tampered, power_fails, trouble) in [
            (false, false, None),
            (true, false, Some(Some(Trouble::Tampered))),
            (true, true, None),
            (false, true, Some(Some(Trouble::PowerFails))),
            (false, false, Some(None)),
        ] {
            joined.told.clear();
            joined.does(OsdpCommand::Condition {
                tampered,
                power_fails,
            });
            joined.run_seconds(1);
            let news: Vec<Tell> = trouble.into_iter().map(Tell::Trouble).collect();
            assert_eq!(joined.told, news, "{tampered} {power_fails}");
        }
        joined.reads(3, Certainty::Authenticated);
    });
}

/// Another reader in its place for a while: the trouble is said again, for it is told once by the reader.
#[test]
fn a_reader_that_is_believed_again_is_as_it_was_before() {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        joined.until(&OWN_KEY);
        joined.does(OsdpCommand::Condition {
            tampered: true,
            power_fails: false,
        });
        joined.run_seconds(1);
        joined.does(OsdpCommand::Trouble(OsdpFault::WrongMac, true));
        joined.until(&refused(Distrust::Forged));
        joined.does(OsdpCommand::Trouble(OsdpFault::WrongMac, false));
        joined.told.clear();
        joined.run_seconds(10);
        let trouble = Tell::Trouble(Some(Trouble::Tampered));
        assert_eq!(joined.told, [OWN_KEY, trouble]);
    });
}

#[test]
fn keys_pressed_are_somebodys_secret_and_not_told() {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        joined.until(&OWN_KEY);
        joined.does(OsdpCommand::Press("1234\r".to_owned()));
        joined.run_seconds(1);
        assert_eq!(joined.told, []);
        assert_eq!(joined.sim.untold(), 0);
        joined.reads(3, Certainty::Authenticated);
    });
}

#[test]
fn a_person_sees_and_hears_the_answer_and_then_the_reader_at_rest() {
    let tenth = Duration::from_millis(100);
    for (signal, lamp, lamp_tenths, beep_tenths) in [
        (Signal::Granted, Lamp::Green, 20, 2),
        (Signal::Refused, Lamp::Red, 30, 10),
        (Signal::Wait, Lamp::Amber, 50, 0),
    ] {
        let mut bench = Bench::new(keyed(), keyed_reader());
        bench.join(|joined| {
            joined.until(&OWN_KEY);
            joined.run_seconds(1);
            assert_eq!(
                (joined.front().lamp, joined.front().sounding),
                (Lamp::Blue, false)
            );
            joined.ask(Ask::Signal(signal));
            let (mut lit, mut beeps, mut dark) = (0, 0, 0);
            let mut seen = *joined.now;
            for _ in 0..80 {
                while *joined.now < seen {
                    joined.step();
                }
                seen = seen + tenth;
                let front = joined.sim.front(*joined.now);
                lit += u32::from(front.lamp == lamp);
                dark += u32::from(front.lamp == Lamp::Dark);
                beeps += u32::from(front.sounding);
            }
            assert_eq!(joined.front().lamp, Lamp::Blue, "{signal:?} ends by itself");
            let near = |counted: u32, meant: u32| counted.abs_diff(meant) <= 2;
            assert!(near(lit + dark, lamp_tenths), "{signal:?} {lit} {dark}");
            assert!(near(beeps, beep_tenths), "{signal:?} {beeps}");
            assert_eq!(dark > 0, signal == Signal::Wait, "only waiting blinks");
        });
    }
}

#[test]
fn the_answer_takes_the_place_of_the_wait_at_once() {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        joined.until(&OWN_KEY);
        joined.run_seconds(1);
        joined.ask(Ask::Signal(Signal::Wait));
        joined.ask(Ask::Signal(Signal::Granted));
        joined.run(Duration::from_millis(200));
        assert_eq!(joined.front().lamp, Lamp::Green);
    });
}

#[test]
fn another_address_on_the_line_is_not_listened_to() {
    let mut bench = Bench::new(
        keyed(),
        OsdpReader {
            address: Address::new(0x64).unwrap(),
            ..keyed_reader()
        },
    );
    bench.join(|joined| {
        let told = joined.until(&Tell::Answering(false));
        assert_eq!(told, [Tell::Answering(false)]);
    });
    assert_eq!(Address::new(0x7F), None);
    assert_eq!(Address::new(0x7E).map(Address::number), Some(0x7E));
}

#[test]
fn no_key_and_no_card_is_shown_in_debug_output() {
    let told = presented(card(0x2AB_CDEF), Certainty::Authenticated);
    let shown = format!("{:?} {:?} {:?}", anything(), keyed_reader(), told);
    for secret in ["5A", "5a", "90", "ABCDEF", "abcdef", "44813807"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("Key(…)") && shown.contains("Wiegand(…)"));
}

#[test]
fn ten_megabytes_of_noise_make_no_card_and_do_not_make_it_grow() {
    // Everything a reply begins with, and lengths that are believed.
    let noise = hearing::noise(
        1 << 16,
        &[0xFF, 0x53, 0xE5, 8, 0, 4, 5, 6, 7, 0x50, 0x40, 0x79],
    );
    for settings in [keyed(), anything()] {
        let mut driver = Osdp::new(settings, Seed::given([2; 16]));
        let (mut now, mut line) = (Moment::ORIGIN, Line::new());
        let (mut heard, mut discarded) = (0, 0);
        driver.opened(now, &mut line);
        for _ in 0..160 {
            for piece in noise.chunks(1000) {
                now = driver.due().unwrap();
                driver.waited(now, &mut line);
                driver.heard(now, piece, &mut line);
                heard += piece.len();
                assert!(line.take_bytes().len() < 100);
            }
            discarded += line.take_discarded();
            let told = line.take_tells();
            assert_eq!(of_cards(&told), []);
            assert!(told.len() < 66 * 2, "{}", told.len());
        }
        assert!(heard > 10_000_000);
        assert!(discarded > 10_000_000 * 99 / 100, "{discarded}");
    }
}

/// A driver that waits for the answer to its first poll in clear text, and when.
fn polled() -> (Osdp, Moment) {
    let settings = Settings {
        key: None,
        allow_clear_text: true,
        ..keyed()
    };
    let mut driver = Osdp::new(settings, Seed::given([1; 16]));
    let mut line = Line::new();
    driver.opened(Moment::ORIGIN, &mut line);
    for answer in [reply(0, 0x41, &[3]), reply(1, 0x41, &[3]), Vec::new()] {
        let now = driver.due().unwrap();
        driver.waited(now, &mut line);
        driver.heard(now, &answer, &mut line);
    }
    let now = driver.due().unwrap();
    driver.waited(now, &mut line);
    (driver, now)
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_tells(
        parts in prop::collection::vec((0u8..4, any::<u8>(), 0usize..16), 1..20),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        let mut stream = Vec::new();
        for (kind, byte, length) in parts {
            let card = reply(0, 0x50, &[0, 1, 26, 0, byte, 1, 2, 0x40]);
            match kind {
                0 => stream.extend_from_slice(&card),
                1 => stream.extend_from_slice(&card[..length]),
                2 => stream.extend(vec![byte; length]),
                _ => stream.extend(reply(byte & 3, 0x40, &[])),
            }
        }
        let (mut one, now) = polled();
        let (mut other, _) = polled();
        let whole = hearing::in_pieces(&mut one, now, &stream, &[stream.len()]);
        let pieces = hearing::in_pieces(&mut other, now, &stream, &cuts);
        prop_assert_eq!(pieces, whole);
        prop_assert_eq!(one.due(), other.due());
    }
}
