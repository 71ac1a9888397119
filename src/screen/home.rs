//! The home screen, in both languages at once.

use super::Touches;
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::{DayPart, Home, HomeTile, Notice, Page};
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Choice, HomeAdapter, Kiosk, Picture};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &Home, notices: &[Notice]) {
    let home = kiosk.global::<HomeAdapter<'_>>();
    let second = said.other();
    let greeting = match page.day_part {
        DayPart::Morning => "greeting-morning",
        DayPart::Afternoon => "greeting-afternoon",
        DayPart::Evening => "greeting-evening",
    };
    home.set_greeting(said.text(greeting));
    home.set_greeting_second(second.text(greeting));
    home.set_hint(said.text("tap-hint"));
    home.set_hint_second(second.text("tap-hint"));
    let reader_is_away = notices.contains(&Notice::NoReader);
    home.set_type_instead(match reader_is_away {
        true => said.text("type-card"),
        false => SharedString::new(),
    });
    home.set_tiles(list(page.tiles.iter().enumerate().map(
        |(position, tile)| {
            let (id, picture) = match tile {
                HomeTile::Borrow => ("borrow", Picture::Borrow),
                HomeTile::GiveBack => ("give-back", Picture::GiveBack),
            };
            Choice {
                title: said.text(id),
                second: second.text(id),
                picture,
                filled: position == 0,
                dim: false,
            }
        },
    )));
}

pub fn connect(touches: &Touches<'_>) {
    let home = touches.kiosk.global::<HomeAdapter<'_>>();
    home.on_touched(touches.on_page(|page, tile| match page {
        Page::Home(home) => home.tiles.get(tile).map(|tile| match tile {
            HomeTile::Borrow => Touch::Borrow,
            HomeTile::GiveBack => Touch::GiveBack,
        }),
        _ => None,
    }));
    home.on_type_number(touches.always(Touch::TypeInstead));
}
