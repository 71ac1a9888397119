//! ● Somebody who is perhaps on the list of those who are not admitted: the desk looks, and answers.

use super::desk::*;
use crate::support::*;
use lodge::desk::event::{Order, Outcome, Refusal};
use lodge::desk::services::{ServiceDone, ServiceOrder, ServiceRefusal, VisitOrder};
use lodge::matters::Cause;
use lodge::people::{PersonId, Role};
use lodge::visits::{SignedIn, VisitId, VisitRefusal, VisitState, VisitorType};

/// Somebody whose name sounds like one on the list, at the lodge.
fn doubted(desk: &mut Desk, of: VisitorType) -> VisitId {
    desk.barred("王五");
    assert_eq!(desk.signs_in("汪午", of), SignedIn::SeeTheDesk);
    let waiting = desk.lobby.books.visits_waiting().expect("readable");
    let [visit] = waiting.as_slice() else {
        panic!("one visit, not {waiting:?}")
    };
    visit.id
}

fn settle(desk: &mut Desk, by: PersonId, visit: VisitId, admit: bool) -> Result<Outcome, Refusal> {
    let order = VisitOrder::SettleMatch {
        visit,
        admit,
        reason: "看过证件，不是同一人".to_owned(),
    };
    desk.does_as(by, Order::Service(ServiceOrder::Visits(order)))
}

fn open_matters(desk: &Desk) -> Vec<Cause> {
    let matters = desk.lobby.books.open_matters().expect("readable");
    matters.into_iter().map(|matter| matter.cause).collect()
}

#[test]
fn nobody_says_yes_before_the_desk_has_looked() {
    let mut desk = Desk::open();
    let (visit, grace) = (doubted(&mut desk, VisitorType::Guest), desk.lobby.grace);
    assert_eq!(open_matters(&desk), [Cause::VisitorNotAdmitted]);
    let doubt = desk.lobby.books.doubt_about(visit).expect("readable");
    // Both beside each other, so that somebody can compare: the names as they are, never masked.
    let doubt = doubt.expect("a doubt");
    let (came, listed) = (doubt.visitor.expect("whoever came"), doubt.listed);
    let listed = listed.expect("whoever is listed");
    assert_eq!(doubt.reason, "前次纠纷");
    assert!(!doubt.is_certain);
    assert_eq!(came.name, Some(identity("汪午", "").name));
    assert_eq!(
        (came.company.as_str(), came.phone_tail.as_str()),
        ("远山设计", "0009")
    );
    assert_eq!(listed.name, Some(identity("王五", "").name));
    assert_eq!(listed.phone_tail, "", "none is known of them");
    // The host does not see this visitor, and cannot let them in.
    let mine = desk.lobby.books.visits_of_host(grace, now());
    assert!(mine.expect("readable").is_empty());
    let by_host = desk
        .lobby
        .books
        .approve_visit_as_host(visit, desk.actor(), now());
    assert!(by_host.expect("writable").is_err());
    let by_phone = VisitOrder::SayYes {
        visit,
        said: grace,
        yes: true,
    };
    let supervisor = desk.supervisor;
    assert_eq!(
        desk.does_as(supervisor, Order::Service(ServiceOrder::Visits(by_phone))),
        Err(Refusal::Service(ServiceRefusal::Visit(
            VisitRefusal::LookFirst
        )))
    );
    // Trying again makes no second visit and no second alarm.
    assert_eq!(
        desk.signs_in("汪午", VisitorType::Guest),
        SignedIn::SeeTheDesk
    );
    let waiting = desk.lobby.books.visits_waiting().expect("readable");
    assert_eq!(waiting.len(), 1);
    desk.prove();
}

#[test]
fn whoever_is_somebody_else_goes_on_as_anybody_would() {
    for (of, after) in [
        (VisitorType::Guest, VisitState::Waiting),
        (VisitorType::Courier, VisitState::Inside),
    ] {
        let mut desk = Desk::open();
        let visit = doubted(&mut desk, of);
        let reception = desk.enter(Role::Receptionist);
        let done = settle(&mut desk, reception, visit, true);
        assert_eq!(done, Ok(Outcome::Service(ServiceDone::MatchSettled(after))));
        // The alarm is closed in the name of whoever looked.
        assert!(open_matters(&desk).is_empty());
        assert_eq!(desk.lobby.books.doubt_about(visit).expect("readable"), None);
        let slips = desk.lobby.books.open_jobs().expect("readable").len();
        assert_eq!(slips == 1, after == VisitState::Inside, "{of:?}");
        assert_eq!(
            settle(&mut desk, reception, visit, true),
            Err(Refusal::Service(ServiceRefusal::Visit(
                VisitRefusal::NoMatch
            )))
        );
        if after == VisitState::Waiting {
            let said = desk.lobby.grace;
            desk.visits(VisitOrder::SayYes {
                visit,
                said,
                yes: true,
            });
            desk.visits(VisitOrder::LetIn(visit));
            let inside = desk.lobby.books.inside_now().expect("readable");
            assert_eq!(inside.len(), 1);
        }
        desk.prove();
    }
}

