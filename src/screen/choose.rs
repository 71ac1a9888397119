//! Which kind of thing.

use super::Touches;
use super::phrases::{Phrases, list, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{Choose, Offer, Page};
use crate::lending::LendRefusal;
use lodge_ui::slint::ComponentHandle;
use lodge_ui::{Choice, ChooseAdapter, Kiosk};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &Choose) {
    let shown = kiosk.global::<ChooseAdapter<'_>>();
    shown.set_title(said.text("choose-title"));
    shown.set_detail(said.text("choose-detail"));
    let first_free = page.offers.iter().position(|offer| offer.refused.is_none());
    shown.set_offers(list(page.offers.iter().enumerate().map(
        |(position, offer)| {
            let mut choice = choice(offer, said);
            choice.filled = first_free == Some(position);
            choice
        },
    )));
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<ChooseAdapter<'_>>();
    shown.on_touched(touches.on_page(|page, position| {
        match page {
            Page::Choose(page) => page
                .offers
                .get(position)
                .map(|offer| Touch::Kind(offer.kind.clone())),
            _ => None,
        }
    }));
}

/// A kind as a tile: how many are there, or why there is none for this person.
pub(super) fn choice(offer: &Offer, said: &Phrases) -> Choice {
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
                | LendRefusal::UnknownTag
                | LendRefusal::AlreadyOut { .. }
                | LendRefusal::NotForLoan { .. },
            ) => said.text("offer-ask-desk"),
        },
        picture: picture(offer.icon),
        filled: false,
        dim: offer.refused.is_some(),
    }
}
