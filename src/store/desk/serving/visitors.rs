//! Orders about visitors.

use super::Done;
use crate::desk::House;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::services::{ServiceDone, ServiceRefusal, VisitOrder};
use crate::people::Act;
use crate::store::books::Books;
use crate::store::journal::Actor;
use crate::store::people;
use crate::visits::announcing;
use chrono::{DateTime, Utc};
use std::io::Read;

/// The largest file of visits that is read, in bytes: many thousands of lines.
const LARGEST_FILE: u64 = 1 << 20;

impl Books {
    /// Announces the visits of a file, all of them or none.
    fn announce_file(&mut self, path: &str, by: Actor, at: DateTime<Utc>) -> Done {
        if let Some(refusal) = self.may_not(by, Act::AnnounceVisit)? {
            return Ok(Err(refusal));
        }
        let stop = |refusal| Ok(Err(Refusal::Service(refusal)));
        let text = match read(path) {
            Ok(text) => text,
            Err(error) => return stop(ServiceRefusal::File(error.kind())),
        };
        let rows = match announcing::read(&text) {
            Ok(rows) => rows,
            Err(wrong) => return stop(ServiceRefusal::Table(wrong)),
        };
        match self.announce_table(&rows, by, at)? {
            Ok(Ok(announced)) => {
                let done = ServiceDone::TableAnnounced(announced.len());
                Ok(Ok(Outcome::Service(done)))
            }
            Ok(Err(wrong)) => stop(ServiceRefusal::Table(wrong)),
            Err(refused) => stop(ServiceRefusal::Visit(refused)),
        }
    }

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
                .print_roll_call(people::language_of(&self.connection, by)?, by, at)?
                .map(|_| ServiceDone::Printing),
            VisitOrder::Announce(visit) => self
                .announce_visit(visit, by, at)?
                .map(|announced| ServiceDone::Announced(announced.code.digits().to_owned())),
            VisitOrder::AnnounceFile(path) => return self.announce_file(path, by, at),
            VisitOrder::EnterPermit(permit) => self
                .enter_permit(permit, by, at)?
                .map(|_| ServiceDone::PermitEntered(permit.until)),
            VisitOrder::Withdraw(visit) => self
                .withdraw_visit(*visit, by, at)?
                .map(|()| ServiceDone::VisitWithdrawn),
            VisitOrder::WithdrawPermit(permit) => self
                .withdraw_permit(*permit, by, at)?
                .map(|()| ServiceDone::PermitWithdrawn),
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
            VisitOrder::CardGone(card, reason) => self
                .write_off_temporary_card(*card, reason, by, at)?
                .map(|_| ServiceDone::CardGone),
        };
        Ok(done
            .map(Outcome::Service)
            .map_err(|refusal| Refusal::Service(ServiceRefusal::Visit(refusal))))
    }
}

/// The text of a file: UTF-8, or GB18030 as spreadsheets in China save it.
fn read(path: &str) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(LARGEST_FILE).read_to_end(&mut bytes)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::GB18030.decode(error.as_bytes()).0.into_owned(),
    })
}
