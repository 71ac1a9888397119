//! An ESC/POS printer: a receive buffer that fills at the baud, a roll, a cover, a cutter, and faults
//! (hardware.md §7).

use std::time::Duration;

use ab_glyph::FontArc;

use super::Simulator;
use super::fault::{LineFault, Outlet};
use super::intake::{Intake, Pace, RealTime};
use super::mechanics::Mechanics;
use super::paper::Slip;
use super::picture;
use super::said::Said;
use crate::clock::Moment;
use crate::escpos::profile::Profile;
use crate::link::Link;

pub use super::mechanics::Head;

/// What a person does to a printer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrinterCommand {
    /// Puts in a roll of so many dots (8 a millimetre) and closes the cover.
    LoadPaper(u32),
    /// Opens or closes the cover.
    Cover(bool),
    /// Jams or frees the cutter.
    Jam(bool),
    /// Takes it on-line or off-line at its panel.
    Online(bool),
    /// Switches it on or off; what it held is gone.
    Power(bool),
    /// Takes all paper that has come out, torn off at the bar where it was not cut.
    TearOff,
    /// Sets or lifts a fault.
    Fault(PrinterFault, bool),
    /// Sets or lifts a fault of all it says.
    Line(LineFault, bool),
}

/// How a printer misbehaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrinterFault {
    /// Answers to DLE EOT are lost.
    LoseRealTime,
    /// Answers to GS ( H are lost.
    LoseProcessId,
    /// Answers to GS r are lost.
    LoseFence,
    /// It has no automatic status.
    NoAsb,
    /// Answers to GS I are lost.
    LoseIdentity,
    /// It takes its bytes at a tenth of the baud.
    Slow,
    /// It holds the line with XOFF, and takes nothing.
    HoldXoff,
    /// Its handshake is not wired: what comes when its buffer is full is lost.
    Overrun,
    /// It says by its DTR wire, and not by XOFF, that its buffer is full; what comes all the same is
    /// lost.
    BusyByDtr,
    /// Real-time commands in the middle of another command are executed and also taken for a part of
    /// it, as on some printers.
    RealTimeStays,
    /// It was set up for China by ESC R 15: `$` prints as `¥` unless a job says otherwise.
    ChinaSet,
}

/// When the bytes of a measured stretch crossed the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WireTime {
    /// The first byte began.
    pub first: Moment,
    /// The last byte ended.
    pub last: Moment,
    /// How many bytes there were.
    pub bytes: u64,
}

impl WireTime {
    /// How long it took beside the time that so many bytes take at `baud` bits a second; 1 is no pause.
    #[must_use]
    pub fn ratio(&self, baud: u32) -> f64 {
        let least = self.bytes as f64 * 10.0 / f64::from(baud);
        (self.last - self.first).as_secs_f64() / least
    }
}

/// The simulated printer.
pub struct PrinterSim {
    dots: u16,
    intake: Intake,
    powered: bool,
    /// What it takes to start once it has power again.
    restart: Duration,
    /// It has power, and starts until then.
    starts_until: Moment,
    /// When it was moved last.
    seen: Moment,
    faults: Vec<PrinterFault>,
    mechanics: Mechanics,
    said: Vec<Said>,
    outlet: Outlet,
}

impl PrinterSim {
    /// A printer of that make on a line of `baud` bits a second, with a full roll.
    #[must_use]
    pub fn new(profile: &Profile, baud: u32) -> Self {
        Self {
            dots: profile.dots,
            intake: Intake::new(baud),
            powered: true,
            restart: profile.restart,
            starts_until: Moment::ORIGIN,
            seen: Moment::ORIGIN,
            faults: Vec::new(),
            mechanics: Mechanics::new(profile),
            said: Vec::new(),
            outlet: Outlet::default(),
        }
    }

    /// The same, with another head.
    #[must_use]
    pub fn with_head(mut self, head: Head) -> Self {
        self.mechanics.head = head;
        self
    }

    /// The slips that were cut off and not yet taken, oldest first.
    #[must_use]
    pub fn paper_text(&self) -> Vec<String> {
        self.mechanics.slips.iter().map(Slip::text).collect()
    }

    /// The paper that still hangs in the printer.
    #[must_use]
    pub fn hanging_text(&self) -> String {
        self.mechanics.hanging.text()
    }

    /// Slip `i` of [`PrinterSim::paper_text`] as a grey PNG, a dot a pixel; the hanging paper when
    /// there is no such slip.
    #[must_use]
    pub fn paper_png(&self, i: usize, font: &FontArc) -> Vec<u8> {
        let slip = self.mechanics.slips.get(i);
        let slip = slip.unwrap_or(&self.mechanics.hanging);
        picture::png(slip, u32::from(self.dots), font)
    }

    /// Takes all paper that has come out, torn off at the bar where it was not cut.
    pub fn tear_off(&mut self) -> Vec<String> {
        self.mechanics.tear_off();
        let slips = std::mem::take(&mut self.mechanics.slips);
        slips.iter().map(Slip::text).collect()
    }

    /// Dots of paper left on the roll.
    #[must_use]
    pub fn paper_left(&self) -> u32 {
        self.mechanics.condition.paper
    }

