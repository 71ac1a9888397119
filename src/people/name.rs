//! Names in two scripts, and how they are masked on a public screen.

use super::Language;
use crate::pinyin::surname_length;
use serde::{Deserialize, Serialize};

/// Something that is called one thing in Chinese and another in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Bilingual {
    /// Both names at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Bilingual {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The name in one language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// A person's name; at least one of the two scripts is there, until it is erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// 欧阳晓岚
    pub chinese: Option<String>,
    /// "Grace Hopper", given name first.
    pub latin: Option<String>,
}

impl PersonName {
    /// A name as it was written in one field, in the script it is written in.
    pub fn typed(text: &str) -> Self {
        let text = text.trim().to_owned();
        match text.chars().any(crate::pinyin::is_chinese) {
            true => PersonName {
                chinese: Some(text),
                latin: None,
            },
            false => PersonName {
                chinese: None,
                latin: Some(text),
            },
        }
    }

    /// The whole name, in the asked script where there is one: for papers of the house.
    pub fn whole(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::Chinese => (&self.chinese, &self.latin),
            Language::English => (&self.latin, &self.chinese),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// The name for a screen that others can see: enough for its owner, too little for a stranger.
    ///
    /// Chinese keeps the surname and the last character (欧阳*岚, 陈*), Latin the given name and the
    /// initial of the surname (Grace H.), or the initial of the only one (S*). The asked script is preferred, the other one used where
    /// there is no such name.
    pub fn masked(&self, language: Language) -> String {
        let (first, second) = match language {
            Language::Chinese => (
                self.chinese.as_deref().map(mask_chinese),
                self.latin.as_deref().map(mask_latin),
            ),
            Language::English => (
                self.latin.as_deref().map(mask_latin),
                self.chinese.as_deref().map(mask_chinese),
            ),
        };
        first.or(second).unwrap_or_default()
    }

    /// The same for a screen whose language may change.
    pub fn masked_in_both(&self) -> Bilingual {
        Bilingual::new(
            self.masked(Language::Chinese),
            self.masked(Language::English),
        )
    }
}

fn mask_chinese(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let surname_length = surname_length(name);
    let surname: String = chars.iter().take(surname_length).collect();
    match chars.len().saturating_sub(surname_length) {
        0 => surname,
        1 => format!("{surname}*"),
        hidden_and_last => {
            let stars = "*".repeat(hidden_and_last - 1);
            let last = chars
                .last()
                .expect("a name with a given part has a last character");
            format!("{surname}{stars}{last}")
        }
    }
}

fn mask_latin(name: &str) -> String {
    let mut words = name.split_whitespace();
    let given = words.next().unwrap_or_default();
    match words.next_back().and_then(|surname| surname.chars().next()) {
        Some(initial) => format!("{given} {initial}."),
        // Who goes by one name keeps its initial.
        None => given.chars().take(1).chain(['*']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(chinese: Option<&str>, latin: Option<&str>) -> PersonName {
        PersonName {
            chinese: chinese.map(Into::into),
            latin: latin.map(Into::into),
        }
    }

    #[test]
    fn a_masked_chinese_name_keeps_the_surname_and_the_last_character() {
        for (full, masked) in [
            ("欧阳晓岚", "欧阳*岚"),
            ("欧阳岚", "欧阳*"),
            ("欧阳", "欧*"),
            ("陈明", "陈*"),
            ("张晓明", "张*明"),
            ("阿依古丽", "阿**丽"),
        ] {
            assert_eq!(name(Some(full), None).masked(Language::Chinese), masked);
        }
    }

    #[test]
    fn a_masked_latin_name_keeps_the_given_name_and_an_initial() {
        assert_eq!(
            name(None, Some("Maria del Carmen Ortega")).masked(Language::English),
            "Maria O."
        );
        assert_eq!(name(None, Some("Sukarno")).masked(Language::English), "S*");
    }

    #[test]
    fn the_other_script_stands_in_where_one_is_missing() {
        assert_eq!(name(Some("陈明"), None).masked(Language::English), "陈*");
        assert_eq!(
            name(None, Some("Grace Hart")).masked(Language::Chinese),
            "Grace H."
        );
    }
}
