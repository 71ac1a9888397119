//! The OSDP driver against a reader that others wrote, the C library libosdp, by the real clock,
//! which that library keeps; and against our own over a real terminal.

#[path = "support/osdp_foreign.rs"]
mod foreign;
#[path = "support/osdp.rs"]
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use foreign::{ForeignReader, Meeting, PATIENCE, foreign_reader, meet};
use libosdp::OsdpCommand as Heard;
use lodge_hardware::link::memory::pair;
use lodge_hardware::port::Ending;
use lodge_hardware::reader::osdp::{Check, Osdp, Seed, Settings};
use lodge_hardware::reader::{Ask, Certainty, Distrust, Signal, Tell, Trust, WiegandCode};
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpSim};
use support::{ADDRESS, card, key, keyed, keyed_reader, other_key, presented, refused};
use terminal::Terminal;

const OWN_KEY: Tell = Tell::Trust(Trust::OwnKey);

/// The keys of `support`, as the other library wants them.
const KEY: [u8; 16] = [0x5A; 16];
const OTHER_KEY: [u8; 16] = [0xA5; 16];

type Both<'a> = Meeting<'a, Osdp, ForeignReader>;

/// Joins our driver and the foreign reader, and does things over the line.
fn with_foreign_reader(settings: Settings, key: Option<[u8; 16]>, doing: impl FnOnce(&mut Both)) {
    let (near, far, _) = pair();
    let driver = Osdp::new(settings, Seed::from_system().unwrap());
    meet(near, driver, foreign_reader(ADDRESS, far, key), doing);
}

impl Both<'_> {
    fn reads(&mut self, code: WiegandCode, certainty: Certainty) {
        self.far.reads(code);
        self.until_told(&presented(code, certainty));
    }
}

#[test]
fn a_foreign_reader_with_our_key_is_believed_read_and_signalled() {
    for check in [Check::Crc, Check::Sum] {
        let settings = Settings { check, ..keyed() };
        with_foreign_reader(settings, Some(KEY), |both| {
            both.until_told(&OWN_KEY);
            assert!(both.far.reader.is_sc_active());
            both.until("an identity", |told, _| {
                let words = "OSDP, maker A0-B2-FE, model 35.116";
                let is_it =
                    |tell: &Tell| matches!(tell, Tell::Identity(said) if said.starts_with(words));
                told.iter().any(is_it)
            });
            for code in [
                card(0x155_5555),
                WiegandCode::new(37, 0x12_3456_789A).unwrap(),
            ] {
                both.reads(code, Certainty::Authenticated);
            }
            both.mailbox.send(Ask::Signal(Signal::Granted));
            both.until("a lamp and a beep", |_, far| {
                far.orders.lock().unwrap().len() == 2
            });
            let orders = both.far.orders.lock().unwrap();
            assert!(
                matches!(orders[..], [Heard::Led(_), Heard::Buzzer(_)]),
                "{orders:?}"
            );
        });
    }
}

#[test]
fn a_foreign_reader_that_is_new_is_refused_then_given_its_key_then_believed() {
    with_foreign_reader(keyed(), None, |both| {
        both.until_told(&refused(Distrust::DefaultKey));
        both.mailbox.send(Ask::InstallKey);
        both.until_told(&OWN_KEY);
        let given = both.far.orders.lock().unwrap().iter().any(|order| {
            matches!(order, Heard::KeySet(_)) && format!("{order:?}").contains("90, 90, 90")
        });
        assert!(given);
        both.reads(card(11), Certainty::Authenticated);
    });
}

#[test]
fn a_foreign_reader_over_the_default_key_or_in_clear_text_is_read_where_that_is_allowed() {
    let no_key = Settings {
        key: None,
        ..keyed()
    };
    let default_key = Settings {
        allow_default_key: true,
        ..no_key.clone()
    };
    let clear_text = Settings {
        allow_clear_text: true,
        ..no_key
    };
    for (settings, trust) in [
        (default_key, Trust::DefaultKey),
        (clear_text, Trust::ClearText),
    ] {
        with_foreign_reader(settings, None, |both| {
            both.until_told(&Tell::Trust(trust));
            // That library counts a channel over the default key as none.
            assert!(!both.far.reader.is_sc_active());
            both.reads(card(12), Certainty::Checked);
        });
    }
}

#[test]
fn a_foreign_reader_with_another_key_is_refused() {
    assert_eq!(
        other_key(),
        lodge_hardware::reader::osdp::Key::new(OTHER_KEY).unwrap()
    );
    assert_eq!(key(), lodge_hardware::reader::osdp::Key::new(KEY).unwrap());
    with_foreign_reader(keyed(), Some(OTHER_KEY), |both| {
        both.until_told(&refused(Distrust::WrongKey));
    });
}

#[test]
fn a_card_held_to_a_reader_at_a_terminal_is_told() {
    let driver = Osdp::new(keyed(), Seed::from_system().unwrap());
    let mut terminal = Terminal::start(9600, driver, OsdpSim::new(keyed_reader()));
    terminal.port.patience = PATIENCE;
    terminal.wait_for(&OWN_KEY);
    for value in [21, 22, 23] {
        let card = card(value);
        terminal.device.command(OsdpCommand::Present(card));
        terminal.wait_for(&presented(card, Certainty::Authenticated));
    }
    assert!(matches!(terminal.close(), Ending::Closed));
}
