//! What sends lines: scanners, asked for by a question that changes nothing, and converters from Wiegand.

use std::time::Duration;

use super::{What, hear, pause};
use crate::clock::Clock;
use crate::link::Link;
use crate::link::serial::SerialLink;
use crate::reader::wiegand;
use crate::scanner::{Ask, Family, Scanner, Settings, SsiForm, Tell};

/// The families whose scanners are asked, with their words in the settings.
const FAMILIES: [(Family, &str); 3] = [
    (Family::Newland, "newland"),
    (Family::Zebra(SsiForm::Raw), "zebra"),
    (Family::Grow, "grow"),
];

/// A menu command of Honeywell's, HHP's and Datalogic's that only asks for the trigger mode. One that does
/// not know the question repeats its name all the same, with ENQ or NAK behind it (§6.2).
const HONEYWELL_ASKED: &[u8] = b"\x16M\rTRGMOD?!";

/// The family of the scanner that answers a question which changes nothing.
pub(super) fn scanner(
    link: &mut SerialLink,
    baud: u32,
    waits: Duration,
    says: &mut dyn FnMut(&str),
) -> Option<&'static str> {
    says(&format!("asking for a scanner (honeywell) at {baud}"));
    if honeywell(link, waits) {
        return Some("honeywell");
    }
    for (family, make) in FAMILIES {
        says(&format!("asking for a scanner ({make}) at {baud}"));
        let settings = Settings {
            set_up: false,
            ..Settings::commanded(family)
        };
        // It is told to stop what it does not do.
        let (driver, stop) = (Scanner::with(settings), Some(Ask::StopReading));
        if hear(link, driver, stop, waits, |told| {
            told.contains(&Tell::Answering(true))
        }) {
            return Some(make);
        }
    }
    None
}

/// Whether the question comes back with a verdict, whatever value stands between.
fn honeywell(link: &mut SerialLink, waits: Duration) -> bool {
    let clock = Clock::system();
    let (mut heard, mut buffer) = (Vec::new(), [0; 64]);
    if link.write(HONEYWELL_ASKED).is_err() {
        return false;
    }
    let end = clock.now() + waits;
    while clock.now() < end {
        let Ok(n) = link.read(&mut buffer) else {
            return false;
        };
        heard.extend_from_slice(&buffer[..n]);
        let name = heard.windows(6).position(|part| part == b"TRGMOD");
        let behind = name.map_or(&[][..], |at| &heard[at + 6..]);
        let mut behind = behind.iter().take_while(|byte| **byte != b'!');
        if behind.any(|byte| matches!(byte, 0x05 | 0x06 | 0x15)) {
            return true;
        }
        pause();
    }
    false
}

/// What a line is, by what stands in it and behind it.
pub(super) fn of_line(bytes: &[u8]) -> What {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let mut lines = bytes.splitn(2, is_end);
    let text = lines.next().unwrap_or_default();
    let end: Vec<u8> = (bytes[text.len()..].iter().copied())
        .take_while(is_end)
        .take(2)
        .collect();
    let converters = [
        ("wie232", wiegand::Settings::wie232(), &b"\r"[..]),
        ("s4a", wiegand::Settings::s4a(), b"\r\n"),
    ];
    let fits = |settings: &wiegand::Settings| settings.read(text).is_some();
    let mut converters = converters.into_iter();
    let found = converters.find(|(_, settings, mark)| fits(settings) && end == *mark);
    found.map_or(What::Lines, |(name, ..)| What::Converter(name))
}
