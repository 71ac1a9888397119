//! Who are you? and the page of somebody whom the house knows already.

use super::super::sheet::*;
use super::super::visit_parts::*;
use lodge::kiosk::Touch;
use lodge::typing::Purpose;
use lodge::visits::flow::{Draft, Stage, Touch as VisitTouch, Way};
use lodge::visits::{Proof, Steps, VisitorType};

pub fn sheets() -> Vec<Sheet> {
    let ways = [BACK, END];
    let send = |labels, touch| (labels, Touch::Visits(touch));
    let first_time = send(["第一次来", "My first visit"], VisitTouch::FirstTime);
    let mut tail = sheet(
        "visits-tail",
        page(Stage::TypingTail {
            typed: String::new(),
        }),
        &["手机后四位"],
        &["Last four digits"],
        &[&[NEXT][..], &ways].concat(),
    );
    tail.writing = Some(writing(Purpose::Number, "00"));
    let mut wrong_number = sheet(
        "visits-number-wrong",
        page(Stage::TypingNumber {
            typed: "A-1123-0099".into(),
            is_wrong: true,
        }),
        &["您的单号", "没有找到这个单号，请核对后再输入。"],
        &[
            "Your number",
            "No visit with this number was found; please check it.",
        ],
        &[&[NEXT][..], &ways].concat(),
    );
    wrong_number.writing = Some(writing(Purpose::Code, "A"));
    let mut by_number = sheet(
        "visits-number",
        page(Stage::TypingNumber {
            typed: String::new(),
            is_wrong: false,
        }),
        &["您的单号", "登记后显示的单号；只输数字也可以，如 1123-0042"],
        &[
            "Your number",
            "The number you were shown, such as 1123-0042",
        ],
        &[&[NEXT][..], &ways].concat(),
    );
    by_number.writing = Some(writing(Purpose::Code, "A"));
    let mut proof = sheet(
        "visits-number-proof",
        page(Stage::ProvingNumber {
            way: Way::Out,
            number: number(),
            typed: String::new(),
            is_wrong: false,
        }),
        &["手机后四位", "本次来访所留手机号码的后四位"],
        &[
            "Last four digits",
            "Of the phone number given for this visit",
        ],
        &[&[NEXT][..], &ways].concat(),
    );
    proof.writing = Some(writing(Purpose::Number, "00"));
    let mut wrong_proof = sheet(
        "visits-number-proof-wrong",
        page(Stage::ProvingNumber {
            way: Way::In,
            number: number(),
            typed: "0002".into(),
            is_wrong: true,
        }),
        &["与登记的手机号码不符，请核对。"],
        &["Not the last four digits that were given; please check them."],
        &[&[NEXT][..], &ways].concat(),
    );
    wrong_proof.writing = Some(writing(Purpose::Number, "0002"));
    let mut naming = sheet(
        "visits-name-not-found",
        page(Stage::NamingReturning {
            tail: "0001".into(),
            typed: "单晓".into(),
            looks: 1,
            is_whole: true,
            is_wrong: true,
        }),
        &["没有找到这个姓名和号码。请再核对，或按第一次来登记。"],
        &[
            "This name and number were not found. Please check them, or sign in as on a first visit.",
        ],
        &[&[first_time.clone(), NEXT][..], &ways].concat(),
    );
    naming.writing = Some(writing(Purpose::PersonName, "shan"));
    let pad = |name: &str, draft: Draft, says: [&str; 2], more: &[([&'static str; 2], Touch)]| {
        let carry = match draft.things.is_empty() {
            true => ["我带了物品", "Bringing things"],
            false => ["还有物品", "More things"],
        };
        told(sheet(
            name,
            page(Stage::Signing(draft)),
            &["您是 欧阳*岚 吗？", says[0]],
            &["Are you Ouyang X.?", says[1]],
            &[
                &[send(carry, VisitTouch::Carry)][..],
                more,
                &[
                    (["重签", "Sign again"], Touch::WipePad),
                    (["是我，确认", "That is me"], Touch::Enter),
                ],
                &ways,
            ]
            .concat(),
        ))
    };
    let otherwise = send(["与上次不同", "It has changed"], VisitTouch::Otherwise);
    vec![
        sheet(
            "visits-arriving",
            page(Stage::Arriving),
            &[
                "您好，请问您是？",
                "身份证请放在读卡器上；预约二维码、上次的凭条请扫一下",
            ],
            &["Welcome. Who are you, please?"],
            &[
                &[
                    first_time,
                    send(["来过", "I have been here"], VisitTouch::BeenHere),
                    send(["预约码", "Invitation code"], VisitTouch::ByCode),
                    send(["等待同意", "Waiting for approval"], VisitTouch::ByNumber),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        tail,
        wrong_number,
        by_number,
        proof,
        wrong_proof,
        naming,
        sheet(
            "visits-paused",
            page(Stage::Paused {
                until: moment(23, 9, 5) + chrono::TimeDelta::seconds(34),
            }),
            &[
                "请稍候再试",
                "这里刚才输错了好几次。09:06 以后可以再试，也可以请前台帮忙。",
            ],
            &["Please try again in a moment"],
            &[(["结束", "End"], Touch::End)],
        ),
        pad(
            "visits-again",
            known_draft(Proof::NameAndTelephone, true),
            ["与上次相同", "Same as last time"],
            std::slice::from_ref(&otherwise),
        ),
        pad(
            "visits-again-other-notice",
            Draft {
                things: "笔记本电脑和三箱布展用的灯".into(),
                ..known_draft(Proof::Document, false)
            },
            ["携带：笔记本电脑和三箱布展用的灯", "Same as last time"],
            std::slice::from_ref(&otherwise),
        ),
        told(sheet(
            "visits-agree",
            page(Stage::Signing(Draft {
                familiar: None,
                steps: Steps {
                    signature: false,
                    ..VisitorType::Guest.steps()
                },
                ..draft()
            })),
            &["请阅读并确认"],
            &["Please read and agree"],
            &[
                &[
                    send(["我带了物品", "Bringing things"], VisitTouch::Carry),
                    send(["确认", "Confirm"], VisitTouch::Yes),
                ][..],
                &ways,
            ]
            .concat(),
        )),
        pad(
            "visits-invited",
            known_draft(Proof::Invitation, false),
            ["您的预约", "Your invitation"],
            &[],
        ),
        sheet(
            "visits-ended",
            page(Stage::Ended {
                number: number(),
                host: Some(host()),
            }),
            &["这次来访已经结束", "欢迎再来，请按“再次来访”登记。"],
            &["This visit is over"],
            &[
                send(["给对方留言", "Leave a message"], VisitTouch::LeaveMessage),
                send(["再次来访", "Visit again"], VisitTouch::Again),
                (["结束", "End"], Touch::End),
            ],
        ),
    ]
}
