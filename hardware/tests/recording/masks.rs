//! Masks by themselves: slips, documents, pieces and noise.

use lodge_hardware::kind::WORDS;
use lodge_hardware::link::replay::parse;
use lodge_hardware::mask::{Mask, SUBSTITUTE, mask_for};

use super::session::{FAULTS, evidence, held_up, kind, recorded_kinds, session};

#[test]
fn of_a_slip_only_the_questions_around_it_are_written_down() {
    let mut mask = mask_for(&kind("esc-pos")).unwrap();
    let said = mask.said(b"\0\0\x1B@Grace Umbrella\n\x10\x04\x01\x1DI\x42\x1DV\x00\x10\x04");
    let letters: Vec<u8> = said
        .iter()
        .copied()
        .filter(u8::is_ascii_alphabetic)
        .collect();
    assert_eq!(letters, b"IB", "GS I 66");
    let kept = |needle: &[u8]| said.windows(needle.len()).any(|bytes| bytes == needle);
    assert!(kept(b"\0\0\x1B@\x1A\x1A") && kept(b"\x10\x04\x01\x1DI\x42\x1A"));
    assert_eq!(
        said.iter().filter(|byte| **byte == SUBSTITUTE).count(),
        15 + 2 + 2
    );
}

#[test]
fn documents_are_not_recorded() {
    for (word, _) in WORDS {
        assert_eq!(mask_for(&kind(word)).is_none(), word == "sam-v", "{word}");
    }
}

/// What a mask gives for bytes that come in pieces of so many.
fn in_pieces(mask: &mut dyn Mask, bytes: &[u8], size: usize) -> Vec<u8> {
    let pieces = bytes.chunks(size);
    let mut written: Vec<u8> = pieces.flat_map(|piece| mask.heard(piece)).collect();
    written.extend(mask.pause());
    written
}

#[test]
fn a_mask_gives_the_same_however_the_bytes_are_cut() {
    for word in recorded_kinds() {
        for fault in FAULTS {
            let session = session(word, &held_up(word)[0], fault);
            let (plain, _) = evidence(word, &session, false);
            let rows = parse(&plain.text).unwrap().into_iter();
            let heard = rows.filter(|row| row.from_device);
            let bytes: Vec<u8> = heard.flat_map(|row| row.bytes).collect();
            let whole = in_pieces(
                &mut *mask_for(&kind(word)).unwrap(),
                &bytes,
                bytes.len().max(1),
            );
            for size in [1, 2, 3, 5, 7, 13] {
                let cut = in_pieces(&mut *mask_for(&kind(word)).unwrap(), &bytes, size);
                assert!(cut == whole, "{word} {fault:?} {size}");
            }
        }
    }
}

#[test]
fn noise_upsets_no_mask_and_nothing_of_it_is_written_as_it_was() {
    let mut state = 1_u32;
    let mut noise = vec![0; 200_000];
    for byte in &mut noise {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    // What printers say is about themselves.
    let of_people = |word: &&str| !["esc-pos", "tspl", "zpl"].contains(word);
    for word in recorded_kinds().into_iter().filter(of_people) {
        let written = in_pieces(&mut *mask_for(&kind(word)).unwrap(), &noise, 97);
        let strange = written.windows(4).any(|four| {
            let is_code = |byte: &u8| b"CODE-0123456789\r\n\x1A".contains(byte);
            !four.iter().all(is_code) && noise.windows(4).any(|real| real == four)
        });
        assert!(!strange, "{word}");
    }
}
