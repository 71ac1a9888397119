//! Finding people: the keys a name is kept under, what a typed query means, and what a visitor has to
//! know before anybody is named.
//!
//! | typed | finds 欧阳晓岚, Maria del Carmen Ortega |
//! |---|---|
//! | Chinese | 欧, 欧阳, 晓岚, 阳晓: the beginning of a name, or two characters and more from inside |
//! | pinyin | ouy, ouyangxiaol, xiaolan: from the beginning or from the given name, every reading |
//! | initials | oyxl, oyx |
//! | Latin | mar, ortega ma: the beginnings of words, in any order |

use super::PersonName;
use crate::pinyin::{is_chinese, readings, surname_length, surname_readings};
use std::collections::BTreeSet;

/// Changes whenever other keys are made of the same name: the books are then indexed anew.
pub const VERSION: i64 = 1;

/// The most visitors are shown; whoever has more namesakes than that is found by typing more.
pub const HANDFUL: usize = 5;

/// Characters whose pinyin a key spells out; longer queries are compared with the name itself.
const SPELT: usize = 4;

/// Characters whose initials a key holds.
const INITIALS: usize = 8;

/// Keys that different readings of one name may make, each way.
const MOST_SPELLINGS: usize = 64;

/// What a key ends with that does not hold the whole name. No query has it.
pub const CUT: char = '*';

/// What was typed to find somebody, as far as it can find anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Chinese characters only.
    Chinese(String),
    /// Latin letters and digits, in small letters without accents.
    Letters {
        /// Word by word.
        words: Vec<String>,
        /// All in one, with `v` for ü, as pinyin and initials are compared.
        run: String,
    },
}

impl Query {
    /// Reads what was typed; nothing where neither letter nor digit is in it. Chinese counts more
    /// than letters beside it.
    pub fn read(typed: &str) -> Option<Query> {
        let chinese: String = typed.chars().filter(|c| is_chinese(*c)).collect();
        if !chinese.is_empty() {
            return Some(Query::Chinese(chinese));
        }
        let words = words(typed);
        let spelt = typed.replace(['ü', 'Ü'], "v");
        let run = self::words(&spelt).concat();
        (!run.is_empty()).then_some(Query::Letters { words, run })
    }
}

/// A name as it is compared: characters with all their readings, words without accents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    characters: Vec<char>,
    readings: Vec<Vec<&'static str>>,
    /// Where the given name begins; 0 where there is none apart.
    given: usize,
    words: Vec<String>,
}

/// The keys under which a name is found; each list sorted, without doubles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The Chinese name from its first character on.
    pub name: Option<String>,
    /// The Chinese name from each later character on, so that any two characters inside begin one.
    pub inside: Vec<String>,
    /// Pinyin of the first characters of the name, and of the given name.
    pub pinyin: Vec<String>,
    /// Initials of the name.
    pub initials: Vec<String>,
    /// The Latin words, each of them once in front of those behind it.
    pub words: Vec<String>,
}

impl Spoken {
    /// A person's name.
    pub fn person(name: &PersonName) -> Self {
        let chinese = name.chinese.as_deref().unwrap_or_default();
        let mut spoken = Self::text(chinese, name.latin.as_deref().unwrap_or_default());
        let surname: String = spoken.characters.iter().collect();
        for (of_one, special) in spoken.readings.iter_mut().zip(surname_readings(&surname)) {
            for reading in special {
                if !of_one.contains(reading) {
                    of_one.push(reading);
                }
            }
        }
        let length = surname_length(&surname);
        spoken.given = if spoken.characters.len() > length + 1 {
            length
        } else {
            0
        };
        spoken
    }

    /// A name of anything else: no surname, no given name.
    pub fn text(chinese: &str, latin: &str) -> Self {
        let characters: Vec<char> = chinese.chars().filter(|c| is_chinese(*c)).collect();
        Spoken {
            readings: characters.iter().map(|c| readings(*c).collect()).collect(),
            characters,
            given: 0,
            // Chinese names hold Latin letters too: "ABC贸易".
            words: [words(latin), words(chinese)].concat(),
        }
    }

