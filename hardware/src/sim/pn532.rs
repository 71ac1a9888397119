//! A PN532 module on a serial line, as it behaves from power-up on (hardware.md §3).

use std::collections::BTreeMap;
use std::time::Duration;

use super::Simulator;
use super::antenna::Antenna;
use super::fault::{LineFault, Outlet};
use crate::clock::Moment;
use crate::link::Link;
use crate::reader::pn532::frame::{ACK, Heard, Receiver, SYNTAX_ERROR, Speaker, information};

pub use super::antenna::Card;

/// An answer comes this long after the acknowledgement.
const WORK: Duration = Duration::from_millis(1);

/// One call for cards takes this long.
const CALL: Duration = Duration::from_millis(5);

/// Calls without end: the number of retries after power-up (§3.3).
const FOR_EVER: u8 = 0xFF;

/// What a person does at the module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pn532Command {
    /// A card is held to it, together with those that are there.
    PutDown(Card),
    /// One such card is taken away.
    Lift(Card),
    /// Everything is taken away.
    LiftAll,
    /// Switches it on or off; what was set is forgotten.
    Power(bool),
    /// Sets or lifts a fault of every frame.
    Fault(LineFault, bool),
}

/// The simulated module.
pub struct Pn532Sim {
    powered: bool,
    /// No byte 55 has been heard yet: it is deaf.
    asleep: bool,
    /// No SAMConfiguration has been heard yet: it is deaf to all else (§3.1).
    low_battery: bool,
    receiver: Receiver,
    outlet: Outlet,
    antenna: Antenna,
    retries: u8,
    rats: bool,
    registers: BTreeMap<[u8; 2], u8>,
    targets: usize,
    looking: Option<Look>,
    last: Vec<u8>,
}

/// InListPassiveTarget under way.
struct Look {
    most: usize,
    type_a: bool,
    /// When it looks at the antenna next; `None` while it waits for a card.
    at: Option<Moment>,
}

impl Default for Pn532Sim {
    fn default() -> Self {
        Self {
            powered: true,
            asleep: true,
            low_battery: true,
            receiver: Receiver::new(Speaker::Host),
            outlet: Outlet::default(),
            antenna: Antenna::default(),
            retries: FOR_EVER,
            rats: true,
            registers: BTreeMap::new(),
            targets: 0,
            looking: None,
            last: Vec::new(),
        }
    }
}

