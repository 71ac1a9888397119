//! Recordings of devices that a house has set otherwise than they are usual: the mask follows the
//! settings, and so does the replay.

use std::fmt::Debug;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::kind::Kind;
use lodge_hardware::link::Link;
use lodge_hardware::link::replay::{parse, through, through_with};
use lodge_hardware::mask::{made_up_key, mask_for};
use lodge_hardware::reader::osdp::{Address, Check, Key, Osdp, Seed, Settings as OsdpSettings};
use lodge_hardware::reader::wiegand::{self, Converter, Layout, Wire};
use lodge_hardware::scanner::{self, End, Family, Scanner, SsiForm};
use lodge_hardware::sim::osdp::OsdpReader;
use lodge_hardware::watch::replayed;

use super::hands::{Worked, osdp};
use super::session::{Evidence, FAULTS, Session, live_with};

/// A recording of this device under its mask.
fn recorded<D: Dialogue<Tell: Debug>>(
    kind: &Kind,
    device: Box<dyn Worked>,
    driver: D,
    session: &Session,
) -> Evidence {
    live_with(device, driver, mask_for(kind), session)
}

/// Longer than a message of anything here may pause.
const REST: Duration = Duration::from_millis(800);

/// What a driver makes of a recording.
fn again<D: Dialogue<Tell: Debug>>(text: &str, mut driver: D) -> Vec<String> {
    let told = through_with(&parse(text).unwrap(), REST, &mut driver).into_iter();
    told.map(|(_, tell)| format!("{tell:?}")).collect()
}

/// Whether the device said this, or was told it, by the recording.
fn has(text: &str, needle: &[u8]) -> bool {
    let rows = parse(text).unwrap().into_iter();
    let bytes: Vec<u8> = rows.flat_map(|row| row.bytes).collect();
    bytes.windows(needle.len()).any(|bytes| bytes == needle)
}

fn key(letter: u8) -> Key {
    Key::new([letter; 16]).unwrap()
}

fn keyed(key: Option<Key>) -> OsdpSettings {
    OsdpSettings {
        address: Address::new(3).unwrap(),
        check: Check::Crc,
        key,
        allow_default_key: false,
        allow_clear_text: false,
        adapter: Duration::ZERO,
    }
}

/// A card and some keys at a reader with this key, whom the site knows so, and what is wrong with it.
fn over_a_channel(
    settings: &OsdpSettings,
    reader: Option<Key>,
    card: &str,
    secret: u8,
    fault: &str,
) -> Evidence {
    let device = OsdpReader::new(settings.address);
    let device = match reader {
        Some(key) => device.with_key(key),
        None => device,
    };
    let line = |line: &str, lasts| (line.to_owned(), lasts);
    let session = vec![
        line("", 1500),
        line(card, 500),
        line("keys 4711", 500),
        line(fault, 0),
        line(card, 6000),
    ];
    let driver = Osdp::new(settings.clone(), Seed::given([secret; 16]));
    recorded(
        &Kind::Osdp(settings.clone()),
        osdp(device),
        driver,
        &session,
    )
}

/// The driver that plays a recording.
fn player(settings: &OsdpSettings) -> Osdp {
    let settings = OsdpSettings {
        key: settings.key.clone().map(|_| made_up_key()),
        ..settings.clone()
    };
    Osdp::new(settings, Seed::given([0; 16]))
}

/// Every fault of a line and of a channel.
fn faults() -> Vec<String> {
    let of_line = FAULTS.into_iter().map(|fault| match fault {
        None => String::new(),
        Some(fault) => format!("fault {fault}"),
    });
    let of_channel = ["wrong-mac", "replay", "busy"].map(|fault| format!("trouble {fault}"));
    of_line.chain(of_channel).collect()
}

#[test]
fn a_recorded_channel_is_the_same_whichever_card_key_or_challenge_it_was() {
    for fault in faults() {
        let (one, other) = (keyed(Some(key(b'A'))), keyed(Some(key(b'z'))));
        let one = over_a_channel(&one, Some(key(b'A')), "card 26:1BCDE9A", 1, &fault);
        let other = over_a_channel(&other, Some(key(b'z')), "card 26:2918477", 9, &fault);
        assert!(one.text == other.text, "{fault}");
        let presented =
            |told: &String| told.contains("Presented") && told.contains("Authenticated");
        assert!(one.told.iter().any(presented), "{fault}: {:?}", one.told);
        for secret in [&[b'A'; 8][..], &[0x6F, 0x37, 0xA6], b"4711"] {
            assert!(!has(&one.text, secret), "{fault}");
        }
    }
}

