//! The room of today: what happened, the newest first.

use super::{Look, Mark, Row, Table};
use crate::desk::facts::EntryFact;

/// What happened today.
pub fn table(look: &Look<'_>) -> Table {
    let column = |id: &str, share| (look.say(id), share);
    Table {
        columns: vec![
            column("desk-col-time", 12),
            column("desk-col-what", 48),
            column("desk-col-by", 40),
        ],
        rows: look
            .facts
            .today
            .iter()
            .map(|entry| row(entry, look))
            .collect(),
        common: Vec::new(),
        empty: look.say("desk-nothing-today"),
    }
}

fn row(entry: &EntryFact, look: &Look<'_>) -> Row {
    let what = format!("{} {}", happened(entry, look), entry.about);
    let who = match &entry.person {
        Some(name) => look.name(name),
        None => look.say("desk-by-nobody"),
    };
    Row {
        key: entry.seq.to_string(),
        mark: Mark::Plain,
        cells: vec![look.when(entry.at), what.trim().to_owned(), who.clone()],
        facts: vec![
            (look.say("desk-col-time"), look.when(entry.at)),
            (look.say("desk-col-what"), what.trim().to_owned()),
            (look.say("desk-col-by"), who),
            (look.say("desk-fact-entry"), entry.seq.to_string()),
        ],
        actions: Vec::new(),
    }
}

/// What the journal says, in words; the kind itself where nobody wrote words for it.
fn happened(entry: &EntryFact, look: &Look<'_>) -> String {
    let id = match (entry.service.as_str(), entry.kind.as_str()) {
        ("lending", "lent") => "desk-entry-lent",
        ("lending", "returned") => "desk-entry-returned",
        ("lending", "pool-counted") => "desk-entry-counted",
        ("lending", "thing-entered") => "desk-entry-thing",
        ("people", "person-entered") => "desk-entry-person",
        ("people", "tenant-entered") => "desk-entry-tenant",
        ("people", "card-issued") => "desk-entry-card",
        ("people", "card-moved") => "desk-entry-card-moved",
        ("people", "language-chosen") => "desk-entry-language",
        ("people", "pin-set") => "desk-entry-pin",
        ("people", "pin-wrong") => "desk-entry-pin-wrong",
        ("people", "logged-in") => "desk-entry-logged-in",
        ("people", "logged-out") => "desk-entry-logged-out",
        ("people", "staff-unlocked") => "desk-entry-unlocked",
        ("matters", "opened") => "desk-entry-matter-opened",
        ("matters", "taken") => "desk-entry-matter-taken",
        ("matters", "handed-over") => "desk-entry-matter-handed",
        ("matters", "closed") => "desk-entry-matter-closed",
        ("slips", "confirmed") => "desk-entry-slip-confirmed",
        ("slips", "unknown") => "desk-entry-slip-unknown",
        ("slips", "requeued") => "desk-entry-slip-requeued",
        ("slips", "reprinted") => "desk-entry-slip-reprinted",
        ("keys", "taken") => "desk-entry-key-taken",
        ("mail", "arrived") => "desk-entry-mail-arrived",
        _ => return format!("{} {}", entry.service, entry.kind),
    };
    look.say(id)
}
