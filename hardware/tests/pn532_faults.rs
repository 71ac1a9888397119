//! A PN532 module in daily use and in trouble: cards come and go, every fault at every step.

#[path = "support/pn532.rs"]
mod support;

use std::time::Duration;

use lodge_hardware::reader::pn532::Settings;
use lodge_hardware::reader::{NotRead, Tell, Uid};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::pn532::{Card, Pn532Command};
use support::{Bench, MS, SECOND, presented, uid};

/// The faults under which no card can be read; under the others each is.
const DEAFENING: [LineFault; 4] = [
    LineFault::Silent,
    LineFault::HalfFrame,
    LineFault::WrongChecksum,
    LineFault::WrongOrder,
];

/// Messages that a reader writes until it has looked twice at a card: five to set up, and each time
/// look, release, field off.
const MESSAGES: usize = 5 + 3 + 3;

fn four() -> Uid {
    uid(&[0xA1, 0xB2, 0xC3, 0xD4])
}

fn seven() -> Uid {
    uid(&[0x04, 1, 2, 3, 4, 5, 6])
}

fn ten() -> Uid {
    uid(&[0x04, 1, 2, 3, 4, 5, 6, 7, 8, 9])
}

#[test]
fn cards_of_all_lengths_are_presented_with_an_ats_and_without() {
    for uid in [four(), seven(), ten()] {
        for card in [Card::Tag(uid), Card::Smart(uid)] {
            let mut bench = Bench::ready();
            bench.does(Pn532Command::PutDown(card));
            bench.run(SECOND);
            assert_eq!(bench.told, [presented(uid)]);
        }
    }
}

#[test]
fn a_card_held_for_a_minute_is_told_once() {
    for card in [Card::Tag(four()), Card::Smart(seven())] {
        let mut bench = Bench::ready();
        bench.does(Pn532Command::PutDown(card));
        bench.run(60 * SECOND);
        assert_eq!(bench.told.len(), 1);
        // It was seen all the time: one look in five would do for the count above.
        let (frames, rejected) = bench.line.take_frames();
        assert!(frames > 60 * 5 * 6, "{frames}");
        assert_eq!(rejected, 0);
    }
}

#[test]
fn a_card_lifted_and_put_down_again_is_told_again() {
    let mut bench = Bench::ready();
    for n in 1..=5 {
        bench.does(Pn532Command::PutDown(Card::Tag(four())));
        bench.run(SECOND);
        assert_eq!(bench.told, vec![presented(four()); n]);
        bench.does(Pn532Command::LiftAll);
        bench.run(SECOND);
    }
}

#[test]
fn a_card_that_flickers_at_the_edge_of_the_field_is_told_once() {
    let mut bench = Bench::ready();
    for _ in 0..50 {
        bench.does(Pn532Command::PutDown(Card::Tag(four())));
        bench.run(200 * MS);
        bench.does(Pn532Command::LiftAll);
        bench.run(300 * MS);
    }
    assert_eq!(bench.told, [presented(four())]);
}

#[test]
fn a_telephone_is_told_once_and_never_as_a_credential() {
    let mut bench = Bench::ready();
    bench.does(Pn532Command::PutDown(Card::Telephone));
    bench.run(60 * SECOND);
    let random = Tell::NotRead(NotRead::RandomNumber);
    assert_eq!(bench.told, std::slice::from_ref(&random));
    bench.does(Pn532Command::LiftAll);
    bench.run(SECOND);
    bench.does(Pn532Command::PutDown(Card::Telephone));
    bench.run(SECOND);
    assert_eq!(bench.told, [random.clone(), random]);
}

#[test]
fn two_cards_at_once_are_refused_until_one_is_taken_away() {
    let (one, two) = (Card::Smart(seven()), Card::Tag(four()));
    let mut bench = Bench::ready();
    bench.does(Pn532Command::PutDown(one));
    bench.does(Pn532Command::PutDown(two));
    bench.run(10 * SECOND);
    let several = Tell::NotRead(NotRead::Several);
    assert_eq!(bench.told, std::slice::from_ref(&several));
    bench.does(Pn532Command::Lift(one));
    bench.run(SECOND);
    assert_eq!(bench.told, [several, presented(four())]);
}

