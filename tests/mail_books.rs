//! Mail as the books hold it: real SQLite, one deed after the other.

mod support;

mod mail_books {
    pub mod correcting;
    pub mod office;
    mod on_behalf;
    mod pick_up;
    mod returns;
    mod rounds;
    mod schema;
}

use lodge::mail::desk::{Intake, MailRefusal};
use lodge::mail::{
    Addressee, MailKind, MailState, PickUpCode, is_overdue, reminder_due, rules, special_late_since,
};
use lodge::matters::Cause;
use lodge::people::{Act, Language, PersonId};
use lodge::slips::LabelKind;
use lodge::store::journal::Actor;
use mail_books::office::*;
use support::*;

fn intake(to: PersonId, shelf: &str) -> Intake {
    Intake {
        addressee: Addressee::Person(to),
        kind: MailKind::Parcel,
        shelf: shelf.to_owned(),
        tracking: " SF0001 ".to_owned(),
    }
}

#[test]
fn a_parcel_is_taken_in_with_shelf_number_code_and_label() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Parcel);
    assert_eq!(taken.number.to_string(), "A-1123-0001");
    assert_eq!(taken.in_batch, 1);
    let books = &office.lobby.books;
    let item = books.mail_by_number(&taken.number).expect("readable");
    let item = item.expect("the item of the number");
    assert_eq!((item.id, item.state), (taken.item, MailState::Waiting));
    assert_eq!(item.shelf, "B-04", "shelves are written alike");
    let label = office.latest_slip();
    // It lies on an open shelf, and shows no more than it must.
    assert!(!label.contains("郝格蕾"), "{label}");
    for said in ["郝*蕾", "1203", "包裹", "B-04", "A-1123-0001"] {
        assert!(label.contains(said), "{said} in\n{label}");
    }
    // What is scanned of it is its number; whoever knew the code would get all that waits for her.
    assert!(label.contains(&taken.number.code()), "{label}");
    assert!(!label.contains(taken.code.digits()), "{label}");
    // So does a label printer's.
    let jobs = office.lobby.books.open_jobs().expect("readable");
    let label = jobs[0].label.as_ref().expect("a label beside the slip");
    assert_eq!(label.kind, LabelKind::Parcel);
    assert_eq!(
        (label.heading.as_str(), label.title.as_str()),
        ("包裹 · A-1123-0001", "B-04")
    );
    assert_eq!(label.lines[..2], ["郝*蕾 1203", "11月23日 周一 到达"]);
    assert_eq!(label.code, taken.number.code());
    let said = [&label.lines[..], std::slice::from_ref(&label.heading)].concat();
    assert!(
        said.iter().all(|line| !line.contains(taken.code.digits())),
        "{said:?}"
    );
    office.is_sound();
}

#[test]
fn only_what_is_signed_for_gets_a_label() {
    let mut office = Office::open();
    for kind in MailKind::ALL {
        let taken = office.for_grace(kind);
        assert_eq!(taken.label.is_some(), kind.needs_signature(), "{kind:?}");
    }
    office.is_sound();
}

#[test]
fn everybody_at_the_desk_has_one_open_batch_of_their_own() {
    let mut office = Office::open();
    let (grace, terms) = (office.lobby.grace, office.terms.clone());
    let at = monday_morning();
    let books = &mut office.lobby.books;
    let unnumbered = Intake {
        tracking: String::new(),
        ..intake(grace, "B-04")
    };
    let mut take = |by, count| {
        let taken = books.take_mail_in(&unnumbered, &terms, Language::Chinese, by, at);
        assert_eq!(taken.expect("writable").expect("taken in").in_batch, count);
    };
    take(office.desk, 1);
    take(office.second, 1);
    take(office.desk, 2);
    let closed = books.close_mail_batch(office.desk, at).expect("writable");
    assert_eq!(closed, Ok(2));
    let closed = books.close_mail_batch(office.desk, at).expect("writable");
    assert_eq!(closed, Err(MailRefusal::NoOpenBatch));
    let taken = books.take_mail_in(&unnumbered, &terms, Language::Chinese, office.desk, at);
    assert_eq!(
        taken.expect("writable").expect("taken in").in_batch,
        1,
        "a new one"
    );
    office.is_sound();
}

#[test]
fn an_intake_that_cannot_be_right_is_refused_with_its_facts() {
    let mut office = Office::open();
    office.terms.shelves = vec!["A-01".to_owned()];
    let (grace, terms, at) = (office.lobby.grace, office.terms.clone(), monday_morning());
    let nobody = Actor::default();
    let member = Actor {
        person: Some(grace),
        card: None,
    };
    let stranger = PersonId(uuid::Uuid::from_u128(1));
    let before = office.lobby.books.length().expect("readable");
    for (to, shelf, by, refusal) in [
        (grace, "A-01", nobody, MailRefusal::NobodyActs),
        (
            grace,
            "A-01",
            member,
            MailRefusal::NotPermitted {
                act: Act::HandleMail,
            },
        ),
        (
            grace,
            "z-99",
            office.desk,
            MailRefusal::UnknownShelf {
                shelf: "Z-99".to_owned(),
            },
        ),
        (stranger, "A-01", office.desk, MailRefusal::UnknownAddressee),
    ] {
        let books = &mut office.lobby.books;
        let refused = books.take_mail_in(&intake(to, shelf), &terms, Language::Chinese, by, at);
        assert_eq!(refused.expect("writable"), Err(refusal));
    }
    assert_eq!(
        office.lobby.books.length().expect("readable"),
        before,
        "nothing is written"
    );
}

