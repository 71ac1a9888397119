//! PCs are lent in sets: where charger and bag of each are, and what the books were told of it.

use super::things::{Held, Things};
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::tally::{Seen, Tally};
use crate::desk::facts::Facts;
use crate::kiosk::view::{Asking, Page};
use crate::lending::{Answered, LoanId, Question};
use crate::matters::Cause;
use crate::store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the books were told of the parts of a loan that is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The code on the tag of its PC.
    pub tag: String,
    /// Whether each part came with it, as far as anybody said.
    pub parts: BTreeMap<u8, Option<bool>>,
    /// Whether a matter is open about what did not.
    is_open: bool,
    /// Whether somebody at the desk has looked: that stands, whatever is said late at the screen.
    was_looked_at: bool,
}

impl Heard {
    /// The parts that are missing, as far as anybody said.
    pub fn missing(&self) -> BTreeSet<u8> {
        let missing = self.parts.iter().filter(|(_, came)| **came == Some(false));
        missing.map(|(part, _)| *part).collect()
    }
}

/// The sets of the house. A part that is nowhere else is with its PC, wherever that is.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// Parts that somebody still has at home, by tag and place: each once.
    pub away: BTreeSet<(String, u8)>,
    /// What was said of each loan that is over.
    pub heard: BTreeMap<LoanId, Heard>,
    numbers: BTreeMap<String, LoanId>,
    /// The loan that is asked about on the page, and what was said so far.
    asked: Option<(LoanId, Asking)>,
    /// What was seen.
    pub seen: Tally,
}

impl Sets {
    /// A PC is back, and nothing was said of its parts yet.
    pub fn comes_back(&mut self, number: &str, held: &Held) {
        let parts = crate::bench::simulate::town::parts_of(&held.kind);
        let (Some(tag), true) = (&held.tag, parts > 0) else {
            return;
        };
        self.numbers.insert(number.to_owned(), held.loan);
        let heard = Heard {
            tag: tag.clone(),
            parts: (0..parts).map(|part| (part, None)).collect(),
            ..Heard::default()
        };
        self.heard.insert(held.loan, heard);
    }

    /// The loan of this number, once its PC is back.
    pub fn loan_of(&self, number: &str) -> Option<LoanId> {
        self.numbers.get(number).copied()
    }

    /// Whether a part of a PC is with it.
    pub fn is_with(&self, tag: &str, part: u8) -> bool {
        !self.away.contains(&(tag.to_owned(), part))
    }

    /// Takes in a page: what was answered before another one came is written down now. `loan` is the
    /// one that is asked about, where one is.
    pub fn told(&mut self, page: &Page, loan: Option<LoanId>) {
        let is_of = |asked: &(LoanId, Asking)| Some(asked.0) == loan;
        match page {
            Page::Asking(asking) => {
                if !self.asked.as_ref().is_some_and(is_of) {
                    self.left();
                }
                self.asked = loan.map(|loan| (loan, asking.clone()));
            }
            // What led nowhere leads back to the questions.
            Page::Refused(refused) if refused.leads_back => {}
            _ => self.left(),
        }
    }

    /// The power goes: what stood on the page was never written down.
    pub fn power_goes(&mut self) {
        self.asked = None;
    }

    /// The questions were left, all answered or not.
    fn left(&mut self) {
        let Some((loan, page)) = self.asked.take() else {
            return;
        };
        let said = page.points.iter().map(|point| Answered {
            question: point.question,
            yes: point.yes,
        });
        let said: Vec<Answered> = said.collect();
        let heard = self.heard.get(&loan);
        if heard.is_some_and(|heard| !heard.was_looked_at) {
            self.is_said(loan, &said);
        }
    }

    /// Somebody says what came with a PC. Whoever says that a part did not, still has it.
    pub fn is_said(&mut self, loan: LoanId, answers: &[Answered]) {
        let Some(heard) = self.heard.get_mut(&loan) else {
            return;
        };
        let (mut is_denied, mut is_damaged) = (false, false);
        for said in answers {
            match (said.question, said.yes) {
                (Question::Part(part), Some(yes)) => {
                    heard.parts.insert(part, Some(yes));
                    is_denied |= !yes;
                    if !yes && self.away.insert((heard.tag.clone(), part)) {
                        self.seen.add(Seen::PartMissing);
                    }
                }
                (Question::Whole, Some(false)) => is_damaged = true,
                _ => {}
            }
        }
        // One matter for what was said at once, about the worst of it.
        heard.is_open |= is_denied && !is_damaged;
    }

