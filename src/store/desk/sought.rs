//! What the search box looks for beside people, things and numbers: keys, grants, matters, work permits,
//! what is kept for somebody; mail and visits by whose they are.

use super::facts::{READING, name, rows};
use crate::desk::about::About;
use crate::desk::cause_word;
use crate::desk::facts::{Hit, MatterFact};
use crate::desk::lending::KeptFact;
use crate::mail::{Addressee, Item, MailId};
use crate::people::finding::{Query, Spoken};
use crate::people::{Language, PersonId, PersonName, TenantId};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::lending;
use crate::store::words::from_word;
use crate::visits::{Visit, VisitId};
use crate::words;
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// Rows from the end of a table that years have filled, among which is looked for what is over.
const OF_LATE: u32 = 2_000;

/// Pieces that are gone and visits, of one search at most.
const MOST_OF_LATE: usize = 20;

/// What was typed, and whom it may mean.
pub(super) struct Sought {
    text: String,
    query: Option<Query>,
    /// People of this name.
    pub people: HashSet<PersonId>,
    /// Companies of this name or room.
    pub tenants: HashSet<TenantId>,
}

impl Sought {
    pub fn new(text: &str) -> Self {
        Sought {
            text: text.trim().to_lowercase(),
            query: Query::read(text),
            people: HashSet::new(),
            tenants: HashSet::new(),
        }
    }

    /// Whether neither people nor companies are meant.
    fn is_nobody(&self) -> bool {
        self.people.is_empty() && self.tenants.is_empty()
    }

    /// Whether this has what was typed in it.
    fn is_in(&self, text: &str) -> bool {
        !self.text.is_empty() && text.to_lowercase().contains(&self.text)
    }

    /// The same of a tag or a hook, which is typed from its beginning.
    fn begins(&self, text: &str) -> bool {
        !self.text.is_empty() && text.to_lowercase().starts_with(&self.text)
    }

    /// Whether this is somebody of that name.
    fn is_named(&self, name: Option<&PersonName>) -> bool {
        let spoken = name.map(Spoken::person);
        let found = self.query.as_ref().zip(spoken);
        found.is_some_and(|(query, name)| name.is_found_by(query))
    }

    /// Whether this company was typed: by its letters, or as it is spoken.
    fn is_company(&self, name: &str) -> bool {
        let spoken = self.query.as_ref();
        self.is_in(name) || spoken.is_some_and(|query| Spoken::text(name, name).is_found_by(query))
    }
}

impl Books {
    /// Visitors whose own company was typed.
    pub(super) fn visitors_of_company(&self, sought: &Sought) -> Result<Vec<PersonId>, StoreError> {
        // Visitors are erased when their time is up, so that there are no years of them.
        let known: Vec<(String, String)> = rows(
            &self.connection,
            "SELECT person, company FROM visitors WHERE company <> '' ORDER BY person DESC",
            [],
            |row| row.try_into(),
        )?;
        // Most come from a few companies: each is compared once.
        let companies: HashSet<&String> = known.iter().map(|(_, company)| company).collect();
        let meant = companies
            .into_iter()
            .filter(|company| sought.is_company(company));
        let meant: HashSet<String> = meant.cloned().collect();
        let theirs = known
            .into_iter()
            .filter(|(_, company)| meant.contains(company));
        theirs
            .take(MOST_OF_LATE)
            .map(|(person, _)| from_word(person.clone(), READING, || format!("visitor {person}")))
            .collect()
    }

    /// The latest visits to these people and companies.
    pub(super) fn visits_to(&self, sought: &Sought) -> Result<Vec<Visit>, StoreError> {
        if sought.is_nobody() {
            return Ok(Vec::new());
        }
        let latest: Vec<(String, Option<String>, Option<String>)> = rows(
            &self.connection,
            "SELECT id, host, tenant FROM visits ORDER BY id DESC LIMIT ?1",
            [OF_LATE],
            |row| row.try_into(),
        )?;
        let mut found = Vec::new();
        for (id, host, tenant) in latest {
            let row = || format!("visit {id}");
            let host: Option<PersonId> = optional(host, row)?;
            let tenant: Option<TenantId> = optional(tenant, row)?;
            let theirs = host.is_some_and(|host| sought.people.contains(&host))
                || tenant.is_some_and(|tenant| sought.tenants.contains(&tenant));
            if theirs {
                let visit: VisitId = from_word(id.clone(), READING, row)?;
                found.extend(self.visit(visit)?);
            }
            if found.len() == MOST_OF_LATE {
                break;
            }
        }
        Ok(found)
    }

    /// Mail for these people and companies: all that is here, then what went of late.
    pub(super) fn mail_for(&self, sought: &Sought) -> Result<Vec<Item>, StoreError> {
        if sought.is_nobody() {
            return Ok(Vec::new());
        }
        let people = sought.people.iter().copied().map(Addressee::Person);
        let companies = sought.tenants.iter().copied().map(Addressee::Tenant);
        let mut found = Vec::new();
        for addressee in people.chain(companies) {
            found.extend(self.mail_here_for(addressee)?);
        }
        found.sort_by_key(|item| (item.arrived, item.id));
        let latest: Vec<(String, String, bool)> = rows(
            &self.connection,
            "SELECT id, addressee, left_at_ms IS NOT NULL FROM mail_items
             ORDER BY id DESC LIMIT ?1",
            [OF_LATE],
            |row| row.try_into(),
        )?;
        let ids = sought.people.iter().map(ToString::to_string);
        let ids = ids.chain(sought.tenants.iter().map(ToString::to_string));
        let ids: HashSet<String> = ids.collect();
        let gone = latest
            .into_iter()
            .filter(|(_, addressee, has_left)| *has_left && ids.contains(addressee));
        for (id, ..) in gone.take(MOST_OF_LATE) {
            let item: MailId = from_word(id.clone(), READING, || format!("item {id}"))?;
            found.extend(self.mail_item(item)?);
        }
        Ok(found)
    }

