//! Whether anybody is still at work.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::lock::lock;

/// A gauge of pieces of work that are queued or under way anywhere in the process.
///
/// A controlling test waits for it to fall to zero before it looks at results.
#[derive(Clone, Default)]
pub struct Activity(Arc<(Mutex<usize>, Condvar)>);

impl Activity {
    /// A gauge at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts one piece of work until the guard is dropped.
    #[must_use]
    pub fn busy(&self) -> Busy {
        *lock(&self.0.0) += 1;
        Busy(self.clone())
    }

    /// How many pieces of work there are now.
    #[must_use]
    pub fn count(&self) -> usize {
        *lock(&self.0.0)
    }

    /// Blocks until the count is zero.
    pub fn wait_idle(&self) {
        let mut count = lock(&self.0.0);
        while *count > 0 {
            count = self.0.1.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// One counted piece of work.
pub struct Busy(Activity);

impl Drop for Busy {
    fn drop(&mut self) {
        let mut count = lock(&self.0.0.0);
        *count -= 1;
        if *count == 0 {
            self.0.0.1.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gauge_is_idle_again_when_the_last_guard_is_gone() {
        let activity = Activity::new();
        let one = activity.busy();
        let two = activity.busy();
        assert_eq!(activity.count(), 2);
        drop(one);
        let waiter = std::thread::spawn({
            let activity = activity.clone();
            move || activity.wait_idle()
        });
        drop(two);
        waiter.join().expect("the waiting thread did not panic");
        assert_eq!(activity.count(), 0);
    }
}
