//! The settings of a house: `lodge.toml`, typed, with every value checked before anything starts.
//!
//! `file` is the file as it is written, `check` turns it into settings, `lending` and `plugged`
//! know the rules of their tables, `device` is what a device is, `error`, `place` and `keys` say what is wrong in which line, and what to
//! write instead.

mod check;
mod defaults;
mod device;
mod error;
mod file;
mod keys;
mod lending;
mod place;
mod plugged;
mod services;
mod settings;
mod visits;

pub use device::{
    BAUD_RATES, CONVERTER_PROFILES, CardsBehind, Device, Flow, Osdp, PRINTER_PROFILES, Prints,
    Protocol, SCANNER_PROFILES, TSPL_PROFILES, USUAL_LABEL, ZPL_PROFILES,
};
pub use error::{Problem, SettingsError};
pub use settings::{Colour, Desk, Panel, Settings};

/// The example file: the source of the examples in every error, and of the documentation.
pub const EXAMPLE: &str = include_str!("../lodge.example.toml");
