//! Walks through the pages, to the end, back, and into every refusal.

mod again;
mod asked;
mod before_signing;
mod by_name;
mod finding;
mod messages;
mod proving;
mod waiting;

use super::*;
use crate::people::{Bilingual, PersonId, PersonName, Signature, TenantId};
use crate::slips::PrintJobId;
use crate::visits::{
    DocumentNumber, EnteredReceipt, Known, LastVisit, LeftTold, Proof, SignInOrder, SignInRefusal,
    SignedIn, VisitId, VisitRefusal, VisitState, VisitorType, WRONG_TRIES, Who,
};
use chrono::NaiveDate;
use uuid::Uuid;

const HOST: PersonId = PersonId(Uuid::from_u128(1));
const TENANT: TenantId = TenantId(Uuid::from_u128(2));

fn name() -> Bilingual {
    Bilingual::new("陈*", "Chen X.")
}

fn number() -> SlipNumber {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
    SlipNumber {
        device: 'A',
        day,
        count: 1,
    }
}

fn receipt() -> EnteredReceipt {
    let visit = VisitId(Uuid::from_u128(3));
    let job = Some(PrintJobId(Uuid::from_u128(4)));
    EnteredReceipt {
        visit,
        number: number(),
        job,
        to: None,
        host: None,
    }
}

/// The one who walks through the pages, as they said themselves.
fn speaker() -> Speaker {
    Speaker {
        sender: Sender::Named(PersonName::typed("周远")),
        masked: Bilingual::new("周*", "周*"),
    }
}

