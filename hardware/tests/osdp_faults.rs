//! OSDP readers: everything that goes wrong on a line, at every step, and set right again.

#[path = "support/osdp.rs"]
mod support;

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::dialogue::{Dialogue, Line};
use lodge_hardware::reader::osdp::{Osdp, Seed, Settings};
use lodge_hardware::reader::{Ask, Certainty, Distrust, Signal, Tell, Trust};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::osdp::{Lamp, OsdpCommand, OsdpFault, OsdpReader};
use osdp::packet::ParsedPacket;
use support::*;

const OWN_KEY: Tell = Tell::Trust(Trust::OwnKey);

/// Two questions, two steps of the handshake, the identity, and some polls.
const STEPS: usize = 10;

/// A bench whose reader has answered so many commands, and the trouble that follows.
fn after(replies: usize, trouble: impl FnOnce(&mut Joined)) {
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        joined.until_replies(replies);
        trouble(joined);
    });
}

/// Within five seconds the reader is believed and a card is read, once.
fn works_again(joined: &mut Joined, what: &str) {
    joined.run_seconds(5);
    assert_eq!(joined.sim.untold(), 0, "{what}: it is polled again");
    joined.reads(42, Certainty::Authenticated);
}

#[test]
fn every_fault_of_the_line_at_every_step_is_got_over_when_it_is_lifted() {
    for fault in LineFault::ALL {
        for step in 0..STEPS {
            for seconds in [1, 12] {
                let what = format!("{fault:?} at {step} for {seconds} s");
                after(step, |joined| {
                    joined.does(OsdpCommand::Fault(fault, true));
                    joined.run_seconds(seconds);
                    joined.does(OsdpCommand::Fault(fault, false));
                    let told = std::mem::take(&mut joined.told);
                    assert_eq!(of_cards(&told), [], "{what}");
                    assert!(
                        of_trust(&told).iter().all(|trust| *trust == Trust::OwnKey),
                        "{what}"
                    );
                    let mute = [
                        LineFault::Silent,
                        LineFault::HalfFrame,
                        LineFault::WrongChecksum,
                    ];
                    let gone = told.contains(&Tell::Answering(false));
                    assert_eq!(gone, seconds == 12 && mute.contains(&fault), "{what}");
                    works_again(joined, &what);
                });
            }
        }
    }
}

#[test]
fn a_card_is_read_once_through_every_fault_that_lets_anything_through() {
    for fault in [LineFault::Slow, LineFault::Garbage, LineFault::WrongOrder] {
        after(STEPS, |joined| {
            joined.does(OsdpCommand::Fault(fault, true));
            for value in 1..=5 {
                joined.told.clear();
                joined.does(OsdpCommand::Present(card(value)));
                joined.run_seconds(5);
                let read = presented(card(value), Certainty::Authenticated);
                assert_eq!(of_cards(&joined.told), [read], "{fault:?}");
            }
        });
    }
}

#[test]
fn a_reader_without_power_for_a_moment_or_for_long_at_any_step_comes_back() {
    for step in 0..STEPS {
        for millis in [1, 60, 500, 3_000, 20_000] {
            after(step, |joined| {
                joined.does(OsdpCommand::Power(false));
                assert_eq!(joined.front().lamp, Lamp::Dark);
                joined.run(Duration::from_millis(millis));
                let gone = joined.told.contains(&Tell::Answering(false));
                assert_eq!(gone, millis > 10_000, "{step} {millis}");
                joined.told.clear();
                joined.does(OsdpCommand::Power(true));
                joined.run_seconds(3);
                let told = std::mem::take(&mut joined.told);
                let anew = matches!(
                    told[..],
                    [
                        Tell::Answering(true),
                        Tell::Trust(Trust::OwnKey),
                        Tell::Identity(_)
                    ]
                );
                assert!(anew || !gone, "{told:?}");
                works_again(joined, &format!("{millis} ms without power at {step}"));
            });
        }
    }
}

#[test]
fn a_line_cut_at_any_byte_works_when_it_is_opened_again() {
    for bytes in 1..220 {
        let mut bench = Bench::new(keyed(), keyed_reader());
        bench.join(|joined| {
            joined.line.change(|faults| faults.cut_after = Some(bytes));
            let mut steps = 0;
            while joined.step_or_lost() {
                steps += 1;
                assert!(steps < 1000, "cut after {bytes}");
            }
        });
        bench.join(|joined| {
            joined.until(&OWN_KEY);
            works_again(joined, &format!("cut after {bytes}"));
        });
    }
}

