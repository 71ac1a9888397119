//! A small lobby for tests: one building, two companies, a few people and things, at a fixed moment.

#![allow(dead_code, reason = "every test file uses another part of the lobby")]

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use lodge::building::Building;
use lodge::lending::{
    Asks, Counted, DueRule, Kind, KindIcon, KindId, LendOrder, LendRefusal, LentReceipt, Policy,
    ReturnOrder, ReturnReceipt, ReturnRefusal, ThingState, Wanted,
};
use lodge::people::staff::{LoginRefusal, Member, Pin};
use lodge::people::{
    Bilingual, CardState, Credential, Holder, How, Identity, Language, NumberConvention, PersonId,
    PersonName, Role, Signature, TenantState,
};
use lodge::store::journal::Actor;
use lodge::store::{Books, CardRow, PersonRow, TenantRow};
use lodge::visits::{
    EnteredReceipt, Identity as VisitorIdentity, Permit, SignInOrder, SignedIn, Terms, VisitorType,
    Who,
};
use std::path::{Path, PathBuf};

/// Monday 23 November 2026, 09:05 in Shanghai.
pub fn monday_morning() -> DateTime<Utc> {
    "2026-11-23T01:05:00Z".parse().expect("a real moment")
}

pub fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

pub fn building() -> Building {
    Building {
        name: Bilingual::new("云栖中心", "Cloud Rest Centre"),
        zone: chrono_tz::Asia::Shanghai,
        opens: NaiveTime::from_hms_opt(8, 0, 0).expect("a real time"),
        closes: NaiveTime::from_hms_opt(20, 0, 0).expect("a real time"),
        device: 'A',
    }
}

pub fn umbrella() -> KindId {
    KindId("umbrella".to_owned())
}

pub fn pc() -> KindId {
    KindId("pc".to_owned())
}

fn kind(id: KindId, zh: &str, en: &str, counted: Counted, days: u32, self_return: bool) -> Kind {
    Kind {
        id,
        name: Bilingual::new(zh, en),
        icon: KindIcon::Umbrella,
        counted,
        policy: Policy {
            who: vec![Role::TenantMember],
            at_once: 1,
            due: DueRule {
                minutes: None,
                days,
                at: NaiveTime::from_hms_opt(18, 0, 0).expect("a real time"),
            },
            deposit_fen: 0,
            slip: true,
            self_return,
            blocked_while_overdue: true,
            renewals: 0,
            reservable: false,
            asks: Asks::default(),
            parts: Vec::new(),
            in_place: false,
            washed: false,
        },
    }
}

/// A pooled umbrella for two days and a tagged PC for the same day that the desk takes back.
pub fn kinds() -> Vec<Kind> {
    vec![
        kind(umbrella(), "爱心伞", "Umbrella", Counted::Pooled, 2, true),
        Kind {
            icon: KindIcon::Laptop,
            ..kind(pc(), "笔记本电脑", "Laptop", Counted::Tagged, 0, false)
        },
    ]
}

/// What the staff window knows of the house, with these kinds.
pub fn desk_house(kinds: &[Kind]) -> lodge::desk::House {
    lodge::desk::House {
        building: building(),
        kinds: kinds.to_vec(),
        visits: lodge::visits::Terms::default(),
        keys: lodge::keys::Terms::default(),
        mail: lodge::mail::Terms::default(),
        locks_after: std::time::Duration::from_secs(300),
        trial: false,
    }
}

pub fn helmet() -> KindId {
    KindId("helmet".to_owned())
}

pub fn shoe_cover() -> KindId {
    KindId("shoe-cover".to_owned())
}

/// Helmets that are washed, and shoe covers that are given away.
pub fn more_kinds() -> Vec<Kind> {
    let mut helmets = kind(helmet(), "安全帽", "Helmet", Counted::Pooled, 0, true);
    helmets.policy.washed = true;
    let covers = kind(
        shoe_cover(),
        "鞋套",
        "Shoe covers",
        Counted::Consumable,
        0,
        true,
    );
    vec![helmets, covers]
}

