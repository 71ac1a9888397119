//! The rows of Wiegand converters: one without a check in each radix, one with parity.

use lodge_hardware::reader::WiegandCode;
use lodge_hardware::reader::wiegand::{Converter, End, Layout, Radix, SAME_CARD, Settings, Wire};
use lodge_hardware::sim::wiegand::{WiegandCommand, WiegandSim};

use super::readers::{asks, faults, is_presented};
use super::row::{Parser, Row};
use super::{Noise, Tally};

const PARITY: Settings = Settings {
    radix: Radix::Hexadecimal,
    digits: 7,
    end: End::Lf,
    wire: Wire::Whole(Layout::H10301),
    keep: None,
    same_card: SAME_CARD,
    adapter: std::time::Duration::ZERO,
};

/// The chance of a byte to be a hexadecimal digit, large or small.
fn digit(noise: &Noise) -> f64 {
    noise.of(*b"0123456789ABCDEFabcdef")
}

/// How often digits may begin: behind an end mark, or a pause.
fn begins(noise: &Noise, tally: &Tally, end: u8) -> f64 {
    tally.heard as f64 * noise.of([end]) + tally.pauses as f64
}

fn row(
    name: &'static str,
    driver: fn() -> Converter,
    device: fn() -> WiegandSim,
    happens: fn() -> Vec<WiegandCommand>,
    marks: &'static [u8],
    check: &'static str,
    allows: fn(&Noise, &Tally) -> f64,
) -> Box<dyn Parser> {
    Box::new(Row {
        name,
        driver,
        device,
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks,
        is_credential: is_presented,
        check,
        allows,
    })
}

fn happens(bits: u8) -> Vec<WiegandCommand> {
    let mut all = faults(WiegandCommand::Fault);
    let card = |value| WiegandCode::new(bits, value).unwrap();
    all.extend([
        WiegandCommand::Hold(card(0x39B_49D9), 2),
        WiegandCommand::Hold(card(7), 1),
        WiegandCommand::Key(5),
        WiegandCommand::Garbage(20),
    ]);
    all
}

/// Six hexadecimal digits and CR.
pub(super) fn hexadecimal() -> Box<dyn Parser> {
    row(
        "wiegand_hexadecimal",
        || Converter::new(Settings::wie232()),
        || WiegandSim::new(Settings::wie232()),
        || happens(24),
        b"\r0123456789ABCDEF",
        "none: six digits and CR",
        |noise, tally| begins(noise, tally, b'\r') * digit(noise).powi(6) * noise.of([b'\r']),
    )
}

/// Ten decimal digits, CR and LF.
pub(super) fn decimal() -> Box<dyn Parser> {
    row(
        "wiegand_decimal",
        || Converter::new(Settings::s4a()),
        || WiegandSim::new(Settings::s4a()),
        || happens(32),
        b"\r\n0123456789",
        "none: ten digits, CR and LF",
        |noise, tally| {
            let end = noise.of([b'\r']) * noise.of([b'\n']);
            // Ten digits can say more than 32 bits.
            let fits = 2f64.powi(32) / 1e10;
            begins(noise, tally, b'\n') * noise.of(*b"0123456789").powi(10) * fits * end
        },
    )
}

/// All 26 bits, parity among them.
pub(super) fn parity() -> Box<dyn Parser> {
    row(
        "wiegand_parity",
        || Converter::new(PARITY),
        || WiegandSim::new(PARITY),
        || happens(26),
        b"\n0123456789ABCDEF",
        "two bits of parity",
        |noise, tally| {
            let digits = noise.of(*b"0123") * digit(noise).powi(6);
            begins(noise, tally, b'\n') * digits / 4.0 * noise.of([b'\n'])
        },
    )
}
