//! PN532 modules on a serial line: readers of ISO 14443 type A cards (hardware.md §3).
//!
//! The module only speaks when asked. It is woken and set up, and then asked again and again which
//! cards are there. A card that has answered is selected and keeps still from then on, so after each
//! look the cards found are released and the field is switched off: that resets every card whatever
//! state it is in, and it keeps the module cool. The next look switches the field on again.
//!
//! Only an answer whose command has been acknowledged is believed. Whatever else goes wrong ends in
//! the same way (§3.5): abort, hear out, wake, set up again; after [`FAILURES`] times in a row the
//! module is told not to answer, and it is tried at a slower pace for ever.
//!
//! Such modules have no lamp: [`Ask::Signal`] does nothing.

mod answer;
mod command;
pub(crate) mod frame;
mod presence;
mod settings;

use std::time::Duration;

use super::{Ask, Tell};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};
use answer::{Firmware, Status};
use command::Command;
use frame::{ACK, Heard, NACK, Receiver, Speaker};
use presence::Presence;

pub use settings::Settings;

/// So many commands in a row without a look that was answered, and the module is down (§3.5).
pub const FAILURES: u8 = 3;

/// A frame that is coming in is waited for so long after its last byte, when time is up.
const BYTE_PAUSE: Duration = Duration::from_millis(100);

/// But a command takes no longer than this in all, however slowly bytes keep coming.
const LONGEST_EXCHANGE: Duration = Duration::from_secs(2);

/// The dialogue with a PN532 module.
pub struct Pn532 {
    settings: Settings,
    receiver: Receiver,
    state: State,
    /// Commands that went wrong since the last look that was answered.
    failures: u8,
    answering: Option<bool>,
    firmware: Option<Firmware>,
    presence: Presence,
}

#[derive(Clone, Copy)]
enum State {
    Closed,
    /// Nothing is asked, and nothing that is heard counts.
    Waiting {
        until: Moment,
        then: Command,
    },
    Asking(Exchange),
}

/// A command under way.
#[derive(Clone, Copy)]
struct Exchange {
    command: Command,
    begun: Moment,
    until: Moment,
    acknowledged: bool,
    /// Whether the chip has already asked for the command again, or been asked for its answer again.
    repeated: bool,
}