#[test]
fn a_recorded_channel_tells_again_what_it_told_also_where_something_was_wrong() {
    let own = keyed(Some(key(b'A')));
    for fault in faults() {
        let live = over_a_channel(&own, Some(key(b'A')), "card 26:1BCDE9A", 1, &fault);
        assert_eq!(again(&live.text, player(&own)), live.told, "{fault}");
        let words = replayed(&Kind::Osdp(own.clone()), &parse(&live.text).unwrap());
        assert_eq!(words.len(), live.told.len(), "{fault}");
    }
    // Another key than the site's, and none but the default one: refused, allowed, or in clear text.
    let default = OsdpSettings {
        allow_default_key: true,
        ..own.clone()
    };
    let clear = OsdpSettings {
        allow_clear_text: true,
        ..keyed(None)
    };
    for (settings, reader, says) in [
        (own.clone(), Some(key(b'B')), "WrongKey"),
        (own, None, "Trust(Refused(DefaultKey))"),
        (default.clone(), None, "Trust(DefaultKey)"),
        (keyed(None), None, "NoKey"),
        (clear, None, "Trust(ClearText)"),
    ] {
        let live = over_a_channel(&settings, reader, "card 26:1BCDE9A", 1, "");
        let said = live.told.iter().any(|told| told.contains(says));
        assert!(said, "{says}: {:?}", live.told);
        assert_eq!(again(&live.text, player(&settings)), live.told, "{says}");
        assert!(!has(&live.text, &[0x6F, 0x37, 0xA6]), "{says}");
    }
}

#[test]
fn a_channel_whose_key_is_not_known_is_written_down_by_nobody() {
    // The recording of one reader, taken on a line where another controller speaks to it.
    let own = keyed(Some(key(b'A')));
    let driver = Osdp::new(own.clone(), Seed::given([1; 16]));
    let device = osdp(OsdpReader::new(own.address).with_key(key(b'A')));
    let session = vec![(String::new(), 1500), ("card 26:1BCDE9A".to_owned(), 500)];
    let mask = mask_for(&Kind::Osdp(keyed(Some(key(b'B')))));
    let text = live_with(device, driver, mask, &session).text;
    let rows = parse(&text).unwrap().into_iter();
    let within = |bytes: &[u8]| bytes.windows(2).any(|two| matches!(two, [2, 0x15..=0x18]));
    let heard: Vec<_> = rows.filter(|row| row.from_device).collect();
    assert!(heard.len() > 10);
    assert!(heard.iter().all(|row| !within(&row.bytes)), "{text}");
}

/// A device that says what it is given.
struct Says(Vec<u8>);

impl Worked for Says {
    fn does(&mut self, _now: Moment, line: &str) {
        self.0.extend(line.as_bytes());
    }

    fn pump(&mut self, _now: Moment, link: &mut dyn Link) {
        let n = link.write(&self.0).unwrap();
        self.0.drain(..n);
    }
}

/// What comes, each with the milliseconds that follow.
fn said(lines: &[(&str, u64)]) -> Session {
    let lines = lines.iter();
    lines
        .map(|(line, lasts)| ((*line).to_owned(), *lasts))
        .collect()
}

fn scans(settings: &scanner::Settings, lines: &[(&str, u64)]) -> Evidence {
    let kind = Kind::Scanner(settings.clone());
    let driver = Scanner::with(settings.clone());
    recorded(&kind, Box::new(Says(Vec::new())), driver, &said(lines))
}

#[test]
fn a_scanner_with_prefix_and_suffix_is_recorded_with_them_and_without_its_codes() {
    let settings = scanner::Settings {
        prefix: b"\x02L".to_vec(),
        end: End::Suffix(b"\t".to_vec()),
        idle_end: Duration::from_millis(400),
        ..scanner::Settings::default()
    };
    let lines = [
        ("\x02L]C1PARCEL-7BCDE9\t", 2000),
        // In two pieces, with a pause that is none here.
        ("\x02LSECR", 300),
        ("ET-12\t", 2000),
        // A line break stands within it.
        ("\x02LTWO\rLINES\t", 2000),
        ("STRAY-77\t", 2000),
        ("\x02LBELL\x07S-9\t", 2000),
        ("\x02L7\t", 2000),
    ];
    let live = scans(&settings, &lines);
    assert_eq!(live.told.len(), 6, "{:?}", live.told);
    assert!(
        live.told[0].contains("13 characters of Gs1Code128"),
        "{:?}",
        live.told
    );
    assert_eq!(
        again(&live.text, Scanner::with(settings.clone())),
        live.told
    );
    for part in [
        "PARCEL", "SECR", "ET-12", "TWO", "LINES", "STRAY", "BELL", "S-9",
    ] {
        assert!(!has(&live.text, part.as_bytes()), "{part}: {}", live.text);
    }
    assert!(has(&live.text, b"\x02L]C1CODE-00000001\t"), "{}", live.text);
    // As a scanner of any make it is one that says nothing that can be read.
    let usual = again(&live.text, Scanner::new());
    assert!(
        !usual.is_empty() && usual.iter().all(|told| told.contains("Unreadable")),
        "{usual:?}"
    );
}

