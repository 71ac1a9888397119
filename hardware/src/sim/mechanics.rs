//! The printer behind its receive buffer: head, roll, cover, cutter, and what it says of them.

use super::command::{Command, first};
use super::paper::{Cell, LINE_DOTS, Slip, Strip};
use super::printer::PrinterFault;

/// Dots left when the near-end sensor speaks: about a metre.
const NEAR_END: u32 = 8_000;
/// A full roll: 50 m.
const ROLL: u32 = 400_000;

/// Modes that ESC @ resets.
#[derive(Clone, Copy, Default)]
struct Modes {
    align: u8,
    bold: bool,
    wide: bool,
    high: bool,
    chinese_wide: bool,
    chinese_high: bool,
    module: u8,
}

pub(crate) struct Mechanics {
    columns: usize,
    modes: Modes,
    two_byte: bool,
    line: Vec<Cell>,
    qr: Vec<u8>,
    asb: Option<[u8; 4]>,
    asb_on: bool,
    pub(crate) hanging: Slip,
    pub(crate) slips: Vec<Slip>,
    pub(crate) paper: u32,
    pub(crate) paper_out: bool,
    pub(crate) cover_open: bool,
    pub(crate) jammed: bool,
    pub(crate) cutter_error: bool,
    pub(crate) off_at_panel: bool,
}

impl Mechanics {
    pub(crate) fn new(columns: usize) -> Self {
        Self {
            columns,
            modes: Modes::default(),
            two_byte: true,
            line: Vec::new(),
            qr: Vec::new(),
            asb: None,
            asb_on: false,
            hanging: Slip::default(),
            slips: Vec::new(),
            paper: ROLL,
            paper_out: false,
            cover_open: false,
            jammed: false,
            cutter_error: false,
            off_at_panel: false,
        }
    }

    /// Switched off and on: all modes and the line in the head are gone, the paper is not.
    pub(crate) fn forget(&mut self) {
        (self.modes, self.two_byte) = (Modes::default(), true);
        self.line.clear();
        self.qr.clear();
        (self.asb_on, self.asb, self.cutter_error) = (false, None, false);
    }

    fn is_stopped(&self) -> bool {
        self.paper_out || self.cover_open || self.cutter_error || self.off_at_panel
    }

    /// Executes what is whole in `buffer` until the printer stops; gives how many bytes it used.
    pub(crate) fn run(
        &mut self,
        buffer: &[u8],
        faults: &[PrinterFault],
        answers: &mut Vec<u8>,
    ) -> usize {
        let mut used = 0;
        while !self.is_stopped() {
            let Some((command, length)) = first(&buffer[used..], self.two_byte) else {
                break;
            };
            let said = answers.len();
            if !self.execute(command.clone(), answers) {
                break;
            }
            let lost = match command {
                Command::ProcessId(_) => faults.contains(&PrinterFault::LoseProcessId),
                Command::PaperAnswer => faults.contains(&PrinterFault::LoseFence),
                _ => false,
            };
            if lost {
                answers.truncate(said);
            }
            used += length;
        }
        used
    }

    /// Gives whether it could be done; else the printer has stopped before it.
    fn execute(&mut self, command: Command, answers: &mut Vec<u8>) -> bool {
        let modes = &mut self.modes;
        match command {
            Command::Initialise => {
                *modes = Modes::default();
                self.two_byte = true;
                self.line.clear();
                (self.asb_on, self.asb) = (false, None);
            }
            Command::Print => return self.print_line(),
            Command::Feed(lines) => return (0..lines).all(|_| self.print_line()),
            Command::Align(align) => modes.align = align & 3,
            Command::Bold(bold) => modes.bold = bold,
            Command::Size(size) => (modes.wide, modes.high) = (size & 0x70 != 0, size & 7 != 0),
            Command::ChineseMode(on) => self.two_byte = on,
            Command::ChineseSize(size) => {
                (modes.chinese_wide, modes.chinese_high) = (size & 4 != 0, size & 8 != 0);
            }
            Command::ChineseLarge(on) => (modes.chinese_wide, modes.chinese_high) = (on, on),
            Command::QrModule(module) => modes.module = module,
            Command::QrStore(data) => self.qr = data,
            Command::QrPrint => {
                let strip = Strip::Qr {
                    data: self.qr.clone(),
                    module: modes.module.max(1),
                    align: modes.align,
                };
                return self.advance(strip);
            }
            Command::Cut | Command::FeedLinesAndCut => return self.cut(),
            Command::Asb(what) => (self.asb_on, self.asb) = (what != 0, None),
            Command::PaperAnswer => answers.push(self.paper_bits()),
            Command::ProcessId(mark) => {
                answers.extend([0x37, 0x22]);
                answers.extend(mark);
                answers.push(0);
            }
            Command::Char(c) => return self.character(c),
            Command::Ignored => {}
        }
        true
    }

    fn character(&mut self, c: char) -> bool {
        let modes = &self.modes;
        let chinese = !c.is_ascii();
        let cell = Cell {
            c,
            wide: modes.wide || chinese && modes.chinese_wide,
            high: modes.high || chinese && modes.chinese_high,
            bold: modes.bold,
        };
        let width: usize = self.line.iter().map(|cell| cell.columns()).sum();
        if width + cell.columns() > self.columns && !self.print_line() {
            return false;
        }
        self.line.push(cell);
        true
    }

    fn print_line(&mut self) -> bool {
        let strip = Strip::Text {
            cells: self.line.clone(),
            align: self.modes.align,
        };
        let printed = self.advance(strip);
        if printed {
            self.line.clear();
        }
        printed
    }

    fn advance(&mut self, strip: Strip) -> bool {
        let dots = strip.dots();
        if self.paper < dots {
            self.paper_out = true;
            return false;
        }
        self.paper -= dots;
        self.hanging.columns = self.columns;
        self.hanging.strips.push(strip);
        true
    }

    fn cut(&mut self) -> bool {
        if self.jammed {
            self.cutter_error = true;
            return false;
        }
        self.paper = self.paper.saturating_sub(4 * LINE_DOTS);
        self.slips.push(std::mem::take(&mut self.hanging));
        true
    }

    /// What hangs out is torn off as it is.
    pub(crate) fn tear_off(&mut self) {
        if !self.hanging.strips.is_empty() {
            self.slips.push(std::mem::take(&mut self.hanging));
        }
    }

    fn is_near_end(&self) -> bool {
        self.paper < NEAR_END
    }

    fn paper_bits(&self) -> u8 {
        let near = if self.is_near_end() { 0x03 } else { 0 };
        near | if self.paper_out { 0x0C } else { 0 }
    }

    /// The answer to DLE EOT n (§7.4).
    pub(crate) fn real_time(&self, n: u8) -> u8 {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        0x12 | match n {
            1 => bit(self.is_stopped(), 0x08),
            2 => {
                let error = bit(self.cutter_error, 0x40);
                bit(self.cover_open, 0x04) | bit(self.paper_out, 0x20) | error
            }
            3 => bit(self.cutter_error, 0x08),
            _ => bit(self.is_near_end(), 0x0C) | bit(self.paper_out, 0x60),
        }
    }

    /// The automatic status, when it is on and has changed (§7.4).
    pub(crate) fn report(&mut self, answers: &mut Vec<u8>) {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        let status = [
            0x10 | bit(self.is_stopped(), 0x08) | bit(self.cover_open, 0x20),
            bit(self.cutter_error, 0x08),
            self.paper_bits(),
            0,
        ];
        if self.asb_on && self.asb.replace(status) != Some(status) {
            answers.extend(status);
        }
    }
}