    /// Keys by hook, tag, group, company or whoever has them; never by what they open, which is not for
    /// everybody.
    pub(super) fn keys_like(&self, sought: &Sought) -> Result<Vec<Hit>, StoreError> {
        let hooks = self.hooks()?.into_iter();
        let found = hooks.filter(|fact| {
            let key = &fact.key;
            sought.begins(&key.hook)
                || sought.begins(&key.tag)
                || sought.is_in(&key.group.0)
                || key.tenant.is_some_and(|of| sought.tenants.contains(&of))
                || sought.is_named(fact.holder())
        });
        Ok(found.map(|fact| Hit::Key(Box::new(fact))).collect())
    }

    /// Grants of keys by group or whose they are.
    pub(super) fn grants_like(
        &self,
        sought: &Sought,
        at: DateTime<Utc>,
    ) -> Result<Vec<Hit>, StoreError> {
        let grants = self.grant_facts(at)?.into_iter();
        let found = grants.filter(|fact| {
            sought.is_in(&fact.grant.group.0) || sought.is_named(fact.name.as_ref())
        });
        Ok(found.map(Hit::Grant).collect())
    }

    /// Work permits by number, company or who answers for the work.
    pub(super) fn permits_like(
        &self,
        sought: &Sought,
        at: DateTime<Utc>,
    ) -> Result<Vec<Hit>, StoreError> {
        let permits = self.permit_facts(self.building.local(at).date())?;
        let found = permits.into_iter().filter(|fact| {
            sought.begins(&fact.number)
                || sought.is_company(&fact.company)
                || sought.is_named(fact.answers.as_ref())
        });
        Ok(found.map(Hit::Permit).collect())
    }

    /// What is kept for somebody, by whom or what it is.
    pub(super) fn kept_like(&self, sought: &Sought) -> Result<Vec<Hit>, StoreError> {
        let things = lending::all_things(&self.connection)?;
        let mut hits = Vec::new();
        for kept in lending::all_reservations(&self.connection)? {
            let person = name(&self.connection, kept.person)?.unwrap_or_default();
            let thing = things.iter().find(|thing| thing.id == kept.thing);
            let is_thing =
                thing.is_some_and(|thing| sought.begins(&thing.tag) || sought.is_in(&thing.label));
            if is_thing || sought.is_named(Some(&person)) {
                hits.push(Hit::Kept(KeptFact { kept, person }));
            }
        }
        Ok(hits)
    }

    /// Open matters by what they are, whose they are, whom they are about, and what was written.
    pub(super) fn matters_like(&self, sought: &Sought) -> Result<Vec<Hit>, StoreError> {
        let mut hits = Vec::new();
        for matter in self.open_matters()? {
            let fact = self.matter_fact(matter)?;
            if is_meant(&fact, sought) {
                hits.push(Hit::Matter(Box::new(fact)));
            }
        }
        Ok(hits)
    }
}

fn is_meant(fact: &MatterFact, sought: &Sought) -> bool {
    let cause = cause_word(fact.matter.cause);
    let languages = [Language::Chinese, Language::English];
    languages
        .into_iter()
        .any(|language| sought.is_in(&words::text(language, cause)))
        || fact.notes.iter().any(|note| sought.is_in(note))
        || sought.is_named(fact.owner.as_ref())
        || is_about(&fact.about, sought)
}

fn is_about(about: &About, sought: &Sought) -> bool {
    let named = |name: &Option<PersonName>| sought.is_named(name.as_ref());
    match about {
        // Who is on the list, and what a message says, is not for everybody who searches.
        About::Nothing | About::Alert(_) => false,
        About::Message { host, .. } => named(host),
        About::Thing {
            label,
            number,
            borrower,
            ..
        } => {
            let label = label.as_deref().unwrap_or_default();
            sought.is_in(label) || sought.begins(&number.to_string()) || named(borrower)
        }
        About::Kept { label, person, .. } => sought.is_in(label) || named(person),
        About::Key {
            hook,
            holder,
            reporter,
            text,
        } => sought.begins(hook) || named(holder) || named(reporter) || sought.is_in(text),
        About::Mail(item) => {
            let number = item.number.as_ref().map(ToString::to_string);
            let whose = match item.recipient.addressee {
                Addressee::Person(person) => sought.people.contains(&person),
                Addressee::Tenant(tenant) => sought.tenants.contains(&tenant),
            };
            whose || number.is_some_and(|number| sought.begins(&number))
        }
        About::Company { name, .. } => sought.is_company(&name.zh) || sought.is_company(&name.en),
        About::Visit(fact) => {
            let number = fact.visit.number.as_ref().map(ToString::to_string);
            named(&fact.visit.name)
                || named(&fact.host)
                || number.is_some_and(|number| sought.begins(&number))
        }
    }
}

fn optional<T: serde::de::DeserializeOwned>(
    word: Option<String>,
    row: impl Fn() -> String,
) -> Result<Option<T>, StoreError> {
    word.map(|word| from_word(word, READING, row)).transpose()
}
