//! The number of a visit, typed, and the four digits that prove it. Numbers follow one another, so a number
//! alone says nothing about who typed it: whoever has told a telephone says its end, as they would at the desk.

use super::identifying::{TAIL, digits, paused};
use super::leaving::not_inside;
use super::{Answer, Ask, Here, Next, Proven, Stage, Touch, Way, slip_read};
use crate::slips::{NumberError, SlipNumber};
use crate::visits::{SignInRefusal, VisitRefusal, VisitState};

/// Month and day in the number of a slip.
const DIGITS_OF_A_DAY: usize = 4;

/// Something on one of these pages was touched.
pub(super) fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    Some(match (stage.clone(), touch) {
        // What was wrong stays said until something else is typed.
        (Stage::TypingNumber { .. }, Touch::Typing(typed)) => typing(Way::In, typed, false),
        (Stage::Leaving { .. }, Touch::Typing(typed)) => typing(Way::Out, typed, false),
        (Stage::TypingNumber { .. }, Touch::Typed(typed)) => number(Way::In, typed, here)?,
        (Stage::Leaving { .. }, Touch::Typed(typed)) => number(Way::Out, typed, here)?,
        (Stage::ProvingNumber { way, number, .. }, Touch::Typing(typed) | Touch::Typed(typed)) => {
            let tail = digits(&typed);
            let stage = Stage::ProvingNumber {
                way,
                number: number.clone(),
                typed,
                is_wrong: false,
            };
            match tail.len() == TAIL {
                true => {
                    let tail = Some(tail);
                    paused(here).unwrap_or(Next::Ask(stage, Ask::ByNumber { number, tail }))
                }
                false => Next::Show(stage),
            }
        }
        _ => return None,
    })
}

/// What the store says to it.
pub(super) fn answered(stage: &Stage, answer: Answer) -> Option<Next> {
    let Answer::ByNumber(number, proven) = answer else {
        return None;
    };
    let (way, typed) = match stage.clone() {
        Stage::TypingNumber { typed, .. } => (Way::In, typed),
        Stage::Leaving { typed, .. } => (Way::Out, typed),
        Stage::ProvingNumber { way, typed, .. } => (way, typed),
        _ => return None,
    };
    Some(match proven {
        Proven::Unknown => typing(way, typed, true),
        Proven::AsksTail => Next::Show(Stage::ProvingNumber {
            way,
            number,
            typed: String::new(),
            is_wrong: false,
        }),
        Proven::WrongTail => Next::Show(Stage::ProvingNumber {
            way,
            number,
            typed,
            is_wrong: true,
        }),
        // Of what is over anybody may know that.
        Proven::Unprovable(
            state @ (VisitState::Left | VisitState::Lapsed | VisitState::Withdrawn),
        ) => Next::Show(Stage::NotLeft(VisitRefusal::Stands(state))),
        // Who may be anybody learns of nobody, goes in as nobody, and signs nobody out: whoever typed one
        // number after the other would empty the roll call. What a visitor has to hand says more.
        Proven::Unprovable(_) => Next::Show(Stage::Unproven { way }),
        Proven::Stands(state) => match way {
            Way::In => Next::Show(waits(number, state)),
            Way::Out => slip_read(number),
        },
    })
}

fn typing(way: Way, typed: String, is_wrong: bool) -> Next {
    Next::Show(match way {
        Way::In => Stage::TypingNumber { typed, is_wrong },
        Way::Out => Stage::Leaving { typed, is_wrong },
    })
}

/// The number of a visit, typed where something else was asked for: whoever it is wants to leave.
pub fn number_typed(number: SlipNumber, here: &Here<'_>) -> Next {
    let leaving = Stage::Leaving {
        typed: number.to_string(),
        is_wrong: false,
    };
    ask_by(number, leaving, here)
}

fn ask_by(number: SlipNumber, stage: Stage, here: &Here<'_>) -> Next {
    let ask = Ask::ByNumber { number, tail: None };
    paused(here).unwrap_or(Next::Ask(stage, ask))
}

/// The day and the count that stand on the slip, or on the page of waiting.
fn number(way: Way, typed: String, here: &Here<'_>) -> Option<Next> {
    let Ok(number) = read_number(&typed, here)? else {
        return Some(typing(way, typed, true));
    };
    let Next::Show(stage) = typing(way, typed, false) else {
        return None;
    };
    Some(ask_by(number, stage, here))
}

/// The page of whoever comes back with their number.
fn waits(number: SlipNumber, state: VisitState) -> Stage {
    match state {
        VisitState::Inside => Stage::NotSignedIn(SignInRefusal::AlreadyInside { number }),
        state => not_inside(number, None, state, None),
    }
}

/// The number of a visit as somebody types it, with or without the letter of this screen and the dashes;
/// nothing on the last day of all calendars.
fn read_number(typed: &str, here: &Here<'_>) -> Option<Result<SlipNumber, NumberError>> {
    // Whatever the zone, today is not after tomorrow in UTC; no slip is from the future.
    let today = here.at.date_naive().succ_opt()?;
    let mut digits: String = typed.trim().chars().filter(|c| *c != '-').collect();
    let device = match digits.chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() => digits.remove(0),
        _ => here.device,
    };
    let parted = digits.split_at_checked(DIGITS_OF_A_DAY);
    let (day, count) = parted.unwrap_or((digits.as_str(), ""));
    Some(SlipNumber::from_typed(
        &format!("{device}-{day}-{count}"),
        today,
    ))
}