impl Pn532 {
    /// A module not heard yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            receiver: Receiver::new(Speaker::Chip),
            state: State::Closed,
            failures: 0,
            answering: None,
            firmware: None,
            presence: Presence::new(settings.away_after),
            settings,
        }
    }

    fn ask_for(&mut self, now: Moment, command: Command, line: &mut Line<Tell>) {
        line.discard(self.receiver.forget());
        line.write(&command.bytes(&self.settings));
        self.state = State::Asking(Exchange {
            command,
            begun: now,
            until: now + self.acknowledged_within(),
            acknowledged: false,
            repeated: false,
        });
    }

    fn acknowledged_within(&self) -> Duration {
        self.settings.acknowledged_within + self.settings.adapter
    }

    fn message(&mut self, now: Moment, heard: Heard, line: &mut Line<Tell>) {
        match heard {
            Heard::Noise(n) => line.discard(n),
            Heard::Wrong(n) => {
                line.discard(n);
                line.reject();
                self.again(now, true, &NACK, line);
            }
            Heard::Nack => {
                line.frame();
                if let State::Asking(exchange) = self.state {
                    let command = exchange.command.bytes(&self.settings);
                    self.again(now, false, &command, line);
                }
            }
            Heard::Ack => {
                line.frame();
                if let State::Asking(exchange) = &mut self.state
                    && !exchange.acknowledged
                {
                    exchange.acknowledged = true;
                    exchange.until = now + exchange.command.answered_within(&self.settings);
                }
            }
            Heard::SyntaxError => {
                line.frame();
                if matches!(self.state, State::Asking(_)) {
                    self.failed(now, line);
                }
            }
            Heard::Information(answer) => self.answer(now, &answer, line),
        }
    }

    /// Writes what makes good a message that was lost before the acknowledgement or after it: once a
    /// command.
    fn again(&mut self, now: Moment, acknowledged: bool, bytes: &[u8], line: &mut Line<Tell>) {
        let acknowledged_within = self.acknowledged_within();
        let State::Asking(exchange) = &mut self.state else {
            return;
        };
        if exchange.acknowledged == acknowledged && !exchange.repeated {
            exchange.repeated = true;
            exchange.until = now
                + if acknowledged {
                    exchange.command.answered_within(&self.settings)
                } else {
                    acknowledged_within
                };
            line.write(bytes);
        }
    }

    fn answer(&mut self, now: Moment, answer: &[u8], line: &mut Line<Tell>) {
        match self.state {
            State::Asking(Exchange {
                command,
                acknowledged: true,
                ..
            }) if answer[0] == command.code() + 1 => {
                if self.is_answered(now, command, &answer[1..], line) {
                    line.frame();
                } else {
                    line.reject();
                    self.failed(now, line);
                }
            }
            // A command given up is answered late, or another program asked.
            _ => line.frame(),
        }
    }

    /// Takes the answer to a command and goes on to the next one; false if it makes no sense.
    fn is_answered(
        &mut self,
        now: Moment,
        command: Command,
        answer: &[u8],
        line: &mut Line<Tell>,
    ) -> bool {
        let next = match (command, answer) {
            (Command::SamConfiguration, []) => Command::GetFirmwareVersion,
            (Command::GetFirmwareVersion, answer) => {
                let Some(firmware) = Firmware::from_bytes(answer) else {
                    return false;
                };
                if self.firmware.replace(firmware) != Some(firmware) {
                    line.tell(Tell::Identity(firmware.to_string()));
                }
                Command::MaxRetries
            }
            (Command::MaxRetries, []) => Command::SetParameters,
            (Command::SetParameters, []) => Command::FieldOff,
            (Command::FieldOff, []) => {
                self.state = State::Waiting {
                    until: now + self.settings.rest,
                    then: Command::InListPassiveTarget,
                };
                return true;
            }
            (Command::InListPassiveTarget, answer) => {
                let Some(cards) = answer::cards(answer) else {
                    return false;
                };
                self.failures = 0;
                self.answers(true, line);
                if let Some(tell) = self.presence.look(&cards) {
                    line.tell(tell);
                }
                match cards[..] {
                    [] => Command::FieldOff,
                    _ => Command::InRelease,
                }
            }
            // A card that is gone by now is as good as released.
            (Command::InRelease, [status]) if !Status::from_byte(*status).is_of_the_chip() => {
                Command::FieldOff
            }
            _ => return false,
        };
        self.ask_for(now, next, line);
        true
    }

    /// Gives a command up and begins again from the start.
    fn failed(&mut self, now: Moment, line: &mut Line<Tell>) {
        line.write(&ACK);
        self.failures = self.failures.saturating_add(1);
        let down = self.failures >= FAILURES;
        if down {
            // What was there may have gone and come again unseen.
            self.presence.clear();
            self.answers(false, line);
        }
        let drain = if down {
            self.settings.drain_when_down
        } else {
            self.settings.drain
        };
        self.state = State::Waiting {
            until: now + drain + self.settings.adapter,
            then: Command::SamConfiguration,
        };
    }

    fn answers(&mut self, answering: bool, line: &mut Line<Tell>) {
        if self.answering.replace(answering) != Some(answering) {
            line.tell(Tell::Answering(answering));
        }
    }
}

impl Dialogue for Pn532 {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.receiver = Receiver::new(Speaker::Chip);
        self.failures = 0;
        self.answering = None;
        self.firmware = None;
        self.presence.clear();
        self.ask_for(now, Command::SamConfiguration, line);
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        for &byte in bytes {
            self.receiver.push(byte);
            while let Some(heard) = self.receiver.next() {
                self.message(now, heard, line);
            }
            // Byte by byte, so that it makes no difference into what pieces the line cuts them.
            if let (State::Asking(exchange), true) =
                (&mut self.state, self.receiver.is_within_a_frame())
            {
                let adapter = self.settings.adapter;
                let longest = exchange.begun + LONGEST_EXCHANGE + adapter;
                let pause = now + BYTE_PAUSE + adapter;
                exchange.until = exchange.until.max(pause.min(longest));
            }
        }
    }

    fn asked(&mut self, _now: Moment, _ask: Ask, _line: &mut Line<Tell>) {}

    fn due(&self) -> Option<Moment> {
        match self.state {
            State::Closed => None,
            State::Waiting { until, .. } | State::Asking(Exchange { until, .. }) => Some(until),
        }
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        match self.state {
            State::Waiting { until, then } if until <= now => self.ask_for(now, then, line),
            State::Asking(Exchange { until, .. }) if until <= now => self.failed(now, line),
            _ => {}
        }
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, line: &mut Line<Tell>) {
        line.discard(self.receiver.forget());
        self.state = State::Closed;
    }
}
