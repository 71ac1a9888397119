//! An ESC/POS printer: a receive buffer that fills at the baud, a roll, a cover, a cutter, and faults
//! (hardware.md §7).

use std::collections::VecDeque;

use ab_glyph::FontArc;

use super::Simulator;
use super::mechanics::Mechanics;
use super::paper::Slip;
use super::picture;
use crate::clock::Moment;
use crate::escpos::profile::Profile;
use crate::link::Link;

/// Bytes the receive buffer holds, as common printers' do (§7.1).
const BUFFER: usize = 4096;
/// XOFF below this many free bytes, XON above that many (§7.1).
const XOFF_BELOW: usize = 128;
const XON_ABOVE: usize = 1024;
/// The printer looks at the wire each time so many bytes can have crossed it.
const STEP: u64 = 8;

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
}

/// How a printer misbehaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrinterFault {
    /// It prints and never answers.
    Silent,
    /// Answers to GS ( H are lost.
    LoseProcessId,
    /// Answers to GS r are lost.
    LoseFence,
    /// It has no automatic status.
    NoAsb,
    /// Meaningless bytes come before every answer.
    Garbage,
    /// It takes its bytes at a tenth of the baud.
    Slow,
    /// It holds the line with XOFF, and takes nothing.
    HoldXoff,
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

/// The simulated printer.
pub struct PrinterSim {
    baud: u32,
    dots: u16,
    wire: VecDeque<u8>,
    /// When the wire's first byte began, in nanoseconds.
    began_ns: u64,
    blocked: bool,
    xoff: bool,
    /// The beginning of what may be a real-time command.
    escape: Vec<u8>,
    buffer: Vec<u8>,
    powered: bool,
    faults: Vec<PrinterFault>,
    mechanics: Mechanics,
    measured: Option<WireTime>,
    answers: Vec<u8>,
}

impl PrinterSim {
    /// A printer of that make on a line of `baud` bits a second, with a full roll.
    #[must_use]
    pub fn new(profile: &Profile, baud: u32) -> Self {
        Self {
            baud: baud.max(1),
            dots: profile.dots,
            wire: VecDeque::new(),
            began_ns: 0,
            blocked: false,
            xoff: false,
            escape: Vec::new(),
            buffer: Vec::new(),
            powered: true,
            faults: Vec::new(),
            mechanics: Mechanics::new(usize::from(profile.columns)),
            measured: None,
            answers: Vec::new(),
        }
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
        self.mechanics.paper
    }

    /// Begins measuring the wire anew.
    pub fn measure(&mut self) {
        self.measured = None;
    }

    /// The wire's times since [`PrinterSim::measure`].
    #[must_use]
    pub fn wire_time(&self) -> Option<WireTime> {
        self.measured
    }

