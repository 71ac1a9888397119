//! What there is: things one by one, stands with their laundry, what is kept for whom, and rain.

use super::super::{Action, Look, Mark, Row};
use super::parts;
use crate::desk::dialog::{Dialog, Field, Seek, Wish};
use crate::desk::event::Order;
use crate::desk::lending::{GOES_TO, KeptFact, LendingOrder, LendingWish, state_word};
use crate::lending::{
    self, Answered, BroughtBack, Counted, Kind, Question, Stand, Thing, ThingState, WashMove,
};
use crate::people::Act;
use chrono::Days;

/// Days ahead that something can be kept for somebody from the desk.
const DAYS_AHEAD: u64 = 14;

/// A thing as a row.
pub fn thing_row(thing: &Thing, look: &Look<'_>) -> Row {
    let state = state_word(thing.state);
    let what = called(thing, look);
    let mut actions = Vec::new();
    match thing.state {
        ThingState::OnLoan => {
            let order = Order::TakeBack(BroughtBack::Tag(thing.tag.clone()), None);
            let label = look.say("desk-do-take-back");
            actions.push(Action::order('R', label, Act::TakeBackThings, order));
        }
        ThingState::Lost => {}
        _ => actions.push(check(thing, look)),
    }
    // What is not for loan is kept for nobody.
    let is_for_loan = !matches!(
        thing.state,
        ThingState::InRepair | ThingState::Retired | ThingState::Lost
    );
    if is_for_loan && kind_of(thing, look).is_some_and(|kind| kind.policy.reservable) {
        actions.push(keep(thing, look));
    }
    Row {
        key: thing.id.to_string(),
        mark: mark(thing.state),
        facts: vec![
            (look.say("desk-col-thing"), what.clone()),
            (look.say("desk-col-tag"), thing.tag.clone()),
            (look.say("desk-col-state"), look.say(state)),
        ],
        cells: vec![what, thing.tag.clone(), look.say(state)],
        actions,
    }
}

/// A thing that waits for the desk's look, with what was said when it came back.
pub fn waiting_row(thing: &Thing, look: &Look<'_>) -> Row {
    let mut row = thing_row(thing, look);
    let said: Vec<(String, String)> = answers(thing, look)
        .iter()
        .map(|said| {
            let mark = look.say(match said.yes {
                Some(true) => "desk-said-yes",
                Some(false) => "desk-said-no",
                None => "desk-said-nothing",
            });
            (parts::word(&thing.kind, said.question, look), mark)
        })
        .collect();
    if thing.state == ThingState::AwaitingCheck && !said.is_empty() {
        let lines: Vec<String> = said
            .iter()
            .map(|(asked, mark)| format!("{asked} {mark}"))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        row.cells[2] = Look::joined(&lines);
    }
    row.facts.extend(said);
    row
}

/// Every stand of the house.
pub fn stands(look: &Look<'_>) -> Vec<Stand> {
    lending::wash::stands(&look.house.kinds, &look.facts.stands)
}

/// A stand as a row: where its things are.
pub fn stand_row(stand: &Stand, look: &Look<'_>) -> Row {
    let kind = look.house.kind_name(&stand.kind, look.language);
    let known = look.house.kinds.iter().find(|kind| kind.id == stand.kind);
    let washed = known.is_some_and(|kind| kind.policy.washed);
    let values = [
        ("inside", stand.clean().into()),
        ("out", stand.out.into()),
        ("dirty", stand.dirty.into()),
        ("washing", stand.washing.into()),
        ("total", stand.total.into()),
    ];
    let state = look.with(
        match washed {
            true => "desk-stand-washes",
            false => "desk-stand-holds",
        },
        &values,
    );
    let mut facts = vec![
        (look.say("desk-col-thing"), kind.clone()),
        (look.say("desk-fact-inside"), stand.clean().to_string()),
        (look.say("desk-tab-out"), stand.out.to_string()),
    ];
    let mut actions = vec![count(stand, &kind, look)];
    if washed {
        facts.push((look.say("desk-fact-dirty"), stand.dirty.to_string()));
        facts.push((look.say("desk-fact-washing"), stand.washing.to_string()));
        for (of, how, count) in &look.facts.lending.washes {
            if *of == stand.kind {
                facts.push((look.say(washed_word(*how)), count.to_string()));
            }
        }
        actions.insert(0, wash(stand, &kind, look));
        actions.push(Action::order(
            'P',
            look.say("desk-do-wash-sheet"),
            Act::KeepStock,
            Order::Lending(LendingOrder::PrintWashSheet),
        ));
    }
    facts.push((look.say("desk-field-total"), stand.total.to_string()));
    Row {
        key: format!("stand {}", stand.kind),
        mark: match stand.clean() {
            0 => Mark::Attend,
            _ => Mark::Plain,
        },
        facts,
        cells: vec![kind, look.say("desk-stand"), state],
        actions,
    }
}