/// An order for whoever's card this is; what is wanted is still to say.
pub fn order_for(identity: &Identity) -> LendOrder {
    let Identity::Known(borrower) = identity else {
        panic!("somebody's card, not {identity:?}")
    };
    LendOrder {
        borrower: borrower.clone(),
        wanted: Wanted::Pool(umbrella()),
        how: How::Tapped,
        language: Language::Chinese,
    }
}

pub fn card(number: u64) -> Credential {
    NumberConvention::Bits32.credential(number)
}

pub const GRACE: u64 = 0x01_00CD_A4EC;
pub const CHEN: u64 = 0x01_0063_E9AE;
pub const LOST: u64 = 0x10_0086_F444;
pub const MOVED: u64 = 0x01_0012_93D8;

/// The PIN of everybody whom [`Lobby::employ`] employs.
pub const PIN: &str = "204816";

/// Books in a folder of their own, with people and things in them.
pub struct Lobby {
    pub folder: tempfile::TempDir,
    pub books: Books,
    pub kinds: Vec<Kind>,
    pub grace: PersonId,
    pub chen: PersonId,
}

impl Lobby {
    pub fn open() -> Self {
        let mut lobby = Lobby::with_nothing_to_lend();
        let at = monday_morning();
        let books = &mut lobby.books;
        books.count_pool(&umbrella(), 2, at).expect("a stand");
        for (tag, label, state) in [
            ("PC-01", "01", ThingState::Available),
            ("PC-02", "02", ThingState::InRepair),
        ] {
            books
                .enter_thing(&pc(), tag, label, state, at)
                .expect("a PC");
        }
        lobby
    }

