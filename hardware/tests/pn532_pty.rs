//! A PN532 module at a real terminal, with both ends on threads of their own.

#[path = "support/pn532.rs"]
mod support;

use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Clock;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use lodge_hardware::port::{Ending, PortCounters, Told, converse, mailbox};
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::pn532::{Pn532, Settings};
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use lodge_hardware::sim::run::spawn;
use support::{presented, uid};

const PATIENCE: Duration = Duration::from_secs(10);

fn wait_for(told: &mpsc::Receiver<Told<Tell>>, wanted: &Tell) {
    let end = Instant::now() + PATIENCE;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match told.recv_timeout(left) {
            Ok(Told::Tell(tell)) if tell == *wanted => return,
            Ok(_) => {}
            Err(_) => panic!("never told {wanted:?}"),
        }
    }
}

#[test]
fn a_module_switched_off_and_on_reads_cards_before_and_after() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::plugged_at(folder.path().join("usb-device")).unwrap();
    let mut link = SerialLink::open(&PortSettings {
        path: pty.path().to_str().unwrap().to_owned(),
        baud: 115_200,
        flow: Flow::None,
    })
    .unwrap();
    let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let (tell, told) = mpsc::channel();
    let counters = Arc::new(PortCounters::default());
    let counts = counters.clone();
    let port = std::thread::spawn(move || {
        let mut reader = Pn532::new(Settings::default());
        converse(
            &mut link,
            &mut reader,
            &Clock::system(),
            &inbox,
            &Activity::new(),
            &counts,
            &mut |told| tell.send(told).unwrap_or(()),
        )
    });
    let module = spawn("module", Pn532Sim::new(), pty, Clock::system(), |_, _| {}).unwrap();
    wait_for(&told, &Tell::Answering(true));
    let uid = uid(&[0x04, 1, 2, 3, 4, 5, 6]);
    module.command(Pn532Command::PutDown(Card::Smart(uid)));
    wait_for(&told, &presented(uid));
    module.command(Pn532Command::Power(false));
    wait_for(&told, &Tell::Answering(false));
    let begin = Instant::now();
    module.command(Pn532Command::Power(true));
    wait_for(&told, &Tell::Answering(true));
    wait_for(&told, &presented(uid));
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    mailbox.close();
    assert!(matches!(port.join().unwrap(), Ending::Closed));
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::SeqCst);
    assert_eq!(
        (count(&counters.rejected), count(&counters.discarded)),
        (0, 0)
    );
    assert!(count(&counters.frames) >= 2 * 2 * (5 + 1));
}
