//! What can go wrong with a simulated device, under the words of tours and of `lodge sim`.

use lodge_hardware::reader::samv::{Command, Outcome};
use lodge_hardware::sim::LineFault;
use lodge_hardware::sim::label::{LabelFault, Trouble};
use lodge_hardware::sim::osdp::OsdpFault;
use lodge_hardware::sim::printer::PrinterFault;
use lodge_hardware::sim::samv::SamvFault;

/// Something that goes wrong until it is set right. Which devices know it, their twins say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// With everything the device says.
    Line(LineFault),
    /// With a receipt printer.
    Printer(PrinterFault),
    /// With the labels, the head or the ribbon of a label printer.
    Labels(Trouble),
    /// With what a label printer answers and keeps.
    LabelPrinter(LabelFault),
    /// With an OSDP reader.
    Osdp(OsdpFault),
    /// With a module that reads identity documents.
    SamV(SamvFault),
    /// A scanner refuses every command.
    Refuses,
}

/// Each with its word in a script, and the word for it at the dock.
const WORDS: &[(Fault, &str, &str)] = &[
    (Fault::Line(LineFault::Silent), "silent", "dock-silent"),
    (Fault::Line(LineFault::Slow), "slow", "dock-slow"),
    (Fault::Line(LineFault::Garbage), "garbage", "dock-garbage"),
    (Fault::Line(LineFault::HalfFrame), "half-frame", "dock-half"),
    (
        Fault::Line(LineFault::WrongChecksum),
        "wrong-checksum",
        "dock-checksum",
    ),
    (
        Fault::Line(LineFault::WrongOrder),
        "wrong-order",
        "dock-order",
    ),
    (
        Fault::Printer(PrinterFault::LoseRealTime),
        "no-status",
        "dock-no-status",
    ),
    (
        Fault::Printer(PrinterFault::LoseProcessId),
        "no-process-id",
        "dock-no-process-id",
    ),
    (
        Fault::Printer(PrinterFault::LoseFence),
        "no-fence",
        "dock-no-fence",
    ),
    (Fault::Printer(PrinterFault::NoAsb), "no-asb", "dock-no-asb"),
    (
        Fault::Printer(PrinterFault::LoseIdentity),
        "no-identity",
        "dock-no-identity",
    ),
    (
        Fault::Printer(PrinterFault::Slow),
        "slow-intake",
        "dock-slow-intake",
    ),
    (Fault::Printer(PrinterFault::HoldXoff), "xoff", "dock-xoff"),
    (
        Fault::Printer(PrinterFault::Overrun),
        "overrun",
        "dock-overrun",
    ),
    (
        Fault::Printer(PrinterFault::RealTimeStays),
        "real-time-stays",
        "dock-real-time-stays",
    ),
    (
        Fault::Printer(PrinterFault::ChinaSet),
        "china-set",
        "dock-china-set",
    ),
    (Fault::Labels(Trouble::PaperOut), "out", "dock-labels-out"),
    (Fault::Labels(Trouble::HeadOpen), "open", "dock-labels-open"),
    (Fault::Labels(Trouble::Jam), "jammed", "dock-labels-jammed"),
    (
        Fault::Labels(Trouble::RibbonOut),
        "ribbon-out",
        "dock-ribbon-out",
    ),
    (Fault::Labels(Trouble::Paused), "paused", "dock-paused"),
    (Fault::Labels(Trouble::Hot), "hot", "dock-hot"),
    (
        Fault::LabelPrinter(LabelFault::SilentWhenStopped),
        "silent-when-stopped",
        "dock-silent-when-stopped",
    ),
    (
        Fault::LabelPrinter(LabelFault::ForgetsLabel),
        "forgets-label",
        "dock-forgets-label",
    ),
    (
        Fault::LabelPrinter(LabelFault::NeverBusy),
        "never-busy",
        "dock-never-busy",
    ),
    (
        Fault::LabelPrinter(LabelFault::Slow),
        "slow-labels",
        "dock-slow-labels",
    ),
    (
        Fault::Osdp(OsdpFault::WrongMac),
        "wrong-mac",
        "dock-wrong-mac",
    ),
    (Fault::Osdp(OsdpFault::Replay), "replay", "dock-replay"),
    (Fault::Osdp(OsdpFault::Busy), "busy", "dock-busy"),
    (
        Fault::SamV(SamvFault::SpoiltLead),
        "spoilt-lead",
        "dock-spoilt-lead",
    ),
    (
        Fault::SamV(SamvFault::NoFingerprint),
        "no-fingerprint",
        "dock-no-fingerprint",
    ),
    (
        Fault::SamV(SamvFault::WrongLengths),
        "wrong-lengths",
        "dock-wrong-lengths",
    ),
    (
        Fault::SamV(SamvFault::GiveUp(Command::Read)),
        "gives-up",
        "dock-gives-up",
    ),
    (
        Fault::SamV(SamvFault::Refuse(Command::Read, Outcome::ReadFailed)),
        "read-fails",
        "dock-read-fails",
    ),
    (
        Fault::SamV(SamvFault::Refuse(Command::Find, Outcome::NotAuthorised)),
        "not-authorised",
        "dock-not-authorised",
    ),
    (
        Fault::SamV(SamvFault::Refuse(Command::Find, Outcome::SelfTestFailed)),
        "self-test-fails",
        "dock-self-test-fails",
    ),
    (
        Fault::SamV(SamvFault::Refuse(Command::Find, Outcome::NoPermission)),
        "no-permission",
        "dock-no-permission",
    ),
    (Fault::Refuses, "refuses", "dock-refuses"),
];

impl Fault {
    /// All there are.
    pub fn all() -> impl Iterator<Item = Fault> {
        WORDS.iter().map(|(fault, ..)| *fault)
    }

    /// The one with this word in a script.
    pub fn named(word: &str) -> Option<Fault> {
        let mut all = WORDS.iter();
        all.find(|(_, own, _)| *own == word)
            .map(|(fault, ..)| *fault)
    }

    /// Its word in a script.
    pub fn word(self) -> &'static str {
        self.words().0
    }

    /// What the dock calls it: an id of the translation files.
    pub fn said(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        let mut all = WORDS.iter();
        let found = all.find(|(fault, ..)| *fault == self);
        found.map_or(("silent", "dock-silent"), |(_, word, said)| (word, said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_one_fault() {
        for (fault, word, said) in WORDS {
            assert_eq!(Fault::named(word), Some(*fault), "{word}");
            assert_eq!((fault.word(), fault.said()), (*word, *said));
        }
    }
}
