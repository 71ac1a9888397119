//! Handing mail out at the lodge, by card, by code, and on a member of staff's word.

use super::reading::{authorities_held, company_of, here_for, item, item_of_code};
use super::{Refusable, kept, leaves, permitted, write};
use crate::mail::desk::{MailRefusal, Override};
use crate::mail::rules::{self, Collecting};
use crate::mail::{
    Addressee, Authority, Collected, Collector, Item, MailId, MailState, Offer, PickUpCode,
    PickUpId, PickUpOrder, PickUpReceipt, PickUpRefusal, PickUpWay, Piece, Record, Waiting, Whose,
};
use crate::people::{Act, How, PersonId, Signature, TenantId};
use crate::store::books::{Books, Deed};
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

impl Books {
    /// All that this person can take along now.
    pub fn offer_mail(
        &self,
        by: &Collector,
        at: DateTime<Utc>,
    ) -> Result<Result<Offer, PickUpRefusal>, StoreError> {
        let Some(known) = Known::of(&self.connection, by)? else {
            return Ok(Err(PickUpRefusal::UnknownCode));
        };
        let items = known.items(&self.connection)?;
        Ok(rules::offer(&known.collecting(), items, at))
    }

    /// Hands out what was ticked, where the rules allow it on what is in the books at this moment.
    pub fn pick_up_mail(
        &mut self,
        order: &PickUpOrder,
        at: DateTime<Utc>,
    ) -> Result<Result<PickUpReceipt, PickUpRefusal>, StoreError> {
        let (actor, way) = match &order.by {
            Collector::Card { holder, .. } => (Actor::of(holder), PickUpWay::Card),
            Collector::Code(_) => (Actor::default(), PickUpWay::Code),
        };
        self.perform("hand mail out", at, actor, |deed| {
            let Some(known) = Known::of(&deed.tx, &order.by)? else {
                return Ok(Err(PickUpRefusal::UnknownCode));
            };
            let mut ticked = Vec::new();
            for id in once_each(&order.items) {
                ticked.extend(item(&deed.tx, id)?);
            }
            let signature = order.signature.as_ref().filter(|s| s.is_written());
            let collecting = known.collecting();
            let (pieces, not_given) = granted!(rules::hand_out(
                &collecting,
                ticked,
                signature.is_some(),
                at
            ));
            let signed = signature.map_or(Signed::Not, Signed::OnGlass);
            let id = give(deed, &pieces, actor.person, way, signed)?;
            let left = match rules::offer(&collecting, known.items(&deed.tx)?, at) {
                Ok(offer) => u32::try_from(offer.pieces.len()).unwrap_or(u32::MAX),
                Err(_) => 0,
            };
            Ok(Ok(PickUpReceipt {
                id,
                pieces,
                not_given,
                left,
            }))
        })
    }

