//! ZPL II as a printer reads it (hardware.md §8.2).

use super::Interpreter;
use super::press::{Press, Trouble};
use super::sheet::{FARTHEST, Item, LARGEST_PICTURE, Sheet, put};
use crate::clock::Moment;
use crate::label::{Mm, Spacing};
use crate::raster::Raster;

/// The longest command it keeps.
const LONGEST: usize = 65_536;
/// The largest number of a letter or a module, in dots.
const LARGEST_LETTER: u32 = 1_500;
const LARGEST_MODULE: u32 = 10;

/// What the next ^FD is.
#[derive(Clone, Copy, Default)]
enum Kind {
    #[default]
    Nothing,
    Text(u32, Option<(u32, char)>),
    Qr(u32),
    Bars(u32),
}

#[derive(Default)]
pub(super) struct Zpl {
    /// From its ^ or ~ on.
    command: Vec<u8>,
    in_format: bool,
    width: u32,
    height: u32,
    spacing: Option<Spacing>,
    items: Vec<Item>,
    place: (u32, u32),
    kind: Kind,
    module: u32,
    copies: u32,
    hexadecimal: bool,
    utf8: bool,
    surprises: usize,
}

impl Zpl {
    fn end_command(&mut self, now: Moment, press: &mut Press) {
        let command = std::mem::take(&mut self.command);
        if !command.is_empty() && self.execute(now, &command, press).is_none() {
            self.surprises += 1;
        }
    }

    /// Does one command; `None` when it is none.
    fn execute(&mut self, now: Moment, command: &[u8], press: &mut Press) -> Option<()> {
        let (name, rest) = command.split_at_checked(3)?;
        let text = std::str::from_utf8(rest).ok();
        let fields: Vec<&str> = text.unwrap_or("").split(',').collect();
        let within = |i: usize, most: u32| -> Option<u32> {
            let number = fields.get(i)?.parse().ok()?;
            (number <= most).then_some(number)
        };
        let number = |i: usize| within(i, FARTHEST);
        if !self.in_format && name != b"^XA" {
            return None;
        }
        match name {
            b"^XA" => {
                *self = Self {
                    surprises: self.surprises,
                    in_format: true,
                    module: 2,
                    copies: 1,
                    ..Self::default()
                };
            }
            b"^XZ" => {
                self.in_format = false;
                let items = std::mem::take(&mut self.items);
                let sheet = Sheet::new(self.width, self.height, self.spacing, items);
                press.print(now, &sheet, self.copies)?;
            }
            b"^CI" => self.utf8 = rest == b"28",
            b"^MN" => {
                self.spacing = Some(match rest {
                    b"Y" => Spacing::Gap(Mm::whole(2)),
                    b"M" => Spacing::Mark(Mm::whole(2)),
                    b"N" => Spacing::Continuous,
                    _ => return None,
                });
            }
            b"^PO" | b"^LH" => {}
            b"^PQ" => self.copies = number(0)?,
            b"^PW" => self.width = number(0)?,
            b"^LL" => self.height = number(0)?,
            b"^FO" => {
                self.place = (number(0)?, number(1)?);
                (self.kind, self.hexadecimal) = (Kind::Nothing, false);
            }
            b"^A0" | b"^A@" => self.kind = Kind::Text(within(1, LARGEST_LETTER)?, None),
            b"^FB" => {
                let (Kind::Text(height, _), Some(1)) = (self.kind, number(1)) else {
                    return None;
                };
                let align = fields.get(3)?.chars().next()?;
                self.kind = Kind::Text(height, Some((number(0)?, align)));
            }
            b"^BQ" => self.kind = Kind::Qr(within(2, LARGEST_MODULE)?),
            b"^BY" => self.module = within(0, LARGEST_MODULE)?,
            b"^BC" => self.kind = Kind::Bars(number(1)?),
            b"^FH" => self.hexadecimal = true,
            b"^FD" => self.field(rest)?,
            b"^FS" => {}
            b"^GF" => {
                let ("A", all, row) = (*fields.first()?, number(1)?, number(3)?) else {
                    return None;
                };
                let digits = text?.splitn(5, ',').nth(4)?;
                let raster = spread(digits, all, row)?;
                let (x, y) = self.place;
                put(&mut self.items, Item::Dots { x, y, raster })?;
            }
            _ => return None,
        }
        Some(())
    }

