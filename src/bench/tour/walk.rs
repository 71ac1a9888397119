//! A tour under way: one step after the other.

use super::protocol::{DeskOrder, Order};
use super::script::{Line, Step, Writer};
use super::stage::Stage;
use super::{Budget, Of, Taken, Tour, TourError, write_journal};
use crate::bench::rig::{Act, Held};
use crate::devices::hatch::{Knock, Reply, knock};
use crate::people::ReaderName;
use crate::slips::PrinterName;
use ab_glyph::FontArc;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// How long an `expect` waits, on the script's clock.
const PATIENCE: Duration = Duration::from_secs(10);

/// What turns a keyboard that has no room for all its keys on to its next part.
const KEYBOARD_PARTS: [&str; 3] = ["A–M", "N–Z", "123"];

/// A tour under way.
pub(super) struct Walk {
    pub(super) stage: Stage,
    pub(super) out: PathBuf,
    pub(super) font: FontArc,
    /// The latest slip.
    pub(super) latest: String,
    /// Slips that were taken out of each printer, and that were looked at in each.
    pub(super) torn: Vec<usize>,
    pub(super) seen: Vec<usize>,
    pub(super) taken: Taken,
    pub(super) task: Task,
}

/// What touches and keys are counted for.
#[derive(Default)]
pub(super) struct Task {
    name: String,
    /// At the touch screen.
    touches: usize,
    /// At the staff window.
    keys: usize,
    /// With the mouse there.
    clicks: usize,
}

type Done = Result<(), String>;

impl Walk {
    pub(super) fn take(&mut self, line: &Line) -> io::Result<Done> {
        let done = match &line.step {
            // Taken before the stage was opened.
            Step::With(..) => Ok(Ok(())),
            Step::Card(reader, held) => self.card(reader, held),
            Step::Press(label, number) => self.press(label, *number),
            Step::Type(text) => self.type_in(text),
            Step::Sign => {
                self.task.touches += 1;
                self.stage.order(&Order::Sign)
            }
            Step::Task(name) => {
                self.task = Task {
                    name: name.clone(),
                    ..Task::default()
                };
                Ok(Ok(()))
            }
            Step::ExpectTouches(most) => Ok(self.within(Of::Touches, *most)),
            Step::ExpectKeys(most) => Ok(self.within(Of::Keys, *most)),
            Step::Wait(time) => self.stage.wait(*time).map(Ok),
            Step::Tear => {
                self.collect_slips()?;
                let counts = self.torn.iter_mut().zip(&mut self.seen);
                for (printer, (torn, seen)) in self.stage.rig.printers().zip(counts) {
                    *torn += printer.tear_off().len();
                    // Paper that was not cut goes with it, and was no slip that came out.
                    *seen = *torn;
                }
                Ok(Ok(()))
            }
            Step::TestPage(printer) => {
                let printer = PrinterName(printer.clone());
                self.knock(&Knock::TestPage(printer))
            }
            Step::InstallKey(reader) => {
                let reader = ReaderName(reader.clone());
                self.knock(&Knock::InstallKey(reader))
            }
            Step::PowerCut => self.stage.cut_power().map(Ok),
            Step::Books(Writer::Holds) => self.stage.hold_books().map(Ok),
            Step::Books(Writer::Outlasts) => self.stage.outlast().map(Ok),
            Step::Books(Writer::Done) => self.stage.free_books().map(Ok),
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
            Step::DeskKey(name) => {
                self.task.keys += 1;
                self.at_desk(DeskOrder::Key(name.clone()))
            }
            Step::DeskType(text) => {
                self.task.keys += text.chars().count();
                self.at_desk(DeskOrder::Type(text.clone()))
            }
            Step::DeskPress(label) => {
                self.task.clicks += 1;
                self.at_desk(DeskOrder::Press(label.clone()))
            }
            Step::ExpectDesk(text) => self.expect_desk(text),
            Step::ExpectDeskAtOnce(text) => Ok(match self.on_desk(text)? {
                true => Ok(()),
                false => Err(format!("\"{text}\" is not at the desk yet")),
            }),
            Step::ExpectNoDesk(text) => Ok(match self.on_desk(text)? {
                false => Ok(()),
                true => Err(format!("\"{text}\" is at the desk")),
            }),
            Step::DeskPicture(name) => {
                self.taken.pictures += 1;
                let path = self.out.join(format!("{name}.png")).display().to_string();
                self.at_desk(DeskOrder::Picture(path))
            }
            Step::Picture(name) => {
                self.taken.pictures += 1;
                self.picture(name)
            }
            step => self.acts(step.acts()),
        };
        self.collect_slips()?;
        let pages = Order::Desk(DeskOrder::Pages);
        self.taken.desk.extend(self.stage.texts_if_any(&pages)?);
        match self.stage.page()? {
            Ok(pages) => self.taken.pages.extend(pages),
            Err(why) => return Ok(done?.and(Err(why))),
        }
        done
    }

