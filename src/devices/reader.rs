//! A card reader: what it tells becomes presentations.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::config::{CardBytes, CardsBehind, Device, Protocol};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use crate::people::{
    Certainty, Credential, How, NotRead, NumberConvention, PersonName, Presented,
    PresentedDocument, ReadDocument, ReaderName, Signal, Technology,
};
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::{Inbox, Mailbox, Told};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::osdp::{Address, Addressed};
use lodge_hardware::reader::pn532::Pn532;
use lodge_hardware::reader::samv::{self, Samv};
use lodge_hardware::reader::wiegand::{Converter, WiegandCode};
use lodge_hardware::reader::{self, Ask, Distrust, Tell, Trouble, Trust, Uid};

pub(super) mod made;
pub(super) mod osdp;
#[cfg(test)]
mod tests;

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
        Protocol::Em4100 => {
            let settings = made::em4100(spec);
            converse(surround, cards, inbox, at_work, || Em4100::with(settings));
        }
        Protocol::Pn532 => {
            let settings = made::pn532(spec);
            converse(surround, cards, inbox, at_work, || {
                Pn532::new(settings.clone())
            });
        }
        Protocol::Wiegand => {
            let settings = made::converter(spec);
            converse(surround, cards, inbox, at_work, || Converter::new(settings));
        }
        Protocol::SamV => {
            let settings = made::samv(spec);
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
            certainty: sure,
        }) => {
            let certainty = certainty(sure);
            let at = surround.read_now(certainty, None);
            tracing::debug!(device = id, %at, ?certainty, "a document was presented");
            surround.report(Report::DocumentPresented(PresentedDocument {
                document: holder(&document),
                reader: name,
                at,
                certainty,
            }));
        }
        Tell::Presented(presentation) => {
            match credential(presentation.credential, &surround.spec, cards) {
                Ok(credential) => {
                    let certainty = certainty(presentation.certainty);
                    let at = surround.read_now(certainty, None);
                    let technology = credential.technology;
                    tracing::debug!(device = id, %at, ?certainty, ?technology, "a card was presented");
                    surround.report(Report::CardPresented(Presented {
                        credential,
                        how: How::Tapped,
                        reader: Some(name),
                        at,
                        certainty,
                    }));
                }
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
        Tell::Trouble(trouble) => {
            tracing::warn!(device = id, ?trouble, "what the reader says of itself");
            stands(trouble.map_or(Standing::Open, ails));
        }
        Tell::Identity(words) => {
            surround.board.identified(&id, words);
            surround.report(Report::Stands);
        }
    }
}

/// How a reader stands that answers and is not well.
fn ails(trouble: Trouble) -> Standing {
    match trouble {
        Trouble::NotAuthorised => Standing::Failing(Fault::NotAuthorised),
        Trouble::SelfTestFailed => Standing::Failing(Fault::SelfTestFailed),
        // It may be one card that it is not permitted to read: others are welcome.
        Trouble::NoPermission => Standing::Ailing(Fault::NoPermission),
        // It reads cards all the same, and proves itself as before.
        Trouble::Tampered => Standing::Ailing(Fault::Tampered),
        Trouble::PowerFails => Standing::Ailing(Fault::PowerFails),
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

pub(super) fn certainty(certainty: reader::Certainty) -> Certainty {
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
    spec: &Device,
    cards: NumberConvention,
) -> Result<Credential, NotRead> {
    Ok(match read {
        reader::Credential::Em4100(number) => cards.credential(number.value()),
        reader::Credential::Iso14443a(uid) => by_uid(uid),
        reader::Credential::Wiegand(code) => match spec.cards {
            CardsBehind::AsRead => {
                // Many converters take parity off: with it the same card would be another one at the next
                // door. Bits whose parity is wrong may be numbered in a layout that has none there.
                let code = code.number_bits().unwrap_or(code);
                Credential {
                    technology: Technology::Wiegand,
                    number: format!("{}:{:X}", code.bits(), code.value()),
                }
            }
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
            CardsBehind::Iso14443a => by_uid(uid(code, spec.card_bytes)?),
        },
        // Taken before: a document opens nothing.
        reader::Credential::Document(_) => return Err(NotRead::Document),
    })
}

fn by_uid(uid: Uid) -> Credential {
    Credential {
        technology: Technology::Iso14443a,
        number: uid
            .bytes()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect(),
    }
}

/// What stands before the first three bytes of a longer UID while its card is selected (ISO 14443-3): no
/// UID of four bytes begins with it.
const CASCADE_TAG: u8 = 0x88;

/// The UID behind the bits of a wire: 4 or 7 bytes, parity taken off where 34 bits have it.
fn uid(code: WiegandCode, order: CardBytes) -> Result<Uid, NotRead> {
    let number = code.number_bits().ok_or(NotRead::Again)?;
    let bits = number.bits();
    if !matches!(bits, 32 | 56) {
        tracing::warn!(
            sends = bits,
            "a reader sends neither 4 nor 7 bytes of a UID"
        );
        return Err(NotRead::NotThisKind);
    }
    let mut bytes = number.value().to_be_bytes()[8 - usize::from(bits / 8)..].to_vec();
    if order == CardBytes::Reversed {
        bytes.reverse();
    }
    let uid = Uid::new(&bytes).ok_or(NotRead::NotThisKind)?;
    match (bits, bytes.first()) {
        _ if uid.is_random() => Err(NotRead::RandomNumber),
        (32, Some(&CASCADE_TAG)) => {
            // All cards of a maker's batch have these bytes: they tell no card from another.
            tracing::warn!("a reader sends only the beginning of a UID");
            Err(NotRead::NotThisKind)
        }
        _ => Ok(uid),
    }
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
