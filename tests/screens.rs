//! Every page in both languages on three panels: real pixels, no display.
//!
//! Set `LODGE_PICTURES` to a folder to get each page as a picture.

mod screens {
    pub mod done;
    pub mod flow;
    pub mod ground;
    pub mod home;
    pub mod keys;
    pub mod legible;
    pub mod lending;
    mod listed;
    pub mod mail;
    pub mod my_page;
    pub mod picture;
    pub mod refused;
    pub mod reserving;
    pub mod sheet;
    pub mod typing;
    pub mod visit_parts;
    pub mod visits;
}

use lodge::kiosk::{Touch, view::*};
use lodge::people::{Bilingual, Language};
use lodge::screen::{self, Look, Panel, Screen};
use lodge_ui::headless::{self, Piece};
use lodge_ui::slint::{ComponentHandle, PhysicalSize};
use screens::picture::picture;
use screens::sheet::*;
use screens::{done, flow, home, keys, mail, my_page, refused, typing, visits};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

const PANELS: [(&str, Panel); 3] = [
    (
        "1080x1920",
        Panel {
            width_px: 1080,
            height_px: 1920,
            diagonal_inches: 21.5,
        },
    ),
    (
        "1920x1080",
        Panel {
            width_px: 1920,
            height_px: 1080,
            diagonal_inches: 21.5,
        },
    ),
    (
        "1280x800",
        Panel {
            width_px: 1280,
            height_px: 800,
            diagonal_inches: 10.1,
        },
    ),
];

const COMFORTS: [(&str, Comfort); 3] = [
    (
        "plain",
        Comfort {
            large: false,
            low: false,
        },
    ),
    (
        "large",
        Comfort {
            large: true,
            low: false,
        },
    ),
    (
        "low",
        Comfort {
            large: false,
            low: true,
        },
    ),
];

fn sheets() -> Vec<Sheet> {
    let mut sheets = home::home_sheets();
    sheets.extend(my_page::my_page_sheets());
    sheets.extend(flow::flow_sheets());
    sheets.extend(typing::typing_sheets());
    sheets.extend(mail::mail_sheets());
    sheets.extend(keys::key_sheets());
    sheets.extend(visits::visit_sheets());
    sheets.extend(done::done_sheets());
    sheets.extend(refused::refused_sheets());
    let waits = sheets.iter_mut().filter(|sheet| sheet.name == "wait");
    waits.for_each(|sheet| sheet.controls.clear());
    let mut counting = sheet(
        "countdown",
        Page::Choose(Choose { offers: offers() }),
        &["您还在吗？", "17", "秒后返回首页"],
        &[
            "Are you still there?",
            "17",
            "seconds until the home screen",
        ],
        &[(["再等一会", "More time"], Touch::MoreTime)],
    );
    counting.countdown = Some(17);
    sheets.push(counting);
    sheets
}

fn view(sheet: &Sheet, language: Language, comfort: Comfort) -> View {
    View {
        language,
        comfort,
        clock: at(23, 9, 5),
        building: Bilingual::new("云杉中心", "Spruce Tower"),
        page: sheet.page.clone(),
        notices: sheet.notices.clone(),
        countdown: sheet.countdown,
        trial: true,
        writing: sheet.writing.clone(),
        strokes: sheet.strokes.clone(),
        slip: sheet.slip,
        reception: sheet.reception.clone(),
        zone: chrono_tz::Asia::Shanghai,
    }
}

/// What is wrong with a page, each with the page's name.
struct Faults(Vec<String>);

impl Faults {
    fn check(&mut self, right: bool, page: &str, what: impl FnOnce() -> String) {
        if !right {
            self.0.push(format!("{page}: {}", what()));
        }
    }
}

#[test]
fn every_page_can_be_read_and_touched_on_the_standing_panel_in_both_languages() {
    every_page(0);
}

#[test]
fn every_page_can_be_read_and_touched_on_the_lying_panel_in_both_languages() {
    every_page(1);
}

#[test]
fn every_page_can_be_read_and_touched_on_the_small_panel_in_both_languages() {
    every_page(2);
}

#[test]
fn every_word_has_the_contrast_to_be_read_by_day_by_night_and_by_those_who_see_little() {
    headless::init(true, false).expect("no window on this thread before this one");
    screens::legible::legible();
}

