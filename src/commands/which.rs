//! Which device a recording is of: one of the house, or any at a port.

use crate::config::{Device, Settings};
use crate::devices::recording::Spoken;
use std::path::PathBuf;

/// What was said of the device, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// One of the settings.
    pub device: Option<String>,
    /// Where it is plugged in.
    pub port: Option<PathBuf>,
    /// What it speaks.
    pub protocol: Option<String>,
    /// Its make.
    pub profile: Option<String>,
    /// Bits a second.
    pub baud: Option<u32>,
    /// Where it is on its line.
    pub address: Option<u8>,
}

/// The settings that a device may be found in.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    /// None where there is no house, but the trial.
    pub settings: Option<&'a Settings>,
    /// Somebody named their file.
    pub is_named: bool,
}

/// Which device it is.
#[derive(Debug)]
pub enum Which<'a> {
    /// One of the house.
    OfHouse(&'a Device),
    /// One of this make, at this port where one is named.
    Made(Spoken, Option<PathBuf>),
}

/// Why it is none; what to do stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKnown {
    /// The settings say it already.
    #[error("--device takes everything from the settings; leave {} away, or --device", .0.join(", "))]
    Twice(Vec<&'static str>),
    /// Settings, and nobody of them.
    #[error("--settings says nothing here without --device; add --device and one of {}, or leave --settings away", listed(.0))]
    Nobody(Vec<String>),
    /// No settings.
    #[error(
        "--device is one of the settings, and there are none here; name their file with --settings"
    )]
    NoSettings,
    /// There is no such device.
    #[error("the settings have no device \"{name}\"; they have {}", listed(known))]
    NoSuch {
        /// What was said.
        name: String,
        /// All there are.
        known: Vec<String>,
    },
    /// There are several.
    #[error(
        "the settings have several devices \"{name}\"; say which: {}",
        listed(of)
    )]
    Several {
        /// What was said.
        name: String,
        /// All of that name.
        of: Vec<String>,
    },
    /// Nothing was said.
    #[error(
        "say what it speaks with --protocol, or which of the house's devices it is with --settings and --device"
    )]
    NoProtocol,
    /// A recording needs one.
    #[error(
        "say where it is plugged in with --port, or which of the house's devices it is with --settings and --device"
    )]
    NoPort,
}

fn listed(ids: &[String]) -> String {
    match ids {
        [] => "none".to_owned(),
        ids => ids.join(", "),
    }
}

impl Said {
    /// The device that is meant.
    ///
    /// # Errors
    ///
    /// Where none is, or more than one.
    pub fn which(self, house: House<'_>) -> Result<Which<'_>, NotKnown> {
        let Some(name) = self.device else {
            if let (true, Some(settings)) = (house.is_named, house.settings) {
                return Err(NotKnown::Nobody(ids(settings.devices())));
            }
            let spoken = Spoken {
                protocol: self.protocol.ok_or(NotKnown::NoProtocol)?,
                profile: self.profile,
                baud: self.baud,
                address: self.address,
            };
            return Ok(Which::Made(spoken, self.port));
        };
        let twice = [
            ("--port", self.port.is_some()),
            ("--protocol", self.protocol.is_some()),
            ("--profile", self.profile.is_some()),
            ("--baud", self.baud.is_some()),
            ("--address", self.address.is_some()),
        ];
        let twice: Vec<_> = twice.into_iter().filter(|(_, is_said)| *is_said).collect();
        if !twice.is_empty() {
            return Err(NotKnown::Twice(
                twice.into_iter().map(|(word, _)| word).collect(),
            ));
        }
        let settings = house.settings.ok_or(NotKnown::NoSettings)?;
        named(name, settings.devices()).map(Which::OfHouse)
    }
}

/// The device of this name, or of this kind and name where several are called alike: `reader-front`.
fn named(name: String, devices: &[Device]) -> Result<&Device, NotKnown> {
    if let Some(device) = devices.iter().find(|device| device.id() == name) {
        return Ok(device);
    }
    let called: Vec<_> = devices
        .iter()
        .filter(|device| device.name == name)
        .collect();
    match called[..] {
        [device] => Ok(device),
        [] => Err(NotKnown::NoSuch {
            name,
            known: ids(devices),
        }),
        _ => Err(NotKnown::Several {
            name,
            of: called.into_iter().map(Device::id).collect(),
        }),
    }
}

fn ids(devices: &[Device]) -> Vec<String> {
    devices.iter().map(Device::id).collect()
}
