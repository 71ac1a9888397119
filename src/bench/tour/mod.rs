//! `lodge tour`: the real program, headless, against simulated devices on ptys, by a script.

mod child;
pub mod program;
pub mod protocol;
pub mod script;
pub mod stage;

pub use child::{ChildOptions, run_child};

use super::rig::{Act, Equipment, FULL_ROLL, Held, SHORT_ROLL};
use crate::building::Building;
use crate::commands;
use ab_glyph::FontArc;
use chrono::{DateTime, Utc};
use lodge_hardware::sim::printer::PrinterCommand;
use program::Start;
use protocol::Order;
use script::{Line, Roll, Step};
use stage::Stage;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The lane, as it runs where no script is named.
pub const LANE: &str = include_str!("../../../tests/tours/lane.tour");

/// The printer and the spare one.
const MOST_PRINTERS: usize = 2;

/// How long an `expect` waits, on the script's clock.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a tour is run with.
#[derive(Clone, Debug)]
pub struct Tour {
    /// The script's name in messages.
    pub name: String,
    /// The script.
    pub script: String,
    /// Where everything it finds is written.
    pub out: PathBuf,
    /// The panel: width and height in pixels, diagonal in inches.
    pub panel: (u32, u32, f64),
}

/// Reads `1080x1920x21.5`.
///
/// # Errors
///
/// Where it is written otherwise.
pub fn panel_size(text: &str) -> Result<(u32, u32, f64), String> {
    let parts: Vec<&str> = text.split('x').collect();
    let size = match parts.as_slice() {
        [width, height, inches] => width
            .parse()
            .ok()
            .zip(height.parse().ok())
            .zip(inches.parse().ok()),
        _ => None,
    };
    size.map(|((width, height), inches)| (width, height, inches))
        .filter(|(width, height, inches)| *width >= 320 && *height >= 320 && *inches >= 3.0)
        .ok_or_else(|| "expected pixels across, pixels down and inches: 1080x1920x21.5".to_owned())
}

/// Takes the tour of this script, or the built-in lane.
///
/// # Errors
///
/// Where the script cannot be read or a step cannot be done.
pub fn take(script: Option<&Path>, out: &Path, panel: (u32, u32, f64)) -> Result<Taken, TourError> {
    let (name, text) = match script {
        Some(path) => {
            let name = path.display().to_string();
            let text = fs::read_to_string(path).map_err(|source| TourError::Stage {
                name: name.clone(),
                doing: "reading the script".to_owned(),
                source,
            })?;
            (name, text)
        }
        None => ("the built-in lane".to_owned(), LANE.to_owned()),
    };
    Tour {
        name,
        script: text,
        out: out.to_owned(),
        panel,
    }
    .run()
}

/// What a tour came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Steps done.
    pub steps: usize,
    /// Pictures taken.
    pub pictures: usize,
    /// Slips that came out.
    pub slips: usize,
}

/// Why a tour failed.
#[derive(Debug, thiserror::Error)]
pub enum TourError {
    /// The script cannot be read.
    #[error("{name}: {source}")]
    Script {
        /// The script.
        name: String,
        /// Where and what.
        source: script::ScriptError,
    },
    /// A step could not be done.
    #[error("{name}, line {line}: {text}\n  {why}\n  What the screen showed: {picture}")]
    Step {
        /// The script.
        name: String,
        /// Its line.
        line: usize,
        /// The step as written.
        text: String,
        /// Why not.
        why: String,
        /// A picture of the screen at that moment.
        picture: String,
    },
    /// The stage fell down.
    #[error("{name}: {doing}")]
    Stage {
        /// The script.
        name: String,
        /// What was being done.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Monday 23 November 2026, 09:05 in Shanghai: when every tour begins.
fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_795_395_900_000).unwrap_or_default()
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Taken {
            steps,
            pictures,
            slips,
        } = self;
        write!(
            f,
            "{steps} steps done, {pictures} pictures taken, {slips} slips printed"
        )
    }
}

impl Tour {
    /// Runs the script from the first line to the last.
    pub fn run(&self) -> Result<Taken, TourError> {
        let script = script::read(&self.script).map_err(|source| TourError::Script {
            name: self.name.clone(),
            source,
        })?;
        let (equipment, script) = self.equipment(script)?;
        let mut walk = self
            .open(equipment)
            .map_err(|source| self.stage_error("opening the stage", source))?;
        for line in &script {
            match walk.take(line) {
                Ok(Ok(())) => walk.taken.steps += 1,
                Ok(Err(why)) => return Err(walk.failed(self, line, why)),
                Err(error) => {
                    let log = program::log_tail(&self.out.join("program.log"));
                    let why = format!("{error}\n{log}");
                    return Err(walk.failed(self, line, why.trim_end().to_owned()));
                }
            }
        }
        walk.close()
            .map_err(|source| self.stage_error("ending the tour", source))
    }