    /// The people of the lobby, and books in which nothing was ever counted or entered.
    pub fn with_nothing_to_lend() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut books = Books::open(folder.path(), &building()).expect("fresh books");
        let at = monday_morning();
        let tenant = |zh: &str, en: &str, state| TenantRow {
            name: Bilingual::new(zh, en),
            rooms: vec!["1203".to_owned()],
            state,
        };
        let harbour = tenant("海港贸易有限公司", "Harbour Trading Ltd", TenantState::In);
        let harbour = books.enter_tenant(&harbour, at).expect("a tenant");
        let gone = tenant("旧日设计", "Yesterday Design", TenantState::Moved);
        let gone = books.enter_tenant(&gone, at).expect("a tenant");
        let mut enter = |tenant, zh: &str, latin: &str, language| {
            let name = PersonName {
                chinese: Some(zh.into()),
                latin: Some(latin.into()),
            };
            let roles = vec![Role::TenantMember];
            let row = PersonRow {
                tenant: Some(tenant),
                name,
                roles,
                language,
            };
            books.enter_person(&row, at).expect("a person")
        };
        let grace = enter(harbour, "郝格蕾", "Grace Hart", Language::English);
        let chen = enter(harbour, "陈晓明", "Chen Xiaoming", Language::Chinese);
        let left = enter(gone, "林旧", "Lin Jiu", Language::Chinese);
        for (person, number, state) in [
            (grace, GRACE, CardState::Active),
            (chen, CHEN, CardState::Active),
            (chen, LOST, CardState::Lost),
            (left, MOVED, CardState::Active),
        ] {
            let row = CardRow {
                person,
                credential: card(number),
                state,
            };
            books.issue_card(&row, at).expect("a card");
        }
        Lobby {
            folder,
            books,
            kinds: kinds(),
            grace,
            chen,
        }
    }

    /// Somebody who works here, with a PIN for the desk.
    pub fn employ(&mut self, name: &str, role: Role) -> PersonId {
        let row = PersonRow {
            tenant: None,
            name: PersonName {
                chinese: Some(name.to_owned()),
                latin: None,
            },
            roles: vec![role],
            language: Language::Chinese,
        };
        let at = monday_morning();
        let person = self.books.enter_person(&row, at).expect("a person");
        let pin = Pin(PIN.to_owned());
        let set = self.books.set_sample_pin(person, &pin, at);
        set.expect("a PIN");
        person
    }

    /// A permit of this company for these days, for whose work a member of staff answers.
    pub fn permit(&mut self, number: &str, company: &str, answers: PersonId, at: DateTime<Utc>) {
        let today = building().local(at).date();
        let permit = Permit {
            number: number.to_owned(),
            company: company.to_owned(),
            answers,
            from: today,
            until: today,
        };
        let by = Actor {
            person: Some(self.employ("王主管", Role::Supervisor)),
            card: None,
        };
        let entered = self.books.enter_permit(&permit, by, at);
        entered.expect("writable books").expect("a new permit");
    }

    /// A contractor who signed in on this permit and is inside.
    pub fn contractor(
        &mut self,
        name: &str,
        company: &str,
        permit: &str,
        at: DateTime<Utc>,
    ) -> (PersonId, EnteredReceipt) {
        let order = SignInOrder {
            who: Who::Named(VisitorIdentity {
                name: PersonName {
                    chinese: Some(name.to_owned()),
                    latin: None,
                },
                phone: String::new(),
                document: None,
            }),
            of: VisitorType::Contractor,
            company: company.to_owned(),
            purpose: "装修".to_owned(),
            host: None,
            tenant: None,
            permit: permit.to_owned(),
            things: String::new(),
            signature: Signature(vec![vec![(100, 100), (600, 200)]]),
            language: Language::Chinese,
        };
        let done = self.books.sign_in(&Terms::default(), &order, at);
        let Ok(SignedIn::Inside(receipt)) = done.expect("writable books") else {
            panic!("{name} goes in on a permit that holds")
        };
        let inside = self.books.inside_now().expect("readable books");
        let visit = inside.iter().find(|visit| visit.id == receipt.visit);
        (visit.expect("inside").visitor, receipt)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn holder(&self, number: u64) -> Holder {
        match self
            .books
            .identify_card(&card(number))
            .expect("the books can be read")
        {
            Identity::Known(holder) => holder,
            other => panic!("{number:X} should be a valid card, not {other:?}"),
        }
    }

    pub fn lend(
        &mut self,
        number: u64,
        wanted: Wanted,
        at: DateTime<Utc>,
    ) -> Result<LentReceipt, LendRefusal> {
        let borrower = self.holder(number);
        let order = LendOrder {
            borrower,
            wanted,
            how: How::Tapped,
            language: Language::Chinese,
        };
        self.books
            .lend(&self.kinds, &order, at)
            .expect("the books can be written")
    }

    pub fn lend_umbrella(
        &mut self,
        number: u64,
        at: DateTime<Utc>,
    ) -> Result<LentReceipt, LendRefusal> {
        self.lend(number, Wanted::Pool(umbrella()), at)
    }

    pub fn take_back(
        &mut self,
        what: lodge::lending::BroughtBack,
        by: Option<u64>,
        at: DateTime<Utc>,
    ) -> Result<ReturnReceipt, ReturnRefusal> {
        let order = ReturnOrder {
            what,
            by: by.map(|number| self.holder(number)),
        };
        self.books
            .take_back(&self.kinds, &order, at)
            .expect("the books can be written")
    }

    /// Closes the books and gives back the folder.
    pub fn close(self) -> (tempfile::TempDir, PathBuf) {
        let path = self.folder.path().join(lodge::store::DATABASE);
        drop(self.books);
        (self.folder, path)
    }
}

/// Somebody tries to come in at the desk with this PIN.
pub fn log_in(
    books: &mut Books,
    member: &Member,
    pin: &Pin,
    at: DateTime<Utc>,
) -> Result<(), LoginRefusal> {
    let check = books.begin_login(member, at).expect("readable books")?;
    let right = check.is(pin).expect("memory for a hash");
    books.end_login(member, right, at).expect("writable books")
}
