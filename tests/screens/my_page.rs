//! What one card opens, from nothing to more than fits.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::mail::MailKind;
use lodge::people::Bilingual;
use lodge::visits::PermitTakenBack;

/// The page of somebody who holds this and nothing else.
pub fn page_of_loans(loans: Vec<LoanLine>) -> Page {
    Page::MyPage(MyPage {
        name: "欧阳*岚".into(),
        tenant: None,
        mail: vec![],
        loans,
        keys: vec![],
        visits: vec![],
        permits: vec![],
        messages: 0,
        keys_used: None,
        is_visitor: false,
        takes_keys: false,
        kept: vec![],
        reserves: false,
        offers: offers(),
    })
}

pub fn my_page_sheets() -> Vec<Sheet> {
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
        visits: vec![],
        permits: vec![],
        messages: 0,
        keys_used: None,
        is_visitor: false,
        takes_keys: false,
        kept: vec![],
        reserves: false,
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
        visits: vec![],
        permits: vec![],
        messages: 0,
        keys_used: None,
        is_visitor: false,
        takes_keys: false,
        kept: vec![],
        reserves: false,
        offers: offers(),
    };
    let bare = MyPage {
        name: "陈*".into(),
        tenant: None,
        mail: vec![],
        loans: vec![],
        keys: vec![],
        visits: vec![],
        permits: vec![],
        messages: 0,
        keys_used: None,
        is_visitor: false,
        takes_keys: false,
        kept: vec![],
        reserves: false,
        offers: offers().into_iter().take(2).collect(),
    };
    let permit = PermitTakenBack {
        number: "SG-0731".into(),
        company: LONG_ZH.into(),
    };
    let answers = MyPage {
        permits: vec![permit],
        ..bare.clone()
    };
    let told = MyPage {
        messages: 2,
        keys_used: Some((3, at(23, 8, 40))),
        ..bare.clone()
    };
    let one = MyPage {
        messages: 1,
        keys_used: Some((1, at(22, 18, 0))),
        ..bare.clone()
    };
    let all = |first: &[([&'static str; 2], Touch)]| {
        [first, &kinds(), &[give_back.clone(), END]].concat()
    };
    let collect = (["取邮件", "Collect mail"], Touch::CollectMail);
    let deputies = (
        ["委托他人领取", "Who may collect for me"],
        Touch::MailDeputies,
    );
    vec![
        sheet(
            "my-page",
            Page::MyPage(full),
            &[
                "您好，欧阳*岚",
                "青禾软件 · 1203",
                "包裹 2 件",
                "货位 B-04 · 今天 08:40 到",
                "请在明天 18:00 前归还",
                "我的页面",
                "现有 12 件",
            ],
            &[
                "Hello, 欧阳*岚",
                "Qinghe Software · 1203",
                "Parcel × 2",
                "Shelf B-04 · arrived at 08:40 today",
                "Please return it by 18:00 tomorrow",
                "My page",
                "12 available",
            ],
            &all(&[now.clone(), collect.clone(), deputies.clone()]),
        ),
        sheet(
            "my-page-late",
            Page::MyPage(late),
            &[
                "云杉国际供应链管理咨询（上海）有限公司北京分公司 · B2-1203A",
                "归还时间是昨天 18:00，请先归还",
                "钥匙 · 挂钩 17",
                "挂刷 1 件",
                "笔记本电脑 PC-03",
            ],
            &[
                "Northern Spruce International Logistics (Asia) · B2-1203A",
                "It was due at 18:00 yesterday, please return it first",
                "Key · hook 17",
            ],
            &all(&[now, collect, deputies]),
        ),
        sheet(
            "my-page-bare",
            Page::MyPage(bare),
            &["您现在没有在借的物品。"],
            &["You have nothing on loan right now."],
            &[&kinds()[..2], &[give_back.clone(), END]].concat(),
        ),
        sheet(
            "my-page-told",
            Page::MyPage(told),
            &[
                "请留意",
                "前台有给您的 2 条留言",
                "请到前台查看",
                "您单位的钥匙已使用 3 次",
                "最近一次：今天 08:40，详情请问前台",
            ],
            &[
                "For you to know",
                "2 messages wait for you at the desk",
                "Please ask for it there",
                "Keys to your unit were used 3 times",
                "Last at 08:40 today; the desk knows more",
            ],
            &[&kinds()[..2], &[give_back.clone(), END]].concat(),
        ),
        sheet(
            "my-page-told-once",
            Page::MyPage(one),
            &["前台有给您的 1 条留言", "您单位的钥匙已使用 1 次"],
            &[
                "A message waits for you at the desk",
                "A key to your unit was used",
                "Last at 18:00 yesterday; the desk knows more",
            ],
            &[&kinds()[..2], &[give_back.clone(), END]].concat(),
        ),
        sheet(
            "my-page-permit",
            Page::MyPage(answers),
            &[
                "您负责的施工",
                "施工出入证 SG-0731 · 云杉国际供应链管理咨询（上海）有限公司北京分公司",
                "前台已注销，请通知施工人员",
            ],
            &[
                "Building work you answer for",
                "Withdrawn by the desk; please tell the workers",
            ],
            &[&kinds()[..2], &[give_back, END]].concat(),
        ),
    ]
}
