//! Collecting mail at the touch screen, and letting somebody else collect it.
//!
//! With a card in hand it is one touch: [`Entrance::All`] takes along what My page shows, and asks for
//! a signature where one is due. [`Entrance::Choose`] lets people leave some. Without a card a code
//! offers all that waits for its addressee. Nothing has happened until the store says so.

mod deputies;
mod stage;

pub use stage::{Answer, Ask, Change, Entrance, Next, Stage, Touch};

use super::{CodeTries, Collector, MailId, Offer, PickUpCode, PickUpOrder, PickUpRefusal, Terms};
use crate::people::{Holder, How, Language, Signature};
use crate::slips::CodeError;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Who stands here, and when.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The person, once a card told.
    pub holder: Option<&'a Holder>,
    /// Whether that card was tapped or its number typed.
    pub how: How,
    /// The language of the session.
    pub language: Language,
    /// Now.
    pub at: DateTime<Utc>,
    /// The terms of the house.
    pub terms: &'a Terms,
    /// Wrong codes in a row at this screen; it outlives the session.
    pub tries: &'a CodeTries,
}

/// Somebody wants their mail.
pub fn begin(entrance: Entrance, here: &Here<'_>) -> Next {
    match here.holder {
        Some(holder) => look(by_card(holder, here.how), entrance),
        None => Next::Show(Stage::presenting()),
    }
}

/// Somebody wants to see and change who may collect for them; only with a card.
pub fn begin_deputies(here: &Here<'_>) -> Option<Next> {
    deputies::begin(here)
}

/// Something on a page was touched. None where it makes no sense there.
pub fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    match (stage, touch) {
        (Stage::Presenting { .. }, Touch::Typed(typed)) => {
            let typed = typed.chars().take(LONGEST_TYPED).collect();
            Some(Next::Show(Stage::Presenting { typed }))
        }
        (Stage::Presenting { typed }, Touch::Enter) => {
            let code = PickUpCode::from_typed(typed).or_else(|_| PickUpCode::from_code(typed));
            Some(try_code(code, here))
        }
        (Stage::WrongCode { .. } | Stage::Misread, Touch::Again) => {
            Some(Next::Show(Stage::presenting()))
        }
        (Stage::Offered { by, offer, left }, Touch::Tick(item)) => {
            offer.pieces.iter().find(|piece| piece.item == item)?;
            let mut left = left.clone();
            if !left.remove(&item) {
                left.insert(item);
            }
            Some(Next::Show(Stage::Offered {
                by: by.clone(),
                offer: offer.clone(),
                left,
            }))
        }
        (Stage::Offered { by, offer, left }, Touch::Collect) => {
            Some(collect(stage, by, offer, left))
        }
        // A tap on the pad is no signature; the page stays.
        (Stage::Signing { by, offer, left }, Touch::Signed(signature)) => signature
            .is_written()
            .then(|| pick_up(stage, by, offer, left, Some(signature))),
        (stage, touch) => deputies::touched(stage, touch),
    }
}

/// A code was scanned, wherever the person is; none where it is no pick-up code at all.
pub fn scanned(code: &str, here: &Here<'_>) -> Option<Next> {
    match PickUpCode::from_code(code) {
        Err(CodeError::Form) => None,
        code => Some(try_code(code, here)),
    }
}

/// A card was presented. None where a card means nothing to mail: then it opens its My page.
pub fn card(stage: &Stage, presented: &Holder, how: How, here: &Here<'_>) -> Option<Next> {
    match stage {
        Stage::Presenting { .. }
        | Stage::WrongCode { .. }
        | Stage::Misread
        | Stage::CodesPaused { .. } => Some(look(by_card(presented, how), Entrance::Choose)),
        stage => deputies::card(stage, presented, here),
    }
}

