//! Every way through mail at the touch screen, without books.

use super::*;
use crate::mail::rules::tests::{CHEN, GRACE, HARBOUR, item, monday};
use crate::mail::{
    AuthorityId, AuthorityLine, AuthorityRefusal, Colleague, Covers, Lasts, MailKind, MailState,
    PickUpId, PickUpReceipt, Whose, rules,
};
use crate::people::{
    Bilingual, CardId, Holder, PersonId, PersonName, Role, Tenant, TenantId, TenantState,
};
use chrono::TimeDelta;
use uuid::Uuid;

mod deputies;

const OTHER_COMPANY: TenantId = TenantId(Uuid::from_u128(4));

/// Settings and counters that outlive a session.
#[derive(Default)]
struct Lobby {
    terms: Terms,
    tries: CodeTries,
    holder: Option<Holder>,
    typed_card: bool,
}

impl Lobby {
    fn with_grace() -> Self {
        Lobby {
            holder: Some(holder(GRACE, HARBOUR)),
            ..Lobby::default()
        }
    }

    fn here(&self) -> Here<'_> {
        Here {
            holder: self.holder.as_ref(),
            how: match self.typed_card {
                true => How::Typed,
                false => How::Tapped,
            },
            language: Language::Chinese,
            at: monday(),
            terms: &self.terms,
            tries: &self.tries,
        }
    }
}

fn holder(person: PersonId, company: TenantId) -> Holder {
    Holder {
        person,
        card: Some(CardId(Uuid::from_u128(20))),
        name: PersonName {
            chinese: Some("陈晓明".into()),
            latin: None,
        },
        roles: vec![Role::TenantMember],
        language: Language::Chinese,
        tenant: Some(Tenant {
            id: company,
            name: Bilingual::new("海港贸易", "Harbour Trading"),
            rooms: vec!["1203".into()],
            state: TenantState::In,
        }),
    }
}

fn offer_of(kinds: &[MailKind]) -> Offer {
    let piece = |kind: &MailKind| rules::piece(item(*kind), Whose::Own);
    Offer {
        pieces: kinds.iter().map(piece).collect(),
        ..Offer::default()
    }
}

fn signature() -> Signature {
    Signature(vec![vec![(100, 100), (600, 400)]])
}

fn receipt(offer: &Offer) -> PickUpReceipt {
    PickUpReceipt {
        not_given: vec![],
        id: PickUpId(Uuid::from_u128(30)),
        pieces: offer.pieces.clone(),
        left: 0,
    }
}

fn show(next: Option<Next>) -> Stage {
    match next {
        Some(Next::Show(stage)) => stage,
        other => panic!("a page, not {other:?}"),
    }
}

fn ask(next: Option<Next>) -> (Stage, Ask) {
    match next {
        Some(Next::Ask(stage, ask)) => (stage, ask),
        other => panic!("a question to the store, not {other:?}"),
    }
}

fn line() -> AuthorityLine {
    AuthorityLine {
        id: AuthorityId(Uuid::from_u128(40)),
        holder: PersonName {
            chinese: Some("陈晓明".into()),
            latin: None,
        },
        covers: Covers::Everything,
        until: None,
        once: false,
    }
}

fn colleague() -> Colleague {
    Colleague {
        person: CHEN,
        name: line().holder,
    }
}

#[test]
fn a_card_and_one_touch_take_letters_along() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let (looking, first) = ask(Some(begin(Entrance::All, &here)));
    assert!(matches!(first, Ask::Offer(Collector::Card { .. })));
    let offer = offer_of(&[MailKind::Letter, MailKind::Newspaper]);
    let offered = Answer::Offered(Ok(offer.clone()));
    let (looking, second) = ask(answered(&looking, offered, &here));
    let Ask::PickUp(order) = second else {
        panic!("it is handed out at once, not {second:?}")
    };
    assert_eq!((order.items.len(), order.signature), (2, None));
    let done = show(answered(
        &looking,
        Answer::PickedUp(Ok(receipt(&offer))),
        &here,
    ));
    assert_eq!(done, Stage::Done(receipt(&offer)));
    assert!(done.is_over());
}

#[test]
fn a_card_one_touch_and_a_signature_take_along_what_is_signed_for() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let (looking, _) = ask(Some(begin(Entrance::All, &here)));
    let offer = offer_of(&[MailKind::Letter, MailKind::Parcel]);
    let signing = show(answered(
        &looking,
        Answer::Offered(Ok(offer.clone())),
        &here,
    ));
    assert!(matches!(signing, Stage::Signing { .. }));
    let a_tap = Signature(vec![vec![(5, 5)]]);
    assert_eq!(touched(&signing, Touch::Signed(a_tap), &here), None);
    let (signing, asked) = ask(touched(&signing, Touch::Signed(signature()), &here));
    let Ask::PickUp(order) = asked else {
        panic!("it is handed out, not {asked:?}")
    };
    assert_eq!(order.signature, Some(signature()));
    let done = show(answered(
        &signing,
        Answer::PickedUp(Ok(receipt(&offer))),
        &here,
    ));
    assert!(matches!(done, Stage::Done(_)));
}

