//! Mail that goes back or on: who checks, who approves, and what prints when.

use super::office::*;
use crate::support::*;
use lodge::mail::desk::{FormField, MailRefusal, Onward, Return, ReturnOrder, ReturnReason};
use lodge::mail::{MailKind, MailState, ReturnId};
use lodge::people::{Act, Language};
use lodge::store::Books;
use lodge::store::journal::Actor;

fn ask(books: &mut Books, order: &ReturnOrder, by: Actor) -> Result<ReturnId, MailRefusal> {
    books
        .ask_mail_return(order, Language::Chinese, by, monday_morning())
        .expect("writable")
}

fn allow(books: &mut Books, id: ReturnId, by: Actor) -> Result<(), MailRefusal> {
    books
        .allow_mail_return(id, by, monday_morning())
        .expect("writable")
}

fn print(books: &mut Books, id: ReturnId, by: Actor) -> Result<(), MailRefusal> {
    let job = books.print_return_slip(id, Language::Chinese, by, monday_morning());
    job.expect("writable").map(|_| ())
}

/// Special mail that waits for the supervisor.
fn to_approve(books: &Books) -> Vec<Return> {
    let mut returns = books.mail_returns().expect("readable");
    returns.retain(|back| back.item.kind.is_special() && back.allowed_by.is_none());
    returns
}

#[test]
fn ordinary_mail_is_checked_by_the_mail_administrator_before_its_slip_prints() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let (desk, mailer) = (office.desk, office.mailer);
    let books = &mut office.lobby.books;
    let id = ask(books, &back(letter.item), desk).expect("it is asked");
    let special = false;
    assert_eq!(
        print(books, id, desk),
        Err(MailRefusal::NotAllowedYet { special })
    );
    let act = Act::CheckMailReturn;
    assert_eq!(
        allow(books, id, desk),
        Err(MailRefusal::NotPermitted { act })
    );
    assert_eq!(allow(books, id, mailer), Ok(()));
    assert_eq!(print(books, id, desk), Ok(()));
    let state = MailState::ReturnPrinted;
    assert_eq!(
        print(books, id, desk),
        Err(MailRefusal::StandsOtherwise { state })
    );
    insta::assert_snapshot!(office.latest_slip(), @r"
                云栖中心
                改批退条
    --------------------------------
        原址查无此人
    退回寄件人
    种类                        平信
    邮件单号             A-1123-0001
    核对人                    丙邮务
    日期   2026年11月23日 周一 09:05
    单号                 A-1123-0002
    ");
    let at = monday_morning();
    let posted = office
        .lobby
        .books
        .hand_mail_to_post(&[letter.item], desk, at);
    assert_eq!(posted.expect("writable"), Ok(()));
    office.is_sound();
}

#[test]
fn special_mail_needs_its_form_in_full_and_the_supervisors_approval() {
    let mut office = Office::open();
    let airmail = office.for_grace(MailKind::Airmail);
    let (desk, mailer, boss) = (office.desk, office.mailer, office.boss);
    let books = &mut office.lobby.books;
    let mut order = back(airmail.item);
    let all = vec![
        FormField::Addressee,
        FormField::Address,
        FormField::Sender,
        FormField::Tracking,
        FormField::Enquiries,
    ];
    let refused = ask(books, &order, desk);
    assert_eq!(refused, Err(MailRefusal::FormIncomplete { missing: all }));
    order.form = Some(form());
    let id = ask(books, &order, desk).expect("it is asked");
    let waiting = to_approve(books);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].form, Some(form()));
    let special = true;
    assert_eq!(
        print(books, id, boss),
        Err(MailRefusal::NotAllowedYet { special })
    );
    let act = Act::ApproveMailReturn;
    assert_eq!(
        allow(books, id, mailer),
        Err(MailRefusal::NotPermitted { act })
    );
    assert_eq!(allow(books, id, boss), Ok(()));
    assert!(to_approve(books).is_empty());
    assert_eq!(print(books, id, desk), Ok(()));
    let slip = office.latest_slip();
    for said in ["改批退条", "批准人", "丁主管", "航空信"] {
        assert!(slip.contains(said), "{said} in\n{slip}");
    }
    office.is_sound();
}

