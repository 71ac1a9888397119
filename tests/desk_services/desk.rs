//! A lobby with a supervisor who has prepared something of everything.

use crate::support::*;
use chrono::{DateTime, NaiveDate, Utc};
use lodge::desk::event::{Doer, Order, Outcome, Refusal};
use lodge::desk::services::{KeyOrder, MailOrder, ServiceDone, ServiceOrder, VisitOrder};
use lodge::keys::{GrantId, Harm, KeyGroup, KeyId, KeyKind, KeyLoanId, Purpose, ReportId};
use lodge::mail::desk::{Intake, Onward, ReturnOrder, ReturnReason};
use lodge::mail::{
    Addressee, AuthorityId, AuthorityOrder, Covers, MailId, MailKind, PickUpCode, ReturnId, RoundId,
};
use lodge::people::{CardId, CardState, Language, PersonId, PersonName, Role, Signature};
use lodge::slips::SlipNumber;
use lodge::store::journal::Actor;
use lodge::store::{CardRow, Verdict};
use lodge::visits::{
    Announcement, DoNotAdmit, DoNotAdmitId, Identity, Permit, PermitId, SignInOrder, SignedIn,
    Terms, VisitId, VisitorType, Who,
};

pub const KEEPER: u64 = 0x01_00AA_0001;

pub fn now() -> DateTime<Utc> {
    monday_morning() + minutes(10)
}

pub fn today() -> NaiveDate {
    building().local(now()).date()
}

pub struct Desk {
    pub lobby: Lobby,
    /// Sets the scene.
    pub supervisor: PersonId,
    /// Takes keys, with a card.
    pub keeper: PersonId,
    shelves: u32,
}

impl Desk {
    pub fn open() -> Self {
        let mut lobby = Lobby::open();
        let supervisor = lobby.employ("王主管", Role::Supervisor);
        let keeper = lobby.employ("方钥匙", Role::KeyKeeper);
        let row = CardRow {
            person: keeper,
            credential: card(KEEPER),
            state: CardState::Active,
        };
        lobby.books.issue_card(&row, now()).expect("a card");
        Desk {
            lobby,
            supervisor,
            keeper,
            shelves: 0,
        }
    }

    pub fn enter(&mut self, role: Role) -> PersonId {
        self.lobby.employ("李静华", role)
    }

    pub fn does_as(&mut self, person: PersonId, order: Order) -> Result<Outcome, Refusal> {
        self.does_at(person, order, now())
    }

    pub fn does_at(
        &mut self,
        person: PersonId,
        order: Order,
        at: DateTime<Utc>,
    ) -> Result<Outcome, Refusal> {
        let doer = Doer { person, card: None };
        let house = desk_house(&self.lobby.kinds);
        let done = self.lobby.books.desk_order(&house, doer, &order, at);
        done.expect("books that can be written")
    }

    /// The supervisor does this, and is not refused.
    pub fn visits(&mut self, order: VisitOrder) -> Outcome {
        self.done(ServiceOrder::Visits(order))
    }

    /// The same about keys.
    pub fn keys(&mut self, order: KeyOrder) -> Outcome {
        self.done(ServiceOrder::Keys(order))
    }

    /// The same about mail.
    pub fn mail(&mut self, order: MailOrder) -> Outcome {
        self.done(ServiceOrder::Mail(order))
    }

