//! Who gets what, and what may leave the house in which way.

pub(crate) use super::clock::after_attempt;
use super::clock::{held_until, is_overdue};
use super::desk::{MailRefusal, Onward, Outcome, Return, ReturnOrder, WhyFailed};
use super::{
    Addressee, Authority, AuthorityOrder, AuthorityRefusal, Item, MailKind, MailState, Offer,
    PickUpRefusal, Piece, Terms, Whose, Withheld, WithheldPiece,
};
use crate::matters::{Cause, Opening};
use crate::people::{Act, How, PersonId, Role, TenantId, permits};
use chrono::{DateTime, Utc};

/// Failed attempts after which an unclaimed item is a dead letter 盲件. The rule book says two.
pub const DEAD_LETTER_ATTEMPTS: u32 = 2;

/// What is known of who stands at the screen.
#[derive(Clone, Copy, Debug)]
pub enum Collecting<'a> {
    /// Somebody with a card.
    Card {
        /// Who.
        person: PersonId,
        /// Their company.
        company: Option<TenantId>,
        /// Whether the card was tapped or its number typed.
        how: How,
        /// What they were let collect for others.
        authorities: &'a [Authority],
    },
    /// Somebody with the code of one of this addressee's items.
    Code(Addressee),
}

/// Why an item is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// It is no business of theirs, and nothing is said about it.
    Stranger,
    /// It waits, but is not given here.
    Withheld(Withheld),
}

impl Authority {
    /// Whether it lets its holder collect this now.
    pub fn covers(&self, item: &Item, now: DateTime<Utc>) -> bool {
        self.principal == item.recipient.addressee
            && self.kinds.contains(&item.kind)
            && self.holds(now)
    }

    /// Whether it still holds. The last moment is no longer within.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        !(self.is_withdrawn || self.once && self.is_used)
            && self.until.is_none_or(|until| now < until)
    }
}

/// By what right this item is given to whoever stands here.
///
/// A company's ordinary mail goes to any of its people, as it would through a letter box. What is
/// signed for binds the company, so only somebody whose signature it accepts gets it: a person with
/// an authority of the company, which the desk enters from its list of signatories 签字有效人员.
/// A code stands for the addressee, who was sent it; it says nothing about signatories.
pub fn right(
    collecting: &Collecting<'_>,
    item: &Item,
    now: DateTime<Utc>,
) -> Result<Whose, NotGiven> {
    let signed = item.kind.needs_signature();
    let to = item.recipient.addressee;
    let (person, company, how, authorities) = match collecting {
        Collecting::Code(addressee) if *addressee != to => return Err(NotGiven::Stranger),
        Collecting::Code(Addressee::Tenant(_)) if signed => {
            return Err(NotGiven::Withheld(Withheld::SignatoryNeeded));
        }
        Collecting::Code(_) => return Ok(Whose::Own),
        Collecting::Card {
            person,
            company,
            how,
            authorities,
        } => (*person, *company, *how, *authorities),
    };
    let authority = authorities
        .iter()
        .find(|authority| authority.holder == person && authority.covers(item, now))
        .map(|authority| Whose::OnBehalf(authority.id));
    let whose = match to {
        Addressee::Person(addressee) if addressee == person => Whose::Own,
        Addressee::Tenant(tenant) if Some(tenant) == company && !signed => Whose::Company,
        Addressee::Tenant(tenant) if Some(tenant) == company => {
            authority.ok_or(NotGiven::Withheld(Withheld::SignatoryNeeded))?
        }
        _ => authority.ok_or(NotGiven::Stranger)?,
    };
    // Anybody can type a number that is printed on a card.
    if how == How::Typed {
        return Err(NotGiven::Withheld(Withheld::CardNotTapped));
    }
    Ok(whose)
}

/// Everything that this person can take along now, offered together.
pub fn offer(
    collecting: &Collecting<'_>,
    items: Vec<Item>,
    now: DateTime<Utc>,
) -> Result<Offer, PickUpRefusal> {
    let mut offer = Offer::default();
    for item in items {
        match (item.state, right(collecting, &item, now)) {
            (_, Err(NotGiven::Stranger)) => {}
            (MailState::Waiting, Ok(whose)) => offer.pieces.push(piece(item, whose)),
            (MailState::Waiting, Err(NotGiven::Withheld(why))) => {
                offer.withheld.push(WithheldPiece {
                    kind: item.kind,
                    why,
                });
            }
            (MailState::OutOnRound, _) => offer.on_the_way += 1,
            _ => {}
        }
    }
    if offer.pieces.is_empty() {
        return Err(PickUpRefusal::NothingWaits {
            on_the_way: offer.on_the_way,
            withheld: offer.withheld,
        });
    }
    Ok(offer)
}

