//! Lending beside borrowing and returning: questions, several things in one go, keeping something
//! longer, what is given away, what is used where it stands, and rain.

use super::home::home;
use super::my_page::page_of_loans;
use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::lending::flow::Touch as LendingTouch;
use lodge::lending::rain::Way;
use lodge::lending::{BroughtBy, Question, RenewRefusal};
use lodge::people::Bilingual;

const YES: [&str; 2] = ["是", "Yes"];
const NO: [&str; 2] = ["否", "No"];

fn say(labels: [&'static str; 2], question: Question, yes: bool) -> ([&'static str; 2], Touch) {
    (labels, Touch::Lending(LendingTouch::Say(question, yes)))
}

fn point(question: Question, part: Option<Bilingual>, yes: Option<bool>) -> PointLine {
    PointLine {
        question,
        part,
        yes,
    }
}

fn asking(answers: [Option<bool>; 4]) -> Page {
    let charger = Bilingual::new("充电器", "charger");
    let bag = Bilingual::new("电脑包", "bag");
    Page::Asking(Asking {
        thing: laptop(),
        number: "A-1123-0042".into(),
        points: vec![
            point(Question::Part(0), Some(charger), answers[0]),
            point(Question::Part(1), Some(bag), answers[1]),
            point(Question::Whole, None, answers[2]),
            point(Question::Wiped, None, answers[3]),
        ],
    })
}

fn refused(why: RenewRefusal) -> Page {
    Page::Refused(Refused::new(
        Refusal::Renew(why, Some(at(24, 9, 0))),
        Some(laptop()),
    ))
}

