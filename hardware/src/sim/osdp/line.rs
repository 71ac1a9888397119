//! Several OSDP readers on one two-wire line.

use super::{OsdpCommand, OsdpReader, OsdpSim};
use crate::clock::Moment;
use crate::link::{Link, LinkError};
use crate::reader::osdp::{Address, Addressed};
use crate::sim::Simulator;

/// The simulated readers of one line: each hears everything that is said on it, the replies of the
/// others included, and answers to its own address.
pub struct OsdpLineSim {
    readers: Vec<OsdpSim>,
    interruptions: usize,
}

impl OsdpLineSim {
    /// Readers with power and nothing in front of them.
    #[must_use]
    pub fn new(readers: impl IntoIterator<Item = OsdpReader>) -> Self {
        Self {
            readers: readers.into_iter().map(OsdpSim::new).collect(),
            interruptions: 0,
        }
    }

    /// The reader at this address.
    #[must_use]
    pub fn reader(&self, address: Address) -> Option<&OsdpSim> {
        let at = |sim: &&OsdpSim| sim.reader().address == address;
        self.readers.iter().find(at)
    }

    /// How often somebody was spoken to while a reply was still to come: on wires both would be lost.
    #[must_use]
    pub const fn interruptions(&self) -> usize {
        self.interruptions
    }

    fn all_hear(&mut self, now: Moment, bytes: &[u8], but: Option<usize>) {
        for (at, reader) in self.readers.iter_mut().enumerate() {
            if but != Some(at) {
                reader.hears(now, bytes);
            }
        }
    }
}

impl Simulator for OsdpLineSim {
    type Command = Addressed<OsdpCommand>;

    fn command(&mut self, now: Moment, command: Addressed<OsdpCommand>) {
        let at = |sim: &&mut OsdpSim| sim.reader().address == command.address;
        if let Some(reader) = self.readers.iter_mut().find(at) {
            reader.command(now, command.what);
        }
    }

    fn pump(&mut self, now: Moment, link: &mut dyn Link) {
        let mut buffer = [0; 512];
        while let Ok(n @ 1..) = link.read(&mut buffer) {
            self.interruptions += usize::from(self.due().is_some());
            self.all_hear(now, &buffer[..n], None);
        }
        for at in 0..self.readers.len() {
            let mut wires = Wires {
                link: &mut *link,
                said: Vec::new(),
            };
            self.readers[at].outlet.pump(now, &mut wires);
            let said = wires.said;
            self.all_hear(now, &said, Some(at));
        }
    }

    fn due(&self) -> Option<Moment> {
        self.readers.iter().filter_map(OsdpSim::due).min()
    }
}

/// The line as one reader has it: what it says there is heard by the others too.
struct Wires<'a> {
    link: &'a mut dyn Link,
    said: Vec<u8>,
}

impl Link for Wires<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        self.link.read(buffer)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let n = self.link.write(bytes)?;
        self.said.extend_from_slice(&bytes[..n]);
        Ok(n)
    }
}
