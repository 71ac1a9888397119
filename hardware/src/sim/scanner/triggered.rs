//! A scanner that is told when to read (hardware.md §6.2).

use std::collections::VecDeque;
use std::time::Duration;

use super::super::Simulator;
use super::super::fault::{LineFault, Outlet};
use super::super::reader::garbage;
use super::ear::{self, Heard};
use crate::clock::Moment;
use crate::link::Link;
use crate::scanner::{Family, Refusal, SsiForm, ssi};

/// From the trigger to a code that is already in front.
pub const READS_AFTER: Duration = Duration::from_millis(150);

/// It stops reading by itself after this.
pub const GIVES_UP_AFTER: Duration = Duration::from_secs(5);

/// A Zebra scanner falls asleep this long after it last heard something.
const AWAKE: Duration = Duration::from_secs(1);

/// A packet that is not acknowledged is sent again after this, so many times in all.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(2);
const TIMES: u8 = 3;

/// Text in one packet; real ones carry up to 250 bytes.
const IN_ONE_PACKET: usize = 60;

/// How Code 128 and QR are called in SSI packets.
const CODE_128: u8 = 0x03;
const QR: u8 = 0x1C;

/// What happens to the scanner.
#[derive(Clone, PartialEq, Eq)]
pub enum TriggeredCommand {
    /// A code is held in front of it, or taken away.
    Show(Option<String>),
    /// It refuses every command for that reason, or none.
    Refuse(Option<Refusal>),
    /// Its power is cut and comes back: it forgets how it was set up.
    Restart,
    /// Bytes of no meaning, this many.
    Garbage(usize),
    /// Sets or lifts a fault of everything it says.
    Fault(LineFault, bool),
}

/// Half a command this old is none.
const COMMAND_PAUSE: Duration = Duration::from_millis(500);

/// The simulated scanner.
pub struct TriggeredSim {
    /// What it is, and how it sends codes.
    family: Family,
    /// The same when its power comes.
    made: Family,
    outlet: Outlet,
    inbox: Vec<u8>,
    last_byte: Moment,
    front: Option<String>,
    refusal: Option<Refusal>,
    /// Whether it reads only when told.
    commanded: bool,
    /// When it began to read.
    began: Option<Moment>,
    awake_until: Moment,
    packets: VecDeque<Vec<u8>>,
    /// The packet at the front is on its way: until when, and how often it was sent.
    waits: Option<(Moment, u8)>,
    heard: Vec<Vec<u8>>,
}

impl TriggeredSim {
    /// A scanner of that family with nothing in front of it, which reads by itself until it is set up
    /// otherwise.
    #[must_use]
    pub fn new(family: Family) -> Self {
        Self {
            family,
            made: family,
            outlet: Outlet::default(),
            inbox: Vec::new(),
            last_byte: Moment::ORIGIN,
            front: None,
            refusal: None,
            commanded: false,
            began: None,
            awake_until: Moment::ORIGIN,
            packets: VecDeque::new(),
            waits: None,
            heard: Vec::new(),
        }
    }

