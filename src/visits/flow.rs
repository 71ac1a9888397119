//! Signing in and out at the touch screen, and a message for a host who is out.
//!
//! A draft goes from page to page and is written whole, once it is signed: who walks away before has
//! left nothing behind.

mod ask;
mod draft;
mod identifying;
mod leaving;
mod proving;
mod stage;
mod steps;
mod telling;
#[cfg(test)]
mod tests;
mod touch;

pub use ask::{Answer, Ask, Next, Proven};
pub use draft::{
    Companies, Draft, Familiar, Goodbye, HostLine, Hosts, Invited, Sender, Speaker, TenantLine,
    Walked,
};
pub use proving::number_typed;
pub use stage::{Reply, Shown, Stage, Way};
pub use touch::Touch;

use super::{Identity, InvitationCode, SignOut, Terms, Tries};
use crate::people::{Credential, Holder, How, Language};
use crate::slips::{CodeError, SlipNumber};
use chrono::{DateTime, Utc};

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
    /// The letter of this screen in the numbers it gives.
    pub device: char,
    /// The terms of the house.
    pub terms: &'a Terms,
    /// What was guessed at this screen.
    pub tries: &'a Tries,
}

/// The tile "sign in".
pub fn start() -> Next {
    Next::Show(Stage::Arriving)
}

/// The tile "sign out".
pub fn start_leaving() -> Next {
    Next::Show(leaving())
}

/// The same on the page of a visitor who is here with a temporary card: it need not be held up again.
pub fn leaving_with(card: &Credential) -> Next {
    let ask = Ask::VisitToEnd(SignOut::Card(card.clone()));
    Next::Ask(leaving(), ask)
}

/// The page on the way out, where nothing was typed yet.
fn leaving() -> Stage {
    Stage::Leaving {
        typed: String::new(),
        is_wrong: false,
    }
}

/// An invitation was scanned, wherever the person is; none where the code is none. One that was not
/// read well is typed.
pub fn scanned(code: &str, here: &Here<'_>) -> Option<Next> {
    let stage = |is_wrong| Stage::TypingCode {
        typed: String::new(),
        is_wrong,
    };
    let next = match InvitationCode::from_code(code) {
        Ok(code) => Next::Ask(stage(false), Ask::Invitation(code)),
        Err(CodeError::Check) => Next::Show(stage(true)),
        Err(CodeError::Form) => return None,
    };
    Some(identifying::paused(here).unwrap_or(next))
}

/// The number of a visit was scanned or typed: the visitor leaves.
pub fn slip_read(number: SlipNumber) -> Next {
    Next::Ask(leaving(), Ask::VisitToEnd(SignOut::Slip(number)))
}

/// The slip of a visit was scanned where somebody is asked who they are: they were here before.
pub fn slip_shown(number: SlipNumber) -> Next {
    let ask = Ask::BySlip(number.clone());
    Next::Ask(Stage::Recognising(Shown::Slip(number)), ask)
}

/// A temporary card was tapped where somebody wants to leave.
pub fn card(stage: &Stage, credential: &Credential) -> Option<Next> {
    let leaves = matches!(
        stage,
        Stage::Leaving { .. }
            | Stage::ProvingNumber { way: Way::Out, .. }
            | Stage::Unproven { way: Way::Out }
    );
    leaves.then(|| leaving_with(credential))
}

/// A document was read, where somebody is asked who they are or nobody has said yet why they come.
/// None where it carries no number.
pub fn document_read(read: Identity) -> Option<Next> {
    read.document.as_ref()?;
    let ask = Ask::ByDocument(read.clone());
    Some(Next::Ask(Stage::Recognising(Shown::Document(read)), ask))
}

/// Something on a page was touched. None where it makes no sense there.
pub fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    identifying::touched(stage, touch.clone(), here)
        .or_else(|| proving::touched(stage, touch.clone(), here))
        .or_else(|| telling::touched(stage, touch.clone(), here))
        .or_else(|| leaving::touched(stage, touch, here))
}

/// What the store says. None where nobody waits for it any more.
pub fn answered(stage: &Stage, answer: Answer, here: &Here<'_>) -> Option<Next> {
    identifying::answered(stage, answer.clone(), here)
        .or_else(|| proving::answered(stage, answer.clone()))
        .or_else(|| telling::answered(stage, answer.clone(), here))
        .or_else(|| leaving::answered(stage, answer, here))
}

/// What is guessed at this screen after a touch has led on from this page.
pub fn tries_after_touch(before: &Stage, next: &Next, here: &Here<'_>) -> Tries {
    identifying::tries_after_touch(before, next, here)
}

/// The same after the store has answered what this page asked.
pub fn tries_after(stage: &Stage, answer: &Answer, here: &Here<'_>) -> Tries {
    identifying::tries_after(stage, answer, here)
}

/// The page to wait on, where too much was guessed at this screen; none where nothing was.
pub fn paused(here: &Here<'_>) -> Option<Next> {
    identifying::paused(here)
}

fn says(text: &str) -> bool {
    !text.trim().is_empty()
}
