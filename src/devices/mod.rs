//! The devices of the lobby: each port on a thread of its own, opened, watched and opened again.
//!
//! What comes in goes out as a [`Report`]; a device that fails is a report too, never an error that
//! unwinds.

pub mod hatch;
mod label;
mod paper;
mod printer;
mod printing;
pub mod probe;
mod reader;
pub mod recording;
mod report;
mod scanner;
mod state;
mod supervise;

pub use label::sheet as label_of;
pub use lodge_hardware::activity::{Activity, Busy};
pub use lodge_hardware::clock::{Alarm, Clock, Moment};
pub use lodge_hardware::link::LinkError as PortError;
pub use paper::document as document_of;
pub(crate) use report::Tell;
pub use report::{PaperReport, Report};
pub use state::{DeviceState, Standing};
pub use supervise::{PortLook, look_at};

use crate::config::Device;
use crate::equipment::{DeviceKind, TestPage};
use crate::kiosk::event::DeviceChange;
use crate::people::{Certainty, LastRead, NumberConvention, ReaderName, Signal, Symbology};
use crate::slips::{Label, LabelKind, PaperRoll, PaperTrouble, PrintJobId, PrinterName, Slip};
use ab_glyph::FontArc;
use chrono::{DateTime, Utc};
use lodge_hardware::port::mailbox;
use printer::Supply;
use state::Board;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

/// All devices of the settings, each on its thread; OSDP readers on that of their line.
pub struct Devices {
    threads: Mutex<Vec<JoinHandle<()>>>,
    closers: Vec<Box<dyn Fn() + Send + Sync>>,
    readers: Vec<(ReaderName, reader::Way)>,
    scanners: Vec<scanner::Way>,
    printers: Vec<printer::Way>,
    labels: Vec<label::Way>,
    supply: Arc<Supply>,
    stands: Arc<label::Stands>,
    offered: Mutex<Offered>,
    board: Arc<Board>,
    clock: Clock,
}

/// Which receipt printer and which label printer was offered which job last; a job is with one of them.
#[derive(Default)]
struct Offered {
    receipt: Option<(PrintJobId, usize)>,
    label: Option<(PrintJobId, usize)>,
}

/// What the devices are to know before they are started.
pub struct Before {
    /// How card numbers are read.
    pub cards: NumberConvention,
    /// What a printer without Chinese gets its lines drawn with.
    pub font: FontArc,
    /// What was printing a slip or a label when the program last ended; none where that is not known.
    pub interrupted: Vec<Option<PrinterName>>,
    /// How the rolls of the printers were left.
    pub rolls: HashMap<PrinterName, PaperRoll>,
}

/// What the thread of a device is given of it.
pub(crate) struct Surround {
    pub spec: Device,
    pub clock: Clock,
    pub activity: Activity,
    pub board: Arc<Board>,
    pub tell: Arc<dyn Tell>,
    /// A slip of this printer was being printed when the program last ended.
    pub interrupted: bool,
    /// What a printer without Chinese gets its lines drawn with.
    pub font: FontArc,
}

impl Surround {
    /// A thread called after the device.
    fn thread(&self) -> std::thread::Builder {
        std::thread::Builder::new().name(format!("lodge-{}", self.spec.id()))
    }

    /// Reports something.
    pub fn report(&self, report: Report) {
        (self.tell)(report, self.activity.busy());
    }

    /// Notes that something was read at this very moment, which it gives, and how.
    pub fn read_now(&self, certainty: Certainty, symbology: Option<Symbology>) -> DateTime<Utc> {
        let at = DateTime::from_timestamp_millis(self.clock.wall_ms()).unwrap_or_default();
        let read = LastRead::new(at, certainty, symbology);
        self.board.read(&self.spec.id(), read);
        at
    }

    /// Notes how the device stands now. Returns whether any device of its kind works, where this made
    /// a difference to that.
    pub fn note(&self, standing: Standing) -> Option<bool> {
        let noted = self.board.note(&self.spec.id(), standing, &self.clock)?;
        self.report(Report::Stands);
        noted.works
    }
}