/// Something kept for somebody, as a row.
pub fn kept_row(fact: &KeptFact, look: &Look<'_>) -> Row {
    let kept = &fact.kept;
    let thing = look
        .facts
        .things
        .iter()
        .find(|thing| thing.id == kept.thing);
    let what = thing.map(|thing| called(thing, look)).unwrap_or_default();
    let who = look.name(&fact.person);
    let (from, until) = (look.when(kept.from), look.when(kept.until));
    Row {
        key: kept.id.to_string(),
        mark: Mark::Plain,
        facts: vec![
            (look.say("desk-col-thing"), what.clone()),
            (look.say("desk-col-who"), who.clone()),
            (look.say("desk-col-from"), from.clone()),
            (look.say("desk-col-until"), until.clone()),
        ],
        cells: vec![what, who, from, until],
        actions: vec![
            Action::order(
                'C',
                look.say("desk-do-cancel-kept"),
                Act::KeepStock,
                Order::Lending(LendingOrder::Cancel(kept.id)),
            )
            .by_its_key(),
        ],
    }
}

/// What can be done in this room whatever is chosen.
pub fn common(look: &Look<'_>) -> Vec<Action> {
    let rain = look.facts.lending.rain;
    let weather = Action::order(
        'U',
        look.say(match rain {
            true => "desk-do-rain-off",
            false => "desk-do-rain-on",
        }),
        Act::KeepStock,
        Order::Lending(LendingOrder::Rain(!rain)),
    )
    .by_its_key();
    enter(look).into_iter().chain([weather]).collect()
}

