//! A port that is kept open: not there, plugged in, pulled, in use, wiggled, and given up by its owner.

#[path = "support/terminal.rs"]
mod terminal;

use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::link::{Link, LinkError};
use lodge_hardware::port::{Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::reader::Ask;
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::supervise::{Around, Happened, keep_open};
use terminal::{PATIENCE, Place};

/// One frame of an RDM6300: the card 0100CDA4EC and its check.
const FRAME: &[u8] = b"\x020100CDA4EC84\x03";

/// What the owner of a port heard.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Heard {
    Opened { flaps: bool },
    NotFound,
    Busy,
    Unplugged { flaps: bool },
    OtherwiseLost(String),
    Card,
}

/// A port with its thread.
struct Kept {
    mailbox: Mailbox<Ask>,
    heard: mpsc::Receiver<Heard>,
    counters: Arc<PortCounters>,
    thread: JoinHandle<()>,
}

impl Kept {
    fn at(settings: PortSettings) -> Self {
        let activity = Activity::new();
        let (mailbox, inbox) = mailbox(&activity).expect("a bell");
        let (tell, heard) = mpsc::channel();
        let counters = Arc::new(PortCounters::default());
        let counts = Arc::clone(&counters);
        let at_work = activity.busy();
        let thread = std::thread::spawn(move || {
            let around = Around {
                settings: &settings,
                clock: &Clock::system(),
                activity: &activity,
                counters: &counts,
            };
            keep_open(&around, &inbox, at_work, Em4100::new, |happened| {
                let heard = match happened {
                    Happened::Opened { flaps } => Heard::Opened { flaps },
                    Happened::Lost { error, flaps } => match error {
                        LinkError::NotFound { .. } => Heard::NotFound,
                        LinkError::Busy { .. } => Heard::Busy,
                        LinkError::Unplugged { .. } => Heard::Unplugged { flaps },
                        other => Heard::OtherwiseLost(other.to_string()),
                    },
                    Happened::Told(Told::Tell(_)) => Heard::Card,
                    Happened::Told(_) => return,
                };
                tell.send(heard).unwrap_or(());
            });
        });
        Kept {
            mailbox,
            heard,
            counters,
            thread,
        }
    }

    /// The next thing heard that is not this.
    fn after(&self, known: &Heard) -> Heard {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let heard = self.heard.recv_timeout(left).expect("something else");
            if heard != *known {
                return heard;
            }
        }
    }

    fn reopenings(&self) -> u64 {
        self.counters.reopenings.load(Ordering::SeqCst)
    }

    /// The owner gives the port up; its thread ends at once, whatever it waits for.
    fn give_up(self) {
        let began = Instant::now();
        self.mailbox.close();
        self.thread.join().expect("the thread ends");
        assert!(began.elapsed() < Duration::from_millis(500));
    }
}

const STEADY: Heard = Heard::Opened { flaps: false };

#[test]
fn a_reader_that_comes_late_and_is_pulled_works_within_two_seconds_of_being_plugged_in() {
    let place = Place::new();
    let mut pty = place.pty();
    pty.unplug();
    let kept = Kept::at(place.settings(9600, Flow::None));
    assert_eq!(kept.heard.recv_timeout(PATIENCE), Ok(Heard::NotFound));
    for time in 1..=2 {
        // Long enough for the longest pause.
        std::thread::sleep(Duration::from_secs(3));
        pty.plug().expect("plugged in");
        let began = Instant::now();
        assert_eq!(kept.after(&Heard::NotFound), STEADY);
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(kept.reopenings(), time);
        for _ in 0..2 {
            pty.write(FRAME).expect("a card");
        }
        assert_eq!(kept.after(&STEADY), Heard::Card);
        // So long that losing it is no flapping.
        std::thread::sleep(Duration::from_millis(1100));
        pty.unplug();
        let lost = Heard::Unplugged { flaps: false };
        assert_eq!(kept.after(&Heard::Card), lost);
    }
    kept.give_up();
}

#[test]
fn a_port_that_another_program_has_is_taken_when_that_lets_go() {
    let place = Place::new();
    let _pty = place.pty();
    let settings = place.settings(9600, Flow::None);
    let other = SerialLink::open(&settings).expect("the first to come");
    let kept = Kept::at(settings);
    assert_eq!(kept.heard.recv_timeout(PATIENCE), Ok(Heard::Busy));
    drop(other);
    assert_eq!(kept.after(&Heard::Busy), STEADY);
    kept.give_up();
}

#[test]
fn a_plug_that_is_wiggled_is_said_to_flap_and_tried_less_often() {
    let place = Place::new();
    let mut pty = place.pty();
    let kept = Kept::at(place.settings(9600, Flow::None));
    let mut flapped = Vec::new();
    let began = Instant::now();
    for _ in 0..5 {
        let opened = kept.after(&Heard::NotFound);
        assert!(matches!(opened, Heard::Opened { .. }), "{opened:?}");
        pty.unplug();
        match kept.heard.recv_timeout(PATIENCE) {
            Ok(Heard::Unplugged { flaps }) => flapped.push(flaps),
            other => panic!("{other:?}"),
        }
        pty.plug().expect("plugged in");
    }
    assert_eq!(flapped, [false, true, true, true, true]);
    let pauses = Duration::from_millis(100 + 200 + 400 + 800);
    assert!(began.elapsed() >= pauses, "{:?}", began.elapsed());
    kept.give_up();
}
