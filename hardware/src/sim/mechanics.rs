//! The printer behind its receive buffer: modes, head and cutter.

use std::time::Duration;

use super::bars::Bars;
use super::command::{Codes, Command, first};
use super::condition::Condition;
use super::paper::{Cell, LINE_DOTS, Slip, Strip};
use super::said::Said;
use crate::clock::Moment;
use crate::escpos::code_page::CodeTable;
use crate::escpos::profile::{Cutter, Profile};
use crate::raster::Raster;

/// ESC R 15.
const CHINA: u8 = 15;
/// A command that has begun and has no end after so many bytes is a picture, or as long as one.
const LONG: usize = 1024;

/// How fast paper comes out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// Dots a second.
    pub dots: u32,
    /// What the cutter takes.
    pub cut: Duration,
}

impl Head {
    /// 150 mm a second, as common printers have.
    pub const COMMON: Self = Self {
        dots: 1200,
        cut: Duration::from_millis(300),
    };
    /// 50 mm a second, an old or a battery-driven one.
    pub const SLOW: Self = Self {
        dots: 400,
        cut: Duration::from_millis(800),
    };
    /// Takes no time: for what is measured of the line.
    pub const INSTANT: Self = Self {
        dots: u32::MAX,
        cut: Duration::ZERO,
    };

    fn takes(self, dots: u32) -> Duration {
        Duration::from_micros(u64::from(dots) * 1_000_000 / u64::from(self.dots.max(1)))
    }
}

/// Modes that ESC @ resets.
#[derive(Clone, Copy, Default)]
struct Modes {
    codes: Codes,
    code_table: u8,
    national_set: u8,
    barcode: BarcodeModes,
    align: u8,
    bold: bool,
    wide: bool,
    high: bool,
    chinese_wide: bool,
    chinese_high: bool,
    module: u8,
}

/// What GS h, GS w and GS H have set.
#[derive(Clone, Copy)]
struct BarcodeModes {
    height: u8,
    module: u8,
    hri: u8,
}

impl Default for BarcodeModes {
    fn default() -> Self {
        Self {
            height: 162,
            module: 3,
            hri: 0,
        }
    }
}

pub(crate) struct Mechanics {
    columns: usize,
    dots: u32,
    to_cutter: u32,
    pub(crate) head: Head,
    /// The head or the cutter works until then.
    pub(crate) busy_until: Moment,
    /// The codes it knows where its two-byte mode is on.
    codes: Codes,
    has_cutter: bool,
    /// The code tables it has besides number 0, which is PC437 on all of them.
    code_table: CodeTable,
    set_up_for_china: bool,
    modes: Modes,
    line: Vec<Cell>,
    qr: Vec<u8>,
    /// The beginning of a command that may have no end within the receive buffer, a picture.
    begun: Vec<u8>,
    /// Commands that no printer documents.
    pub(crate) surprises: usize,
    pub(crate) hanging: Slip,
    pub(crate) slips: Vec<Slip>,
    pub(crate) condition: Condition,
}

impl Mechanics {
    pub(crate) fn new(profile: &Profile) -> Self {
        let mut printer = Self {
            columns: usize::from(profile.columns),
            dots: u32::from(profile.dots),
            to_cutter: u32::from(profile.feed_before_cut) * LINE_DOTS,
            head: Head::COMMON,
            busy_until: Moment::ORIGIN,
            codes: match (profile.chinese, profile.four_byte) {
                (false, _) => Codes::OneByte,
                (true, false) => Codes::TwoBytes,
                (true, true) => Codes::FourBytes,
            },
            has_cutter: profile.cutter != Cutter::None,
            code_table: profile.code_table,
            set_up_for_china: false,
            modes: Modes::default(),
            line: Vec::new(),
            qr: Vec::new(),
            begun: Vec::new(),
            surprises: 0,
            hanging: Slip::default(),
            slips: Vec::new(),
            condition: Condition::healthy(),
        };
        printer.reset_modes();
        printer
    }

    fn is_chinese(&self) -> bool {
        self.codes != Codes::OneByte
    }

    /// What ESC @ and the switch do.
    fn reset_modes(&mut self) {
        self.modes = Modes {
            codes: self.codes,
            national_set: if self.set_up_for_china { CHINA } else { 0 },
            ..Modes::default()
        };
    }

    pub(crate) fn set_up_for_china(&mut self, set: bool) {
        self.set_up_for_china = set;
        self.reset_modes();
    }

