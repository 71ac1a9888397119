//! A scanner that is told when to read, and its simulator.
#![allow(dead_code)]

use lodge_hardware::reader::Certainty;
use lodge_hardware::scanner::{Code, Family, Scanner, Settings, SsiForm, Symbology, Tell};
use lodge_hardware::sim::scanner::triggered::{TriggeredCommand, TriggeredSim};

use crate::two_ends::TwoEnds;

pub const RAW: Family = Family::Zebra(SsiForm::Raw);
pub const PACKETS: Family = Family::Zebra(SsiForm::Packets);
pub const FAMILIES: [Family; 5] = [
    Family::Honeywell,
    Family::Newland,
    RAW,
    PACKETS,
    Family::Grow,
];

pub fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.split_whitespace();
    digits
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}

pub fn ends(family: Family) -> TwoEnds<Scanner, TriggeredSim> {
    let scanner = Scanner::with(Settings::commanded(family));
    TwoEnds::new(scanner, TriggeredSim::new(family))
}

pub fn show(code: &str) -> TriggeredCommand {
    TriggeredCommand::Show(Some(code.to_owned()))
}

pub fn code(family: Family, text: &str) -> Tell {
    let symbology = (family == PACKETS).then_some(Symbology::Code128);
    Tell::Code(Code {
        text: text.to_owned(),
        symbology,
        certainty: match family {
            PACKETS => Certainty::Checked,
            _ => Certainty::Bare,
        },
    })
}

pub fn codes(told: &[Tell]) -> Vec<&str> {
    let codes = told.iter().filter_map(|tell| match tell {
        Tell::Code(code) => Some(&code.text[..]),
        _ => None,
    });
    codes.collect()
}