    fn done(&mut self, order: ServiceOrder) -> Outcome {
        let done = self.does_as(self.supervisor, Order::Service(order));
        done.unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    pub fn actor(&self) -> Actor {
        Actor {
            person: Some(self.supervisor),
            card: None,
        }
    }

    /// Somebody waits for the yes of a host.
    pub fn waiting(&mut self, name: &str) -> (VisitId, SlipNumber) {
        match self.signs_in(name, VisitorType::Guest) {
            SignedIn::Waiting { visit, number } => (visit, number),
            other => panic!("waiting for a yes, not {other:?}"),
        }
    }

    /// A visit that is expected, with the digits of its code.
    pub fn announced(&mut self, name: &str) -> (VisitId, String) {
        let order = Announcement {
            visitor: identity(name, ""),
            company: String::new(),
            of: VisitorType::Guest,
            host: self.lobby.grace,
            from: now() + minutes(30),
            until: now() + minutes(90),
        };
        let by = self.actor();
        let done = self.lobby.books.announce_visit(&order, by, now());
        let announced = done.expect("writable").expect("announced");
        (announced.visit, announced.code.digits().to_owned())
    }

    /// A work permit that holds today.
    pub fn permit(&mut self, number: &str) -> PermitId {
        let entered = Permit {
            number: number.to_owned(),
            company: "远山设计".to_owned(),
            answers: self.keeper,
            from: today(),
            until: today(),
        };
        let by = self.actor();
        let done = self.lobby.books.enter_permit(&entered, by, now());
        done.expect("writable").expect("entered")
    }

    pub fn courier_inside(&mut self, name: &str) -> VisitId {
        match self.signs_in(name, VisitorType::Courier) {
            SignedIn::Inside(receipt) => receipt.visit,
            other => panic!("inside, not {other:?}"),
        }
    }

    /// A temporary card that a courier has.
    pub fn card_out(&mut self, name: &str) -> CardId {
        let visit = self.courier_inside(name);
        self.visits(VisitOrder::IssueCard(visit, card(0x0B)));
        let out = self.lobby.books.cards_out().expect("readable");
        let found = out.into_iter().find(|out| out.visit == visit);
        found.expect("a card").card
    }

    /// Somebody waits who looks at rooms, and visits nobody.
    pub fn viewing(&mut self, name: &str) -> VisitId {
        match self.signs_in_to(name, VisitorType::ProspectiveTenant, None) {
            SignedIn::Waiting { visit, .. } => visit,
            other => panic!("waiting for a yes, not {other:?}"),
        }
    }

    pub fn signs_in(&mut self, name: &str, of: VisitorType) -> SignedIn {
        self.signs_in_to(name, of, Some(self.lobby.grace))
    }

    fn signs_in_to(&mut self, name: &str, of: VisitorType, host: Option<PersonId>) -> SignedIn {
        let order = SignInOrder {
            who: Who::Named(identity(name, "13800000009")),
            of,
            company: "远山设计".to_owned(),
            purpose: "会议".to_owned(),
            host,
            tenant: None,
            permit: String::new(),
            things: String::new(),
            signature: Signature(vec![vec![(100, 100), (600, 200)]]),
            language: Language::Chinese,
        };
        let done = self
            .lobby
            .books
            .sign_in(&Terms::default(), &order, monday_morning());
        done.expect("writable").expect("signed in")
    }

    /// Somebody stands on the list.
    pub fn barred(&mut self, name: &str) -> DoNotAdmitId {
        let entry = DoNotAdmit {
            who: identity(name, ""),
            reason: "前次纠纷".to_owned(),
        };
        let by = self.actor();
        let done = self.lobby.books.do_not_admit(&entry, by, now());
        done.expect("writable").expect("entered")
    }

    /// A key on its hook, of the group that the keeper may take.
    pub fn key(&mut self, hook: &str) -> KeyId {
        self.keys(KeyOrder::Hang {
            hook: hook.to_owned(),
            tag: format!("T-{hook}"),
            kind: KeyKind::Ordinary,
            group: group(),
            tenant: Some(self.tenant()),
            pieces: 1,
            opens: "水泵房".to_owned(),
        });
        let hooks = self.lobby.books.hooks().expect("readable");
        let found = hooks.into_iter().find(|line| line.key.hook == hook);
        found.expect("a hook").key.id
    }

    fn tenant(&self) -> lodge::people::TenantId {
        let tenants = self.lobby.books.directory().expect("readable");
        tenants.first().expect("a company").id
    }

    pub fn granted(&mut self) -> GrantId {
        self.keys(KeyOrder::Grant {
            group: group(),
            person: self.keeper,
            until: None,
        });
        let facts = self
            .lobby
            .books
            .registers(monday_morning())
            .expect("readable");
        facts.grants.first().expect("a grant").grant.id
    }

    /// A key that the keeper has taken, by card at the desk.
    pub fn key_used(&mut self, hook: &str) -> KeyLoanId {
        let key = self.key(hook);
        self.keys(KeyOrder::SignOut {
            key,
            holder: card(KEEPER),
            second: None,
            purpose: Purpose::Inspection,
            contractor: None,
        });
        let tenant = self.tenant();
        let uses = self.lobby.books.key_uses_to_tell(tenant);
        uses.expect("readable").first().expect("a use").id
    }

    /// The key of a hook.
    pub fn key_of(&self, hook: &str) -> KeyId {
        let hooks = self.lobby.books.hooks().expect("readable");
        let line = hooks.into_iter().find(|line| line.key.hook == hook);
        line.expect("a hook").key.id
    }

    /// A key that is lost, and reported.
    pub fn key_reported(&mut self, hook: &str) -> ReportId {
        let key = self.key(hook);
        self.keys(KeyOrder::Report {
            key,
            harm: Harm::Lost,
            text: "不见了".to_owned(),
        });
        let reports = self.lobby.books.open_key_reports().expect("readable");
        reports.first().expect("a report").id
    }

    /// Somebody of the house as signatory of a company.
    pub fn authority(&self) -> AuthorityOrder {
        let companies = self.lobby.books.find_tenants("海港", 1).expect("readable");
        AuthorityOrder {
            holder: self.lobby.grace,
            principal: Addressee::Tenant(companies.first().expect("a company").id),
            kinds: Covers::Everything.kinds(),
            until: None,
            once: false,
        }
    }

    /// The same, entered.
    pub fn authority_given(&mut self) -> AuthorityId {
        let order = self.authority();
        self.mail(MailOrder::LetCollect(order));
        let given = self.lobby.books.mail_authorities(now()).expect("readable");
        given.last().expect("an authority").id
    }

    /// A piece of mail on its shelf.
    pub fn letter(&mut self, kind: MailKind) -> MailId {
        self.coded_letter(kind).0
    }

    /// The same, with its pick-up code.
    pub fn coded_letter(&mut self, kind: MailKind) -> (MailId, PickUpCode) {
        self.shelves += 1;
        let shelf = format!("S-{:02}", self.shelves);
        let taken = self.mail(MailOrder::TakeIn(Intake {
            tracking: String::new(),
            addressee: Addressee::Person(self.lobby.grace),
            kind,
            shelf: shelf.clone(),
        }));
        let Outcome::Service(ServiceDone::MailIn(_, digits, _)) = taken else {
            panic!("taken in, not {taken:?}")
        };
        let waiting = self.lobby.books.mail_waiting_by_shelf().expect("readable");
        let found = waiting.into_iter().find(|item| item.shelf == shelf);
        let code = PickUpCode::from_digits(&digits).expect("a code");
        (found.expect("a piece").id, code)
    }

    /// A piece that is to go back, and waits for whoever allows it.
    pub fn return_asked(&mut self) -> (MailId, ReturnId) {
        let item = self.letter(MailKind::Letter);
        self.mail(MailOrder::AskReturn(ReturnOrder {
            item,
            onward: Onward::ToSender,
            reason: ReturnReason::ALL[0],
            address: String::new(),
            form: None,
        }));
        let returns = self.lobby.books.mail_returns().expect("readable");
        let found = returns.into_iter().find(|back| back.item.id == item);
        (item, found.expect("a return").id)
    }

    /// A round with two newspapers.
    pub fn round(&mut self) -> RoundId {
        let papers = [MailKind::Newspaper; 2].map(|kind| self.letter(kind));
        self.mail(MailOrder::StartRound(papers.to_vec()));
        let rounds = self.lobby.books.open_mail_rounds().expect("readable");
        *rounds.first().expect("a round")
    }

    /// The state is what the journal says, and no name is in the journal.
    pub fn prove(&self) {
        match self.lobby.books.verify().expect("readable") {
            Verdict::Sound(_) => {}
            other => panic!("{other:?}"),
        }
        let looked = self.lobby.books.journal(|entry| {
            for personal in ["周远", "吴双", "王五", "远山", "纠纷", "水泵房"] {
                assert!(!entry.payload.contains(personal), "{}", entry.payload);
            }
            Ok(())
        });
        looked.expect("readable");
    }
}

fn group() -> KeyGroup {
    KeyGroup("公共".to_owned())
}

pub fn identity(chinese: &str, phone: &str) -> Identity {
    Identity {
        name: PersonName {
            chinese: Some(chinese.to_owned()),
            latin: None,
        },
        phone: phone.to_owned(),
        document: None,
    }
}
