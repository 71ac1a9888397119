//! TSPL as a printer reads it (hardware.md §8.1).

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK};

use super::Interpreter;
use super::press::{Press, Trouble};
use super::sheet::{FARTHEST, Item, LARGEST_PICTURE, Sheet, put};
use crate::clock::Moment;
use crate::label::profile::{Language, Profile, Quotes, TsplStatus};
use crate::label::{Mm, Spacing};
use crate::raster::Raster;

/// The longest line it keeps.
const LONGEST: usize = 4096;
/// How many times something is enlarged at most.
const LARGEST: u32 = 10;

/// A picture whose raw bytes are still coming.
struct Coming {
    x: u32,
    y: u32,
    row: usize,
    bytes: Vec<u8>,
    all: usize,
}

pub(super) struct Tspl {
    quotes: Quotes,
    status: TsplStatus,
    line: Vec<u8>,
    /// The beginning of what may be an immediate command.
    immediate: Vec<u8>,
    coming: Option<Coming>,
    size: (f32, f32),
    spacing: Spacing,
    items: Vec<Item>,
    surprises: usize,
}

impl Tspl {
    pub(super) fn new(profile: &Profile) -> Self {
        let (quotes, status) = match profile.language {
            Language::Tspl { quotes, status, .. } => (quotes, status),
            Language::Zpl { .. } => (Quotes::Escaped, TsplStatus::OneByte),
        };
        Self {
            quotes,
            status,
            line: Vec::new(),
            immediate: Vec::new(),
            coming: None,
            size: (0.0, 0.0),
            spacing: Spacing::Gap(Mm::whole(2)),
            items: Vec::new(),
            surprises: 0,
        }
    }

    fn line_byte(&mut self, now: Moment, byte: u8, press: &mut Press) {
        if byte == b'\n' {
            let line = std::mem::take(&mut self.line);
            let line = line.strip_suffix(b"\r").unwrap_or(&line);
            if !line.is_empty() && self.execute(now, line, press).is_none() {
                self.surprises += 1;
            }
            return;
        }
        if self.line.len() < LONGEST {
            self.line.push(byte);
        }
        if let Some(head) = self.line.strip_prefix(b"BITMAP ") {
            self.coming = coming(head);
            if self.coming.is_some() {
                self.line.clear();
            }
        }
    }

