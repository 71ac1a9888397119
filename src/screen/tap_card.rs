//! Please tap your card.

use super::Touches;
use super::phrases::{Phrases, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::TapCard;
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Kiosk, Picture, TapCardAdapter};

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &TapCard) {
    let shown = kiosk.global::<TapCardAdapter<'_>>();
    shown.set_title(said.text("tap-title"));
    shown.set_detail(said.text("tap-detail"));
    let (wanted, icon) = match &page.wanted {
        Some(thing) => (
            said.with("to-borrow", &[("thing", &said.thing(thing))]),
            picture(thing.icon),
        ),
        None => (SharedString::new(), Picture::None),
    };
    shown.set_wanted(wanted);
    shown.set_wanted_picture(icon);
    shown.set_type_instead(match page.typing {
        true => said.text("type-card"),
        false => SharedString::new(),
    });
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<TapCardAdapter<'_>>();
    shown.on_type_number(touches.always(Touch::TypeInstead));
}
