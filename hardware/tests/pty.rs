//! The real thing as far as a machine without devices has it: terminals, descriptors, threads.

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use lodge_hardware::clock::Clock;
use lodge_hardware::escpos::printer::{Ask, JobToken, Printer, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::serial::{Flow, SerialLink};
use lodge_hardware::link::{Link, LinkError};
use lodge_hardware::port::{Ending, Told};
use lodge_hardware::reader::em4100::Em4100;
use lodge_hardware::reader::{CardNumber, Certainty, Credential, Presentation, Tell as CardTell};
use lodge_hardware::scanner::{Code, Scanner, Settings as ScannerSettings, Tell as ScanTell};
use lodge_hardware::sim::printer::{PrinterCommand, PrinterFault, PrinterSim};
use lodge_hardware::sim::reader::{ReaderCommand, ReaderSim};
use lodge_hardware::sim::run::spawn;
use lodge_hardware::sim::scanner::{ScannerCommand, ScannerSim};
use terminal::{PATIENCE, Place, Port, THREAD, Terminal};

/// What is told of a card.
fn presented(card: CardNumber) -> CardTell {
    CardTell::Presented(Presentation {
        credential: Credential::Em4100(card),
        certainty: Certainty::Repeated,
    })
}

/// How often the thread of that name has gone to sleep so far.
fn times_put_to_sleep(name: &str) -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let read = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("status"));
    let mut tasks = tasks.filter_map(|task| read(task.unwrap()).ok());
    let is_it = |status: &String| status.starts_with(&format!("Name:\t{name}\n"));
    let status = tasks.find(is_it).expect("the thread runs");
    let count = status.split("voluntary_ctxt_switches:").nth(1).unwrap();
    count.split_whitespace().next().unwrap().parse().unwrap()
}

fn card(number: u64) -> CardNumber {
    CardNumber::new(number).unwrap()
}

#[test]
fn a_card_held_to_a_reader_is_told_and_a_quiet_reader_costs_nothing() {
    let place = Place::new();
    let pty = place.pty();
    let totals = pty.totals();
    let port = Port::start(&place.settings(9600, Flow::None), Em4100::new());
    let reader = spawn("reader", ReaderSim::new(), pty, Clock::system(), |_, _| {}).unwrap();
    reader.command(ReaderCommand::Hold(card(7), 5));
    port.wait_for(&presented(card(7)));
    reader.command(ReaderCommand::Hold(card(8), 2));
    port.wait_for(&presented(card(8)));
    let end = Instant::now() + PATIENCE;
    // Each end counts behind the call that moved the bytes, so either may be late by one.
    while port.counters.bytes_read.load(Ordering::SeqCst) < 7 * 14
        || totals.written.load(Ordering::SeqCst) < 7 * 14
    {
        assert!(Instant::now() < end);
        std::thread::yield_now();
    }
    assert_eq!(totals.written.load(Ordering::SeqCst), 7 * 14);
    let woken = times_put_to_sleep(THREAD);
    assert!(port.told.recv_timeout(Duration::from_secs(1)).is_err());
    // At most the sleep it was on its way to when first counted.
    assert!(times_put_to_sleep(THREAD) - woken <= 1);
    assert!(matches!(port.close(), Ending::Closed));
}

fn send_slip(port: &Port<Printer>) {
    let (job, document) = (JobToken(1), support::slip("A-1"));
    port.mailbox.send(Ask::Print { job, document });
    port.wait_for(&Tell::Ready(job));
    port.mailbox.send(Ask::Go(job));
}

#[test]
fn a_slip_sent_over_a_terminal_is_on_paper_also_where_the_wires_of_the_handshake_are_missing() {
    for flow in [Flow::Software, Flow::Hardware, Flow::DataSetReady] {
        one_slip_is_on_paper(flow);
    }
}

