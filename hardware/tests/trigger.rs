//! Scanners that are told when to read, and what they do with every fault (hardware.md §6.2).

#[path = "support/terminal.rs"]
mod terminal;
#[path = "support/triggered.rs"]
mod triggered;
#[path = "support/two_ends.rs"]
mod two_ends;

use std::time::Duration;

use lodge_hardware::port::Ending;
use lodge_hardware::reader::Certainty;
use lodge_hardware::scanner::{
    Ask, Code, Command, Family, Mode, Refusal, Scanner, Settings, Symbology, Tell,
};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::scanner::triggered::{TriggeredCommand, TriggeredSim};
use terminal::Terminal;
use triggered::{FAMILIES, PACKETS, RAW, bytes, code, codes, ends, show};
use two_ends::TwoEnds;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_scanner_reads_when_told_and_not_before() {
    for family in FAMILIES {
        for chunk in [1, 2, 3, usize::MAX] {
            let mut ends = ends(family);
            ends.chunk = chunk;
            assert_eq!(ends.pass(SECOND), [Tell::Answering(true)], "{family:?}");
            assert!(ends.sim.is_commanded());
            ends.does(show("A-1123-0042"));
            assert!(ends.pass(10 * SECOND).is_empty(), "nobody asked");
            ends.ask(Ask::StartReading);
            assert_eq!(
                ends.pass(SECOND),
                [code(family, "A-1123-0042")],
                "{family:?}"
            );
            assert!(!ends.sim.is_reading(), "it stops by itself");
            assert_eq!(ends.discarded(), 0, "{family:?}: all bytes had a meaning");
        }
    }
}

#[test]
fn a_scanner_stops_when_told_or_when_it_has_had_enough() {
    for family in FAMILIES {
        let mut ends = ends(family);
        ends.pass(SECOND);
        ends.ask(Ask::StartReading);
        ends.pass(SECOND);
        assert!(ends.sim.is_reading(), "{family:?}");
        ends.ask(Ask::StopReading);
        ends.pass(SECOND);
        assert!(!ends.sim.is_reading(), "{family:?}");
        ends.does(show("A"));
        assert!(ends.pass(SECOND).is_empty());
        ends.does(TriggeredCommand::Show(None));
        ends.ask(Ask::StartReading);
        assert!(
            ends.pass(10 * SECOND).is_empty(),
            "time out is told by none"
        );
        assert!(!ends.sim.is_reading(), "{family:?}");
    }
}

#[test]
fn an_auto_sensing_scanner_reads_by_itself_and_is_asked_nothing() {
    for family in FAMILIES {
        let mut settings = Settings::commanded(family);
        settings.mode = Mode::AutoSense;
        let mut ends = TwoEnds::new(Scanner::with(settings), TriggeredSim::new(family));
        ends.pass(SECOND);
        ends.does(show("B-7"));
        assert_eq!(ends.pass(SECOND), [code(family, "B-7")], "{family:?}");
        ends.sim.take_heard();
        ends.ask(Ask::StartReading);
        ends.pass(SECOND);
        assert!(ends.sim.take_heard().is_empty());
    }
}

#[test]
fn a_zebra_scanner_sends_codes_in_the_form_that_it_was_set_up_for_last() {
    for (family, before) in [(RAW, PACKETS), (PACKETS, RAW)] {
        let scanner = Scanner::with(Settings::commanded(family));
        let mut ends = TwoEnds::new(scanner, TriggeredSim::new(before));
        ends.pass(SECOND);
        ends.does(show("A-1123-0042"));
        for _ in 0..2 {
            ends.ask(Ask::StartReading);
            let told = ends.pass(2 * SECOND);
            assert_eq!(told, [code(family, "A-1123-0042")], "{family:?}");
            assert_eq!(ends.discarded(), 0, "{family:?}");
            // It begins as it was made, and is set up again before it reads.
            ends.does(TriggeredCommand::Restart);
            ends.pass(3 * SECOND);
        }
    }
}

/// A scanner that somebody has set up with its maker's bar codes.
fn set_up_before(family: Family) -> TwoEnds<Scanner, TriggeredSim> {
    let settings = Settings {
        set_up: false,
        ..Settings::commanded(family)
    };
    TwoEnds::new(Scanner::with(settings), TriggeredSim::new(family))
}

fn refused(command: Command, refusal: Refusal) -> Tell {
    Tell::Refused { command, refusal }
}

#[test]
fn a_refused_command_is_told_and_the_scanner_still_answers() {
    for (family, refusal) in [
        (Family::Newland, Refusal::Unknown),
        (Family::Newland, Refusal::BadValue),
        (RAW, Refusal::Unknown),
        (RAW, Refusal::NotAllowed),
        (PACKETS, Refusal::Unknown),
        (PACKETS, Refusal::NotAllowed),
        (Family::Grow, Refusal::Unknown),
    ] {
        let mut ends = set_up_before(family);
        ends.does(TriggeredCommand::Refuse(Some(refusal)));
        ends.ask(Ask::StartReading);
        let wanted = [Tell::Answering(true), refused(Command::Start, refusal)];
        assert_eq!(ends.pass(SECOND), wanted, "{family:?}");
        assert!(!ends.sim.is_reading());
        ends.does(TriggeredCommand::Refuse(None));
        ends.does(show("A"));
        ends.ask(Ask::StartReading);
        assert_eq!(ends.pass(SECOND), [Tell::Obeys, code(family, "A")]);
    }
}

