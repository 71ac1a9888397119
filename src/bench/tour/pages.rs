//! Which page stands on the screen, as a name: `Keys/Refused/NotGranted`.
//!
//! The name follows from the variants themselves, so that a new page has one without being listed.

use crate::desk::Stands;
use crate::kiosk::View;
use crate::kiosk::view::Page;
use crate::people::Language;
use std::fmt;

/// The page of this view with its language: `zh Home`.
pub fn name_of(view: &View) -> String {
    format!("{} {}", word(view.language), name(&view.page))
}

fn word(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

/// The name of a page: its variant, the stage of its flow, and the reason of a refusal.
pub fn name(page: &Page) -> String {
    variants(page)
}

/// What stands on the staff window, each with the language: a table with how many its room has, a form,
/// what was done.
pub fn at_desk(stands: &Stands<'_>, language: Language) -> Vec<String> {
    let mut names = Vec::new();
    match stands.table {
        Some((room, tab, tabs)) => names.push(format!("Table/{room:?} {} of {tabs}", tab + 1)),
        None => names.push("Locked".to_owned()),
    }
    names.extend(stands.wish.map(|wish| format!("Form/{}", variants(wish))));
    let done = stands.done.into_iter().flatten();
    names.extend(done.map(|done| format!("Done/{}", variants(done))));
    let language = word(language);
    names
        .into_iter()
        .map(|name| format!("{language} {name}"))
        .collect()
}

/// The variants of a value, one within the other.
fn variants(value: &impl fmt::Debug) -> String {
    let said = format!("{value:?}");
    let mut names: Vec<&str> = Vec::new();
    let mut rest = said.as_str();
    loop {
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        let is_variant = word.starts_with(|first: char| first.is_ascii_uppercase());
        if !is_variant || word == "Some" || word == "None" {
            break;
        }
        if names.last() != Some(&word) {
            names.push(word);
        }
        let inner = after.strip_prefix('(');
        match inner.or_else(|| after.strip_prefix(" { why: ")) {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::view::{Refusal, Refused};
    use crate::lending::{KindId, LendRefusal};

    #[test]
    fn a_page_is_named_after_its_variants_and_never_after_what_it_holds() {
        assert_eq!(name(&Page::DeskCalled), "DeskCalled");
        let kind = KindId("umbrella".to_owned());
        let why = Refusal::Lend(LendRefusal::NoneLeft { kind }, None);
        let page = Page::Refused(Refused::new(why, None));
        assert_eq!(name(&page), "Refused/Lend/NoneLeft");
    }
}
