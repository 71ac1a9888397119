//! What a label printer says of itself (hardware.md §8).

use super::layout::Misfit;

/// What a printer says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LabelStatus {
    /// The head or the cover is open.
    pub head_open: bool,
    /// No labels, or no gap found.
    pub paper_out: bool,
    /// No ribbon.
    pub ribbon_out: bool,
    /// Labels, ribbon or cutter are jammed.
    pub jam: bool,
    /// Stopped at its panel, or waiting for a key.
    pub paused: bool,
    /// Too hot or too cold.
    pub temperature: bool,
    /// Another error.
    pub other: bool,
    /// At work: taking in, printing, feeding or cutting a label.
    pub busy: bool,
}

/// Why a label printer does not print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// Close the head and the cover.
    HeadOpen,
    /// Put in labels.
    PaperOut,
    /// Put in ribbon.
    RibbonOut,
    /// Free the labels.
    Jam,
    /// Press its key.
    Paused,
    /// It is too hot or too cold; that passes by itself.
    Temperature,
    /// See the printer's lamp.
    OtherError,
    /// It answers nothing: off, its cable is out, or (some say nothing then) labels or ribbon are out
    /// or the head is open.
    Silent,
    /// Another job is under way, or the last one is not yet done with.
    Busy,
    /// The label cannot be printed as it should be on this printer.
    DoesNotFit(Misfit),
}

impl LabelStatus {
    /// From the answer to `ESC ! ?` (§8.1).
    #[must_use]
    pub fn from_one_byte(byte: u8) -> Self {
        let bit = |n: u8| byte & (1 << n) != 0;
        Self {
            head_open: bit(0) || bit(6),
            jam: bit(1),
            paper_out: bit(2),
            ribbon_out: bit(3),
            paused: bit(4),
            busy: bit(5),
            temperature: bit(7),
            other: false,
        }
    }

    /// From the four bytes within the answer to `ESC ! S` (§8.1); `None` for bytes no printer sends.
    #[must_use]
    pub fn from_four_bytes([message, warning, third, fourth]: [u8; 4]) -> Option<Self> {
        let all = [message, warning, third, fourth];
        if all.iter().any(|byte| byte & 0xC0 != 0x40) {
            return None;
        }
        // Bit 5 of the errors: the manuals leave it open, newer firmware says head open with it.
        Some(Self {
            head_open: fourth & 0x20 != 0,
            paper_out: fourth & 0x01 != 0,
            ribbon_out: fourth & 0x04 != 0,
            jam: third & 0x08 != 0 || fourth & 0x0A != 0,
            paused: matches!(message, b'`' | b'K'),
            temperature: third & 0x03 != 0,
            other: third & 0x34 != 0
                || fourth & 0x10 != 0
                || message == b'E' && third & 0x3F == 0 && fourth & 0x3F == 0,
            busy: matches!(message, b'B' | b'C' | b'F' | b'P' | b'W'),
        })
    }

    /// From the three strings that answer `~HS` (§8.2), without what is around them; `None` when they
    /// are not that.
    #[must_use]
    pub fn from_host_status(strings: [&str; 3]) -> Option<Self> {
        let [first, second, third] = strings.map(|text| text.split(',').collect::<Vec<_>>());
        let numbers = [&first, &second, &third];
        let all = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if numbers.map(|fields| fields.len()) != [12, 11, 2]
            || !numbers.iter().all(|fields| fields.iter().all(all))
        {
            return None;
        }
        let flag = |text: &str| match text {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        };
        let formats: u32 = first[4].parse().ok()?;
        let remaining: u32 = second[8].parse().ok()?;
        Some(Self {
            paper_out: flag(first[1])?,
            paused: flag(first[2])?,
            head_open: flag(second[2])?,
            ribbon_out: flag(second[3])?,
            jam: false,
            temperature: flag(first[10])? || flag(first[11])?,
            other: flag(first[9])?,
            // Seventh: a format has begun and not ended.
            busy: formats > 0 || remaining > 0 || flag(first[7])?,
        })
    }

    /// Why it would not print now, if so.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        let all = [
            (self.head_open, Obstacle::HeadOpen),
            (self.paper_out, Obstacle::PaperOut),
            (self.ribbon_out, Obstacle::RibbonOut),
            (self.jam, Obstacle::Jam),
            (self.temperature, Obstacle::Temperature),
            (self.other, Obstacle::OtherError),
            (self.paused, Obstacle::Paused),
        ];
        all.into_iter().find(|(set, _)| *set).map(|(_, why)| why)
    }
}
