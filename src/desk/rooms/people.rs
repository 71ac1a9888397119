//! The room of people: who works here, which companies there are; anybody else by the search box.

use super::moving::{self, has_left, state_word};
use super::{Action, Look, Mark, Row, Table};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::event::Order;
use crate::desk::facts::{PersonFact, TenantFact};
use crate::people::{Act, CardState, Role, staff};

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    vec![
        (look.say("desk-tab-staff"), look.facts.staff.len()),
        (look.say("desk-tab-tenants"), look.facts.tenants.len()),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let column = |id: &str, share| (look.say(id), share);
    let (columns, rows, empty) = match tab {
        0 => (
            vec![
                column("desk-col-name", 24),
                column("desk-col-company", 30),
                // Several roles a person stand beside one another.
                column("desk-col-role", 46),
            ],
            look.facts
                .staff
                .iter()
                .map(|person| person_row(person, look))
                .collect(),
            "desk-no-staff",
        ),
        _ => (
            vec![
                column("desk-col-company", 50),
                column("desk-col-rooms", 30),
                column("desk-col-state", 20),
            ],
            look.facts
                .tenants
                .iter()
                .map(|tenant| tenant_row(tenant, look))
                .collect(),
            "desk-no-tenants",
        ),
    };
    Table {
        columns,
        rows,
        common: vec![enter_person(look), enter_tenant(look)],
        empty: look.say(empty),
    }
}

/// A person as a row, here and among what a search finds.
pub fn person_row(fact: &PersonFact, look: &Look<'_>) -> Row {
    let name = look.name(&fact.name);
    let company = match &fact.tenant {
        Some((name, rooms)) => Look::joined(&[name.text(look.language), rooms]),
        None => look.say("desk-property-office"),
    };
    let roles: Vec<String> = fact.roles.iter().map(|of| role(*of, look)).collect();
    let roles = match has_left(fact) {
        true => look.say("desk-has-left"),
        false => roles.join(" · "),
    };
    let mut facts = vec![
        (look.say("desk-col-name"), name.clone()),
        (look.say("desk-col-company"), company.clone()),
        (look.say("desk-col-role"), roles.clone()),
        (look.say("desk-fact-on-loan"), fact.loans.to_string()),
    ];
    let cards = fact.cards.iter().enumerate().map(|(place, (_, state))| {
        let label = look.with("desk-fact-card", &[("place", (place + 1).into())]);
        (label, look.say(card(*state)))
    });
    facts.extend(cards);
    let mut actions = match has_left(fact) {
        true => Vec::new(),
        false => card_actions(fact, look),
    };
    if staff::is_staff(&fact.roles) {
        actions.push(set_pin(fact, look));
        let label = look.say("desk-do-unlock");
        let order = Order::Unlock(fact.person);
        actions.push(Action::order('U', label, Act::UnlockStaff, order));
    }
    actions.extend(moving::of_person(fact, look));
    Row {
        key: fact.person.to_string(),
        mark: Mark::Plain,
        cells: vec![name, company, roles],
        facts,
        actions,
    }
}

/// A new card, and those there are.
fn card_actions(fact: &PersonFact, look: &Look<'_>) -> Vec<Action> {
    let mut actions = vec![issue(fact, look)];
    for (place, (card, state)) in fact.cards.iter().take(WITH_KEYS.len()).enumerate() {
        let (label, next) = other_state(place, *state, look);
        let order = Order::MoveCard(*card, next);
        actions.push(Action::order(
            WITH_KEYS[place],
            label,
            Act::KeepCards,
            order,
        ));
    }
    actions.extend(further_cards(fact, look));
    actions
}

/// A company as a row.
pub fn tenant_row(fact: &TenantFact, look: &Look<'_>) -> Row {
    let name = fact.name.text(look.language).to_owned();
    let state = look.say(state_word(fact.state));
    Row {
        key: fact.tenant.to_string(),
        mark: Mark::Plain,
        facts: vec![
            (look.say("desk-col-company"), name.clone()),
            (look.say("desk-col-rooms"), fact.rooms.clone()),
            (look.say("desk-col-state"), state.clone()),
            (look.say("desk-field-tenant-phone"), fact.phone.clone()),
            (look.say("desk-field-address"), fact.forwarding.clone()),
            (
                look.say("desk-field-english-address"),
                fact.address_en.clone(),
            ),
        ],
        cells: vec![name, fact.rooms.clone(), state],
        actions: vec![moving::keep_tenant(fact, look)],
    }
}

/// A role, in words.
pub fn role(role: Role, look: &Look<'_>) -> String {
    look.say(role_word(role))
}

/// What a role is called.
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Visitor => "desk-role-visitor",
        Role::TenantMember => "desk-role-tenant-member",
        Role::Contractor => "desk-role-contractor",
        Role::PropertyStaff => "desk-role-property-staff",
        Role::Receptionist => "desk-role-receptionist",
        Role::KeyKeeper => "desk-role-key-keeper",
        Role::MailAdministrator => "desk-role-mail-administrator",
        Role::Supervisor => "desk-role-supervisor",
        Role::Security => "desk-role-security",
        Role::Technician => "desk-role-technician",
        Role::Auditor => "desk-role-auditor",
    }
}