fn one_slip_is_on_paper(flow: Flow) {
    let place = Place::new();
    let (profile, pty) = (Profile::epson_80mm(), place.pty());
    let paper = Arc::new(Mutex::new(Vec::new()));
    let seen = paper.clone();
    let sim = PrinterSim::new(&profile, 115_200);
    let running = spawn("printer", sim, pty, Clock::system(), move |sim, _| {
        *seen.lock().unwrap() = sim.paper_text();
    })
    .unwrap();
    let port = Port::start(&place.settings(9600, flow), Printer::new(profile, 115_200));
    send_slip(&port);
    port.wait_for(&Tell::Printed(JobToken(1), Proof::ProcessId));
    assert!(matches!(port.close(), Ending::Closed));
    // The answer is out before the paper is looked at.
    drop(running);
    let paper = paper.lock().unwrap();
    assert_eq!(support::look(&paper[0], "A-1"), 1);
    assert_eq!(paper.len(), 1);
}

#[test]
fn a_slip_drawn_for_a_western_printer_crosses_a_terminal_dot_for_dot() {
    let place = Place::new();
    let (profile, pty) = (Profile::epson_80mm_western(), place.pty());
    let paper = Arc::new(Mutex::new(Vec::new()));
    let seen = paper.clone();
    let sim = PrinterSim::new(&profile, 115_200);
    let running = spawn("printer", sim, pty, Clock::system(), move |sim, _| {
        if !sim.paper_text().is_empty() {
            *seen.lock().unwrap() = sim.paper_png(0, &support::font());
        }
    })
    .unwrap();
    let printer = Printer::new(profile.clone(), 115_200).with_font(support::font());
    let port = Port::start(&place.settings(9600, Flow::Software), printer);
    send_slip(&port);
    port.wait_for(&Tell::Printed(JobToken(1), Proof::ProcessId));
    assert!(matches!(port.close(), Ending::Closed));
    drop(running);
    let mut bench = support::Bench::with_font(profile);
    bench.prints(support::slip("A-1"));
    let in_memory = bench.sim.paper_png(0, &support::font());
    assert!(*paper.lock().unwrap() == in_memory);
}

#[test]
fn an_unplugged_reader_is_lost_and_reads_again_when_plugged_in() {
    let place = Place::new();
    let mut pty = place.pty();
    let settings = place.settings(9600, Flow::None);
    let port = Port::start(&settings, Em4100::new());
    pty.unplug();
    let ending = port.thread.join().unwrap();
    assert!(
        matches!(ending, Ending::Lost(LinkError::Unplugged { .. })),
        "{ending:?}"
    );
    let error = SerialLink::open(&settings).err().unwrap();
    assert!(matches!(error, LinkError::NotFound { .. }), "{error}");
    assert!(error.to_string().contains("by-id/usb-device"), "{error}");

    pty.plug().unwrap();
    let port = Port::start(&settings, Em4100::new());
    let reader = spawn("reader", ReaderSim::new(), pty, Clock::system(), |_, _| {}).unwrap();
    reader.command(ReaderCommand::Hold(card(9), 6));
    port.wait_for(&presented(card(9)));
    assert!(matches!(port.close(), Ending::Closed));
}

#[test]
fn codes_scanned_at_a_terminal_are_told_with_an_end_mark_and_without() {
    // A machine that builds beside the test may pause a simulator for longer than 80 ms.
    let settings = ScannerSettings {
        idle_end: Duration::from_secs(1),
        ..ScannerSettings::default()
    };
    let terminal = Terminal::start(9600, Scanner::with(settings), ScannerSim::new());
    for (text, command) in [
        (
            "A-1123-0042",
            ScannerCommand::Scan("A-1123-0042".to_owned()),
        ),
        ("访客 7", ScannerCommand::Scan("访客 7".to_owned())),
        ("690", ScannerCommand::ScanUnended("690".to_owned())),
    ] {
        let code = ScanTell::Code(Code {
            text: text.to_owned(),
            symbology: None,
            certainty: Certainty::Bare,
        });
        // What comes before the port is open is thrown away: whoever hears no beep scans again.
        let is_told = (0..5).any(|_| {
            terminal.device.command(command.clone());
            terminal.port.is_told(&code, Duration::from_secs(4))
        });
        assert!(is_told, "{code:?}");
    }
    assert!(matches!(terminal.close(), Ending::Closed));
}