    /// Switched off and on: all modes and the line in the head are gone, the paper is not.
    pub(crate) fn forget(&mut self) {
        self.busy_until = Moment::ORIGIN;
        self.reset_modes();
        self.line.clear();
        self.qr.clear();
        self.begun.clear();
        self.condition.automatic(false);
        self.condition.cutter_error = false;
    }

    /// Executes what is whole in `buffer` until the printer stops or is busy; gives how many bytes it used.
    ///
    /// The receive buffer holds less than a picture: what has begun and is long moves out of it.
    pub(crate) fn run(&mut self, now: Moment, buffer: &[u8], said: &mut Vec<Said>) -> usize {
        let mut used = 0;
        if !self.begun.is_empty() && self.is_free(now) {
            let mut whole = std::mem::take(&mut self.begun);
            let begun = whole.len();
            whole.extend(buffer);
            if first(&whole, self.modes.codes).is_none() {
                self.begun = whole;
                return buffer.len();
            }
            match self.execute_all(now, &whole, said) {
                // The printer has stopped before it.
                0 => {
                    whole.truncate(begun);
                    self.begun = whole;
                }
                // What is behind it waits in the buffer.
                done => used = done - begun,
            }
        }
        if self.begun.is_empty() {
            used += self.execute_all(now, &buffer[used..], said);
            let rest = &buffer[used..];
            if rest.len() >= LONG && self.is_free(now) {
                self.begun = rest.to_vec();
                used = buffer.len();
            }
        }
        used
    }

    /// Whether a command waits in it that began in a buffer too small for it.
    pub(crate) fn has_begun(&self) -> bool {
        !self.begun.is_empty()
    }

    fn is_free(&self, now: Moment) -> bool {
        self.busy_until <= now && !self.condition.is_stopped()
    }

    /// Executes what is whole until the printer stops or is busy; gives how many bytes that was.
    fn execute_all(&mut self, now: Moment, bytes: &[u8], said: &mut Vec<Said>) -> usize {
        let mut used = 0;
        while self.is_free(now) {
            let Some((command, length)) = first(&bytes[used..], self.modes.codes) else {
                break;
            };
            self.busy_until = now;
            if !self.execute(command, said) {
                break;
            }
            used += length;
        }
        used
    }

    /// Gives whether it could be done; else the printer has stopped before it.
    fn execute(&mut self, command: Command, said: &mut Vec<Said>) -> bool {
        let modes = &mut self.modes;
        match command {
            Command::Initialise => {
                self.reset_modes();
                self.line.clear();
                self.condition.automatic(false);
            }
            Command::Print => return self.print_line(),
            Command::Feed(lines) => return (0..lines).all(|_| self.print_line()),
            Command::FeedDots(dots) => return self.print_line_of(u32::from(dots)),
            Command::Align(align) => modes.align = align & 3,
            Command::Bold(bold) => modes.bold = bold,
            Command::Size(size) => (modes.wide, modes.high) = (size & 0x70 != 0, size & 7 != 0),
            Command::Modes(all) => {
                modes.bold = all & 0x08 != 0;
                (modes.high, modes.wide) = (all & 0x10 != 0, all & 0x20 != 0);
            }
            // A printer without a Chinese font ignores FS & (§7.3 rule 7).
            Command::ChineseMode(on) => {
                modes.codes = if on { self.codes } else { Codes::OneByte };
            }
            Command::CodeTable(number) => modes.code_table = number,
            Command::NationalSet(set) => modes.national_set = set,
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
            Command::Raster(mode, width, rows) => return self.raster(mode, width, rows),
            Command::Columns(deep, columns) => return self.columns(deep, &columns),
            Command::BarcodeHeight(dots) => modes.barcode.height = dots.max(1),
            Command::BarcodeModule(dots) => modes.barcode.module = dots.clamp(2, 6),
            Command::BarcodeHri(hri) => modes.barcode.hri = hri & 3,
            Command::Code128(data) => return self.barcode(&data),
            Command::Identity(n) => {
                said.extend(Said::identity(n, self.is_chinese(), self.has_cutter))
            }
            Command::Cut => return self.cut(0),
            Command::FeedLinesAndCut => return self.cut(self.to_cutter),
            Command::Asb(what) => self.condition.automatic(what != 0),
            Command::PaperAnswer => said.push(Said::Fence(self.condition.paper_bits())),
            Command::ProcessId(mark) => said.push(Said::ProcessId(mark)),
            Command::Wide(c) => return self.character(c, 2),
            Command::Byte(byte) => {
                let c = self.letter(byte);
                return self.character(c, 1);
            }
            Command::Ignored => {}
            Command::Unknown => self.surprises += 1,
        }
        true
    }

