//! M6: memory of the kiosk's process, and whether it grows with the sessions.

use super::real_kiosk::{anonymous_kib, pss_kib};
use super::table::Table;
use lodge::bench::rig::{Act, CARD_TAKES, Equipment, Held};
use lodge::bench::tour::program::Start;
use lodge::bench::tour::protocol::Order;
use lodge::bench::tour::stage::Stage;

/// After so many sessions memory is measured.
const SESSIONS: usize = 1_000;

/// And so many more must not add to it: every cache has its size by then.
const MORE: usize = 1_000;

pub fn measure(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(Start {
        program: super::program(),
        data: folder.path().join("data"),
        ports: folder.path().join("ports"),
        log: folder.path().join("program.log"),
        wall_ms: 1_795_395_900_000,
        panel: (1080, 1920, 21.5),
        equipment: Equipment::default(),
    })
    .expect("the stage");
    let card = Act::Hold(Held::Card(vec![0x01, 0x00, 0xCD, 0xA4, 0xEC]));
    let picture = folder.path().join("picture.png").display().to_string();
    let mut sizes = Vec::new();
    for session in 1..=SESSIONS + MORE {
        let now = stage.now();
        assert!(stage.rig().act(now, "reader", &card));
        stage.wait(CARD_TAKES).expect("time passes");
        stage
            .order(&Order::Press("结束".to_owned(), 1))
            .expect("an answer")
            .expect("a session ends");
        if session % 50 == 0 {
            // A window draws what it shows; here somebody has to ask.
            stage
                .order(&Order::Picture(picture.clone()))
                .expect("an answer")
                .expect("a picture");
            let process = stage.program_id().expect("it runs");
            sizes.push((session, pss_kib(process), anonymous_kib(process)));
        }
    }
    stage.close().expect("it ends");
    let at = |session: usize| {
        let size = sizes.iter().find(|(measured, ..)| *measured == session);
        *size.expect("it was measured")
    };
    let ((_, pss, before), (_, _, after)) = (at(SESSIONS), at(SESSIONS + MORE));
    let detail = format!("headless, after {SESSIONS} sessions");
    table.at_most(
        "M6",
        "memory (PSS)",
        pss as f64 / 1024.0,
        40.0,
        " MiB",
        detail,
    );
    // Growth is what the process asked for: its share of the files changes with the other processes.
    let slope = (after as f64 - before as f64) * 1024.0 / MORE as f64;
    let detail = format!(
        "anonymous memory, session {SESSIONS} to {}",
        SESSIONS + MORE
    );
    table.at_most("M6 slope", "growth a session", slope, 0.0, " bytes", detail);
}
