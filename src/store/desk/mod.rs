//! What the desk reads and does: facts for its rooms, what a search finds, and orders in somebody's name.

mod about;
mod calls;
mod candidates;
mod closed;
mod facts;
mod key_past;
mod key_register;
mod lending;
mod lists;
mod mail_gone;
mod moving;
mod orders;
mod pack;
mod reading;
mod reprint;
mod scanning;
mod search;
mod serving;
mod signature;
mod sought;
