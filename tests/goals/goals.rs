//! `cargo bench`: every goal beside its figure, measured here and now.
//!
//! Ratios are taken from runs that alternate, so that a noisy machine is noisy for both sides.

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/real_kiosk.rs"]
mod real_kiosk;

mod durable;
mod memory;
mod spread;
mod table;
mod window;
mod wire;

use table::Table;

fn main() {
    // `cargo bench` says so; `cargo test --all-targets` only asks whether this still starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut table = Table::new();
    durable::measure(&mut table);
    wire::measure(&mut table);
    window::measure(&mut table);
    memory::measure(&mut table);
    table.print();
}

/// The program as this profile builds it.
fn program() -> std::path::PathBuf {
    env!("CARGO_BIN_EXE_lodge").into()
}
