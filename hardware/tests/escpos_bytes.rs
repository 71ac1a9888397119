//! Our bytes beside other people's programs: python-escpos writes, emupos reads and draws, zxing-cpp
//! reads codes in pictures.

#[path = "support/python.rs"]
mod python;
mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use lodge_hardware::clock::Moment;
use lodge_hardware::escpos::code_page::CodePage;
use lodge_hardware::escpos::code128::{Code128, Hri};
use lodge_hardware::escpos::document::{Align, Document, Row};
use lodge_hardware::escpos::encode::encode;
use lodge_hardware::escpos::printer::{Ask, JobToken, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::pair;
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::printer::PrinterSim;
use python::{environment, folder, install, of_tests, run};
use support::{Bench, font, slip};

/// For a newer Python than many machines have; `peer.py adapt` takes the difference out.
const READER: &str = "emupos==0.4.0";

/// The Python that has the peers installed.
fn installed() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = "escpos_bytes/requirements.txt";
        environment("escpos-peers", requirements, READER, |python| {
            install(python, &["--no-deps", "--ignore-requires-python", READER]);
            run(peer(python).arg("adapt"));
        })
    })
}

fn peer(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.arg(of_tests("escpos_bytes/peer.py"));
    command
}

/// What python-escpos sends for these rows; `native` lets the printer draw QR codes.
fn theirs(document: &Document, chinese: bool, native: bool, name: &str) -> Vec<u8> {
    let rows: Vec<String> = document
        .rows
        .iter()
        .map(|row| match row {
            Row::Text {
                text,
                align,
                bold,
                large,
            } => {
                let align = match align {
                    Align::Left => "left",
                    Align::Centre => "center",
                    Align::Right => "right",
                };
                format!("text\t{align}\t{bold}\t{large}\t{text}")
            }
            Row::Qr { data, module } => format!("qr\t{data}\t{module}\t{native}"),
            Row::Barcode { code, .. } => format!("barcode\t{}", code.text()),
            Row::Feed(_) => "text\tleft\tfalse\tfalse\t".to_owned(),
            Row::Cut => "cut".to_owned(),
        })
        .collect();
    let file = folder(name);
    let task = if chinese { "write-chinese" } else { "write" };
    let mut command = peer(installed());
    command.arg(task).arg(&file).stdin(Stdio::piped());
    let mut running = command.spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    input.write_all(rows.join("\n").as_bytes()).unwrap();
    drop(input);
    assert!(running.wait().unwrap().success());
    std::fs::read(file).unwrap()
}

/// What an independent reader makes of these bytes.
fn read(bytes: &[u8], name: &str) -> String {
    let file = folder(name);
    std::fs::write(&file, bytes).unwrap();
    run(peer(installed()).arg("read").arg(file))
}

/// What an independent printer makes of these bytes, and the codes in its picture.
fn drawn(bytes: &[u8], name: &str) -> (String, String) {
    let (file, picture) = (folder(name), folder(&format!("{name}.png")));
    std::fs::write(&file, bytes).unwrap();
    let text = run(peer(installed()).arg("draw").arg(file).arg(&picture));
    (text, codes(&picture))
}

fn codes(picture: &Path) -> String {
    run(peer(installed()).arg("codes").arg(picture))
        .trim()
        .to_owned()
}

/// What our own simulator makes of these bytes, and the codes in its picture.
fn simulated(bytes: &[u8], profile: &Profile, name: &str) -> (String, String) {
    let (mut near, mut far, _) = pair();
    let mut sim = PrinterSim::new(profile, 115_200);
    let mut now = Moment::from_micros(1_000_000);
    let mut rest = bytes;
    while !rest.is_empty() {
        let taken = near.write(rest).unwrap();
        rest = &rest[taken..];
        sim.pump(now, &mut far);
        now = sim.due().unwrap_or(now);
    }
    while let Some(due) = sim.due() {
        now = due;
        sim.pump(now, &mut far);
    }
    let picture = folder(&format!("{name}.sim.png"));
    std::fs::write(&picture, sim.paper_png(0, &font())).unwrap();
    let text = sim.tear_off().join("\n");
    (text, codes(&picture))
}

