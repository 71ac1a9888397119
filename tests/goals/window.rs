//! M5, M7, M8: the real window under Xvfb, real threads, real time; pixels read from its framebuffer.

use super::memory::pss_kib;
use super::spread::Spread;
use super::support::*;
use super::table::Table;
use lodge::lending::{KindId, ThingState};
use lodge::store::Books;
use lodge_hardware::clock::Clock;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::CardNumber;
use lodge_hardware::sim::printer::PrinterSim;
use lodge_hardware::sim::run::{Running, spawn};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const WIDTH: usize = 1080;
const HEIGHT: usize = 1920;
const ROUNDS: usize = 60;

/// A kiosk on a display of its own.
struct Kiosk {
    display: Child,
    program: Child,
    frame: Frame,
    started: Duration,
    reader: Pty,
    scanner: Pty,
    _printer: Running<PrinterSim>,
    _folder: tempfile::TempDir,
}

/// The display's pixels, as Xvfb keeps them in a file.
struct Frame(File, u64);

impl Frame {
    /// The middle third of the screen; the clock and the notices are not in it.
    fn look(&self) -> Vec<u8> {
        let row = WIDTH * 4;
        let mut pixels = vec![0; row * HEIGHT / 3];
        let at = self.1 + (row * HEIGHT / 6) as u64;
        self.0
            .read_exact_at(&mut pixels, at)
            .expect("the framebuffer");
        pixels
    }

    /// Waits until the pixels differ from these; returns when that was seen.
    fn change(&self, from: &[u8], within: Duration) -> Option<Instant> {
        let began = Instant::now();
        while began.elapsed() < within {
            if self.look() != from {
                return Some(Instant::now());
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        None
    }

    /// Waits until the pixels have stopped changing.
    fn rest(&self) -> Vec<u8> {
        loop {
            let pixels = self.look();
            if self.change(&pixels, Duration::from_millis(150)).is_none() {
                return pixels;
            }
        }
    }
}

pub fn measure(table: &mut Table) {
    if Command::new("Xvfb").arg("-help").output().is_err() {
        for id in ["M5", "M7", "M8"] {
            table.plain(
                id,
                "the real window",
                "not measured: Xvfb is missing (cargo checks installs it)".into(),
            );
        }
        return;
    }
    let mut kiosk = Kiosk::open();
    let detail = "release build, fresh data".to_owned();
    let what = "start to first painted frame (no Chromium here to compare with)";
    table.plain(
        "M5",
        what,
        format!("{:.0} ms; {detail}", kiosk.started.as_secs_f64() * 1e3),
    );
    react(table, &mut kiosk);
    idle(table, &kiosk);
    let pss = pss_kib(kiosk.program.id()) as f64 / 1024.0;
    table.at_most(
        "M6 window",
        "memory (PSS) of the real window",
        pss,
        40.0,
        " MiB",
        String::new(),
    );
}

fn react(table: &mut Table, kiosk: &mut Kiosk) {
    let card = CardNumber::new(GRACE).expect("a card");
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let before = kiosk.frame.rest();
        let tag = format!("UMB-{round:04}\r");
        kiosk
            .scanner
            .write(tag.as_bytes())
            .expect("the line takes it");
        kiosk
            .frame
            .change(&before, Duration::from_secs(5))
            .expect("the screen asks for a card");
        let asking = kiosk.frame.rest();
        kiosk
            .reader
            .write(&card.frame())
            .expect("the line takes it");
        std::thread::sleep(Duration::from_millis(65));
        kiosk
            .reader
            .write(&card.frame())
            .expect("the line takes it");
        let last_byte = Instant::now();
        let seen = kiosk
            .frame
            .change(&asking, Duration::from_secs(5))
            .expect("it is lent");
        times.push(seen - last_byte);
        // The reader has to hear nothing before the card counts again.
        std::thread::sleep(Duration::from_millis(350));
    }
    let times = Spread::of(times);
    let what = "card's last byte over a pty → durable loan → changed pixel, p99";
    let ms = times.p99().as_secs_f64() * 1e3;
    table.at_most(
        "M8",
        what,
        ms,
        100.0,
        " ms",
        format!("median {}, {ROUNDS} rounds", times.show()),
    );
}

fn idle(table: &mut Table, kiosk: &Kiosk) {
    // Home comes back by itself, and the store tidies up behind the last loan.
    std::thread::sleep(Duration::from_secs(30));
    kiosk.frame.rest();
    let process = kiosk.program.id();
    let (wakeups, ticks) = (wakeups(process), cpu_ticks(process));
    std::thread::sleep(Duration::from_secs(60));
    let wakeups = self::wakeups(process) - wakeups;
    let ticks = cpu_ticks(process) - ticks;
    let what = "wakeups in 60 s on the home screen, three ports open";
    // Its clock: one turn of the session's thread and one of the screen's, and what the display
    // server answers to the new frame.
    table.at_most(
        "M7",
        what,
        wakeups as f64,
        20.0,
        "",
        "all threads together".to_owned(),
    );
    let share = ticks as f64 / 60.0;
    table.at_most(
        "M7 CPU",
        "share of one core meanwhile",
        share,
        0.05,
        " %",
        String::new(),
    );
}

/// Times the threads of a process went to sleep and came back.
fn wakeups(process: u32) -> u64 {
    each_thread(process, "status")
        .iter()
        .filter_map(|status| {
            let line = status
                .lines()
                .find(|line| line.starts_with("voluntary_ctxt_switches"))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .sum()
}

/// User and system time, in hundredths of a second.
fn cpu_ticks(process: u32) -> u64 {
    each_thread(process, "stat")
        .iter()
        .filter_map(|stat| {
            let rest = stat.rsplit_once(')')?.1;
            let fields: Vec<&str> = rest.split_whitespace().collect();
            Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
        })
        .sum()
}

fn each_thread(process: u32, file: &str) -> Vec<String> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("the process runs");
    threads
        .filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join(file)).ok())
        .collect()
}

