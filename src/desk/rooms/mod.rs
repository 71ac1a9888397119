//! The rooms of the desk, each a set of tables; see the module above for how one is added.

mod about;
pub(super) mod devices;
pub(super) mod keys;
pub(super) mod lending;
pub(super) mod mail;
pub(super) mod matters;
mod moving;
pub(super) mod overdue;
mod people;
mod search;
mod today;
pub(super) mod visitors;

pub use mail::after_pieces;
pub use matters::cause_word;
pub use moving::{STATES, state_word};
pub use people::{ENTERED, role, role_word};
pub use search::{found, stands};

use super::House;
use super::dialog::Dialog;
use super::event::{Order, SignedFor};
use super::facts::{DeviceFact, Facts};
use super::wishes::Calendar;
use crate::people::staff::Member;
use crate::people::{Act, Language, PersonName, permits};
use crate::slips::PrinterName;
use crate::words::{self, Value, dates};
use chrono::{DateTime, TimeDelta, Utc};

/// A room, in the order of the F-keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// 今日
    Today,
    /// 访客
    Visitors,
    /// 物品
    Lending,
    /// 钥匙
    Keys,
    /// 邮件
    Mail,
    /// 人员
    People,
    /// 待办
    Matters,
    /// 设备
    Devices,
}

impl Room {
    /// Every room.
    pub const ALL: [Room; 8] = [
        Room::Today,
        Room::Visitors,
        Room::Lending,
        Room::Keys,
        Room::Mail,
        Room::People,
        Room::Matters,
        Room::Devices,
    ];

    /// Its name.
    pub fn name(self, language: Language) -> String {
        let id = match self {
            Room::Today => "desk-room-today",
            Room::Visitors => "desk-room-visitors",
            Room::Lending => "desk-room-lending",
            Room::Keys => "desk-room-keys",
            Room::Mail => "desk-room-mail",
            Room::People => "desk-room-people",
            Room::Matters => "desk-room-matters",
            Room::Devices => "desk-room-devices",
        };
        words::text(language, id)
    }

    /// The names of its tables, with how many rows each has.
    pub fn tabs(self, look: &Look<'_>) -> Vec<(String, usize)> {
        match self {
            Room::Lending => lending::tabs(look),
            Room::People => people::tabs(look),
            Room::Devices => devices::tabs(look),
            Room::Visitors => visitors::tabs(look),
            Room::Keys => keys::tabs(look),
            Room::Mail => mail::tabs(look),
            Room::Today => today::tabs(look),
            Room::Matters => matters::tabs(look),
        }
    }

    /// One of its tables.
    pub fn table(self, tab: usize, look: &Look<'_>) -> Table {
        let mut table = match self {
            Room::Today => today::table(tab, look),
            Room::Lending => lending::table(tab, look),
            Room::People => people::table(tab, look),
            Room::Matters => matters::table(tab, look),
            Room::Devices => devices::table(tab, look),
            Room::Visitors => visitors::table(tab, look),
            Room::Keys => keys::table(tab, look),
            Room::Mail => mail::table(tab, look),
        };
        // An empty table would say that there is nothing.
        if table.rows.is_empty() && !self.is_read(tab, look) {
            table.empty = look.say("desk-not-read");
        }
        table
    }

    /// Whether whoever works here reads this table, or their own lines of it; the books hand out no more.
    pub fn is_read(self, tab: usize, look: &Look<'_>) -> bool {
        look.may(Act::ReadRegisters)
            || match (self, tab) {
                (Room::Devices, 0) => true,
                (Room::Matters, 0) => look.may(Act::OwnMatters),
                (Room::Keys, 0 | keys::GRANTS) => look.may(Act::UseKeys),
                _ => false,
            }
    }
}

/// The share of a column with a moment in it: as wide as a day with its time, in every table.
pub(super) const MOMENT: u8 = 26;

/// A code in two groups, as it is read out on the telephone.
pub(super) fn spaced(code: &str) -> String {
    let (first, second) = code.split_at(code.len() / 2);
    format!("{first} {second}")
}

