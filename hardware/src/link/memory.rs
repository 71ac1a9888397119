//! Two joined ends in memory, with faults that can be set.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::{Link, LinkError, room_by_dsr};
use crate::clock::Waker;
use crate::lock::lock;

/// How a memory line misbehaves; everything at its default is a good line.
#[derive(Clone, Default, Debug)]
pub struct LineFaults {
    /// The line is cut for both ends once this many bytes in all went from the near end to the far.
    pub cut_after: Option<usize>,
    /// The far end takes no bytes: CTS is off or the buffer is full.
    pub stalled: bool,
    /// The near end looks at the far end's wire before it writes, see [`Link::set_ready`].
    pub by_dsr: bool,
    /// So many bytes the near end's machine takes and keeps while the far end takes none.
    pub room: usize,
    /// No more bytes than this in one read or write.
    pub chunk: Option<usize>,
    /// The line is cut now.
    pub cut: bool,
}

#[derive(Default)]
struct Wire {
    /// `[0]` flows from the near end to the far one.
    bytes: [VecDeque<u8>; 2],
    /// What the near end's machine keeps while the far end is stalled.
    kept: VecDeque<u8>,
    /// The far end's wire says that it takes no bytes now.
    busy: bool,
    /// The near end's last write was held back by that wire.
    held: bool,
    sent: [usize; 2],
    wakers: [Option<Waker>; 2],
    faults: LineFaults,
}

/// One end of a line in memory.
pub struct MemoryLink {
    wire: Arc<Mutex<Wire>>,
    end: usize,
}

/// Sets the faults of a memory line while both ends are in use.
#[derive(Clone)]
pub struct MemoryLine(Arc<Mutex<Wire>>);

/// A line: the near end (the program's), the far end (the device's), and its faults.
#[must_use]
pub fn pair() -> (MemoryLink, MemoryLink, MemoryLine) {
    let wire = Arc::new(Mutex::new(Wire::default()));
    let end = |end| MemoryLink {
        wire: wire.clone(),
        end,
    };
    (end(0), end(1), MemoryLine(wire.clone()))
}

impl MemoryLine {
    /// Changes the faults and wakes both ends.
    pub fn change(&self, change: impl FnOnce(&mut LineFaults)) {
        let wakers = {
            let mut wire = lock(&self.0);
            change(&mut wire.faults);
            if !wire.faults.stalled {
                let kept = std::mem::take(&mut wire.kept);
                wire.bytes[0].extend(kept);
            }
            wire.wakers.clone()
        };
        wakers.into_iter().flatten().for_each(|wake| wake());
    }

    /// Bytes sent so far from the near end to the far one.
    #[must_use]
    pub fn sent_by_near(&self) -> usize {
        lock(&self.0).sent[0]
    }
}

impl Wire {
    /// Bytes of the near end that are still on their way, as its machine counts them.
    fn unsent(&self) -> usize {
        let waiting = if self.faults.by_dsr {
            self.bytes[0].len()
        } else {
            0
        };
        self.kept.len() + waiting
    }
}

impl MemoryLink {
    fn gone() -> LinkError {
        LinkError::Unplugged {
            port: "memory line".to_owned(),
        }
    }
}

impl Link for MemoryLink {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let (n, wake) = {
            let mut wire = lock(&self.wire);
            if wire.faults.cut && self.end == 0 {
                return Err(Self::gone());
            }
            let limit = wire.faults.chunk.unwrap_or(usize::MAX).min(buffer.len());
            let bytes = &mut wire.bytes[1 - self.end];
            let n = limit.min(bytes.len());
            for (slot, byte) in buffer.iter_mut().zip(bytes.drain(..n)) {
                *slot = byte;
            }
            (n, wire.wakers[1 - self.end].clone())
        };
        if let (true, Some(wake)) = (n > 0, wake) {
            wake();
        }
        Ok(n)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let (n, wake) = {
            let mut wire = lock(&self.wire);
            if wire.faults.cut {
                return if self.end == 0 {
                    Err(Self::gone())
                } else {
                    Ok(bytes.len())
                };
            }
            let mut limit = wire.faults.chunk.unwrap_or(usize::MAX).min(bytes.len());
            if self.end == 0 && wire.faults.by_dsr {
                let room = room_by_dsr(!wire.busy, wire.unsent());
                wire.held = room == 0;
                limit = limit.min(room);
            }
            let is_kept = self.end == 0 && wire.faults.stalled;
            if is_kept {
                limit = limit.min(wire.faults.room.saturating_sub(wire.kept.len()));
            }
            if let (0, Some(after)) = (self.end, wire.faults.cut_after) {
                limit = limit.min(after.saturating_sub(wire.sent[0]));
                wire.faults.cut = wire.sent[0] + limit >= after;
                if wire.faults.cut && limit == 0 {
                    return Err(Self::gone());
                }
            }
            match is_kept {
                true => wire.kept.extend(&bytes[..limit]),
                false => wire.bytes[self.end].extend(&bytes[..limit]),
            }
            wire.sent[self.end] += limit;
            (limit, wire.wakers[1 - self.end].clone())
        };
        if let (true, Some(wake)) = (n > 0, wake) {
            wake();
        }
        Ok(n)
    }

    fn unsent(&mut self) -> Result<usize, LinkError> {
        let wire = lock(&self.wire);
        Ok(if self.end == 0 { wire.unsent() } else { 0 })
    }

    fn is_held(&self) -> bool {
        let wire = lock(&self.wire);
        self.end == 0 && wire.faults.by_dsr && wire.held
    }

    fn set_ready(&mut self, ready: bool) {
        if self.end == 1 {
            lock(&self.wire).busy = !ready;
        }
    }

    fn clear_output(&mut self) {
        if self.end == 0 {
            lock(&self.wire).kept.clear();
        }
    }

    fn wake_with(&mut self, waker: Waker) {
        lock(&self.wire).wakers[self.end] = Some(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cut_after_three_bytes_delivers_three() {
        let (mut near, mut far, line) = pair();
        line.change(|faults| faults.cut_after = Some(3));
        assert_eq!(
            near.write(b"hello")
                .expect("a line in memory takes and gives bytes"),
            3
        );
        assert!(near.write(b"lo").is_err());
        let mut buffer = [0; 8];
        assert_eq!(
            far.read(&mut buffer)
                .expect("a line in memory takes and gives bytes"),
            3
        );
        assert_eq!(&buffer[..3], b"hel");
    }
}