    /// Somebody does all this to devices.
    fn acts(&mut self, acts: Vec<(&str, Act)>) -> io::Result<Done> {
        if acts.is_empty() {
            return Ok(Err("this is nothing that can be done".to_owned()));
        }
        for (device, act) in acts {
            if let Err(why) = self.act(device, act)? {
                return Ok(Err(why));
            }
        }
        Ok(Ok(()))
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

    /// Asks at the program's hatch, as `lodge test-page` and `lodge install-key` do.
    fn knock(&mut self, ask: &Knock) -> io::Result<Done> {
        let reply = knock(&self.out.join("data"), ask)?;
        self.stage.settle()?;
        Ok(match reply {
            Reply::Done => Ok(()),
            other => Err(format!("the program answers {other:?}")),
        })
    }

    /// Touches a control; waits for it as a person would, who has just seen the screen change.
    fn press(&mut self, label: &str, number: usize) -> io::Result<Done> {
        self.task.touches += 1;
        let until = self.stage.now() + PATIENCE;
        loop {
            let pressed = self.stage.order(&Order::Press(label.to_owned(), number))?;
            if pressed.is_ok() || self.stage.now() >= until {
                return Ok(pressed);
            }
            self.stage.step(until)?;
        }
    }

    /// Whether the task took no more than it may; kept for the table of budgets.
    fn within(&mut self, of: Of, most: usize) -> Done {
        let Task {
            name,
            touches,
            keys,
            clicks,
        } = &self.task;
        let count = match of {
            Of::Touches => *touches,
            Of::Keys => *keys,
        };
        self.taken.budgets.push(Budget {
            task: name.clone(),
            of,
            count,
            most,
        });
        match of {
            _ if count > most => Err(format!("{name} took {count} {of}")),
            Of::Keys if *clicks > 0 => Err(format!("{name} took the mouse")),
            _ => Ok(()),
        }
    }

    fn type_in(&mut self, text: &str) -> io::Result<Done> {
        for key in text.chars() {
            // Keys have small letters where those are meant.
            let cases = [key.to_string(), key.to_uppercase().to_string()];
            let mut found = self.press_any(&cases)?;
            // On a small panel a third of the keys is there at a time.
            for _ in 1..KEYBOARD_PARTS.len() {
                if !found && self.press_any(&KEYBOARD_PARTS.map(str::to_owned))? {
                    found = self.press_any(&cases)?;
                }
            }
            if !found && let Err(why) = self.press(&cases[1], 1)? {
                return Ok(Err(why));
            }
        }
        Ok(Ok(()))
    }

    /// Touches the first of these controls that is there; whether one is.
    fn press_any(&mut self, labels: &[String]) -> io::Result<bool> {
        for label in labels {
            if self.stage.order(&Order::Press(label.clone(), 1))?.is_ok() {
                self.task.touches += 1;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn on_screen(&mut self, text: &str) -> io::Result<bool> {
        Ok(self
            .stage
            .screen()?
            .iter()
            .any(|shown| shown.contains(text)))
    }

    fn at_desk(&mut self, order: DeskOrder) -> io::Result<Done> {
        self.stage.order(&Order::Desk(order))
    }

    fn on_desk(&mut self, text: &str) -> io::Result<bool> {
        let shown = self.stage.texts(&Order::Desk(DeskOrder::Read))?;
        Ok(shown.iter().any(|shown| shown.contains(text)))
    }

    fn expect_desk(&mut self, text: &str) -> io::Result<Done> {
        let until = self.stage.now() + PATIENCE;
        while !self.on_desk(text)? {
            if self.stage.now() >= until {
                let shown = self.stage.texts(&Order::Desk(DeskOrder::Read))?.join(" · ");
                return Ok(Err(format!("\"{text}\" is not at the desk, but: {shown}")));
            }
            self.stage.step(until)?;
        }
        Ok(Ok(()))
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
        let sheets = self.stage.rig.labels().map(|printer| printer.take_sheets());
        for sheet in sheets.unwrap_or_default() {
            self.taken.slips += 1;
            let name = format!("label-{:02}", self.taken.slips);
            let name = self.out.join("slips").join(name);
            self.latest = sheet.text();
            fs::write(name.with_extension("txt"), &self.latest)?;
            fs::write(name.with_extension("png"), sheet.png(&self.font))?;
        }
        Ok(())
    }

    fn picture(&mut self, name: &str) -> io::Result<Done> {
        let path = self.out.join(format!("{name}.png")).display().to_string();
        self.stage.order(&Order::Picture(path))
    }

    pub(super) fn failed(&mut self, tour: &Tour, line: &Line, why: String) -> TourError {
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

    pub(super) fn close(mut self) -> io::Result<Taken> {
        self.stage.settle()?;
        self.collect_slips()?;
        let (data, out) = (self.out.join("data"), self.out.join("journal.jsonl"));
        let taken = self.taken;
        self.stage.close()?;
        let pages = taken.pages.iter().map(|page| format!("{page}\n"));
        fs::write(self.out.join("pages.txt"), pages.collect::<String>())?;
        let desk = taken.desk.iter().map(|name| format!("{name}\n"));
        fs::write(self.out.join("desk.txt"), desk.collect::<String>())?;
        write_journal(&data, &out)?;
        Ok(taken)
    }
}