#[test]
fn whoever_it_is_after_all_is_sent_away_and_a_reason_is_due_either_way() {
    let mut desk = Desk::open();
    let visit = doubted(&mut desk, VisitorType::Guest);
    let supervisor = desk.supervisor;
    let silent = VisitOrder::SettleMatch {
        visit,
        admit: false,
        reason: "  ".to_owned(),
    };
    assert_eq!(
        desk.does_as(supervisor, Order::Service(ServiceOrder::Visits(silent))),
        Err(Refusal::Service(ServiceRefusal::Visit(VisitRefusal::Empty)))
    );
    let done = settle(&mut desk, supervisor, visit, false);
    assert_eq!(
        done,
        Ok(Outcome::Service(ServiceDone::MatchSettled(
            VisitState::Refused
        )))
    );
    assert!(open_matters(&desk).is_empty());
    assert!(
        desk.lobby
            .books
            .visits_waiting()
            .expect("readable")
            .is_empty()
    );
    desk.prove();
}

#[test]
fn only_the_host_or_a_colleague_says_yes_on_the_telephone_and_where_nobody_is_visited_whoever_may()
{
    let mut desk = Desk::open();
    let (visit, _) = desk.waiting("周远");
    let supervisor = desk.supervisor;
    let by = |said| {
        Order::Service(ServiceOrder::Visits(VisitOrder::SayYes {
            visit,
            said,
            yes: true,
        }))
    };
    assert_eq!(
        desk.does_as(supervisor, by(supervisor)),
        Err(Refusal::Service(ServiceRefusal::Visit(
            VisitRefusal::NotTheirVisitor
        )))
    );
    // Of the same company as she whom the visitor asks for.
    let (chen, grace) = (desk.lobby.chen, desk.lobby.grace);
    assert!(desk.does_as(supervisor, by(chen)).is_ok());
    let mut order = Desk::open();
    let viewing = order.viewing("郑明");
    let says = |said| VisitOrder::SayYes {
        visit: viewing,
        said,
        yes: true,
    };
    let supervisor = order.supervisor;
    assert!(
        order
            .does_as(
                supervisor,
                Order::Service(ServiceOrder::Visits(says(grace)))
            )
            .is_err(),
        "a tenant does not let in who looks at rooms"
    );
    order.visits(says(supervisor));
    desk.prove();
    order.prove();
}

#[test]
fn a_temporary_card_goes_with_one_visit_and_comes_back_or_stays_on_the_list() {
    let mut desk = Desk::open();
    let (first, second) = (desk.courier_inside("吴双"), desk.courier_inside("郑明"));
    desk.visits(VisitOrder::IssueCard(first, card(0x0A)));
    let supervisor = desk.supervisor;
    let refused = |desk: &mut Desk, order| {
        desk.does_as(supervisor, Order::Service(ServiceOrder::Visits(order)))
            .expect_err("a refusal")
    };
    let why = |refusal| Refusal::Service(ServiceRefusal::Visit(refusal));
    assert_eq!(
        refused(&mut desk, VisitOrder::IssueCard(second, card(0x0A))),
        why(VisitRefusal::CardTaken)
    );
    assert_eq!(
        refused(&mut desk, VisitOrder::IssueCard(first, card(0x0B))),
        why(VisitRefusal::HasCard)
    );
    assert_eq!(
        refused(&mut desk, VisitOrder::ReturnCard(card(0x0C))),
        why(VisitRefusal::CardNotOut)
    );
    // Somebody's own card is no visitor's card.
    assert_eq!(
        refused(&mut desk, VisitOrder::IssueCard(second, card(GRACE))),
        why(VisitRefusal::CardTaken)
    );
    assert_eq!(desk.lobby.books.cards_out().expect("readable").len(), 1);
    desk.visits(VisitOrder::ReturnCard(card(0x0A)));
    assert!(desk.lobby.books.cards_out().expect("readable").is_empty());
    desk.visits(VisitOrder::IssueCard(second, card(0x0A)));
    desk.prove();
}
