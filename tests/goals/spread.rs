//! Medians and tails of a row of measurements.

use std::time::Duration;

/// A row of times, sorted.
pub struct Spread(Vec<Duration>);

impl Spread {
    pub fn of(mut times: Vec<Duration>) -> Self {
        assert!(!times.is_empty(), "nothing was measured");
        times.sort();
        Spread(times)
    }

    /// The time that `share` of all stay under, 0.0 to 1.0.
    pub fn quantile(&self, share: f64) -> Duration {
        let last = self.0.len() - 1;
        self.0[((last as f64) * share).round() as usize]
    }

    pub fn median(&self) -> Duration {
        self.quantile(0.5)
    }

    pub fn p99(&self) -> Duration {
        self.quantile(0.99)
    }

    /// Median with the quarters around it.
    pub fn show(&self) -> String {
        let ms = |share| self.quantile(share).as_secs_f64() * 1e3;
        format!("{:.2} ms ({:.2}–{:.2})", ms(0.5), ms(0.25), ms(0.75))
    }
}
