//! The touch keyboard: keys go in, text comes out; letters become Chinese on the way.
//!
//! `purpose` says what a field is for and what it takes, `keys` what stands on the keys, `choices`
//! which characters a run of letters can be, `code` which one a code stands for, and `field` is the
//! state of it all.

mod choices;
mod code;
mod field;
mod keys;
mod purpose;

#[cfg(test)]
mod tests;

pub use choices::Choice;
pub use field::{Field, Press};
pub use keys::Mode;
pub use purpose::Purpose;
