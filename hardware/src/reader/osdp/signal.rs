//! What a person is shown, as lamp and buzzer commands.

use osdp::caps::FunctionCode;
use osdp::command::led::LedRecord;
use osdp::command::{
    BuzzerControl, BuzzerTone, Command, LedColor, LedControl, LedPermanent, LedTemporary,
};
use osdp::reply::PdCap;

use crate::reader::Signal;

/// What a reader has to show things with.
#[derive(Clone, Copy)]
pub(super) struct Abilities {
    lamp: bool,
    buzzer: bool,
}

impl Abilities {
    /// Of a reader that does not say: it is tried, and may refuse.
    pub(super) const UNKNOWN: Self = Self {
        lamp: true,
        buzzer: true,
    };

    pub(super) fn of(capabilities: &PdCap) -> Self {
        let has = |function| {
            let capability = capabilities.capability(function);
            capability.is_some_and(|capability| capability.compliance > 0)
        };
        Self {
            lamp: has(FunctionCode::LedControl),
            buzzer: has(FunctionCode::AudibleOutput),
        }
    }
}

/// The commands that show a signal on such a reader, to be said in this order.
pub(super) fn commands(signal: Signal, abilities: Abilities) -> Vec<Command> {
    // Times are tenths of a second. Every lamp ends by itself, back in the colour the reader shows
    // at rest, so that a program that stops leaves no reader green.
    let (lamp, beep) = match signal {
        Signal::Granted => (steady(LedColor::Green, 20), Some(2)),
        Signal::Refused => (steady(LedColor::Red, 30), Some(10)),
        Signal::Wait => (blinking(LedColor::Amber, 50), None),
    };
    let lamp = abilities
        .lamp
        .then(|| Command::Led(LedControl::new(vec![record(lamp)])));
    let beep = beep.filter(|_| abilities.buzzer).map(|on_time| {
        Command::Buzzer(BuzzerControl {
            reader: 0,
            tone: BuzzerTone::Default,
            on_time,
            off_time: 0,
            count: 1,
        })
    });
    lamp.into_iter().chain(beep).collect()
}

fn steady(color: LedColor, timer: u16) -> LedTemporary {
    LedTemporary {
        control: 2,
        on_time: 1,
        off_time: 0,
        on_color: color,
        off_color: color,
        timer,
    }
}

fn blinking(color: LedColor, timer: u16) -> LedTemporary {
    LedTemporary {
        on_time: 3,
        off_time: 3,
        off_color: LedColor::Black,
        ..steady(color, timer)
    }
}

fn record(temporary: LedTemporary) -> LedRecord {
    LedRecord {
        reader: 0,
        led: 0,
        temporary,
        // Control 0: what the reader shows at rest stays as it is.
        permanent: LedPermanent {
            control: 0,
            on_time: 0,
            off_time: 0,
            on_color: LedColor::Black,
            off_color: LedColor::Black,
        },
    }
}
