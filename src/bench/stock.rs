//! What the sample building lends: the usual three kinds, and one for each other way of lending.

use crate::lending::{Asks, Counted, DueRule, Kind, KindIcon, KindId, Policy, ThingState};
use crate::people::{Bilingual, Role};
use crate::store::{Books, StoreError};
use chrono::{DateTime, Utc};

/// Umbrellas with tags, and what is used where it stands, comes back in parts, is washed, or is given
/// away; on the terms of the last of the usual kinds.
pub(super) fn more_kinds(usual: &[Kind]) -> Vec<Kind> {
    let (Some(umbrella), Some(plain)) = (usual.first(), usual.last()) else {
        return Vec::new();
    };
    let kind = |id: &str, (zh, en), counted, who: &[Role]| Kind {
        id: KindId(id.to_owned()),
        name: Bilingual::new(zh, en),
        icon: KindIcon::Package,
        counted,
        policy: Policy {
            who: who.to_vec(),
            slip: false,
            ..plain.policy.clone()
        },
    };
    let long = Kind {
        id: KindId("tagged-umbrella".to_owned()),
        name: Bilingual::new("长柄伞", "Long umbrella"),
        counted: Counted::Tagged,
        ..umbrella.clone()
    };
    let lobby_pc = ("大堂电脑", "Lobby PC");
    let mut station = kind("station", lobby_pc, Counted::Tagged, &[Role::TenantMember]);
    station.icon = KindIcon::Laptop;
    station.policy.in_place = true;
    station.policy.reservable = true;
    station.policy.due = DueRule {
        minutes: Some(60),
        ..station.policy.due
    };
    let staff = &[Role::PropertyStaff];
    let mut projector = kind("projector", ("投影仪", "Projector"), Counted::Tagged, staff);
    projector.policy.asks = Asks {
        condition: true,
        wiped: false,
    };
    projector.policy.parts = vec![
        Bilingual::new("电源线", "power cable"),
        Bilingual::new("遥控器", "remote control"),
    ];
    let builders = &[Role::PropertyStaff, Role::Contractor, Role::Visitor];
    let mut helmet = kind(
        "helmet",
        ("安全帽", "Safety helmet"),
        Counted::Pooled,
        builders,
    );
    helmet.policy.washed = true;
    let covers = ("一次性鞋套", "Paper shoe covers");
    let covers = kind("shoe-cover", covers, Counted::Consumable, builders);
    vec![long, station, projector, helmet, covers]
}

/// Enters all of it into fresh books.
pub(super) fn enter(books: &mut Books, at: DateTime<Utc>) -> Result<(), StoreError> {
    let kind = |id: &str| KindId(id.to_owned());
    for (of, total) in [("umbrella", 24), ("helmet", 12), ("shoe-cover", 200)] {
        books.count_pool(&kind(of), total, at)?;
    }
    for (of, tag, label, state) in [
        ("tagged-umbrella", "UMB-0007", "007", ThingState::Available),
        ("tagged-umbrella", "UMB-0012", "012", ThingState::Available),
        ("pc", "PC-01", "01", ThingState::Available),
        ("pc", "PC-02", "02", ThingState::InRepair),
        ("trolley", "TRO-01", "01", ThingState::Available),
        ("station", "LPC-01", "01", ThingState::Available),
        ("projector", "PRO-01", "01", ThingState::Available),
    ] {
        books.enter_thing(&kind(of), tag, label, state, at)?;
    }
    Ok(())
}
