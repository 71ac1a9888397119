//! A lobby with a desk: who may do what, and what a visitor tells.

use crate::support::*;
use chrono::{DateTime, Utc};
use lodge::matters::Cause;
use lodge::people::{Language, PersonId, PersonName, Role, Signature};
use lodge::slips::SlipNumber;
use lodge::store::journal::Actor;
use lodge::store::{PersonRow, Verdict};
use lodge::visits::{
    Announced, Announcement, EnteredReceipt, Identity, SignInOrder, SignInRefusal, SignedIn, Terms,
    VisitId, VisitorType, Who,
};

pub struct Desk {
    pub lobby: Lobby,
    pub terms: Terms,
    pub desk: Actor,
    pub supervisor: Actor,
}

impl Desk {
    pub fn open() -> Self {
        let mut lobby = Lobby::open();
        let mut enter = |role| {
            let row = PersonRow {
                tenant: None,
                name: name("前台一号"),
                roles: vec![role],
                language: Language::Chinese,
            };
            let person = lobby
                .books
                .enter_person(&row, monday_morning())
                .expect("a person");
            Actor {
                person: Some(person),
                card: None,
            }
        };
        let (desk, supervisor) = (enter(Role::Receptionist), enter(Role::Supervisor));
        Desk {
            lobby,
            terms: Terms::default(),
            desk,
            supervisor,
        }
    }

    pub fn sign_in(&mut self, order: &SignInOrder) -> Result<SignedIn, SignInRefusal> {
        self.sign_in_at(order, monday_morning())
    }

    pub fn sign_in_at(
        &mut self,
        order: &SignInOrder,
        at: DateTime<Utc>,
    ) -> Result<SignedIn, SignInRefusal> {
        self.lobby
            .books
            .sign_in(&self.terms, order, at)
            .expect("writable")
    }

    pub fn waiting(&mut self, order: &SignInOrder) -> (VisitId, SlipNumber) {
        match self.sign_in(order) {
            Ok(SignedIn::Waiting { visit, number }) => (visit, number),
            other => panic!("waiting for a yes, not {other:?}"),
        }
    }

    pub fn inside(&mut self, order: &SignInOrder) -> EnteredReceipt {
        match self.sign_in(order) {
            Ok(SignedIn::Inside(receipt)) => receipt,
            other => panic!("inside, not {other:?}"),
        }
    }

    pub fn announce(&mut self, phone: &str) -> Announced {
        let visit = Announcement {
            visitor: identity("周远", phone),
            company: "远山设计".to_owned(),
            of: VisitorType::Guest,
            host: self.lobby.grace,
            from: monday_morning() + minutes(60),
            until: monday_morning() + minutes(180),
        };
        self.lobby
            .books
            .announce_visit(&visit, self.desk, monday_morning())
            .expect("writable")
            .expect("announced")
    }

    pub fn causes(&self) -> Vec<Cause> {
        let open = self.lobby.books.open_matters().expect("readable");
        open.into_iter().map(|matter| matter.cause).collect()
    }

    /// The state is what the journal says, and no name is in the journal.
    pub fn prove(&self) {
        match self.lobby.books.verify().expect("readable") {
            Verdict::Sound(_) => {}
            other => panic!("{other:?}"),
        }
        self.lobby
            .books
            .journal(|entry| {
                for personal in ["周远", "1380000", "远山", "图纸", "X0001"] {
                    assert!(!entry.payload.contains(personal), "{}", entry.payload);
                }
                Ok(())
            })
            .expect("readable");
    }
}

pub fn name(chinese: &str) -> PersonName {
    PersonName {
        chinese: Some(chinese.to_owned()),
        latin: None,
    }
}

pub fn identity(chinese: &str, phone: &str) -> Identity {
    Identity {
        name: name(chinese),
        phone: phone.to_owned(),
        document: None,
    }
}

pub fn signed() -> Signature {
    Signature(vec![vec![(100, 100), (600, 200)]])
}

pub fn order(of: VisitorType, host: Option<PersonId>) -> SignInOrder {
    SignInOrder {
        who: Who::Named(identity("周远", "13800000001")),
        of,
        company: "远山设计".to_owned(),
        purpose: "会议".to_owned(),
        host,
        tenant: None,
        permit: String::new(),
        things: String::new(),
        signature: signed(),
        language: Language::Chinese,
    }
}

pub fn courier(desk: &Desk) -> SignInOrder {
    order(VisitorType::Courier, Some(desk.lobby.grace))
}
