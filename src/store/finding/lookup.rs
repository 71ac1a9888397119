//! From a query to the rows that may be meant, the likeliest first.

use super::keys::kind;
use super::{FoundPerson, person};
use crate::people::TenantId;
use crate::people::finding::{CUT, Query};
use crate::store::error::{Doing, StoreError};
use crate::store::words::from_word;
use rusqlite::{Connection, params};
use std::collections::HashSet;

const DOING: &str = "look for a name";

/// Keys of one kind: those that begin with something, and those cut off before the query ends.
struct Lane {
    kind: i64,
    from: String,
    cut: bool,
}

/// Where a query is looked for, in the order of what people mean most.
fn lanes(query: &Query) -> Vec<Lane> {
    let lane = |kind, from: &str, cut| Lane {
        kind,
        from: from.to_owned(),
        cut,
    };
    match query {
        Query::Chinese(text) => {
            let mut lanes = vec![lane(kind::NAME, text, false)];
            if text.chars().count() > 1 {
                lanes.push(lane(kind::INSIDE, text, false));
            }
            lanes
        }
        Query::Letters { words, run } => {
            let longest = words.iter().max_by_key(|word| word.len());
            let mut lanes = vec![
                lane(kind::PINYIN, run, true),
                lane(kind::INITIALS, run, true),
            ];
            lanes.extend(longest.map(|word| lane(kind::WORDS, word, false)));
            lanes
        }
    }
}

/// The end of the range of keys that begin with this: no key holds the last character there is.
fn end(from: &str) -> String {
    format!("{from}\u{10FFFF}")
}

/// Hands each person to `each` who may be meant, until it says that it has enough.
pub(super) fn persons(
    connection: &Connection,
    query: &Query,
    mut each: impl FnMut(FoundPerson) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut seen = HashSet::new();
    let mut in_range = connection
        .prepare_cached("SELECT number FROM person_keys WHERE kind = ?1 AND key >= ?2 AND key < ?3")
        .doing(DOING)?;
    let mut identifier = connection
        .prepare_cached("SELECT person FROM findable_persons WHERE number = ?1")
        .doing(DOING)?;
    for lane in lanes(query) {
        let mut ranges = vec![(lane.from.clone(), end(&lane.from))];
        // Behind the name itself, the longest cut key comes first.
        if lane.cut {
            ranges.extend(cuts(&lane.from));
        }
        for (from, to) in ranges {
            let mut rows = in_range.query(params![lane.kind, from, to]).doing(DOING)?;
            while let Some(row) = rows.next().doing(DOING)? {
                let number: i64 = row.get(0).doing(DOING)?;
                if !seen.insert(number) {
                    continue;
                }
                let id = identifier
                    .query_row([number], |row| row.get(0))
                    .doing(DOING)?;
                if !each(person(connection, id)?)? {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// Where the keys of long names lie that were cut off before the query ends, longest first.
fn cuts(run: &str) -> impl Iterator<Item = (String, String)> {
    let begun = (1..run.len()).rev().filter_map(|length| run.get(..length));
    begun.map(|begun| {
        let key = format!("{begun}{CUT}");
        let behind = end(&key);
        (key, behind)
    })
}

/// Hands everybody of a tenant to `each`, until it says that it has enough.
pub(super) fn persons_of(
    connection: &Connection,
    tenant: TenantId,
    mut each: impl FnMut(FoundPerson) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut select = connection
        .prepare_cached("SELECT id FROM persons WHERE tenant = ?1 ORDER BY id")
        .doing(DOING)?;
    let mut rows = select.query([tenant.to_string()]).doing(DOING)?;
    while let Some(row) = rows.next().doing(DOING)? {
        if !each(person(connection, row.get(0).doing(DOING)?)?)? {
            break;
        }
    }
    Ok(())
}

/// Every tenant that may be meant, the likeliest first.
pub(super) fn tenants(connection: &Connection, query: &Query) -> Result<Vec<TenantId>, StoreError> {
    let mut lanes = lanes(query);
    if let Query::Letters { run, .. } = query {
        lanes.push(Lane {
            kind: kind::ROOM,
            from: run.clone(),
            cut: false,
        });
    }
    let mut select = connection
        .prepare_cached("SELECT tenant FROM tenant_keys WHERE kind = ?1 AND key >= ?2 AND key < ?3")
        .doing(DOING)?;
    let mut found: Vec<TenantId> = Vec::new();
    for lane in lanes {
        let mut ranges = vec![(lane.from.clone(), end(&lane.from))];
        if lane.cut {
            ranges.extend(cuts(&lane.from));
        }
        for (from, to) in ranges {
            let mut rows = select.query(params![lane.kind, from, to]).doing(DOING)?;
            while let Some(row) = rows.next().doing(DOING)? {
                let id: String = row.get(0).doing(DOING)?;
                let id = from_word(id.clone(), DOING, || format!("tenant {id}"))?;
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
    }
    Ok(found)
}