    /// The keys under which this name is kept.
    pub fn keys(&self) -> Keys {
        let from = |at: usize| self.characters[at..].iter().collect::<String>();
        let mut pinyin = spellings(&self.readings, SPELT, |reading| reading);
        pinyin.extend(spellings(&self.readings[self.given..], SPELT, |r| r));
        let sorted = |set: BTreeSet<String>| set.into_iter().collect();
        Keys {
            name: (!self.characters.is_empty()).then(|| from(0)),
            inside: sorted((1..self.characters.len()).map(from).collect()),
            pinyin: sorted(pinyin),
            initials: sorted(spellings(&self.readings, INITIALS, |reading| &reading[..1])),
            words: sorted(
                (0..self.words.len())
                    .map(|at| self.words[at..].join(" "))
                    .collect(),
            ),
        }
    }

    /// Whether this query finds this name at the desk. What the index finds is compared with this.
    pub fn is_found_by(&self, query: &Query) -> bool {
        match query {
            Query::Chinese(text) => {
                let name: String = self.characters.iter().collect();
                let inside = text.chars().count() > 1 && name.contains(text.as_str());
                name.starts_with(text.as_str()) || inside
            }
            Query::Letters { words, run } => {
                reads(run, &self.readings).is_some()
                    || reads(run, &self.readings[self.given..]).is_some()
                    || self.has_initials(run)
                    || self.has_words(words)
            }
        }
    }

    /// Whether whoever types this knows this person, rather than looking who is there.
    ///
    /// A surname alone is what anybody can guess, and so are one or two letters. So it takes two
    /// characters from the beginning or the whole given name; in pinyin the surname and something of
    /// the given name, or all of the given name; a Latin word of three letters that is not only the
    /// surname over again. Initials are so short that they have to be all of the name, and only
    /// count where the visitor named the tenant as well.
    pub fn is_known_by(&self, query: &Query, tenant_named: bool) -> bool {
        let name: String = self.characters.iter().collect();
        let surname = surname_length(&name);
        match query {
            Query::Chinese(text) => {
                let length = text.chars().count();
                let given: String = self.characters[self.given..].iter().collect();
                length > 1
                    && (name.starts_with(text.as_str()) && (length > surname || name == *text)
                        || given == *text)
            }
            Query::Letters { words, run } => {
                run.len() > 2
                    && (reads(run, &self.readings).is_some_and(|read| read > surname)
                        || self.given > 0 && spells(run, &self.readings[self.given..])
                        || self.has_telling_words(words, surname))
                    || tenant_named
                        && run.len() > 1
                        && run.len() == self.readings.len()
                        && self.has_initials(run)
            }
        }
    }

    fn has_initials(&self, run: &str) -> bool {
        run.len() <= self.readings.len()
            && run.chars().zip(&self.readings).all(|(letter, readings)| {
                readings.iter().any(|reading| reading.starts_with(letter))
            })
    }

    fn has_words(&self, words: &[String]) -> bool {
        let begins = |word: &String| self.words.iter().any(|own| own.starts_with(word.as_str()));
        !words.is_empty() && words.iter().all(begins)
    }

    fn has_telling_words(&self, words: &[String], surname: usize) -> bool {
        let tells =
            |word: &String| word.len() > 2 && reads(word, &self.readings[..surname]).is_none();
        self.has_words(words) && words.iter().any(tells)
    }
}

/// Whether a line begins with this, as it is written or as its first character is read.
pub fn begins_with(line: &str, typed: &str) -> bool {
    let typed = typed.to_lowercase();
    let first = line.chars().next();
    line.to_lowercase().starts_with(&typed)
        || first.is_some_and(|first| readings(first).any(|read| read.starts_with(&typed)))
}

