//! `cargo bench`: every goal beside its figure, measured here and now.
//!
//! Ratios are taken from runs that alternate, so that a noisy machine is noisy for both sides.

#[path = "../support/mod.rs"]
mod support;

mod durable;
mod spread;
mod table;

use table::Table;

fn main() {
    // `cargo test --benches` only asks whether this still starts.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let mut table = Table::new();
    durable::measure(&mut table);
    table.print();
}
