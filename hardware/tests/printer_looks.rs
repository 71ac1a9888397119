//! What printers of every profile put on paper: their own letters, drawn rows, codes, the test page.

mod support;

use lodge_hardware::escpos::code_page::CodePage;
use lodge_hardware::escpos::code128::{Code128, Hri};
use lodge_hardware::escpos::document::{Align, Document, Row};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::escpos::test_page;
use support::{Bench, font};

/// Prints a document; gives what it says, and shows it where `LODGE_SLIPS` names a folder.
fn printed(name: &str, document: &Document, profile: &Profile, with_font: bool) -> String {
    let mut bench = match with_font {
        true => Bench::with_font(profile.clone()),
        false => Bench::new(profile.clone()),
    };
    bench.prints(document.clone());
    if let Some(folder) = std::env::var_os("LODGE_SLIPS") {
        let path = std::path::Path::new(&folder).join(format!("{name}-{}.png", profile.name));
        std::fs::write(path, bench.sim.paper_png(0, &font())).unwrap();
    }
    bench.all_paper()
}

fn row(text: &str, align: Align, bold: bool, large: bool) -> Row {
    Row::Text {
        text: text.to_owned(),
        align,
        bold,
        large,
    }
}

/// A slip in two languages, with long names and letters of many kinds.
fn slip() -> Document {
    Document::new()
        .title("爱心伞 借用")
        .row(row("Umbrella loan", Align::Centre, false, false))
        .text("------------------------------------------------")
        .text("单号 No.                             A-1123-0042")
        .text("借用人 Borrower     欧阳娜娜·阿卜杜拉 Müller-Łuków")
        .text("借用人 Borrower          Zoë Müller-O’Brien São Å.")
        .text("时间 Time                       2026-11-23 18:05")
        .row(row("请于 11-25 前归还", Align::Centre, true, false))
        .row(row("Return by 25 Nov", Align::Right, true, true))
        .row(row("谢谢 Danke", Align::Left, false, true))
        .row(Row::Qr {
            data: "L1:A-1123-0042".to_owned(),
            module: 6,
        })
        .text("END A-1123-0042")
        .row(Row::Cut)
}

#[test]
fn pictures() {
    for profile in Profile::all() {
        printed("slip", &slip(), &profile, true);
        printed("test", &test_page(&profile), &profile, true);
        printed("bare", &test_page(&profile), &profile, false);
    }
}
