//! The rows of scanners. What stands for a false credential is a code that nobody scanned.

use lodge_hardware::scanner::{Ask, Family, Refusal, Scanner, Settings, SsiForm, Tell};
use lodge_hardware::sim::scanner::triggered::{TriggeredCommand, TriggeredSim};
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};

use super::readers::faults;
use super::row::{Parser, Row};
use super::{Act, Noise, Tally};

/// What codes that come as text are protected by.
const UNCHECKED: &str = "none: text and an end mark, or a pause";

fn is_code(tell: &Tell) -> bool {
    matches!(tell, Tell::Code(_))
}

fn asks() -> Vec<Ask> {
    vec![Ask::StartReading, Ask::StopReading]
}

/// Any text is a code: as many as there are end marks and pauses, and as replies cut a code short.
fn any_text(noise: &Noise, tally: &Tally) -> f64 {
    tally.heard as f64 * noise.of(*b"\r\n") + tally.pauses as f64 + tally.frames as f64
}

/// Scanners that send a line a code.
pub(super) fn line() -> Box<dyn Parser> {
    let happens = || {
        let mut all = faults(ScannerCommand::Fault);
        all.extend([
            ScannerCommand::Scan("L1:A-1123-0042".to_owned()),
            ScannerCommand::Scan("]Q1伞-7".to_owned()),
            ScannerCommand::ScanUnended("SF1234567890".to_owned()),
            ScannerCommand::Raw(b"\xC9\xA1-8\r\n".to_vec()),
            ScannerCommand::Garbage(20),
        ]);
        all
    };
    Box::new(Row {
        name: "line_scanner",
        driver: Scanner::new,
        device: ScannerSim::new,
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks: b"\r\nA-019]Q1\xC9\xA1\xE4\xBC\x9E ",
        is_credential: is_code,
        check: UNCHECKED,
        allows: any_text,
    })
}

fn triggered(
    name: &'static str,
    driver: fn() -> Scanner,
    device: fn() -> TriggeredSim,
    marks: &'static [u8],
    check: &'static str,
    allows: fn(&Noise, &Tally) -> f64,
) -> Box<dyn Parser> {
    let happens = || {
        let mut all = faults(TriggeredCommand::Fault);
        all.extend([
            TriggeredCommand::Show(Some("A-1123-0042".to_owned())),
            TriggeredCommand::Show(Some("伞-7 ".repeat(80))),
            TriggeredCommand::Show(None),
            TriggeredCommand::Refuse(Some(Refusal::BadValue)),
            TriggeredCommand::Refuse(None),
            TriggeredCommand::Restart,
            TriggeredCommand::Garbage(20),
        ]);
        all
    };
    Box::new(Row {
        name,
        driver,
        device,
        muzzle: Vec::new,
        // It is set up, and told to read.
        before: || vec![Act::Talk(4), Act::Ask(0)],
        asks,
        happens,
        marks,
        is_credential: is_code,
        check,
        allows,
    })
}

/// Honeywell, HHP and Datalogic.
pub(super) fn honeywell() -> Box<dyn Parser> {
    triggered(
        "honeywell",
        || Scanner::with(Settings::commanded(Family::Honeywell)),
        || TriggeredSim::new(Family::Honeywell),
        b"TRGMOD0\x06\x05\x15!\r",
        UNCHECKED,
        any_text,
    )
}

/// Newland.
pub(super) fn newland() -> Box<dyn Parser> {
    triggered(
        "newland",
        || Scanner::with(Settings::commanded(Family::Newland)),
        || TriggeredSim::new(Family::Newland),
        b"\x02\x010000#SCNMOD0TRG1\x06\x05\x15;\x03\r",
        UNCHECKED,
        any_text,
    )
}

/// Zebra, codes as text.
pub(super) fn zebra_raw() -> Box<dyn Parser> {
    triggered(
        "zebra_raw",
        || Scanner::with(Settings::commanded(Family::Zebra(SsiForm::Raw))),
        || TriggeredSim::new(Family::Zebra(SsiForm::Raw)),
        b"\x04\x05\xD0\xD1\x00\x01\x06\xFF\x2C\x24\r7A",
        UNCHECKED,
        any_text,
    )
}

/// Zebra, codes in packets.
pub(super) fn zebra_packets() -> Box<dyn Parser> {
    triggered(
        "zebra_packets",
        || Scanner::with(Settings::commanded(Family::Zebra(SsiForm::Packets))),
        || TriggeredSim::new(Family::Zebra(SsiForm::Packets)),
        b"\x04\x05\x06\x07\xD0\xD1\xF3\xF6\x00\x00\x01\x02\x03AB\xFE\xFF\xC3",
        "sum of 16 bits",
        |noise, tally| {
            let head = noise.of([0xF3]) * noise.of([0x00]);
            // Length, text of that length without control characters, and the two bytes of the sum,
            // the first of which is one of few.
            let text = noise.of((0x20..=0x7E).chain(0x80..=0xFE).chain(*b"\r\n"));
            let lengths = (6..=255u8).map(|n| noise.of([n]) * text.powi(i32::from(n) - 5));
            let check = noise.most_of(0xF0..=0xFF) * noise.most();
            tally.heard as f64 * head * lengths.sum::<f64>() * check
        },
    )
}

/// Grow GM6x.
pub(super) fn grow() -> Box<dyn Parser> {
    triggered(
        "grow",
        || Scanner::with(Settings::commanded(Family::Grow)),
        || TriggeredSim::new(Family::Grow),
        b"\x02\x00\x00\x01\x00\x03\x33\x31\x6A\x61\r7A",
        UNCHECKED,
        any_text,
    )
}
