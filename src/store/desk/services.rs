//! Orders about visitors, keys and mail. Each is one deed of its service, which asks the permission
//! table again.

use crate::desk::event::{Outcome, Refusal};
use crate::desk::services::{ServiceDone, ServiceOrder, ServiceRefusal};
use crate::keys::ReturnOrder;
use crate::mail::Terms;
use crate::people::{Act, Language, permits};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use crate::store::people;
use chrono::{DateTime, Utc};

type Done = Result<Result<Outcome, Refusal>, StoreError>;

impl Books {
    /// Does what somebody at the desk asked for about visitors, keys or mail.
    pub(super) fn service_order(
        &mut self,
        order: &ServiceOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        // Staff read the papers of a house in its first language.
        let language = Language::default();
        let done = match order {
            ServiceOrder::SayYes { visit, said, yes } => self
                .approve_visit_by_phone(*visit, *said, *yes, by, at)?
                .map(|()| ServiceDone::SaidYes(*yes))
                .map_err(ServiceRefusal::Visit),
            ServiceOrder::SignOut(visit, all_out) => self
                .sign_out_at_desk(*visit, *all_out, by, at)?
                .map(|_| ServiceDone::SignedOut)
                .map_err(ServiceRefusal::Visit),
            ServiceOrder::PrintRollCall => self
                .print_roll_call(language, by, at)?
                .map(|_| ServiceDone::Printing)
                .map_err(ServiceRefusal::Visit),
            ServiceOrder::KeyBack { tag, answers } => {
                if let Some(refusal) = self.may_not(by, Act::UseKeys)? {
                    return Ok(Err(refusal));
                }
                let order = ReturnOrder {
                    tag: tag.clone(),
                    by: None,
                    answers: *answers,
                };
                self.take_key_back(&order, at)?
                    .map(|receipt| ServiceDone::KeyBack(receipt.hook, !receipt.denied.is_empty()))
                    .map_err(ServiceRefusal::KeyBack)
            }
            ServiceOrder::ReportKey { key, harm, text } => self
                .report_key(*key, *harm, text, by, at)?
                .map(|_| ServiceDone::KeyReported)
                .map_err(ServiceRefusal::Key),
            ServiceOrder::DecideKey {
                report,
                decision,
                amount_fen,
            } => self
                .decide_key_report(*report, *decision, *amount_fen, by, at)?
                .map(|()| ServiceDone::KeyDecided)
                .map_err(ServiceRefusal::Key),
            ServiceOrder::BeginCheck => self
                .begin_key_check(by, at)?
                .map(|_| ServiceDone::Checking)
                .map_err(ServiceRefusal::Key),
            ServiceOrder::NoteKey {
                check,
                key,
                finding,
                reason,
            } => self
                .note_key(*check, *key, *finding, reason, by, at)?
                .map(|()| ServiceDone::Checking)
                .map_err(ServiceRefusal::Key),
            ServiceOrder::CloseCheck(check) => self
                .close_key_check(*check, by, at)?
                .map(|()| ServiceDone::CheckClosed)
                .map_err(ServiceRefusal::Key),
            ServiceOrder::PrintKeyMap => self
                .print_key_map(language, by, at)?
                .map(|_| ServiceDone::Printing)
                .map_err(ServiceRefusal::Key),
            ServiceOrder::TakeMailIn(intake) => self
                .take_mail_in(intake, &Terms::default(), language, by, at)?
                .map(|taken| {
                    let (number, code) = (taken.number.to_string(), taken.code.digits().to_owned());
                    ServiceDone::MailIn(number, code)
                })
                .map_err(ServiceRefusal::Mail),
            ServiceOrder::DeadLetter(item) => self
                .declare_dead_letter(*item, by, at)?
                .map(|_| ServiceDone::MailMoved)
                .map_err(ServiceRefusal::Mail),
            ServiceOrder::ApproveReturn(item) => self
                .allow_mail_return(*item, by, at)?
                .map(|_| ServiceDone::MailMoved)
                .map_err(ServiceRefusal::Mail),
            ServiceOrder::PrintReturnSlip(item) => self
                .print_return_slip(*item, language, by, at)?
                .map(|_| ServiceDone::Printing)
                .map_err(ServiceRefusal::Mail),
        };
        Ok(done.map(Outcome::Service).map_err(Refusal::Service))
    }

    /// The refusal, where whoever acts may not do this.
    fn may_not(&self, by: Actor, act: Act) -> Result<Option<Refusal>, StoreError> {
        let roles = match by.person {
            Some(person) => people::roles(&self.connection, person)?,
            None => Vec::new(),
        };
        Ok((!permits(&roles, act)).then_some(Refusal::NotPermitted(act)))
    }
}
