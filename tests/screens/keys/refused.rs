//! A key that is not given, and why.

use super::super::sheet::*;
use super::{END_HERE, page};
use lodge::keys::flow::Stage;
use lodge::keys::{KeyState, TakeRefusal};

pub fn sheets() -> Vec<Sheet> {
    let hook = || "K-12".to_owned();
    let mut sheets = Vec::new();
    for (name, refusal, zh, next) in [
        (
            "staff",
            TakeRefusal::NotStaff,
            "钥匙只由物业员工领取；施工人员请由物业员工陪同。",
            "请到前台咨询。",
        ),
        (
            "grant",
            TakeRefusal::NotGranted { hook: hook() },
            "您没有领取挂钩 K-12 的权限。",
            "请联系钥匙管理员。",
        ),
        (
            "out",
            TakeRefusal::AlreadyOut {
                hook: hook(),
                due: moment(23, 20, 0),
            },
            "挂钩 K-12 的钥匙已领出，今天 20:00 前归还。",
            "请等它归还；着急请联系钥匙管理员。",
        ),
        (
            "lost",
            TakeRefusal::NotThere {
                hook: hook(),
                state: KeyState::Lost,
            },
            "挂钩 K-12 的钥匙现在不能领取：遗失。",
            "请联系钥匙管理员。",
        ),
        (
            "curfew",
            TakeRefusal::Curfew {
                again: moment(24, 8, 0),
            },
            "现在不发钥匙，钥匙不能在外过夜。",
            "明天 08:00 起可以领取。",
        ),
        (
            "contractor-gone",
            TakeRefusal::ContractorGone,
            "这位施工人员已签离。",
            "请先让其重新登记，再领取钥匙。",
        ),
        (
            "contractor-unknown",
            TakeRefusal::ContractorUnknown,
            "这位施工人员要先登记。",
            "请让对方先在前台登记，再一同领取钥匙。",
        ),
        (
            "typed",
            TakeRefusal::CardNotTapped,
            "这一步需要刷卡，输入卡号不行。",
            "请到前台刷卡领取。",
        ),
        (
            "tag",
            TakeRefusal::UnknownTag,
            "这个牌号已停用，或不是本楼的钥匙。",
            "请到前台咨询。",
        ),
    ] {
        sheets.push(sheet(
            format!("keys-refused-{name}"),
            page(Stage::Refused(refusal)),
            &["对不起，不能领取", zh, next],
            &["Sorry, this key cannot be taken"],
            &[END_HERE],
        ));
    }
    sheets
}