/// Every page in both languages and all comforts on one panel. Each panel is a test of its own, on a
/// thread and so a platform of its own.
fn every_page(panel: usize) {
    headless::init(true, false).expect("no window on this thread before this one");
    let mut faults = Faults(vec![]);
    let mut checked = vec![];
    let only = std::env::var("LODGE_PAGE").ok();
    let (panel_name, panel) = PANELS[panel];
    let touched = Rc::new(RefCell::new(Vec::new()));
    let heard = touched.clone();
    let screen = screen::open(&panel, &Look::default(), move |touch| {
        heard.borrow_mut().push(touch)
    })
    .expect("a screen without a display");
    screen
        .kiosk()
        .window()
        .set_size(PhysicalSize::new(panel.width_px, panel.height_px));
    screen.kiosk().show().expect("a window without a display");
    for (comfort_name, comfort) in COMFORTS {
        for language in Language::ALL {
            for sheet in sheets() {
                if only
                    .as_ref()
                    .is_some_and(|only| !sheet.name.starts_with(only.as_str()))
                {
                    continue;
                }
                let tongue = if language == Language::Chinese {
                    "zh"
                } else {
                    "en"
                };
                let page = format!("{panel_name}-{comfort_name}-{tongue}-{}", sheet.name);
                // A page begins at its start.
                let between = self::sheet("between", Page::Wait, &[], &[], &[]);
                screen.show(&view(&between, language, comfort));
                headless::settle();
                screen.show(&view(&sheet, language, comfort));
                picture(&screen, &sheet, &page, &mut faults);
                reads_well(&screen, &panel, &sheet, language, &page, &mut faults);
                keys_send_themselves(&screen, &panel, &sheet, &touched, &page, &mut faults);
                sends_what_it_says(&screen, &sheet, language, &touched, &page, &mut faults);
                checked.push(page);
            }
        }
    }
    screen.kiosk().hide().expect("the window goes");
    println!("checked {} pages:\n{}", checked.len(), checked.join("\n"));
    if only.is_none() {
        assert_eq!(checked.len(), sheets().len() * 2 * 3);
    }
    assert!(
        faults.0.is_empty(),
        "{} faults:\n{}",
        faults.0.len(),
        faults.0.join("\n")
    );
}

/// Texts are there, inside the panel and apart; controls are large enough and apart.
fn reads_well(
    screen: &Screen,
    panel: &Panel,
    sheet: &Sheet,
    language: Language,
    page: &str,
    faults: &mut Faults,
) {
    let pieces = headless::pieces(screen.kiosk());
    let texts = headless::texts(screen.kiosk());
    faults.check(!pieces.is_empty() && !texts.is_empty(), page, || {
        "nothing was found".into()
    });
    let further_down = all_of_it(screen);
    for wanted in &sheet.says[language as usize] {
        let found = pieces
            .iter()
            .chain(&further_down)
            // A small panel says several facts in one line.
            .any(|piece| {
                piece.label == *wanted || piece.label.split(" · ").any(|part| part == wanted)
            });
        faults.check(found, page, || {
            format!(
                "does not say 「{wanted}」, only {:?}",
                pieces.iter().map(|p| &p.label).collect::<Vec<_>>()
            )
        });
    }
    let covered = sheet.countdown.is_some();
    stands_apart(
        screen,
        panel,
        covered,
        sheet.writing.is_some(),
        page,
        faults,
    );
}

/// Everything lies inside the panel, no text on another or out of its control, and no control is too
/// small or too near to another.
fn stands_apart(
    screen: &Screen,
    panel: &Panel,
    covered: bool,
    crowded: bool,
    page: &str,
    faults: &mut Faults,
) {
    let pieces = headless::pieces(screen.kiosk());
    let texts = headless::texts(screen.kiosk());
    let (width, height) = (panel.width_px as f32, panel.height_px as f32);
    let inside = |p: &Piece| {
        p.x >= -0.5
            && p.x + p.width <= width + 0.5
            && (p.scrolls || p.y >= -0.5 && p.y + p.height <= height + 0.5)
    };
    for piece in pieces.iter().chain(&texts) {
        faults.check(inside(piece), page, || {
            format!("is cut by the edge: {piece:?}")
        });
    }
    let controls: Vec<&Piece> = pieces.iter().filter(|piece| piece.control).collect();
    let is_small = |control: &Piece| crowded && typing::is_key(&control.label);
    for control in &controls {
        let share = typing::least_share(panel, is_small(control));
        let least = share.map(|share| panel.touch_px() as f32 * share - 0.5);
        let is_large = control.width >= least[0] && control.height >= least[1];
        faults.check(is_large, page, || {
            format!("a control is too small (least {least:?}): {control:?}")
        });
    }
    for (position, one) in controls.iter().enumerate() {
        for other in &controls[position + 1..] {
            if !covered && one.scrolls == other.scrolls {
                let gap = distance(one, other);
                let share = if is_small(one) && is_small(other) {
                    0.4
                } else {
                    1.0
                };
                let apart = panel.gap_px() as f32 * share - 1.0;
                faults.check(gap >= apart, page, || {
                    format!("two controls are {gap} px apart (least {apart}): {one:?} {other:?}")
                });
            }
        }
    }
    for (position, one) in texts.iter().enumerate() {
        for other in &texts[position + 1..] {
            if !covered && one.scrolls == other.scrolls {
                faults.check(distance(one, other) > -1.5, page, || {
                    format!("one text lies on another: {one:?} {other:?}")
                });
            }
        }
        for control in &controls {
            if !covered && one.scrolls == control.scrolls && distance(one, control) < -1.5 {
                let within = one.x >= control.x - 0.5
                    && one.y >= control.y - 0.5
                    && one.x + one.width <= control.x + control.width + 0.5
                    && one.y + one.height <= control.y + control.height + 0.5;
                faults.check(within, page, || {
                    format!("a text runs out of its control: {one:?} {control:?}")
                });
            }
        }
    }
}