/// What the store says. None where nobody waits for it any more.
pub fn answered(stage: &Stage, answer: Answer, here: &Here<'_>) -> Option<Next> {
    match (stage, answer) {
        (Stage::Looking { by, entrance }, Answer::Offered(Ok(offer))) => {
            let (by, left) = (by.clone(), BTreeSet::new());
            Some(match entrance {
                Entrance::All => collect(stage, &by, &offer, &left),
                Entrance::Choose => Next::Show(Stage::Offered { by, offer, left }),
            })
        }
        (Stage::Looking { .. }, Answer::Offered(Err(PickUpRefusal::UnknownCode))) => {
            Some(Next::Show(wrong_code(here)))
        }
        (
            Stage::Looking { .. } | Stage::Offered { .. } | Stage::Signing { .. },
            Answer::PickedUp(Ok(receipt)),
        ) => Some(Next::Show(Stage::Done(receipt))),
        (Stage::Looking { .. }, Answer::Offered(Err(refusal)))
        | (
            Stage::Looking { .. } | Stage::Offered { .. } | Stage::Signing { .. },
            Answer::PickedUp(Err(refusal)),
        ) => Some(Next::Show(Stage::Refused(refusal))),
        (stage, answer) => deputies::answered(stage, answer),
    }
}

/// The wrong codes in a row after this answer. The kiosk keeps them beyond the session: whoever
/// guesses would otherwise only go home in between.
pub fn tries_after(stage: &Stage, answer: &Answer, here: &Here<'_>) -> CodeTries {
    let by_code = matches!(
        stage,
        Stage::Looking {
            by: Collector::Code(_),
            ..
        }
    );
    match answer {
        Answer::Offered(Err(PickUpRefusal::UnknownCode)) => here.tries.wrong(here.terms, here.at),
        Answer::Offered(_) if by_code => here.tries.right(),
        _ => *here.tries,
    }
}

/// More than a code with all its marks is not kept of what is typed.
const LONGEST_TYPED: usize = 12;

fn by_card(holder: &Holder, how: How) -> Collector {
    Collector::Card {
        holder: holder.clone(),
        how,
    }
}

fn look(by: Collector, entrance: Entrance) -> Next {
    let ask = Ask::Offer(by.clone());
    Next::Ask(Stage::Looking { by, entrance }, ask)
}

fn try_code(code: Result<PickUpCode, CodeError>, here: &Here<'_>) -> Next {
    if let Some(until) = here.tries.paused(here.at) {
        return Next::Show(Stage::CodesPaused { until });
    }
    match code {
        Ok(code) => look(Collector::Code(code), Entrance::Choose),
        // What is no whole code was no guess and counts for nothing.
        Err(_) => Next::Show(Stage::Misread),
    }
}

fn wrong_code(here: &Here<'_>) -> Stage {
    let tries = here.tries.wrong(here.terms, here.at);
    match tries.paused(here.at) {
        Some(until) => Stage::CodesPaused { until },
        None => Stage::WrongCode {
            tries_left: tries.left(here.terms),
        },
    }
}

/// What is ticked is taken along: at once, or after a signature.
fn collect(stage: &Stage, by: &Collector, offer: &Offer, left: &BTreeSet<MailId>) -> Next {
    let mut taken = offer
        .pieces
        .iter()
        .filter(|piece| !left.contains(&piece.item))
        .peekable();
    if taken.peek().is_none() {
        return Next::Show(Stage::Refused(PickUpRefusal::NothingChosen));
    }
    if taken.any(|piece| piece.kind.needs_signature()) {
        return Next::Show(Stage::Signing {
            by: by.clone(),
            offer: offer.clone(),
            left: left.clone(),
        });
    }
    pick_up(stage, by, offer, left, None)
}

fn pick_up(
    stage: &Stage,
    by: &Collector,
    offer: &Offer,
    left: &BTreeSet<MailId>,
    signature: Option<Signature>,
) -> Next {
    let ids = offer.pieces.iter().map(|piece| piece.item);
    let order = PickUpOrder {
        by: by.clone(),
        items: ids.filter(|item| !left.contains(item)).collect(),
        signature,
    };
    Next::Ask(stage.clone(), Ask::PickUp(order))
}

#[cfg(test)]
mod tests;
