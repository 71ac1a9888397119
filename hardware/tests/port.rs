//! One dialogue over one link on a thread (no device, no terminal).

use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::{Clock, Moment};
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::escpos::printer::{Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::memory::{LineFaults, MemoryLine, MemoryLink, pair};
use lodge_hardware::link::record::Recorded;
use lodge_hardware::link::replay::{BadRow, Replay, parse, through};
use lodge_hardware::link::{Link, LinkError};
use lodge_hardware::port::{Ending, Mailbox, PortCounters, STALL_AFTER, Told, converse, mailbox};
use lodge_hardware::reader::CardNumber;
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::scanner::{Scanner, Tell as Scan};

const PATIENCE: Duration = Duration::from_secs(10);

struct Port<Ask, T> {
    far: MemoryLink,
    line: MemoryLine,
    clock: Clock,
    activity: Activity,
    counters: Arc<PortCounters>,
    mailbox: Mailbox<Ask>,
    told: mpsc::Receiver<Told<T>>,
    thread: JoinHandle<Ending>,
}

fn start<D>(dialogue: D, clock: Clock) -> Port<D::Ask, D::Tell>
where
    D: Dialogue + Send + 'static,
{
    start_with(dialogue, clock, LineFaults::default())
}

fn start_with<D>(mut dialogue: D, clock: Clock, faults: LineFaults) -> Port<D::Ask, D::Tell>
where
    D: Dialogue + Send + 'static,
{
    let (mut near, far, line) = pair();
    line.change(|known| *known = faults);
    let activity = Activity::new();
    let counters = Arc::new(PortCounters::default());
    let (mailbox, inbox) = mailbox(&activity).unwrap();
    let (tell, told) = mpsc::channel();
    let (moved, counts, at) = (activity.clone(), counters.clone(), clock.clone());
    let thread = std::thread::spawn(move || {
        let mut on_tell = |told| tell.send(told).unwrap_or(());
        converse(
            &mut near,
            &mut dialogue,
            &at,
            &inbox,
            &moved,
            &counts,
            &mut on_tell,
        )
    });
    Port {
        far,
        line,
        clock,
        activity,
        counters,
        mailbox,
        told,
        thread,
    }
}

#[test]
fn a_scripted_clock_ends_a_code_and_its_bytes_are_counted_after_its_tell() {
    let mut port = start(Scanner::new(), Clock::scripted(0));
    // The opened port throws away what came before: wait until it has begun to listen.
    port.far.write(b"old\r").unwrap();
    while port.counters.bytes_read.load(Ordering::SeqCst) < 4 {
        std::thread::yield_now();
    }
    port.told.try_iter().for_each(drop);
    port.far.write(b"A-1").unwrap();
    while port.counters.bytes_read.load(Ordering::SeqCst) < 7 {
        std::thread::yield_now();
    }
    port.activity.wait_idle();
    assert_eq!(port.clock.next_alarm(), Some(Moment::from_micros(80_000)));
    port.clock.advance(Duration::from_millis(80));
    let told = port.told.recv_timeout(PATIENCE).unwrap();
    let Told::Tell(Scan::Code(code)) = told else {
        panic!("{told:?}");
    };
    assert_eq!(code.text, "A-1");
    while port.clock.overdue() {
        std::thread::yield_now();
    }
    assert_eq!(port.clock.next_alarm(), None);
    port.mailbox.close();
    assert!(matches!(port.thread.join().unwrap(), Ending::Closed));
}

#[test]
fn a_printer_that_takes_nothing_is_stalled_within_two_seconds_and_closes_at_once() {
    assert!(STALL_AFTER < Duration::from_secs(2));
    let faults = LineFaults {
        stalled: true,
        ..LineFaults::default()
    };
    let printer = Printer::new(Profile::epson_80mm(), 9600);
    let port = start_with(printer, Clock::scripted(0), faults);
    while port.clock.next_alarm().is_none() {
        std::thread::yield_now();
    }
    port.clock.advance(STALL_AFTER);
    assert_eq!(port.told.recv_timeout(PATIENCE), Ok(Told::Stalled));
    port.clock.advance(Duration::from_secs(1));
    let silent = Told::Tell(Tell::Answering(false));
    assert_eq!(port.told.recv_timeout(PATIENCE), Ok(silent));
    port.line.change(|faults| faults.stalled = false);
    assert_eq!(port.told.recv_timeout(PATIENCE), Ok(Told::Flowing));
    port.line.change(|faults| faults.stalled = true);
    port.mailbox.close();
    assert!(matches!(port.thread.join().unwrap(), Ending::Closed));
}

#[test]
fn a_line_that_is_cut_ends_the_conversation() {
    let port = start(Em4100::new(), Clock::system());
    port.line.change(|faults| faults.cut = true);
    let ending = port.thread.join().unwrap();
    assert!(matches!(ending, Ending::Lost(LinkError::Unplugged { .. })));
}

#[test]
fn a_recorded_line_reads_as_text_and_plays_back_the_same() {
    let card = CardNumber::new(0x01_0063_E9AE).unwrap().frame();
    let (near, mut far, _) = pair();
    let clock = Clock::scripted(0);
    let file = tempfile::NamedTempFile::new().unwrap();
    let to = Box::new(file.reopen().unwrap());
    let mut recorded = Recorded::new(near, clock.clone(), to);
    recorded.write(b"\x1B@").unwrap();
    for _ in 0..2 {
        clock.advance(Duration::from_millis(65));
        far.write(&card).unwrap();
        recorded.read(&mut [0; 64]).unwrap();
    }
    let text = std::fs::read_to_string(file.path()).unwrap();
    assert!(
        text.starts_with("0 > 1B 40\n65 < 02 30 31 30 30 36 33"),
        "{text}"
    );
    let rows = parse(&text).unwrap();
    let told = through(&rows, &mut Em4100::new());
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Moment::from_micros(130_000));

    let mut replay = Replay::new(rows);
    let mut buffer = [0; 64];
    assert_eq!(
        replay.read(&mut buffer).unwrap(),
        0,
        "the write comes first"
    );
    replay.write(b"\x1B@").unwrap();
    assert_eq!(replay.read(&mut buffer).unwrap(), 14);
    assert_eq!(buffer[..14], card);
    assert_eq!(parse("0 > 1B\n1 ? 00"), Err(BadRow { row: 2 }));
}
