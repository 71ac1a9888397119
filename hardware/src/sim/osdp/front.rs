//! What a person in front of an OSDP reader sees and hears.

use std::time::Duration;

use osdp::command::led::LedRecord;
use osdp::command::{BuzzerControl, BuzzerTone, LedColor};

use crate::clock::Moment;

/// Lamps and buzzers count in these.
const TENTH: Duration = Duration::from_millis(100);

/// The colour of a lamp.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lamp {
    /// None.
    Dark,
    /// Red.
    Red,
    /// Green.
    Green,
    /// Amber.
    Amber,
    /// Blue, as it is at rest.
    Blue,
    /// Another one.
    Other,
}

impl From<LedColor> for Lamp {
    fn from(color: LedColor) -> Self {
        match color {
            LedColor::Black => Self::Dark,
            LedColor::Red => Self::Red,
            LedColor::Green => Self::Green,
            LedColor::Amber => Self::Amber,
            LedColor::Blue => Self::Blue,
            LedColor::Magenta | LedColor::Cyan | LedColor::White => Self::Other,
        }
    }
}

/// What the front of a reader shows at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Front {
    /// Its lamp.
    pub lamp: Lamp,
    /// Whether its buzzer sounds.
    pub sounding: bool,
}

/// The lamp and buzzer of a reader, and what they were last told.
#[derive(Default)]
pub(super) struct Panel {
    at_rest: Option<LedColor>,
    lamp: Option<(Moment, LedRecord)>,
    buzzer: Option<(Moment, BuzzerControl)>,
}

impl Panel {
    pub(super) fn light(&mut self, now: Moment, record: LedRecord) {
        if record.permanent.control == 1 {
            self.at_rest = Some(record.permanent.on_color);
        }
        match record.temporary.control {
            1 => self.lamp = None,
            2 => self.lamp = Some((now, record)),
            _ => {}
        }
    }

    pub(super) fn sound(&mut self, now: Moment, buzzer: BuzzerControl) {
        self.buzzer = (buzzer.tone == BuzzerTone::Default).then_some((now, buzzer));
    }

    pub(super) fn front(&self, now: Moment) -> Front {
        let lamp = self.lamp.as_ref().and_then(|(since, record)| {
            let shown = &record.temporary;
            let passed = now - *since;
            let runs = shown.timer == 0 || passed < TENTH * u32::from(shown.timer);
            let on = is_on(passed, shown.on_time, shown.off_time);
            runs.then_some(if on { shown.on_color } else { shown.off_color })
        });
        let sounding = self.buzzer.is_some_and(|(since, buzzer)| {
            let passed = now - since;
            let cycle = TENTH * (u32::from(buzzer.on_time) + u32::from(buzzer.off_time));
            let runs = buzzer.count == 0 || passed < cycle * u32::from(buzzer.count);
            runs && is_on(passed, buzzer.on_time, buzzer.off_time)
        });
        Front {
            lamp: lamp.or(self.at_rest).map_or(Lamp::Blue, Lamp::from),
            sounding,
        }
    }
}

fn is_on(passed: Duration, on: u8, off: u8) -> bool {
    let tenths = passed.as_millis() / TENTH.as_millis();
    let cycle = u128::from(on) + u128::from(off);
    cycle > 0 && tenths % cycle < u128::from(on)
}
