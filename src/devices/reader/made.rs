//! What the settings say of a reader beside its make, in the words of its driver.

use crate::config::makes::{self, End, Makes, Radix};
use crate::config::{Check, Device};
use lodge_hardware::reader::wiegand::{self, Layout, Wire};
use lodge_hardware::reader::{em4100, osdp, pn532, samv};
use std::time::Duration;

/// How the EM4100 reader of these settings is listened to.
pub fn em4100(spec: &Device) -> em4100::Settings {
    match &spec.makes {
        Makes::Em4100(said) => em4100::Settings {
            silence: said.silence,
            adapter: spec.adapter,
        },
        _ => em4100::Settings::default(),
    }
}

/// How the PN532 of these settings is spoken to.
pub fn pn532(spec: &Device) -> pn532::Settings {
    let usual = pn532::Settings::default();
    let Makes::Pn532(said) = &spec.makes else {
        return usual;
    };
    pn532::Settings {
        wake_zeros: said.wake_zeros,
        tries_again: said.calls_again,
        looked_within: looked_within(&usual, said.calls_again),
        acknowledged_within: said.acknowledged_within,
        adapter: spec.adapter,
        ..usual
    }
}

/// How long the chip may look for cards: half a second where it calls three times in all (hardware.md
/// §3.5), and longer where it calls more often, or it would count as silent while it still calls.
fn looked_within(usual: &pn532::Settings, calls_again: u8) -> Duration {
    let more = u32::from(calls_again.saturating_sub(usual.tries_again));
    usual.looked_within + usual.looked_within * more / (u32::from(usual.tries_again) + 1)
}

/// How the module of these settings is spoken to, and how far it is trusted.
pub fn samv(spec: &Device) -> samv::Settings {
    let usual = samv::Settings {
        baud: spec.baud,
        ..samv::Settings::default()
    };
    let Makes::SamV(said) = &spec.makes else {
        return usual;
    };
    samv::Settings {
        foreigners_2023: said.foreigners_2023,
        permit_beginnings: said.permit_beginnings,
        radio_frame: said.radio_frame,
        adapter: spec.adapter,
        ..usual
    }
}

/// How packets to an OSDP reader are checked.
pub fn check(said: Check) -> osdp::Check {
    match said {
        Check::Crc => osdp::Check::Crc,
        Check::Sum => osdp::Check::Sum,
    }
}

/// How the converter of these settings writes a card.
pub fn converter(spec: &Device) -> wiegand::Settings {
    let named = spec.profile.as_deref().and_then(wiegand::Settings::named);
    let usual = named.unwrap_or_else(wiegand::Settings::wie232);
    let Makes::Converter(said) = &spec.makes else {
        return usual;
    };
    wiegand::Settings {
        radix: match said.radix {
            Some(Radix::Hexadecimal) => wiegand::Radix::Hexadecimal,
            Some(Radix::Decimal) => wiegand::Radix::Decimal,
            None => usual.radix,
        },
        digits: said.digits.unwrap_or(usual.digits),
        end: match said.end {
            Some(End::Cr) => wiegand::End::Cr,
            Some(End::Lf) => wiegand::End::Lf,
            Some(End::CrLf) => wiegand::End::CrLf,
            Some(End::Pause) => wiegand::End::Pause,
            // The settings take no other mark for a converter.
            Some(End::Line) | None => usual.end,
        },
        wire: wire(said, usual.wire),
        keep: said.keep_bits.or(usual.keep),
        adapter: spec.adapter,
        ..usual
    }
}

/// What bits it passes on; the settings name a length with known parity where parity is among them.
fn wire(said: &makes::Converter, usual: Wire) -> Wire {
    let bits = said.wire_bits.unwrap_or(usual.bits());
    match (said.with_parity, bits) {
        (true, 26) => Wire::Whole(Layout::H10301),
        (true, 34) => Wire::Whole(Layout::H10306),
        // The two formats of 37 bits have the same parity.
        (true, 37) => Wire::Whole(Layout::H10304),
        (_, bits) => Wire::Number(bits),
    }
}
