//! What people see of Lodge: the screens in `.slint`, compiled; looks and layout, no rules, no words.

#[cfg(feature = "headless")]
pub mod headless;

#[allow(
    missing_docs,
    reason = "the code is generated; the .slint files say what everything is"
)]
mod generated {
    slint::include_modules!();
}

pub use generated::*;
pub use slint;

/// The regular weight of the shipped font, for printers without Chinese and for pictures of paper.
pub const FONT: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.ttf");
