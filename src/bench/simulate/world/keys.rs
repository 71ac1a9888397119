//! Keys: each on its hook, with somebody, lost, found again, or broken on the keeper's table.

use super::Told;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::bench::simulate::town::{self, Town};
use crate::keys::flow::Stage;
use crate::keys::{Awaits, KeyKind, KeyLoanId, KeyState, Point, TakeReceipt};
use crate::matters::Cause;
use crate::people::{PersonId, TenantId};
use crate::store::StoreError;
use chrono::{DateTime, Days, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// From so long before the lobby closes no key is given any more.
const LAST_MINUTES: TimeDelta = TimeDelta::minutes(15);

/// What a taking may leave open.
const OF_TAKINGS: [Cause; 4] = [
    Cause::UnitNotSafe,
    Cause::KeyInEmergency,
    Cause::KeyWasOut,
    Cause::ContractorWithKey,
];

/// Where a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On its hook.
    Hook,
    /// With this person.
    With(PersonId),
    /// Nobody knows.
    Lost,
    /// Lost once, and on the keeper's table.
    Found,
    /// Not whole, on the keeper's table.
    Broken,
}

/// The keys of the house, by hook.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// Where each is.
    pub places: BTreeMap<String, Place>,
    for_two: BTreeSet<String>,
    undecided: BTreeSet<String>,
    hurt: BTreeSet<String>,
    told: BTreeSet<KeyLoanId>,
    /// Who may take keys, each until when.
    pub grants: Vec<(PersonId, Option<DateTime<Utc>>)>,
    /// What is out, by hook.
    out: BTreeMap<String, Out>,
    /// The matters that keys have left.
    owed: BTreeSet<(Cause, Uuid)>,
    /// Uses of keys of which a company is still to be told.
    pub untold: BTreeSet<(TenantId, KeyLoanId)>,
    /// What was seen of it.
    pub seen: Tally,
}

/// A key that is out.
#[derive(Clone, Copy, Debug)]
struct Out {
    loan: KeyLoanId,
    due: DateTime<Utc>,
    /// Whether the keeper has written down why it is not back.
    is_explained: bool,
}

impl Hooks {
    /// Every key on its hook.
    pub fn hung(town: &Town) -> Self {
        let hooks = town::hooks();
        let for_two = hooks
            .iter()
            .filter(|(_, kind)| *kind != KeyKind::Ordinary)
            .map(|(hook, _)| hook.clone());
        Hooks {
            for_two: for_two.collect(),
            places: hooks
                .into_iter()
                .map(|(hook, _)| (hook, Place::Hook))
                .collect(),
            // The first of the staff tries in vain.
            grants: town.staff[1..]
                .iter()
                .map(|card| (card.person, None))
                .collect(),
            ..Hooks::default()
        }
    }

    fn is_granted(&self, person: PersonId, now: DateTime<Utc>) -> bool {
        let mut own = self.grants.iter().filter(|(own, _)| *own == person);
        own.any(|(_, until)| until.is_none_or(|until| now < until))
    }

    /// Takes in what a page of keys says.
    pub fn told(&mut self, lobby: &Lobby, stage: &Stage) -> Result<Told, String> {
        match stage {
            Stage::Taken(receipt) => {
                if !self.told.insert(receipt.loan) {
                    return Ok(Told::Nothing);
                }
                let hook = &receipt.hook;
                let Some(person) = lobby.stay.on_card else {
                    return Err(format!("the key of {hook} was given to nobody"));
                };
                // ● Two people are there for masters and sealed spares.
                let second = lobby.stay.second.filter(|second| *second != person);
                if self.for_two.contains(hook) && second.is_none() {
                    return Err(format!("the key of {hook} went out with one card"));
                }
                if self.for_two.contains(hook) {
                    self.seen.add(Seen::SecondPerson);
                }
                // ● Nor without the permission that is a grant.
                if !self.is_granted(person, lobby.now) {
                    return Err(format!(
                        "the key of {hook} went to somebody without a grant"
                    ));
                }
                self.is_due(lobby, receipt)?;
                let tenant = town::tenant_of(hook).map(|company| lobby.town.companies[company]);
                self.untold
                    .extend(tenant.map(|tenant| (tenant, receipt.loan)));
                self.goes_out(hook, person)
            }
            Stage::Returned(receipt) => {
                let hook = &receipt.hook;
                let whole = !receipt.denied.contains(&Point::Whole);
                let held = matches!(self.places.get(hook), Some(Place::With(_)));
                let awaits = match whole {
                    true => self.awaits(hook),
                    false => Some(Awaits::Decision),
                };
                let is_late = self.out.get(hook).is_some_and(|out| out.due < lobby.now);
                if held && (receipt.awaits != awaits || receipt.late != is_late) {
                    return Err(format!("the key of {hook} hangs again: {receipt:?}"));
                }
                let is_safe = !receipt.denied.iter().any(|point| *point != Point::Whole);
                Ok(self.comes_back(hook, (!whole, is_safe), lobby.now))
            }
            Stage::TurnedUp(hook) => self.turns_up(hook).map(|()| Told::Nothing),
            // Whoever was granted none is offered none.
            Stage::Choosing(keys) if keys.is_empty() => {
                let person = lobby.stay.on_card;
                if !person.is_some_and(|person| self.is_granted(person, lobby.now)) {
                    self.seen.add(Seen::KeyNotGranted);
                }
                Ok(Told::Nothing)
            }
            Stage::Refused(_) | Stage::RefusedReturn(_) => Ok(Told::Refused),
            _ => Ok(Told::Nothing),
        }
    }

