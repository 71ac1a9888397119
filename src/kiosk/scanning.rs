//! When scanners that read on command are told to read.
//!
//! A code means something on every page, so they read from the first touch, or card, of somebody until
//! that person is done. On the untouched home page they are dark; a scanner that is to read there too
//! reads by itself.

use super::effect::Effect;
use super::session::TimerId;
use super::turn::Turn;
use std::time::Duration;

/// A scanner stops by itself after a while, which no make says: Newland's after 3 s, others after 5 s or
/// more. So often it is told to read on.
const READ_ON: Duration = Duration::from_secs(3);

impl Turn<'_> {
    /// Has the scanners read on, or stop, as the page that this step led to wants it. A scanner that has
    /// read a code has stopped.
    pub fn see_to_scanners(&mut self, has_read: bool) {
        if !self.house.codes_on_command {
            return;
        }
        let wanted = !self.session.is_untouched() && self.session.around.closed_by().is_none();
        match self.session.reading {
            Some(_) if wanted && !has_read => {}
            Some(timer) => {
                self.effects.push(Effect::StopTimer(timer));
                self.session.reading = None;
                match wanted {
                    true => self.read_on(),
                    false => self.effects.push(Effect::ReadCodes(false)),
                }
            }
            None if wanted => self.read_on(),
            None => {}
        }
    }

    /// Whether this is the timer after which scanners are told to read on.
    pub fn is_time_to_read_on(&mut self, timer: TimerId) -> bool {
        self.session
            .reading
            .take_if(|runs| *runs == timer)
            .is_some()
    }

    fn read_on(&mut self) {
        self.effects.push(Effect::ReadCodes(true));
        self.session.reading = Some(self.start_timer(READ_ON));
    }
}
