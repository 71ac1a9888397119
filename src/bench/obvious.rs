//! Whatever is scanned does the obvious thing, whatever page stands there: tried on each page that anybody
//! gets to see, on simulated days and in tours, beside what goes on.

use crate::keys::flow::Stage as KeyStage;
use crate::keys::{Key, KeyGroup, KeyId, KeyKind, KeyState};
use crate::kiosk::effect::Ask;
use crate::kiosk::event::{Answer, CodeMeaning};
use crate::kiosk::view::Page;
use crate::kiosk::{Effect, Event, Session, present, step};
use crate::lending::flow::Ask as LendingAsk;
use crate::lending::{Item, KindId, Loan, LoanId, Thing, ThingId, ThingState};
use crate::mail::flow::Stage as MailStage;
use crate::mail::{self, PickUpCode};
use crate::people::{PersonId, Scanned};
use crate::runtime::Standing;
use crate::slips::SlipNumber;
use crate::visits::flow::{Ask as VisitAsk, Stage as VisitStage};
use crate::visits::{self, InvitationCode};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

/// The digits of a code, or more.
const DIGITS: &str = "2718281828459045";

/// Something with a code on it.
#[derive(Clone, Copy, Debug)]
enum Held {
    /// A thing that is out: it comes back.
    LentThing,
    /// The slip of a loan: what it is of comes back.
    LoanSlip,
    /// A visitor's slip: they leave, or say who they are.
    VisitSlip,
    /// The pick-up code of mail: it is collected.
    MailCode,
    /// The label of mail: whoever holds it up says who they are.
    MailLabel,
    /// The tag of a key that is out: it comes back, with the checklist.
    KeyTag,
    /// An invitation: it is confirmed.
    Invitation,
}

const ALL: [Held; 7] = [
    Held::LentThing,
    Held::LoanSlip,
    Held::VisitSlip,
    Held::MailCode,
    Held::MailLabel,
    Held::KeyTag,
    Held::Invitation,
];

/// Somebody holds up one thing after the other: what does not lead where it should. Where something is being
/// looked up or written down a scan waits, and a kiosk that is closed reads nothing.
pub fn leads_astray(standing: &Standing<'_>) -> Option<String> {
    let view = present(standing.session, standing.house, standing.at);
    if standing.session.is_busy() || matches!(view.page, Page::OutOfService(_)) {
        return None;
    }
    ALL.into_iter().find_map(|held| {
        let (session, asked) = scanned(standing, held);
        let page = present(&session, standing.house, standing.at).page;
        let is_so = is_obvious(held, asked.as_ref(), &page);
        (!is_so).then(|| {
            let before = &view.page;
            format!("{held:?} scanned at {before:?} leads to {page:?}, and asks {asked:?}")
        })
    })
}

/// The session after that was scanned, and what it then asks.
fn scanned(standing: &Standing<'_>, held: Held) -> (Session, Option<Ask>) {
    let happens = |session: Session, event| {
        let done = step(session, standing.house, standing.at, event);
        let asked = done.effects.into_iter().find_map(|effect| match effect {
            Effect::Ask(request, ask) => Some((request, ask)),
            _ => None,
        });
        (done.session, asked)
    };
    let number = SlipNumber {
        device: standing.house.building.device,
        day: day(standing),
        count: 9_999,
    };
    let (text, meaning) = meant(held, number, standing);
    let scanned = Scanned::line(&text, "front", standing.at);
    let (session, asked) = happens(standing.session.clone(), Event::CodeScanned(scanned));
    match (asked, meaning) {
        (Some((request, Ask::ReadCode(_))), Some(meaning)) => {
            let (session, asked) =
                happens(session, Event::Answered(request, Answer::CodeRead(meaning)));
            (session, asked.map(|(_, ask)| ask))
        }
        (asked, _) => (session, asked.map(|(_, ask)| ask)),
    }
}

fn day(standing: &Standing<'_>) -> NaiveDate {
    let local = standing.house.building.local(standing.at);
    local.date().with_day(1).unwrap_or(local.date())
}

