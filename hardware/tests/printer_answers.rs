//! What a printer says, lost, late, cut in pieces or buried in noise (hardware.md §7.4, §7.5).

#[path = "support/hearing.rs"]
mod hearing;
mod support;

use std::sync::atomic::Ordering;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::escpos::printer::{Ask, Doubt, JobToken, Printer, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::status::{Answer, Demultiplexer, Obstacle};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::pair;
use lodge_hardware::sim::printer::{PrinterCommand as C, PrinterFault as F, PrinterSim};
use lodge_hardware::sim::{LineFault as L, Simulator};
use proptest::prelude::*;
use support::{Bench, look};

const JOB: JobToken = JobToken(1);

/// Prints one slip; `before` is done before it, `within` once it is ready. Gives how it ended, and
/// how often it is on paper.
fn end_of_slip(profile: Profile, before: &[C], within: &[C]) -> (Tell, usize) {
    let mut bench = Bench::new(profile);
    bench.goes = false;
    bench.join(|joined| {
        before.iter().for_each(|command| joined.does(*command));
        joined.print(1, "A-1");
        joined.run_until(1);
        within.iter().for_each(|command| joined.does(*command));
        joined.ask(Ask::Go(JOB));
        joined.run(120);
    });
    let told = bench.of_jobs();
    let ends = told.iter().filter(|tell| !matches!(tell, Tell::Ready(_)));
    let ends: Vec<Tell> = ends.copied().collect();
    assert_eq!(ends.len(), 1, "{told:?}");
    (ends[0], look(&bench.all_paper(), "A-1"))
}

#[test]
fn answers_that_are_awaited_are_counted_apart_from_those_that_are_not() {
    let mut printer = Printer::new(Profile::generic_58mm(), 9600);
    let (mut line, now) = (Line::new(), Moment::from_micros(1_000_000));
    printer.opened(now, &mut line);
    // Four answers to the inquiry, one to the fence behind it, XOFF, XON and an automatic status.
    let asked = [0x12, 0x12, 0x12, 0x12, 0x00, 0x13, 0x11, 0x10, 0, 0, 0];
    printer.heard(now, &asked, &mut line);
    assert_eq!((line.take_frames(), line.take_discarded()), ((8, 0), 0));
    // A status and a paper answer that nobody asked for, a strange block, and noise.
    printer.heard(now, b"\x12\x00_ID\x00\xFF", &mut line);
    assert_eq!((line.take_frames(), line.take_discarded()), ((0, 3), 7));
}

#[test]
fn each_kind_of_answer_that_is_lost_has_its_own_outcome() {
    let printed = |proof| (Tell::Printed(JOB, proof), 1);
    let silent = (Tell::Refused(JOB, Obstacle::Silent), 0);
    let no_proof = (Tell::Unknown(JOB, Doubt::NoProof), 1);
    for (lost, with_process_id, without) in [
        (&[][..], printed(Proof::ProcessId), printed(Proof::Fence)),
        (&[F::LoseRealTime], silent, silent),
        (
            &[F::NoAsb],
            printed(Proof::ProcessId),
            printed(Proof::Fence),
        ),
        (
            &[F::LoseProcessId],
            printed(Proof::Fence),
            printed(Proof::Fence),
        ),
        (&[F::LoseFence], printed(Proof::ProcessId), no_proof),
        (
            &[F::LoseIdentity],
            printed(Proof::ProcessId),
            printed(Proof::Fence),
        ),
        (&[F::LoseProcessId, F::LoseFence], no_proof, no_proof),
        (
            &[F::LoseProcessId, F::NoAsb],
            printed(Proof::Fence),
            printed(Proof::Fence),
        ),
    ] {
        let faults: Vec<C> = lost.iter().map(|fault| C::Fault(*fault, true)).collect();
        let by_id = end_of_slip(Profile::epson_80mm(), &faults, &[]);
        let by_fence = end_of_slip(Profile::generic_58mm(), &faults, &[]);
        assert_eq!((by_id, by_fence), (with_process_id, without), "{lost:?}");
    }
}

#[test]
fn the_answers_to_status_lost_within_a_job_leave_the_better_proof() {
    let lost = [C::Fault(F::LoseRealTime, true)];
    let by_id = end_of_slip(Profile::epson_80mm(), &[], &lost);
    assert_eq!(by_id, (Tell::Printed(JOB, Proof::ProcessId), 1));
    // A fence proves nothing without a healthy status behind it.
    let by_fence = end_of_slip(Profile::generic_58mm(), &[], &lost);
    assert_eq!(by_fence, (Tell::Unknown(JOB, Doubt::NoProof), 1));
}

#[test]
fn no_fault_of_the_line_makes_a_false_proof() {
    for fault in L::ALL {
        for profile in [
            Profile::epson_80mm(),
            Profile::generic_80mm(),
            Profile::generic_58mm(),
        ] {
            let set = [C::Line(fault, true)];
            for (before, within) in [(&set[..], &[][..]), (&[], &set)] {
                let (end, copies) = end_of_slip(profile.clone(), before, within);
                match end {
                    Tell::Printed(..) => assert_eq!(copies, 1, "{fault:?}"),
                    Tell::Unknown(..) => assert!(copies <= 1, "{fault:?}"),
                    _ => assert_eq!(copies, 0, "{fault:?} {end:?}"),
                }
            }
        }
    }
}

#[test]
fn a_slip_is_proven_behind_every_fault_that_leaves_its_answers_whole() {
    let proven = (Tell::Printed(JOB, Proof::ProcessId), 1);
    let doubt = (Tell::Unknown(JOB, Doubt::NoProof), 1);
    for fault in L::ALL {
        let wanted = match fault {
            L::Slow | L::Garbage | L::WrongOrder => proven,
            L::Silent | L::HalfFrame | L::WrongChecksum => doubt,
        };
        let within = [C::Line(fault, true)];
        let end = end_of_slip(Profile::epson_80mm(), &[], &within);
        assert_eq!(end, wanted, "{fault:?}");
    }
}

#[test]
fn answers_with_wrong_marks_prove_nothing_and_the_slip_after_them_is_proven() {
    let spoil = |on| C::Line(L::WrongChecksum, on);
    for (profile, proof) in [
        (Profile::epson_80mm(), Proof::ProcessId),
        (Profile::generic_80mm(), Proof::ProcessId),
        (Profile::generic_58mm(), Proof::Fence),
    ] {
        for before in [true, false] {
            let mut bench = Bench::new(profile.clone());
            bench.join(|joined| {
                if before {
                    joined.does(spoil(true));
                }
                joined.print(1, "A-1");
                joined.run_until(1);
                joined.does(spoil(true));
                joined.run(120);
                let discarded = joined.counters.discarded.load(Ordering::SeqCst);
                assert!(discarded > 0, "nothing was heard");
                joined.does(spoil(false));
                // Until it is asked again.
                joined.run(10);
                let told = joined.of_jobs().len();
                joined.print(2, "A-2");
                joined.run_until(told + 2);
            });
            let first = match before {
                true => vec![Tell::Refused(JOB, Obstacle::Silent)],
                false => vec![Tell::Ready(JOB), Tell::Unknown(JOB, Doubt::NoProof)],
            };
            let second = JobToken(2);
            let second = [Tell::Ready(second), Tell::Printed(second, proof)];
            let wanted = [&first[..], &second].concat();
            assert_eq!(bench.of_jobs(), wanted, "{} {before}", profile.name);
            let paper = bench.all_paper();
            assert_eq!(look(&paper, "A-1"), usize::from(!before));
            assert_eq!(look(&paper, "A-2"), 1);
        }
    }
}

#[test]
fn an_automatic_status_with_one_wrong_bit_is_never_taken_for_one_answer_to_the_fence() {
    for status in [[0x10, 0, 0, 0], [0x18, 0, 0x0C, 0], [0x38, 0x08, 0x0F, 0]] {
        for bit in 0..32 {
            let mut wrong: [u8; 4] = status;
            wrong[bit / 8] ^= 1 << (bit % 8);
            let mut heard = Demultiplexer::default();
            let answers = wrong.iter().flat_map(|byte| heard.hear(*byte));
            let fences = answers.filter(|answer| matches!(answer, Answer::Queued(_)));
            // One is a proof; several at once are known to be none.
            assert_ne!(fences.count(), 1, "{wrong:02X?}");
        }
    }
}

/// What a simulated printer answers to these bytes.
fn asked(profile: &Profile, faults: &[F], question: &[u8]) -> Vec<Answer> {
    let (mut near, mut far, _) = pair();
    let mut sim = PrinterSim::new(profile, 9600);
    let mut now = Moment::from_micros(1_000_000);
    faults
        .iter()
        .for_each(|fault| sim.command(now, C::Fault(*fault, true)));
    near.write(question).unwrap();
    sim.pump(now, &mut far);
    while let Some(due) = sim.due() {
        now = due;
        sim.pump(now, &mut far);
    }
    let mut bytes = [0; 256];
    let n = near.read(&mut bytes).unwrap();
    let mut heard = Demultiplexer::default();
    bytes[..n]
        .iter()
        .flat_map(|byte| heard.hear(*byte))
        .collect()
}

#[test]
fn a_printer_says_who_it_is_where_it_is_asked_and_nothing_to_what_it_does_not_know() {
    let profile = Profile::generic_80mm();
    let block = |text: &[u8]| vec![Answer::Block(0x5F, text.to_vec())];
    for (n, answer) in [
        (1, vec![Answer::Queued(0x20)]),
        (2, vec![Answer::Queued(0x03)]),
        (66, block(b"LODGE")),
        (67, block(b"SIMULATED")),
        (69, block(b"GB18030")),
        (70, vec![]),
    ] {
        assert_eq!(asked(&profile, &[], &[0x1D, 0x49, n]), answer, "GS I {n}");
        assert_eq!(asked(&profile, &[F::LoseIdentity], &[0x1D, 0x49, n]), []);
    }
    let western = Profile::generic_58mm_western();
    assert_eq!(
        asked(&western, &[], &[0x1D, 0x49, 2]),
        [Answer::Queued(0x00)]
    );
    assert_eq!(asked(&western, &[], &[0x1D, 0x49, 69]), []);
}

#[test]
fn a_real_time_command_in_the_middle_of_a_picture_is_executed_and_torn_out_of_it() {
    let picture = [
        0x1D, 0x76, 0x30, 0, 3, 0, 1, 0, 0x10, 0x04, 0x01, 0x0A, 0x1D, 0x72, 0x01,
    ];
    let answers = asked(&Profile::generic_80mm(), &[], &picture);
    assert_eq!(
        answers,
        [Answer::RealTime(0x12)],
        "it still waits for its rows"
    );
}

/// A printer with its job sent whole, waiting for the proof.
fn waiting(profile: Profile) -> Printer {
    let mut printer = Printer::new(profile, 9600);
    let (mut line, mut now) = (Line::new(), Moment::ORIGIN);
    let document = support::slip("A-1");
    let written = |printer: &mut Printer, now, line: &mut Line<Tell>| loop {
        match line.take_bytes().len() {
            0 => break,
            n => printer.written(now, n, line),
        }
    };
    printer.opened(now, &mut line);
    // How it is, and that it knows fences.
    printer.heard(now, &[0x12, 0x12, 0x12, 0x12, 0x00], &mut line);
    written(&mut printer, now, &mut line);
    now = printer.due().unwrap();
    printer.waited(now, &mut line);
    printer.asked(now, Ask::Print { job: JOB, document }, &mut line);
    printer.heard(now, &[0x12; 4], &mut line);
    printer.asked(now, Ask::Go(JOB), &mut line);
    written(&mut printer, now, &mut line);
    assert!(line.take_tells().contains(&Tell::Ready(JOB)));
    printer
}

#[test]
fn ten_megabytes_of_noise_prove_nothing_and_do_not_make_it_grow() {
    for profile in [Profile::epson_80mm(), Profile::generic_58mm()] {
        let mut printer = waiting(profile);
        let mut line = Line::new();
        let noise = hearing::noise(1 << 16, b"\x12\x16\x10\x00\x0F\x37\x22\x5F0AZ\x00\x14\x08");
        for i in 0..160u64 {
            printer.heard(Moment::from_micros(i), &noise, &mut line);
            let tells = line.take_tells();
            assert!(
                !tells.iter().any(|tell| matches!(tell, Tell::Printed(..))),
                "{i}"
            );
            assert!(
                line.take_bytes().len() < 1024,
                "it answers noise with a flood"
            );
        }
        assert!(line.take_discarded() > 1_000_000);
    }
}

/// Answers of every kind, right and wrong ones.
const SAID: [&[u8]; 12] = [
    b"\x10\x00\x00\x00",
    b"\x18\x00\x0C\x00",
    b"\x38\x00\x00\x00",
    b"\x00",
    b"\x12",
    b"\x1A",
    b"\x13",
    b"\x11",
    b"\x37\x220001\x00",
    b"\x37\x220002\x00",
    b"\x5FTM-T88V\x00",
    b"\xFF\x83",
];

proptest! {
    #[test]
    fn any_chunking_of_a_printers_answers_gives_the_same_end(
        messages in prop::collection::vec(prop::sample::select(&SAID[..]), 1..12),
        cuts in prop::collection::vec(1usize..6, 1..20),
        by_id: bool,
    ) {
        let stream = messages.concat();
        let profile = if by_id { Profile::epson_80mm() } else { Profile::generic_58mm() };
        let now = Moment::from_micros(10_000_000);
        let whole = hearing::in_pieces(&mut waiting(profile.clone()), now, &stream, &[stream.len()]);
        let pieces = hearing::in_pieces(&mut waiting(profile), now, &stream, &cuts);
        prop_assert_eq!(pieces, whole);
    }
}
