//! A card reader: what it tells becomes presentations.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::kiosk::event::DeviceChange;
use crate::people::{
    Certainty, Credential, How, NotRead, NumberConvention, Presented, ReaderName, Signal,
    Technology,
};
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::{self, Ask, Presentation, Tell};

/// Runs the reader of the settings until its inbox is closed.
pub(super) fn run(surround: &Surround, cards: NumberConvention, inbox: &Inbox<Ask>, at_work: Busy) {
    converse(surround, cards, inbox, at_work, Em4100::new);
}

fn converse<D: Dialogue<Ask = Ask, Tell = Tell>>(
    surround: &Surround,
    cards: NumberConvention,
    inbox: &Inbox<Ask>,
    at_work: Busy,
    dialogue: impl FnMut() -> D,
) {
    let name = ReaderName(surround.spec.name.clone());
    keep_open(surround, inbox, at_work, dialogue, |happened| {
        let told = match happened {
            Happened::Opened(works) | Happened::Lost(works) => return works_now(surround, works),
            Happened::Told(Told::Tell(told)) => told,
            Happened::Told(_) => return,
        };
        match told {
            Tell::Presented(presentation) => {
                let presented = presented(presentation, cards, &name);
                surround.report(Report::CardPresented(presented));
            }
            Tell::NotRead(why) => {
                surround.report(Report::CardNotRead(name.clone(), not_read(why)));
            }
            Tell::Answering(answers) => {
                let standing = match answers {
                    true => Standing::Open,
                    false => Standing::Silent,
                };
                let works = surround.board.note(&surround.spec.id(), standing);
                works_now(surround, works);
            }
            Tell::Identity(words) => surround.board.identified(&surround.spec.id(), words),
        }
    });
}

/// Reports that some reader works, or none does, where that has changed.
fn works_now(surround: &Surround, works: Option<bool>) {
    if let Some(works) = works {
        surround.report(Report::Changed(DeviceChange::Reader(works)));
    }
}

fn presented(
    presentation: Presentation,
    cards: NumberConvention,
    reader: &ReaderName,
) -> Presented {
    Presented {
        credential: credential(presentation.credential, cards),
        how: How::Tapped,
        reader: Some(reader.clone()),
        certainty: match presentation.certainty {
            reader::Certainty::Bare => Certainty::Bare,
            reader::Certainty::Repeated => Certainty::Repeated,
            reader::Certainty::Checked => Certainty::Checked,
            reader::Certainty::Authenticated => Certainty::Authenticated,
        },
    }
}

/// The form of a number in which all readers of one technology agree.
fn credential(read: reader::Credential, cards: NumberConvention) -> Credential {
    match read {
        reader::Credential::Em4100(number) => cards.credential(number.value()),
        reader::Credential::Iso14443a(uid) => Credential {
            technology: Technology::Iso14443a,
            number: uid
                .bytes()
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect(),
        },
        reader::Credential::Wiegand(code) => Credential {
            technology: Technology::Wiegand,
            number: format!("{}:{:X}", code.bits(), code.value()),
        },
    }
}

fn not_read(why: reader::NotRead) -> NotRead {
    match why {
        reader::NotRead::RandomNumber => NotRead::RandomNumber,
        reader::NotRead::Several => NotRead::Several,
        reader::NotRead::Again => NotRead::Again,
        reader::NotRead::NotThisKind => NotRead::NotThisKind,
    }
}

/// What a reader is asked to show.
pub(super) fn ask(signal: Signal) -> Ask {
    Ask::Signal(match signal {
        Signal::Granted => reader::Signal::Granted,
        Signal::Refused => reader::Signal::Refused,
        Signal::Wait => reader::Signal::Wait,
    })
}