#[test]
fn what_is_unticked_stays_and_what_stays_is_not_signed_for() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let (looking, _) = ask(Some(begin(Entrance::Choose, &here)));
    let offer = offer_of(&[MailKind::Letter, MailKind::Parcel]);
    let offered = show(answered(
        &looking,
        Answer::Offered(Ok(offer.clone())),
        &here,
    ));
    let parcel = offer.pieces[1].item;
    let without = show(touched(&offered, Touch::Tick(parcel), &here));
    let (_, asked) = ask(touched(&without, Touch::Collect, &here));
    let Ask::PickUp(order) = asked else {
        panic!("it is handed out, not {asked:?}")
    };
    assert_eq!(order.items, [offer.pieces[0].item]);
    assert_eq!(
        show(touched(&without, Touch::Tick(parcel), &here)),
        offered,
        "ticked again"
    );
    let unknown = MailId(Uuid::from_u128(999));
    assert_eq!(touched(&offered, Touch::Tick(unknown), &here), None);
    let nothing = show(touched(&without, Touch::Tick(offer.pieces[0].item), &here));
    let refused = show(touched(&nothing, Touch::Collect, &here));
    assert_eq!(refused, Stage::Refused(PickUpRefusal::NothingChosen));
}

#[test]
fn a_code_is_scanned_or_typed_and_offers_all_that_waits() {
    let lobby = Lobby::default();
    let here = lobby.here();
    let code = PickUpCode::from_typed("048213").expect("six digits");
    let presenting = show(Some(begin(Entrance::All, &here)));
    let typed = show(touched(&presenting, Touch::Typed("048 213".into()), &here));
    let (looking, asked) = ask(touched(&typed, Touch::Enter, &here));
    assert_eq!(asked, Ask::Offer(Collector::Code(code.clone())));
    assert_eq!(ask(scanned(&code.code(), &here)), (looking.clone(), asked));
    let offer = offer_of(&[MailKind::Letter]);
    let offered = show(answered(&looking, Answer::Offered(Ok(offer)), &here));
    assert_eq!(offered.back(), Some(Stage::presenting()));
}

#[test]
fn a_card_at_the_code_page_offers_its_holders_mail() {
    let lobby = Lobby::default();
    let here = lobby.here();
    let until = monday();
    for stage in [
        Stage::presenting(),
        Stage::WrongCode { tries_left: 2 },
        Stage::Misread,
        Stage::CodesPaused { until },
    ] {
        let next = card(&stage, &holder(GRACE, HARBOUR), How::Tapped, &here);
        let (looking, _) = ask(next);
        assert!(matches!(
            looking,
            Stage::Looking {
                entrance: Entrance::Choose,
                by: Collector::Card { .. }
            }
        ));
    }
}

#[test]
fn half_a_code_and_a_misread_one_count_for_nothing() {
    let lobby = Lobby::default();
    let here = lobby.here();
    let half = Stage::Presenting {
        typed: "0482".into(),
    };
    assert_eq!(show(touched(&half, Touch::Enter, &here)), Stage::Misread);
    assert_eq!(show(scanned("M-0482130", &here)), Stage::Misread);
    assert_eq!(scanned("UMB-0007", &here), None, "a tag is no pick-up code");
    let again = show(touched(&Stage::Misread, Touch::Again, &here));
    assert_eq!(again, Stage::presenting());
}

#[test]
fn five_wrong_codes_in_a_row_send_people_to_the_desk_for_a_minute() {
    let mut lobby = Lobby::default();
    let code = PickUpCode::from_typed("048213").expect("six digits").code();
    for left in [4, 3, 2, 1, 0] {
        let (looking, _) = ask(scanned(&code, &lobby.here()));
        let unknown = Answer::Offered(Err(PickUpRefusal::UnknownCode));
        let tries = tries_after(&looking, &unknown, &lobby.here());
        let shown = show(answered(&looking, unknown, &lobby.here()));
        let expected = match left {
            0 => Stage::CodesPaused {
                until: monday() + TimeDelta::minutes(1),
            },
            tries_left => Stage::WrongCode { tries_left },
        };
        assert_eq!(shown, expected);
        lobby.tries = tries;
    }
    let until = monday() + TimeDelta::minutes(1);
    assert_eq!(
        show(scanned(&code, &lobby.here())),
        Stage::CodesPaused { until }
    );
    let mut later = lobby.here();
    later.at = until;
    ask(scanned(&code, &later));
}

