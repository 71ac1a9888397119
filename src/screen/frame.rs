//! What stands around every page: house, clock, notices, the controls at the foot, the countdown.

use super::Touches;
use super::form::Controls;
use super::phrases::{Phrases, list};
use crate::kiosk::Touch;
use crate::kiosk::view::{Notice, Page, Refusal, View};
use crate::words::dates;
use lodge_ui::slint::{ComponentHandle, Model, SharedString};
use lodge_ui::{FrameAdapter, Kiosk, Theme};

pub fn show(kiosk: &Kiosk, said: &Phrases, view: &View) {
    let theme = kiosk.global::<Theme<'_>>();
    theme.set_large(view.comfort.large);
    theme.set_low_chosen(view.comfort.low);

    let frame = kiosk.global::<FrameAdapter<'_>>();
    frame.set_building(view.building.text(said.language).into());
    frame.set_second(match place(&view.page) {
        Some(place) => said.text(place),
        None => view.building.text(said.language.other()).into(),
    });
    frame.set_clock(dates::time(view.clock).into());
    frame.set_date(dates::day(said.language, view.clock.date()).into());
    frame.set_trial(if view.trial {
        said.text("trial")
    } else {
        SharedString::new()
    });
    show_notices(&frame, said, view);

    let back = has_step_back(&view.page);
    frame.set_back(where_there(back, said, "back"));
    frame.set_other_language(said.text("other-language"));
    frame.set_comfort(said.text("comfort"));
    frame.set_call(said.text("call-desk"));
    frame.set_further(said.text("further"));
    frame.set_footed(!matches!(view.page, Page::Wait | Page::OutOfService(_)));

    if let Some(left) = view.countdown {
        frame.set_seconds(left.to_string().into());
        frame.set_still_there(said.text("still-there"));
        frame.set_home_soon(said.text("home-soon"));
        frame.set_more_time(said.text("more-time"));
        frame.set_end_now(said.text("end"));
    }
    frame.set_counting(view.countdown.is_some());
}

/// The way to end stands at the foot of every page that has none of its own.
pub fn show_end(kiosk: &Kiosk, said: &Phrases, page: &Page, controls: &Controls) {
    let there = !matches!(page, Page::Home(_)) && !controls.can_end();
    let frame = kiosk.global::<FrameAdapter<'_>>();
    frame.set_end(where_there(there, said, "end"));
}

fn where_there(there: bool, said: &Phrases, id: &str) -> SharedString {
    match there {
        true => said.text(id),
        false => SharedString::new(),
    }
}

pub fn connect(touches: &Touches<'_>) {
    let frame = touches.kiosk.global::<FrameAdapter<'_>>();
    frame.on_go_back(touches.always(Touch::Back));
    frame.on_go_end(touches.always(Touch::End));
    frame.on_switch_language(touches.always(Touch::OtherLanguage));
    frame.on_switch_comfort(touches.always(Touch::Comfort));
    frame.on_call_desk(touches.always(Touch::CallDesk));
    frame.on_stay(touches.always(Touch::MoreTime));
    frame.on_touched(touches.by_number());
}

/// Lists are only replaced when they change, so that nothing under a finger moves.
fn show_notices(frame: &FrameAdapter<'_>, said: &Phrases, view: &View) {
    let in_words = |said: &Phrases| -> Vec<SharedString> {
        let here = view.notices.iter();
        let here = here.filter(|notice| belongs(notice, &view.page));
        here.map(|notice| sentence(notice, &view.page, said))
            .collect()
    };
    let notices = in_words(said);
    // Nobody has chosen a language on the home page yet.
    let second = match view.page {
        Page::Home(_) => in_words(&said.other()),
        _ => Vec::new(),
    };
    if frame.get_notices().iter().ne(notices.iter().cloned()) {
        frame.set_notices(list(notices));
    }
    if frame.get_notices_second().iter().ne(second.iter().cloned()) {
        frame.set_notices_second(list(second));
    }
}

fn sentence(notice: &Notice, page: &Page, said: &Phrases) -> SharedString {
    // Nothing is typed on My page.
    let has_no_field = matches!(page, Page::MyPage(_));
    match notice {
        Notice::NoReader if has_no_field => said.text("notice-reader-out"),
        Notice::NoScanner if has_no_field => said.text("notice-scanner-out"),
        Notice::NoReader => said.text("notice-no-reader"),
        Notice::NoScanner => said.text("notice-no-scanner"),
        Notice::NoPrinter(why) => said.with("notice-no-printer", &[("why", &said.paper(*why))]),
        Notice::PaperNearEnd => said.text("notice-paper-near-end"),
        Notice::PrintsElsewhere(printer) => {
            said.with("notice-prints-elsewhere", &[("printer", &printer.0)])
        }
    }
}

