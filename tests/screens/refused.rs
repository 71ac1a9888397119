//! Every no, and a kiosk that is closed.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::lending::{KindIcon, LendRefusal, ReturnRefusal, ThingState};
use lodge::people::{Bilingual, NotRead};

pub fn refused_sheets() -> Vec<Sheet> {
    let tag = |state| LendRefusal::NotForLoan {
        kind: kind("pc"),
        label: "PC-03".into(),
        state,
    };
    let never = |state| ReturnRefusal::NotOut {
        kind: kind("pc"),
        label: "PC-03".into(),
        state,
    };
    let due = at(22, 18, 0);
    let lend = |why, when| Refusal::Lend(why, when);
    let take = |why, when| Refusal::Return(why, when);
    let utc = due.and_utc();
    let cases: Vec<(&str, Refusal, Option<Thing>, &str, &str)> = vec![
        (
            "random-number",
            Refusal::NotRead(NotRead::RandomNumber),
            None,
            "请刷实体卡。",
            "Please tap your card instead.",
        ),
        (
            "several-cards",
            Refusal::NotRead(NotRead::Several),
            None,
            "请取出要用的一张，单独再刷一次。",
            "Please take out the one you want and tap it alone.",
        ),
        (
            "read-again",
            Refusal::NotRead(NotRead::Again),
            None,
            "请拿开，再放上稍等片刻。",
            "Please take it away, then hold it up a little longer.",
        ),
        (
            "other-card",
            Refusal::NotRead(NotRead::NotThisKind),
            None,
            "请换一张卡，或到前台办理。",
            "Please try another card, or ask at the front desk.",
        ),
        (
            "not-proven",
            Refusal::NotRead(NotRead::NotProven),
            None,
            "读卡器没有认可这张证件。",
            "The reader did not accept it as genuine.",
        ),
        (
            "document",
            Refusal::NotRead(NotRead::Document),
            None,
            "请刷门禁卡；没有卡请到前台。",
            "Please tap your access card; without one, ask at the front desk.",
        ),
        (
            "unknown-card",
            Refusal::UnknownCard,
            None,
            "请到前台登记，马上就好。",
            "Please register it at the front desk; it takes a moment.",
        ),
        (
            "not-inside",
            Refusal::NotInside,
            None,
            "请先登记，或到前台咨询。",
            "Please sign in first, or ask at the front desk.",
        ),
        (
            "lost-card",
            Refusal::LostCard,
            None,
            "请把卡交到前台。",
            "Please take the card to the front desk.",
        ),
        (
            "expired-card",
            Refusal::ExpiredCard,
            None,
            "请到前台办理；临时卡请交还前台。",
            "Please see the front desk; temporary cards are handed in there.",
        ),
        (
            "tenant-moved",
            Refusal::TenantMoved,
            None,
            "请到前台咨询。",
            "Please ask at the front desk.",
        ),
        (
            "seen-to",
            Refusal::SeenTo,
            None,
            "前台已经答复，或访客已经离开。",
            "The front desk has answered already, or the visitor has left.",
        ),
        (
            "unknown-code",
            Refusal::UnknownCode,
            None,
            "它不是预约码，也不是访客凭条。",
            "It is neither an invitation nor a visitor slip.",
        ),
        (
            "not-done",
            Refusal::NotDone,
            None,
            "请再试一次，或到前台办理。",
            "Please try again, or come to the front desk.",
        ),
        (
            "not-allowed",
            lend(LendRefusal::NotAllowed { kind: kind("pc") }, None),
            Some(laptop()),
            "这张卡不能借用：笔记本电脑 PC-03。",
            "This card cannot be used to borrow: Laptop PC-03.",
        ),
        (
            "limit",
            lend(
                LendRefusal::LimitReached {
                    kind: kind("umbrella"),
                    limit: 1,
                },
                None,
            ),
            Some(umbrella(None)),
            "爱心伞每人可借 1 件，您已借满。",
            "Umbrella: one person may have 1 at a time, and you have reached that number.",
        ),
        (
            "given-today",
            lend(
                LendRefusal::GivenToday {
                    kind: kind("shoe-cover"),
                },
                None,
            ),
            Some(Thing {
                name: Bilingual::new("一次性鞋套", "Paper shoe covers"),
                icon: KindIcon::Package,
                label: None,
            }),
            "今天的一次性鞋套已经给您了。",
            "Paper shoe covers: you have been given today's already.",
        ),
        (
            "overdue",
            lend(
                LendRefusal::Overdue {
                    kind: kind("pc"),
                    label: Some("PC-03".into()),
                    due: utc,
                },
                Some(due),
            ),
            Some(laptop()),
            "笔记本电脑 PC-03 的归还时间是昨天 18:00。",
            "Laptop PC-03 was due at 18:00 yesterday.",
        ),
        (
            "none-left",
            lend(
                LendRefusal::NoneLeft {
                    kind: kind("umbrella"),
                },
                None,
            ),
            Some(umbrella(None)),
            "爱心伞现在没有可借的。",
            "Umbrella: none can be lent right now.",
        ),
        (
            "unknown-tag",
            lend(LendRefusal::UnknownTag, None),
            None,
            "它不在可借的物品之中。",
            "It is not among the things we lend.",
        ),
        (
            "already-out",
            lend(
                LendRefusal::AlreadyOut {
                    kind: kind("pc"),
                    label: "PC-03".into(),
                    due: utc,
                },
                Some(at(24, 18, 0)),
            ),
            Some(laptop()),
            "笔记本电脑 PC-03 应在明天 18:00 前归还。",
            "Laptop PC-03 is due back by 18:00 tomorrow.",
        ),
        (
            "reserved",
            lend(tag(ThingState::Reserved), None),
            Some(laptop()),
            "笔记本电脑 PC-03 已为他人预留。",
            "Laptop PC-03 is reserved for somebody else.",
        ),
        (
            "kept-for-another",
            lend(
                LendRefusal::Reserved {
                    kind: kind("pc"),
                    label: "PC-03".into(),
                    from: utc,
                },
                Some(at(24, 12, 0)),
            ),
            Some(laptop()),
            "笔记本电脑 PC-03 从明天 12:00 起已为他人预留。",
            "Laptop PC-03 is reserved for somebody else from 12:00 tomorrow.",
        ),
        (
            "in-repair",
            lend(tag(ThingState::InRepair), None),
            Some(laptop()),
            "笔记本电脑 PC-03 正在维修。",
            "Laptop PC-03 is being repaired.",
        ),
        (
            "retired",
            lend(tag(ThingState::Retired), None),
            Some(laptop()),
            "笔记本电脑 PC-03 已不再借出。",
            "Laptop PC-03 is no longer lent.",
        ),
        (
            "awaiting-check",
            lend(tag(ThingState::AwaitingCheck), None),
            Some(laptop()),
            "笔记本电脑 PC-03 刚归还，前台还没有检查。",
            "Laptop PC-03 has just come back; the desk has yet to check it.",
        ),
        (
            "return-unknown",
            take(ReturnRefusal::Unknown, None),
            None,
            "请再扫描一次，或交到前台。",
            "Please scan it again, or hand it in at the front desk.",
        ),
        (
            "never-lent",
            take(never(ThingState::Available), None),
            Some(laptop()),
            "笔记本电脑 PC-03 现在没有借出。",
            "Laptop PC-03 is not out on loan.",
        ),
        (
            "never-lent-retired",
            take(never(ThingState::Retired), None),
            Some(laptop()),
            "笔记本电脑 PC-03 已不再借出。",
            "Laptop PC-03 is no longer lent.",
        ),
        (
            "already-returned",
            take(
                ReturnRefusal::AlreadyReturned {
                    kind: kind("umbrella"),
                    label: None,
                    at: utc,
                },
                Some(due),
            ),
            Some(umbrella(None)),
            "爱心伞已在昨天 18:00 归还。",
            "Umbrella was returned at 18:00 yesterday.",
        ),
    ];
    cases
        .into_iter()
        .map(|(name, why, thing, zh, en)| {
            let place = place(&why);
            // Another one may be chosen, one step back.
            // So may what one holds, on one's own page.
            let (leads_back, way_back) = match &why {
                Refusal::Lend(why, _) if why.another().is_some() => (true, ["返回", "Back"]),
                Refusal::Lend(why, _) => (why.is_of_own_loans(), ["我的页面", "My page"]),
                Refusal::Renew(..) => (true, ["我的页面", "My page"]),
                Refusal::UnknownCode => (true, ["返回", "Back"]),
                _ => (false, ["", ""]),
            };
            let page = Refused {
                leads_back,
                ..Refused::new(why, thing)
            };
            let controls: &[_] = match leads_back {
                true => &[(way_back, Touch::Back), END, CALL],
                false => &[END],
            };
            sheet(
                format!("refused-{name}"),
                Page::Refused(page),
                &[zh, place[0]],
                &[en, place[1]],
                controls,
            )
        })
        .chain([unread_on_the_way()])
        .chain(closed_sheets())
        .collect()
}