#[test]
fn a_right_code_ends_the_row_and_a_card_does_not() {
    let mut lobby = Lobby::with_grace();
    lobby.tries = lobby.tries.wrong(&lobby.terms, monday());
    let right = Answer::Offered(Ok(offer_of(&[MailKind::Letter])));
    let (by_code, _) = ask(scanned("M-0482137", &lobby.here()));
    let (by_card, _) = ask(Some(begin(Entrance::All, &lobby.here())));
    assert_eq!(
        tries_after(&by_code, &right, &lobby.here()),
        CodeTries::default()
    );
    assert_eq!(tries_after(&by_card, &right, &lobby.here()), lobby.tries);
}

#[test]
fn every_refusal_of_the_store_is_shown_with_its_facts() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let (looking, _) = ask(Some(begin(Entrance::All, &here)));
    let nothing = PickUpRefusal::NothingWaits {
        on_the_way: 2,
        withheld: vec![],
    };
    let shown = show(answered(
        &looking,
        Answer::Offered(Err(nothing.clone())),
        &here,
    ));
    assert_eq!(shown, Stage::Refused(nothing));
    assert!(shown.is_over());
    let gone = PickUpRefusal::Gone {
        kind: MailKind::Letter,
        state: MailState::Collected,
    };
    for stage in asking_stages() {
        let shown = show(answered(&stage, Answer::PickedUp(Err(gone.clone())), &here));
        assert_eq!(shown, Stage::Refused(gone.clone()));
    }
}

/// The stages that may wait for a handing out.
fn asking_stages() -> Vec<Stage> {
    let by = by_card(&holder(GRACE, HARBOUR), How::Tapped);
    let (offer, left) = (offer_of(&[MailKind::Parcel]), BTreeSet::new());
    vec![
        Stage::Looking {
            by: by.clone(),
            entrance: Entrance::All,
        },
        Stage::Offered {
            by: by.clone(),
            offer: offer.clone(),
            left: left.clone(),
        },
        Stage::Signing { by, offer, left },
    ]
}

/// Every stage there is.
fn every_stage() -> Vec<Stage> {
    let given = vec![line()];
    let mut stages = asking_stages();
    stages.extend([
        Stage::presenting(),
        Stage::Done(receipt(&offer_of(&[MailKind::Letter]))),
        Stage::WrongCode { tries_left: 3 },
        Stage::Misread,
        Stage::CodesPaused { until: monday() },
        Stage::Refused(PickUpRefusal::NothingChosen),
        Stage::Deputies {
            given: given.clone(),
            changed: None,
        },
        Stage::NamingDeputy {
            given: given.clone(),
            typed: String::new(),
            found: vec![],
        },
        Stage::ChoosingTerms {
            given: given.clone(),
            deputy: colleague(),
            covers: Covers::Unsigned,
            lasts: Lasts::Once,
        },
        Stage::DeputyRefused {
            given: given.clone(),
            refusal: AuthorityRefusal::NotFound,
        },
        Stage::DeputyRefused {
            given: given.clone(),
            refusal: AuthorityRefusal::SamePerson,
        },
        Stage::DeputyRefused {
            given,
            refusal: AuthorityRefusal::CardNotTapped,
        },
    ]);
    stages
}

#[test]
fn going_back_leaves_mail_within_three_steps_from_everywhere() {
    for stage in every_stage() {
        let (mut at, mut steps) = (Some(stage.clone()), 0);
        while let Some(earlier) = at.and_then(|stage| stage.back()) {
            assert!(!earlier.is_over(), "{stage:?} goes back to what is done");
            at = Some(earlier);
            steps += 1;
            assert!(steps < 3, "{stage:?}");
        }
    }
}

#[test]
fn nothing_that_makes_no_sense_on_a_page_does_anything() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let touches = || {
        [
            Touch::Typed("x".into()),
            Touch::Enter,
            Touch::Again,
            Touch::Tick(MailId(Uuid::from_u128(999))),
            Touch::Collect,
            Touch::Signed(signature()),
            Touch::NewDeputy,
            Touch::Deputy(CHEN),
            Touch::Cover(Covers::Everything),
            Touch::Last(Lasts::Today),
            Touch::Give,
            Touch::Withdraw(line().id),
        ]
    };
    let mut taken = 0;
    for stage in every_stage() {
        for touch in touches() {
            let next = touched(&stage, touch, &here);
            taken += usize::from(next.is_some());
            assert!(!stage.is_over() || next.is_none(), "{stage:?} is over");
        }
    }
    assert_eq!(
        taken, 14,
        "typed and enter, again twice and after two refusals, collect, signed, three lists, three terms"
    );
}