    /// Somebody at the desk has looked at what came back with a loan.
    pub fn is_looked_at(&mut self, loan: LoanId) {
        if let Some(heard) = self.heard.get_mut(&loan) {
            heard.was_looked_at = true;
        }
        self.is_settled(loan);
    }

    /// A set that is whole leaves nothing open.
    fn is_settled(&mut self, loan: LoanId) {
        if let Some(heard) = self.heard.get_mut(&loan)
            && heard.parts.values().all(|came| *came == Some(true))
        {
            heard.is_open = false;
        }
    }

    /// The loans of whose parts this one is missing, as far as anybody said.
    pub fn that_miss(&self, tag: &str, part: u8) -> Vec<LoanId> {
        let of_it = |heard: &Heard| heard.tag == tag && heard.missing().contains(&part);
        let all = self.heard.iter().filter(|(_, heard)| of_it(heard));
        all.map(|(loan, _)| *loan).collect()
    }

    /// A part that was missing is here: with its PC again, wherever that is.
    pub fn part_comes(&mut self, tag: &str, part: u8) {
        if self.away.remove(&(tag.to_owned(), part)) {
            self.seen.add(Seen::PartLate);
        }
    }

    /// The same in the books of one loan.
    pub fn part_is_entered(&mut self, loan: LoanId, part: u8) -> usize {
        let Some(heard) = self.heard.get_mut(&loan) else {
            return 0;
        };
        heard.parts.insert(part, Some(true));
        let left = heard.missing().len();
        self.is_settled(loan);
        left
    }

    /// Each PC that came back without something has a matter, and no other.
    pub fn differ_from(&mut self, lobby: &Lobby) -> Result<Option<String>, StoreError> {
        let page = lobby.view().page;
        // What is answered right now is nowhere yet.
        if !matches!(page, Page::Home(_)) {
            return Ok(None);
        }
        self.told(&page, None);
        let matters = lobby.read().open_matters()?.into_iter();
        let books: BTreeSet<Uuid> = matters
            .filter(|matter| matter.cause == Cause::ThingIncomplete)
            .map(|matter| matter.about)
            .collect();
        let open = self.heard.iter().filter(|(_, heard)| heard.is_open);
        let own: BTreeSet<Uuid> = open.map(|(loan, _)| loan.0).collect();
        Ok((books != own).then(|| format!("sets not whole: {own:?}, and matters of {books:?}")))
    }

    /// What the books say is missing is what was said; and after the desk has looked, what is away.
    pub fn differ_in_the_evening(&self, facts: &Facts, things: &Things) -> Option<String> {
        for fact in &facts.lending.register {
            let Some(heard) = self.heard.get(&fact.loan.id) else {
                continue;
            };
            let books = fact.missing.iter().filter_map(|missing| match missing {
                Question::Part(part) => Some(*part),
                Question::Whole | Question::Wiped => None,
            });
            let books: BTreeSet<u8> = books.collect();
            if books != heard.missing() {
                return Some(format!("the books miss {books:?} of {heard:?}"));
            }
        }
        let is_at_desk = |tag: &String| things.at_desk.iter().any(|standing| standing.tag == *tag);
        for (loan, heard) in &self.heard {
            let latest = self.heard.iter().rfind(|(_, other)| other.tag == heard.tag);
            if latest.is_none_or(|(latest, _)| latest != loan) || is_at_desk(&heard.tag) {
                continue;
            }
            let away = self.away.iter().filter(|(tag, _)| *tag == heard.tag);
            let away: BTreeSet<u8> = away.map(|(_, part)| *part).collect();
            if heard.missing() != away {
                return Some(format!("{away:?} of {} is away: {heard:?}", heard.tag));
            }
        }
        None
    }
}
