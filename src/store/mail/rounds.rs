//! Delivery rounds through the house, and what becomes of every item on them.

use super::intake::print_notice;
use super::reading::{READING, in_state, item};
use super::{Refusable, keep, kept, leaves, paper, permitted, write};
use crate::mail::desk::{MailRefusal, Outcome};
use crate::mail::{Item, MailId, MailState, Record, RoundId, Terms, daily, rules, slip};
use crate::matters::Cause;
use crate::people::{Act, Language};
use crate::slips::{PrintJobId, SlipNumber};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::matters;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

impl Books {
    /// Sets out with these items; prints the list that goes along.
    pub fn start_mail_round(
        &mut self,
        items: &[MailId],
        language: Language,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<(RoundId, SlipNumber)> {
        self.perform("start a delivery round", at, by, |deed| {
            let carrier = granted!(permitted(deed, by, Act::HandleMail)?);
            let chosen: BTreeSet<MailId> = items.iter().copied().collect();
            if chosen.is_empty() {
                return Ok(Err(MailRefusal::NothingChosen));
            }
            let mut along: Vec<Item> = Vec::new();
            for id in chosen {
                let Some(item) = item(&deed.tx, id)? else {
                    return Ok(Err(MailRefusal::NotFound));
                };
                granted!(rules::may_move(&item, MailState::OutOnRound));
                along.push(item);
            }
            rules::in_order_of_doors(&mut along);
            let round = RoundId(deed.new_id()?);
            let (number, job) = paper(deed)?;
            deed.record(Record::RoundStarted {
                round,
                number: number.clone(),
                carrier,
                items: along.iter().map(|item| item.id).collect(),
                job,
            })?;
            let list = slip::round(deed.building, &number, deed.at, &along, language);
            keep(deed, job, &list)?;
            let today = deed.today();
            let left = in_state(&deed.tx, MailState::Waiting)?;
            if daily::missed(&left, Some(today), deed.building, deed.at).is_none() {
                matters::lapse_of_days(deed, Cause::RoundMissed, today)?;
            }
            Ok(Ok((round, number)))
        })
    }

    /// Notes what became of one item on a round; answers with the notice for its door, where one prints.
    pub fn note_mail_outcome(
        &mut self,
        (round, id): (RoundId, MailId),
        outcome: &Outcome,
        (terms, language): (&Terms, Language),
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<Option<PrintJobId>> {
        self.perform("note what became of mail", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            if !is_out(deed, round, id)? {
                return Ok(Err(MailRefusal::NotOnThisRound));
            }
            let Some(item) = item(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            granted!(rules::may_note(&item, outcome));
            note(deed, round, &item, outcome)?;
            if !rules::leaves_a_notice(&item, outcome, terms) {
                return Ok(Ok(None));
            }
            print_notice(deed, &item, terms, language).map(|job| Ok(Some(job)))
        })
    }

    /// All newspapers and magazines of a round were laid at their doors. Says how many.
    pub fn note_bulk_delivered(
        &mut self,
        round: RoundId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<usize> {
        self.perform("note that papers were delivered", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let mut papers = Vec::new();
            for id in out_on(deed, round)? {
                papers.extend(item(&deed.tx, id)?.filter(|item| item.kind.goes_in_bulk()));
            }
            if papers.is_empty() {
                return Ok(Err(MailRefusal::NothingChosen));
            }
            let outcome = Outcome::Delivered {
                to: String::new(),
                signed: false,
            };
            for item in &papers {
                note(deed, round, item, &outcome)?;
            }
            Ok(Ok(papers.len()))
        })
    }

    /// Ends a round; every item has its outcome by then.
    pub fn end_mail_round(
        &mut self,
        round: RoundId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("end a delivery round", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let is_open: Option<bool> = deed
                .tx
                .prepare_cached("SELECT ended_at_ms IS NULL FROM mail_rounds WHERE id = ?1")
                .and_then(|mut select| {
                    select
                        .query_row([round.to_string()], |row| row.get(0))
                        .optional()
                })
                .doing(READING)?;
            match is_open {
                None => return Ok(Err(MailRefusal::NotFound)),
                Some(false) => return Ok(Err(MailRefusal::NotOnThisRound)),
                Some(true) => {}
            }
            let out = out_on(deed, round)?.len();
            if out > 0 {
                let count = u32::try_from(out).unwrap_or(u32::MAX);
                return Ok(Err(MailRefusal::RoundStillOpen { count }));
            }
            deed.record(Record::RoundEnded { round })?;
            Ok(Ok(()))
        })
    }

    /// Declares an item a dead letter 盲件: tried twice, and nobody claims it.
    pub fn declare_dead_letter(
        &mut self,
        id: MailId,
        terms: &Terms,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("declare a dead letter", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(item) = item(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            granted!(rules::may_be_dead_letter(&item, terms, at));
            let attempts = item.attempts;
            deed.record(Record::DeadLetter { item: id, attempts })?;
            Ok(Ok(()))
        })
    }

    /// The addressee of a dead letter turned up in time: it goes back on its shelf.
    pub fn recall_dead_letter(
        &mut self,
        id: MailId,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("recall a dead letter", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let Some(item) = item(&deed.tx, id)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            if item.state != MailState::DeadLetter {
                return Ok(Err(MailRefusal::StandsOtherwise { state: item.state }));
            }
            deed.record(Record::Recalled { item: id })?;
            Ok(Ok(()))
        })
    }

