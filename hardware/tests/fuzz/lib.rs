//! What every fuzz target does: its input is a script ([`parsers::Act::script`]), bytes with steps of
//! time and with what owner and device do in between. It is heard once as it stands and once byte by
//! byte, and both must be the same.
//!
//! `corpus/` keeps what has been worth keeping, a hundred short inputs a parser at most: those that
//! reach new code, and every one that ever broke something. `cargo test --test streams` hears them
//! all. After longer fuzzing, libFuzzer's `-merge=1` picks from what was found.

use std::sync::OnceLock;

pub use libfuzzer_sys;
use parsers::{Act, Parser, Pieces};

#[path = "../support/parsers/mod.rs"]
pub mod parsers;

/// The target of the parser of that name.
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        $crate::libfuzzer_sys::fuzz_target!(|input: &[u8]| $crate::hear($name, input));
    };
}

/// Plays an input to a parser; panics where something does not hold.
pub fn hear(name: &str, input: &[u8]) {
    static PARSER: OnceLock<Box<dyn Parser>> = OnceLock::new();
    let parser = PARSER.get_or_init(|| parsers::named(name));
    parser.plays(&Act::script(input), Pieces(&[1]));
}
