//! What devices tell, in words: never a number, a code or a name.

use crate::escpos::status::{Obstacle, Paper, PrinterStatus};
use crate::label::status::{self as label, LabelStatus};
use crate::printing::Tell;
use crate::reader::osdp::Addressed;
use crate::reader::{self, Certainty, Credential, Distrust, NotRead, Trouble, Trust};
use crate::scanner::{self, Code, Unreadable};

/// A tell that can be said to anybody.
pub(super) trait InWords {
    /// What it says, without what stands for a person.
    fn in_words(&self) -> String;
}

fn answers(answering: bool) -> String {
    let says = if answering {
        "it answers"
    } else {
        "it does not answer"
    };
    says.to_owned()
}

/// How well something was protected on its way.
fn how(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Bare => "protected by nothing",
        Certainty::Repeated => "heard twice the same",
        Certainty::Checked => "with a right check",
        Certainty::Authenticated => "proven by keys",
    }
}

impl InWords for reader::Tell {
    fn in_words(&self) -> String {
        match self {
            Self::Presented(presentation) => {
                let what = match &presentation.credential {
                    Credential::Em4100(_) => "an EM4100 card".to_owned(),
                    Credential::Iso14443a(uid) => {
                        format!("a card with a number of {} bytes", uid.bytes().len())
                    }
                    Credential::Wiegand(code) => format!("a card of {} bits", code.bits()),
                    Credential::Document(_) => "an identity document".to_owned(),
                };
                let how = match presentation.certainty {
                    Certainty::Bare => "protected by nothing but parity",
                    sure => how(sure),
                };
                format!("{what} is there, {how}")
            }
            Self::NotRead(why) => {
                let why = match why {
                    NotRead::RandomNumber => "its number is another one each time",
                    NotRead::Several => "there is more than one card",
                    NotRead::Again => "it went wrong in the middle",
                    NotRead::NotThisKind => "it is no card for this reader",
                    NotRead::NotGenuine => "card and reader do not accept each other",
                    NotRead::Implausible => "what it says cannot be",
                };
                format!("something is there that is not read: {why}")
            }
            Self::Answering(answering) => answers(*answering),
            Self::Identity(words) => format!("it says that it is: {words}"),
            Self::Trust(trust) => trusted(*trust).to_owned(),
            Self::Trouble(trouble) => match trouble {
                Some(Trouble::NotAuthorised) => "it says that it was never authorised",
                Some(Trouble::SelfTestFailed) => "it says that it failed its own test",
                Some(Trouble::NoPermission) => "it says that it lacks a permission",
                Some(Trouble::Tampered) => "it says that it was opened or taken down",
                Some(Trouble::PowerFails) => "it says that its power fails",
                None => "it is well again",
            }
            .to_owned(),
        }
    }
}

impl<T: InWords> InWords for Addressed<T> {
    fn in_words(&self) -> String {
        self.what.in_words()
    }
}

fn trusted(trust: Trust) -> &'static str {
    match trust {
        Trust::OwnKey => "it is believed: it knows its own key",
        Trust::DefaultKey => "it is believed: it knows the key that everybody knows",
        Trust::ClearText => "it is believed without any proof",
        Trust::Refused(why) => match why {
            Distrust::NoKey => "it is not believed: there is no key for it",
            Distrust::DefaultKey => "it is not believed: it knows only the default key",
            Distrust::WrongKey => "it is not believed: it has another key",
            Distrust::NoSecureChannel => "it is not believed: it opens no secure channel",
            Distrust::Forged => "it is not believed: its words carry no proof",
            Distrust::KeyNotTaken => "it is not believed: it does not take its key",
        },
    }
}

impl InWords for scanner::Tell {
    fn in_words(&self) -> String {
        match self {
            Self::Code(Code {
                text,
                symbology,
                certainty,
            }) => {
                let length = text.chars().count();
                let kind = symbology
                    .map(|kind| format!(", {kind:?}"))
                    .unwrap_or_default();
                format!("a code of {length} characters{kind}, {}", how(*certainty))
            }
            Self::Unreadable { reason } => {
                let why = match reason {
                    Unreadable::TooLong => "it is too long",
                    Unreadable::NotText => "it is no text",
                    Unreadable::ControlCharacter => "it has a control character in it",
                    Unreadable::NoPrefix => "it has not the prefix that codes here have",
                };
                format!("something was scanned that is no code: {why}")
            }
            Self::Answering(answering) => answers(*answering),
            Self::Refused { command, refusal } => {
                format!("it refuses a command: {command:?}, {refusal:?}")
            }
            Self::Obeys => "it does again what it refused".to_owned(),
        }
    }
}

/// How a printer is, or why it does not print.
pub(super) trait Stands {
    fn stands(&self) -> String;
}

impl<Status: Stands, Obstacle: Stands, Proof> InWords for Tell<Status, Obstacle, Proof> {
    fn in_words(&self) -> String {
        match self {
            Self::Status(status) => status.stands(),
            Self::Answering(answering) => answers(*answering),
            Self::Refused(_, obstacle) => format!("a job is refused: {}", obstacle.stands()),
            Self::Ready(_) => "a job can be printed".to_owned(),
            Self::NotStarted(_) => "a job was not started".to_owned(),
            Self::Printed(..) => "a job is printed".to_owned(),
            Self::Stopped(_, obstacle) => format!("a job has stopped: {}", obstacle.stands()),
            Self::Unknown(..) => "nobody knows whether a job is printed".to_owned(),
        }
    }
}

/// How a printer is.
pub(crate) fn state(status: &PrinterStatus) -> String {
    match (status.obstacle(), status.paper) {
        (Some(obstacle), _) => format!("the printer cannot print: {}", why(obstacle)),
        (None, Paper::NearEnd) => "the printer is well; its paper is near its end".to_owned(),
        (None, _) => "the printer is well".to_owned(),
    }
}

impl Stands for PrinterStatus {
    fn stands(&self) -> String {
        state(self)
    }
}

impl Stands for Obstacle {
    fn stands(&self) -> String {
        why(*self).to_owned()
    }
}

impl Stands for LabelStatus {
    fn stands(&self) -> String {
        match self.obstacle() {
            Some(obstacle) => format!("the printer cannot print: {}", obstacle.stands()),
            None if self.busy => "the printer is at work".to_owned(),
            None => "the printer is well".to_owned(),
        }
    }
}

impl Stands for label::Obstacle {
    fn stands(&self) -> String {
        let why = match self {
            Self::HeadOpen => "its head is open",
            Self::PaperOut => "its labels are out",
            Self::RibbonOut => "its ribbon is out",
            Self::Jam => "its labels are jammed",
            Self::Paused => "it is paused at its key",
            Self::Temperature => "it is too hot or too cold",
            Self::OtherError => "it reports an error",
            Self::Silent => "it does not answer",
            Self::Busy => "it has another job",
            Self::DoesNotFit(_) => "the label does not fit on its stock",
        };
        why.to_owned()
    }
}

fn why(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::CoverOpen => "its cover is open",
        Obstacle::PaperOut => "its paper is out",
        Obstacle::CutterError => "its cutter is stuck",
        Obstacle::OtherError => "it reports an error",
        Obstacle::Offline => "it is off-line",
        Obstacle::Silent => "it does not answer",
        Obstacle::Busy => "it has another job",
    }
}
