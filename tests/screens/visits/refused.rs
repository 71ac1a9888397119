//! Every no to a visitor, on the way in and on the way out.

use super::super::sheet::*;
use super::super::visit_parts::*;
use super::END_HERE;
use lodge::kiosk::Touch;
use lodge::visits::flow::{Stage, Touch as VisitTouch, Way};
use lodge::visits::{SignInRefusal, VisitRefusal, VisitState};

pub fn sheets() -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let leave = [
        END_HERE,
        (["访客签离", "Sign out"], Touch::Visits(VisitTouch::Leave)),
    ];
    // What leads on is there to touch.
    let again = [END_HERE, (["访客登记", "Sign in"], Touch::SignIn)];
    for (name, refusal, zh) in [
        (
            "inside",
            SignInRefusal::AlreadyInside { number: number() },
            "您已经登记入内，单号 A-1123-0042。",
        ),
        (
            "early",
            SignInRefusal::TooEarly {
                from: moment(24, 10, 0),
                opens: moment(24, 9, 30),
            },
            "预约时间是明天 10:00，明天 09:30 起可以登记。",
        ),
        (
            "late",
            SignInRefusal::TooLate {
                until: moment(22, 10, 0),
            },
            "预约已在昨天 10:00 结束。",
        ),
        ("name", SignInRefusal::NoName, "没有姓名。"),
        ("unsigned", SignInRefusal::NotSigned, "请先签名，再确认。"),
        ("no-host", SignInRefusal::NoHost, "没有选择要找的公司或人。"),
        (
            "invitation",
            SignInRefusal::UnknownInvitation,
            "没有找到这个预约码，请核对。",
        ),
        (
            "used",
            SignInRefusal::InvitationUsed,
            "这个预约已经用过了。",
        ),
        (
            "withdrawn",
            SignInRefusal::InvitationWithdrawn,
            "这次预约已撤销。",
        ),
        (
            "unknown",
            SignInRefusal::UnknownVisitor,
            "没有找到您的登记。",
        ),
        (
            "host",
            SignInRefusal::HostGone,
            "要找的人或公司已不在这里。",
        ),
    ] {
        let known = matches!(refusal, SignInRefusal::AlreadyInside { .. });
        let (title, english) = match known {
            true => ("您已经登记过了", "You have already signed in"),
            false => ("对不起，未能登记", "Sorry, you are not signed in"),
        };
        sheets.push(sheet(
            format!("visits-refused-{name}"),
            page(Stage::NotSignedIn(refusal)),
            &[title, zh],
            &[english],
            match name {
                "inside" => &leave[..],
                "name" | "unsigned" | "no-host" | "used" | "unknown" => &again[..],
                _ => &leave[..1],
            },
        ));
    }
    let mistyped = [(["重新输入", "Type it again"], Touch::Back), BACK, END];
    for (name, why, zh, en, next) in [
        (
            "permit",
            SignInRefusal::PermitMissing,
            "没有这张施工出入证。",
            "This work permit was not found.",
            "请核对号码重新输入，或到前台咨询。",
        ),
        (
            "permit-expired",
            SignInRefusal::PermitExpired {
                until: at(20, 0, 0).date(),
            },
            "这张施工出入证到 2026年11月20日 周五 为止，已过期。",
            "This work permit expired on Fri 20 Nov 2026.",
            "请先续办出入证，或呼叫前台。",
        ),
        (
            "permit-not-yet",
            SignInRefusal::PermitNotYet {
                from: at(25, 0, 0).date(),
            },
            "这张施工出入证从 2026年11月25日 周三 起有效。",
            "This work permit is valid from Wed 25 Nov 2026.",
            "请从这一天起再来，或呼叫前台。",
        ),
        (
            "permit-withdrawn",
            SignInRefusal::PermitWithdrawn,
            "这张施工出入证已注销。",
            "This work permit was withdrawn.",
            "请到前台咨询。",
        ),
    ] {
        let (draft, typed) = (draft(), String::from("SG-01"));
        sheets.push(sheet(
            format!("visits-refused-{name}"),
            page(Stage::PermitRefused { why, draft, typed }),
            &["对不起，未能登记", zh, next],
            &["Sorry, you are not signed in", en],
            // A number that is right is not asked for again; the desk helps.
            match name {
                "permit" => &mistyped[..],
                _ => &mistyped[1..],
            },
        ));
    }
    for (name, way, zh, en) in [
        (
            "in",
            Way::In,
            "登记时用过身份证的，请再放到读卡器上。",
            "If you signed in with an ID card, please lay it on the reader again.",
        ),
        (
            "out",
            Way::Out,
            "请扫描凭条或刷临时卡；登记时用过身份证的，也可以再放到读卡器上。",
            "Please scan your slip or tap your temporary card. If you signed in with an ID card, you \
             can also lay it on the reader.",
        ),
    ] {
        sheets.push(sheet(
            format!("visits-unproven-{name}"),
            page(Stage::Unproven { way }),
            &[
                "对不起，只凭单号还认不出您",
                zh,
                "没有这些的话，请呼叫前台，前台会为您办理。",
            ],
            &["Sorry, the number alone is not enough", en],
            &[BACK, END],
        ));
    }
    for (name, why, zh, en) in [
        (
            "permit",
            VisitRefusal::NoPermit,
            ["对不起，未能登记", "这张施工出入证已失效。"],
            [
                "Sorry, you are not signed in",
                "This work permit is no longer valid.",
            ],
        ),
        (
            "over",
            VisitRefusal::Stands(VisitState::Left),
            ["对不起，没有办成", "这次来访已经结束。"],
            ["Sorry, that was not done", "This visit is over."],
        ),
        (
            "lapsed",
            VisitRefusal::Stands(VisitState::Lapsed),
            [
                "对不起，未能登记",
                "到关门时您还没有进入，这次登记已经作废。",
            ],
            [
                "Sorry, you are not signed in",
                "You had not gone in by closing time, so this sign-in is no longer valid.",
            ],
        ),
    ] {
        sheets.push(sheet(
            format!("visits-not-left-{name}"),
            page(Stage::NotLeft(why)),
            &zh,
            &en,
            match name {
                "lapsed" => &again[..],
                _ => &again[..1],
            },
        ));
    }
    sheets
}