impl Pn532Sim {
    /// A module just switched on, with nothing at its antenna.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn switch(&mut self, on: bool) {
        self.antenna.switch(false);
        self.outlet.clear();
        *self = Self {
            powered: on,
            outlet: std::mem::take(&mut self.outlet),
            antenna: std::mem::take(&mut self.antenna),
            ..Self::default()
        };
    }

    fn hear(&mut self, now: Moment, byte: u8) {
        if !self.powered || (self.asleep && byte != 0x55) {
            return;
        }
        self.asleep = false;
        self.receiver.push(byte);
        while let Some(heard) = self.receiver.next() {
            match heard {
                Heard::Ack => self.looking = None,
                Heard::Nack if !self.last.is_empty() => self.say(now, self.last.clone()),
                Heard::Information(data) => self.told(now, &data),
                Heard::Nack | Heard::SyntaxError | Heard::Wrong(_) | Heard::Noise(_) => {}
            }
        }
    }

    fn told(&mut self, now: Moment, command: &[u8]) {
        self.low_battery &= command[0] != 0x14;
        if self.low_battery {
            return;
        }
        self.looking = None;
        self.say(now, ACK.to_vec());
        match *command {
            [0x00, 0x00, ref line_test @ ..] => self.answer(now, 0x00, &[&[0], line_test].concat()),
            [0x02] => self.answer(now, 0x02, &[0x32, 0x01, 0x06, 0x07]),
            // Registers keep what is written, and do nothing.
            [0x06, ref addresses @ ..] if addresses.len() % 2 == 0 => {
                let values = addresses.chunks(2).map(|address| {
                    let value = self.registers.get(address);
                    value.copied().unwrap_or(0)
                });
                let values: Vec<u8> = values.collect();
                self.answer(now, 0x06, &values);
            }
            [0x08, ref writes @ ..] if writes.len() % 3 == 0 => {
                for write in writes.chunks(3) {
                    self.registers.insert([write[0], write[1]], write[2]);
                }
                self.answer(now, 0x08, &[]);
            }
            [0x12, flags] => {
                self.rats = flags & 0x10 != 0;
                self.answer(now, 0x12, &[]);
            }
            [0x14, 1..=4] | [0x14, 1..=4, _] | [0x14, 1..=4, _, _] => self.answer(now, 0x14, &[]),
            [0x16, _] | [0x16, _, _] => {
                self.answer(now, 0x16, &[0x00]);
                self.antenna.switch(false);
                self.asleep = true;
            }
            [0x32, 0x01, field] => {
                self.antenna.switch(field & 1 == 1);
                self.answer(now, 0x32, &[]);
            }
            [0x32, 0x05, _, _, retries] => {
                self.retries = retries;
                self.answer(now, 0x32, &[]);
            }
            // How long to wait for a card's words, and how often to say them: nothing depends on it.
            [0x32, 0x02, _, _, _] | [0x32, 0x04, _] => self.answer(now, 0x32, &[]),
            [0x44 | 0x52, _] => {
                // Without a target there is nothing to release: not acceptable.
                let status = if self.targets > 0 { 0x00 } else { 0x27 };
                self.targets = 0;
                self.answer(now, command[0], &[status]);
            }
            [0x4A, most @ 1..=2, kind @ 0..=4, ..] => {
                let calls = if self.retries == FOR_EVER {
                    1
                } else {
                    1 + u32::from(self.retries)
                };
                self.looking = Some(Look {
                    most: usize::from(most),
                    type_a: kind == 0,
                    at: Some(now + CALL * calls),
                });
            }
            _ => self.say(now, SYNTAX_ERROR.to_vec()),
        }
    }

    fn look(&mut self, now: Moment) {
        let Some(look) = &mut self.looking else {
            return;
        };
        if look.at.is_none_or(|at| at > now) {
            return;
        }
        let most = if look.type_a { look.most } else { 0 };
        let calls = 1 + usize::from(self.retries);
        let found = self.antenna.list(most, calls, self.rats);
        if found.is_empty() && self.retries == FOR_EVER {
            look.at = None;
            return;
        }
        self.looking = None;
        self.targets = found.len();
        let targets = (1..).zip(&found);
        let bytes = targets.flat_map(|(number, card)| card.bytes(number, self.rats));
        let answer: Vec<u8> = [found.len() as u8].into_iter().chain(bytes).collect();
        self.answer(now, 0x4A, &answer);
    }

    fn answer(&mut self, now: Moment, command: u8, data: &[u8]) {
        let code = [command + 1];
        self.last = information(Speaker::Chip, &[&code, data].concat());
        self.say(now, self.last.clone());
    }

    fn say(&mut self, now: Moment, frame: Vec<u8>) {
        self.outlet.say(now, WORK, frame, |frame| {
            if let [.., check, _] = &mut frame[..] {
                *check ^= 1;
            }
        });
    }
}

impl Simulator for Pn532Sim {
    type Command = Pn532Command;

    fn command(&mut self, now: Moment, command: Pn532Command) {
        match command {
            Pn532Command::PutDown(card) => {
                self.antenna.put_down(card);
                if let Some(look) = &mut self.looking {
                    look.at = look.at.or(Some(now + CALL));
                }
            }
            Pn532Command::Lift(card) => self.antenna.lift(card),
            Pn532Command::LiftAll => self.antenna.lift_all(),
            Pn532Command::Power(on) => self.switch(on),
            Pn532Command::Fault(fault, set) => self.outlet.fault(fault, set),
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        let mut bytes = [0; 512];
        while let Ok(n @ 1..) = link.read(&mut bytes) {
            for byte in &bytes[..n] {
                self.hear(now, *byte);
            }
        }
        self.look(now);
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        let look = self.looking.as_ref().and_then(|look| look.at);
        [look, self.outlet.due()].into_iter().flatten().min()
    }
}
