//! Slips on their way to paper while a printer stops, its line goes, or the books cannot be written: each
//! comes out once, or is owned up to, and none holds up those behind it.

mod support;

use lodge::bench::rig::{Act, CARD_TAKES, Equipment, FULL_ROLL, Held};
use lodge::bench::tour::program::Start;
use lodge::bench::tour::protocol::Order;
use lodge::bench::tour::stage::Stage;
use lodge::store::{Books, Verdict};
use lodge_hardware::sim::printer::PrinterCommand;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::building;

const CHEN: [u8; 5] = [0x01, 0x00, 0xCD, 0xA4, 0xEC];
const SMITH: [u8; 5] = [0x01, 0x00, 0x63, 0xE9, 0xAE];
const WANG: [u8; 5] = [0x10, 0x00, 0x86, 0xF4, 0x44];

/// Within this a slip is begun and not at its end.
const INTO_A_SLIP: Duration = Duration::from_millis(400);

struct Lobby {
    stage: Stage,
    data: PathBuf,
}

impl Lobby {
    fn open(folder: &Path, with: &[(&str, &str)]) -> Self {
        let mut equipment = Equipment::default();
        for (kind, make) in with {
            assert!(equipment.with(kind, make));
        }
        let data = folder.join("data");
        let stage = Stage::open(Start {
            program: env!("CARGO_BIN_EXE_lodge").into(),
            data: data.clone(),
            ports: folder.join("ports"),
            log: folder.join("program.log"),
            wall_ms: 1_795_395_900_000,
            panel: (1080, 1920, 21.5),
            equipment,
        });
        Lobby {
            stage: stage.expect("the stage"),
            data,
        }
    }

    fn act(&mut self, device: &str, act: &Act) {
        let now = self.stage.now();
        assert!(self.stage.rig().act(now, device, act));
        self.stage.settle().expect("it comes to rest");
    }

    fn paper(&mut self, is_in: bool) {
        let roll = if is_in { FULL_ROLL } else { 0 };
        self.act("printer", &Act::Printer(PrinterCommand::LoadPaper(roll)));
    }

    fn wait(&mut self, time: Duration) {
        self.stage.wait(time).expect("time passes");
    }

    /// Somebody borrows an umbrella, up to the moment the screen says so.
    fn borrow(&mut self, card: [u8; 5], umbrella: &str) {
        self.act("reader", &Act::Hold(Held::Card(card.to_vec())));
        self.wait(CARD_TAKES);
        let press = Order::Press(umbrella.to_owned(), 1);
        let pressed = self.stage.order(&press).expect("an answer");
        pressed.expect("the stand is there");
    }

    fn done(&mut self, label: &str) {
        let press = Order::Press(label.to_owned(), 1);
        let pressed = self.stage.order(&press).expect("an answer");
        pressed.expect("the page is over");
    }

    /// How often this number is on paper, at all printers.
    fn printed(&mut self, number: &str) -> usize {
        let texts = self
            .stage
            .rig()
            .printers()
            .map(|printer| printer.paper_text());
        let slips = texts.flatten().filter(|slip| slip.contains(number));
        slips.count()
    }

    /// What the journal says of slips, in order.
    fn steps(&self) -> Vec<String> {
        let books = Books::open_to_read(&self.data, &building()).expect("the books open");
        let verdict = books.verify().expect("they can be read");
        assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
        let mut steps = Vec::new();
        let read = books.journal(|entry| {
            if entry.service == "slips" {
                steps.push(entry.kind);
            }
            Ok(())
        });
        read.expect("they can be read");
        steps
    }
}