/// In front of a screen at which this was guessed so far.
fn with<T>(tries: &Tries, look: impl FnOnce(&Here<'_>) -> T) -> T {
    look(&Here {
        holder: None,
        how: How::Tapped,
        language: Language::Chinese,
        at: DateTime::UNIX_EPOCH,
        device: 'A',
        terms: &Terms::default(),
        tries,
    })
}

fn touch(stage: &Stage, touch: Touch) -> Option<Next> {
    with(&Tries::default(), |here| touched(stage, touch, here))
}

fn answered(stage: &Stage, answer: Answer) -> Option<Next> {
    with(&Tries::default(), |here| {
        super::answered(stage, answer, here)
    })
}

fn scanned(code: &str) -> Option<Next> {
    with(&Tries::default(), |here| super::scanned(code, here))
}

fn shown(next: Option<Next>) -> Stage {
    match next {
        Some(Next::Show(stage)) => stage,
        other => panic!("a page was expected, not {other:?}"),
    }
}

fn asked(next: Option<Next>) -> (Stage, Ask) {
    match next {
        Some(Next::Ask(stage, ask)) => (stage, ask),
        other => panic!("a question was expected, not {other:?}"),
    }
}

fn typed(text: &str) -> Touch {
    Touch::Typed(text.to_owned())
}

fn pen() -> Signature {
    Signature(vec![vec![(100, 100), (600, 200)]])
}

/// What a visitor does on each page, and what a willing store answers.
fn next(stage: &Stage, of: VisitorType) -> Touch {
    match stage {
        Stage::Arriving => Touch::FirstTime,
        Stage::Types { .. } => Touch::Type(of),
        Stage::TypingName { .. } => typed("周远"),
        Stage::TypingPhone { .. } => typed("13800000001"),
        Stage::Company { .. } => typed("远山设计"),
        Stage::Purpose(_) => Touch::Purpose(0),
        Stage::Tenants { .. } => Touch::Tenant(TENANT),
        Stage::Host {
            hosts: Hosts::These(_),
            ..
        } => Touch::Host(HOST),
        Stage::Host { .. } => typed("陈晓明"),
        Stage::Permit { .. } => typed("SG-17"),
        Stage::Signing(_) => Touch::Signed(pen()),
        other => panic!("nothing is touched on {other:?}"),
    }
}

fn store(ask: &Ask) -> Answer {
    match ask {
        Ask::Tenants => Answer::Tenants(vec![TenantLine {
            tenant: TENANT,
            name: name(),
            room: "1203".to_owned(),
        }]),
        Ask::FindHosts { query, .. } => {
            let host = HostLine {
                person: HOST,
                masked: name(),
            };
            Answer::Hosts(query.clone(), Hosts::These(vec![host]))
        }
        Ask::CheckVisitor(_) | Ask::CheckPermit(..) => Answer::Checked(Ok(())),
        Ask::SignIn(_) => Answer::SignedIn(Ok(SignedIn::Inside(receipt()))),
        other => panic!("{other:?}"),
    }
}

/// Every page on the way, the last one included, with the order that was asked for.
fn walk(of: VisitorType) -> (Vec<Stage>, SignInOrder) {
    let (mut stage, mut pages, mut order) = (Stage::Arriving, Vec::new(), None);
    while !stage.is_over() {
        pages.push(stage.clone());
        let mut step = touch(&stage, next(&stage, of)).expect("the page goes on");
        while let Next::Ask(on, ask) = &step {
            if let Ask::SignIn(asked) = ask {
                order = Some(asked.clone());
            }
            step = answered(on, store(ask)).expect("somebody waits for it");
        }
        stage = match step {
            Next::Show(stage) => stage,
            other => panic!("{other:?}"),
        };
    }
    pages.push(stage);
    (pages, order.expect("an order"))
}

#[test]
fn each_of_the_five_types_walks_to_the_end_by_its_own_steps() {
    for (of, count) in [
        (VisitorType::Guest, 11),
        (VisitorType::Interview, 9),
        (VisitorType::Courier, 8),
        (VisitorType::Contractor, 8),
        (VisitorType::ProspectiveTenant, 7),
    ] {
        let (pages, order) = walk(of);
        assert_eq!(
            pages.last(),
            Some(&Stage::Inside(receipt(), Some(speaker())))
        );
        let steps = of.steps();
        assert_eq!(order.of, of);
        assert_eq!(order.host.is_some(), steps.host, "{of:?}");
        assert_eq!(order.tenant.is_some(), steps.tenant, "{of:?}");
        assert_eq!(!order.permit.is_empty(), steps.permit, "{of:?}");
        assert_eq!(!order.company.is_empty(), steps.company, "{of:?}");
        assert_eq!(pages.len(), count, "{of:?}: {pages:#?}");
    }
}

#[test]
fn back_leads_from_every_page_to_the_first_and_never_in_a_circle() {
    for of in VisitorType::ALL {
        let (pages, _) = walk(of);
        for page in &pages {
            let (mut at, mut steps) = (page.clone(), 0);
            while let Some(before) = at.back() {
                at = before;
                steps += 1;
                assert!(steps < 20, "{page:?} goes in a circle");
            }
            let expected = if page.is_over() {
                page
            } else {
                &Stage::Arriving
            };
            assert_eq!(&at, expected);
        }
    }
}

#[test]
fn whoever_goes_back_finds_what_they_typed() {
    let (pages, _) = walk(VisitorType::Contractor);
    let back = |wanted: fn(&Stage) -> bool| {
        let page = pages.iter().find(|page| wanted(page)).expect("the page");
        page.back().expect("a page before it")
    };
    let name = back(|page| matches!(page, Stage::TypingPhone { .. }));
    assert_eq!(name.typed(), "周远");
    let company = back(|page| matches!(page, Stage::Permit { .. }));
    assert_eq!(company.typed(), "远山设计");
    let pad = pages.iter().find(|page| page.wants_signature());
    let pad = pad.expect("a pad");
    assert_eq!(pad.back().expect("a page before it").typed(), "SG-17");
    let things = shown(touch(pad, Touch::Carry));
    let pad = shown(touch(&things, typed("电钻")));
    assert_eq!(shown(touch(&pad, Touch::Carry)).typed(), "电钻");
    // Who somebody is, nobody finds: the first page is empty again.
    assert_eq!(Stage::Arriving.typed(), "");
}

#[test]
fn nothing_is_written_before_the_signature() {
    for of in VisitorType::ALL {
        let (pages, _) = walk(of);
        for page in pages.iter().filter(|page| !page.is_over()) {
            if let Some(Next::Ask(_, ask)) = touch(page, next(page, of)) {
                assert_eq!(ask.is_deed(), page.wants_signature(), "{page:?}");
            }
        }
    }
    let (pages, _) = walk(VisitorType::Courier);
    let pad = &pages[pages.len() - 2];
    assert_eq!(touch(pad, Touch::Signed(Signature::default())), None);
}

#[test]
fn every_answer_to_a_signature_has_its_page() {
    let (pages, _) = walk(VisitorType::Courier);
    let pad = &pages[pages.len() - 2];
    let show = |answer| match answered(pad, Answer::SignedIn(answer)) {
        Some(Next::Show(stage)) => stage,
        other => panic!("{other:?}"),
    };
    let (visit, number) = (VisitId(Uuid::from_u128(3)), number());
    for refusal in [
        SignInRefusal::NoName,
        SignInRefusal::NotSigned,
        SignInRefusal::NoHost,
        SignInRefusal::HostGone,
        SignInRefusal::AlreadyInside {
            number: number.clone(),
        },
        SignInRefusal::TooEarly {
            from: DateTime::UNIX_EPOCH,
            opens: DateTime::UNIX_EPOCH,
        },
        SignInRefusal::TooLate {
            until: DateTime::UNIX_EPOCH,
        },
        SignInRefusal::UnknownInvitation,
        SignInRefusal::InvitationUsed,
        SignInRefusal::InvitationWithdrawn,
        SignInRefusal::UnknownVisitor,
    ] {
        let stage = show(Err(refusal.clone()));
        assert_eq!(stage, Stage::NotSignedIn(refusal));
        assert!(stage.is_over());
    }
    assert_eq!(show(Ok(SignedIn::SeeTheDesk)), Stage::SeeTheDesk);
    let waiting = show(Ok(SignedIn::Waiting {
        visit,
        number: number.clone(),
    }));
    assert!(
        matches!(
            waiting,
            Stage::Waiting {
                answer: Reply::Asked,
                ..
            }
        ),
        "{waiting:?}"
    );
    let on = Stage::Waiting {
        number: number.clone(),
        host: None,
        answer: Reply::Yes,
        speaker: None,
    };
    let Some(Next::Ask(on, ask)) = touch(&on, Touch::GoIn) else {
        panic!("{on:?}")
    };
    assert_eq!(ask, Ask::Enter(number, Language::Chinese));
    let still = answered(
        &on,
        Answer::Entered(Err(VisitRefusal::Stands(VisitState::Waiting))),
    );
    assert!(
        matches!(
            still,
            Some(Next::Show(Stage::Waiting {
                answer: Reply::NotYet,
                ..
            }))
        ),
        "{still:?}"
    );
    let no = answered(
        &on,
        Answer::Entered(Err(VisitRefusal::Stands(VisitState::Refused))),
    );
    assert_eq!(no, Some(Next::Show(Stage::SeeTheDesk)));
    let yes = answered(&on, Answer::Entered(Ok(receipt())));
    assert_eq!(yes, Some(Next::Show(Stage::Inside(receipt(), None))));
}

#[test]
fn leaving_asks_for_things_only_where_some_were_carried_in() {
    let Next::Ask(stage, Ask::VisitToEnd(by)) = slip_read(number()) else {
        panic!("which visit?")
    };
    let told = |state, carries| {
        answered(
            &stage,
            Answer::VisitToEnd(Ok(LeftTold {
                host: None,
                by: by.clone(),
                state,
                carries,
                things: String::new(),
            })),
        )
    };
    assert!(matches!(
        told(VisitState::Inside, false),
        Some(Next::Ask(_, Ask::SignOut { all_out: None, .. }))
    ));
    let Some(Next::Show(things)) = told(VisitState::Inside, true) else {
        panic!("things")
    };
    assert!(matches!(
        touch(&things, Touch::No),
        Some(Next::Ask(
            _,
            Ask::SignOut {
                all_out: Some(false),
                ..
            }
        ))
    ));
    assert!(matches!(
        told(VisitState::Admitted, true),
        Some(Next::Show(Stage::Waiting { .. }))
    ));
    // A number that is nobody's is typed once more, on the same page.
    let unknown = shown(answered(&stage, Answer::VisitToEnd(Err(by.clone()))));
    assert!(matches!(unknown, Stage::Leaving { is_wrong: true, .. }));
    let nonsense = shown(touch(&stage, typed("hello")));
    assert_eq!(
        nonsense,
        Stage::Leaving {
            typed: "hello".to_owned(),
            is_wrong: true,
        }
    );
}

#[test]
fn a_message_names_its_sender_and_is_kept() {
    let host = HostLine {
        person: HOST,
        masked: name(),
    };
    let waiting = Stage::Waiting {
        number: number(),
        host: Some(host),
        answer: Reply::NotYet,
        speaker: None,
    };
    let Some(Next::Show(from)) = touch(&waiting, Touch::LeaveMessage) else {
        panic!("from")
    };
    assert_eq!(touch(&from, typed("  ")), None);
    assert_eq!(
        from.back().as_ref(),
        Some(&waiting),
        "the number is not lost"
    );
    let Some(Next::Show(words)) = touch(&from, typed("周远")) else {
        panic!("words")
    };
    assert_eq!(
        words.back(),
        Some(Stage::MessageFrom {
            from: Box::new(waiting),
            host: HostLine {
                person: HOST,
                masked: name()
            },
            speaker: None,
            typed: "周远".to_owned(),
        })
    );
    let Some(Next::Ask(on, ask)) = touch(&words, typed("图纸在前台")) else {
        panic!("kept")
    };
    assert!(ask.is_deed());
    let refused = answered(&on, Answer::MessageLeft(Err(VisitRefusal::HostGone)));
    assert_eq!(
        refused,
        Some(Next::Show(Stage::NotLeft(VisitRefusal::HostGone)))
    );
}

#[test]
fn an_invitation_that_was_not_read_well_is_typed_and_other_codes_are_none() {
    let code = InvitationCode::from_digits("40718523").expect("eight digits");
    let written = code.code();
    let (_, ask) = asked(scanned(&written));
    assert_eq!(ask, Ask::Invitation(code));
    let misread = written.replacen('4', "9", 1);
    let stage = Stage::TypingCode {
        typed: String::new(),
        is_wrong: true,
    };
    assert_eq!(shown(scanned(&misread)), stage);
    assert_eq!(scanned("UMB-0001"), None);
}
