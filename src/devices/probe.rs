//! What is on a port, in words.

use lodge_hardware::link::LinkError;
use lodge_hardware::probe::{self, Pace, What, look};
use lodge_hardware::reader::osdp::Address;

/// What was found on a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The lines for the settings that make it a device of the lobby.
    pub settings: String,
    /// What it says of itself.
    pub identity: Option<String>,
}

/// Asks what is on a port, and gives nothing where nobody answers; `says` hears of every question before
/// it is asked.
///
/// # Errors
///
/// Where the port cannot be opened, with what to do about it.
pub fn probe(port: &str, says: &mut dyn FnMut(&str)) -> Result<Vec<Found>, LinkError> {
    let found = look(port, Pace::default(), says)?;
    Ok(found
        .into_iter()
        .map(|found| Found {
            settings: settings(port, &found),
            identity: found.identity,
        })
        .collect())
}

fn settings(port: &str, found: &probe::Found) -> String {
    let (kind, protocol) = match found.what {
        What::Em4100 => ("reader", "em4100"),
        What::Pn532 => ("reader", "pn532"),
        What::SamV => ("reader", "sam-v"),
        What::Osdp(_) => ("reader", "osdp"),
        What::Lines => ("scanner", "line-scanner"),
        What::EscPos => ("printer", "esc-pos"),
        What::Tspl => ("label-printer", "tspl"),
        What::Zpl => ("label-printer", "zpl"),
    };
    // Readers of one line need names that are not the same.
    let (name, address) = match found.what {
        What::Osdp(address) if address != Address::FIRST => {
            let number = address.number();
            (format!("front-{number}"), format!("\naddress = {number}"))
        }
        _ => ("front".to_owned(), String::new()),
    };
    format!(
        "[[device]]\nname = \"{name}\"\nkind = \"{kind}\"\nprotocol = \"{protocol}\"\nport = \
         \"{port}\"\nbaud = {}{address}",
        found.baud
    )
}
