//! Several OSDP readers on one line: what goes wrong with one does not slow, spoil or mislead the others.

#[path = "support/hearing.rs"]
mod hearing;
#[path = "support/osdp_shared.rs"]
mod support;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::osdp::{Address, Addressed, Settings};
use lodge_hardware::reader::{Ask, Distrust, Tell, Trust};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpFault, OsdpReader};
use support::*;

const ALL: [Address; 3] = [FRONT, STAFF, GATE];

/// The other two of the line are read, each as itself, and nothing else is told of them.
fn others_work(joined: &mut Joined, what: &str) {
    for address in [FRONT, GATE] {
        joined.reads(address, 42);
        assert_eq!(joined.told_of(address), [read(42)], "{what}");
    }
}

#[test]
fn a_reader_silent_from_the_start_is_asked_once_a_second_and_delays_the_others_by_one_wait() {
    let mut bench = Bench::of(&ALL);
    bench.join(|joined| {
        joined.does_at(STAFF, OsdpCommand::Fault(LineFault::Silent, true));
        joined.until_believed(&[FRONT, GATE]);
        joined.run_seconds(10);
        assert_eq!(joined.told, [of(STAFF, Tell::Answering(false))]);
        let asked = joined.asked(STAFF);
        for address in [FRONT, GATE] {
            let longest = joined.longest_unasked(address, 30);
            assert!(
                longest < ONE_WAIT + Duration::from_millis(60),
                "{longest:?}"
            );
        }
        let asked = joined.asked(STAFF) - asked;
        assert!((45..=60).contains(&asked), "{asked} times in a minute");
        others_work(joined, "one is silent");
        joined.does_at(STAFF, OsdpCommand::Fault(LineFault::Silent, false));
        joined.until_believed(&[STAFF]);
        joined.reads(STAFF, 1);
    });
}

#[test]
fn the_others_are_hardly_asked_less_often_while_one_is_missed_and_not_yet_given_up() {
    let mut bench = Bench::of(&ALL);
    bench.join(|joined| {
        joined.until_believed(&ALL);
        joined.does_at(STAFF, OsdpCommand::Power(false));
        let asked = joined.asked(FRONT);
        joined.run_seconds(7);
        assert_eq!(joined.told, [], "it may come back");
        // One wait of 0.2 s in 1.2 s is lost, and two waits in a row at the start.
        let asked = joined.asked(FRONT) - asked;
        assert!(asked > 7 * 1000 / 55 * 7 / 10, "{asked}");
    });
}

#[test]
fn a_reader_that_goes_silent_and_comes_back_changes_nothing_for_the_others() {
    for millis in [60, 500, 3_000, 20_000] {
        let mut bench = Bench::of(&ALL);
        bench.join(|joined| {
            joined.until_believed(&ALL);
            joined.does_at(STAFF, OsdpCommand::Power(false));
            joined.run(Duration::from_millis(millis));
            let gone = joined.told == [of(STAFF, Tell::Answering(false))];
            assert!(gone || joined.told.is_empty(), "{:?}", joined.told);
            assert_eq!(gone, millis > 10_000);
            others_work(joined, &format!("{millis} ms"));
            joined.told.clear();
            joined.does_at(STAFF, OsdpCommand::Power(true));
            joined.run_seconds(5);
            assert!(joined.told_of(FRONT).is_empty() && joined.told_of(GATE).is_empty());
            joined.reads(STAFF, 7);
            others_work(joined, "it is back");
        });
    }
}

#[test]
fn every_fault_of_one_reader_leaves_the_others_alone_and_is_got_over() {
    for fault in LineFault::ALL {
        for seconds in [1, 12] {
            let what = format!("{fault:?} for {seconds} s");
            let mut bench = Bench::of(&ALL);
            bench.join(|joined| {
                joined.until_believed(&ALL);
                joined.does_at(STAFF, OsdpCommand::Fault(fault, true));
                joined.run_seconds(seconds);
                assert_eq!(joined.cards(), [], "{what}");
                others_work(joined, &what);
                joined.does_at(STAFF, OsdpCommand::Fault(fault, false));
                joined.run_seconds(5);
                joined.reads(STAFF, 8);
                others_work(joined, &what);
            });
        }
    }
}

