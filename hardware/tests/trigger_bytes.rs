//! The words of every maker's scanners: their bytes, and what replies mean (hardware.md §6.2).

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/triggered.rs"]
mod triggered;
#[path = "support/two_ends.rs"]
mod two_ends;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::scanner::{Ask, Command, Family, Mode, Refusal, Scanner, Settings, Tell};
use proptest::prelude::*;
use triggered::{FAMILIES, PACKETS, RAW, bytes, code, codes};

const SECOND: Duration = Duration::from_secs(1);

/// What a driver set to `settings` writes when it is opened, and then when it is asked, while every
/// message is answered with `reply` at once.
fn written(settings: Settings, ask: Option<Ask>, replies: &[&str]) -> Vec<u8> {
    let mut scanner = Scanner::with(settings);
    let (mut line, mut now) = (Line::new(), Moment::from_micros(1_000_000));
    scanner.opened(now, &mut line);
    if let Some(ask) = ask {
        scanner.asked(now, ask, &mut line);
    }
    let mut out = Vec::new();
    for reply in replies.iter().chain([&""]) {
        now = now + Duration::from_millis(20);
        if scanner.due().is_some_and(|due| due <= now) {
            scanner.waited(now, &mut line);
        }
        out.extend(line.take_bytes());
        scanner.heard(now, &bytes(reply), &mut line);
        assert!(codes(&line.take_tells()).is_empty());
    }
    out.extend(line.take_bytes());
    out
}

#[test]
fn trigger_commands_are_the_published_bytes() {
    for (family, start, stop) in [
        (Family::Honeywell, "16 54 0D", "16 55 0D"),
        (
            Family::Newland,
            "7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03",
            "7E 01 30 30 30 30 23 53 43 4E 54 52 47 30 3B 03",
        ),
        (RAW, "00 04 E4 04 00 FF 14", "00 04 E5 04 00 FF 13"),
        (PACKETS, "00 04 E4 04 00 FF 14", "00 04 E5 04 00 FF 13"),
        (
            Family::Grow,
            "7E 00 08 01 00 02 01 AB CD",
            "7E 00 08 01 00 02 00 AB CD",
        ),
        (Family::Any, "", ""),
    ] {
        for (ask, wanted) in [(Ask::StartReading, start), (Ask::StopReading, stop)] {
            let mut settings = Settings::commanded(family);
            settings.set_up = false;
            let out = written(settings, Some(ask), &[]);
            assert_eq!(out, bytes(wanted), "{family:?} {ask:?}");
        }
    }
}

#[test]
fn set_up_commands_are_the_published_bytes_and_nothing_is_kept_for_good() {
    let newland = |digit: &str| format!("7E 01 30 30 30 30 23 53 43 4E 4D 4F 44 {digit} 3B 03");
    let honeywell = |digit: &str| format!("16 4D 0D 54 52 47 4D 4F 44 {digit} 21");
    let ssi = |packeted: &str, mode: &str, check: &str| {
        format!("00 0B C6 04 00 FF 9F 01 EE {packeted} 8A {mode} {check} 00 04 E9 04 00 FF 0F")
    };
    let acknowledged = "04 D0 00 00 FF 2C";
    for (family, mode, wanted, replies) in [
        (Family::Honeywell, Mode::Commanded, honeywell("30"), vec![]),
        (Family::Honeywell, Mode::AutoSense, honeywell("33"), vec![]),
        (Family::Newland, Mode::Commanded, newland("30"), vec![]),
        (Family::Newland, Mode::AutoSense, newland("32"), vec![]),
        (
            RAW,
            Mode::Commanded,
            ssi("00", "08", "FC 0C"),
            vec!["", acknowledged, ""],
        ),
        (
            PACKETS,
            Mode::AutoSense,
            ssi("01", "07", "FC 0C"),
            vec!["", acknowledged, ""],
        ),
        (
            Family::Grow,
            Mode::Commanded,
            "7E 00 08 01 00 00 D5 AB CD".to_owned(),
            vec![],
        ),
        (
            Family::Grow,
            Mode::AutoSense,
            "7E 00 08 01 00 00 D7 AB CD".to_owned(),
            vec![],
        ),
        (Family::Any, Mode::Commanded, String::new(), vec![]),
    ] {
        let mut settings = Settings::commanded(family);
        settings.mode = mode;
        let out = written(settings, None, &replies);
        assert_eq!(out, bytes(&wanted), "{family:?} {mode:?}");
    }
}

#[test]
fn published_replies_are_understood_and_are_never_codes() {
    let newland =
        |verdict: &str| format!("02 01 30 30 30 30 23 53 43 4E 54 52 47 31 {verdict} 3B 03");
    for (family, reply, refusal) in [
        (Family::Newland, newland("06"), None),
        (Family::Newland, newland("05"), Some(Refusal::Unknown)),
        (Family::Newland, newland("15"), Some(Refusal::BadValue)),
        (Family::Grow, "02 00 00 01 00 33 31".to_owned(), None),
        (
            Family::Grow,
            "02 00 03 01 00 6A 61".to_owned(),
            Some(Refusal::Unknown),
        ),
        (RAW, "04 D0 00 00 FF 2C".to_owned(), None),
        (PACKETS, "04 D0 00 00 FF 2C".to_owned(), None),
        (
            RAW,
            "05 D1 00 00 06 FF 24".to_owned(),
            Some(Refusal::NotAllowed),
        ),
        (
            PACKETS,
            "05 D1 00 00 02 FF 28".to_owned(),
            Some(Refusal::Unknown),
        ),
    ] {
        let mut settings = Settings::commanded(family);
        settings.set_up = false;
        let mut scanner = Scanner::with(settings);
        let (mut line, now) = (Line::new(), Moment::from_micros(1_000_000));
        scanner.opened(now, &mut line);
        scanner.asked(now, Ask::StartReading, &mut line);
        let now = now + Duration::from_millis(20);
        scanner.waited(now, &mut line);
        scanner.heard(now, &bytes(&reply), &mut line);
        let refused = refusal.map(|refusal| Tell::Refused {
            command: Command::Start,
            refusal,
        });
        let wanted: Vec<Tell> = [Some(Tell::Answering(true)), refused]
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(line.take_tells(), wanted, "{family:?} {reply}");
        assert_eq!((scanner.due(), line.take_frames()), (None, (1, 0)));
        // The same once more is a reply to nothing, and no code either.
        scanner.heard(now, &bytes(&reply), &mut line);
        let later = now + SECOND;
        scanner.waited(later, &mut line);
        assert!(codes(&line.take_tells()).is_empty());
    }
}

