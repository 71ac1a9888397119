//! Driver and module over a real terminal.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, PortCounters, Told, converse, mailbox};
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::samv::Samv;
use lodge_hardware::sim::run::spawn;
use lodge_hardware::sim::samv::{SamvCommand, SamvSim};

use crate::bench::{BAUD, card, documents, everything, presented};

#[test]
fn a_document_put_down_is_told_over_a_terminal() {
    const PATIENCE: Duration = Duration::from_secs(10);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("by-id/usb-module");
    let pty = Pty::plugged_at(path.clone()).unwrap();
    let settings = PortSettings {
        path: path.to_str().unwrap().to_owned(),
        baud: BAUD,
        flow: Flow::None,
    };
    let mut link = SerialLink::open(&settings).unwrap();
    let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || {
        converse(
            &mut link,
            &mut Samv::new(everything()),
            &Clock::system(),
            &inbox,
            &Activity::new(),
            &PortCounters::default(),
            &mut |told| tell.send(told).unwrap_or(()),
        )
    });
    let wait_for = |wanted: Tell| {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let told = told.recv_timeout(left);
            if told.unwrap_or_else(|_| panic!("never told {wanted:?}"))
                == Told::Tell(wanted.clone())
            {
                return;
            }
        }
    };
    let sim = SamvSim::new(BAUD);
    let module = spawn("module", sim, pty, Clock::system(), |_, _| {}).unwrap();
    wait_for(Tell::Answering(true));
    for document in documents() {
        module.command(SamvCommand::PutDown(card(&document)));
        wait_for(presented(&document));
    }
    mailbox.close();
    assert!(matches!(thread.join().unwrap(), Ending::Closed));
}
