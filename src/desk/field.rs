//! A field of a dialog: what it holds, and how it is filled in.

use super::facts::{Candidate, Whom};
use crate::keys::Contractor;
use crate::mail::Addressee;
use crate::people::staff::{self, Pin};
use crate::people::{Credential, Signature, finding};

/// The longest name that is looked for, in characters.
const LONGEST_NAME: usize = 40;

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What belongs in it.
    pub label: String,
    /// What stands in it.
    pub holds: Holds,
    /// Whether it may stay empty.
    pub needed: bool,
    /// What stands in it was put there; the first character typed takes its place.
    pub fresh: bool,
    /// A scanner fills it: what belongs in it stands on something as a code.
    pub takes_codes: bool,
    /// The number of an identity document belongs in it, and one held up to the reader fills it.
    pub of_document: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Holds {
    /// Words, so many characters at most.
    Text(String, usize),
    /// A whole number, up to this one.
    Amount(String, u32),
    /// One of these.
    Choice(Vec<String>, usize),
    /// Digits that nobody reads.
    Secret(Pin),
    /// A card held up to the reader.
    Card(Option<Credential>),
    /// Yes or no.
    YesNo(bool),
    /// Somebody in the books, found while a name is typed.
    Pick(Pick),
    /// What somebody wrote on the glass, to look at.
    Drawn(Signature),
}

/// Whom a field may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Somebody of the house, who can be visited and have things kept for them.
    OfTheHouse,
    /// Somebody of the property office who may take keys, and answer for others.
    Staff,
    /// Somebody, or a company, that mail may be for.
    Addressee,
    /// A company.
    Tenant,
    /// A contractor who is inside; where nobody known is meant, whoever was typed.
    Contractor,
}

/// A name as far as it is typed, and who may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// Whom it may name.
    pub seeks: Seek,
    /// What was typed.
    pub typed: String,
    /// Who may be meant, the likeliest first, with the words for each.
    pub offers: Vec<(Candidate, String)>,
    /// Which of them is meant.
    pub chosen: usize,
    /// The books were asked and have not answered.
    pub waits: bool,
    /// Enter was pressed before they had.
    pub goes_on: bool,
}

impl Pick {
    /// Who is meant, where it is somebody in the books.
    pub fn who(&self) -> Option<Addressee> {
        match self.meant() {
            Some(Whom::Known(who)) => Some(*who),
            Some(Whom::Called(_)) | None => None,
        }
    }

    /// The contractor who is meant; before the books have answered, as typed.
    pub fn contractor(&self) -> Option<Contractor> {
        let typed = self.typed.trim();
        match self.meant() {
            Some(Whom::Known(Addressee::Person(person))) => Some(Contractor::Inside(*person)),
            Some(Whom::Called(name)) => Some(Contractor::Named(name.clone())),
            _ if typed.is_empty() => None,
            _ => Some(Contractor::Named(typed.to_owned())),
        }
    }

    fn meant(&self) -> Option<&Whom> {
        self.offers.get(self.chosen).map(|(found, _)| &found.who)
    }

    /// Whether nobody is meant.
    pub(super) fn is_empty(&self) -> bool {
        match self.seeks {
            Seek::Contractor => self.contractor().is_none(),
            Seek::OfTheHouse | Seek::Staff | Seek::Addressee | Seek::Tenant => self.who().is_none(),
        }
    }

    fn retyped(&mut self) {
        self.offers.clear();
        self.chosen = 0;
        self.waits = !self.typed.trim().is_empty();
        self.goes_on = false;
    }
}

impl Field {
    pub(super) fn needed(label: String, holds: Holds) -> Self {
        Field {
            label,
            holds,
            needed: true,
            fresh: false,
            takes_codes: false,
            of_document: false,
        }
    }

    /// A field for what stands on something as a code, of so many characters at most.
    pub fn code(label: String, longest: usize) -> Self {
        Field {
            takes_codes: true,
            ..Field::text(label, longest)
        }
    }

    /// Takes a code in, in place of what stood there; not where it is for none, or the code is too long.
    pub(super) fn take_code(&mut self, code: &str) -> bool {
        let Holds::Text(held, longest) = &mut self.holds else {
            return false;
        };
        let takes = self.takes_codes && code.chars().count() <= *longest;
        if takes {
            *held = code.chars().filter(|c| !c.is_control()).collect();
            self.fresh = false;
        }
        takes
    }

    /// A field for words.
    pub fn text(label: String, longest: usize) -> Self {
        Field::needed(label, Holds::Text(String::new(), longest))
    }

    /// A field for a whole number.
    pub fn amount(label: String, most: u32) -> Self {
        Field::needed(label, Holds::Amount(String::new(), most))
    }

    /// A field with choices.
    pub fn choice(label: String, choices: Vec<String>) -> Self {
        Field::needed(label, Holds::Choice(choices, 0))
    }

    /// A field for a PIN.
    pub fn secret(label: String) -> Self {
        Field::needed(label, Holds::Secret(Pin(String::new())))
    }

