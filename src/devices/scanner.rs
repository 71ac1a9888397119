//! A scanner: what it reads becomes codes.

use super::state::Standing;
use super::supervise::{Happened, keep_open};
use super::{Busy, Report, Surround};
use crate::config::Device;
use crate::config::makes::{self, Makes};
use crate::equipment::Fault;
use crate::kiosk::event::DeviceChange;
use crate::people::{Scanned, ScannerName, Symbology};
use lodge_hardware::port::{Inbox, Mailbox, Told};
use lodge_hardware::scanner::{Ask, Encoding, End, Family, Mode, Scanner, Settings, Tell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The way to a scanner.
#[derive(Clone)]
pub(super) struct Way {
    mailbox: Mailbox<Ask>,
    on_command: bool,
    /// Its line is open: what it is told while it is not there, nobody wants when it comes.
    open: Arc<AtomicBool>,
}

impl Way {
    /// The way to the scanner with this mailbox.
    pub fn new(surround: &Surround, mailbox: Mailbox<Ask>) -> Self {
        Way {
            mailbox,
            on_command: surround.spec.reads_on_command(),
            open: Arc::default(),
        }
    }

    /// Has it read, or stop; one that reads by itself does that.
    pub fn read(&self, reading: bool) {
        if self.on_command && self.open.load(Ordering::SeqCst) {
            self.mailbox.send(match reading {
                true => Ask::StartReading,
                false => Ask::StopReading,
            });
        }
    }
}

/// Runs the scanner until its inbox is closed.
pub(super) fn run(surround: &Surround, way: &Way, inbox: &Inbox<Ask>, at_work: Busy) {
    let settings = settings(&surround.spec);
    let id = surround.spec.id();
    let works_now = |works: Option<bool>| {
        if let Some(works) = works {
            surround.report(Report::Changed(DeviceChange::Scanner(works)));
        }
    };
    keep_open(
        surround,
        inbox,
        at_work,
        || Scanner::with(settings.clone()),
        |happened| match happened {
            Happened::Opened(works) => {
                way.open.store(true, Ordering::SeqCst);
                works_now(works);
            }
            Happened::Lost(works) => {
                way.open.store(false, Ordering::SeqCst);
                works_now(works);
            }
            Happened::Told(Told::Tell(Tell::Code(code))) => {
                let certainty = super::reader::certainty(code.certainty);
                let symbology = code.symbology.and_then(|kind| kind.name()).map(Symbology);
                let at = surround.read_now(certainty, symbology);
                tracing::debug!(device = id, %at, ?certainty, ?symbology, "a code was scanned");
                surround.report(Report::CodeScanned(Scanned {
                    text: code.text,
                    symbology,
                    scanner: ScannerName(surround.spec.name.clone()),
                    at,
                    certainty,
                }));
            }
            Happened::Told(Told::Tell(Tell::Unreadable { reason })) => {
                tracing::debug!(device = id, ?reason, "a scan could not be read");
            }
            Happened::Told(Told::Tell(Tell::Answering(answers))) => {
                let standing = match answers {
                    true => Standing::Open,
                    false => Standing::Failing(Fault::Silent),
                };
                works_now(surround.note(standing));
            }
            Happened::Told(Told::Tell(Tell::Refused { command, refusal })) => {
                // It reads as it was set up before; a person looks at its manual.
                tracing::warn!(device = id, ?command, ?refusal, "the scanner does not obey");
                works_now(surround.note(Standing::Ailing(Fault::Disobeys)));
            }
            Happened::Told(Told::Tell(Tell::Obeys)) => {
                works_now(surround.note(Standing::Open));
            }
            Happened::Told(Told::Stalled | Told::Flowing) => {}
        },
    );
}

/// How the scanner of these settings is talked to and listened to.
pub(super) fn settings(spec: &Device) -> Settings {
    let make = spec.profile.as_deref().and_then(Family::named);
    let usual = Settings {
        family: make.unwrap_or(Family::Any),
        adapter: spec.adapter,
        ..Settings::default()
    };
    let Makes::Scanner(said) = &spec.makes else {
        return usual;
    };
    Settings {
        mode: match said.mode {
            makes::Mode::AutoSense => Mode::AutoSense,
            makes::Mode::Commanded => Mode::Commanded,
        },
        set_up: said.set_up,
        check_replies: said.check_replies,
        end: match said.end {
            _ if !said.suffix.is_empty() => End::Suffix(said.suffix.clone()),
            makes::End::Line => End::Line,
            makes::End::Cr => End::Suffix(b"\r".to_vec()),
            makes::End::Lf => End::Suffix(b"\n".to_vec()),
            makes::End::CrLf => End::Suffix(b"\r\n".to_vec()),
            makes::End::Pause => End::Pause,
        },
        prefix: said.prefix.clone(),
        aim: said.aim,
        encoding: match said.encoding {
            makes::Encoding::Utf8ThenGb18030 => Encoding::Utf8ThenGb18030,
            makes::Encoding::Gb18030ThenUtf8 => Encoding::Gb18030ThenUtf8,
            makes::Encoding::Utf8 => Encoding::Utf8,
            makes::Encoding::Gb18030 => Encoding::Gb18030,
        },
        idle_end: said.idle_end,
        same_code: said.same_code,
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Protocol;
    use crate::equipment::DeviceKind;
    use std::path::PathBuf;
    use std::time::Duration;

    fn said(makes: makes::Scanner) -> Settings {
        let port = PathBuf::from("/dev/null");
        let usual = Device::usual("front", DeviceKind::Scanner, Protocol::LineScanner, port);
        settings(&Device {
            profile: Some("newland".to_owned()),
            makes: Makes::Scanner(makes),
            adapter: Duration::from_millis(250),
            ..usual
        })
    }

    #[test]
    fn a_scanner_of_which_nothing_is_said_is_one_as_its_maker_sells_it() {
        let (said, usual) = (said(makes::Scanner::default()), Settings::default());
        assert_eq!(said.family, Family::Newland);
        assert_eq!(said.adapter, Duration::from_millis(250));
        assert_eq!((said.mode, said.set_up), (usual.mode, usual.set_up));
        assert_eq!(said.check_replies, usual.check_replies);
        assert_eq!((said.end, said.prefix), (usual.end, usual.prefix));
        assert_eq!((said.aim, said.encoding), (usual.aim, usual.encoding));
        assert_eq!(said.idle_end, usual.idle_end);
        assert_eq!(said.same_code, usual.same_code);
    }

    #[test]
    fn what_is_said_of_a_scanner_is_what_is_heard_and_sent() {
        let said = said(makes::Scanner {
            mode: makes::Mode::Commanded,
            set_up: false,
            check_replies: false,
            end: makes::End::Line,
            suffix: b"\t".to_vec(),
            prefix: b"\x02".to_vec(),
            aim: false,
            encoding: makes::Encoding::Gb18030,
            idle_end: Duration::from_millis(200),
            same_code: Duration::ZERO,
        });
        assert_eq!((said.mode, said.set_up), (Mode::Commanded, false));
        assert!(!said.check_replies);
        assert_eq!(said.end, End::Suffix(b"\t".to_vec()));
        assert_eq!(said.prefix, b"\x02");
        assert_eq!((said.aim, said.encoding), (false, Encoding::Gb18030));
        assert_eq!(said.idle_end, Duration::from_millis(200));
        assert_eq!(said.same_code, Duration::ZERO);
    }

    #[test]
    fn a_scanner_that_ends_codes_with_cr_and_lf_keeps_a_lone_line_break_within_one() {
        let ends = [
            (makes::End::Cr, &b"\r"[..]),
            (makes::End::Lf, b"\n"),
            (makes::End::CrLf, b"\r\n"),
        ];
        for (end, bytes) in ends {
            let said = said(makes::Scanner {
                end,
                ..makes::Scanner::default()
            });
            assert_eq!(said.end, End::Suffix(bytes.to_vec()));
            assert!(said.keeps_line_breaks());
        }
    }
}