    fn stage_error(&self, doing: &str, source: io::Error) -> TourError {
        TourError::Stage {
            name: self.name.clone(),
            doing: doing.to_owned(),
            source,
        }
    }

    /// The devices that the script begins with, and its steps.
    fn equipment(&self, script: Vec<Line>) -> Result<(Equipment, Vec<Line>), TourError> {
        let mut equipment = Equipment::default();
        let mut steps = Vec::new();
        for line in script {
            let why = match &line.step {
                Step::With(..) if !steps.is_empty() => "devices stand there before the first step",
                Step::With(kind, make) if equipment.with(kind, make) => continue,
                Step::With(..) => {
                    "there is no such device; with reader pn532, with scanner zebra, with printer \
                     epson-80mm"
                }
                _ => {
                    steps.push(line);
                    continue;
                }
            };
            return Err(TourError::Step {
                name: self.name.clone(),
                line: line.number,
                text: line.text,
                why: why.to_owned(),
                picture: "nothing yet".to_owned(),
            });
        }
        Ok((equipment, steps))
    }

    fn open(&self, equipment: Equipment) -> io::Result<Walk> {
        for folder in ["data", "ports", "slips"] {
            let folder = self.out.join(folder);
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
        }
        let log = self.out.join("program.log");
        fs::write(&log, "")?;
        let font = FontArc::try_from_slice(crate::screen::PAPER_FONT).map_err(io::Error::other)?;
        let stage = Stage::open(Start {
            // The program under the tour is the one that runs the tour.
            program: std::env::current_exe()?,
            data: self.out.join("data"),
            ports: self.out.join("ports"),
            log,
            wall_ms: beginning().timestamp_millis(),
            panel: self.panel,
            equipment,
        })?;
        let taken = Taken {
            steps: 0,
            pictures: 0,
            slips: 0,
        };
        Ok(Walk {
            stage,
            out: self.out.clone(),
            font,
            latest: String::new(),
            torn: vec![0; MOST_PRINTERS],
            seen: vec![0; MOST_PRINTERS],
            taken,
        })
    }
}

/// A tour under way.
struct Walk {
    stage: Stage,
    out: PathBuf,
    font: FontArc,
    /// The latest slip.
    latest: String,
    /// Slips that were taken out of each printer, and that were looked at in each.
    torn: Vec<usize>,
    seen: Vec<usize>,
    taken: Taken,
}

type Done = Result<(), String>;

impl Walk {
    fn take(&mut self, line: &Line) -> io::Result<Done> {
        let done = match &line.step {
            // Taken before the stage was opened.
            Step::With(..) => Ok(Ok(())),
            Step::Card(reader, held) => self.card(reader, held),
            Step::Hold(reader, held) => self.act(reader, Act::Hold(held.clone())),
            Step::Lift(reader) => self.act(reader, Act::Lift),
            Step::Fault(device, fault, set) => self.act(device, Act::Fault(*fault, *set)),
            Step::Switch(device, on) => self.act(device, Act::Power(*on)),
            Step::Scan(scanner, code) => self.act(scanner, Act::Scan(code.clone())),
            Step::Press(label) => self.press(label),
            Step::Type(text) => self.type_in(text),
            Step::Wait(time) => self.stage.wait(*time).map(Ok),
            Step::Paper(Roll::Out) => self.printer(PrinterCommand::LoadPaper(0)),
            Step::Paper(Roll::NearEnd) => self.printer(PrinterCommand::LoadPaper(SHORT_ROLL)),
            Step::Paper(Roll::In) => self.printer(PrinterCommand::LoadPaper(FULL_ROLL)),
            Step::Cover(open) => self.printer(PrinterCommand::Cover(*open)),
            Step::Cutter(stuck) => self.printer(PrinterCommand::Jam(*stuck)),
            Step::Tear => {
                self.collect_slips()?;
                for (printer, torn) in self.stage.rig.printers().zip(&mut self.torn) {
                    *torn += printer.tear_off().len();
                }
                Ok(Ok(()))
            }
            Step::Unplug(device) => self.act(device, Act::Unplug),
            Step::Plug(device) => self.act(device, Act::Plug),
            Step::Noise(device, bytes) => self.act(device, Act::Noise(*bytes)),
            Step::PowerCut => self.stage.cut_power().map(Ok),
            Step::ExpectScreen(text) => self.expect_screen(text),
            Step::ExpectNoScreen(text) => Ok(match self.on_screen(text)? {
                false => Ok(()),
                true => Err(format!("\"{text}\" is on the screen")),
            }),
            Step::ExpectSlip(text) => self.expect_slip(text),
            Step::ExpectSlips(count) => Ok(match self.taken.slips == *count {
                true => Ok(()),
                false => Err(format!("{} slips came out", self.taken.slips)),
            }),
            Step::Picture(name) => {
                self.taken.pictures += 1;
                self.picture(name)
            }
        };
        self.collect_slips()?;
        done
    }