    /// Whether it holds the line with XOFF.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        self.xoff
    }

    fn has(&self, fault: PrinterFault) -> bool {
        self.faults.contains(&fault)
    }

    fn byte_ns(&self) -> u64 {
        let slow = if self.has(PrinterFault::Slow) { 10 } else { 1 };
        slow * 10_000_000_000 / u64::from(self.baud)
    }

    /// Takes bytes off the wire that have crossed it by `now` and fit into the buffer.
    ///
    /// Only at its own moments, so that the printer does the same however often somebody looks at it
    /// in between, and however the bytes were given to the line.
    fn receive(&mut self, now: Moment) {
        let byte_ns = self.byte_ns();
        let now_ns = now.as_micros() * 1000 + 999;
        let look_ns = now_ns - now_ns % (STEP * byte_ns);
        self.blocked = false;
        while !self.wire.is_empty() && self.began_ns + byte_ns <= look_ns {
            if self.buffer.len() >= BUFFER || self.has(PrinterFault::HoldXoff) {
                self.blocked = true;
                self.began_ns = look_ns;
                return;
            }
            self.cross(byte_ns);
        }
    }

    /// One byte arrives.
    fn cross(&mut self, byte_ns: u64) {
        let first = Moment::from_micros(self.began_ns / 1000);
        self.began_ns += byte_ns;
        let last = Moment::from_micros(self.began_ns / 1000);
        let bytes = self.measured.map_or(0, |wire| wire.bytes) + 1;
        let first = self.measured.map_or(first, |wire| wire.first);
        self.measured = Some(WireTime { first, last, bytes });
        let byte = self.wire.pop_front().unwrap_or(0);
        if self.powered {
            self.real_time(byte);
        }
    }

    /// Real-time commands are executed as they arrive, before anything in the buffer (§7.4).
    fn real_time(&mut self, byte: u8) {
        match (&self.escape[..], byte) {
            ([], 0x10) | ([0x10], 0x04) => self.escape.push(byte),
            ([0x10, 0x04], n @ 1..=4) => {
                self.escape.clear();
                self.answers.push(self.mechanics.real_time(n));
            }
            _ => {
                self.buffer.append(&mut self.escape);
                self.buffer.push(byte);
            }
        }
    }

    fn print(&mut self) {
        let used = self
            .mechanics
            .run(&self.buffer, &self.faults, &mut self.answers);
        self.buffer.drain(..used);
    }

    fn flow(&mut self) {
        let free = BUFFER.saturating_sub(self.buffer.len());
        let hold = self.has(PrinterFault::HoldXoff);
        if !self.xoff && (hold || free < XOFF_BELOW) {
            self.xoff = true;
            self.answers.push(0x13);
        } else if self.xoff && !hold && free > XON_ABOVE {
            self.xoff = false;
            self.answers.push(0x11);
        }
    }

    fn answer(&mut self, link: &mut dyn Link) {
        let answers = std::mem::take(&mut self.answers);
        let silent = self.has(PrinterFault::Silent) || !self.powered;
        if answers.is_empty() || silent {
            return;
        }
        if self.has(PrinterFault::Garbage) {
            let _ = link.write(&[0xFF, 0x83, 0x9B]);
        }
        // A line that is gone loses the answer, as a cable does.
        let _ = link.write(&answers);
    }
}

impl Simulator for PrinterSim {
    type Command = PrinterCommand;

    fn command(&mut self, _now: Moment, command: PrinterCommand) {
        let mechanics = &mut self.mechanics;
        match command {
            PrinterCommand::LoadPaper(dots) => {
                mechanics.paper = dots;
                mechanics.paper_out = dots == 0;
                mechanics.cover_open = false;
            }
            PrinterCommand::Cover(open) => mechanics.cover_open = open,
            PrinterCommand::Jam(jammed) => {
                mechanics.jammed = jammed;
                mechanics.cutter_error &= jammed;
            }
            PrinterCommand::Online(online) => mechanics.off_at_panel = !online,
            PrinterCommand::TearOff => drop(self.tear_off()),
            PrinterCommand::Power(on) => {
                self.powered = on;
                self.buffer.clear();
                self.escape.clear();
                mechanics.forget();
            }
            PrinterCommand::Fault(fault, set) => {
                self.faults.retain(|known| *known != fault);
                if set {
                    self.faults.push(fault);
                }
            }
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        let mut bytes = [0; 1024];
        while let Ok(n @ 1..) = link.read(&mut bytes) {
            if self.wire.is_empty() {
                self.began_ns = self.began_ns.max(now.as_micros() * 1000);
            }
            self.wire.extend(&bytes[..n]);
        }
        loop {
            self.receive(now);
            let waiting = self.buffer.len();
            self.print();
            if !self.blocked || self.buffer.len() == waiting {
                break;
            }
        }
        if self.powered && !self.has(PrinterFault::NoAsb) {
            self.mechanics.report(&mut self.answers);
        }
        self.flow();
        self.answer(link);
    }

    fn due(&self) -> Option<Moment> {
        (!self.wire.is_empty() && !self.blocked).then(|| {
            let look_ns = STEP * self.byte_ns();
            let crossed_ns = self.began_ns + self.byte_ns();
            Moment::from_micros((crossed_ns.div_ceil(look_ns) * look_ns).div_ceil(1000))
        })
    }
}
