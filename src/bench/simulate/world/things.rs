//! Things on loan: where every umbrella, PC and trolley is.

use super::Told;
use crate::bench::simulate::town::TownCard;
use crate::kiosk::view::{self, Page};
use crate::people::PersonId;
use crate::store::{Books, StoreError};
use std::collections::BTreeMap;

/// Something that went out: its slip's number, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who has it.
    pub person: PersonId,
    /// The code on its tag; none for one out of the stand.
    pub tag: Option<String>,
}

/// What is lent, and to whom.
#[derive(Clone, Debug, Default)]
pub struct Things {
    /// Everything that is out, by the number of its slip.
    pub out: BTreeMap<String, Held>,
    /// Tags of things that stand at the desk, waiting to be looked at.
    pub at_desk: Vec<String>,
}

impl Things {
    /// Takes in what a page says has happened.
    pub fn told(&mut self, person: Option<PersonId>, page: &Page) -> Result<Told, String> {
        match page {
            Page::Borrowed(view::Borrowed { thing, number, .. })
            | Page::PrinterTrouble(view::PrinterTrouble { thing, number, .. }) => {
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
                self.out.insert(number.clone(), Held { person, tag });
                Ok(Told::Lent)
            }
            Page::Returned(page) => {
                let Some(held) = self.out.remove(&page.number) else {
                    return Ok(Told::Nothing);
                };
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
                self.at_desk.extend(held.tag);
                Ok(Told::Returned)
            }
            Page::Refused(_) => Ok(Told::Refused),
            _ => Ok(Told::Nothing),
        }
    }

    /// Whether the books say something else; what, if so.
    pub fn differ_from(
        &self,
        books: &Books,
        cards: &[TownCard],
    ) -> Result<Option<String>, StoreError> {
        for card in cards {
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
