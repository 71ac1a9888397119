//! Any kind of device listened to, live or from a recording, and told in words without numbers.
//!
//! Whoever looks at a line in trouble wants to know that a card came, and when; not which one.

use std::io;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use crate::activity::Activity;
use crate::clock::{Clock, Moment};
use crate::dialogue::Dialogue;
use crate::escpos::printer::Printer;
use crate::kind::Kind;
use crate::label;
use crate::link::replay::{AFTER_THE_LAST, Row, through_with};
use crate::link::{Link, LinkError};
use crate::mask::{made_up_key, mask_for, retold_seed};
use crate::port::{Ending, PortCounters, Told, converse, mailbox};
use crate::reader::em4100::Em4100;
use crate::reader::osdp::{OnLine, OsdpLine, Seed};
use crate::reader::pn532::Pn532;
use crate::reader::samv::Samv;
use crate::reader::wiegand::Converter;
use crate::scanner::Scanner;

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

/// Runs the dialogue for that device over an open line, for so long or until it is lost. `on_told`
/// hears what it tells, and when.
///
/// # Errors
/// [`WatchError`] when the line is lost.
pub fn live(
    kind: &Kind,
    link: &mut dyn Link,
    clock: &Clock,
    lasts: Option<Duration>,
    on_told: &mut dyn FnMut(Moment, String),
) -> Result<PortCounters, WatchError> {
    with(
        kind,
        Seed::from_system()?,
        Live {
            link,
            clock,
            lasts,
            on_told,
        },
    )
}

/// Plays a recording through the dialogue for that device; gives what it tells, and when. Where an OSDP
/// reader has a key of its own, its recording has [`made_up_key`](crate::mask::made_up_key) in place of it.
#[must_use]
pub fn replayed(kind: &Kind, rows: &[Row]) -> Vec<(Moment, String)> {
    let kind = match kind.clone() {
        Kind::Osdp(mut settings) => {
            settings.key = settings.key.map(|_| made_up_key());
            Kind::Osdp(settings)
        }
        other => other,
    };
    let pause = mask_for(&kind).map_or(Duration::ZERO, |mask| mask.patience());
    let rest = AFTER_THE_LAST.max(2 * pause);
    with(&kind, retold_seed(), Replayed { rows, rest })
}

/// Something that is done with a dialogue, whatever its type.
trait Use {
    type Gives;
    fn with<D: Dialogue<Tell: InWords>>(self, dialogue: D) -> Self::Gives;
}

fn with<U: Use>(kind: &Kind, seed: Seed, does: U) -> U::Gives {
    match kind.clone() {
        Kind::Em4100(settings) => does.with(Em4100::with(settings)),
        Kind::Pn532(settings) => does.with(Pn532::new(settings)),
        Kind::Wiegand(settings) => does.with(Converter::new(settings)),
        Kind::Osdp(settings) => {
            let reader = OnLine {
                settings,
                seed,
                frames: Arc::default(),
            };
            does.with(OsdpLine::new([reader]).expect("one reader has no other's address"))
        }
        Kind::SamV(settings) => does.with(Samv::new(settings)),
        Kind::Scanner(settings) => does.with(Scanner::with(settings)),
        // Nothing is printed while a line is watched: no character has to be drawn.
        Kind::EscPos(settings) => does.with(Printer::with(settings)),
        Kind::Label(settings) => does.with(label::printer::Printer::with(settings, None)),
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

struct Replayed<'a> {
    rows: &'a [Row],
    /// How long what was begun with the last row may take.
    rest: Duration,
}

impl Use for Replayed<'_> {
    type Gives = Vec<(Moment, String)>;

    fn with<D: Dialogue<Tell: InWords>>(self, mut dialogue: D) -> Self::Gives {
        let told = through_with(self.rows, self.rest, &mut dialogue).into_iter();
        told.map(|(at, tell)| (at, tell.in_words())).collect()
    }
}