/// The text of the code, and what the books say that it is, where they are asked.
fn meant(held: Held, number: SlipNumber, standing: &Standing<'_>) -> (String, Option<CodeMeaning>) {
    let nobody = PersonId(Uuid::from_u128(1));
    let kind = standing.house.kinds.first().map(|kind| kind.id.clone());
    let kind = kind.unwrap_or(KindId("umbrella".to_owned()));
    match held {
        Held::LentThing => {
            let thing = Thing {
                id: ThingId(Uuid::from_u128(2)),
                kind: kind.clone(),
                tag: "OBV-0001".to_owned(),
                label: "1".to_owned(),
                state: ThingState::OnLoan,
            };
            let loan = Loan {
                id: LoanId(Uuid::from_u128(3)),
                number,
                kind,
                item: Item::Tagged {
                    thing: thing.id,
                    label: thing.label.clone(),
                },
                borrower: nobody,
                lent_at: standing.at,
                due: standing.at,
                renewals: 0,
                deposit_fen: 0,
            };
            (
                thing.tag.clone(),
                Some(CodeMeaning::Thing(thing, Some(loan))),
            )
        }
        Held::LoanSlip => (number.code(), Some(CodeMeaning::Slip(number))),
        Held::VisitSlip => (number.code(), Some(CodeMeaning::Visit(number))),
        Held::MailLabel => (number.code(), Some(CodeMeaning::Mail(number))),
        Held::KeyTag => {
            let key = Key {
                id: KeyId(Uuid::from_u128(4)),
                hook: "K-99".to_owned(),
                tag: "OBV-KEY".to_owned(),
                kind: KeyKind::Ordinary,
                group: KeyGroup("obvious".into()),
                tenant: None,
                pieces: 1,
                state: KeyState::Out,
            };
            (key.tag.clone(), Some(CodeMeaning::Key(key, true)))
        }
        Held::MailCode => {
            let code =
                PickUpCode::from_digits(&DIGITS[..mail::CODE_DIGITS]).map(|code| code.code());
            (code.unwrap_or_default(), None)
        }
        Held::Invitation => {
            let code =
                InvitationCode::from_digits(&DIGITS[..visits::CODE_DIGITS]).map(|code| code.code());
            (code.unwrap_or_default(), None)
        }
    }
}

/// Whether that is where it should lead. After too many wrong codes in a row nobody guesses on for a while.
fn is_obvious(held: Held, asked: Option<&Ask>, page: &Page) -> bool {
    match (held, asked) {
        (Held::LentThing | Held::LoanSlip, Some(Ask::Lending(_, ask))) => {
            matches!(**ask, LendingAsk::Return(_))
        }
        (Held::VisitSlip, Some(Ask::Visits(ask))) => {
            matches!(**ask, VisitAsk::VisitToEnd(_) | VisitAsk::BySlip(_))
        }
        // Where something is borrowed that visitors may have, it stands for a card.
        (Held::VisitSlip, Some(Ask::IdentifyVisitor(_))) => true,
        (Held::MailCode, Some(Ask::Mail(..))) => true,
        (Held::MailCode, None) => {
            matches!(page, Page::Mail(stage) if matches!(**stage, MailStage::CodesPaused { .. }))
        }
        // Whoever is known by a card is asked nothing more.
        (Held::MailLabel, Some(Ask::Mail(..))) => true,
        (Held::MailLabel, None) => {
            matches!(page, Page::Mail(stage) if matches!(**stage, MailStage::Presenting { .. }))
        }
        (Held::KeyTag, None) => {
            matches!(page, Page::Keys(stage) if matches!(**stage, KeyStage::Returning { .. }))
        }
        (Held::Invitation, Some(Ask::Visits(ask))) => matches!(**ask, VisitAsk::Invitation(_)),
        (Held::Invitation, None) => {
            matches!(page, Page::Visits(stage) if matches!(**stage, VisitStage::Paused { .. }))
        }
        _ => false,
    }
}
