//! Every no to a visitor, on the way in and on the way out.

use super::super::sheet::*;
use super::super::visit_parts::*;
use super::END_HERE;
use lodge::visits::flow::Stage;
use lodge::visits::{SignInRefusal, VisitRefusal, VisitState};

pub fn sheets() -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for (name, refusal, zh) in [
        (
            "inside",
            SignInRefusal::AlreadyInside { number: number() },
            "您已经登记入内，编号 A-1123-0042。",
        ),
        (
            "waiting",
            SignInRefusal::AlreadyWaiting { number: number() },
            "您已经登记，编号 A-1123-0042，正在等待同意。",
        ),
        (
            "permit",
            SignInRefusal::PermitMissing,
            "没有这张施工出入证。",
        ),
        (
            "expired",
            SignInRefusal::PermitExpired {
                until: at(20, 0, 0).date(),
            },
            "这张施工出入证到 2026年11月20日 周五 为止，已过期。",
        ),
        (
            "early",
            SignInRefusal::TooEarly {
                from: moment(24, 10, 0),
            },
            "预约时间是明天 10:00。",
        ),
        (
            "late",
            SignInRefusal::TooLate {
                until: moment(22, 10, 0),
            },
            "预约已在昨天 10:00 结束。",
        ),
        (
            "permit-not-yet",
            SignInRefusal::PermitNotYet {
                from: at(25, 0, 0).date(),
            },
            "这张施工出入证从 2026年11月25日 周三 起有效。",
        ),
        ("name", SignInRefusal::NoName, "没有姓名。"),
        ("unsigned", SignInRefusal::NotSigned, "请先签名，再确认。"),
        ("no-host", SignInRefusal::NoHost, "没有选择要找的公司或人。"),
        (
            "invitation",
            SignInRefusal::UnknownInvitation,
            "没有找到这个预约码。",
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
        let known = matches!(
            refusal,
            SignInRefusal::AlreadyInside { .. } | SignInRefusal::AlreadyWaiting { .. }
        );
        let (title, english) = match known {
            true => ("您已经登记过了", "You have signed in before"),
            false => ("对不起，没有登记成", "Sorry, you are not signed in"),
        };
        sheets.push(sheet(
            format!("visits-refused-{name}"),
            page(Stage::NotSignedIn(refusal)),
            &[title, zh],
            &[english],
            &[END_HERE],
        ));
    }
    for (name, refusal, zh, en) in [
        (
            "over",
            VisitRefusal::Stands(VisitState::Left),
            "这次来访已经结束。",
            "This visit is over.",
        ),
        (
            "lapsed",
            VisitRefusal::Stands(VisitState::Lapsed),
            "这次来访已经结束。",
            "This visit is over.",
        ),
        (
            "unknown",
            VisitRefusal::Unknown,
            "没有找到这次来访。",
            "This visit was not found.",
        ),
    ] {
        sheets.push(sheet(
            format!("visits-not-left-{name}"),
            page(Stage::NotLeft(refusal)),
            &["对不起，没有办成", zh],
            &["Sorry, that was not done", en],
            &[END_HERE],
        ));
    }
    sheets
}
