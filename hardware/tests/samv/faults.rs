//! A module that misbehaves, a card lifted and the power cut at every step (hardware.md §4.3).

use std::time::Duration;

use lodge_hardware::reader::samv::{Command, Outcome, Settings};
use lodge_hardware::reader::{NotRead, Tell};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::samv::{SamvCommand, SamvFault};

use crate::bench::{Bench, join};
use crate::cards::{STEPS, documents, everything, permit, presented, resident};

/// The faults that no answer survives.
fn kills(fault: LineFault) -> bool {
    use LineFault::{HalfFrame, Silent, WrongChecksum};
    matches!(fault, Silent | HalfFrame | WrongChecksum)
}

#[test]
fn every_line_fault_at_every_step_tells_nobody_elses_document_and_passes_when_lifted() {
    for fault in LineFault::ALL {
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
                if kills(fault) {
                    let expected = match step {
                        Command::Select | Command::ReadWithFingerprint => vec![&once[0]],
                        Command::ReadLatestAddress => vec![&once[1]],
                        _ => vec![],
                    };
                    assert_eq!(cards, expected, "{fault:?} {step:?}");
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
            match step {
                Command::Find => assert_eq!(told, []),
                Command::ReadLatestAddress => assert_eq!(told, [presented(&document)]),
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
    join(Settings::default(), |bench| {
        let fault = SamvFault::Refuse(Command::Read, Outcome::ReadFailed);
        bench.does(SamvCommand::Misbehave(fault, true));
        bench.put_down(&permit());
        bench.run(3);
        assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Again)]);
        bench.does(SamvCommand::Lift);
        bench.run(1);
        bench.put_down(&permit());
        bench.run(3);
        let again = bench.take_of_cards();
        assert_eq!(again, [Tell::NotRead(NotRead::Again)], "another try");
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
fn each_card_at_which_the_power_fails_is_told() {
    join(Settings::default(), |bench| {
        for _ in 0..3 {
            bench.put_down(&permit());
            bench.does(SamvCommand::Power(true));
            bench.run_until_asked(Command::Read);
            bench.does(SamvCommand::Power(false));
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Again)]);
        }
    });
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
        let mut on_line = Bench::new(everything());
        let document = resident("虚构甲");
        on_line.join(|bench| {
            bench
                .line
                .change(|faults| faults.cut_after = Some(cut_after));
            bench.put_down(&document);
            bench.run(30);
            assert!(bench.line.sent_by_near() <= cut_after);
            bench.does(SamvCommand::Lift);
        });
        on_line.join(|bench| {
            *bench.now = *bench.now + Duration::from_secs(60);
            bench.put_down(&permit());
            bench.run(5);
            let told = bench.take_of_cards();
            assert_eq!(told, [presented(&permit())], "{cut_after}");
        });
    }
}
