//! How much is left of the paper roll, counted: most small printers have no near-end sensor.
//!
//! Pure: the owner tells what was printed and what the printer said, keeps [`RollState`] where it
//! likes, and sets the count back when somebody puts in a roll.

use super::profile::DOTS_PER_MM;
use super::status::{Paper, PrinterStatus};

/// The rolls that are put in, and when to warn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RollSettings {
    /// Millimetres of paper on a new roll.
    pub length_mm: u32,
    /// Millimetres left at which the owner is warned.
    pub warn_mm: u32,
}

impl Default for RollSettings {
    /// A 50 m roll, warned of two metres before its end: some thirty slips.
    fn default() -> Self {
        Self {
            length_mm: 50_000,
            warn_mm: 2_000,
        }
    }
}

/// What is known of the roll in the printer; all of it, to be kept over a restart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RollState {
    /// Dots of paper used.
    pub used_dots: u64,
    /// The printer has said that it is out of paper, and not yet that it has some again.
    pub is_out: bool,
    /// The owner has been warned about this roll.
    pub is_warned: bool,
}

/// What the owner should know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RollNews {
    /// The roll ends soon; told once a roll.
    EndsSoon {
        /// About so many millimetres are left.
        left_mm: u32,
    },
    /// Paper came after none: a new roll is in, and is counted from its beginning.
    NewRoll,
}

/// Counts one printer's paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Roll {
    settings: RollSettings,
    state: RollState,
}

impl Roll {
    /// A counter that goes on from `state`; from [`RollState::default`] with a new roll.
    #[must_use]
    pub fn new(settings: RollSettings, state: RollState) -> Self {
        Self { settings, state }
    }

    /// What to keep.
    #[must_use]
    pub fn state(&self) -> RollState {
        self.state
    }

    /// About how many millimetres are left.
    #[must_use]
    pub fn left_mm(&self) -> u32 {
        let used_mm = self.state.used_dots / u64::from(DOTS_PER_MM);
        u32::try_from(u64::from(self.settings.length_mm).saturating_sub(used_mm)).unwrap_or(0)
    }

    /// So many dots were fed; see [`super::measure::dots`]. A slip that may be on paper counts too.
    pub fn fed(&mut self, dots: u32) -> Option<RollNews> {
        self.state.used_dots = self.state.used_dots.saturating_add(u64::from(dots));
        let left_mm = self.left_mm();
        let ends_soon = left_mm <= self.settings.warn_mm;
        if !ends_soon || std::mem::replace(&mut self.state.is_warned, true) {
            return None;
        }
        Some(RollNews::EndsSoon { left_mm })
    }

    /// The printer said how it is.
    pub fn heard(&mut self, status: &PrinterStatus) -> Option<RollNews> {
        match status.paper {
            Paper::Out => {
                self.state.is_out = true;
                None
            }
            // With the cover open the paper bits keep their last value or mean nothing (§7.4).
            _ if status.cover_open || !self.state.is_out => None,
            Paper::Ok | Paper::NearEnd => {
                self.replaced();
                Some(RollNews::NewRoll)
            }
        }
    }

    /// Somebody put in a new roll.
    pub fn replaced(&mut self) {
        self.state = RollState::default();
    }
}
