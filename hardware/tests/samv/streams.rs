//! Any chunking, and noise.

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::pair;
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::samv::{Command, Samv};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::samv::{SamvCommand, SamvSim};
use proptest::prelude::*;

use crate::bench::join;
use crate::bytes::{FINE, FOUND, NUMBER, SELECTED, hex};
use crate::cards::{BAUD, STEPS, card, documents, everything, presented, resident};
use crate::hearing;

/// What answers begin with and are made of.
const MARKS: [u8; 21] = [
    0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x00, 0x00, 0x04, 0x05, 0x08, 0x90, 0x9F, 0x80, 0x94, 0x97,
    0x84, 0x0C, 0x14, 0x30, 0x20,
];

#[test]
fn a_driver_has_no_room_for_a_photo() {
    // It owns nothing but itself while a card is read: a photo has 1024 bytes.
    assert!(size_of::<Samv>() < 512, "{}", size_of::<Samv>());
}

/// The good answer to the last request, but to a reading.
fn well(requests: &[u8]) -> Option<&'static str> {
    let asked = |command: &Command| requests.ends_with(&command.bytes());
    Some(match STEPS.into_iter().find(asked)? {
        Command::SamNumber => NUMBER,
        Command::Find => FOUND,
        Command::Select => SELECTED,
        Command::Reset | Command::Status | Command::RadioFrame(_) => FINE,
        _ => return None,
    })
}

#[test]
fn ten_megabytes_of_noise_make_no_credential() {
    let noise = hearing::noise(1 << 16, &MARKS);
    let mut samv = Samv::new(everything());
    let mut line = Line::new();
    let (mut now, mut presented, mut reads) = (Moment::from_micros(1_000_000), 0, 0);
    samv.opened(now, &mut line);
    for _ in 0..160 {
        for piece in noise.chunks(3001) {
            // Everything up to a reading goes well: noise in its place is the worst.
            while let Some(answer) = well(&line.take_bytes()) {
                samv.heard(now, &hex(answer), &mut line);
                reads += usize::from(answer == SELECTED);
            }
            samv.heard(now, piece, &mut line);
            now = samv.due().unwrap();
            samv.waited(now, &mut line);
        }
        let tells = line.take_tells();
        assert!(tells.len() < 100);
        let documents = tells
            .iter()
            .filter(|tell| matches!(tell, Tell::Presented(_)));
        presented += documents.count();
    }
    assert_eq!(presented, 0);
    assert!(reads > 1000, "{reads}");
    let discarded = line.take_discarded();
    assert!(discarded > 10_000_000, "{discarded}");
}

/// The answers to [`STEPS`] and to one find without a card.
fn stream() -> Vec<u8> {
    let mut sim = SamvSim::new(BAUD);
    let (mut near, mut far, _) = pair();
    let mut now = Moment::from_micros(1_000_000);
    sim.command(now, SamvCommand::PutDown(card(&resident("虚构甲"))));
    let mut stream = Vec::new();
    for command in STEPS.into_iter().chain([Command::Find]) {
        near.write(&command.bytes()).unwrap();
        sim.pump(now, &mut far);
        while let Some(due) = sim.due() {
            now = due;
            sim.pump(now, &mut far);
        }
        let mut answer = [0; 4096];
        let n = near.read(&mut answer).unwrap();
        assert!(n > 0);
        stream.extend(&answer[..n]);
    }
    stream
}

/// What a driver makes of a stream when time stands still but for the look for a card, which is
/// due as soon as opening is over.
fn told_in_pieces(stream: &[u8], cuts: &[usize]) -> (Vec<Tell>, u64, (u64, u64)) {
    let mut samv = Samv::new(everything());
    let (mut line, mut now) = (Line::new(), Moment::from_micros(1_000_000));
    samv.opened(now, &mut line);
    let (mut rest, mut cuts) = (stream, cuts.iter().cycle());
    let opening = 3 * 11 + 27;
    while !rest.is_empty() {
        let gone = stream.len() - rest.len();
        let mut n = cuts.next().map_or(rest.len(), |n| *n).clamp(1, rest.len());
        if gone < opening {
            n = n.min(opening - gone);
        }
        samv.heard(now, &rest[..n], &mut line);
        rest = &rest[n..];
        if gone + n == opening {
            now = samv.due().unwrap();
            samv.waited(now, &mut line);
        }
    }
    let (told, discarded) = (line.take_tells(), line.take_discarded());
    (told, discarded, line.take_frames())
}

#[test]
fn a_document_read_byte_by_byte_is_the_same_as_read_at_once() {
    let stream = stream();
    let (told, discarded, frames) = told_in_pieces(&stream, &[usize::MAX]);
    assert_eq!(told.last(), Some(&presented(&resident("虚构甲"))));
    assert_eq!(
        (discarded, frames),
        (11, (8, 0)),
        "the last find was never asked"
    );
    let at_once = (told, discarded, frames);
    assert_eq!(told_in_pieces(&stream, &[1]), at_once);
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_documents(
        cuts in prop::collection::vec(1usize..400, 1..40),
        spoilt in prop::option::of(0usize..2400),
        rubbish in prop::collection::vec(prop::sample::select(MARKS.to_vec()), 0..40),
        place in 0usize..2400,
    ) {
        let mut stream = stream();
        stream.splice(place..place, rubbish);
        if let Some(byte) = spoilt.and_then(|at| stream.get_mut(at)) {
            *byte ^= 0x40;
        }
        let whole = told_in_pieces(&stream, &[usize::MAX]);
        prop_assert_eq!(told_in_pieces(&stream, &cuts), whole);
    }

    #[test]
    fn any_size_of_reads_and_writes_gives_the_same_documents(chunk in 1usize..64) {
        join(everything(), |bench| {
            bench.line.change(|faults| faults.chunk = Some(chunk));
            for document in documents() {
                bench.put_down(&document);
                bench.run(20);
                assert_eq!(bench.take_of_cards(), [presented(&document)]);
            }
        });
    }
}
