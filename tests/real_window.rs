//! The program as it is installed: a real window, real threads, real time, real ports.

mod support;

#[path = "support/real_kiosk.rs"]
mod real_kiosk;

use lodge::devices::hatch::{DeviceReport, Knock, Reply, knock};
use lodge::equipment::Fault;
use lodge::store::{Books, Verdict};
use lodge_hardware::clock::Clock;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterFault, PrinterSim};
use lodge_hardware::sim::run::spawn;
use real_kiosk::{PATIENCE, RealKiosk, anonymous_kib};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use support::GRACE;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lodge");

/// The kinds of the journal's rows, oldest first.
fn kinds(books: &Books) -> Vec<String> {
    let mut kinds = Vec::new();
    books
        .journal(|entry| {
            kinds.push(entry.kind);
            Ok(())
        })
        .expect("the journal can be read");
    kinds
}

fn count(books: &Books, kind: &str) -> usize {
    kinds(books).iter().filter(|known| *known == kind).count()
}

/// Waits until the screen says that it is lent, which must be in the books by then. A busy machine
/// shows "one moment" in between.
fn lent_on_screen<P>(kiosk: &RealKiosk<P>, asking: &[u8], loans: usize) {
    let mut before = asking.to_vec();
    for _ in 0..2 {
        kiosk.frame.change(&before, PATIENCE).expect("it is lent");
        if count(&kiosk.books(), "lent") == loans {
            return;
        }
        before = kiosk.frame.rest();
    }
    panic!("it is on the screen before it is in the books");
}

#[test]
fn a_card_becomes_a_loan_on_screen_a_slip_on_paper_and_stands_after_a_kill() {
    let (cut, slips) = mpsc::channel();
    let mut kiosk = RealKiosk::open(Path::new(PROGRAM), 2, |port| {
        let printer = PrinterSim::new(&Profile::generic_80mm(), 9600);
        let on_change = move |printer: &mut PrinterSim, _: &mut Pty| {
            // What still hangs in the printer is no slip yet.
            if !printer.paper_text().is_empty() {
                // The test is over before the printer is: then nobody listens any more.
                let _ = cut.send(printer.tear_off().concat());
            }
        };
        spawn("printer", printer, port, Clock::system(), on_change).expect("a printer")
    });
    // The first one goes all the way to the proof of its slip.
    let asking = kiosk.scan(0);
    kiosk.tap(GRACE);
    lent_on_screen(&kiosk, &asking, 1);
    let slip = slips.recv_timeout(PATIENCE).expect("a slip comes out");
    assert!(slip.contains("0001") && slip.contains("[QR"), "{slip}");
    let began = Instant::now();
    while count(&kiosk.books(), "confirmed") == 0 {
        assert!(began.elapsed() < PATIENCE, "{:?}", kinds(&kiosk.books()));
    }
    // The second one is killed as soon as the screen has said so.
    let asking = kiosk.scan(1);
    kiosk.tap(GRACE);
    lent_on_screen(&kiosk, &asking, 2);
    kiosk.kill();
    let books = kiosk.books();
    assert_eq!(count(&books, "lent"), 2, "{:?}", kinds(&books));
    let verdict = books.verify().expect("they can be read");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

/// Waits until the running program says of its printer what is wanted.
fn until_printer(data: &Path, what: &str, wanted: impl Fn(&DeviceReport) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let said = match knock(data, &Knock::Devices) {
            Ok(Reply::Devices(devices)) => devices,
            _ => Vec::new(),
        };
        let printer = said.iter().find(|device| device.id == "printer-printer");
        if printer.is_some_and(&wanted) {
            return began.elapsed();
        }
        assert!(began.elapsed() < PATIENCE, "never {what}: {printer:?}");
    }
}

/// The program is asked to end, as a service manager asks it, and gives its status when it has.
fn ask_to_end(program: &mut Child) -> (ExitStatus, Duration) {
    let began = Instant::now();
    let process = program.id().to_string();
    let asked = Command::new("kill").args(["-TERM", &process]).status();
    assert!(asked.is_ok_and(|status| status.success()));
    loop {
        if let Some(status) = program.try_wait().expect("it is ours") {
            return (status, began.elapsed());
        }
        assert!(began.elapsed() < PATIENCE, "it does not end");
    }
}

