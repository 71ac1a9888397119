//! A label printer: it takes its commands at the baud, draws what they say, and has a head, a roll of
//! labels, and faults (hardware.md §8).
//!
//! It takes in whatever comes, as label printers' megabytes of buffer do; what is not printed yet waits
//! in its queue.

use std::time::Duration;

use super::Simulator;
use super::fault::{LineFault, Outlet};
use crate::clock::Moment;
use crate::label::Stock;
use crate::label::profile::{Language, Profile};
use crate::link::Link;

mod bars;
mod press;
mod sheet;
mod tspl;
mod wire;
mod zpl;

use press::Press;
pub use press::Trouble;
pub use sheet::Sheet;
use wire::Wire;

/// What a person does to a label printer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelCommand {
    /// Something goes wrong with it, or is set right.
    Trouble(Trouble, bool),
    /// Puts in so many labels; right only if they are the stock it was made with.
    LoadLabels(u32),
    /// Switches it on or off; what it held is gone, and a label half out stays half.
    Power(bool),
    /// The next so many answers are lost.
    LoseAnswers(u32),
    /// Sets or lifts a fault.
    Fault(LabelFault, bool),
}

/// How a label printer misbehaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelFault {
    /// What goes wrong with every answer.
    Line(LineFault),
    /// It answers nothing while its head is open, or labels or ribbon are out.
    SilentWhenStopped,
    /// It does not print a label again that it stopped within.
    ForgetsLabel,
    /// It never says that it is at work.
    NeverBusy,
    /// It takes its bytes at a tenth of the baud.
    Slow,
}

/// What a language makes of one byte.
trait Interpreter: Send {
    /// Takes one byte at `now`; gives an answer, if it was the end of a question.
    fn take(&mut self, now: Moment, byte: u8, press: &mut Press) -> Option<Vec<u8>>;
    /// Spoils an answer so that it does not check, as far as the language has a check.
    fn spoil(&self, answer: &mut Vec<u8>);
    /// Switched off and on.
    fn forget(&mut self);
    /// Commands that it does not know, and immediate ones other than questions.
    fn surprises(&self) -> usize;
}

/// The simulated label printer.
pub struct LabelSim {
    wire: Wire,
    interpreter: Box<dyn Interpreter>,
    press: Press,
    outlet: Outlet,
    powered: bool,
    /// What it takes to start once it has power again.
    restart: Duration,
    /// It has power, and starts until then.
    starts_until: Moment,
    lose: u32,
    silent_when_stopped: bool,
}

impl LabelSim {
    /// A printer of that make with a roll of 500 such labels, on a line of `baud` bits a second.
    #[must_use]
    pub fn new(profile: &Profile, baud: u32, stock: Stock) -> Self {
        let (interpreter, silent_when_stopped): (Box<dyn Interpreter>, _) = match profile.language {
            Language::Tspl { .. } => (Box::new(tspl::Tspl::new(profile)), false),
            // So its manual says (§8.2).
            Language::Zpl { .. } => (Box::new(zpl::Zpl::default()), true),
        };
        Self {
            wire: Wire::new(baud),
            interpreter,
            press: Press::new(stock, profile.dots_per_mm),
            outlet: Outlet::default(),
            powered: true,
            restart: profile.restart,
            starts_until: Moment::ORIGIN,
            lose: 0,
            silent_when_stopped,
        }
    }

    /// The labels that came out, oldest first.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        &self.press.sheets
    }

    /// Takes the labels that came out.
    pub fn take_sheets(&mut self) -> Vec<Sheet> {
        std::mem::take(&mut self.press.sheets)
    }

    /// Whether a label is moving under its head.
    #[must_use]
    pub fn is_printing(&self) -> bool {
        self.press.is_printing()
    }

    /// Labels left on the roll.
    #[must_use]
    pub fn labels_left(&self) -> u32 {
        self.press.labels_left
    }

    /// How many commands it got that it does not know, or that act at once and are no question.
    #[must_use]
    pub fn surprises(&self) -> usize {
        self.interpreter.surprises()
    }

    fn answer(&mut self, now: Moment, answer: Vec<u8>) {
        if self.lose > 0 {
            self.lose -= 1;
        } else if !(self.silent_when_stopped && self.press.is_stopped()) {
            let interpreter = &self.interpreter;
            self.outlet.say(now, Duration::ZERO, answer, |answer| {
                interpreter.spoil(answer)
            });
        }
    }
}

impl Simulator for LabelSim {
    type Command = LabelCommand;

    fn command(&mut self, now: Moment, command: LabelCommand) {
        self.press.pump(now);
        match command {
            LabelCommand::Trouble(trouble, set) => self.press.trouble(now, trouble, set),
            LabelCommand::LoadLabels(n) => {
                self.press.labels_left = n;
                self.press.trouble(now, Trouble::PaperOut, n == 0);
            }
            LabelCommand::Power(on) => {
                if on && !self.powered {
                    self.starts_until = now + self.restart;
                }
                self.powered = on;
                self.interpreter.forget();
                self.press.forget(now);
                self.outlet.clear();
            }
            LabelCommand::LoseAnswers(n) => self.lose = n,
            LabelCommand::Fault(fault, set) => match fault {
                LabelFault::Line(fault) => self.outlet.fault(fault, set),
                LabelFault::SilentWhenStopped => self.silent_when_stopped = set,
                LabelFault::ForgetsLabel => self.press.forgets = set,
                LabelFault::NeverBusy => self.press.never_busy = set,
                LabelFault::Slow => self.wire.slow = set,
            },
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.wire.read(now, link);
        while let Some((at, byte)) = self.wire.next(now) {
            if self.powered && self.starts_until <= at {
                self.press.pump(at);
                if let Some(answer) = self.interpreter.take(at, byte, &mut self.press) {
                    self.answer(at, answer);
                }
            }
        }
        self.press.pump(now);
        self.outlet.pump(now, link);
    }

    fn due(&self) -> Option<Moment> {
        [self.wire.due(), self.press.due(), self.outlet.due()]
            .into_iter()
            .flatten()
            .min()
    }
}
