//! Whoever was here before: by document and by slip, with the errand of last time as far as it holds.

use super::desk::*;
use crate::support::*;
use lodge::store::DATABASE;
use lodge::visits::{DocumentNumber, SignInOrder, SignOut, VisitorType, Who};

fn document() -> DocumentNumber {
    DocumentNumber("110101199003070017".to_owned())
}

fn by_document(desk: &Desk) -> SignInOrder {
    let mut order = courier(desk);
    let mut who = identity("周远", "13800000001");
    who.document = Some(document());
    order.who = Who::Named(who);
    order
}

#[test]
fn a_document_and_an_old_slip_bring_back_the_person_and_the_errand() {
    let mut desk = Desk::open();
    assert_eq!(
        desk.lobby
            .books
            .visitor_of_document(&document())
            .expect("readable"),
        None,
        "before any document was ever shown"
    );
    let receipt = desk.inside(&by_document(&desk));
    let books = &mut desk.lobby.books;
    assert_eq!(
        books.visitor_of_slip(&receipt.number).expect("readable"),
        None,
        "still inside: the slip is the way out"
    );
    let out = SignOut::Slip(receipt.number.clone());
    let done = books
        .sign_out(&out, None, monday_morning())
        .expect("writable");
    assert!(done.is_ok());
    let by_slip = books.visitor_of_slip(&receipt.number).expect("readable");
    let known = books
        .visitor_of_document(&document())
        .expect("readable")
        .expect("somebody");
    assert_eq!(by_slip.as_ref(), Some(&known));
    assert_eq!(
        (known.masked.zh.as_str(), known.company.as_str()),
        ("周*", "远山设计")
    );
    let last = known.last.expect("a visit");
    assert_eq!(
        (last.of, last.purpose.as_str()),
        (VisitorType::Courier, "会议")
    );
    assert_eq!(last.host.map(|host| host.person), Some(desk.lobby.grace));
    assert_eq!(last.notice, desk.terms.notice_version());
    let other = DocumentNumber("110101199003070025".to_owned());
    assert_eq!(books.visitor_of_document(&other).expect("readable"), None);
    desk.prove();
}

#[test]
fn a_company_that_has_moved_out_and_its_people_are_not_offered_again() {
    let mut desk = Desk::open();
    let receipt = desk.inside(&by_document(&desk));
    let out = SignOut::Slip(receipt.number);
    let books = &mut desk.lobby.books;
    let done = books
        .sign_out(&out, None, monday_morning())
        .expect("writable");
    assert!(done.is_ok());
    let path = desk.lobby.path().join(DATABASE);
    let raw = rusqlite::Connection::open(path).expect("the file");
    raw.execute("UPDATE tenants SET state = 'moved'", [])
        .expect("moved");
    let known = desk
        .lobby
        .books
        .visitor_of_document(&document())
        .expect("readable");
    let last = known.and_then(|known| known.last).expect("a visit");
    assert_eq!((last.host, last.tenant), (None, None));
}

#[test]
fn companies_seen_are_found_by_name_pinyin_and_initials_and_are_few() {
    let mut desk = Desk::open();
    for (number, company) in [
        "远山设计",
        "远洋运输",
        "原野食品",
        "源流水务",
        "员工之家",
        "海港",
    ]
    .into_iter()
    .enumerate()
    {
        let mut order = courier(&desk);
        order.company = company.to_owned();
        order.who = Who::Named(identity("周远", &format!("1380000{number:04}")));
        desk.inside(&order);
    }
    let books = &desk.lobby.books;
    let seen = |typed: &str| books.companies_seen(typed).expect("readable");
    assert_eq!(seen("远山"), ["远山设计"]);
    assert_eq!(seen("ysyun"), Vec::<String>::new());
    assert_eq!(seen("yuanshan"), ["远山设计"]);
    assert_eq!(seen("yyys"), ["远洋运输"]);
    assert_eq!(seen("yuan").len(), 4, "a few, not a register");
    assert!(seen(" ").is_empty());
}
