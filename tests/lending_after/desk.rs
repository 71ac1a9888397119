//! A lobby that lends everything in every way, and somebody at its desk.

use crate::support::*;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use lodge::desk::event::{Doer, Order, Outcome, Refusal};
use lodge::desk::lending::LendingOrder;
use lodge::kiosk::event::CodeMeaning;
use lodge::lending::{Asks, BroughtBack, KindId, ReturnReceipt, ThingId, Wanted};

use lodge::people::{Bilingual, Language, PersonId, PersonName, Role};
use lodge::store::journal::Actor;
use lodge::store::{PersonRow, Verdict};

pub struct Desk {
    pub lobby: Lobby,
    /// Who acts.
    pub by: Actor,
    /// Somebody of security, who does nothing with things on loan.
    pub guard: Actor,
}

impl Desk {
    pub fn open() -> Self {
        let mut lobby = Lobby::open();
        let charger = Bilingual::new("充电器", "Charger");
        for kind in &mut lobby.kinds {
            if kind.id == pc() {
                kind.policy.asks = Asks {
                    condition: true,
                    wiped: true,
                };
                kind.policy.parts = vec![charger.clone()];
                kind.policy.reservable = true;
            } else {
                kind.policy.renewals = 1;
            }
        }
        lobby.kinds.extend(more_kinds());
        for (kind, total) in [(helmet(), 3), (shoe_cover(), 2)] {
            lobby
                .books
                .count_pool(&kind, total, monday_morning())
                .expect("a stand");
        }
        let mut enter = |name: &str, role| {
            let row = PersonRow {
                tenant: None,
                name: PersonName {
                    chinese: None,
                    latin: Some(name.to_owned()),
                },
                roles: vec![role],
                language: Language::English,
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
        let by = enter("Reception", Role::Receptionist);
        let guard = enter("Guard", Role::Security);
        Desk { lobby, by, guard }
    }

    /// So many minutes after the morning.
    pub fn later(&self, minutes: i64) -> DateTime<Utc> {
        monday_morning() + TimeDelta::minutes(minutes)
    }

    /// What comes of an order, so many minutes after the morning.
    pub fn does(&mut self, order: LendingOrder, minutes: i64) -> Result<Outcome, Refusal> {
        let doer = Doer {
            person: self.by.person.expect("somebody acts"),
            card: None,
        };
        let (kinds, at) = (self.lobby.kinds.clone(), self.later(minutes));
        let books = &mut self.lobby.books;
        let before = books.length().expect("a length");
        let done = books
            .desk_order(&desk_house(&kinds), doer, &Order::Lending(order), at)
            .expect("the books can be written");
        // ● Everything at the desk carries the name of who did it.
        let read = books.journal(|entry| {
            let name = doer.person.to_string();
            assert!(
                entry.seq <= before || entry.person.as_deref() == Some(&*name),
                "{entry:?}"
            );
            Ok(())
        });
        read.expect("readable");
        done
    }

    /// Grace takes the PC in the morning and brings it back so many minutes later.
    pub fn pc_out_and_back(&mut self, minutes: i64) -> ReturnReceipt {
        let tag = "PC-01".to_owned();
        self.lobby
            .lend(GRACE, Wanted::Tag(tag.clone()), monday_morning())
            .expect("a PC");
        let at = self.later(minutes);
        let back = self.lobby.take_back(BroughtBack::Tag(tag), None, at);
        back.expect("it is back")
    }

    /// The thing with this tag.
    pub fn thing(&self, tag: &str) -> ThingId {
        match self
            .lobby
            .books
            .read_code(tag, monday_morning())
            .expect("readable")
        {
            CodeMeaning::Thing(thing, _) => thing.id,
            other => panic!("{tag} is a thing, not {other:?}"),
        }
    }

    /// An order that keeps a thing for somebody today, from one full hour to another.
    pub fn keep(&self, tag: &str, who: PersonId, from: u32, until: u32) -> LendingOrder {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
        LendingOrder::Reserve {
            thing: self.thing(tag),
            who,
            day: building().local(monday_morning()).date(),
            from: hour(from),
            until: hour(until),
        }
    }

    /// How many of a kind can go out.
    pub fn free(&self, kind: &KindId) -> u32 {
        let stock = self.lobby.books.stock(&self.lobby.kinds, monday_morning());
        let stock = stock.expect("readable");
        stock
            .iter()
            .find(|stock| stock.kind == *kind)
            .expect("a kind")
            .free
    }

    /// The state is what the journal says.
    pub fn prove(&self) {
        let verdict = self.lobby.books.verify().expect("readable");
        assert!(matches!(verdict, Verdict::Sound(_)), "{verdict:?}");
    }
}
