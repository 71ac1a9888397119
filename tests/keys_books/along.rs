//! The contractor whom a key is for, as the books keep them: who, in the journal; the name, apart from it.

use crate::*;
use lodge::people::PersonName;
use lodge::visits::{DoNotAdmit, Identity, SignOut};

/// A key that went out for a contractor who is inside, and their slip.
fn out() -> (Hooks, PersonId, lodge::slips::SlipNumber) {
    let mut hooks = Hooks::open();
    let keeper = hooks.keeper.person.expect("a keeper");
    let lobby = &mut hooks.lobby;
    lobby.permit("SG-1", "远山建设", keeper, morning());
    let (liu, receipt) = lobby.contractor("刘强", "远山建设", "SG-1", morning());
    let order = TakeOrder {
        holder: hooks.holder(TECHNICIAN),
        how: How::Tapped,
        key: hooks.plain,
        purpose: Purpose::Repair,
        contractor: Some(Contractor::Inside(liu)),
        second: None,
    };
    let by = Actor::of(&order.holder);
    let books = &mut hooks.lobby.books;
    let taken = books.sign_key_out(&hooks.terms, &order, by, morning());
    assert!(taken.expect("writable").expect("a grant").goes_along);
    (hooks, liu, receipt.number)
}

fn named(hooks: &Hooks, at: DateTime<Utc>) -> Option<String> {
    let facts = hooks.lobby.books.registers(at).expect("readable");
    facts.key_register[0].contractor.clone()
}

#[test]
fn a_contractor_who_is_inside_is_known_to_the_register_and_goes_with_their_data() {
    let (mut hooks, _, slip) = out();
    assert_eq!(hooks.causes(), [Cause::ContractorWithKey]);
    assert_eq!(named(&hooks, morning()).as_deref(), Some("刘强 · 远山建设"));
    hooks.is_sound();
    let books = &mut hooks.lobby.books;
    let out = books.sign_out(&SignOut::Slip(slip), None, morning() + minutes(30));
    out.expect("writable").expect("signed out");
    // The key is taken back when nobody is inside any more; the taking stays as it was.
    let back = hooks.bring_back("KEY-0012", None, &[], morning() + minutes(60));
    back.expect("it was out");
    hooks.is_sound();
    let month = morning() + TimeDelta::days(31);
    let books = &mut hooks.lobby.books;
    // The name goes with the visitor, though the key came back a little later.
    let erased = books.erase_visitors(morning() + minutes(45), month);
    assert_eq!(erased.expect("writable"), 1);
    assert_eq!(named(&hooks, month).as_deref(), Some(""));
    hooks.is_sound();
}

#[test]
fn the_schema_knows_too_that_a_key_is_for_somebody_inside() {
    let (hooks, liu, _) = out();
    let grace = hooks.lobby.grace;
    let (_folder, path) = hooks.lobby.close();
    let raw = rusqlite::Connection::open(path).expect("the file");
    let insert = |id: &str, along: bool, who: PersonId| {
        raw.execute(
            "INSERT INTO key_loans (id, hook, holder, taken_at_ms, due_ms, goes_along, contractor)
             VALUES (?1, ?1, 'x', 1, 2, ?2, ?3)",
            rusqlite::params![id, along, who.to_string()],
        )
    };
    assert!(insert("a", true, liu).is_ok());
    assert!(insert("b", true, grace).is_err(), "no contractor");
    assert!(insert("c", false, liu).is_err(), "nobody goes along");
}

/// ● A typed name has shown neither permit nor document: one like those on the list signs in at the desk first.
#[test]
fn a_contractor_named_like_somebody_who_is_not_admitted_is_reported_and_gets_no_key() {
    let mut hooks = Hooks::open();
    let (boss, at) = (hooks.boss, morning());
    let entry = DoNotAdmit {
        who: Identity {
            name: PersonName::typed("王五"),
            phone: String::new(),
            document: None,
        },
        reason: "前次纠纷".to_owned(),
    };
    let listed = hooks.lobby.books.do_not_admit(&entry, boss, at);
    assert!(listed.expect("writable").is_ok());
    let holder = hooks.holder(TECHNICIAN);
    let mut order = TakeOrder {
        holder,
        how: How::Tapped,
        key: hooks.plain,
        purpose: Purpose::Repair,
        contractor: Some(Contractor::Named("王武".to_owned())),
        second: None,
    };
    let by = Actor::of(&order.holder);
    let books = &mut hooks.lobby.books;
    let taken = books.sign_key_out(&hooks.terms, &order, by, at);
    assert_eq!(
        taken.expect("writable"),
        Err(TakeRefusal::ContractorUnknown)
    );
    let open = books.open_matters().expect("readable");
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].cause, Cause::VisitorNotAdmitted);
    order.contractor = Some(Contractor::Named("张三".to_owned()));
    let taken = books.sign_key_out(&hooks.terms, &order, by, at);
    assert!(taken.expect("writable").is_ok(), "somebody else");
    hooks.is_sound();
}
