//! `lodge tour`: the real program, headless, against simulated devices on ptys, by a script.

mod child;
pub mod pages;
pub mod program;
pub mod protocol;
pub mod script;
pub mod stage;
mod walk;

pub use child::{ChildOptions, run_child};

use super::rig::Equipment;
use crate::building::Building;
use crate::commands;
use ab_glyph::FontArc;
use chrono::{DateTime, Utc};
use program::Start;
use script::{Line, Step};
use stage::Stage;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walk::Walk;

/// The lane, as it runs where no script is named.
pub const LANE: &str = include_str!("../../../tests/tours/lane.tour");

/// The printer and the spare one.
const MOST_PRINTERS: usize = 2;

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

/// A task of the tour, and what it took beside what it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What was done.
    pub task: String,
    /// What was counted.
    pub of: Of,
    /// How many it took; cards and scans are none.
    pub count: usize,
    /// How many it may take.
    pub most: usize,
}

/// What a budget counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Touches at the touch screen.
    Touches,
    /// Keys at the staff window.
    Keys,
}

impl std::fmt::Display for Of {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Of::Touches => "touches",
            Of::Keys => "keys",
        })
    }
}

/// What a tour came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Steps done.
    pub steps: usize,
    /// Pictures taken.
    pub pictures: usize,
    /// Slips that came out.
    pub slips: usize,
    /// Tasks with a budget.
    pub budgets: Vec<Budget>,
    /// The pages that stood on the screen after a step, each with its language: `zh Home`.
    pub pages: BTreeSet<String>,
    /// What stood on the staff window, each with its language: `zh Table/Mail 1 of 5`.
    pub desk: BTreeSet<String>,
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
            budgets,
            pages: _,
            desk: _,
        } = self;
        write!(
            f,
            "{steps} steps done, {pictures} pictures taken, {slips} slips printed"
        )?;
        for Budget {
            task,
            of,
            count,
            most,
        } in budgets
        {
            write!(f, "\n{task}: {count} {of} of at most {most}")?;
        }
        Ok(())
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
            budgets: Vec::new(),
            pages: BTreeSet::new(),
            desk: BTreeSet::new(),
        };
        Ok(Walk {
            stage,
            out: self.out.clone(),
            font,
            latest: String::new(),
            torn: vec![0; MOST_PRINTERS],
            seen: vec![0; MOST_PRINTERS],
            taken,
            task: walk::Task::default(),
        })
    }
}

fn write_journal(data: &Path, out: &Path) -> io::Result<()> {
    let building: Building = super::trial::settings().building();
    let mut file = io::BufWriter::new(fs::File::create(out)?);
    commands::journal(data, &building, true, &mut file).map_err(io::Error::other)?;
    Ok(())
}
