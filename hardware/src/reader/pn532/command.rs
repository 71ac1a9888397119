//! What is asked of a PN532 (hardware.md §3.3).

use std::time::Duration;

use super::frame::{Speaker, information};
use super::settings::Settings;

/// The commands in use, in the order in which a module is set up and asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Command {
    /// Use no security module; the only way out of the state after power-up.
    SamConfiguration,
    GetFirmwareVersion,
    /// How often to look for a card before giving up.
    MaxRetries,
    /// Ask cards that speak ISO 14443-4 for their ATS.
    SetParameters,
    /// Take the field away from all cards.
    FieldOff,
    /// Look for two cards of type A.
    InListPassiveTarget,
    /// Forget the cards found.
    InRelease,
}

impl Command {
    /// Its code; the answer's is one more.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::SamConfiguration => 0x14,
            Self::GetFirmwareVersion => 0x02,
            Self::MaxRetries | Self::FieldOff => 0x32,
            Self::SetParameters => 0x12,
            Self::InListPassiveTarget => 0x4A,
            Self::InRelease => 0x52,
        }
    }

    /// How long the chip may work on it.
    pub(super) fn answered_within(self, settings: &Settings) -> Duration {
        let chip = match self {
            Self::InListPassiveTarget => settings.looked_within,
            _ => settings.answered_within,
        };
        chip + settings.adapter
    }

    /// What is written for it.
    pub(super) fn bytes(self, settings: &Settings) -> Vec<u8> {
        let retries = [0x05, 0xFF, 0x01, settings.tries_again.min(0xFE)];
        let parameters: &[u8] = match self {
            Self::SamConfiguration => &[0x01],
            Self::GetFirmwareVersion => &[],
            Self::MaxRetries => &retries,
            Self::SetParameters => &[0x14],
            Self::FieldOff => &[0x01, 0x00],
            Self::InListPassiveTarget => &[0x02, 0x00],
            Self::InRelease => &[0x00],
        };
        let frame = information(Speaker::Host, &[&[self.code()], parameters].concat());
        if self != Self::SamConfiguration {
            return frame;
        }
        // The last two zeros are the frame's own: its preamble and half of its start code.
        let zeros = usize::from(settings.wake_zeros.saturating_sub(2));
        [&[0x55, 0x55], &vec![0; zeros][..], &frame].concat()
    }
}