impl Kiosk {
    fn open() -> Self {
        let lobby = Lobby::open();
        let (folder, _) = lobby.close();
        let data = folder.path().to_owned();
        let mut books = Books::open(&data, &building()).expect("the books");
        for round in 0..ROUNDS {
            let (tag, label) = (format!("UMB-{round:04}"), format!("{round:03}"));
            let kind = KindId("tagged".to_owned());
            books
                .enter_thing(&kind, &tag, &label, ThingState::Available, monday_morning())
                .expect("an umbrella");
        }
        drop(books);
        let ports = data.join("ports");
        let [reader, scanner, printer] = ["reader", "scanner", "printer"]
            .map(|name| Pty::plugged_at(ports.join(name)).expect("a port"));
        let profile = Profile::generic_80mm();
        let printer = spawn(
            "printer",
            PrinterSim::new(&profile, 9600),
            printer,
            Clock::system(),
            |_, _| {},
        )
        .expect("a printer");
        let settings = data.join("lodge.toml");
        std::fs::write(&settings, settings_text(&ports)).expect("settings");
        let (display, name, frame) = open_display(&data);
        let black = frame.look();
        let began = Instant::now();
        let program = Command::new(super::program())
            .arg("--settings")
            .arg(&settings)
            .arg("--data")
            .arg(&data)
            .env("DISPLAY", name)
            .stderr(File::create(data.join("program.log")).expect("a log"))
            .spawn()
            .expect("the program");
        let painted = frame
            .change(&black, Duration::from_secs(20))
            .unwrap_or_else(|| {
                let log = std::fs::read_to_string(data.join("program.log")).unwrap_or_default();
                panic!("nothing was painted: {log}")
            });
        let started = painted - began;
        Kiosk {
            display,
            program,
            frame,
            started,
            reader,
            scanner,
            _printer: printer,
            _folder: folder,
        }
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        for child in [&mut self.program, &mut self.display] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn settings_text(ports: &Path) -> String {
    let devices: String = [("reader", "9600"), ("scanner", "9600"), ("printer", "9600")]
        .map(|(kind, baud)| {
            let port = ports.join(kind);
            format!(
                "[[device]]\nname = \"{kind}\"\nkind = \"{kind}\"\nport = \"{}\"\nbaud = {baud}\n",
                port.display()
            )
        })
        .concat();
    format!(
        "[building]\nname = {{ zh = \"云栖中心\", en = \"Cloud Rest Centre\" }}\n{devices}
[[lending]]
id = \"tagged\"
name = {{ zh = \"长柄伞\", en = \"Long umbrella\" }}
counted = \"tagged\"
who = [\"tenant-member\"]
at_once = 99
days = 2
"
    )
}

/// A display without a screen, whose pixels lie in a file.
fn open_display(folder: &Path) -> (Child, String, Frame) {
    let pixels: PathBuf = folder.join("display");
    std::fs::create_dir_all(&pixels).expect("a folder");
    let number = 90 + std::process::id() % 400;
    let display = Command::new("Xvfb")
        .arg(format!(":{number}"))
        .args(["-screen", "0", &format!("{WIDTH}x{HEIGHT}x24"), "-fbdir"])
        .arg(&pixels)
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts");
    let file = pixels.join("Xvfb_screen0");
    let began = Instant::now();
    while !std::fs::metadata(&file).is_ok_and(|file| file.len() > (WIDTH * HEIGHT * 4) as u64)
        || !Path::new(&format!("/tmp/.X11-unix/X{number}")).exists()
    {
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "the display does not come up"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let file = File::open(file).expect("the framebuffer");
    let length = file.metadata().expect("its length").len();
    // The header of an XWD file comes first; the pixels are the end of it.
    let header = length - (WIDTH * HEIGHT * 4) as u64;
    (display, format!(":{number}"), Frame(file, header))
}
