//! M1: one durable loan against the same bytes written raw.

use super::spread::Spread;
use super::support::*;
use super::table::Table;
use lodge::lending::{BroughtBack, Wanted};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 400;

/// SQLite's page, and the header of a frame in its log (sqlite.org/fileformat2.html §4.1).
const PAGE: usize = 4096;
const FRAME_HEADER: usize = 24;

pub fn measure(table: &mut Table) {
    let mut lobby = Lobby::open();
    let frames = frames_of_a_loan(&mut lobby);
    let bytes = vec![0x5A; frames * (PAGE + FRAME_HEADER)];
    let raw = raw_file(lobby.path(), bytes.len());

    let (mut lends, mut overwrites) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (lend, receipt) = timed(|| {
            lobby
                .lend(GRACE, Wanted::Pool(umbrella()), monday_morning())
                .expect("an umbrella")
        });
        // Between two people the program does what it does in a quiet moment.
        let what = BroughtBack::Loan(receipt.loan.id);
        lobby
            .take_back(what, None, monday_morning())
            .expect("taken back");
        lobby.books.tidy().expect("written back");
        let (overwrite, ()) = timed(|| {
            raw.write_all_at(&bytes, 0).expect("written");
            raw.sync_data().expect("on the disk");
        });
        // The first rounds warm caches and grow the log to its size.
        if round >= 20 {
            lends.push(lend);
            overwrites.push(overwrite);
        }
    }
    let (lends, overwrites) = (Spread::of(lends), Spread::of(overwrites));
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    let detail = format!(
        "loan {}, raw {} of {} KiB, {} rounds",
        lends.show(),
        overwrites.show(),
        bytes.len() / 1024,
        ROUNDS - 20,
    );
    let what = "a durable loan (journal, tables, print job) ÷ raw overwrite + fdatasync";
    table.at_most(
        "M1",
        what,
        ratio(lends.median(), overwrites.median()),
        1.3,
        "",
        detail,
    );
    let tail = ratio(lends.p99(), overwrites.p99());
    table.at_most(
        "M1 p99",
        "the same at the 99th of 100",
        tail,
        2.0,
        "",
        String::new(),
    );
}

fn timed<T>(deed: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = deed();
    (start.elapsed(), done)
}

/// How many pages one loan writes into the log.
fn frames_of_a_loan(lobby: &mut Lobby) -> usize {
    let log = lobby.path().join(format!("{}-wal", lodge::store::DATABASE));
    let length = || std::fs::metadata(&log).map_or(0, |file| file.len() as usize);
    let before = length();
    let receipt = lobby
        .lend(GRACE, Wanted::Pool(umbrella()), monday_morning())
        .expect("an umbrella");
    let grown = length() - before;
    let what = BroughtBack::Loan(receipt.loan.id);
    lobby
        .take_back(what, None, monday_morning())
        .expect("taken back");
    assert!(grown > 0, "the log did not grow");
    grown / (PAGE + FRAME_HEADER)
}

/// A file whose blocks are all there already.
fn raw_file(folder: &Path, length: usize) -> File {
    let file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(folder.join("raw"))
        .expect("a file");
    file.write_all_at(&vec![0; length], 0).expect("written");
    file.sync_all().expect("on the disk");
    file
}
