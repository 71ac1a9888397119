//! Several readers on one RS-485 line: whose turn it is.
//!
//! The line carries one voice at a time. One reader is spoken to, and until its reply has come or is
//! too late nobody else is; what is heard meanwhile goes to that reader's course alone, which believes
//! only its own address. Each reader is an [`Osdp`] with its own key, channel and trust.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::driver::{KNOCK_EVERY, Osdp};
use super::{Address, Seed, Settings};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};
use crate::port::FrameCounters;
use crate::reader::{Ask, Tell};

/// Between a reply and the next reader's command: whoever spoke lets go of the line, which takes the
/// time of two characters at most.
const TURNAROUND: Duration = Duration::from_millis(3);

/// A reader is asked this often in vain as soon as its turn comes, because a line spoils a reply now and
/// then; after that, everybody waits for it only every [`KNOCK_EVERY`].
const SOON_AGAIN: u8 = 1;

/// Something that is asked of one reader of a line, or told by it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Addressed<T> {
    /// Which reader.
    pub address: Address,
    /// What is asked or told.
    pub what: T,
}

/// A reader to be spoken to on a line with others.
#[derive(Debug)]
pub struct OnLine {
    /// What the site knows of it, its address included.
    pub settings: Settings,
    /// What its challenges are made of.
    pub seed: Seed,
    /// Where its messages are counted apart from those of the others.
    pub frames: Arc<FrameCounters>,
}

/// Two readers of a line cannot be told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("two readers on one line have the address {}; give one of them another", .0.number())]
pub struct SameAddress(pub Address);

/// The dialogue with all OSDP readers of one line. An ask for an address that nobody has does nothing.
pub struct OsdpLine {
    places: Vec<Place>,
    /// The reader whose reply is awaited.
    asked: Option<usize>,
    /// The reader that was spoken to last.
    last: Option<usize>,
    /// Nobody but the reader that was spoken to last may be spoken to before this.
    clear_at: Moment,
    /// When somebody was last waited for in vain.
    in_vain: Moment,
}

/// One reader of the line.
struct Place {
    address: Address,
    reader: Osdp,
    frames: Arc<FrameCounters>,
    /// How often in a row it was waited for in vain.
    unanswered: u8,
    /// It is not spoken to before this.
    rests_until: Moment,
    spoken_to: Moment,
}

impl OsdpLine {
    /// Readers not spoken to yet.
    ///
    /// # Errors
    /// [`SameAddress`] where two have the same.
    pub fn new(readers: impl IntoIterator<Item = OnLine>) -> Result<Self, SameAddress> {
        let mut places: Vec<Place> = Vec::new();
        for OnLine {
            settings,
            seed,
            frames,
        } in readers
        {
            let address = settings.address;
            if places.iter().any(|place| place.address == address) {
                return Err(SameAddress(address));
            }
            places.push(Place {
                address,
                reader: Osdp::new(settings, seed),
                frames,
                unanswered: 0,
                rests_until: Moment::ORIGIN,
                spoken_to: Moment::ORIGIN,
            });
        }
        Ok(Self {
            places,
            asked: None,
            last: None,
            clear_at: Moment::ORIGIN,
            in_vain: Moment::ORIGIN,
        })
    }

    /// When the reader at this place may be spoken to; `None` where it does not want to be.
    fn turn(&self, at: usize) -> Option<Moment> {
        let place = &self.places[at];
        let wants = place.reader.wants_turn()?.max(place.rests_until);
        if self.last == Some(at) {
            Some(wants)
        } else {
            Some(wants.max(self.clear_at))
        }
    }

    /// The reader whose turn it is.
    fn next(&self, now: Moment) -> Option<usize> {
        let due = |at: &usize| self.turn(*at).is_some_and(|turn| turn <= now);
        (0..self.places.len())
            .filter(due)
            .min_by_key(|at| self.rank(*at))
    }

