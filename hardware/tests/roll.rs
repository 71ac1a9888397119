//! The paper roll, counted (hardware.md §7.4: many printers have no near-end sensor).

use lodge_hardware::escpos::document::{Document, Row};
use lodge_hardware::escpos::measure::dots;
use lodge_hardware::escpos::profile::{DOTS_PER_MM, Profile};
use lodge_hardware::escpos::roll::{Roll, RollNews, RollSettings, RollState};
use lodge_hardware::escpos::status::{Paper, PrinterStatus};

const SETTINGS: RollSettings = RollSettings {
    length_mm: 1000,
    warn_mm: 200,
};

fn status(paper: Paper, cover_open: bool) -> PrinterStatus {
    PrinterStatus {
        online: paper != Paper::Out && !cover_open,
        paper,
        cover_open,
        ..PrinterStatus::default()
    }
}

fn new_roll() -> Roll {
    Roll::new(SETTINGS, RollState::default())
}

#[test]
fn the_owner_is_warned_once_before_the_roll_ends() {
    let mut roll = new_roll();
    let slip = 100 * DOTS_PER_MM;
    let news: Vec<Option<RollNews>> = (0..12).map(|_| roll.fed(slip)).collect();
    let warned = news.iter().position(Option::is_some);
    assert_eq!(warned, Some(7));
    assert_eq!(news[7], Some(RollNews::EndsSoon { left_mm: 200 }));
    assert_eq!(news.iter().flatten().count(), 1);
    assert_eq!(roll.left_mm(), 0);
}

#[test]
fn the_count_goes_on_after_a_restart_and_so_does_the_silence_after_the_warning() {
    let mut roll = new_roll();
    roll.fed(790 * DOTS_PER_MM);
    let mut roll = Roll::new(SETTINGS, roll.state());
    assert_eq!(roll.left_mm(), 210);
    assert!(roll.fed(20 * DOTS_PER_MM).is_some());
    let mut roll = Roll::new(SETTINGS, roll.state());
    assert_eq!(roll.fed(20 * DOTS_PER_MM), None);
}

#[test]
fn a_roll_put_in_is_counted_from_its_beginning() {
    let mut roll = new_roll();
    roll.fed(900 * DOTS_PER_MM);
    roll.replaced();
    assert_eq!((roll.left_mm(), roll.state()), (1000, RollState::default()));
    assert!(roll.fed(900 * DOTS_PER_MM).is_some(), "it warns again");
}

#[test]
fn paper_after_none_is_a_new_roll() {
    for paper in [Paper::Ok, Paper::NearEnd] {
        let mut roll = new_roll();
        roll.fed(900 * DOTS_PER_MM);
        assert_eq!(roll.heard(&status(Paper::Out, false)), None);
        let mut roll = Roll::new(SETTINGS, roll.state());
        // With the cover open the paper bits mean nothing.
        assert_eq!(roll.heard(&status(Paper::Ok, true)), None);
        assert_eq!(roll.heard(&status(paper, false)), Some(RollNews::NewRoll));
        assert_eq!(roll.left_mm(), 1000);
        assert_eq!(roll.heard(&status(paper, false)), None);
    }
}

#[test]
fn an_opened_cover_is_no_new_roll() {
    let mut roll = new_roll();
    roll.fed(500 * DOTS_PER_MM);
    for (paper, open) in [
        (Paper::Ok, true),
        (Paper::Ok, false),
        (Paper::NearEnd, false),
    ] {
        assert_eq!(roll.heard(&status(paper, open)), None);
    }
    assert_eq!(roll.left_mm(), 500);
}

#[test]
fn a_slips_paper_is_its_rows_its_code_and_the_way_to_the_cutter() {
    let slip = Document::new()
        .title("large")
        .text("a row")
        .row(Row::Feed(2))
        .row(Row::Qr {
            data: "seventeen letters".to_owned(),
            module: 6,
        })
        .row(Row::Cut);
    let expected = 48 + 30 + 60 + 25 * 6 + 4 * 30;
    assert_eq!(dots(&slip, &Profile::generic_80mm()), expected);
    let mut roll = Roll::new(RollSettings::default(), RollState::default());
    while roll.fed(expected).is_none() {}
    assert!(
        (1900..=2000).contains(&roll.left_mm()),
        "some slips before the end"
    );
}
