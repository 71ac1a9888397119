//! What happens on a line, one thing after another, and how a file says it.

/// One thing that happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// The driver hears these bytes, at one moment.
    Hear(Vec<u8>),
    /// So many microseconds pass.
    Pass(u64),
    /// Time moves on to what the driver waits for, so many times.
    Wait(u8),
    /// Both ends talk: so many turns, and from one to the next time moves on to what either waits for.
    Talk(u8),
    /// The owner asks the question of this number.
    Ask(u8),
    /// The thing of this number happens at the device.
    Do(u8),
    /// The device's last words are heard again, with one bit turned.
    Turned {
        /// Which byte, counted round and round.
        byte: u8,
        /// Which bit of it.
        bit: u8,
    },
    /// The device's last words are heard again up to this byte.
    Cut(u8),
    /// The line is closed and opened again.
    Reopen,
}

impl Act {
    /// Reads a script, the input of a fuzz target. Any bytes are one:
    ///
    /// Each act begins with a byte whose three high bits say what it is, and whose five low bits are
    /// its number `n`. Zero, hear: the next `n + 1` bytes. One, pass: 2^`n` microseconds. Two, wait:
    /// `n % 4 + 1` times. Three, talk: `n % 8 + 1` turns. Four, ask: number `n`. Five, do: number `n`.
    /// Six, the device's last words again: the next byte says where; below 8 `n` is the bit to turn,
    /// from 8 on they are cut there. Seven, close and open.
    pub fn script(input: &[u8]) -> Vec<Self> {
        let mut acts = Vec::new();
        let mut rest = input;
        while let [head, after @ ..] = rest {
            let n = head & 0x1F;
            rest = after;
            acts.push(match head >> 5 {
                0 => {
                    let (bytes, after) = rest.split_at(rest.len().min(usize::from(n) + 1));
                    rest = after;
                    Self::Hear(bytes.to_vec())
                }
                1 => Self::Pass(1 << n),
                2 => Self::Wait(n % 4 + 1),
                3 => Self::Talk(n % 8 + 1),
                4 => Self::Ask(n),
                5 => Self::Do(n),
                6 => {
                    let place = rest.split_first().map_or(0, |(place, after)| {
                        rest = after;
                        *place
                    });
                    match n {
                        0..8 => Self::Turned {
                            byte: place,
                            bit: n,
                        },
                        _ => Self::Cut(place),
                    }
                }
                _ => Self::Reopen,
            });
        }
        acts
    }
}
