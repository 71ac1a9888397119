//! The numbers at the top, and the table that each of them opens.

use super::rooms::{Look, Room, overdue};
use super::view::Counter;
use crate::visits::VisitState;

/// The counters, each with the room and the table where what it counts stands.
pub(super) fn counters(look: &Look<'_>) -> Vec<(Counter, Room, usize)> {
    let facts = look.facts;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let inside = |state| state == VisitState::Inside;
    let inside = facts.visits.iter().filter(|fact| inside(fact.visit.state));
    let faults = look.devices.iter().filter(|device| device.fault.is_some());
    let counter = |count, id: &str, attend: bool| Counter {
        count,
        name: look.say(id),
        attend: attend && count > 0,
    };
    let count = |count: usize, id, attend| counter(number(count), id, attend);
    let mut counters = vec![
        (
            count(inside.count(), "desk-count-inside", false),
            Room::Visitors,
            1,
        ),
        (
            count(facts.out.len(), "desk-count-out", false),
            Room::Lending,
            0,
        ),
        (
            count(overdue::rows(look).len(), "desk-count-overdue", true),
            Room::Today,
            1,
        ),
        (
            counter(facts.keys_out, "desk-count-keys", false),
            Room::Keys,
            0,
        ),
        (
            counter(facts.mail_waiting, "desk-count-mail", false),
            Room::Mail,
            0,
        ),
        (
            count(facts.matters.len(), "desk-count-open", true),
            Room::Matters,
            0,
        ),
        (
            count(faults.count(), "desk-count-faults", true),
            Room::Devices,
            0,
        ),
    ];
    // Nothing is counted to whoever does not read it.
    counters.retain(|(_, room, tab)| room.is_read(*tab, look));
    counters
}
