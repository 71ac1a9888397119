//! What other commands learn from a kiosk that runs, and have it do.

mod support;

use lodge::bench::rig::{Act, Equipment, Fault, Held};
use lodge::bench::tour::program::Start;
use lodge::bench::tour::protocol::{DeskOrder, Order};
use lodge::bench::tour::stage::Stage;
use lodge::devices::hatch::{HATCH, Knock, Reply, knock};
use lodge::slips::{PaperRoll, PrinterName};
use lodge::store::Books;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterFault};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lodge");

fn open(folder: &Path, equipment: Equipment) -> Stage {
    Stage::open(Start {
        program: PROGRAM.into(),
        data: folder.join("data"),
        ports: folder.join("ports"),
        log: folder.join("program.log"),
        wall_ms: 1_795_395_900_000,
        panel: (1080, 1920, 21.5),
        equipment,
    })
    .expect("the stage")
}

fn lodge(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .arg("--data")
        .arg(folder.join("data"))
        // Without settings beside it this is the trial, as the kiosk on the stage.
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn act(stage: &mut Stage, device: &str, act: &Act, then: u64) {
    let now = stage.now();
    assert!(stage.rig().act(now, device, act));
    stage.wait(Duration::from_secs(then)).expect("time passes");
}

#[test]
fn the_doctor_hears_from_the_running_kiosk_how_its_devices_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut equipment = Equipment::default();
    assert!(equipment.with("reader", "pn532"));
    let mut stage = open(folder.path(), equipment);
    stage.wait(Duration::from_secs(2)).expect("time passes");
    let output = lodge(folder.path(), &["doctor"]);
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    assert!(
        words.contains("ok    reader-front       works; PN532, firmware 1.6;"),
        "{words}"
    );
    assert!(words.contains("ok    printer-desk"), "{words}");
    assert!(!words.contains("last read"), "nothing was: {words}");
    act(&mut stage, "scanner", &Act::Scan("UMB-0007".to_owned()), 1);
    let words = said(&lodge(folder.path(), &["doctor"]));
    let of_scanner = words.lines().find(|line| line.contains("scanner-front"));
    let of_scanner = of_scanner.expect("a line of it");
    assert!(
        of_scanner.contains("last read at 2026-11-23 09:05:0"),
        "{words}"
    );

    act(&mut stage, "reader", &Act::Power(false), 3);
    let words = said(&lodge(folder.path(), &["doctor"]));
    assert!(
        words.contains("FAIL  reader-front       No answer: switch the device on"),
        "{words}"
    );
    act(&mut stage, "reader", &Act::Power(true), 3);
    act(&mut stage, "scanner", &Act::Unplug, 2);
    let output = lodge(folder.path(), &["doctor"]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert!(words.contains("FAIL  scanner-front"), "{words}");
    assert!(
        words.contains("last fault at 2026-11-23 09:05:") && words.contains("No answer"),
        "{words}"
    );
    act(&mut stage, "scanner", &Act::Plug, 2);
    let words = said(&lodge(folder.path(), &["doctor"]));
    assert!(words.contains("opened again 1 times"), "{words}");
    stage.close().expect("it ends");
    assert!(!folder.path().join("data").join(HATCH).exists());
}

/// Asks for a test page while the stage's time goes on.
fn test_page(stage: &mut Stage, folder: &Path) -> Output {
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| lodge(folder, &["test-page", "desk"]));
        while !asking.is_finished() {
            stage.wait(Duration::from_secs(1)).expect("time passes");
        }
        asking.join().expect("it ends")
    })
}