    /// The postman took these along: printed returns and dead letters.
    pub fn hand_mail_to_post(
        &mut self,
        items: &[MailId],
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<()> {
        self.perform("hand mail to the post office", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let chosen: BTreeSet<MailId> = items.iter().copied().collect();
            if chosen.is_empty() {
                return Ok(Err(MailRefusal::NothingChosen));
            }
            for id in &chosen {
                let Some(item) = item(&deed.tx, *id)? else {
                    return Ok(Err(MailRefusal::NotFound));
                };
                granted!(rules::may_move(&item, MailState::HandedToPost));
            }
            let items: Vec<MailId> = chosen.into_iter().collect();
            deed.record(Record::HandedToPost {
                items: items.clone(),
            })?;
            for item in items {
                leaves(deed, item)?;
            }
            Ok(Ok(()))
        })
    }
}

fn note(
    deed: &mut Deed<'_>,
    round: RoundId,
    item: &Item,
    outcome: &Outcome,
) -> Result<(), StoreError> {
    let id = item.id;
    match outcome {
        Outcome::Delivered { to, signed } => {
            deed.record(Record::Delivered {
                round,
                item: id,
                signed: *signed,
            })?;
            leaves(deed, id)?;
            let to = kept(to);
            if to.is_empty() {
                return Ok(());
            }
            write(
                deed,
                "INSERT INTO mail_received (round, item, taken_by) VALUES (?1, ?2, ?3)",
                params![round.to_string(), id.to_string(), to],
            )
        }
        Outcome::NotTried => deed.record(Record::NotTried { round, item: id }),
        Outcome::Failed(why) => {
            deed.record(Record::AttemptFailed {
                round,
                item: id,
                why: *why,
            })?;
            let openings = rules::after_attempt(item, item.attempts + 1, *why);
            super::open_matters(deed, openings)
        }
    }
}

fn is_out(deed: &Deed<'_>, round: RoundId, id: MailId) -> Result<bool, StoreError> {
    Ok(out_on(deed, round)?.contains(&id))
}

/// The items of a round of which nobody has said what became.
fn out_on(deed: &Deed<'_>, round: RoundId) -> Result<Vec<MailId>, StoreError> {
    let ids: Vec<String> = deed
        .tx
        .prepare_cached("SELECT item FROM mail_round_items WHERE round = ?1 AND outcome IS NULL")
        .and_then(|mut select| {
            select
                .query_map([round.to_string()], |row| row.get(0))?
                .collect()
        })
        .doing(READING)?;
    ids.into_iter()
        .map(|id| crate::store::words::from_word(id, READING, || format!("round {round}")))
        .collect()
}
