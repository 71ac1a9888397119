//! In a tower nobody reads sixty companies through: the one that is meant is typed at the touch screen.

use super::kiosk::{Kiosk, seconds};
use lodge::kiosk::Touch;
use lodge::kiosk::view::{Page, View};
use lodge::people::directory::TenantsFound;
use lodge::people::{Bilingual, TenantState};
use lodge::store::TenantRow;
use lodge::typing::{Mode, Press};
use lodge::visits::VisitorType;
use lodge::visits::flow::{Stage, Touch as VisitTouch};

/// So many companies beside the one of every lobby, each on a floor of its own.
fn tower(kiosk: &mut Kiosk) {
    let companies = [
        ("和光设计有限公司", "Gentle Light Design Ltd", "1601"),
        ("和光科技有限公司", "Gentle Light Technology Ltd", "1701"),
        ("远山咨询有限公司", "Far Hills Consulting Ltd", "1801"),
        ("云帆设计有限公司", "Cloud Sail Design Ltd", "A-0801"),
        ("长青科技有限公司", "Evergreen Technology Ltd", "2001"),
        ("青石咨询有限公司", "Bluestone Consulting Ltd", "2101"),
        ("白鹭设计有限公司", "White Egret Design Ltd", "2201"),
    ];
    for (zh, en, room) in companies {
        enter(kiosk, zh, en, room, TenantState::In);
    }
    enter(
        kiosk,
        "昔日设计",
        "Bygone Design",
        "1602",
        TenantState::Moved,
    );
    enter(
        kiosk,
        "明日设计",
        "Tomorrow Design",
        "1603",
        TenantState::MovingIn,
    );
    enter(
        kiosk,
        "将别设计",
        "Leaving Design",
        "1604",
        TenantState::MovingOut,
    );
}

fn enter(kiosk: &mut Kiosk, zh: &str, en: &str, room: &str, state: TenantState) {
    let row = TenantRow {
        name: Bilingual::new(zh, en),
        rooms: vec![room.to_owned()],
        state,
    };
    let entered = kiosk.lobby.books.enter_tenant(&row, kiosk.now);
    entered.expect("a tenant");
}

/// Touches the keys of a text: Chinese characters among the candidates of their pinyin, all else as it is.
fn press(kiosk: &mut Kiosk, mode: Mode, text: &str) -> View {
    kiosk.touch(Touch::Press(Press::Mode(mode)));
    for key in text.chars() {
        kiosk.touch(Touch::Press(Press::Key(key)));
    }
    kiosk.sees()
}

fn choose(kiosk: &mut Kiosk, word: &str) -> View {
    let writing = kiosk.sees().writing.expect("a field");
    let place = writing.candidates.iter().position(|one| one == word);
    let place = place.unwrap_or_else(|| panic!("{word} in {:?}", writing.candidates));
    kiosk.touch(Touch::Press(Press::Candidate(place)))
}

/// A courier in front of the companies.
fn courier(kiosk: &mut Kiosk) -> View {
    kiosk.touch(Touch::SignIn);
    kiosk.touch(Touch::Visits(VisitTouch::FirstTime));
    kiosk.touch(Touch::Visits(VisitTouch::Type(VisitorType::Courier)));
    press(kiosk, Mode::English, "ben");
    // No telephone; no company.
    for _ in 0..3 {
        kiosk.touch(Touch::Enter);
    }
    kiosk.sees()
}

fn stage(view: &View) -> &Stage {
    match &view.page {
        Page::Visits(stage) => stage,
        page => panic!("{page:?}"),
    }
}

fn found(view: &View) -> &TenantsFound {
    match &view.page {
        Page::FindTenant { found } => found,
        Page::Visits(stage) => match &**stage {
            Stage::FindingTenant { found, .. } => found,
            stage => panic!("{stage:?}"),
        },
        page => panic!("{page:?}"),
    }
}