#[test]
fn a_scanner_that_ends_codes_with_a_pause_and_knows_no_aim_is_recorded_so_too() {
    let settings = scanner::Settings {
        end: End::Pause,
        aim: false,
        ..scanner::Settings::default()
    };
    let live = scans(&settings, &[("]C1SECRET", 1000), ("OTHER", 1000)]);
    assert_eq!(live.told.len(), 2);
    assert_eq!(again(&live.text, Scanner::with(settings)), live.told);
    assert!(
        !has(&live.text, b"]C1") && !has(&live.text, b"SECRET"),
        "{}",
        live.text
    );
}

#[test]
fn packets_of_a_scanner_with_a_prefix_are_recorded_with_it() {
    let settings = scanner::Settings {
        family: Family::Zebra(SsiForm::Packets),
        prefix: b"L:".to_vec(),
        set_up: false,
        ..scanner::Settings::default()
    };
    let packet = |status, text: &str| {
        let mut packet = vec![5 + text.len() as u8, 0xF3, 0x00, status, 0x03];
        packet.extend(text.as_bytes());
        let sum = packet.iter().map(|byte| u16::from(*byte)).sum::<u16>();
        packet.extend(sum.wrapping_neg().to_be_bytes());
        packet
    };
    let mut device = Says(Vec::new());
    // One in a packet, one in two packets, and one without the prefix.
    for part in [
        packet(0, "L:]C1SECRET-1"),
        packet(2, "L:SECRET-2"),
        packet(0, "-AND-MORE"),
        packet(0, "STRAY-77"),
    ] {
        device.0.extend(part);
    }
    let kind = Kind::Scanner(settings.clone());
    let driver = Scanner::with(settings.clone());
    let live = recorded(&kind, Box::new(device), driver, &said(&[("", 3000)]));
    assert_eq!(live.told.len(), 3, "{:?}", live.told);
    assert_eq!(again(&live.text, Scanner::with(settings)), live.told);
    for part in ["SECRET", "AND", "STRAY"] {
        assert!(!has(&live.text, part.as_bytes()), "{part}: {}", live.text);
    }
}

#[test]
fn a_site_with_numbers_of_40_bits_or_with_parity_is_recorded_in_its_own_form() {
    let forty = wiegand::Settings {
        digits: 10,
        wire: Wire::Number(40),
        end: wiegand::End::Pause,
        adapter: Duration::from_millis(200),
        ..wiegand::Settings::wie232()
    };
    let parity = wiegand::Settings {
        digits: 7,
        wire: Wire::Whole(Layout::H10301),
        keep: Some(24),
        ..wiegand::Settings::wie232()
    };
    let code = Layout::H10301.code(wiegand::Fields {
        facility: Some(205),
        number: 42220,
    });
    let whole = format!("{:07X}", code.unwrap().value());
    let whole_line = format!("{whole}\r");
    let cases = [
        // With a pause in the middle that the adapter makes.
        (
            forty,
            vec![("01EDC", 250), ("BA4EC", 2000)],
            ["01EDC", "BA4EC"],
        ),
        (
            parity,
            vec![(&whole_line[..], 2000)],
            [&whole[..], &whole[1..]],
        ),
    ];
    for (settings, lines, secrets) in cases {
        let kind = Kind::Wiegand(settings);
        let device = Box::new(Says(Vec::new()));
        let live = recorded(&kind, device, Converter::new(settings), &said(&lines));
        assert_eq!(live.told.len(), 1, "{:?}", live.told);
        assert!(live.told[0].contains("Presented"), "{:?}", live.told);
        assert_eq!(again(&live.text, Converter::new(settings)), live.told);
        let words = replayed(&kind, &parse(&live.text).unwrap());
        assert_eq!(words.len(), 1, "{words:?}");
        for secret in secrets {
            assert!(!has(&live.text, secret.as_bytes()), "{}", live.text);
        }
        let usual = again(&live.text, Converter::new(wiegand::Settings::wie232()));
        assert!(usual.is_empty(), "{usual:?}");
    }
}

#[test]
fn cards_in_clear_text_keep_the_parity_that_a_house_may_look_at() {
    let code = Layout::H10301.code(wiegand::Fields {
        facility: Some(205),
        number: 42220,
    });
    let clear = OsdpSettings {
        allow_clear_text: true,
        ..keyed(None)
    };
    for (value, is_right) in [
        (code.unwrap().value(), true),
        (code.unwrap().value() ^ 1, false),
    ] {
        let card = format!("card 26:{value:X}");
        let text = over_a_channel(&clear, None, &card, 1, "").text;
        let mut player = player(&clear);
        let told = through(&parse(&text).unwrap(), &mut player).into_iter();
        let mut cards = told.filter_map(|(_, tell)| match tell {
            lodge_hardware::reader::Tell::Presented(presented) => Some(presented.credential),
            _ => None,
        });
        let Some(lodge_hardware::reader::Credential::Wiegand(card)) = cards.next() else {
            panic!("no card in {text}");
        };
        assert_eq!(card.number_bits().is_some(), is_right);
        assert_ne!(card.value(), value);
    }
}
