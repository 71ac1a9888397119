//! Orders about keys.

use super::Done;
use crate::desk::House;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::services::{KeyOrder, ServiceDone, ServiceRefusal};
use crate::keys::{TakeOrder, rules};
use crate::matters::Cause;
use crate::people::{Act, Credential, Holder, How, Identity};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::people;
use crate::store::{KeyEntry, tags};
use chrono::{DateTime, Utc};

impl Books {
    pub(super) fn key_order(
        &mut self,
        house: &House,
        order: &KeyOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        let done = match order {
            KeyOrder::KeyBack {
                tag,
                answers,
                bringer,
            } => {
                if let Some(refusal) = self.may_not(by, Act::UseKeys)? {
                    return Ok(Err(refusal));
                }
                self.key_back(tag, *answers, *bringer, by, at)?
                    .map(|receipt| ServiceDone::KeyBack {
                        to_see: rules::left_open(&receipt.denied).contains(&Cause::UnitNotSafe),
                        hook: receipt.hook,
                        awaits: receipt.awaits,
                    })
                    .map_err(ServiceRefusal::KeyBack)
            }
            KeyOrder::SignOut { .. } => self.key_out(house, order, by, at)?,
            KeyOrder::TurnedUp { tag } => {
                if let Some(refusal) = self.may_not(by, Act::UseKeys)? {
                    return Ok(Err(refusal));
                }
                self.key_turned_up(tag, by, at)?
                    .map(ServiceDone::KeyTurnedUp)
                    .map_err(ServiceRefusal::KeyBack)
            }
            KeyOrder::HangBack { key, tag } => self
                .hang_key_back(*key, tag, by, at)?
                .map(ServiceDone::KeyHungBack)
                .map_err(ServiceRefusal::Key),
            KeyOrder::Retire { key, reason } => self
                .retire_key(*key, reason, by, at)?
                .map(ServiceDone::KeyRetired)
                .map_err(ServiceRefusal::Key),
            KeyOrder::Hang {
                hook,
                tag,
                kind,
                group,
                tenant,
                pieces,
                opens,
            } => {
                let entry = KeyEntry {
                    hook: hook.clone(),
                    tag: tag.clone(),
                    kind: *kind,
                    group: group.clone(),
                    tenant: *tenant,
                    pieces: *pieces,
                    opens: opens.clone(),
                };
                self.hang_key(&entry, by, at)?
                    .map(|_| ServiceDone::KeyHung(tags::hook(hook)))
                    .map_err(ServiceRefusal::Key)
            }
            KeyOrder::Grant {
                group,
                person,
                until,
            } => self
                .grant_keys(group, *person, *until, by, at)?
                .map(|_| ServiceDone::Granted)
                .map_err(ServiceRefusal::Key),
            KeyOrder::WithdrawGrant(grant) => self
                .withdraw_key_grant(*grant, by, at)?
                .map(|()| ServiceDone::GrantWithdrawn)
                .map_err(ServiceRefusal::Key),
            KeyOrder::TellTenant(loan) => self
                .tell_tenant(*loan, by, at)?
                .map(|()| ServiceDone::TenantTold)
                .map_err(ServiceRefusal::Key),
            KeyOrder::Report { key, harm, text } => self
                .report_key(*key, *harm, text, by, at)?
                .map(|_| ServiceDone::KeyReported)
                .map_err(ServiceRefusal::Key),
            KeyOrder::Decide {
                report,
                decision,
                amount_fen,
            } => self
                .decide_key_report(*report, *decision, *amount_fen, by, at)?
                .map(|()| ServiceDone::KeyDecided)
                .map_err(ServiceRefusal::Key),
            KeyOrder::BeginCheck => self
                .begin_key_check(by, at)?
                .map(|_| ServiceDone::Checking)
                .map_err(ServiceRefusal::Key),
            KeyOrder::Note {
                check,
                key,
                finding,
                reason,
            } => self
                .note_key(*check, *key, *finding, reason, by, at)?
                .map(|()| ServiceDone::Checking)
                .map_err(ServiceRefusal::Key),
            KeyOrder::CloseCheck(check) => self
                .close_key_check(*check, by, at)?
                .map(|()| ServiceDone::CheckClosed)
                .map_err(ServiceRefusal::Key),
            KeyOrder::PrintMap => self
                .print_key_map(people::language_of(&self.connection, by)?, by, at)?
                .map(|_| ServiceDone::Printing)
                .map_err(ServiceRefusal::Key),
        };
        Ok(done.map(Outcome::Service).map_err(Refusal::Service))
    }

    /// Somebody takes a key at the desk: by their own card, under the rules of the touch screen.
    fn key_out(
        &mut self,
        house: &House,
        order: &KeyOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<ServiceDone, ServiceRefusal>, StoreError> {
        let KeyOrder::SignOut {
            key,
            holder,
            second,
            purpose,
            contractor,
        } = order
        else {
            return Ok(Err(ServiceRefusal::UnknownCard));
        };
        if self.may_not(by, Act::UseKeys)?.is_some() {
            let refusal = crate::keys::KeyRefusal::NotPermitted(Act::UseKeys);
            return Ok(Err(ServiceRefusal::Key(refusal)));
        }
        let Some(holder) = self.holder_of(holder)? else {
            return Ok(Err(ServiceRefusal::UnknownCard));
        };
        let second = match second {
            Some(credential) => match self.holder_of(credential)? {
                Some(second) => Some(second),
                None => return Ok(Err(ServiceRefusal::UnknownCard)),
            },
            None => None,
        };
        let wanted = TakeOrder {
            holder,
            how: How::Tapped,
            key: *key,
            purpose: purpose.clone(),
            contractor: contractor.clone(),
            second,
        };
        Ok(self
            .sign_key_out(&house.keys, &wanted, by, at)?
            .map(|receipt| ServiceDone::KeyOut(receipt.hook, receipt.due))
            .map_err(ServiceRefusal::KeyOut))
    }

    fn holder_of(&self, credential: &Credential) -> Result<Option<Holder>, StoreError> {
        Ok(match self.identify_card(credential)? {
            Identity::Known(holder) => Some(holder),
            _ => None,
        })
    }
}