#[test]
fn a_slip_whose_beginning_could_not_be_written_down_is_printed_when_the_books_are_free() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lobby = Lobby::open(folder.path(), &[]);
    lobby.paper(false);
    lobby.borrow(CHEN, "雨伞");
    lobby.wait(Duration::from_secs(1));
    lobby.stage.hold_books().expect("they are free");
    lobby.paper(true);
    // The printer is ready; that it is sent cannot be written down.
    lobby.wait(Duration::from_secs(1));
    lobby.stage.outlast().expect("it gives up");
    assert_eq!(lobby.printed("A-1123-0001"), 0);
    lobby.stage.free_books().expect("they were held");
    lobby.wait(Duration::from_secs(30));
    assert_eq!(lobby.printed("A-1123-0001"), 1);
    // So is the next one.
    lobby.borrow(SMITH, "Umbrella");
    lobby.wait(Duration::from_secs(30));
    assert_eq!(lobby.printed("A-1123-0002"), 1);
    assert_eq!(
        lobby.steps(),
        ["sending", "confirmed", "sending", "confirmed"]
    );
    lobby.stage.close().expect("it ends");
}

#[test]
fn the_end_of_a_slip_that_could_not_be_written_down_is_written_when_the_books_are_free() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lobby = Lobby::open(folder.path(), &[]);
    lobby.borrow(CHEN, "雨伞");
    lobby.wait(INTO_A_SLIP);
    assert_eq!(lobby.steps(), ["sending"]);
    lobby.stage.hold_books().expect("they are free");
    lobby.wait(Duration::from_secs(10));
    assert_eq!(lobby.printed("A-1123-0001"), 1);
    lobby.stage.outlast().expect("it gives up");
    lobby.stage.free_books().expect("they were held");
    lobby.wait(Duration::from_secs(30));
    assert_eq!(lobby.steps(), ["sending", "confirmed"]);
    lobby.stage.close().expect("it ends");
}

#[test]
fn slips_that_a_power_cut_left_in_doubt_are_written_down_though_the_books_were_held_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lobby = Lobby::open(folder.path(), &[]);
    lobby.borrow(CHEN, "雨伞");
    lobby.wait(INTO_A_SLIP);
    lobby.stage.hold_books().expect("they are free");
    lobby.stage.cut_power().expect("it starts again");
    lobby.stage.outlast().expect("it gives up");
    assert_eq!(lobby.steps(), ["sending"]);
    lobby.stage.free_books().expect("they were held");
    lobby.wait(Duration::from_secs(30));
    assert_eq!(lobby.steps(), ["sending", "unknown"]);
    assert!(lobby.printed("A-1123-0001") <= 1);
    lobby.borrow(SMITH, "Umbrella");
    lobby.wait(Duration::from_secs(30));
    assert_eq!(lobby.printed("A-1123-0002"), 1);
    lobby.stage.close().expect("it ends");
}

#[test]
fn a_printer_that_stops_within_a_slip_leaves_the_next_to_the_other_and_finishes_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut lobby = Lobby::open(folder.path(), &[("spare", "epson-80mm")]);
    lobby.borrow(CHEN, "雨伞");
    lobby.wait(INTO_A_SLIP);
    lobby.paper(false);
    lobby.wait(Duration::from_secs(5));
    assert_eq!(
        lobby.printed("A-1123-0001"),
        0,
        "it stopped within the slip"
    );
    lobby.done("完成");
    lobby.borrow(SMITH, "Umbrella");
    lobby.wait(Duration::from_secs(10));
    assert_eq!(lobby.printed("A-1123-0002"), 1);
    // Long after, somebody puts paper in.
    lobby.wait(Duration::from_secs(600));
    lobby.paper(true);
    lobby.wait(Duration::from_secs(60));
    let states = lobby.steps();
    match states.last().map(String::as_str) {
        Some("confirmed") => assert_eq!(lobby.printed("A-1123-0001"), 1),
        Some("unknown") => assert!(lobby.printed("A-1123-0001") <= 1),
        _ => panic!("{states:?}"),
    }
    assert_eq!(lobby.printed("A-1123-0002"), 1);
    // The first printer is the one that prints again.
    lobby.borrow(WANG, "雨伞");
    lobby.wait(Duration::from_secs(30));
    let first = lobby.stage.rig().printer().paper_text();
    assert!(first.iter().any(|slip| slip.contains("A-1123-0003")));
    lobby.stage.close().expect("it ends");
}
