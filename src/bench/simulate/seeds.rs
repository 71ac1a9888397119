//! Many seeds, on as many threads as the machine has cores.

use super::{SimulateError, Summary, simulate};
use std::io;
use std::ops::{AddAssign, Range};
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

impl AddAssign for Summary {
    fn add_assign(&mut self, more: Self) {
        self.people += more.people;
        self.acts += more.acts;
        self.lent += more.lent;
        self.returned += more.returned;
        self.kept += more.kept;
        self.signed_in += more.signed_in;
        self.signed_out += more.signed_out;
        self.keys_out += more.keys_out;
        self.keys_back += more.keys_back;
        self.mail_in += more.mail_in;
        self.mail_out += more.mail_out;
        self.refused += more.refused;
        for (page, times) in more.left {
            *self.left.entry(page).or_default() += times;
        }
        self.walked_away += more.walked_away;
        self.device_changes += more.device_changes;
        self.power_cuts += more.power_cuts;
        self.seen += more.seen;
    }
}

/// What all seeds came to together; `told` hears of each one that has ended, in no order.
///
/// # Errors
///
/// The first broken rule that was met; no further seed is begun then.
///
/// # Panics
///
/// Where a seed panics; the thread of each bears its number.
pub fn simulate_seeds(
    seeds: Range<u64>,
    days: u32,
    told: impl Fn(u64, &Summary) + Sync,
) -> Result<Summary, SimulateError> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let waiting = Mutex::new(seeds);
    let left = || waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let worker = || -> Result<Summary, SimulateError> {
        let mut sum = Summary::default();
        loop {
            let next = left().next();
            let Some(seed) = next else { return Ok(sum) };
            let ended = alone(seed, days)?.join();
            if let Ok(Ok(summary)) = ended {
                told(seed, &summary);
                sum += summary;
                continue;
            }
            *left() = 0..0;
            ended.unwrap_or_else(|panic| resume_unwind(panic))?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let mut sum = Summary::default();
        for worker in workers {
            sum += worker.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        }
        Ok(sum)
    })
}

/// One seed on a thread of its own, so that a panic bears its number.
fn alone(seed: u64, days: u32) -> io::Result<JoinHandle<Result<Summary, SimulateError>>> {
    thread::Builder::new()
        .name(format!("seed {seed}"))
        .spawn(move || simulate(seed, days))
}
