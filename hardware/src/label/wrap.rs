//! Text in lines: where it may be broken, and what becomes of too much of it.

/// Breaks text into lines that `fit`, at spaces, behind hyphens and beside Chinese characters; `None` when a word does
/// not fit or the lines are more than `most`.
pub(crate) fn wrap(text: &str, most: usize, fit: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if fit(longer.trim_end()) {
            line = longer;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
        }
        line = piece.trim_start().to_owned();
        if lines.len() >= most || !fit(line.trim_end()) {
            return None;
        }
    }
    lines.push(line.trim_end().to_owned());
    (lines.len() <= most).then_some(lines)
}

/// Fills `most` lines with as much of the text as fits; a word is broken where it alone is longer than
/// a line. Gives whether some of the text had to be left out, which `mark` at the end shows. `None`
/// when not even that fits.
pub(crate) fn fill(
    text: &str,
    most: usize,
    mark: &str,
    fit: &dyn Fn(&str) -> bool,
) -> Option<(Vec<String>, bool)> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let breaks = !fit(piece.trim_end());
        if !breaks && !fit(format!("{line}{piece}").trim_end()) {
            if done.len() + 1 == most {
                return marked(done, format!("{line}{piece}"), mark, fit);
            }
            done.push(std::mem::take(&mut line));
        }
        for c in piece.chars() {
            line.push(c);
            if fit(line.trim_end()) {
                continue;
            }
            if done.len() + 1 == most {
                return marked(done, line, mark, fit);
            }
            line.pop();
            done.push(std::mem::replace(&mut line, c.to_string()));
        }
    }
    done.push(line);
    let trimmed = done.iter().map(|line| line.trim().to_owned());
    Some((trimmed.collect(), false))
}

/// Ends the last line with the mark, as late as it fits.
fn marked(
    mut done: Vec<String>,
    mut line: String,
    mark: &str,
    fit: &dyn Fn(&str) -> bool,
) -> Option<(Vec<String>, bool)> {
    loop {
        line.pop()?;
        let shown = format!("{}{mark}", line.trim_end());
        if fit(&shown) {
            done.push(shown);
            let trimmed = done.iter().map(|line| line.trim().to_owned());
            return Some((trimmed.collect(), true));
        }
    }
}

/// The text cut at every place where a line may end; spaces stay with what is before them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may = before.is_some_and(|before| {
            let word = !is_chinese(before) && !is_chinese(c);
            let hyphen = before == '-' && c.is_alphabetic();
            c != ' ' && !closes(c) && (before == ' ' || hyphen || !word)
        });
        if may {
            pieces.push(&text[begin..at]);
            begin = at;
        }
        before = Some(c);
    }
    pieces.push(&text[begin..]);
    pieces
}

/// A character that stands alone as a word does: Chinese, Japanese, Korean.
fn is_chinese(c: char) -> bool {
    c >= '\u{2E80}'
}

/// A mark that no line begins with.
fn closes(c: char) -> bool {
    "，。、；：！？）》」』】”’…·,.;:!?)".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_most(n: usize) -> impl Fn(&str) -> bool {
        move |line: &str| line.chars().count() <= n
    }

    #[test]
    fn lines_break_at_spaces_and_beside_chinese_characters() {
        let wrapped = |text: &str, n| wrap(text, 3, &at_most(n));
        assert_eq!(
            wrapped("one two three", 7).expect("the text fits these lines"),
            ["one two", "three"]
        );
        assert_eq!(
            wrapped("上海市浦东新区", 3).expect("the text fits these lines"),
            ["上海市", "浦东新", "区"]
        );
        assert_eq!(wrapped("访问ACME公司，谢谢", 4).as_deref(), None);
        assert_eq!(
            wrapped("访问ACME公司，谢谢", 6).expect("the text fits these lines"),
            ["访问ACME", "公司，谢谢"]
        );
        assert_eq!(wrapped("unbreakable", 5), None);
        assert_eq!(wrapped("", 5).expect("the text fits these lines"), [""]);
    }

    #[test]
    fn a_hyphen_ends_a_line_and_a_closing_mark_begins_none() {
        let wrapped =
            |text: &str, n| wrap(text, 3, &at_most(n)).expect("the text fits these lines");
        assert_eq!(wrapped("Anna-Maria", 6), ["Anna-", "Maria"]);
        assert_eq!(wrap("138-0000", 3, &at_most(6)), None);
        assert_eq!(wrapped("你好，谢谢", 2), ["你", "好，", "谢谢"]);
    }

    #[test]
    fn what_does_not_fit_ends_with_a_mark() {
        let filled = |text: &str, most| {
            fill(text, most, "…", &at_most(6)).expect("the text fits these lines")
        };
        let lines = |lines: &[&str], shortened| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            (lines, shortened)
        };
        assert_eq!(filled("unbreakable", 2), lines(&["unbrea", "kable"], false));
        assert_eq!(
            filled("unbreakable words", 2),
            lines(&["unbrea", "kable…"], true)
        );
        assert_eq!(filled("two words and", 2), lines(&["two", "words…"], true));
        assert_eq!(filled("王小明的名字很长", 1), lines(&["王小明的名…"], true));
        assert_eq!(fill("abc", 1, "…", &at_most(0)), None);
    }
}
