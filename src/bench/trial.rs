//! The sample building of the trial: tenants, people, cards, things, keys and mail, all invented.

use super::dock::Dock;
use super::rig::{self, Equipment, Held};
use super::stock;
use super::tower;
use crate::assembly::{Site, StartError, assemble, desk_beside, need_display, panel};
use crate::config::{Protocol, Settings};
use crate::devices::{Activity, Clock};
use crate::keys::{self, KeyGroup, KeyKind, Purpose, TakeOrder};
use crate::mail::MailKind;
use crate::people::{
    Bilingual, CardState, Credential, How, Identity, Language, NumberConvention, PersonId,
    PersonName, Role, Technology, TenantId, TenantState,
};
use crate::screen::WindowKind;
use crate::store::journal::Actor;
use crate::store::{Books, CardRow, KeyEntry, PersonRow, StoreError, TenantRow};
use crate::visits::Approval;
use chrono::{DateTime, TimeDelta, Utc};
use lodge_hardware::sim::samv::Layout;
use std::path::Path;

/// A card of the sample building, as the dock shows it.
#[derive(Clone, Copy, Debug)]
pub struct SampleCard {
    /// The ten digits its reader sends.
    pub digits: u64,
    /// Whose it is, or what is wrong with it.
    pub owner: &'static str,
}

/// Cards to tap. The first five digits strings are the public sample frames of hardware.md §2.4.
pub const CARDS: [SampleCard; 7] = [
    SampleCard {
        digits: 0x01_00CD_A4EC,
        owner: "陈晓明 Chen Xiaoming",
    },
    SampleCard {
        digits: 0x01_0063_E9AE,
        owner: "Grace Hart 郝格蕾",
    },
    SampleCard {
        digits: 0x10_0086_F444,
        owner: "欧阳晓岚 Ouyang Xiaolan",
    },
    SampleCard {
        digits: 0x01_0012_93D8,
        owner: "Bartholomew Featherstonehaugh",
    },
    SampleCard {
        digits: 0x29_00DE_B30A,
        owner: "林旧 · 已迁出 moved out",
    },
    SampleCard {
        digits: 0x01_0000_4C05,
        owner: "挂失 reported lost",
    },
    SampleCard {
        digits: 0x01_0099_9999,
        owner: "未登记 not registered",
    },
];

/// The card of the key keeper, who is the second person where two are needed.
pub const KEEPER: SampleCard = SampleCard {
    digits: 0x01_0000_7001,
    owner: "赵建国 Zhao Jianguo",
};

/// A card of the other technology, for readers of 13.56 MHz; the first person of [`CARDS`] has it.
pub const TAG_CARD: [u8; 7] = [0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6];

/// What can be held up to a reader of this kind, and what is written on it.
pub fn held(reader: Protocol) -> Vec<(Held, String)> {
    let telephone = (Held::Telephone, "手机 telephone".to_owned());
    match reader {
        Protocol::Pn532 => {
            let owner = CARDS[0].owner.to_owned();
            let stranger = (
                Held::Card(vec![0x5A, 1, 2, 3]),
                "未登记 not registered".to_owned(),
            );
            vec![(Held::Card(TAG_CARD.to_vec()), owner), stranger, telephone]
        }
        Protocol::SamV => [
            (
                Held::Document(Layout::Resident),
                "虚构甲 身份证 identity card",
            ),
            (
                Held::Document(Layout::Permit),
                "虚构乙 港澳台居住证 HMT permit",
            ),
            (
                Held::Document(Layout::Foreigner2017),
                "虚构丙 外国人永居 foreigner 2017",
            ),
            (
                Held::Document(Layout::Foreigner2023),
                "虚构丁 外国人永居 foreigner 2023",
            ),
            (Held::Forged, "号码有误 wrong number"),
            (Held::OtherKind, "银行卡 other card"),
        ]
        .map(|(held, written)| (held, written.to_owned()))
        .to_vec(),
        _ => CARDS
            .iter()
            .chain([&KEEPER])
            .map(|card| {
                let bytes = card.digits.to_be_bytes()[3..].to_vec();
                (Held::Card(bytes), card.owner.to_owned())
            })
            .collect(),
    }
}

/// Codes to scan.
pub const TAGS: [(&str, &str); 9] = [
    ("UMB-0007", "爱心伞 007 umbrella"),
    ("UMB-0012", "爱心伞 012 umbrella"),
    ("PC-01", "笔记本电脑 01 laptop"),
    ("PC-02", "笔记本电脑 02 · 维修中 in repair"),
    ("TRO-01", "手推车 01 trolley"),
    ("LPC-01", "大堂电脑 01 lobby PC"),
    ("PRO-01", "投影仪 01 projector"),
    ("KEY-0012", "钥匙 K-12 key"),
    ("6901234567892", "不是本楼的 not ours"),
];

