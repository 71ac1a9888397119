//! Lobby days at random, held against a model of the physical world; a seed replays its days.

use lodge::bench::simulate::{Summary, simulate};

/// Days that pass in every run of the checks; `cargo days` takes ten times as many.
const SEEDS: u64 = 200;

fn days(seeds: impl Iterator<Item = u64>) -> Vec<Summary> {
    let one = |seed| match simulate(seed, 1) {
        Ok(summary) => summary,
        Err(error) => panic!("{error}"),
    };
    seeds.map(one).collect()
}

#[test]
fn two_hundred_days_keep_every_rule() {
    let halves = [0, 1].map(|half| {
        std::thread::spawn(move || days((1..=SEEDS).filter(move |seed| seed % 2 == half)))
    });
    let all: Vec<Summary> = halves
        .into_iter()
        .flat_map(|half| half.join().expect("no day broke a rule"))
        .collect();
    let sum = |of: fn(&Summary) -> usize| all.iter().map(of).sum::<usize>();
    println!(
        "{} people, {} acts: {} lent, {} returned; {} signed in, {} signed out; {} keys out, {} back; \
         {} pieces of mail in, {} collected; {} walked away, {} power cuts",
        sum(|day| day.people),
        sum(|day| day.acts),
        sum(|day| day.lent),
        sum(|day| day.returned),
        sum(|day| day.signed_in),
        sum(|day| day.signed_out),
        sum(|day| day.keys_out),
        sum(|day| day.keys_back),
        sum(|day| day.mail_in),
        sum(|day| day.mail_out),
        sum(|day| day.walked_away),
        sum(|day| day.power_cuts)
    );
    // A simulation in which nothing happens proves nothing.
    assert!(sum(|day| day.lent) > 5_000);
    assert!(sum(|day| day.returned) > 2_000);
    assert!(sum(|day| day.signed_in) > 2_000);
    assert!(sum(|day| day.signed_out) > 500);
    assert!(sum(|day| day.keys_out) > 1_500);
    assert!(sum(|day| day.keys_back) > 500);
    assert!(sum(|day| day.mail_in) > 10_000);
    assert!(sum(|day| day.mail_out) > 3_000);
    assert!(sum(|day| day.walked_away) > 1_000);
    assert!(sum(|day| day.power_cuts) > 50);
}

#[test]
fn a_seed_gives_the_same_days_again() {
    let run = || simulate(42, 2).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(run(), run());
}
