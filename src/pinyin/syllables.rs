//! A run of letters as syllables: `xian` is one syllable or two, `xl` are two initials.

use super::readings::{of_syllable, starting_with};

/// Letters of the longest syllable.
const LONGEST: usize = 6;

/// What a run of letters may begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// The letters, as they were typed.
    pub letters: &'a str,
    /// How many bytes of the run it takes, an apostrophe around it included.
    pub taken: usize,
    /// The syllable, where the letters are one.
    pub whole: Option<&'static str>,
    /// Whether more letters may follow in the same syllable.
    pub open: bool,
}

/// One way to read a whole run, piece by piece.
pub type Split<'a> = Vec<&'a str>;

/// The syllable that these letters spell; other spellings of ü are understood.
pub fn syllable(letters: &str) -> Option<&'static str> {
    let letters = match letters {
        "lue" => "lve",
        "nue" => "nve",
        "lyu" => "lv",
        "nyu" => "nv",
        other => other,
    };
    of_syllable(letters).map(|syllable| syllable.letters)
}

/// From which places on a run can be read: in whole syllables, with the last one half typed, and with
/// initials.
struct Readable {
    full: Vec<bool>,
    strict: Vec<bool>,
    loose: Vec<bool>,
}

impl Readable {
    fn of(run: &str) -> Self {
        let length = run.len();
        let mut readable = Readable {
            full: vec![false; length + 1],
            strict: vec![false; length + 1],
            loose: vec![false; length + 1],
        };
        readable.full[length] = true;
        readable.strict[length] = true;
        readable.loose[length] = true;
        for at in (0..length).rev() {
            let pieces = pieces(run, at);
            readable.full[at] = pieces
                .iter()
                .any(|piece| piece.whole.is_some() && readable.full[at + piece.taken]);
            readable.strict[at] = pieces.iter().any(|piece| {
                let end = at + piece.taken;
                (piece.whole.is_some() || end == length) && readable.strict[end]
            });
            readable.loose[at] = pieces.iter().any(|piece| readable.loose[at + piece.taken]);
        }
        readable
    }

    /// The pieces with which a reading of the run from here can begin: those that leave no syllable
    /// half typed first, then the longest. Initials only count where nothing can be read without them.
    fn heads<'a>(&self, run: &'a str, at: usize) -> Vec<Head<'a>> {
        let mut heads = pieces(run, at);
        let length = run.len();
        if self.strict[at] {
            heads.retain(|head| {
                let end = at + head.taken;
                (head.whole.is_some() || end == length) && self.strict[end]
            });
        } else {
            heads.retain(|head| self.loose[at + head.taken]);
        }
        // Longest first already, which a stable sort keeps.
        heads.sort_by_key(|head| head.whole.is_none() || !self.full[at + head.taken]);
        heads
    }
}

/// Everything that can stand at this place: syllables, initials, and at the end a syllable half
/// typed; longest first.
fn pieces(run: &str, at: usize) -> Vec<Head<'_>> {
    let bytes = run.as_bytes();
    let quote = |at: usize| bytes.get(at) == Some(&b'\'');
    let mut from = at;
    while quote(from) {
        from += 1;
    }
    if from == run.len() {
        // Apostrophes alone are read as nothing, with the piece before them.
        return Vec::new();
    }
    let mut found = Vec::new();
    for length in (1..=LONGEST.min(run.len() - from)).rev() {
        let letters = &run[from..from + length];
        if letters.contains('\'') {
            continue;
        }
        let mut end = from + length;
        while quote(end) {
            end += 1;
        }
        let whole = syllable(letters);
        let open = from + length == run.len();
        let initial = length == 1 || matches!(letters, "zh" | "ch" | "sh");
        let begins = !starting_with(letters).is_empty();
        if whole.is_some() || begins && (open || initial) {
            found.push(Head {
                letters,
                taken: end - at,
                whole,
                open: open || whole.is_none(),
            });
        }
    }
    found
}

/// What this run may begin with, the likeliest first; nothing where it cannot be read as pinyin.
pub fn heads(run: &str) -> Vec<Head<'_>> {
    Readable::of(run).heads(run, 0)
}

