//! Every page in both languages on three panels: real pixels, no display.
//!
//! Set `LODGE_PICTURES` to a folder to get each page as a picture.

use chrono::{NaiveDate, NaiveDateTime};
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::lending::{BroughtBy, KindIcon, KindId, LendRefusal, LoanId, ReturnRefusal, ThingState};
use lodge::mail::MailKind;
use lodge::people::{Bilingual, Language};
use lodge::screen::{self, Look, Panel, Screen};
use lodge::slips::PaperTrouble;
use lodge_ui::headless::{self, Piece};
use lodge_ui::slint::{Color, ComponentHandle, PhysicalSize};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

const PANELS: [(&str, Panel); 3] = [
    (
        "1080x1920",
        Panel {
            width_px: 1080,
            height_px: 1920,
            diagonal_inches: 21.5,
        },
    ),
    (
        "1920x1080",
        Panel {
            width_px: 1920,
            height_px: 1080,
            diagonal_inches: 21.5,
        },
    ),
    (
        "1280x800",
        Panel {
            width_px: 1280,
            height_px: 800,
            diagonal_inches: 10.1,
        },
    ),
];

const COMFORTS: [(&str, Comfort); 3] = [
    (
        "plain",
        Comfort {
            large: false,
            low: false,
        },
    ),
    (
        "large",
        Comfort {
            large: true,
            low: false,
        },
    ),
    (
        "low",
        Comfort {
            large: false,
            low: true,
        },
    ),
];

