//! Borrowed and returned, with every state of the slip.

use super::sheet::*;
use lodge::kiosk::view::*;
use lodge::lending::BroughtBy;
use lodge::slips::PaperTrouble;

pub fn done_sheets() -> Vec<Sheet> {
    let borrowed = |thing: Thing, due, slip| {
        Page::Borrowed(Borrowed {
            thing,
            number: "A-1123-0042".into(),
            due,
            today: at(23, 0, 0).date(),
            slip,
            in_place: false,
            more: false,
            before: vec![],
        })
    };
    let mut sheets = vec![
        sheet(
            "borrowed",
            borrowed(umbrella(None), at(25, 18, 0), SlipStage::Printing),
            &[
                "借好了",
                "A-1123-0042",
                "请在 11月25日 周三 18:00 前归还",
                "正在打印凭条，请稍候",
            ],
            &[
                "Borrowed, thank you",
                "A-1123-0042",
                "Please return it by 18:00 on Wed 25 Nov",
                "Printing your slip, one moment",
            ],
            &[DONE],
        ),
        sheet(
            "borrowed-printed",
            borrowed(laptop(), at(24, 18, 0), SlipStage::Printed),
            &[
                "请在明天 18:00 前归还",
                "凭条已打印，请取走",
                "笔记本电脑 PC-03",
            ],
            &[
                "Please return it by 18:00 tomorrow",
                "Your slip is printed, please take it",
            ],
            &[DONE],
        ),
        sheet(
            "borrowed-no-slip",
            borrowed(umbrella(Some("017")), at(23, 18, 0), SlipStage::None),
            &["请在今天 18:00 前归还", "爱心伞 017"],
            &["Please return it by 18:00 today", "Umbrella 017"],
            &[DONE],
        ),
        sheet(
            "borrowed-unknown",
            borrowed(umbrella(None), at(25, 18, 0), SlipStage::Unknown),
            &["凭条可能没有打印出来，请到前台查看。"],
            &["The slip may not have come out. Please ask at the front desk."],
            &[DONE],
        ),
        sheet(
            "borrowed-waits",
            borrowed(
                umbrella(None),
                at(25, 18, 0),
                SlipStage::Waiting(PaperTrouble::CoverOpen),
            ),
            &["打印机盖未合上。凭条稍后打印。"],
            &["The printer cover is open. The slip prints later."],
            &[DONE],
        ),
    ];
    for (name, trouble, zh, en) in [
        (
            "none",
            None,
            "凭条可能没有打印出来，请到前台查看。",
            "The slip may not have come out. Please ask at the front desk.",
        ),
        (
            "paper-out",
            Some(PaperTrouble::PaperOut),
            "打印机缺纸。凭条稍后打印。",
            "The printer is out of paper. The slip prints later.",
        ),
        (
            "cover",
            Some(PaperTrouble::CoverOpen),
            "打印机盖未合上。凭条稍后打印。",
            "The printer cover is open. The slip prints later.",
        ),
        (
            "cutter",
            Some(PaperTrouble::Cutter),
            "打印机切刀卡住了。凭条稍后打印。",
            "The printer's cutter is stuck. The slip prints later.",
        ),
        (
            "offline",
            Some(PaperTrouble::Offline),
            "打印机已离线。凭条稍后打印。",
            "The printer is off-line. The slip prints later.",
        ),
        (
            "stalled",
            Some(PaperTrouble::Stalled),
            "打印机停住了。凭条稍后打印。",
            "The printer has stopped. The slip prints later.",
        ),
        (
            "unplugged",
            Some(PaperTrouble::Unplugged),
            "打印机未连接。凭条稍后打印。",
            "The printer is not connected. The slip prints later.",
        ),
        (
            "silent",
            Some(PaperTrouble::Silent),
            "打印机没有应答。凭条稍后打印。",
            "The printer does not answer. The slip prints later.",
        ),
    ] {
        sheets.push(sheet(
            format!("printer-trouble-{name}"),
            Page::PrinterTrouble(PrinterTrouble {
                thing: laptop(),
                number: "A-1123-0042".into(),
                due: at(23, 18, 0),
                trouble,
            }),
            &["借好了，请记下单号", "A-1123-0042", zh],
            &["Keep this number", "A-1123-0042", en],
            &[DONE],
        ));
    }
    let returned = |thing, brought_by, late, awaiting_check| {
        Page::Returned(Returned {
            thing,
            number: "A-1123-0042".into(),
            brought_by,
            late,
            awaiting_check,
            in_place: false,
            turned_up: false,
            before: vec![],
        })
    };
    sheets.extend([
        sheet(
            "returned",
            returned(umbrella(Some("017")), BroughtBy::Borrower, false, false),
            &["已归还，谢谢您", "爱心伞 017", "单号 A-1123-0042"],
            &["Returned, thank you", "Number A-1123-0042"],
            &[DONE],
        ),
        sheet(
            "returned-to-desk",
            returned(laptop(), BroughtBy::AnotherPerson, true, true),
            &[
                "请把它交给前台检查",
                "已登记归还：笔记本电脑 PC-03",
                "由他人代为归还，已登记",
                "归还时间已过，已登记",
            ],
            &["Please hand it to the front desk for a check"],
            &[DONE],
        ),
    ]);
    sheets.extend(super::lending::lending_sheets());
    sheets.extend(super::reserving::reserving_sheets());
    sheets
}
