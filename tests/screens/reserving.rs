//! Having a thing kept for oneself, page by page, and every reason why not.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::lending::flow::Touch as LendingTouch;
use lodge::lending::slots::Slot;
use lodge::lending::{KindIcon, ReservationId, ReserveRefusal, ThingState};
use lodge::people::Bilingual;

fn long_kind() -> Thing {
    Thing {
        name: Bilingual::new(
            "会议投影一体机及配套设备",
            "Conference projector with accessories",
        ),
        icon: KindIcon::Package,
        label: Some("CONF-0012".into()),
    }
}

fn slot(from: u32, until: u32) -> Slot {
    Slot {
        from: moment(24, from, 0),
        until: moment(24, until, 0),
    }
}

fn reservation(number: u128) -> ReservationId {
    ReservationId(uuid::Uuid::from_u128(number))
}

fn days() -> Vec<DayLine> {
    let rooms = [
        Room::Free(2),
        Room::Taken,
        Room::Own,
        Room::Free(12),
        Room::Free(1),
        Room::Free(3),
        Room::Free(3),
    ];
    let day = |(ahead, room)| DayLine {
        day: at(23 + ahead, 0, 0).date(),
        room,
    };
    (0u32..).zip(rooms).map(day).collect()
}

fn times() -> Vec<TimeLine> {
    let time = |from, until, room| TimeLine {
        slot: slot(from, until),
        from: Some(at(24, from, 0)),
        until: at(24, until, 0),
        room,
    };
    vec![
        time(8, 12, Room::Taken),
        time(12, 18, Room::Free(2)),
        time(8, 18, Room::Own),
    ]
}

fn kept(thing: Thing, ready: bool) -> Page {
    Page::Reserving(Reserving::Kept(Kept {
        thing,
        from: at(24, 12, 0),
        until: at(24, 18, 0),
        lapses: at(24, 13, 0),
        ready,
    }))
}

/// My page with one thing kept.
fn my_page(thing: Thing, ready: Readiness) -> Page {
    let Page::MyPage(page) = super::my_page::page_of_loans(vec![]) else {
        unreachable!("it is My page")
    };
    let kept = KeptLine {
        reservation: reservation(1),
        thing,
        from: at(24, 12, 0),
        until: at(24, 18, 0),
        ready,
        cancels: true,
    };
    Page::MyPage(MyPage {
        kept: vec![kept],
        reserves: true,
        ..page
    })
}

