//! A lobby with a mail room: staff of each role, and short ways to say what they do.

use crate::support::*;
use chrono::{DateTime, Utc};
use lodge::mail::desk::{Intake, Onward, Outcome, ReturnForm, ReturnOrder, ReturnReason, TakenIn};
use lodge::mail::{
    Addressee, Collector, Item, MailId, MailKind, MailState, PickUpOrder, PickUpReceipt,
    PickUpRefusal, RoundId, Terms,
};
use lodge::people::{
    Bilingual, CardState, How, Language, PersonId, PersonName, Role, Signature, TenantId,
    TenantState,
};
use lodge::slips::PrintJobId;
use lodge::store::journal::Actor;
use lodge::store::{CardRow, PersonRow, TenantRow, Verdict};

/// Dai, of another company than Grace and Chen.
pub const DAI: u64 = 0x01_0033_0001;

pub struct Office {
    pub lobby: Lobby,
    pub terms: Terms,
    pub desk: Actor,
    pub second: Actor,
    pub mailer: Actor,
    pub boss: Actor,
    pub harbour: TenantId,
    pub gone: TenantId,
    pub dai: PersonId,
}

impl Office {
    pub fn open() -> Self {
        let mut lobby = Lobby::open();
        let at = monday_morning();
        let mut staff = |name: &str, role| {
            let row = PersonRow {
                tenant: None,
                name: chinese(name),
                roles: vec![role],
                language: Language::Chinese,
            };
            let person = lobby.books.enter_person(&row, at).expect("a person");
            Actor {
                person: Some(person),
                card: None,
            }
        };
        let desk = staff("甲前台", Role::Receptionist);
        let second = staff("乙前台", Role::Receptionist);
        let mailer = staff("丙邮务", Role::MailAdministrator);
        let boss = staff("丁主管", Role::Supervisor);
        let mut tenant = |zh: &str, room: &str, state| {
            let row = TenantRow {
                name: Bilingual::new(zh, zh),
                rooms: vec![room.to_owned()],
                state,
            };
            lobby.books.enter_tenant(&row, at).expect("a tenant")
        };
        let hill = tenant("山丘事务所", "0901", TenantState::In);
        let gone = tenant("迁走公司", "1501", TenantState::Moved);
        let row = PersonRow {
            tenant: Some(hill),
            name: chinese("戴一"),
            roles: vec![Role::TenantMember],
            language: Language::Chinese,
        };
        let dai = lobby.books.enter_person(&row, at).expect("a person");
        let row = CardRow {
            person: dai,
            credential: card(DAI),
            state: CardState::Active,
        };
        lobby.books.issue_card(&row, at).expect("a card");
        let harbour = lobby.holder(GRACE).tenant.expect("a company").id;
        Office {
            lobby,
            terms: Terms::default(),
            desk,
            second,
            mailer,
            boss,
            harbour,
            gone,
            dai,
        }
    }

    pub fn take_in(&mut self, to: Addressee, kind: MailKind) -> TakenIn {
        self.take_in_at(to, kind, monday_morning())
    }

    pub fn take_in_at(&mut self, to: Addressee, kind: MailKind, at: DateTime<Utc>) -> TakenIn {
        let intake = Intake {
            addressee: to,
            kind,
            shelf: "b-04".to_owned(),
            tracking: String::new(),
        };
        let (terms, by) = (self.terms.clone(), self.desk);
        self.lobby
            .books
            .take_mail_in(&intake, &terms, Language::Chinese, by, at)
            .expect("writable")
            .expect("it is taken in")
    }

    pub fn for_grace(&mut self, kind: MailKind) -> TakenIn {
        self.take_in(Addressee::Person(self.lobby.grace), kind)
    }

    pub fn by_card(&self, number: u64) -> Collector {
        Collector::Card {
            holder: self.lobby.holder(number),
            how: How::Tapped,
        }
    }

    pub fn pick_up(
        &mut self,
        by: Collector,
        items: &[MailId],
        signature: Option<Signature>,
        at: DateTime<Utc>,
    ) -> Result<PickUpReceipt, PickUpRefusal> {
        let order = PickUpOrder {
            by,
            items: items.to_vec(),
            signature,
        };
        self.lobby.books.pick_up_mail(&order, at).expect("writable")
    }

    pub fn round(&mut self, items: &[MailId]) -> RoundId {
        let by = self.mailer;
        let started = self
            .lobby
            .books
            .start_mail_round(items, Language::Chinese, by, monday_morning())
            .expect("writable");
        started.expect("they set out").0
    }

    /// All that waits and is like this.
    pub fn waiting(&self, like: impl Fn(&Item) -> bool) -> Vec<Item> {
        let waiting = self.lobby.books.mail_waiting_by_shelf();
        waiting
            .expect("readable")
            .into_iter()
            .filter(like)
            .collect()
    }

    /// Notes what became of an item; the notice for its door, where one prints.
    pub fn note(&mut self, round: RoundId, item: MailId, outcome: Outcome) -> Option<PrintJobId> {
        let by = self.mailer;
        let at = monday_morning() + minutes(30);
        let house = (&self.terms, Language::Chinese);
        self.lobby
            .books
            .note_mail_outcome((round, item), &outcome, house, by, at)
            .expect("writable")
            .expect("it is noted")
    }

    pub fn state(&self, item: MailId) -> MailState {
        let found = self.lobby.books.mail_item(item).expect("readable");
        found.expect("the item").state
    }

    /// Chain and state are sound: what the tables say is what the journal says.
    pub fn is_sound(&self) {
        let verdict = self.lobby.books.verify().expect("readable");
        assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
    }

    /// What the slip with the highest number says.
    pub fn latest_slip(&self) -> String {
        let jobs = self.lobby.books.open_jobs().expect("readable");
        let latest = jobs.iter().max_by_key(|job| job.number.count);
        latest.expect("a slip waits").slip.to_text(32)
    }
}

pub fn chinese(name: &str) -> PersonName {
    PersonName {
        chinese: Some(name.to_owned()),
        latin: None,
    }
}

pub fn signature() -> Signature {
    Signature(vec![vec![(100, 100), (600, 400)]])
}

pub fn back(item: MailId) -> ReturnOrder {
    ReturnOrder {
        item,
        onward: Onward::ToSender,
        reason: ReturnReason::NoSuchPerson,
        address: String::new(),
        form: None,
    }
}

pub fn form() -> ReturnForm {
    ReturnForm {
        addressee: "张某某".to_owned(),
        address: "云栖中心 1501".to_owned(),
        sender: "远方公司".to_owned(),
        tracking: "XA0001".to_owned(),
        enquiries: "问过 1501 室及前台".to_owned(),
    }
}
