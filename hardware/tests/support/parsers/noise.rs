//! Random bytes, and how often each of them comes.

/// So many of 256 bytes are marks in noise that is rich in them.
const RICH: u8 = 192;

/// One kind of noise: every byte as likely as another, or most of them a protocol's marks.
pub struct Noise {
    marks: &'static [u8],
    chances: [f64; 256],
    state: u64,
}

impl Noise {
    /// Every byte is as likely as another.
    pub fn uniform(seed: u64) -> Self {
        Self::rich_in(&[], seed)
    }

    /// Three of four bytes are marks: what a protocol's messages begin, end and are filled with.
    pub fn rich_in(marks: &'static [u8], seed: u64) -> Self {
        let mut noise = Self {
            marks,
            chances: [0.0; 256],
            state: seed | 1,
        };
        for roll in 0..=u8::MAX {
            for value in 0..=u8::MAX {
                noise.chances[usize::from(noise.byte(roll, value))] += 1.0 / 65536.0;
            }
        }
        noise
    }

    fn byte(&self, roll: u8, value: u8) -> u8 {
        if roll < RICH && !self.marks.is_empty() {
            self.marks[usize::from(value) * self.marks.len() / 256]
        } else {
            value
        }
    }

    /// The chance of a byte to be one of these.
    pub fn of(&self, bytes: impl IntoIterator<Item = u8>) -> f64 {
        let chances = bytes
            .into_iter()
            .map(|byte| self.chances[usize::from(byte)]);
        chances.sum()
    }

    /// The chance of the likeliest byte. A check of one byte is met by no more, whatever it is.
    pub fn most(&self) -> f64 {
        self.most_of(0..=u8::MAX)
    }

    /// The chance of the likeliest of these.
    pub fn most_of(&self, bytes: impl IntoIterator<Item = u8>) -> f64 {
        let each = bytes.into_iter().map(|byte| self.of([byte]));
        each.fold(0.0, f64::max)
    }

    /// The chance of two bytes to be `byte` and `other(byte)`.
    pub fn pair(&self, other: impl Fn(u8) -> u8) -> f64 {
        (0..=u8::MAX)
            .map(|byte| self.of([byte]) * self.of([other(byte)]))
            .sum()
    }

    /// 64 random bits (xorshift*).
    pub fn bits(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        (self.bits() >> 16) % end
    }

    /// Fills a buffer with noise.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        for some in buffer.chunks_mut(4) {
            for (byte, random) in some.iter_mut().zip(self.bits().to_le_bytes().as_chunks().0) {
                let [roll, value] = *random;
                *byte = self.byte(roll, value);
            }
        }
    }
}