#[test]
fn a_late_reply_is_never_taken_for_that_of_the_reader_asked_after_it() {
    // From within the wait to far into the next exchanges of the others, who take their time too.
    for late in (150..700).step_by(7) {
        for others in [3, 40, 120] {
            let mut bench = Bench::of(&ALL);
            bench.join(|joined| {
                joined.until_believed(&ALL);
                for address in [FRONT, GATE] {
                    joined.does_at(address, OsdpCommand::Takes(Duration::from_millis(others)));
                }
                joined.does_at(STAFF, OsdpCommand::Takes(Duration::from_millis(late)));
                joined.does_at(STAFF, OsdpCommand::Present(card(77)));
                joined.run_seconds(3);
                let told = joined.cards();
                assert!(
                    told.iter().all(|told| *told == of(STAFF, read(77))) && told.len() <= 1,
                    "{told:?}"
                );
                let what = format!("{late} ms late");
                for address in [FRONT, GATE] {
                    joined.told.clear();
                    joined.does_at(address, OsdpCommand::Present(card(42)));
                    joined.run_seconds(2);
                    assert_eq!(joined.told_of(address), [read(42)], "{what}");
                }
            });
        }
    }
}

#[test]
fn a_late_reply_in_clear_text_is_not_believed_of_another_reader() {
    let settings = |address| Settings {
        key: None,
        allow_clear_text: true,
        ..keyed(address)
    };
    let reader = |address| OsdpReader {
        secure_channel: false,
        ..new_reader(address)
    };
    for late in (150..700).step_by(7) {
        let mut bench = Bench::new(ALL.map(settings), ALL.map(reader));
        bench.join(|joined| {
            joined.run_seconds(3);
            joined.told.clear();
            for address in [FRONT, GATE] {
                joined.does_at(address, OsdpCommand::Takes(Duration::from_millis(90)));
            }
            joined.does_at(STAFF, OsdpCommand::Takes(Duration::from_millis(late)));
            for _ in 0..20 {
                joined.does_at(STAFF, OsdpCommand::Present(card(77)));
                joined.run(Duration::from_millis(333));
            }
            assert!(joined.told_of(FRONT).is_empty(), "{late} {:?}", joined.told);
            assert!(joined.told_of(GATE).is_empty(), "{late} {:?}", joined.told);
        });
    }
}

#[test]
fn a_wrong_proof_and_a_replayed_reply_of_one_reader_cost_only_that_one_its_trust() {
    for trouble in [OsdpFault::WrongMac, OsdpFault::Replay] {
        let mut bench = Bench::of(&ALL);
        bench.join(|joined| {
            joined.until_believed(&ALL);
            joined.does_at(STAFF, OsdpCommand::Trouble(trouble, true));
            joined.does_at(STAFF, OsdpCommand::Present(card(9)));
            joined.run_seconds(20);
            let forged = Tell::Trust(Trust::Refused(Distrust::Forged));
            assert_eq!(joined.told_of(STAFF).last(), Some(&forged), "{trouble:?}");
            assert_eq!(joined.cards(), []);
            others_work(joined, "one is forged");
            joined.does_at(STAFF, OsdpCommand::Trouble(trouble, false));
            joined.until_believed(&[STAFF]);
            joined.reads(STAFF, 3);
        });
    }
}

#[test]
fn a_busy_reader_keeps_the_others_waiting_for_nothing() {
    let mut bench = Bench::of(&ALL);
    bench.join(|joined| {
        joined.until_believed(&ALL);
        joined.does_at(STAFF, OsdpCommand::Trouble(OsdpFault::Busy, true));
        joined.does_at(STAFF, OsdpCommand::Present(card(5)));
        let longest = joined.longest_unasked(GATE, 4);
        assert!(longest < Duration::from_millis(150), "{longest:?}");
        joined.does_at(STAFF, OsdpCommand::Trouble(OsdpFault::Busy, false));
        joined.run_seconds(1);
        assert_eq!(joined.told, [of(STAFF, read(5))], "the card is not lost");
        joined.does_at(STAFF, OsdpCommand::Trouble(OsdpFault::Busy, true));
        joined.run_seconds(10);
        assert!(joined.told.contains(&of(STAFF, Tell::Answering(false))));
    });
}

