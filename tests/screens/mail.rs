//! Collecting mail, signing for it, and letting somebody else collect it.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::mail::flow::{Change, Stage, Touch as MailTouch};
use lodge::mail::{
    Addressee, AuthorityId, AuthorityLine, AuthorityRefusal, Colleague, Collector, Covers, Lasts,
    MailId, MailKind, MailState, Offer, PickUpCode, PickUpId, PickUpReceipt, PickUpRefusal, Piece,
    Recipient, RecipientName, Whose, Withheld, WithheldPiece,
};
use lodge::people::{Bilingual, PersonId, PersonName, Signature, TenantId};
use lodge::typing::Purpose;
use std::collections::BTreeSet;
use uuid::Uuid;

fn item(number: u128) -> MailId {
    MailId(Uuid::from_u128(number))
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn name(chinese: &str, latin: &str) -> PersonName {
    PersonName {
        chinese: Some(chinese.into()),
        latin: Some(latin.into()),
    }
}

fn pieces() -> Vec<Piece> {
    let own = Recipient {
        has_left: false,
        addressee: Addressee::Person(person(1)),
        name: RecipientName::Person(name("陈晓明", "Chen Xiaoming")),
        room: Some("1203".into()),
        company: None,
        has_moved: false,
    };
    let company = Recipient {
        has_left: false,
        addressee: Addressee::Tenant(TenantId(Uuid::from_u128(3))),
        name: RecipientName::Tenant(Bilingual::new(LONG_ZH, LONG_EN)),
        room: Some("1203".into()),
        company: None,
        has_moved: false,
    };
    let piece = |number, kind, shelf: &str, recipient: &Recipient, whose| Piece {
        item: item(number),
        kind,
        shelf: shelf.into(),
        arrived: moment(23, 8, 40),
        recipient: recipient.clone(),
        whose,
    };
    vec![
        piece(1, MailKind::Express, "B-03", &own, Whose::Own),
        piece(2, MailKind::Letter, "A-11", &company, Whose::Company),
        piece(
            3,
            MailKind::RegisteredPrintedMatter,
            "C-02",
            &own,
            Whose::OnBehalf(AuthorityId(Uuid::from_u128(9))),
        ),
    ]
}

fn offer() -> Offer {
    Offer {
        pieces: pieces(),
        on_the_way: 1,
        withheld: vec![WithheldPiece {
            kind: MailKind::RegisteredLetter,
            why: Withheld::SignatoryNeeded,
        }],
    }
}

fn by_code() -> Collector {
    Collector::Code(PickUpCode::from_digits("481516").expect("six digits"))
}

fn page(stage: Stage) -> Page {
    Page::Mail(Box::new(stage))
}

const CONFIRM: [&str; 2] = ["确认", "Confirm"];
const LEAVE: [&str; 2] = ["结束", "End"];

pub fn mail_sheets() -> Vec<Sheet> {
    let ways = [BACK, END];
    let mail = |labels, touch| (labels, Touch::Mail(touch));
    let mut presenting = sheet(
        "mail-present",
        page(Stage::Presenting {
            typed: String::new(),
        }),
        &["请刷卡、扫描或输入取件码"],
        &["Tap your card, scan or type your code"],
        &[&[(CONFIRM, Touch::Enter)][..], &ways].concat(),
    );
    presenting.writing = Some(writing(Purpose::Number, "4815"));
    let given = vec![AuthorityLine {
        id: AuthorityId(Uuid::from_u128(9)),
        holder: name("欧阳晓岚", "Ouyang Xiaolan"),
        covers: Covers::Unsigned,
        until: Some(moment(24, 18, 0)),
        once: false,
    }];
    let colleague = Colleague {
        person: person(2),
        name: name("欧阳晓岚", "Ouyang Xiaolan"),
    };
    let mut naming = sheet(
        "mail-name-deputy",
        page(Stage::NamingDeputy {
            given: given.clone(),
            typed: "oyxl".into(),
            found: vec![colleague.clone()],
        }),
        &["委托哪位同事？"],
        &["Which colleague?"],
        &[
            &[mail(["欧阳*岚", "Ouyang X."], MailTouch::Deputy(person(2)))][..],
            &ways,
        ]
        .concat(),
    );
    naming.writing = Some(writing(Purpose::Finding, "ouyangxiaolan"));
    let mut signing = sheet(
        "mail-sign",
        page(Stage::Signing {
            by: by_code(),
            offer: offer(),
            left: BTreeSet::new(),
        }),
        &["请签收", "请先签名，再确认。"],
        &["Please sign for it", "Please sign first, then confirm."],
        &[
            &[
                (["重签", "Sign again"], Touch::WipePad),
                (CONFIRM, Touch::Enter),
            ][..],
            &ways,
        ]
        .concat(),
    );
    let mut signed = sheet(
        "mail-signed",
        signing.page.clone(),
        &["请在线上签名"],
        &["Please sign on the line"],
        &[
            &[
                (["重签", "Sign again"], Touch::WipePad),
                (CONFIRM, Touch::Enter),
            ][..],
            &ways,
        ]
        .concat(),
    );
    let stroke = |from: (u16, u16)| (0..40).map(move |i| (from.0 + 8 * i, from.1 + (i * 37) % 90));
    signed.strokes = Signature(vec![
        stroke((200, 150)).collect(),
        stroke((450, 120)).collect(),
    ]);
    signing.name = "mail-sign".into();
    let refusals = [
        ("unknown-code", PickUpRefusal::UnknownCode),
        (
            "nothing",
            PickUpRefusal::NothingWaits {
                on_the_way: 2,
                withheld: vec![WithheldPiece {
                    kind: MailKind::MoneyOrder,
                    why: Withheld::CardNotTapped,
                }],
            },
        ),
        ("none-chosen", PickUpRefusal::NothingChosen),
        ("unsigned", PickUpRefusal::SignatureMissing),
        (
            "gone",
            PickUpRefusal::Gone {
                kind: MailKind::Parcel,
                state: MailState::OutOnRound,
            },
        ),
        (
            "not-yours",
            PickUpRefusal::NotYours {
                kind: MailKind::Parcel,
            },
        ),
        (
            "withheld",
            PickUpRefusal::Withheld(WithheldPiece {
                kind: MailKind::Parcel,
                why: Withheld::SignatoryNeeded,
            }),
        ),
    ];
    let receipt = |pieces: Vec<Piece>, left| {
        Stage::Done(PickUpReceipt {
            not_given: vec![],
            id: PickUpId(Uuid::from_u128(5)),
            pieces,
            left,
        })
    };
    let mut sheets = vec![
        presenting,
        naming,
        signing,
        signed,
        sheet(
            "mail-offered",
            page(Stage::Offered {
                by: by_code(),
                offer: offer(),
                left: BTreeSet::from([item(2)]),
            }),
            &["您的邮件都在这里", "1 件正在投递途中。", "平信 · 本单位的"],
            &["Everything waiting for you", "1 item is on its way to you."],
            &[
                &[
                    mail(["先不取", "Leave it"], MailTouch::Tick(item(1))),
                    mail(["取走", "Take it"], MailTouch::Tick(item(2))),
                    mail(["取走 2 件", "Take 2 items"], MailTouch::Collect),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "mail-offered-none",
            page(Stage::Offered {
                by: by_code(),
                offer: Offer {
                    pieces: pieces()[..1].to_vec(),
                    withheld: vec![],
                    ..offer()
                },
                left: BTreeSet::from([item(1)]),
            }),
            &["您的邮件都在这里", "您没有选择任何邮件。"],
            &[
                "Everything waiting for you",
                "You have not chosen anything.",
            ],
            &[
                &[mail(["取走", "Take it"], MailTouch::Tick(item(1)))][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "mail-done",
            page(receipt(pieces(), 1)),
            &["请取走您的邮件", "还有 1 件留在这里"],
            &["Please take your mail", "1 item stays here"],
            &[DONE],
        ),
        sheet(
            "mail-done-one",
            page(receipt(pieces()[..1].to_vec(), 0)),
            &["请取走您的邮件", "B-03"],
            &["Please take your mail", "B-03"],
            &[DONE],
        ),
        sheet(
            "mail-wrong-code",
            page(Stage::WrongCode { tries_left: 2 }),
            &["对不起，取件码不对", "请核对后再试，还可以试 2 次。"],
            &["Sorry, this code is not right"],
            &[
                &[mail(["再试一次", "Try again"], MailTouch::Again)][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "mail-misread",
            page(Stage::Misread),
            &["对不起，没有看清取件码", "请再扫描一次，或输入六位数字。"],
            &["Sorry, the code could not be read"],
            &[
                &[mail(["再试一次", "Try again"], MailTouch::Again)][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "mail-paused",
            page(Stage::CodesPaused {
                until: moment(23, 9, 6),
            }),
            &["取件码输错了好几次，请在今天 09:06 之后再试。"],
            &["Several codes were wrong. Please try again after 09:06 today."],
            &[(LEAVE, Touch::End)],
        ),
        sheet(
            "mail-deputies",
            page(Stage::Deputies {
                given: given.clone(),
                changed: Some(Change::Given),
            }),
            &[
                "委托他人领取",
                "已委托，现在可以代您领取。",
                "不需签收的邮件 · 到明天 18:00",
            ],
            &["Who may collect for me", "They may collect your mail now."],
            &[
                &[
                    mail(
                        ["取消", "Withdraw"],
                        MailTouch::Withdraw(AuthorityId(Uuid::from_u128(9))),
                    ),
                    mail(
                        ["委托一位同事", "Let a colleague collect"],
                        MailTouch::NewDeputy,
                    ),
                ][..],
                &ways,
            ]
            .concat(),
        ),
        sheet(
            "mail-deputy-terms",
            page(Stage::ChoosingTerms {
                given: given.clone(),
                deputy: colleague,
                covers: Covers::Everything,
                lasts: Lasts::Once,
            }),
            &["委托 欧阳*岚 领取"],
            &["Ouyang X. may collect"],
            &[
                &[
                    mail(
                        ["全部邮件", "All mail"],
                        MailTouch::Cover(Covers::Everything),
                    ),
                    mail(
                        ["不需签收的邮件", "Mail without signature"],
                        MailTouch::Cover(Covers::Unsigned),
                    ),
                    mail(["只这一次", "Just this once"], MailTouch::Last(Lasts::Once)),
                    mail(["今天", "Today"], MailTouch::Last(Lasts::Today)),
                    mail(
                        ["直到取消", "Until I withdraw it"],
                        MailTouch::Last(Lasts::UntilWithdrawn),
                    ),
                    mail(CONFIRM, MailTouch::Give),
                ][..],
                &ways,
            ]
            .concat(),
        ),
    ];
    let other = mail(["另选一位同事", "Choose somebody else"], MailTouch::Again);
    let list = mail(["委托他人领取", "Who may collect for me"], MailTouch::Again);
    for (what, refusal, zh, en, controls) in [
        (
            "stranger",
            AuthorityRefusal::NotAColleague,
            "这里只能委托本单位的同事，其他人请到前台办理。",
            "Only colleagues of your own company can be chosen here. For others, please ask at the front desk.",
            [&[other.clone()][..], &ways].concat(),
        ),
        (
            "oneself",
            AuthorityRefusal::SamePerson,
            "自己的邮件不用委托，请直接刷卡领取。",
            "You need no permission for your own mail; just tap your card.",
            [&[other][..], &ways].concat(),
        ),
        (
            "gone",
            AuthorityRefusal::NotFound,
            "这项委托已经失效，不用再办理。",
            "This permission has already ended; nothing is left to do.",
            [&[list][..], &ways].concat(),
        ),
        (
            "typed",
            AuthorityRefusal::CardNotTapped,
            "这一步需要刷卡，输入卡号不行。",
            "This needs the card itself; a typed number will not do.",
            vec![(LEAVE, Touch::End)],
        ),
    ] {
        let given = given.clone();
        sheets.push(sheet(
            format!("mail-deputy-refused-{what}"),
            page(Stage::DeputyRefused { given, refusal }),
            &["对不起，委托未成功", zh],
            &["Sorry, that was not done", en],
            &controls,
        ));
    }
    for (what, refusal) in refusals {
        sheets.push(sheet(
            format!("mail-refused-{what}"),
            page(Stage::Refused(refusal)),
            &["对不起，现在不能领取"],
            &["Sorry, this cannot be collected now"],
            &[(LEAVE, Touch::End)],
        ));
    }
    sheets
}
