//! Other people's programs for card readers and label printers: zplkit draws our labels as a Zebra
//! printer does and zxing-cpp reads their codes, rdm6300 reads the cards of our reader, labeljetty
//! prints on our label printer.

#[path = "support/labels.rs"]
mod labels;
#[path = "support/python.rs"]
mod python;
#[path = "support/terminal.rs"]
mod terminal;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, OnceLock, mpsc};
use std::time::{Duration, Instant};

use labels::{badge, font, parcel, stock};
use lodge_hardware::clock::Clock;
use lodge_hardware::label::layout::Layout;
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Label, Mm, Text, zpl};
use lodge_hardware::reader::CardNumber;
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::label::{LabelCommand, LabelSim, Trouble};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::run::spawn;
use python::{environment, folder, install, of_tests, run};
use terminal::Place;

/// Without the web server that is most of what it wants besides.
const PRINTS_LABELS: &str = "labeljetty==0.6.0";

/// How long a foreign program is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The Python that has the peers installed.
fn installed() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = "peers/requirements.txt";
        environment("device-peers", requirements, PRINTS_LABELS, |python| {
            install(python, &["--no-deps", PRINTS_LABELS]);
        })
    })
}

fn peer(task: &str) -> Command {
    let mut command = Command::new(installed());
    command.arg(of_tests("peers/peer.py")).arg(task);
    command
}

/// A foreign program at work; it ends when nobody listens to it any more.
struct Peer {
    running: Child,
    asks: Option<ChildStdin>,
    said: mpsc::Receiver<String>,
}

impl Peer {
    fn start(command: &mut Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = piped.spawn().unwrap();
        let lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let (say, said) = mpsc::channel();
        std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .try_for_each(|line| say.send(line))
        });
        let asks = running.stdin.take();
        Self {
            running,
            asks,
            said,
        }
    }

    fn ask(&mut self) {
        self.asks.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    fn says(&self) -> String {
        self.said.recv_timeout(PATIENCE).expect("a word of it")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.asks.take());
        self.running.wait().unwrap();
    }
}

/// A label's ZPL, with our font for what the printer has none for.
fn in_zpl(label: &Label, profile: &Profile) -> Vec<u8> {
    zpl::encode(
        &Layout::new(label, profile, Some(&font())).unwrap(),
        profile,
    )
}

/// What a foreign Zebra makes of a label: the lines it says, and its dark dots.
fn drawn(label: &Label, profile: &Profile, name: &str) -> (Vec<String>, Vec<(u32, u32)>) {
    let (file, picture) = (
        folder(&format!("{name}.zpl")),
        folder(&format!("{name}.png")),
    );
    std::fs::write(&file, in_zpl(label, profile)).unwrap();
    let dpi = if profile.dots_per_mm == 12 {
        "300"
    } else {
        "203"
    };
    let said = run(peer("draw").arg(file).arg(&picture).arg(dpi));
    (said.lines().map(str::to_owned).collect(), dark(&picture))
}

/// The dark dots of a picture.
fn dark(picture: &Path) -> Vec<(u32, u32)> {
    let file = BufReader::new(std::fs::File::open(picture).unwrap());
    let mut decoder = png::Decoder::new(file);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let samples = info.line_size / info.width as usize;
    let pixels = pixels[..info.buffer_size()].chunks(samples);
    let dots = (0..).zip(pixels).filter(|(_, pixel)| pixel[0] < 128);
    dots.map(|(i, _)| (i % info.width, i / info.width))
        .collect()
}

#[test]
fn a_foreign_zebra_draws_our_labels_within_their_margins_and_their_codes_can_be_read() {
    for profile in [Profile::zpl_203dpi(), Profile::zpl_300dpi()] {
        let dots = |mm: u32| mm * u32::from(profile.dots_per_mm);
        for (name, label, code) in [
            (
                "badge",
                badge("Wang Xiaoming", "ACME_1 ^~\"", "Host"),
                "QRCode V1:0042",
            ),
            (
                "chinese",
                badge("王小明", "海蓝科技有限公司", "受访人 陈经理"),
                "QRCode V1:0042",
            ),
            (
                "long",
                badge(
                    "Maximiliana Featherstonehaugh-Vandenberg",
                    "International Semiconductor Equipment and Services Limited",
                    "Host: Bartholomew Longbottom, Facilities Management",
                ),
                "QRCode V1:0042",
            ),
            (
                "parcel",
                parcel("7-0042", "A-12", "王**"),
                "Code128 P1123-0042",
            ),
        ] {
            let name = format!("{}-{name}", profile.name);
            let (said, ink) = drawn(&label, &profile, &name);
            assert_eq!(
                said,
                [format!("{} {}", dots(60), dots(40)), code.to_owned()],
                "{name}"
            );
            assert!(ink.len() > 2000, "{name}: {} dots", ink.len());
            // Two millimetres are left white on every side; sizes of letters that it does not know it
            // stretches, half a millimetre at most.
            let (edge, half) = (dots(2) - dots(1) / 2, dots(1) / 2);
            let inside = |(x, y): &(u32, u32)| {
                (edge..dots(58) + half).contains(x) && (edge..dots(38) + half).contains(y)
            };
            let outside = ink.iter().filter(|dot| !inside(dot)).count();
            assert_eq!(outside, 0, "{name}");
        }
    }
}

