//! Things on loan: where every umbrella, PC and trolley is.

use super::Told;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town::{self, TownCard};
use crate::building::Building;
use crate::kiosk::view::{self, Page};
use crate::lending::reserving::{self, EARLY};
use crate::lending::{Kind, KindId, LoanId};
use crate::people::PersonId;
use crate::store::{Books, StoreError};
use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};

/// Something that went out: its slip's number, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its loan in the books.
    pub loan: LoanId,
    /// Of which kind it is.
    pub kind: KindId,
    /// Who has it.
    pub person: PersonId,
    /// The code on its tag; none for one out of the stand.
    pub tag: Option<String>,
}

/// A thing that stands at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The code on its tag.
    pub tag: String,
    /// The loan it came back from.
    pub loan: LoanId,
}

/// A thing that the screen promised to keep for somebody, by the clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// For whom.
    pub person: PersonId,
    /// The code on its tag.
    pub tag: String,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
    /// When nobody keeps it any more.
    pub lapses: NaiveDateTime,
}

/// What is lent, and to whom.
#[derive(Clone, Debug, Default)]
pub struct Things {
    /// What is kept for whom.
    pub kept: Vec<Promise>,
    /// Everything that is out, by the number of its slip.
    pub out: BTreeMap<String, Held>,
    /// Things that stand at the desk, waiting to be looked at.
    pub at_desk: Vec<Standing>,
    /// The numbers of all loans of which the screen has told.
    told: BTreeSet<String>,
}

impl Things {
    /// Takes in what a page says has happened; with what went out, or came back.
    pub fn told(&mut self, lobby: &Lobby, page: &Page) -> Result<(Told, Option<Held>), String> {
        let (person, now) = (lobby.stay.on_card, lobby.house.building.local(lobby.now));
        match page {
            Page::Reserving(page) => {
                let told = self.promised(&lobby.house.kinds, person, page, now)?;
                Ok((told, None))
            }
            Page::Borrowed(view::Borrowed {
                thing, number, due, ..
            })
            | Page::PrinterTrouble(view::PrinterTrouble {
                thing, number, due, ..
            }) => {
                if self.told.contains(number) {
                    // Its slip moved on; the thing is out already, or was handed in at the desk meanwhile.
                    return Ok((Told::Nothing, None));
                }
                let Some(person) = person else {
                    return Err(format!("{number} was lent to nobody"));
                };
                let kind = kind(&lobby.house.kinds, thing)?;
                let tag = thing.label.as_ref().map(|label| tag(&kind, label));
                if let Some(tag) = &tag
                    && (self.at_desk.iter().any(|standing| standing.tag == *tag)
                        || self.out.values().any(|held| held.tag.as_ref() == Some(tag)))
                {
                    return Err(format!("{tag} was lent while it is somewhere else"));
                }
                if let Some(tag) = &tag {
                    self.fetched(person, tag, now, *due)?;
                }
                let open = lobby.read().loans_of(person);
                let open = open.map_err(|error| error.to_string())?;
                let loan = open.iter().find(|loan| loan.number.to_string() == *number);
                let Some(loan) = loan else {
                    return Err(format!("{number} was lent to somebody else"));
                };
                // Whoever leaves a deposit leaves what the house says, and has agreed to it.
                let deposit = town::deposit_of(&kind);
                if loan.deposit_fen != deposit || deposit > 0 && !lobby.stay.agreed {
                    return Err(format!("{loan:?} was made on other terms"));
                }
                let loan = loan.id;
                let held = Held {
                    loan,
                    kind,
                    person,
                    tag,
                };
                self.told.insert(number.clone());
                self.out.insert(number.clone(), held.clone());
                Ok((Told::Lent, Some(held)))
            }
            Page::Returned(page) => Ok(self.comes_back(&page.number, page.awaiting_check, now)),
            // It is back before anything is asked, and the desk looks at it whatever is said.
            Page::Asking(page) => Ok(self.comes_back(&page.number, true, now)),
            Page::Confirm(page) => {
                let kind = kind(&lobby.house.kinds, &page.thing)?;
                match page.deposit_fen == town::deposit_of(&kind) {
                    true => Ok((Told::Nothing, None)),
                    false => Err(format!("another deposit is asked for a {kind}: {page:?}")),
                }
            }
            Page::Refused(_) => Ok((Told::Refused, None)),
            _ => Ok((Told::Nothing, None)),
        }
    }

    /// Something comes back. Its page may stand until the next in line reads it once more.
    pub fn comes_back(
        &mut self,
        number: &str,
        awaits_check: bool,
        now: NaiveDateTime,
    ) -> (Told, Option<Held>) {
        let Some(held) = self.out.remove(number) else {
            return (Told::Nothing, None);
        };
        self.had(&held, now);
        if awaits_check {
            let loan = held.loan;
            let tag = held.tag.clone();
            self.at_desk.extend(tag.map(|tag| Standing { tag, loan }));
        }
        (Told::Returned, Some(held))
    }

    /// What went out is lost: nobody has it, and it is kept for nobody any more.
    pub fn is_lost(&mut self, number: &str) -> Option<Held> {
        let held = self.out.remove(number)?;
        self.kept
            .retain(|kept| Some(&kept.tag) != held.tag.as_ref());
        Some(held)
    }

    /// What was lost stands at the desk.
    pub fn turns_up(&mut self, held: &Held) {
        let loan = held.loan;
        let tag = held.tag.clone();
        self.at_desk.extend(tag.map(|tag| Standing { tag, loan }));
    }

    /// How many of this kind people have.
    pub fn out_of(&self, kind: &KindId) -> u32 {
        let out = self.out.values().filter(|held| held.kind == *kind);
        u32::try_from(out.count()).unwrap_or(u32::MAX)
    }

