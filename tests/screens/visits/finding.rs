//! Which company, in a house of many: chosen from the list, or typed.

use super::super::sheet::*;
use super::super::visit_parts::*;
use lodge::kiosk::Touch;
use lodge::people::directory::TenantsFound;
use lodge::people::{Bilingual, Tenant, TenantId, TenantState};
use lodge::typing::Purpose;
use lodge::visits::flow::{Stage, TenantLine, Touch as VisitTouch};
use uuid::Uuid;

const FIND: [&str; 2] = ["输入房间号或公司", "Type a room or company"];

const NAMES: [[&str; 2]; 7] = [
    [LONG_ZH, LONG_EN],
    ["和光设计有限公司", "Gentle Light Design Ltd"],
    ["和光科技有限公司", "Gentle Light Technology Ltd"],
    ["远山咨询有限公司", "Far Hills Consulting Ltd"],
    ["云帆设计有限公司", "Cloud Sail Design Ltd"],
    ["长青科技有限公司", "Evergreen Technology Ltd"],
    ["青石咨询有限公司", "Bluestone Consulting Ltd"],
];

/// So many companies, each on a floor of its own.
pub fn companies(count: usize) -> Vec<Tenant> {
    let numbered = NAMES.iter().zip(1u32..).take(count);
    numbered
        .map(|([zh, en], floor)| Tenant {
            id: TenantId(Uuid::from_u128(u128::from(floor))),
            name: Bilingual::new(*zh, *en),
            rooms: vec![format!("{floor}03"), format!("{floor}06")],
            state: TenantState::In,
        })
        .collect()
}

/// What was found by some letters.
pub fn found(count: usize, more: bool) -> TenantsFound {
    TenantsFound {
        query: "hg".into(),
        tenants: companies(count),
        more,
    }
}

/// Each company as a control.
fn each(count: usize) -> impl Iterator<Item = ([&'static str; 2], Touch)> {
    let touch = |tenant: Tenant| Touch::Visits(VisitTouch::Tenant(tenant.id));
    NAMES
        .into_iter()
        .zip(companies(count).into_iter().map(touch))
}

fn finding(name: &str, found: TenantsFound, zh: &[&str], en: &[&str]) -> Sheet {
    let controls: Vec<_> = each(found.tenants.len()).chain([BACK, END]).collect();
    let stage = Stage::FindingTenant {
        draft: draft(),
        typed: found.query.clone(),
        found,
    };
    let mut sheet = sheet(name, page(stage), zh, en, &controls);
    sheet.writing = Some(writing(Purpose::Company, "hg"));
    sheet
}

pub fn sheets() -> Vec<Sheet> {
    let ways = [
        (FIND, Touch::Visits(VisitTouch::FindTenant)),
        (
            ["只知道姓名", "I only know a name"],
            Touch::Visits(VisitTouch::ByHost),
        ),
        BACK,
        END,
    ];
    let all: Vec<_> = each(NAMES.len()).chain(ways).collect();
    let list = Stage::Tenants {
        draft: draft(),
        tenants: companies(NAMES.len())
            .into_iter()
            .map(TenantLine::from)
            .collect(),
        is_read: true,
    };
    let (zh, en) = (
        ["您找哪家公司？", "103 · 106 室"],
        ["Which company are you visiting?", "Room 103 · 106"],
    );
    vec![
        sheet(
            "visits-companies-many",
            page(list),
            &zh[..1],
            &en[..1],
            &all,
        ),
        finding(
            "visits-finding",
            TenantsFound::default(),
            &zh[..1],
            &en[..1],
        ),
        finding("visits-finding-two", found(2, false), &zh, &en),
        finding("visits-finding-more", found(5, true), &zh, &en),
        finding(
            "visits-finding-nothing",
            found(0, false),
            &["没有找到，请核对名称，或呼叫前台。"],
            &["Nothing found. Please check the name, or call the desk."],
        ),
    ]
}
