//! Any kind of device listened to, live or from a recording, and told in words without numbers.
//!
//! Whoever looks at a line in trouble wants to know that a card came, and when; not which one.

use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::activity::Activity;
use crate::clock::{Clock, Moment};
use crate::dialogue::Dialogue;
use crate::escpos::printer::Printer;
use crate::kind::Kind;
use crate::label;
use crate::link::replay::{Row, through};
use crate::link::{Link, LinkError};
use crate::port::{Ending, PortCounters, Told, converse, mailbox};
use crate::reader::em4100::Em4100;
use crate::reader::osdp::{self, Osdp, Seed};
use crate::reader::pn532::{self, Pn532};
use crate::reader::samv::{self, Samv};
use crate::reader::wiegand::Converter;
use crate::scanner::{self, Scanner};

pub(crate) mod words;

use words::InWords;

/// Why a line was not listened to until the time was over.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The line is gone.
    #[error(transparent)]
    Line(#[from] LinkError),
    /// The process has no descriptor or thread left, or no random bytes.
    #[error("listening: the system gives no more of what a program needs; start it again")]
    System(#[from] io::Error),
}

/// Runs the dialogue for that kind of device over an open line, for so long or until it is lost. An
/// OSDP reader is spoken to in clear text. `on_told` hears what it tells, and when.
///
/// # Errors
/// [`WatchError`] when the line is lost.
pub fn live(
    kind: &Kind,
    baud: u32,
    link: &mut dyn Link,
    clock: &Clock,
    lasts: Option<Duration>,
    on_told: &mut dyn FnMut(Moment, String),
) -> Result<PortCounters, WatchError> {
    with(
        kind,
        baud,
        Seed::from_system()?,
        Live {
            link,
            clock,
            lasts,
            on_told,
        },
    )
}

/// Plays a recording through the dialogue for that kind of device; gives what it tells, and when.
#[must_use]
pub fn replayed(kind: &Kind, baud: u32, rows: &[Row]) -> Vec<(Moment, String)> {
    // A recording is of clear text: no challenge has to be the same again.
    with(kind, baud, Seed::given([0; 16]), Replayed(rows))
}

/// Something that is done with a dialogue, whatever its type.
trait Use {
    type Gives;
    fn with<D: Dialogue<Tell: InWords>>(self, dialogue: D) -> Self::Gives;
}

fn with<U: Use>(kind: &Kind, baud: u32, seed: Seed, does: U) -> U::Gives {
    match kind {
        Kind::Em4100 => does.with(Em4100::new()),
        Kind::Pn532 => does.with(Pn532::new(pn532::Settings::default())),
        Kind::Wiegand(settings) => does.with(Converter::new(*settings)),
        Kind::Osdp(address) => {
            let settings = osdp::Settings {
                address: *address,
                check: osdp::Check::Crc,
                key: None,
                allow_default_key: false,
                allow_clear_text: true,
                adapter: Duration::ZERO,
            };
            does.with(Osdp::new(settings, seed))
        }
        Kind::SamV => does.with(Samv::new(samv::Settings {
            baud,
            ..samv::Settings::default()
        })),
        Kind::Scanner(family) => does.with(Scanner::with(scanner::Settings {
            family: *family,
            ..scanner::Settings::default()
        })),
        Kind::EscPos(profile) => does.with(Printer::new(profile.clone(), baud)),
        // Nothing is printed while a line is watched: no character has to be drawn.
        Kind::Label(profile) => {
            does.with(label::printer::Printer::new(profile.clone(), baud, None))
        }
    }
}

struct Live<'a> {
    link: &'a mut dyn Link,
    clock: &'a Clock,
    lasts: Option<Duration>,
    on_told: &'a mut dyn FnMut(Moment, String),
}

impl Use for Live<'_> {
    type Gives = Result<PortCounters, WatchError>;

    fn with<D: Dialogue<Tell: InWords>>(self, mut dialogue: D) -> Self::Gives {
        let activity = Activity::new();
        let (mailbox, inbox) = mailbox(&activity)?;
        let counters = PortCounters::default();
        let (ended, is_over) = mpsc::channel::<()>();
        let ending = thread::scope(|scope| {
            if let Some(lasts) = self.lasts {
                scope.spawn(move || {
                    // Either the time is over, or the line was lost before.
                    let _ = is_over.recv_timeout(lasts);
                    mailbox.close();
                });
            }
            let ending = converse(
                self.link,
                &mut dialogue,
                self.clock,
                &inbox,
                &activity,
                &counters,
                &mut |told| {
                    let words = match told {
                        Told::Tell(tell) => tell.in_words(),
                        Told::Stalled => "it takes no bytes".to_owned(),
                        Told::Flowing => "it takes bytes again".to_owned(),
                    };
                    (self.on_told)(self.clock.now(), words);
                },
            );
            drop(ended);
            ending
        });
        match ending {
            Ending::Closed => Ok(counters),
            Ending::Lost(error) => Err(error.into()),
        }
    }
}

struct Replayed<'a>(&'a [Row]);

impl Use for Replayed<'_> {
    type Gives = Vec<(Moment, String)>;

    fn with<D: Dialogue<Tell: InWords>>(self, mut dialogue: D) -> Self::Gives {
        let told = through(self.0, &mut dialogue).into_iter();
        told.map(|(at, tell)| (at, tell.in_words())).collect()
    }
}
