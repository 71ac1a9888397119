//! What is wrong with a settings file, in one line that says what to write instead.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

/// Why the program does not start with this settings file.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is not there or cannot be read.
    #[error(
        "the settings {} cannot be read; copy lodge.example.toml to that place and change it, or name another file",
        path.display()
    )]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something in it is wrong.
    #[error("{0}")]
    Wrong(Box<Problem>),
}

/// One thing that is wrong in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In which file.
    pub file: PathBuf,
    /// In which line; the first is 1.
    pub line: usize,
    /// What was found: `device "front": baud is 9601`.
    pub found: String,
    /// What would do in its place.
    pub expected: String,
    /// A line to copy.
    pub example: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, line {}: {}; expected {}; for example: {}",
            self.file.display(),
            self.line,
            self.found,
            self.expected,
            self.example
        )
    }
}

/// A value that cannot be, before anybody has looked up its line and its key.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    /// Where it stands, in bytes of the file.
    pub span: Range<usize>,
    /// What would do; by itself what the key always expects.
    pub expected: Option<String>,
    /// A line to copy; by itself the key's line in the example file.
    pub example: Option<String>,
}

impl Wrong {
    /// The value at this place is not what its key expects.
    pub fn at(span: Range<usize>) -> Self {
        Wrong {
            span,
            ..Wrong::default()
        }
    }

    /// The same where something else in the file narrows what would do.
    pub fn expecting(self, expected: impl Into<String>) -> Self {
        Wrong {
            expected: Some(expected.into()),
            ..self
        }
    }

    /// The same with a line of its own to copy.
    pub fn such_as(self, example: impl Into<String>) -> Self {
        Wrong {
            example: Some(example.into()),
            ..self
        }
    }
}