    /// Whether its light is on.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.began.is_some()
    }

    /// Whether it reads only when told.
    #[must_use]
    pub fn is_commanded(&self) -> bool {
        self.commanded
    }

    /// Takes the messages it has understood, acknowledgements among them.
    pub fn take_heard(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.heard)
    }

    fn listen(&mut self, now: Moment, link: &mut dyn Link) {
        let mut buffer = [0; 256];
        while let Ok(n @ 1..) = link.read(&mut buffer) {
            // A command that pauses was cut off; what follows is another one.
            if now - self.last_byte >= COMMAND_PAUSE {
                self.inbox.clear();
            }
            self.last_byte = now;
            for &byte in &buffer[..n] {
                self.byte(now, byte);
            }
        }
    }

    fn byte(&mut self, now: Moment, byte: u8) {
        if matches!(self.family, Family::Zebra(_)) {
            let busy = self.began.is_some() || self.waits.is_some();
            let asleep = !busy && now >= self.awake_until;
            if asleep && byte != 0 {
                return;
            }
            self.awake_until = now + AWAKE;
            if self.inbox.is_empty() && byte == 0 {
                return;
            }
        }
        self.inbox.push(byte);
        while let Some((heard, message)) = ear::take(self.family, &mut self.inbox) {
            self.does(now, heard, &message);
            self.heard.push(message);
        }
    }

    fn does(&mut self, now: Moment, heard: Heard, message: &[u8]) {
        match heard {
            Heard::Acknowledged => {
                if self.waits.take().is_some() {
                    self.packets.pop_front();
                }
                return self.send_packet(now);
            }
            Heard::Resend => return self.resend(now),
            _ => {}
        }
        let reply = ear::reply(self.family, message, self.refusal);
        if !reply.is_empty() {
            let family = self.family;
            let spoil = move |reply: &mut Vec<u8>| match (family, &mut reply[..]) {
                (Family::Honeywell, [.., verdict, _])
                | (Family::Newland, [.., verdict, _, _])
                | (_, [.., verdict]) => *verdict ^= 0x40,
                _ => {}
            };
            self.outlet.say(now, Duration::ZERO, reply, spoil);
        }
        if self.refusal.is_some() {
            return;
        }
        match heard {
            Heard::Start => self.began = Some(now),
            Heard::Stop => self.began = None,
            Heard::Commanded(commanded) => self.commanded = commanded,
            Heard::Set { commanded, form } => {
                self.commanded = commanded.unwrap_or(self.commanded);
                self.family = form.map_or(self.family, Family::Zebra);
            }
            Heard::Other | Heard::Acknowledged | Heard::Resend => {}
        }
    }

    fn read(&mut self, now: Moment) {
        let Some(began) = self.began else {
            return;
        };
        if self.front.is_some() && now >= began + READS_AFTER {
            self.began = None;
            if let Some(code) = self.front.clone() {
                self.say_code(now, &code);
            }
        } else if now >= began + GIVES_UP_AFTER {
            self.began = None;
        }
    }

    fn say_code(&mut self, now: Moment, code: &str) {
        if self.family != Family::Zebra(SsiForm::Packets) {
            let text = format!("{code}\r").into_bytes();
            return self.outlet.say(now, Duration::ZERO, text, |text| {
                if let [.., last, b'\r'] = &mut text[..] {
                    *last ^= 1;
                }
            });
        }
        let kind = if code.is_ascii() { CODE_128 } else { QR };
        let parts: Vec<&[u8]> = code.as_bytes().chunks(IN_ONE_PACKET).collect();
        for (i, part) in parts.iter().enumerate() {
            let more = if i + 1 < parts.len() {
                ssi::CONTINUED
            } else {
                0
            };
            let data = [&[kind], *part].concat();
            let packet = ssi::packet(ssi::DECODED, ssi::DECODER, more, &data);
            self.packets.push_back(packet);
        }
        if self.waits.is_none() {
            self.send_packet(now);
        }
    }

    fn send_packet(&mut self, now: Moment) {
        let Some(packet) = self.packets.front() else {
            return;
        };
        let times = self.waits.map_or(0, |(_, times)| times);
        let mut packet = packet.clone();
        if times > 0 {
            let data = &packet[ssi::HEAD..packet.len() - ssi::CHECK];
            packet = ssi::packet(packet[1], packet[2], packet[3] | ssi::AGAIN, data);
        }
        self.waits = Some((now + ACKNOWLEDGED_WITHIN, times + 1));
        self.outlet.say(now, Duration::ZERO, packet, |packet| {
            if let [.., check] = &mut packet[..] {
                *check ^= 0x40;
            }
        });
    }

    fn resend(&mut self, now: Moment) {
        match self.waits {
            None => {}
            Some((_, times)) if times < TIMES => self.send_packet(now),
            // Nobody takes it: the whole code is given up.
            Some(_) => {
                self.packets.clear();
                self.waits = None;
            }
        }
    }
}

impl Simulator for TriggeredSim {
    type Command = TriggeredCommand;

    fn command(&mut self, now: Moment, command: TriggeredCommand) {
        match command {
            TriggeredCommand::Fault(fault, set) => self.outlet.fault(fault, set),
            TriggeredCommand::Refuse(refusal) => self.refusal = refusal,
            TriggeredCommand::Garbage(n) => {
                self.outlet.say(now, Duration::ZERO, garbage(n), |_| {});
            }
            TriggeredCommand::Restart => {
                self.outlet.clear();
                self.inbox.clear();
                self.packets.clear();
                self.waits = None;
                self.began = None;
                self.commanded = false;
                self.family = self.made;
            }
            TriggeredCommand::Show(code) => {
                self.front = code;
                if !self.commanded && self.front.is_some() {
                    self.began = Some(now);
                }
            }
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.listen(now, link);
        self.read(now);
        if self.waits.is_some_and(|(until, _)| until <= now) {
            self.resend(now);
        }
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        let reading = self.began.map(|began| match self.front {
            Some(_) => began + READS_AFTER,
            None => began + GIVES_UP_AFTER,
        });
        let waiting = self.waits.map(|(until, _)| until);
        [reading, waiting, self.outlet.due()]
            .into_iter()
            .flatten()
            .min()
    }
}