#[test]
fn the_special_mail_return_form_prints_for_the_file() {
    let mut office = Office::open();
    let airmail = office.for_grace(MailKind::Airmail);
    let desk = office.desk;
    let order = ReturnOrder {
        form: Some(form()),
        ..back(airmail.item)
    };
    ask(&mut office.lobby.books, &order, desk).expect("it is asked");
    insta::assert_snapshot!(office.latest_slip(), @r"
                云栖中心
             特殊邮件退信表
    --------------------------------
    种类                      航空信
    邮件单号             A-1123-0001
    到达时间
           2026年11月23日 周一 09:05
    投递次数                       0
    退件原因            原址查无此人
    --------------------------------
    收件人（封面所写）        张某某
    地址（封面所写）   云栖中心 1501
    寄件人                  远方公司
    邮件号码                  XA0001
    查询经过      问过 1501 室及前台
    --------------------------------
    填表人                    甲前台
    日期   2026年11月23日 周一 09:05
    客服主管            ____________
    单号                 A-1123-0002
    ");
}

#[test]
fn a_supervisor_does_not_approve_a_form_of_their_own() {
    let mut office = Office::open();
    let airmail = office.for_grace(MailKind::Airmail);
    let boss = office.boss;
    let order = ReturnOrder {
        form: Some(form()),
        ..back(airmail.item)
    };
    let books = &mut office.lobby.books;
    let id = ask(books, &order, boss).expect("it is asked");
    assert_eq!(allow(books, id, boss), Err(MailRefusal::OwnForm));
}

#[test]
fn forwarding_prints_the_new_address() {
    let mut office = Office::open();
    let letter = office.for_grace(MailKind::Letter);
    let mailer = office.mailer;
    let books = &mut office.lobby.books;
    let mut order = ReturnOrder {
        onward: Onward::Forward,
        reason: ReturnReason::MovedAddressUnknown,
        ..back(letter.item)
    };
    assert_eq!(ask(books, &order, mailer), Err(MailRefusal::AddressMissing));
    order.address = "新城区样板路 1 号".to_owned();
    let id = ask(books, &order, mailer).expect("it is asked");
    allow(books, id, mailer).expect("checked");
    print(books, id, mailer).expect("it prints");
    assert!(office.latest_slip().contains("新城区样板路 1 号"));
    office.is_sound();
}

#[test]
fn a_return_that_is_dropped_leaves_the_item_waiting_and_may_be_asked_again() {
    let mut office = Office::open();
    let airmail = office.for_grace(MailKind::Airmail);
    let (desk, boss) = (office.desk, office.boss);
    let order = ReturnOrder {
        form: Some(form()),
        ..back(airmail.item)
    };
    let books = &mut office.lobby.books;
    let id = ask(books, &order, desk).expect("it is asked");
    let state = MailState::ReturnAsked;
    assert_eq!(
        ask(books, &order, desk),
        Err(MailRefusal::StandsOtherwise { state })
    );
    let dropped = books
        .drop_mail_return(id, boss, monday_morning())
        .expect("writable");
    assert_eq!(dropped, Ok(()));
    assert_eq!(allow(books, id, boss), Err(MailRefusal::NotFound));
    ask(books, &order, desk).expect("once more");
    assert_eq!(office.state(airmail.item), MailState::ReturnAsked);
    office.is_sound();
}

#[test]
fn nothing_of_a_form_stands_in_the_journal() {
    let mut office = Office::open();
    let airmail = office.for_grace(MailKind::Airmail);
    let desk = office.desk;
    let order = ReturnOrder {
        form: Some(form()),
        ..back(airmail.item)
    };
    ask(&mut office.lobby.books, &order, desk).expect("it is asked");
    let mut payloads = String::new();
    let each = |entry: lodge::store::journal::Entry| {
        payloads += &entry.payload;
        Ok(())
    };
    office.lobby.books.journal(each).expect("readable");
    for (_, text) in form().fields() {
        assert!(!payloads.contains(text), "{text}");
    }
    assert!(!payloads.contains(airmail.code.digits()), "nor its code");
}
