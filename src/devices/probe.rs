//! What is on a port, in words.

use lodge_hardware::link::LinkError;
use lodge_hardware::probe::{Pace, What, look};

/// What was found on a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The lines for the settings that make it a device of the lobby.
    pub settings: String,
    /// What it says of itself.
    pub identity: Option<String>,
}

/// Asks what is on a port; `says` hears of every question before it is asked.
///
/// # Errors
///
/// Where the port cannot be opened, with what to do about it.
pub fn probe(port: &str, says: &mut dyn FnMut(&str)) -> Result<Option<Found>, LinkError> {
    let found = look(port, Pace::default(), says)?;
    Ok(found.map(|found| {
        let (kind, protocol) = match found.what {
            What::Em4100 => ("reader", "em4100"),
            What::Pn532 => ("reader", "pn532"),
            What::SamV => ("reader", "sam-v"),
            What::Osdp => ("reader", "osdp"),
            What::Lines => ("scanner", "line-scanner"),
            What::EscPos => ("printer", "esc-pos"),
            What::Tspl => ("label-printer", "tspl"),
            What::Zpl => ("label-printer", "zpl"),
        };
        Found {
            settings: format!(
                "[[device]]\nname = \"front\"\nkind = \"{kind}\"\nprotocol = \"{protocol}\"\nport = \
                 \"{port}\"\nbaud = {}",
                found.baud
            ),
            identity: found.identity,
        }
    }))
}
