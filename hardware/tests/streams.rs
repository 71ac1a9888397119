//! Every parser on lines that cut what is said anywhere: messages, broken messages and noise give the
//! same events however they come, and so does every input that fuzzing has kept.

#[path = "support/parsers/mod.rs"]
mod parsers;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use parsers::{Act, Parser, Pieces, Tally};
use proptest::prelude::*;

/// Bytes with a parser's marks among them.
fn noise(parser: &dyn Parser, seed: u64, length: usize) -> Act {
    let mut bytes = vec![0; length];
    parser.rich(seed).fill(&mut bytes);
    Act::Hear(bytes)
}

/// One act of a stream. A device that is talked to says whole messages, and broken ones once one of
/// its faults is set; what it said last comes again with a bit turned, or half.
fn act(parser: usize) -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (1u8..9).prop_map(Act::Talk),
        4 => any::<u8>().prop_map(Act::Do),
        2 => any::<u8>().prop_map(Act::Ask),
        2 => (any::<u8>(), 0u8..8).prop_map(|(byte, bit)| Act::Turned { byte, bit }),
        2 => any::<u8>().prop_map(Act::Cut),
        3 => (any::<u64>(), 1usize..80)
            .prop_map(move |(seed, length)| noise(&*parsers::all()[parser], seed, length)),
        1 => (0u32..22).prop_map(|n| Act::Pass(1 << n)),
        1 => (1u8..4).prop_map(Act::Wait),
        1 => Just(Act::Reopen),
    ]
}

/// Any parser, by its place in the table, and what happens to it.
fn stream() -> impl Strategy<Value = (usize, Vec<Act>)> {
    let parser = 0..parsers::all().len();
    parser.prop_flat_map(|parser| (Just(parser), prop::collection::vec(act(parser), 1..60)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_chunking_of_any_stream_gives_the_same_events(
        (parser, stream) in stream(),
        pieces in prop::collection::vec(1usize..20, 1..20),
    ) {
        parsers::all()[parser].plays(&stream, Pieces(&pieces));
    }
}

#[test]
fn every_parser_reads_what_its_device_says_when_all_goes_well() {
    for parser in parsers::all() {
        let told = (0..64).map(|n| {
            let mut script = vec![Act::Talk(64), Act::Do(n), Act::Ask(0)];
            script.extend(vec![Act::Talk(64); 8]);
            script.push(Act::Ask(1));
            script.extend(vec![Act::Talk(64); 8]);
            parser.plays(&script, Pieces(&[1])).credentials
        });
        assert!(told.sum::<u64>() > 0, "{}", parser.name());
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus")
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn every_input_that_fuzzing_has_kept_is_heard_without_harm() {
    for parser in parsers::all() {
        let folder = corpus().join(parser.name());
        let mut heard = Tally::default();
        for name in names_in(&folder) {
            let input = fs::read(folder.join(&name)).unwrap();
            assert!(input.len() <= 1024, "{name} is too long to be kept");
            heard = heard + parser.plays(&Act::script(&input), Pieces(&[1]));
        }
        assert!(heard.frames > 0 && heard.noise > 0, "{}", folder.display());
        assert!(heard.credentials > 0, "{}: {heard:?}", folder.display());
    }
}

#[test]
fn the_table_the_fuzz_targets_and_the_corpus_name_the_same_parsers() {
    let table: BTreeSet<String> = parsers::all()
        .iter()
        .map(|parser| parser.name().to_owned())
        .collect();
    assert_eq!(names_in(&corpus()), table);
    let manifest = corpus().with_file_name("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let targets = manifest
        .lines()
        .filter_map(|line| line.trim().strip_prefix("{ name = \"")?.split('"').next());
    assert_eq!(targets.map(str::to_owned).collect::<BTreeSet<_>>(), table);
}
