//! Companies that move in and out, people who change their company or leave it: the acts on their rows.

use super::people::{ENTERED, LONGEST_ADDRESS, role};
use super::{Action, Look};
use crate::desk::dialog::{Dialog, Field, RoleChange, Wish};
use crate::desk::facts::{PersonFact, TenantFact};
use crate::people::{Act, Role, TenantState, staff};

/// Where a company can stand, in the order of the choice.
pub const STATES: [TenantState; 4] = [
    TenantState::MovingIn,
    TenantState::In,
    TenantState::MovingOut,
    TenantState::Moved,
];

/// What a state is called.
pub fn state_word(state: TenantState) -> &'static str {
    match state {
        TenantState::MovingIn => "desk-tenant-moving-in",
        TenantState::In => "desk-tenant-in",
        TenantState::MovingOut => "desk-tenant-moving-out",
        TenantState::Moved => "desk-tenant-moved",
    }
}

/// The state of a company, with where it is reached.
pub fn keep_tenant(fact: &TenantFact, look: &Look<'_>) -> Action {
    let states = STATES.map(|state| look.say(state_word(state))).to_vec();
    let place = STATES.iter().position(|state| *state == fact.state);
    let fields = vec![
        Field::choice(look.say("desk-col-state"), states).at(place.unwrap_or_default()),
        Field::text(look.say("desk-field-tenant-phone"), 40)
            .not_needed()
            .with(fact.phone.clone()),
        Field::text(look.say("desk-field-address"), LONGEST_ADDRESS)
            .not_needed()
            .with(fact.forwarding.clone()),
        Field::text(look.say("desk-field-english-address"), LONGEST_ADDRESS)
            .not_needed()
            .with(fact.address_en.clone()),
    ];
    let name = fact.name.text(look.language).to_owned();
    let dialog = Dialog {
        title: look.say("desk-do-keep-tenant"),
        says: look.with("desk-ask-keep-tenant-how", &[("name", name.into())]),
        fields,
        wish: Wish::KeepTenant(fact.tenant),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-keep-tenant");
    Action::ask('S', label, Act::KeepPeople, dialog)
}

/// What can be done about where somebody works; nobody does it to themselves.
pub fn of_person(fact: &PersonFact, look: &Look<'_>) -> Vec<Action> {
    if fact.person == look.me.person {
        return Vec::new();
    }
    let mut actions = vec![move_person(fact, look)];
    if staff::is_staff(&fact.roles) {
        actions.push(change_role(fact, look));
    }
    if !has_left(fact) {
        actions.push(end_person(fact, look));
    }
    actions
}

/// Whether this person is nothing here any more.
pub fn has_left(fact: &PersonFact) -> bool {
    fact.roles.is_empty()
}

fn move_person(fact: &PersonFact, look: &Look<'_>) -> Action {
    let tenants = &look.facts.tenants;
    let names = tenants
        .iter()
        .map(|tenant| tenant.name.text(look.language).to_owned());
    let office = std::iter::once(look.say("desk-property-office"));
    let works = fact.tenant.as_ref().and_then(|(name, rooms)| {
        let same = |tenant: &TenantFact| tenant.name == *name && tenant.rooms == *rooms;
        tenants.iter().position(same)
    });
    let now = ENTERED.iter().position(|of| fact.roles.contains(of));
    let name = look.name(&fact.name);
    // One role takes the place of all; whoever has several is not to lose them unawares.
    let says = match &office_roles(&fact.roles)[..] {
        [] | [_] => look.with("desk-ask-move-person-how", &[("name", name.into())]),
        several => look.with(
            "desk-ask-move-from-roles-how",
            &[
                ("name", name.into()),
                ("roles", roles(several, look).into()),
            ],
        ),
    };
    let dialog = Dialog {
        title: look.say("desk-do-move-person"),
        says,
        fields: vec![
            Field::choice(look.say("desk-col-company"), office.chain(names).collect())
                .at(works.map_or(0, |place| place + 1)),
            Field::choice(
                look.say("desk-col-role"),
                ENTERED.map(|of| role(of, look)).to_vec(),
            )
            .at(now.unwrap_or_default()),
        ],
        wish: Wish::MovePerson(
            fact.person,
            tenants.iter().map(|tenant| tenant.tenant).collect(),
        ),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-move-person");
    Action::ask('G', label, Act::KeepPeople, dialog).by_its_key()
}

/// The roles of the property office among these, in the order of the choice.
fn office_roles(of: &[Role]) -> Vec<Role> {
    let of_the_office = |role: &Role| staff::is_staff(&[*role]);
    let there = ENTERED.into_iter().filter(of_the_office);
    there.filter(|role| of.contains(role)).collect()
}

fn roles(of: &[Role], look: &Look<'_>) -> String {
    let words: Vec<String> = of.iter().map(|of| role(*of, look)).collect();
    words.join(" · ")
}

/// One role more or one less, in one form: what can be given comes first, and the role before what
/// becomes of it, so that its first letter finds it.
fn change_role(fact: &PersonFact, look: &Look<'_>) -> Action {
    let held = office_roles(&fact.roles);
    let missing = office_roles(&ENTERED)
        .into_iter()
        .filter(|role| !held.contains(role));
    let mut changes: Vec<RoleChange> = missing.map(RoleChange::Give).collect();
    if held.len() > 1 {
        changes.extend(held.iter().copied().map(RoleChange::Take));
    }
    let choices = changes.iter().map(|change| {
        let (id, of) = match change {
            RoleChange::Give(of) => ("desk-role-to-give", of),
            RoleChange::Take(of) => ("desk-role-to-take", of),
        };
        look.with(id, &[("role", role(*of, look).into())])
    });
    let dialog = Dialog {
        title: look.say("desk-do-change-role"),
        says: look.with(
            "desk-ask-change-role-how",
            &[
                ("name", look.name(&fact.name).into()),
                ("roles", roles(&held, look).into()),
            ],
        ),
        fields: vec![Field::choice(look.say("desk-col-role"), choices.collect())],
        wish: Wish::ChangeRole(fact.person, changes),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-change-role");
    Action::ask('R', label, Act::KeepPeople, dialog).by_its_key()
}

fn end_person(fact: &PersonFact, look: &Look<'_>) -> Action {
    let name = look.name(&fact.name);
    let dialog = Dialog {
        title: look.say("desk-do-end-person"),
        says: look.with(
            "desk-ask-end-person-how",
            &[
                ("name", name.into()),
                ("loans", fact.loans.into()),
                ("keys", fact.keys.into()),
            ],
        ),
        fields: vec![Field::yes_no(look.say("desk-field-has-left"))],
        wish: Wish::EndPerson(fact.person),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-end-person");
    Action::ask('E', label, Act::KeepPeople, dialog).by_its_key()
}
