//! The steps between wanting and having.

use super::sheet::*;
use super::visits::finding::found;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::people::directory::TenantsFound;
use lodge::typing::Purpose;

fn finding(name: &str, found: TenantsFound, zh: &str, en: &str) -> Sheet {
    let page = Page::FindTenant { found };
    let mut sheet = sheet(name, page, &[zh], &[en], &[BACK, END]);
    sheet.writing = Some(writing(Purpose::Company, "hg"));
    sheet
}

pub fn flow_sheets() -> Vec<Sheet> {
    let ways = [BACK, END];
    let held = vec![
        loan(7, umbrella(None), at(24, 18, 0), false, true),
        loan(8, laptop(), at(23, 18, 0), false, false),
    ];
    let tenant = |zh: &str, en: &str, room: &str| lodge::people::Tenant {
        id: lodge::people::TenantId(uuid::Uuid::nil()),
        name: lodge::people::Bilingual::new(zh, en),
        rooms: vec![room.into(), "1206".into()],
        state: lodge::people::TenantState::In,
    };
    let tenants = [
        "907", "1203", "1801", "2201", "2301", "2401", "2501", "2601",
    ]
    .map(|room| tenant(LONG_ZH, LONG_EN, room));
    vec![
        sheet(
            "directory",
            Page::Directory(Directory {
                tenants: tenants.to_vec(),
            }),
            &["楼层指引", LONG_ZH, "907 · 1206 室"],
            &["Directory", LONG_EN, "Room 907 · 1206"],
            &[
                &[(
                    ["输入房间号或公司", "Type a room or company"],
                    Touch::FindTenant,
                )][..],
                &ways,
            ]
            .concat(),
        ),
        finding(
            "directory-finding",
            found(0, false),
            "没有找到，请核对名称，或呼叫前台。",
            "Nothing found. Please check the name, or call the desk.",
        ),
        finding(
            "directory-found",
            found(3, false),
            "和光科技有限公司",
            "Gentle Light Technology Ltd",
        ),
        sheet(
            "directory-empty",
            Page::Directory(Directory { tenants: vec![] }),
            &["目前没有公司信息。"],
            &["No companies are listed right now."],
            &ways,
        ),
        sheet(
            "desk-called",
            Page::DeskCalled,
            &["已呼叫前台", "前台"],
            &["The desk has been called", "Front desk"],
            &[DONE],
        ),
        sheet(
            "choose",
            Page::Choose(Choose { offers: offers() }),
            &[
                "您想借什么？",
                "现有 12 件",
                "暂时没有",
                "现有 2 件，请扫描标签",
            ],
            &[
                "What would you like?",
                "12 available",
                "None here right now",
            ],
            &[&kinds()[..], &ways].concat(),
        ),
        sheet(
            "choose-many",
            Page::Choose(Choose {
                offers: many_offers(),
            }),
            &["您想借什么？", "纸鞋套"],
            &["What would you like?", "Paper shoe covers"],
            &[&kinds()[..], &more_kinds(), &ways].concat(),
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
            &["Please scan what you are returning"],
            &[[TYPE].as_slice(), &ways].concat(),
        ),
        sheet(
            "give-back-own",
            Page::GiveBack(GiveBack { loans: held }),
            &["请扫描归还物品", "爱心伞", "笔记本电脑 PC-03"],
            &["Please scan what you are returning", "Umbrella"],
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
                "请在今天 18:00 前归还",
                "押金 ¥200，请交到前台",
            ],
            &[
                "欧阳*岚, please confirm",
                "Please return it by 18:00 today",
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
