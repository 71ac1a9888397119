//! Our simulated OSDP reader under a controller that others wrote, the C library libosdp, by the real
//! clock, which that library keeps: `lodge sim osdp` is there for other people's programs.

#[path = "support/osdp_foreign.rs"]
mod foreign;
#[path = "support/osdp.rs"]
mod support;

use std::sync::{Arc, Mutex};
use std::time::Instant;

use foreign::{PATIENCE, Wire};
use libosdp::{
    ControlPanel, ControlPanelBuilder, OsdpCommand as Order, OsdpCommandBuzzer, OsdpCommandLed,
    OsdpEvent, OsdpFlag, OsdpLedColor, OsdpLedParams, PdCapability, PdInfoBuilder,
};
use lodge_hardware::clock::Clock;
use lodge_hardware::link::memory::{MemoryLink, pair};
use lodge_hardware::reader::WiegandCode;
use lodge_hardware::sim::osdp::{Lamp, OsdpCommand, OsdpReader, OsdpSim};
use lodge_hardware::sim::{LineFault, Simulator};
use support::{ADDRESS, card, clear_reader, key, keyed_reader, new_reader};

/// The key of `support`, as the other library wants it.
const KEY: [u8; 16] = [0x5A; 16];

/// The foreign controller and our reader on one line.
struct Site {
    controller: ControlPanel,
    told: Arc<Mutex<Vec<OsdpEvent>>>,
    reader: OsdpSim,
    far: MemoryLink,
    clock: Clock,
}

impl Site {
    /// A controller with this key for the reader, or one that speaks in clear text.
    fn new(reader: OsdpReader, key: Option<[u8; 16]>, flags: OsdpFlag) -> Self {
        let (near, far, _) = pair();
        let mut info = PdInfoBuilder::new()
            .address(ADDRESS.number().into())
            .unwrap()
            .baud_rate(9600)
            .unwrap()
            .flag(flags);
        if let Some(key) = key {
            info = info.secure_channel_key(key);
        }
        let builder = ControlPanelBuilder::new().add_channel(Box::new(Wire(near)), vec![info]);
        let mut controller = builder.build().unwrap();
        let told = Arc::<Mutex<Vec<OsdpEvent>>>::default();
        let heard = told.clone();
        controller.set_event_callback(move |_, event| {
            heard.lock().unwrap().push(event);
            0
        });
        Self {
            controller,
            told,
            reader: OsdpSim::new(reader),
            far,
            clock: Clock::system(),
        }
    }

    fn turn(&mut self) {
        self.controller.refresh();
        self.reader.pump(self.clock.now(), &mut self.far);
        std::thread::yield_now();
    }

    /// Moves both ends until this holds.
    fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < end, "never {what}");
            self.turn();
        }
    }

    fn does(&mut self, command: OsdpCommand) {
        self.reader.command(self.clock.now(), command);
    }

    /// The cards that were told, bits and bytes.
    fn cards(&self) -> Vec<(usize, Vec<u8>)> {
        let told = self.told.lock().unwrap();
        let cards = told.iter().filter_map(|event| match event {
            OsdpEvent::CardRead(card) => Some((card.nr_bits, card.data.clone())),
            _ => None,
        });
        cards.collect()
    }

    /// Holds a card up, and waits until the controller has told it.
    fn reads(&mut self, code: WiegandCode) {
        let before = self.cards().len();
        self.does(OsdpCommand::Present(code));
        self.until("a card", |site| site.cards().len() > before);
        let bits = usize::from(code.bits());
        let from_left = (code.value() << (64 - bits)).to_be_bytes();
        let wanted = (bits, from_left[..bits.div_ceil(8)].to_vec());
        assert_eq!(self.cards()[before..], [wanted]);
    }

    fn lamp(&self) -> Lamp {
        self.reader.front(self.clock.now()).lamp
    }

    /// Orders a green lamp for a second over a red one for good, and three beeps; waits for all.
    fn signals(&mut self) {
        let lamp = |control_code, on_count, timer_count, on_color| OsdpLedParams {
            control_code,
            on_count,
            off_count: 0,
            on_color,
            off_color: OsdpLedColor::None,
            timer_count,
        };
        let led = OsdpCommandLed {
            reader: 0,
            led_number: 0,
            temporary: lamp(2, 10, 10, OsdpLedColor::Green),
            permanent: lamp(1, 1, 0, OsdpLedColor::Red),
        };
        let buzzer = OsdpCommandBuzzer {
            reader: 0,
            control_code: 2,
            on_count: 1,
            off_count: 1,
            rep_count: 3,
        };
        self.controller.send_command(0, Order::Led(led)).unwrap();
        self.until("a green lamp", |site| site.lamp() == Lamp::Green);
        self.until("a red lamp", |site| site.lamp() == Lamp::Red);
        let buzzer = Order::Buzzer(buzzer);
        self.controller.send_command(0, buzzer).unwrap();
        self.until("a beep", |site| {
            site.reader.front(site.clock.now()).sounding
        });
    }
}

