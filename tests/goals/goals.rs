//! `cargo bench`: every goal beside its figure, measured here and now; `cargo bench -- M1 M4` only
//! these.
//!
//! Ratios are taken from runs that alternate, so that a noisy machine is noisy for both sides.

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/real_kiosk.rs"]
mod real_kiosk;

mod desk;
mod durable;
mod memory;
mod past;
mod spread;
mod table;
mod window;
mod wire;

use table::Table;

/// Measures some goals and writes them into the table.
type Measure = fn(&mut Table);

fn main() {
    // `cargo bench` says so; `cargo test --all-targets` only asks whether this still starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let wanted: Vec<String> = std::env::args()
        .filter(|word| word.starts_with('M') || word == "UX")
        .collect();
    let mut table = Table::new();
    let goals: [(&str, Measure); 5] = [
        ("M1", durable::measure),
        ("M4", wire::measure),
        ("M5 M7 M8", window::measure),
        ("M6", memory::measure),
        ("UX", desk::measure),
    ];
    for (ids, measure) in goals {
        if wanted.is_empty()
            || ids
                .split(' ')
                .any(|id| wanted.iter().any(|word| word == id))
        {
            measure(&mut table);
        }
    }
    table.print(wanted.is_empty());
}

/// The program as this profile builds it.
fn program() -> std::path::PathBuf {
    env!("CARGO_BIN_EXE_lodge").into()
}
