//! The desk's session, on the same thread as the touch screen's: what one commits the other hears of.

use super::session::{Lobby, now};
use super::{Post, Posted, PublishDesk};
use crate::desk::event::{Answer, Doer, Effect, RequestId, Timer};
use crate::desk::facts::{Counters, DeviceFact};
use crate::desk::{Event, House, Refusal, Session, Step, View, present, step};
use crate::devices::{Busy, DeviceState, Standing};
use crate::equipment::DeviceKind;
use crate::kiosk::session::TimerId;
use crate::people::staff::{Member, Pin};
use crate::slips::{PaperRoll, PrinterName};
use crate::store::journal::Actor;
use crate::store::{Books, PinCheck, StoreError};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The desk's timers; the touch screen's count up from 1.
const MINUTE: TimerId = TimerId(u64::MAX - 1);
const IDLE: TimerId = TimerId(u64::MAX - 2);

/// What the staff window is put together from.
pub struct DeskParts {
    /// What the settings say about the house.
    pub house: House,
    /// Where views go.
    pub publish: PublishDesk,
}

/// Somebody who wants to work at the desk, while their PIN is looked at.
pub(super) struct Login {
    request: RequestId,
    member: Box<Member>,
    pin: Pin,
}

/// The desk's session and what it shows.
pub(super) struct DeskSide {
    house: Arc<House>,
    publish: PublishDesk,
    session: Session,
    shown: Option<View>,
}

impl DeskSide {
    /// Nobody has logged in, and nothing was shown.
    pub fn new(parts: DeskParts) -> Self {
        DeskSide {
            house: Arc::new(parts.house),
            publish: parts.publish,
            session: Session::default(),
            shown: None,
        }
    }

    /// Whether a form of the desk waits for a card, at whatever reader.
    pub fn wants_card(&self) -> bool {
        self.session.wants_card()
    }
}

impl Lobby {
    /// Begins the desk's session, where the house has a staff window.
    pub(super) fn begin_desk(&mut self) {
        let at = now(&self.desk.clock);
        let Some(side) = &mut self.side else {
            return;
        };
        let Step {
            session, effects, ..
        } = Session::start(&side.house, at);
        side.session = session;
        self.perform_desk(effects);
    }

    /// Something happened to the desk.
    pub(super) fn desk_happened(&mut self, event: Event) {
        let at = now(&self.desk.clock);
        let Some(side) = &mut self.side else {
            return;
        };
        let Step {
            session,
            effects,
            expected,
        } = step(std::mem::take(&mut side.session), &side.house, at, event);
        side.session = session;
        if !expected {
            tracing::debug!("nothing to do with this at the desk");
        }
        self.perform_desk(effects);
    }

    /// The desk's timer, where this is one.
    pub(super) fn desk_timer(&mut self, timer: TimerId) -> bool {
        let timer = match timer {
            MINUTE => Timer::Minute,
            IDLE => Timer::Idle,
            _ => return false,
        };
        self.desk_happened(Event::TimerFired(timer));
        true
    }

    /// Shows what there is to show at the desk, if it is not there already.
    pub(super) fn show_desk(&mut self) {
        let at = now(&self.desk.clock);
        let Some(side) = &mut self.side else {
            return;
        };
        let view = present(&side.session, &side.house, at);
        if side.shown.as_ref() == Some(&view) {
            return;
        }
        side.shown = Some(view.clone());
        if let Some(onlooker) = &self.desk.onlooker {
            onlooker.desk(&side.session, &side.house, at);
        }
        let busy = self.desk.activity.busy();
        (side.publish)(view, Box::new(move || drop::<Busy>(busy)));
    }

