//! The process is killed at every moment after the screen said "borrowed": the loan stands, the books
//! are sound, and the slip comes out once or is owned up to.

mod support;

use lodge::bench::rig::{Act, CARD_TAKES, Equipment, Held};
use lodge::bench::tour::program::Start;
use lodge::bench::tour::protocol::Order;
use lodge::bench::tour::stage::Stage;
use lodge::slips::JobState;
use lodge::store::{Books, Verdict};
use std::path::Path;
use std::time::Duration;
use support::building;

/// Far more than the steps between the loan and the proof of its slip.
const MOST_STEPS: usize = 200;

fn open(folder: &Path) -> Stage {
    Stage::open(Start {
        program: env!("CARGO_BIN_EXE_lodge").into(),
        data: folder.join("data"),
        ports: folder.join("ports"),
        log: folder.join("program.log"),
        wall_ms: 1_795_395_900_000,
        panel: (1080, 1920, 21.5),
        equipment: Equipment::default(),
    })
    .expect("the stage")
}

/// Borrows an umbrella, up to the moment the screen says so.
fn borrow(stage: &mut Stage) {
    let card = Act::Hold(Held::Card(vec![0x01, 0x00, 0xCD, 0xA4, 0xEC]));
    let now = stage.now();
    assert!(stage.rig().act(now, "reader", &card));
    stage.wait(CARD_TAKES).expect("time passes");
    stage
        .order(&Order::Press("雨伞".to_owned(), 1))
        .expect("an answer")
        .expect("the stand is there");
    let screen = stage.screen().expect("an answer");
    assert!(
        screen.iter().any(|text| text.contains("借好了")),
        "{screen:?}"
    );
}

/// What the books say of the one loan: is it there, and where does its slip stand?
fn look(data: &Path) -> Option<JobState> {
    let books = Books::open_to_read(data, &building()).expect("the books open");
    let verdict = books.verify().expect("they can be read");
    assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
    let mut lent = 0;
    let mut state = None;
    books
        .journal(|entry| {
            lent += usize::from(entry.kind == "lent");
            state = match entry.kind.as_str() {
                "lent" => Some(JobState::Queued),
                "sending" => Some(JobState::Sending),
                "confirmed" => Some(JobState::Confirmed),
                "unknown" => Some(JobState::Unknown),
                _ => state,
            };
            Ok(())
        })
        .expect("they can be read");
    assert_eq!(lent, 1, "what the screen said is not in the books");
    state
}

#[test]
fn a_loan_the_screen_spoke_of_survives_a_kill_at_every_step_until_its_slip_is_proven() {
    let mut seen = Vec::new();
    for steps in 0..MOST_STEPS {
        let folder = tempfile::tempdir().expect("a folder");
        let mut stage = open(folder.path());
        borrow(&mut stage);
        for _ in 0..steps {
            let until = stage.now() + Duration::from_secs(5);
            stage.step(until).expect("time passes");
        }
        stage.cut_power().expect("it starts again");
        let at_the_cut = look(&folder.path().join("data")).expect("a slip is due");
        stage.wait(Duration::from_secs(30)).expect("time passes");
        let slips = stage.rig().printer().tear_off();
        let slips = slips
            .iter()
            .filter(|slip| slip.contains("A-1123-0001"))
            .count();
        let afterwards = look(&folder.path().join("data")).expect("a slip is due");
        match afterwards {
            // Proven: there is one, and only one.
            JobState::Confirmed => assert_eq!(slips, 1, "{steps} steps: {at_the_cut:?}"),
            // Owned up to: there is one or none, and nobody prints a second one by itself.
            JobState::Unknown => assert!(slips <= 1, "{steps} steps: {slips} slips"),
            other => panic!("{steps} steps: the slip is forgotten as {other:?}"),
        }
        stage.close().expect("it ends");
        seen.push(at_the_cut);
        if at_the_cut == JobState::Confirmed {
            break;
        }
    }
    for state in [JobState::Unknown, JobState::Confirmed] {
        assert!(
            seen.contains(&state),
            "no kill met a slip that was {state:?}: {seen:?}"
        );
    }
}
