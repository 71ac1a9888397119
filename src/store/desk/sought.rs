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
use rusqlite::params;
use serde::de::DeserializeOwned;
use std::collections::HashSet;

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
        let mut ids: Vec<VisitId> = Vec::new();
        for host in &sought.people {
            let sql = "SELECT id FROM visits WHERE host = ?1 ORDER BY id DESC LIMIT ?2";
            ids.extend(self.latest::<VisitId>(sql, &host.to_string())?);
        }
        for tenant in &sought.tenants {
            let sql = "SELECT id FROM visits WHERE tenant = ?1 ORDER BY id DESC LIMIT ?2";
            ids.extend(self.latest::<VisitId>(sql, &tenant.to_string())?);
        }
        let visits = of_late(ids).into_iter().map(|visit| self.visit(visit));
        let visits: Vec<Option<Visit>> = visits.collect::<Result<_, _>>()?;
        Ok(visits.into_iter().flatten().collect())
    }

    /// Mail for these people and companies: all that is here, then what went, the latest first.
    pub(super) fn mail_for(&self, sought: &Sought) -> Result<Vec<Item>, StoreError> {
        let people = sought.people.iter().copied().map(Addressee::Person);
        let companies = sought.tenants.iter().copied().map(Addressee::Tenant);
        let (mut found, mut gone) = (Vec::new(), Vec::new());
        for addressee in people.chain(companies) {
            found.extend(self.mail_here_for(addressee)?);
            let whose = match addressee {
                Addressee::Person(person) => person.to_string(),
                Addressee::Tenant(tenant) => tenant.to_string(),
            };
            let sql = "SELECT id FROM mail_items WHERE addressee = ?1 AND left_at_ms IS NOT NULL
                 ORDER BY id DESC LIMIT ?2";
            gone.extend(self.latest::<MailId>(sql, &whose)?);
        }
        found.sort_by_key(|item| (item.arrived, item.id));
        for item in of_late(gone) {
            found.extend(self.mail_item(item)?);
        }
        Ok(found)
    }

    /// The latest of somebody's.
    fn latest<I: DeserializeOwned>(&self, sql: &str, whose: &str) -> Result<Vec<I>, StoreError> {
        let params = params![whose, MOST_OF_LATE as u32];
        let found: Vec<String> = rows(&self.connection, sql, params, |row| row.get(0))?;
        let read = |id: String| from_word(id.clone(), READING, || format!("what {id} names"));
        found.into_iter().map(read).collect()
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

    /// Open matters by what they are, whose they are, whom they are about, and what was written; those that
    /// are over by what was written.
    pub(super) fn matters_like(&self, sought: &Sought) -> Result<Vec<Hit>, StoreError> {
        let mut hits = Vec::new();
        for matter in self.open_matters()? {
            let fact = self.matter_fact(matter)?;
            if is_meant(&fact, sought) {
                hits.push(Hit::Matter(Box::new(fact)));
            }
        }
        if sought.text.is_empty() {
            return Ok(hits);
        }
        for over in self.matters_closed_with(&sought.text)? {
            hits.push(Hit::Closed(Box::new(over)));
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
        About::Nothing | About::Alert(_) | About::Day(_) => false,
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
            ..
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

/// The latest few of what several have: identifiers rise with time.
fn of_late<I: Ord>(mut ids: Vec<I>) -> Vec<I> {
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.dedup();
    ids.truncate(MOST_OF_LATE);
    ids
}
