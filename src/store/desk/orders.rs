//! What is done at the desk: each order in one deed that asks first whether its doer may.

use super::facts::name;
use super::moving;
use super::reprint::{reprint, seen};
use crate::desk::House;
use crate::desk::event::{Doer, Order, Outcome, Refusal};
use crate::desk::lending::LendingStop;
use crate::lending::record::Record as Lending;
use crate::lending::{BroughtBack, Counted, Kind, KindId, ThingId, ThingState};
use crate::matters::{MatterId, MatterRefusal, Move};
use crate::people::{
    Act, Bilingual, CardId, CardState, Credential, Language, PersonId, PersonName,
    Record as People, Role, TenantId, TenantState,
};
use crate::store::books::{Books, Deed};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::Actor;
use crate::store::staff::{self, permitted};
use crate::store::words::to_word;
use crate::store::{PersonRow, TenantRow, lending, people, tags};
use chrono::{DateTime, Utc};
use rusqlite::params;

/// What came of an order, or why the books could not be read.
pub(super) type Done = Result<Result<Outcome, Refusal>, StoreError>;

impl Books {
    /// Does what somebody at the desk asked for, or says why not. Nothing is written of a refusal.
    pub fn desk_order(
        &mut self,
        house: &House,
        doer: Doer,
        order: &Order,
        at: DateTime<Utc>,
    ) -> Result<Result<Outcome, Refusal>, StoreError> {
        let kinds = house.kinds.as_slice();
        let by = Actor {
            person: Some(doer.person),
            card: doer.card,
        };
        match order {
            Order::Scan(code) => {
                let done = self.scan(house, code, by, at);
                self.scan_read(by, done)
            }
            Order::TakeBack(what, bringer) => self.take_back_at_desk(kinds, what, *bringer, by, at),
            Order::MoveMatter(matter, wish, note) => {
                self.matter_order(*matter, *wish, note, by, at)
            }
            Order::SetPin(person, pin) => Ok(match self.set_pin(*person, pin, by, at)? {
                Ok(Ok(())) => Ok(Outcome::PinSet),
                Ok(Err(refused)) => Err(Refusal::Pin(refused)),
                Err(act) => Err(Refusal::NotPermitted(act)),
            }),
            Order::Unlock(person) => {
                let done = self.unlock_staff(*person, by, at)?;
                Ok(done
                    .map(|()| Outcome::Unlocked)
                    .map_err(Refusal::NotPermitted))
            }
            Order::Lending(order) => self.lending_order(kinds, order, by, at),
            Order::Service(order) => self.service_order(house, order, by, at),
            Order::Found { name, pin } => self.found(name, pin, at),
            Order::PrintPack => self.pack_order(kinds, by, at),
            order => self.perform("do what the desk asked for", at, by, |deed| {
                match needed(order) {
                    Some(act) if !permitted(deed, by, act)? => Ok(Err(Refusal::NotPermitted(act))),
                    _ => simple(deed, kinds, order),
                }
            }),
        }
    }

    pub(super) fn take_back_at_desk(
        &mut self,
        kinds: &[Kind],
        what: &BroughtBack,
        bringer: Option<PersonId>,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        self.perform("take something back at the desk", at, by, |deed| {
            let act = Act::TakeBackThings;
            if !permitted(deed, by, act)? {
                return Ok(Err(Refusal::NotPermitted(act)));
            }
            // Who stands before the desk showed no card; who took it back is the row's actor.
            let back = lending::take_back_in(deed, kinds, what, bringer)?;
            Ok(back.map(Outcome::TakenBack).map_err(Refusal::Return))
        })
    }

