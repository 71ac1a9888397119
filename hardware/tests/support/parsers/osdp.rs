//! The rows of OSDP readers.

use lodge_hardware::reader::WiegandCode;
use std::sync::Arc;

use lodge_hardware::reader::osdp::{
    Address, Addressed, Key, OnLine, Osdp, OsdpLine, Seed, Settings,
};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::osdp::{OsdpCommand, OsdpFault, OsdpLineSim, OsdpReader, OsdpSim};

use super::Noise;
use super::readers::{asks, faults, is_presented};
use super::row::{Parser, Row};

const ADDRESS: Address = Address::new(0x65).unwrap();

const SEED: Seed = Seed::given([0xC3; 16]);

fn key() -> Key {
    Key::new([0x5A; 16]).unwrap()
}

/// What a site knows of a reader that it believes in clear text.
fn open(address: Address) -> Settings {
    let mut settings = Settings::keyed(address, key());
    settings.key = None;
    settings.allow_clear_text = true;
    settings
}

/// A reader that knows no Secure Channel.
fn mute(address: Address) -> OsdpReader {
    OsdpReader {
        secure_channel: false,
        ..OsdpReader::new(address)
    }
}

const MARKS: &[u8] = &[
    0x53, 0xE5, 0x08, 0x0E, 0x0F, 0x00, 0x04, 0x50, 0x40, 0x01, 0xFF, 0x02, 0x16, 0x18, 0x1A,
];

fn happens() -> Vec<OsdpCommand> {
    let mut all = faults(OsdpCommand::Fault);
    let troubles = [OsdpFault::WrongMac, OsdpFault::Replay, OsdpFault::Busy];
    all.extend(troubles.map(|trouble| OsdpCommand::Trouble(trouble, true)));
    all.extend(troubles.map(|trouble| OsdpCommand::Trouble(trouble, false)));
    all.extend([
        OsdpCommand::Present(WiegandCode::new(26, 0x39B_49D9).unwrap()),
        OsdpCommand::Present(WiegandCode::new(37, 5).unwrap()),
        OsdpCommand::PresentLong(80),
        OsdpCommand::PresentFormatted,
        OsdpCommand::Press("12#".to_owned()),
        OsdpCommand::Power(false),
        OsdpCommand::Power(true),
        OsdpCommand::Replace(OsdpReader::new(ADDRESS)),
    ]);
    all
}

/// The chance of a packet from the reader with card bits, in clear text.
fn cards(noise: &Noise) -> f64 {
    let head = noise.of([0x53]) * noise.of([0xE5]) * noise.of(8..=255) * noise.of([0x00]);
    // Control bytes without and with a security block, which say whether a sum or a CRC follows.
    let sum = noise.of((0..4).chain(8..12)) * noise.most();
    let crc = noise.of((4..8).chain(12..16)) * noise.most().powi(2);
    head * (sum + crc) * noise.of([0x50])
}

/// OSDP over its Secure Channel.
pub(super) fn secure() -> Box<dyn Parser> {
    Box::new(Row {
        name: "osdp_secure",
        driver: || Osdp::new(Settings::keyed(ADDRESS, key()), SEED),
        device: || OsdpSim::new(OsdpReader::new(ADDRESS).with_key(key())),
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks: MARKS,
        is_credential: is_presented,
        check: "MAC of 32 bits, CRC of 16 or sum of 8",
        allows: |noise, tally| tally.heard as f64 * cards(noise) * 2f64.powi(-32),
    })
}

/// OSDP in clear text, where a site allows that.
pub(super) fn clear() -> Box<dyn Parser> {
    Box::new(Row {
        name: "osdp_clear",
        driver: || Osdp::new(open(ADDRESS), SEED),
        device: || OsdpSim::new(mute(ADDRESS)),
        muzzle: Vec::new,
        before: Vec::new,
        asks,
        happens,
        marks: MARKS,
        is_credential: is_presented,
        check: "CRC of 16 bits, or sum of 8",
        allows: |noise, tally| tally.heard as f64 * cards(noise),
    })
}

/// Three readers of one line: two with the key, between them one in clear text.
const LINE: [Address; 3] = [
    Address::new(0).unwrap(),
    Address::new(0x01).unwrap(),
    ADDRESS,
];

/// To each reader of the line.
fn each<T: Clone>(all: &[T]) -> Vec<Addressed<T>> {
    let to = |address| {
        let all = all.iter().cloned();
        all.map(move |what| Addressed { address, what })
    };
    LINE.into_iter().flat_map(to).collect()
}

/// What can happen at any of them: a script has numbers for no more than 32 things.
fn happens_on_line() -> Vec<Addressed<OsdpCommand>> {
    let spoilt = [
        LineFault::HalfFrame,
        LineFault::WrongChecksum,
        LineFault::WrongOrder,
    ];
    let mut all = vec![
        OsdpCommand::Present(WiegandCode::new(26, 0x39B_49D9).unwrap()),
        OsdpCommand::Power(false),
        OsdpCommand::Power(true),
    ];
    all.extend(spoilt.map(|fault| OsdpCommand::Fault(fault, true)));
    all.extend(spoilt.map(|fault| OsdpCommand::Fault(fault, false)));
    each(&all)
}

/// Readers that share a line: whoever was spoken to is heard, and nobody else.
pub(super) fn line() -> Box<dyn Parser> {
    Box::new(Row {
        name: "osdp_line",
        driver: || {
            let keyed = |address| Settings::keyed(address, key());
            let readers = [keyed(LINE[0]), open(LINE[1]), keyed(LINE[2])];
            let readers = readers.map(|settings| OnLine {
                settings,
                seed: SEED,
                frames: Arc::default(),
            });
            OsdpLine::new(readers).unwrap()
        },
        device: || {
            let keyed = |address| OsdpReader::new(address).with_key(key());
            OsdpLineSim::new([keyed(LINE[0]), mute(LINE[1]), keyed(LINE[2])])
        },
        muzzle: Vec::new,
        before: Vec::new,
        asks: || each(&asks()),
        happens: happens_on_line,
        marks: MARKS,
        is_credential: |told| is_presented(&told.what),
        check: "as above, by reader",
        // As if all of it were heard by the one in clear text.
        allows: |noise, tally| tally.heard as f64 * cards(noise),
    })
}
