//! Papers in people's hands: work permits with the days on them, identity documents, and the list of
//! those who are not admitted by document.

use super::Told;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::bench::simulate::town;
use crate::desk::facts::Facts;
use crate::kiosk::view::Page;
use crate::matters::Cause;
use crate::people::PersonId;
use crate::store::StoreError;
use crate::visits::flow::{Draft, Stage};
use crate::visits::{Permit, Visit, VisitorType, Who};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A work permit as a firm holds it.
#[derive(Clone, Debug)]
pub struct Held {
    /// What stands on it.
    pub permit: Permit,
    /// Whether the desk took it back.
    pub is_withdrawn: bool,
}

impl Held {
    /// ● Whether it lets anybody work on this day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        !self.is_withdrawn && self.permit.from <= day && day <= self.permit.until
    }
}

/// All papers that matter at the lodge.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    /// Every permit that was ever given, the latest last.
    pub permits: Vec<Held>,
    /// Who answers for work: all staff.
    pub staff: BTreeSet<PersonId>,
    /// Numbers of documents whose holders are not admitted.
    pub listed: BTreeSet<String>,
    /// Documents that were on it at any time.
    pub were_listed: BTreeSet<String>,
    /// The visits whose signing was seen.
    known: BTreeSet<String>,
    /// Which permit somebody came with, by the number of the visit.
    came_with: BTreeMap<String, usize>,
    /// The document that somebody showed when they signed in.
    shown_by: BTreeMap<PersonId, String>,
    /// What somebody is about to sign.
    signing: Option<Draft>,
    /// What was seen.
    pub seen: Tally,
}

impl Papers {
    /// The papers of the first morning.
    pub fn first(lobby: &Lobby) -> Self {
        let permits = town::permits(&lobby.town.staff).map(|permit| Held {
            permit,
            is_withdrawn: false,
        });
        let listed = town::paper(town::BARRED_BY_DOCUMENT, "");
        Papers {
            permits: permits.collect(),
            staff: lobby.town.staff.iter().map(|card| card.person).collect(),
            listed: listed.into_iter().map(|paper| paper.number).collect(),
            ..Papers::default()
        }
    }

    /// The permit that has this number now.
    pub fn numbered(&self, number: &str) -> Option<usize> {
        let known = |held: &Held| held.permit.number == number;
        let holds = |held: &Held| known(held) && !held.is_withdrawn;
        let open = self.permits.iter().rposition(holds);
        open.or_else(|| self.permits.iter().rposition(known))
    }

    /// ● Whoever shows a document of the list is told to see the desk, and nothing else.
    pub fn document_told(&mut self, lobby: &Lobby, page: &Page) -> Result<(), String> {
        let Some(number) = lobby.stay.document.as_ref() else {
            return Ok(());
        };
        let is_listed = self.listed.contains(number);
        match page {
            Page::Visits(stage) if **stage == Stage::SeeTheDesk => {
                if !is_listed {
                    return Err("a document that is not listed led to the desk".to_owned());
                }
                self.seen.add(Seen::ListedDocument);
                self.is_reported(lobby, number)
            }
            // Nobody was asked for a document there.
            Page::Refused(_) => Ok(()),
            _ if !is_listed => Ok(()),
            page => Err(format!("a document of the list led to {page:?}")),
        }
    }

    /// ● The desk is told at once: a matter was opened just now, or is open about whoever waits.
    fn is_reported(&self, lobby: &Lobby, document: &str) -> Result<(), String> {
        let waiting = lobby.read().visits_waiting().map_err(says)?;
        let theirs = |visit: &&Visit| {
            let shown = self.shown_by.get(&visit.visitor);
            shown.is_some_and(|shown| shown == document)
        };
        let theirs: Vec<_> = waiting.iter().filter(theirs).collect();
        let matters = lobby.read().open_matters().map_err(says)?;
        let is_told = matters.iter().any(|matter| {
            matter.cause == Cause::VisitorNotAdmitted
                && (matter.opened_at.timestamp_millis() == lobby.now.timestamp_millis()
                    || theirs.iter().any(|visit| visit.id.0 == matter.about))
        });
        match is_told {
            true => Ok(()),
            false => Err("a document of the list was shown, and nobody was told".to_owned()),
        }
    }

    /// The document that a visitor showed when they signed in.
    pub fn document_of(&self, visitor: PersonId) -> Option<&String> {
        self.shown_by.get(&visitor)
    }

