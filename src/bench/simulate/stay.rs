//! What anybody beside the screen sees of those who stand before it.

use crate::kiosk::View;
use crate::kiosk::view::Page;
use crate::people::PersonId;
use crate::slips::SlipNumber;
use crate::visits::SignInRefusal;
use crate::visits::flow::Stage as VisitStage;

/// What people did at the screen since it was home, as anybody beside it sees.
#[derive(Clone, Debug, Default)]
pub struct Stay {
    /// Whose card opened what stands on the screen. Who stands before it may be somebody else: the
    /// one before walked away, and the next in line goes on.
    pub on_card: Option<PersonId>,
    /// Who held up a card beside that of whoever takes a key.
    pub second: Option<PersonId>,
    /// For whom whoever's card that is may collect mail, as it was when the card was tapped: what is
    /// for one time is used up with the collecting.
    pub collects_for: Vec<PersonId>,
    /// Whether somebody signed.
    pub signed: bool,
    /// Whether somebody agreed to the terms just now.
    pub agreed: bool,
    /// The number of the identity document that was held up just now.
    pub document: Option<String>,
    /// The number of the card that was tapped just now.
    pub tapped: Option<u64>,
    /// The temporary card that was tapped to leave, or whose page was left by the way out.
    pub leaves_with: Option<u64>,
    /// The temporary card whose page it is.
    pub(super) pass: Option<u64>,
    /// Whose card the page asked for when the last one was tapped.
    pub(super) asked: CardOf,
    pub(super) codes: Vec<String>,
    pub(super) typed: String,
    /// The number on the page from which somebody signs out who had forgotten to.
    pub(super) forgotten: Option<SlipNumber>,
}

/// Whose card the page asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum CardOf {
    /// Whoever comes.
    #[default]
    Anybody,
    /// The second person, where a key needs two.
    Second,
    /// A colleague who is let collect mail.
    Colleague,
}

impl Stay {
    /// Whether this pick-up code was scanned or typed.
    pub fn shows(&self, code: &str) -> bool {
        self.typed.contains(code) || self.codes.iter().any(|scanned| scanned.contains(code))
    }

    /// Whether the slip of this number was scanned, or its number typed or found by name.
    pub fn names(&self, number: &str) -> bool {
        let slips = self
            .codes
            .iter()
            .filter_map(|code| SlipNumber::from_code(code).ok());
        let mut known = self.forgotten.iter().cloned().chain(slips);
        self.typed.contains(number) || known.any(|slip| slip.to_string() == number)
    }
}

/// The number on a page that tells somebody that they are inside already.
pub(super) fn already_inside(view: &View) -> Option<SlipNumber> {
    let Page::Visits(stage) = &view.page else {
        return None;
    };
    match stage.as_ref() {
        VisitStage::NotSignedIn(SignInRefusal::AlreadyInside { number }) => Some(number.clone()),
        _ => None,
    }
}
