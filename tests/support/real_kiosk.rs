//! The real program in a real window: a display nobody sees, real ports, real time. What people see
//! is read from the display's framebuffer.

#![allow(dead_code, reason = "every test file uses another part of it")]

use crate::support::{Lobby, building, monday_morning};
use lodge::lending::{KindId, ThingState};
use lodge::store::Books;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::reader::CardNumber;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

pub const WIDTH: usize = 1080;
pub const HEIGHT: usize = 1920;

/// Longer than anything takes that is going to happen at all.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A kiosk on a display of its own, with the far ends of its ports. `P` is what stands behind the
/// printer's port.
pub struct RealKiosk<P> {
    pub program: Child,
    pub frame: Frame,
    /// From the start of the program to its first pixels.
    pub started: Duration,
    pub reader: Pty,
    pub scanner: Pty,
    pub printer: P,
    display: Child,
    folder: tempfile::TempDir,
}

/// The tag of the lobby's tagged umbrella number so and so.
pub fn tag(umbrella: usize) -> String {
    format!("UMB-{umbrella:04}")
}

impl<P> RealKiosk<P> {
    /// Starts `program` on fresh books with so many tagged umbrellas, and waits for its first pixels.
    pub fn open(program: &Path, umbrellas: usize, printer: impl FnOnce(Pty) -> P) -> Self {
        Self::open_with(program, umbrellas, "", printer)
    }

    /// The same with more lines about the printer in the settings.
    pub fn open_with(
        program: &Path,
        umbrellas: usize,
        about_printer: &str,
        printer: impl FnOnce(Pty) -> P,
    ) -> Self {
        let (folder, _) = Lobby::open().close();
        let data = folder.path();
        let mut books = Books::open(data, &building()).expect("the books");
        for umbrella in 0..umbrellas {
            let (tag, label) = (tag(umbrella), format!("{umbrella:03}"));
            let kind = KindId("tagged".to_owned());
            books
                .enter_thing(&kind, &tag, &label, ThingState::Available, monday_morning())
                .expect("an umbrella");
        }
        drop(books);
        let ports = data.join("ports");
        let [reader, scanner, port] = ["reader", "scanner", "printer"]
            .map(|name| Pty::plugged_at(ports.join(name)).expect("a port"));
        let printer = printer(port);
        let settings = data.join("lodge.toml");
        std::fs::write(&settings, settings_text(&ports, about_printer)).expect("settings");
        let (display, name, frame) = open_display(data);
        let black = frame.look();
        let began = Instant::now();
        let program = Command::new(program)
            .arg("--settings")
            .arg(&settings)
            .arg("--data")
            .arg(data)
            .env("DISPLAY", name)
            .stderr(File::create(data.join("program.log")).expect("a log"))
            .spawn()
            .expect("the program");
        let painted = frame.change(&black, PATIENCE).unwrap_or_else(|| {
            let log = std::fs::read_to_string(data.join("program.log")).unwrap_or_default();
            panic!("nothing was painted: {log}")
        });
        RealKiosk {
            started: painted - began,
            program,
            frame,
            reader,
            scanner,
            printer,
            display,
            folder,
        }
    }

    /// Scans the tag of an umbrella; returns when the screen has asked for a card and stands still.
    pub fn scan(&mut self, umbrella: usize) -> Vec<u8> {
        let before = self.frame.rest();
        let code = tag(umbrella) + "\r";
        self.scanner
            .write(code.as_bytes())
            .expect("the line takes it");
        self.frame
            .change(&before, PATIENCE)
            .expect("the screen asks for a card");
        self.frame.rest()
    }

    /// Holds a card up; returns when its last byte has left.
    pub fn tap(&mut self, card: u64) -> Instant {
        let frame = CardNumber::new(card).expect("a card").frame();
        self.reader.write(&frame).expect("the line takes it");
        // A reader says it again while the card stays (hardware.md §2.2).
        std::thread::sleep(Duration::from_millis(65));
        self.reader.write(&frame).expect("the line takes it");
        Instant::now()
    }