    /// Takes in what a page of visitors says of papers.
    pub fn told(&mut self, lobby: &Lobby, stage: &Stage) -> Result<(), String> {
        match stage {
            Stage::Signing(draft) => {
                self.signing = Some(draft.clone());
                Ok(())
            }
            Stage::Inside(receipt, _) => {
                let number = receipt.number.to_string();
                let works = numbered(lobby, &number)?.of == VisitorType::Contractor;
                // ● A member of staff answers for the work, and the slip says who.
                if works && receipt.host.is_none() {
                    return Err(format!("nobody answers for {number}"));
                }
                self.signed(lobby, &number)
            }
            Stage::Waiting { number, .. } => self.signed(lobby, &number.to_string()),
            // Somebody has to look at them first; or they are nobody's visit.
            Stage::SeeTheDesk => {
                let waiting = lobby.read().visits_waiting().map_err(says)?;
                let now = lobby.now.timestamp_millis();
                // Another may have signed at the same moment.
                let came = |visit: &&Visit| {
                    let number = visit.number.as_ref().map(ToString::to_string);
                    let is_new = number.is_some_and(|number| !self.known.contains(&number));
                    is_new && visit.came_at.map(|at| at.timestamp_millis()) == Some(now)
                };
                let number = waiting.iter().rev().find(came);
                match number.and_then(|visit| visit.number.as_ref()) {
                    Some(number) => self.signed(lobby, &number.to_string()),
                    None => Ok(()),
                }
            }
            Stage::PermitRefused { .. } => {
                self.seen.add(Seen::PermitRefused);
                Ok(())
            }
            // Another page of the same stay in between: what was to be signed may be signed yet.
            Stage::Things { .. } => Ok(()),
            _ => {
                self.signing = None;
                Ok(())
            }
        }
    }

    /// What was on the page to sign belongs to this visit now.
    fn signed(&mut self, lobby: &Lobby, number: &str) -> Result<(), String> {
        let Some(draft) = self.signing.take() else {
            return Ok(());
        };
        let visit = numbered(lobby, number)?;
        // Whoever waited before is told so, and nothing new is signed.
        let came_at = visit.came_at.map(|at| at.timestamp_millis());
        if came_at != Some(lobby.now.timestamp_millis()) {
            return Ok(());
        }
        self.known.insert(number.to_owned());
        if let Who::Named(who) = &draft.who
            && let Some(document) = &who.document
        {
            let is_foreign = who.name.chinese.is_none();
            self.shown_by.insert(visit.visitor, document.0.clone());
            self.seen.add(match is_foreign {
                true => Seen::ForeignDocumentIn,
                false => Seen::DocumentIn,
            });
        }
        if visit.of != VisitorType::Contractor {
            return Ok(());
        }
        match self.numbered(draft.permit.trim()) {
            Some(permit) => {
                self.came_with.insert(number.to_owned(), permit);
                Ok(())
            }
            None => Err(format!("{number} came with a permit that nobody gave")),
        }
    }

    /// Whether somebody may pass the door now: not with a document of the list, and ● not to work
    /// without a permit that holds today and a member of staff who answers for it.
    pub fn may_pass(&self, visit: &Visit, today: NaiveDate) -> Result<(), String> {
        let number = visit.number.as_ref().map(ToString::to_string);
        let number = number.unwrap_or_default();
        let document = self.shown_by.get(&visit.visitor);
        if document.is_some_and(|document| self.listed.contains(document)) {
            return Err(format!("{number} is on the list by document"));
        }
        if visit.of != VisitorType::Contractor {
            return Ok(());
        }
        let came_with = self
            .came_with
            .get(&number)
            .map(|place| &self.permits[*place]);
        match came_with {
            Some(held) if held.holds(today) && self.staff.contains(&held.permit.answers) => Ok(()),
            other => Err(format!("{number} works here with {other:?}")),
        }
    }

    /// Somebody goes in.
    pub fn passes(&mut self, visit: &Visit, today: NaiveDate) -> Result<Told, String> {
        self.may_pass(visit, today)?;
        if visit.of == VisitorType::Contractor {
            self.seen.add(Seen::ContractorIn);
        }
        Ok(Told::SignedIn)
    }

    /// The permits that the books list as not over, against those in people's hands.
    pub fn differ_from(&self, facts: &Facts, today: NaiveDate) -> Option<String> {
        let day = |held: &&Held| !held.is_withdrawn && held.permit.until >= today;
        let own = self.permits.iter().filter(day).map(|held| {
            let permit = &held.permit;
            (permit.number.clone(), (permit.from, permit.until))
        });
        let own: BTreeSet<_> = own.collect();
        let books = facts.permits.iter();
        let books: BTreeSet<_> = books.map(|fact| (fact.number.clone(), fact.days)).collect();
        (own != books).then(|| format!("the books list {books:?}, and firms hold {own:?}"))
    }
}

/// The visit of this number.
pub fn numbered(lobby: &Lobby, number: &str) -> Result<Visit, String> {
    let today = lobby.house.building.local(lobby.now).date();
    let number = crate::slips::SlipNumber::from_typed(number, today);
    let number = number.map_err(|_| "no number of a visit".to_owned())?;
    let found = lobby.read().visits_found(&[], Some(&number), 1);
    let visit = found.map_err(says)?.into_iter().next();
    visit.ok_or_else(|| format!("{number} is no visit"))
}

fn says(error: StoreError) -> String {
    error.to_string()
}
