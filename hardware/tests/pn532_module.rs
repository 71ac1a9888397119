//! The simulated PN532 module alone: it speaks as a real one does (hardware.md §3).

#[path = "support/pn532.rs"]
mod support;

use std::convert::Infallible;
use std::task::Poll;
use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::reader::Uid;
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::{LineFault, Simulator};
use pn532::requests::{Command, SAMMode};
use pn532::{CountDown, Error, Interface, Request, nb};
use support::{MS, SECOND, Wire, uid};

const ACK: &str = "00 00 FF 00 FF 00";
const NACK: &str = "00 00 FF FF 00 00";
const SYNTAX_ERROR: &str = "00 00 FF 01 FF 7F 81 00";
const WAKE: &str = "55 55 00 00 00 00 00 00 00 00 00 00 00 00 00 00";
const SAM: &str = "00 00 FF 03 FD D4 14 01 17 00";
const SAM_DONE: &str = "00 00 FF 02 FE D5 15 16 00";
const LIST_ONE: &str = "00 00 FF 04 FC D4 4A 01 00 E1 00";
const NO_CARD: &str = "00 00 FF 03 FD D5 4B 00 E0 00";
const ONE_CARD: &str = "00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 FB 0E E2 0B D8 00";
const TRY_TWICE_AGAIN: &str = "00 00 FF 06 FA D4 32 05 FF 01 02 F3 00";
const FIELD_OFF: &str = "00 00 FF 04 FC D4 32 01 00 F9 00";
const FIELD_DONE: &str = "00 00 FF 02 FE D5 33 F8 00";

/// A module with a person in front of it who types bytes.
struct Module {
    now: Moment,
    sim: Pn532Sim,
    wire: Wire,
}

impl Module {
    fn asleep() -> Self {
        Self {
            now: Moment::from_micros(1_000_000),
            sim: Pn532Sim::new(),
            wire: Wire::default(),
        }
    }

    fn awake() -> Self {
        let mut module = Self::asleep();
        module.says(&format!("{WAKE} {SAM}"));
        module.answers(&[ACK, SAM_DONE]);
        module
    }

    /// One that gives up when there is no card.
    fn set_up() -> Self {
        let mut module = Self::awake();
        module.says(TRY_TWICE_AGAIN);
        module.answers(&[ACK, FIELD_DONE]);
        module
    }

    fn says(&mut self, hex: &str) {
        self.wire.to_module.extend(bytes(hex));
    }

    fn does(&mut self, command: Pn532Command) {
        self.sim.command(self.now, command);
    }

    fn advance(&mut self, span: Duration) {
        let end = self.now + span;
        while self.now < end {
            self.sim.pump(self.now, &mut self.wire);
            self.now = self.sim.due().unwrap_or(end).max(self.now + MS).min(end);
        }
    }