    fn matter_order(
        &mut self,
        matter: MatterId,
        wish: Move,
        note: &str,
        by: Actor,
        at: DateTime<Utc>,
    ) -> Done {
        let may = by
            .person
            .map(|person| people::roles(&self.connection, person))
            .transpose()?;
        let act = Act::OwnMatters;
        if !crate::people::permits(&may.unwrap_or_default(), act) {
            return Ok(Err(Refusal::NotPermitted(act)));
        }
        Ok(match self.move_matter(matter, wish, note, by, at)? {
            Ok(()) => Ok(Outcome::MatterMoved(wish)),
            Err(refused) => {
                let owner = match refused {
                    MatterRefusal::OwnedBy(owner) => name(&self.connection, owner)?,
                    MatterRefusal::NotOpen
                    | MatterRefusal::NobodyOwnsIt
                    | MatterRefusal::CannotOwn
                    | MatterRefusal::DecidedInKeys
                    | MatterRefusal::KeyIsOut
                    | MatterRefusal::ReasonMissing => None,
                };
                Err(Refusal::Matter(refused, owner))
            }
        })
    }

    /// The first supervisor of a house where nobody can log in yet.
    fn found(
        &mut self,
        name: &PersonName,
        pin: &crate::people::staff::Pin,
        at: DateTime<Utc>,
    ) -> Done {
        if self.has_staff()? {
            return Ok(Err(Refusal::NotNew));
        }
        if let Err(refused) = crate::people::staff::acceptable(pin) {
            return Ok(Err(Refusal::Pin(refused)));
        }
        let pin = self.pepper()?.keep(pin)?;
        // One deed: a supervisor without a PIN could not log in, and would found nothing again.
        self.write("found the house", at, Actor::default(), |deed| {
            let person = insert_person(deed, name, None, Role::Supervisor)?;
            staff::keep(deed, person, &pin)?;
            Ok(Ok(Outcome::Founded))
        })
    }
}

/// What whoever does this must be permitted; the permission table of the house.
fn needed(order: &Order) -> Option<Act> {
    Some(match order {
        Order::Scan(_) | Order::TakeBack(..) => Act::TakeBackThings,
        Order::CountStand { .. } | Order::EnterThing { .. } => Act::KeepStock,
        Order::Reprint(_) | Order::SlipSeen(_) => Act::ReprintSlips,
        Order::MoveMatter(..) => Act::OwnMatters,
        Order::EnterTenant { .. }
        | Order::KeepTenant(..)
        | Order::EnterPerson { .. }
        | Order::MovePerson { .. }
        | Order::GiveRole(..)
        | Order::TakeRole(..)
        | Order::EndPerson(_) => Act::KeepPeople,
        Order::IssueCard { .. } | Order::MoveCard(..) => Act::KeepCards,
        Order::SetPin(..) | Order::Unlock(_) => Act::UnlockStaff,
        // Each asks for itself, in the deed of its service.
        Order::Lending(_) | Order::Service(_) | Order::PrintPack | Order::Found { .. } => {
            return None;
        }
    })
}

/// Orders that are one or two rows.
fn simple(deed: &mut Deed<'_>, kinds: &[Kind], order: &Order) -> Done {
    match order {
        Order::CountStand { kind, total } => {
            let counted = lending::count_stand(deed, kinds, kind, *total)?;
            Ok(counted
                .map(|()| Outcome::Counted(kind.clone(), *total))
                .map_err(|why| Refusal::Lending(LendingStop::Count(why))))
        }
        Order::EnterThing { kind, tag, label } => enter_thing(deed, kinds, kind, tag, label),
        Order::Reprint(job) => reprint(deed, *job),
        Order::SlipSeen(job) => seen(deed, *job),
        Order::EnterTenant {
            name,
            rooms,
            address_en,
        } => enter_tenant(deed, name, rooms, address_en),
        Order::EnterPerson { name, tenant, role } => enter_person(deed, name, *tenant, *role),
        Order::KeepTenant(tenant, word) => moving::keep_tenant(deed, *tenant, word),
        Order::MovePerson {
            person,
            tenant,
            role,
        } => moving::move_person(deed, *person, *tenant, *role),
        Order::GiveRole(person, role) => moving::give_role(deed, *person, *role),
        Order::TakeRole(person, role) => moving::take_role(deed, *person, *role),
        Order::EndPerson(person) => moving::end_person(deed, *person),
        Order::IssueCard { person, credential } => issue_card(deed, *person, credential),
        Order::MoveCard(card, state) => move_card(deed, *card, *state),
        Order::Scan(_)
        | Order::TakeBack(..)
        | Order::MoveMatter(..)
        | Order::SetPin(..)
        | Order::Unlock(_)
        | Order::Lending(_)
        | Order::Service(_)
        | Order::PrintPack
        | Order::Found { .. } => Ok(Err(Refusal::NotDone)),
    }
}