/// What is handed out of what was ticked, as the books stand at this moment, and the kinds of what
/// is not: what one piece is refused for keeps nobody from the others. Refused is what gives nothing.
pub fn hand_out(
    collecting: &Collecting<'_>,
    ticked: Vec<Item>,
    is_signed: bool,
    now: DateTime<Utc>,
) -> Result<(Vec<Piece>, Vec<MailKind>), PickUpRefusal> {
    if ticked.is_empty() {
        return Err(PickUpRefusal::NothingChosen);
    }
    let (mut pieces, mut refused) = (Vec::new(), Vec::new());
    for item in ticked {
        let kind = item.kind;
        let refusal = match right(collecting, &item, now) {
            Err(NotGiven::Stranger) => PickUpRefusal::NotYours { kind },
            _ if item.state != MailState::Waiting => PickUpRefusal::Gone {
                kind,
                state: item.state,
            },
            Err(NotGiven::Withheld(why)) => PickUpRefusal::Withheld(WithheldPiece { kind, why }),
            Ok(whose) => {
                pieces.push(piece(item, whose));
                continue;
            }
        };
        refused.push((kind, refusal));
    }
    if pieces.is_empty() {
        let first = refused.into_iter().next().map(|(_, refusal)| refusal);
        return Err(first.unwrap_or(PickUpRefusal::NothingChosen));
    }
    let not_given = refused.into_iter().map(|(kind, _)| kind).collect();
    if !is_signed && pieces.iter().any(|piece| piece.kind.needs_signature()) {
        return Err(PickUpRefusal::SignatureMissing);
    }
    Ok((pieces, not_given))
}

pub(crate) fn piece(item: Item, whose: Whose) -> Piece {
    Piece {
        item: item.id,
        kind: item.kind,
        shelf: item.shelf,
        arrived: item.arrived,
        recipient: item.recipient,
        whose,
    }
}

/// The matter that the arrival of mail for a company that has moved leaves: it is phoned.
pub(crate) fn on_arrival(item: &Item) -> Option<Opening> {
    match item.recipient.has_moved {
        true => super::clock::for_moved(item),
        false => None,
    }
}

/// What is open about an item because of its addressee, and is over where it was another's.
pub(crate) const OF_ADDRESSEE: [Cause; 2] = [Cause::MailUnclaimed, Cause::MailForMovedTenant];

/// Whether an authority can be given.
pub fn may_let_collect(order: &AuthorityOrder, now: DateTime<Utc>) -> Result<(), AuthorityRefusal> {
    match order.until {
        _ if order.principal == Addressee::Person(order.holder) => {
            Err(AuthorityRefusal::SamePerson)
        }
        _ if order.kinds.is_empty() => Err(AuthorityRefusal::NoKinds),
        Some(until) if until <= now => Err(AuthorityRefusal::AlreadyOver { until }),
        _ => Ok(()),
    }
}

/// Whether an item may move on to this state.
pub fn may_move(item: &Item, next: MailState) -> Result<(), MailRefusal> {
    match item.state.may_become(next) {
        true => Ok(()),
        false => Err(MailRefusal::StandsOtherwise { state: item.state }),
    }
}

/// Whether this outcome of a round can be written down.
pub fn may_note(item: &Item, outcome: &Outcome) -> Result<(), MailRefusal> {
    if item.state != MailState::OutOnRound {
        return Err(MailRefusal::NotOnThisRound);
    }
    match outcome {
        Outcome::Failed(_) | Outcome::NotTried => Ok(()),
        Outcome::Delivered { signed, .. } if item.kind.needs_signature() && !signed => {
            Err(MailRefusal::SignatureMissing { kind: item.kind })
        }
        // Whoever distributes papers to every door asks nobody's name.
        Outcome::Delivered { to, .. } if !item.kind.goes_in_bulk() && to.trim().is_empty() => {
            Err(MailRefusal::NameMissing)
        }
        Outcome::Delivered { .. } => Ok(()),
    }
}

