//! Stands at the desk: counted for the first time in a new house, and again where things are away.

use crate::support::{
    GRACE, Lobby, desk_house, helmet, kinds, minutes, monday_morning, more_kinds, shoe_cover,
    umbrella,
};
use crate::{Press, Role, Window};
use lodge::lending::{BroughtBack, Kind, KindId, LendRefusal, Wanted};

/// The room of lending, and its table of what there is.
fn stock(window: &mut Window) {
    window.press(Press::F(3));
    while !window.shown().tabs[window.shown().tab].contains("库存") {
        window.press(Press::Right);
    }
}

/// Chooses the row of a stand.
fn choose(window: &mut Window, name: &str) {
    let work = window.shown();
    let wanted = work.rows.iter().position(|row| row.cells[0] == name);
    let wanted = wanted.unwrap_or_else(|| panic!("no {name} among {:?}", work.rows));
    for _ in work.row..wanted {
        window.press(Press::Down);
    }
    for _ in wanted..work.row {
        window.press(Press::Up);
    }
}

fn count(window: &mut Window, name: &str, total: &str) -> (String, String) {
    choose(window, name);
    window.press(Press::Char('z'));
    let form = crate::present(&window.session, &window.house, window.at).dialog;
    let says = form.expect("a form").says;
    window.types(total);
    window.press(Press::Enter);
    let refused = crate::present(&window.session, &window.house, window.at).dialog;
    let came_of_it = match refused {
        Some(form) => form.notice.expect("why not").1,
        None => window.shown().notice.expect("what came of it").1,
    };
    window.happens(lodge::desk::Event::BooksChanged);
    (says, came_of_it)
}

fn free(window: &Window, kinds: &[Kind], kind: &KindId) -> u32 {
    let stock = window
        .lobby
        .books
        .stock(kinds, window.at)
        .expect("readable");
    let of_kind = stock.iter().find(|stock| stock.kind == *kind);
    of_kind.expect("a kind").free
}

/// The stock of a house that has counted nothing yet, and the kinds it lends.
fn new_house() -> (Window, Vec<Kind>) {
    let kinds = [kinds(), more_kinds()].concat();
    let mut lobby = Lobby::with_nothing_to_lend();
    lobby.kinds = kinds.clone();
    let mut window = Window::of(lobby, desk_house(&kinds), Role::Receptionist);
    stock(&mut window);
    (window, kinds)
}

#[test]
fn a_new_house_counts_its_stands_at_the_desk_and_lends_out_of_them() {
    let (mut window, kinds) = new_house();
    let work = window.shown();
    let names: Vec<&str> = work.rows.iter().map(|row| row.cells[0].as_str()).collect();
    // The PC is told apart, and is entered with its tag.
    assert_eq!(names, ["爱心伞", "安全帽", "鞋套"]);
    assert!(work.tabs[work.tab].ends_with('3'), "{:?}", work.tabs);
    let at = window.at;
    let refused = window
        .lobby
        .lend_umbrella(GRACE, at)
        .expect_err("nothing is there");
    assert_eq!(refused, LendRefusal::NoneLeft { kind: umbrella() });

    for (name, kind) in [
        ("爱心伞", umbrella()),
        ("安全帽", helmet()),
        ("鞋套", shoe_cover()),
    ] {
        let (_, done) = count(&mut window, name, "12");
        assert!(done.contains("共 12 件"), "{done}");
        assert_eq!(free(&window, &kinds, &kind), 12, "{name}");
    }
    window
        .lobby
        .lend_umbrella(GRACE, at)
        .expect("there are twelve");
    // Counted once, it stands in the list once.
    window.happens(lodge::desk::Event::BooksChanged);
    assert_eq!(window.shown().rows.len(), 3);
}

#[test]
fn a_washed_stand_is_counted_with_what_is_away_and_never_below_it() {
    let kinds = [kinds(), more_kinds()].concat();
    let mut lobby = Lobby::open();
    lobby.kinds = kinds.clone();
    let mut window = Window::of(lobby, desk_house(&kinds), Role::Receptionist);
    stock(&mut window);
    count(&mut window, "安全帽", "10");
    // One went out and came back unwashed.
    let at = window.at;
    let lent = window.lobby.lend(GRACE, Wanted::Pool(helmet()), at);
    let number = lent.expect("a helmet").loan.number;
    let slip = BroughtBack::Slip(number);
    let back = window
        .lobby
        .take_back(slip, None, monday_morning() + minutes(1));
    back.expect("it is back");
    window.happens(lodge::desk::Event::BooksChanged);
    stock(&mut window);
    // Nine are clean; whoever follows the form enters ten, and nothing changes.
    let (says, done) = count(&mut window, "安全帽", "10");
    assert!(
        says.contains("待洗 1") && says.contains("洗涤中 0"),
        "{says}"
    );
    assert!(done.contains("共 10 件"), "{done}");
    assert_eq!(free(&window, &kinds, &helmet()), 9);
    let (_, refused) = count(&mut window, "安全帽", "0");
    assert!(refused.contains("待洗 1"), "{refused}");
    // What was refused gives way to the next digit.
    window.types("9");
    let form = crate::present(&window.session, &window.house, window.at).dialog;
    assert_eq!(form.expect("a form").fields[0].value, "9");
    assert_eq!(free(&window, &kinds, &helmet()), 9, "nothing was written");
}

#[test]
fn the_sheet_of_the_laundry_has_a_stand_that_nobody_has_counted_yet() {
    let (mut window, _) = new_house();
    choose(&mut window, "安全帽");
    window.press(Press::Char('p'));
    let said = window.shown().notice.expect("what came of it").1;
    assert!(said.contains("正在打印"), "{said}");
}