/// A slip for a Western printer: code page, drawn rows, large, both codes.
fn western() -> Document {
    Document::new()
        .title("Umbrella loan")
        .text("Zoë Müller-O’Brien, São Tomé, 5 €")
        .text("借用人 王小明")
        .row(Row::Text {
            text: "请归还".to_owned(),
            align: Align::Right,
            bold: true,
            large: true,
        })
        .row(Row::Qr {
            data: "L1:A-1123-0042 王".to_owned(),
            module: 6,
        })
        .row(Row::Feed(1))
        .row(Row::Barcode {
            code: Code128::new("LODGE-{00160401}").unwrap(),
            height: 60,
            module: 2,
            hri: Hri::Below,
        })
        .row(Row::Cut)
}

#[test]
fn a_slip_takes_at_most_fifteen_hundredths_of_the_bytes_of_python_escpos() {
    for number in ["A-1", "A-1123-0042", "W-2026-1123-0042"] {
        let document = slip(number);
        let ours = encode(&document, &Profile::generic_80mm(), None).len();
        let theirs = theirs(&document, true, false, "size").len();
        println!(
            "{number}: {ours} bytes to {theirs}, {:.3}",
            ours as f64 / theirs as f64
        );
        assert!(ours * 100 <= theirs * 15, "{ours} bytes to {theirs}");
    }
}

/// A loan slip, row by row as a house prints it.
fn loan() -> Document {
    let row = |text: &str, align, bold, large| Row::Text {
        text: text.to_owned(),
        align,
        bold,
        large,
    };
    let centred = |text| row(text, Align::Centre, false, false);
    Document::new()
        .row(row("云栖大厦", Align::Centre, false, false))
        .row(row("借用凭条", Align::Centre, true, true))
        .text(&"-".repeat(48))
        .row(row("雨伞", Align::Centre, true, true))
        .row(Row::Feed(1))
        .text("借出时间               2026年11月23日 周一 09:05")
        .text("请于此前归还           2026年11月25日 周三 18:00")
        .text("单号                                 A-1123-0001")
        .row(Row::Feed(1))
        .row(Row::Qr {
            data: "A-20261123-0001-V".to_owned(),
            module: 6,
        })
        .row(Row::Feed(1))
        .row(centred("归还时扫描此码或物品标签"))
        .row(Row::Feed(1))
        .row(centred("请慢走，再见"))
        .row(Row::Cut)
}

#[test]
fn a_loan_slip_takes_at_most_fifteen_hundredths_with_all_that_its_job_adds() {
    for profile in [Profile::generic_80mm(), Profile::epson_80mm()] {
        let mut bench = Bench::new(profile);
        bench.goes = false;
        let (began, ended) = bench.join(|joined| {
            let job = JobToken(1);
            let document = loan();
            joined.ask(Ask::Print { job, document });
            joined.run_until(1);
            let began = joined.line.sent_by_near();
            joined.ask(Ask::Go(job));
            joined.run_until(2);
            (began, joined.line.sent_by_near())
        });
        let printed = Tell::Printed(JobToken(1), Proof::ProcessId);
        assert_eq!(bench.of_jobs()[1], printed);
        let ours = ended - began;
        let theirs = theirs(&loan(), true, false, "loan").len();
        let ratio = ours as f64 / theirs as f64;
        println!("a loan slip: {ours} bytes to {theirs}, {ratio:.3}");
        assert!(ours > 300 && ratio <= 0.15, "{ours} bytes to {theirs}");
    }
}

#[test]
fn our_code_pages_are_those_of_python() {
    // Python says cp1252 for wpc1252.
    let names = CodePage::ALL.map(|page| page.name().replace("wpc", "cp"));
    let pages = run(peer(installed()).arg("pages").args(&names));
    for (page, theirs) in CodePage::ALL.into_iter().zip(pages.split('\n')) {
        let ours: String = (0x80..=0xFF)
            .map(|byte| page.char(byte).unwrap_or('?'))
            .collect();
        assert_eq!(ours, theirs, "{page:?}");
    }
    assert_eq!(pages.split('\n').count(), CodePage::ALL.len());
}

