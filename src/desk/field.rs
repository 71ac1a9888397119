//! A field of a dialog: what it holds, and how it is filled in.

use crate::people::Credential;
use crate::people::staff::{self, Pin};

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What belongs in it.
    pub label: String,
    /// What stands in it.
    pub holds: Holds,
    /// Whether it may stay empty.
    pub needed: bool,
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
}

impl Field {
    pub(super) fn needed(label: String, holds: Holds) -> Self {
        Field {
            label,
            holds,
            needed: true,
        }
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

    /// A field for yes or no.
    pub fn yes_no(label: String) -> Self {
        Field::needed(label, Holds::YesNo(false))
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
            Holds::YesNo(_) => false,
        }
    }

    /// Takes characters in, as far as they fit.
    pub(super) fn type_in(&mut self, text: &str) {
        let plain = text.chars().filter(|c| !c.is_control());
        match &mut self.holds {
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
            // The first letter of a choice finds it.
            Holds::Choice(choices, chosen) => {
                let typed = text.to_lowercase();
                let begins = |choice: &String| choice.to_lowercase().starts_with(&typed);
                let behind = (1..=choices.len()).map(|step| (*chosen + step) % choices.len());
                if let Some(found) = behind.into_iter().find(|place| begins(&choices[*place])) {
                    *chosen = found;
                }
            }
            Holds::YesNo(yes) => *yes = text == "y" || text == "Y" || (text == " " && !*yes),
            Holds::Card(_) => {}
        }
    }

    pub(super) fn erase(&mut self) {
        match &mut self.holds {
            Holds::Text(held, _) | Holds::Amount(held, _) => drop(held.pop()),
            Holds::Secret(pin) => drop(pin.0.pop()),
            Holds::Card(card) => *card = None,
            Holds::Choice(..) | Holds::YesNo(_) => {}
        }
    }

    pub(super) fn turn(&mut self, by: usize) {
        match &mut self.holds {
            Holds::Choice(choices, chosen) if !choices.is_empty() => {
                *chosen = (*chosen + by) % choices.len();
            }
            Holds::YesNo(yes) => *yes = !*yes,
            _ => {}
        }
    }
}
