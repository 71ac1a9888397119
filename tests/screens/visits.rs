//! Signing in and out, a message for a host, and every no.

mod again;
pub mod finding;
mod messages;
mod refused;

use super::sheet::*;
use super::visit_parts::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::people::{Bilingual, PersonId, TenantId};
use lodge::slips::PrintJobId;
use lodge::typing::Purpose;
use lodge::visits::flow::{Companies, Hosts, Reply, Stage, Touch as VisitTouch};
use lodge::visits::{EnteredReceipt, Proof, SignOut, VisitId, VisitorType, WhereTo};
use uuid::Uuid;

pub const END_HERE: ([&str; 2], Touch) = (["结束", "End"], Touch::End);

pub fn visit_sheets() -> Vec<Sheet> {
    let ways = [BACK, END];
    let send = |labels, touch| (labels, Touch::Visits(touch));
    let company = VisitTouch::Tenant(TenantId(Uuid::from_u128(3)));
    let companies = [
        send([LONG_ZH, LONG_EN], company),
        send(["只知道姓名", "I only know a name"], VisitTouch::ByHost),
    ];
    let typed = |name: &str, stage, purpose, keys: &str, zh: &str, en: &str| {
        let mut sheet = sheet(
            name,
            page(stage),
            &[zh],
            &[en],
            &[&[NEXT][..], &ways].concat(),
        );
        sheet.writing = Some(writing(purpose, keys));
        sheet
    };
    let of = VisitorType::Guest;
    let types = [
        (["拜访", "A visit"], VisitorType::Guest),
        (["面试", "An interview"], VisitorType::Interview),
        (["快递", "A delivery"], VisitorType::Courier),
        (["施工", "Building work"], VisitorType::Contractor),
        (["看房", "Office viewing"], VisitorType::ProspectiveTenant),
    ]
    .map(|(labels, of)| send(labels, VisitTouch::Type(of)));
    let mut find = sheet(
        "visits-host",
        page(Stage::Host {
            draft: draft(),
            typed: "oyxl".into(),
            hosts: Hosts::These(vec![host()]),
        }),
        &["您找哪位？"],
        &["Whom are you visiting?"],
        &[
            &[send(
                ["欧阳*岚", "Ouyang X."],
                VisitTouch::Host(PersonId(Uuid::from_u128(7))),
            )][..],
            &ways,
        ]
        .concat(),
    );
    find.writing = Some(writing(Purpose::Finding, "ouyang"));
    let mut nobody = sheet(
        "visits-host-nobody",
        page(Stage::Host {
            draft: draft(),
            typed: "xx".into(),
            hosts: Hosts::Nobody,
        }),
        &["还没有找到，请输入完整姓名。"],
        &["Nobody found yet; please type the full name."],
        &ways,
    );
    nobody.writing = Some(writing(Purpose::Finding, ""));
    let mut things = typed(
        "visits-things",
        Stage::Things {
            draft: draft(),
            typed: String::new(),
        },
        Purpose::FreeText,
        "gongju",
        "携带物品",
        "What are you bringing in?",
    );
    things.controls.push(send(
        ["没有携带物品", "I am bringing nothing"],
        VisitTouch::Nothing,
    ));
    let mut company = typed(
        "visits-company",
        Stage::Company {
            draft: draft(),
            typed: "yuan".into(),
            seen: Companies {
                query: "yuan".into(),
                names: vec!["远山设计".into(), LONG_ZH.into()],
            },
        },
        Purpose::Company,
        "yuan",
        "您的单位",
        "Your company",
    );
    company.controls.extend([
        send(["远山设计"; 2], VisitTouch::Company(0)),
        send([LONG_ZH; 2], VisitTouch::Company(1)),
    ]);
    let receipt = EnteredReceipt {
        visit: VisitId(Uuid::from_u128(1)),
        number: number(),
        job: Some(PrintJobId(Uuid::from_u128(2))),
        to: Some(WhereTo {
            tenant: Bilingual::new(LONG_ZH, LONG_EN),
            room: "1203".into(),
        }),
        host: Some(host()),
    };
    let asks_for = EnteredReceipt {
        to: None,
        ..receipt.clone()
    };
    let message = send(["给对方留言", "Leave a message"], VisitTouch::LeaveMessage);
    let mut badge = sheet(
        "visits-inside-badge",
        page(Stage::Inside(receipt.clone(), None)),
        &[
            "请佩戴访客证，离开时扫描签离。",
            "A-1123-0042",
            "访客证已打印，请佩戴好",
        ],
        &[
            "Please wear your badge and scan it when you leave.",
            "Your badge is printed, please wear it",
        ],
        &[message.clone(), DONE],
    );
    badge.slip = Some(SlipStage::BadgePrinted);
    let mut inside = sheet(
        "visits-inside",
        page(Stage::Inside(receipt, None)),
        &[
            "登记好了，欢迎您",
            "离开时请扫描凭条签离。",
            "A-1123-0042",
            "凭条已打印，请取走",
        ],
        &[
            "You are signed in, welcome",
            "Your slip is printed, please take it",
        ],
        &[message.clone(), DONE],
    );
    inside.slip = Some(SlipStage::Printed);
    let mut contractor = sheet(
        "visits-inside-contractor",
        page(Stage::Inside(asks_for, None)),
        &["登记好了，欢迎您", "请找 欧阳*岚", "凭条已打印，请取走"],
        &["You are signed in, welcome", "Please ask for Ouyang X."],
        &[message.clone(), DONE],
    );
    contractor.slip = Some(SlipStage::Printed);
    let own = [
        (["看展览", "The exhibition"], VisitTouch::Purpose(0)),
        (["参加培训", "A training"], VisitTouch::Purpose(1)),
    ]
    .map(|(labels, touch)| send(labels, touch));
    let mut own_purposes = sheet(
        "visits-purpose-own",
        page(Stage::Purpose(draft())),
        &["来访事由", "请选择"],
        &["Purpose of your visit", "Please choose"],
        &[&own[..], &ways].concat(),
    );
    own_purposes.reception.purposes = own
        .iter()
        .map(|([zh, en], _)| Bilingual::new(*zh, *en))
        .collect();
    let go_in = send(["现在进入", "Go in"], VisitTouch::GoIn);
    let look = send(["查看回复", "Any answer yet?"], VisitTouch::AnyAnswer);
    let mut sheets = vec![
        sheet(
            "visits-types",
            page(Stage::Types { draft: None }),
            &["请选择来访类型"],
            &["What brings you here?"],
            &[&types[..], &ways].concat(),
        ),
        typed(
            "visits-code-wrong",
            Stage::TypingCode {
                typed: "1234".into(),
                is_wrong: true,
            },
            Purpose::Number,
            "1234",
            "没有找到这个预约码，请核对。",
            "No invitation with this code was found; please check it.",
        ),
        typed(
            "visits-name",
            Stage::TypingName {
                of,
                typed: String::new(),
            },
            Purpose::PersonName,
            "shan",
            "您的姓名",
            "Your name",
        ),
        typed(
            "visits-phone",
            Stage::TypingPhone {
                of,
                name: "单晓".into(),
                typed: String::new(),
            },
            Purpose::Phone,
            "138",
            "您的手机号码",
            "Your phone number",
        ),
        company,
        sheet(
            "visits-is-it-you",
            page(Stage::ItIsMe {
                draft: known_draft(Proof::NameAndTelephone, false),
            }),
            &["您是 欧阳*岚 吗？"],
            &["Are you Ouyang X.?"],
            &[
                &[
                    send(["不是我", "That is not me"], VisitTouch::No),
                    send(["是我", "That is me"], VisitTouch::Yes),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        told(sheet(
            "visits-purpose",
            page(Stage::Purpose(draft())),
            &["来访事由"],
            &["Purpose of your visit"],
            &[
                &[
                    send(["会议", "Meeting"], VisitTouch::Purpose(0)),
                    send(["拜访", "Visit"], VisitTouch::Purpose(1)),
                    send(["送取文件", "Documents"], VisitTouch::Purpose(2)),
                    send(["设备服务", "Equipment service"], VisitTouch::Purpose(3)),
                    send(["其他", "Something else"], VisitTouch::Purpose(4)),
                ][..],
                &ways,
            ]
            .concat(),
        )),
        own_purposes,
        sheet(
            "visits-companies",
            page(Stage::Tenants {
                draft: draft(),
                tenants: vec![tenant()],
                is_read: true,
            }),
            &["您找哪家公司？"],
            &["Which company are you visiting?"],
            &[&companies[..], &ways].concat(),
        ),
        find,
        nobody,
        typed(
            "visits-permit",
            Stage::Permit {
                draft: draft(),
                typed: String::new(),
            },
            Purpose::Code,
            "SG",
            "施工出入证号",
            "Work permit number",
        ),
        things,
        told(sheet(
            "visits-sign",
            page(Stage::Signing(draft())),
            &["请阅读并签名", "请先签名，再确认。"],
            &["Please read and sign"],
            &[
                &[
                    send(["我带了物品", "Bringing things"], VisitTouch::Carry),
                    (["重签", "Sign again"], Touch::WipePad),
                    (["确认", "Confirm"], Touch::Enter),
                ][..],
                &ways,
            ]
            .concat(),
        )),
        inside,
        contractor,
        badge,
        sheet(
            "visits-waiting",
            page(Stage::Waiting {
                number: number(),
                host: Some(host()),
                answer: Reply::NotYet,
                speaker: None,
            }),
            &["请稍候", "A-1123-0042", "对不起，让您久等了，还没有回复。"],
            &["One moment, please"],
            &[&[message.clone(), look.clone()][..], &ways].concat(),
        ),
        sheet(
            "visits-waiting-already",
            page(Stage::Waiting {
                number: number(),
                host: Some(host()),
                answer: Reply::AskedBefore,
                speaker: None,
            }),
            &["请稍候", "您已经登记过了"],
            &["One moment, please", "You have already signed in"],
            &[&[message.clone(), look.clone()][..], &ways].concat(),
        ),
        sheet(
            "visits-waiting-desk",
            page(Stage::Waiting {
                number: number(),
                host: None,
                answer: Reply::Asked,
                speaker: None,
            }),
            &[
                "前台正在为您确认。",
                "可以在这里等，也可以稍后凭上面的单号再来：先按“访客登记”，再按“等待同意”。",
            ],
            &["The desk is asking for you."],
            &[&[look][..], &ways].concat(),
        ),
        sheet(
            "visits-may-go-in",
            page(Stage::Waiting {
                number: number(),
                host: None,
                answer: Reply::Yes,
                speaker: None,
            }),
            &["对方已同意", "请按“现在进入”。"],
            &["You may go in"],
            &[&[go_in.clone()][..], &ways].concat(),
        ),
        sheet(
            "visits-see-desk",
            page(Stage::SeeTheDesk),
            &["请到前台"],
            &["Please see the front desk"],
            &[DONE],
        ),
        sheet(
            "visits-message-kept",
            page(Stage::MessageKept),
            &["留言已记下"],
            &["Your message is saved"],
            &[DONE],
        ),
        typed(
            "visits-leaving",
            Stage::Leaving {
                typed: String::new(),
                is_wrong: false,
            },
            Purpose::Code,
            "A",
            "请扫描凭条或刷临时卡",
            "Scan your slip or tap your temporary card",
        ),
        typed(
            "visits-leaving-wrong",
            Stage::Leaving {
                typed: "A-1123-0099".into(),
                is_wrong: true,
            },
            Purpose::Code,
            "A",
            "没有找到这个单号，请核对后再输入。",
            "No visit with this number was found; please check it.",
        ),
        sheet(
            "visits-things-out",
            page(Stage::ThingsOut {
                by: SignOut::Slip(number()),
                things: "电钻一把、图纸三卷".to_owned(),
            }),
            &["带来的物品都带走了吗？"],
            &["Are you taking everything with you?"],
            &[
                &[
                    send(["还有物品留下", "No, something stays"], VisitTouch::No),
                    send(["都带走了", "Yes, everything"], VisitTouch::Yes),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "visits-gone",
            page(gone(Some(host()))),
            &["已签离", "给对方留言"],
            &["You are signed out", "Leave a message"],
            &[message, DONE],
        ),
        sheet(
            "visits-said-yes",
            Page::SaidYes,
            &["已同意，谢谢您"],
            &["Approved, thank you"],
            &[DONE],
        ),
    ];
    sheets.extend(again::sheets());
    sheets.extend(finding::sheets());
    sheets.extend(messages::sheets());
    sheets.extend(refused::sheets());
    sheets
}