    /// ○ Every key is due when the lobby closes; in an emergency, while none are given, when they are
    /// again. Whoever takes one for a contractor, or in an emergency, leaves a matter.
    fn is_due(&mut self, lobby: &Lobby, receipt: &TakeReceipt) -> Result<(), String> {
        let house = &lobby.house.building;
        let local = house.local(lobby.now);
        let closing = house.moment(local.date(), house.closes);
        let gives = local.time() >= house.opens && lobby.now + LAST_MINUTES < closing;
        let morning = match local.time() < house.opens {
            true => local.date(),
            false => local.date() + Days::new(1),
        };
        let due = match gives {
            true => closing,
            false => house.moment(morning, house.opens),
        };
        if receipt.due != due {
            return Err(format!("{receipt:?} is not due at {due}"));
        }
        let loan = receipt.loan;
        let causes = [
            (receipt.goes_along, Cause::ContractorWithKey),
            (!gives, Cause::KeyInEmergency),
        ];
        let causes = causes.into_iter().filter(|(is_so, _)| *is_so);
        self.owed.extend(causes.map(|(_, cause)| (cause, loan.0)));
        if receipt.goes_along {
            self.seen.add(Seen::ContractorWithKey);
        }
        self.out.insert(
            receipt.hook.clone(),
            Out {
                loan,
                due,
                is_explained: false,
            },
        );
        Ok(())
    }

    /// It is out no more: whoever went along with a contractor is done.
    fn is_out_no_more(&mut self, hook: &str) -> Option<Out> {
        let out = self.out.remove(hook)?;
        self.owed.remove(&(Cause::ContractorWithKey, out.loan.0));
        Some(out)
    }

    fn is_in(&mut self, hook: &str, now: DateTime<Utc>) -> Option<KeyLoanId> {
        let out = self.is_out_no_more(hook)?;
        let day = |at| town::building().local(at).date();
        // ● What was out over night, and is back before it was asked for, is asked about.
        if day(out.due) < day(now) && !out.is_explained {
            self.owed.insert((Cause::KeyWasOut, out.loan.0));
        }
        Some(out.loan)
    }

    /// The keeper has written down why a key is not back.
    pub fn is_explained(&mut self, hook: &str) {
        if let Some(out) = self.out.get_mut(hook) {
            out.is_explained = true;
        }
    }

    /// Somebody at the desk has seen to what a key left.
    pub fn is_seen_to(&mut self, cause: Cause, about: Uuid) {
        self.owed.remove(&(cause, about));
    }

    fn goes_out(&mut self, hook: &str, person: PersonId) -> Result<Told, String> {
        match self.places.insert(hook.to_owned(), Place::With(person)) {
            Some(Place::Hook) => Ok(Told::KeyOut),
            other => Err(format!("the key of {hook} went out while it was {other:?}")),
        }
    }

    /// A key comes back. Its page may stand until the next in line reads it once more.
    pub fn comes_back(
        &mut self,
        hook: &str,
        (broken, is_safe): (bool, bool),
        now: DateTime<Utc>,
    ) -> Told {
        let held = matches!(self.places.get(hook), Some(Place::With(_)));
        let loan = self.is_in(hook, now);
        if let Some(loan) = loan.filter(|_| !is_safe) {
            self.owed.insert((Cause::UnitNotSafe, loan.0));
            self.seen.add(Seen::UnitNotSafe);
        }
        let was_hurt = held && self.hurt.remove(hook);
        let place = match broken || was_hurt {
            true => Place::Broken,
            false => Place::Hook,
        };
        match self.places.get_mut(hook) {
            Some(held @ Place::With(_)) => {
                *held = place;
                if broken {
                    self.undecided.insert(hook.to_owned());
                }
                Told::KeyBack
            }
            _ => Told::Nothing,
        }
    }

