//! Half a job that a printer was left with.

use std::cell::Cell;

/// Whether half a job may still be in the printer, which is filled up when its line opens.
pub(in crate::devices) struct Torso {
    may_be: Cell<bool>,
    /// The line that is open now began by filling it up, and the printer has not answered since.
    filling_up: Cell<bool>,
}

impl Torso {
    /// There may be one from an earlier run of the program.
    pub fn new(may_be: bool) -> Self {
        Torso {
            may_be: Cell::new(may_be),
            filling_up: Cell::new(false),
        }
    }

    /// A line opens: whether it begins by filling up what may be there.
    pub fn is_filled_up_now(&self) -> bool {
        self.filling_up.set(self.may_be.get());
        self.may_be.get()
    }

    /// The printer said how it is. What was sent before has reached it then; on a line that comes and
    /// goes that may take some openings.
    pub fn answered(&self) {
        if self.filling_up.take() {
            self.may_be.set(false);
        }
    }

    /// A later job came out whole: nothing of an earlier one is waited for.
    pub fn printed(&self) {
        self.filling_up.set(false);
        self.may_be.set(false);
    }

    /// A job was left in the middle.
    pub fn left(&self) {
        self.filling_up.set(false);
        self.may_be.set(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_slip_is_filled_up_again_until_the_printer_answers() {
        let torso = Torso::new(true);
        // A line that comes and goes: what was to fill it up never arrived.
        assert!(torso.is_filled_up_now());
        assert!(torso.is_filled_up_now());
        torso.answered();
        assert!(!torso.is_filled_up_now());
        // One left in the middle of this line is filled up on the next; the answers to this one say nothing.
        torso.left();
        torso.answered();
        assert!(torso.is_filled_up_now());
        // Over the same line it was filled up at once, and the next came out whole.
        torso.left();
        torso.printed();
        assert!(!torso.is_filled_up_now());
    }
}
