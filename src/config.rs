//! The settings of a house: `lodge.toml`, typed, with every value checked before anything starts.
//!
//! `file` is the file as it is written, `check` turns it into settings, `lending` and `plugged`
//! know the rules of their tables, `device` is what a device is, `makes` what of it differs from its
//! make, `whose` which keys are for which devices, and `made` what these keys come to. `error`, `place`,
//! `keys` and `expected` say what is wrong in which line, and what to write instead.

mod check;
mod defaults;
mod device;
mod error;
mod expected;
mod file;
mod keys;
mod lending;
mod made;
pub mod makes;
mod place;
mod plugged;
mod services;
mod settings;
mod visits;
mod whose;

pub use device::{
    BAUD_RATES, CONVERTER_PROFILES, CardBytes, CardsBehind, Check, Device, Flow, Osdp,
    PRINTER_PROFILES, Prints, Protocol, SCANNER_PROFILES, TSPL_PROFILES, USUAL_LABEL, ZPL_PROFILES,
};
pub use error::{Problem, SettingsError};
pub use settings::{Desk, Panel, Settings};

/// The example file: the source of the examples in every error, and of the documentation.
pub const EXAMPLE: &str = include_str!("../lodge.example.toml");
