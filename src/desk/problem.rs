//! What is wrong with a form: which of its fields, and in words.

use super::Refusal;
use super::dialog::{Dialog, Holds, Wish};
use super::lending::{LendingStop, LendingWish};
use super::services::ServiceRefusal;
use super::wishes::ServiceWish;
use crate::keys::{KeyRefusal, TakeRefusal};
use crate::lending::check::CheckRefusal;
use crate::lending::{Question, ReserveRefusal};
use crate::mail::AuthorityRefusal;
use crate::mail::desk::MailRefusal;
use crate::people::Language;
use crate::people::staff::PinRefusal;
use crate::visits::VisitRefusal;
use crate::words;
use std::ops::Not;

/// Why a form cannot be agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// This field is empty.
    Missing(usize),
    /// A whole number up to this is needed.
    NotAnAmount(u32),
    /// A name in one of both scripts is needed.
    NoName,
    /// The PIN will not do.
    Pin(PinRefusal),
    /// Nobody is there to choose from.
    NobodyThere,
    /// Nobody of this name was found.
    NobodyFound(usize),
    /// No day is written in this field.
    NotADay(usize),
    /// No time is written in this field.
    NotATime(usize),
    /// The question in this field was not answered with yes.
    NotConfirmed(usize),
}

impl Problem {
    /// The field it is about; none where the cursor stays where it was.
    pub(super) fn place(self, form: &Dialog) -> Option<usize> {
        let first = |wanted: &dyn Fn(&Holds) -> bool| {
            form.fields.iter().position(|field| wanted(&field.holds))
        };
        match self {
            Problem::Missing(place)
            | Problem::NobodyFound(place)
            | Problem::NotADay(place)
            | Problem::NotATime(place)
            | Problem::NotConfirmed(place) => Some(place),
            Problem::NotAnAmount(_) => first(&|holds| match holds {
                Holds::Amount(text, most) => text.parse::<u32>().is_ok_and(|n| n <= *most).not(),
                _ => false,
            }),
            Problem::NoName => Some(0),
            Problem::Pin(_) => first(&|holds| matches!(holds, Holds::Secret(_))),
            Problem::NobodyThere => {
                first(&|holds| matches!(holds, Holds::Choice(choices, _) if choices.is_empty()))
            }
        }
    }
}

/// What is wrong with a form, in words.
pub fn problem(problem: Problem, dialog: &Dialog, language: Language) -> String {
    let field = |id: &str, place: usize| {
        let label = dialog.fields.get(place).map(|field| field.label.clone());
        let label = label.unwrap_or_default();
        words::with(language, id, &[("field", label.into())])
    };
    match problem {
        Problem::Missing(place) => field("desk-problem-missing", place),
        Problem::NobodyFound(place) => field("desk-problem-nobody-found", place),
        Problem::NotADay(place) => field("desk-problem-day", place),
        Problem::NotATime(place) => field("desk-problem-time", place),
        Problem::NotConfirmed(place) => field("desk-problem-confirm", place),
        Problem::NotAnAmount(most) => {
            words::with(language, "desk-problem-amount", &[("most", most.into())])
        }
        Problem::NoName => words::text(language, "desk-problem-name"),
        Problem::Pin(refusal) => super::say::pin(refusal, language),
        Problem::NobodyThere => words::text(language, "desk-problem-nobody"),
    }
}

/// The field that a refusal is about; none where the books do not say, and the cursor stays where it
/// was.
pub(super) fn refused_field(form: &Dialog, refusal: &Refusal) -> Option<usize> {
    match (&form.wish, refusal) {
        (Wish::EnterThing(_), Refusal::NoSuchKind(_)) => Some(0),
        (Wish::EnterThing(_), Refusal::TagInUse(_)) => Some(1),
        (Wish::SetPin(_), Refusal::Pin(_)) => Some(0),
        (Wish::Found, Refusal::Pin(_)) => Some(2),
        (Wish::CountStand(_), Refusal::Lending(LendingStop::Count(_))) => Some(0),
        (Wish::Lending(wish), Refusal::Lending(stop)) => lending(wish, stop),
        (Wish::Service(wish), Refusal::Service(refusal)) => match refusal {
            ServiceRefusal::Visit(refusal) => visit(wish, refusal),
            ServiceRefusal::Key(refusal) => key(wish, refusal),
            ServiceRefusal::KeyOut(refusal) => key_out(refusal),
            ServiceRefusal::Mail(refusal) => mail(wish, refusal),
            ServiceRefusal::Authority(AuthorityRefusal::SamePerson) => Some(1),
            ServiceRefusal::Authority(AuthorityRefusal::AlreadyOver { .. }) => Some(3),
            _ => None,
        },
        _ => None,
    }
}