fn card(state: CardState) -> &'static str {
    match state {
        CardState::Active => "desk-card-active",
        CardState::Lost => "desk-card-lost",
        CardState::Expired => "desk-card-expired",
    }
}

/// The keys of the first cards; whoever has more chooses among the rest.
const WITH_KEYS: [char; 2] = ['B', 'V'];

/// What a card can become, and the words for it.
fn other_state(place: usize, state: CardState, look: &Look<'_>) -> (String, CardState) {
    let (id, next) = match state {
        CardState::Active => ("desk-do-block", CardState::Lost),
        CardState::Lost | CardState::Expired => ("desk-do-unblock", CardState::Active),
    };
    (look.with(id, &[("place", (place + 1).into())]), next)
}

/// The third card and all behind it: which, is chosen in a form.
fn further_cards(fact: &PersonFact, look: &Look<'_>) -> Option<Action> {
    let further = fact.cards.iter().enumerate().skip(WITH_KEYS.len());
    let (cards, labels): (Vec<_>, Vec<_>) = further
        .map(|(place, (id, state))| {
            let (label, next) = other_state(place, *state, look);
            (
                (*id, next),
                Look::joined(&[&label, &look.say(card(*state))]),
            )
        })
        .unzip();
    if cards.is_empty() {
        return None;
    }
    let dialog = Dialog {
        title: look.say("desk-do-further-cards"),
        says: look.name(&fact.name),
        fields: vec![Field::choice(look.say("desk-field-card"), labels)],
        wish: Wish::MoveCard(cards),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-further-cards");
    Some(Action::ask('C', label, Act::KeepCards, dialog))
}

fn issue(fact: &PersonFact, look: &Look<'_>) -> Action {
    let dialog = Dialog {
        title: look.say("desk-do-issue"),
        says: look.with(
            "desk-ask-issue-how",
            &[("name", look.name(&fact.name).into())],
        ),
        fields: vec![Field::card(look.say("desk-field-card"))],
        wish: Wish::IssueCard(fact.person),
        chosen: 0,
        problem: None,
    };
    Action::ask('K', look.say("desk-do-issue"), Act::KeepCards, dialog)
}

fn set_pin(fact: &PersonFact, look: &Look<'_>) -> Action {
    let dialog = Dialog {
        title: look.say("desk-do-set-pin"),
        says: look.name(&fact.name),
        fields: vec![
            Field::secret(look.say("desk-field-pin")),
            Field::secret(look.say("desk-field-pin-again")),
        ],
        wish: Wish::SetPin(fact.person),
        chosen: 0,
        problem: None,
    };
    Action {
        key: 'I',
        label: look.say("desk-do-set-pin"),
        // One's own PIN is anybody's.
        act: (fact.person != look.me.person).then_some(Act::UnlockStaff),
        does: super::Does::Ask(Box::new(dialog)),
        careful: false,
    }
}

fn enter_person(look: &Look<'_>) -> Action {
    let tenants = &look.facts.tenants;
    let names = tenants
        .iter()
        .map(|tenant| tenant.name.text(look.language).to_owned());
    let roles = ENTERED.map(|of| role(of, look)).to_vec();
    let dialog = Dialog {
        title: look.say("desk-do-enter-person"),
        says: look.say("desk-ask-person-how"),
        fields: vec![
            Field::text(look.say("desk-field-name-chinese"), 20).not_needed(),
            Field::text(look.say("desk-field-name-latin"), 40).not_needed(),
            Field::choice(
                look.say("desk-col-company"),
                std::iter::once(look.say("desk-property-office"))
                    .chain(names)
                    .collect(),
            ),
            Field::choice(look.say("desk-col-role"), roles),
        ],
        wish: Wish::EnterPerson(tenants.iter().map(|tenant| tenant.tenant).collect()),
        chosen: 0,
        problem: None,
    };
    Action::ask(
        'N',
        look.say("desk-do-enter-person"),
        Act::KeepPeople,
        dialog,
    )
}

/// The roles that the desk gives, the commonest first; a visitor's comes with the visit.
pub const ENTERED: [Role; 10] = [
    Role::TenantMember,
    Role::PropertyStaff,
    Role::Contractor,
    Role::Receptionist,
    Role::KeyKeeper,
    Role::MailAdministrator,
    Role::Security,
    Role::Technician,
    Role::Supervisor,
    Role::Auditor,
];

/// The longest address that is kept, in characters.
pub const LONGEST_ADDRESS: usize = 120;

fn enter_tenant(look: &Look<'_>) -> Action {
    let dialog = Dialog {
        title: look.say("desk-do-enter-tenant"),
        says: look.say("desk-ask-tenant-how"),
        fields: vec![
            Field::text(look.say("desk-field-name-chinese"), 40),
            Field::text(look.say("desk-field-name-latin"), 60),
            Field::text(look.say("desk-col-rooms"), 60),
            Field::text(look.say("desk-field-english-address"), LONGEST_ADDRESS).not_needed(),
        ],
        wish: Wish::EnterTenant,
        chosen: 0,
        problem: None,
    };
    Action::ask(
        'M',
        look.say("desk-do-enter-tenant"),
        Act::KeepPeople,
        dialog,
    )
}
