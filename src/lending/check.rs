//! What is asked of a thing that comes back, and what the desk may do with it then.

use super::{Kind, ThingState};
use crate::matters::Cause;
use serde::{Deserialize, Serialize};

/// Something asked when a thing comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Question {
    /// Whether this part came with it; counted from 0, as the settings list the parts.
    Part(u8),
    /// Whether it is whole.
    Whole,
    /// ● Whether the data on it was wiped.
    Wiped,
}

impl From<Question> for String {
    fn from(question: Question) -> Self {
        match question {
            Question::Part(part) => format!("part-{part}"),
            Question::Whole => "whole".to_owned(),
            Question::Wiped => "wiped".to_owned(),
        }
    }
}

/// A word that is no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no question of a return")]
pub struct NoQuestion;

impl TryFrom<String> for Question {
    type Error = NoQuestion;

    fn try_from(word: String) -> Result<Self, NoQuestion> {
        match word.as_str() {
            "whole" => Ok(Question::Whole),
            "wiped" => Ok(Question::Wiped),
            part => part
                .strip_prefix("part-")
                .and_then(|part| part.parse().ok())
                .map(Question::Part)
                .ok_or(NoQuestion),
        }
    }
}

/// A question with its answer; none where nobody has answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What was asked.
    pub question: Question,
    /// What was said.
    pub yes: Option<bool>,
}

/// What is asked when something of this kind comes back, in this order.
pub fn questions(kind: &Kind) -> Vec<Question> {
    let parts = (0..kind.policy.parts.len()).filter_map(|part| u8::try_from(part).ok());
    let asks = kind.policy.asks;
    parts
        .map(Question::Part)
        .chain(asks.condition.then_some(Question::Whole))
        .chain(asks.wiped.then_some(Question::Wiped))
        .collect()
}

/// The matters that answers leave open: how the thing is, the worst of it; and ● data that is still on it,
/// which is a matter of its own whatever else there is.
pub fn left_open(answers: &[Answered]) -> Vec<Cause> {
    let denied = |question: Question| {
        let said = answers.iter().find(|said| said.question == question);
        said.is_some_and(|said| said.yes == Some(false))
    };
    let part_missing = answers
        .iter()
        .any(|said| matches!(said.question, Question::Part(_)) && said.yes == Some(false));
    let thing = match (denied(Question::Whole), part_missing) {
        (true, _) => Some(Cause::ThingDamaged),
        (_, true) => Some(Cause::ThingIncomplete),
        _ => None,
    };
    let data = denied(Question::Wiped).then_some(Cause::DataNotWiped);
    thing.into_iter().chain(data).collect()
}

/// The matters that are over once these are the answers: what was missing is here, what was on it is
/// wiped.
pub fn over(answers: &[Answered]) -> Vec<Cause> {
    let all_yes = |which: fn(&Question) -> bool| {
        let mut asked = answers
            .iter()
            .filter(|said| which(&said.question))
            .peekable();
        asked.peek().is_some() && asked.all(|said| said.yes == Some(true))
    };
    let whole_set = all_yes(|question| matches!(question, Question::Part(_)));
    let wiped = all_yes(|question| *question == Question::Wiped);
    let over = [
        (whole_set, Cause::ThingIncomplete),
        (wiped, Cause::DataNotWiped),
    ];
    over.into_iter()
        .filter_map(|(is_over, cause)| is_over.then_some(cause))
        .collect()
}

/// Why a thing stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckRefusal {
    /// There is no such thing.
    Unknown,
    /// It is with somebody.
    IsOut,
    /// It stands like this already.
    StandsSo,
    /// Something that was asked at its return has no answer yet.
    Unanswered(Question),
    /// ● The data on it is not wiped.
    NotWiped,
    /// It is lost: it is scanned where it turns up.
    Lost,
    /// None of these parts was missing.
    NothingMissing,
}

/// The parts that did not come with a thing, as far as was said.
pub fn missing(answers: &[Answered]) -> Vec<Question> {
    let denied = answers.iter().filter(|said| said.yes == Some(false));
    denied
        .map(|said| said.question)
        .filter(|question| matches!(question, Question::Part(_)))
        .collect()
}

/// What is written down where parts come later than their thing: those that were missing are here. Where
/// the thing stands by then is nothing to them; it may be with somebody else.
pub fn came(answers: &[Answered], parts: &[Question]) -> Result<Vec<Answered>, CheckRefusal> {
    let missing = missing(answers).into_iter();
    let here: Vec<Answered> = missing
        .filter(|question| parts.contains(question))
        .map(|question| Answered {
            question,
            yes: Some(true),
        })
        .collect();
    match here.is_empty() {
        true => Err(CheckRefusal::NothingMissing),
        false => Ok(here),
    }
}

