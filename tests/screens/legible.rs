//! Text against its ground in every palette.

use lodge::building::Colour;
use lodge::screen::{self, Look, Panel};
use lodge_ui::slint::{Color, ComponentHandle};

/// Text against its ground in every palette: 4.5:1, and 7:1 in high contrast.
pub fn legible() {
    let palettes = [
        ("day", Look::default(), 4.5),
        (
            "dark",
            Look {
                dark: true,
                ..Look::default()
            },
            4.5,
        ),
        (
            "contrast",
            Look {
                high_contrast: true,
                ..Look::default()
            },
            7.0,
        ),
    ];
    for (name, look, least) in palettes {
        let screen = screen::open(&Panel::default(), &look, |_| {}).expect("a screen");
        let theme = screen.kiosk().global::<lodge_ui::Theme<'_>>();
        if name == "day" {
            // The settings refuse a colour of the house that cannot be read on it.
            let Colour { red, green, blue } = Colour::PAPER;
            assert_eq!(theme.get_ground(), Color::from_rgb_u8(red, green, blue));
        }
        let pairs = [
            ("ink on ground", theme.get_ink(), theme.get_ground()),
            ("ink on card", theme.get_ink(), theme.get_card()),
            ("ink on wash", theme.get_ink(), theme.get_wash()),
            ("ink on amber wash", theme.get_ink(), theme.get_amber_wash()),
            ("soft on ground", theme.get_soft(), theme.get_ground()),
            ("soft on card", theme.get_soft(), theme.get_card()),
            ("soft on wash", theme.get_soft(), theme.get_wash()),
            (
                "soft on amber wash",
                theme.get_soft(),
                theme.get_amber_wash(),
            ),
            ("accent on ground", theme.get_accent(), theme.get_ground()),
            ("accent on wash", theme.get_accent(), theme.get_wash()),
            ("words on accent", theme.get_on_accent(), theme.get_accent()),
            (
                "second line on accent",
                theme.get_on_accent_soft(),
                theme.get_accent(),
            ),
            (
                "words on pressed accent",
                theme.get_on_accent(),
                theme.get_accent_pressed(),
            ),
            ("ink on pressed", theme.get_ink(), theme.get_pressed()),
            (
                "amber on ground",
                theme.get_amber_text(),
                theme.get_ground(),
            ),
            ("amber on card", theme.get_amber_text(), theme.get_card()),
            (
                "amber on its wash",
                theme.get_amber_text(),
                theme.get_amber_wash(),
            ),
            ("red on its wash", theme.get_red(), theme.get_red_wash()),
        ];
        for (pair, words, ground) in pairs {
            let contrast = contrast(words, ground);
            assert!(
                contrast >= least,
                "{name}: {pair} has {contrast:.2}:1, less than {least}"
            );
        }
    }
}

pub fn contrast(one: Color, other: Color) -> f64 {
    let colour = |color: Color| Colour {
        red: color.red(),
        green: color.green(),
        blue: color.blue(),
    };
    colour(one).contrast(colour(other))
}