/// Whether a notice helps on this page; a page that says the same itself needs no band above it.
fn belongs(notice: &Notice, page: &Page) -> bool {
    match page {
        Page::Home(_) | Page::MyPage(_) => true,
        Page::Choose(_) => !matches!(notice, Notice::PaperNearEnd),
        Page::TapCard(_) => matches!(notice, Notice::NoReader),
        Page::ScanTag(_) | Page::GiveBack(_) => matches!(notice, Notice::NoScanner),
        Page::Confirm(_) => {
            matches!(notice, Notice::NoPrinter(_) | Notice::PrintsElsewhere(_))
        }
        Page::Borrowed(_) => matches!(notice, Notice::PrintsElsewhere(_)),
        Page::Given(_) | Page::Renewed(_) | Page::Reserving(_) | Page::Asking(_) => false,
        Page::Wait
        | Page::Mail(_)
        | Page::Keys(_)
        | Page::Visits(_)
        | Page::SaidYes
        | Page::Directory(_)
        | Page::FindTenant { .. }
        | Page::DeskCalled
        | Page::TypeNumber(_)
        | Page::Returned(_)
        | Page::Refused(_)
        | Page::PrinterTrouble(_)
        | Page::OutOfService(_) => false,
    }
}

/// Whether there is a step back.
fn has_step_back(page: &Page) -> bool {
    match page {
        Page::Choose(_)
        | Page::TapCard(_)
        | Page::ScanTag(_)
        | Page::TypeNumber(_)
        | Page::Confirm(_)
        | Page::Directory(_)
        | Page::FindTenant { .. }
        | Page::GiveBack(_) => true,
        Page::Reserving(page) => !page.is_over(),
        Page::Mail(stage) => !stage.is_over(),
        Page::Keys(stage) => !stage.is_over(),
        Page::Visits(stage) => !stage.is_over(),
        // What is asked about is back already: there is no way back from that.
        Page::Asking(_)
        | Page::MyPage(_)
        | Page::Refused(_)
        | Page::Home(_)
        | Page::Wait
        | Page::Borrowed(_)
        | Page::Given(_)
        | Page::Renewed(_)
        | Page::Returned(_)
        | Page::DeskCalled
        | Page::SaidYes
        | Page::PrinterTrouble(_)
        | Page::OutOfService(_) => false,
    }
}

/// Where I am after a no: what I came for, as far as the no tells.
fn place_of_no(why: &Refusal) -> &'static str {
    match why {
        why if why.is_of_card() => "place-card",
        Refusal::NotInside | Refusal::Lend(..) | Refusal::Renew(..) => "borrow",
        Refusal::Return(..) => "give-back",
        Refusal::Reserve(..) => "reserve",
        Refusal::SeenTo => "place-my-page",
        Refusal::UnknownCode => "place-visits",
        _ => "place-here",
    }
}

/// Where I am, under the house's name; the house's other name stands there on the pages that speak
/// both languages.
fn place(page: &Page) -> Option<&'static str> {
    match page {
        Page::Home(_) | Page::OutOfService(_) => None,
        Page::Wait => Some("place-here"),
        Page::DeskCalled => Some("place-desk"),
        Page::Refused(page) => Some(place_of_no(&page.why)),
        Page::Directory(_) | Page::FindTenant { .. } => Some("directory"),
        Page::Mail(_) => Some("collect-mail"),
        Page::Keys(_) => Some("place-keys"),
        Page::Visits(_) | Page::SaidYes => Some("place-visits"),
        Page::MyPage(_) => Some("place-my-page"),
        Page::GiveBack(_) | Page::Asking(_) | Page::Returned(_) => Some("give-back"),
        Page::Reserving(_) => Some("reserve"),
        Page::TypeNumber(_) => Some("place-type-number"),
        Page::Choose(_)
        | Page::TapCard(_)
        | Page::ScanTag(_)
        | Page::Confirm(_)
        | Page::Borrowed(_)
        | Page::Given(_)
        | Page::Renewed(_)
        | Page::PrinterTrouble(_) => Some("borrow"),
    }
}
