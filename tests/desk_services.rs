//! What the desk's orders about visitors, keys and mail do to the books, and who may give them.

mod support;

mod desk_services {
    pub mod desk;
    mod matches;
    mod registers;
    mod withdrawn;
}

use desk_services::desk::*;
use lodge::desk::event::{Order, Outcome, Refusal};
use lodge::desk::services::{
    KeyOrder, MailOrder, ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder,
};
use lodge::keys::check::Finding;
use lodge::keys::{Answers, Decision, Harm, KeyGroup, KeyKind, KeyRefusal, Purpose};
use lodge::mail::desk::{
    Correction, Intake, MailRefusal, Onward, Outcome as Fate, Override, ReturnOrder, ReturnReason,
    WhyFailed,
};
use lodge::mail::{Addressee, AuthorityRefusal, MailKind};
use lodge::people::{Act, Role, permits};
use lodge::visits::{Announcement, DoNotAdmit, Permit, VisitRefusal, VisitorType};
use std::collections::BTreeSet;
use support::*;
use uuid::Uuid;

/// What an order asks for, and its name. A new order does not compile until it stands here.
fn asks_for(order: &ServiceOrder) -> (Act, &'static str) {
    match order {
        ServiceOrder::Visits(order) => match order {
            VisitOrder::SayYes { .. } => (Act::ApproveVisit, "say yes"),
            VisitOrder::LetIn(_) => (Act::ApproveVisit, "let in"),
            VisitOrder::SignOut(..) => (Act::SignOutVisitor, "sign out"),
            VisitOrder::PrintRollCall => (Act::ReadRegisters, "roll call"),
            VisitOrder::Announce(_) => (Act::AnnounceVisit, "announce"),
            VisitOrder::AnnounceFile(_) => (Act::AnnounceVisit, "announce file"),
            VisitOrder::Withdraw(_) => (Act::AnnounceVisit, "withdraw visit"),
            VisitOrder::EnterPermit(_) => (Act::EnterPermit, "permit"),
            VisitOrder::WithdrawPermit(_) => (Act::EnterPermit, "withdraw permit"),
            VisitOrder::DoNotAdmit(_) => (Act::KeepDoNotAdmit, "bar"),
            VisitOrder::AdmitAgain(_) => (Act::KeepDoNotAdmit, "admit again"),
            VisitOrder::SettleMatch { .. } => (Act::ApproveVisit, "settle"),
            VisitOrder::IssueCard(..) => (Act::KeepCards, "card out"),
            VisitOrder::ReturnCard(_) => (Act::KeepCards, "card back"),
            VisitOrder::CardGone(..) => (Act::KeepCards, "card gone"),
        },
        ServiceOrder::Keys(order) => match order {
            KeyOrder::KeyBack { .. } => (Act::UseKeys, "key back"),
            KeyOrder::SignOut { .. } => (Act::UseKeys, "key out"),
            KeyOrder::TurnedUp { .. } => (Act::UseKeys, "turned up"),
            KeyOrder::HangBack { .. } => (Act::KeepKeys, "hang back"),
            KeyOrder::Hang { .. } => (Act::KeepKeys, "hang"),
            KeyOrder::Retire { .. } => (Act::KeepKeys, "retire"),
            KeyOrder::Grant { .. } => (Act::KeepKeys, "grant"),
            KeyOrder::WithdrawGrant(_) => (Act::KeepKeys, "withdraw"),
            KeyOrder::TellTenant(_) => (Act::UseKeys, "tell"),
            KeyOrder::Report { .. } => (Act::UseKeys, "report"),
            KeyOrder::Decide { .. } => (Act::DecideKeyLoss, "decide"),
            KeyOrder::BeginCheck => (Act::KeepKeys, "begin check"),
            KeyOrder::Note { .. } => (Act::KeepKeys, "note"),
            KeyOrder::CloseCheck(_) => (Act::KeepKeys, "close check"),
            KeyOrder::PrintMap => (Act::ReadRegisters, "map"),
        },
        ServiceOrder::Mail(order) => match order {
            MailOrder::TakeIn(_) => (Act::HandleMail, "take in"),
            MailOrder::Correct(_) => (Act::HandleMail, "correct"),
            MailOrder::CloseBatch => (Act::HandleMail, "close batch"),
            MailOrder::Remind(_) => (Act::HandleMail, "remind"),
            MailOrder::PrintNotice(_) => (Act::HandleMail, "notice"),
            MailOrder::StartRound(_) => (Act::HandleMail, "start round"),
            MailOrder::Note { .. } => (Act::HandleMail, "note fate"),
            MailOrder::BulkDelivered(_) => (Act::HandleMail, "bulk"),
            MailOrder::EndRound(_) => (Act::HandleMail, "end round"),
            MailOrder::AskReturn(_) => (Act::HandleMail, "ask return"),
            MailOrder::DropReturn(_) => (Act::HandleMail, "drop return"),
            MailOrder::AllowReturn(_) => (Act::CheckMailReturn, "allow return"),
            MailOrder::PrintReturnSlip(_) => (Act::HandleMail, "return slip"),
            MailOrder::HandOutAnyway(_) => (Act::OverridePickUp, "hand out"),
            MailOrder::HandOutByCode { .. } => (Act::HandleMail, "hand out by code"),
            MailOrder::DeadLetter(_) => (Act::HandleMail, "dead letter"),
            MailOrder::Recall(_) => (Act::HandleMail, "recall"),
            MailOrder::HandToPost(_) => (Act::HandleMail, "post"),
            MailOrder::LetCollect(_) => (Act::HandleMail, "let collect"),
            MailOrder::WithdrawAuthority(_) => (Act::HandleMail, "withdraw authority"),
            MailOrder::NoteForwarding(..) => (Act::NoteForwarding, "note forwarding"),
        },
    }
}

