//! Parts of a set that come later than the thing.

use super::super::{Action, Look};
use crate::desk::dialog::{Dialog, Field, Wish};
use crate::desk::lending::LendingWish;
use crate::lending::{KindId, LoanId, Question};
use crate::people::Act;

/// What is missing came after all, of this loan; nothing where nothing is missing.
pub fn came(loan: LoanId, kind: &KindId, missing: &[Question], look: &Look<'_>) -> Option<Action> {
    let fields: Vec<Field> = missing
        .iter()
        .map(|question| Field::yes_no(word(kind, *question, look)))
        .collect();
    let dialog = Dialog {
        title: look.say("desk-do-parts-came"),
        says: look.say("desk-ask-parts-came"),
        fields,
        wish: Wish::Lending(LendingWish::PartsCame(loan, missing.to_vec())),
        chosen: 0,
        problem: None,
    };
    let label = look.say("desk-do-parts-came");
    let ask = || Action::ask('M', label, Act::TakeBackThings, dialog);
    (!missing.is_empty()).then(ask)
}

/// What is missing, on one line.
pub fn list(kind: &KindId, missing: &[Question], look: &Look<'_>) -> String {
    let parts: Vec<String> = missing
        .iter()
        .map(|question| word(kind, *question, look))
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Look::joined(&parts)
}

/// What is asked of a thing of this kind, in a word or two.
pub fn word(kind: &KindId, question: Question, look: &Look<'_>) -> String {
    let part = |part: u8| {
        let kind = look.house.kinds.iter().find(|known| known.id == *kind)?;
        kind.policy.parts.get(usize::from(part))
    };
    match question {
        Question::Whole => look.say("desk-asked-whole"),
        Question::Wiped => look.say("desk-asked-wiped"),
        Question::Part(place) => part(place).map_or_else(
            || look.say("desk-asked-parts"),
            |part| part.text(look.language).to_owned(),
        ),
    }
}
