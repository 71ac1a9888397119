//! Orders about visitors.

use super::{Done, OF_THE_HOUSE};
use crate::desk::House;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::services::{ServiceDone, ServiceRefusal, VisitOrder};
use crate::store::books::Books;
use crate::store::journal::Actor;
use chrono::{DateTime, Utc};

impl Books {
    pub(super) fn visit_order(
        &mut self,
        house: &House,
        order: &VisitOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        let terms = &house.visits;
        let done = match order {
            VisitOrder::SayYes { visit, said, yes } => self
                .approve_visit_by_phone(*visit, *said, *yes, by, at)?
                .map(|()| ServiceDone::SaidYes(*yes)),
            VisitOrder::LetIn(visit) => self
                .let_visitor_in(*visit, by, at)?
                .map(|receipt| ServiceDone::LetIn(receipt.number.to_string())),
            VisitOrder::SignOut(visit, all_out) => self
                .sign_out_at_desk(*visit, *all_out, by, at)?
                .map(|_| ServiceDone::SignedOut),
            VisitOrder::PrintRollCall => self
                .print_roll_call(OF_THE_HOUSE, by, at)?
                .map(|_| ServiceDone::Printing),
            VisitOrder::Announce(visit) => self
                .announce_visit(visit, by, at)?
                .map(|announced| ServiceDone::Announced(announced.code.digits().to_owned())),
            VisitOrder::EnterPermit(permit) => self
                .enter_permit(permit, by, at)?
                .map(|_| ServiceDone::PermitEntered(permit.until)),
            VisitOrder::DoNotAdmit(entry) => self
                .do_not_admit(entry, by, at)?
                .map(|_| ServiceDone::Barred),
            VisitOrder::AdmitAgain(entry) => self
                .admit_again(*entry, by, at)?
                .map(|()| ServiceDone::AdmittedAgain),
            VisitOrder::SettleMatch {
                visit,
                admit,
                reason,
            } => self
                .settle_match(terms, *visit, *admit, reason, by, at)?
                .map(ServiceDone::MatchSettled),
            VisitOrder::IssueCard(visit, credential) => self
                .issue_temporary_card(terms, *visit, credential, by, at)?
                .map(|_| ServiceDone::CardOut),
            VisitOrder::ReturnCard(credential) => self
                .return_temporary_card(credential, by, at)?
                .map(|_| ServiceDone::CardBack),
        };
        Ok(done
            .map(Outcome::Service)
            .map_err(|refusal| Refusal::Service(ServiceRefusal::Visit(refusal))))
    }
}