/// How many orders there are, by the names above.
const ORDERS: usize = 51;

/// One order of each, about things that are there.
fn orders(desk: &mut Desk) -> Vec<ServiceOrder> {
    let (visit, _) = desk.waiting("周远");
    let inside = desk.courier_inside("吴双");
    let gone = desk.card_out("郑一");
    let [item, asked, handed] = [(); 3].map(|()| desk.letter(MailKind::Letter));
    let (coded, code) = desk.coded_letter(MailKind::Letter);
    let (expected, _) = desk.announced("孙强");
    let permit = desk.permit("SG-39");
    let (going, back) = desk.return_asked();
    let (_, staying) = desk.return_asked();
    let key = desk.key("K-31");
    let grace = desk.lobby.grace;
    let (entry, grant, loan) = (desk.barred("王五"), desk.granted(), desk.key_used("K-32"));
    let report = desk.key_reported("K-33");
    let lost = desk.key_of("K-33");
    let round = desk.round();
    let authority = desk.authority();
    let given = desk.authority_given();
    let visits = [
        VisitOrder::SayYes {
            visit,
            said: grace,
            yes: true,
        },
        VisitOrder::LetIn(visit),
        VisitOrder::IssueCard(inside, card(0x0A)),
        VisitOrder::ReturnCard(card(0x0A)),
        VisitOrder::CardGone(gone, "没有带回来".to_owned()),
        VisitOrder::SignOut(inside, None),
        VisitOrder::PrintRollCall,
        VisitOrder::Announce(Announcement {
            visitor: identity("郑明", ""),
            company: String::new(),
            of: VisitorType::Guest,
            host: grace,
            from: now() + minutes(30),
            until: now() + minutes(90),
        }),
        VisitOrder::AnnounceFile("/nowhere/visitors.csv".to_owned()),
        VisitOrder::Withdraw(expected),
        VisitOrder::WithdrawPermit(permit),
        VisitOrder::EnterPermit(Permit {
            number: "SG-40".to_owned(),
            company: "远山设计".to_owned(),
            answers: desk.keeper,
            from: today(),
            until: today(),
        }),
        VisitOrder::DoNotAdmit(DoNotAdmit {
            who: identity("钱七", ""),
            reason: "前次纠纷".to_owned(),
        }),
        VisitOrder::AdmitAgain(entry),
        VisitOrder::SettleMatch {
            visit,
            admit: true,
            reason: "看过证件".to_owned(),
        },
    ];
    let keys = [
        KeyOrder::KeyBack {
            tag: "T-K-32".to_owned(),
            answers: Answers([true; 5]),
            bringer: None,
        },
        KeyOrder::SignOut {
            key,
            holder: card(KEEPER),
            second: None,
            purpose: Purpose::Inspection,
            contractor: None,
        },
        KeyOrder::TurnedUp {
            tag: "T-K-33".to_owned(),
        },
        KeyOrder::Hang {
            hook: "K-90".to_owned(),
            tag: "T-90".to_owned(),
            kind: KeyKind::Ordinary,
            group: KeyGroup("公共".to_owned()),
            tenant: None,
            pieces: 1,
            opens: String::new(),
        },
        KeyOrder::Grant {
            group: KeyGroup("公共".to_owned()),
            person: desk.keeper,
            until: None,
        },
        KeyOrder::WithdrawGrant(grant),
        KeyOrder::TellTenant(loan),
        KeyOrder::Report {
            key,
            harm: Harm::Damaged,
            text: "弯了".to_owned(),
        },
        KeyOrder::Decide {
            report,
            decision: Decision::Copy,
            amount_fen: 0,
        },
        KeyOrder::HangBack {
            key: lost,
            tag: "T-K-33".to_owned(),
        },
        KeyOrder::Retire {
            key: lost,
            reason: "锁已换".to_owned(),
        },
        KeyOrder::BeginCheck,
        KeyOrder::Note {
            check: lodge::keys::CheckId(Uuid::from_u128(9)),
            key,
            finding: Finding::Here,
            reason: String::new(),
        },
        KeyOrder::CloseCheck(lodge::keys::CheckId(Uuid::from_u128(9))),
        KeyOrder::PrintMap,
    ];
    let mail = [
        MailOrder::TakeIn(Intake {
            tracking: "SF777".to_owned(),
            addressee: Addressee::Person(grace),
            kind: MailKind::Express,
            shelf: "A-01".to_owned(),
        }),
        MailOrder::Correct(Correction {
            item,
            addressee: Addressee::Person(grace),
            kind: MailKind::Letter,
            shelf: "A-02".to_owned(),
        }),
        MailOrder::CloseBatch,
        MailOrder::Remind(vec![item]),
        MailOrder::PrintNotice(item),
        MailOrder::StartRound(vec![item]),
        MailOrder::Note {
            round,
            item,
            outcome: Fate::Failed(WhyFailed::NobodyThere),
        },
        MailOrder::BulkDelivered(round),
        MailOrder::EndRound(round),
        MailOrder::AskReturn(ReturnOrder {
            item: asked,
            onward: Onward::ToSender,
            reason: ReturnReason::ALL[0],
            address: String::new(),
            form: None,
        }),
        MailOrder::AllowReturn(back),
        MailOrder::PrintReturnSlip(back),
        MailOrder::HandToPost(vec![going]),
        MailOrder::DropReturn(staying),
        MailOrder::HandOutAnyway(Override {
            items: vec![handed],
            to: "周远".to_owned(),
            reason: "电话确认".to_owned(),
            signature: None,
            on_paper: false,
        }),
        MailOrder::HandOutByCode {
            code,
            items: vec![coded],
            on_paper: false,
        },
        MailOrder::DeadLetter(item),
        MailOrder::Recall(item),
        MailOrder::LetCollect(authority),
        MailOrder::WithdrawAuthority(given),
        MailOrder::NoteForwarding(
            desk.lobby.holder(GRACE).tenant.expect("one").id,
            "苏州路".to_owned(),
        ),
    ];
    (visits.into_iter().map(ServiceOrder::Visits))
        .chain(keys.into_iter().map(ServiceOrder::Keys))
        .chain(mail.into_iter().map(ServiceOrder::Mail))
        .collect()
}

