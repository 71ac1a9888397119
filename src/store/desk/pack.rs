//! The fall-back pack, gathered from the books at one moment.

use super::facts::{loan_fact, name};
use super::orders::Done;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::pack::{self, Held, Pack};
use crate::lending::{Item, Kind};
use crate::people::{Act, Language, PersonName};
use crate::slips::{PrintJobId, Record};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::staff::permitted;
use crate::store::{lending, people, slips};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

impl Books {
    /// Prints the pack, where the last one is so old.
    pub fn print_due_pack(
        &mut self,
        kinds: &[Kind],
        terms: pack::Terms,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let last = self.last_pack()?;
        if !pack::is_due(last, terms.every, &self.building, at) {
            return Ok(());
        }
        let pack = self.pack(kinds, terms.language)?;
        self.write("print the fall-back pack", at, Actor::default(), |deed| {
            print(deed, &pack, terms.language)
        })
    }

    /// Prints the pack because somebody wants it.
    pub(super) fn pack_order(&mut self, kinds: &[Kind], by: Actor, at: DateTime<Utc>) -> Done {
        let language = people::language_of(&self.connection, by)?;
        let pack = self.pack(kinds, language)?;
        self.perform("print the fall-back pack", at, by, |deed| {
            let act = Act::ReadRegisters;
            if !permitted(deed, by, act)? {
                return Ok(Err(Refusal::NotPermitted(act)));
            }
            print(deed, &pack, language)?;
            Ok(Ok(Outcome::PackPrinting))
        })
    }

    fn pack(&self, kinds: &[Kind], language: Language) -> Result<Pack, StoreError> {
        let called =
            |name: Option<PersonName>| name.map(|name| name.masked(language)).unwrap_or_default();
        let mut hooks = Vec::new();
        for line in self.hooks()? {
            let out = line.out.map(|taking| Held {
                by: called(taking.holder),
                due: taking.loan.due,
            });
            hooks.push((line.key, out));
        }
        let mut out = Vec::new();
        for loan in lending::all_out(&self.connection)? {
            let fact = loan_fact(&self.connection, loan)?;
            let kind = kinds.iter().find(|kind| kind.id == fact.loan.kind);
            let kind = kind.map_or("", |kind| kind.name.text(language));
            let what = match &fact.loan.item {
                Item::Tagged { label, .. } => format!("{kind} {label}"),
                Item::Pooled => kind.to_owned(),
            };
            let held = Held {
                by: fact.borrower.masked(language),
                due: fact.loan.due,
            };
            out.push((what, held));
        }
        let mut mail = BTreeMap::new();
        for item in self.mail_waiting_by_shelf()? {
            *mail.entry(item.shelf).or_insert(0) += 1;
        }
        let mut inside = Vec::new();
        for visit in self.inside_now()? {
            let room = match visit.tenant {
                Some(tenant) => people::tenant(&self.connection, tenant)?
                    .rooms
                    .into_iter()
                    .next(),
                None => None,
            };
            if let Some(number) = visit.number {
                inside.push(crate::visits::slip::Present {
                    // Whole: the list is for whoever counts heads outside.
                    name: name(&self.connection, visit.visitor)?
                        .map_or_else(String::new, |name| name.whole(language).to_owned()),
                    number,
                    room: room.unwrap_or_default(),
                });
            }
        }
        Ok(Pack {
            inside,
            hooks,
            out,
            mail,
        })
    }

    fn last_pack(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let latest: Option<i64> = self
            .connection
            .query_row("SELECT max(at_ms) FROM packs", [], |row| row.get(0))
            .doing("read when the last pack was printed")?;
        Ok(latest.and_then(DateTime::from_timestamp_millis))
    }
}

/// Queues the paper.
fn print(deed: &mut Deed<'_>, pack: &Pack, language: Language) -> Result<(), StoreError> {
    let day = deed.today();
    let number = slips::next_number(&deed.tx, deed.building.device, day)?;
    let job = PrintJobId(deed.new_id()?);
    let paper = pack::paper(deed.building, &number, pack, deed.at, language);
    deed.record(Record::PackPrinted { job, number })?;
    slips::keep(&deed.tx, job, &paper)
}
