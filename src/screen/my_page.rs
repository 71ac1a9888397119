//! One card, everything.

use super::choose;
use super::form::{Controls, Form};
use super::phrases::{Phrases, list, mail_picture, picture};
use super::reserving;
use crate::kiosk::Touch;
use crate::kiosk::view::{KeyLine, LoanLine, MailLine, MyPage, Offer, VisitLine};
use crate::lending::flow::Touch as LendingTouch;
use crate::visits::PermitTakenBack;
use lodge_ui::slint::SharedString;
use lodge_ui::{Choice, Line, List, OverviewForm, Picture};

/// What can be done next, in the order it is offered.
enum Next<'a> {
    SignOut,
    CollectMail,
    MailDeputies,
    TakeKey,
    GiveBack,
    Borrow(&'a Offer),
    Reserve,
}

pub fn form(page: &MyPage, said: &Phrases, controls: &mut Controls) -> Form {
    let held = |title, lines: Vec<Line>| List {
        title: said.text(title),
        lines: list(lines),
    };
    let visitors = (!page.visits.is_empty()).then(|| {
        let lines = page.visits.iter();
        let lines = lines.map(|line| visitor(line, said, controls)).collect();
        held("my-visits", lines)
    });
    // Somebody stands at the lodge and waits: that is first. What one holds and may have to do
    // something about is next; what waits is on its tile as well.
    let somebody_waits = page.visits.iter().any(|visit| visit.waits);
    let (waiting, expected) = match somebody_waits {
        true => (visitors, None),
        false => (None, visitors),
    };
    let mut lists = Vec::from_iter(waiting);
    let told = told(page, said);
    if !told.is_empty() {
        lists.push(held("my-told", told));
    }
    if !page.permits.is_empty() {
        let lines = page.permits.iter().map(|line| permit(line, said));
        lists.push(held("my-permits", lines.collect()));
    }
    if !page.loans.is_empty() {
        let lines = page.loans.iter();
        let lines = lines.map(|line| loan(line, said, controls)).collect();
        lists.push(held("my-loans", lines));
    }
    if !page.kept.is_empty() {
        let lines = page.kept.iter();
        let lines = lines.map(|line| reserving::line(line, said, controls));
        lists.push(held("my-kept", lines.collect()));
    }
    if !page.keys.is_empty() {
        let lines = page.keys.iter().map(|line| key(line, said)).collect();
        lists.push(held("my-keys", lines));
    }
    if !page.mail.is_empty() {
        let lines = page.mail.iter().map(|line| mail(line, said)).collect();
        lists.push(held("my-mail", lines));
    }
    lists.extend(expected);
    Form::Overview(OverviewForm {
        title: said.with("my-hello", &[("name", &page.name)]),
        detail: match &page.tenant {
            Some((name, room)) if room.is_empty() => name.text(said.language).into(),
            Some((name, room)) => said.with(
                "my-tenant",
                &[("tenant", name.text(said.language)), ("room", room)],
            ),
            None => SharedString::new(),
        },
        nothing: match lists.is_empty() {
            true => said.text("my-nothing"),
            false => SharedString::new(),
        },
        lists: list(lists),
        next_title: said.text("my-next"),
        next: list(choices(page, said, controls)),
    })
}

/// Mail comes first for whoever has some, then giving back for whoever has something.
fn next(page: &MyPage) -> Vec<Next<'_>> {
    let mail = (!page.mail.is_empty()).then_some(Next::CollectMail);
    let offers = page.offers.iter().map(Next::Borrow);
    let rest: Vec<Next<'_>> = match page.loans.is_empty() {
        true => offers.chain([Next::GiveBack]).collect(),
        false => [Next::GiveBack].into_iter().chain(offers).collect(),
    };
    let keys = page.takes_keys.then_some(Next::TakeKey);
    let out = page.is_visitor.then_some(Next::SignOut);
    let deputies = page.tenant.is_some().then_some(Next::MailDeputies);
    let reserve = page.reserves.then_some(Next::Reserve);
    let first = out.into_iter().chain(mail).chain(keys);
    first.chain(rest).chain(reserve).chain(deputies).collect()
}