fn enter_thing(deed: &mut Deed<'_>, kinds: &[Kind], of: &KindId, tag: &str, label: &str) -> Done {
    let known = kinds.iter().find(|kind| kind.id == *of);
    if known.is_none_or(|kind| kind.counted != Counted::Tagged) {
        return Ok(Err(Refusal::NoSuchKind(of.clone())));
    }
    let tag = tags::kept(tag);
    if tags::in_use(&deed.tx, &tag, None)? {
        return Ok(Err(Refusal::TagInUse(tag)));
    }
    let thing = ThingId(deed.new_id()?);
    deed.record(Lending::ThingEntered {
        thing,
        of: of.clone(),
        tag: tag.clone(),
        label: label.to_owned(),
        state: ThingState::Available,
    })?;
    Ok(Ok(Outcome::ThingEntered(of.clone(), label.to_owned(), tag)))
}

fn enter_tenant(deed: &mut Deed<'_>, name: &Bilingual, rooms: &[String], address_en: &str) -> Done {
    let row = TenantRow {
        name: name.clone(),
        rooms: rooms
            .iter()
            .filter(|room| !room.is_empty())
            .cloned()
            .collect(),
        state: TenantState::In,
    };
    let tenant = people::insert_tenant(deed, &row)?;
    people::write_address(&deed.tx, tenant, address_en)?;
    Ok(Ok(Outcome::TenantEntered))
}

fn enter_person(
    deed: &mut Deed<'_>,
    name: &PersonName,
    tenant: Option<TenantId>,
    role: Role,
) -> Done {
    let person = insert_person(deed, name, tenant, role)?;
    Ok(Ok(Outcome::PersonEntered(person)))
}

fn insert_person(
    deed: &mut Deed<'_>,
    name: &PersonName,
    tenant: Option<TenantId>,
    role: Role,
) -> Result<PersonId, StoreError> {
    let row = PersonRow {
        tenant,
        name: name.clone(),
        roles: vec![role],
        language: match name.chinese {
            Some(_) => Language::Chinese,
            None => Language::English,
        },
    };
    people::insert_person(deed, &row)
}

fn issue_card(deed: &mut Deed<'_>, person: PersonId, credential: &Credential) -> Done {
    if people::find_card(&deed.tx, credential)?.is_some() {
        return Ok(Err(Refusal::CardInUse));
    }
    let row = crate::store::CardRow {
        person,
        credential: credential.clone(),
        state: CardState::Active,
    };
    people::insert_card(deed, &row)?;
    Ok(Ok(Outcome::CardIssued))
}

fn move_card(deed: &mut Deed<'_>, card: CardId, state: CardState) -> Done {
    set_card(deed, card, state)?;
    Ok(Ok(Outcome::CardMoved(state)))
}

/// A card opens something from now on, or nothing any more.
pub(super) fn set_card(
    deed: &mut Deed<'_>,
    card: CardId,
    state: CardState,
) -> Result<(), StoreError> {
    deed.tx
        .execute(
            "UPDATE cards SET state = ?2 WHERE id = ?1",
            params![card.to_string(), to_word(&state)],
        )
        .doing("block a card")?;
    deed.record(People::CardMoved { card, state })
}