    /// Hands mail at the desk to whoever shows its pick-up code: what the touch screen would give for it.
    pub fn hand_mail_out_by_code(
        &mut self,
        code: &PickUpCode,
        items: &[MailId],
        on_paper: bool,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<PickUpReceipt> {
        self.perform("hand mail out by its code", at, by, |deed| {
            granted!(permitted(deed, by, Act::HandleMail)?);
            let shown = Collector::Code(code.clone());
            let Some(known) = Known::of(&deed.tx, &shown)? else {
                return Ok(Err(MailRefusal::NotFound));
            };
            let mut ticked = Vec::new();
            for id in once_each(items) {
                ticked.extend(item(&deed.tx, id)?);
            }
            let given = rules::hand_out(&known.collecting(), ticked, on_paper, at);
            let (pieces, not_given) = match given {
                Ok(given) => given,
                Err(refusal) => return Ok(Err(not_by_code(refusal))),
            };
            let signed = match on_paper {
                true => Signed::OnPaper,
                false => Signed::Not,
            };
            let id = give(deed, &pieces, None, PickUpWay::Code, signed)?;
            Ok(Ok(PickUpReceipt {
                id,
                pieces,
                not_given,
                left: 0,
            }))
        })
    }

    /// Hands mail to somebody without an authority; whoever does it answers for it with a reason.
    pub fn hand_mail_out_anyway(
        &mut self,
        order: &Override,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Refusable<PickUpReceipt> {
        self.perform("hand mail out against the rule", at, by, |deed| {
            granted!(permitted(deed, by, Act::OverridePickUp)?);
            let (to, reason) = (kept(&order.to), kept(&order.reason));
            if to.is_empty() {
                return Ok(Err(MailRefusal::NameMissing));
            }
            if reason.is_empty() {
                return Ok(Err(MailRefusal::ReasonMissing));
            }
            if order.items.is_empty() {
                return Ok(Err(MailRefusal::NothingChosen));
            }
            let signature = order.signature.as_ref().filter(|s| s.is_written());
            let mut pieces = Vec::new();
            for id in once_each(&order.items) {
                let Some(item) = item(&deed.tx, id)? else {
                    return Ok(Err(MailRefusal::NotFound));
                };
                granted!(rules::may_move(&item, MailState::Collected));
                let kind = item.kind;
                if kind.needs_signature() && signature.is_none() && !order.on_paper {
                    return Ok(Err(MailRefusal::SignatureMissing { kind }));
                }
                pieces.push(rules::piece(item, Whose::Own));
            }
            let signed = match signature {
                Some(strokes) => Signed::OnGlass(strokes),
                None if order.on_paper => Signed::OnPaper,
                None => Signed::Not,
            };
            let id = give(deed, &pieces, None, PickUpWay::Override, signed)?;
            write(
                deed,
                "INSERT INTO mail_overrides (pick_up, taken_by, reason) VALUES (?1, ?2, ?3)",
                params![id.to_string(), to, reason],
            )?;
            Ok(Ok(PickUpReceipt {
                id,
                pieces,
                not_given: Vec::new(),
                left: 0,
            }))
        })
    }
}

/// Why a code gives nothing, as the desk is told.
fn not_by_code(refusal: PickUpRefusal) -> MailRefusal {
    match refusal {
        PickUpRefusal::SignatureMissing => MailRefusal::NotSigned,
        PickUpRefusal::Gone { state, .. } => MailRefusal::StandsOtherwise { state },
        PickUpRefusal::NothingChosen => MailRefusal::NothingChosen,
        PickUpRefusal::Withheld(_) => MailRefusal::SignatoryNeeded,
        PickUpRefusal::UnknownCode
        | PickUpRefusal::NothingWaits { .. }
        | PickUpRefusal::NotYours { .. } => MailRefusal::NotFound,
    }
}

/// How somebody signed for what they take.
#[derive(Clone, Copy)]
enum Signed<'a> {
    OnGlass(&'a Signature),
    OnPaper,
    Not,
}

/// Writes the handing out, with its signature beside it.
fn give(
    deed: &mut Deed<'_>,
    pieces: &[Piece],
    collector: Option<PersonId>,
    way: PickUpWay,
    signed: Signed<'_>,
) -> Result<PickUpId, StoreError> {
    let pick_up = PickUpId(deed.new_id()?);
    let items = pieces
        .iter()
        .map(|piece| Collected {
            item: piece.item,
            authority: match piece.whose {
                Whose::OnBehalf(authority) => Some(authority),
                Whose::Own | Whose::Company => None,
            },
        })
        .collect();
    deed.record(Record::PickedUp {
        pick_up,
        items,
        collector,
        way,
        signed: !matches!(signed, Signed::Not),
    })?;
    for piece in pieces {
        leaves(deed, piece.item)?;
    }
    if let Signed::OnGlass(signature) = signed {
        let strokes = serde_json::to_string(signature)
            .expect("strokes are lists of numbers, which JSON can always hold");
        write(
            deed,
            "INSERT INTO mail_signatures (pick_up, strokes) VALUES (?1, ?2)",
            params![pick_up.to_string(), strokes],
        )?;
    }
    Ok(pick_up)
}

fn once_each(items: &[MailId]) -> std::collections::BTreeSet<MailId> {
    items.iter().copied().collect()
}

/// What the books know of who stands there.
enum Known {
    Card {
        person: PersonId,
        company: Option<TenantId>,
        how: How,
        authorities: Vec<Authority>,
    },
    Code(Addressee),
}

impl Known {
    fn of(connection: &Connection, by: &Collector) -> Result<Option<Self>, StoreError> {
        match by {
            Collector::Card { holder, how } => {
                Known::by_card(connection, holder.person, *how).map(Some)
            }
            Collector::Code(code) => {
                Ok(item_of_code(connection, code)?
                    .map(|item| Known::Code(item.recipient.addressee)))
            }
        }
    }

    fn by_card(connection: &Connection, person: PersonId, how: How) -> Result<Self, StoreError> {
        Ok(Known::Card {
            person,
            company: company_of(connection, person)?,
            how,
            authorities: authorities_held(connection, person)?,
        })
    }

    fn collecting(&self) -> Collecting<'_> {
        match self {
            Known::Code(addressee) => Collecting::Code(*addressee),
            Known::Card {
                person,
                company,
                how,
                authorities,
            } => Collecting::Card {
                person: *person,
                company: *company,
                how: *how,
                authorities,
            },
        }
    }

    /// All that could concern them: their own, their company's, that of whoever lets them collect.
    fn items(&self, connection: &Connection) -> Result<Vec<Item>, StoreError> {
        let mut addressees = match self {
            Known::Code(addressee) => vec![*addressee],
            Known::Card {
                person,
                company,
                authorities,
                ..
            } => {
                let own = std::iter::once(Addressee::Person(*person));
                let company = company.map(Addressee::Tenant);
                let others = authorities.iter().map(|authority| authority.principal);
                own.chain(company).chain(others).collect()
            }
        };
        let mut seen = std::collections::HashSet::new();
        addressees.retain(|addressee| seen.insert(*addressee));
        let mut items = Vec::new();
        for addressee in addressees {
            items.extend(here_for(connection, addressee)?);
        }
        items.sort_by_key(|item| (item.arrived, item.id));
        Ok(items)
    }
}

/// What waits for this person, the oldest first: also what is for their company or for somebody who
/// lets them collect.
pub(in crate::store) fn waiting_for(
    connection: &Connection,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<Vec<Waiting>, StoreError> {
    let known = Known::by_card(connection, person, How::Tapped)?;
    let offer = rules::offer(&known.collecting(), known.items(connection)?, at);
    let waiting = |piece: Piece| Waiting {
        kind: piece.kind,
        shelf: piece.shelf,
        arrived: piece.arrived,
        whose: piece.whose,
    };
    Ok(offer
        .map(|offer| offer.pieces.into_iter().map(waiting).collect())
        .unwrap_or_default())
}
