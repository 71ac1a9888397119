//! Things on loan: where every umbrella, PC and trolley is.

use super::Told;
use crate::bench::simulate::town::TownCard;
use crate::building::Building;
use crate::kiosk::view::{self, Page};
use crate::lending::reserving::{self, EARLY};
use crate::people::PersonId;
use crate::store::{Books, StoreError};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// Something that went out: its slip's number, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who has it.
    pub person: PersonId,
    /// The code on its tag; none for one out of the stand.
    pub tag: Option<String>,
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
    /// Tags of things that stand at the desk, waiting to be looked at.
    pub at_desk: Vec<String>,
}

impl Things {
    /// Takes in what a page says has happened.
    pub fn told(
        &mut self,
        person: Option<PersonId>,
        page: &Page,
        now: NaiveDateTime,
    ) -> Result<Told, String> {
        match page {
            Page::Reserving(page) => self.promised(person, page, now),
            Page::Borrowed(view::Borrowed {
                thing, number, due, ..
            })
            | Page::PrinterTrouble(view::PrinterTrouble {
                thing, number, due, ..
            }) => {
                if self.out.contains_key(number) {
                    // Its slip moved on; the thing is out already.
                    return Ok(Told::Nothing);
                }
                let Some(person) = person else {
                    return Err(format!("{number} was lent to nobody"));
                };
                let tag = thing.label.as_ref().map(|label| tag(thing, label));
                if let Some(tag) = &tag
                    && (self.at_desk.contains(tag)
                        || self.out.values().any(|held| held.tag.as_ref() == Some(tag)))
                {
                    return Err(format!("{tag} was lent while it is somewhere else"));
                }
                if let Some(tag) = &tag {
                    self.fetched(person, tag, now, *due)?;
                }
                self.out.insert(number.clone(), Held { person, tag });
                Ok(Told::Lent)
            }
            Page::Returned(page) => {
                let Some(held) = self.out.remove(&page.number) else {
                    return Ok(Told::Nothing);
                };
                self.had(&held, now);
                if page.awaiting_check {
                    self.at_desk.extend(held.tag);
                }
                Ok(Told::Returned)
            }
            // It is back before anything is asked, and the desk looks at it whatever is said.
            Page::Asking(page) => {
                let Some(held) = self.out.remove(&page.number) else {
                    return Ok(Told::Nothing);
                };
                self.had(&held, now);
                self.at_desk.extend(held.tag);
                Ok(Told::Returned)
            }
            Page::Refused(_) => Ok(Told::Refused),
            _ => Ok(Told::Nothing),
        }
    }

    /// The screen says that something is kept, or is not any more.
    fn promised(
        &mut self,
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
        let tag = tag(thing, label);
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
            let mut books: Vec<String> = books
                .loans_of(card.person)?
                .iter()
                .map(|loan| loan.number.to_string())
                .collect();
            books.sort();
            let world: Vec<&String> = self
                .out
                .iter()
                .filter(|(_, held)| held.person == card.person)
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

/// The code on a thing's tag, by what the screen calls it.
fn tag(thing: &view::Thing, label: &str) -> String {
    let letters = match thing.icon {
        crate::lending::KindIcon::Laptop => "PC",
        _ => "TRO",
    };
    format!("{letters}-{label}")
}
