//! Orders about mail.

use super::Done;
use crate::desk::House;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::services::{MailOrder, ServiceDone, ServiceRefusal};
use crate::mail::desk::MailRefusal;
use crate::people::Act;
use crate::store::books::Books;
use crate::store::desk::moving;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::people;
use crate::store::staff::permitted;
use chrono::{DateTime, Utc};

impl Books {
    pub(super) fn mail_order(
        &mut self,
        house: &House,
        order: &MailOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        let done = match order {
            MailOrder::LetCollect(order) => self
                .enter_mail_authority(order, by, at)?
                .map(|_| ServiceDone::AuthorityGiven)
                .map_err(ServiceRefusal::Authority),
            MailOrder::WithdrawAuthority(authority) => {
                if let Some(refusal) = self.may_not(by, Act::HandleMail)? {
                    return Ok(Err(refusal));
                }
                self.withdraw_mail_authority(*authority, by, at)?
                    .map(|()| ServiceDone::AuthorityWithdrawn)
                    .map_err(ServiceRefusal::Authority)
            }
            MailOrder::NoteForwarding(tenant, address) => {
                return self.perform("note a forwarding address", at, by, |deed| {
                    let act = Act::NoteForwarding;
                    match permitted(deed, by, act)? {
                        true => {
                            moving::note_forwarding(deed, *tenant, address)?;
                            Ok(Ok(Outcome::Service(ServiceDone::ForwardingNoted)))
                        }
                        false => Ok(Err(Refusal::NotPermitted(act))),
                    }
                });
            }
            order => self
                .mail_moves(house, order, by, at)?
                .map_err(ServiceRefusal::Mail),
        };
        Ok(done.map(Outcome::Service).map_err(Refusal::Service))
    }

    fn mail_moves(
        &mut self,
        house: &House,
        order: &MailOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Result<Result<ServiceDone, MailRefusal>, StoreError> {
        let language = people::language_of(&self.connection, by)?;
        Ok(match order {
            // Taken care of above.
            MailOrder::LetCollect(_)
            | MailOrder::WithdrawAuthority(_)
            | MailOrder::NoteForwarding(..) => Err(MailRefusal::NotFound),
            MailOrder::TakeIn(intake) => self
                .take_mail_in(intake, &house.mail, language, by, at)?
                .map(|taken| {
                    let (number, code) = (taken.number.to_string(), taken.code.digits().to_owned());
                    ServiceDone::MailIn(number, code, taken.in_batch)
                }),
            MailOrder::Correct(correction) => self
                .correct_mail(correction, &house.mail, language, by, at)?
                .map(|(number, code)| {
                    let number = number.map(|number| number.to_string());
                    ServiceDone::MailCorrected(number, code.digits().to_owned())
                }),
            MailOrder::CloseBatch => self.close_mail_batch(by, at)?.map(ServiceDone::BatchClosed),
            MailOrder::Remind(items) => self
                .note_mail_reminded(items, by, at)?
                .map(|()| ServiceDone::Reminded(items.len())),
            MailOrder::PrintNotice(item) => self
                .print_mail_notice(*item, &house.mail, language, by, at)?
                .map(|_| ServiceDone::Printing),
            MailOrder::StartRound(items) => self
                .start_mail_round(items, language, by, at)?
                .map(|(_, number)| ServiceDone::RoundStarted(number.to_string())),
            MailOrder::Note {
                round,
                item,
                outcome,
            } => self
                .note_mail_outcome((*round, *item), outcome, (&house.mail, language), by, at)?
                .map(|notice| match notice {
                    Some(_) => ServiceDone::NotedForDoor,
                    None => ServiceDone::Noted,
                }),
            MailOrder::BulkDelivered(round) => self
                .note_bulk_delivered(*round, by, at)?
                .map(ServiceDone::BulkNoted),
            MailOrder::EndRound(round) => self
                .end_mail_round(*round, by, at)?
                .map(|()| ServiceDone::RoundEnded),
            MailOrder::AskReturn(order) => self
                .ask_mail_return(order, language, by, at)?
                .map(|_| ServiceDone::ReturnAsked),
            MailOrder::DropReturn(back) => self
                .drop_mail_return(*back, by, at)?
                .map(|()| ServiceDone::MailMoved),
            MailOrder::AllowReturn(back) => self
                .allow_mail_return(*back, by, at)?
                .map(|()| ServiceDone::MailMoved),
            MailOrder::PrintReturnSlip(back) => self
                .print_return_slip(*back, language, by, at)?
                .map(|_| ServiceDone::Printing),
            MailOrder::HandOutAnyway(order) => self
                .hand_mail_out_anyway(order, by, at)?
                .map(|_| ServiceDone::HandedOut),
            MailOrder::HandOutByCode {
                code,
                items,
                on_paper,
            } => self
                .hand_mail_out_by_code(code, items, *on_paper, by, at)?
                .map(|receipt| ServiceDone::HandedOutByCode(receipt.not_given)),
            MailOrder::DeadLetter(item) => self
                .declare_dead_letter(*item, &house.mail, by, at)?
                .map(|()| ServiceDone::MailMoved),
            MailOrder::Recall(item) => self
                .recall_dead_letter(*item, by, at)?
                .map(|()| ServiceDone::MailMoved),
            MailOrder::HandToPost(items) => self
                .hand_mail_to_post(items, by, at)?
                .map(|()| ServiceDone::AtPost(items.len())),
        })
    }
}
