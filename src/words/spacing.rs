//! How what is put into a Chinese sentence stands beside its neighbours: what begins or ends with Latin
//! letters or digits is set apart from Chinese by a space. A sentence that leaves the space out gets it
//! only where it is needed: 到明天 18:00, and 到 11月25日 18:00.

/// The sentence with the places mended where these values begin and end.
pub fn mended(sentence: String, values: &[String]) -> String {
    values
        .iter()
        .filter(|value| !value.is_empty())
        .fold(sentence, |sentence, value| around(&sentence, value))
}

/// The same for a screen, where lines are broken wherever they are full: a dot between two parts stays with
/// the part before it, and a masked name with its letter, Li J.
pub fn bound(text: &str) -> String {
    let mut bound = String::with_capacity(text.len());
    let mut before = None;
    for (at, char) in text.char_indices() {
        let rest = text.get(at + char.len_utf8()..).unwrap_or_default();
        let is_bound = char == ' ' && before.is_some() && (is_dot(rest) || is_masked(before, rest));
        bound.push(if is_bound { '\u{a0}' } else { char });
        before = Some(char);
    }
    bound
}

/// Whether what follows a space is a dot between two parts.
fn is_dot(rest: &str) -> bool {
    rest.starts_with("· ")
}

/// Whether what follows a space is all that is shown of a family name.
fn is_masked(before: Option<char>, rest: &str) -> bool {
    let mut chars = rest.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_uppercase());
    let point = chars.next() == Some('.');
    let ends = chars.next().is_none_or(|c| !c.is_alphanumeric());
    letter && point && ends && before.is_some_and(char::is_lowercase)
}

/// The sentence with both edges of every place of a value mended.
fn around(sentence: &str, value: &str) -> String {
    if !is_label(value) {
        return sentence.to_owned();
    }
    let mut parts = sentence.split(value);
    let mut mended = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if are_apart(&mended, value) {
            mended.push(' ');
        }
        mended.push_str(value);
        if are_apart(value, part) {
            mended.push(' ');
        }
        mended.push_str(part);
    }
    mended
}

/// Whether a space belongs between these two.
fn are_apart(left: &str, right: &str) -> bool {
    let (Some(left), Some(right)) = (left.chars().next_back(), right.chars().next()) else {
        return false;
    };
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    is_chinese(left) && is_latin(right) || is_latin(left) && is_chinese(right)
}

/// Whether a value is a label or a name; a bare number belongs to its measure: 11月.
fn is_label(value: &str) -> bool {
    value.contains([' ', '-', ':']) || value.contains(|c: char| c.is_ascii_alphabetic())
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mend(sentence: &str, values: &[&str]) -> String {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        mended(sentence.to_owned(), &values)
    }

    #[test]
    fn a_latin_label_and_the_chinese_beside_it_are_apart() {
        assert_eq!(
            mend("电脑 PC-01刚归还。", &["电脑 PC-01"]),
            "电脑 PC-01 刚归还。"
        );
        assert_eq!(mend("已为您预留PC-01。", &["PC-01"]), "已为您预留 PC-01。");
        assert_eq!(mend("挂钩 K-12 的钥匙", &["K-12"]), "挂钩 K-12 的钥匙");
    }

    #[test]
    fn chinese_stands_close_to_chinese_where_the_sentence_says_so() {
        assert_eq!(
            mend("到明天 18:00 才空出来", &["明天 18:00"]),
            "到明天 18:00 才空出来"
        );
        let day = "11月25日 18:00";
        assert_eq!(
            mend("到11月25日 18:00 才空出来", &[day]),
            "到 11月25日 18:00 才空出来"
        );
    }

    #[test]
    fn what_is_fine_or_stands_alone_stays_as_it_is() {
        for (sentence, value) in [
            ("爱心伞，不用归还。", "爱心伞"),
            ("海港 A座", "海港 A座"),
            ("3 件", "3"),
            ("11月23日", "11"),
            ("", "x"),
        ] {
            assert_eq!(mend(sentence, &[value]), sentence);
        }
    }

    #[test]
    fn a_dot_and_the_letter_of_a_masked_name_begin_no_line() {
        assert_eq!(bound("1203 · Harbour · A"), "1203\u{a0}· Harbour\u{a0}· A");
        assert_eq!(
            bound("Waiting for Li J. to agree"),
            "Waiting for Li\u{a0}J. to agree"
        );
        for same in [
            "阿依古丽·买买提",
            "Room A.1 in Block B",
            "· alone",
            "Li Jing",
        ] {
            assert_eq!(bound(same), same);
        }
    }

    #[test]
    fn every_place_of_a_value_is_mended() {
        assert_eq!(mend("A1号和A1号", &["A1"]), "A1 号和 A1 号");
    }
}