    fn perform_desk(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::StartTimer(timer, delay) => {
                    let timer = match timer {
                        Timer::Minute => MINUTE,
                        Timer::Idle => IDLE,
                    };
                    self.timers.stop(timer);
                    self.timers.start(timer, delay);
                }
                Effect::FindStaff(request, claim) => {
                    self.ask_for_desk(request, move |books, _, _| {
                        if !books.has_staff()? {
                            return Ok(Answer::NewHouse);
                        }
                        books
                            .find_staff(&claim)
                            .map(|found| Answer::Staff(found.map(Box::new)))
                    })
                }
                Effect::LogIn(request, member, pin) => {
                    self.log_in(Login {
                        request,
                        member,
                        pin,
                    });
                }
                Effect::LogOut(doer) => self.tell_store(move |books, at| {
                    books.log_out(actor(doer), at)?;
                    Ok(None)
                }),
                Effect::RememberLanguage(person, language) => self.tell_store(move |books, at| {
                    books.remember_language(person, language, at)?;
                    Ok(None)
                }),
                Effect::ReadFacts(request, who) => {
                    self.ask_for_desk(request, move |books, _, at| {
                        books
                            .desk_facts(who, at)
                            .map(|facts| Answer::Facts(Box::new(facts)))
                    })
                }
                Effect::ReadCalls(request) => {
                    self.ask_for_desk(request, |books, _, _| books.desk_calls().map(Answer::Calls))
                }
                Effect::Search(request, who, text) => self
                    .ask_for_desk(request, move |books, _, at| {
                        books.search(who, &text, at).map(Answer::Found)
                    }),
                Effect::Find(request, who, seek, typed) => {
                    self.ask_for_desk(request, move |books, _, _| {
                        books
                            .desk_candidates(who, seek, &typed)
                            .map(Answer::Candidates)
                    });
                }
                Effect::ReadSignature(request, who, of) => {
                    self.ask_for_desk(request, move |books, _, _| {
                        books.signature(who, of).map(Answer::Signature)
                    });
                }
                Effect::Do(request, doer, order) => {
                    self.ask_for_desk(request, move |books, house, at| {
                        let done = books.desk_order(house, doer, &order, at);
                        // A constraint that refuses is an answer here, where a person reads it.
                        let done = match done {
                            Err(StoreError::Refused { .. }) => Err(Refusal::NotDone),
                            done => done?,
                        };
                        Ok(Answer::Done(Box::new(done)))
                    });
                    self.read_jobs();
                    self.books_changed();
                }
                Effect::ReadDevices => self.read_devices(),
                Effect::Signal(reader, signal) => self.desk.devices.signal(&reader, signal),
                Effect::NewRoll(printer) => {
                    if self.desk.devices.new_roll(&printer) {
                        // At once: its thread may not come to it before the program ends.
                        self.tell_store(move |books, _| {
                            books.keep_roll(&printer, PaperRoll::default())?;
                            Ok(None)
                        });
                    }
                }
                Effect::TestPage(printer) => {
                    if self.desk.devices.test_page(&printer).is_none() {
                        tracing::warn!(printer = printer.0, "no such printer for a test page");
                    }
                    self.read_devices();
                }
            }
        }
    }

    /// Lets somebody in, in three steps: what the books hold, the look at the PIN, and what came of it.
    /// The look is slow on purpose, so it is done beside the store: a card at the touch screen does not
    /// wait for it.
    fn log_in(&self, login: Login) {
        let at = now(&self.desk.clock);
        self.submit(move |books| match books.begin_login(&login.member, at) {
            Ok(Ok(check)) => vec![Post::CheckPin(Box::new(login), check)],
            Ok(Err(refused)) => {
                let answer = Answer::LoggedIn(Err(refused));
                vec![Post::Desk(Box::new(Event::Answered(login.request, answer)))]
            }
            Err(error) => failed(login.request, &error),
        });
    }

    pub(super) fn check_pin(&mut self, login: Box<Login>, check: PinCheck) {
        let request = login.request;
        let (queue, busy) = (self.desk.queue.clone(), self.desk.activity.busy());
        let look = move || {
            let right = check.is(&login.pin);
            let right = right.inspect_err(|error| tracing::error!(%error, "a PIN was not hashed"));
            let what = Post::PinChecked(login, right.ok());
            if let Some(queue) = queue.upgrade() {
                let _ = queue.blocking_send(Posted { what, busy });
            }
        };
        let thread = std::thread::Builder::new().name("lodge-pin".to_owned());
        if let Err(error) = thread.spawn(look) {
            tracing::error!(%error, "there is no thread for a PIN");
            self.desk_happened(Event::Failed(request));
        }
    }

    pub(super) fn pin_checked(&mut self, login: Login, right: Option<bool>) {
        let Some(right) = right else {
            return self.desk_happened(Event::Failed(login.request));
        };
        self.ask_for_desk(login.request, move |books, _, at| {
            let done = books.end_login(&login.member, right, at)?;
            Ok(Answer::LoggedIn(done.map(|()| login.member)))
        });
    }

    /// How the devices stand, for the desk.
    pub(super) fn read_devices(&mut self) {
        let now_ms = self.desk.clock.wall_ms();
        let states = self.desk.devices.states();
        let facts = states.iter().map(|state| device(state, now_ms)).collect();
        self.desk_happened(Event::DevicesChanged(facts));
    }

    fn ask_for_desk(
        &self,
        request: RequestId,
        question: impl FnOnce(&mut Books, &House, DateTime<Utc>) -> Result<Answer, StoreError>
        + Send
        + 'static,
    ) {
        let Some(side) = &self.side else {
            return;
        };
        let (house, at) = (side.house.clone(), now(&self.desk.clock));
        self.submit(move |books| match question(books, &house, at) {
            Ok(answer) => vec![Post::Desk(Box::new(Event::Answered(request, answer)))],
            Err(error) => failed(request, &error),
        });
    }
}

/// A request of the desk that the store could not answer.
fn failed(request: RequestId, error: &StoreError) -> Vec<Post> {
    let mut posts = vec![Post::Desk(Box::new(Event::Failed(request)))];
    posts.extend(super::session::unwell(error));
    posts
}

fn actor(doer: Doer) -> Actor {
    Actor {
        person: Some(doer.person),
        card: doer.card,
    }
}

fn device(state: &DeviceState, now_ms: i64) -> DeviceFact {
    let name = |prefix: &str| {
        state
            .id
            .strip_prefix(prefix)
            .map(|name| PrinterName(name.to_owned()))
    };
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
    let (frames, rejected) = state.messages();
    DeviceFact {
        id: state.id.clone(),
        kind: state.kind,
        printer: match state.kind {
            DeviceKind::Printer => name("printer-"),
            DeviceKind::LabelPrinter => name("label-printer-"),
            DeviceKind::Reader | DeviceKind::Scanner => None,
        },
        works: match state.standing {
            Standing::Starting => None,
            Standing::Open => Some(true),
            Standing::Ailing(_) | Standing::Failing(_) | Standing::Lost(_) => Some(false),
        },
        fault: state.standing.fault().cloned(),
        paper_low: state.paper_low,
        flaps: state.flaps(now_ms),
        counts_paper: state.counts_paper,
        identity: state.identity.clone(),
        last_fault: state.last_fault.as_ref().map(|(at, fault)| {
            (
                DateTime::from_timestamp_millis(*at).unwrap_or_default(),
                fault.clone(),
            )
        }),
        test_page: state.test_page.map(|(at, page)| {
            (
                DateTime::from_timestamp_millis(at).unwrap_or_default(),
                page,
            )
        }),
        last_read: state.last_read,
        reopenings: state.reopenings(),
        counters: Counters {
            frames,
            discarded: count(&state.counters.discarded),
            errors: count(&state.counters.errors) + rejected,
        },
    }
}
