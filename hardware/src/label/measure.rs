//! Millimetres, the places on a label, and the stock it is printed on.

use std::fmt;

/// A length in tenths of a millimetre.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Mm(u16);

impl Mm {
    /// Whole millimetres.
    #[must_use]
    pub const fn whole(mm: u16) -> Self {
        Self(mm.saturating_mul(10))
    }

    /// Tenths of a millimetre.
    #[must_use]
    pub const fn tenths(tenths: u16) -> Self {
        Self(tenths)
    }

    /// The dots in it, rounded down.
    #[must_use]
    pub fn dots(self, dots_per_mm: u8) -> u32 {
        u32::from(self.0) * u32::from(dots_per_mm) / 10
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Mm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenths => write!(f, "{}.{tenths}", self.0 / 10),
        }
    }
}

/// How a printer knows where the next label begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spacing {
    /// A gap of this length between labels.
    Gap(Mm),
    /// A black mark of this length on the back.
    Mark(Mm),
    /// It does not: a roll without beginnings.
    Continuous,
}

/// The labels in the printer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stock {
    /// Across the way they move.
    pub width: Mm,
    /// Along the way they move.
    pub height: Mm,
    /// What is between them.
    pub spacing: Spacing,
}

impl Stock {
    /// Labels with a gap between them, the common kind.
    #[must_use]
    pub const fn die_cut(width: Mm, height: Mm, gap: Mm) -> Self {
        let spacing = Spacing::Gap(gap);
        Self {
            width,
            height,
            spacing,
        }
    }

    /// All of a label but a margin on every side.
    #[must_use]
    pub fn inside(&self, margin: Mm) -> Area {
        let both = margin.plus(margin);
        Area {
            x: margin,
            y: margin,
            width: self.width.minus(both),
            height: self.height.minus(both),
        }
    }
}

/// A rectangle on a label, from its upper left corner.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Area {
    /// From the left edge.
    pub x: Mm,
    /// From the upper edge.
    pub y: Mm,
    /// To the right.
    pub width: Mm,
    /// Downwards.
    pub height: Mm,
}

impl Area {
    /// Cuts off the upper part, at most all of it.
    #[must_use]
    pub fn take_top(&mut self, height: Mm) -> Self {
        let height = height.min(self.height);
        let top = Self { height, ..*self };
        self.y = self.y.plus(height);
        self.height = self.height.minus(height);
        top
    }

    /// Cuts off the right part, at most all of it.
    #[must_use]
    pub fn take_right(&mut self, width: Mm) -> Self {
        let width = width.min(self.width);
        self.width = self.width.minus(width);
        let x = self.x.plus(self.width);
        Self { x, width, ..*self }
    }

    /// Whether all of it is on the label.
    #[must_use]
    pub fn is_on(&self, stock: &Stock) -> bool {
        self.x.plus(self.width) <= stock.width && self.y.plus(self.height) <= stock.height
    }
}
