//! One session's loop.

use super::answer::answer;
use super::chores::CHORES;
use super::desk::{DeskParts, DeskSide};
use super::paper::LOOK_AT_LABELS;
use super::printing::Printing;
use super::timers::Timers;
use super::{Onlooker, Post, Posted, Publish, Standing};
use crate::desk::pack;
use crate::devices::{Activity, Busy, Clock, Devices};
use crate::kiosk::event::StoreHealth;
use crate::kiosk::session::{RequestId, TimerId};
use crate::kiosk::{Ask, Effect, Event, House, Session, Step, View, present, step};
use crate::slips::{JobState, Record};
use crate::store::{Books, Store, StoreError};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// While the store cannot write, it is tried again this often.
const TRY_STORE_EVERY: Duration = Duration::from_secs(5);

/// The runtime's own timer; the session machine counts up from 1.
const TRY_STORE: TimerId = TimerId(0);

/// A printer that refused a slip without saying what it needs is asked again after this.
pub(super) const PRINT_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// The other timer of the runtime.
pub(super) const PRINT_AGAIN: TimerId = TimerId(u64::MAX);

/// Everything the loop works with.
pub(super) struct Desk {
    pub house: Arc<House>,
    pub store: Store,
    pub devices: Arc<Devices>,
    pub clock: Clock,
    pub activity: Activity,
    /// Weak, so that the queue ends with the program and not with itself.
    pub queue: mpsc::WeakSender<Posted>,
    pub publish: Publish,
    pub onlooker: Option<Box<dyn Onlooker>>,
    pub packs: Option<pack::Terms>,
    pub quit: Box<dyn Fn() + Send>,
}

/// Runs the session on this thread until the program ends.
pub(super) fn run(
    desk: Desk,
    side: Option<DeskParts>,
    events: mpsc::Receiver<Posted>,
    at_work: Busy,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(serve(desk, side, events, at_work)),
        Err(error) => panic!("the session's event loop could not be made: {error}"),
    }
}

async fn serve(
    desk: Desk,
    side: Option<DeskParts>,
    mut events: mpsc::Receiver<Posted>,
    at_work: Busy,
) {
    let (at, timers) = (now(&desk.clock), Timers::new(&desk.clock));
    let labels = desk.devices.labels();
    let Step {
        session, effects, ..
    } = Session::start(&desk.house, at);
    let mut lobby = Lobby {
        desk,
        timers,
        session,
        printing: Printing::new(labels),
        unwritten: Vec::new(),
        is_settled: false,
        shown: None,
        side: side.map(DeskSide::new),
    };
    lobby.settle();
    lobby.perform(effects);
    lobby.begin_desk();
    lobby.do_chores();
    lobby.books_changed();
    lobby.read_jobs();
    lobby.look_at_labels();
    lobby.show(at_work);
    let mut ending = Box::pin(asked_to_end());
    let mut ending_told = false;
    loop {
        tokio::select! {
            biased;
            () = &mut ending, if !ending_told => {
                ending_told = true;
                (lobby.desk.quit)();
            }
            posted = events.recv() => match posted {
                Some(Posted { what: Post::Stop, .. }) | None => break,
                Some(posted) => lobby.take(posted),
            },
            () = lobby.timers.wait() => lobby.fire_due(),
        }
    }
    lobby.desk.devices.close();
}

/// The system's request to end: SIGTERM from a service manager, SIGINT from a terminal.
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        }
        // Without handlers the signals end the process, which loses nothing.
        _ => std::future::pending().await,
    }
}

/// Both sessions of the lodge, and what they share.
pub(super) struct Lobby {
    pub(super) desk: Desk,
    pub(super) timers: Timers,
    session: Session,
    pub(super) printing: Printing,
    /// How jobs moved on, where that could not be written down yet.
    pub(super) unwritten: Vec<Record>,
    /// What was being printed when the program last ended is written down.
    pub(super) is_settled: bool,
    shown: Option<View>,
    /// The staff window's session, where there is one.
    pub(super) side: Option<DeskSide>,
}