/// The one filled tile: what is late comes back first, else the first thing that can be had.
fn choices(page: &MyPage, said: &Phrases, controls: &mut Controls) -> Vec<Choice> {
    let late = page.loans.iter().any(|loan| loan.late);
    let mut filled = false;
    next(page)
        .into_iter()
        .map(|next| {
            let mut choice = match next {
                Next::CollectMail => Choice {
                    title: said.text("collect-mail"),
                    second: said.count("collect-mail-count", mail_count(page)),
                    picture: Picture::Mailbox,
                    filled: !late,
                    dim: false,
                    touch: controls.add(Touch::CollectMail),
                },
                Next::SignOut => Choice {
                    title: said.text("sign-out"),
                    second: said.text("sign-out-how"),
                    picture: Picture::SignOut,
                    filled: !late,
                    dim: false,
                    touch: controls.add(Touch::SignOut),
                },
                Next::MailDeputies => Choice {
                    title: said.text("mail-deputies"),
                    second: said.text("mail-deputies-how"),
                    picture: Picture::HandedOver,
                    filled: false,
                    dim: false,
                    touch: controls.add(Touch::MailDeputies),
                },
                Next::Reserve => Choice {
                    title: said.text("reserve"),
                    second: said.text("reserve-how"),
                    picture: Picture::Clock,
                    filled: false,
                    dim: false,
                    touch: controls.add(Touch::Lending(LendingTouch::Reserve)),
                },
                Next::TakeKey => Choice {
                    title: said.text("take-key"),
                    second: said.text("take-key-how"),
                    picture: Picture::Key,
                    filled: !late,
                    dim: false,
                    touch: controls.add(Touch::TakeKey),
                },
                Next::GiveBack => Choice {
                    title: said.text("give-back"),
                    second: said.text("give-back-how"),
                    picture: Picture::GiveBack,
                    filled: late,
                    dim: false,
                    touch: controls.add(Touch::GiveBack),
                },
                Next::Borrow(offer) => {
                    let mut choice = choose::choice(offer, said, controls);
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
pub(super) fn loan(line: &LoanLine, said: &Phrases, controls: &mut Controls) -> Line {
    let when = said.when(line.due);
    let id = if line.late { "loan-late" } else { "loan-due" };
    Line {
        title: said
            .called(line.name.text(said.language), line.label.as_deref())
            .into(),
        detail: said.with(id, &[("when", &when)]),
        picture: picture(line.icon),
        attend: line.late,
        dim: false,
        second: match line.renew {
            true => said.text("renew"),
            false => SharedString::new(),
        },
        second_touch: match line.renew {
            true => controls.add(Touch::Lending(LendingTouch::Renew(line.loan))),
            false => 0,
        },
        action: match line.give_back {
            true => said.text("give-back-now"),
            false => SharedString::new(),
        },
        touch: match line.give_back {
            true => controls.add(Touch::Loan(line.loan)),
            false => 0,
        },
    }
}

/// A visitor who is expected, or who waits here for a yes; a no is said at the desk, where reasons
/// can be given.
fn visitor(line: &VisitLine, said: &Phrases, controls: &mut Controls) -> Line {
    Line {
        title: line.name.as_str().into(),
        detail: match (line.expected, line.withdrawn) {
            (Some(from), true) => said.with("visit-withdrawn", &[("when", &said.when(from))]),
            (Some(from), false) => said.with("visit-expected", &[("when", &said.when(from))]),
            (None, _) if line.answered => said.text("visit-waits"),
            (None, _) => said.text("visit-waits-card"),
        },
        picture: Picture::Person,
        attend: line.waits || line.withdrawn,
        action: match line.waits && line.answered {
            true => said.text("visit-say-yes"),
            false => SharedString::new(),
        },
        touch: match line.waits && line.answered {
            true => controls.add(Touch::SayYes(line.visit)),
            false => 0,
        },
        ..Line::default()
    }
}

/// What this person is told at the next tap of the card. Neither who left word nor what they said stands
/// on a screen that others see.
fn told(page: &MyPage, said: &Phrases) -> Vec<Line> {
    let messages = (page.messages > 0).then(|| Line {
        title: said.count("my-messages", page.messages),
        detail: said.text("my-messages-where"),
        picture: Picture::LeaveWord,
        attend: true,
        ..Line::default()
    });
    let keys = page.keys_used.map(|(count, last)| Line {
        title: said.count("my-keys-used", count),
        detail: said.with("my-keys-used-last", &[("when", &said.when(last))]),
        picture: Picture::Key,
        attend: true,
        ..Line::default()
    });
    messages.into_iter().chain(keys).collect()
}

/// Somebody else works with it: whoever answers for them tells them.
fn permit(line: &PermitTakenBack, said: &Phrases) -> Line {
    let values = [
        ("number", line.number.as_str()),
        ("company", line.company.as_str()),
    ];
    Line {
        title: said.with("visit-permit-line", &values),
        detail: said.text("visit-permit-taken-back"),
        picture: Picture::Contractor,
        attend: true,
        ..Line::default()
    }
}

fn mail(line: &MailLine, said: &Phrases) -> Line {
    let count = line.count.to_string();
    Line {
        title: said.with(
            "mail-line",
            &[("kind", &said.text(line.kind.word())), ("count", &count)],
        ),
        detail: said.with(
            "mail-detail",
            &[("shelf", &line.shelf), ("when", &said.when(line.arrived))],
        ),
        picture: mail_picture(line.kind),
        ..Line::default()
    }
}

fn key(line: &KeyLine, said: &Phrases) -> Line {
    let id = if line.late { "loan-late" } else { "loan-due" };
    Line {
        title: said.with("key-line", &[("hook", &line.hook)]),
        detail: said.with(id, &[("when", &said.when(line.due))]),
        picture: Picture::Key,
        attend: line.late,
        ..Line::default()
    }
}

fn mail_count(page: &MyPage) -> u32 {
    page.mail.iter().map(|line| line.count).sum()
}
