//! What was scanned at the desk: what can be done at once is done, all else says what it is and where it
//! is asked about.

use super::orders::Done;
use crate::desk::House;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::scanning::{Meant, OfMail};
use crate::desk::services::{KeyOrder, ServiceOrder, VisitOrder};
use crate::keys::KeyState;
use crate::kiosk::event::CodeMeaning;
use crate::lending::{BroughtBack, ReturnRefusal};
use crate::mail::{Collector, Item, PickUpCode, Piece};
use crate::slips::SlipNumber;
use crate::store::books::Books;
use crate::store::journal::Actor;
use crate::visits::{InvitationCode, Visit, VisitState};
use chrono::{DateTime, Utc};

impl Books {
    /// The obvious with a code. A lent thing, its slip and a visitor who carries nothing are done with
    /// at once; a key's points, things carried in and a hand-out are asked about first.
    pub(super) fn scan(&mut self, house: &House, code: &str, by: Actor, at: DateTime<Utc>) -> Done {
        let code = code.trim();
        if let Ok(code) = PickUpCode::from_code(code) {
            return self.pick_up_scanned(&code, at);
        }
        if let Ok(code) = InvitationCode::from_code(code) {
            return match self.invitation(&code)? {
                Some(visit) => self.visit_meant(visit),
                None => Ok(unknown()),
            };
        }
        let what = match self.read_code(code, at)? {
            CodeMeaning::Thing(thing, _) => BroughtBack::Tag(thing.tag),
            CodeMeaning::Mail(number) => {
                return match self.mail_by_number(&number)? {
                    Some(item) => self.piece_meant(item),
                    None => Ok(unknown()),
                };
            }
            CodeMeaning::Slip(number) => BroughtBack::Slip(number),
            CodeMeaning::Visit(number) => return self.visit_scanned(house, &number, by, at),
            CodeMeaning::Key(key, true) => {
                return Ok(Ok(Outcome::Meant(Meant::KeyBack(Box::new(key)))));
            }
            // Scanned once more, it says the same.
            CodeMeaning::Key(key, false)
                if matches!(key.state, KeyState::Lost | KeyState::TurnedUp) =>
            {
                let order = KeyOrder::TurnedUp { tag: key.tag };
                return self.service_order(house, &ServiceOrder::Keys(order), by, at);
            }
            CodeMeaning::Key(key, false) => {
                return Ok(Err(Refusal::KeyNotOut { hook: key.hook }));
            }
            CodeMeaning::Nothing => return self.carrier_or_typed(code, at),
        };
        self.take_back_at_desk(&house.kinds, &what, None, by, at)
    }

    /// A visitor's slip: whoever is inside and carried nothing in leaves.
    fn visit_scanned(
        &mut self,
        house: &House,
        number: &SlipNumber,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        let found = self.visit_to_end(&crate::visits::SignOut::Slip(number.clone()))?;
        match found {
            None => Ok(unknown()),
            Some(visit) if visit.state != VisitState::Inside => self.visit_meant(visit),
            Some(visit) if visit.carries => {
                let fact = self.visit_fact(visit)?;
                Ok(Ok(Outcome::Meant(Meant::Leaving(Box::new(fact)))))
            }
            Some(visit) => {
                let order = ServiceOrder::Visits(VisitOrder::SignOut(visit.id, None));
                self.service_order(house, &order, by, at)
            }
        }
    }

    fn visit_meant(&self, visit: Visit) -> Done {
        let fact = self.visit_fact(visit)?;
        Ok(Ok(Outcome::Meant(Meant::Visit(Box::new(fact)))))
    }

    /// A pick-up code: all that waits for its addressee can go, as at the touch screen.
    fn pick_up_scanned(&self, code: &PickUpCode, at: DateTime<Utc>) -> Done {
        let Some(item) = self.mail_by_code(code)? else {
            return Ok(unknown());
        };
        let offered = self.offer_mail(&Collector::Code(code.clone()), at)?;
        let pieces: Vec<Piece> = offered.map(|offer| offer.pieces).unwrap_or_default();
        let of = match pieces.is_empty() {
            true => OfMail::Standing(None),
            false => OfMail::Code(code.clone(), pieces),
        };
        Ok(Ok(Outcome::Meant(Meant::Mail(Box::new(item), of))))
    }

    /// A piece by a number on it, which proves nothing about who stands there.
    fn piece_meant(&self, item: Item) -> Done {
        let went = self.mail_gone(&item)?.map(Box::new);
        let of = OfMail::Standing(went);
        Ok(Ok(Outcome::Meant(Meant::Mail(Box::new(item), of))))
    }

    /// A number of a carrier; else a code that somebody typed as they read it out.
    fn carrier_or_typed(&self, code: &str, at: DateTime<Utc>) -> Done {
        let found = self.mail_by_tracking(code)?;
        let here = found.iter().position(|item| !item.state.has_left());
        if let Some(item) = found.into_iter().nth(here.unwrap_or_default()) {
            return self.piece_meant(item);
        }
        if let Ok(code) = PickUpCode::from_typed(code) {
            return self.pick_up_scanned(&code, at);
        }
        let invited = match InvitationCode::from_typed(code) {
            Ok(code) => self.invitation(&code)?,
            Err(_) => None,
        };
        match invited {
            Some(visit) => self.visit_meant(visit),
            None => Ok(unknown()),
        }
    }
}

fn unknown() -> Result<Outcome, Refusal> {
    Err(Refusal::Return(ReturnRefusal::Unknown))
}
