//! Every parser of the crate in one table, and what can be done to any of them.
//!
//! A parser is a driver with its device at the other end of a line. [`all`] is the table: one row
//! there, and the parser is heard by the noise tests, cut anywhere, fuzzed, and its corpus replayed
//! (the list of fuzz targets in `tests/fuzz/Cargo.toml` has a row too; a test compares both).
#![allow(dead_code)]

mod act;
mod bench;
mod labels;
mod noise;
mod osdp;
mod printers;
mod readers;
mod row;
mod scanners;
mod wiegand;

pub use act::Act;
pub use bench::{Pieces, Tally};
pub use noise::Noise;
pub use row::Parser;

/// The table.
pub fn all() -> Vec<Box<dyn Parser>> {
    vec![
        readers::em4100(),
        readers::pn532(),
        readers::samv(),
        osdp::secure(),
        osdp::clear(),
        osdp::line(),
        wiegand::hexadecimal(),
        wiegand::decimal(),
        wiegand::parity(),
        scanners::line(),
        scanners::honeywell(),
        scanners::newland(),
        scanners::zebra_raw(),
        scanners::zebra_packets(),
        scanners::grow(),
        printers::escpos_process_id(),
        printers::escpos_fence(),
        labels::label_tspl(),
        labels::label_tspl2(),
        labels::label_zpl(),
    ]
}

/// The parser of that name.
pub fn named(name: &str) -> Box<dyn Parser> {
    let mut all = all().into_iter();
    all.find(|parser| parser.name() == name)
        .unwrap_or_else(|| panic!("no parser is called {name}"))
}
