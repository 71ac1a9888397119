//! One row of the table, and what any row can do.

use std::time::Duration;

use lodge_hardware::dialogue::Dialogue;
use lodge_hardware::sim::Simulator;

use super::bench::Bench;
use super::{Act, Noise, Pieces, Tally};

/// Noise comes in stretches of this many bytes; before each the device is another one.
const STRETCH: u64 = 1 << 14;

/// The longest piece of noise at one moment.
const LONGEST_PIECE: usize = 600;

/// A parser.
pub(super) struct Row<D: Dialogue, S: Simulator> {
    /// Its name, which is that of its fuzz target and of its corpus.
    pub(super) name: &'static str,
    /// The driver.
    pub(super) driver: fn() -> D,
    /// The device, with nothing in front of it.
    pub(super) device: fn() -> S,
    /// What the device must not do while noise is heard, so that whatever is believed is false.
    pub(super) muzzle: fn() -> Vec<S::Command>,
    /// What comes before a stretch of noise: whatever makes it do most harm.
    pub(super) before: fn() -> Vec<Act>,
    /// What the owner can ask.
    pub(super) asks: fn() -> Vec<D::Ask>,
    /// What can happen at the device, good and bad.
    pub(super) happens: fn() -> Vec<S::Command>,
    /// What its messages begin, end and are filled with.
    pub(super) marks: &'static [u8],
    /// What is a credential, or what stands for one: a code, a proof.
    pub(super) is_credential: fn(&D::Tell) -> bool,
    /// What protects a credential on its way.
    pub(super) check: &'static str,
    /// How many false credentials noise may make in all by that.
    pub(super) allows: fn(&Noise, &Tally) -> f64,
}

/// What any parser can do.
pub trait Parser: Send + Sync {
    /// Its name.
    fn name(&self) -> &'static str;

    /// What protects a credential.
    fn check(&self) -> &'static str;

    /// Noise that is rich in its marks.
    fn rich(&self, seed: u64) -> Noise;

    /// One driver hears so many bytes of noise while time passes, the owner asks, and the device
    /// says in between what it would say if nothing were in front of it.
    fn hears(&self, noise: &mut Noise, bytes: u64) -> Tally;

    /// How many of the credentials that came of it the check allows to be false: no more than so
    /// many are expected.
    fn allows(&self, noise: &Noise, tally: &Tally) -> f64;

    /// Does a script twice, as it stands and with all that comes at one moment cut into pieces, and
    /// asserts that both are the same after each act. Gives what was counted.
    fn plays(&self, script: &[Act], pieces: Pieces) -> Tally;
}

impl<D, S> Row<D, S>
where
    D: Dialogue,
    D::Tell: PartialEq,
    S: Simulator,
{
    fn ask(&self, n: u8) -> Option<D::Ask> {
        nth((self.asks)(), n)
    }

    fn happens(&self, n: u8) -> Option<S::Command> {
        nth((self.happens)(), n)
    }

    fn act(&self, bench: &mut Bench<D, S>, act: &Act) {
        bench.act(act, |n| self.ask(n), |n| self.happens(n));
    }

    /// What happens between two pieces of noise.
    fn between(&self, bench: &mut Bench<D, S>, noise: &mut Noise) {
        let dice = noise.bits();
        let n = (dice >> 8) as u8;
        match dice as u8 {
            0..12 => self.act(bench, &Act::Wait(1 + n % 4)),
            12..36 => self.act(bench, &Act::Talk(1 + n % 16)),
            36..39 => self.act(bench, &Act::Ask(n)),
            39..48 => bench.pass(Duration::from_micros(1 << (n % 22))),
            _ => {}
        }
    }
}

fn nth<T>(mut from: Vec<T>, n: u8) -> Option<T> {
    let length = from.len().max(1);
    let n = usize::from(n) % length;
    (n < from.len()).then(|| from.swap_remove(n))
}

impl<D, S> Parser for Row<D, S>
where
    D: Dialogue,
    D::Tell: PartialEq,
    S: Simulator,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn check(&self) -> &'static str {
        self.check
    }

    fn rich(&self, seed: u64) -> Noise {
        Noise::rich_in(self.marks, seed)
    }

    fn hears(&self, noise: &mut Noise, bytes: u64) -> Tally {
        let mut buffer = [0; LONGEST_PIECE];
        let mut bench = Bench::opened((self.driver)(), (self.device)(), Pieces(&[]));
        while bench.tally.noise < bytes {
            bench.replug((self.device)());
            for command in (self.muzzle)() {
                bench.happens(command);
            }
            for act in (self.before)() {
                self.act(&mut bench, &act);
            }
            // Anywhere in what both ends do by themselves.
            bench.talk(noise.below(48) as u8);
            let end = bytes.min(bench.tally.noise + STRETCH);
            while bench.tally.noise < end {
                let longest = if noise.below(2) == 0 {
                    16
                } else {
                    LONGEST_PIECE
                };
                let length = 1 + noise.below(longest as u64) as usize;
                let piece = &mut buffer[..length];
                noise.fill(piece);
                bench.hear_noise(piece);
                self.between(&mut bench, noise);
                bench.outcome(self.is_credential);
            }
        }
        bench.tally
    }

    fn allows(&self, noise: &Noise, tally: &Tally) -> f64 {
        (self.allows)(noise, tally)
    }

    fn plays(&self, script: &[Act], pieces: Pieces) -> Tally {
        let mut whole = Bench::opened((self.driver)(), (self.device)(), Pieces(&[]));
        let mut cut = Bench::opened((self.driver)(), (self.device)(), pieces);
        for (place, act) in script.iter().enumerate() {
            self.act(&mut whole, act);
            self.act(&mut cut, act);
            let (once, again) = (
                whole.outcome(self.is_credential),
                cut.outcome(self.is_credential),
            );
            let counts = (once.discarded, once.frames, once.due);
            assert_eq!(
                counts,
                (again.discarded, again.frames, again.due),
                "{} at act {place}: {act:?}",
                self.name
            );
            assert!(
                once == again,
                "{} tells or writes something else at act {place}: {act:?}",
                self.name
            );
        }
        whole.tally
    }
}
