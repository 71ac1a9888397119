//! The room of today: what happened, the newest first; and what is overdue.

use super::{Action, Look, Mark, Row, Table, overdue};
use crate::desk::event::Order;
use crate::desk::facts::EntryFact;
use crate::people::Act;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    vec![
        (look.say("desk-tab-today"), look.facts.today.len()),
        (look.say("desk-tab-overdue"), overdue::rows(look).len()),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    if tab > 0 {
        return overdue::table(look);
    }
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
        common: vec![
            Action::order(
                'P',
                look.say("desk-do-pack"),
                Act::ReadRegisters,
                Order::PrintPack,
            )
            .by_its_key(),
        ],
        empty: look.say("desk-nothing-today"),
    }
}

fn row(entry: &EntryFact, look: &Look<'_>) -> Row {
    let what = format!("{} {}", happened(entry, look), entry.about);
    let who = match &entry.person {
        Some(name) => look.name(name),
        None => look.say(by_itself(entry)),
    };
    Row {
        key: entry.seq.to_string(),
        mark: Mark::Plain,
        cells: vec![look.time(entry.at), what.trim().to_owned(), who.clone()],
        facts: vec![
            (look.say("desk-col-time"), look.time(entry.at)),
            (look.say("desk-col-what"), what.trim().to_owned()),
            (look.say("desk-col-by"), who),
            (look.say("desk-fact-entry"), entry.seq.to_string()),
        ],
        actions: Vec::new(),
    }
}

/// Who did it where nobody is named: the program by itself, or somebody without a card.
fn by_itself(entry: &EntryFact) -> &'static str {
    match (entry.service.as_str(), entry.kind.as_str()) {
        ("slips" | "matters", _)
        | ("visits", "lapsed")
        | ("lending", "rain" | "reservation-ended") => "desk-by-program",
        _ => "desk-by-nobody",
    }
}