#[test]
fn a_wrong_proof_and_a_replayed_reply_are_never_believed() {
    for trouble in [OsdpFault::WrongMac, OsdpFault::Replay] {
        for step in 0..STEPS {
            let what = format!("{trouble:?} at {step}");
            after(step, |joined| {
                joined.told.clear();
                joined.does(OsdpCommand::Trouble(trouble, true));
                joined.run(Duration::from_millis(500));
                joined.does(OsdpCommand::Present(card(9)));
                joined.run_seconds(20);
                assert_eq!(of_cards(&joined.told), [], "{what}");
                let forged = Trust::Refused(Distrust::Forged);
                let trust = of_trust(&joined.told);
                assert_eq!(trust.last(), Some(&forged), "{what}");
                assert!(!joined.told.contains(&Tell::Answering(false)), "{what}");
                joined.told.clear();
                joined.does(OsdpCommand::Trouble(trouble, false));
                joined.until(&OWN_KEY);
                joined.run_seconds(1);
                joined.reads(42, Certainty::Authenticated);
            });
        }
    }
}

#[test]
fn a_card_replayed_by_somebody_on_the_line_is_told_once() {
    // The first reply with each number is the one that is played again: the identity and two cards.
    let mut bench = Bench::new(keyed(), keyed_reader());
    bench.join(|joined| {
        for value in 1..=4 {
            joined.does(OsdpCommand::Present(card(value)));
        }
        joined.until(&OWN_KEY);
        joined.run_seconds(1);
        assert_eq!(of_cards(&joined.told).len(), 4);
        joined.told.clear();
        joined.does(OsdpCommand::Trouble(OsdpFault::Replay, true));
        joined.run_seconds(30);
        assert_eq!(of_cards(&joined.told), []);
    });
}

#[test]
fn a_reader_busy_for_ever_is_told_as_not_answering_and_one_busy_for_a_while_is_not() {
    for step in 0..STEPS {
        for (seconds, gone) in [(5, false), (10, true)] {
            after(step, |joined| {
                joined.told.clear();
                joined.does(OsdpCommand::Trouble(OsdpFault::Busy, true));
                joined.run_seconds(seconds);
                assert_eq!(
                    joined.told.contains(&Tell::Answering(false)),
                    gone,
                    "{step}"
                );
                joined.does(OsdpCommand::Trouble(OsdpFault::Busy, false));
                works_again(joined, &format!("busy at {step}"));
            });
        }
    }
}

#[test]
fn a_busy_reader_loses_no_card_and_no_signal() {
    after(STEPS, |joined| {
        joined.told.clear();
        joined.does(OsdpCommand::Trouble(OsdpFault::Busy, true));
        joined.does(OsdpCommand::Present(card(3)));
        joined.ask(Ask::Signal(Signal::Granted));
        joined.run_seconds(4);
        assert_eq!(joined.told, []);
        joined.does(OsdpCommand::Trouble(OsdpFault::Busy, false));
        joined.run_seconds(1);
        assert_eq!(
            of_cards(&joined.told),
            [presented(card(3), Certainty::Authenticated)]
        );
        assert_eq!(joined.front().lamp, Lamp::Green);
    });
}

#[test]
fn another_reader_in_its_place_is_refused_at_every_step_unless_it_knows_the_key() {
    for step in 0..STEPS {
        for (reader, trust) in [
            (new_reader(), Trust::Refused(Distrust::DefaultKey)),
            (
                new_reader().with_key(other_key()),
                Trust::Refused(Distrust::WrongKey),
            ),
        ] {
            after(step, |joined| {
                joined.does(OsdpCommand::Replace(reader));
                joined.does(OsdpCommand::Present(card(1)));
                joined.run_seconds(20);
                assert_eq!(of_trust(&joined.told).last(), Some(&trust), "{step}");
                assert_eq!(of_cards(&joined.told), []);
                joined.does(OsdpCommand::Replace(keyed_reader()));
                joined.until(&OWN_KEY);
                works_again(joined, "its own reader again");
            });
        }
    }
}