fn enter(look: &Look<'_>) -> Option<Action> {
    let kinds: Vec<&Kind> = look
        .house
        .kinds
        .iter()
        .filter(|kind| kind.counted == Counted::Tagged)
        .collect();
    let names: Vec<String> = kinds
        .iter()
        .map(|kind| kind.name.text(look.language).to_owned())
        .collect();
    let dialog = Dialog {
        title: look.say("desk-do-enter-thing"),
        says: look.say("desk-ask-thing-how"),
        fields: vec![
            Field::choice(look.say("desk-col-thing"), names),
            Field::code(look.say("desk-col-tag"), 32),
            Field::text(look.say("desk-field-label"), 12),
        ],
        wish: Wish::EnterThing(kinds.iter().map(|kind| kind.id.clone()).collect()),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-enter-thing");
    (!kinds.is_empty()).then(|| Action::ask('N', label, Act::KeepStock, dialog))
}

/// ● The desk looks at a thing: what was asked at its return is answered, then it goes somewhere.
fn check(thing: &Thing, look: &Look<'_>) -> Action {
    let answers = answers(thing, look);
    let questions: Vec<Question> = answers.iter().map(|said| said.question).collect();
    let mut fields: Vec<Field> = answers
        .iter()
        .map(|said| {
            let mut field = Field::yes_no(parts::word(&thing.kind, said.question, look));
            if said.yes == Some(true) {
                field.type_in("y");
            }
            field
        })
        .collect();
    let places = GOES_TO.map(|to| {
        look.say(match to {
            ThingState::InRepair => "desk-goes-repair",
            ThingState::Retired => "desk-goes-away",
            _ => "desk-goes-shelf",
        })
    });
    fields.push(Field::choice(look.say("desk-field-goes"), places.to_vec()));
    let dialog = Dialog {
        title: look.with("desk-ask-check", &[("what", called(thing, look).into())]),
        says: look.say(match questions.is_empty() {
            true => "desk-ask-check-plain",
            false if questions.contains(&Question::Wiped) => "desk-ask-check-wiped",
            false => "desk-ask-check-how",
        }),
        fields,
        wish: Wish::Lending(LendingWish::Check(thing.id, questions)),
        chosen: 0,
        problem: None,
    };
    Action::ask('K', look.say("desk-do-check"), Act::TakeBackThings, dialog)
}

fn keep(thing: &Thing, look: &Look<'_>) -> Action {
    let today = look.house.building.local(look.at).date();
    let days: Vec<_> = (0..DAYS_AHEAD)
        .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
        .collect();
    let words = days
        .iter()
        .map(|day| crate::words::dates::day(look.language, *day))
        .collect();
    let dialog = Dialog {
        title: look.with("desk-ask-keep", &[("what", called(thing, look).into())]),
        says: look.say("desk-ask-keep-how"),
        fields: vec![
            Field::pick(look.say("desk-col-who"), Seek::OfTheHouse),
            Field::choice(look.say("desk-field-day"), words),
            Field::text(look.say("desk-col-from"), 5).with("09:00"),
            Field::text(look.say("desk-col-until"), 5).with("18:00"),
        ],
        wish: Wish::Lending(LendingWish::Reserve(thing.id, days)),
        chosen: 0,
        problem: None,
    };
    Action::ask('V', look.say("desk-do-keep"), Act::KeepStock, dialog)
}

fn count(stand: &Stand, kind: &str, look: &Look<'_>) -> Action {
    let away = [
        ("out", stand.out.into()),
        ("dirty", stand.dirty.into()),
        ("washing", stand.washing.into()),
    ];
    let of_house = look.house.kinds.iter().find(|of| of.id == stand.kind);
    let says = match of_house.map(|of| (of.counted, of.policy.washed)) {
        Some((Counted::Consumable, _)) => look.say("desk-ask-count-box"),
        Some((_, true)) => look.with("desk-ask-count-washes", &away),
        _ => look.with("desk-ask-count-how", &away[..1]),
    };
    let dialog = Dialog {
        title: look.with("desk-ask-count", &[("kind", kind.into())]),
        says,
        fields: vec![Field::amount(look.say("desk-field-total"), 9_999)],
        wish: Wish::CountStand(stand.kind.clone()),
        chosen: 0,
        problem: None,
    };
    Action::ask('Z', look.say("desk-do-count"), Act::KeepStock, dialog)
}

fn wash(stand: &Stand, kind: &str, look: &Look<'_>) -> Action {
    let words = WashMove::ALL.map(|how| look.say(wash_word(how)));
    let values = [
        ("dirty", stand.dirty.into()),
        ("washing", stand.washing.into()),
    ];
    let dialog = Dialog {
        title: look.with("desk-ask-wash", &[("kind", kind.into())]),
        says: look.with("desk-ask-wash-how", &values),
        fields: vec![
            Field::choice(look.say("desk-field-wash"), words.to_vec()),
            Field::amount(look.say("desk-field-how-many"), 9_999),
        ],
        wish: Wish::Lending(LendingWish::Wash(stand.kind.clone())),
        chosen: 0,
        problem: None,
    };
    Action::ask('W', look.say("desk-do-wash"), Act::KeepStock, dialog)
}

fn wash_word(how: WashMove) -> &'static str {
    match how {
        WashMove::Sent => "desk-wash-sent",
        WashMove::Back => "desk-wash-back",
        WashMove::WrittenOff => "desk-wash-written-off",
    }
}

/// The same as a count of today.
fn washed_word(how: WashMove) -> &'static str {
    match how {
        WashMove::Sent => "desk-washed-sent",
        WashMove::Back => "desk-washed-back",
        WashMove::WrittenOff => "desk-washed-written-off",
    }
}

fn called(thing: &Thing, look: &Look<'_>) -> String {
    let kind = look.house.kind_name(&thing.kind, look.language);
    format!("{kind} {}", thing.label)
}

fn kind_of<'a>(thing: &Thing, look: &Look<'a>) -> Option<&'a Kind> {
    look.house.kinds.iter().find(|kind| kind.id == thing.kind)
}

fn answers<'a>(thing: &Thing, look: &Look<'a>) -> &'a [Answered] {
    let asked = look.facts.lending.asked.iter();
    let mut asked = asked.filter(|(id, _)| *id == thing.id);
    asked.next().map_or(&[], |(_, answers)| answers.as_slice())
}

fn mark(state: ThingState) -> Mark {
    match state {
        ThingState::AwaitingCheck | ThingState::InRepair => Mark::Attend,
        ThingState::Lost => Mark::Stop,
        ThingState::Available | ThingState::OnLoan | ThingState::Reserved | ThingState::Retired => {
            Mark::Plain
        }
    }
}
