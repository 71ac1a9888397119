//! Taking and bringing back a key at the touch screen.
//!
//! Out is four touches at most: one's own page, the key, what for, yes. Back is one scan and the
//! points that are confirmed. Nothing has happened until the store says so.

mod stage;

use super::{
    Answers, Contractor, Grant, Inside, Key, KeyId, KeyReturnRefusal, KeyState, Point, Purpose,
    ReturnOrder, ReturnReceipt, TakeOrder, TakeReceipt, TakeRefusal, Terms, rules,
};
use crate::building::Building;
use crate::people::{Act, Holder, How, PersonId, permits};
use chrono::{DateTime, TimeDelta, Utc};

/// What is asked for so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Which key.
    pub key: Key,
    /// What for.
    pub purpose: Purpose,
    /// Whom the holder goes along with.
    pub contractor: Option<Along>,
    /// When it is due, where it is taken in an emergency while the house gives no keys.
    pub in_curfew: Option<DateTime<Utc>>,
}

/// Whom the holder goes along with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Along {
    /// A contractor who is inside.
    Inside(Inside),
    /// Somebody else, as typed.
    Named(String),
}

/// Where a person is with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Asking what this person may take.
    Looking,
    /// Which of the keys one may take.
    Choosing(Vec<Key>),
    /// What for.
    AskingPurpose {
        /// Which key.
        key: Key,
        /// Whether the house gives no keys now but in an emergency.
        only_emergency: bool,
    },
    /// The number of the work order is typed.
    TypingOrder(Key),
    /// Which of the contractors who are inside the holder goes along with.
    ChoosingContractor {
        /// What is asked for.
        wish: Wish,
        /// Those who are inside, whoever came last first.
        inside: Vec<Inside>,
    },
    /// The contractor's name is typed.
    TypingContractor(Wish),
    /// Everything is said: yes?
    Confirming(Wish),
    /// A second person's card is needed.
    AwaitingSecond {
        /// What is asked for.
        wish: Wish,
        /// Since when, or since when more time was asked for.
        since: DateTime<Utc>,
        /// How long it may take, in seconds.
        seconds: u32,
        /// Why the card before was not the one; the wish stands all the same.
        not_yet: Option<TakeRefusal>,
    },
    /// It is theirs, until its time.
    Taken(TakeReceipt),
    /// A tag was scanned: the points to confirm, each with its answer so far.
    Returning {
        /// The tag.
        tag: String,
        /// The hook.
        hook: String,
        /// The answers so far.
        answers: [Option<bool>; Point::ALL.len()],
    },
    /// The tag of a key that is lost was read: being written down that it is here.
    TurningUp,
    /// It was lost and is here again; the hook it is of.
    TurnedUp(String),
    /// It is back.
    Returned(ReturnReceipt),
    /// Not given.
    Refused(TakeRefusal),
    /// Not taken back.
    RefusedReturn(KeyReturnRefusal),
}

/// What can be touched on the pages of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// This key.
    Key(KeyId),
    /// For this.
    For(Purpose),
    /// For a work order, whose number is typed.
    ForOrder,
    /// Together with a contractor.
    GoAlong,
    /// With this one.
    With(PersonId),
    /// With one whose name is typed.
    WithAnother,
    /// Yes.
    Confirm,
    /// A point is so, or not.
    Answer(Point, bool),
    /// Every point has its answer.
    Finish,
}

/// What the flow wants of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The keys this person may take, by hook.
    Offered,
    /// The contractors who are inside.
    Contractors,
    /// Sign a key out.
    Take(Box<TakeOrder>),
    /// Take a key back.
    Return(Box<ReturnOrder>),
    /// A lost key is here again.
    TurnedUp {
        /// The code on its tag.
        tag: String,
    },
}

impl Ask {
    /// Whether something is written down.
    pub fn is_deed(&self) -> bool {
        !matches!(self, Ask::Offered | Ask::Contractors)
    }

    /// Whether something comes back, which is taken from anybody.
    pub fn is_return(&self) -> bool {
        matches!(self, Ask::Return(_) | Ask::TurnedUp { .. })
    }
}

/// What the store says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To `Offered`.
    Offered(Vec<Key>),
    /// To `Contractors`.
    Contractors(Vec<Inside>),
    /// To `Take`.
    Taken(Result<TakeReceipt, TakeRefusal>),
    /// To `Return`.
    Returned(Result<ReturnReceipt, KeyReturnRefusal>),
    /// To `TurnedUp`: the hook it is of.
    TurnedUp(Result<String, KeyReturnRefusal>),
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Show this stage.
    Show(Stage),
    /// Ask the store, and stay on this stage meanwhile.
    Ask(Stage, Ask),
}

/// Who stands here, and when.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The person, once a card told.
    pub holder: Option<&'a Holder>,
    /// Whether that card was tapped or its number typed.
    pub how: How,
    /// What this person was granted, as it was when the card told.
    pub grants: &'a [Grant],
    /// Now.
    pub at: DateTime<Utc>,
    /// The terms of the house.
    pub terms: &'a Terms,
    /// Its hours.
    pub building: &'a Building,
}

