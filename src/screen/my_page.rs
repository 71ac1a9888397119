//! One card, everything.

use super::Touches;
use super::choose;
use super::phrases::{Phrases, list, picture};
use crate::kiosk::Touch;
use crate::kiosk::view::{KeyLine, LoanLine, MailLine, MyPage, Offer, Page};
use crate::mail::MailKind;
use lodge_ui::slint::{ComponentHandle, SharedString};
use lodge_ui::{Choice, Kiosk, Line, MyPageAdapter, Picture};

/// What can be done next, in the order it is offered.
enum Next<'a> {
    GiveBack,
    Borrow(&'a Offer),
}

pub fn show(kiosk: &Kiosk, said: &Phrases, page: &MyPage) {
    let shown = kiosk.global::<MyPageAdapter<'_>>();
    shown.set_hello(said.with("my-hello", &[("name", &page.name)]));
    shown.set_tenant(match &page.tenant {
        Some((name, room)) if room.is_empty() => name.text(said.language).into(),
        Some((name, room)) => said.with(
            "my-tenant",
            &[("tenant", name.text(said.language)), ("room", room)],
        ),
        None => SharedString::new(),
    });
    shown.set_mail_title(said.text("my-mail"));
    shown.set_mail(list(page.mail.iter().map(|line| mail(line, said))));
    shown.set_loans_title(said.text("my-loans"));
    shown.set_loans(list(page.loans.iter().map(|line| loan(line, said))));
    shown.set_keys_title(said.text("my-keys"));
    shown.set_keys(list(page.keys.iter().map(|line| key(line, said))));
    let nothing = page.mail.is_empty() && page.loans.is_empty() && page.keys.is_empty();
    shown.set_nothing(if nothing {
        said.text("my-nothing")
    } else {
        SharedString::new()
    });
    shown.set_next_title(said.text("my-next"));
    shown.set_next(list(choices(page, said)));
}

pub fn forget(kiosk: &Kiosk) {
    let shown = kiosk.global::<MyPageAdapter<'_>>();
    shown.set_hello(SharedString::new());
    shown.set_tenant(SharedString::new());
    shown.set_mail(list([]));
    shown.set_loans(list([]));
    shown.set_keys(list([]));
    shown.set_next(list([]));
}

pub fn connect(touches: &Touches<'_>) {
    let shown = touches.kiosk.global::<MyPageAdapter<'_>>();
    shown.on_loan(touches.on_page(|page, line| match page {
        Page::MyPage(page) => page.loans.get(line).map(|loan| Touch::Loan(loan.loan)),
        _ => None,
    }));
    shown.on_next_touched(touches.on_page(|page, tile| match page {
        Page::MyPage(page) => next(page).get(tile).map(|next| match next {
            Next::GiveBack => Touch::GiveBack,
            Next::Borrow(offer) => Touch::Kind(offer.kind.clone()),
        }),
        _ => None,
    }));
}

/// Giving back comes first for whoever has something.
fn next(page: &MyPage) -> Vec<Next<'_>> {
    let offers = page.offers.iter().map(Next::Borrow);
    if page.loans.is_empty() {
        offers.chain([Next::GiveBack]).collect()
    } else {
        [Next::GiveBack].into_iter().chain(offers).collect()
    }
}

/// The one filled tile: what is late comes back first, else the first thing that can be had.
fn choices(page: &MyPage, said: &Phrases) -> Vec<Choice> {
    let late = page.loans.iter().any(|loan| loan.late);
    let mut filled = false;
    next(page)
        .into_iter()
        .map(|next| {
            let mut choice = match next {
                Next::GiveBack => Choice {
                    title: said.text("give-back"),
                    second: said.text("give-back-how"),
                    picture: Picture::GiveBack,
                    filled: late,
                    dim: false,
                },
                Next::Borrow(offer) => {
                    let mut choice = choose::choice(offer, said);
                    choice.filled = !late && !choice.dim;
                    choice
                }
            };
            choice.filled &= !filled;
            filled |= choice.filled;
            choice
        })
        .collect()
}

/// What somebody holds, as a line; also on the page for giving back.
pub(super) fn loan(line: &LoanLine, said: &Phrases) -> Line {
    let when = said.when(line.due);
    let id = if line.late { "loan-late" } else { "loan-due" };
    Line {
        title: said
            .called(line.name.text(said.language), line.label.as_deref())
            .into(),
        detail: said.with(id, &[("when", &when)]),
        picture: picture(line.icon),
        attend: line.late,
        action: match line.give_back {
            true => said.text("give-back-now"),
            false => SharedString::new(),
        },
    }
}

fn mail(line: &MailLine, said: &Phrases) -> Line {
    let count = line.count.to_string();
    Line {
        title: said.with(
            "mail-line",
            &[
                ("kind", &said.text(mail_kind(line.kind))),
                ("count", &count),
            ],
        ),
        detail: said.with(
            "mail-detail",
            &[("shelf", &line.shelf), ("when", &said.when(line.arrived))],
        ),
        picture: match line.kind {
            MailKind::Parcel | MailKind::Express => Picture::Package,
            _ => Picture::Mail,
        },
        attend: false,
        action: SharedString::new(),
    }
}

fn key(line: &KeyLine, said: &Phrases) -> Line {
    let id = if line.late { "loan-late" } else { "loan-due" };
    Line {
        title: said.with("key-line", &[("hook", &line.hook)]),
        detail: said.with(id, &[("when", &said.when(line.due))]),
        picture: Picture::Key,
        attend: line.late,
        action: SharedString::new(),
    }
}

fn mail_kind(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Letter => "mail-letter",
        MailKind::PrintedMatter => "mail-printed-matter",
        MailKind::RegisteredLetter => "mail-registered-letter",
        MailKind::RegisteredPrintedMatter => "mail-registered-printed-matter",
        MailKind::Airmail => "mail-airmail",
        MailKind::ParcelSlip => "mail-parcel-slip",
        MailKind::Parcel => "mail-parcel",
        MailKind::MoneyOrder => "mail-money-order",
        MailKind::Newspaper => "mail-newspaper",
        MailKind::Magazine => "mail-magazine",
        MailKind::Express => "mail-express",
    }
}
