//! What holds where a file says nothing; `lodge.example.toml` says the same, and a test holds them
//! together.

use super::settings::{Desk, Panel, Settings};
use crate::building::{Building, Colour};
use crate::desk::pack;
use crate::kiosk::timeouts::Timeouts;
use crate::lending::{Asks, Counted, DueRule, Kind, KindIcon, KindId, Policy};
use crate::people::{Bilingual, Language, NumberConvention, Role};
use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use std::time::Duration;

/// When the lobby opens.
pub(super) const OPENS: NaiveTime = NaiveTime::MIN.overflowing_add_signed(hours(8)).0;
/// When it closes.
pub(super) const CLOSES: NaiveTime = NaiveTime::MIN.overflowing_add_signed(hours(20)).0;
/// When things on loan are due, before the desk goes home.
pub(super) const DUE_AT: NaiveTime = NaiveTime::MIN.overflowing_add_signed(hours(18)).0;
/// The one standard time of all registers.
pub(super) const ZONE: Tz = Tz::Asia__Shanghai;
/// The letter of the first kiosk of a house.
pub(super) const DEVICE_LETTER: char = 'A';

/// The panel most kiosks are built around.
pub(super) const PANEL: Panel = Panel {
    width_px: 1080,
    height_px: 1920,
    diagonal_inches: 21.5,
    high_contrast: false,
    low_reach: false,
    accent: Colour {
        red: 0x0E,
        green: 0x5A,
        blue: 0x56,
    },
};

/// The staff window, on the screen of a desk.
pub(super) const DESK: Desk = Desk {
    window: true,
    width_px: 1440,
    height_px: 900,
    locks_after: Duration::from_mins(5),
    packs: Some(pack::Terms {
        every: TimeDelta::minutes(PACK_MINUTES as i64),
        language: Language::Chinese,
    }),
};

/// Minutes from one fall-back pack to the next.
pub(super) const PACK_MINUTES: u32 = 60;

const fn hours(hours: i64) -> chrono::TimeDelta {
    chrono::TimeDelta::hours(hours)
}

impl Settings {
    /// The settings of the trial: a house of its own, and no device but simulated ones.
    pub fn defaults() -> Settings {
        Settings {
            visits: crate::visits::Terms::default(),
            keys: crate::keys::Terms::default(),
            mail: crate::mail::Terms::default(),
            building: Building {
                name: Bilingual::new("云栖大厦", "Cloud Tower"),
                zone: ZONE,
                opens: OPENS,
                closes: CLOSES,
                device: DEVICE_LETTER,
            },
            rain_hours: Vec::new(),
            rooms: ["1201", "1202", "1203"].map(str::to_owned).to_vec(),
            panel: PANEL,
            fullscreen: true,
            timeouts: Timeouts::default(),
            cards: NumberConvention::default(),
            devices: Vec::new(),
            kinds: kinds(),
            desk: DESK,
        }
    }
}

/// What every house starts with. An umbrella comes back within two days, the desk looks at a PC
/// before it goes out again, and neither PC nor trolley stays out overnight.
pub(super) fn kinds() -> Vec<Kind> {
    use Role::{PropertyStaff, TenantMember, Visitor};
    let umbrella = Kind {
        id: KindId("umbrella".to_owned()),
        name: Bilingual::new("雨伞", "Umbrella"),
        icon: KindIcon::Umbrella,
        counted: Counted::Pooled,
        policy: Policy {
            due: DueRule {
                minutes: None,
                days: 2,
                at: DUE_AT,
            },
            renewals: 1,
            // Whoever signed in borrows with the slip of the visit.
            ..policy(vec![TenantMember, PropertyStaff, Visitor])
        },
    };
    let pc = Kind {
        id: KindId("pc".to_owned()),
        name: Bilingual::new("电脑", "PC"),
        icon: KindIcon::Laptop,
        counted: Counted::Tagged,
        policy: Policy {
            self_return: false,
            reservable: true,
            asks: Asks {
                condition: true,
                wiped: true,
            },
            ..policy(vec![TenantMember])
        },
    };
    let trolley = Kind {
        id: KindId("trolley".to_owned()),
        name: Bilingual::new("手推车", "Trolley"),
        icon: KindIcon::Trolley,
        counted: Counted::Tagged,
        policy: policy(vec![TenantMember, PropertyStaff]),
    };
    vec![umbrella, pc, trolley]
}

/// The terms of a kind that says only who may borrow.
pub(super) fn policy(who: Vec<Role>) -> Policy {
    Policy {
        who,
        at_once: 1,
        due: DueRule {
            minutes: None,
            days: 0,
            at: DUE_AT,
        },
        deposit_fen: 0,
        slip: true,
        self_return: true,
        blocked_while_overdue: true,
        renewals: 0,
        reservable: false,
        asks: Asks::default(),
        parts: Vec::new(),
        in_place: false,
        washed: false,
    }
}

/// The delays of a house that says something else about the two that people feel most.
pub(super) fn timeouts(
    idle: Option<Duration>,
    countdown: Option<Duration>,
    factor: f64,
) -> Timeouts {
    let usual = Timeouts::default();
    Timeouts {
        idle: idle.unwrap_or(usual.idle),
        countdown: countdown.unwrap_or(usual.countdown),
        ..usual
    }
    .stretched(factor)
}