#[test]
fn a_menu_reply_is_read_with_and_without_the_end_of_the_command_behind_it() {
    for (reply, wanted) in [
        (
            &b"TRGMOD0\x06A-1\r"[..],
            vec![Tell::Answering(true), code(Family::Honeywell, "A-1")],
        ),
        (
            b"TRGMOD0\x06!A-1\r",
            vec![Tell::Answering(true), code(Family::Honeywell, "A-1")],
        ),
        (
            b"TRGMOD0\x15!",
            vec![
                Tell::Answering(true),
                Tell::Refused {
                    command: Command::SetUp,
                    refusal: Refusal::BadValue,
                },
            ],
        ),
        // Codes that look like it are codes.
        (b"TRGMOD0\r", vec![code(Family::Honeywell, "TRGMOD0")]),
        // One with another verdict is a damaged reply.
        (b"TRGMOD0F!", vec![]),
        (
            b"XTRGMO\rD\r",
            vec![
                code(Family::Honeywell, "XTRGMO"),
                code(Family::Honeywell, "D"),
            ],
        ),
    ] {
        let mut scanner = Scanner::with(Settings::commanded(Family::Honeywell));
        let (mut line, now) = (Line::new(), Moment::from_micros(1_000_000));
        scanner.opened(now, &mut line);
        scanner.heard(now, reply, &mut line);
        assert_eq!(
            line.take_tells(),
            wanted,
            "{:?}",
            reply.escape_ascii().to_string()
        );
    }
}

#[test]
fn a_packet_whose_acknowledgement_was_lost_is_acknowledged_again_and_told_once() {
    let mut scanner = Scanner::with(Settings {
        same_code: Duration::ZERO,
        ..Settings::commanded(PACKETS)
    });
    let mut line = Line::new();
    let now = Moment::from_micros(1_000_000);
    let acknowledged = bytes("04 D0 04 00 FF 28");
    let first = bytes("06 F3 00 00 03 41 FE C3");
    let again = bytes("06 F3 00 01 03 41 FE C2");
    for (packet, told) in [(&first, 1), (&again, 0), (&first, 1)] {
        scanner.heard(now, packet, &mut line);
        assert_eq!(line.take_tells().len(), told);
        assert_eq!(line.take_bytes(), acknowledged);
    }
}

#[test]
fn ten_megabytes_of_noise_neither_grow_a_driver_nor_make_it_chatter() {
    for family in FAMILIES {
        let mut scanner = Scanner::with(Settings::commanded(family));
        let mut line = Line::new();
        scanner.opened(Moment::ORIGIN, &mut line);
        line.take_bytes();
        let marks = b"\x02\x01\x00\x04\x05\x06\xD0\xD1\xF3\x7ETRGMOD0;\x03\x33\x31\xFF\xA1";
        let noise = hearing::noise(1 << 16, marks);
        let (mut out, mut codes) = (0, 0);
        for i in 0..160u64 {
            scanner.heard(Moment::from_micros(i), &noise, &mut line);
            out += line.take_bytes().len();
            codes += line
                .take_tells()
                .iter()
                .filter(|tell| matches!(tell, Tell::Code(_)))
                .count();
        }
        assert!(out < 200, "{family:?} wrote {out} bytes");
        assert_eq!(codes, 0, "{family:?}");
        scanner.waited(Moment::from_micros(10_000_000), &mut line);
        assert!(line.take_discarded() > 10_000_000, "{family:?}");
    }
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_tells(
        family in prop::sample::select(FAMILIES.to_vec()),
        picks in prop::collection::vec((0usize..8, any::<u8>()), 1..60),
        cuts in prop::collection::vec(1usize..20, 1..40),
    ) {
        let pieces = [
            bytes("04 D0 00 00 FF 2C"),
            bytes("02 00 00 01 00 33 31"),
            b"TRGMOD0\x06!".to_vec(),
            b"\x02\x010000#SCNMOD0\x06;\x03".to_vec(),
            b"A-1123\r".to_vec(),
            bytes("06 F3 00 00 03 41 FE C3"),
        ];
        let stream: Vec<u8> = picks
            .into_iter()
            .flat_map(|(pick, byte)| match pieces.get(pick) {
                Some(piece) if byte < 200 => piece.clone(),
                Some(piece) => piece[..piece.len() / 2].to_vec(),
                None => vec![byte],
            })
            .collect();
        let heard = |lengths: &[usize]| {
            let mut scanner = Scanner::with(Settings::commanded(family));
            scanner.opened(Moment::ORIGIN, &mut Line::new());
            hearing::in_pieces(&mut scanner, Moment::ORIGIN, &stream, lengths)
        };
        prop_assert_eq!(heard(&cuts), heard(&[stream.len()]));
    }
}
