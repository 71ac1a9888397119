//! Sixty companies more for the sample building, all invented: as many as a tower has.

use crate::people::{Bilingual, TenantState};
use crate::store::{Books, StoreError, TenantRow};
use chrono::{DateTime, Utc};

/// What they are called, in both languages.
const NAMES: [(&str, &str); 20] = [
    ("和光", "Gentle Light"),
    ("远山", "Far Hills"),
    ("云帆", "Cloud Sail"),
    ("长青", "Evergreen"),
    ("明德", "Bright Virtue"),
    ("星河", "Star River"),
    ("嘉禾", "Good Grain"),
    ("蓝田", "Blue Field"),
    ("青石", "Bluestone"),
    ("白鹭", "White Egret"),
    ("松涛", "Pine Wind"),
    ("月湾", "Moon Bay"),
    ("朝晖", "Morning Glow"),
    ("晴川", "Clear Stream"),
    ("听雨", "Rain Song"),
    ("南风", "South Wind"),
    ("望岳", "Peak View"),
    ("林间", "Woodside"),
    ("墨竹", "Ink Bamboo"),
    ("雁行", "Wild Geese"),
];

/// What they do. One after the other has a door on the same floor.
const TRADES: [(&str, &str); 3] = [
    ("设计", "Design"),
    ("科技", "Technology"),
    ("咨询", "Consulting"),
];

/// The lowest of their floors; each name has a floor.
const LOWEST: usize = 5;

/// The first of their rooms on a floor, beside those of the sample building.
const FIRST_ROOM: usize = 4;

/// Enters them, from the lowest floor up.
pub(super) fn enter(books: &mut Books, at: DateTime<Utc>) -> Result<(), StoreError> {
    for (above, (zh, en)) in NAMES.iter().enumerate() {
        for (beside, (trade, business)) in TRADES.iter().enumerate() {
            let floor = LOWEST + above;
            let room = FIRST_ROOM + beside;
            let row = TenantRow {
                name: Bilingual::new(
                    format!("{zh}{trade}有限公司"),
                    format!("{en} {business} Ltd"),
                ),
                rooms: vec![format!("{floor}{room:02}")],
                state: TenantState::In,
            };
            books.enter_tenant(&row, at)?;
        }
    }
    Ok(())
}
