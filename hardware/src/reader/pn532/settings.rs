//! What differs from module to module and from adapter to adapter (hardware.md §3.5, §10).

use std::time::Duration;

/// How a PN532 is spoken to; no module has been measured, so all of it can be set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Zeros sent behind the two bytes 55 that wake the chip, before the first frame (§3.1). They are
    /// the time it has to wake up: 87 µs each.
    pub wake_zeros: u8,
    /// How long a command's acknowledgement may take; an adapter on USB adds up to 20 ms each way.
    pub acknowledged_within: Duration,
    /// How long the answer to a short command may take from its acknowledgement.
    pub answered_within: Duration,
    /// The same for the look-out for cards; it grows with [`Settings::tries_again`].
    pub looked_within: Duration,
    /// How often the chip calls again before it says that there is no card (`MxRtyPassiveActivation`).
    /// 255 would be for ever, and is taken for 254.
    pub tries_again: u8,
    /// The pause between two looks. The field is off meanwhile, which needs 5 ms at least.
    pub rest: Duration,
    /// A card is away when so many looks in a row did not see it; one counts as one.
    pub away_after: u8,
    /// After a command went wrong: what the chip still says within this is not listened to.
    pub drain: Duration,
    /// The same once the chip is held to be down.
    pub drain_when_down: Duration,
    /// What the adapter between adds to each of these waits.
    pub adapter: Duration,
}

impl Default for Settings {
    /// Looks about five times a second; a card is away after half a second.
    fn default() -> Self {
        Self {
            wake_zeros: 14,
            acknowledged_within: Duration::from_millis(200),
            answered_within: Duration::from_millis(500),
            looked_within: Duration::from_millis(500),
            tries_again: 2,
            rest: Duration::from_millis(150),
            away_after: 3,
            drain: Duration::from_millis(50),
            drain_when_down: Duration::from_millis(500),
            adapter: Duration::ZERO,
        }
    }
}
