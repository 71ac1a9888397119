//! Wrapping by columns of paper, where a Chinese character takes two.

/// Columns a text takes on paper: one for ASCII, two for everything else.
///
/// Receipt printers set every two-byte character on a double cell, also `·` and `“`, so Unicode's
/// own width property would be wrong here.
pub fn columns(text: &str) -> usize {
    text.chars().map(column_count).sum()
}

fn column_count(char: char) -> usize {
    if char.is_ascii() { 1 } else { 2 }
}

/// Breaks a text into rows of at most `width` columns.
///
/// Latin words stay whole where they fit on a row of their own; Chinese breaks anywhere. Closing
/// punctuation may not begin a row, so it takes the character before it along. Under a box to tick, rows
/// go on below the words and not below the box.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    match box_before(text).filter(|mark| 2 * columns(mark) <= width) {
        Some(mark) => {
            let indent = columns(mark);
            let words = text.get(mark.len()..).unwrap_or_default();
            let rows = wrapped(words, width - indent).into_iter().enumerate();
            rows.map(|(place, row)| match place {
                0 => format!("{mark}{row}").trim_end().to_owned(),
                _ => format!("{}{row}", " ".repeat(indent)),
            })
            .collect()
        }
        None => wrapped(text, width),
    }
}

/// The box to tick that a text begins with.
fn box_before(text: &str) -> Option<&'static str> {
    ["□ ", "[ ] "]
        .into_iter()
        .find(|mark| text.starts_with(mark))
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    for piece in pieces(text) {
        if columns(&row) + columns(piece.trim_end()) <= width {
            row.push_str(piece);
            continue;
        }
        if !row.trim_end().is_empty() {
            rows.push(row.trim_end().to_owned());
        }
        row = String::new();
        for char in piece.chars() {
            if columns(&row) + column_count(char) > width {
                rows.push(std::mem::take(&mut row));
            }
            row.push(char);
        }
    }
    if !row.trim_end().is_empty() || rows.is_empty() {
        rows.push(row.trim_end().to_owned());
    }
    rows
}

/// Splits a text where a row may end: behind spaces and around every wide character.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, char) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            let after_space = before == ' ' && char != ' ';
            let beside_wide = !before.is_ascii() || !char.is_ascii();
            after_space || (beside_wide && !stays_with_previous(char) && char != ' ')
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(char);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn stays_with_previous(char: char) -> bool {
    "，。、；：？！）》」』”’…,.;:?!)".contains(char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_breaks_anywhere_but_not_before_a_full_stop() {
        assert_eq!(
            wrap("请在后天傍晚前归还。", 8),
            ["请在后天", "傍晚前归", "还。"]
        );
        assert_eq!(wrap("一二三四。", 8), ["一二三", "四。"]);
    }

    #[test]
    fn latin_words_stay_whole_and_giants_are_cut() {
        assert_eq!(wrap("Please return it", 10), ["Please", "return it"]);
        assert_eq!(wrap("abcdefghijkl", 5), ["abcde", "fghij", "kl"]);
    }

    #[test]
    fn rows_under_a_box_to_tick_begin_below_the_words() {
        assert_eq!(
            wrap("□ Letter Harbour Trading", 17),
            ["□ Letter Harbour", "   Trading"]
        );
        assert_eq!(wrap("[ ] 一二三四", 8), ["[ ] 一二", "    三四"]);
        assert_eq!(wrap("□ 一二", 5), ["□ 一", "二"]);
    }

    #[test]
    fn an_empty_text_is_one_empty_row() {
        assert_eq!(wrap("", 10), [""]);
    }

    proptest! {
        #[test]
        fn no_row_exceeds_the_paper_and_no_character_is_lost(
            text in "[ a-zA-Z0-9，。一-龥·]{0,80}", width in 4usize..64,
        ) {
            let rows = wrap(&text, width);
            for row in &rows {
                prop_assert!(columns(row) <= width, "{row:?} is wider than {width}");
            }
            let kept: String = rows.concat().chars().filter(|c| *c != ' ').collect();
            let given: String = text.chars().filter(|c| *c != ' ').collect();
            prop_assert_eq!(kept, given);
        }
    }
}
