//! A card reader: what it tells becomes presentations.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::config::{CardsBehind, Device, Protocol};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use crate::people::{
    Certainty, Credential, How, NotRead, NumberConvention, PersonName, Presented, ReadDocument,
    ReaderName, Signal, Technology,
};
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::port::{Inbox, Told};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::osdp::{self, Osdp, Seed};
use lodge_hardware::reader::pn532::{self, Pn532};
use lodge_hardware::reader::samv::{self, Samv};
use lodge_hardware::reader::wiegand::{self, Converter};
use lodge_hardware::reader::{self, Ask, Distrust, Tell, Trust};

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
        Protocol::Osdp => match osdp_settings(spec) {
            Ok(settings) => converse(surround, cards, inbox, at_work, || {
                Osdp::new(settings.clone(), seed(surround))
            }),
            // Its line is not even opened: without its key nothing it says would be believed.
            Err(fault) => works_now(surround, surround.note(Standing::Lost(fault))),
        },
        // The settings are checked: no reader speaks these.
        Protocol::LineScanner | Protocol::EscPos | Protocol::Tspl | Protocol::Zpl => {}
    }
}

/// What the settings say of an OSDP reader, with its key; or what is wrong with that.
fn osdp_settings(spec: &Device) -> Result<osdp::Settings, Fault> {
    let trusted = spec.osdp.clone().unwrap_or_default();
    let key = trusted.key_file.as_deref().map(|path| {
        let file = path.display().to_string();
        let unusable = |error: &dyn std::error::Error, fault| {
            tracing::error!(device = spec.id(), file, %error, "the reader is not used");
            fault
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| unusable(&error, Fault::KeyUnreadable(file.clone())))?;
        let key = text.trim().parse::<osdp::Key>();
        key.map_err(|error| unusable(&error, Fault::KeyMalformed(file.clone())))
    });
    Ok(osdp::Settings {
        address: osdp::Address::new(trusted.address)
            .expect("the settings take no address that is no single reader's"),
        check: osdp::Check::Crc,
        key: key.transpose()?,
        allow_default_key: trusted.allow_default_key,
        allow_clear_text: trusted.allow_clear_text,
    })
}

/// What a reader's challenges are made of: the system's, or under a scripted clock the same each time.
fn seed(surround: &Surround) -> Seed {
    if surround.clock.is_scripted() {
        return Seed::given([0x5A; 16]);
    }
    Seed::from_system().unwrap_or_else(|error| {
        panic!("the system gives no random bytes, without which no reader can be trusted: {error}")
    })
}

fn converse<D: Dialogue<Ask = Ask, Tell = Tell>>(
    surround: &Surround,
    cards: NumberConvention,
    inbox: &Inbox<Ask>,
    at_work: Busy,
    dialogue: impl FnMut() -> D,
) {
    let name = ReaderName(surround.spec.name.clone());
    let id = surround.spec.id();
    let stands = |standing| works_now(surround, surround.note(standing));
    keep_open(surround, inbox, at_work, dialogue, |happened| {
        let told = match happened {
            Happened::Opened(works) | Happened::Lost(works) => return works_now(surround, works),
            Happened::Told(Told::Tell(told)) => told,
            Happened::Told(_) => return,
        };
        match told {
            Tell::Presented(reader::Presentation {
                credential: reader::Credential::Document(document),
                ..
            }) => surround.report(Report::DocumentRead(name.clone(), holder(&document))),
            Tell::Presented(presentation) => {
                match credential(presentation.credential, surround.spec.cards, cards) {
                    Ok(credential) => surround.report(Report::CardPresented(Presented {
                        credential,
                        how: How::Tapped,
                        reader: Some(name.clone()),
                        certainty: certainty(presentation.certainty),
                    })),
                    Err(why) => surround.report(Report::CardNotRead(name.clone(), why)),
                }
            }
            Tell::NotRead(why) => {
                surround.report(Report::CardNotRead(name.clone(), not_read(why)));
            }
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
            Tell::Identity(words) => surround.board.identified(&id, words),
        }
    });
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
