//! The list of all pages, which the tours must show in both languages: `tests/tours/pages.txt`.

use lodge::bench::tour::pages;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_list_of_pages_for_the_tours_is_whole() {
    let listed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tours/pages.txt");
    let listed = std::fs::read_to_string(listed).expect("the list");
    let listed: BTreeSet<String> = listed.lines().map(str::to_owned).collect();
    let sheets = crate::sheets();
    let drawn: BTreeSet<String> = sheets
        .iter()
        .map(|sheet| pages::name(&sheet.page))
        .collect();
    assert!(drawn.len() > 50, "{drawn:?}");
    let missing: Vec<_> = drawn.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "not in tests/tours/pages.txt: {missing:#?}"
    );
    let gone: Vec<_> = listed.difference(&drawn).collect();
    assert!(gone.is_empty(), "no sheet shows {gone:#?}");
}
