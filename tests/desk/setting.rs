//! What stands in the books before somebody sits down at the desk.

use crate::Window;
use crate::support::{card, minutes, monday_morning};
use lodge::desk::Event;
use lodge::desk::event::{Doer, Order, Outcome};
use lodge::desk::services::{KeyOrder, MailOrder, ServiceDone, ServiceOrder, VisitOrder};
use lodge::keys::{Harm, KeyGroup, KeyId, KeyKind, Purpose};
use lodge::mail::desk::{Intake, Onward, ReturnForm, ReturnOrder, ReturnReason};
use lodge::mail::{Addressee, MailKind};
use lodge::people::{CardState, Language, PersonId, PersonName, Role, Signature};
use lodge::slips::SlipNumber;
use lodge::store::CardRow;
use lodge::visits::{
    Announcement, DoNotAdmit, Identity, SignInOrder, SignedIn, Terms, VisitId, VisitorType, Who,
};

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

impl Window {
    /// Somebody who works here does this, and is not refused; the window hears of it.
    pub fn done_by(&mut self, person: PersonId, order: ServiceOrder) -> Outcome {
        let doer = Doer { person, card: None };
        let order = Order::Service(order);
        let done = self
            .lobby
            .books
            .desk_order(&crate::house(), doer, &order, self.at);
        self.happens(Event::BooksChanged);
        done.expect("writable books").expect("no refusal")
    }

    /// Somebody signs in at the touch screen.
    pub fn signs_in(&mut self, name: &str, of: VisitorType) -> SignedIn {
        self.signs_in_with(name, of, "")
    }

    /// The same with things carried in.
    pub fn signs_in_with(&mut self, name: &str, of: VisitorType, things: &str) -> SignedIn {
        let order = SignInOrder {
            who: Who::Named(identity(name, "13800000009")),
            of,
            company: "远山设计".to_owned(),
            purpose: "会议".to_owned(),
            host: Some(self.lobby.grace),
            tenant: None,
            permit: String::new(),
            things: things.to_owned(),
            signature: Signature(vec![vec![(100, 100), (600, 200)]]),
            language: Language::Chinese,
        };
        let done = self
            .lobby
            .books
            .sign_in(&Terms::default(), &order, self.at)
            .expect("writable books");
        self.happens(Event::BooksChanged);
        done.expect("signed in")
    }

    /// Somebody stands on the list of those who are not admitted.
    pub fn barred(&mut self, name: &str, phone: &str) {
        let supervisor = self.lobby.employ("王主管", Role::Supervisor);
        let entry = DoNotAdmit {
            who: identity(name, phone),
            reason: "前次纠纷".to_owned(),
        };
        let order = ServiceOrder::Visits(VisitOrder::DoNotAdmit(entry));
        self.done_by(supervisor, order);
    }

    /// A guest who went in with these things, under this number.
    pub fn guest_inside(&mut self, name: &str, things: &str) -> (VisitId, SlipNumber) {
        let SignedIn::Waiting { visit, number } =
            self.signs_in_with(name, VisitorType::Guest, things)
        else {
            panic!("a yes is asked for")
        };
        let supervisor = self.lobby.employ("王主管", Role::Supervisor);
        let (said, yes) = (self.lobby.grace, true);
        for order in [
            VisitOrder::SayYes { visit, said, yes },
            VisitOrder::LetIn(visit),
        ] {
            self.done_by(supervisor, ServiceOrder::Visits(order));
        }
        (visit, number)
    }

    /// Somebody is expected in half an hour; the digits of their code.
    pub fn announced(&mut self, name: &str) -> String {
        let supervisor = self.lobby.employ("王主管", Role::Supervisor);
        let order = VisitOrder::Announce(Announcement {
            visitor: identity(name, ""),
            company: String::new(),
            of: VisitorType::Guest,
            host: self.lobby.grace,
            from: self.at + minutes(30),
            until: self.at + minutes(90),
        });
        match self.done_by(supervisor, ServiceOrder::Visits(order)) {
            Outcome::Service(ServiceDone::Announced(code)) => code,
            other => panic!("announced, not {other:?}"),
        }
    }

    /// A key that this keeper has taken by card.
    pub fn key_out(&mut self, hook: &str, keeper: PersonId) -> KeyId {
        let supervisor = self.lobby.employ("王主管", Role::Supervisor);
        let group = KeyGroup("公共".to_owned());
        let row = CardRow {
            person: keeper,
            credential: card(0xAA),
            state: CardState::Active,
        };
        let books = &mut self.lobby.books;
        books.issue_card(&row, monday_morning()).expect("a card");
        for order in [
            KeyOrder::Hang {
                hook: hook.to_owned(),
                tag: format!("T-{hook}"),
                kind: KeyKind::Ordinary,
                group: group.clone(),
                tenant: None,
                pieces: 1,
                opens: String::new(),
            },
            KeyOrder::Grant {
                group,
                person: keeper,
                until: None,
            },
        ] {
            self.done_by(supervisor, ServiceOrder::Keys(order));
        }
        let hooks = self.lobby.books.hooks().expect("readable books");
        let key = hooks.first().expect("a hook").key.id;
        let order = KeyOrder::SignOut {
            key,
            holder: card(0xAA),
            second: None,
            purpose: Purpose::Inspection,
            contractor: None,
        };
        self.done_by(supervisor, ServiceOrder::Keys(order));
        key
    }

    /// Lost key, and this person reports it.
    pub fn reported_lost(&mut self, key: KeyId, by: PersonId) {
        let order = KeyOrder::Report {
            key,
            harm: Harm::Lost,
            text: "在电梯间".to_owned(),
        };
        self.done_by(by, ServiceOrder::Keys(order));
    }

    /// A registered letter whose form waits for the supervisor.
    pub fn special_return_asked(&mut self) {
        let office = self.lobby.employ("钱收发", Role::MailAdministrator);
        let intake = Intake {
            tracking: String::new(),
            addressee: Addressee::Person(self.lobby.grace),
            kind: MailKind::RegisteredLetter,
            shelf: "B-09".to_owned(),
        };
        self.done_by(office, ServiceOrder::Mail(MailOrder::TakeIn(intake)));
        let waiting = self.lobby.books.mail_waiting_by_shelf();
        let item = waiting
            .expect("readable books")
            .first()
            .expect("a piece")
            .id;
        let written = || "写在信封上".to_owned();
        let order = MailOrder::AskReturn(ReturnOrder {
            item,
            onward: Onward::ToSender,
            reason: ReturnReason::ALL[0],
            address: String::new(),
            form: Some(ReturnForm {
                addressee: written(),
                address: written(),
                sender: written(),
                tracking: written(),
                enquiries: written(),
            }),
        });
        self.done_by(office, ServiceOrder::Mail(order));
    }
}
