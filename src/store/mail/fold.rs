//! What a record of mail changes in its books; the same for a deed and for a rebuild.

use crate::mail::desk::WhyFailed;
use crate::mail::{Addressee, MailId, MailState, PickUpWay, Record, ReturnId, RoundId};
use crate::slips::SlipNumber;
use crate::store::error::{Doing, StoreError};
use crate::store::slips;
use crate::store::words::to_word;
use rusqlite::{Connection, Params, params};

pub(in crate::store) fn apply(
    connection: &Connection,
    at_ms: i64,
    record: &Record,
) -> Result<(), StoreError> {
    let write = Write { connection, at_ms };
    match record {
        Record::Arrived {
            item,
            addressee,
            of,
            shelf,
        } => write.run(
            "INSERT INTO mail_items
                 (id, kind, addressee, addressee_is, shelf, arrived_at_ms, state)
             VALUES (?1, ?2, ?3, 'person', ?4, ?5, 'waiting')",
            params![
                item.to_string(),
                to_word(of),
                addressee.to_string(),
                shelf,
                at_ms
            ],
        ),
        Record::BatchOpened { batch, by } => write.run(
            "INSERT INTO mail_batches (id, opened_by, opened_at_ms) VALUES (?1, ?2, ?3)",
            params![batch.to_string(), by.to_string(), at_ms],
        ),
        Record::BatchClosed { batch } => write.run(
            "UPDATE mail_batches SET closed_at_ms = ?2 WHERE id = ?1 AND closed_at_ms IS NULL",
            params![batch.to_string(), at_ms],
        ),
        Record::TakenIn {
            item,
            batch,
            addressee,
            of,
            shelf,
            number,
            label,
        } => {
            let (to, is) = columns(addressee);
            write.run(
                "INSERT INTO mail_items (id, kind, addressee, addressee_is, shelf, arrived_at_ms,
                     state, batch, device, day, count)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, ?9, ?10)",
                params![
                    item.to_string(),
                    to_word(of),
                    to,
                    is,
                    shelf,
                    at_ms,
                    batch.to_string(),
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                ],
            )?;
            slips::use_number(connection, number)?;
            match label {
                Some(job) => slips::queue(connection, *job, number, at_ms),
                None => Ok(()),
            }
        }
        Record::Corrected {
            item,
            addressee,
            of,
            shelf,
            number,
            label,
            afresh,
        } => {
            let (to, is) = columns(addressee);
            let id = item.to_string();
            write.run(
                "UPDATE mail_items SET kind = ?2, addressee = ?3, addressee_is = ?4, shelf = ?5
                 WHERE id = ?1",
                params![id, to_word(of), to, is, shelf],
            )?;
            if *afresh {
                write.run(
                    "UPDATE mail_items SET attempts = 0, reminded_at_ms = NULL WHERE id = ?1",
                    [&id],
                )?;
            }
            let Some(number) = number else {
                return Ok(());
            };
            write.run(
                "UPDATE mail_items SET device = ?2, day = ?3, count = ?4 WHERE id = ?1",
                params![
                    id,
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                ],
            )?;
            slips::use_number(connection, number)?;
            match label {
                Some(job) => slips::queue(connection, *job, number, at_ms),
                None => Ok(()),
            }
        }
        Record::NoticePrinted { number, job, .. } => write.paper(number, *job),
        Record::Reminded { items } => items.iter().try_for_each(|item| {
            write.run(
                "UPDATE mail_items SET reminded_at_ms = ?2 WHERE id = ?1",
                params![item.to_string(), at_ms],
            )
        }),
        Record::AuthorityGiven { .. } | Record::AuthorityWithdrawn { .. } => {
            write.authority(record)
        }
        Record::PickedUp { .. } => write.pick_up(record),
        Record::RoundStarted {
            round,
            number,
            carrier,
            items,
            job,
        } => {
            write.run(
                "INSERT INTO mail_rounds (id, device, day, count, carrier, started_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    round.to_string(),
                    number.device.to_string(),
                    number.day.to_string(),
                    number.count,
                    carrier.to_string(),
                    at_ms,
                ],
            )?;
            for item in items {
                write.run(
                    "INSERT INTO mail_round_items (round, item) VALUES (?1, ?2)",
                    params![round.to_string(), item.to_string()],
                )?;
                write.state(*item, MailState::OutOnRound)?;
            }
            write.paper(number, *job)
        }
        Record::Delivered {
            round,
            item,
            signed,
        } => {
            write.outcome(*round, *item, "delivered", None, *signed)?;
            write.leave(*item, MailState::Delivered)
        }
        Record::AttemptFailed { round, item, why } => {
            write.outcome(*round, *item, "failed", Some(*why), false)?;
            write.run(
                "UPDATE mail_items SET attempts = attempts + 1 WHERE id = ?1",
                [item.to_string()],
            )?;
            write.state(*item, MailState::Waiting)
        }
        Record::NotTried { round, item } => {
            write.run(
                "DELETE FROM mail_round_items WHERE round = ?1 AND item = ?2 AND outcome IS NULL",
                params![round.to_string(), item.to_string()],
            )?;
            write.state(*item, MailState::Waiting)
        }
        Record::RoundEnded { round } => write.run(
            "UPDATE mail_rounds SET ended_at_ms = ?2 WHERE id = ?1 AND ended_at_ms IS NULL",
            params![round.to_string(), at_ms],
        ),
        Record::ReturnAsked { .. }
        | Record::ReturnAllowed { .. }
        | Record::ReturnDropped { .. }
        | Record::ReturnPrinted { .. } => write.back(record),
        Record::DeadLetter { item, .. } => write.state(*item, MailState::DeadLetter),
        Record::Recalled { item } => write.state(*item, MailState::Waiting),
        Record::HandedToPost { items } => items
            .iter()
            .try_for_each(|item| write.leave(*item, MailState::HandedToPost)),
    }
}

