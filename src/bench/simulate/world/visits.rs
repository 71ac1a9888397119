//! Visitors: who waits at the lodge, who is inside, and who may be there.

use super::Told;
use super::papers::Papers;
use super::passes::Passes;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::Seen;
use crate::bench::simulate::town::{self, Paper};
use crate::people::PersonName;
use crate::slips::SlipNumber;
use crate::store::{Books, StoreError};
use crate::visits::flow::Stage;
use crate::visits::rules::sound_alike;
use crate::visits::{Approval, Terms, Visit};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// How many people from outside come now and again.
const CALLERS: u8 = 60;

/// Somebody from outside.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What they type as their name.
    pub name: String,
    /// And as their telephone.
    pub phone: String,
    /// The slip in their pocket.
    pub slip: Option<SlipNumber>,
    /// The code of an invitation.
    pub code: Option<String>,
    /// The identity document in their pocket.
    pub paper: Option<Paper>,
}

/// Everybody from outside, and where they are.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    /// Those who come now and again.
    pub callers: Vec<Caller>,
    /// The numbers of whoever is inside, and since when.
    pub inside: BTreeMap<String, DateTime<Utc>>,
    /// The numbers to whom somebody said yes.
    pub yes: BTreeSet<String>,
    /// The numbers at whom the desk has looked, and found somebody else.
    pub cleared: BTreeSet<String>,
    /// Permits and documents.
    pub papers: Papers,
}

impl Visits {
    /// Nobody is inside yet.
    pub fn outside(lobby: &Lobby) -> Self {
        let callers = (0..CALLERS).map(|place| {
            let letter = |value: u8| char::from(b'a' + value % 26);
            let barred = town::BARRED.get(usize::from(place));
            // Letters alone, as a keyboard has them.
            let name = match barred {
                Some(barred) => (*barred).to_owned(),
                None => format!("Vera{}{}", letter(place), letter(place / 26)),
            };
            Caller {
                paper: town::paper(place, &name),
                name,
                phone: format!("138000{place:05}"),
                slip: None,
                code: None,
            }
        });
        Visits {
            callers: callers.collect(),
            papers: Papers::first(lobby),
            ..Visits::default()
        }
    }

    /// Takes in what a page of visitors says.
    pub fn told(
        &mut self,
        lobby: &Lobby,
        stage: &Stage,
        passes: &mut Passes,
    ) -> Result<Told, String> {
        self.papers.told(lobby, stage)?;
        match stage {
            Stage::Inside(receipt, _) => self.goes_in(lobby, &receipt.number.to_string()),
            Stage::Gone { .. } => Ok(self.went(lobby, passes)),
            Stage::NotSignedIn(_)
            | Stage::PermitRefused { .. }
            | Stage::NotLeft(_)
            | Stage::Unproven { .. }
            | Stage::SeeTheDesk => Ok(Told::Refused),
            _ => Ok(Told::Nothing),
        }
    }

    /// Somebody goes in: not without a yes where one is due, and nobody of the list.
    pub fn goes_in(&mut self, lobby: &Lobby, number: &str) -> Result<Told, String> {
        if self.inside.contains_key(number) {
            return Ok(Told::Nothing);
        }
        let visit = inside(lobby.read(), number).map_err(|error| error.to_string())?;
        let Some(visit) = visit else {
            // The page still stands, and they have left by the desk meanwhile.
            return Ok(Told::Nothing);
        };
        // ● Whoever needs a yes has one.
        let invited = visit.window.is_some();
        let needs_none = Terms::default().approval(visit.of) == Approval::None || invited;
        if !needs_none && !self.yes.contains(number) {
            return Err(format!("{number} went in and nobody said yes"));
        }
        // ● Nobody of the list, unless the desk has looked.
        if is_barred(&visit) && !self.cleared.contains(number) {
            return Err(format!("{number} went in, and is perhaps not admitted"));
        }
        let today = lobby.house.building.local(lobby.now).date();
        self.inside.insert(number.to_owned(), lobby.now);
        self.papers.passes(&visit, today)
    }

    /// Somebody left, whose temporary card was tapped, whose slip was scanned or whose number was typed.
    fn went(&mut self, lobby: &Lobby, passes: &mut Passes) -> Told {
        let card = lobby.stay.leaves_with;
        let pass = card.and_then(|card| passes.out.get(&card));
        let left = match pass {
            Some(pass) => {
                let visit = pass.visit.clone();
                passes.seen.add(Seen::PassTappedOut);
                Some(visit)
            }
            None => {
                let mut inside = self.inside.keys();
                inside.find(|number| lobby.stay.names(number)).cloned()
            }
        };
        match left {
            Some(number) => {
                self.inside.remove(&number);
                Told::SignedOut
            }
            None => Told::Nothing,
        }
    }

    /// Whether the desk has looked at somebody like one of the list, whose document was on it meanwhile: that
    /// look counts no more.
    pub fn is_again(&mut self, visit: &Visit) -> bool {
        let document = self.papers.document_of(visit.visitor);
        let was_listed = document.is_some_and(|number| self.papers.were_listed.contains(number));
        let number = visit.number.as_ref().map(ToString::to_string);
        let looked_at = number.is_some_and(|number| self.cleared.remove(&number));
        is_barred(visit) && was_listed && looked_at
    }

    /// Closing time signs out whoever was inside by then.
    pub fn closes(&mut self, closed: DateTime<Utc>) {
        self.inside.retain(|_, since| *since > closed);
    }

    /// Whether the books say something else; what, if so.
    pub fn differ_from(&self, books: &Books) -> Result<Option<String>, StoreError> {
        let inside = books.inside_now()?;
        let numbers = inside.iter().filter_map(|visit| visit.number.as_ref());
        let numbers: BTreeSet<String> = numbers.map(ToString::to_string).collect();
        if !numbers.iter().eq(self.inside.keys()) {
            return Ok(Some(format!(
                "the books say {numbers:?} are inside, and the world {:?}",
                self.inside
            )));
        }
        let people: BTreeSet<_> = inside.iter().map(|visit| visit.visitor).collect();
        Ok((people.len() != inside.len()).then(|| "somebody is inside twice".to_owned()))
    }
}

/// Whether this visitor's name is one of the list.
fn is_barred(visit: &Visit) -> bool {
    let Some(name) = &visit.name else {
        return false;
    };
    town::BARRED.iter().any(|barred| {
        let barred = PersonName {
            chinese: None,
            latin: Some((*barred).to_owned()),
        };
        sound_alike(&barred, name)
    })
}

fn inside(books: &Books, number: &str) -> Result<Option<Visit>, StoreError> {
    let is_it = |visit: &Visit| {
        let own = visit.number.as_ref();
        own.is_some_and(|own| own.to_string() == number)
    };
    Ok(books.inside_now()?.into_iter().find(is_it))
}