    /// Does one line; `None` when it is no command.
    fn execute(&mut self, now: Moment, line: &[u8], press: &mut Press) -> Option<()> {
        let space = line.iter().position(|byte| *byte == b' ');
        let (word, rest) = line.split_at(space.unwrap_or(line.len()));
        let fields = fields(rest.get(1..).unwrap_or(&[]), self.quotes)?;
        let within = |i: usize, most: u32| -> Option<u32> {
            let number = text(fields.get(i)?)?.parse().ok()?;
            (number <= most).then_some(number)
        };
        let number = |i: usize| within(i, FARTHEST);
        let times = |i: usize| within(i, LARGEST);
        let mm = |i: usize| millimetres(text(fields.get(i)?)?);
        match (word, fields.len()) {
            (b"SIZE", 2) => self.size = (mm(0)?, mm(1)?),
            (b"GAP", 2) => {
                self.spacing = match mm(0)? {
                    0.0 => Spacing::Continuous,
                    gap => Spacing::Gap(Mm::tenths((gap * 10.0) as u16)),
                }
            }
            (b"BLINE", 2) => self.spacing = Spacing::Mark(Mm::tenths((mm(0)? * 10.0) as u16)),
            (b"DIRECTION", 1) => drop(number(0)?),
            (b"REFERENCE", 2) => drop((number(0)?, number(1)?)),
            (b"CLS", 0) => self.items.clear(),
            (b"TEXT", 7) => {
                let (width, height, codes) = font(&fields[2])?;
                let content = match codes {
                    Some(codes) => codes.decode_without_bom_handling(&fields[6]).0.into_owned(),
                    None => fields[6].iter().map(|byte| char::from(*byte)).collect(),
                };
                let item = Item::Grid {
                    x: number(0)?,
                    y: number(1)?,
                    width: width * times(4)?,
                    height: height * times(5)?,
                    text: content,
                };
                put(&mut self.items, item)?;
            }
            (b"QRCODE", 7) => {
                let item = Item::Qr {
                    x: number(0)?,
                    y: number(1)?,
                    module: times(3)?,
                    data: fields[6].clone(),
                };
                put(&mut self.items, item)?;
            }
            (b"BARCODE", 9) => {
                let item = Item::Bars {
                    x: number(0)?,
                    y: number(1)?,
                    height: number(3)?,
                    module: times(6)?,
                    data: text(&fields[8])?.to_owned(),
                };
                put(&mut self.items, item)?;
            }
            // The copies of each may be left out.
            (b"PRINT", 1 | 2) => {
                let (width, height) = (press.dots(self.size.0), press.dots(self.size.1));
                let copies = if fields.len() == 2 { number(1)? } else { 1 };
                let sheet = Sheet::new(width, height, Some(self.spacing), self.items.clone());
                press.print(now, &sheet, number(0)? * copies)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn answer(&self, press: &Press) -> Vec<u8> {
        let bit = |set: bool, n: u8| u8::from(set) << n;
        let has = |trouble| press.has(trouble);
        match self.status {
            TsplStatus::OneByte => vec![
                bit(has(Trouble::HeadOpen), 0)
                    | bit(has(Trouble::Jam), 1)
                    | bit(has(Trouble::PaperOut), 2)
                    | bit(has(Trouble::RibbonOut), 3)
                    | bit(has(Trouble::Paused), 4)
                    | bit(press.is_printing(), 5)
                    | bit(has(Trouble::Hot), 7),
            ],
            TsplStatus::EightBytes => {
                let third = 0x40 | bit(has(Trouble::Hot), 0);
                let fourth = 0x40
                    | bit(has(Trouble::PaperOut), 0)
                    | bit(has(Trouble::Jam), 1)
                    | bit(has(Trouble::RibbonOut), 2)
                    | bit(has(Trouble::HeadOpen), 5);
                let message = match (third | fourth, has(Trouble::Paused), press.is_printing()) {
                    (0x41.., ..) => b'E',
                    (_, true, _) => b'`',
                    (_, _, true) => b'P',
                    _ => b'@',
                };
                vec![2, message, 0x40, third, fourth, 3, 13, 10]
            }
        }
    }
}

impl Interpreter for Tspl {
    fn take(&mut self, now: Moment, byte: u8, press: &mut Press) -> Option<Vec<u8>> {
        if let Some(coming) = &mut self.coming {
            coming.bytes.push(byte);
            if coming.bytes.len() == coming.all
                && let Some(coming) = self.coming.take()
                && put(&mut self.items, coming.item()).is_none()
            {
                self.surprises += 1;
            }
            return None;
        }
        match (&self.immediate[..], byte) {
            ([], 0x1B | b'~') | ([0x1B] | [b'~'], b'!') => {
                self.immediate.push(byte);
                return None;
            }
            ([0x1B, b'!'], b'?' | b'S') => {
                self.immediate.clear();
                let known = (byte == b'?') == (self.status == TsplStatus::OneByte);
                return known.then(|| self.answer(press));
            }
            ([_, b'!'], _) => {
                self.immediate.clear();
                self.surprises += usize::from(byte >= b' ');
            }
            _ => {
                for byte in std::mem::take(&mut self.immediate) {
                    self.line_byte(now, byte, press);
                }
                self.line_byte(now, byte, press);
            }
        }
        None
    }

    fn spoil(&self, answer: &mut Vec<u8>) {
        // One byte has no check: it says what no printer says, all at once.
        match &mut answer[..] {
            [status] => *status = 0xFF,
            framed => framed[1] &= 0x3F,
        }
    }

    fn forget(&mut self) {
        self.line.clear();
        self.immediate.clear();
        self.items.clear();
        self.coming = None;
    }

    fn surprises(&self) -> usize {
        self.surprises
    }
}

impl Coming {
    fn item(self) -> Item {
        let width = u32::try_from(8 * self.row).unwrap_or(0);
        let height = u32::try_from(self.all / self.row.max(1)).unwrap_or(0);
        let mut raster = Raster::white(width, height);
        raster.bits = self.bytes.iter().map(|byte| !byte).collect();
        Item::Dots {
            x: self.x,
            y: self.y,
            raster,
        }
    }
}

/// `x,y,row,height,0,` once it is whole.
fn coming(head: &[u8]) -> Option<Coming> {
    let numbers = text(head.strip_suffix(b",")?)?;
    let numbers: Vec<u32> = numbers.split(',').map_while(|n| n.parse().ok()).collect();
    let [x, y, row, height, 0] = numbers[..] else {
        return None;
    };
    let (row, height) = (row as usize, height as usize);
    (1..=LARGEST_PICTURE)
        .contains(&(row * height))
        .then(|| Coming {
            x,
            y,
            row,
            bytes: Vec::new(),
            all: row * height,
        })
}

/// A length as it is told, `60 mm`, or in inches where it has no unit.
fn millimetres(length: &str) -> Option<f32> {
    let in_mm = length.strip_suffix("mm");
    let number: f32 = in_mm.unwrap_or(length).trim_end().parse().ok()?;
    let millimetres = if in_mm.is_some() {
        number
    } else {
        number * 25.4
    };
    (0.0..1e4).contains(&millimetres).then_some(millimetres)
}

/// Dots of a letter, and the codes of a font that is not of one byte a letter.
fn font(name: &[u8]) -> Option<(u32, u32, Option<&'static Encoding>)> {
    Some(match name {
        b"1" => (8, 12, None),
        b"2" => (12, 20, None),
        b"3" => (16, 24, None),
        b"4" => (24, 32, None),
        b"5" => (32, 48, None),
        b"TSS16.BF2" => (8, 16, Some(GBK)),
        b"TSS24.BF2" => (12, 24, Some(GBK)),
        b"TST24.BF2" => (12, 24, Some(BIG5)),
        b"K" => (12, 24, Some(EUC_KR)),
        _ => return None,
    })
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Splits at commas outside quotation marks; `None` when the marks are not in order.
fn fields(mut rest: &[u8], quotes: Quotes) -> Option<Vec<Vec<u8>>> {
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let mut field = Vec::new();
        while let Some(after) = rest.strip_prefix(b" ") {
            rest = after;
        }
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            rest = quoted;
            loop {
                match rest {
                    [b'\\', b'[', b'"', b']', tail @ ..] if quotes == Quotes::Escaped => {
                        field.push(b'"');
                        rest = tail;
                    }
                    [b'"', tail @ ..] => {
                        rest = tail;
                        break;
                    }
                    [byte, tail @ ..] => {
                        field.push(*byte);
                        rest = tail;
                    }
                    [] => return None,
                }
            }
        } else {
            let end = rest.iter().position(|byte| *byte == b',');
            field.extend(&rest[..end.unwrap_or(rest.len())]);
            if field.contains(&b'"') {
                return None;
            }
            rest = &rest[field.len()..];
        }
        fields.push(field);
        rest = match rest {
            [b',', tail @ ..] => tail,
            [] => rest,
            _ => return None,
        };
    }
    Some(fields)
}
