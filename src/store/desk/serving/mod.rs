//! Orders about visitors, keys and mail. Each is one deed of its service, which asks the permission
//! table again.

mod keys;
mod mail;
mod visitors;

use crate::desk::House;
use crate::desk::event::{Outcome, Refusal};
use crate::desk::services::ServiceOrder;
use crate::people::{Act, permits};
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
        house: &House,
        order: &ServiceOrder,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        match order {
            ServiceOrder::Visits(order) => self.visit_order(house, order, by, at),
            ServiceOrder::Keys(order) => self.key_order(house, order, by, at),
            ServiceOrder::Mail(order) => self.mail_order(house, order, by, at),
        }
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
