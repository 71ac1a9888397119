//! How the settings want it to look: the house's colour, contrast, and how low the controls lie.

use super::Panel;
use crate::building::Colour;
use lodge_ui::slint::{self, CloseRequestResponse, Color, ComponentHandle};
use lodge_ui::{Kiosk, Light, Theme};

/// The window on the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// The whole panel, with no way out.
    Installed,
    /// A window with a frame, as of the trial, scaled down so that it fits into so many pixels. Whoever closes it
    /// ends the program.
    Framed {
        /// At most so wide.
        width: u32,
        /// At most so high.
        height: u32,
    },
}

/// What the settings say about the look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The house's one deep colour, which the settings found dark enough; the shipped one where none is given.
    pub accent: Option<Colour>,
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

impl Colour {
    /// This colour as the screen takes it.
    pub(super) fn on_screen(self) -> Color {
        Color::from_rgb_u8(self.red, self.green, self.blue)
    }
}

impl Look {
    pub(super) fn apply(&self, kiosk: &Kiosk, panel: &Panel) {
        let theme = kiosk.global::<Theme<'_>>();
        if let Some(accent) = self.accent {
            let accent = accent.on_screen();
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
            WindowKind::Framed { width, height } => panel.fitted(width, height),
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
            // The other windows are its companions: without the touch screen nothing runs.
            kiosk.window().on_close_requested(|| {
                let _ = slint::quit_event_loop();
                CloseRequestResponse::HideWindow
            });
        }
    }
}
