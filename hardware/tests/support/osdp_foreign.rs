//! An OSDP reader that others wrote: the peripheral of the C library libosdp.
#![allow(dead_code)]

use std::sync::{Arc, Mutex};

use libosdp::{
    Channel, ChannelError, OsdpCommand as Heard, OsdpEvent, OsdpEventCardRead, PdCapEntity,
    PdCapability, PdId, PdInfoBuilder, PeripheralDevice,
};
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::MemoryLink;
use lodge_hardware::reader::WiegandCode;
use lodge_hardware::reader::osdp::Address;

/// The far end of a line in memory, as that library wants it.
struct Wire(MemoryLink);

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

pub type Orders = Arc<Mutex<Vec<Heard>>>;

/// A reader at this address, and what it is told to show and keep.
pub fn foreign_reader(
    address: Address,
    wire: MemoryLink,
    key: Option<[u8; 16]>,
) -> (PeripheralDevice, Orders) {
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
    let orders = Orders::default();
    let heard = orders.clone();
    reader.set_command_callback(move |order: &mut Heard| {
        heard.lock().unwrap().push(order.clone());
        0
    });
    (reader, orders)
}

/// What such a reader says of a card held up to it.
pub fn read(code: WiegandCode) -> OsdpEvent {
    let bits = usize::from(code.bits());
    let bytes = (code.value() << (64 - bits)).to_be_bytes();
    let bytes = bytes[..bits.div_ceil(8)].to_vec();
    OsdpEvent::CardRead(OsdpEventCardRead::new_wiegand(bits, bytes).unwrap())
}