impl Lobby {
    /// What stands in the queue, in its order.
    fn take(&mut self, posted: Posted) {
        let Posted { what, busy } = posted;
        match what {
            Post::Event(event) => match *event {
                Event::StoreChanged(health) => self.store_changed(health),
                event => self.happened(event),
            },
            Post::Desk(event) => self.desk_happened(*event),
            Post::CheckPin(login, check) => self.check_pin(login, check),
            Post::PinChecked(login, right) => self.pin_checked(*login, right),
            Post::Committed => self.desk_happened(crate::desk::Event::BooksChanged),
            Post::Report(report) => self.reported(report),
            Post::Jobs(jobs) => {
                self.printing.queue(jobs);
                self.print_next();
            }
            Post::Sending(job) => {
                self.desk.devices.go(job);
                self.happened(Event::SlipMoved(job, JobState::Sending));
            }
            Post::Requeued(job) => self.requeued(job),
            Post::NotSent(job) => self.desk.devices.withdraw(job),
            Post::Over(job, state) => self.over(job, state),
            Post::NotWritten(record) => self.not_written(record),
            Post::Settled => self.settled(),
            Post::Stop => {}
        }
        self.show(busy);
    }

    fn fire_due(&mut self) {
        let busy = self.desk.activity.busy();
        while let Some(timer) = self.timers.take_due() {
            match timer {
                TRY_STORE => self.try_store(),
                PRINT_AGAIN => self.print_next(),
                LOOK_AT_LABELS => self.look_at_labels(),
                CHORES => self.do_chores(),
                timer if self.desk_timer(timer) => {}
                timer => self.happened(Event::TimerFired(timer)),
            }
        }
        self.timers.announce();
        self.show(busy);
    }

    pub(super) fn happened(&mut self, event: Event) {
        let named = name(&event);
        let at = now(&self.desk.clock);
        let Step {
            session,
            effects,
            expected,
        } = step(self.session.clone(), &self.desk.house, at, event);
        self.session = session;
        if !expected {
            tracing::debug!(event = named, "nothing to do with this here");
        }
        self.perform(effects);
    }

    /// Shows what there is to show, if it is not on the screen already.
    fn show(&mut self, busy: Busy) {
        self.show_desk();
        let view = present(&self.session, &self.desk.house, now(&self.desk.clock));
        if self.shown.as_ref() == Some(&view) {
            return;
        }
        self.shown = Some(view.clone());
        self.is_looked_at();
        (self.desk.publish)(view, Box::new(move || drop(busy)));
    }

