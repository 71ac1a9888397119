//! OSDP readers that others wrote, the peripheral of the C library libosdp, and our driver with them on
//! a line by the real clock, which that library keeps.
#![allow(dead_code)]

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use libosdp::{
    Channel, ChannelError, OsdpCommand as Heard, OsdpEvent, OsdpEventCardRead, PdCapEntity,
    PdCapability, PdId, PdInfoBuilder, PeripheralDevice,
};
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::{Clock, Moment};
use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::MemoryLink;
use lodge_hardware::port::{Conversation, Inbox, Mailbox, PortCounters, Told, mailbox};
use lodge_hardware::reader::WiegandCode;
use lodge_hardware::reader::osdp::Address;

/// How long anything is waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The far end of a line in memory, as that library wants it.
pub struct Wire(pub MemoryLink);

impl Channel for Wire {
    fn get_id(&self) -> i32 {
        1
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ChannelError> {
        self.0
            .read(buffer)
            .map_err(|_| ChannelError::TransportError)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, ChannelError> {
        self.0
            .write(bytes)
            .map_err(|_| ChannelError::TransportError)
    }

    fn flush(&mut self) -> Result<(), ChannelError> {
        Ok(())
    }

    fn close(&mut self) -> Result<(), ChannelError> {
        Ok(())
    }
}

/// Such a reader, and what it was told to show and keep.
pub struct ForeignReader {
    pub reader: PeripheralDevice,
    pub orders: Arc<Mutex<Vec<Heard>>>,
}

pub fn foreign_reader(address: Address, wire: MemoryLink, key: Option<[u8; 16]>) -> ForeignReader {
    let one = || PdCapEntity::new(1, 1);
    let mut info = PdInfoBuilder::new()
        .address(address.number().into())
        .unwrap()
        .baud_rate(9600)
        .unwrap()
        .id(&PdId::from_number(7))
        .capability(PdCapability::CommunicationSecurity(one()))
        .capability(PdCapability::LedControl(one()))
        .capability(PdCapability::AudibleOutput(one()))
        .capability(PdCapability::CardDataFormat(one()));
    if let Some(key) = key {
        info = info.secure_channel_key(key);
    }
    let mut reader = PeripheralDevice::new(info, Box::new(Wire(wire))).unwrap();
    let orders = Arc::<Mutex<Vec<Heard>>>::default();
    let heard = orders.clone();
    reader.set_command_callback(move |order: &mut Heard| {
        heard.lock().unwrap().push(order.clone());
        0
    });
    ForeignReader { reader, orders }
}

/// What such a reader says of a card held up to it.
fn read(code: WiegandCode) -> OsdpEvent {
    let bits = usize::from(code.bits());
    let bytes = (code.value() << (64 - bits)).to_be_bytes();
    let bytes = bytes[..bits.div_ceil(8)].to_vec();
    OsdpEvent::CardRead(OsdpEventCardRead::new_wiegand(bits, bytes).unwrap())
}

impl ForeignReader {
    /// A card is held up to it.
    pub fn reads(&mut self, code: WiegandCode) {
        self.reader.notify_event(read(code)).unwrap();
    }
}

/// Whoever is at the far ends of a line.
pub trait FarEnds {
    /// Does what is due at `now`.
    fn turn(&mut self, now: Moment);
}

impl FarEnds for ForeignReader {
    fn turn(&mut self, _now: Moment) {
        self.reader.refresh();
    }
}

/// Our driver and the far ends of its line.
pub struct Meeting<'a, D: Dialogue, F> {
    talk: Conversation<'a, D>,
    pub far: F,
    pub clock: Clock,
    pub mailbox: Mailbox<D::Ask>,
    inbox: Inbox<D::Ask>,
    told: Vec<D::Tell>,
}

/// Opens the line for our driver and does things over it.
pub fn meet<D: Dialogue, F>(
    mut near: MemoryLink,
    mut driver: D,
    far: F,
    doing: impl FnOnce(&mut Meeting<'_, D, F>),
) {
    let (clock, counters) = (Clock::system(), PortCounters::default());
    let (mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let talk = Conversation::open(&mut near, &mut driver, &counters, clock.now()).unwrap();
    doing(&mut Meeting {
        talk,
        far,
        clock,
        mailbox,
        inbox,
        told: Vec::new(),
    });
}

impl<D, F> Meeting<'_, D, F>
where
    D: Dialogue<Tell: Debug + PartialEq>,
    F: FarEnds,
{
    /// Moves all ends until this holds of what was told and of the far ends.
    pub fn until(&mut self, what: &str, holds: impl Fn(&[D::Tell], &F) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(&self.told, &self.far) {
            assert!(Instant::now() < end, "never {what}, only {:?}", self.told);
            let told = &mut self.told;
            let mut on_tell = |tell| {
                if let Told::Tell(tell) = tell {
                    told.push(tell);
                }
            };
            let now = self.clock.now();
            self.talk.turn(now, &self.inbox, &mut on_tell).unwrap();
            self.far.turn(now);
            std::thread::yield_now();
        }
    }

    pub fn until_told(&mut self, wanted: &D::Tell) {
        self.until(&format!("{wanted:?}"), |told, _| told.contains(wanted));
    }
}
