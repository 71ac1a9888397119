//! A plug that one thread wants pulled and another pulls.

use super::Act;
use lodge_hardware::link::pty::Pty;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// How the plug of a device is to be; it begins plugged in.
#[derive(Clone)]
pub struct Plug(Arc<AtomicU8>);

const PULLED: u8 = 0;
const IN: u8 = 1;
const ELSEWHERE: u8 = 2;

impl Default for Plug {
    fn default() -> Self {
        Plug(Arc::new(AtomicU8::new(IN)))
    }
}

/// How an act wants the plug; none for one that is not about it.
fn wanted(act: &Act) -> Option<u8> {
    match act {
        Act::Unplug => Some(PULLED),
        Act::Plug => Some(IN),
        Act::PlugElsewhere => Some(ELSEWHERE),
        _ => None,
    }
}

impl Plug {
    /// Whether it is the plug that this is done to.
    pub fn is_about(act: &Act) -> bool {
        wanted(act).is_some()
    }

    /// Somebody does this, which may be about the plug.
    pub fn told(&self, act: &Act) {
        if let Some(wanted) = wanted(act) {
            self.0.store(wanted, Ordering::SeqCst);
        }
    }

    /// Puts it as it is wanted, on the thread that has the line.
    ///
    /// # Errors
    ///
    /// Where it does not go in: the system has no terminal left.
    pub fn put(&self, pty: &mut Pty) -> io::Result<()> {
        match self.0.load(Ordering::SeqCst) {
            PULLED => {
                pty.unplug();
                Ok(())
            }
            ELSEWHERE => {
                let order = Ordering::SeqCst;
                // Whoever wants it otherwise meanwhile is heard at the next turn.
                let _ = self.0.compare_exchange(ELSEWHERE, IN, order, order);
                pty.plug_elsewhere()
            }
            _ => pty.plug(),
        }
    }
}
