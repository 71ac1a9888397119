//! Rain mode: a card is an umbrella, where there is one.

use super::kiosk::{Kiosk, seconds};
use crate::support::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::{Page, View};
use lodge::lending::rain::Way;
use lodge::lending::{BroughtBack, Counted, Kind, KindIcon, KindId, ThingState};
use lodge::people::Bilingual;

fn promised(view: &View) -> Option<(&str, Way)> {
    match &view.page {
        Page::Home(home) => home
            .rain
            .as_ref()
            .map(|(name, way)| (name.en.as_str(), *way)),
        page => panic!("{page:?}"),
    }
}

/// A house that lends umbrellas one by one, and whether it has a stand besides.
fn with_tagged_umbrellas(kiosk: &mut Kiosk, stand: bool) {
    let plain = kiosk.house.kinds[0].clone();
    let tagged = Kind {
        id: KindId("golf".to_owned()),
        name: Bilingual::new("高尔夫伞", "Golf umbrella"),
        icon: KindIcon::Umbrella,
        counted: Counted::Tagged,
        ..plain
    };
    kiosk
        .lobby
        .books
        .enter_thing(&tagged.id, "G-1", "1", ThingState::Available, kiosk.now)
        .expect("an umbrella");
    kiosk
        .house
        .kinds
        .retain(|kind| stand || kind.id != umbrella());
    kiosk.house.kinds.push(tagged);
}

#[test]
fn at_rain_hours_a_card_is_an_umbrella_and_before_and_after_it_opens_its_page() {
    let mut kiosk = Kiosk::open();
    let local = kiosk.house.building.local(kiosk.now).time();
    let minutes = |count| local + chrono::TimeDelta::minutes(count);
    kiosk.house.rain_hours = vec![(minutes(10), minutes(20))];
    kiosk.hears_of_the_books();
    assert!(matches!(kiosk.tap(CHEN).page, Page::MyPage(_)));
    kiosk.touch(Touch::End);
    let view = kiosk.wait(seconds(15 * 60));
    assert!(
        matches!(&view.page, Page::Home(home) if home.rain.is_some()),
        "{view:?}"
    );
    assert!(matches!(kiosk.tap(CHEN).page, Page::Borrowed(_)));
    kiosk.touch(Touch::End);
    let view = kiosk.wait(seconds(5 * 60));
    assert!(matches!(&view.page, Page::Home(home) if home.rain.is_none()));
    assert!(matches!(kiosk.tap(GRACE).page, Page::MyPage(_)));
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn an_empty_stand_promises_nothing_until_one_comes_back() {
    let mut kiosk = Kiosk::open();
    kiosk.rains(true);
    assert_eq!(promised(&kiosk.sees()), Some(("Umbrella", Way::Take)));
    for number in [GRACE, CHEN] {
        assert!(matches!(kiosk.tap(number).page, Page::Borrowed(_)));
        kiosk.touch(Touch::End);
    }
    let view = kiosk.hears_of_the_books();
    assert_eq!(promised(&view), Some(("Umbrella", Way::NoneLeft)));
    let (grace, at) = (kiosk.lobby.grace, kiosk.now);
    let loans = kiosk.lobby.books.loans_of(grace).expect("readable");
    let back = BroughtBack::Loan(loans[0].id);
    kiosk.lobby.take_back(back, None, at).expect("it was out");
    let view = kiosk.hears_of_the_books();
    assert_eq!(promised(&view), Some(("Umbrella", Way::Take)));
    kiosk.rains(false);
    assert_eq!(promised(&kiosk.sees()), None);
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn where_every_umbrella_has_a_tag_the_card_goes_on_to_the_scan() {
    let mut kiosk = Kiosk::open();
    with_tagged_umbrellas(&mut kiosk, false);
    kiosk.rains(true);
    assert_eq!(promised(&kiosk.sees()), Some(("Golf umbrella", Way::Scan)));
    let view = kiosk.tap(GRACE);
    assert!(matches!(view.page, Page::ScanTag(_)), "{view:?}");
    assert!(matches!(kiosk.scan("G-1").page, Page::Borrowed(_)));
    kiosk.touch(Touch::End);
    let view = kiosk.hears_of_the_books();
    assert_eq!(promised(&view), Some(("Golf umbrella", Way::NoneLeft)));
    let view = kiosk.tap(CHEN);
    assert!(matches!(view.page, Page::MyPage(_)), "{view:?}");
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn the_stand_comes_before_what_must_be_scanned_and_the_scan_before_nothing() {
    let mut kiosk = Kiosk::open();
    with_tagged_umbrellas(&mut kiosk, true);
    kiosk.rains(true);
    assert_eq!(promised(&kiosk.sees()), Some(("Umbrella", Way::Take)));
    let at = kiosk.now;
    let count = kiosk.lobby.books.count_pool(&umbrella(), 0, at);
    count.expect("an empty stand");
    let view = kiosk.hears_of_the_books();
    assert_eq!(promised(&view), Some(("Golf umbrella", Way::Scan)));
}
