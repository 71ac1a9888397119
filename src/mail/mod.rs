//! Mail 邮件: what comes for whom, where it waits, who gets it, and what goes back to the post.
//!
//! `mod`, `kind`, `item`, `pick_up`, `desk` have the nouns, `terms` what a house may set, `code` the
//! pick-up code, `rules` what is allowed, `clock` what is due when, `daily` when a round presses, `flow` the
//! screens in between, `slip` the papers.

mod clock;
mod code;
pub mod daily;
pub mod desk;
pub mod flow;
mod item;
mod kind;
mod pick_up;
mod record;
pub mod rules;
pub mod slip;
mod terms;

pub use clock::{due_matters, held_until, is_overdue, reminder_due, special_late_since};
pub use code::{CODE_DIGITS, CodeTries, PickUpCode};
pub use item::{Addressee, Item, MailState, Recipient, RecipientName, Waiting, Whose};
pub use kind::MailKind;
pub use pick_up::{
    Authority, AuthorityLine, AuthorityOrder, AuthorityRefusal, Colleague, Collector, Covers,
    Lasts, Offer, OnTheGlass, PickUpOrder, PickUpReceipt, PickUpRefusal, Piece, Withheld,
    WithheldPiece,
};
pub use record::{Collected, PickUpWay, Record};
pub use terms::Terms;

use crate::ids::id;

id!(
    /// One item of mail.
    MailId
);
id!(
    /// Mail taken in together by one person at the desk.
    BatchId
);
id!(
    /// One handing out of mail.
    PickUpId
);
id!(
    /// One permission to collect for somebody else.
    AuthorityId
);
id!(
    /// One delivery round through the house.
    RoundId
);
id!(
    /// One item's way back to the post office.
    ReturnId
);