#[test]
fn a_test_page_comes_out_of_the_printer_that_was_named_and_is_no_slip_of_the_books() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = open(folder.path(), Equipment::default());
    stage.wait(Duration::from_secs(2)).expect("time passes");
    let output = test_page(&mut stage, folder.path());
    assert_eq!(said(&output).trim(), "The page is printed.");
    assert!(output.status.success());
    let pages = stage.rig().printer().paper_text();
    assert!(
        matches!(pages.as_slice(), [page] if page.contains("generic-80mm")),
        "{pages:?}"
    );
    let output = lodge(folder.path(), &["test-page", "attic"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no printer of this name"));
    let journal = said(&lodge(folder.path(), &["journal"]));
    assert!(!journal.contains("sending"), "{journal}");
    assert!(said(&lodge(folder.path(), &["doctor"])).contains("test page printed"));
    // One that cannot print says so, and so does one that is not there; nothing of it comes out later.
    act(
        &mut stage,
        "desk",
        &Act::Printer(PrinterCommand::Cover(true)),
        2,
    );
    let output = test_page(&mut stage, folder.path());
    assert!(
        said(&output).starts_with("Not printed. The cover is open"),
        "{}",
        said(&output)
    );
    assert_eq!(output.status.code(), Some(1));
    act(
        &mut stage,
        "desk",
        &Act::Printer(PrinterCommand::Cover(false)),
        2,
    );
    act(&mut stage, "desk", &Act::Unplug, 2);
    let output = test_page(&mut stage, folder.path());
    assert!(
        said(&output).starts_with("Not printed. Not found: "),
        "{}",
        said(&output)
    );
    assert_eq!(output.status.code(), Some(1));
    act(&mut stage, "desk", &Act::Plug, 30);
    assert_eq!(stage.rig().printer().paper_text().len(), 1);
    // One that says nothing behind the page leaves it open.
    for fault in [PrinterFault::LoseProcessId, PrinterFault::LoseFence] {
        let fault = Fault::Printer(fault);
        act(&mut stage, "desk", &Act::Fault(fault, true), 1);
    }
    let output = test_page(&mut stage, folder.path());
    assert!(
        said(&output).contains("look at the paper"),
        "{}",
        said(&output)
    );
    assert_eq!(output.status.code(), Some(1));
    stage.close().expect("it ends");
    let output = lodge(folder.path(), &["test-page", "desk"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no kiosk runs"), "{}", said(&output));
}

#[test]
fn who_talks_nonsense_at_the_hatch_is_told_so_and_nobody_else_is_kept_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = open(folder.path(), Equipment::default());
    let data = folder.path().join("data");
    let mode = std::fs::metadata(data.join(HATCH))
        .expect("the hatch")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let noise = "x".repeat(10_000);
    for nonsense in ["\n", "{}\n", "\"open\"\n", noise.as_str()] {
        let mut stream = UnixStream::connect(data.join(HATCH)).expect("it is open");
        // More than is read may be refused while it is written.
        let _ = stream.write_all(nonsense.as_bytes());
        let mut line = String::new();
        if BufReader::new(&stream).read_line(&mut line).is_ok() && !line.is_empty() {
            assert_eq!(line.trim(), "\"what\"", "{nonsense:.20}");
        }
    }
    // Somebody who says it a letter at a time: the time is for the whole question.
    let mut slow = UnixStream::connect(data.join(HATCH)).expect("it is open");
    let began = Instant::now();
    while slow.write_all(b"x").is_ok() && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(300));
    }
    assert!(began.elapsed() < Duration::from_secs(6), "he is let go");
    // Somebody who says nothing, and goes.
    drop(UnixStream::connect(data.join(HATCH)).expect("it is open"));
    assert!(
        matches!(knock(&data, &Knock::Devices), Ok(Reply::Devices(devices)) if devices.len() == 3)
    );
    // A killed program leaves its socket; the next one takes its place.
    stage.cut_power().expect("it starts again");
    assert!(matches!(
        knock(&data, &Knock::Devices),
        Ok(Reply::Devices(_))
    ));
    stage.close().expect("it ends");
}

/// The books of a kiosk that does not run.
fn books(folder: &Path) -> Books {
    Books::open(&folder.join("data"), &support::building()).expect("the books")
}

fn desk(stage: &mut Stage, orders: &[DeskOrder]) {
    for order in orders {
        let done = stage
            .order(&Order::Desk(order.clone()))
            .expect("the program");
        done.unwrap_or_else(|why| panic!("{order:?}: {why}"));
    }
}

fn on_desk(stage: &mut Stage, words: &str) -> bool {
    let shown = stage
        .texts(&Order::Desk(DeskOrder::Read))
        .expect("the program");
    shown.iter().any(|text| text.contains(words))
}