fn names(view: &View) -> Vec<&str> {
    let tenants = found(view).tenants.iter();
    let mut names: Vec<&str> = tenants.map(|tenant| tenant.name.zh.as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_company_is_found_by_room_name_pinyin_initials_and_in_english() {
    let mut kiosk = Kiosk::open();
    tower(&mut kiosk);
    let view = courier(&mut kiosk);
    let Stage::Tenants { tenants, .. } = stage(&view) else {
        panic!("{view:?}")
    };
    assert_eq!(tenants.len(), 9);
    let light = ["和光科技有限公司", "和光设计有限公司"];
    let harbour = "海港贸易有限公司";
    let sail = "云帆设计有限公司";
    for (mode, typed, expected) in [
        (Mode::Symbols, "1601", &light[1..]),
        (Mode::Symbols, "08", &[]),
        (Mode::English, "a08", &[sail]),
        (Mode::Pinyin, "heguang", &light),
        (Mode::Pinyin, "heguangk", &light[..1]),
        (Mode::Symbols, "1203", &[harbour]),
        (Mode::Pinyin, "hg", &[light[0], light[1], harbour]),
        (Mode::Pinyin, "hgsjyxgs", &light[1..]),
        (Mode::Pinyin, "yfsj", &[sail]),
        (Mode::English, "gentle", &light),
        (Mode::English, "light tech", &light[..1]),
        (Mode::English, "egret", &["白鹭设计有限公司"]),
    ] {
        let view = kiosk.touch(Touch::Visits(VisitTouch::FindTenant));
        let field = view.writing.as_ref().expect("a field");
        assert_eq!((field.text.as_str(), names(&view).len()), ("", 0));
        let view = press(&mut kiosk, mode, typed);
        assert_eq!(names(&view), expected, "{typed}");
        kiosk.touch(Touch::Back);
    }
    // Characters, as they come out of their pinyin.
    kiosk.touch(Touch::Visits(VisitTouch::FindTenant));
    press(&mut kiosk, Mode::Pinyin, "he");
    choose(&mut kiosk, "和");
    press(&mut kiosk, Mode::Pinyin, "guang");
    let view = choose(&mut kiosk, "光");
    assert_eq!(view.writing.as_ref().expect("a field").text, "和光");
    assert_eq!(names(&view), light);
    // The one is chosen, and the visit is theirs.
    let tenants = &found(&view).tenants;
    let tenant = tenants.iter().find(|tenant| tenant.name.zh == light[0]);
    let tenant = tenant.expect("the one with the machines").id;
    let view = kiosk.touch(Touch::Visits(VisitTouch::Tenant(tenant)));
    let Stage::Signing(draft) = stage(&view) else {
        panic!("{view:?}")
    };
    assert_eq!(draft.tenant.as_ref().expect("a company").room, "1701");
    // One step back the text stands there still, with what it found; and one more is the list.
    let view = kiosk.touch(Touch::Back);
    assert_eq!(view.writing.as_ref().expect("a field").text, "和光");
    assert_eq!(names(&view), light);
    let view = kiosk.touch(Touch::Back);
    assert!(matches!(stage(&view), Stage::Tenants { .. }));
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn who_is_not_on_the_directory_is_not_found_and_a_handful_of_many_is_shown() {
    let mut kiosk = Kiosk::open();
    tower(&mut kiosk);
    courier(&mut kiosk);
    kiosk.touch(Touch::Visits(VisitTouch::FindTenant));
    for gone in ["1602", "1603"] {
        let view = press(&mut kiosk, Mode::Symbols, gone);
        assert!(found(&view).is_nobody(), "{gone}");
        for _ in 0..4 {
            kiosk.touch(Touch::Press(Press::Erase));
        }
    }
    assert!(!found(&kiosk.sees()).is_nobody(), "nothing is typed");
    let view = press(&mut kiosk, Mode::Symbols, "1604");
    assert_eq!(names(&view), ["将别设计"]);
    for _ in 0..3 {
        kiosk.touch(Touch::Press(Press::Erase));
    }
    let view = kiosk.sees();
    assert_eq!((names(&view).len(), found(&view).more), (5, false));
    kiosk.touch(Touch::Press(Press::Erase));
    // One more room begins with the same digit.
    enter(&mut kiosk, "星河", "Star River", "1901", TenantState::In);
    let view = press(&mut kiosk, Mode::Symbols, "1");
    assert_eq!((names(&view).len(), found(&view).more), (5, true));
    // Nobody's name is a company: staff is never listed by this way.
    kiosk.touch(Touch::Press(Press::Erase));
    let view = press(&mut kiosk, Mode::Pinyin, "chenxiaoming");
    assert!(found(&view).is_nobody());
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn a_house_of_a_few_companies_is_read_and_nothing_is_typed() {
    let mut kiosk = Kiosk::open();
    courier(&mut kiosk);
    kiosk.touch(Touch::Visits(VisitTouch::FindTenant));
    assert_eq!(kiosk.unexpected, 1);
    kiosk.touch(Touch::End);
    kiosk.touch(Touch::Directory);
    let view = kiosk.touch(Touch::FindTenant);
    assert!(matches!(view.page, Page::Directory(_)), "{view:?}");
    assert_eq!(kiosk.unexpected, 2);
}

#[test]
fn the_directory_is_searched_the_same_way_and_leads_back() {
    let mut kiosk = Kiosk::open();
    tower(&mut kiosk);
    let directory = kiosk.touch(Touch::Directory);
    kiosk.touch(Touch::FindTenant);
    let view = press(&mut kiosk, Mode::Pinyin, "ych");
    assert!(found(&view).is_nobody());
    kiosk.touch(Touch::Press(Press::Erase));
    kiosk.touch(Touch::Press(Press::Erase));
    let view = press(&mut kiosk, Mode::Pinyin, "f");
    assert_eq!(names(&view), ["云帆设计有限公司"]);
    assert_eq!(found(&view).tenants[0].rooms, ["A-0801"]);
    assert_eq!(kiosk.touch(Touch::Back).page, directory.page);
    let view = kiosk.touch(Touch::FindTenant);
    assert_eq!(found(&view), &TenantsFound::default());
    assert_eq!(kiosk.unexpected, 0);
}

#[test]
fn cancel_and_idle_leave_nothing_of_what_was_typed() {
    for idle in [false, true] {
        for of_visit in [false, true] {
            let mut kiosk = Kiosk::open();
            tower(&mut kiosk);
            let find = |kiosk: &mut Kiosk| match of_visit {
                true => {
                    courier(kiosk);
                    kiosk.touch(Touch::Visits(VisitTouch::FindTenant))
                }
                false => {
                    kiosk.touch(Touch::Directory);
                    kiosk.touch(Touch::FindTenant)
                }
            };
            find(&mut kiosk);
            let view = press(&mut kiosk, Mode::Pinyin, "hg");
            assert_eq!(names(&view).len(), 3);
            let view = match idle {
                true => kiosk.wait(seconds(65)),
                false => kiosk.touch(Touch::End),
            };
            assert!(matches!(view.page, Page::Home(_)), "{view:?}");
            assert_eq!(view.writing, None);
            let view = find(&mut kiosk);
            let field = view.writing.as_ref().expect("a field");
            assert_eq!((field.text.as_str(), field.composing.as_str()), ("", ""));
            assert_eq!(found(&view), &TenantsFound::default());
        }
    }
}