#[test]
fn a_foreign_zebra_draws_chinese_dot_for_dot_as_our_printer_does() {
    for profile in [Profile::zpl_203dpi(), Profile::zpl_300dpi()] {
        let text = Text::new("王小明 访客证").size(Mm::whole(8));
        let label = Label::new(stock()).text(stock().inside(Mm::whole(4)), text);
        let name = format!("{}-dots", profile.name);
        let (_, theirs) = drawn(&label, &profile, &name);
        let mut bench = labels::Bench::new(profile.clone());
        bench.join(|joined| {
            joined.print(1, label);
            joined.run(60);
        });
        let picture = folder(&format!("{name}.sim.png"));
        std::fs::write(&picture, bench.sim.sheets()[0].png(&font())).unwrap();
        let ours = dark(&picture);
        assert!(ours.len() > 1000, "{} dots", ours.len());
        assert!(theirs == ours, "{} dots and {}", theirs.len(), ours.len());
    }
}

#[test]
fn whatever_a_text_says_a_foreign_reader_of_zpl_finds_one_label_and_no_other_command() {
    let hostile = "^XZ~JA^XA ~DGR:X,1,1,00 _5EXZ ^FS^PQ99 \\& >;";
    let file = folder("hostile.zpl");
    let label = Label::new(stock()).text(stock().inside(Mm::whole(2)), Text::new(hostile));
    std::fs::write(&file, in_zpl(&label, &Profile::zpl_203dpi())).unwrap();
    let said = run(peer("parse").arg(file));
    let commands: Vec<&str> = said
        .lines()
        .map(|line| {
            let command = line.strip_prefix("format_command b'").unwrap_or(line);
            command.get(..3).unwrap_or(command)
        })
        .collect();
    assert_eq!(
        commands[..8],
        ["^XA", "^CI", "^MN", "^PO", "^LH", "^PW", "^LL", "^FO"]
    );
    let fields = commands.iter().filter(|command| **command == "^FD").count();
    let ends = |command| commands.iter().filter(|c| **c == command).count();
    assert!(fields > 0, "{said}");
    assert_eq!((ends("^XA"), ends("^XZ"), ends("^PQ")), (1, 1, 1), "{said}");
    assert_eq!(commands[commands.len() - 2..], ["^PQ", "^XZ"]);
    assert!(!said.contains("control_"), "{said}");
}

#[test]
fn a_foreign_program_reads_the_cards_of_our_reader_and_hears_its_faults() {
    let [one, two] = [0x01_0063_E9AE, 0x29_00DE_B30A].map(|value| CardNumber::new(value).unwrap());
    let place = Place::new();
    let pty = place.pty();
    let reader = spawn("reader", ReaderSim::new(), pty, Clock::system(), |_, _| {}).unwrap();
    let host = Peer::start(peer("cards").arg(place.path()));
    assert_eq!(host.says(), "listening");
    reader.command(ReaderCommand::Hold(one, 10));
    assert_eq!(
        (host.says(), host.says()),
        ("card 1 6547886".into(), "gone".into())
    );
    for (fault, wanted) in [
        (LineFault::Slow, &["card 41 14594826", "gone"][..]),
        (LineFault::Garbage, &["card 41 14594826", "gone"]),
        (
            LineFault::WrongChecksum,
            &["invalid", "invalid", "invalid", "quiet"],
        ),
        // Half frames are nothing to it, until the next card is read.
        (LineFault::HalfFrame, &[]),
        (LineFault::Silent, &[]),
    ] {
        reader.command(ReaderCommand::Fault(fault, true));
        reader.command(ReaderCommand::Hold(two, 3));
        for wanted in wanted {
            assert_eq!(host.says(), *wanted, "{fault:?}");
        }
        reader.command(ReaderCommand::Fault(fault, false));
        reader.command(ReaderCommand::Hold(one, 3));
        assert_eq!(host.says(), "card 1 6547886", "{fault:?}");
        assert_eq!(host.says(), "gone", "{fault:?}");
    }
}

#[test]
fn a_foreign_program_prints_on_our_label_printer_and_understands_its_status() {
    let place = Place::new();
    let (paper, out) = mpsc::channel();
    let paper = Mutex::new(paper);
    let sim = LabelSim::new(&Profile::tspl_203dpi(), 115_200, stock());
    let pty = place.pty();
    let device = spawn("labels", sim, pty, Clock::system(), move |sim, _| {
        for sheet in sim.take_sheets() {
            let _ = paper.lock().unwrap().send((sheet, sim.surprises()));
        }
    })
    .unwrap();
    let mut host = Peer::start(
        peer("label")
            .arg(place.path())
            .arg("V1:0042 of a foreign program"),
    );
    for (trouble, words) in [
        (Trouble::HeadOpen, "Print head open"),
        (Trouble::Jam, "Paper jam detected"),
        (Trouble::PaperOut, "Paper/label out"),
        (Trouble::RibbonOut, "Ribbon out"),
        (Trouble::Paused, "Printer paused"),
    ] {
        device.command(LabelCommand::Trouble(trouble, true));
        host.ask();
        assert_eq!(host.says(), format!("printing False, {words}"));
        device.command(LabelCommand::Trouble(trouble, false));
    }
    host.ask();
    assert_eq!(host.says(), "printed");
    let (sheet, surprises) = out.recv_timeout(PATIENCE).expect("a label");
    assert_eq!(surprises, 0, "commands that our printer does not know");
    let picture = folder("foreign-label.png");
    std::fs::write(&picture, sheet.png(&font())).unwrap();
    let codes = run(peer("codes").arg(picture));
    assert_eq!(codes.trim(), "QRCode V1:0042 of a foreign program");
    // A label under way is no fault to it.
    let end = Instant::now() + PATIENCE;
    host.ask();
    while host.says() != "printed" {
        assert!(Instant::now() < end);
        host.ask();
    }
    out.recv_timeout(PATIENCE).expect("another label");
}
