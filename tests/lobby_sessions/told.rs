//! What somebody is told at the next tap of their card.

use super::kiosk::Kiosk;
use crate::support::*;
use lodge::keys::{KeyGroup, KeyKind, Purpose, TakeOrder, Terms};
use lodge::kiosk::view::{MyPage, Page};
use lodge::matters::{Cause, Move};
use lodge::people::{CardState, How, Role};
use lodge::store::journal::Actor;
use lodge::store::{CardRow, KeyEntry};

const KEEPER: u64 = 0x01_0055_0002;

fn my_page(kiosk: &mut Kiosk, number: u64) -> MyPage {
    let view = kiosk.tap(number);
    let Page::MyPage(page) = view.page else {
        panic!("My page, not {view:?}")
    };
    page
}

fn by(person: lodge::people::PersonId) -> Actor {
    Actor {
        person: Some(person),
        card: None,
    }
}

#[test]
fn a_message_is_told_to_its_host_alone_until_the_desk_has_passed_it_on() {
    let mut kiosk = Kiosk::open();
    let (grace, at) = (kiosk.lobby.grace, kiosk.now);
    let desk = by(kiosk.lobby.employ("李静华", Role::Receptionist));
    assert_eq!(my_page(&mut kiosk, GRACE).messages, 0);
    for words in ["样品放在前台", "下午三点再来"] {
        let left = kiosk.lobby.books.leave_message(grace, "周远", words, at);
        left.expect("writable books").expect("a message");
    }
    let page = my_page(&mut kiosk, GRACE);
    assert_eq!(page.messages, 2);
    let page = format!("{page:?}");
    for secret in ["周远", "样品", "三点"] {
        assert!(!page.contains(secret), "{secret} in {page}");
    }
    // A colleague at the same company is told of none.
    assert_eq!(my_page(&mut kiosk, CHEN).messages, 0);
    let open = kiosk.lobby.books.open_matters().expect("readable books");
    let about = open
        .iter()
        .filter(|matter| matter.cause == Cause::MessageForHost);
    for matter in about {
        for wish in [Move::Take, Move::Close] {
            let moved = kiosk
                .lobby
                .books
                .move_matter(matter.id, wish, "已转告", desk, at);
            moved.expect("writable books").expect("moved");
        }
    }
    assert_eq!(my_page(&mut kiosk, GRACE).messages, 0);
}

#[test]
fn a_tenant_is_told_that_a_key_to_its_unit_was_used_until_the_desk_has_told_it() {
    let mut kiosk = Kiosk::open();
    let keeper = kiosk.lobby.employ("钥匙乙", Role::KeyKeeper);
    let at = kiosk.now;
    let tenant = kiosk.lobby.holder(GRACE).tenant.expect("a company").id;
    let group = KeyGroup("house".into());
    let entry = |hook: &str, tenant| KeyEntry {
        hook: hook.into(),
        tag: format!("T-{hook}"),
        kind: KeyKind::Ordinary,
        group: group.clone(),
        tenant,
        pieces: 1,
        opens: "1203".into(),
    };
    let books = &mut kiosk.lobby.books;
    let mut hang = |hook: &str, tenant| {
        let hung = books.hang_key(&entry(hook, tenant), by(keeper), at);
        hung.expect("writable books").expect("it hangs")
    };
    let (theirs, other) = (hang("K-31", Some(tenant)), hang("K-32", None));
    let row = CardRow {
        person: keeper,
        credential: card(KEEPER),
        state: CardState::Active,
    };
    books.issue_card(&row, at).expect("a card");
    let granted = books.grant_keys(&group, keeper, None, by(keeper), at);
    granted.expect("writable books").expect("granted");
    for key in [other, theirs] {
        assert_eq!(my_page(&mut kiosk, GRACE).keys_used, None);
        let holder = kiosk.lobby.holder(KEEPER);
        let order = TakeOrder {
            holder,
            how: How::Tapped,
            key,
            purpose: Purpose::Inspection,
            contractor: None,
            second: None,
        };
        let (terms, at) = (Terms::default(), kiosk.now);
        let books = &mut kiosk.lobby.books;
        let taken = books.sign_key_out(&terms, &order, by(keeper), at);
        taken.expect("writable books").expect("it is out");
    }
    let used = my_page(&mut kiosk, CHEN).keys_used;
    assert_eq!(used, Some((1, building().local(at))));
    // ○ A house may leave it.
    kiosk.house.keys.tells_tenants = false;
    assert_eq!(my_page(&mut kiosk, CHEN).keys_used, None);
    kiosk.house.keys.tells_tenants = true;
    let books = &mut kiosk.lobby.books;
    let uses = books.key_uses_to_tell(tenant).expect("readable books");
    let told = books.tell_tenant(uses[0].id, by(keeper), at);
    told.expect("writable books").expect("told");
    assert_eq!(my_page(&mut kiosk, GRACE).keys_used, None);
}