/// Whether the role is what was missing.
fn is_forbidden(done: &Result<Outcome, Refusal>) -> bool {
    match done {
        Err(Refusal::NotPermitted(_)) => true,
        Err(Refusal::Service(refusal)) => matches!(
            refusal,
            ServiceRefusal::Visit(VisitRefusal::NotPermitted { .. })
                | ServiceRefusal::Key(KeyRefusal::NotPermitted(_))
                | ServiceRefusal::Mail(MailRefusal::NotPermitted { .. })
                | ServiceRefusal::Authority(AuthorityRefusal::NotPermitted)
        ),
        _ => false,
    }
}

#[test]
fn every_order_asks_the_permission_table_and_writes_nothing_where_it_says_no() {
    let roles = [
        Role::PropertyStaff,
        Role::Receptionist,
        Role::KeyKeeper,
        Role::MailAdministrator,
        Role::Supervisor,
        Role::Security,
        Role::Technician,
        Role::Auditor,
        Role::TenantMember,
    ];
    for role in roles {
        let mut desk = Desk::open();
        let who = desk.enter(role);
        let all = orders(&mut desk);
        let names: BTreeSet<&str> = all.iter().map(|order| asks_for(order).1).collect();
        assert_eq!(names.len(), ORDERS, "{names:?}");
        for order in all {
            let (act, name) = asks_for(&order);
            let before = desk.lobby.books.length().expect("a length");
            let done = desk.does_as(who, Order::Service(order));
            assert_eq!(
                is_forbidden(&done),
                !permits(&[role], act),
                "{role:?}: {name} {done:?}"
            );
            if is_forbidden(&done) {
                let after = desk.lobby.books.length().expect("a length");
                assert_eq!(before, after, "{role:?}: {name}");
            }
        }
        desk.prove();
    }
}

