//! Everything the touch screen's session can want done, in the imperative.

use super::session::{RequestId, TimerId};
use crate::lending::{LendOrder, ReturnOrder};
use crate::people::{Language, PersonId, Presented, ReaderName, Signal};
use std::time::Duration;

/// Something to do. Requests and timers carry an id; an answer to an id that is no longer waited for
/// is ignored.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find out whose card this is, and read what My page shows.
    Identify(RequestId, Presented),
    /// Read what there is to borrow.
    ReadStock(RequestId),
    /// Find out what a scanned or typed code stands for.
    ReadCode(RequestId, String),
    /// Write down a loan.
    Lend(RequestId, Box<LendOrder>),
    /// Write down a return.
    Return(RequestId, Box<ReturnOrder>),
    /// Call somebody from the desk.
    CallDesk,
    /// Remember the language a person chose.
    RememberLanguage(PersonId, Language),
    /// Show this with the lamp and the buzzer of a reader.
    Signal(ReaderName, Signal),
    /// Fire this timer after this long, once.
    StartTimer(TimerId, Duration),
    /// Never fire this timer.
    StopTimer(TimerId),
}
