//! Everything the touch screen's session can want done, in the imperative.

use super::session::{RequestId, TimerId};
use crate::keys;
use crate::lending;
use crate::mail;
use crate::people::{Holder, How, Language, PersonId, Presented, ReaderName, Signal};
use crate::slips::SlipNumber;
use crate::visits::{self, VisitId};
use std::time::Duration;

/// Something to do. Requests and timers carry an id; an answer to an id that is no longer waited for
/// is ignored.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the books; the answer comes with this id.
    Ask(RequestId, Ask),
    /// Have the books write this down; nobody waits for what they say.
    Tell(Ask),
    /// Remember the language a person chose.
    RememberLanguage(PersonId, Language),
    /// Show this with the lamp and the buzzer of a reader.
    Signal(ReaderName, Signal),
    /// Have the scanners read that read on command, or have them stop.
    ReadCodes(bool),
    /// Fire this timer after this long, once.
    StartTimer(TimerId, Duration),
    /// Never fire this timer.
    StopTimer(TimerId),
}

/// What the books are asked: to say something, or to write something down.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Whose card this is, and what My page shows.
    Identify(Presented),
    /// Who is inside with the slip of this visit, and what there is for them.
    IdentifyVisitor(SlipNumber),
    /// What there is to borrow.
    ReadStock,
    /// What a scanned or typed code stands for.
    ReadCode(String),
    /// Which company is on which floor.
    ReadDirectory,
    /// Which of its companies are found by what is typed.
    FindTenants(String),
    /// Tell the desk that somebody here needs it.
    CallDesk,
    /// What mail wants to know or to write down, for whoever's card is in the session.
    Mail(Option<(Holder, How)>, Box<mail::flow::Ask>),
    /// What visitors' pages want to know or to write down.
    Visits(Box<visits::flow::Ask>),
    /// The host's own yes or no to a visitor.
    SayYes(Box<Holder>, VisitId),
    /// What keys want to know or to write down, for whoever's card is in the session.
    Keys(Option<Holder>, Box<keys::flow::Ask>),
    /// What lending wants to write down, for whoever's card is in the session.
    Lending(Option<Holder>, Box<lending::flow::Ask>),
}

impl Ask {
    /// Whose card this stands on: it has to be good at this very moment, since the desk may have
    /// blocked it while its page was open. A return stands on none, whoever brings it.
    pub fn stands_on(&self) -> Option<&Holder> {
        match self {
            Ask::Mail(holder, ask) => ask
                .collector()
                .or(holder.as_ref().map(|(holder, _)| holder)),
            Ask::SayYes(holder, ..) => Some(holder),
            Ask::Keys(holder, ask) => holder.as_ref().filter(|_| !ask.is_return()),
            Ask::Lending(holder, ask) => holder.as_ref().filter(|_| !ask.is_return()),
            Ask::Identify(_)
            | Ask::IdentifyVisitor(_)
            | Ask::ReadStock
            | Ask::ReadCode(_)
            | Ask::ReadDirectory
            | Ask::FindTenants(_)
            | Ask::CallDesk
            | Ask::Visits(_) => None,
        }
    }

    /// Whether something is written down. Who ends the session meanwhile does not undo it.
    pub fn is_deed(&self) -> bool {
        match self {
            Ask::Identify(_)
            | Ask::IdentifyVisitor(_)
            | Ask::ReadStock
            | Ask::ReadCode(_)
            | Ask::ReadDirectory
            | Ask::FindTenants(_) => false,
            Ask::Mail(_, ask) => ask.is_deed(),
            Ask::Keys(_, ask) => ask.is_deed(),
            Ask::Visits(ask) => ask.is_deed(),
            Ask::SayYes(..) => true,
            Ask::Lending(_, ask) => ask.is_deed(),
            Ask::CallDesk => true,
        }
    }
}