/// Whether a thing may be put on the shelf, to the mender or away for good, by the desk.
///
/// `answers` are those of its last return: ● nothing goes on the shelf with a question open, and no
/// PC with somebody's data on it.
pub fn may_move(
    from: ThingState,
    to: ThingState,
    answers: &[Answered],
) -> Result<(), CheckRefusal> {
    match (from, to) {
        (ThingState::OnLoan, _) => return Err(CheckRefusal::IsOut),
        (ThingState::Lost, _) => return Err(CheckRefusal::Lost),
        (from, to) if from == to => return Err(CheckRefusal::StandsSo),
        (_, ThingState::InRepair | ThingState::Retired) => return Ok(()),
        _ => {}
    }
    if let Some(open) = answers.iter().find(|said| said.yes.is_none()) {
        return Err(CheckRefusal::Unanswered(open.question));
    }
    let wiped = |said: &&Answered| said.question == Question::Wiped;
    match answers.iter().find(wiped) {
        Some(Answered {
            yes: Some(false), ..
        }) => Err(CheckRefusal::NotWiped),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [ThingState; 7] = [
        ThingState::Available,
        ThingState::OnLoan,
        ThingState::AwaitingCheck,
        ThingState::Reserved,
        ThingState::InRepair,
        ThingState::Retired,
        ThingState::Lost,
    ];

    fn said(question: Question, yes: Option<bool>) -> Answered {
        Answered { question, yes }
    }

    #[test]
    fn a_question_is_written_as_a_word_and_read_back() {
        for question in [
            Question::Part(0),
            Question::Part(255),
            Question::Whole,
            Question::Wiped,
        ] {
            assert_eq!(Question::try_from(String::from(question)), Ok(question));
        }
        for word in ["", "part-", "part-256", "part--1", "clean"] {
            assert_eq!(
                Question::try_from(word.to_owned()),
                Err(NoQuestion),
                "{word}"
            );
        }
    }

    #[test]
    fn nothing_that_is_out_or_lost_is_moved_by_hand() {
        for to in STATES {
            assert_eq!(
                may_move(ThingState::OnLoan, to, &[]),
                Err(CheckRefusal::IsOut)
            );
            assert_eq!(may_move(ThingState::Lost, to, &[]), Err(CheckRefusal::Lost));
        }
    }

    #[test]
    fn a_thing_goes_on_the_shelf_only_when_everything_asked_is_answered_and_its_data_wiped() {
        let from = ThingState::AwaitingCheck;
        for (answers, expected) in [
            (vec![], Ok(())),
            (vec![said(Question::Whole, Some(false))], Ok(())),
            (
                vec![said(Question::Part(1), None), said(Question::Wiped, None)],
                Err(CheckRefusal::Unanswered(Question::Part(1))),
            ),
            (
                vec![
                    said(Question::Whole, Some(true)),
                    said(Question::Wiped, Some(false)),
                ],
                Err(CheckRefusal::NotWiped),
            ),
            (vec![said(Question::Wiped, Some(true))], Ok(())),
        ] {
            assert_eq!(
                may_move(from, ThingState::Available, &answers),
                expected,
                "{answers:?}"
            );
            // To the mender it may go as it is.
            assert_eq!(may_move(from, ThingState::InRepair, &answers), Ok(()));
        }
    }

    #[test]
    fn what_is_yes_by_now_is_over_and_a_damage_is_not_undone_by_a_word() {
        let (no, yes) = (Some(false), Some(true));
        let [first, second] = [0, 1].map(Question::Part);
        for (answers, causes) in [
            (vec![], vec![]),
            (vec![said(Question::Whole, yes)], vec![]),
            (vec![said(first, yes), said(second, no)], vec![]),
            (vec![said(first, yes), said(second, None)], vec![]),
            (
                vec![
                    said(first, yes),
                    said(second, yes),
                    said(Question::Wiped, no),
                ],
                vec![Cause::ThingIncomplete],
            ),
            (vec![said(Question::Wiped, yes)], vec![Cause::DataNotWiped]),
        ] {
            assert_eq!(over(&answers), causes, "{answers:?}");
        }
    }

    #[test]
    fn only_a_part_that_was_missing_comes_later() {
        let (no, yes) = (Some(false), Some(true));
        let [first, second] = [0, 1].map(Question::Part);
        let answers = [
            said(first, yes),
            said(second, no),
            said(Question::Whole, no),
        ];
        assert_eq!(missing(&answers), [second]);
        assert_eq!(
            came(&answers, &[first, second]),
            Ok(vec![said(second, yes)])
        );
        for parts in [vec![], vec![first], vec![Question::Whole]] {
            assert_eq!(
                came(&answers, &parts),
                Err(CheckRefusal::NothingMissing),
                "{parts:?}"
            );
        }
    }

    #[test]
    fn a_no_leaves_the_worst_of_the_thing_open_and_data_that_is_on_it_beside_that() {
        let (no, yes) = (Some(false), Some(true));
        for (answers, cause) in [
            (
                vec![said(Question::Whole, yes), said(Question::Wiped, yes)],
                vec![],
            ),
            (vec![said(Question::Whole, None)], vec![]),
            (vec![said(Question::Wiped, no)], vec![Cause::DataNotWiped]),
            (
                vec![said(Question::Part(0), no), said(Question::Wiped, no)],
                vec![Cause::ThingIncomplete, Cause::DataNotWiped],
            ),
            (
                vec![said(Question::Whole, no), said(Question::Wiped, no)],
                vec![Cause::ThingDamaged, Cause::DataNotWiped],
            ),
            (
                vec![said(Question::Part(0), no), said(Question::Whole, no)],
                vec![Cause::ThingDamaged],
            ),
        ] {
            assert_eq!(left_open(&answers), cause, "{answers:?}");
        }
    }
}