#[test]
fn a_new_roll_is_counted_from_its_beginning_when_somebody_says_so_or_the_last_one_had_run_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let printer = PrinterName("desk".to_owned());
    let nearly_all = PaperRoll {
        used_dots: 8 * 49_000,
        is_warned: true,
        is_out: false,
    };
    let wait = |stage: &mut Stage| stage.wait(Duration::from_secs(3)).expect("time passes");
    let open = || {
        let mut stage = open(path, Equipment::default());
        wait(&mut stage);
        stage
    };
    let keep = |roll| books(path).keep_roll(&printer, roll).expect("kept");
    let kept = || books(path).rolls().expect("read")[&printer];

    open().close().expect("it ends");
    keep(nearly_all);
    let mut stage = open();
    let key = |name: &str| DeskOrder::Key(name.to_owned());
    let typed = |text: &str| DeskOrder::Type(text.to_owned());
    desk(
        &mut stage,
        &[typed("李静华"), key("Enter"), typed("204816"), key("Enter")],
    );
    wait(&mut stage);
    desk(&mut stage, &[key("F8"), key("Down"), key("Down")]);
    assert!(on_desk(&mut stage, "纸快用完"));
    desk(&mut stage, &[key("N")]);
    wait(&mut stage);
    assert!(on_desk(&mut stage, "已从整卷开始计数"));
    assert!(!on_desk(&mut stage, "纸快用完"));
    stage.close().expect("it ends");
    assert_eq!(kept(), PaperRoll::default());

    // It runs out, the box is switched off, and starts with a whole roll in the printer.
    keep(nearly_all);
    let mut stage = open();
    act(
        &mut stage,
        "printer",
        &Act::Printer(PrinterCommand::LoadPaper(0)),
        3,
    );
    stage.close().expect("it ends");
    assert!(kept().is_out);
    open().close().expect("it ends");
    assert_eq!(kept(), PaperRoll::default());
}

#[test]
fn the_doctor_calls_no_module_fit_that_can_read_nothing_and_no_scanner_that_disobeys() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut equipment = Equipment::default();
    assert!(equipment.with("reader", "sam-v") && equipment.with("scanner", "honeywell"));
    let mut stage = open(folder.path(), equipment);
    stage.wait(Duration::from_secs(3)).expect("time passes");
    let doctor = || lodge(folder.path(), &["doctor"]);
    assert!(doctor().status.success(), "{}", said(&doctor()));
    for (device, fault, words) in [
        ("reader", "not-authorised", "The module is not authorised"),
        (
            "reader",
            "self-test-fails",
            "The module failed its self-test",
        ),
        ("reader", "no-permission", "The module lacks a permission"),
        ("scanner", "refuses", "It refuses a command"),
    ] {
        let fault = Fault::named(fault).expect("a fault");
        act(&mut stage, device, &Act::Fault(fault, true), 1);
        // A scanner is told how to read when its line opens.
        act(&mut stage, device, &Act::Unplug, 2);
        act(&mut stage, device, &Act::Plug, 8);
        let output = doctor();
        let at_device = said(&output);
        let at_device = at_device.lines().find(|line| line.contains(words));
        assert!(
            at_device.is_some_and(|line| line.starts_with("FAIL")),
            "{}",
            said(&output)
        );
        assert_eq!(output.status.code(), Some(1));
        act(&mut stage, device, &Act::Fault(fault, false), 65);
        assert!(doctor().status.success(), "{}", said(&doctor()));
    }
    stage.close().expect("it ends");
}

#[test]
fn the_lamp_of_the_desks_reader_says_what_the_desk_made_of_a_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut equipment = Equipment::default();
    assert!(equipment.with("desk-reader", "osdp"));
    let mut stage = open(folder.path(), equipment);
    stage.wait(Duration::from_secs(3)).expect("time passes");
    let lamp = |stage: &mut Stage, card: [u8; 5]| {
        let hold = Act::Hold(Held::Card(card.to_vec()));
        act(stage, "reader-desk", &hold, 0);
        let mut seen = String::new();
        for _ in 0..20 {
            stage.wait(Duration::from_millis(100)).expect("time passes");
            let now = stage.now();
            seen += &stage.rig().seen(now, "reader-desk").concat();
        }
        stage.wait(Duration::from_secs(3)).expect("time passes");
        seen
    };
    // Somebody of a company has no work at the desk.
    let seen = lamp(&mut stage, [0x01, 0x00, 0xCD, 0xA4, 0xEC]);
    assert!(seen.contains("Red") && !seen.contains("Green"), "{seen}");
    let key = |name: &str| DeskOrder::Key(name.to_owned());
    let typed = |text: &str| DeskOrder::Type(text.to_owned());
    let log_in = [typed("李静华"), key("Enter"), typed("204816"), key("Enter")];
    desk(&mut stage, &log_in);
    let new_card = [key("Ctrl+K"), typed("郝"), key("Enter"), key("K")];
    desk(&mut stage, &new_card);
    let seen = lamp(&mut stage, [0x01, 0x00, 0x77, 0x77, 0x77]);
    assert!(seen.contains("Green") && !seen.contains("Red"), "{seen}");
    stage.close().expect("it ends");
}