/// Where one is, as the head of the page says it: what one came for.
fn place(why: &Refusal) -> [&'static str; 2] {
    match why {
        Refusal::NotInside | Refusal::Lend(..) => ["借用物品", "Borrow"],
        Refusal::Return(..) => ["归还", "Return"],
        Refusal::SeenTo => ["我的页面", "My page"],
        Refusal::UnknownCode => ["访客", "Visitors"],
        Refusal::NotDone => ["自助服务", "Self-service"],
        _ => ["刷卡", "Your card"],
    }
}

/// What could not be read on another page: that one can be gone back to.
fn unread_on_the_way() -> Sheet {
    let page = Page::Refused(Refused {
        why: Refusal::NotRead(NotRead::Again),
        thing: None,
        leads_back: true,
    });
    let back = (["返回", "Back"], Touch::Back);
    sheet(
        "refused-read-again-back",
        page,
        &["刚才没有读完整"],
        &["The card was not read completely"],
        &[back, END, CALL],
    )
}

fn closed_sheets() -> Vec<Sheet> {
    [FaultCode::StoreCannotWrite, FaultCode::StoreDamaged]
        .into_iter()
        .map(|code| {
            let mut sheet = sheet(
                format!("out-of-service-{}", code.code()),
                Page::OutOfService(OutOfService { code }),
                &["暂停服务", "Out of service", code.code()],
                &["暂停服务", "Out of service", code.code()],
                &[],
            );
            sheet.controls.clear();
            sheet
        })
        .collect()
}
