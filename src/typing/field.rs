//! One field as it is being typed: the text so far, letters that are not yet text, and what they
//! can be.

use super::choices::{Choice, choices};
use super::code;
use super::keys::{Mode, rows};
use super::purpose::Purpose;

/// Letters that can wait to become text.
const LONGEST_RUN: usize = 32;

/// What a finger does on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// A key with a character on it.
    Key(char),
    /// Takes back the last letter, or the last character of the text.
    Erase,
    /// Chooses what stands at this place of the page, counted from 0.
    Candidate(usize),
    /// Turns to the next page of candidates, behind the last to the first; in symbols to the other
    /// page of marks.
    NextCandidates,
    /// Another way of typing.
    Mode(Mode),
    /// Capital letter next, or no longer.
    Shift,
    /// The space bar: the first candidate, or a space.
    Space,
}

/// A field and its keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    purpose: Purpose,
    mode: Mode,
    capital: bool,
    text: String,
    run: String,
    choices: Vec<Choice>,
    /// The first choice of each page.
    pages: Vec<usize>,
    page: usize,
    cells: usize,
}

impl Field {
    /// Places on a page of candidates, one for a single character and more for a longer word, unless
    /// asked otherwise: as many as a row of the narrowest panel has beside the key that turns it.
    pub const CELLS: usize = 8;

    /// An empty field.
    pub fn new(purpose: Purpose) -> Self {
        let mut field = Field {
            purpose,
            mode: purpose.modes()[0],
            capital: false,
            text: String::new(),
            run: String::new(),
            choices: Vec::new(),
            pages: Vec::new(),
            page: 0,
            cells: Self::CELLS,
        };
        field.settle();
        field
    }

    /// The same field, beginning with this way of typing where it makes sense here.
    pub fn beginning_in(mut self, mode: Mode) -> Self {
        self.press(Press::Mode(mode));
        self
    }

    /// The same field with so many places on a page of candidates.
    pub fn with_cells(mut self, cells: usize) -> Self {
        self.cells = cells.max(1);
        self.settle();
        self
    }

    /// The same field with text in it, as far as the purpose takes it.
    pub fn with_text(mut self, text: &str) -> Self {
        let purpose = self.purpose;
        self.text = text
            .chars()
            .filter(|character| purpose.takes(*character))
            .take(purpose.longest())
            .collect();
        self.settle();
        self
    }

    /// What is typed here.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The way of typing now.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether the letters on the keys are capital ones.
    pub fn capital(&self) -> bool {
        self.mode == Mode::English && (self.capital || self.purpose.capitals())
    }

    /// The text so far, without the letters that wait.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Letters, or digits of a code, that are not text yet.
    pub fn composing(&self) -> &str {
        &self.run
    }

    /// The text with the letters that wait behind it: what to look for while somebody types.
    pub fn so_far(&self) -> String {
        format!("{}{}", self.text, self.run)
    }

    /// The candidates of this page.
    pub fn candidates(&self) -> Vec<String> {
        self.shown().iter().map(|c| c.text.clone()).collect()
    }

    /// Whether there is another page: of candidates, or of marks.
    pub fn more(&self) -> bool {
        match self.mode {
            Mode::Symbols => {
                let page = |page| rows(self.mode, self.purpose, false, page);
                page(1).len() > 1 && page(0) != page(1)
            }
            _ => self.pages.len() > 1,
        }
    }

    /// The keys row by row.
    pub fn keys(&self) -> Vec<Vec<char>> {
        rows(self.mode, self.purpose, self.capital(), self.page)
    }

    /// The text when it is done: letters that wait become text as they are.
    pub fn entered(&mut self) -> &str {
        self.commit_run();
        self.text.truncate(self.text.trim_end().len());
        self.settle();
        &self.text
    }

    /// Takes a press; says whether anything came of it.
    pub fn press(&mut self, press: Press) -> bool {
        match press {
            Press::Key(key) => self.key(key),
            Press::Erase => {
                let erased = self.run.pop().or_else(|| self.text.pop()).is_some();
                if erased {
                    self.settle();
                }
                erased
            }
            Press::Candidate(place) => self.choose(place),
            Press::NextCandidates => self.next_page(),
            Press::Mode(mode) => self.turn_to(mode),
            Press::Shift => {
                let can = self.mode == Mode::English && !self.purpose.capitals();
                self.capital ^= can;
                can
            }
            Press::Space if self.run.is_empty() => self.write_space(),
            Press::Space => self.choose(0),
        }
    }

