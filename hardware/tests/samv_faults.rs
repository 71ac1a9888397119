//! A SAM_V module that misbehaves: every fault, a card lifted and the power cut at every step, any
//! chunking, noise (hardware.md §4.3).

#[path = "support/samv.rs"]
mod bench;
#[path = "support/hearing.rs"]
mod hearing;

use bench::{STEPS, card, documents, everything, join, join_with, permit, presented, resident};
use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::samv::{Samv, Settings};
use lodge_hardware::reader::{NotRead, Tell};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::samv::{SamvCommand, SamvFault, SamvSim};
use proptest::prelude::*;

const LINE_FAULTS: [LineFault; 6] = [
    LineFault::Silent,
    LineFault::Slow,
    LineFault::Garbage,
    LineFault::HalfFrame,
    LineFault::WrongChecksum,
    LineFault::WrongOrder,
];

/// The faults that no answer survives.
fn kills(fault: LineFault) -> bool {
    use LineFault::{HalfFrame, Silent, WrongChecksum};
    matches!(fault, Silent | HalfFrame | WrongChecksum)
}

#[test]
fn every_line_fault_at_every_step_tells_nobody_elses_document_and_passes_when_lifted() {
    for fault in LINE_FAULTS {
        for step in STEPS {
            join(everything(), |bench| {
                let document = resident("虚构甲");
                bench.put_down(&document);
                bench.run_until_asked(step);
                bench.does(SamvCommand::Fault(fault, true));
                bench.run(10);
                let told = bench.take_told();
                let of_cards = |tell: &&Tell| matches!(tell, Tell::Presented(_) | Tell::NotRead(_));
                let cards: Vec<_> = told.iter().filter(of_cards).collect();
                let once = [Tell::NotRead(NotRead::Again), presented(&document)];
                for tell in &cards {
                    let times = cards.iter().filter(|other| *other == tell).count();
                    let known = once.contains(tell) && times == 1;
                    assert!(known, "{fault:?} {step:?} {told:?}");
                }
                let lost = told.contains(&Tell::Answering(false));
                assert_eq!(lost, kills(fault) || (fault == LineFault::Slow && lost));
                if fault == LineFault::Garbage {
                    assert!(told.contains(&presented(&document)), "{step:?} {told:?}");
                }
                bench.does(SamvCommand::Fault(fault, false));
                bench.does(SamvCommand::Lift);
                // What a slow module still has to say takes its time: 2321 bytes, one in 20 ms.
                bench.run(if fault == LineFault::Slow { 120 } else { 3 });
                let told = bench.take_told();
                let answers = |tell: &&Tell| matches!(tell, Tell::Answering(_));
                let last = told.iter().rfind(answers);
                assert!(last == Some(&Tell::Answering(true)) || (!lost && last.is_none()));
                bench.put_down(&permit());
                bench.run(5);
                let told = bench.take_of_cards();
                assert_eq!(told, [presented(&permit())], "{fault:?} {step:?}");
            });
        }
    }
}

#[test]
fn spoilt_leading_bytes_of_every_answer_change_nothing() {
    join(everything(), |bench| {
        bench.does(SamvCommand::Misbehave(SamvFault::SpoiltLead, true));
        for document in documents() {
            bench.put_down(&document);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(&document)]);
        }
    });
}

#[test]
fn a_card_lifted_at_any_step_is_told_once_at_most_and_read_when_it_is_back() {
    let document = resident("虚构甲");
    for step in &STEPS[4..] {
        join(everything(), |bench| {
            bench.put_down(&document);
            bench.run_until_asked(*step);
            bench.does(SamvCommand::Lift);
            bench.run(5);
            let told = bench.take_of_cards();
            use lodge_hardware::reader::samv::Command as C;
            match step {
                C::Find => assert_eq!(told, []),
                C::ReadLatestAddress => assert_eq!(told, [presented(&document)]),
                _ => assert_eq!(told, [Tell::NotRead(NotRead::Again)], "{step:?}"),
            }
            bench.put_down(&document);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(&document)], "{step:?}");
        });
    }
}

#[test]
fn a_card_that_failed_lies_there_unread_until_it_was_lifted() {
    use lodge_hardware::reader::samv::{Command, Outcome};
    join(Settings::default(), |bench| {
        let fault = SamvFault::Refuse(Command::Read, Outcome::ReadFailed);
        bench.does(SamvCommand::Misbehave(fault, true));
        bench.put_down(&permit());
        bench.run(3);
        assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Again)]);
        bench.does(SamvCommand::Misbehave(fault, false));
        bench.run(60);
        assert_eq!(bench.take_of_cards(), []);
        bench.does(SamvCommand::Lift);
        bench.run(1);
        bench.put_down(&permit());
        bench.run(3);
        assert_eq!(bench.take_of_cards(), [presented(&permit())]);
    });
}