/// What the journal says, in words; the kind itself where nobody wrote words for it.
fn happened(entry: &EntryFact, look: &Look<'_>) -> String {
    let id = match (entry.service.as_str(), entry.kind.as_str()) {
        ("slips", "pack-printed") => "desk-entry-pack",
        ("lending", "lent") => "desk-entry-lent",
        ("lending", "returned") => "desk-entry-returned",
        ("lending", "pool-counted") => "desk-entry-counted",
        ("lending", "thing-entered") => "desk-entry-thing",
        ("people", "person-entered") => "desk-entry-person",
        ("people", "tenant-entered") => "desk-entry-tenant",
        ("people", "tenant-kept") => "desk-entry-tenant-kept",
        ("people", "person-moved") => "desk-entry-person-moved",
        ("people", "role-given") => "desk-entry-role-given",
        ("people", "role-taken") => "desk-entry-role-taken",
        ("people", "person-left") => "desk-entry-person-left",
        ("people", "card-issued") => "desk-entry-card",
        ("people", "card-moved") => "desk-entry-card-moved",
        ("people", "language-chosen") => "desk-entry-language",
        ("people", "pin-set") => "desk-entry-pin",
        ("people", "pin-wrong") => "desk-entry-pin-wrong",
        ("lending", "answered") => "desk-entry-answered",
        ("lending", "renewed") => "desk-entry-renewed",
        ("lending", "lost") => "desk-entry-lost",
        ("lending", "turned-up") => "desk-entry-turned-up",
        ("lending", "thing-moved") => "desk-entry-thing-moved",
        ("lending", "booked") => "desk-entry-booked",
        ("lending", "reserved") => "desk-entry-reserved",
        ("lending", "reservation-ended") => "desk-entry-reservation-ended",
        ("lending", "wash-sheet-printed") => "desk-entry-wash-sheet",
        ("lending", "given") => "desk-entry-given",
        ("lending", "washed") => "desk-entry-washed",
        ("lending", "rain") => "desk-entry-rain",
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
        ("slips", "given-up") => "desk-entry-slip-given-up",
        ("slips", "reprinted") => "desk-entry-slip-reprinted",
        ("visits", "announced") => "desk-entry-visit-announced",
        ("visits", "came") => "desk-entry-visit-came",
        ("visits", "approved") => "desk-entry-visit-approved",
        ("visits", "refused") => "desk-entry-visit-refused",
        ("visits", "entered") => "desk-entry-visit-entered",
        ("visits", "left") => "desk-entry-visit-left",
        ("visits", "withdrawn") => "desk-entry-visit-withdrawn",
        ("visits", "permit-withdrawn") => "desk-entry-visit-permit-withdrawn",
        ("visits", "lapsed") => "desk-entry-visit-lapsed",
        ("visits", "card-issued") => "desk-entry-visit-card-issued",
        ("visits", "card-returned") => "desk-entry-visit-card-returned",
        ("visits", "card-gone") => "desk-entry-visit-card-gone",
        ("visits", "permit-entered") => "desk-entry-visit-permit-entered",
        ("visits", "not-admitted") => "desk-entry-visit-not-admitted",
        ("visits", "lifted") => "desk-entry-visit-lifted",
        ("visits", "alerted") => "desk-entry-visit-alerted",
        ("visits", "match-cleared") => "desk-entry-visit-match-cleared",
        ("visits", "message-left") => "desk-entry-visit-message-left",
        ("visits", "roll-called") => "desk-entry-visit-roll-called",
        ("visits", "erased") => "desk-entry-visit-erased",
        ("keys", "hung") => "desk-entry-key-hung",
        ("keys", "granted") => "desk-entry-key-granted",
        ("keys", "grant-withdrawn") => "desk-entry-key-grant-withdrawn",
        ("keys", "taken") => "desk-entry-key-taken",
        ("keys", "signed-out") => "desk-entry-key-signed-out",
        ("keys", "returned") => "desk-entry-key-returned",
        ("keys", "reported") => "desk-entry-key-reported",
        ("keys", "raised") => "desk-entry-key-raised",
        ("keys", "described") => "desk-entry-key-described",
        ("keys", "retired") => "desk-entry-key-retired",
        ("keys", "turned-up") => "desk-entry-key-turned-up",
        ("keys", "hung-back") => "desk-entry-key-hung-back",
        ("keys", "decided") => "desk-entry-key-decided",
        ("keys", "check-begun") => "desk-entry-key-check-begun",
        ("keys", "found") => "desk-entry-key-found",
        ("keys", "check-closed") => "desk-entry-key-check-closed",
        ("keys", "map-printed") => "desk-entry-key-map-printed",
        ("keys", "tenant-told") => "desk-entry-key-tenant-told",
        ("mail", "arrived") => "desk-entry-mail-arrived",
        ("mail", "batch-opened") => "desk-entry-mail-batch-opened",
        ("mail", "taken-in") => "desk-entry-mail-taken-in",
        ("mail", "corrected") => "desk-entry-mail-corrected",
        ("mail", "batch-closed") => "desk-entry-mail-batch-closed",
        ("mail", "notice-printed") => "desk-entry-mail-notice-printed",
        ("mail", "reminded") => "desk-entry-mail-reminded",
        ("mail", "authority-given") => "desk-entry-mail-authority-given",
        ("mail", "authority-withdrawn") => "desk-entry-mail-authority-withdrawn",
        ("mail", "picked-up") => "desk-entry-mail-picked-up",
        ("mail", "round-started") => "desk-entry-mail-round-started",
        ("mail", "delivered") => "desk-entry-mail-delivered",
        ("mail", "attempt-failed") => "desk-entry-mail-attempt-failed",
        ("mail", "not-tried") => "desk-entry-mail-not-tried",
        ("mail", "round-ended") => "desk-entry-mail-round-ended",
        ("mail", "return-asked") => "desk-entry-mail-return-asked",
        ("mail", "return-allowed") => "desk-entry-mail-return-allowed",
        ("mail", "return-dropped") => "desk-entry-mail-return-dropped",
        ("mail", "return-printed") => "desk-entry-mail-return-printed",
        ("mail", "dead-letter") => "desk-entry-mail-dead-letter",
        ("mail", "recalled") => "desk-entry-mail-recalled",
        ("mail", "handed-to-post") => "desk-entry-mail-handed-to-post",
        _ => return format!("{} {}", entry.service, entry.kind),
    };
    look.say(id)
}
