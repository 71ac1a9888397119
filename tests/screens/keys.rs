//! Taking and bringing back a key.

mod refused;

use super::sheet::*;
use lodge::keys::flow::{Along, Stage, Touch as KeyTouch, Wish};
use lodge::keys::{
    Awaits, Inside, Key, KeyGroup, KeyId, KeyKind, KeyLoanId, KeyReturnRefusal, KeyState, Point,
    Purpose, ReturnReceipt, TakeReceipt, TakeRefusal,
};
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::people::{PersonId, PersonName};
use lodge::typing::Purpose as Typed;
use uuid::Uuid;

fn key(number: u128, kind: KeyKind, pieces: u32) -> Key {
    Key {
        id: KeyId(Uuid::from_u128(number)),
        hook: format!("K-{number:02}"),
        tag: format!("KEY-{number:04}"),
        kind,
        group: KeyGroup("house".into()),
        tenant: None,
        pieces,
        state: KeyState::OnHook,
    }
}

/// The longest name of a company that fits a permit's line.
const LONG_FIRM: &str = "远山建筑装饰工程（集团）有限责任公司机电安装分公司";

fn visitor(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn inside(number: u128, name: &str, company: &str) -> Inside {
    Inside {
        person: visitor(number),
        name: PersonName {
            chinese: Some(name.into()),
            latin: None,
        },
        company: company.into(),
    }
}

fn page(stage: Stage) -> Page {
    Page::Keys(Box::new(stage))
}

const CONFIRM: [&str; 2] = ["确认", "Confirm"];
const END_HERE: ([&str; 2], Touch) = (["结束", "End"], Touch::End);

pub fn key_sheets() -> Vec<Sheet> {
    let ways = [BACK, END];
    let send = |labels, touch| (labels, Touch::Keys(touch));
    let plain = key(12, KeyKind::Ordinary, 1);
    let wish = |contractor: Option<&str>| Wish {
        key: key(1, KeyKind::Master, 1),
        purpose: Purpose::WorkOrder("2026-0815".into()),
        contractor: contractor.map(|name| Along::Named(name.to_owned())),
        in_curfew: None,
    };
    let confirm = [
        send(
            ["陪同施工人员", "I am accompanying a contractor"],
            KeyTouch::GoAlong,
        ),
        send(CONFIRM, KeyTouch::Confirm),
    ];
    let mut order = sheet(
        "keys-order",
        page(Stage::TypingOrder(plain.clone())),
        &["工作令单号"],
        &["Work order number"],
        &[&[(CONFIRM, Touch::Enter)][..], &ways].concat(),
    );
    order.writing = Some(writing(Typed::Code, "2026"));
    let mut contractor = sheet(
        "keys-contractor",
        page(Stage::TypingContractor(wish(None))),
        &["陪同哪位施工人员？"],
        &["Which contractor are you accompanying?"],
        &[&[(CONFIRM, Touch::Enter)][..], &ways].concat(),
    );
    contractor.writing = Some(writing(Typed::PersonName, "ouyang"));
    let returning = |answers| {
        page(Stage::Returning {
            tag: "KEY-0012".into(),
            hook: "K-12".into(),
            answers,
        })
    };
    let answer = |yes| {
        let labels = match yes {
            true => ["是", "Yes"],
            false => ["否", "No"],
        };
        send(labels, KeyTouch::Answer(Point::PowerOff, yes))
    };
    let mut sheets = vec![
        sheet(
            "keys-choose",
            page(Stage::Choosing(vec![
                key(1, KeyKind::Master, 1),
                plain.clone(),
                key(13, KeyKind::Ordinary, 3),
                key(28, KeyKind::SealedSpare, 1),
            ])),
            &["您要取哪把钥匙？", "一串共 3 把", "总钥匙 · 需两人刷卡"],
            &["Which key?", "A set of 3 keys"],
            &[
                &[
                    send(
                        ["钥匙 · 挂钩 K-01", "Key · hook K-01"],
                        KeyTouch::Key(KeyId(Uuid::from_u128(1))),
                    ),
                    send(
                        ["钥匙 · 挂钩 K-12", "Key · hook K-12"],
                        KeyTouch::Key(plain.id),
                    ),
                    send(
                        ["钥匙 · 挂钩 K-13", "Key · hook K-13"],
                        KeyTouch::Key(KeyId(Uuid::from_u128(13))),
                    ),
                    send(
                        ["钥匙 · 挂钩 K-28", "Key · hook K-28"],
                        KeyTouch::Key(KeyId(Uuid::from_u128(28))),
                    ),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "keys-none",
            page(Stage::Choosing(vec![])),
            &[
                "目前没有您可以领取的钥匙",
                "您可以领取的钥匙都不在挂钩上。请稍后再来，或联系钥匙管理员。",
            ],
            &["There is no key for you to take right now"],
            &ways,
        ),
        sheet(
            "keys-purpose",
            page(Stage::AskingPurpose {
                key: plain.clone(),
                only_emergency: false,
            }),
            &["用途是什么？", "钥匙 · 挂钩 K-12"],
            &["What for?", "Key · hook K-12"],
            &[
                &[
                    send(["工作令单", "Work order"], KeyTouch::ForOrder),
                    send(["巡查", "Inspection"], KeyTouch::For(Purpose::Inspection)),
                    send(["维修", "Repair"], KeyTouch::For(Purpose::Repair)),
                    send(["保洁", "Cleaning"], KeyTouch::For(Purpose::Cleaning)),
                    send(["看房", "Showing a room"], KeyTouch::For(Purpose::Viewing)),
                    send(["紧急情况", "Emergency"], KeyTouch::For(Purpose::Emergency)),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        order,
        sheet(
            "keys-contractor-choose",
            page(Stage::ChoosingContractor {
                wish: wish(None),
                inside: vec![
                    inside(1, "欧阳晓岚", LONG_FIRM),
                    inside(2, "刘强", "远山建设"),
                ],
            }),
            &["陪同哪位施工人员？", "欧阳*岚", LONG_FIRM, "刘*"],
            &[
                "Which contractor are you accompanying?",
                "Signed in now; you sign for the key and stay with them",
            ],
            &[
                &[
                    send(["欧阳*岚", "欧阳*岚"], KeyTouch::With(visitor(1))),
                    send(["刘*", "刘*"], KeyTouch::With(visitor(2))),
                    send(["其他施工人员", "Somebody else"], KeyTouch::WithAnother),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        contractor,
        sheet(
            "keys-confirm",
            page(Stage::Confirming(wish(None))),
            &["请确认领取", "K-01", "工作令单 2026-0815"],
            &["Please confirm", "Work order 2026-0815"],
            &[&confirm[..], &ways].concat(),
        ),
        sheet(
            "keys-confirm-contractor",
            page(Stage::Confirming(wish(Some("欧阳晓岚")))),
            &["您将全程陪同 欧阳晓岚，并对钥匙负责。"],
            &["You accompany 欧阳晓岚 and answer for the key."],
            &[&confirm[..], &ways].concat(),
        ),
        sheet(
            "keys-second",
            page(Stage::AwaitingSecond {
                wish: wish(None),
                since: moment(23, 9, 5),
                seconds: 60,
                not_yet: None,
            }),
            &["请第二人刷卡", "请在 60 秒内刷卡。"],
            &[
                "Please have a second person tap a card",
                "Tap within 60 seconds.",
            ],
            &ways,
        ),
        sheet(
            "keys-taken",
            page(Stage::Taken(TakeReceipt {
                loan: KeyLoanId(Uuid::from_u128(4)),
                hook: "K-13".into(),
                pieces: 3,
                due: moment(23, 20, 0),
                goes_along: true,
            })),
            &["请取走钥匙", "K-13", "请在今天 20:00 前归还"],
            &["Please take the key", "Please return it by 20:00 today"],
            &[DONE],
        ),
        sheet(
            "keys-points",
            returning([None; Point::ALL.len()]),
            &["请逐项确认", "还有 5 项未确认", "窗户已关好"],
            &["Please confirm each point", "5 points are still open"],
            &[&[answer(true), answer(false)][..], &ways].concat(),
        ),
        sheet(
            "keys-points-said",
            returning([Some(true), Some(false), Some(true), Some(true), Some(true)]),
            &["单元已上锁"],
            &["The unit is locked"],
            &[
                &[
                    answer(true),
                    answer(false),
                    send(["归还钥匙", "Return the key"], KeyTouch::Finish),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "keys-returned",
            page(Stage::Returned(ReturnReceipt {
                hook: "K-12".into(),
                by_another: true,
                late: true,
                denied: vec![Point::Windows],
                awaits: None,
            })),
            &[
                "钥匙已归还，谢谢您",
                "K-12",
                "未确认的事项已登记，会有人处理。",
            ],
            &["The key is back, thank you"],
            &[DONE],
        ),
        sheet(
            "keys-returned-to-desk",
            page(Stage::Returned(ReturnReceipt {
                hook: "K-12".into(),
                by_another: false,
                late: false,
                denied: vec![Point::Whole],
                awaits: Some(Awaits::Decision),
            })),
            &[
                "请把钥匙交给前台",
                "已归还，谢谢您。请不要挂回挂钩。",
                "钥匙 · 挂钩 K-12",
            ],
            &[
                "Please give the key to the front desk",
                "It is back, thank you. Please do not hang it on its hook.",
            ],
            &[DONE],
        ),
        sheet(
            "keys-only-emergency",
            page(Stage::AskingPurpose {
                key: plain.clone(),
                only_emergency: true,
            }),
            &["用途是什么？", "目前不发放钥匙，紧急情况除外"],
            &["No keys are given at this time, except in an emergency"],
            &[
                &[send(
                    ["紧急情况", "Emergency"],
                    KeyTouch::For(Purpose::Emergency),
                )][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "keys-confirm-emergency",
            page(Stage::Confirming(Wish {
                key: plain.clone(),
                purpose: Purpose::Emergency,
                contractor: None,
                in_curfew: Some(moment(24, 8, 0)),
            })),
            &[
                "请确认领取",
                "请在明天 08:00 前归还；钥匙管理员会收到通知。",
            ],
            &["Please return it by 08:00 tomorrow. The key keeper will be told."],
            &[&confirm[..], &ways].concat(),
        ),
        sheet(
            "keys-turned-up",
            page(Stage::TurnedUp("K-13".into())),
            &[
                "谢谢您，这把钥匙找到了。",
                "请把钥匙交给前台",
                "钥匙 · 挂钩 K-13",
            ],
            &[
                "Thank you, this key was missing.",
                "Please give the key to the front desk",
            ],
            &[DONE],
        ),
        sheet(
            "keys-refused-return",
            page(Stage::RefusedReturn(KeyReturnRefusal::NotOut {
                hook: "K-12".into(),
            })),
            &["挂钩 K-12 的钥匙没有领出。"],
            &["The key for hook K-12 is not out."],
            &[END_HERE],
        ),
    ];
    sheets.push(sheet(
        "keys-refused-return-unknown",
        page(Stage::RefusedReturn(KeyReturnRefusal::UnknownTag)),
        &["这个牌号已停用，或不是本楼的钥匙。"],
        &["Sorry, nothing was returned"],
        &[END_HERE],
    ));
    sheets.push(sheet(
        "keys-refused-return-typed",
        page(Stage::RefusedReturn(KeyReturnRefusal::TagNotScanned)),
        &[
            "输入牌号不能证明钥匙就在这里。",
            "请扫描钥匙牌；扫不出来，请先刷本人的卡，或把钥匙交到前台。",
        ],
        &["A typed number does not show that the key is here."],
        &[END_HERE],
    ));
    let hook = || "K-12".to_owned();
    for (name, not_yet, zh, en) in [
        (
            "same",
            TakeRefusal::SamePerson,
            "第二人必须是另一位，请换一张卡。",
            "The second person has to be somebody else. Please tap another card.",
        ),
        (
            "may-not",
            TakeRefusal::SecondMayNot,
            "这位不能作为第二人，请换一位。",
            "This person may not confirm it. Please ask somebody else.",
        ),
        (
            "late",
            TakeRefusal::SecondPersonNeeded { hook: hook() },
            "等候超时，请第二人现在刷卡。",
            "Time ran out. Second person, please tap your card now.",
        ),
    ] {
        let stage = Stage::AwaitingSecond {
            wish: wish(None),
            since: moment(23, 9, 5),
            seconds: 60,
            not_yet: Some(not_yet),
        };
        sheets.push(sheet(
            format!("keys-second-{name}"),
            page(stage),
            &["请第二人刷卡", zh, "钥匙 · 挂钩 K-01"],
            &["Please have a second person tap a card", en],
            &ways,
        ));
    }
    sheets.extend(refused::sheets());
    sheets
}
