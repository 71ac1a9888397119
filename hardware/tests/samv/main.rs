//! Readers of Chinese identity documents (hardware.md §4): the driver, the simulated module, and the
//! two joined in memory and over a terminal.

mod bench;
mod bytes;
mod cards;
mod documents;
mod faults;
#[path = "../support/hearing.rs"]
mod hearing;
mod layouts;
mod outcomes;
mod readings;
mod streams;
mod terminal;
