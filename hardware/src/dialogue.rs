//! Bytes to meaning and back, with no I/O: what every driver is.

use crate::clock::Moment;

/// One device's protocol as a machine: bytes, asks and time come in; bytes and tells go out through
/// a [`Line`].
pub trait Dialogue {
    /// What the owner may ask of the device.
    type Ask: Send + 'static;
    /// What the device tells.
    type Tell: Send + 'static;

    /// The line has just been opened: forget half-received messages, initialise the device.
    fn opened(&mut self, now: Moment, line: &mut Line<Self::Tell>);
    /// Bytes came in, in chunks of any size.
    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Self::Tell>);
    /// The owner asks.
    fn asked(&mut self, now: Moment, ask: Self::Ask, line: &mut Line<Self::Tell>);
    /// When [`Dialogue::waited`] wants to be called; `None` while nothing is awaited.
    fn due(&self) -> Option<Moment>;
    /// The moment of [`Dialogue::due`] has come.
    fn waited(&mut self, now: Moment, line: &mut Line<Self::Tell>);
    /// The link took `n` more of the bytes written, in order.
    fn written(&mut self, now: Moment, n: usize, line: &mut Line<Self::Tell>);
    /// Whether it keeps bytes of a job to itself because the device told it to: a port that has nothing
    /// of them in hand cannot see that they wait.
    fn is_held(&self) -> bool {
        false
    }
    /// The line is closed or lost; nothing more can be written.
    fn closed(&mut self, now: Moment, line: &mut Line<Self::Tell>);
}

/// What a dialogue wants done, collected in order.
pub struct Line<Tell> {
    pub(crate) out: Vec<u8>,
    pub(crate) tells: Vec<Tell>,
    pub(crate) discarded: u64,
    pub(crate) frames: u64,
    pub(crate) rejected: u64,
}

impl<Tell> Default for Line<Tell> {
    fn default() -> Self {
        Self {
            out: Vec::new(),
            tells: Vec::new(),
            discarded: 0,
            frames: 0,
            rejected: 0,
        }
    }
}

impl<Tell> Line<Tell> {
    /// An empty line.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Queues bytes for the device.
    pub fn write(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Tells the owner something.
    pub fn tell(&mut self, tell: Tell) {
        self.tells.push(tell);
    }

    /// Counts `n` bytes from the device that meant nothing.
    pub fn discard(&mut self, n: usize) {
        self.discarded += n as u64;
    }

    /// Counts a whole message that was understood.
    pub fn frame(&mut self) {
        self.frames += 1;
    }

    /// Counts a whole message that is not believed: its check is wrong, or it is only noise.
    pub fn reject(&mut self) {
        self.rejected += 1;
    }

    /// Takes over all that another line has collected: one of several devices behind the same port.
    pub(crate) fn append<Part>(&mut self, part: Line<Part>, of: impl Fn(Part) -> Tell) {
        self.out.extend(part.out);
        self.tells.extend(part.tells.into_iter().map(of));
        self.discarded += part.discarded;
        self.frames += part.frames;
        self.rejected += part.rejected;
    }

    /// Takes the tells so far.
    pub fn take_tells(&mut self) -> Vec<Tell> {
        std::mem::take(&mut self.tells)
    }

    /// Takes the bytes so far.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Takes the count of meaningless bytes so far.
    pub fn take_discarded(&mut self) -> u64 {
        std::mem::take(&mut self.discarded)
    }

    /// Takes the counts of messages so far: understood, and not believed.
    pub fn take_frames(&mut self) -> (u64, u64) {
        let taken = (self.frames, self.rejected);
        (self.frames, self.rejected) = (0, 0);
        taken
    }
}
