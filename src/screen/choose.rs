//! Which kind of thing.

use super::form::{Controls, Form};
use super::phrases::{Phrases, list, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Choose, Offer};
use crate::lending::LendRefusal;
use lodge_ui::{Choice, MenuForm};

pub fn form(page: &Choose, said: &Phrases, controls: &mut Controls) -> Form {
    let first_free = page.offers.iter().position(|offer| offer.refused.is_none());
    let tiles: Vec<Choice> = page
        .offers
        .iter()
        .enumerate()
        .map(|(position, offer)| Choice {
            filled: first_free == Some(position),
            ..choice(offer, said, controls)
        })
        .collect();
    Form::Menu(MenuForm {
        title: said.text("choose-title"),
        detail: said.text("choose-detail"),
        tiles: list(tiles),
        ..MenuForm::default()
    })
}

/// A kind as a tile: how many are there, or why there is none for this person.
pub(super) fn choice(offer: &Offer, said: &Phrases, controls: &mut Controls) -> Choice {
    Choice {
        title: offer.name.text(said.language).into(),
        second: match &offer.refused {
            None if offer.scan => said.count("offer-free-tagged", offer.free),
            None => said.count("offer-free", offer.free),
            Some(LendRefusal::LimitReached { limit, .. }) => said.count("offer-limit", *limit),
            Some(LendRefusal::Overdue { .. }) => said.text("offer-overdue"),
            Some(LendRefusal::NoneLeft { .. }) => said.text("offer-none-left"),
            Some(
                LendRefusal::NotAllowed { .. }
                | LendRefusal::GivenToday { .. }
                | LendRefusal::UnknownTag
                | LendRefusal::AlreadyOut { .. }
                | LendRefusal::Reserved { .. }
                | LendRefusal::NotForLoan { .. },
            ) => said.text("offer-ask-desk"),
        },
        picture: picture(offer.icon),
        filled: false,
        dim: offer.refused.is_some(),
        touch: controls.add(Touch::Kind(offer.kind.clone())),
    }
}