/// The settings of the sample building: those every house starts with, and one kind more for every
/// other way of lending.
pub fn settings() -> Settings {
    let mut settings = Settings::defaults();
    let mut kinds = settings.kinds();
    kinds.extend(stock::more_kinds(&kinds));
    settings.lend(kinds);
    // Whoever tries it out has no paper to waste.
    settings.print_packs(None);
    settings
}

/// The same house with other settings, for pages that nobody reaches with the usual ones: contractors wait
/// for somebody's yes, and everything may be kept longer.
pub fn other_settings() -> Settings {
    let mut settings = settings();
    let mut visits = settings.visits();
    visits.contractor = Approval::HostOrDesk;
    settings.receive(visits);
    let mut kinds = settings.kinds();
    for kind in &mut kinds {
        kind.policy.renewals = 1;
    }
    settings.lend(kinds);
    settings
}

/// Fills fresh books with the sample building, as the equipment wants it. Does nothing in books that hold
/// something.
pub fn furnish(
    books: &mut Books,
    equipment: &Equipment,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    if books.length()? > 0 {
        return Ok(());
    }
    // Entered yesterday, so that mail and loans of the sample have a past.
    let yesterday = at - TimeDelta::days(1);
    let people = enter_people(books, yesterday)?;
    let staff = super::staff::enter(books, yesterday)?;
    stock::enter(books, yesterday)?;
    if let Some(keeper) = staff.last() {
        hang_keys(books, *keeper, people.ouyang, yesterday)?;
    }
    books.receive_mail(
        MailKind::Express,
        people.chen,
        "B-03",
        at - TimeDelta::hours(2),
    )?;
    books.receive_mail(MailKind::Letter, people.chen, "A-11", yesterday)?;
    books.receive_mail(MailKind::Letter, people.chen, "A-11", yesterday)?;
    books.receive_mail(MailKind::RegisteredLetter, people.grace, "C-02", yesterday)?;
    take_key(books, people.ouyang, at - TimeDelta::hours(1))?;
    match equipment.tower {
        true => tower::enter(books, yesterday),
        false => Ok(()),
    }
}

/// The hooks of the sample building: a room, a set, one that is out, a master and a tenant's sealed spare.
const HOOKS: [(&str, &str, KeyKind, u32, &str); 5] = [
    ("K-01", "KEY-0001", KeyKind::Master, 1, "全楼 whole house"),
    ("K-12", "KEY-0012", KeyKind::Ordinary, 1, "1203"),
    ("K-13", "KEY-0013", KeyKind::Ordinary, 3, "1301"),
    (OUT, "KEY-0017", KeyKind::Ordinary, 1, "1701"),
    ("K-28", "KEY-0028", KeyKind::SealedSpare, 1, "2801"),
];

/// The hook whose key is out already.
const OUT: &str = "K-17";

/// One of the property office has had a key since this moment.
fn take_key(books: &mut Books, staff: PersonId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let Identity::Known(holder) =
        books.identify_card(&NumberConvention::default().credential(CARDS[2].digits))?
    else {
        return Ok(());
    };
    let key = books
        .keys_for(staff, at)?
        .into_iter()
        .find(|key| key.hook == OUT);
    if let Some(key) = key {
        let order = TakeOrder {
            holder,
            how: How::Tapped,
            key: key.id,
            purpose: Purpose::Inspection,
            contractor: None,
            second: None,
        };
        // Granted the day before; nothing refuses a fresh house.
        let _ = books.sign_key_out(
            &keys::Terms::default(),
            &order,
            Actor::of(&order.holder),
            at,
        )?;
    }
    Ok(())
}

/// Hangs the keys, lets one of the property office take them, and gives the keeper a card.
fn hang_keys(
    books: &mut Books,
    keeper: PersonId,
    staff: PersonId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let by = Actor {
        person: Some(keeper),
        card: None,
    };
    let group = KeyGroup("house".to_owned());
    for (hook, tag, kind, pieces, opens) in HOOKS {
        let entry = KeyEntry {
            hook: hook.to_owned(),
            tag: tag.to_owned(),
            kind,
            group: group.clone(),
            tenant: None,
            pieces,
            opens: opens.to_owned(),
        };
        // The keeper keeps keys; nothing refuses a fresh house.
        let _ = books.hang_key(&entry, by, at)?;
    }
    for person in [staff, keeper] {
        let _ = books.grant_keys(&group, person, None, by, at)?;
    }
    books.issue_card(
        &CardRow {
            person: keeper,
            credential: NumberConvention::default().credential(KEEPER.digits),
            state: CardState::Active,
        },
        at,
    )?;
    Ok(())
}

