//! PN532 modules on a line full of noise, and cut anywhere.

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/pn532_bytes.rs"]
mod pn532_bytes;

use std::time::Duration;

use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::reader::Tell;
use proptest::prelude::*;

use pn532_bytes::*;

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
    assert!(module.told_one_card());
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