    /// Somebody does something to a device. The bytes it makes need a moment of the clock.
    fn act(&mut self, device: &str, act: Act) -> io::Result<Done> {
        let now = self.stage.now();
        if !self.stage.rig.act(now, device, &act) {
            return Ok(Err(format!(
                "there is no device \"{device}\" that does this"
            )));
        }
        self.stage.settle()?;
        Ok(Ok(()))
    }

    /// Holds a card up and takes it away again, which is over when the reader has heard nothing of it
    /// for a while.
    fn card(&mut self, reader: &str, held: &Held) -> io::Result<Done> {
        let done = self.act(reader, Act::Hold(held.clone()))?;
        let (holds, forgets) = self.stage.rig.card_takes();
        self.stage.wait(holds)?;
        let now = self.stage.now();
        // A reader of the usual kind notices by itself.
        let _ = self.stage.rig.act(now, reader, &Act::Lift);
        self.stage.wait(forgets)?;
        Ok(done)
    }

    fn printer(&mut self, command: PrinterCommand) -> io::Result<Done> {
        self.act("printer", Act::Printer(command))
    }

    /// Touches a control; waits for it as a person would, who has just seen the screen change.
    fn press(&mut self, label: &str) -> io::Result<Done> {
        let until = self.stage.now() + PATIENCE;
        loop {
            let pressed = self.stage.order(&Order::Press(label.to_owned()))?;
            if pressed.is_ok() || self.stage.now() >= until {
                return Ok(pressed);
            }
            self.stage.step(until)?;
        }
    }

    fn type_in(&mut self, text: &str) -> io::Result<Done> {
        for key in text.chars() {
            if let Err(why) = self.press(&key.to_uppercase().to_string())? {
                return Ok(Err(why));
            }
        }
        Ok(Ok(()))
    }

    fn on_screen(&mut self, text: &str) -> io::Result<bool> {
        Ok(self
            .stage
            .screen()?
            .iter()
            .any(|shown| shown.contains(text)))
    }

    fn expect_screen(&mut self, text: &str) -> io::Result<Done> {
        let until = self.stage.now() + PATIENCE;
        while !self.on_screen(text)? {
            if self.stage.now() >= until {
                let shown = self.stage.screen()?.join(" · ");
                return Ok(Err(format!(
                    "\"{text}\" is not on the screen, but: {shown}"
                )));
            }
            self.stage.step(until)?;
        }
        Ok(Ok(()))
    }

    fn expect_slip(&mut self, text: &str) -> io::Result<Done> {
        let until = self.stage.now() + PATIENCE;
        loop {
            self.collect_slips()?;
            if self.latest.contains(text) {
                return Ok(Ok(()));
            }
            if self.stage.now() >= until {
                return Ok(Err(format!(
                    "the latest slip does not say \"{text}\":\n{}",
                    self.latest
                )));
            }
            self.stage.step(until)?;
        }
    }

    /// Writes down every slip that came out since the last look, as text and as a picture.
    fn collect_slips(&mut self) -> io::Result<()> {
        for (number, printer) in self.stage.rig.printers().enumerate() {
            let slips = printer.paper_text();
            let (torn, seen) = (self.torn[number], &mut self.seen[number]);
            for (index, text) in slips.iter().enumerate().skip(*seen - torn) {
                let png = printer.paper_png(index, &self.font);
                self.taken.slips += 1;
                let name = format!("slip-{:02}", self.taken.slips);
                let name = self.out.join("slips").join(name);
                fs::write(name.with_extension("txt"), text)?;
                fs::write(name.with_extension("png"), png)?;
                self.latest.clone_from(text);
            }
            *seen = torn + slips.len();
        }
        Ok(())
    }

    fn picture(&mut self, name: &str) -> io::Result<Done> {
        let path = self.out.join(format!("{name}.png")).display().to_string();
        self.stage.order(&Order::Picture(path))
    }

    fn failed(&mut self, tour: &Tour, line: &Line, why: String) -> TourError {
        let name = format!("failed-line-{}", line.number);
        let picture = match self.picture(&name) {
            Ok(Ok(())) => tour.out.join(format!("{name}.png")).display().to_string(),
            _ => "nothing; the program is gone".to_owned(),
        };
        let (name, text) = (tour.name.clone(), line.text.clone());
        TourError::Step {
            name,
            line: line.number,
            text,
            why,
            picture,
        }
    }

    fn close(mut self) -> io::Result<Taken> {
        self.stage.settle()?;
        self.collect_slips()?;
        let (data, out) = (self.out.join("data"), self.out.join("journal.jsonl"));
        let taken = self.taken;
        self.stage.close()?;
        write_journal(&data, &out)?;
        Ok(taken)
    }
}

fn write_journal(data: &Path, out: &Path) -> io::Result<()> {
    let building: Building = super::trial::settings().building();
    let mut file = io::BufWriter::new(fs::File::create(out)?);
    commands::journal(data, &building, true, &mut file).map_err(io::Error::other)?;
    Ok(())
}
