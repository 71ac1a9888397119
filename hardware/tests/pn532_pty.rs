//! A PN532 module at a real terminal, with both ends on threads of their own.

#[path = "support/pn532.rs"]
mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use lodge_hardware::port::Ending;
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::pn532::{Pn532, Settings};
use lodge_hardware::sim::pn532::{Card, Pn532Command, Pn532Sim};
use support::{presented, uid};
use terminal::Terminal;

#[test]
fn a_module_switched_off_and_on_reads_cards_before_and_after() {
    let terminal = Terminal::start(115_200, Pn532::new(Settings::default()), Pn532Sim::new());
    let (module, counters) = (&terminal.device, Arc::clone(&terminal.port.counters));
    terminal.wait_for(&Tell::Answering(true));
    let uid = uid(&[0x04, 1, 2, 3, 4, 5, 6]);
    module.command(Pn532Command::PutDown(Card::Smart(uid)));
    terminal.wait_for(&presented(uid));
    module.command(Pn532Command::Power(false));
    terminal.wait_for(&Tell::Answering(false));
    let begin = Instant::now();
    module.command(Pn532Command::Power(true));
    terminal.wait_for(&Tell::Answering(true));
    terminal.wait_for(&presented(uid));
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(matches!(terminal.close(), Ending::Closed));
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::SeqCst);
    assert_eq!(
        (count(&counters.rejected), count(&counters.discarded)),
        (0, 0)
    );
    assert!(count(&counters.frames) >= 2 * 2 * (5 + 1));
}
