//! The home screen by the time of day, with everything that may stand beside it.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::slips::PaperTrouble;

pub fn home(day_part: DayPart) -> Page {
    Page::Home(Home {
        day_part,
        rain: None,
        tiles: vec![
            HomeTile::SignIn,
            HomeTile::SignOut,
            HomeTile::Borrow,
            HomeTile::GiveBack,
            HomeTile::CollectMail,
            HomeTile::Directory,
        ],
    })
}

/// The tiles of the home screen.
pub fn tiles() -> Vec<([&'static str; 2], Touch)> {
    vec![
        (["借用物品", "Borrow"], Touch::Borrow),
        (["归还", "Return"], Touch::GiveBack),
        (["访客登记", "Sign in"], Touch::SignIn),
        (["访客签离", "Sign out"], Touch::SignOut),
        (["取邮件", "Collect mail"], Touch::CollectMail),
        (["楼层指引", "Directory"], Touch::Directory),
    ]
}

pub fn home_sheets() -> Vec<Sheet> {
    let tiles = tiles();
    let mut sheets = vec![
        sheet(
            "home",
            home(DayPart::Morning),
            &[
                "上午好，欢迎光临",
                "Good morning",
                "云杉中心",
                "Spruce Tower",
                "09:05",
                "2026年11月23日 周一",
                "有卡请直接刷卡",
                "TRIAL 试用",
                "Return",
            ],
            &[
                "Good morning",
                "上午好，欢迎光临",
                "Mon 23 Nov 2026",
                "归还",
                "Have a card? Tap it any time",
                "TRIAL 试用",
            ],
            &tiles,
        ),
        sheet(
            "home-afternoon",
            home(DayPart::Afternoon),
            &["下午好，欢迎光临"],
            &["Good afternoon"],
            &tiles,
        ),
        sheet(
            "home-evening",
            home(DayPart::Evening),
            &["晚上好，欢迎光临"],
            &["Good evening"],
            &tiles,
        ),
    ];
    let mut troubled = sheet(
        "home-notices",
        home(DayPart::Morning),
        &[
            "读卡器暂时不能使用，请输入卡号。",
            "打印机缺纸。借还照常，凭条稍后打印。",
            "扫描器暂时不能使用，请输入编号。",
        ],
        &["The card reader is not working right now. Please type your card number."],
        &[tiles.as_slice(), &[TYPE_CARD]].concat(),
    );
    troubled.notices = vec![
        Notice::NoReader,
        Notice::NoScanner,
        Notice::NoPrinter(PaperTrouble::PaperOut),
    ];
    sheets.push(troubled);
    let mut low_paper = sheet(
        "home-paper-near-end",
        home(DayPart::Morning),
        // Nobody has chosen a language yet.
        &[
            "打印纸快用完了，借还照常。",
            "The slip paper is running low. You can still borrow and return.",
        ],
        &[
            "The slip paper is running low. You can still borrow and return.",
            "打印纸快用完了，借还照常。",
        ],
        &tiles,
    );
    low_paper.notices = vec![Notice::PaperNearEnd];
    sheets.push(low_paper);
    sheets
}
