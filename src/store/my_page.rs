//! One card, everything: what a person's own page shows, read at one moment.

use super::books::Books;
use super::error::StoreError;
use super::{keys, mail, people, visits};
use crate::kiosk::event::{Identified, Told};
use crate::lending::Kind;
use crate::people::{Credential, Identity};
use crate::slips::SlipNumber;
use crate::visits::VisitState;
use chrono::{DateTime, Utc};

impl Books {
    /// Who a card belongs to, with what that person has here. Nothing is read for a card that opens
    /// nothing.
    pub fn identify(
        &self,
        kinds: &[Kind],
        credential: &Credential,
        at: DateTime<Utc>,
    ) -> Result<Identified, StoreError> {
        let identity = self.identify_card(credential)?;
        self.with_all(kinds, identity, at)
    }

    /// Who is inside with the slip of this visit: it stands for a card, where somebody borrows.
    pub fn identify_visitor(
        &self,
        kinds: &[Kind],
        number: &SlipNumber,
        at: DateTime<Utc>,
    ) -> Result<Identified, StoreError> {
        let visit = visits::by_number(&self.connection, number)?;
        let inside = visit.filter(|visit| visit.state == VisitState::Inside);
        let identity = match inside {
            Some(visit) => Identity::Known(people::holder(&self.connection, None, visit.visitor)?),
            None => Identity::NotInside,
        };
        self.with_all(kinds, identity, at)
    }

    fn with_all(
        &self,
        kinds: &[Kind],
        identity: Identity,
        at: DateTime<Utc>,
    ) -> Result<Identified, StoreError> {
        let Identity::Known(holder) = &identity else {
            return Ok(Identified {
                identity,
                loans: Vec::new(),
                mail: Vec::new(),
                keys: Vec::new(),
                grants: Vec::new(),
                kept: Vec::new(),
                visits: Vec::new(),
                permits: Vec::new(),
                told: Told::default(),
                stock: Vec::new(),
            });
        };
        let person = holder.person;
        Ok(Identified {
            loans: self.loans_of(person)?,
            mail: mail::waiting_for(&self.connection, person, at)?,
            visits: {
                let mut visits = self.visits_of_host(person, at)?;
                visits.extend(self.visits_withdrawn(person, at)?);
                visits
            },
            permits: self.permits_taken_back(person, at)?,
            told: Told {
                messages: self.messages_for(person)?,
                // ○ The tenant is told when a key to its unit was used.
                keys_used: match &holder.tenant {
                    Some(tenant) => {
                        let uses = self.key_uses_to_tell(tenant.id)?;
                        uses.iter().map(|taking| taking.taken_at).collect()
                    }
                    None => Vec::new(),
                },
            },
            kept: self.kept_for(person)?,
            keys: keys::held_by(&self.connection, person)?,
            grants: keys::grants_of(&self.connection, person)?,
            stock: self.stock(kinds, at)?,
            identity,
        })
    }
}