#[test]
fn a_printer_that_holds_its_line_for_ever_is_told_of_and_keeps_nobody_from_ending_the_program() {
    const XOFF: u8 = 0x13;
    // Whoever holds the sender lets the far end go on.
    let (hold, held) = mpsc::channel::<()>();
    let (let_go, gone_on) = mpsc::channel::<()>();
    let mut kiosk = RealKiosk::open_with(Path::new(PROGRAM), 1, "flow = \"xon-xoff\"\n", |port| {
        let printer = PrinterSim::new(&Profile::generic_80mm(), 9600);
        let on_change = move |_: &mut PrinterSim, port: &mut Pty| {
            if held.try_recv().is_ok() {
                port.write(&[XOFF]).expect("the line takes it");
                // From now on it reads nothing and says nothing.
                let _ = gone_on.recv();
            }
        };
        spawn("printer", printer, port, Clock::system(), on_change).expect("a printer")
    });
    // Whatever fails below lets the far end go before its thread is waited for.
    let far_end_goes_on = let_go;
    let data = kiosk.data().to_owned();
    // It has said of its own accord and to all four questions how it is: nothing more is awaited of it,
    // which it would be called silent for.
    until_printer(&data, "in order", |printer| {
        printer.works && printer.frames >= 5
    });
    hold.send(()).expect("the far end is there");
    // Anything wakes the far end.
    kiosk
        .printer
        .command(PrinterCommand::Fault(PrinterFault::Slow, true));
    // A slip is due, and none of it leaves.
    let asking = kiosk.scan(0);
    kiosk.tap(GRACE);
    lent_on_screen(&kiosk, &asking, 1);
    let told = until_printer(&data, "stalled", |printer| {
        printer.fault == Some(Fault::Stalled)
    });
    // Two seconds without a byte are a stall; the rest is what a busy machine takes.
    assert!(told < Duration::from_secs(6), "{told:?}");
    let (status, took) = ask_to_end(&mut kiosk.program);
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(far_end_goes_on);
    let books = kiosk.books();
    assert_eq!((count(&books, "lent"), count(&books, "confirmed")), (1, 0));
    let verdict = books.verify().expect("they can be read");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
}

/// Bytes of noise for each port.
const NOISE: usize = 10 << 20;

/// What the allocator may keep of buffers that came and went, in KiB.
const KEPT: u64 = 2048;

#[test]
fn ten_megabytes_of_noise_on_every_port_make_no_card_no_growth_and_no_end() {
    let mut kiosk = RealKiosk::open(Path::new(PROGRAM), 1, |port| port);
    let process = kiosk.program.id();
    // The first megabyte lets every buffer grow to its size.
    let mut state = 1;
    let mut noise = |n| garbage(&mut state, n);
    drown(&mut kiosk, &noise(1 << 20));
    let before = (anonymous_kib(process), kinds(&kiosk.books()).len());
    drown(&mut kiosk, &noise(NOISE));
    let after = (anonymous_kib(process), kinds(&kiosk.books()).len());
    assert!(
        after.0 < before.0 + KEPT,
        "{} KiB, then {} KiB",
        before.0,
        after.0
    );
    assert_eq!(after.1, before.1, "noise was written into the books");
    // The scanner's line may end in the middle of a code; a person scans twice then.
    kiosk.scanner.write(b"\r").expect("the line takes it");
    let asking = kiosk.scan(0);
    kiosk.tap(GRACE);
    lent_on_screen(&kiosk, &asking, 1);
}

/// Gives every port this noise, as fast as the program takes it.
fn drown(kiosk: &mut RealKiosk<Pty>, noise: &[u8]) {
    for port in [&mut kiosk.reader, &mut kiosk.scanner, &mut kiosk.printer] {
        let mut rest = noise;
        let mut progress = Instant::now();
        while !rest.is_empty() {
            let n = port.write(rest).expect("the line is up");
            if n > 0 {
                progress = Instant::now();
                rest = &rest[n..];
            }
            // What the program says into the noise is taken off the line, as a device would.
            let _ = port.read(&mut [0; 4096]).expect("the line is up");
            assert!(progress.elapsed() < PATIENCE, "a port is read no more");
        }
    }
}

/// Bytes of a linear congruential generator, so that a failure comes back.
fn garbage(state: &mut u32, n: usize) -> Vec<u8> {
    let mut next = || {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*state >> 24) as u8
    };
    (0..n).map(|_| next()).collect()
}
