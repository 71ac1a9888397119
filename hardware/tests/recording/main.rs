//! Recordings: nothing of anybody in them, and what was told can be told again from them.

use std::io::Write;

use lodge_hardware::clock::Clock;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::pair;
use lodge_hardware::link::record::Recorded;
use lodge_hardware::link::replay::{parse, through};
use lodge_hardware::reader::wiegand::{self, Converter};
use lodge_hardware::watch::replayed;

mod hands;
mod masks;
mod session;
mod settings;

use session::{FAULTS, evidence, held_up, kind, recorded_kinds, session};

#[test]
fn a_recording_is_the_same_to_the_last_byte_whichever_card_or_code_it_was() {
    for word in recorded_kinds() {
        let [one, other] = held_up(word);
        for fault in FAULTS {
            let (one, _) = evidence(word, &session(word, &one, fault), true);
            let (other, _) = evidence(word, &session(word, &other, fault), true);
            assert_eq!(one.text, other.text, "{word} {fault:?}");
            // Half of an answer of one byte is nothing.
            let half = word == "tspl" && fault == Some("half-frame");
            let silent = fault == Some("silent") || word == "esc-pos" || half;
            assert!(silent || one.text.contains('<'), "{word} {fault:?}");
        }
    }
}

#[test]
fn without_a_mask_the_number_would_be_there_and_the_search_would_see_it() {
    let there = |text: &str, needle: &[u8]| {
        let rows = parse(text).unwrap();
        let bytes: Vec<u8> = rows.into_iter().flat_map(|row| row.bytes).collect();
        bytes.windows(needle.len()).any(|bytes| bytes == needle)
    };
    for (word, needle) in [
        ("em4100", &b"7BCDE9A4EC"[..]),
        ("wie232", b"E9A4EC"),
        ("s4a", &3_454_641_388_u32.to_string().into_bytes()),
        ("pn532", &[0x7B, 0xCD, 0xE9, 0xA4]),
        ("osdp", &[0x6F, 0x37, 0xA6]),
        ("line-scanner", b"7BCDE9"),
        ("honeywell", b"7BCDE9"),
        ("newland", b"7BCDE9"),
        ("zebra", b"7BCDE9"),
        ("zebra-packets", b"7BCDE9"),
        ("grow", b"7BCDE9"),
    ] {
        let session = session(word, &held_up(word)[0], None);
        let (plain, _) = evidence(word, &session, false);
        assert!(there(&plain.text, needle), "{word}");
        let (masked, _) = evidence(word, &session, true);
        assert!(!there(&masked.text, needle), "{word}");
    }
}

#[test]
fn a_replay_tells_what_was_told() {
    for word in recorded_kinds() {
        let session = session(word, &held_up(word)[0], None);
        let (evidence, again) = evidence(word, &session, true);
        // Longer made-up codes have another length in their words; all else is the same.
        let plain = |told: &[String]| -> Vec<String> {
            let words = told
                .iter()
                .map(|words| words.split("…").next().unwrap_or(""));
            words.map(str::to_owned).collect()
        };
        assert_eq!(plain(&again), plain(&evidence.told), "{word}");
        assert!(!again.is_empty() || word == "esc-pos", "{word}");
        let rows = parse(&evidence.text).unwrap();
        let words = replayed(&kind(word), &rows);
        assert_eq!(words.len(), again.len(), "{word}");
    }
}

#[test]
fn the_same_card_is_the_same_and_another_one_is_another() {
    let presented = |cards: &[&str]| {
        let session = cards.iter().map(|card| (format!("card {card}"), 2000));
        let (evidence, _) = evidence("em4100", &session.collect(), true);
        let rows = parse(&evidence.text).unwrap().into_iter();
        let mut frames: Vec<Vec<u8>> = rows.map(|row| row.bytes).collect();
        frames.dedup();
        frames
    };
    let frames = presented(&["7BCDE9A4EC", "2918476355", "7BCDE9A4EC"]);
    assert_eq!(frames.len(), 3);
    assert_eq!(frames[0], b"\x02000000000101\x03");
    assert_eq!(frames[1], b"\x02000000000202\x03");
    assert_eq!(frames[2], frames[0]);
}

#[test]
fn keys_pressed_are_not_in_a_recording() {
    for (word, one, other) in [
        ("wie232", "key 7", "key 3"),
        ("s4a", "key 7", "key 3"),
        ("osdp", "keys 4711", "keys 9385"),
    ] {
        let session = |keys: &str| vec![(String::new(), 1500), (keys.to_owned(), 1500)];
        let (one, _) = evidence(word, &session(one), true);
        let (other, _) = evidence(word, &session(other), true);
        assert_eq!(one.text, other.text, "{word}");
        assert!(one.text.contains('<'), "{word}");
    }
}

#[test]
fn cards_in_a_readers_own_layout_and_long_ones_are_not_in_a_recording_either() {
    let session = |line: &str| vec![(String::new(), 1500), (line.to_owned(), 1500)];
    let (evidence, again) = evidence("osdp", &session("formatted"), true);
    assert!(!evidence.text.contains("31 32 33"), "{}", evidence.text);
    assert_eq!(again, evidence.told);
}

/// A recording that cannot be written.
struct FullDisk;

impl Write for FullDisk {
    fn write(&mut self, _bytes: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Err(std::io::ErrorKind::StorageFull.into())
    }
}

/// A recording with room for so many bytes. What is deleted beside it gives it room again, but the row that is
/// missing is missing.
struct SmallDisk(std::sync::Arc<std::sync::Mutex<Vec<u8>>>, usize);

impl Write for SmallDisk {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() > self.1 {
            self.1 = usize::MAX;
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.1 -= bytes.len();
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_recording_that_cannot_be_written_disturbs_nothing_and_says_so_at_its_end() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let recordings: [Box<dyn Write + Send>; 2] = [Box::new(FullDisk), Box::new(full.unwrap())];
    for to in recordings {
        let (near, mut far, _) = pair();
        let mut link = Recorded::new(near, Clock::scripted(0), to);
        far.write(b"card").unwrap();
        let mut bytes = [0; 8];
        assert_eq!(link.read(&mut bytes).unwrap(), 4);
        assert_eq!(link.write(b"ask").unwrap(), 3);
        let cut = link.finish().map_err(|error| error.kind());
        assert_eq!(cut, Err(std::io::ErrorKind::StorageFull));
    }
}

#[test]
fn a_recording_that_could_be_written_only_at_first_is_cut_at_one_place() {
    let (near, mut far, _) = pair();
    let text = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let to = Box::new(SmallDisk(text.clone(), 12));
    let mut link = Recorded::new(near, Clock::scripted(0), to);
    for word in [b"aa", b"bb", b"cc"] {
        far.write(word).unwrap();
        link.read(&mut [0; 8]).unwrap();
    }
    assert!(link.finish().is_err());
    assert_eq!(*text.lock().unwrap(), b"0 < 61 61\n");
}

#[test]
fn an_empty_recording_tells_nothing() {
    let settings = wiegand::Settings::wie232();
    assert!(through(&[], &mut Converter::new(settings)).is_empty());
    assert!(replayed(&kind("em4100"), &[]).is_empty());
}
