//! What stands in the lobby: the kinds of devices, and what can be wrong with one.

use crate::people::Language;
use crate::words::{Value, text, with};
use serde::{Deserialize, Serialize};

/// What a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// Reads cards.
    Reader,
    /// Reads codes.
    Scanner,
    /// Prints slips.
    Printer,
    /// Prints badges and parcels' labels.
    LabelPrinter,
}

/// How a printer's last test page went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestPage {
    /// It was asked for, and is not at its end.
    UnderWay,
    /// It is on paper.
    Printed,
    /// The printer could not print; nothing was sent.
    Refused,
    /// The printer did not say whether it is on paper.
    Doubtful,
}

impl TestPage {
    /// The words of people, an id of [`crate::words`].
    pub fn words(self) -> &'static str {
        match self {
            TestPage::UnderWay => "desk-test-page-under-way",
            TestPage::Printed => "desk-test-page-printed",
            TestPage::Refused => "desk-test-page-refused",
            TestPage::Doubtful => "desk-test-page-doubtful",
        }
    }
}

impl DeviceKind {
    /// The word in settings, logs and thread names.
    pub fn word(self) -> &'static str {
        match self {
            DeviceKind::Reader => "reader",
            DeviceKind::Scanner => "scanner",
            DeviceKind::Printer => "printer",
            DeviceKind::LabelPrinter => "label-printer",
        }
    }

    /// The words of people, an id of [`crate::words`].
    pub fn words(self) -> &'static str {
        match self {
            DeviceKind::Reader => "device-reader",
            DeviceKind::Scanner => "device-scanner",
            DeviceKind::Printer => "device-printer",
            DeviceKind::LabelPrinter => "device-label-printer",
        }
    }
}

/// Why a device does not work. Each says in a line what is wrong and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// There is no such port; its path.
    NotFound(String),
    /// Another program holds the port; its path.
    Busy(String),
    /// The program may not open the port; its path.
    NotAllowed(String),
    /// The port does not take its settings; its path, and bits a second.
    Refused(String, u32),
    /// The device was pulled out while in use; the path of its port.
    Unplugged(String),
    /// The system reports another error; the path of the port.
    Failed(String),
    /// It answers nothing.
    Silent,
    /// It takes no bytes.
    Stalled,
    /// The file with a reader's key cannot be read; its path.
    KeyUnreadable(String),
    /// The file with a reader's key holds none that will do; its path.
    KeyMalformed(String),
    /// The settings name no key for the reader.
    NoKey,
    /// The reader knows only the key that everybody knows.
    DefaultKey,
    /// The reader has another key.
    WrongKey,
    /// The reader speaks in clear text.
    NoSecureChannel,
    /// What came from the reader's address does not prove itself.
    Forged,
    /// The reader did not take the key it was given.
    KeyNotTaken,
    /// The document reader was never authorised, and reads nothing.
    NotAuthorised,
    /// The document reader failed its own test.
    SelfTestFailed,
    /// The document reader lacks a permission.
    NoPermission,
    /// The reader was opened, or taken off its wall.
    Tampered,
    /// The reader's power fails.
    PowerFails,
    /// The scanner does not do what it is told.
    Disobeys,
    /// The receipt printer's roll is empty.
    PaperOut,
    /// The receipt printer's cover is open.
    CoverOpen,
    /// The receipt printer's cutter is stuck.
    Cutter,
    /// The receipt printer is switched off-line, or says no reason.
    Offline,
    /// The label printer's head or cover is open.
    HeadOpen,
    /// The label printer has no labels.
    LabelsOut,
    /// The label printer has no ribbon.
    RibbonOut,
    /// Labels are jammed.
    Jammed,
    /// The label printer waits for a key.
    Paused,
    /// The label printer is too hot or too cold.
    Temperature,
    /// The label printer reports something else.
    OtherTrouble,
    /// The label printer answers nothing; some do so when they cannot print (hardware.md §8.2).
    LabelsSilent,
}

impl Fault {
    /// What is wrong: and what to do about it, in a line without a full stop.
    pub fn says(&self, language: Language) -> String {
        let of_port = |id: &str, port: &str| with(language, id, &[("port", port.into())]);
        let of_file = |id: &str, file: &str| with(language, id, &[("file", file.into())]);
        let say = |id: &str| text(language, id);
        match self {
            Fault::NotFound(port) => of_port("fault-not-found", port),
            Fault::Busy(port) => of_port("fault-busy", port),
            Fault::NotAllowed(port) => of_port("fault-not-allowed", port),
            Fault::Refused(port, baud) => {
                // As text: a rate is written without marks between its thousands.
                let baud = Value::from(baud.to_string());
                let port = port.as_str().into();
                with(language, "fault-refused", &[("port", port), ("baud", baud)])
            }
            Fault::Unplugged(port) => of_port("fault-unplugged", port),
            Fault::Failed(port) => of_port("fault-failed", port),
            Fault::Silent => say("fault-silent"),
            Fault::Stalled => say("fault-stalled"),
            Fault::KeyUnreadable(file) => of_file("fault-key-unreadable", file),
            Fault::KeyMalformed(file) => of_file("fault-key-malformed", file),
            Fault::NoKey => say("fault-no-key"),
            Fault::DefaultKey => say("fault-default-key"),
            Fault::WrongKey => say("fault-wrong-key"),
            Fault::NoSecureChannel => say("fault-no-secure-channel"),
            Fault::Forged => say("fault-forged"),
            Fault::KeyNotTaken => say("fault-key-not-taken"),
            Fault::NotAuthorised => say("fault-not-authorised"),
            Fault::SelfTestFailed => say("fault-self-test"),
            Fault::NoPermission => say("fault-no-permission"),
            Fault::Tampered => say("fault-tampered"),
            Fault::PowerFails => say("fault-power-fails"),
            Fault::Disobeys => say("fault-disobeys"),
            Fault::PaperOut => say("fault-paper-out"),
            Fault::CoverOpen => say("fault-cover-open"),
            Fault::Cutter => say("fault-cutter"),
            Fault::Offline => say("fault-offline"),
            Fault::HeadOpen => say("fault-head-open"),
            Fault::LabelsOut => say("fault-labels-out"),
            Fault::RibbonOut => say("fault-ribbon-out"),
            Fault::Jammed => say("fault-jammed"),
            Fault::Paused => say("fault-paused"),
            Fault::Temperature => say("fault-temperature"),
            Fault::OtherTrouble => say("fault-other"),
            Fault::LabelsSilent => say("fault-labels-silent"),
        }
    }
}