#[test]
fn a_foreign_controller_reads_and_signals_our_reader_over_the_channel_of_their_key() {
    let mut site = Site::new(keyed_reader(), Some(KEY), OsdpFlag::EnforceSecure);
    site.until("a channel", |site| site.controller.is_sc_active(0));
    let serial = site.controller.get_pd_id(0).unwrap().serial_number;
    assert_eq!(serial, [0, 1, 2, 3]);
    let lamps = PdCapability::LedControl(Default::default());
    let lamps = site.controller.get_capability(0, lamps).unwrap();
    assert!(matches!(lamps, PdCapability::LedControl(_)), "{lamps:?}");
    site.reads(card(0x155_5555));
    site.reads(WiegandCode::new(37, 0x12_3456_789A).unwrap());
    site.signals();
    site.reads(card(7));
    assert!(site.controller.is_sc_active(0));
}

#[test]
fn a_foreign_controller_reads_and_signals_our_reader_in_clear_text() {
    for reader in [new_reader(), clear_reader()] {
        let mut site = Site::new(reader, None, OsdpFlag::empty());
        site.until("a reader", |site| site.controller.is_online(0));
        site.reads(card(0x2AA_AAAA));
        site.signals();
        assert!(!site.controller.is_sc_active(0));
        assert_eq!(site.reader.challenges(), 0);
    }
}

#[test]
fn a_foreign_controller_gives_our_new_reader_its_key_and_reads_it_over_that() {
    let mut site = Site::new(new_reader(), Some(KEY), OsdpFlag::empty());
    site.until("a key", |site| site.reader.reader().key == Some(key()));
    site.until("a channel", |site| site.controller.is_sc_active(0));
    site.reads(card(11));
}

#[test]
fn a_foreign_controller_with_another_key_gets_no_card_of_our_reader() {
    let mut site = Site::new(keyed_reader(), Some([0xA5; 16]), OsdpFlag::empty());
    site.does(OsdpCommand::Present(card(12)));
    // Who it is, what it can do; its own key, the default one, and then in clear text: all in vain.
    site.until("two challenges and a poll", |site| {
        site.reader.challenges() == 2 && site.reader.replies() >= 5
    });
    assert!(!site.controller.is_sc_active(0));
    assert!(site.cards().is_empty());
    assert_eq!(site.reader.untold(), 1);
}

#[test]
fn a_card_whose_report_is_lost_is_told_once_to_a_foreign_controller_when_the_line_is_good() {
    let mut site = Site::new(keyed_reader(), Some(KEY), OsdpFlag::EnforceSecure);
    site.until("a channel", |site| site.controller.is_sc_active(0));
    site.does(OsdpCommand::Fault(LineFault::Silent, true));
    site.does(OsdpCommand::Present(card(13)));
    let replies = site.reader.replies();
    site.until("two replies", |site| site.reader.replies() >= replies + 2);
    assert_eq!(site.reader.untold(), 0);
    assert!(site.cards().is_empty());
    site.does(OsdpCommand::Fault(LineFault::Silent, false));
    site.until("a card", |site| !site.cards().is_empty());
    site.reads(card(14));
    assert_eq!(site.cards().len(), 2);
}

#[test]
fn a_foreign_controller_believes_no_reply_of_our_reader_whose_checksum_is_wrong() {
    let mut site = Site::new(keyed_reader(), Some(KEY), OsdpFlag::EnforceSecure);
    site.until("a channel", |site| site.controller.is_online(0));
    site.does(OsdpCommand::Fault(LineFault::WrongChecksum, true));
    site.does(OsdpCommand::Present(card(15)));
    site.until("a loss", |site| !site.controller.is_online(0));
    // It gives such a reader up for five minutes, as it does one that sends half a frame.
    assert_eq!(site.reader.untold(), 0);
    assert!(site.cards().is_empty());
}