/// How many characters it takes to read this run from the beginning, the last one perhaps only begun;
/// the most where there are several ways.
fn reads(run: &str, characters: &[Vec<&'static str>]) -> Option<usize> {
    if run.is_empty() {
        return Some(0);
    }
    let (first, rest) = characters.split_first()?;
    first
        .iter()
        .filter_map(|reading| match run.strip_prefix(reading) {
            Some(left) => reads(left, rest),
            None => reading.starts_with(run).then_some(0),
        })
        .max()
        .map(|read| read + 1)
}

/// Whether the run is the pinyin of all these characters.
fn spells(run: &str, characters: &[Vec<&'static str>]) -> bool {
    match characters.split_first() {
        None => run.is_empty(),
        Some((first, rest)) => first.iter().any(|reading| {
            run.strip_prefix(reading)
                .is_some_and(|left| spells(left, rest))
        }),
    }
}

/// Every way to spell the first characters, as many of them as stay within the bounds.
fn spellings(
    characters: &[Vec<&'static str>],
    most: usize,
    part: fn(&'static str) -> &'static str,
) -> BTreeSet<String> {
    let mut spelt = BTreeSet::from([String::new()]);
    for (at, readings) in characters.iter().enumerate() {
        let parts: BTreeSet<&str> = readings.iter().map(|reading| part(reading)).collect();
        // What cannot be read cannot be typed: the name ends there.
        if parts.is_empty() {
            break;
        }
        if at == most || spelt.len() * parts.len() > MOST_SPELLINGS {
            return spelt.iter().map(|begun| format!("{begun}{CUT}")).collect();
        }
        spelt = spelt
            .iter()
            .flat_map(|before| parts.iter().map(move |part| format!("{before}{part}")))
            .collect();
    }
    spelt.remove("");
    spelt
}

/// Latin words and numbers in small letters without accents; what holds a word together is left out.
pub(super) fn words(text: &str) -> Vec<String> {
    let inside = |c: &char| !matches!(c, '\'' | '’' | '.');
    text.chars()
        .filter(inside)
        .collect::<String>()
        .split(|c: char| !c.is_alphanumeric() || is_chinese(c))
        .map(|word| word.chars().map(plain).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// A Latin letter without its accent.
fn plain(letter: char) -> char {
    const ACCENTED: [(&str, char); 22] = [
        ("àáâãäåāăąạảấầẩẫậắằẳẵặÀÁÂÃÄÅĀĂĄẠẢẤẦẨẪẬẮẰẲẴẶ", 'a'),
        ("çćĉċčÇĆĈĊČ", 'c'),
        ("ďđðĎĐÐ", 'd'),
        ("èéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ", 'e'),
        ("ĝğġģĜĞĠĢ", 'g'),
        ("ĥħĤĦ", 'h'),
        ("ìíîïĩīĭįıịỉÌÍÎÏĨĪĬĮİỊỈ", 'i'),
        ("ĵĴ", 'j'),
        ("ķĶ", 'k'),
        ("ĺļľŀłĹĻĽĿŁ", 'l'),
        ("ñńņňÑŃŅŇ", 'n'),
        ("òóôõöøōŏőơọỏốồổỗộớờởỡợÒÓÔÕÖØŌŎŐƠỌỎỐỒỔỖỘỚỜỞỠỢ", 'o'),
        ("ŕŗřŔŖŘ", 'r'),
        ("śŝşšșŚŜŞŠȘ", 's'),
        ("ţťŧțŢŤŦȚ", 't'),
        ("ùúûüũūŭůűųưụủứừửữựÙÚÛÜŨŪŬŮŰŲƯỤỦỨỪỬỮỰ", 'u'),
        ("ŵŴ", 'w'),
        ("ýÿŷỳỵỷỹÝŸŶỲỴỶỸ", 'y'),
        ("źżžŹŻŽ", 'z'),
        ("æÆ", 'a'),
        ("œŒ", 'o'),
        ("ßẞ", 's'),
    ];
    ACCENTED
        .iter()
        .find(|(accented, _)| accented.contains(letter))
        .map_or(letter, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(chinese: &str, latin: &str) -> Spoken {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Spoken::person(&PersonName {
            chinese: some(chinese),
            latin: some(latin),
        })
    }

    fn query(typed: &str) -> Query {
        Query::read(typed).expect("something to find")
    }

    #[test]
    fn a_name_is_kept_under_every_reading() {
        let keys = spoken("单乐", "").keys();
        assert_eq!(keys.name.as_deref(), Some("单乐"));
        assert_eq!(keys.inside, ["乐"]);
        for pinyin in ["shanle", "shanyue", "danle", "danyue", "chanle"] {
            assert!(keys.pinyin.contains(&pinyin.to_owned()), "{pinyin}");
        }
        assert!(keys.initials.contains(&"sl".to_owned()));
        let keys = spoken("欧阳晓岚", "").keys();
        assert_eq!(keys.pinyin, ["ouyangxiaolan", "xiaolan"]);
        assert_eq!(keys.inside, ["岚", "晓岚", "阳晓岚"]);
        assert_eq!(keys.initials, ["oyxl"]);
    }

    #[test]
    fn a_long_name_is_kept_under_its_beginning() {
        let keys = spoken("阿卜杜热合曼江", "").keys();
        assert!(keys.pinyin.contains(&"abodure*".to_owned()), "{keys:?}");
        let many = spoken(&"乐单行重".repeat(3), "").keys();
        assert!(many.pinyin.len() <= 2 * MOST_SPELLINGS && many.initials.len() <= MOST_SPELLINGS);
    }

    #[test]
    fn latin_words_lose_case_and_accents() {
        assert_eq!(
            spoken("", "José María O'Brien-Núñez").keys().words,
            [
                "jose maria obrien nunez",
                "maria obrien nunez",
                "nunez",
                "obrien nunez"
            ]
        );
        assert!(spoken("", "José María").is_found_by(&query("MARÍA jos")));
    }

    #[test]
    fn the_desk_finds_by_the_beginning_the_inside_pinyin_initials_and_words() {
        let name = spoken("欧阳晓岚", "Lana Ouyang");
        for typed in [
            "欧",
            "欧阳",
            "阳晓",
            "晓岚",
            "ou",
            "ouyangx",
            "xiaol",
            "oyx",
            "oyxl",
            "lana",
            "ouyang la",
        ] {
            assert!(name.is_found_by(&query(typed)), "{typed}");
        }
        for typed in ["岚", "欧岚", "yang", "oyxlx", "lanas", "ouyangxiaolanx"] {
            assert!(!name.is_found_by(&query(typed)), "{typed}");
        }
        assert_eq!(Query::read(" ·- "), None);
    }

    #[test]
    fn a_surname_or_a_letter_does_not_prove_that_the_visitor_knows_anybody() {
        let name = spoken("王晓明", "Wang");
        for typed in ["王", "晓", "w", "wa", "wang", "xm", "wxm", "xia", "wang w"] {
            assert!(!name.is_known_by(&query(typed), false), "{typed}");
        }
        for typed in [
            "王晓",
            "王晓明",
            "晓明",
            "wangx",
            "xiaoming",
            "wangxiaoming",
            "Wang Xiao",
        ] {
            assert!(name.is_known_by(&query(typed), false), "{typed}");
        }
        // All the initials, and the tenant with them.
        assert!(name.is_known_by(&query("wxm"), true));
        assert!(!name.is_known_by(&query("wx"), true) && !name.is_known_by(&query("wang"), true));
        let compound = spoken("欧阳晓岚", "");
        assert!(!compound.is_known_by(&query("欧阳"), true));
        assert!(compound.is_known_by(&query("欧阳晓"), false));
        let latin = spoken("", "Grace Hart");
        assert!(latin.is_known_by(&query("gra"), false) && !latin.is_known_by(&query("gr"), false));
    }

    #[test]
    fn what_is_known_is_also_found() {
        let name = spoken("单晓明", "Mark Shan");
        for typed in ["单晓", "晓明", "shanx", "danxiao", "sxm", "mark", "mar sh"] {
            let query = query(typed);
            assert!(
                name.is_known_by(&query, true) && name.is_found_by(&query),
                "{typed}"
            );
        }
    }
}