/// Whether an item goes on the next round: it waits, and was not tried twice already. What is for a
/// company that has moved is phoned about instead.
pub fn goes_round(item: &Item) -> bool {
    item.state == MailState::Waiting
        && item.attempts < DEAD_LETTER_ATTEMPTS
        && !item.recipient.has_moved
}

/// Whether a notice prints for the door: somebody had to sign, and nobody was there.
pub fn leaves_a_notice(item: &Item, outcome: &Outcome, terms: &Terms) -> bool {
    terms.notice_after_attempt
        && item.kind.needs_signature()
        && *outcome == Outcome::Failed(WhyFailed::NobodyThere)
}

/// Sorts as one walks: door by door, and what has no door last.
pub fn in_order_of_doors(items: &mut [Item]) {
    let walk = |item: &Item| {
        let room = item.recipient.room.clone();
        let count = item.number.as_ref().map(|number| number.count);
        (room.is_none(), room, item.arrived, count, item.id)
    };
    items.sort_by_key(walk);
}

/// Whether an item is a dead letter 盲件: tried twice, and nobody claims it. Empty rooms, who has moved or left
/// the company, and who does not want it will not; whoever just was not there has until it is held no more.
pub fn may_be_dead_letter(
    item: &Item,
    terms: &Terms,
    now: DateTime<Utc>,
) -> Result<(), MailRefusal> {
    may_move(item, MailState::DeadLetter)?;
    let attempts = item.attempts;
    if attempts < DEAD_LETTER_ATTEMPTS {
        return Err(MailRefusal::TooFewAttempts { attempts });
    }
    let will_claim = matches!(item.failed, None | Some(WhyFailed::NobodyThere))
        && !item.recipient.has_moved
        && !item.recipient.has_left;
    match will_claim && !is_overdue(item, terms, now) {
        true => Err(MailRefusal::StillHeld {
            until: held_until(item, terms),
        }),
        false => Ok(()),
    }
}

/// Whether whoever has these roles may write down that an item is of this kind after all. ● Special mail
/// leaves the house by the supervisor's word, and so it does as something else.
pub fn may_be_of_kind(item: &Item, kind: MailKind, roles: &[Role]) -> Result<(), MailRefusal> {
    let loses = item.kind.is_special() && !kind.is_special()
        || item.kind.needs_signature() && !kind.needs_signature();
    let act = Act::ApproveMailReturn;
    match loses && !permits(roles, act) {
        true => Err(MailRefusal::NotPermitted { act }),
        false => Ok(()),
    }
}

/// Whether it can be asked that an item go back or on: for special mail the form is filled in full.
pub fn may_ask_return(item: &Item, order: &ReturnOrder) -> Result<(), MailRefusal> {
    may_move(item, MailState::ReturnAsked)?;
    if order.onward == Onward::Forward && order.address.trim().is_empty() {
        return Err(MailRefusal::AddressMissing);
    }
    if item.kind.is_special() {
        let missing = order.form.clone().unwrap_or_default().missing();
        if !missing.is_empty() {
            return Err(MailRefusal::FormIncomplete { missing });
        }
    }
    Ok(())
}

/// Whether this person may let the item go: ordinary mail is checked by the mail administrator,
/// special mail approved by the supervisor, who is never the one who filled in the form.
pub fn may_allow_return(back: &Return, by: PersonId, roles: &[Role]) -> Result<(), MailRefusal> {
    let special = back.item.kind.is_special();
    let act = match special {
        true => Act::ApproveMailReturn,
        false => Act::CheckMailReturn,
    };
    if !permits(roles, act) {
        return Err(MailRefusal::NotPermitted { act });
    }
    if special && back.asked_by == by {
        return Err(MailRefusal::OwnForm);
    }
    may_move(&back.item, MailState::ReturnAllowed)
}

/// Whether the return slip 改批退条 may print.
pub fn may_print_return(back: &Return) -> Result<(), MailRefusal> {
    if back.allowed_by.is_none() {
        return Err(MailRefusal::NotAllowedYet {
            special: back.item.kind.is_special(),
        });
    }
    may_move(&back.item, MailState::ReturnPrinted)
}

#[cfg(test)]
pub(in crate::mail) mod tests;