    /// Who has waited longest comes first; of those who wait as long, who was spoken to longest ago.
    ///
    /// One that has not answered waits anew whenever another one has not: between two waits in vain,
    /// everybody else who wants to speak has been heard.
    fn rank(&self, at: usize) -> (Moment, Moment) {
        let place = &self.places[at];
        let since = place.reader.wants_turn().unwrap_or(place.rests_until);
        let since = since.max(place.rests_until);
        match place.unanswered {
            0 => (since, place.spoken_to),
            _ => (since.max(self.in_vain), place.spoken_to),
        }
    }

    /// The reader at this place does something.
    fn with(
        &mut self,
        at: usize,
        line: &mut Line<Addressed<Tell>>,
        does: impl FnOnce(&mut Osdp, &mut Line<Tell>),
    ) {
        let Place {
            address,
            reader,
            frames,
            ..
        } = &mut self.places[at];
        let mut own = Line::new();
        does(reader, &mut own);
        let (understood, rejected) = (own.frames, own.rejected);
        frames.frames.fetch_add(understood, Ordering::SeqCst);
        frames.rejected.fetch_add(rejected, Ordering::SeqCst);
        line.append(own, |what| Addressed {
            address: *address,
            what,
        });
    }

    /// Its reply has come.
    fn answered(&mut self, now: Moment, at: usize) {
        self.asked = None;
        self.clear_at = now + TURNAROUND;
        self.places[at].unanswered = 0;
    }

    /// Its reply has not come.
    fn unanswered(&mut self, now: Moment, at: usize, line: &mut Line<Addressed<Tell>>) {
        self.asked = None;
        self.clear_at = now;
        self.with(at, line, |reader, line| reader.unanswered(now, line));
        let alone = self.places.len() == 1;
        let place = &mut self.places[at];
        if place.unanswered >= SOON_AGAIN && !alone {
            place.rests_until = now + KNOCK_EVERY;
        }
        place.unanswered = place.unanswered.saturating_add(1);
        self.in_vain = now;
    }
}

impl Dialogue for OsdpLine {
    type Ask = Addressed<Ask>;
    type Tell = Addressed<Tell>;

    fn opened(&mut self, now: Moment, line: &mut Line<Self::Tell>) {
        (self.asked, self.last) = (None, None);
        (self.clear_at, self.in_vain) = (now, now);
        for at in 0..self.places.len() {
            let place = &mut self.places[at];
            (place.unanswered, place.rests_until, place.spoken_to) = (0, now, now);
            self.with(at, line, |reader, line| reader.opened(now, line));
        }
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Self::Tell>) {
        let Some(at) = self.asked else {
            // Nobody was asked: an echo, or a reply too late.
            return line.discard(bytes.len());
        };
        self.with(at, line, |reader, line| reader.heard(now, bytes, line));
        if self.places[at].reader.reply_due().is_none() {
            self.answered(now, at);
        }
    }

    fn asked(&mut self, now: Moment, ask: Self::Ask, line: &mut Line<Self::Tell>) {
        let known = |place: &Place| place.address == ask.address;
        let Some(at) = self.places.iter().position(known) else {
            return;
        };
        let awaited = self.places[at].reader.reply_due();
        self.with(at, line, |reader, line| reader.asked(now, ask.what, line));
        if let (Some(due), None) = (awaited, self.places[at].reader.reply_due()) {
            // It does not wait for its reply any more, and the reply may come all the same.
            self.asked = None;
            self.clear_at = due;
        }
    }

    fn due(&self) -> Option<Moment> {
        match self.asked {
            Some(at) => self.places[at].reader.reply_due(),
            None => (0..self.places.len()).filter_map(|at| self.turn(at)).min(),
        }
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Self::Tell>) {
        if let Some(at) = self.asked {
            let due = self.places[at].reader.reply_due();
            if due.is_some_and(|due| due > now) {
                return;
            }
            self.unanswered(now, at, line);
        }
        if let Some(at) = self.next(now) {
            self.with(at, line, |reader, line| reader.speak(now, line));
            self.places[at].spoken_to = now;
            (self.asked, self.last) = (Some(at), Some(at));
        }
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Self::Tell>) {}

    fn closed(&mut self, now: Moment, line: &mut Line<Self::Tell>) {
        self.asked = None;
        for at in 0..self.places.len() {
            self.with(at, line, |reader, line| reader.closed(now, line));
        }
    }
}