    /// Begins measuring the wire anew.
    pub fn measure(&mut self) {
        self.intake.measured = None;
    }

    /// The wire's times since [`PrinterSim::measure`].
    #[must_use]
    pub fn wire_time(&self) -> Option<WireTime> {
        self.intake.measured
    }

    /// Whether it holds the line with XOFF.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        self.intake.xoff
    }

    /// Bytes that came when its buffer was full ([`PrinterFault::Overrun`]).
    #[must_use]
    pub fn bytes_lost(&self) -> u64 {
        self.intake.lost
    }

    /// How many commands it got that no printer documents.
    #[must_use]
    pub fn surprises(&self) -> usize {
        self.mechanics.surprises
    }

    fn has(&self, fault: PrinterFault) -> bool {
        self.faults.contains(&fault)
    }

    fn is_up(&self, now: Moment) -> bool {
        self.powered && self.starts_until <= now
    }

    fn pace(&self, now: Moment) -> Pace {
        Pace {
            powered: self.is_up(now),
            slow: self.has(PrinterFault::Slow),
            holds: self.has(PrinterFault::HoldXoff),
            overruns: self.has(PrinterFault::Overrun),
            by_dtr: self.has(PrinterFault::BusyByDtr),
            keeps: self.has(PrinterFault::RealTimeStays),
        }
    }

    fn receive(&mut self, now: Moment) {
        for command in self.intake.receive(now, self.pace(now)) {
            match command {
                RealTime::Status(n) => {
                    let status = self.mechanics.condition.real_time(n);
                    self.said.push(Said::RealTime(status));
                }
                RealTime::Clear => self.mechanics.forget(),
            }
        }
    }

    fn print(&mut self, now: Moment) {
        let used = self.mechanics.run(now, &self.intake.buffer, &mut self.said);
        self.intake.buffer.drain(..used);
    }

    fn answer(&mut self, now: Moment, link: &mut dyn Link) {
        for said in std::mem::take(&mut self.said) {
            if self.is_up(now) && !self.has(said.lost_by()) {
                let spoil = |message: &mut Vec<u8>| Said::spoil(message);
                self.outlet.say(now, Duration::ZERO, said.bytes(), spoil);
            }
        }
        self.outlet.pump(now, link);
        // The handshake is the line's, not the messages': no fault of theirs touches it.
        let flow = self.intake.flow(self.pace(now));
        if self.has(PrinterFault::BusyByDtr) {
            link.set_ready(self.is_up(now) && !self.intake.xoff);
        } else if let (Some(flow), true) = (flow, self.is_up(now)) {
            let _ = link.write(&[flow]);
        }
    }
}

impl Simulator for PrinterSim {
    type Command = PrinterCommand;

    fn command(&mut self, now: Moment, command: PrinterCommand) {
        let mechanics = &mut self.mechanics;
        let condition = &mut mechanics.condition;
        match command {
            PrinterCommand::LoadPaper(dots) => {
                condition.paper = dots;
                condition.paper_out = dots == 0;
                condition.cover_open = false;
            }
            PrinterCommand::Cover(open) => condition.cover_open = open,
            PrinterCommand::Jam(jammed) => {
                condition.jammed = jammed;
                condition.cutter_error &= jammed;
            }
            PrinterCommand::Online(online) => condition.off_at_panel = !online,
            PrinterCommand::TearOff => drop(self.tear_off()),
            PrinterCommand::Power(on) => {
                if on && !self.powered {
                    self.starts_until = now + self.restart;
                }
                self.powered = on;
                self.intake.forget();
                self.outlet.clear();
                mechanics.forget();
            }
            PrinterCommand::Line(fault, set) => self.outlet.fault(fault, set),
            PrinterCommand::Fault(fault, set) => {
                if fault == PrinterFault::ChinaSet {
                    mechanics.set_up_for_china(set);
                }
                self.faults.retain(|known| *known != fault);
                if set {
                    self.faults.push(fault);
                }
            }
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        self.seen = now;
        let mut bytes = [0; 1024];
        loop {
            let room = self.intake.room(self.pace(now)).min(bytes.len());
            let Ok(n @ 1..) = link.read(&mut bytes[..room]) else {
                break;
            };
            self.intake.arrive(now, &bytes[..n]);
        }
        loop {
            self.receive(now);
            let waiting = self.intake.buffer.len();
            self.print(now);
            if !self.intake.blocked || self.intake.buffer.len() == waiting {
                break;
            }
        }
        if self.is_up(now) {
            self.said.extend(self.mechanics.condition.report());
        }
        self.answer(now, link);
    }

    fn due(&self) -> Option<Moment> {
        let wire = self.intake.due(self.pace(self.seen));
        let later = |at: Moment| (at > self.seen).then_some(at);
        let has_more = !self.intake.buffer.is_empty() || self.mechanics.has_begun();
        let head = later(self.mechanics.busy_until).filter(|_| has_more);
        let start = later(self.starts_until);
        let due = [wire, head, start, self.outlet.due()];
        due.into_iter().flatten().min()
    }
}
