//! The settings once everything in them is known to make sense.

use super::device::Device;
use super::error::SettingsError;
use super::{check, place};
use crate::building::{Building, Colour};
use crate::desk::pack;
use crate::kiosk::House;
use crate::kiosk::timeouts::Timeouts;
use crate::lending::Kind;
use crate::people::NumberConvention;
use chrono::NaiveTime;
use std::path::Path;
use std::time::Duration;

/// Everything a house decides about its kiosk.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub(super) building: Building,
    pub(super) rooms: Vec<String>,
    pub(super) rain_hours: Vec<(NaiveTime, NaiveTime)>,
    pub(super) panel: Panel,
    pub(super) fullscreen: bool,
    pub(super) timeouts: Timeouts,
    pub(super) cards: NumberConvention,
    pub(super) devices: Vec<Device>,
    pub(super) kinds: Vec<Kind>,
    pub(super) visits: crate::visits::Terms,
    pub(super) keys: crate::keys::Terms,
    pub(super) mail: crate::mail::Terms,
    pub(super) desk: Desk,
}

/// The staff window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Whether it opens beside the kiosk.
    pub window: bool,
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// Nobody touches a key for so long: it locks itself.
    pub locks_after: Duration,
    /// The fall-back pack that nobody asks for; none for only when somebody does.
    pub packs: Option<pack::Terms>,
}

/// The touch panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// The diagonal in inches.
    pub diagonal_inches: f64,
    /// Black on white from the start.
    pub high_contrast: bool,
    /// Everything touchable low from the start.
    pub low_reach: bool,
    /// The colour of the house.
    pub accent: Colour,
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or anything in it is wrong: a kiosk never starts half set up.
    pub fn load(path: &Path) -> Result<Settings, SettingsError> {
        let bytes = std::fs::read(path).map_err(|source| SettingsError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Settings::parse(text, path),
            Err(error) => Err(place::not_utf8(&bytes, error, path)),
        }
    }

    /// Reads the text of a settings file; `path` is what errors call it.
    ///
    /// # Errors
    ///
    /// Where anything in it is wrong.
    pub fn parse(text: &str, path: &Path) -> Result<Settings, SettingsError> {
        check::settings(text, path)
    }

    /// The building.
    pub fn building(&self) -> Building {
        self.building.clone()
    }

    /// The rooms as they are written on their doors; for information only.
    pub fn rooms(&self) -> &[String] {
        &self.rooms
    }

    /// The touch panel.
    pub fn panel(&self) -> Panel {
        self.panel
    }

    /// Whether the kiosk's window takes the whole screen.
    pub fn fullscreen(&self) -> bool {
        self.fullscreen
    }

    /// The delays, stretched as the house wishes.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// How card numbers are read.
    pub fn cards(&self) -> NumberConvention {
        self.cards
    }

    /// The devices, in the order of the file.
    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    /// What is lent, in the order it is offered.
    pub fn kinds(&self) -> Vec<Kind> {
        self.kinds.clone()
    }

    /// How visitors are received.
    pub fn visits(&self) -> crate::visits::Terms {
        self.visits.clone()
    }

    /// Receives visitors on these terms.
    pub fn receive(&mut self, visits: crate::visits::Terms) {
        self.visits = visits;
    }

    /// Lends this, in the order in which it is offered.
    pub fn lend(&mut self, kinds: Vec<Kind>) {
        self.kinds = kinds;
    }

    /// The staff window.
    pub fn desk(&self) -> Desk {
        self.desk
    }

    /// Prints the fall-back pack so often; none for only when somebody asks for it.
    pub fn print_packs(&mut self, packs: Option<pack::Terms>) {
        self.desk.packs = packs;
    }

    /// What the machine of the staff window has to know.
    pub fn desk_house(&self, trial: bool) -> crate::desk::House {
        crate::desk::House {
            building: self.building(),
            kinds: self.kinds(),
            visits: self.visits(),
            keys: self.keys.clone(),
            mail: self.mail.clone(),
            locks_after: self.desk.locks_after,
            trial,
        }
    }

    /// What the session machine has to know; `trial` where people and devices are made up.
    pub fn house(&self, trial: bool) -> House {
        House {
            building: self.building(),
            kinds: self.kinds(),
            visits: self.visits(),
            keys: self.keys.clone(),
            mail: self.mail.clone(),
            timeouts: self.timeouts,
            cards: self.cards,
            rain_hours: self.rain_hours.clone(),
            codes_on_command: self.devices.iter().any(Device::reads_on_command),
            trial,
        }
    }
}