struct People {
    chen: PersonId,
    grace: PersonId,
    ouyang: PersonId,
}

fn enter_people(books: &mut Books, at: DateTime<Utc>) -> Result<People, StoreError> {
    let mut tenant = |zh, en, room: &str, state| {
        let rooms = vec![room.to_owned()];
        books.enter_tenant(
            &TenantRow {
                name: Bilingual::new(zh, en),
                rooms,
                state,
            },
            at,
        )
    };
    let harbour = tenant(
        "海港贸易有限公司",
        "Harbour Trading Ltd",
        "1203",
        TenantState::In,
    )?;
    let long = tenant(
        "北方极光国际供应链管理咨询（上海）股份有限公司",
        "Northern Lights International Supply Chain Consultants",
        "2801-2806",
        TenantState::In,
    )?;
    let gone = tenant(
        "旧日设计事务所",
        "Yesterday Design Studio",
        "907",
        TenantState::Moved,
    )?;

    for (tenant, address) in [
        (harbour, "Room 1203, 12th Floor, 18 Suzhou Road (North)"),
        (long, "Units 2801-2806, 28/F, 18 Suzhou Road (North)"),
    ] {
        books.write_address(tenant, address, at)?;
    }
    let mut person = |tenant: Option<TenantId>, zh: Option<&str>, latin: Option<&str>, language| {
        let role = if tenant.is_some() {
            Role::TenantMember
        } else {
            Role::PropertyStaff
        };
        let name = PersonName {
            chinese: zh.map(Into::into),
            latin: latin.map(Into::into),
        };
        books.enter_person(
            &PersonRow {
                tenant,
                name,
                roles: vec![role],
                language,
            },
            at,
        )
    };
    let zh = Language::Chinese;
    let en = Language::English;
    let chen = person(Some(harbour), Some("陈晓明"), Some("Chen Xiaoming"), zh)?;
    let grace = person(Some(harbour), Some("郝格蕾"), Some("Grace Hart"), en)?;
    let ouyang = person(None, Some("欧阳晓岚"), Some("Ouyang Xiaolan"), zh)?;
    let long_named = person(Some(long), None, Some("Bartholomew Featherstonehaugh"), en)?;
    let left = person(Some(gone), Some("林旧"), Some("Lin Jiu"), zh)?;

    let owners = [chen, grace, ouyang, long_named, left, chen];
    for (index, (card, person)) in CARDS.iter().zip(owners).enumerate() {
        let state = if index == 5 {
            CardState::Lost
        } else {
            CardState::Active
        };
        let credential = NumberConvention::default().credential(card.digits);
        books.issue_card(
            &CardRow {
                person,
                credential,
                state,
            },
            at,
        )?;
    }
    let credential = Credential {
        technology: Technology::Iso14443a,
        number: TAG_CARD.iter().map(|byte| format!("{byte:02X}")).collect(),
    };
    let state = CardState::Active;
    books.issue_card(
        &CardRow {
            person: chen,
            credential,
            state,
        },
        at,
    )?;
    Ok(People {
        chen,
        grace,
        ouyang,
    })
}

/// Pixels that the screen of any laptop has, across and down.
const LAPTOP: u32 = 860;

/// The staff window stands behind the dock, of which so much stays in sight.
const DESK_APART: u32 = 460;

/// Runs the trial until its window is closed.
///
/// # Errors
///
/// Where it does not start.
pub fn run(settings: &Settings, data: &Path, equipment: &Equipment) -> Result<(), StartError> {
    need_display()?;
    let mut books = Books::open(data, &settings.building())?;
    let clock = Clock::system();
    let now = DateTime::from_timestamp_millis(clock.wall_ms()).unwrap_or_default();
    furnish(&mut books, equipment, now)?;
    let ports = data.join("ports");
    let dock = Dock::plugged_in(&ports, equipment, &clock, settings.building())
        .map_err(StartError::Devices)?;
    let (windows, running) = assemble(Site {
        settings,
        devices: &rig::devices(&ports, equipment),
        trial: true,
        books,
        data,
        clock,
        activity: Activity::new(),
        panel: panel(settings),
        window: WindowKind::Framed {
            width: LAPTOP,
            height: LAPTOP,
        },
        desk: desk_beside(
            settings,
            panel(settings).fitted(LAPTOP, LAPTOP).0 + DESK_APART,
        ),
        onlooker: None,
    })?;
    let screen = &windows.screen;
    let (beside, _) = panel(settings).fitted(LAPTOP, LAPTOP);
    let dock = dock.open(screen, beside, data.join("pictures"))?;
    screen.run()?;
    drop((running, dock));
    Ok(())
}