fn visit(wish: &ServiceWish, refusal: &VisitRefusal) -> Option<usize> {
    Some(match (wish, refusal) {
        (ServiceWish::Announce(_), VisitRefusal::Empty) => 0,
        (ServiceWish::Announce(_), VisitRefusal::HostGone) => 5,
        (ServiceWish::Announce(_), VisitRefusal::Window) => 8,
        (ServiceWish::EnterPermit(_), VisitRefusal::PermitKnown | VisitRefusal::Empty) => 0,
        (ServiceWish::EnterPermit(_), VisitRefusal::NobodyAnswers) => 2,
        (ServiceWish::EnterPermit(_), VisitRefusal::Days | VisitRefusal::PermitOver) => 4,
        // Name, document and reason were looked at by the form: it is a telephone without digits.
        (ServiceWish::DoNotAdmit, VisitRefusal::Empty) => 2,
        _ => return None,
    })
}

fn key(wish: &ServiceWish, refusal: &KeyRefusal) -> Option<usize> {
    match (wish, refusal) {
        (ServiceWish::HangKey, KeyRefusal::HookTaken) => Some(0),
        (ServiceWish::HangKey, KeyRefusal::TagTaken { .. }) => Some(1),
        (ServiceWish::HangKeyBack(_), KeyRefusal::TagTaken { .. }) => Some(0),
        (ServiceWish::GrantKeys(..), KeyRefusal::AlreadyOver) => Some(2),
        _ => None,
    }
}

fn key_out(refusal: &TakeRefusal) -> Option<usize> {
    match refusal {
        TakeRefusal::NotStaff | TakeRefusal::CardNotTapped | TakeRefusal::NotGranted { .. } => {
            Some(0)
        }
        TakeRefusal::ContractorGone | TakeRefusal::ContractorUnknown => Some(3),
        TakeRefusal::SecondPersonNeeded { .. }
        | TakeRefusal::SamePerson
        | TakeRefusal::SecondMayNot => Some(4),
        _ => None,
    }
}

fn mail(wish: &ServiceWish, refusal: &MailRefusal) -> Option<usize> {
    Some(match (wish, refusal) {
        (ServiceWish::TakeMailIn, MailRefusal::TrackingHere { .. }) => 0,
        (ServiceWish::TakeMailIn, MailRefusal::UnknownAddressee) => 1,
        (ServiceWish::TakeMailIn, MailRefusal::UnknownShelf { .. }) => 3,
        (ServiceWish::CorrectMail(_), MailRefusal::UnknownAddressee) => 0,
        (ServiceWish::CorrectMail(_), MailRefusal::UnknownShelf { .. }) => 2,
        (ServiceWish::Delivered(..) | ServiceWish::HandOutAnyway(_), MailRefusal::NameMissing) => 0,
        (ServiceWish::Delivered(..), MailRefusal::SignatureMissing { .. }) => 1,
        (ServiceWish::HandOutAnyway(_), MailRefusal::ReasonMissing) => 1,
        (ServiceWish::HandOutByCode { shown, .. }, MailRefusal::NotSigned) => shown + 1,
        (ServiceWish::HandOutAnyway(_), MailRefusal::SignatureMissing { .. }) => 2,
        (ServiceWish::AskReturn(..), MailRefusal::AddressMissing) => 2,
        _ => return None,
    })
}

fn lending(wish: &LendingWish, stop: &LendingStop) -> Option<usize> {
    Some(match (wish, stop) {
        (LendingWish::Reserve(..), LendingStop::Reserve(refusal)) => match refusal {
            ReserveRefusal::NotAllowed | ReserveRefusal::LimitReached { .. } => 0,
            ReserveRefusal::WrongTime
            | ReserveRefusal::Taken { .. }
            | ReserveRefusal::Late { .. } => 2,
            _ => return None,
        },
        (LendingWish::Check(_, questions), LendingStop::Check(CheckRefusal::NotWiped)) => {
            let wiped = |question: &Question| *question == Question::Wiped;
            return questions.iter().position(wiped);
        }
        (LendingWish::Wash(_), LendingStop::Wash(_)) => 1,
        (LendingWish::Book(_), LendingStop::Money(_)) => 1,
        _ => return None,
    })
}