impl Devices {
    /// Starts a thread for every device; a port that is not there yet is waited for.
    pub fn start(
        specs: &[Device],
        before: &Before,
        clock: &Clock,
        activity: &Activity,
        tell: impl Fn(Report, Busy) + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let board = Arc::new(Board::new(specs));
        let printers = specs
            .iter()
            .filter(|spec| spec.kind == DeviceKind::Printer)
            .map(|spec| PrinterName(spec.name.clone()));
        let labels = specs
            .iter()
            .filter(|spec| spec.kind == DeviceKind::LabelPrinter)
            .map(|spec| spec.prints.unwrap_or_default());
        let mut devices = Devices {
            threads: Mutex::new(Vec::new()),
            closers: Vec::new(),
            readers: Vec::new(),
            scanners: Vec::new(),
            printers: Vec::new(),
            labels: Vec::new(),
            supply: Arc::new(Supply::new(printers)),
            stands: Arc::new(label::Stands::new(labels)),
            offered: Mutex::new(Offered::default()),
            board: board.clone(),
            clock: clock.clone(),
        };
        let tell: Arc<dyn Tell> = Arc::new(tell);
        for kind in [DeviceKind::Reader, DeviceKind::Printer] {
            if !specs.iter().any(|spec| spec.kind == kind) {
                let change = match kind {
                    DeviceKind::Reader => DeviceChange::Reader(false),
                    _ => DeviceChange::Printer(Some(PaperTrouble::Unplugged)),
                };
                tell(Report::Changed(change), activity.busy());
            }
        }
        if !devices.labels().is_empty() {
            let change = DeviceChange::Labels(devices.labels());
            tell(Report::Changed(change), activity.busy());
        }
        let surround = |spec: &Device| Surround {
            spec: spec.clone(),
            clock: clock.clone(),
            activity: activity.clone(),
            board: board.clone(),
            tell: tell.clone(),
            interrupted: before.interrupted.iter().any(|printer| {
                printer
                    .as_ref()
                    .is_none_or(|printer| printer.0 == spec.name)
            }),
            font: before.font.clone(),
        };
        for spec in specs.iter().filter(|spec| spec.osdp.is_none()) {
            devices.start_one(surround(spec), before)?;
        }
        for line in reader::osdp::lines(specs) {
            let on_it = line.into_iter().map(surround).collect();
            devices.start_line(on_it, before.cards)?;
        }
        Ok(devices)
    }

    /// Starts one thread for all OSDP readers of a line.
    fn start_line(&mut self, on_it: Vec<Surround>, cards: NumberConvention) -> std::io::Result<()> {
        let first = &on_it[0];
        let (mailbox, inbox) = mailbox(&first.activity)?;
        let (builder, at_work) = (first.thread(), first.activity.busy());
        for Surround { spec, .. } in &on_it {
            let way = reader::Way::OnLine(reader::osdp::address(spec), mailbox.clone());
            self.readers.push((ReaderName(spec.name.clone()), way));
        }
        self.closers.push(Box::new(move || mailbox.close()));
        let run = move || reader::osdp::run(on_it, cards, &inbox, at_work);
        self.keep(builder.spawn(run)?);
        Ok(())
    }