#[test]
fn nobody_is_forgotten_however_many_are_silent() {
    let addresses: Vec<Address> = (0..16)
        .map(|number| Address::new(number).unwrap())
        .collect();
    let (silent, there) = addresses.split_at(8);
    let mut bench = Bench::of(&addresses);
    bench.join(|joined| {
        for address in silent {
            joined.does_at(*address, OsdpCommand::Fault(LineFault::Silent, true));
        }
        joined.until_believed(there);
        joined.run_seconds(20);
        for address in there {
            let longest = joined.longest_unasked(*address, 5);
            // One wait, and then each of the eight has its word.
            let most = ONE_WAIT + Duration::from_millis(8 * 10);
            assert!(longest < most, "{address:?} {longest:?}");
        }
        for address in silent {
            let longest = joined.longest_unasked(*address, 10);
            let most = Duration::from_secs(1) + (ONE_WAIT + Duration::from_millis(80)) * 8;
            assert!(longest < most, "{address:?} {longest:?}");
        }
        for (value, address) in there.iter().enumerate() {
            joined.reads(*address, 1 + value as u64);
        }
    });
}

#[test]
fn a_line_cut_at_any_byte_works_for_all_when_it_is_opened_again() {
    for bytes in (1..500).step_by(3) {
        let mut bench = Bench::of(&ALL);
        bench.join(|joined| {
            joined.line.change(|faults| faults.cut_after = Some(bytes));
            let mut steps = 0;
            while joined.step_or_lost() {
                steps += 1;
                assert!(steps < 5000, "cut after {bytes}");
            }
        });
        bench.join(|joined| {
            joined.until_believed(&ALL);
            for address in ALL {
                joined.reads(address, 6);
            }
        });
    }
}

#[test]
fn a_reader_that_starts_anew_while_its_reply_is_on_its_way_leaves_the_line_to_that_reply() {
    let settings = |address| Settings {
        allow_clear_text: true,
        ..keyed(address)
    };
    // They open no channel, so the site takes them in clear text until somebody installs a key.
    let reader = |address| OsdpReader {
        secure_channel: false,
        ..new_reader(address)
    };
    let mut bench = Bench::new(ALL.map(settings), ALL.map(reader));
    bench.join(|joined| {
        joined.run_seconds(3);
        joined.does_at(STAFF, OsdpCommand::Takes(Duration::from_millis(100)));
        for _ in 0..10 {
            joined.until_asked(STAFF, Duration::from_millis(50));
            joined.ask_at(STAFF, Ask::InstallKey);
            joined.run_seconds(3);
        }
        assert_eq!(joined.sim.interruptions(), 0);
    });
}

#[test]
fn ten_megabytes_of_noise_make_no_card_and_nobody_is_asked_out_of_turn() {
    // Everything the replies of all three begin with, and lengths that are believed.
    let noise = hearing::noise(
        1 << 16,
        &[
            0xFF, 0x53, 0xE5, 0x81, 0xFE, 8, 0, 4, 5, 6, 7, 0x50, 0x40, 0x79,
        ],
    );
    let (mut driver, _) = driver(&ALL.map(keyed));
    let (mut now, mut line) = (Moment::ORIGIN, Line::new());
    let (mut heard, mut discarded, mut commands) = (0, 0, 0);
    driver.opened(now, &mut line);
    for _ in 0..160 {
        for piece in noise.chunks(1000) {
            now = driver.due().unwrap();
            driver.waited(now, &mut line);
            let said = line.take_bytes();
            commands += usize::from(!said.is_empty());
            driver.heard(now, piece, &mut line);
            heard += piece.len();
            assert!(said.len() < 100 && line.take_bytes().is_empty());
        }
        discarded += line.take_discarded();
        let told = line.take_tells();
        let of_cards =
            |told: &Addressed<Tell>| matches!(told.what, Tell::Presented(_) | Tell::NotRead(_));
        assert!(
            !told.iter().any(of_cards) && told.len() < 66 * 3,
            "{told:?}"
        );
    }
    assert!(heard > 10_000_000 && commands > 5_000, "{commands}");
    assert!(discarded > 10_000_000 * 99 / 100, "{discarded}");
}
