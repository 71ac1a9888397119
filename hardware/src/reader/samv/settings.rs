//! What differs from module to module, and what the owner chooses.

use std::time::Duration;

/// Finding cards more often than this upsets modules (hardware.md §4.3).
pub const FASTEST_POLL: Duration = Duration::from_millis(300);

/// How to speak to a module and how far to trust what is less well known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Bits a second of the line, for time-outs. Modules are delivered with 115200; they can be set
    /// to 57600, 38400, 19200 and 9600 (§4.1).
    pub baud: u32,
    /// How often a card is looked for; never more often than [`FASTEST_POLL`].
    pub poll: Duration,
    /// Reads with the command that also fetches fingerprints, which are skipped: it takes a second
    /// longer and tells nothing more. A module that does not know it is asked with the common one.
    pub with_fingerprint: bool,
    /// Asks for the address written into the chip after the card was printed. One more exchange.
    pub latest_address: bool,
    /// The largest radio frame, set at opening where the module's maker says so (50 in §4.1).
    pub radio_frame: Option<u8>,
    /// Reads foreigners' cards of 2023, whose layout one source has (§4.4 "Y"). Without it they are
    /// [`NotThisKind`](crate::reader::NotRead::NotThisKind).
    pub foreigners_2023: bool,
    /// Refuses permits of Hong Kong, Macao and Taiwan residents whose numbers do not begin with
    /// 810000, 820000 or 830000 (§4.5, unverified).
    pub permit_beginnings: bool,
    /// What the adapter between adds to the wait for every answer.
    pub adapter: Duration,
}

impl Default for Settings {
    /// A module as delivered; nothing that is not needed, nothing unverified enforced.
    fn default() -> Self {
        Self {
            baud: 115_200,
            poll: FASTEST_POLL,
            with_fingerprint: false,
            latest_address: false,
            radio_frame: None,
            foreigners_2023: true,
            permit_beginnings: false,
            adapter: Duration::ZERO,
        }
    }
}