    fn start_one(&mut self, surround: Surround, before: &Before) -> std::io::Result<()> {
        let cards = before.cards;
        let builder = surround.thread();
        let at_work = surround.activity.busy();
        let handle = match surround.spec.kind {
            DeviceKind::Reader => {
                let (mailbox, inbox) = mailbox(&surround.activity)?;
                let name = ReaderName(surround.spec.name.clone());
                let way = reader::Way::Alone(mailbox.clone());
                self.readers.push((name, way));
                self.closers.push(Box::new(move || mailbox.close()));
                builder.spawn(move || reader::run(&surround, cards, &inbox, at_work))?
            }
            DeviceKind::Scanner => {
                let (mailbox, inbox) = mailbox(&surround.activity)?;
                let way = scanner::Way::new(&surround, mailbox.clone());
                self.scanners.push(way.clone());
                self.closers.push(Box::new(move || mailbox.close()));
                builder.spawn(move || scanner::run(&surround, &way, &inbox, at_work))?
            }
            DeviceKind::LabelPrinter => {
                let (mailbox, inbox) = mailbox(&surround.activity)?;
                let way = label::Way::new(&surround, mailbox.clone());
                let place = label::Place {
                    way: way.clone(),
                    stands: self.stands.clone(),
                    number: self.labels.len(),
                };
                self.labels.push(way);
                self.closers.push(Box::new(move || mailbox.close()));
                builder.spawn(move || label::run(&surround, &place, &inbox, at_work))?
            }
            DeviceKind::Printer => {
                let (mailbox, inbox) = mailbox(&surround.activity)?;
                let way = printer::Way::new(&surround, mailbox.clone());
                let name = PrinterName(surround.spec.name.clone());
                let place = printer::Place {
                    way: way.clone(),
                    supply: self.supply.clone(),
                    number: self.printers.len(),
                    roll: before.rolls.get(&name).copied().unwrap_or_default(),
                };
                self.printers.push(way);
                self.closers.push(Box::new(move || mailbox.close()));
                builder.spawn(move || printer::run(&surround, &place, &inbox, at_work))?
            }
        };
        self.keep(handle);
        Ok(())
    }

    fn keep(&mut self, thread: JoinHandle<()>) {
        let mut threads = self.threads.lock().expect("nobody panics holding a list");
        threads.push(thread);
    }

    /// Shows something with the lamp and the buzzer of a reader; one without them does nothing.
    pub fn signal(&self, reader: &ReaderName, signal: Signal) {
        for (name, way) in &self.readers {
            if name == reader {
                way.ask(reader::ask(signal));
            }
        }
    }

    /// Has the scanners read that read on command, or has them stop; all others do nothing.
    pub fn read_codes(&self, reading: bool) {
        for way in &self.scanners {
            way.read(reading);
        }
    }

    /// Gives a reader its own key, that of `key_file`: an installer's act, within the next minute. What
    /// comes of it stands on the reader's state. Gives how the reader stands, and nothing where there is
    /// none of this name that has keys. Only one whose port is open is asked: what is plugged in there
    /// later may be another one.
    pub fn install_key(&self, reader: &ReaderName) -> Option<Standing> {
        let mut readers = self.readers.iter();
        let (name, way) = readers.find(|(name, way)| name == reader && way.has_key())?;
        let id = format!("{}-{}", DeviceKind::Reader.word(), name.0);
        let mut states = self.board.states().into_iter();
        let state = states.find(|state| state.id == id)?;
        if state.standing.is_open() {
            way.ask(lodge_hardware::reader::Ask::InstallKey);
        }
        Some(state.standing)
    }

    /// Offers a slip to the first printer that can print. It answers ready or refused; nothing is
    /// sent yet. False where none takes one now.
    pub fn print(&self, job: PrintJobId, slip: &Slip) -> bool {
        let chosen = self.supply.chosen();
        let Some((chosen, printer)) = chosen.and_then(|at| Some((at, self.printers.get(at)?)))
        else {
            return false;
        };
        let mut offered = self.offer();
        offered.label.take_if(|(other, _)| *other == job);
        offered.receipt = Some((job, chosen));
        drop(offered);
        printer.print(job, slip);
        true
    }

    /// Offers a label to the first label printer that can print it. It answers ready or refused;
    /// nothing is sent yet. False where none can.
    pub fn print_label(&self, job: PrintJobId, label: &Label) -> bool {
        let chosen = self.stands.chosen(label.kind);
        let Some((chosen, printer)) = chosen.and_then(|at| Some((at, self.labels.get(at)?))) else {
            return false;
        };
        let mut offered = self.offer();
        offered.receipt.take_if(|(other, _)| *other == job);
        offered.label = Some((job, chosen));
        drop(offered);
        printer.print(job, label);
        true
    }

