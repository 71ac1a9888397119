//! Pinyin: how characters and surnames are read, and how a run of letters falls into syllables.
//!
//! Readings have no tones; `v` stands for ü. The tables are ours; `tables/SOURCES.md` says from what
//! they were computed.

mod readings;
mod surnames;
mod syllables;

pub use readings::{
    Syllable, common_rank, given_rank, is_chinese, of_syllable, readings, starting_with,
};
pub use surnames::{Surname, surname_length, surname_readings, surnames};
pub use syllables::{Head, Split, heads, splits, syllable, word};