pub fn reserving_sheets() -> Vec<Sheet> {
    let day = |ahead: u32| Touch::Lending(LendingTouch::Day(at(23 + ahead, 0, 0).date()));
    let name = |zh: &str, en: &str| Bilingual::new(zh, en);
    let kinds_page = Reserving::Kinds(vec![
        (kind("pc"), name("笔记本电脑", "Laptop"), KindIcon::Laptop),
        (kind("station"), long_kind().name, KindIcon::Package),
    ]);
    let laptop_page = |page: fn(Thing) -> Reserving| {
        Page::Reserving(page(Thing {
            label: None,
            ..laptop()
        }))
    };
    let cancel = LendingTouch::Cancel(reservation(1));
    let own_page = [
        vec![
            (["取消预留", "Cancel"], Touch::Lending(cancel)),
            (
                ["预留物品", "Reserve"],
                Touch::Lending(LendingTouch::Reserve),
            ),
            (["归还", "Return"], Touch::GiveBack),
            END,
        ],
        kinds(),
    ]
    .concat();
    let mut sheets = vec![
        sheet(
            "reserving-kinds",
            Page::Reserving(kinds_page),
            &["请选要预留的物品"],
            &["What shall we keep for you?"],
            &[
                (["笔记本电脑", "Laptop"], Touch::Kind(kind("pc"))),
                (
                    [
                        "会议投影一体机及配套设备",
                        "Conference projector with accessories",
                    ],
                    Touch::Kind(kind("station")),
                ),
                BACK,
                END,
            ],
        ),
        sheet(
            "reserving-days",
            laptop_page(|thing| Reserving::Days(thing, days())),
            &["请选日期", "没有空余", "已为您预留", "可预留 12 件"],
            &[
                "Which day?",
                "None free",
                "12 free",
                "You already have one at this time",
            ],
            &[
                (["今天 11月23日 周一", "Today, Mon 23 Nov"], day(0)),
                (["11月26日 周四", "Thu 26 Nov"], day(3)),
                (["11月27日 周五", "Fri 27 Nov"], day(4)),
                (["11月28日 周六", "Sat 28 Nov"], day(5)),
                (["11月29日 周日", "Sun 29 Nov"], day(6)),
                BACK,
                END,
            ],
        ),
        sheet(
            "reserving-times",
            laptop_page(|thing| Reserving::Times(thing, at(24, 0, 0).date(), times())),
            &[
                "请选时间",
                "笔记本电脑 · 明天 11月24日 周二",
                "08:00 – 12:00",
            ],
            &[
                "What time?",
                "Laptop · Tomorrow, Tue 24 Nov",
                "08:00 – 18:00",
            ],
            &[
                (
                    ["12:00 – 18:00", "12:00 – 18:00"],
                    Touch::Lending(LendingTouch::Slot(slot(12, 18))),
                ),
                BACK,
                END,
            ],
        ),
        sheet(
            "reserving-none",
            laptop_page(|thing| Reserving::Days(thing, vec![])),
            &["对不起，近几天都不能预留。请到前台咨询。"],
            &["Sorry, nothing can be reserved in the coming days. Please ask at the front desk."],
            &[BACK, END],
        ),
        sheet(
            "reserved",
            kept(laptop(), false),
            &[
                "已为您预留",
                "PC-03",
                "明天 12:00 – 18:00",
                "请在明天 13:00 前来取，过时不再保留",
            ],
            &[
                "It is reserved for you",
                "12:00 – 18:00 tomorrow",
                "Please fetch it by 13:00 tomorrow; after that it is free for others",
            ],
            &[DONE],
        ),
        sheet(
            "reserved-ready",
            kept(long_kind(), true),
            &["现在可取：刷卡，再扫标签。13:00 后不再保留"],
            &["Ready now: tap your card and scan its tag. Free for others after 13:00"],
            &[DONE],
        ),
        sheet(
            "reserve-cancelled",
            Page::Reserving(Reserving::Cancelled(long_kind(), at(24, 12, 0))),
            &["预留已取消"],
            &["Reservation cancelled"],
            &[DONE],
        ),
        sheet(
            "my-page-ready",
            my_page(laptop(), Readiness::Ready),
            &["为您预留", "明天 12:00 – 18:00 · 现在可取，请扫标签"],
            &[
                "Reserved for you",
                "12:00 – 18:00 tomorrow · ready, scan its tag",
            ],
            &own_page,
        ),
        sheet(
            "my-page-not-here",
            my_page(laptop(), Readiness::NotHere),
            &["明天 12:00 – 18:00 · 还没有准备好，请到前台咨询"],
            &["12:00 – 18:00 tomorrow · not ready yet, please ask at the front desk"],
            &own_page,
        ),
        sheet(
            "my-page-kept",
            my_page(long_kind(), Readiness::Later),
            &["会议投影一体机及配套设备 CONF-0012", "明天 12:00 – 18:00"],
            &["Conference projector with accessories CONF-0012"],
            &own_page,
        ),
    ];
    sheets.extend(refusals());
    sheets
}

fn refusals() -> Vec<Sheet> {
    [
        (
            "unknown",
            ReserveRefusal::Unknown,
            "笔记本电脑 PC-03 现在没有可以预留的。",
            "Please choose something else, or ask at the front desk.",
        ),
        (
            "not-reservable",
            ReserveRefusal::NotReservable,
            "笔记本电脑 PC-03 不能预留。",
            "Please choose something else, or ask at the front desk.",
        ),
        (
            "not-allowed",
            ReserveRefusal::NotAllowed,
            "对不起，不能预留",
            "Sorry, it cannot be reserved",
        ),
        (
            "not-for-loan",
            ReserveRefusal::NotForLoan(ThingState::InRepair),
            "笔记本电脑 PC-03 正在维修。",
            "Laptop PC-03 is being repaired.",
        ),
        (
            "limit",
            ReserveRefusal::LimitReached { limit: 1 },
            "这段时间已为您预留笔记本电脑 PC-03，每人最多 1 件。",
            "Please choose another time, or cancel the one you have.",
        ),
        (
            "wrong-time",
            ReserveRefusal::WrongTime,
            "请另选时间，或到前台咨询。",
            "Please choose another time, or ask at the front desk.",
        ),
        (
            "taken",
            ReserveRefusal::Taken {
                until: moment(24, 18, 0),
            },
            "那时笔记本电脑 PC-03 已全部约出，要到明天 18:00 才有空。",
            "Laptop PC-03: none is free at that time; one is free again from 18:00 tomorrow.",
        ),
        (
            "late",
            ReserveRefusal::Late {
                due: moment(22, 18, 0),
            },
            "笔记本电脑 PC-03 应在昨天 18:00 前归还，现在还没有回来。",
            "Laptop PC-03 was due at 18:00 yesterday and is not back yet.",
        ),
    ]
    .map(|(name, why, zh, en)| {
        let day = match why {
            ReserveRefusal::Late { .. } => 22,
            _ => 24,
        };
        let why = Refusal::Reserve(why, Some(at(day, 18, 0)));
        let page = Page::Refused(Refused {
            leads_back: true,
            ..Refused::new(why, Some(laptop()))
        });
        let back = (["返回", "Back"], Touch::Back);
        sheet(
            format!("refused-reserve-{name}"),
            page,
            &[zh],
            &[en],
            &[back, END, CALL],
        )
    })
    .into()
}