/// A page, what must be read on it, and what its controls send, in Chinese and in English.
struct Sheet {
    name: String,
    page: Page,
    notices: Vec<Notice>,
    countdown: Option<u32>,
    says: [Vec<String>; 2],
    controls: Vec<([&'static str; 2], Touch)>,
}

const BACK: ([&str; 2], Touch) = (["返回", "Back"], Touch::Back);
const END: ([&str; 2], Touch) = (["结束", "End"], Touch::End);
const DONE: ([&str; 2], Touch) = (["完成", "Done"], Touch::End);
const LANGUAGE: ([&str; 2], Touch) = (["English", "中文"], Touch::OtherLanguage);
const COMFORT: ([&str; 2], Touch) = (["大字 · 低位", "Large · low"], Touch::Comfort);
const TYPE: ([&str; 2], Touch) = (["输入编号", "Type number"], Touch::TypeInstead);
const TYPE_CARD: ([&str; 2], Touch) = (["输入卡号", "Type card number"], Touch::TypeInstead);

fn sheet(
    name: impl Into<String>,
    page: Page,
    zh: &[&str],
    en: &[&str],
    controls: &[([&'static str; 2], Touch)],
) -> Sheet {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let mut controls = controls.to_vec();
    controls.extend([LANGUAGE, COMFORT]);
    Sheet {
        name: name.into(),
        page,
        notices: vec![],
        countdown: None,
        says: [owned(zh), owned(en)],
        controls,
    }
}

fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, day)
        .and_then(|day| day.and_hms_opt(hour, minute, 0))
        .expect("a real moment")
}

fn loan_id(number: u128) -> LoanId {
    LoanId(uuid::Uuid::from_u128(number))
}

fn kind(name: &str) -> KindId {
    KindId(name.to_owned())
}

fn umbrella(label: Option<&str>) -> Thing {
    Thing {
        name: Bilingual::new("爱心伞", "Umbrella"),
        icon: KindIcon::Umbrella,
        label: label.map(str::to_owned),
    }
}

fn laptop() -> Thing {
    Thing {
        name: Bilingual::new("笔记本电脑", "Laptop"),
        icon: KindIcon::Laptop,
        label: Some("PC-03".into()),
    }
}

fn loan(number: u128, thing: Thing, due: NaiveDateTime, late: bool, give_back: bool) -> LoanLine {
    let Thing { name, icon, label } = thing;
    LoanLine {
        loan: loan_id(number),
        name,
        icon,
        label,
        due,
        late,
        give_back,
    }
}

fn offers() -> Vec<Offer> {
    let offer = |id: &str, zh: &str, en: &str, icon, free, scan, refused| Offer {
        kind: kind(id),
        name: Bilingual::new(zh, en),
        icon,
        free,
        scan,
        refused,
    };
    let out = Some(LendRefusal::NoneLeft {
        kind: kind("wheelchair"),
    });
    vec![
        offer(
            "umbrella",
            "爱心伞",
            "Umbrella",
            KindIcon::Umbrella,
            12,
            false,
            None,
        ),
        offer(
            "pc",
            "笔记本电脑",
            "Laptop",
            KindIcon::Laptop,
            2,
            true,
            None,
        ),
        offer(
            "trolley",
            "手推车",
            "Hand trolley",
            KindIcon::Trolley,
            1,
            true,
            None,
        ),
        offer(
            "wheelchair",
            "轮椅",
            "Wheelchair",
            KindIcon::Wheelchair,
            0,
            true,
            out,
        ),
    ]
}

fn kinds() -> Vec<([&'static str; 2], Touch)> {
    vec![
        (["爱心伞", "Umbrella"], Touch::Kind(kind("umbrella"))),
        (["笔记本电脑", "Laptop"], Touch::Kind(kind("pc"))),
        (["手推车", "Hand trolley"], Touch::Kind(kind("trolley"))),
        (["轮椅", "Wheelchair"], Touch::Kind(kind("wheelchair"))),
    ]
}

const LONG_ZH: &str = "云杉国际供应链管理咨询（上海）有限公司北京分公司";
const LONG_EN: &str = "Northern Spruce International Logistics (Asia)";

fn home(day_part: DayPart) -> Page {
    Page::Home(Home {
        day_part,
        tiles: vec![HomeTile::Borrow, HomeTile::GiveBack],
    })
}

fn home_sheets() -> Vec<Sheet> {
    let tiles = [
        (["借用物品", "Borrow"], Touch::Borrow),
        (["归还", "Return"], Touch::GiveBack),
    ];
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
        &["打印纸快用完了，借还照常。"],
        &["The slip paper is running low. You can still borrow and return."],
        &tiles,
    );
    low_paper.notices = vec![Notice::PaperNearEnd];
    sheets.push(low_paper);
    sheets
}

fn my_page_sheets() -> Vec<Sheet> {
    let give_back = (["归还", "Return"], Touch::GiveBack);
    let now = (["现在归还", "Return now"], Touch::Loan(loan_id(7)));
    let mail = |kind, count, shelf: &str| MailLine {
        kind,
        count,
        shelf: shelf.into(),
        arrived: at(23, 8, 40),
    };
    let full = MyPage {
        name: "欧阳*岚".into(),
        tenant: Some((Bilingual::new("青禾软件", "Qinghe Software"), "1203".into())),
        mail: vec![mail(MailKind::Parcel, 2, "B-04")],
        loans: vec![loan(7, umbrella(None), at(24, 18, 0), false, true)],
        keys: vec![],
        offers: offers(),
    };
    let late = MyPage {
        name: "Maximiliana O.".into(),
        tenant: Some((Bilingual::new(LONG_ZH, LONG_EN), "B2-1203A".into())),
        mail: vec![
            mail(MailKind::RegisteredPrintedMatter, 1, "A-12"),
            mail(MailKind::Express, 3, "B-04"),
        ],
        loans: vec![
            loan(7, umbrella(None), at(22, 18, 0), true, true),
            loan(8, laptop(), at(23, 18, 0), false, false),
        ],
        keys: vec![KeyLine {
            hook: "17".into(),
            due: at(23, 18, 0),
            late: false,
        }],
        offers: offers(),
    };
    let bare = MyPage {
        name: "陈*".into(),
        tenant: None,
        mail: vec![],
        loans: vec![],
        keys: vec![],
        offers: offers().into_iter().take(2).collect(),
    };
    let all = |first: &[([&'static str; 2], Touch)]| {
        [first, &kinds(), &[give_back.clone(), END]].concat()
    };
    vec![
        sheet(
            "my-page",
            Page::MyPage(full),
            &[
                "您好，欧阳*岚",
                "青禾软件 · 1203",
                "包裹 2 件",
                "货位 B-04 · 今天 08:40 到",
                "请在 明天 18:00 前归还",
                "我的页面",
                "现有 12 件",
            ],
            &[
                "Hello, 欧阳*岚",
                "Qinghe Software · 1203",
                "Parcel × 2",
                "Shelf B-04 · came today 08:40",
                "Please return it by tomorrow 18:00",
                "My page",
                "12 available",
            ],
            &all(std::slice::from_ref(&now)),
        ),
        sheet(
            "my-page-late",
            Page::MyPage(late),
            &[
                "云杉国际供应链管理咨询（上海）有限公司北京分公司 · B2-1203A",
                "归还时间是 昨天 18:00，请先归还",
                "钥匙 · 挂钩 17",
                "挂刷 1 件",
                "笔记本电脑 PC-03",
            ],
            &[
                "Northern Spruce International Logistics (Asia) · B2-1203A",
                "It was due yesterday 18:00, please return it first",
                "Key · hook 17",
            ],
            &all(&[now]),
        ),
        sheet(
            "my-page-bare",
            Page::MyPage(bare),
            &["您现在没有在借的物品。"],
            &["You have nothing on loan right now."],
            &[&kinds()[..2], &[give_back, END]].concat(),
        ),
    ]
}

fn flow_sheets() -> Vec<Sheet> {
    let ways = [BACK, END];
    let held = vec![
        loan(7, umbrella(None), at(24, 18, 0), false, true),
        loan(8, laptop(), at(23, 18, 0), false, false),
    ];
    vec![
        sheet(
            "choose",
            Page::Choose(Choose { offers: offers() }),
            &[
                "您想借什么？",
                "现有 12 件",
                "已借完",
                "现有 2 件，请扫描标签",
            ],
            &["What would you like?", "12 available", "All out on loan"],
            &[&kinds()[..], &ways].concat(),
        ),
        sheet(
            "choose-two",
            Page::Choose(Choose {
                offers: offers().into_iter().take(2).collect(),
            }),
            &["您想借什么？"],
            &["What would you like?"],
            &[&kinds()[..2], &ways].concat(),
        ),
        sheet(
            "tap-card",
            Page::TapCard(TapCard {
                wanted: Some(umbrella(None)),
                typing: false,
            }),
            &["请刷卡", "借用：爱心伞"],
            &["Please tap your card", "To borrow: Umbrella"],
            &ways,
        ),
        sheet(
            "tap-card-typing",
            Page::TapCard(TapCard {
                wanted: Some(laptop()),
                typing: true,
            }),
            &["请刷卡", "借用：笔记本电脑 PC-03"],
            &["Please tap your card"],
            &[[TYPE_CARD].as_slice(), &ways].concat(),
        ),
        sheet(
            "scan-tag",
            Page::ScanTag(ScanTag {
                wanted: Thing {
                    label: None,
                    ..laptop()
                },
            }),
            &["请扫描标签", "借用：笔记本电脑"],
            &["Please scan the tag", "To borrow: Laptop"],
            &[[TYPE].as_slice(), &ways].concat(),
        ),
        sheet(
            "give-back",
            Page::GiveBack(GiveBack { loans: vec![] }),
            &["请扫描归还物品"],
            &["Please scan what you return"],
            &[[TYPE].as_slice(), &ways].concat(),
        ),
        sheet(
            "give-back-own",
            Page::GiveBack(GiveBack { loans: held }),
            &["请扫描归还物品", "爱心伞", "笔记本电脑 PC-03"],
            &["Please scan what you return", "Umbrella"],
            &[
                [TYPE, (["现在归还", "Return now"], Touch::Loan(loan_id(7)))].as_slice(),
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "confirm",
            Page::Confirm(Confirm {
                name: "欧阳*岚".into(),
                thing: laptop(),
                due: at(23, 18, 0),
                deposit_fen: 20_000,
            }),
            &[
                "欧阳*岚，请确认",
                "借用：笔记本电脑 PC-03",
                "请在 今天 18:00 前归还",
                "押金 ¥200，请交到前台",
            ],
            &[
                "欧阳*岚, please confirm",
                "Please return it by today 18:00",
                "Deposit ¥200, please leave it at the front desk",
            ],
            &[[(["确认", "Confirm"], Touch::Agree)].as_slice(), &ways].concat(),
        ),
        sheet(
            "wait",
            Page::Wait,
            &["请稍候"],
            &["One moment, please"],
            &[],
        ),
    ]
}

fn typing_sheets() -> Vec<Sheet> {
    let keys = |keys: &'static [&'static str]| {
        keys.iter()
            .map(|key| ([*key, *key], Touch::Key(key.chars().next().expect("a key"))))
    };
    let mut sheets = vec![];
    for (name, number, typed, wrong, zh, en) in [
        (
            "type-card",
            NumberAsked::Card,
            "00134",
            false,
            "请输入卡号",
            "Please type your card number",
        ),
        (
            "type-card-wrong",
            NumberAsked::Card,
            "12",
            true,
            "没有认出这个号码，请对照卡面再输入一次",
            "We could not read that number. Please compare it with the card",
        ),
        (
            "type-tag",
            NumberAsked::Tag,
            "UMB-0007",
            false,
            "请输入物品编号",
            "Please type the number on the tag",
        ),
        (
            "type-any",
            NumberAsked::TagOrSlip,
            "A-1123-0042-XX-20260042",
            true,
            "请输入物品编号或单号",
            "Please type the number on the tag or slip",
        ),
    ] {
        let mut controls: Vec<_> =
            keys(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]).collect();
        controls.extend(if number == NumberAsked::Card {
            keys(&[","])
        } else {
            keys(&["-"])
        });
        controls.extend([
            (["确认", "Confirm"], Touch::Enter),
            (["删除", "Delete"], Touch::Erase),
            BACK,
            END,
        ]);
        sheets.push(sheet(
            name,
            Page::TypeNumber(TypeNumber {
                number,
                typed: typed.into(),
                wrong,
            }),
            &[zh, typed],
            &[en, typed],
            &controls,
        ));
    }
    sheets
}

fn done_sheets() -> Vec<Sheet> {
    let borrowed = |thing: Thing, due, slip| {
        Page::Borrowed(Borrowed {
            thing,
            number: "A-1123-0042".into(),
            due,
            today: at(23, 0, 0).date(),
            slip,
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
                "2026年11月25日 周三 18:00",
                "正在打印凭条，请稍候",
            ],
            &[
                "It is yours",
                "A-1123-0042",
                "Please return it by Wed 25 Nov, 18:00",
                "Wed 25 Nov 2026, 18:00",
                "Printing your slip, one moment",
            ],
            &[DONE],
        ),
        sheet(
            "borrowed-printed",
            borrowed(laptop(), at(24, 18, 0), SlipStage::Printed),
            &[
                "请在 明天 18:00 前归还",
                "凭条已打印，请取走",
                "笔记本电脑 PC-03",
            ],
            &[
                "Please return it by tomorrow 18:00",
                "Your slip is printed, please take it",
            ],
            &[DONE],
        ),
        sheet(
            "borrowed-no-slip",
            borrowed(umbrella(Some("017")), at(23, 18, 0), SlipStage::None),
            &["请在 今天 18:00 前归还", "爱心伞 017"],
            &["Please return it by today 18:00", "Umbrella 017"],
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
                "由他人代为归还，已登记",
                "归还时间已过，已登记",
            ],
            &["Please hand it to the front desk for a check"],
            &[DONE],
        ),
    ]);
    sheets
}

fn refused_sheets() -> Vec<Sheet> {
    let tag = |state| LendRefusal::NotForLoan {
        kind: kind("pc"),
        label: "PC-03".into(),
        state,
    };
    let never = |state| ReturnRefusal::NeverLent {
        kind: kind("pc"),
        label: "PC-03".into(),
        state,
    };
    let due = at(22, 18, 0);
    let lend = |why, when| Refusal::Lend(why, when);
    let take = |why, when| Refusal::Return(why, when);
    let utc = due.and_utc();
    let cases: Vec<(&str, Refusal, Option<Thing>, &str, &str)> = vec![
        (
            "unknown-card",
            Refusal::UnknownCard,
            None,
            "请到前台登记，马上就好。",
            "Please register it at the front desk; it takes a moment.",
        ),
        (
            "lost-card",
            Refusal::LostCard,
            None,
            "请把卡交到前台。",
            "Please take the card to the front desk.",
        ),
        (
            "expired-card",
            Refusal::ExpiredCard,
            None,
            "请到前台续期。",
            "Please have it renewed at the front desk.",
        ),
        (
            "tenant-moved",
            Refusal::TenantMoved,
            None,
            "请到前台咨询。",
            "Please ask at the front desk.",
        ),
        (
            "not-done",
            Refusal::NotDone,
            None,
            "请再试一次，或到前台办理。",
            "Please try again, or come to the front desk.",
        ),
        (
            "not-allowed",
            lend(LendRefusal::NotAllowed { kind: kind("pc") }, None),
            Some(laptop()),
            "这张卡不能借用：笔记本电脑 PC-03。",
            "This card cannot borrow: Laptop PC-03.",
        ),
        (
            "limit",
            lend(
                LendRefusal::LimitReached {
                    kind: kind("umbrella"),
                    limit: 1,
                },
                None,
            ),
            Some(umbrella(None)),
            "爱心伞每人可借 1 件，您已借满。",
            "Umbrella: one person may have 1, and you do.",
        ),
        (
            "overdue",
            lend(
                LendRefusal::Overdue {
                    kind: kind("pc"),
                    label: Some("PC-03".into()),
                    due: utc,
                },
                Some(due),
            ),
            Some(laptop()),
            "笔记本电脑 PC-03的归还时间是 昨天 18:00。",
            "Laptop PC-03 was due yesterday 18:00.",
        ),
        (
            "none-left",
            lend(
                LendRefusal::NoneLeft {
                    kind: kind("umbrella"),
                },
                None,
            ),
            Some(umbrella(None)),
            "爱心伞现在全部借出。",
            "Umbrella: all are out on loan.",
        ),
        (
            "unknown-tag",
            lend(LendRefusal::UnknownTag, None),
            None,
            "它不在可借的物品之中。",
            "It is not among the things we lend.",
        ),
        (
            "already-out",
            lend(
                LendRefusal::AlreadyOut {
                    kind: kind("pc"),
                    label: "PC-03".into(),
                    due: utc,
                },
                Some(at(24, 18, 0)),
            ),
            Some(laptop()),
            "笔记本电脑 PC-03应在 明天 18:00 前归还。",
            "Laptop PC-03 is due back by tomorrow 18:00.",
        ),
        (
            "reserved",
            lend(tag(ThingState::Reserved), None),
            Some(laptop()),
            "笔记本电脑 PC-03已为他人预留。",
            "Laptop PC-03 is kept for somebody.",
        ),
        (
            "in-repair",
            lend(tag(ThingState::InRepair), None),
            Some(laptop()),
            "笔记本电脑 PC-03正在维修。",
            "Laptop PC-03 is being repaired.",
        ),
        (
            "retired",
            lend(tag(ThingState::Retired), None),
            Some(laptop()),
            "笔记本电脑 PC-03已不再外借。",
            "Laptop PC-03 is no longer lent.",
        ),
        (
            "awaiting-check",
            lend(tag(ThingState::AwaitingCheck), None),
            Some(laptop()),
            "笔记本电脑 PC-03刚归还，前台还没有检查。",
            "Laptop PC-03 has just come back; the desk has yet to check it.",
        ),
        (
            "return-unknown",
            take(ReturnRefusal::Unknown, None),
            None,
            "请再扫描一次，或交到前台。",
            "Please scan it again, or hand it in at the front desk.",
        ),
        (
            "never-lent",
            take(never(ThingState::Available), None),
            Some(laptop()),
            "笔记本电脑 PC-03现在没有借出。",
            "Laptop PC-03 is not out on loan.",
        ),
        (
            "never-lent-retired",
            take(never(ThingState::Retired), None),
            Some(laptop()),
            "笔记本电脑 PC-03已不再外借。",
            "Laptop PC-03 is no longer lent.",
        ),
        (
            "already-returned",
            take(
                ReturnRefusal::AlreadyReturned {
                    kind: kind("umbrella"),
                    label: None,
                    at: utc,
                },
                Some(due),
            ),
            Some(umbrella(None)),
            "爱心伞已在 昨天 18:00 归还。",
            "Umbrella came back yesterday 18:00.",
        ),
    ];
    cases
        .into_iter()
        .map(|(name, why, thing, zh, en)| {
            sheet(
                format!("refused-{name}"),
                Page::Refused(Refused { why, thing }),
                &[zh],
                &[en],
                &[END],
            )
        })
        .collect()
}

fn closed_sheets() -> Vec<Sheet> {
    [FaultCode::StoreCannotWrite, FaultCode::StoreDamaged]
        .into_iter()
        .map(|code| {
            let mut sheet = sheet(
                format!("out-of-service-{}", code.code()),
                Page::OutOfService(OutOfService { code }),
                &["暂停服务", "Out of service", code.code()],
                &["暂停服务", "Out of service", code.code()],
                &[],
            );
            sheet.controls.clear();
            sheet
        })
        .collect()
}

fn sheets() -> Vec<Sheet> {
    let mut sheets = home_sheets();
    sheets.extend(my_page_sheets());
    sheets.extend(flow_sheets());
    sheets.extend(typing_sheets());
    sheets.extend(done_sheets());
    sheets.extend(refused_sheets());
    sheets.extend(closed_sheets());
    for sheet in &mut sheets {
        if sheet.name == "wait" {
            sheet.controls.clear();
        }
    }
    let mut counting = sheet(
        "countdown",
        Page::Choose(Choose { offers: offers() }),
        &["您还在吗？", "17", "秒后返回首页"],
        &["Are you still here?", "17", "seconds until the home screen"],
        &[(["再等一会", "More time"], Touch::MoreTime)],
    );
    counting.countdown = Some(17);
    sheets.push(counting);
    sheets
}

fn view(sheet: &Sheet, language: Language, comfort: Comfort) -> View {
    View {
        language,
        comfort,
        clock: at(23, 9, 5),
        building: Bilingual::new("云杉中心", "Spruce Tower"),
        page: sheet.page.clone(),
        notices: sheet.notices.clone(),
        countdown: sheet.countdown,
        trial: true,
    }
}

/// What is wrong with a page, each with the page's name.
struct Faults(Vec<String>);

impl Faults {
    fn check(&mut self, right: bool, page: &str, what: impl FnOnce() -> String) {
        if !right {
            self.0.push(format!("{page}: {}", what()));
        }
    }
}

#[test]
fn every_page_can_be_read_and_touched_on_the_standing_panel_in_both_languages() {
    every_page(0);
}

#[test]
fn every_page_can_be_read_and_touched_on_the_lying_panel_in_both_languages() {
    every_page(1);
}

#[test]
fn every_page_can_be_read_and_touched_on_the_small_panel_in_both_languages() {
    every_page(2);
}

#[test]
fn every_word_has_the_contrast_to_be_read_by_day_by_night_and_by_those_who_see_little() {
    headless::init(true, false).expect("no window on this thread before this one");
    legible();
}

/// Every page in both languages and all comforts on one panel. Each panel is a test of its own, on a
/// thread and so a platform of its own.
fn every_page(panel: usize) {
    headless::init(true, false).expect("no window on this thread before this one");
    let mut faults = Faults(vec![]);
    let mut checked = vec![];
    let only = std::env::var("LODGE_PAGE").ok();
    let (panel_name, panel) = PANELS[panel];
    let touched = Rc::new(RefCell::new(Vec::new()));
    let heard = touched.clone();
    let screen = screen::open(&panel, &Look::default(), move |touch| {
        heard.borrow_mut().push(touch)
    })
    .expect("a screen without a display");
    screen
        .kiosk()
        .window()
        .set_size(PhysicalSize::new(panel.width_px, panel.height_px));
    screen.kiosk().show().expect("a window without a display");
    for (comfort_name, comfort) in COMFORTS {
        for language in Language::ALL {
            for sheet in sheets() {
                if only
                    .as_ref()
                    .is_some_and(|only| !sheet.name.starts_with(only.as_str()))
                {
                    continue;
                }
                let tongue = if language == Language::Chinese {
                    "zh"
                } else {
                    "en"
                };
                let page = format!("{panel_name}-{comfort_name}-{tongue}-{}", sheet.name);
                // A page begins at its start.
                let between = self::sheet("between", Page::Wait, &[], &[], &[]);
                screen.show(&view(&between, language, comfort));
                headless::settle();
                screen.show(&view(&sheet, language, comfort));
                picture(&screen, &page, &mut faults);
                reads_well(&screen, &panel, &sheet, language, &page, &mut faults);
                keys_send_themselves(&screen, &panel, &sheet, &touched, &page, &mut faults);
                sends_what_it_says(&screen, &sheet, language, &touched, &page, &mut faults);
                checked.push(page);
            }
        }
    }
    screen.kiosk().hide().expect("the window goes");
    println!("checked {} pages:\n{}", checked.len(), checked.join("\n"));
    if only.is_none() {
        assert_eq!(checked.len(), sheets().len() * 2 * 3);
    }
    assert!(
        faults.0.is_empty(),
        "{} faults:\n{}",
        faults.0.len(),
        faults.0.join("\n")
    );
}

/// Texts are there, inside the panel and apart; controls are large enough and apart.
fn reads_well(
    screen: &Screen,
    panel: &Panel,
    sheet: &Sheet,
    language: Language,
    page: &str,
    faults: &mut Faults,
) {
    let pieces = headless::pieces(screen.kiosk());
    let texts = headless::texts(screen.kiosk());
    faults.check(!pieces.is_empty() && !texts.is_empty(), page, || {
        "nothing was found".into()
    });
    let further_down = all_of_it(screen);
    for wanted in &sheet.says[language as usize] {
        let found = pieces
            .iter()
            .chain(&further_down)
            .any(|piece| piece.label == *wanted);
        faults.check(found, page, || {
            format!(
                "does not say 「{wanted}」, only {:?}",
                pieces.iter().map(|p| &p.label).collect::<Vec<_>>()
            )
        });
    }
    stands_apart(screen, panel, sheet.countdown.is_some(), page, faults);
}

/// Everything lies inside the panel, no text on another or out of its control, and no control is too
/// small or too near to another.
fn stands_apart(screen: &Screen, panel: &Panel, covered: bool, page: &str, faults: &mut Faults) {
    let pieces = headless::pieces(screen.kiosk());
    let texts = headless::texts(screen.kiosk());
    let (width, height) = (panel.width_px as f32, panel.height_px as f32);
    let inside = |p: &Piece| {
        p.x >= -0.5
            && p.x + p.width <= width + 0.5
            && (p.scrolls || p.y >= -0.5 && p.y + p.height <= height + 0.5)
    };
    for piece in pieces.iter().chain(&texts) {
        faults.check(inside(piece), page, || {
            format!("is cut by the edge: {piece:?}")
        });
    }
    let controls: Vec<&Piece> = pieces.iter().filter(|piece| piece.control).collect();
    let least = panel.touch_px() as f32 - 0.5;
    for control in &controls {
        faults.check(
            control.width >= least && control.height >= least,
            page,
            || format!("a control is too small (least {least}): {control:?}"),
        );
    }
    let apart = panel.gap_px() as f32 - 1.0;
    for (position, one) in controls.iter().enumerate() {
        for other in &controls[position + 1..] {
            if !covered && one.scrolls == other.scrolls {
                let gap = distance(one, other);
                faults.check(gap >= apart, page, || {
                    format!("two controls are {gap} px apart (least {apart}): {one:?} {other:?}")
                });
            }
        }
    }
    for (position, one) in texts.iter().enumerate() {
        for other in &texts[position + 1..] {
            if !covered && one.scrolls == other.scrolls {
                faults.check(distance(one, other) > -1.5, page, || {
                    format!("one text lies on another: {one:?} {other:?}")
                });
            }
        }
        for control in &controls {
            if !covered && one.scrolls == control.scrolls && distance(one, control) < -1.5 {
                let within = one.x >= control.x - 0.5
                    && one.y >= control.y - 0.5
                    && one.x + one.width <= control.x + control.width + 0.5
                    && one.y + one.height <= control.y + control.height + 0.5;
                faults.check(within, page, || {
                    format!("a text runs out of its control: {one:?} {control:?}")
                });
            }
        }
    }
}

/// How far two pieces are apart; less than nothing where they overlap.
fn distance(one: &Piece, other: &Piece) -> f32 {
    let across = (other.x - (one.x + one.width)).max(one.x - (other.x + other.width));
    let down = (other.y - (one.y + one.height)).max(one.y - (other.y + other.height));
    across.max(down)
}

/// Everything on the page, with what comes when its lists are turned on.
fn all_of_it(screen: &Screen) -> Vec<Piece> {
    let mut pieces = headless::pieces(screen.kiosk());
    for _ in 0..6 {
        if !headless::turn_on(screen.kiosk()) {
            break;
        }
        pieces.extend(headless::pieces(screen.kiosk()));
    }
    pieces
}

/// On a page for typing: every key there is, in every part of the pad, sends its character.
fn keys_send_themselves(
    screen: &Screen,
    panel: &Panel,
    sheet: &Sheet,
    touched: &Rc<RefCell<Vec<Touch>>>,
    page: &str,
    faults: &mut Faults,
) {
    let Page::TypeNumber(TypeNumber { number, .. }) = &sheet.page else {
        return;
    };
    touched.borrow_mut().clear();
    let mut keys = BTreeSet::new();
    for turn in ["A–M", "N–Z", "123"] {
        for piece in headless::pieces(screen.kiosk()) {
            let mut characters = piece.label.chars();
            if let (true, Some(key), None) = (piece.control, characters.next(), characters.next()) {
                let pressed = headless::press(screen.kiosk(), &piece.label);
                let sent = touched.borrow_mut().drain(..).collect::<Vec<_>>();
                let right = pressed.is_ok() && sent == [Touch::Key(key)];
                faults.check(right, page, || format!("key {key} sent {sent:?}"));
                keys.insert(key);
            }
        }
        if headless::press(screen.kiosk(), turn).is_ok() {
            stands_apart(screen, panel, false, page, faults);
        }
    }
    let due: BTreeSet<char> = match number {
        NumberAsked::Card => ('0'..='9').chain([',']).collect(),
        NumberAsked::Tag | NumberAsked::TagOrSlip => {
            ('0'..='9').chain('A'..='Z').chain(['-']).collect()
        }
    };
    faults.check(keys == due, page, || format!("the pad has {keys:?}"));
}

/// Every control of the page, and no other, sends its touch.
fn sends_what_it_says(
    screen: &Screen,
    sheet: &Sheet,
    language: Language,
    touched: &Rc<RefCell<Vec<Touch>>>,
    page: &str,
    faults: &mut Faults,
) {
    touched.borrow_mut().clear();
    let mut there = all_of_it(screen);
    there.retain(|piece| piece.control);
    for (labels, touch) in &sheet.controls {
        let label = labels[language as usize];
        if sheet.countdown.is_some() && *touch != Touch::MoreTime {
            continue;
        }
        let pressed = headless::press(screen.kiosk(), label);
        let sent = touched.borrow_mut().drain(..).collect::<Vec<_>>();
        faults.check(pressed.is_ok() && sent == [touch.clone()], page, || {
            format!("「{label}」 sent {sent:?} where {touch:?} was due ({pressed:?})")
        });
    }
    let letters = |label: &str| label.len() == 1 || ["A–M", "N–Z", "123"].contains(&label);
    for piece in &there {
        let known = sheet
            .controls
            .iter()
            .any(|(labels, _)| labels[language as usize] == piece.label)
            || (matches!(sheet.page, Page::TypeNumber(_)) && letters(&piece.label))
            || piece.label == ["更多", "More"][language as usize]
            || sheet.countdown.is_some();
        faults.check(known, page, || {
            format!("has a control nobody knows: {}", piece.label)
        });
    }
}

fn picture(screen: &Screen, page: &str, faults: &mut Faults) {
    let (width, height, pixels) = headless::snapshot(screen.kiosk()).expect("pixels");
    let first = &pixels[..4];
    let drawn = pixels
        .chunks_exact(4)
        .filter(|pixel| *pixel != first)
        .count();
    faults.check(drawn > 2_000, page, || {
        format!("only {drawn} pixels are drawn")
    });
    let Ok(folder) = std::env::var("LODGE_PICTURES") else {
        return;
    };
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    let file = std::fs::File::create(format!("{folder}/{page}.png")).expect("a file for a picture");
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels))
        .expect("a picture");
}