#[test]
fn a_card_is_told_within_half_a_second_whenever_it_comes() {
    let mut bench = Bench::ready();
    for i in 0..100u8 {
        // At any moment of the reader's round.
        bench.run(Duration::from_millis(1_000 + u64::from(i) * 7));
        bench.told.clear();
        let uid = uid(&[0xA0, i, 0, 0]);
        bench.does(Pn532Command::PutDown(Card::Tag(uid)));
        bench.wait_for(&presented(uid), 500 * MS);
        bench.does(Pn532Command::LiftAll);
    }
}

/// Runs until the reader has written so many messages, with a card at the antenna.
fn at_message(n: usize) -> Bench {
    let mut bench = Bench::new();
    bench.does(Pn532Command::PutDown(Card::Smart(seven())));
    while bench.messages < n {
        bench.step();
    }
    bench
}

/// Only the cards that were there are told, however often.
fn no_false_card(bench: &Bench) {
    for tell in &bench.told {
        let known = match tell {
            Tell::Presented(_) => [four(), seven()].map(presented).contains(tell),
            Tell::NotRead(_) | Tell::Trust(_) | Tell::Trouble(_) => false,
            Tell::Identity(text) => text == "PN532, firmware 1.6",
            Tell::Answering(_) => true,
        };
        assert!(known, "{tell:?}");
    }
}

/// The module is well: another card is told within two seconds.
fn reads_again(bench: &mut Bench, what: &str) {
    bench.does(Pn532Command::LiftAll);
    bench.does(Pn532Command::PutDown(Card::Tag(four())));
    let took = bench.wait_for(&presented(four()), 60 * SECOND);
    assert!(took <= 2 * SECOND, "{what}: {took:?}");
    let answering = |tell: &&Tell| matches!(tell, Tell::Answering(_));
    let last = bench.told.iter().rfind(answering);
    assert_eq!(last, Some(&Tell::Answering(true)), "{what}");
    no_false_card(bench);
}

#[test]
fn every_fault_at_every_step_is_told_and_forgotten_when_it_is_over() {
    for fault in LineFault::ALL {
        for n in 0..=MESSAGES {
            let what = format!("{fault:?} at message {n}");
            let mut bench = at_message(n);
            bench.does(Pn532Command::Fault(fault, true));
            if DEAFENING.contains(&fault) {
                let took = bench.wait_for(&Tell::Answering(false), 10 * SECOND);
                assert!(took <= 3 * SECOND, "{what}: {took:?}");
                bench.run(10 * SECOND);
                let downs = bench
                    .told
                    .iter()
                    .filter(|tell| **tell == Tell::Answering(false));
                assert_eq!(downs.count(), 1, "{what}");
            } else {
                bench.run(10 * SECOND);
                assert!(!bench.told.contains(&Tell::Answering(false)), "{what}");
                assert!(bench.told.contains(&presented(seven())), "{what}");
            }
            bench.does(Pn532Command::Fault(fault, false));
            reads_again(&mut bench, &what);
        }
    }
}

#[test]
fn a_fault_of_one_moment_at_every_step_is_not_even_noticed() {
    for fault in LineFault::ALL {
        for n in 0..=MESSAGES {
            let mut bench = at_message(n);
            bench.does(Pn532Command::Fault(fault, true));
            bench.step();
            bench.does(Pn532Command::Fault(fault, false));
            bench.run(5 * SECOND);
            let cards = bench
                .told
                .iter()
                .filter(|tell| matches!(tell, Tell::Presented(_)));
            assert_eq!(cards.count(), 1, "{fault:?} at message {n}");
            assert!(!bench.told.contains(&Tell::Answering(false)));
            no_false_card(&bench);
        }
    }
}

#[test]
fn troubles_far_apart_do_not_add_up() {
    let mut bench = Bench::ready();
    for _ in 0..20 {
        bench.does(Pn532Command::Power(false));
        bench.run(100 * MS);
        bench.does(Pn532Command::Power(true));
        bench.run(2 * SECOND);
    }
    assert_eq!(bench.told, []);
}

