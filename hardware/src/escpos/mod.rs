//! Receipt printers that speak ESC/POS (hardware.md §7).
//!
//! A [`document::Document`] becomes bytes in [`encode`] as the [`profile`] allows: text in the
//! printer's own fonts and [`code_page`]s, drawn where those lack a character; [`code128`] and QR
//! by the printer itself. [`status`] reads what the printer says; [`printer`] prints a document exactly
//! once, or says that it does not know. [`measure`] and [`roll`] count paper; [`test_page`] shows all
//! that a printer can.

mod answers;
pub mod code128;
pub mod code_page;
mod course;
pub mod document;
mod drawn;
pub mod encode;
mod image;
mod inquiry;
mod job;
pub mod measure;
pub mod printer;
pub mod profile;
pub mod roll;
pub mod status;
mod terms;
mod test_page;
mod text;

pub use test_page::test_page;