/// How far two pieces are apart; less than nothing where they overlap.
fn distance(one: &Piece, other: &Piece) -> f32 {
    let across = (other.x - (one.x + one.width)).max(one.x - (other.x + other.width));
    let down = (other.y - (one.y + one.height)).max(one.y - (other.y + other.height));
    across.max(down)
}

/// Everything on the page, with what comes when its lists are turned on.
fn all_of_it(screen: &Screen) -> Vec<Piece> {
    let mut pieces = headless::pieces(screen.kiosk());
    for _ in 0..6 {
        if !headless::turn_on(screen.kiosk()) {
            break;
        }
        pieces.extend(headless::pieces(screen.kiosk()));
    }
    pieces
}

/// On a page for typing: every key there is, in every part of the pad, sends its character.
fn keys_send_themselves(
    screen: &Screen,
    panel: &Panel,
    sheet: &Sheet,
    touched: &Rc<RefCell<Vec<Touch>>>,
    page: &str,
    faults: &mut Faults,
) {
    let Page::TypeNumber(TypeNumber { number, .. }) = &sheet.page else {
        return;
    };
    touched.borrow_mut().clear();
    let mut keys = BTreeSet::new();
    for turn in ["A–M", "N–Z", "123"] {
        for piece in headless::pieces(screen.kiosk()) {
            let mut characters = piece.label.chars();
            if let (true, Some(key), None) = (piece.control, characters.next(), characters.next()) {
                let pressed = headless::press(screen.kiosk(), &piece.label);
                let sent = touched.borrow_mut().drain(..).collect::<Vec<_>>();
                let right = pressed.is_ok() && sent == [Touch::Key(key)];
                faults.check(right, page, || format!("key {key} sent {sent:?}"));
                keys.insert(key);
            }
        }
        if headless::press(screen.kiosk(), turn).is_ok() {
            stands_apart(screen, panel, false, false, page, faults);
        }
    }
    let due: BTreeSet<char> = match number {
        NumberAsked::Card => ('0'..='9').chain([',']).collect(),
        NumberAsked::Tag | NumberAsked::TagOrSlip => {
            ('0'..='9').chain('A'..='Z').chain(['-']).collect()
        }
    };
    faults.check(keys == due, page, || format!("the pad has {keys:?}"));
}

/// Every control of the page, and no other, sends its touch.
fn sends_what_it_says(
    screen: &Screen,
    sheet: &Sheet,
    language: Language,
    touched: &Rc<RefCell<Vec<Touch>>>,
    page: &str,
    faults: &mut Faults,
) {
    touched.borrow_mut().clear();
    let mut there = all_of_it(screen);
    there.retain(|piece| piece.control);
    let controls = &sheet.controls;
    for (labels, touch) in controls {
        let label = labels[language as usize];
        if sheet.countdown.is_some() && *touch != Touch::MoreTime {
            continue;
        }
        let pressed = headless::press(screen.kiosk(), label);
        let sent = touched.borrow_mut().drain(..).collect::<Vec<_>>();
        faults.check(pressed.is_ok() && sent == [touch.clone()], page, || {
            format!("「{label}」 sent {sent:?} where {touch:?} was due ({pressed:?})")
        });
    }
    let letters = |label: &str| label.len() == 1 || ["A–M", "N–Z", "123"].contains(&label);
    for piece in &there {
        let is = |(labels, _): &([&str; 2], Touch)| labels[language as usize] == piece.label;
        let known = controls.iter().any(is)
            || (matches!(sheet.page, Page::TypeNumber(_)) && letters(&piece.label))
            || (sheet.writing.is_some() && typing::is_key(&piece.label))
            || piece.label == ["更多", "More"][language as usize]
            || sheet.countdown.is_some();
        faults.check(known, page, || {
            format!("has a control nobody knows: {}", piece.label)
        });
    }
}
