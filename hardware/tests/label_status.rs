//! What a label printer says, bit by bit, in any pieces and within noise (hardware.md §8).

#[path = "support/hearing.rs"]
mod hearing;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::label::printer::{Ask, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::status::{LabelStatus, Obstacle};
use proptest::prelude::*;

const HEALTHY: LabelStatus = LabelStatus {
    head_open: false,
    paper_out: false,
    ribbon_out: false,
    jam: false,
    paused: false,
    temperature: false,
    other: false,
    busy: false,
};

/// What ~HS is answered with, healthy, in the makers' example's form.
const HOST_STATUS: [&str; 3] = [
    "030,0,0,1245,000,0,0,0,000,0,0,0",
    "000,0,0,0,0,2,4,0,00000000,1,000",
    "1234,0",
];

/// The strings with one field changed.
fn host_status(string: usize, field: usize, value: &str) -> Option<LabelStatus> {
    let mut strings = HOST_STATUS.map(str::to_owned);
    let mut fields: Vec<&str> = HOST_STATUS[string].split(',').collect();
    fields[field] = value;
    strings[string] = fields.join(",");
    LabelStatus::from_host_status([&strings[0], &strings[1], &strings[2]])
}

fn framed() -> Vec<u8> {
    let strings = HOST_STATUS.map(|text| format!("\x02{text}\x03\r\n"));
    strings.concat().into_bytes()
}

#[test]
fn every_bit_of_the_one_byte_is_what_the_manual_says() {
    let of = LabelStatus::from_one_byte;
    assert_eq!((of(0), of(0).obstacle()), (HEALTHY, None));
    for (byte, obstacle) in [
        (0x01, Some(Obstacle::HeadOpen)),
        (0x02, Some(Obstacle::Jam)),
        (0x04, Some(Obstacle::PaperOut)),
        (0x08, Some(Obstacle::RibbonOut)),
        (0x10, Some(Obstacle::Paused)),
        (0x20, None),
        (0x40, Some(Obstacle::HeadOpen)),
        (0x80, Some(Obstacle::Temperature)),
        (0x05, Some(Obstacle::HeadOpen)),
        (0x0E, Some(Obstacle::PaperOut)),
    ] {
        assert_eq!(of(byte).obstacle(), obstacle, "{byte:02X}");
        assert_eq!(of(byte).busy, byte & 0x20 != 0, "{byte:02X}");
    }
}

#[test]
fn every_bit_of_the_four_bytes_is_what_the_manual_says() {
    let of = |bytes: &[u8; 4]| LabelStatus::from_four_bytes(*bytes).unwrap();
    assert_eq!(of(b"@@@@"), HEALTHY);
    // A full receive buffer is none of a person's business.
    assert_eq!(of(b"@H@@"), HEALTHY);
    for busy in [b"B@@@", b"C@@@", b"F@@@", b"P@@@", b"W@@@"] {
        assert_eq!((of(busy).busy, of(busy).obstacle()), (true, None));
    }
    for (bytes, obstacle) in [
        (b"`@@@", Obstacle::Paused),
        (b"K@@@", Obstacle::Paused),
        (b"E@@@", Obstacle::OtherError),
        (b"E@A@", Obstacle::Temperature),
        (b"E@B@", Obstacle::Temperature),
        (b"E@D@", Obstacle::OtherError),
        (b"E@H@", Obstacle::Jam),
        (b"E@P@", Obstacle::OtherError),
        (b"E@@A", Obstacle::PaperOut),
        (b"E@@B", Obstacle::Jam),
        (b"E@@D", Obstacle::RibbonOut),
        (b"E@@H", Obstacle::Jam),
        (b"E@@`", Obstacle::HeadOpen),
        (b"@@@A", Obstacle::PaperOut),
    ] {
        assert_eq!(of(bytes).obstacle(), Some(obstacle), "{bytes:?}");
    }
    assert_eq!(of(b"L@@@"), HEALTHY, "the label hangs out, done");
    for wrong in [b"\0@@@", b"@@\xC1@", b"@@@0"] {
        assert_eq!(LabelStatus::from_four_bytes(*wrong), None);
    }
}

#[test]
fn every_field_of_the_three_strings_is_what_the_manual_says() {
    assert_eq!(host_status(0, 0, "030"), Some(HEALTHY));
    for (string, field, obstacle) in [
        (0, 1, Obstacle::PaperOut),
        (0, 2, Obstacle::Paused),
        (0, 9, Obstacle::OtherError),
        (0, 10, Obstacle::Temperature),
        (0, 11, Obstacle::Temperature),
        (1, 2, Obstacle::HeadOpen),
        (1, 3, Obstacle::RibbonOut),
    ] {
        let status = host_status(string, field, "1").unwrap();
        assert_eq!(status.obstacle(), Some(obstacle), "{string}, {field}");
        assert_eq!(host_status(string, field, "2"), None);
        assert_eq!(host_status(string, field, ""), None);
    }
    for (string, field, value) in [(0, 4, "001"), (0, 7, "1"), (1, 8, "00000001")] {
        let status = host_status(string, field, value).unwrap();
        assert_eq!((status.busy, status.obstacle()), (true, None));
        assert_eq!(host_status(string, field, "x"), None);
    }
    let [first, second, third] = HOST_STATUS;
    assert_eq!(LabelStatus::from_host_status([second, first, third]), None);
    assert_eq!(LabelStatus::from_host_status([first, second, "1"]), None);
}

/// A printer just opened, its first question on the line.
fn opened(profile: Profile) -> (Printer, Line<Tell>) {
    let mut printer = Printer::new(profile, 9600, None);
    let mut line = Line::new();
    printer.opened(Moment::ORIGIN, &mut line);
    let question = line.take_bytes();
    assert!(question.starts_with(b"\r\n") && question.len() <= 7);
    (printer, line)
}

fn profiles() -> [Profile; 3] {
    [
        Profile::tspl_203dpi(),
        Profile::tspl2_203dpi_western(),
        Profile::zpl_203dpi(),
    ]
}

#[test]
fn one_byte_is_an_answer_only_when_it_is_alone() {
    for (bytes, believed) in [(&[0x00][..], true), (&[0x00, 0x20], false), (&[], false)] {
        let (mut printer, mut line) = opened(Profile::tspl_203dpi());
        printer.heard(Moment::ORIGIN, bytes, &mut line);
        assert_eq!(line.take_tells(), [], "not before it is quiet");
        printer.waited(printer.due().unwrap(), &mut line);
        let told = line.take_tells();
        assert_eq!(told.contains(&Tell::Status(HEALTHY)), believed);
        let again = line.take_bytes();
        assert_eq!(again.is_empty(), believed, "else it is asked again");
    }
}

#[test]
fn silence_is_told_after_the_third_try_and_bytes_that_nobody_asked_for_are_discarded() {
    for profile in profiles() {
        let (mut printer, mut line) = opened(profile);
        for _ in 0..2 {
            printer.waited(printer.due().unwrap(), &mut line);
            assert!(!line.take_bytes().is_empty(), "another try");
            assert_eq!(line.take_tells(), []);
        }
        printer.waited(printer.due().unwrap(), &mut line);
        assert_eq!(line.take_tells(), [Tell::Answering(false)]);
        assert_eq!(printer.due(), None, "an idle printer is not polled");
        printer.heard(Moment::ORIGIN, &framed(), &mut line);
        assert_eq!(line.take_discarded(), framed().len() as u64);
        assert_eq!(line.take_tells(), []);
    }
}

#[test]
fn ten_megabytes_of_noise_are_survived_and_a_question_in_them_ends() {
    for profile in profiles() {
        let (mut printer, mut line) = opened(profile);
        let noise = hearing::noise(1 << 16, b"\x02\x03\r\n0123456789,@ABPE`");
        let mut now = Moment::ORIGIN;
        for _ in 0..160 {
            for piece in noise.chunks(1000) {
                printer.heard(now, piece, &mut line);
                now = now + std::time::Duration::from_millis(20);
                if printer.due().is_some_and(|due| due <= now) {
                    printer.waited(now, &mut line);
                }
            }
            line.take_bytes();
            for tell in line.take_tells() {
                assert!(!matches!(tell, Tell::Printed(..) | Tell::Ready(_)));
            }
        }
        assert_eq!(printer.due(), None);
        assert!(line.take_discarded() > 10_000_000);
    }
}

#[test]
fn an_answer_behind_noise_is_understood_and_the_noise_counted() {
    for (profile, answer) in [
        (
            Profile::tspl2_203dpi_western(),
            b"\x02P@@@\x03\r\n".to_vec(),
        ),
        (Profile::zpl_203dpi(), framed()),
    ] {
        for noise in [
            &b"\x02"[..],
            b"\xFF\x02\xAA\x00S",
            b"\x02@@",
            b"\x02030,0\x03\r\n",
        ] {
            let (mut printer, mut line) = opened(profile.clone());
            let stream = [noise, &answer].concat();
            printer.heard(Moment::ORIGIN, &stream, &mut line);
            let busy = profile == Profile::tspl2_203dpi_western();
            let status = LabelStatus { busy, ..HEALTHY };
            let told = line.take_tells();
            assert_eq!(
                told,
                [Tell::Answering(true), Tell::Status(status)],
                "{noise:?}"
            );
            assert_eq!(line.take_discarded(), noise.len() as u64);
            let (frames, rejected) = line.take_frames();
            assert_eq!(frames, 1);
            assert!(rejected >= 1, "{noise:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_tells(
        noise in prop::collection::vec(any::<u8>(), 0..20),
        which in 0usize..3,
        cuts in prop::collection::vec(1usize..40, 1..30),
    ) {
        let hear = |lengths: &[usize]| {
            let (mut printer, _) = opened(profiles()[which].clone());
            let mut all = Vec::new();
            let mut bytes = noise.clone();
            bytes.extend(framed());
            bytes.extend(b"\x02@@@A\x03\r\n\x00");
            for _ in 0..3 {
                all.push(hearing::in_pieces(&mut printer, Moment::ORIGIN, &bytes, lengths));
                let mut line = Line::new();
                printer.asked(Moment::ORIGIN, Ask::Status, &mut line);
                if let Some(due) = printer.due() {
                    printer.waited(due, &mut line);
                }
                all.push((line.take_tells(), line.take_discarded()));
            }
            all
        };
        prop_assert_eq!(hear(&cuts), hear(&[usize::MAX]));
    }
}
