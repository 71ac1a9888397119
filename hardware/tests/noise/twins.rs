//! The twins hear other people's programs, and so anything: halves of commands, numbers too large, noise.
//! None panics or takes memory without end, and what comes out of a printer can be looked at.

use std::time::Duration;

use lodge_hardware::clock::Moment;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::label::profile::Profile as LabelProfile;
use lodge_hardware::label::{Mm, Stock};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::pair;
use lodge_hardware::reader::osdp::Address;
use lodge_hardware::scanner::Family;
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::label::LabelSim;
use lodge_hardware::sim::osdp::{OsdpReader, OsdpSim};
use lodge_hardware::sim::pn532::Pn532Sim;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterSim};
use lodge_hardware::sim::samv::SamvSim;
use lodge_hardware::sim::scanner::triggered::TriggeredSim;

use super::font::font;
use super::parsers::Noise;
use super::{MEMORY, ONE_AT_A_TIME};

/// Bytes that each twin hears.
const BYTES: usize = 100_000;
/// What a printer may take for pictures and labels that wait.
const MOST_MEMORY: usize = 64 << 20;
const BAUD: u32 = 115_200;

/// Pieces of commands in any order, with numbers of every size and bytes that are no command between.
fn babble(noise: &mut Noise, words: &[&str], length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while bytes.len() < length {
        match noise.below(8) {
            0 => bytes.push((noise.bits() >> 32) as u8),
            1 => {
                let digits = noise.below(11) as u32;
                bytes.extend(noise.below(10u64.pow(digits)).to_string().bytes());
            }
            _ => {
                let word = noise.below(words.len() as u64) as usize;
                bytes.extend(words[word].chars().map(|c| c as u8));
            }
        }
    }
    bytes
}

/// Lets a twin hear it all, at the pace of its line; `look` sees what came out, from time to time.
fn hears<S: Simulator>(name: &str, mut twin: S, words: &[&str], mut look: impl FnMut(&mut S)) {
    let _turn = ONE_AT_A_TIME
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let (mut near, mut far, _line) = pair();
    let mut noise = Noise::uniform(0x70C5);
    let mut now = Moment::from_micros(1_000_000);
    let mut answers = [0; 4096];
    for round in 0..BYTES / 500 {
        near.write(&babble(&mut noise, words, 500))
            .expect("the line is up");
        // Longer than the bytes take, so that labels move and answers leave.
        for _ in 0..10 {
            now = now + Duration::from_millis(10);
            twin.pump(now, &mut far);
        }
        while near.read(&mut answers).expect("the line is up") > 0 {}
        if round % 40 == 0 {
            look(&mut twin);
        }
    }
    let most = MEMORY.peak_usage() - before;
    assert!(most < MOST_MEMORY, "{name}: {most} bytes");
}

#[test]
fn a_receipt_printer_prints_whatever_it_hears() {
    let words = [
        "\x1B@",
        "\x1Ba",
        "\x1Bd",
        "\x1B*!",
        "\x1B!",
        "\x1Bp",
        "\x1Bi",
        "\x1BJ",
        "\n",
        "Zoë",
        "\x1C&",
        "\x1DV\x42",
        "\x1Dv0\0",
        "\x1D(k",
        "\x1D(H",
        "\x1Dk\x49",
        "\x1Dr\x01",
        "\x1DI",
        "\x1DL",
        "\x10\x04\x01",
        "\x1Dv0\0\x48\0\x10\0",
        "\x1B*!\x40\0",
        "\x1D(k\x03\x001Q0",
    ];
    for profile in [Profile::generic_80mm(), Profile::epson_80mm_western()] {
        let twin = PrinterSim::new(&profile, BAUD);
        hears("esc-pos", twin, &words, |twin| {
            let now = Moment::from_micros(0);
            twin.command(now, PrinterCommand::LoadPaper(400_000));
            twin.command(now, PrinterCommand::TearOff);
            assert!(!twin.paper_png(0, &font()).is_empty());
        });
    }
}

#[test]
fn a_label_printer_prints_whatever_it_hears() {
    let tspl = [
        "SIZE ",
        "60 mm",
        ",",
        ", ",
        "GAP 2 mm,0 mm\r\n",
        "CLS\r\n",
        "TEXT ",
        "\"TSS24.BF2\"",
        "\"3\"",
        "\"",
        "\r\n",
        "QRCODE 9,9,M,4,A,0,\"x\"\r\n",
        "BARCODE 9,9,\"128\",40,1,0,2,2,\"x\"\r\n",
        "BITMAP ",
        "PRINT ",
        "\x1B!?",
        "\x1B!S",
        "TEXT 9,9,\"TSS24.BF2\",0,1,1,\"x\"\r\n",
        "BITMAP 9,9,4,4,0,",
        "PRINT 1,1\r\n",
        "PRINT 65535,65535\r\n",
        "SIZE 60 mm,40 mm\r\n",
        "SIZE 4294967295 mm,4294967295 mm\r\n",
    ];
    let zpl = [
        "^XA",
        "^XZ",
        "^CI28",
        "^PW480",
        "^LL320",
        "^LL4294967295",
        "^FO9,9",
        "^FO",
        "^A0N,40,40",
        "^A0N,",
        "^FD",
        "^FS",
        "x",
        ",",
        "^BQN,2,5",
        "^BCN,60,Y,N,N",
        "^BY9",
        "^FH",
        "_5E",
        "_",
        "^GFA,8,8,1,",
        "^GFA,4294967295,4294967295,1,",
        "FFz",
        ":",
        "~HS",
        "^PQ1",
        "^PQ4294967295",
        "^FDQA,x^FS",
        "^FB480,1,0,C",
    ];
    let stock = Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2));
    for profile in LabelProfile::all() {
        let words = if profile.name.starts_with("zpl") {
            &zpl[..]
        } else {
            &tspl[..]
        };
        let twin = LabelSim::new(&profile, BAUD, stock);
        hears(profile.name, twin, words, |twin| {
            if let Some(sheet) = twin.take_sheets().first() {
                assert!(!sheet.png(&font()).is_empty());
            }
        });
    }
}

#[test]
fn modules_and_scanners_hear_whatever_is_said_to_them() {
    let samv = [
        "\u{AA}\u{AA}\u{AA}\u{96}\u{69}",
        "\0\x03",
        "\x20\x01\x22",
        "\x30\x01\x32",
    ];
    hears("sam-v", SamvSim::new(BAUD), &samv, |_| {});
    let pn532 = [
        "\0\0\u{FF}",
        "\u{55}\u{55}\0\0\0",
        "\u{D4}\x4A\x01\0",
        "\x04\u{FC}",
        "\0\0\u{FF}\0\u{FF}\0",
    ];
    hears("pn532", Pn532Sim::new(), &pn532, |_| {});
    let osdp = [
        "\u{FF}\x53\0",
        "\x08\0\x04\x60",
        "\x53\0\x0E\0",
        "\x0C\x02\x11",
    ];
    hears(
        "osdp",
        OsdpSim::new(OsdpReader::new(Address::FIRST)),
        &osdp,
        |_| {},
    );
    let scanner = [
        "\x16M\r",
        "\x16T\r",
        "~\x01",
        "#@;\x03",
        "\x7E\0\x08\x01",
        "\u{AB}\u{CD}",
        "\x04\u{E4}\x04\0\u{FF}\x14",
        "\x05\u{C6}",
    ];
    for name in ["honeywell", "newland", "zebra", "zebra-packets", "grow"] {
        let family = Family::named(name).expect("a family");
        hears(name, TriggeredSim::new(family), &scanner, |_| {});
    }
}
