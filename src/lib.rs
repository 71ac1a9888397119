//! Lodge: the porters' lodge of an office building on a touch screen.
//!
//! The modules in reading order. The pure ones do no I/O, read no clock, start no thread and log
//! nothing; `tests/architecture.rs` holds who may import whom.
//!
//! | module | what | may import |
//! |---|---|---|
//! | `pinyin` | how characters and surnames are read | nothing |
//! | `ids` | identifiers: UUIDv7 newtypes | nothing |
//! | `building`, `equipment`, `people`, `words`, `slips`, `matters` | nouns, translation files, paper as lines, what is open | each other, `ids`, `pinyin` |
//! | `typing` | the touch keyboard: letters become Chinese | `pinyin` |
//! | `lending`, `visits`, `keys`, `mail` | one service each: nouns, rules, flow, slip | those nouns; `visits` also `pinyin`, `typing` |
//! | `kiosk` | the session machine of the touch screen | all above |
//! | `desk` | the session machine of the staff window | all above; of the kiosk its events |
//! | `store` | SQLite: journal first, then state | all above |
//! | `devices` | opens, watches and reopens ports; the printer | config, equipment, people, slips, `kiosk::event` |
//! | `screen` | shows a view, says what was touched | `kiosk`'s view and events, words |
//! | `config` | lodge.toml | nouns, the delays |
//! | `runtime` | receives, steps, publishes, performs | config, kiosk, store, devices |
//! | `assembly` | books, session, devices and screen put together | config, runtime, screen, store |
//! | `commands` | doctor, journal, verify and the others that open no window | config, store, devices |
//! | `crash` | the log, and the file a bug leaves behind | nothing |
//! | `bench` | trial, dock, tour, sim, simulate: the program with simulated devices | assembly and all of the above |

mod ids;

pub mod pinyin;

pub mod building;
pub mod equipment;
pub mod matters;
pub mod people;
pub mod slips;
pub mod typing;
pub mod words;

pub mod keys;
pub mod lending;
pub mod mail;
pub mod visits;

pub mod desk;
pub mod kiosk;

pub mod config;
pub mod devices;
pub mod screen;
pub mod store;

pub mod assembly;
pub mod commands;
pub mod crash;
pub mod runtime;

#[cfg(feature = "bench")]
pub mod bench;