#[test]
fn another_reader_that_knows_the_key_or_needs_none_is_told_by_its_identity() {
    let clear = OsdpReader {
        secure_channel: false,
        ..new_reader()
    };
    let allowing = Settings {
        allow_clear_text: true,
        ..keyed()
    };
    for (settings, reader) in [(keyed(), keyed_reader()), (allowing, clear)] {
        let mut bench = Bench::new(settings, reader.clone());
        bench.join(|joined| {
            joined.run_seconds(3);
            joined.told.clear();
            joined.does(OsdpCommand::Replace(OsdpReader {
                serial: 0xCAFE,
                ..reader
            }));
            joined.run_seconds(5);
            let [Tell::Identity(words)] = &joined.told[..] else {
                panic!("{:?}", joined.told);
            };
            assert!(words.ends_with("serial 0000CAFE"), "{words}");
        });
    }
}

#[test]
fn nothing_said_in_clear_text_is_believed_while_there_is_a_channel() {
    let card_report = [0, 1, 26, 0, 1, 2, 3, 0x40];
    for step in 0..STEPS {
        for sequence in 0..4 {
            for (code, data) in [(0x50, &card_report[..]), (0x40, &[]), (0x45, &[7; 12])] {
                after(step, |joined| {
                    for _ in 0..20 {
                        joined.is_told(&clear(sequence, code, data));
                        joined.step();
                    }
                    joined.run_seconds(5);
                    assert_eq!(of_cards(&joined.told), [], "{code:X} {sequence} at {step}");
                    let identities = joined.told.iter();
                    let foreign = |tell: &&Tell| matches!(tell, Tell::Identity(words) if words.contains("07-07"));
                    assert_eq!(identities.filter(foreign).count(), 0);
                    works_again(joined, "clear text over a channel");
                });
            }
        }
    }
}

#[test]
fn every_refusal_by_the_reader_at_every_step_is_got_over() {
    for reason in (0..=0x0A).chain([0xFF]) {
        for sequence in 0..4 {
            for step in 0..STEPS {
                after(step, |joined| {
                    joined.is_told(&clear(sequence, 0x41, &[reason]));
                    joined.run_seconds(3);
                    works_again(
                        joined,
                        &format!("refusal {reason} with {sequence} at {step}"),
                    );
                });
            }
        }
    }
}

/// What is told of trust in a minute by a device that answers these commands with a bare "yes", and
/// no others.
fn trust_of_a_device_that_nods_at(commands: &[u8]) -> Vec<Trust> {
    let mut driver = Osdp::new(keyed(), Seed::given([3; 16]));
    let mut line = Line::new();
    driver.opened(Moment::ORIGIN, &mut line);
    loop {
        let now = driver.due().unwrap();
        if now > Moment::from_micros(60_000_000) {
            return of_trust(&line.take_tells());
        }
        driver.waited(now, &mut line);
        let said = line.take_bytes();
        let Some(Ok((command, _))) = said.get(1..).map(ParsedPacket::parse) else {
            continue;
        };
        if commands.contains(&command.code) {
            driver.heard(now, &clear(command.ctrl.sqn.value(), 0x40, &[]), &mut line);
        }
    }
}

#[test]
fn a_device_that_nods_at_everything_or_is_silent_about_the_channel_opens_none() {
    let no_channel = [Trust::Refused(Distrust::NoSecureChannel)];
    assert_eq!(trust_of_a_device_that_nods_at(&[0x61, 0x62]), no_channel);
    assert_eq!(
        trust_of_a_device_that_nods_at(&[0x61, 0x62, 0x60]),
        no_channel
    );
    let everything = Vec::from_iter(0..=0xFF);
    assert_eq!(trust_of_a_device_that_nods_at(&everything), no_channel);
    assert_eq!(trust_of_a_device_that_nods_at(&[]), []);
}

#[test]
fn a_command_spoilt_on_its_way_is_said_again_within_the_same_channel() {
    for sequence in 1..4 {
        after(STEPS, |joined| {
            // While the answer to each command is on its way.
            for replies in STEPS..STEPS + 30 {
                joined.until_replies(replies);
                joined.is_told(&clear(sequence, 0x41, &[1]));
            }
            joined.run_seconds(1);
            joined.reads(42, Certainty::Authenticated);
            assert_eq!(joined.sim.challenges(), 1);
        });
    }
}

#[test]
fn a_signal_that_was_not_shown_in_time_is_not_shown_later() {
    after(STEPS, |joined| {
        joined.does(OsdpCommand::Power(false));
        joined.ask(Ask::Signal(Signal::Granted));
        joined.run_seconds(3);
        joined.does(OsdpCommand::Power(true));
        for _ in 0..100 {
            joined.run(Duration::from_millis(50));
            assert_eq!(joined.front().lamp, Lamp::Blue);
        }
    });
}
