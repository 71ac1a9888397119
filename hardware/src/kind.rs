//! Kinds of devices, by the words that settings and the command line have for them.

use std::time::Duration;

use crate::escpos::profile::Profile;
use crate::label::profile as label;
use crate::printing;
use crate::reader::osdp::{self, Address};
use crate::reader::{em4100, pn532, samv, wiegand};
use crate::scanner::{self, Family};

/// One kind of device: its protocol, and what its driver is told of it.
#[derive(Clone, Debug)]
pub enum Kind {
    /// 125 kHz readers in the manner of the RDM6300.
    Em4100(em4100::Settings),
    /// ISO 14443 type A cards through a PN532.
    Pn532(pn532::Settings),
    /// A converter from a Wiegand wire.
    Wiegand(wiegand::Settings),
    /// OSDP over RS-485, one reader of its line.
    Osdp(osdp::Settings),
    /// Chinese identity documents through a SAM_V module.
    SamV(samv::Settings),
    /// Bar codes.
    Scanner(scanner::Settings),
    /// Receipt printers.
    EscPos(printing::Settings<Profile>),
    /// Label printers, in the language of their profile.
    Label(printing::Settings<label::Profile>),
}

/// Every word, with what it stands for.
pub const WORDS: [(&str, &str); 16] = [
    (
        "em4100",
        "a reader of 125 kHz cards, RDM6300 and look-alikes",
    ),
    ("pn532", "a PN532 module, ISO 14443 type A cards"),
    ("wiegand", "a Wiegand converter; profiles wie232 and s4a"),
    ("wie232", "the converter Priority-1 WIE232"),
    ("s4a", "the converter S4A"),
    (
        "osdp",
        "an OSDP reader, at address 0 where no other is named",
    ),
    ("sam-v", "a reader of Chinese identity documents"),
    (
        "line-scanner",
        "a scanner that sends lines; the five below as profiles",
    ),
    ("honeywell", "a scanner by Honeywell, HHP or Datalogic"),
    ("newland", "a scanner by Newland"),
    ("zebra", "a scanner by Zebra that sends text"),
    ("zebra-packets", "a scanner by Zebra that sends packets"),
    ("grow", "a Grow GM6x module"),
    (
        "esc-pos",
        "a receipt printer; its makes as profiles, generic-80mm first",
    ),
    (
        "tspl",
        "a label printer that speaks TSPL; its makes as profiles, tspl-203dpi first",
    ),
    (
        "zpl",
        "a label printer that speaks ZPL; its makes as profiles, zpl-203dpi first",
    ),
];

/// A word, or a profile, that nobody knows.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnknownKind {
    /// No device is called that.
    #[error("no device is called \"{word}\"; choose one of {}", listed(&WORDS.map(|row| row.0)))]
    Word {
        /// What was written.
        word: String,
    },
    /// The device has no such profile.
    #[error("{word} has no profile \"{profile}\"; it has {}", listed(known))]
    Profile {
        /// The device.
        word: String,
        /// What was written.
        profile: String,
        /// What would do.
        known: Vec<&'static str>,
    },
    /// Its line has no addresses, or none of this number.
    #[error("only osdp readers have an address, from 0 to 126; {word} at {address} is none")]
    Address {
        /// The device.
        word: String,
        /// What was written.
        address: u8,
    },
}

fn listed(words: &[&str]) -> String {
    if words.is_empty() {
        return "none".to_owned();
    }
    words.join(", ")
}