/// Somebody wants a key; None where no card told who.
pub fn begin(here: &Here<'_>) -> Option<Next> {
    let holder = here.holder?;
    // Nobody chooses a key and says what for before the no.
    Some(
        match rules::may_hold_keys(&taker(holder, here)).and_then(|()| at_all(here)) {
            Ok(_) => Next::Ask(Stage::Looking, Ask::Offered),
            Err(refusal) => Next::Show(Stage::Refused(refusal)),
        },
    )
}

/// Until when a key is taken now, if only in an emergency.
fn at_all(here: &Here<'_>) -> Result<rules::Until, TakeRefusal> {
    rules::until(&Purpose::Emergency, here.at, here.terms, here.building)
}

fn taker<'a>(holder: &'a Holder, here: &Here<'a>) -> rules::Taker<'a> {
    rules::Taker {
        person: holder.person,
        roles: &holder.roles,
        how: here.how,
        grants: here.grants,
    }
}

/// The tag of a key was scanned: one that is out comes back, and one that was lost is here again,
/// whoever brings it; one on its hook is taken by a member of staff whose card is here, and handed in
/// by everybody else, who can only have found it.
pub fn tag_read(key: Key, is_out: bool, here: &Here<'_>) -> Next {
    if is_out {
        return Next::Show(Stage::Returning {
            tag: key.tag,
            hook: key.hook,
            answers: [None; Point::ALL.len()],
        });
    }
    if matches!(key.state, KeyState::Lost | KeyState::TurnedUp) {
        return Next::Ask(Stage::TurningUp, Ask::TurnedUp { tag: key.tag });
    }
    let staff = |holder: &&Holder| permits(&holder.roles, Act::UseKeys);
    let Some(holder) = here.holder.filter(staff) else {
        let refusal = KeyReturnRefusal::NotOut { hook: key.hook };
        return Next::Show(Stage::RefusedReturn(refusal));
    };
    // Nobody is asked what for before the no.
    let house = (here.terms, here.building);
    let taker = taker(holder, here);
    let may = rules::may_take(
        &key,
        None,
        &taker,
        None,
        &Purpose::Emergency,
        here.at,
        house,
    );
    Next::Show(match may {
        Err(refusal) if !refusal.is_about_second() => Stage::Refused(refusal),
        Ok(_) | Err(_) => asking(key, here),
    })
}

/// The number on the tag of a key was typed, by somebody who need not have the key. Whoever may use keys and
/// tapped their own card is believed, because the deed carries their name.
pub fn tag_typed(key: Key, is_out: bool, here: &Here<'_>) -> Next {
    let may = |holder: &Holder| permits(&holder.roles, Act::UseKeys);
    match here.how == How::Tapped && here.holder.is_some_and(may) {
        true => tag_read(key, is_out, here),
        false => Next::Show(Stage::RefusedReturn(KeyReturnRefusal::TagNotScanned)),
    }
}

fn asking(key: Key, here: &Here<'_>) -> Stage {
    Stage::AskingPurpose {
        key,
        only_emergency: at_all(here).is_ok_and(|until| until.in_curfew),
    }
}

/// Something on a page was touched. None where it makes no sense there.
pub fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    Some(match (stage, touch) {
        (Stage::Choosing(keys), Touch::Key(key)) => {
            let key = keys.iter().find(|known| known.id == key)?;
            Next::Show(asking(key.clone(), here))
        }
        (Stage::AskingPurpose { key, .. }, Touch::For(purpose)) => {
            match rules::until(&purpose, here.at, here.terms, here.building) {
                Ok(until) => Next::Show(Stage::Confirming(Wish {
                    key: key.clone(),
                    purpose,
                    contractor: None,
                    in_curfew: until.in_curfew.then_some(until.due),
                })),
                Err(refusal) => Next::Show(Stage::Refused(refusal)),
            }
        }
        (Stage::AskingPurpose { key, .. }, Touch::ForOrder) => {
            Next::Show(Stage::TypingOrder(key.clone()))
        }
        (Stage::Confirming(_), Touch::GoAlong) => Next::Ask(stage.clone(), Ask::Contractors),
        (Stage::ChoosingContractor { wish, inside }, Touch::With(person)) => {
            let chosen = inside.iter().find(|known| known.person == person)?;
            Next::Show(Stage::Confirming(Wish {
                contractor: Some(Along::Inside(chosen.clone())),
                ..wish.clone()
            }))
        }
        (Stage::ChoosingContractor { wish, .. }, Touch::WithAnother) => {
            Next::Show(Stage::TypingContractor(wish.clone()))
        }
        (Stage::Confirming(wish), Touch::Confirm) => take(stage, wish, None, here)?,
        (Stage::Returning { tag, hook, answers }, Touch::Answer(point, yes)) => {
            let mut answers = *answers;
            let place = Point::ALL.iter().position(|known| *known == point)?;
            answers[place] = Some(yes);
            Next::Show(Stage::Returning {
                tag: tag.clone(),
                hook: hook.clone(),
                answers,
            })
        }
        (Stage::Returning { tag, answers, .. }, Touch::Finish) => {
            let order = ReturnOrder {
                tag: tag.clone(),
                by: here.holder.cloned(),
                answers: whole(answers)?,
            };
            Next::Ask(stage.clone(), Ask::Return(Box::new(order)))
        }
        _ => return None,
    })
}

