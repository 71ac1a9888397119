//! A SAM_V module with its antenna: one card at a time, in the order that real ones demand
//! (hardware.md §4).

use std::time::Duration;

mod card;
mod request;

pub use card::{Layout, SamvCard};

use super::Simulator;
use super::fault::{LineFault, Outlet};
use super::reader::garbage;
use crate::clock::Moment;
use crate::link::Link;
use crate::reader::samv::{Command, Outcome, framed};

/// Half a request this old is none.
const REQUEST_PAUSE: Duration = Duration::from_millis(100);
/// The notice of some modules that their own time is over: its length is a lie (§4.3).
const NOTICE: [u8; 10] = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x05, 0x05, 0x05, 0x05];
/// What photos and fingerprints are filled with: answers to a find, so that a driver which looks for
/// marks within them finds some.
const PICTURE: [u8; 11] = [
    0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x04, 0x00, 0x00, 0x80, 0x84,
];
/// The module's number: 05.03-20991231-0001234567-0007654321.
const SAM_NUMBER: [u8; 16] = [
    0x05, 0x00, 0x03, 0x00, 0xFF, 0x4C, 0x40, 0x01, 0x87, 0xD6, 0x12, 0x00, 0xB1, 0xCB, 0x74, 0x00,
];

/// What happens to the module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SamvCommand {
    /// A card is put down in place of any other.
    PutDown(Box<SamvCard>),
    /// The card is taken away.
    Lift,
    /// It is switched on or off.
    Power(bool),
    /// Bytes of no meaning, this many.
    Garbage(usize),
    /// Sets or lifts a fault of its own.
    Misbehave(SamvFault, bool),
    /// Sets or lifts a fault of every answer.
    Fault(LineFault, bool),
}

/// How only such modules misbehave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SamvFault {
    /// This request comes to this.
    Refuse(Command, Outcome),
    /// In place of the answer to this comes the notice whose length is a lie.
    GiveUp(Command),
    /// The first bytes of every answer are spoilt: AA 00 AA AA 96 69.
    SpoiltLead,
    /// An old module: it does not know how to read fingerprints.
    NoFingerprint,
    /// The lengths within what was read do not add up.
    WrongLengths,
}

/// How far the reading of the card there has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Fresh,
    Found,
    Selected,
    /// Read, or spoilt in the attempt: not found again before it was lifted.
    Spent,
}

/// The simulated module.
pub struct SamvSim {
    baud: u32,
    powered: bool,
    incoming: Vec<u8>,
    last_byte: Moment,
    work: Option<(Command, Moment)>,
    card: Option<(Box<SamvCard>, Stage)>,
    faults: Vec<SamvFault>,
    outlet: Outlet,
}

impl SamvSim {
    /// A module with nothing on it, on a line of `baud` bits a second.
    #[must_use]
    pub fn new(baud: u32) -> Self {
        Self {
            baud: baud.max(1),
            powered: true,
            incoming: Vec::new(),
            last_byte: Moment::ORIGIN,
            work: None,
            card: None,
            faults: Vec::new(),
            outlet: Outlet::default(),
        }
    }

    /// What it is working on: asked, and not answered yet.
    #[must_use]
    pub fn working_on(&self) -> Option<Command> {
        self.work.map(|(command, _)| command)
    }

    fn has(&self, fault: SamvFault) -> bool {
        self.faults.contains(&fault)
    }

    /// Takes the first whole request, if it is free.
    fn listen(&mut self, now: Moment) {
        while self.work.is_none() {
            match request::first(&mut self.incoming) {
                None => return,
                Some(Ok(command)) => self.work = Some((command, now + request::takes(command))),
                Some(Err(outcome)) => self.answer(now, outcome, &[]),
            }
        }
    }