impl Kind {
    /// The kind of that word, in the make of that profile, with everything else as it is usual; where
    /// there are several makes and none is named, the commonest. An OSDP reader is one that speaks in
    /// clear text: nobody's key is known here.
    ///
    /// # Errors
    /// [`UnknownKind`], which lists what is known.
    pub fn named(word: &str, profile: Option<&str>) -> Result<Self, UnknownKind> {
        let found = match (word, profile) {
            ("em4100", None) => Some(Self::Em4100(em4100::Settings::default())),
            ("pn532", None) => Some(Self::Pn532(pn532::Settings::default())),
            ("osdp", None) => Some(Self::Osdp(in_clear_text())),
            ("sam-v", None) => Some(Self::SamV(samv::Settings::default())),
            ("wiegand", make) => converter(make.unwrap_or("wie232")),
            ("line-scanner", make) => scanner(make.unwrap_or("any")),
            ("esc-pos", make) => Profile::by_name(make.unwrap_or("generic-80mm"))
                .map(|profile| Self::EscPos(printing::Settings::of(profile, SLOW))),
            ("tspl" | "zpl", make) => label_printer(word, make),
            ("any", None) => None,
            (make, None) => converter(make).or_else(|| scanner(make)),
            _ => None,
        };
        found.ok_or_else(|| {
            let word = word.to_owned();
            match profile {
                Some(profile) if WORDS.iter().any(|row| row.0 == word) => UnknownKind::Profile {
                    known: profiles(&word),
                    profile: profile.to_owned(),
                    word,
                },
                _ => UnknownKind::Word { word },
            }
        })
    }

    /// The speed nearly every one is sold with, in bits a second.
    #[must_use]
    pub fn usual_baud(&self) -> u32 {
        match self {
            Self::Pn532(_) | Self::SamV(_) => FAST,
            _ => SLOW,
        }
    }

    /// The same at so many bits a second, where its driver wants to know.
    #[must_use]
    pub fn at(mut self, bauds: u32) -> Self {
        match &mut self {
            Self::SamV(samv::Settings { baud, .. })
            | Self::EscPos(printing::Settings { baud, .. })
            | Self::Label(printing::Settings { baud, .. }) => *baud = bauds,
            _ => {}
        }
        self
    }
}

/// The usual speed of most, and that of modules that have much to say.
const SLOW: u32 = 9600;
const FAST: u32 = 115_200;

fn in_clear_text() -> osdp::Settings {
    osdp::Settings {
        address: Address::FIRST,
        check: osdp::Check::Crc,
        key: None,
        allow_default_key: false,
        allow_clear_text: true,
        adapter: Duration::ZERO,
    }
}

fn converter(make: &str) -> Option<Kind> {
    wiegand::Settings::named(make).map(Kind::Wiegand)
}

/// A label printer of this language; the first of its makes where none is named.
fn label_printer(language: &str, make: Option<&str>) -> Option<Kind> {
    let name = make.or_else(|| profiles(language).first().copied())?;
    let known = profiles(language).contains(&name);
    label::Profile::by_name(name)
        .filter(|_| known)
        .map(|profile| Kind::Label(printing::Settings::of(profile, SLOW)))
}

fn scanner(make: &str) -> Option<Kind> {
    let family = Family::named(make)?;
    Some(Kind::Scanner(scanner::Settings {
        family,
        ..scanner::Settings::default()
    }))
}

fn profiles(word: &str) -> Vec<&'static str> {
    match word {
        "wiegand" => vec!["wie232", "s4a"],
        "line-scanner" => vec![
            "any",
            "honeywell",
            "newland",
            "zebra",
            "zebra-packets",
            "grow",
        ],
        "esc-pos" => Profile::names(),
        "tspl" => label::Profile::names_of(false),
        "zpl" => label::Profile::names_of(true),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_a_kind_with_all_of_its_profiles() {
        for (word, _) in WORDS {
            let kind = Kind::named(word, None).expect("the word is in the list of kinds");
            let names = profiles(word);
            let said = |kind: Kind| format!("{kind:?}");
            assert!(
                names.is_empty() || Kind::named(word, Some(names[0])).map(said) == Ok(said(kind)),
                "the first profile of {word} is taken where none is named"
            );
            for name in names {
                assert!(Kind::named(word, Some(name)).is_ok(), "{word} {name}");
            }
        }
    }

    #[test]
    fn what_nobody_knows_is_answered_with_what_is_known() {
        let said = |word, profile| Kind::named(word, profile).unwrap_err().to_string();
        assert!(said("em4200", None).contains("em4100, pn532"));
        assert!(said("any", None).contains("no device"));
        assert!(said("esc-pos", Some("star")).contains("generic-80mm"));
        assert_eq!(
            said("pn532", Some("s4a")),
            "pn532 has no profile \"s4a\"; it has none"
        );
    }
}