#[test]
fn an_independent_reader_reads_our_chinese_slip() {
    let bytes = encode(&slip("A-1123-0042"), &Profile::epson_80mm(), None);
    let expected = [
        "爱心伞 借用",
        "单号 A-1123-0042",
        "借用人  王**          11-23 18:05",
        "[QR L1:A-1123-0042]",
        "请于 11-25 前归还",
        "END A-1123-0042",
        "[cut]",
    ];
    let text = read(&bytes, "chinese");
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn an_independent_printer_draws_our_western_slip_and_its_codes_can_be_read() {
    let profile = Profile::epson_80mm_western();
    let bytes = encode(&western(), &profile, Some(&font()));
    let (their_text, their_codes) = drawn(&bytes, "western");
    let (our_text, our_codes) = simulated(&bytes, &profile, "western");
    let expected = "Code128 LODGE-{00160401}\nQRCode L1:A-1123-0042 王";
    let names = |codes: &str| {
        codes
            .replace("QR Code", "QRCode")
            .replace("Code 128", "Code128")
    };
    assert_eq!(names(&their_codes), expected);
    assert_eq!(names(&our_codes), expected);
    let words = [
        ("[image ", "[picture "),
        ("[qr ", "[QR "),
        ("[barcode ", "["),
    ];
    let said = |text: &str| {
        let text = words.iter().fold(text.to_owned(), |text, (theirs, ours)| {
            text.replace(theirs, ours)
        });
        let lines = text.lines().map(str::trim);
        // The white above and below a drawn row is a picture too, a byte wide.
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("[picture 8x"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(said(&their_text), said(&our_text));
}

/// The dark dots of a picture, from its first dark row on.
fn dots(picture: &Path) -> Vec<(usize, usize)> {
    let file = std::io::BufReader::new(std::fs::File::open(picture).unwrap());
    let mut decoder = png::Decoder::new(file);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.width, 576);
    let dark = pixels.iter().enumerate().filter(|(_, pixel)| **pixel < 128);
    let dots: Vec<_> = dark.map(|(i, _)| (i % 576, i / 576)).collect();
    let top = dots[0].1;
    dots.into_iter().map(|(x, y)| (x, y - top)).collect()
}

#[test]
fn an_independent_printer_prints_drawn_rows_dot_for_dot_as_ours_does() {
    let profile = Profile::epson_80mm_western();
    let mut document = Document::new();
    for align in [Align::Left, Align::Centre, Align::Right] {
        for (bold, large) in [(false, false), (true, true)] {
            document = document.row(Row::Text {
                text: "王小明 借用 gÄ".to_owned(),
                align,
                bold,
                large,
            });
        }
    }
    let bytes = encode(&document, &profile, Some(&font()));
    drawn(&bytes, "rows");
    simulated(&bytes, &profile, "rows");
    let (theirs, ours) = (dots(&folder("rows.png")), dots(&folder("rows.sim.png")));
    assert!(ours.len() > 5000, "{} dots", ours.len());
    assert!(theirs == ours, "{} dots and {}", theirs.len(), ours.len());
}

#[test]
fn our_simulator_prints_what_python_escpos_sends() {
    let document = Document::new()
        .row(Row::Text {
            text: "loan".to_owned(),
            align: Align::Centre,
            bold: true,
            large: true,
        })
        .text("A-1123-0042")
        .row(Row::Qr {
            data: "L1:A-1123-0042".to_owned(),
            module: 6,
        })
        .row(Row::Barcode {
            code: Code128::new("LODGE-0042").unwrap(),
            height: 60,
            module: 2,
            hri: Hri::Below,
        })
        .text("END")
        .row(Row::Cut);
    let profile = Profile::epson_80mm_western();
    for (native, code) in [(true, "[QR L1:A-1123-0042]"), (false, "[picture ")] {
        let bytes = theirs(&document, false, native, "foreign");
        let (text, codes) = simulated(&bytes, &profile, "foreign");
        for part in ["loan", "A-1123-0042", code, "[CODE128 LODGE-0042]", "END"] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(
            codes.contains("L1:A-1123-0042") && codes.contains("LODGE-0042"),
            "{codes}"
        );
    }
}