#[test]
fn a_card_that_lies_there_is_told_again_after_an_outage_and_not_after_a_hiccup() {
    for (off, times) in [(100 * MS, 1), (5 * SECOND, 2)] {
        let mut bench = Bench::ready();
        bench.does(Pn532Command::PutDown(Card::Tag(four())));
        bench.run(SECOND);
        bench.does(Pn532Command::Power(false));
        bench.run(off);
        bench.does(Pn532Command::Power(true));
        bench.run(3 * SECOND);
        let cards = bench.told.iter().filter(|tell| **tell == presented(four()));
        assert_eq!(cards.count(), times, "off for {off:?}");
    }
}

#[test]
fn power_lost_at_every_step_for_any_time_leaves_a_module_that_reads() {
    for off in [Duration::ZERO, 10 * MS, 300 * MS, SECOND, 20 * SECOND] {
        for steps in 0..60 {
            let what = format!("off for {off:?} after {steps} steps");
            let mut bench = Bench::new();
            bench.does(Pn532Command::PutDown(Card::Smart(seven())));
            for _ in 0..steps {
                bench.step();
            }
            bench.does(Pn532Command::Power(false));
            bench.run(off);
            bench.does(Pn532Command::Power(true));
            reads_again(&mut bench, &what);
            let down = bench.told.contains(&Tell::Answering(false));
            // Between the two it depends on the step.
            assert!(down || off < 10 * SECOND, "{what}");
            assert!(!down || off > 300 * MS, "{what}");
        }
    }
}

#[test]
fn a_module_that_is_not_there_is_told_once_and_asked_for_ever_at_a_modest_rate() {
    let mut bench = Bench::new();
    bench.does(Pn532Command::Power(false));
    let took = bench.wait_for(&Tell::Answering(false), 10 * SECOND);
    assert!(took <= SECOND, "{took:?}");
    let before = bench.messages;
    bench.run(3600 * SECOND);
    assert_eq!(bench.told, [Tell::Answering(false)]);
    let asked = bench.messages - before;
    assert!((3_600..=3 * 3_600).contains(&asked), "{asked}");
    bench.does(Pn532Command::Power(true));
    reads_again(&mut bench, "after an hour");
}

#[test]
fn pieces_of_any_length_are_the_same_to_it() {
    let life = |chunk| {
        let mut bench = Bench::new();
        bench.chunk = chunk;
        bench.does(Pn532Command::PutDown(Card::Smart(seven())));
        bench.run(2 * SECOND);
        bench.does(Pn532Command::Fault(LineFault::WrongChecksum, true));
        bench.run(2 * SECOND);
        bench.does(Pn532Command::Fault(LineFault::WrongChecksum, false));
        bench.does(Pn532Command::Fault(LineFault::Garbage, true));
        bench.run(5 * SECOND);
        let counts = (bench.line.take_frames(), bench.line.take_discarded());
        (bench.told, bench.sent, counts)
    };
    let whole = life(usize::MAX);
    assert!(whole.0.len() > 4);
    for chunk in 1..40 {
        assert!(life(chunk) == whole, "{chunk}");
    }
}

#[test]
fn other_settings_are_kept() {
    let mut bench = Bench::with(Settings {
        rest: SECOND,
        away_after: 1,
        tries_again: 255,
        looked_within: 2 * SECOND,
        ..Settings::default()
    });
    bench.run(3 * SECOND);
    assert!(
        bench.told.contains(&Tell::Answering(true)),
        "{:?}",
        bench.told
    );
    let before = bench.messages;
    bench.run(20 * SECOND);
    // A second of rest, and 255 calls of 5 ms.
    assert!(
        (15..=18).contains(&(bench.messages - before)),
        "{}",
        bench.messages - before
    );
}

#[test]
fn no_number_is_shown_in_debug_output() {
    let command = Pn532Command::PutDown(Card::Tag(four()));
    assert_eq!(format!("{command:?}"), "PutDown(Tag(Uid(… 4 bytes)))");
    let told = format!("{:?}", presented(four()));
    assert!(
        told.contains("Iso14443a(…)") && !told.contains("A1") && !told.contains("161"),
        "{told}"
    );
}
