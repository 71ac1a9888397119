//! Every parser on a line full of noise: no panic, bounded memory, and no more false credentials
//! than its check allows.
//!
//! `cargo test` hears ten million bytes for each parser; `cargo noise` a thousand million, in a
//! table. `LODGE_NOISE_BYTES` sets another number.

#[path = "../support/font.rs"]
mod font;
#[path = "../support/parsers/mod.rs"]
mod parsers;
mod twins;

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use parsers::{Noise, Parser, Tally};
use peak_alloc::PeakAlloc;

/// Counts what this process has allocated, for one test at a time.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A driver, its device, and the piece of noise that is heard: the longest code of a scanner, 17 KiB,
/// as bytes, as text, and with room to grow into. However much is heard.
const MOST_MEMORY: usize = 64 << 10;

/// What came of some noise.
struct Heard {
    tally: Tally,
    /// False credentials that the check allows.
    allowed: f64,
    /// The most bytes that were allocated at one time.
    memory: usize,
    seconds: f64,
}

/// Half of the noise is uniform, half rich in the parser's marks.
fn hear(parser: &dyn Parser, bytes: u64) -> Heard {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut kinds = [Noise::uniform(0x10D6E), parser.rich(0x10D6E)];
    MEMORY.reset_peak_usage();
    let (before, begun) = (MEMORY.current_usage(), Instant::now());
    let tallies = kinds
        .each_mut()
        .map(|noise| parser.hears(noise, bytes.div_ceil(2)));
    let allowed = kinds.iter().zip(&tallies);
    let heard = Heard {
        tally: tallies[0] + tallies[1],
        allowed: allowed
            .map(|(noise, tally)| parser.allows(noise, tally))
            .sum(),
        memory: MEMORY.peak_usage() - before,
        seconds: begun.elapsed().as_secs_f64(),
    };
    check(parser, bytes, &heard);
    heard
}

fn check(parser: &dyn Parser, bytes: u64, heard: &Heard) {
    let (name, tally) = (parser.name(), heard.tally);
    assert!(tally.noise >= bytes, "{name}: {tally:?}");
    let looked_at = tally.frames + tally.rejected;
    assert!(looked_at > bytes / 1_000_000, "{name}: {tally:?}");
    assert!(tally.discarded > bytes / 10, "{name}: {tally:?}");
    assert!(heard.memory < MOST_MEMORY, "{name}: {}", heard.memory);
    // Six standard deviations: once in a thousand million runs, if the calculation is right.
    let most = heard.allowed + 6.0 * heard.allowed.sqrt() + 6.0 * f64::from(heard.allowed > 1e-3);
    assert!(
        tally.credentials as f64 <= most,
        "{name}: {} false credentials, {most:.1} allowed",
        tally.credentials
    );
}

#[test]
fn ten_million_random_bytes_neither_break_a_parser_nor_make_more_than_its_check_allows() {
    for parser in parsers::all() {
        hear(&*parser, 10_000_000);
    }
}

#[test]
#[ignore = "cargo noise: a quarter of an hour"]
fn a_thousand_million_random_bytes() {
    let bytes = std::env::var("LODGE_NOISE_BYTES").map_or(1_000_000_000, |n| n.parse().unwrap());
    println!(
        "{:20} {:>11} {:>10} {:>10} {:>9} {:>9} {:>8} {:>6}  check",
        "parser", "bytes", "believed", "rejected", "false", "allowed", "memory", "MB/s"
    );
    for parser in parsers::all() {
        let heard = hear(&*parser, bytes);
        let tally = heard.tally;
        println!(
            "{:20} {:>11} {:>10} {:>10} {:>9} {:>9.2e} {:>8} {:>6.1}  {}",
            parser.name(),
            tally.noise,
            tally.frames,
            tally.rejected,
            tally.credentials,
            heard.allowed,
            heard.memory,
            tally.noise as f64 / heard.seconds / 1e6,
            parser.check(),
        );
    }
}