/// Text against its ground in every palette: 4.5:1, and 7:1 in high contrast.
fn legible() {
    let palettes = [
        ("day", Look::default(), 4.5),
        (
            "dark",
            Look {
                dark: true,
                ..Look::default()
            },
            4.5,
        ),
        (
            "contrast",
            Look {
                high_contrast: true,
                ..Look::default()
            },
            7.0,
        ),
    ];
    for (name, look, least) in palettes {
        let screen = screen::open(&Panel::default(), &look, |_| {}).expect("a screen");
        let theme = screen.kiosk().global::<lodge_ui::Theme<'_>>();
        let pairs = [
            ("ink on ground", theme.get_ink(), theme.get_ground()),
            ("ink on card", theme.get_ink(), theme.get_card()),
            ("ink on wash", theme.get_ink(), theme.get_wash()),
            ("ink on amber wash", theme.get_ink(), theme.get_amber_wash()),
            ("soft on ground", theme.get_soft(), theme.get_ground()),
            ("soft on card", theme.get_soft(), theme.get_card()),
            ("soft on wash", theme.get_soft(), theme.get_wash()),
            (
                "soft on amber wash",
                theme.get_soft(),
                theme.get_amber_wash(),
            ),
            ("accent on ground", theme.get_accent(), theme.get_ground()),
            ("accent on wash", theme.get_accent(), theme.get_wash()),
            ("words on accent", theme.get_on_accent(), theme.get_accent()),
            (
                "second line on accent",
                theme.get_on_accent_soft(),
                theme.get_accent(),
            ),
            (
                "words on pressed accent",
                theme.get_on_accent(),
                theme.get_accent_pressed(),
            ),
            ("ink on pressed", theme.get_ink(), theme.get_pressed()),
            (
                "amber on ground",
                theme.get_amber_text(),
                theme.get_ground(),
            ),
            ("amber on card", theme.get_amber_text(), theme.get_card()),
            (
                "amber on its wash",
                theme.get_amber_text(),
                theme.get_amber_wash(),
            ),
            ("red on its wash", theme.get_red(), theme.get_red_wash()),
        ];
        for (pair, words, ground) in pairs {
            let contrast = contrast(words, ground);
            assert!(
                contrast >= least,
                "{name}: {pair} has {contrast:.2}:1, less than {least}"
            );
        }
    }
}

fn contrast(one: Color, other: Color) -> f64 {
    let luminance = |color: Color| {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.red())
            + 0.7152 * linear(color.green())
            + 0.0722 * linear(color.blue())
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