#[test]
fn a_module_without_power_at_any_step_is_missed_and_back_within_two_seconds() {
    let document = resident("虚构甲");
    for step in STEPS {
        join(everything(), |bench| {
            bench.put_down(&document);
            bench.run_until_asked(step);
            bench.does(SamvCommand::Power(false));
            bench.does(SamvCommand::Lift);
            bench.run(5);
            let told = bench.take_told();
            let lost = told.iter().filter(|tell| **tell == Tell::Answering(false));
            assert_eq!(lost.count(), 1, "{step:?} {told:?}");
            assert_eq!(
                told.last(),
                Some(&Tell::Answering(false)),
                "{step:?} {told:?}"
            );
            bench.run(60);
            assert_eq!(bench.take_told(), [], "{step:?}: told once");
            bench.does(SamvCommand::Power(true));
            bench.run(2);
            let told = bench.take_told();
            let [Tell::Answering(true), Tell::Identity(_)] = &told[..] else {
                panic!("{step:?} {told:?}");
            };
            bench.put_down(&document);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(&document)], "{step:?}");
        });
    }
}

#[test]
fn power_back_at_any_moment_brings_the_module_back_within_two_seconds() {
    for millis in (2000..4000).step_by(37) {
        join(Settings::default(), |bench| {
            bench.does(SamvCommand::Power(false));
            bench.run_ms(millis);
            assert_eq!(bench.take_told(), [Tell::Answering(false)]);
            bench.does(SamvCommand::Power(true));
            bench.run(2);
            let told = bench.take_told();
            assert_eq!(told[0], Tell::Answering(true), "{millis} {told:?}");
        });
    }
}

#[test]
fn a_line_cut_after_any_request_byte_is_no_trouble_for_the_next_line() {
    // Opening, a find, and a whole reading: a hundred bytes of requests.
    for cut_after in 1..100 {
        let mut samv = Samv::new(everything());
        let mut sim = SamvSim::new(bench::BAUD);
        let document = resident("虚构甲");
        join_with(&mut samv, &mut sim, |bench| {
            bench
                .line
                .change(|faults| faults.cut_after = Some(cut_after));
            bench.put_down(&document);
            bench.run(30);
            assert!(bench.line.sent_by_near() <= cut_after);
            bench.does(SamvCommand::Lift);
        });
        join_with(&mut samv, &mut sim, |bench| {
            bench.now = bench.now + std::time::Duration::from_secs(60);
            bench.put_down(&permit());
            bench.run(5);
            let told = bench.take_of_cards();
            assert_eq!(told, [presented(&permit())], "{cut_after}");
        });
    }
}

#[test]
fn a_driver_has_no_room_for_a_photo() {
    // It owns nothing but itself while a card is read: a photo has 1024 bytes.
    assert!(size_of::<Samv>() < 512, "{}", size_of::<Samv>());
}

#[test]
fn ten_megabytes_of_noise_make_no_credential() {
    let marks = [
        0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x00, 0x00, 0x04, 0x05, 0x08, 0x90, 0x9F, 0x80, 0x94,
        0x97, 0x84, 0x0C, 0x14, 0x30, 0x20,
    ];
    let noise = hearing::noise(1 << 16, &marks);
    let mut samv = Samv::new(everything());
    let mut line = Line::new();
    let (mut now, mut presented, mut heard) = (Moment::from_micros(1_000_000), 0, 0);
    samv.opened(now, &mut line);
    for _ in 0..160 {
        for piece in noise.chunks(997) {
            samv.heard(now, piece, &mut line);
            heard += piece.len() as u64;
            if let Some(due) = samv.due() {
                now = now.max(due);
                samv.waited(now, &mut line);
            }
        }
        let tells = line.take_tells();
        presented += tells
            .iter()
            .filter(|tell| matches!(tell, Tell::Presented(_)))
            .count();
        assert!(line.take_bytes().len() < 1 << 16);
    }
    assert_eq!(presented, 0);
    let (frames, _) = line.take_frames();
    // Short answers with a check of one byte can come about; a document's 1295 bytes cannot.
    let discarded = line.take_discarded();
    assert!(discarded <= heard && discarded + 3000 * (frames + 1) >= heard);
    assert!(discarded > 9_000_000, "{discarded}");
}

/// The answers to [`STEPS`] and to one find without a card.
fn stream() -> Vec<u8> {
    use lodge_hardware::link::{Link, memory::pair};
    use lodge_hardware::reader::samv::Command;
    use lodge_hardware::sim::Simulator;
    let mut sim = SamvSim::new(bench::BAUD);
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
    let told = (line.take_tells(), line.take_discarded());
    (told.0, told.1, line.take_frames())
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
    ) {
        let mut stream = stream();
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
