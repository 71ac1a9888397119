//! The panel of glass: how many pixels, how large, and so how many of them a finger needs.

use lodge_ui::slint::ComponentHandle;
use lodge_ui::{Kiosk, Theme};

/// A finger finds 20 mm without aiming.
const TOUCH_MM: f64 = 20.0;
/// Two controls closer than this are one to a hasty finger.
const GAP_MM: f64 = 3.0;
/// The drawings are 1080 units across the short side.
const UNITS_ACROSS: f64 = 1080.0;

/// A touch panel as the settings describe it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// The diagonal of the lit part, in inches.
    pub diagonal_inches: f64,
}

impl Default for Panel {
    /// The common one: 21.5 inches, standing.
    fn default() -> Self {
        Panel {
            width_px: 1080,
            height_px: 1920,
            diagonal_inches: 21.5,
        }
    }
}

impl Panel {
    /// Pixels in a millimetre.
    pub fn pixels_per_mm(&self) -> f64 {
        let (width, height) = (f64::from(self.width_px), f64::from(self.height_px));
        width.hypot(height) / (self.diagonal_inches * 25.4)
    }

    /// The least side of a control, in pixels of the panel.
    pub fn touch_px(&self) -> f64 {
        (TOUCH_MM * self.pixels_per_mm()).ceil()
    }

    /// The least distance between two controls, in pixels of the panel.
    pub fn gap_px(&self) -> f64 {
        (GAP_MM * self.pixels_per_mm()).ceil()
    }

    /// The largest size of the same shape inside these pixels; never larger than the panel.
    pub fn fitted(&self, width: u32, height: u32) -> (u32, u32) {
        let factor = (f64::from(width) / f64::from(self.width_px))
            .min(f64::from(height) / f64::from(self.height_px))
            .min(1.0);
        let scaled = |pixels: u32| (f64::from(pixels) * factor).round() as u32;
        (scaled(self.width_px), scaled(self.height_px))
    }

    pub(super) fn apply(&self, kiosk: &Kiosk) {
        let theme = kiosk.global::<Theme<'_>>();
        let across = f64::from(self.width_px.min(self.height_px));
        theme.set_panel_width(self.width_px as f32);
        theme.set_panel_height(self.height_px as f32);
        theme.set_pixels_per_unit((across / UNITS_ACROSS) as f32);
        theme.set_touch_pixels(self.touch_px() as f32);
        theme.set_gap_pixels(self.gap_px() as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_gets_twenty_millimetres_of_every_panel() {
        assert_eq!(Panel::default().touch_px(), 81.0);
        let small = Panel {
            width_px: 1280,
            height_px: 800,
            diagonal_inches: 10.1,
        };
        assert_eq!(small.touch_px(), 118.0);
    }

    #[test]
    fn a_tall_panel_shrinks_onto_a_laptop_in_its_own_shape() {
        assert_eq!(Panel::default().fitted(1440, 800), (450, 800));
        assert_eq!(Panel::default().fitted(3000, 3000), (1080, 1920));
    }
}
