//! Contractors whom somebody has to say yes to: whoever answers for the work on their permit.

use crate::support::*;
use lodge::people::{Language, Role};
use lodge::store::journal::Actor;
use lodge::visits::{Approval, SignInOrder, VisitRefusal, VisitorType};

use super::desk::*;

#[test]
fn whoever_answers_for_the_work_says_yes_to_a_contractor_as_a_host_does() {
    let mut desk = Desk::open();
    desk.terms.contractor = Approval::HostOrDesk;
    let at = monday_morning();
    let technician = desk.lobby.employ("欧阳工", Role::Technician);
    desk.lobby.permit("P-7", "远山机电", technician, at);
    let card = desk.lobby.holder(GRACE).card;
    let with_card = |person| Actor { person, card };
    for by_card in [true, false] {
        let works = SignInOrder {
            permit: "P-7".to_owned(),
            ..order(VisitorType::Contractor, None)
        };
        let (visit, number) = desk.waiting(&works);
        let (phones, books) = (desk.desk, &mut desk.lobby.books);
        let mine = books.visits_of_host(technician, at).expect("readable");
        assert_eq!(
            mine.iter().map(|visit| visit.id).collect::<Vec<_>>(),
            [visit]
        );
        let stranger = with_card(phones.person);
        let refused = books.approve_visit_as_host(visit, stranger, at);
        assert_eq!(refused.expect("writable"), Err(VisitRefusal::NotTheHost));
        let yes = match by_card {
            true => books.approve_visit_as_host(visit, with_card(Some(technician)), at),
            false => books.approve_visit_by_phone(visit, technician, true, phones, at),
        };
        assert_eq!(yes.expect("writable"), Ok(()));
        let entered = books.enter_visitor(&number, Language::Chinese, at);
        let entered = entered.expect("writable").expect("inside");
        assert_eq!(entered.visit, visit);
        let left = books.visits_of_host(technician, at).expect("readable");
        assert!(left.is_empty(), "{left:?}");
        let out = books.sign_out_at_desk(visit, Some(true), phones, at + minutes(5));
        out.expect("writable").expect("out");
    }
    desk.prove();
}