    /// What comes within a second is exactly this.
    fn answers(&mut self, frames: &[&str]) {
        self.advance(SECOND);
        let heard = std::mem::take(&mut self.wire.from_module);
        assert_eq!(heard, bytes(&frames.join(" ")));
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let bytes = hex.split_whitespace();
    bytes
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}

fn published() -> Uid {
    uid(&[0xFB, 0x0E, 0xE2, 0x0B])
}

#[test]
fn a_module_speaks_the_published_frames() {
    let mut module = Module::asleep();
    // As recorded: the zeros that wake are the preamble too.
    module.says("55 55 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF 03 FD D4 14 01 17 00");
    module.answers(&[ACK, SAM_DONE]);
    for (asked, answer) in [
        (
            "00 00 FF 02 FE D4 02 2A 00",
            "00 00 FF 06 FA D5 03 32 01 06 07 E8 00",
        ),
        ("00 00 FF 05 FB D4 14 01 14 01 02 00", SAM_DONE),
        (TRY_TWICE_AGAIN, FIELD_DONE),
        (
            "00 00 FF 03 FD D4 12 14 06 00",
            "00 00 FF 02 FE D5 13 18 00",
        ),
        ("00 00 FF 04 FC D4 32 01 01 F8 00", FIELD_DONE),
        (FIELD_OFF, FIELD_DONE),
        (LIST_ONE, NO_CARD),
        (
            "00 00 FF 05 FB D4 00 00 4C 4F 91 00",
            "00 00 FF 05 FB D5 01 00 4C 4F 8F 00",
        ),
    ] {
        module.says(asked);
        module.answers(&[ACK, answer]);
    }
    module.does(Pn532Command::PutDown(Card::Tag(published())));
    module.says(LIST_ONE);
    module.answers(&[ACK, ONE_CARD]);
    module.says("00 00 FF 03 FD D4 52 00 DA 00");
    module.answers(&[ACK, "00 00 FF 03 FD D5 53 00 D8 00"]);
    module.says("00 00 FF 03 FD D4 44 00 E8 00");
    module.answers(&[ACK, "00 00 FF 03 FD D5 45 27 BF 00"]);
    module.does(Pn532Command::LiftAll);
    let seven = uid(&[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6]);
    module.does(Pn532Command::PutDown(Card::Tag(seven)));
    module.says(LIST_ONE);
    let found = "00 00 FF 0F F1 D5 4B 01 01 00 44 00 07 04 A1 B2 C3 D4 E5 F6 CA 00";
    module.answers(&[ACK, found]);
}

#[test]
fn a_module_just_switched_on_hears_nothing_but_its_wake_up() {
    let mut module = Module::asleep();
    module.says(SAM);
    module.answers(&[]);
    module.says(WAKE);
    module.says("00 00 FF 02 FE D4 02 2A 00");
    module.answers(&[]);
    module.says(SAM);
    module.answers(&[ACK, SAM_DONE]);
    module.does(Pn532Command::Power(false));
    module.says(SAM);
    module.answers(&[]);
    module.does(Pn532Command::Power(true));
    module.says(SAM);
    module.answers(&[]);
}

#[test]
fn without_a_limit_only_the_acknowledgement_comes_until_a_card_does() {
    let mut module = Module::awake();
    module.says(LIST_ONE);
    module.answers(&[ACK]);
    module.advance(600 * SECOND);
    module.answers(&[]);
    module.does(Pn532Command::PutDown(Card::Tag(published())));
    module.answers(&[ONE_CARD]);
}

#[test]
fn an_acknowledgement_from_the_host_or_a_new_command_aborts() {
    for (abort, heard) in [(ACK, &[][..]), (FIELD_OFF, &[ACK, FIELD_DONE][..])] {
        let mut module = Module::awake();
        module.says(LIST_ONE);
        module.answers(&[ACK]);
        module.says(abort);
        module.answers(heard);
        module.does(Pn532Command::PutDown(Card::Tag(published())));
        module.answers(&[]);
        module.says(LIST_ONE);
        module.answers(&[ACK, ONE_CARD]);
    }
}

#[test]
fn an_answer_is_repeated_when_asked_for_and_an_unknown_command_is_a_syntax_error() {
    let mut module = Module::awake();
    module.says(NACK);
    module.answers(&[SAM_DONE]);
    for unknown in [
        "00 00 FF 02 FE D4 99 93 00",
        "00 00 FF 04 FC D4 4A 03 00 DF 00",
    ] {
        module.says(unknown);
        module.answers(&[ACK, SYNTAX_ERROR]);
    }
    // A command whose checksum is wrong is none.
    module.says(&LIST_ONE.replace("E1", "E2"));
    module.answers(&[]);
}

#[test]
fn registers_keep_what_is_written_and_a_module_sent_to_sleep_wants_waking() {
    let mut module = Module::awake();
    let read = "00 00 FF 04 FC D4 06 63 02 C1 00";
    for (asked, answer) in [
        (read, "00 00 FF 03 FD D5 07 00 24 00"),
        (
            "00 00 FF 05 FB D4 08 63 02 80 3F 00",
            "00 00 FF 02 FE D5 09 22 00",
        ),
        (read, "00 00 FF 03 FD D5 07 80 A4 00"),
        (
            "00 00 FF 03 FD D4 16 B0 66 00",
            "00 00 FF 03 FD D5 17 00 14 00",
        ),
    ] {
        module.says(asked);
        module.answers(&[ACK, answer]);
    }
    module.says(FIELD_OFF);
    module.answers(&[]);
    module.says(&format!("{WAKE} {FIELD_OFF}"));
    module.answers(&[ACK, FIELD_DONE]);
}

#[test]
fn a_card_once_found_keeps_still_until_the_field_was_off() {
    let found = "00 00 FF 12 EE D5 4B 01 01 00 04 20 04 FB 0E E2 0B 06 75 77 81 02 80 CB 00";
    let mut module = Module::set_up();
    module.does(Pn532Command::PutDown(Card::Smart(published())));
    module.says(LIST_ONE);
    module.answers(&[ACK, found]);
    module.says(LIST_ONE);
    module.answers(&[ACK, NO_CARD]);
    module.says(FIELD_OFF);
    module.answers(&[ACK, FIELD_DONE]);
    module.says(LIST_ONE);
    module.answers(&[ACK, found]);

    // A simple card becomes idle at the first call, and answers the second.
    let mut module = Module::awake();
    module.says("00 00 FF 06 FA D4 32 05 FF 01 00 F5 00");
    module.answers(&[ACK, FIELD_DONE]);
    module.does(Pn532Command::PutDown(Card::Tag(published())));
    for found in [ONE_CARD, NO_CARD, ONE_CARD, NO_CARD] {
        module.says(LIST_ONE);
        module.answers(&[ACK, found]);
    }
}

#[test]
fn every_fault_changes_what_comes_and_is_over_when_lifted() {
    let good = bytes(&[ACK, NO_CARD].join(" "));
    for (fault, spoilt) in [
        (LineFault::Silent, vec![]),
        (LineFault::HalfFrame, bytes("00 00 FF 00 00 FF 03 FD")),
        (
            LineFault::WrongChecksum,
            bytes("00 00 FF 00 FE 00 00 00 FF 03 FD D5 4B 00 E1 00"),
        ),
        (LineFault::WrongOrder, bytes(&[NO_CARD, ACK].join(" "))),
        (
            LineFault::Garbage,
            bytes(&["FF 02 AA 00 53", ACK, "FF 02 AA 00 53", NO_CARD].join(" ")),
        ),
        (LineFault::Slow, good.clone()),
    ] {
        let mut module = Module::set_up();
        module.does(Pn532Command::Fault(fault, true));
        module.says(LIST_ONE);
        module.advance(100 * MS);
        let early = module.wire.from_module.len();
        assert_eq!(early < spoilt.len(), fault == LineFault::Slow, "{fault:?}");
        module.advance(SECOND);
        assert_eq!(
            std::mem::take(&mut module.wire.from_module),
            spoilt,
            "{fault:?}"
        );
        module.does(Pn532Command::Fault(fault, false));
        module.says(LIST_ONE);
        module.answers(&[ACK, NO_CARD]);
    }
}

/// How the driver of the crate `pn532` reaches a simulated module: looking moves the time on.
impl Interface for Module {
    type Error = Infallible;