#[test]
fn a_refused_set_up_is_told_and_the_scanner_is_told_to_read_all_the_same() {
    for (verdict, refusal) in [
        (Refusal::Unknown, Refusal::Unknown),
        (Refusal::BadValue, Refusal::BadValue),
    ] {
        let mut ends = ends(Family::Honeywell);
        ends.does(TriggeredCommand::Refuse(Some(verdict)));
        let wanted = [Tell::Answering(true), refused(Command::SetUp, refusal)];
        assert_eq!(ends.pass(SECOND), wanted);
        ends.sim.take_heard();
        ends.ask(Ask::StartReading);
        assert!(ends.pass(SECOND).is_empty(), "it is told once");
        assert!(ends.sim.take_heard().contains(&bytes("16 54 0D")));
        // What it refused is asked of it again, whether anybody reads or not, and nothing else.
        ends.does(TriggeredCommand::Refuse(None));
        assert_eq!(ends.pass(61 * SECOND), [Tell::Obeys]);
        assert!(!ends.sim.take_heard().contains(&bytes("16 54 0D")));
        ends.pass(200 * SECOND);
        assert!(ends.sim.take_heard().is_empty());
    }
}

#[test]
fn a_command_that_arrives_damaged_is_sent_again_and_given_up_after_three_times() {
    for family in [RAW, PACKETS, Family::Grow] {
        let mut ends = set_up_before(family);
        ends.does(TriggeredCommand::Refuse(Some(Refusal::Damaged)));
        ends.ask(Ask::StartReading);
        let wanted = [
            Tell::Answering(true),
            refused(Command::Start, Refusal::Damaged),
        ];
        assert_eq!(ends.pass(SECOND), wanted, "{family:?}");
        assert_eq!(ends.sim.take_heard().len(), 3);
    }
}

#[test]
fn a_scanner_that_lost_its_power_is_set_up_again_before_it_reads() {
    for family in FAMILIES {
        let mut ends = ends(family);
        ends.pass(SECOND);
        ends.does(TriggeredCommand::Restart);
        assert!(!ends.sim.is_commanded());
        ends.ask(Ask::StartReading);
        ends.pass(SECOND);
        assert!(
            ends.sim.is_commanded() && ends.sim.is_reading(),
            "{family:?}"
        );
    }
}

#[test]
fn a_scanner_set_up_before_is_sent_nothing_until_it_is_asked() {
    for family in FAMILIES {
        let mut ends = set_up_before(family);
        ends.pass(60 * SECOND);
        assert!(ends.sim.take_heard().is_empty());
        ends.does(TriggeredCommand::Fault(LineFault::Silent, true));
        ends.ask(Ask::StartReading);
        // Honeywell's say nothing to a trigger: whether they hear is not known.
        let down = [Tell::Answering(false)];
        let wanted = if family == Family::Honeywell {
            &[]
        } else {
            &down[..]
        };
        assert_eq!(ends.pass(60 * SECOND), wanted, "{family:?}");
    }
}

#[test]
fn a_scanner_that_does_not_reply_is_told_within_three_seconds_and_again_when_it_does() {
    for family in FAMILIES {
        let mut ends = ends(family);
        ends.does(TriggeredCommand::Fault(LineFault::Silent, true));
        assert!(ends.pass(Duration::from_millis(2900)).is_empty());
        let told = ends.pass(Duration::from_millis(200));
        assert_eq!(told, [Tell::Answering(false)], "{family:?}");
        assert!(ends.pass(60 * SECOND).is_empty(), "told once");
        ends.does(TriggeredCommand::Fault(LineFault::Silent, false));
        assert_eq!(ends.pass(6 * SECOND), [Tell::Answering(true)], "{family:?}");
        assert!(ends.sim.is_commanded(), "it is set up again");
    }
}

#[test]
fn an_old_ask_does_not_light_a_scanner_that_comes_back() {
    for family in FAMILIES {
        let mut ends = ends(family);
        ends.does(TriggeredCommand::Fault(LineFault::Silent, true));
        ends.ask(Ask::StartReading);
        ends.pass(4 * SECOND);
        ends.does(TriggeredCommand::Fault(LineFault::Silent, false));
        ends.sim.take_heard();
        ends.pass(20 * SECOND);
        assert!(!ends.sim.is_reading(), "{family:?}");
        // The next ask sets it up first where that is still due.
        ends.does(show("A"));
        ends.ask(Ask::StartReading);
        assert_eq!(ends.pass(SECOND), [code(family, "A")], "{family:?}");
    }
}