    /// The books as they are on the disk now.
    pub fn books(&self) -> Books {
        Books::open_to_read(self.folder.path(), &building()).expect("the books open")
    }

    /// The folder with its data.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Kills the program at once, as kill -9 does.
    pub fn kill(&mut self) {
        self.program.kill().expect("it runs");
        self.program.wait().expect("it has ended");
    }
}

impl<P> Drop for RealKiosk<P> {
    fn drop(&mut self) {
        for child in [&mut self.program, &mut self.display] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The display's pixels, as Xvfb keeps them in a file.
pub struct Frame(File, u64);

impl Frame {
    /// The middle third of the screen; the clock and the notices are not in it.
    pub fn look(&self) -> Vec<u8> {
        let row = WIDTH * 4;
        let mut pixels = vec![0; row * HEIGHT / 3];
        let at = self.1 + (row * HEIGHT / 6) as u64;
        self.0
            .read_exact_at(&mut pixels, at)
            .expect("the framebuffer");
        pixels
    }

    /// Waits until the pixels differ from these; returns when that was seen.
    pub fn change(&self, from: &[u8], within: Duration) -> Option<Instant> {
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
    pub fn rest(&self) -> Vec<u8> {
        loop {
            let pixels = self.look();
            if self.change(&pixels, Duration::from_millis(150)).is_none() {
                return pixels;
            }
        }
    }
}

/// A process's own share of all its memory, in KiB; what others share counts in part.
pub fn pss_kib(process: u32) -> u64 {
    rollup_kib(process, "Pss:")
}

/// The memory a process has asked for, in KiB: no files, and the same whoever else runs.
pub fn anonymous_kib(process: u32) -> u64 {
    rollup_kib(process, "Anonymous:")
}

fn rollup_kib(process: u32, name: &str) -> u64 {
    let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))
        .expect("the process runs, and its memory may be read");
    let line = rollup
        .lines()
        .find(|line| line.starts_with(name))
        .expect("a line of it");
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse().ok())
        .expect("a number")
}

fn settings_text(ports: &Path, about_printer: &str) -> String {
    let devices: String = ["reader", "scanner", "printer"]
        .map(|kind| {
            let port = ports.join(kind);
            let more = if kind == "printer" { about_printer } else { "" };
            format!(
                "[[device]]\nname = \"{kind}\"\nkind = \"{kind}\"\nport = \"{}\"\n{more}",
                port.display()
            )
        })
        .concat();
    format!(
        "[building]\nname = {{ zh = \"云栖中心\", en = \"Cloud Rest Centre\" }}\n\
         # Whatever the hour, the first paper that comes out is a slip.\n\
         [desk]\npack_minutes = 0\n{devices}
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

/// Displays of one process, so that two tests have two.
static DISPLAYS: AtomicU32 = AtomicU32::new(0);

/// A display without a screen, whose pixels lie in a file.
fn open_display(folder: &Path) -> (Child, String, Frame) {
    let pixels: PathBuf = folder.join("display");
    std::fs::create_dir_all(&pixels).expect("a folder");
    let number = 90 + (std::process::id() % 400) * 8 + DISPLAYS.fetch_add(1, Ordering::SeqCst);
    let display = Command::new("Xvfb")
        .arg(format!(":{number}"))
        .args(["-screen", "0", &format!("{WIDTH}x{HEIGHT}x24"), "-fbdir"])
        .arg(&pixels)
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts; the package xvfb brings it");
    let file = pixels.join("Xvfb_screen0");
    let began = Instant::now();
    while !std::fs::metadata(&file).is_ok_and(|file| file.len() > (WIDTH * HEIGHT * 4) as u64)
        || !Path::new(&format!("/tmp/.X11-unix/X{number}")).exists()
    {
        assert!(began.elapsed() < PATIENCE, "the display does not come up");
        std::thread::sleep(Duration::from_millis(20));
    }
    let file = File::open(file).expect("the framebuffer");
    let length = file.metadata().expect("its length").len();
    // The header of an XWD file comes first; the pixels are the end of it.
    let header = length - (WIDTH * HEIGHT * 4) as u64;
    (display, format!(":{number}"), Frame(file, header))
}
