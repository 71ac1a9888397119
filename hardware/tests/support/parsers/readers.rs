//! The rows of card readers that have one row each, and what all of them share.

use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::pn532::{Pn532, Settings as Pn532Settings};
use lodge_hardware::reader::samv::{Samv, Settings as SamvSettings};
use lodge_hardware::reader::{Ask, CardNumber, Signal, Tell, Uid};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::samv::{SamvCommand, SamvFault, SamvSim};

use super::row::{Parser, Row};

#[path = "../../samv/cards.rs"]
mod cards;

const HEXADECIMAL: [u8; 16] = *b"0123456789ABCDEF";

/// A credential.
pub(super) fn is_presented(tell: &Tell) -> bool {
    matches!(tell, Tell::Presented(_))
}

/// What any reader can be asked.
pub(super) fn asks() -> Vec<Ask> {
    let signals = [Signal::Granted, Signal::Refused, Signal::Wait];
    let signals = signals.into_iter().map(Ask::Signal);
    signals.chain([Ask::InstallKey]).collect()
}

/// Every fault of a line, set and lifted.
pub(super) fn faults<C>(command: fn(LineFault, bool) -> C) -> Vec<C> {
    let both = LineFault::ALL
        .into_iter()
        .flat_map(|fault| [(fault, true), (fault, false)]);
    both.map(|(fault, set)| command(fault, set)).collect()
}

/// RDM6300 and its like.
pub(super) fn em4100() -> Box<dyn Parser> {
    let happens = || {
        let card = |number| CardNumber::new(number).unwrap();
        let mut all = faults(ReaderCommand::Fault);
        all.extend([
            ReaderCommand::Hold(card(0x01_0063_E9AE), 3),
            ReaderCommand::Hold(card(7), 2),
            ReaderCommand::Ghost(card(0x78F)),
            ReaderCommand::Zero,
            ReaderCommand::Garbage(20),
        ]);
        all
    };
    Box::new(Row {
        name: "em4100",
        driver: Em4100::new,
        device: ReaderSim::new,
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks: b"\x02\x030123456789ABCDEF",
        is_credential: is_presented,
        check: "XOR of 8 bits, twice the same",
        allows: |noise, tally| {
            let frame = noise.of([2]) * noise.of(HEXADECIMAL).powi(12) * noise.of([3]) / 256.0;
            // The next frame must have the same ten digits, which are as likely as one another.
            tally.heard as f64 * frame * 16f64.powi(-10)
        },
    })
}

/// PN532 modules.
pub(super) fn pn532() -> Box<dyn Parser> {
    let happens = || {
        let tag = |bytes: &[u8]| Card::Tag(Uid::new(bytes).unwrap());
        let mut all = faults(Pn532Command::Fault);
        all.extend([
            Pn532Command::PutDown(tag(&[0xA1, 0xB2, 0xC3, 0xD4])),
            Pn532Command::PutDown(tag(&[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6])),
            Pn532Command::PutDown(Card::Smart(Uid::new(&[0xA5; 4]).unwrap())),
            Pn532Command::PutDown(Card::Telephone),
            Pn532Command::LiftAll,
            Pn532Command::Power(false),
            Pn532Command::Power(true),
        ]);
        all
    };
    Box::new(Row {
        name: "pn532",
        driver: || Pn532::new(Pn532Settings::default()),
        device: Pn532Sim::new,
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks: &[
            0x00, 0xFF, 0xD5, 0x4B, 0x01, 0x02, 0x04, 0x07, 0xFE, 0xFC, 0x0C, 0xF4,
        ],
        is_credential: is_presented,
        check: "two sums of 8 bits",
        allows: |noise, tally| {
            // Either form of length with its sum, then one card with four, seven or ten bytes.
            let short = noise.pair(u8::wrapping_neg);
            let extended = noise.of([0xFF]).powi(2) * noise.of([0, 1]) * noise.most();
            let start = noise.of([0x00]) * noise.of([0xFF]) * (short + extended);
            let body = noise.of([0xD5]) * noise.of([0x4B]) * noise.of([1]).powi(2);
            tally.heard as f64 * start * body * noise.of([4, 7, 10]) * noise.most()
        },
    })
}

/// SAM_V modules.
pub(super) fn samv() -> Box<dyn Parser> {
    let happens = || {
        let mut all = faults(SamvCommand::Fault);
        let cards = cards::documents();
        all.extend(
            cards
                .iter()
                .map(|one| SamvCommand::PutDown(cards::card(one))),
        );
        let odd = [
            SamvFault::SpoiltLead,
            SamvFault::NoFingerprint,
            SamvFault::WrongLengths,
        ];
        all.extend(odd.map(|fault| SamvCommand::Misbehave(fault, true)));
        all.extend(odd.map(|fault| SamvCommand::Misbehave(fault, false)));
        all.extend([
            SamvCommand::Lift,
            SamvCommand::Power(false),
            SamvCommand::Power(true),
            SamvCommand::Garbage(20),
        ]);
        all
    };
    Box::new(Row {
        name: "samv",
        driver: || Samv::new(cards::everything()),
        device: || SamvSim::new(SamvSettings::default().baud),
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks: &[
            0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x00, 0x00, 0x04, 0x05, 0x08, 0x90, 0x9F, 0x80,
            0x94, 0x97, 0x84, 0x0C, 0x14, 0x30, 0x20,
        ],
        is_credential: is_presented,
        check: "XOR of 8 bits, three days and a number",
        allows: |noise, tally| {
            let head = noise.of([0xAA]) * noise.of([0x96]) * noise.of([0x69]);
            let status = noise.of([0x00]).powi(2) * noise.of([0x90]);
            // Three days of eight digits in two bytes each; the number's check is not counted.
            let digit = noise.of(*b"0123456789") * noise.of([0x00]);
            tally.heard as f64 * head * status * digit.powi(24) * noise.most()
        },
    })
}