    fn key(&mut self, key: char) -> bool {
        match self.mode {
            Mode::Pinyin => match key {
                'a'..='z' | 'A'..='Z' => self.compose(key.to_ascii_lowercase(), LONGEST_RUN),
                'ü' | 'Ü' => self.compose('v', LONGEST_RUN),
                '\'' if !self.run.is_empty() => self.compose(key, LONGEST_RUN),
                // Keys that count choose, as on every Chinese keyboard.
                '1'..='9' if !self.run.is_empty() => self.choose(key as usize - '1' as usize),
                ' ' => self.press(Press::Space),
                _ => self.write_apart(key),
            },
            Mode::Code => match key {
                '0'..='9' | 'a'..='f' | 'A'..='F' => {
                    self.compose(key.to_ascii_uppercase(), code::LONGEST)
                }
                _ => false,
            },
            Mode::English | Mode::Symbols => match key {
                ' ' => self.press(Press::Space),
                _ => self.write_apart(key),
            },
        }
    }

    fn compose(&mut self, key: char, longest: usize) -> bool {
        let room = self.run.len() < longest;
        if room {
            self.run.push(key);
            self.settle();
        }
        room
    }

    /// A character that is no part of what waits: that becomes text first.
    fn write_apart(&mut self, key: char) -> bool {
        let key = match self.purpose.capitals() {
            true => key.to_ascii_uppercase(),
            false => key,
        };
        if !self.purpose.takes(key) {
            return false;
        }
        let waited = !self.run.is_empty();
        self.commit_run();
        let changed = self.write(key.encode_utf8(&mut [0; 4])) || waited;
        if changed {
            self.settle();
        }
        changed
    }

    fn write_space(&mut self) -> bool {
        let fits = self.purpose.takes(' ')
            && self
                .text
                .chars()
                .next_back()
                .is_some_and(|last| last != ' ');
        let written = fits && self.write(" ");
        if written {
            self.settle();
        }
        written
    }

    /// Writes all of it or nothing.
    fn write(&mut self, text: &str) -> bool {
        let length = self.text.chars().count() + text.chars().count();
        let fits = length <= self.purpose.longest() && text.chars().all(|c| self.purpose.takes(c));
        if fits {
            self.text.push_str(text);
        }
        fits
    }

    /// Letters that wait become text as they are; a code that nobody chose from is dropped.
    fn commit_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if self.mode == Mode::Pinyin {
            let letters = run.chars().filter(|letter| *letter != '\'');
            let letters: String = match self.purpose.capitals() {
                true => letters.map(|letter| letter.to_ascii_uppercase()).collect(),
                false => letters.collect(),
            };
            let room = self.purpose.longest() - self.text.chars().count();
            let letters: String = letters.chars().take(room).collect();
            self.write(&letters);
        }
    }

    fn choose(&mut self, place: usize) -> bool {
        let Some(Choice { text, taken }) = self.shown().get(place).cloned() else {
            return false;
        };
        let written = self.write(&text);
        if written {
            self.run.drain(..taken);
            self.settle();
        }
        written
    }

    fn next_page(&mut self) -> bool {
        let pages = match self.mode {
            Mode::Symbols => 2,
            _ => self.pages.len(),
        };
        let more = self.more();
        if more {
            self.page = (self.page + 1) % pages;
        }
        more
    }

    fn turn_to(&mut self, mode: Mode) -> bool {
        if mode == self.mode || !self.purpose.modes().contains(&mode) {
            return false;
        }
        self.commit_run();
        self.mode = mode;
        self.page = 0;
        self.settle();
        true
    }

    fn shown(&self) -> &[Choice] {
        let Some(from) = self.pages.get(self.page) else {
            return &[];
        };
        let to = self.pages.get(self.page + 1);
        &self.choices[*from..to.copied().unwrap_or(self.choices.len())]
    }

    /// What follows from text, letters and mode, after either of them changed.
    fn settle(&mut self) {
        let starts_word = self.text.chars().next_back().is_none_or(|last| last == ' ');
        self.capital = self.purpose == Purpose::PersonName && starts_word;
        self.choices = match self.mode {
            Mode::Pinyin => choices(&self.run, self.purpose, self.text.is_empty()),
            Mode::Code => code::characters(&self.run)
                .into_iter()
                .filter(|character| self.purpose.takes(*character))
                .map(|character| Choice {
                    text: character.to_string(),
                    taken: self.run.len(),
                })
                .collect(),
            Mode::English | Mode::Symbols => Vec::new(),
        };
        let mut room = 0;
        self.pages.clear();
        for (at, choice) in self.choices.iter().enumerate() {
            let cells = cells(&choice.text).min(self.cells);
            if at == 0 || cells > room {
                self.pages.push(at);
                room = self.cells;
            }
            room -= cells;
        }
        // A page of marks stays until somebody turns it.
        if self.mode != Mode::Symbols {
            self.page = 0;
        }
    }
}

/// How many places a candidate takes: one for a character, about two characters each for a word,
/// three letters.
fn cells(text: &str) -> usize {
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    match width {
        0..=2 => 1,
        _ => width.div_ceil(4) + usize::from(width > 4 || !text.is_ascii()),
    }
}