    /// What can be printed on labels now; what cannot is printed on a slip.
    pub fn labels(&self) -> Vec<LabelKind> {
        self.stands.kinds()
    }

    /// Asks all label printers how they are: unlike a receipt printer they say it only when asked, and
    /// some by their silence.
    pub fn look_at_labels(&self) {
        self.labels.iter().for_each(label::Way::look);
    }

    /// Whether all label printers can print; none where there are none.
    pub fn all_labels_able(&self) -> Option<bool> {
        self.stands.all_able()
    }

    /// The job is written down as being sent: go.
    pub fn go(&self, job: PrintJobId) {
        if let Some(printer) = self.printer_of(job) {
            printer.feed.go(job);
        }
        if let Some(printer) = self.label_printer_of(job) {
            printer.feed.go(job);
        }
    }

    /// The job must not be sent after all.
    pub fn withdraw(&self, job: PrintJobId) {
        if let Some(printer) = self.printer_of(job) {
            printer.feed.withdraw(job);
        }
        if let Some(printer) = self.label_printer_of(job) {
            printer.feed.withdraw(job);
        }
    }

    /// Prints what a printer can do; what comes of it stands on the printer's state. Gives how the printer
    /// stands, and nothing where there is none of this name. Only one whose port is open is asked: one that is
    /// plugged in later would print a page that nobody waits for any more.
    pub fn test_page(&self, printer: &PrinterName) -> Option<Standing> {
        let mut printers = self.printers.iter();
        let way = printers.find(|way| way.feed.name() == printer);
        let label = (self.labels.iter()).find(|way| way.feed.name() == printer);
        let kind = match way {
            Some(_) => DeviceKind::Printer,
            None => label.map(|_| DeviceKind::LabelPrinter)?,
        };
        let id = format!("{}-{}", kind.word(), printer.0);
        let mut states = self.board.states().into_iter();
        let state = states.find(|state| state.id == id)?;
        let is_open = state.standing.is_open();
        let page = if is_open {
            TestPage::UnderWay
        } else {
            TestPage::Refused
        };
        self.board.tested(&id, page, &self.clock);
        if is_open {
            way.map(printer::Way::test_page);
            label.map(label::Way::test_label);
        }
        Some(state.standing)
    }

    /// Counts a receipt printer's paper from the beginning of a roll. False where there is no such one.
    pub fn new_roll(&self, printer: &PrinterName) -> bool {
        let way = (self.printers.iter()).find(|way| way.feed.name() == printer);
        way.map(printer::Way::new_roll).is_some()
    }

    /// What time it is, UTC milliseconds.
    fn wall_ms(&self) -> i64 {
        self.clock.wall_ms()
    }

    fn printer_of(&self, job: PrintJobId) -> Option<&printer::Way> {
        let offered = self.offer().receipt;
        let (_, printer) = offered.filter(|(offered, _)| *offered == job)?;
        self.printers.get(printer)
    }

    fn label_printer_of(&self, job: PrintJobId) -> Option<&label::Way> {
        let offered = self.offer().label;
        let (_, printer) = offered.filter(|(offered, _)| *offered == job)?;
        self.labels.get(printer)
    }

    fn offer(&self) -> MutexGuard<'_, Offered> {
        self.offered.lock().expect("nobody panics holding an offer")
    }

    /// How every device stands, in the order of the settings.
    pub fn states(&self) -> Vec<DeviceState> {
        self.board.states()
    }

    /// Closes every port and waits for the threads, which never block on a device.
    pub fn close(&self) {
        for close in &self.closers {
            close();
        }
        let threads =
            std::mem::take(&mut *self.threads.lock().expect("nobody panics holding a list"));
        for thread in threads {
            // A thread that panicked has ended the program already.
            let _ = thread.join();
        }
    }
}

impl Drop for Devices {
    fn drop(&mut self) {
        self.close();
    }
}
