//! One's own list of who may collect one's mail.

use super::{Answer, Ask, Here, Next, Stage, Touch};
use crate::mail::flow::stage::Change;
use crate::mail::{AuthorityLine, AuthorityRefusal, Colleague, Covers, Lasts};
use crate::people::{Holder, How};

/// Opens the list. A typed card number may be somebody else's, and opens nobody's list.
pub(super) fn begin(here: &Here<'_>) -> Option<Next> {
    here.holder?;
    Some(match here.how {
        How::Typed => Next::Show(Stage::DeputyRefused {
            given: Vec::new(),
            refusal: AuthorityRefusal::CardNotTapped,
        }),
        How::Tapped => Next::Ask(list(Vec::new(), None), Ask::Deputies),
    })
}

pub(super) fn touched(stage: &Stage, touch: Touch) -> Option<Next> {
    match (stage, touch) {
        (Stage::Deputies { given, .. }, Touch::NewDeputy) => Some(Next::Show(Stage::naming(given))),
        (Stage::Deputies { given, .. }, Touch::Withdraw(authority)) => given
            .iter()
            .any(|line| line.id == authority)
            .then(|| Next::Ask(stage.clone(), Ask::Withdraw(authority))),
        (Stage::NamingDeputy { given, .. }, Touch::Typed(typed)) => {
            let typed: String = typed.chars().take(LONGEST_NAME).collect();
            let asked = typed.trim().to_owned();
            let stage = Stage::NamingDeputy {
                given: given.clone(),
                typed,
                found: Vec::new(),
            };
            Some(match has_enough_letters(&asked) {
                true => Next::Ask(stage, Ask::FindColleagues(asked)),
                false => Next::Show(stage),
            })
        }
        (Stage::NamingDeputy { given, found, .. }, Touch::Deputy(person)) => found
            .iter()
            .find(|colleague| colleague.person == person)
            .map(|colleague| Next::Show(choosing(given, colleague.clone()))),
        (stage @ Stage::ChoosingTerms { .. }, touch) => terms(stage, touch),
        (Stage::DeputyRefused { given, refusal }, Touch::Again) if !stage.is_over() => {
            Some(match refusal.is_about_deputy() {
                true => Next::Show(Stage::naming(given)),
                // The list may be another one by now.
                false => Next::Ask(list(given.clone(), None), Ask::Deputies),
            })
        }
        _ => None,
    }
}

fn terms(stage: &Stage, touch: Touch) -> Option<Next> {
    let mut stage = stage.clone();
    let Stage::ChoosingTerms {
        deputy,
        covers,
        lasts,
        ..
    } = &mut stage
    else {
        return None;
    };
    match touch {
        Touch::Cover(chosen) => *covers = chosen,
        Touch::Last(chosen) => *lasts = chosen,
        Touch::Give => {
            let ask = Ask::Give {
                deputy: deputy.person,
                covers: *covers,
                lasts: *lasts,
            };
            return Some(Next::Ask(stage, ask));
        }
        _ => return None,
    }
    Some(Next::Show(stage))
}

/// The other person taps a card instead of being looked for.
pub(super) fn card(stage: &Stage, presented: &Holder, here: &Here<'_>) -> Option<Next> {
    let (Some(given), Some(giver)) = (stage.awaits_deputy(), here.holder) else {
        return None;
    };
    let company = |holder: &Holder| holder.tenant.as_ref().map(|tenant| tenant.id);
    let refusal = if presented.person == giver.person {
        AuthorityRefusal::SamePerson
    } else if company(giver).is_none() || company(presented) != company(giver) {
        AuthorityRefusal::NotAColleague
    } else {
        let deputy = Colleague {
            person: presented.person,
            name: presented.name.clone(),
        };
        return Some(Next::Show(choosing(given, deputy)));
    };
    Some(Next::Show(Stage::DeputyRefused {
        given: given.to_vec(),
        refusal,
    }))
}

pub(super) fn answered(stage: &Stage, answer: Answer) -> Option<Next> {
    let next = match (stage, answer) {
        (Stage::Deputies { .. }, Answer::Deputies(given)) => list(given, None),
        (Stage::Deputies { .. }, Answer::Withdrawn(Ok(given))) => {
            list(given, Some(Change::Withdrawn))
        }
        (Stage::Deputies { given, .. }, Answer::Withdrawn(Err(refusal)))
        | (Stage::ChoosingTerms { given, .. }, Answer::Given(Err(refusal))) => {
            Stage::DeputyRefused {
                given: given.clone(),
                refusal,
            }
        }
        (Stage::ChoosingTerms { .. }, Answer::Given(Ok(given))) => list(given, Some(Change::Given)),
        // An answer to fewer letters than are there now comes too late.
        (Stage::NamingDeputy { given, typed, .. }, Answer::Colleagues(asked, found)) => {
            if asked != typed.trim() {
                return None;
            }
            Stage::NamingDeputy {
                given: given.clone(),
                typed: typed.clone(),
                found,
            }
        }
        _ => return None,
    };
    Some(Next::Show(next))
}

/// More of a name than this is not typed.
const LONGEST_NAME: usize = 40;

/// Whether somebody shows that they know whom they mean: two Chinese characters, or three letters.
fn has_enough_letters(typed: &str) -> bool {
    let weight = |c: char| if c.is_ascii() { 1 } else { 2 };
    let letters = typed.chars().filter(|c| c.is_alphabetic());
    letters.map(weight).sum::<usize>() >= 3
}

fn list(given: Vec<AuthorityLine>, changed: Option<Change>) -> Stage {
    Stage::Deputies { given, changed }
}

/// Begins with the least: one pick-up, and nothing that is signed for.
fn choosing(given: &[AuthorityLine], deputy: Colleague) -> Stage {
    Stage::ChoosingTerms {
        given: given.to_vec(),
        deputy,
        covers: Covers::Unsigned,
        lasts: Lasts::Once,
    }
}
