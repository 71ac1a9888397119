//! PN532 modules, byte by byte: what is written, what is believed, what is told (hardware.md §3).

#[path = "support/pn532_bytes.rs"]
mod pn532_bytes;

use std::time::Duration;

use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::reader::pn532::Settings;
use lodge_hardware::reader::{Ask, NotRead, Signal, Tell};
use pn532_bytes::*;

#[test]
fn a_module_is_woken_set_up_and_asked_with_the_published_frames() {
    let mut module = Module::opened();
    for (asked, answer) in SET_UP {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    let identity = Tell::Identity("PN532, firmware 1.6".to_owned());
    assert_eq!(module.told(), [identity]);
    assert_eq!(module.waits(), Settings::default().rest);
    for (asked, answer) in [LOOK, FIELD_OFF] {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    assert_eq!(module.told(), [Tell::Answering(true)]);
    module.waits();
    for (asked, answer) in [(LOOK.0, ONE_CARD), RELEASE, FIELD_OFF] {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    assert_eq!(module.told(), [presented(&[0xFB, 0x0E, 0xE2, 0x0B])]);
    module.waits();
    for (asked, answer) in [(LOOK.0, SEVEN_BYTES), RELEASE, FIELD_OFF] {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    let seven = presented(&[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6]);
    assert_eq!(module.told(), [seven]);
    assert_eq!(module.line.take_frames(), (2 * (5 + 2 + 3 + 3), 0));
    assert_eq!(module.line.take_discarded(), 0);
}

#[test]
fn an_answer_in_an_extended_frame_is_read() {
    let mut module = Module::looking();
    module.says(ACK);
    let data = [0x4B, 1, 1, 0x00, 0x04, 0x08, 4, 1, 2, 3, 4];
    module.hears(&answer(&data, true));
    assert!(module.told().contains(&presented(&[1, 2, 3, 4])));
}

#[test]
fn a_begun_frame_that_is_none_is_waited_for_as_long_in_pieces_as_at_once() {
    let begun = bytes("00 00 FF 05 05 00");
    let due = |length: usize| {
        let mut module = Module::looking();
        module.says(ACK);
        module.now = module.now + Duration::from_millis(450);
        begun.chunks(length).for_each(|piece| module.hears(piece));
        module.reader.due()
    };
    assert_eq!(due(1), due(begun.len()));
}

#[test]
fn a_random_uid_is_never_a_credential() {
    let mut module = Module::looking();
    module.says(ACK);
    module.hears(&one_card([0x08, 1, 2, 3]));
    let random = Tell::NotRead(NotRead::RandomNumber);
    assert_eq!(module.told(), [Tell::Answering(true), random]);
}

#[test]
fn an_answer_counts_only_behind_its_acknowledgement() {
    let mut module = Module::looking();
    module.says(ONE_CARD);
    module.says(ACK);
    assert_eq!(module.told(), []);
    module.waits();
    module.begins_again();
}

#[test]
fn the_late_answer_to_a_command_given_up_is_not_believed() {
    let mut module = Module::looking();
    module.says(ACK);
    assert_eq!(module.waits(), Duration::from_millis(500));
    module.asks(ACK);
    module.says(ONE_CARD);
    module.waits();
    module.asks(SET_UP[0].0);
    module.says(ONE_CARD);
    module.says(ACK);
    module.says(ONE_CARD);
    assert_eq!(module.told(), []);
    module.says(SET_UP[0].1);
    module.asks(SET_UP[1].0);
}

#[test]
fn the_answer_to_another_command_is_not_taken_for_this_ones() {
    let mut module = Module::looking();
    module.says(ACK);
    for (_, other) in SET_UP.into_iter().chain([RELEASE]) {
        module.says(other);
    }
    assert_eq!(module.told(), []);
    module.says(ONE_CARD);
    assert!(module.told_one_card());
}

#[test]
fn an_answer_with_a_wrong_checksum_is_asked_for_again_once() {
    let spoilt = ONE_CARD.replace("D8 00", "D9 00");
    let mut module = Module::looking();
    module.says(ACK);
    module.says(&spoilt);
    module.asks(NACK);
    assert_eq!(module.line.take_frames().1, 1);
    module.says(ONE_CARD);
    assert!(module.told_one_card());

    let mut module = Module::looking();
    module.says(ACK);
    module.says(&spoilt);
    module.asks(NACK);
    module.says(&spoilt);
    module.asks("");
    module.waits();
    module.begins_again();
    assert_eq!(module.told(), []);
}

#[test]
fn a_command_that_the_module_did_not_get_whole_is_sent_again_once() {
    let mut module = Module::looking();
    module.says(NACK);
    module.asks(LOOK.0);
    module.says(NACK);
    module.asks("");
    module.waits();
    module.begins_again();
}

#[test]
fn a_syntax_error_begins_again() {
    for acknowledged in [false, true] {
        let mut module = Module::looking();
        if acknowledged {
            module.says(ACK);
        }
        module.says(SYNTAX_ERROR);
        module.begins_again();
    }
}

#[test]
fn answers_that_make_no_sense_begin_again() {
    let mut module = Module::looking();
    module.says(ACK);
    module.hears(&answer(
        &[0x4B, 1, 1, 0x00, 0x04, 0x08, 5, 1, 2, 3, 4, 5],
        false,
    ));
    module.begins_again();
    assert_eq!(module.told(), []);
    for (i, (_, right)) in SET_UP.into_iter().enumerate() {
        let mut module = Module::opened();
        for (asked, answer) in &SET_UP[..i] {
            module.asks(asked);
            module.says(ACK);
            module.says(answer);
        }
        module.asks(SET_UP[i].0);
        module.says(ACK);
        let code = bytes(right)[6];
        module.hears(&answer(&[code, 0x55, 0x55], false));
        module.begins_again();
    }
}

#[test]
fn a_card_that_is_gone_at_its_release_is_no_fault_and_a_hot_chip_is() {
    for (status, fault) in [(0x00, false), (0x01, false), (0x2B, false), (0x0D, true)] {
        let mut module = Module::looking();
        module.says(ACK);
        module.says(ONE_CARD);
        module.asks(RELEASE.0);
        module.says(ACK);
        module.hears(&answer(&[0x53, status], false));
        if fault {
            module.begins_again();
        } else {
            module.asks(FIELD_OFF.0);
        }
    }
}

#[test]
fn the_beginning_of_a_frame_from_before_does_not_swallow_the_acknowledgement() {
    let mut module = Module::looking();
    module.says(ACK);
    module.says(LOOK.1);
    module.says(ACK);
    module.says(FIELD_OFF.1);
    module.says("00 FF 20 E0 D5");
    module.line.take_bytes();
    module.waits();
    assert_eq!(module.line.take_discarded(), 5);
    module.asks(LOOK.0);
    module.says(ACK);
    module.says(ONE_CARD);
    assert!(module.told_one_card());
}

#[test]
fn an_adapter_that_hears_itself_does_not_disturb() {
    let mut module = Module::looking();
    module.says(LOOK.0);
    module.says(ACK);
    module.says(ONE_CARD);
    assert!(module.told_one_card());
}

#[test]
fn a_line_that_never_ends_a_frame_is_given_up_after_two_seconds() {
    let mut module = Module::looking();
    module.says(ACK);
    module.hears(&[0x00, 0xFF, 0xFF, 0xFF, 0x01, 0x09, 0xF6]);
    let begin = module.now;
    while module.line.take_bytes().is_empty() {
        module.waits();
        module.hears(&[0xD5]);
    }
    assert!(
        module.now - begin <= Duration::from_secs(2),
        "{:?}",
        module.now - begin
    );
}

#[test]
fn a_module_has_no_lamp() {
    let mut module = Module::looking();
    for signal in [Signal::Granted, Signal::Refused, Signal::Wait] {
        let ask = Ask::Signal(signal);
        module.reader.asked(module.now, ask, &mut module.line);
    }
    module.asks("");
    assert_eq!(module.told(), []);
}

#[test]
fn a_closed_line_wants_nothing_and_an_opened_one_begins_anew() {
    let mut module = Module::looking();
    module.says(ACK);
    module.says(ONE_CARD);
    module.told();
    module.line.take_bytes();
    module.reader.closed(module.now, &mut module.line);
    assert_eq!(module.reader.due(), None);
    module.says(ONE_CARD);
    assert_eq!(module.told(), []);
    module.reader.opened(module.now, &mut module.line);
    for (asked, answer) in SET_UP {
        module.asks(asked);
        module.says(ACK);
        module.says(answer);
    }
    module.waits();
    module.says(ACK);
    module.says(ONE_CARD);
    let told = module.told();
    assert!(matches!(
        told[..],
        [Tell::Identity(_), Tell::Answering(true), _]
    ));
    assert_eq!(told[2], presented(&[0xFB, 0x0E, 0xE2, 0x0B]));
}