    fn field(&mut self, data: &[u8]) -> Option<()> {
        let data = match self.hexadecimal {
            true => unescaped(data)?,
            false => data.to_vec(),
        };
        let text = match self.utf8 {
            true => String::from_utf8(data).ok()?,
            false => data.iter().map(|byte| char::from(*byte)).collect(),
        };
        let (x, y) = self.place;
        let item = match self.kind {
            Kind::Nothing => return None,
            Kind::Text(height, block) => Item::Scaled {
                x,
                y,
                height,
                text,
                block,
            },
            Kind::Qr(module) => Item::Qr {
                x,
                y,
                module,
                data: automatic(&text)?.as_bytes().to_vec(),
            },
            Kind::Bars(height) => Item::Bars {
                x,
                y,
                height,
                module: self.module,
                // Set B is also what it begins with where nothing is said.
                data: text.strip_prefix(">:").unwrap_or(&text).replace(">0", ">"),
            },
        };
        put(&mut self.items, item)
    }
}

impl Interpreter for Zpl {
    fn take(&mut self, now: Moment, byte: u8, press: &mut Press) -> Option<Vec<u8>> {
        match byte {
            b'^' | b'~' => {
                self.end_command(now, press);
                self.command.push(byte);
            }
            b'\r' | b'\n' => {}
            // What is before the first command means nothing.
            _ if self.command.is_empty() => {}
            _ if self.command.len() < LONGEST => self.command.push(byte),
            _ => {}
        }
        match &self.command[..] {
            b"~HS" => {
                self.command.clear();
                return Some(self.answer(press));
            }
            b"~JX" => {
                self.command.clear();
                (self.in_format, self.items) = (false, Vec::new());
            }
            b"^XZ" => self.end_command(now, press),
            _ => {}
        }
        None
    }

    fn spoil(&self, answer: &mut Vec<u8>) {
        // No check sum: a letter where a number should be.
        if let Some(at) = answer.iter().position(|byte| *byte == b',') {
            answer[at + 1] = b'X';
        }
    }

    fn forget(&mut self) {
        let surprises = self.surprises;
        *self = Self {
            surprises,
            ..Self::default()
        };
    }

    fn surprises(&self) -> usize {
        self.surprises
    }
}

impl Zpl {
    fn answer(&self, press: &Press) -> Vec<u8> {
        let flag = |trouble| u8::from(press.has(trouble));
        let (paper, pause, hot) = (
            flag(Trouble::PaperOut) | flag(Trouble::Jam),
            flag(Trouble::Paused),
            flag(Trouble::Hot),
        );
        let (head, ribbon) = (flag(Trouble::HeadOpen), flag(Trouble::RibbonOut));
        let printing = usize::from(press.is_printing());
        let formats = press.waiting() - printing;
        let (partial, height) = (u8::from(self.in_format), self.height);
        let first =
            format!("030,{paper},{pause},{height:04},{formats:03},0,0,{partial},000,0,0,{hot}");
        let second = format!("000,0,{head},{ribbon},0,2,4,0,{printing:08},1,000");
        let strings = [first, second, "1234,0".to_owned()];
        let framed = strings.map(|text| format!("\x02{text}\x03\r\n"));
        framed.concat().into_bytes()
    }
}

/// The data of a QR field behind its level of correction, where the printer chooses the mode.
fn automatic(field: &str) -> Option<&str> {
    let mode = field.strip_prefix(['H', 'Q', 'M', 'L'])?;
    mode.strip_prefix("A,")
}

/// `_5E` and the like as the bytes they stand for.
fn unescaped(data: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = data;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        if *byte == b'_' {
            let (digits, tail) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(*byte);
        }
    }
    Some(bytes)
}

/// A picture from its counted hexadecimal digits.
fn spread(digits: &str, all: u32, row: u32) -> Option<Raster> {
    if all as usize > LARGEST_PICTURE || row > FARTHEST / 8 {
        return None;
    }
    let height = all.checked_div(row)?;
    let row = row as usize;
    let mut raster = Raster::white(u32::try_from(8 * row).ok()?, height);
    raster.bits.clear();
    let mut line: Vec<u8> = Vec::new();
    let mut times = 0;
    for c in digits.bytes() {
        if raster.bits.len() > all as usize {
            return None;
        }
        match c {
            b'G'..=b'Y' => times += usize::from(c - b'G' + 1),
            b'g'..=b'z' => times += 20 * usize::from(c - b'g' + 1),
            b',' => line.resize(2 * row, 0),
            b':' => {
                let above = raster.bits.len().checked_sub(row)?;
                raster.bits.extend_from_within(above..);
            }
            _ => {
                let digit = u8::try_from(char::from(c).to_digit(16)?).ok()?;
                let times = std::mem::take(&mut times).clamp(1, 2 * row.max(1));
                line.extend(vec![digit; times]);
            }
        }
        if line.len() >= 2 * row {
            raster
                .bits
                .extend(line.chunks(2).map(|pair| pair[0] << 4 | pair[1]));
            line.clear();
        }
    }
    (raster.bits.len() == all as usize).then_some(raster)
}
