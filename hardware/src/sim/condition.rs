//! How a printer is, and how it says so (hardware.md §7.4).

use super::said::Said;

/// Dots left when the near-end sensor speaks: about a metre.
const NEAR_END: u32 = 8_000;
/// A full roll: 50 m.
const ROLL: u32 = 400_000;

/// The roll, the cover, the cutter and the panel.
pub(crate) struct Condition {
    /// Dots left on the roll.
    pub(crate) paper: u32,
    pub(crate) paper_out: bool,
    pub(crate) cover_open: bool,
    pub(crate) jammed: bool,
    pub(crate) cutter_error: bool,
    pub(crate) off_at_panel: bool,
    asb_on: bool,
    /// What automatic status has said last.
    asb: Option<[u8; 4]>,
}

impl Condition {
    pub(crate) fn healthy() -> Self {
        Self {
            paper: ROLL,
            paper_out: false,
            cover_open: false,
            jammed: false,
            cutter_error: false,
            off_at_panel: false,
            asb_on: false,
            asb: None,
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.paper_out || self.cover_open || self.cutter_error || self.off_at_panel
    }

    /// GS a.
    pub(crate) fn automatic(&mut self, on: bool) {
        (self.asb_on, self.asb) = (on, None);
    }

    /// Feeds so many dots, where there are so many.
    pub(crate) fn feed(&mut self, dots: u32) -> bool {
        if self.paper < dots {
            self.paper_out = true;
            return false;
        }
        self.paper -= dots;
        true
    }

    fn is_near_end(&self) -> bool {
        self.paper < NEAR_END
    }

    /// The answer to GS r 1.
    pub(crate) fn paper_bits(&self) -> u8 {
        let near = if self.is_near_end() { 0x03 } else { 0 };
        near | if self.paper_out { 0x0C } else { 0 }
    }

    /// The answer to DLE EOT n.
    pub(crate) fn real_time(&self, n: u8) -> u8 {
        0x12 | match n {
            1 => bit(self.is_stopped(), 0x08),
            2 => {
                let error = bit(self.cutter_error, 0x40);
                bit(self.cover_open, 0x04) | bit(self.paper_out, 0x20) | error
            }
            3 => bit(self.cutter_error, 0x08),
            _ => bit(self.is_near_end(), 0x0C) | bit(self.paper_out, 0x60),
        }
    }

    /// The automatic status, when it is on and has changed.
    pub(crate) fn report(&mut self) -> Option<Said> {
        let status = [
            0x10 | bit(self.is_stopped(), 0x08) | bit(self.cover_open, 0x20),
            bit(self.cutter_error, 0x08),
            self.paper_bits(),
            0,
        ];
        let is_news = self.asb_on && self.asb.replace(status) != Some(status);
        is_news.then_some(Said::Asb(status))
    }
}

fn bit(set: bool, bit: u8) -> u8 {
    if set { bit } else { 0 }
}