/// What was typed is whole.
pub fn entered(stage: &Stage, text: &str) -> Option<Next> {
    let text = text.trim();
    match stage {
        Stage::TypingOrder(key) if !text.is_empty() => Some(Next::Show(Stage::Confirming(Wish {
            key: key.clone(),
            purpose: Purpose::WorkOrder(text.to_owned()),
            contractor: None,
            in_curfew: None,
        }))),
        Stage::TypingContractor(wish) => Some(Next::Show(Stage::Confirming(Wish {
            contractor: (!text.is_empty()).then(|| Along::Named(text.to_owned())),
            ..wish.clone()
        }))),
        _ => None,
    }
}

/// A card was presented. None where a card means nothing to keys: then it opens its My page.
pub fn card(stage: &Stage, presented: &Holder, here: &Here<'_>) -> Option<Next> {
    let Stage::AwaitingSecond {
        wish,
        since,
        seconds,
        ..
    } = stage
    else {
        return None;
    };
    let until = *since + TimeDelta::seconds(i64::from(*seconds));
    if here.at <= until {
        return take(stage, wish, Some(presented.clone()), here);
    }
    let hook = wish.key.hook.clone();
    let too_late = TakeRefusal::SecondPersonNeeded { hook };
    Some(Next::Show(await_second(wish, Some(too_late), here)))
}

/// The checklist without answers, where it stands there: whoever answers it from now on shows a card.
pub fn begun_anew(stage: &Stage) -> Option<Stage> {
    match stage {
        Stage::Returning { tag, hook, .. } => Some(Stage::Returning {
            tag: tag.clone(),
            hook: hook.clone(),
            answers: [None; Point::ALL.len()],
        }),
        _ => None,
    }
}

/// The second card is asked for, from now on: with what was wrong with the one before.
fn await_second(wish: &Wish, not_yet: Option<TakeRefusal>, here: &Here<'_>) -> Stage {
    Stage::AwaitingSecond {
        wish: wish.clone(),
        since: here.at,
        seconds: here.terms.second_card_seconds,
        not_yet,
    }
}

/// What the store says. None where nobody waits for it any more.
pub fn answered(stage: &Stage, answer: Answer, here: &Here<'_>) -> Option<Next> {
    let stage = match (stage, answer) {
        (Stage::Looking, Answer::Offered(keys)) => Stage::Choosing(keys),
        // Where nobody is inside there is nothing to choose from.
        (Stage::Confirming(wish), Answer::Contractors(inside)) if inside.is_empty() => {
            Stage::TypingContractor(wish.clone())
        }
        (Stage::Confirming(wish), Answer::Contractors(inside)) => Stage::ChoosingContractor {
            wish: wish.clone(),
            inside,
        },
        (Stage::Confirming(wish), Answer::Taken(Err(TakeRefusal::SecondPersonNeeded { .. }))) => {
            await_second(wish, None, here)
        }
        // Another card will do; which key it is and what for need not be said again.
        (Stage::AwaitingSecond { wish, .. }, Answer::Taken(Err(refusal)))
            if refusal.is_about_second() =>
        {
            await_second(wish, Some(refusal), here)
        }
        (Stage::Confirming(_) | Stage::AwaitingSecond { .. }, Answer::Taken(answer)) => {
            match answer {
                Ok(receipt) => Stage::Taken(receipt),
                Err(refusal) => Stage::Refused(refusal),
            }
        }
        (Stage::Returning { .. }, Answer::Returned(answer)) => match answer {
            Ok(receipt) => Stage::Returned(receipt),
            Err(refusal) => Stage::RefusedReturn(refusal),
        },
        (Stage::TurningUp, Answer::TurnedUp(answer)) => match answer {
            Ok(hook) => Stage::TurnedUp(hook),
            Err(refusal) => Stage::RefusedReturn(refusal),
        },
        _ => return None,
    };
    Some(Next::Show(stage))
}

fn take(stage: &Stage, wish: &Wish, second: Option<Holder>, here: &Here<'_>) -> Option<Next> {
    let order = TakeOrder {
        holder: here.holder?.clone(),
        how: here.how,
        key: wish.key.id,
        purpose: wish.purpose.clone(),
        contractor: wish.contractor.as_ref().map(|along| match along {
            Along::Inside(inside) => Contractor::Inside(inside.person),
            Along::Named(name) => Contractor::Named(name.clone()),
        }),
        second,
    };
    Some(Next::Ask(stage.clone(), Ask::Take(Box::new(order))))
}

/// All answers, once every point has one.
pub fn whole(answers: &[Option<bool>; Point::ALL.len()]) -> Option<Answers> {
    let mut all = [false; Point::ALL.len()];
    for (place, answer) in answers.iter().enumerate() {
        all[place] = (*answer)?;
    }
    Some(Answers(all))
}
