//! Every delay of the touch screen by name, with the reason for its length.

use std::time::Duration;

/// The delays of a session. One factor in the settings stretches them all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeouts {
    /// Nobody touches anything: time enough to read a page twice.
    pub idle: Duration,
    /// The countdown that follows, in which one touch keeps the page.
    pub countdown: Duration,
    /// A deed is done: long enough to read the due date, short enough for the next in line.
    pub done: Duration,
    /// A refusal or a number to note down takes longer to read.
    pub note: Duration,
    /// The store answers in milliseconds; past this it has a problem, and waiting is no answer. Only what is
    /// being written down is waited for to its end.
    pub answer: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            idle: Duration::from_secs(45),
            countdown: Duration::from_secs(20),
            done: Duration::from_secs(8),
            note: Duration::from_secs(20),
            answer: Duration::from_secs(10),
        }
    }
}

impl Timeouts {
    /// The same delays for people who need longer. How fast the store answers does not depend on
    /// them.
    pub fn stretched(self, factor: f64) -> Self {
        Timeouts {
            idle: self.idle.mul_f64(factor),
            countdown: self.countdown.mul_f64(factor),
            done: self.done.mul_f64(factor),
            note: self.note.mul_f64(factor),
            answer: self.answer,
        }
    }
}