#[test]
fn only_the_last_of_several_asks_counts() {
    for family in FAMILIES {
        let mut ends = ends(family);
        for ask in [
            Ask::StartReading,
            Ask::StopReading,
            Ask::StartReading,
            Ask::StopReading,
        ] {
            ends.ask(ask);
        }
        ends.pass(SECOND);
        assert!(!ends.sim.is_reading(), "{family:?}");
    }
}

#[test]
fn every_fault_of_the_line_tells_no_false_code_and_is_over_when_it_is_lifted() {
    for family in FAMILIES {
        for fault in LineFault::ALL {
            let mut ends = ends(family);
            ends.pass(SECOND);
            ends.does(TriggeredCommand::Fault(fault, true));
            ends.does(show("A-1123-0042"));
            ends.ask(Ask::StartReading);
            let told = ends.pass(20 * SECOND);
            // In text a code is all there is: half of one, or one with a changed character, is
            // another code. Packets have a checksum.
            let allowed: &[&str] = match (family, fault) {
                (PACKETS, _) => &["A-1123-0042"],
                (_, LineFault::HalfFrame) => &["A-1123"],
                (_, LineFault::WrongChecksum) => &["A-1123-0043"],
                _ => &["A-1123-0042"],
            };
            for code in codes(&told) {
                assert!(allowed.contains(&code), "{family:?} {fault:?} {code}");
            }
            if matches!(fault, LineFault::Slow) {
                assert_eq!(codes(&told), ["A-1123-0042"], "{family:?}");
            }
            ends.does(TriggeredCommand::Fault(fault, false));
            ends.does(TriggeredCommand::Show(None));
            ends.ask(Ask::StopReading);
            ends.pass(20 * SECOND);
            ends.does(show("B-7"));
            ends.ask(Ask::StartReading);
            let told = ends.pass(2 * SECOND);
            // What was kept back comes with the next thing that is said.
            let late = fault == LineFault::WrongOrder && codes(&told).len() == 2;
            let told_now = &codes(&told)[usize::from(late)..];
            assert_eq!(told_now, ["B-7"], "{family:?} {fault:?}");
            let is_down = |tell: &Tell| *tell == Tell::Answering(false);
            assert!(!told.iter().any(is_down), "{family:?} {fault:?}");
        }
    }
}

#[test]
fn a_module_that_reckons_another_crc_is_believed_only_where_the_settings_say_so() {
    for check_replies in [true, false] {
        let settings = Settings {
            check_replies,
            ..Settings::commanded(Family::Grow)
        };
        let mut ends = TwoEnds::new(Scanner::with(settings), TriggeredSim::new(Family::Grow));
        ends.does(TriggeredCommand::Fault(LineFault::WrongChecksum, true));
        assert_eq!(ends.pass(4 * SECOND), [Tell::Answering(!check_replies)]);
        let (understood, spoilt) = ends.frames();
        assert_eq!(
            (understood > 0, spoilt > 0),
            (!check_replies, check_replies)
        );
        ends.does(TriggeredCommand::Refuse(Some(Refusal::Unknown)));
        ends.ask(Ask::StartReading);
        let refusals = ends.pass(10 * SECOND);
        let refused = refused(Command::Start, Refusal::Unknown);
        assert_eq!(refusals.contains(&refused), !check_replies, "{refusals:?}");
    }
}

#[test]
fn a_code_in_many_packets_with_line_breaks_is_one_code() {
    let mut ends = ends(PACKETS);
    ends.pass(SECOND);
    let long = "访客证\r\n".repeat(120) + "末";
    ends.does(show(&long));
    ends.ask(Ask::StartReading);
    let wanted = Tell::Code(Code {
        text: long,
        symbology: Some(Symbology::Qr),
        certainty: Certainty::Checked,
    });
    assert_eq!(ends.pass(5 * SECOND), [wanted]);
}

#[test]
fn a_damaged_packet_is_asked_for_again() {
    let mut ends = set_up_before(PACKETS);
    ends.does(TriggeredCommand::Fault(LineFault::WrongChecksum, true));
    ends.does(show("A"));
    assert!(ends.pass(Duration::from_millis(200)).is_empty());
    let complaint = bytes("05 D1 04 00 01 FF 25");
    assert!(ends.sim.take_heard().contains(&complaint));
    assert!(ends.frames().1 > 0);
    ends.does(TriggeredCommand::Fault(LineFault::WrongChecksum, false));
    ends.does(show("A"));
    assert_eq!(codes(&ends.pass(5 * SECOND)), ["A"]);
}

#[test]
fn a_scanner_on_a_terminal_reads_when_told() {
    for family in FAMILIES {
        let scanner = Scanner::with(Settings::commanded(family));
        let terminal = Terminal::start(9600, scanner, TriggeredSim::new(family));
        terminal.wait_for(&Tell::Answering(true));
        terminal.device.command(show("A-1123-0042"));
        terminal.port.mailbox.send(Ask::StartReading);
        terminal.wait_for(&code(family, "A-1123-0042"));
        assert!(matches!(terminal.close(), Ending::Closed));
    }
}