/// Every way to read a run, whole syllables and long ones first, but no more than `most`.
pub fn splits(run: &str, most: usize) -> Vec<Split<'_>> {
    fn walk<'a>(
        run: &'a str,
        at: usize,
        readable: &Readable,
        before: &mut Split<'a>,
        found: &mut Vec<Split<'a>>,
        most: usize,
    ) {
        if at == run.len() {
            found.push(before.clone());
            return;
        }
        for head in readable.heads(run, at) {
            if found.len() < most {
                before.push(head.letters);
                walk(run, at + head.taken, readable, before, found, most);
                before.pop();
            }
        }
    }
    let mut found = Vec::new();
    if !run.is_empty() {
        walk(
            run,
            0,
            &Readable::of(run),
            &mut Vec::new(),
            &mut found,
            most,
        );
    }
    found
}

/// How much of a run this word is, in bytes, and whether each of its syllables is there whole.
///
/// Initials stand for syllables where nothing else makes sense of the run, or where the word makes
/// sense of all of it: `oy` is 欧阳, but `simei` is no 司马.
pub fn word<S: AsRef<[&'static str]>>(run: &str, syllables: &[S]) -> Option<(usize, bool)> {
    let readable = Readable::of(run);
    walk_word(run, 0, syllables, &readable, true)
}

fn walk_word<S: AsRef<[&'static str]>>(
    run: &str,
    at: usize,
    syllables: &[S],
    readable: &Readable,
    whole: bool,
) -> Option<(usize, bool)> {
    let Some((next, rest)) = syllables.split_first() else {
        let fits = if readable.strict[0] {
            readable.strict[at] && (whole || at == run.len())
        } else {
            readable.loose[at]
        };
        return fits.then_some((at, whole));
    };
    let mut best: Option<(usize, bool)> = None;
    for piece in pieces(run, at) {
        for reading in next.as_ref() {
            let same = piece.whole == Some(reading);
            if same || reading.starts_with(piece.letters) {
                let found = walk_word(run, at + piece.taken, rest, readable, whole && same);
                best = best.max(found);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_run_is_read_in_every_way_that_makes_sense_longest_first() {
        let xian = splits("xian", 9);
        assert_eq!(xian[..2], [vec!["xian"], vec!["xi", "an"]]);
        assert_eq!(xian[2..], [vec!["xi", "a", "n"], vec!["xia", "n"]]);
        assert_eq!(splits("xi'an", 1), [vec!["xi", "an"]]);
        assert!(!splits("xi'an", 9).contains(&vec!["xian"]));
        assert_eq!(splits("fangan", 9)[0], ["fang", "an"]);
        assert!(splits("fangan", 9).contains(&vec!["fan", "gan"]));
        let long = splits("ouyangxiaolan", 20);
        assert_eq!(long[0], ["ou", "yang", "xiao", "lan"]);
        assert!(long.contains(&vec!["ou", "yang", "xi", "a", "o", "lan"]));
        assert!(splits("", 9).is_empty());
        assert!(splits("ii", 9).is_empty());
    }

    #[test]
    fn initials_stand_for_syllables_where_nothing_else_does() {
        assert_eq!(splits("xl", 9), [vec!["x", "l"]]);
        assert_eq!(splits("zhm", 9), [vec!["zh", "m"], vec!["z", "h", "m"]]);
        assert_eq!(splits("zhangx", 9), [vec!["zhang", "x"]]);
        assert_eq!(heads("wangxl")[0].letters, "wang");
    }

    #[test]
    fn the_vowel_of_lv_has_several_spellings() {
        for (letters, spelt) in [
            ("lv", "lv"),
            ("lyu", "lv"),
            ("nv", "nv"),
            ("lue", "lve"),
            ("nue", "nve"),
        ] {
            assert_eq!(syllable(letters), Some(spelt));
        }
    }

    #[test]
    fn a_word_is_found_by_syllables_and_by_initials() {
        let ouyang = [["ou"], ["yang"]];
        assert_eq!(word("ouyangxiaolan", &ouyang), Some((6, true)));
        assert_eq!(word("ou'yang", &ouyang), Some((7, true)));
        assert_eq!(word("ouy", &ouyang), Some((3, false)));
        assert_eq!(word("oy", &ouyang), Some((2, false)));
        assert_eq!(word("oyxl", &ouyang), Some((2, false)));
        assert_eq!(word("simei", &[["si"], ["ma"]]), None);
        assert_eq!(word("o", &ouyang), None);
    }

    proptest! {
        #[test]
        fn no_run_of_letters_breaks_it(run in "[a-z']{0,32}") {
            for head in heads(&run) {
                prop_assert!(head.taken > 0 && head.taken <= run.len());
            }
            for split in splits(&run, 40) {
                let letters: String = split.concat();
                prop_assert_eq!(letters, run.replace('\'', ""));
            }
        }
    }
}
