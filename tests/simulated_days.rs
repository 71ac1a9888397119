//! Lobby days at random, held against a model of the physical world; a seed replays its days.

use lodge::bench::simulate::{Seen, simulate, simulate_seeds};

/// Days that pass in every run of the checks; `cargo days` takes ten times as many.
const SEEDS: u64 = 200;

#[test]
fn two_hundred_days_keep_every_rule() {
    let sum = simulate_seeds(1..SEEDS + 1, 1, |_, _| ()).unwrap_or_else(|error| panic!("{error}"));
    println!("{sum}");
    // A simulation in which nothing happens proves nothing.
    assert!(sum.lent > 5_000);
    assert!(sum.returned > 2_000);
    assert!(sum.kept > 500);
    assert!(sum.signed_in > 2_000);
    assert!(sum.signed_out > 500);
    assert!(sum.keys_out > 1_500);
    assert!(sum.keys_back > 500);
    assert!(sum.mail_in > 10_000);
    assert!(sum.mail_out > 3_000);
    assert!(sum.walked_away > 1_000);
    // And everybody could have walked away or ended on every page they saw.
    assert!(sum.left.values().sum::<usize>() > 100_000);
    assert!(sum.power_cuts > 50);
    // Nor does one in which some of it never happens.
    for seen in Seen::ALL {
        assert!(
            sum.seen.of(seen) > 10,
            "{seen:?} was seen {} times",
            sum.seen.of(seen)
        );
    }
}

#[test]
fn a_seed_gives_the_same_days_again() {
    let run = || simulate(42, 2).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(run(), run());
}