#[test]
fn a_carriers_number_finds_its_item() {
    let mut office = Office::open();
    let (grace, terms, desk) = (office.lobby.grace, office.terms.clone(), office.desk);
    let books = &mut office.lobby.books;
    let taken = books
        .take_mail_in(
            &intake(grace, "B-04"),
            &terms,
            Language::English,
            desk,
            monday_morning(),
        )
        .expect("writable")
        .expect("taken in");
    let found = books.mail_by_tracking("SF0001").expect("readable");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, taken.item);
    assert!(books.mail_by_tracking("SF").expect("readable").is_empty());
}

#[test]
fn codes_are_six_digits_that_no_two_items_share() {
    let mut office = Office::open();
    let codes: std::collections::HashSet<PickUpCode> = (0..40)
        .map(|_| office.for_grace(MailKind::Letter).code)
        .collect();
    assert_eq!(codes.len(), 40);
}

#[test]
fn a_notice_bears_the_code_and_the_last_day_and_no_name() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::MoneyOrder);
    let (terms, desk) = (office.terms.clone(), office.desk);
    let at = monday_morning();
    office
        .lobby
        .books
        .print_mail_notice(taken.item, &terms, Language::Chinese, desk, at)
        .expect("writable")
        .expect("it prints");
    let notice = office.latest_slip();
    for said in [
        taken.code.digits(),
        &taken.code.code(),
        "Wed 23 Dec 2026",
        "Money order",
    ] {
        assert!(notice.contains(said), "{said} in\n{notice}");
    }
    let names = ["郝格蕾", "Grace"];
    let named = names.iter().any(|name| notice.contains(name));
    assert!(!named, "it is left at doors");
    office.is_sound();
}

#[test]
fn reminders_come_daily_until_somebody_collects_it() {
    let mut office = Office::open();
    let taken = office.for_grace(MailKind::Letter);
    let day = |days: i64| monday_morning() + minutes(days * 24 * 60);
    let due = |office: &Office, at| {
        let zone = building().zone;
        let due = office.waiting(|item| reminder_due(item, &office.terms, at, zone));
        due.len()
    };
    assert_eq!((due(&office, day(0)), due(&office, day(1))), (0, 1));
    let desk = office.desk;
    let noted = office
        .lobby
        .books
        .note_mail_reminded(&[taken.item], desk, day(1))
        .expect("writable");
    assert_eq!(noted, Ok(()));
    assert_eq!((due(&office, day(1)), due(&office, day(2))), (0, 1));
    let by = office.by_card(GRACE);
    office
        .pick_up(by, &[taken.item], None, day(2))
        .expect("hers");
    assert_eq!(due(&office, day(3)), 0);
    office.is_sound();
}

#[test]
fn late_special_mail_and_what_is_held_too_long_become_matters_once() {
    let mut office = Office::open();
    let order = office.for_grace(MailKind::MoneyOrder);
    let letter = office.for_grace(MailKind::Letter);
    let terms = office.terms.clone();
    let open = |office: &mut Office, at| {
        let books = &mut office.lobby.books;
        books.open_due_mail_matters(&terms, at).expect("writable")
    };
    assert_eq!(open(&mut office, monday_morning() + minutes(120)), 0);
    let late = monday_morning() + minutes(121);
    assert_eq!(open(&mut office, late), 1);
    assert_eq!(open(&mut office, late), 0, "it is open already");
    let listed = office.waiting(|item| special_late_since(item, &terms, late).is_some());
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].id, order.item);
    let since = special_late_since(&listed[0], &terms, late);
    assert_eq!(since, Some(monday_morning() + minutes(120)));
    let month = monday_morning() + minutes(30 * 24 * 60 + 1);
    let overdue = office.waiting(|item| is_overdue(item, &terms, month));
    assert_eq!(overdue.len(), 2);
    assert_eq!(open(&mut office, month), 2, "both are held too long");
    let about: Vec<_> = office
        .lobby
        .books
        .open_matters()
        .expect("readable")
        .into_iter()
        .map(|matter| (matter.cause, matter.about))
        .collect();
    assert!(about.contains(&(Cause::SpecialMailLate, order.item.0)));
    assert!(about.contains(&(Cause::MailHeldTooLong, letter.item.0)));
    office.is_sound();
}

#[test]
fn mail_for_a_moved_tenant_leaves_the_matter_to_phone_it_and_stays_off_the_round() {
    let mut office = Office::open();
    let gone = office.gone;
    office.take_in(Addressee::Tenant(gone), MailKind::Letter);
    office.take_in(Addressee::Tenant(gone), MailKind::Letter);
    let matters = office.lobby.books.open_matters().expect("readable");
    let [matter] = matters.as_slice() else {
        panic!("one matter a company, not {matters:?}")
    };
    assert_eq!(
        (matter.cause, matter.about),
        (Cause::MailForMovedTenant, gone.0)
    );
    assert_eq!(office.waiting(rules::goes_round), []);
    let fortnight = monday_morning() + minutes(14 * 24 * 60 + 1);
    let overdue = office.waiting(|item| is_overdue(item, &office.terms, fortnight));
    assert_eq!(overdue.len(), 2);
}

#[test]
fn mail_of_the_first_books_goes_on_being_read_collected_and_rebuilt() {
    let mut office = Office::open();
    let grace = office.lobby.grace;
    let at = monday_morning();
    let old = office
        .lobby
        .books
        .receive_mail(MailKind::Letter, grace, "A-11", at)
        .expect("writable");
    let waiting = office
        .lobby
        .books
        .identify(&office.lobby.kinds, &card(GRACE), at);
    assert_eq!(waiting.expect("readable").mail.len(), 1);
    let by = office.by_card(GRACE);
    office.pick_up(by, &[old], None, at).expect("hers");
    assert_eq!(office.state(old), MailState::Collected);
    office.is_sound();
}
