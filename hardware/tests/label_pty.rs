//! A label over a real terminal, on a real thread.

#[path = "support/labels.rs"]
mod labels;

use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::label::printer::{Ask, JobToken, Printer, Proof, Tell};
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, PortCounters, Told, converse, mailbox};
use lodge_hardware::sim::label::LabelSim;
use lodge_hardware::sim::run::spawn;

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn a_label_sent_over_a_terminal_is_on_paper() {
    let job = JobToken(1);
    for profile in labels::profiles() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("by-id/usb-label");
        let pty = Pty::plugged_at(path.clone()).unwrap();
        let (paper, out) = mpsc::channel();
        let paper = Mutex::new(paper);
        let sim = LabelSim::new(&profile, 115_200, labels::stock());
        let sim = spawn("label-sim", sim, pty, Clock::system(), move |sim, _| {
            for sheet in sim.take_sheets() {
                let _ = paper.lock().unwrap().send(sheet.text());
            }
        });
        let sim = sim.unwrap();
        let settings = PortSettings {
            path: path.to_str().unwrap().to_owned(),
            baud: 115_200,
            flow: Flow::None,
        };
        let mut link = SerialLink::open(&settings).unwrap();
        let (asks, inbox) = mailbox(&Activity::new()).unwrap();
        let (tell, told) = mpsc::channel();
        let mut printer = Printer::new(profile.clone(), 115_200, Some(labels::font()));
        let port = std::thread::spawn(move || {
            let (clock, activity) = (Clock::system(), Activity::new());
            let counters = PortCounters::default();
            let mut on_tell = |told| tell.send(told).unwrap_or(());
            converse(
                &mut link,
                &mut printer,
                &clock,
                &inbox,
                &activity,
                &counters,
                &mut on_tell,
            )
        });
        let document = labels::badge("王小明", "ACME", "Host");
        asks.send(Ask::Print { job, document });
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match told.recv_timeout(left).expect("told in time") {
                Told::Tell(Tell::Ready(ready)) => asks.send(Ask::Go(ready)),
                Told::Tell(Tell::Printed(printed, Proof::Watched)) => {
                    assert_eq!(printed, job);
                    break;
                }
                Told::Tell(Tell::Status(_) | Tell::Answering(true)) => {}
                other => panic!("{}: {other:?}", profile.name),
            }
        }
        asks.close();
        assert!(matches!(port.join().unwrap(), Ending::Closed));
        let sheet = out.recv_timeout(PATIENCE).unwrap();
        assert!(sheet.ends_with("[QR V1:0042]"), "{sheet}");
        drop(sim);
        assert!(out.try_recv().is_err(), "one label only");
    }
}