    fn is_looked_at(&self) {
        let Some(onlooker) = &self.desk.onlooker else {
            return;
        };
        let at = now(&self.desk.clock);
        onlooker.kiosk(&Standing {
            session: &self.session,
            timers: self.timers.running(at),
            house: &self.desk.house,
            at,
        });
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::StartTimer(timer, delay) => self.timers.start(timer, delay),
                Effect::StopTimer(timer) => self.timers.stop(timer),
                Effect::ReadCodes(reading) => self.desk.devices.read_codes(reading),
                Effect::Signal(reader, signal) => self.desk.devices.signal(&reader, signal),
                Effect::Ask(request, ask) => {
                    let writes = ask.is_deed();
                    self.ask_store(request, ask);
                    if writes {
                        self.read_jobs();
                        self.books_changed();
                    }
                }
                Effect::Tell(ask) => {
                    let house = self.desk.house.clone();
                    self.tell_store(move |books, at| answer(books, &house, ask, at).map(|_| None));
                    self.books_changed();
                }
                Effect::RememberLanguage(person, language) => {
                    self.tell_store(move |books, at| {
                        books.remember_language(person, language, at).map(|()| None)
                    });
                }
            }
        }
    }

    // The store

    /// Asks the store for an answer to a request of the session.
    fn ask_store(&self, request: RequestId, ask: Ask) {
        let house = self.desk.house.clone();
        let at = now(&self.desk.clock);
        self.submit(move |books| match answer(books, &house, ask, at) {
            Ok(answer) => vec![event(Event::Answered(request, answer))],
            Err(error) => {
                let mut posts = vec![event(Event::Failed(request))];
                posts.extend(unwell(&error));
                posts
            }
        });
    }

    /// Has the store do something nobody waits for; what it returns goes into the queue.
    pub(super) fn tell_store(
        &self,
        deed: impl FnOnce(&mut Books, DateTime<Utc>) -> Result<Option<Post>, StoreError>
        + Send
        + 'static,
    ) {
        let at = now(&self.desk.clock);
        self.submit(move |books| match deed(books, at) {
            Ok(post) => post.into_iter().collect(),
            Err(error) => unwell(&error),
        });
    }

    pub(super) fn submit(&self, task: impl FnOnce(&mut Books) -> Vec<Post> + Send + 'static) {
        let (queue, activity) = (self.desk.queue.clone(), self.desk.activity.clone());
        let busy = activity.busy();
        let told = self.side.is_some();
        self.desk.store.submit(move |books| {
            let before = told.then(|| books.length().ok()).flatten();
            let mut posts = task(books);
            if before.is_some() && before != books.length().ok() {
                // Whatever it was, both windows hear of it.
                posts.push(Post::Committed);
            }
            for what in posts {
                if let Some(queue) = queue.upgrade() {
                    let _ = queue.blocking_send(Posted {
                        what,
                        busy: activity.busy(),
                    });
                }
            }
            drop(busy);
        });
    }

    /// Follows in the store's queue right behind the deed that changed something.
    pub(super) fn books_changed(&self) {
        let house = self.desk.house.clone();
        self.tell_store(move |books, at| {
            let weather = books.weather(&house.kinds, at)?;
            Ok(Some(event(Event::BooksChanged(weather))))
        });
    }

    /// How the store is, as far as the session knows.
    pub(super) fn store(&self) -> StoreHealth {
        self.session.store()
    }

    fn store_changed(&mut self, health: StoreHealth) {
        match health {
            // Whatever else fails meanwhile must not put the next try off.
            StoreHealth::CannotWrite if self.store() != StoreHealth::Damaged => {
                if !self.timers.runs(TRY_STORE) {
                    self.timers.start(TRY_STORE, TRY_STORE_EVERY);
                }
            }
            _ => self.timers.stop(TRY_STORE),
        }
        let was_well = self.store() == StoreHealth::Well;
        self.happened(Event::StoreChanged(health));
        if !was_well && self.store() == StoreHealth::Well {
            self.catch_up();
        }
    }

    fn try_store(&mut self) {
        self.timers.start(TRY_STORE, TRY_STORE_EVERY);
        self.submit(|books| match books.try_to_write() {
            Ok(()) => vec![event(Event::StoreChanged(StoreHealth::Well))],
            Err(_) => Vec::new(),
        });
    }
}

/// The time that goes into the books: whole milliseconds, as they are stored.
pub(super) fn now(clock: &Clock) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(clock.wall_ms()).unwrap_or_default()
}

fn event(event: Event) -> Post {
    Post::Event(Box::new(event))
}

/// A store that failed; the log names what was being done, and no person.
pub(super) fn unwell(error: &StoreError) -> Vec<Post> {
    tracing::error!(error = %chain(error), "the store failed");
    match error.health() {
        StoreHealth::Well => Vec::new(),
        health => vec![event(Event::StoreChanged(health))],
    }
}

/// An error with everything it came from.
fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        said = format!("{said}: {cause}");
        source = cause.source();
    }
    said
}

/// The event's name for the log; what it carries may be personal.
fn name(event: &Event) -> &'static str {
    match event {
        Event::Touched(_) => "touched",
        Event::CardPresented(_) => "card presented",
        Event::CardNotRead(..) => "card not read",
        Event::DocumentPresented(_) => "document presented",
        Event::CodeScanned(_) => "code scanned",
        Event::Answered(..) => "answered",
        Event::Failed(_) => "failed",
        Event::TimerFired(_) => "timer fired",
        Event::DeviceChanged(_) => "device changed",
        Event::SlipMoved(..) => "slip moved",
        Event::SlipOffered(..) => "slip offered",
        Event::BooksChanged(_) => "books changed",
        Event::StoreChanged(_) => "store changed",
    }
}
