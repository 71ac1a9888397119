//! M6: memory of the kiosk's process, and whether it grows with the sessions.

use super::real_kiosk::pss_kib;
use super::table::Table;
use lodge::bench::rig::{Act, CARD_TAKES};
use lodge::bench::tour::program::Start;
use lodge::bench::tour::protocol::Order;
use lodge::bench::tour::stage::Stage;
use lodge_hardware::reader::CardNumber;

const SESSIONS: usize = 1_000;

pub fn measure(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(Start {
        program: super::program(),
        data: folder.path().join("data"),
        ports: folder.path().join("ports"),
        log: folder.path().join("program.log"),
        wall_ms: 1_795_395_900_000,
        panel: (1080, 1920, 21.5),
    })
    .expect("the stage");
    let card = CardNumber::new(0x01_00CD_A4EC).expect("a card");
    let picture = folder.path().join("picture.png").display().to_string();
    let mut sizes = Vec::new();
    for session in 1..=SESSIONS {
        let now = stage.now();
        assert!(stage.rig().act(now, "reader", Act::Card(card)));
        stage.wait(CARD_TAKES).expect("time passes");
        stage
            .order(&Order::Press("结束".to_owned()))
            .expect("an answer")
            .expect("a session ends");
        if session % 50 == 0 {
            // A window draws what it shows; here somebody has to ask.
            stage
                .order(&Order::Picture(picture.clone()))
                .expect("an answer")
                .expect("a picture");
            sizes.push((session, pss_kib(stage.program_id().expect("it runs"))));
        }
    }
    stage.close().expect("it ends");
    let (_, last) = *sizes.last().expect("it was measured");
    let mib = last as f64 / 1024.0;
    let detail = format!("headless, after {SESSIONS} sessions");
    table.at_most("M6", "memory (PSS)", mib, 40.0, " MiB", detail);
    let half = &sizes[sizes.len() / 2..];
    let (first, end) = (half[0], half[half.len() - 1]);
    let slope = (end.1 as f64 - first.1 as f64) * 1024.0 / (end.0 - first.0) as f64;
    let detail = format!("from session {} to {}", first.0, end.0);
    table.at_most(
        "M6 slope",
        "growth a session, second half",
        slope,
        16.0,
        " bytes",
        detail,
    );
}
