//! A page that shows all that a printer can, to be held against its profile.

use super::code128::{Code128, Hri};
use super::document::{Align, Document, Row};
use super::profile::{Cutter, ProcessId, Profile};
use super::text::{columns_on, printable};

/// Letters of Western languages; the ones a code page has are shown.
const LETTERS: &str = "ÄÖÜäöüß ÅÆØåæø ÀÇÉÈÊàçéèê ÁÍÑÓÚáíñóú ŁłŚś £€";
/// Characters of a Chinese font, the rarer ones and the signs of slips among them.
const CHINESE: &str = "汉字测试：来访登记，借用归还。赢龘￥·—“”";

/// What a printer of this profile can do, on one page.
#[must_use]
pub fn test_page(profile: &Profile) -> Document {
    let styled = |text: &str, align, bold, large| Row::Text {
        text: text.to_owned(),
        align,
        bold,
        large,
    };
    let fits = 2 * profile.name.len() <= usize::from(profile.columns);
    let mut page = Document::new()
        .row(styled(profile.name, Align::Centre, true, fits))
        .text(&format!(
            "{} columns, {} dots",
            profile.columns, profile.dots
        ))
        .text(proof(profile.process_id))
        .text(&ruler(usize::from(profile.columns)))
        .text(&"-".repeat(usize::from(profile.columns)))
        .row(styled("left", Align::Left, false, false))
        .row(styled("centre", Align::Centre, false, false))
        .row(styled("right", Align::Right, false, false))
        .row(styled("bold 0123456789", Align::Left, true, false))
        .row(styled("large", Align::Left, false, true))
        .text("$ # @ [ \\ ] ^ ` { | } ~");
    if !profile.chinese {
        page = page.text(profile.code_table.page.name());
        page = rows(page, &letters(profile), profile);
    }
    page = rows(page, CHINESE, profile)
        .row(styled("大字", Align::Left, false, true))
        .row(styled("粗体字", Align::Right, true, false))
        .row(Row::Feed(1))
        .row(Row::Qr {
            data: format!("lodge-test {}", profile.name),
            module: 5,
        })
        .row(Row::Feed(1));
    if let Ok(code) = Code128::new("TEST-0123456789") {
        page = page.row(Row::Barcode {
            code,
            height: 60,
            module: 2,
            hri: Hri::Below,
        });
    }
    page.row(Row::Feed(1))
        .row(styled(cutter(profile.cutter), Align::Centre, false, false))
        .row(Row::Cut)
}

/// `1234567890` over and over, so that the last column can be read off.
fn ruler(columns: usize) -> String {
    "1234567890".chars().cycle().take(columns).collect()
}

/// The letters that the printer has; the others would only show how they are drawn.
fn letters(profile: &Profile) -> String {
    let page = profile.code_table.page;
    LETTERS
        .chars()
        .filter(|c| page.byte(*c).is_some())
        .collect()
}

/// Adds a text broken to the columns of the printer.
fn rows(page: Document, text: &str, profile: &Profile) -> Document {
    let room = usize::from(profile.columns);
    let mut lines = vec![String::new()];
    for c in printable(text) {
        let line = lines.last_mut();
        match line {
            Some(line) if columns_on(&format!("{line}{c}"), profile) <= room => line.push(c),
            _ => lines.push(c.to_string()),
        }
    }
    lines.iter().fold(page, |page, line| page.text(line))
}

fn proof(process_id: ProcessId) -> &'static str {
    match process_id {
        ProcessId::Yes => "process id",
        ProcessId::No => "no process id",
        ProcessId::Probe => "process id probed",
    }
}

fn cutter(cutter: Cutter) -> &'static str {
    match cutter {
        Cutter::None => "tear here",
        Cutter::Full => "full cut",
        Cutter::Partial | Cutter::FeedPartial => "partial cut",
    }
}