    /// Whoever has a key reports that it is broken.
    pub fn is_hurt(&mut self, hook: &str) {
        self.hurt.insert(hook.to_owned());
        self.undecided.insert(hook.to_owned());
    }

    /// Whether a report of it waits for the supervisor.
    pub fn is_reported(&self, hook: &str) -> bool {
        self.undecided.contains(hook)
    }

    /// What it waits for instead of hanging again when it comes back: it was reported broken since it
    /// went out.
    pub fn awaits(&self, hook: &str) -> Option<Awaits> {
        match (self.hurt.contains(hook), self.undecided.contains(hook)) {
            (false, _) => None,
            (true, true) => Some(Awaits::Decision),
            (true, false) => Some(Awaits::Keeper),
        }
    }

    /// A key is lost, and reported.
    pub fn is_lost(&mut self, hook: &str) {
        self.hurt.remove(hook);
        self.is_out_no_more(hook);
        self.seen.add(Seen::KeyLost);
        self.places.insert(hook.to_owned(), Place::Lost);
        self.undecided.insert(hook.to_owned());
    }

    /// A lost key is here again. Its page may stand until the next in line reads it once more.
    pub fn turns_up(&mut self, hook: &str) -> Result<(), String> {
        match self.places.get_mut(hook) {
            Some(place @ (Place::Lost | Place::Found)) => {
                *place = Place::Found;
                Ok(())
            }
            other => Err(format!(
                "the key of {hook} turned up while it was {other:?}"
            )),
        }
    }

    /// The supervisor has decided.
    pub fn is_decided(&mut self, hook: &str) {
        self.undecided.remove(hook);
    }

    /// Whether the keeper may hang it on its hook again: ● not before the supervisor has decided.
    pub fn may_hang(&self, hook: &str) -> bool {
        let waits = matches!(
            self.places.get(hook),
            Some(Place::Lost | Place::Found | Place::Broken)
        );
        waits && !self.undecided.contains(hook)
    }

    /// It hangs there again.
    pub fn hangs_again(&mut self, hook: &str) {
        self.places.insert(hook.to_owned(), Place::Hook);
    }

    /// Whether the books say something else; what, if so.
    pub fn differ_from(&self, lobby: &Lobby) -> Result<Option<String>, StoreError> {
        let books = lobby.read();
        for line in books.hooks()? {
            let place = self.places.get(&line.key.hook);
            let own = self.out.get(&line.key.hook).map(|out| (out.loan, out.due));
            let out = line.out.as_ref().map(|out| (out.loan.id, out.loan.due));
            if own != out {
                return Ok(Some(format!(
                    "{} is out, say the books, as {out:?}, and the world {own:?}",
                    line.key.hook
                )));
            }
            let holder = line.out.as_ref().map(|taking| taking.loan.holder);
            let agree = match (place, line.key.state) {
                (Some(Place::Hook), KeyState::OnHook) => holder.is_none(),
                (Some(Place::With(person)), KeyState::Out) => holder == Some(*person),
                (Some(Place::Lost), KeyState::Lost)
                | (Some(Place::Found), KeyState::TurnedUp)
                | (Some(Place::Broken), KeyState::Damaged) => true,
                _ => false,
            };
            if !agree {
                return Ok(Some(format!(
                    "the books say {:?} of {}, and the world {place:?}",
                    line.key.state, line.key.hook
                )));
            }
        }
        let open = books.open_matters()?;
        let of_keys = open
            .iter()
            .filter(|matter| OF_TAKINGS.contains(&matter.cause));
        let open: BTreeSet<_> = of_keys.map(|matter| (matter.cause, matter.about)).collect();
        if open != self.owed {
            let own = &self.owed;
            return Ok(Some(format!(
                "matters of keys are open: {open:?}, left: {own:?}"
            )));
        }
        let reports = books.open_key_reports()?.into_iter();
        let reports: BTreeSet<String> = reports.map(|report| report.hook).collect();
        if reports != self.undecided {
            let own = &self.undecided;
            return Ok(Some(format!(
                "{reports:?} are to be decided about, and {own:?}"
            )));
        }
        for tenant in &lobby.town.companies {
            let uses = books.key_uses_to_tell(*tenant)?.into_iter();
            let uses: BTreeSet<_> = uses.map(|loan| (*tenant, loan.id)).collect();
            let own = self.untold.iter().filter(|(of, _)| of == tenant);
            if !own.eq(&uses) {
                return Ok(Some(format!("a tenant is to be told of {uses:?}")));
            }
        }
        Ok(None)
    }
}
