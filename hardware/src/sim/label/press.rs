//! The mechanics of a label printer: head, roll, and labels on their way out.

use std::collections::VecDeque;
use std::time::Duration;

use super::sheet::Sheet;
use crate::clock::Moment;
use crate::label::{Spacing, Stock};

/// From the end of a format to the first dot: the picture is made. It is not "printing" yet.
const IMAGING: Duration = Duration::from_millis(80);
/// Labels it remembers; one that is told to print more has been told nonsense.
const MOST_WAITING: usize = 200;
/// Labels move at 100 mm a second.
const MM_TIME: Duration = Duration::from_millis(10);

/// What stops a label printer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The head or the cover is open.
    HeadOpen,
    /// There are no labels.
    PaperOut,
    /// There is no ribbon.
    RibbonOut,
    /// Labels are jammed.
    Jam,
    /// It was stopped at its panel.
    Paused,
    /// It is too hot.
    Hot,
}

pub(super) struct Press {
    stock: Stock,
    dots_per_mm: u8,
    troubles: Vec<Trouble>,
    queue: VecDeque<(Moment, Sheet)>,
    printing: Option<(Moment, Sheet)>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) labels_left: u32,
    pub(super) forgets: bool,
    pub(super) never_busy: bool,
}

impl Press {
    pub(super) fn new(stock: Stock, dots_per_mm: u8) -> Self {
        Self {
            stock,
            dots_per_mm,
            troubles: Vec::new(),
            queue: VecDeque::new(),
            printing: None,
            sheets: Vec::new(),
            labels_left: 500,
            forgets: false,
            never_busy: false,
        }
    }

    pub(super) fn has(&self, trouble: Trouble) -> bool {
        self.troubles.contains(&trouble)
    }

    /// Whether it stopped so that some printers say nothing.
    pub(super) fn is_stopped(&self) -> bool {
        [Trouble::HeadOpen, Trouble::PaperOut, Trouble::RibbonOut]
            .iter()
            .any(|trouble| self.has(*trouble))
    }

    pub(super) fn is_printing(&self) -> bool {
        self.printing.is_some() && !self.never_busy
    }

    /// Labels that are not all out.
    pub(super) fn waiting(&self) -> usize {
        let all = self.queue.len() + usize::from(self.printing.is_some());
        if self.never_busy { 0 } else { all }
    }

    pub(super) fn dots(&self, millimetres: f32) -> u32 {
        (millimetres * f32::from(self.dots_per_mm)) as u32
    }

    /// A label is to be printed, so many times; `None` where there is no memory for them.
    pub(super) fn print(&mut self, now: Moment, sheet: &Sheet, copies: u32) -> Option<()> {
        let copies = usize::try_from(copies).ok()?;
        (self.queue.len() + copies <= MOST_WAITING).then_some(())?;
        let all = std::iter::repeat_n((now + IMAGING, sheet.clone()), copies);
        self.queue.extend(all);
        Some(())
    }

    pub(super) fn trouble(&mut self, now: Moment, trouble: Trouble, set: bool) {
        self.troubles.retain(|known| *known != trouble);
        if set {
            self.troubles.push(trouble);
            self.interrupt(now);
        }
    }

    /// Switched off.
    pub(super) fn forget(&mut self, now: Moment) {
        self.interrupt(now);
        self.queue.clear();
    }

    /// The label in the head comes out torn, and is printed again later from its top.
    fn interrupt(&mut self, now: Moment) {
        let Some((end, sheet)) = self.printing.take() else {
            return;
        };
        let left = (end - now).as_micros().div_ceil(MM_TIME.as_micros());
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        let left = left.saturating_mul(u32::from(self.dots_per_mm));
        let out = sheet.height.saturating_sub(left);
        self.labels_left = self.labels_left.saturating_sub(1);
        self.sheets.push(sheet.clone().torn(out));
        if !self.forgets {
            self.queue.push_front((now + IMAGING, sheet));
        }
    }

    /// Whether labels as commanded are the labels that are in it.
    fn fits(&self, sheet: &Sheet) -> bool {
        let height = self.stock.height.dots(self.dots_per_mm);
        let near = sheet.height.abs_diff(height) <= 2 * u32::from(self.dots_per_mm);
        let kind = |spacing: &Spacing| std::mem::discriminant(spacing);
        near && sheet
            .spacing
            .is_none_or(|spacing| kind(&spacing) == kind(&self.stock.spacing))
    }

    pub(super) fn pump(&mut self, now: Moment) {
        loop {
            if let Some((end, sheet)) = self.printing.take_if(|(end, _)| *end <= now) {
                let found = self.fits(&sheet);
                self.labels_left = self.labels_left.saturating_sub(1);
                self.sheets.push(sheet);
                if !found {
                    // It looks for the next label and does not find it where it should be.
                    self.trouble(end, Trouble::Jam, true);
                }
            }
            if self.printing.is_some() || !self.troubles.is_empty() {
                return;
            }
            match self.queue.front() {
                Some((begin, _)) if *begin <= now => {}
                _ => return,
            }
            if self.labels_left == 0 {
                return self.trouble(now, Trouble::PaperOut, true);
            }
            if let Some((begin, sheet)) = self.queue.pop_front() {
                let millimetres = sheet.height / u32::from(self.dots_per_mm.max(1));
                self.printing = Some((begin.max(now) + MM_TIME * millimetres, sheet));
            }
        }
    }

    pub(super) fn due(&self) -> Option<Moment> {
        match (&self.printing, self.queue.front()) {
            (Some((end, _)), _) => Some(*end),
            (None, Some((begin, _))) if self.troubles.is_empty() => Some(*begin),
            _ => None,
        }
    }
}
