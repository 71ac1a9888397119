//! The home screen, in both languages at once.

use super::form::{Controls, Form, none};
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::{DayPart, Home, HomeTile, Notice};
use crate::lending::rain::Way;
use lodge_ui::{Choice, HomeForm, Picture};

pub fn form(page: &Home, said: &Phrases, notices: &[Notice], controls: &mut Controls) -> Form {
    let second = said.other();
    let greeting = match page.day_part {
        DayPart::Morning => "greeting-morning",
        DayPart::Afternoon => "greeting-afternoon",
        DayPart::Evening => "greeting-evening",
    };
    // While it rains, nothing else is said first.
    let way = page.rain.as_ref().map(|(_, way)| *way);
    let greeting = match way {
        Some(Way::Take | Way::Scan) => "rain-title",
        Some(Way::NoneLeft) => "rain-none-left",
        None => greeting,
    };
    let no_reader = notices.contains(&Notice::NoReader);
    let hint = |said: &Phrases| match &page.rain {
        // Nobody taps at a reader that does not work.
        _ if no_reader => said.text("type-hint"),
        Some((umbrella, Way::Take)) => {
            said.with("rain-hint", &[("umbrella", umbrella.text(said.language))])
        }
        Some((umbrella, Way::Scan)) => {
            said.with("rain-scan", &[("umbrella", umbrella.text(said.language))])
        }
        // A card is for everything else, as on a dry day.
        Some((_, Way::NoneLeft)) | None => said.text("tap-hint"),
    };
    let tiles: Vec<Choice> = page
        .tiles
        .iter()
        .enumerate()
        .map(|(position, tile)| {
            let (id, picture, touch) = match tile {
                HomeTile::Borrow => ("borrow", Picture::Borrow, Touch::Borrow),
                HomeTile::GiveBack => ("give-back", Picture::GiveBack, Touch::GiveBack),
                HomeTile::SignIn => ("sign-in", Picture::SignIn, Touch::SignIn),
                HomeTile::SignOut => ("sign-out", Picture::SignOut, Touch::SignOut),
                HomeTile::CollectMail => ("collect-mail", Picture::Mailbox, Touch::CollectMail),
                HomeTile::Directory => ("directory", Picture::Building, Touch::Directory),
            };
            Choice {
                title: said.text(id),
                second: second.text(id),
                picture,
                // While it rains, the card is the first thing.
                filled: position == 0 && matches!(way, None | Some(Way::NoneLeft)),
                dim: false,
                touch: controls.add(touch),
            }
        })
        .collect();
    Form::Home(HomeForm {
        greeting: said.text(greeting),
        greeting_second: second.text(greeting),
        hint: hint(said),
        hint_second: hint(&second),
        tiles: list(tiles),
        second: match no_reader {
            true => controls.control(
                said.text("type-card"),
                Picture::Keyboard,
                Touch::TypeInstead,
            ),
            false => none(),
        },
    })
}
