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

/// Nothing but its form tells a card of a converter from a code of a scanner.
const GUESS: &str = "# A guess: what came looks like the number of a card. A scanner that reads such codes is\n\
                     # kind = \"scanner\", protocol = \"line-scanner\", without profile.\n";

fn settings(port: &str, found: &probe::Found) -> String {
    let (kind, protocol) = match found.what {
        What::Em4100 => ("reader", "em4100"),
        What::Pn532 => ("reader", "pn532"),
        What::SamV => ("reader", "sam-v"),
        What::Osdp(_) => ("reader", "osdp"),
        What::Lines | What::Scanner(_) => ("scanner", "line-scanner"),
        What::Converter(_) => ("reader", "wiegand"),
        What::EscPos => ("printer", "esc-pos"),
        What::Tspl | What::Tspl2 => ("label-printer", "tspl"),
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
    // What differs from the usual one of its kind; and what is only likely.
    let (guess, own) = match found.what {
        What::Converter(make) => (GUESS, format!("\nprofile = \"{make}\"")),
        What::Scanner(make) => ("", format!("\nprofile = \"{make}\"")),
        What::Tspl2 => ("", "\nstatus = \"eight-bytes\"".to_owned()),
        _ => ("", String::new()),
    };
    format!(
        "{guess}[[device]]\nname = \"{name}\"\nkind = \"{kind}\"\nprotocol = \"{protocol}\"\nport = \
         \"{port}\"\nbaud = {}{address}{own}",
        found.baud
    )
}