    /// What a single byte prints in the national set and the code table that are chosen.
    fn letter(&self, byte: u8) -> char {
        match byte {
            b'$' if self.modes.national_set == CHINA => '¥',
            0x80.. if self.modes.code_table == self.code_table.number => {
                self.code_table.page.char(byte).unwrap_or('\u{FFFD}')
            }
            0x80.. => '\u{FFFD}',
            _ => char::from(byte),
        }
    }

    fn character(&mut self, c: char, base: usize) -> bool {
        let modes = &self.modes;
        let chinese = base == 2;
        let cell = Cell {
            c,
            base,
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

    /// GS v 0 prints what it has at once; bit 0 of the mode doubles the width, bit 1 the height.
    fn raster(&mut self, mode: u8, width: usize, rows: Vec<u8>) -> bool {
        let dots = u32::try_from(width * 8).unwrap_or(u32::MAX);
        let height = u32::try_from(rows.len() / width.max(1)).unwrap_or(u32::MAX);
        let flat = Raster {
            width: dots,
            height,
            bits: rows,
        };
        let (wide, high) = (1 + u32::from(mode & 1), 1 + u32::from(mode >> 1 & 1));
        let mut raster = Raster::white((dots * wide).min(self.dots), height * high);
        for y in 0..raster.height {
            for x in (0..raster.width).filter(|x| flat.is_black(x / wide, y / high)) {
                raster.blacken(x, y);
            }
        }
        let align = self.modes.align;
        self.advance(Strip::Picture { raster, align })
    }

    /// A barcode that is wrong, or wider than the paper, is not printed at all.
    fn barcode(&mut self, data: &[u8]) -> bool {
        let Some(bars) = Bars::of(data) else {
            return true;
        };
        let modes = self.modes.barcode;
        if bars.modules() * u32::from(modes.module) > self.dots {
            return true;
        }
        self.advance(Strip::Barcode {
            bars,
            module: modes.module,
            height: modes.height,
            hri: modes.hri,
            align: self.modes.align,
        })
    }

    /// ESC * stands in its line; here it is a picture of its own, and the line goes on below it.
    fn columns(&mut self, deep: usize, columns: &[u8]) -> bool {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let width = number(columns.len() / deep).min(self.dots);
        let mut raster = Raster::white(width, number(8 * deep));
        for (x, column) in (0..width).zip(columns.chunks(deep)) {
            for y in (0..raster.height).filter(|y| is_set(column, *y)) {
                raster.blacken(x, y);
            }
        }
        let align = self.modes.align;
        self.advance(Strip::Picture { raster, align })
    }

    fn print_line(&mut self) -> bool {
        self.print_line_of(0)
    }

    /// Prints what is in the head and feeds so many dots, or as many as the line is high.
    fn print_line_of(&mut self, dots: u32) -> bool {
        let strip = match (dots, self.line.is_empty()) {
            (0, _) | (_, false) => Strip::Text {
                cells: self.line.clone(),
                align: self.modes.align,
            },
            (_, true) => Strip::Picture {
                raster: Raster::white(8, dots),
                align: 0,
            },
        };
        let printed = self.advance(strip);
        if printed {
            self.line.clear();
        }
        printed
    }

    fn advance(&mut self, strip: Strip) -> bool {
        let dots = strip.dots();
        if !self.condition.feed(dots) {
            return false;
        }
        self.busy_until = self.busy_until + self.head.takes(dots);
        self.hanging.columns = self.columns;
        self.hanging.strips.push(strip);
        true
    }

    fn cut(&mut self, feed: u32) -> bool {
        let condition = &mut self.condition;
        if condition.jammed {
            condition.cutter_error = true;
            return false;
        }
        condition.paper = condition.paper.saturating_sub(feed);
        self.busy_until = self.busy_until + self.head.takes(feed) + self.head.cut;
        self.slips.push(std::mem::take(&mut self.hanging));
        true
    }

    /// What hangs out is torn off as it is.
    pub(crate) fn tear_off(&mut self) {
        if !self.hanging.strips.is_empty() {
            self.slips.push(std::mem::take(&mut self.hanging));
        }
    }
}

/// Whether a dot of a column is black, counted from its top.
fn is_set(column: &[u8], y: u32) -> bool {
    let byte = column.get((y / 8) as usize).copied().unwrap_or(0);
    byte & (0x80 >> (y % 8)) != 0
}