pub fn lending_sheets() -> Vec<Sheet> {
    let ending = (["结束", "End"], Touch::End);
    let another = (
        ["再借一件", "Borrow something else"],
        Touch::Lending(LendingTouch::Another),
    );
    // The first of several controls with one label is the one that is found.
    let says = vec![
        say(YES, Question::Part(0), true),
        say(NO, Question::Part(0), false),
    ];
    let mut sheets = vec![
        sheet(
            "asking",
            asking([None, None, None, None]),
            &[
                "已归还，请回答几个问题",
                "充电器也带来了吗？",
                "您的数据清除了吗？",
            ],
            &["Is the charger with it?", "Did you wipe your data?"],
            &[says.clone(), vec![ending.clone()]].concat(),
        ),
        sheet(
            "asking-answered",
            asking([Some(true), Some(false), Some(true), Some(true)]),
            &["完好无损吗？"],
            &["Is it undamaged?"],
            &[
                says,
                vec![
                    (["完成", "Done"], Touch::Lending(LendingTouch::Said)),
                    ending,
                ],
            ]
            .concat(),
        ),
        sheet(
            "borrowed-several",
            Page::Borrowed(Borrowed {
                thing: laptop(),
                number: "A-1123-0044".into(),
                due: at(23, 18, 0),
                today: at(23, 0, 0).date(),
                slip: SlipStage::Printing,
                in_place: false,
                more: true,
                before: vec![umbrella(None), umbrella(Some("017"))],
            }),
            &["刚才还借了：爱心伞、爱心伞 017", "再借一件"],
            &["Also borrowed just now: Umbrella, Umbrella 017"],
            &[DONE, another.clone()],
        ),
        sheet(
            "in-place",
            Page::Borrowed(Borrowed {
                thing: laptop(),
                number: "A-1123-0042".into(),
                due: at(23, 10, 5),
                today: at(23, 0, 0).date(),
                slip: SlipStage::None,
                in_place: true,
                more: false,
                before: vec![],
            }),
            &["可以开始使用了", "请用到今天 10:05 为止，用完再扫一次标签"],
            &["You may start now"],
            &[DONE],
        ),
        sheet(
            "in-place-over",
            Page::Returned(Returned {
                thing: laptop(),
                number: "A-1123-0042".into(),
                brought_by: BroughtBy::Unknown,
                late: false,
                awaiting_check: false,
                in_place: true,
                turned_up: false,
                before: vec![],
            }),
            &["使用结束，谢谢您"],
            &["All done, thank you"],
            &[DONE],
        ),
        sheet(
            "returned-turned-up",
            Page::Returned(Returned {
                thing: laptop(),
                number: "A-1120-0007".into(),
                brought_by: BroughtBy::AnotherPerson,
                late: true,
                awaiting_check: true,
                in_place: false,
                turned_up: true,
                before: vec![umbrella(Some("017"))],
            }),
            &[
                "它曾登记为遗失，谢谢您把它找回来",
                "刚才还归还了：爱心伞 017",
            ],
            &["We had written it off as lost: thank you for finding it"],
            &[DONE],
        ),
        sheet(
            "given",
            Page::Given(Given {
                thing: umbrella(None),
                more: true,
                before: vec![laptop()],
            }),
            &["请拿好", "爱心伞，不用归还。"],
            &[
                "It is yours",
                "Umbrella, yours to keep.",
                "Also borrowed just now: Laptop PC-03",
            ],
            &[DONE, another.clone()],
        ),
        sheet(
            "renewed",
            Page::Renewed(Renewed {
                thing: umbrella(None),
                due: at(27, 18, 0),
            }),
            &["已续借", "请在 11月27日 周五 18:00 前归还"],
            &["You may keep it longer"],
            &[DONE],
        ),
        sheet(
            "my-page-renew",
            page_of_loans(vec![
                LoanLine {
                    renew: true,
                    ..loan(7, umbrella(None), at(24, 18, 0), false, true)
                },
                loan(8, laptop(), at(24, 18, 0), false, false),
            ]),
            &["续借", "现在归还"],
            &["Keep longer", "Return now"],
            &[
                vec![
                    (
                        ["续借", "Keep longer"],
                        Touch::Lending(LendingTouch::Renew(loan_id(7))),
                    ),
                    (["现在归还", "Return now"], Touch::Loan(loan_id(7))),
                    (["归还", "Return"], Touch::GiveBack),
                    (["结束", "End"], Touch::End),
                ],
                kinds(),
            ]
            .concat(),
        ),
    ];
    for (name, why, zh, en) in [
        (
            "unknown",
            RenewRefusal::Unknown,
            "笔记本电脑 PC-03 已经归还，或不是您借的。",
            "Laptop PC-03 is back already, or is not on your card.",
        ),
        (
            "never",
            RenewRefusal::Never,
            "笔记本电脑 PC-03 不能续借。",
            "Laptop PC-03 cannot be kept longer.",
        ),
        (
            "too-often",
            RenewRefusal::TooOften { limit: 2 },
            "笔记本电脑 PC-03 最多续借 2 次。",
            "Laptop PC-03 can be renewed 2 times at most.",
        ),
        (
            "overdue",
            RenewRefusal::Overdue,
            "笔记本电脑 PC-03 已过归还时间，请先归还。",
            "Laptop PC-03 is overdue. Please return it first.",
        ),
        (
            "reserved",
            RenewRefusal::Reserved {
                from: "2026-11-24T01:00:00Z".parse().expect("a moment"),
            },
            "笔记本电脑 PC-03 从明天 09:00 起已为他人预留。",
            "Laptop PC-03 is reserved for somebody else from 09:00 tomorrow.",
        ),
    ] {
        sheets.push(sheet(
            format!("refused-renewal-{name}"),
            refused(why),
            &["对不起，不能续借", zh],
            &["Sorry, it cannot be kept longer", en],
            &[(["结束", "End"], Touch::End)],
        ));
    }
    let Page::Home(dry) = home(DayPart::Evening) else {
        unreachable!("the home page is a home page")
    };
    sheets.push(sheet(
        "home-rain",
        Page::Home(Home {
            rain: Some((Bilingual::new("爱心伞", "Umbrella"), Way::Take)),
            ..dry.clone()
        }),
        &["下雨了，刷卡取伞", "刷一下卡，取一把爱心伞"],
        &[
            "Raining? Tap your card, take an umbrella",
            "Umbrella: tap card, take one",
        ],
        &super::home::tiles(),
    ));
    let other_ways = [
        (
            "home-rain-scan",
            Way::Scan,
            ["下雨了，刷卡取伞", "刷一下卡，再扫一把爱心伞"],
            [
                "Raining? Tap your card, take an umbrella",
                "Umbrella: tap card, scan one",
            ],
        ),
        (
            "home-rain-none",
            Way::NoneLeft,
            ["下雨了，伞已全部借出", "有卡请直接刷卡"],
            [
                "Raining, and no umbrella left",
                "Have a card? Tap it any time",
            ],
        ),
    ];
    for (name, way, zh, en) in other_ways {
        let rain = Some((Bilingual::new("爱心伞", "Umbrella"), way));
        let page = Page::Home(Home {
            rain,
            ..dry.clone()
        });
        sheets.push(sheet(name, page, &zh, &en, &super::home::tiles()));
    }
    sheets
}
