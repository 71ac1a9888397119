//! A label over a real terminal, on a real thread.

#[path = "support/labels.rs"]
mod labels;
#[path = "support/terminal.rs"]
mod terminal;

use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use lodge_hardware::clock::Clock;
use lodge_hardware::label::printer::{Ask, JobToken, Printer, Proof, Tell};
use lodge_hardware::link::serial::Flow;
use lodge_hardware::port::{Ending, Told};
use lodge_hardware::sim::label::LabelSim;
use lodge_hardware::sim::run::spawn;
use terminal::{Place, Port};

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn a_label_sent_over_a_terminal_is_on_paper() {
    let job = JobToken(1);
    for profile in labels::profiles() {
        let place = Place::new();
        let (paper, out) = mpsc::channel();
        let paper = Mutex::new(paper);
        let sim = LabelSim::new(&profile, 115_200, labels::stock());
        let pty = place.pty();
        let sim = spawn("label-sim", sim, pty, Clock::system(), move |sim, _| {
            for sheet in sim.take_sheets() {
                let _ = paper.lock().unwrap().send(sheet.text());
            }
        });
        let sim = sim.unwrap();
        let printer = Printer::new(profile.clone(), 115_200, Some(labels::font()));
        let port = Port::start(&place.settings(115_200, Flow::None), printer);
        let document = labels::badge("王小明", "ACME", "Host");
        port.mailbox.send(Ask::Print { job, document });
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match port.told.recv_timeout(left).expect("told in time") {
                Told::Tell(Tell::Ready(ready)) => port.mailbox.send(Ask::Go(ready)),
                Told::Tell(Tell::Printed(printed, Proof::Watched)) => {
                    assert_eq!(printed, job);
                    break;
                }
                Told::Tell(Tell::Status(_) | Tell::Answering(true)) => {}
                other => panic!("{}: {other:?}", profile.name),
            }
        }
        assert!(matches!(port.close(), Ending::Closed));
        let sheet = out.recv_timeout(PATIENCE).unwrap();
        assert!(sheet.ends_with("[QR V1:0042]"), "{sheet}");
        drop(sim);
        assert!(out.try_recv().is_err(), "one label only");
    }
}
