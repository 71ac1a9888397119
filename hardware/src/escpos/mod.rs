//! Receipt printers that speak ESC/POS (hardware.md §7).
//!
//! A [`document::Document`] becomes bytes in [`encode`] as the [`profile`] allows; [`status`] reads
//! what the printer says; [`printer`] prints a document exactly once, or says that it does not know.

mod course;
pub mod document;
pub mod encode;
mod inquiry;
mod job;
pub mod printer;
pub mod profile;
pub mod status;
mod terms;
