//! A card reader: what it tells becomes presentations.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::config::{CardsBehind, Protocol};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use crate::people::{
    Certainty, Credential, How, NotRead, NumberConvention, PersonName, Presented, ReadDocument,
    ReaderName, Signal, Technology,
};
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::{Inbox, Mailbox, Told};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::osdp::{Address, Addressed};
use lodge_hardware::reader::pn532::{self, Pn532};
use lodge_hardware::reader::samv::{self, Samv};
use lodge_hardware::reader::wiegand::{self, Converter};
use lodge_hardware::reader::{self, Ask, Distrust, Tell, Trust};

pub(super) mod osdp;

/// How a reader is asked something: it may share its port with others.
pub(super) enum Way {
    /// It has a port of its own.
    Alone(Mailbox<Ask>),
    /// It has this address on a line.
    OnLine(Address, Mailbox<Addressed<Ask>>),
}

impl Way {
    /// Asks it.
    pub fn ask(&self, ask: Ask) {
        match self {
            Way::Alone(mailbox) => mailbox.send(ask),
            Way::OnLine(address, mailbox) => mailbox.send(Addressed {
                address: *address,
                what: ask,
            }),
        }
    }

    /// Whether it proves itself with a key.
    pub fn has_key(&self) -> bool {
        matches!(self, Way::OnLine(..))
    }
}

/// Runs the reader of the settings until its inbox is closed.
pub(super) fn run(surround: &Surround, cards: NumberConvention, inbox: &Inbox<Ask>, at_work: Busy) {
    let spec = &surround.spec;
    match spec.protocol {
        Protocol::Em4100 => converse(surround, cards, inbox, at_work, Em4100::new),
        Protocol::Pn532 => converse(surround, cards, inbox, at_work, || {
            Pn532::new(pn532::Settings::default())
        }),
        Protocol::Wiegand => {
            let settings = match spec.profile.as_deref() {
                Some("s4a") => wiegand::Settings::s4a(),
                _ => wiegand::Settings::wie232(),
            };
            converse(surround, cards, inbox, at_work, || Converter::new(settings));
        }
        Protocol::SamV => {
            let settings = samv::Settings {
                baud: spec.baud,
                ..samv::Settings::default()
            };
            converse(surround, cards, inbox, at_work, || {
                Samv::new(settings.clone())
            });
        }
        // A line of them is run by `osdp::run`; and the settings are checked: no reader speaks the others.
        Protocol::Osdp
        | Protocol::LineScanner
        | Protocol::EscPos
        | Protocol::Tspl
        | Protocol::Zpl => {}
    }
}

fn converse<D: Dialogue<Ask = Ask, Tell = Tell>>(
    surround: &Surround,
    cards: NumberConvention,
    inbox: &Inbox<Ask>,
    at_work: Busy,
    dialogue: impl FnMut() -> D,
) {
    keep_open(
        surround,
        inbox,
        at_work,
        dialogue,
        |happened| match happened {
            Happened::Opened(works) | Happened::Lost(works) => works_now(surround, works),
            Happened::Told(Told::Tell(told)) => heard(surround, cards, told),
            Happened::Told(_) => {}
        },
    );
}

/// What a reader tells goes on its way.
fn heard(surround: &Surround, cards: NumberConvention, told: Tell) {
    let name = ReaderName(surround.spec.name.clone());
    let id = surround.spec.id();
    let stands = |standing| works_now(surround, surround.note(standing));
    match told {
        Tell::Presented(reader::Presentation {
            credential: reader::Credential::Document(document),
            ..
        }) => surround.report(Report::DocumentRead(name, holder(&document))),
        Tell::Presented(presentation) => {
            match credential(presentation.credential, surround.spec.cards, cards) {
                Ok(credential) => surround.report(Report::CardPresented(Presented {
                    credential,
                    how: How::Tapped,
                    reader: Some(name),
                    certainty: certainty(presentation.certainty),
                })),
                Err(why) => surround.report(Report::CardNotRead(name, why)),
            }
        }
        Tell::NotRead(why) => surround.report(Report::CardNotRead(name, not_read(why))),
        Tell::Answering(true) => stands(Standing::Open),
        Tell::Answering(false) => stands(Standing::Failing(Fault::Silent)),
        Tell::Trust(Trust::Refused(why)) => {
            tracing::warn!(device = id, ?why, "the reader is not believed");
            stands(Standing::Failing(distrust(why)));
        }
        Tell::Trust(trust) => {
            tracing::info!(device = id, ?trust, "the reader is believed");
            stands(Standing::Open);
        }
        Tell::Identity(words) => {
            surround.board.identified(&id, words);
            surround.report(Report::Stands);
        }
    }
}