#[test]
fn a_supervisor_s_day_goes_through_every_order() {
    let mut desk = Desk::open();
    let who = desk.enter(Role::Supervisor);
    let mut done = Vec::new();
    for order in orders(&mut desk) {
        let (_, name) = asks_for(&order);
        let before = desk.lobby.books.length().expect("a length");
        done.push((name, desk.does_as(who, Order::Service(order))));
        // ● Everything at the desk carries the name of who did it.
        let read = desk.lobby.books.journal(|entry| {
            assert!(
                entry.seq <= before || entry.person.as_deref() == Some(&*who.to_string()),
                "{name}: {entry:?}"
            );
            Ok(())
        });
        read.expect("readable");
    }
    let came_to = |name: &str| {
        let found = done.iter().find(|(of, _)| *of == name);
        found.map(|(_, done)| done.clone()).expect("an order")
    };
    // These find nothing to do, and say what stands in the way: there is no such file, no check is begun, the piece is not on
    // that round and was not tried twice, and nobody takes this visitor for somebody else.
    let stopped: BTreeSet<&str> = done
        .iter()
        .filter(|(_, done)| done.is_err())
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(
        stopped,
        BTreeSet::from([
            "announce file",
            "close check",
            "dead letter",
            "note",
            "note fate",
            "recall",
            "settle",
        ]),
        "{done:#?}"
    );
    assert_eq!(
        came_to("settle"),
        Err(Refusal::Service(ServiceRefusal::Visit(
            VisitRefusal::NoMatch
        )))
    );
    assert!(matches!(
        came_to("let in"),
        Ok(Outcome::Service(ServiceDone::LetIn(_)))
    ));
    assert!(matches!(
        came_to("announce"),
        Ok(Outcome::Service(ServiceDone::Announced(code))) if code.len() == 8
    ));
    desk.prove();
}
