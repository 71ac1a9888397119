//! How the settings want it to look: the house's colour, contrast, and how low the controls lie.

use super::Panel;
use lodge_ui::slint::{self, CloseRequestResponse, Color, ComponentHandle};
use lodge_ui::{Kiosk, Light, Theme};

/// Text in the accent colour keeps this contrast (WCAG 2) to its ground.
const LEGIBLE: f64 = 4.5;

/// A colour as the settings write it: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(pub u8, pub u8, pub u8);

/// The window on the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// The whole panel, with no way out.
    Installed,
    /// A window of the trial, scaled down so that it fits into so many pixels.
    Trial {
        /// At most so wide.
        width: u32,
        /// At most so high.
        height: u32,
    },
}

/// What the settings say about the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The house's one deep colour; the shipped one where none is given.
    pub accent: Option<Accent>,
    /// Black on white, 7:1 and more.
    pub high_contrast: bool,
    /// Light on dark, for the night.
    pub dark: bool,
    /// The controls lie in the lower part for everybody here.
    pub low_reach: bool,
    /// The whole panel, or a window.
    pub window: WindowKind,
}

impl Default for Look {
    fn default() -> Self {
        Look {
            accent: None,
            high_contrast: false,
            dark: false,
            low_reach: false,
            window: WindowKind::Installed,
        }
    }
}

impl Accent {
    /// This colour, darkened until white text on it and its text on paper can be read.
    fn legible(self) -> Accent {
        let paper = Accent(0xF6, 0xF3, 0xEE);
        let mut accent = self;
        while contrast(accent, paper) < LEGIBLE {
            let darker = |part: u8| (f64::from(part) * 0.92) as u8;
            accent = Accent(darker(accent.0), darker(accent.1), darker(accent.2));
        }
        accent
    }

    /// Red, green and blue of this colour, dark enough to be read on paper.
    pub(super) fn legible_parts(self) -> (u8, u8, u8) {
        let Accent(red, green, blue) = self.legible();
        (red, green, blue)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// The contrast of two colours, from 1 to 21.
fn contrast(one: Accent, other: Accent) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Look {
    pub(super) fn apply(&self, kiosk: &Kiosk, panel: &Panel) {
        let theme = kiosk.global::<Theme<'_>>();
        if let Some(accent) = self.accent {
            let Accent(red, green, blue) = accent.legible();
            let accent = Color::from_rgb_u8(red, green, blue);
            theme.set_house_accent(accent);
            theme.set_house_accent_dark(accent.mix(&Color::from_rgb_u8(255, 255, 255), 0.35));
        }
        theme.set_light(match (self.high_contrast, self.dark) {
            (true, _) => Light::Contrast,
            (false, true) => Light::Dark,
            (false, false) => Light::Day,
        });
        theme.set_low_here(self.low_reach);
        let (width, height) = match self.window {
            WindowKind::Installed => (panel.width_px, panel.height_px),
            WindowKind::Trial { width, height } => panel.fitted(width, height),
        };
        kiosk.set_first_width(width as f32);
        kiosk.set_first_height(height as f32);
        kiosk.set_installed(self.window == WindowKind::Installed);
        if self.window == WindowKind::Installed {
            kiosk.window().set_fullscreen(true);
            kiosk
                .window()
                .on_close_requested(|| CloseRequestResponse::KeepWindowShown);
        } else {
            // The other windows are its companions: without the touch screen there is no trial.
            kiosk.window().on_close_requested(|| {
                let _ = slint::quit_event_loop();
                CloseRequestResponse::HideWindow
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_house_colour_is_darkened_until_it_can_be_read() {
        let pale = Accent(0xF2, 0xC1, 0x4E);
        let paper = Accent(0xF6, 0xF3, 0xEE);
        assert!(contrast(pale, paper) < LEGIBLE);
        assert!(contrast(pale.legible(), paper) >= LEGIBLE);
    }

    #[test]
    fn a_deep_house_colour_stays_as_it_is() {
        let green = Accent(0x0E, 0x5A, 0x56);
        assert_eq!(green.legible(), green);
    }
}
