//! Who may collect whose mail: companies' signatories 签字有效人员, and people who let others.

use super::order;
use crate::desk::dialog::{Dialog, Field, Seek};
use crate::desk::facts::AuthorityFact;
use crate::desk::rooms::{Action, Look, MOMENT, Mark, Row, Table};
use crate::desk::services::MailOrder;
use crate::desk::wishes::{COVERS, ServiceWish};
use crate::mail::Covers;
use crate::people::Act;

/// All of them that hold.
pub fn table(look: &Look<'_>) -> Table {
    let columns = [
        ("desk-field-mail-of", 30),
        ("desk-field-collects", 20),
        ("desk-field-covers", 24),
        ("desk-field-last-day", MOMENT),
    ];
    let facts = look.facts.authorities.iter();
    Table {
        columns: columns.map(|(id, w)| (look.say(id), w)).to_vec(),
        rows: facts.map(|fact| row(fact, look)).collect(),
        common: vec![give(look)],
        empty: look.say("desk-no-authorities"),
    }
}

fn row(fact: &AuthorityFact, look: &Look<'_>) -> Row {
    let authority = &fact.authority;
    let principal = fact.principal.masked(look.language);
    let holder = fact.holder.as_ref().map(|name| look.name(name));
    let holder = holder.unwrap_or_default();
    let covers = look.say(word(Covers::of(&authority.kinds)));
    let until = match (authority.once, authority.until) {
        (true, None) => look.say("desk-authority-once"),
        (true, Some(until)) => {
            Look::joined(&[&look.say("desk-authority-once"), &look.last_day(until)])
        }
        (false, Some(until)) => look.last_day(until),
        (false, None) => look.say("desk-grant-open"),
    };
    Row {
        key: authority.id.to_string(),
        mark: Mark::Plain,
        facts: vec![
            (look.say("desk-field-mail-of"), principal.clone()),
            (look.say("desk-field-collects"), holder.clone()),
            (look.say("desk-field-covers"), covers.clone()),
            (look.say("desk-field-last-day"), until.clone()),
        ],
        cells: vec![principal, holder, covers, until],
        actions: vec![
            order(
                'W',
                look.say("desk-do-withdraw"),
                Act::HandleMail,
                MailOrder::WithdrawAuthority(authority.id),
            )
            .by_its_key(),
        ],
    }
}

/// Somebody may collect: from a company's list of signatories, or in writing from a person.
fn give(look: &Look<'_>) -> Action {
    let covers = COVERS.map(|covers| look.say(word(covers)));
    let fields = vec![
        Field::pick(look.say("desk-field-mail-of"), Seek::Addressee),
        Field::pick(look.say("desk-field-collects"), Seek::OfTheHouse),
        Field::choice(look.say("desk-field-covers"), covers.to_vec()),
        Field::text(look.say("desk-field-last-day"), 10).not_needed(),
        Field::yes_no(look.say("desk-authority-once")),
    ];
    let dialog = Dialog::service(
        look.say("desk-do-let-collect"),
        look.say("desk-ask-let-collect-how"),
        fields,
        ServiceWish::LetCollect(look.calendar()),
    );
    let label = look.say("desk-do-let-collect");
    Action::ask('L', label, Act::HandleMail, dialog)
}

fn word(covers: Covers) -> &'static str {
    match covers {
        Covers::Everything => "mail-covers-all",
        Covers::Unsigned => "mail-covers-unsigned",
    }
}