    fn write(&mut self, frame: &mut [u8]) -> Result<(), Infallible> {
        self.wire.to_module.extend(&*frame);
        Ok(())
    }

    fn wait_ready(&mut self) -> Poll<Result<(), Infallible>> {
        self.advance(MS);
        if self.wire.from_module.is_empty() {
            Poll::Pending
        } else {
            Poll::Ready(Ok(()))
        }
    }

    /// As over the chip's other buses: what is not there reads as zero.
    fn read(&mut self, buffer: &mut [u8]) -> Result<(), Infallible> {
        let n = buffer.len().min(self.wire.from_module.len());
        for (slot, byte) in buffer.iter_mut().zip(self.wire.from_module.drain(..n)) {
            *slot = byte;
        }
        Ok(())
    }
}

/// Runs out after being looked at so often, once a millisecond.
struct Looks(u32);

impl CountDown for Looks {
    type Time = u32;

    fn start<T: Into<u32>>(&mut self, looks: T) {
        self.0 = looks.into();
    }

    fn wait(&mut self) -> nb::Result<(), Infallible> {
        self.0 = self.0.saturating_sub(1);
        if self.0 == 0 {
            Ok(())
        } else {
            Err(nb::Error::WouldBlock)
        }
    }
}

#[test]
fn a_driver_of_other_hands_reads_cards_from_the_module() {
    let mut module = Module::asleep();
    module.says(WAKE);
    let mut host: pn532::Pn532<_, _, 64> = pn532::Pn532::new(module, Looks(0));
    let sam = Request::sam_configuration(SAMMode::Normal, false);
    assert_eq!(host.process(&sam, 0, 500u32), Ok(&[][..]));
    let firmware = host.process(&Request::GET_FIRMWARE_VERSION, 4, 500u32);
    assert_eq!(firmware, Ok(&[0x32, 0x01, 0x06, 0x07][..]));

    // No card and no limit: the acknowledgement only, until the host gives up.
    let look = &Request::INLIST_ONE_ISO_A_TARGET;
    assert_eq!(host.process(look, 32, 500u32), Err(Error::TimeoutResponse));
    assert_eq!(host.abort(), Ok(()));
    let retries = Request::new(Command::RFConfiguration, [0x05, 0xFF, 0x01, 0x02]);
    assert_eq!(host.process(&retries, 0, 500u32), Ok(&[][..]));
    assert_eq!(host.process(look, 32, 500u32), Ok(&[0][..]));

    let card = Pn532Command::PutDown(Card::Smart(published()));
    host.interface.does(card);
    let found = host.process(look, 32, 500u32).unwrap();
    assert_eq!(
        found[..10],
        [1, 1, 0x00, 0x04, 0x20, 4, 0xFB, 0x0E, 0xE2, 0x0B]
    );
    assert_eq!(found[10..], [0x06, 0x75, 0x77, 0x81, 0x02, 0x80]);
    assert_eq!(
        host.process(&Request::RELEASE_TAG_1, 1, 500u32),
        Ok(&[0][..])
    );
    let unknown = Request::new(Command::InSelect, [9]);
    assert_eq!(host.process(&unknown, 1, 500u32), Err(Error::Syntax));
}