    fn finish(&mut self, now: Moment, command: Command) {
        if self.has(SamvFault::GiveUp(command)) {
            self.spend();
            return self.say(now, NOTICE.to_vec());
        }
        let refused = self.faults.iter().find_map(|fault| match fault {
            SamvFault::Refuse(refused, outcome) if *refused == command => Some(*outcome),
            _ => None,
        });
        if let Some(outcome) = refused {
            self.spend();
            return self.answer(now, outcome, &[]);
        }
        let stage = self.card.as_ref().map(|(_, stage)| *stage);
        match command {
            Command::Reset | Command::Status | Command::RadioFrame(_) => {
                self.answer(now, Outcome::Done, &[]);
            }
            Command::SamNumber => self.answer(now, Outcome::Done, &SAM_NUMBER),
            Command::Find => match stage {
                Some(Stage::Fresh | Stage::Found | Stage::Selected) => {
                    self.comes_to(Stage::Found);
                    self.answer(now, Outcome::Found, &[0; 4]);
                }
                Some(Stage::Spent) | None => self.answer(now, Outcome::NotFound, &[]),
            },
            Command::Select if self.card.as_ref().is_some_and(|(card, _)| card.other_kind) => {
                self.spend();
                self.answer(now, Outcome::WrongKind, &[]);
            }
            Command::Select if stage == Some(Stage::Found) => {
                self.comes_to(Stage::Selected);
                self.answer(now, Outcome::Done, &[0; 8]);
            }
            Command::Select => self.answer(now, Outcome::NotSelected, &[]),
            Command::ReadWithFingerprint if self.has(SamvFault::NoFingerprint) => {
                self.answer(now, Outcome::UnknownCommand, &[]);
            }
            Command::Read | Command::ReadWithFingerprint => {
                let read = self
                    .read(command)
                    .filter(|_| stage == Some(Stage::Selected));
                self.spend();
                match read {
                    Some(read) => self.answer(now, Outcome::Done, &read),
                    None => self.answer(now, Outcome::ReadFailed, &[]),
                }
            }
            Command::ReadLatestAddress => {
                let card = self.card.as_ref().filter(|_| stage == Some(Stage::Spent));
                match card.map(|(card, _)| card.latest_address.as_ref()) {
                    None => self.answer(now, Outcome::ReadFailed, &[]),
                    Some(None) => self.answer(now, Outcome::NotOnCard, &[]),
                    Some(Some(address)) => {
                        let mut address = card::padded(address.as_str(), 70).unwrap_or_default();
                        address.resize(70, 0);
                        self.answer(now, Outcome::Done, &address);
                    }
                }
            }
        }
    }

    fn comes_to(&mut self, next: Stage) {
        if let Some((_, stage)) = &mut self.card {
            *stage = next;
        }
    }

    /// After an attempt at a card, good or bad, it must be lifted; one put down since is fresh.
    fn spend(&mut self) {
        if let Some((_, stage @ (Stage::Found | Stage::Selected))) = &mut self.card {
            *stage = Stage::Spent;
        }
    }

    /// Lengths, text, photo and fingerprints.
    fn read(&self, command: Command) -> Option<Vec<u8>> {
        let (card, _) = self.card.as_ref()?;
        let lengths = [card.block.len(), card.photo, card.fingerprint];
        let lengths = &lengths[..command.lengths()];
        let mut read = Vec::new();
        for length in lengths {
            read.extend((*length as u16).to_be_bytes());
        }
        read.extend(card.block);
        let pictures = lengths[1..].iter().sum();
        read.extend(PICTURE.iter().cycle().take(pictures));
        if self.has(SamvFault::WrongLengths) {
            read[3] ^= 1;
        }
        Some(read)
    }

    fn answer(&mut self, now: Moment, outcome: Outcome, data: &[u8]) {
        let body = [&[0, 0, outcome.code()], data].concat();
        self.say(now, framed(&body));
    }

    fn say(&mut self, now: Moment, mut message: Vec<u8>) {
        if self.has(SamvFault::SpoiltLead) {
            message.insert(1, 0);
        }
        let bytes = message.len() as u64;
        let crossed = Duration::from_micros(10_000_000 * bytes / u64::from(self.baud));
        self.outlet
            .say(now + crossed, Duration::ZERO, message, |message| {
                if let Some(check) = message.last_mut() {
                    *check ^= 1;
                }
            });
    }
}

impl Simulator for SamvSim {
    type Command = SamvCommand;

    fn command(&mut self, now: Moment, command: SamvCommand) {
        match command {
            SamvCommand::PutDown(card) => self.card = Some((card, Stage::Fresh)),
            SamvCommand::Lift => self.card = None,
            SamvCommand::Power(on) => {
                self.powered = on;
                self.incoming.clear();
                self.work = None;
                self.outlet.clear();
                // Its field is gone and comes back: the card there is a new one to it.
                self.comes_to(Stage::Fresh);
            }
            SamvCommand::Garbage(n) => {
                self.outlet.say(now, Duration::ZERO, garbage(n), |_| {});
            }
            SamvCommand::Misbehave(fault, set) => {
                self.faults.retain(|known| *known != fault);
                if set {
                    self.faults.push(fault);
                }
            }
            SamvCommand::Fault(fault, set) => self.outlet.fault(fault, set),
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        let mut bytes = [0; 64];
        while let Ok(n @ 1..) = link.read(&mut bytes) {
            if now - self.last_byte >= REQUEST_PAUSE {
                self.incoming.clear();
            }
            self.last_byte = now;
            if self.powered {
                self.incoming.extend(&bytes[..n]);
            }
        }
        self.listen(now);
        if let Some((command, _)) = self.work.take_if(|(_, done)| *done <= now) {
            self.finish(now, command);
            self.listen(now);
        }
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        let work = self.work.map(|(_, done)| done);
        [work, self.outlet.due()].into_iter().flatten().min()
    }
}
