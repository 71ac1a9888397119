//! What must hold of every label, whatever goes wrong.
#![allow(dead_code)]

use crate::labels::{Bench, Joined, badge};
use lodge_hardware::label::Label;
use lodge_hardware::label::printer::{Doubt, JobToken, Proof, Tell};
use lodge_hardware::label::profile::{Language, Profile};
use lodge_hardware::label::status::Obstacle;
use lodge_hardware::port::Told;
use lodge_hardware::sim::label::Trouble as T;

pub const JOB: JobToken = JobToken(1);
pub const READY: Tell = Tell::Ready(JOB);
pub const PRINTED: Tell = Tell::Printed(JOB, Proof::Watched);
/// The job after that one, printed as it should be.
pub const NEXT_PRINTED: [Tell; 2] = [
    Tell::Ready(JobToken(2)),
    Tell::Printed(JobToken(2), Proof::Watched),
];
pub const UNKNOWN: Tell = Tell::Unknown(JOB, Doubt::NoProof);

pub const TROUBLES: [(T, Obstacle); 6] = [
    (T::HeadOpen, Obstacle::HeadOpen),
    (T::PaperOut, Obstacle::PaperOut),
    (T::RibbonOut, Obstacle::RibbonOut),
    (T::Jam, Obstacle::Jam),
    (T::Paused, Obstacle::Paused),
    (T::Hot, Obstacle::Temperature),
];

pub fn label() -> Label {
    badge("A-1", "ACME", "Host")
}

/// What a trouble looks like from this printer.
pub fn seen(profile: &Profile, trouble: T, obstacle: Obstacle) -> Obstacle {
    let zpl = matches!(profile.language, Language::Zpl { .. });
    match trouble {
        T::HeadOpen | T::PaperOut | T::RibbonOut if zpl => Obstacle::Silent,
        // ~HS has no word for a jam: the labels are not found.
        T::Jam if zpl => Obstacle::PaperOut,
        _ => obstacle,
    }
}

/// Steps until a label moves under the head and the printer has been seen at work.
pub fn run_into_printing(joined: &mut Joined) {
    joined.run_until(|joined| {
        let busy = |told: &Told<Tell>| matches!(told, Told::Tell(Tell::Status(s)) if s.busy);
        joined.told.iter().any(busy)
    });
}

/// Whole labels, and torn ones.
pub fn paper(bench: &Bench) -> (usize, usize) {
    let sheets = bench.sim.sheets();
    let whole = sheets.iter().filter(|sheet| sheet.is_whole()).count();
    (whole, sheets.len() - whole)
}

/// No proof without exactly one label; no label without a word.
pub fn assert_sound(bench: &Bench, context: &str) {
    let told = bench.of_jobs();
    let (whole, _) = paper(bench);
    let ends: Vec<_> = told
        .iter()
        .filter(|tell| !matches!(tell, Tell::Ready(_) | Tell::Stopped(..)))
        .collect();
    match ends[..] {
        [Tell::Printed(..)] => assert_eq!(whole, 1, "{context}: {told:?}"),
        [Tell::Unknown(..)] => assert!(whole <= 1, "{context}: {told:?}"),
        [Tell::Refused(..) | Tell::NotStarted(_)] => assert_eq!(whole, 0, "{context}: {told:?}"),
        _ => panic!("{context}: {} ends: {told:?}", ends.len()),
    }
    assert_eq!(bench.sim.surprises(), 0, "{context}");
}