    /// The screen says that something is kept, or is not any more.
    fn promised(
        &mut self,
        kinds: &[Kind],
        person: Option<PersonId>,
        page: &view::Reserving,
        now: NaiveDateTime,
    ) -> Result<Told, String> {
        let (thing, from) = match page {
            view::Reserving::Kept(page) => (&page.thing, page.from),
            view::Reserving::Cancelled(thing, from) => (thing, *from),
            _ => return Ok(Told::Nothing),
        };
        let (Some(person), Some(label)) = (person, &thing.label) else {
            return Err(format!("{thing:?} is kept for nobody"));
        };
        let tag = tag(&kind(kinds, thing)?, label);
        let own = |kept: &Promise| {
            kept.person == person && kept.tag == tag && kept.from == from && now < kept.lapses
        };
        let before = self.kept.iter().position(own);
        match (page, before) {
            (view::Reserving::Kept(page), None) => {
                let meets = |kept: &&Promise| {
                    kept.tag == tag
                        && now < kept.lapses
                        && kept.from < page.until
                        && page.from < kept.until
                };
                if let Some(other) = self.kept.iter().find(meets) {
                    return Err(format!("{tag} is kept twice: {other:?}, {page:?}"));
                }
                self.kept.push(Promise {
                    person,
                    tag,
                    from,
                    until: page.until,
                    lapses: page.lapses,
                });
                Ok(Told::Kept)
            }
            (view::Reserving::Cancelled(..), Some(place)) => {
                self.kept.remove(place);
                Ok(Told::Nothing)
            }
            _ => Ok(Told::Nothing),
        }
    }

    /// A thing goes out to somebody: never into the time for which it is promised to somebody else.
    fn fetched(
        &mut self,
        person: PersonId,
        tag: &str,
        now: NaiveDateTime,
        due: NaiveDateTime,
    ) -> Result<(), String> {
        let promised = |kept: &&Promise| {
            kept.tag == tag && kept.person != person && kept.from < due && now < kept.lapses
        };
        if let Some(other) = self.kept.iter().find(promised) {
            return Err(format!(
                "{tag} was lent until {due}, and is kept: {other:?}"
            ));
        }
        // What begins soon can be fetched already.
        let own = |kept: &Promise| {
            kept.tag == tag && kept.person == person && kept.from - EARLY <= now && now < kept.until
        };
        if let Some(place) = self.kept.iter().position(own) {
            self.kept.remove(place);
        }
        Ok(())
    }

    /// Somebody brought back what was kept for them by then: that was it.
    fn had(&mut self, held: &Held, now: NaiveDateTime) {
        self.kept.retain(|kept| {
            let same = Some(&kept.tag) == held.tag.as_ref() && kept.person == held.person;
            !(same && kept.from <= now)
        });
    }

    /// What the books keep for somebody and the world does not, or the other way round; what has
    /// lapsed may or may not be released yet.
    fn kept_otherwise(
        &self,
        books: &Books,
        person: PersonId,
        house: &Building,
        now: NaiveDateTime,
    ) -> Result<Option<String>, StoreError> {
        let open = books.kept_for(person)?;
        let local = |at| house.local(at);
        let mut books: Vec<_> = open
            .iter()
            .filter(|kept| now < local(reserving::lapses(&kept.reservation)))
            .map(|kept| (local(kept.reservation.from), kept.label.clone()))
            .collect();
        books.sort();
        let live = self.kept.iter().filter(|kept| now < kept.lapses);
        let own = live.filter(|kept| kept.person == person);
        let label = |tag: &str| tag.rsplit('-').next().unwrap_or_default().to_owned();
        let mut world: Vec<_> = own.map(|kept| (kept.from, label(&kept.tag))).collect();
        world.sort();
        Ok((books != world)
            .then(|| format!("the books keep {books:?} for {person}, and the world {world:?}")))
    }

    /// Whether the books say something else; what, if so.
    pub fn differ_from(
        &self,
        books: &Books,
        cards: &[TownCard],
        house: &Building,
        now: NaiveDateTime,
    ) -> Result<Option<String>, StoreError> {
        for card in cards {
            if let Some(what) = self.kept_otherwise(books, card.person, house, now)? {
                return Ok(Some(what));
            }
        }
        let members = cards.iter().map(|card| card.person);
        let holders = self.out.values().map(|held| held.person);
        for person in members.chain(holders).collect::<BTreeSet<_>>() {
            let mut books: Vec<String> = books
                .loans_of(person)?
                .iter()
                .map(|loan| loan.number.to_string())
                .collect();
            books.sort();
            let world: Vec<&String> = self
                .out
                .iter()
                .filter(|(_, held)| held.person == person)
                .map(|(number, _)| number)
                .collect();
            if books.iter().ne(world.iter().copied()) {
                let what = format!("the books say {books:?} is out, and the world {world:?}");
                return Ok(Some(what));
            }
        }
        Ok(None)
    }
}

/// Of which kind something is, by what the screen calls it.
fn kind(kinds: &[Kind], thing: &view::Thing) -> Result<KindId, String> {
    let kind = kinds.iter().find(|kind| kind.name == thing.name);
    let kind = kind.map(|kind| kind.id.clone());
    kind.ok_or_else(|| format!("nobody lends {thing:?}"))
}

/// The code on the tag of a thing of this kind, by what people call it.
fn tag(kind: &KindId, label: &str) -> String {
    let tagged = town::TAGGED.iter().find(|(id, ..)| kind.0 == *id);
    let letters = tagged.map_or("", |(_, _, letters)| letters);
    format!("{letters}-{label}")
}
