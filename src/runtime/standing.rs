//! Sessions where they stand, for whoever looks on in a tour.

use crate::desk;
use crate::kiosk::session::TimerId;
use crate::kiosk::{House, Session};
use chrono::{DateTime, Utc};

/// A session where it stands: what becomes of it follows from this alone.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its timers, and when each runs out.
    pub timers: Vec<(TimerId, DateTime<Utc>)>,
    /// The house.
    pub house: &'a House,
    /// What time it is.
    pub at: DateTime<Utc>,
}

/// Is shown each session whose view is new.
pub trait Onlooker: Send {
    /// The touch screen's.
    fn kiosk(&self, standing: &Standing<'_>);
    /// The staff window's.
    fn desk(&self, session: &desk::Session, house: &desk::House, at: DateTime<Utc>);
}