/// An addressee as its two columns.
pub(super) fn columns(addressee: &Addressee) -> (String, &'static str) {
    match addressee {
        Addressee::Person(person) => (person.to_string(), "person"),
        Addressee::Tenant(tenant) => (tenant.to_string(), "tenant"),
    }
}

/// The books at the moment of a record.
struct Write<'a> {
    connection: &'a Connection,
    at_ms: i64,
}

impl Write<'_> {
    fn run(&self, sql: &str, params: impl Params) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params))
            .map(|_| ())
            .doing("write the books of mail")
    }

    fn state(&self, item: MailId, state: MailState) -> Result<(), StoreError> {
        self.run(
            "UPDATE mail_items SET state = ?2 WHERE id = ?1",
            params![item.to_string(), to_word(&state)],
        )
    }

    fn leave(&self, item: MailId, state: MailState) -> Result<(), StoreError> {
        self.run(
            "UPDATE mail_items SET state = ?2, left_at_ms = ?3 WHERE id = ?1",
            params![item.to_string(), to_word(&state), self.at_ms],
        )
    }

    fn paper(&self, number: &SlipNumber, job: crate::slips::PrintJobId) -> Result<(), StoreError> {
        slips::use_number(self.connection, number)?;
        slips::queue(self.connection, job, number, self.at_ms)
    }

    fn authority(&self, record: &Record) -> Result<(), StoreError> {
        match record {
            Record::AuthorityGiven {
                authority,
                holder,
                principal,
                kinds,
                until,
                once,
            } => {
                let (principal, is) = columns(principal);
                let kinds: Vec<String> = kinds.iter().map(to_word).collect();
                self.run(
                    "INSERT INTO mail_authorities
                         (id, holder, principal, principal_is, kinds, until_ms, once, given_at_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![
                        authority.to_string(),
                        holder.to_string(),
                        principal,
                        is,
                        serde_json::Value::from(kinds).to_string(),
                        until.map(|until| until.timestamp_millis()),
                        once,
                        self.at_ms,
                    ],
                )
            }
            Record::AuthorityWithdrawn { authority } => self.run(
                "UPDATE mail_authorities SET withdrawn_at_ms = ?2
                 WHERE id = ?1 AND withdrawn_at_ms IS NULL",
                params![authority.to_string(), self.at_ms],
            ),
            _ => Ok(()),
        }
    }

    fn pick_up(&self, record: &Record) -> Result<(), StoreError> {
        let Record::PickedUp {
            pick_up,
            items,
            collector,
            way,
            signed,
        } = record
        else {
            return Ok(());
        };
        let collector = collector.filter(|_| *way == PickUpWay::Card);
        self.run(
            "INSERT INTO mail_pick_ups (id, at_ms, collector, way, signed)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                pick_up.to_string(),
                self.at_ms,
                collector.map(|person| person.to_string()),
                to_word(way),
                signed,
            ],
        )?;
        for collected in items {
            self.run(
                "UPDATE mail_items SET state = 'collected', left_at_ms = ?2, pick_up = ?3,
                     authority = ?4 WHERE id = ?1",
                params![
                    collected.item.to_string(),
                    self.at_ms,
                    pick_up.to_string(),
                    collected.authority.map(|authority| authority.to_string()),
                ],
            )?;
        }
        // After all items: one pick-up uses a one-time authority up, however much it takes along.
        self.run(
            "UPDATE mail_authorities SET used_at_ms = ?2
             WHERE id IN (SELECT authority FROM mail_items WHERE pick_up = ?1)",
            params![pick_up.to_string(), self.at_ms],
        )
    }

    fn outcome(
        &self,
        round: RoundId,
        item: MailId,
        outcome: &str,
        why: Option<WhyFailed>,
        signed: bool,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE mail_round_items SET outcome = ?3, why = ?4, signed = ?5, noted_ms = ?6
             WHERE round = ?1 AND item = ?2 AND outcome IS NULL",
            params![
                round.to_string(),
                item.to_string(),
                outcome,
                why.map(|why| to_word(&why)),
                signed,
                self.at_ms,
            ],
        )
    }

    fn back(&self, record: &Record) -> Result<(), StoreError> {
        match record {
            Record::ReturnAsked {
                back,
                item,
                onward,
                reason,
                special,
                by,
                form,
            } => {
                self.run(
                    "INSERT INTO mail_returns
                         (id, item, onward, reason, special, asked_by, asked_at_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        back.to_string(),
                        item.to_string(),
                        to_word(onward),
                        to_word(reason),
                        special,
                        by.to_string(),
                        self.at_ms,
                    ],
                )?;
                self.state(*item, MailState::ReturnAsked)?;
                match form {
                    Some((number, job)) => self.paper(number, *job),
                    None => Ok(()),
                }
            }
            Record::ReturnAllowed { back, by } => {
                self.run(
                    "UPDATE mail_returns SET allowed_by = ?2, allowed_at_ms = ?3 WHERE id = ?1",
                    params![back.to_string(), by.to_string(), self.at_ms],
                )?;
                self.state_of_return(*back, MailState::ReturnAllowed)
            }
            Record::ReturnDropped { back } => {
                self.run(
                    "UPDATE mail_returns SET dropped_at_ms = ?2
                     WHERE id = ?1 AND dropped_at_ms IS NULL",
                    params![back.to_string(), self.at_ms],
                )?;
                self.state_of_return(*back, MailState::Waiting)
            }
            Record::ReturnPrinted { back, number, job } => {
                self.run(
                    "UPDATE mail_returns SET printed_job = ?2 WHERE id = ?1",
                    params![back.to_string(), job.to_string()],
                )?;
                self.state_of_return(*back, MailState::ReturnPrinted)?;
                self.paper(number, *job)
            }
            _ => Ok(()),
        }
    }

    fn state_of_return(&self, back: ReturnId, state: MailState) -> Result<(), StoreError> {
        self.run(
            "UPDATE mail_items SET state = ?2
             WHERE id = (SELECT item FROM mail_returns WHERE id = ?1)",
            params![back.to_string(), to_word(&state)],
        )
    }
}