/// Why a reader is not believed.
fn distrust(why: Distrust) -> Fault {
    match why {
        Distrust::NoKey => Fault::NoKey,
        Distrust::DefaultKey => Fault::DefaultKey,
        Distrust::WrongKey => Fault::WrongKey,
        Distrust::NoSecureChannel => Fault::NoSecureChannel,
        Distrust::Forged => Fault::Forged,
        Distrust::KeyNotTaken => Fault::KeyNotTaken,
    }
}

/// Reports that some reader works, or none does, where that has changed.
fn works_now(surround: &Surround, works: Option<bool>) {
    if let Some(works) = works {
        surround.report(Report::Changed(DeviceChange::Reader(works)));
    }
}

fn certainty(certainty: reader::Certainty) -> Certainty {
    match certainty {
        reader::Certainty::Bare => Certainty::Bare,
        reader::Certainty::Repeated => Certainty::Repeated,
        reader::Certainty::Checked => Certainty::Checked,
        reader::Certainty::Authenticated => Certainty::Authenticated,
    }
}

/// The form of a number in which all readers of one technology agree.
fn credential(
    read: reader::Credential,
    behind: CardsBehind,
    cards: NumberConvention,
) -> Result<Credential, NotRead> {
    Ok(match read {
        reader::Credential::Em4100(number) => cards.credential(number.value()),
        reader::Credential::Iso14443a(uid) => Credential {
            technology: Technology::Iso14443a,
            number: uid
                .bytes()
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect(),
        },
        reader::Credential::Wiegand(code) => match behind {
            CardsBehind::AsRead => Credential {
                technology: Technology::Wiegand,
                number: format!("{}:{:X}", code.bits(), code.value()),
            },
            CardsBehind::Em4100 => {
                let number = code.number_bits().ok_or(NotRead::Again)?;
                if u32::from(number.bits()) < cards.bits() {
                    tracing::warn!(
                        sends = number.bits(),
                        wanted = cards.bits(),
                        "a reader sends fewer bits than [cards] of the settings wants"
                    );
                    return Err(NotRead::NotThisKind);
                }
                cards.credential(number.value())
            }
        },
        // Taken before: a document opens nothing.
        reader::Credential::Document(_) => return Err(NotRead::Document),
    })
}

/// Name and number; the rest of the document goes no further than here.
fn holder(document: &samv::Document) -> ReadDocument {
    let english = match &document.card {
        samv::Card::Foreigner2017 { english_name, .. }
        | samv::Card::Foreigner2023 { english_name, .. } => Some(english_name.as_str()),
        samv::Card::Resident { .. } | samv::Card::HongKongMacaoTaiwan { .. } => None,
    };
    let name = Some(document.name.as_str()).filter(|name| !name.is_empty());
    // A foreigner's card without a Chinese name has the English one in its place.
    let chinese = name.filter(|name| !name.is_ascii());
    ReadDocument {
        name: PersonName {
            chinese: chinese.map(str::to_owned),
            latin: english
                .filter(|name| !name.is_empty())
                .or(name.filter(|name| name.is_ascii()))
                .map(str::to_owned),
        },
        number: document.number.as_str().to_owned(),
    }
}

fn not_read(why: reader::NotRead) -> NotRead {
    match why {
        reader::NotRead::RandomNumber => NotRead::RandomNumber,
        reader::NotRead::Several => NotRead::Several,
        reader::NotRead::Again => NotRead::Again,
        reader::NotRead::NotThisKind => NotRead::NotThisKind,
        reader::NotRead::NotGenuine | reader::NotRead::Implausible => NotRead::NotProven,
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