    /// A field for a card.
    pub fn card(label: String) -> Self {
        Field::needed(label, Holds::Card(None))
    }

    /// A field for somebody in the books.
    pub fn pick(label: String, seeks: Seek) -> Self {
        let pick = Pick {
            seeks,
            typed: String::new(),
            offers: Vec::new(),
            chosen: 0,
            waits: false,
            goes_on: false,
        };
        Field::needed(label, Holds::Pick(pick))
    }

    /// The same with this in it, which the first character typed replaces.
    pub fn with(mut self, text: impl Into<String>) -> Self {
        if let Holds::Text(held, _) | Holds::Amount(held, _) = &mut self.holds {
            *held = text.into();
            self.fresh = !held.is_empty();
        }
        self
    }

    /// The same with this choice made.
    pub fn at(mut self, place: usize) -> Self {
        if let Holds::Choice(choices, chosen) = &mut self.holds {
            *chosen = place.min(choices.len().saturating_sub(1));
        }
        self
    }

    /// A field for yes or no.
    pub fn yes_no(label: String) -> Self {
        Field::needed(label, Holds::YesNo(false))
    }

    /// The same, for the number of an identity document.
    pub fn of_document(self) -> Self {
        Field {
            of_document: true,
            ..self
        }
    }

    /// The same, and it may stay empty.
    pub fn not_needed(self) -> Self {
        Field {
            needed: false,
            ..self
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match &self.holds {
            Holds::Text(text, _) | Holds::Amount(text, _) => text.trim().is_empty(),
            Holds::Choice(choices, _) => choices.is_empty(),
            Holds::Secret(pin) => pin.0.is_empty(),
            Holds::Card(card) => card.is_none(),
            Holds::YesNo(_) | Holds::Drawn(_) => false,
            Holds::Pick(pick) => pick.is_empty(),
        }
    }

    /// Empties it for the next piece.
    pub(super) fn clear(&mut self) {
        match &mut self.holds {
            Holds::Text(held, _) | Holds::Amount(held, _) => held.clear(),
            Holds::Secret(pin) => pin.0.clear(),
            Holds::Pick(pick) => {
                pick.typed.clear();
                pick.retyped();
            }
            _ => {}
        }
    }

    /// Takes characters in, as far as they fit.
    pub(super) fn type_in(&mut self, text: &str) {
        let plain = text.chars().filter(|c| !c.is_control());
        if std::mem::take(&mut self.fresh)
            && let Holds::Text(held, _) | Holds::Amount(held, _) = &mut self.holds
        {
            held.clear();
        }
        match &mut self.holds {
            Holds::Pick(pick) => {
                let room = LONGEST_NAME.saturating_sub(pick.typed.chars().count());
                pick.typed.extend(plain.take(room));
                pick.retyped();
            }
            Holds::Text(held, longest) => {
                let room = longest.saturating_sub(held.chars().count());
                held.extend(plain.take(room));
            }
            Holds::Amount(held, _) => {
                let digits = plain.filter(char::is_ascii_digit);
                held.extend(digits.take(9_usize.saturating_sub(held.len())));
            }
            Holds::Secret(pin) => {
                let digits = plain.filter(char::is_ascii_digit);
                pin.0
                    .extend(digits.take(staff::LONGEST_PIN.saturating_sub(pin.0.len())));
            }
            // The first letter of a choice finds it, in Chinese that of its pinyin.
            Holds::Choice(choices, chosen) => {
                let begins = |choice: &String| finding::begins_with(choice, text);
                let behind = (1..=choices.len()).map(|step| (*chosen + step) % choices.len());
                if let Some(found) = behind.into_iter().find(|place| begins(&choices[*place])) {
                    *chosen = found;
                }
            }
            Holds::YesNo(yes) => *yes = text == "y" || text == "Y" || (text == " " && !*yes),
            Holds::Card(_) | Holds::Drawn(_) => {}
        }
    }

    pub(super) fn erase(&mut self) {
        if std::mem::take(&mut self.fresh) {
            self.clear();
            return;
        }
        match &mut self.holds {
            Holds::Pick(pick) => {
                pick.typed.pop();
                pick.retyped();
            }
            Holds::Text(held, _) | Holds::Amount(held, _) => drop(held.pop()),
            Holds::Secret(pin) => drop(pin.0.pop()),
            Holds::Card(card) => *card = None,
            Holds::Choice(..) | Holds::YesNo(_) | Holds::Drawn(_) => {}
        }
    }

    pub(super) fn turn(&mut self, by: usize) {
        match &mut self.holds {
            Holds::Choice(choices, chosen) if !choices.is_empty() => {
                *chosen = (*chosen + by) % choices.len();
            }
            Holds::YesNo(yes) => *yes = !*yes,
            Holds::Pick(pick) if !pick.offers.is_empty() => {
                pick.chosen = (pick.chosen + by) % pick.offers.len();
            }
            _ => {}
        }
    }
}