/// What a room is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The house.
    pub house: &'a House,
    /// What the books say.
    pub facts: &'a Facts,
    /// How the devices stand.
    pub devices: &'a [DeviceFact],
    /// Who works here now.
    pub me: &'a Member,
    /// The language of the window.
    pub language: Language,
    /// The moment.
    pub at: DateTime<Utc>,
}

impl Look<'_> {
    /// Words.
    pub fn say(&self, id: &str) -> String {
        words::text(self.language, id)
    }

    /// Words with values.
    pub fn with(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        words::with(self.language, id, values)
    }

    /// A moment, in every table and beside it the same: always with its day, as people say it.
    pub fn when(&self, at: DateTime<Utc>) -> String {
        let building = &self.house.building;
        dates::near(
            self.language,
            building.local(at),
            building.local(self.at).date(),
        )
    }

    /// The time alone, where a table is of one day.
    pub fn time(&self, at: DateTime<Utc>) -> String {
        dates::time(self.house.building.local(at))
    }

    /// The last day of what holds until this moment, the first of the day after.
    pub fn last_day(&self, until: DateTime<Utc>) -> String {
        let last = self.house.building.local(until - TimeDelta::seconds(1));
        dates::short_day(self.language, last.date())
    }

    /// The days and hours of the building, for a form.
    pub fn calendar(&self) -> Calendar {
        Calendar {
            zone: self.house.building.zone,
            today: self.house.building.local(self.at).date(),
        }
    }

    /// A name as it stands on a screen that others may see over a shoulder.
    pub fn name(&self, name: &PersonName) -> String {
        name.masked(self.language)
    }

    /// Whether whoever works here may do this.
    pub fn may(&self, act: Act) -> bool {
        permits(&self.me.roles, act)
    }

    /// One cell of two parts.
    pub fn joined(parts: &[&str]) -> String {
        let there: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| !part.is_empty())
            .collect();
        there.join(" · ")
    }
}

/// The state of a row or a line, which is never told by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// As usual.
    #[default]
    Plain,
    /// Done.
    Good,
    /// Somebody should look at it.
    Attend,
    /// It must not stay like this.
    Stop,
}

/// One table of a room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns, with their share of the width.
    pub columns: Vec<(String, u8)>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What can be done here whatever row is chosen.
    pub common: Vec<Action>,
    /// What stands there where there are no rows.
    pub empty: String,
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What tells it from all others, over a refresh.
    pub key: String,
    /// Its state.
    pub mark: Mark,
    /// What stands in it, a text a column.
    pub cells: Vec<String>,
    /// What the pane beside it says of it, label and value.
    pub facts: Vec<(String, String)>,
    /// What can be done with it, the commonest first.
    pub actions: Vec<Action>,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The key that does it, upper case.
    pub key: char,
    /// What it is called.
    pub label: String,
    /// What whoever does it must be permitted; none where everybody may.
    pub act: Option<Act>,
    /// What it does.
    pub does: Does,
    /// Whether it takes its own key, never Enter alone: it takes something away, or prints.
    pub careful: bool,
}

/// What an action does.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// This, at once.
    Order(Order),
    /// Ask first.
    Ask(Box<Dialog>),
    /// Show what somebody wrote on the glass.
    ShowSignature(SignedFor),
    /// Print a test page.
    TestPage(PrinterName),
    /// Counts this printer's paper anew.
    NewRoll(PrinterName),
}

impl Action {
    /// What somebody wrote on the glass is looked at.
    pub fn signature(look: &Look<'_>, of: SignedFor) -> Self {
        Action {
            key: 'V',
            label: look.say("desk-do-signature"),
            act: Some(Act::ReadRegisters),
            does: Does::ShowSignature(of),
            careful: false,
        }
    }

    /// An action with an order.
    pub fn order(key: char, label: String, act: Act, order: Order) -> Self {
        Action {
            key,
            label,
            act: Some(act),
            does: Does::Order(order),
            careful: false,
        }
    }

    /// An action that asks first.
    pub fn ask(key: char, label: String, act: Act, dialog: Dialog) -> Self {
        Action {
            key,
            label,
            act: Some(act),
            does: Does::Ask(Box::new(dialog)),
            careful: false,
        }
    }

    /// The same, but not by Enter alone.
    pub fn by_its_key(self) -> Self {
        Action {
            careful: true,
            ..self
        }
    }
}