#[test]
fn an_adapter_that_comes_back_as_another_device_file_reads_under_its_old_name() {
    let place = Place::new();
    let mut pty = place.pty();
    let settings = place.settings(9600, Flow::None);
    let port = Port::start(&settings, Em4100::new());
    let before = pty.device().to_owned();
    pty.plug_elsewhere().unwrap();
    assert_ne!(pty.device(), before);
    let ending = port.thread.join().unwrap();
    assert!(
        matches!(ending, Ending::Lost(LinkError::Unplugged { .. })),
        "{ending:?}"
    );
    let port = Port::start(&settings, Em4100::new());
    let reader = spawn("reader", ReaderSim::new(), pty, Clock::system(), |_, _| {}).unwrap();
    reader.command(ReaderCommand::Hold(card(9), 6));
    port.wait_for(&presented(card(9)));
    assert!(matches!(port.close(), Ending::Closed));
}

#[test]
fn a_printer_that_holds_the_line_is_told_within_two_seconds_and_closes_at_once() {
    let place = Place::new();
    let (profile, pty) = (Profile::epson_80mm(), place.pty());
    let sim = PrinterSim::new(&profile, 115_200);
    let (held, holds) = mpsc::channel();
    let mut holding = false;
    let printer = spawn("printer", sim, pty, Clock::system(), move |sim, _| {
        if sim.is_holding() && !std::mem::replace(&mut holding, true) {
            held.send(()).unwrap();
        }
    })
    .unwrap();
    let port = Port::start(
        &place.settings(9600, Flow::Software),
        Printer::new(profile, 115_200),
    );
    let (job, document) = (JobToken(1), support::slip("A-1"));
    port.mailbox.send(Ask::Print { job, document });
    port.wait_for(&Tell::Ready(job));
    printer.command(PrinterCommand::Fault(PrinterFault::HoldXoff, true));
    holds.recv_timeout(PATIENCE).unwrap();
    let begin = Instant::now();
    port.mailbox.send(Ask::Go(job));
    port.wait_for_told(&Told::Stalled);
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    let begin = Instant::now();
    assert!(matches!(port.close(), Ending::Closed));
    assert!(begin.elapsed() < Duration::from_millis(500));
}

#[test]
fn a_port_that_is_open_is_busy_for_everybody_else_and_free_when_closed() {
    let place = Place::new();
    let _pty = place.pty();
    let settings = place.settings(9600, Flow::None);
    let first = SerialLink::open(&settings).unwrap();
    let error = SerialLink::open(&settings).err().unwrap();
    assert!(matches!(error, LinkError::Busy { .. }), "{error}");
    drop(first);
    SerialLink::open(&settings).unwrap();
}

#[test]
fn a_line_that_breaks_is_no_byte_of_zeros() {
    let place = Place::new();
    let _pty = place.pty();
    // Before the lock: nobody opens it after.
    let beside = std::fs::File::open(place.path()).unwrap();
    let _link = SerialLink::open(&place.settings(9600, Flow::None)).unwrap();
    let modes = rustix::termios::tcgetattr(&beside).unwrap().input_modes;
    assert!(
        modes.contains(rustix::termios::InputModes::IGNBRK),
        "{modes:?}"
    );
}

#[test]
fn what_is_no_serial_port_is_refused_with_a_reason() {
    let place = Place::new();
    std::fs::create_dir_all(place.path().parent().unwrap()).unwrap();
    std::fs::write(place.path(), "no terminal").unwrap();
    let error = SerialLink::open(&place.settings(9600, Flow::None))
        .err()
        .unwrap();
    assert!(matches!(error, LinkError::Refused { .. }), "{error}");
}

#[test]
fn a_serial_link_never_blocks() {
    let place = Place::new();
    let _pty = place.pty();
    let mut link = SerialLink::open(&place.settings(9600, Flow::None)).unwrap();
    assert_eq!(link.read(&mut [0; 16]).unwrap(), 0);
    // Nobody reads the other end: the terminal takes some kilobytes, then nothing.
    let mut taken = 0;
    while let n @ 1.. = link.write(&[b'.'; 4096]).unwrap() {
        taken += n;
        assert!(taken < 1 << 20);
    }
    assert!(taken > 0);
    let begin = Instant::now();
    drop(link);
    assert!(begin.elapsed() < Duration::from_millis(500));
}
