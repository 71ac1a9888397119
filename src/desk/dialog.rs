//! A form: a few fields, checked before anything is asked of the store.

use super::event::{Order, Press};
pub use super::field::{Field, Holds};
use super::lending::LendingWish;
use super::services::ServiceOrder;
use crate::keys::check::Finding;
use crate::keys::{Answers, CheckId, Decision, Harm, KeyId, ReportId};
use crate::lending::KindId;
use crate::mail::desk::Intake;
use crate::mail::{Addressee, MailKind};
use crate::matters::{MatterId, Move};
use crate::people::staff::{self, Pin, PinRefusal};
use crate::people::{Bilingual, Credential, PersonId, PersonName, TenantId};
use crate::visits::VisitId;

/// A form on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// What it is about.
    pub title: String,
    /// What to know before filling it in.
    pub says: String,
    /// The fields, top to bottom.
    pub fields: Vec<Field>,
    /// What it comes to.
    pub wish: Wish,
    /// The field that takes the keys.
    pub chosen: usize,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

/// What a form comes to when it is agreed to; lists stand in the order of its choices.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A stand was counted.
    CountStand(KindId),
    /// A thing is new, of one of these kinds.
    EnterThing(Vec<KindId>),
    /// A matter is over.
    CloseMatter(MatterId),
    /// A matter goes to one of these.
    HandOver(MatterId, Vec<PersonId>),
    /// A company is new.
    EnterTenant,
    /// A person is new: of the property office, or of one of these companies.
    EnterPerson(Vec<TenantId>),
    /// Somebody gets a card.
    IssueCard(PersonId),
    /// Somebody gets a PIN.
    SetPin(PersonId),
    /// A key comes back, with this tag; the fields are its points.
    KeyBack(String),
    /// A key is lost or damaged.
    ReportKey(KeyId, Vec<Harm>),
    /// A key is not back, and why.
    NotBack(CheckId, KeyId),
    /// The supervisor decides about a key.
    DecideKey(ReportId, Vec<Decision>),
    /// A visitor who carried something in leaves.
    SignOut(VisitId),
    /// Mail comes in for one of these companies.
    TakeMailIn(Vec<TenantId>),
    /// Something about things on loan.
    Lending(LendingWish),
    /// A new house gets its first supervisor.
    Found,
}

/// Why a form cannot be agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// This field is empty.
    Missing(usize),
    /// A whole number up to this is needed.
    NotAnAmount(u32),
    /// A time of day is needed in this field.
    NotATime(usize),
    /// A name in one of both scripts is needed.
    NoName,
    /// The PIN will not do.
    Pin(PinRefusal),
    /// Nobody is there to choose from.
    NobodyThere,
}

/// What a key made of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Turned {
    /// It stays.
    Stays,
    /// It is given up.
    GivenUp,
    /// It is filled in: do this.
    Order(Box<Order>),
}

impl Dialog {
    /// A key in a form: Tab and arrows move, Enter goes on and at the end agrees, Esc gives up.
    pub fn press(&mut self, press: Press) -> Turned {
        let last = self.fields.len().saturating_sub(1);
        match press {
            Press::Escape => return Turned::GivenUp,
            Press::Enter if self.chosen < last && !self.missing(self.chosen) => self.chosen += 1,
            Press::Enter | Press::Ctrl('s') => return self.agree(),
            Press::Tab { back: false } | Press::Down => self.chosen = (self.chosen + 1).min(last),
            Press::Tab { back: true } | Press::Up => self.chosen = self.chosen.saturating_sub(1),
            Press::Right => self.field(|field| field.turn(1)),
            Press::Left => self.field(|field| match &field.holds {
                Holds::Choice(choices, _) => field.turn(choices.len().saturating_sub(1)),
                _ => field.turn(1),
            }),
            Press::Char(char) => self.type_in(&char.to_string()),
            Press::Erase => self.field(Field::erase),
            Press::F(_) | Press::Ctrl(_) | Press::PageUp | Press::PageDown => {}
        }
        Turned::Stays
    }

    /// Text, typed, pasted or scanned.
    pub fn type_in(&mut self, text: &str) {
        self.problem = None;
        self.field(|field| field.type_in(text));
    }

    /// A scan fills the field that takes the keys, and goes on to the next.
    pub fn scan(&mut self, code: &str) {
        if let Some(Holds::Text(held, _)) = self.fields.get_mut(self.chosen).map(|f| &mut f.holds) {
            held.clear();
            self.type_in(code);
            self.chosen = (self.chosen + 1).min(self.fields.len().saturating_sub(1));
        }
    }

    /// Whether a card is what this form waits for.
    pub fn wants_card(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(field.holds, Holds::Card(_)))
    }

    /// A card was held up.
    pub fn card(&mut self, credential: Credential) {
        self.problem = None;
        for field in &mut self.fields {
            if let Holds::Card(held) = &mut field.holds {
                *held = Some(credential.clone());
            }
        }
    }

    fn field(&mut self, change: impl FnOnce(&mut Field)) {
        self.problem = None;
        if let Some(field) = self.fields.get_mut(self.chosen) {
            change(field);
        }
    }

    fn missing(&self, place: usize) -> bool {
        let field = self.fields.get(place);
        field.is_some_and(|field| field.needed && field.is_empty())
    }

    /// Agrees to the form as it stands.
    pub fn agree(&mut self) -> Turned {
        match self.order() {
            Ok(order) => Turned::Order(Box::new(order)),
            Err(problem) => {
                if let Problem::Missing(place) | Problem::NotATime(place) = problem {
                    self.chosen = place;
                }
                self.problem = Some(problem);
                Turned::Stays
            }
        }
    }

    fn order(&self) -> Result<Order, Problem> {
        if let Some(place) = (0..self.fields.len()).find(|place| self.missing(*place)) {
            return Err(match self.fields[place].holds {
                Holds::Choice(..) => Problem::NobodyThere,
                _ => Problem::Missing(place),
            });
        }
        Ok(match &self.wish {
            Wish::CountStand(kind) => Order::CountStand {
                kind: kind.clone(),
                total: self.amount(0)?,
            },
            Wish::EnterThing(kinds) => Order::EnterThing {
                kind: kinds
                    .get(self.choice(0))
                    .cloned()
                    .ok_or(Problem::NobodyThere)?,
                tag: self.text(1),
                label: self.text(2),
            },
            Wish::CloseMatter(matter) => Order::MoveMatter(*matter, Move::Close, self.text(0)),
            Wish::HandOver(matter, to) => {
                let to = to
                    .get(self.choice(0))
                    .copied()
                    .ok_or(Problem::NobodyThere)?;
                Order::MoveMatter(*matter, Move::HandOver(to), self.text(1))
            }
            Wish::EnterTenant => Order::EnterTenant {
                name: Bilingual::new(self.text(0), self.text(1)),
                rooms: self
                    .text(2)
                    .split([' ', ',', '、', '，'])
                    .map(str::to_owned)
                    .collect(),
            },
            Wish::EnterPerson(tenants) => Order::EnterPerson {
                name: self.name()?,
                tenant: self
                    .choice(2)
                    .checked_sub(1)
                    .and_then(|at| tenants.get(at).copied()),
                role: super::rooms::ENTERED[self.choice(3)],
            },
            Wish::IssueCard(person) => match &self.fields[0].holds {
                Holds::Card(Some(credential)) => Order::IssueCard {
                    person: *person,
                    credential: credential.clone(),
                },
                _ => return Err(Problem::Missing(0)),
            },
            Wish::SetPin(person) => Order::SetPin(*person, self.pin(0)?),
            Wish::KeyBack(tag) => Order::Service(ServiceOrder::KeyBack {
                tag: tag.clone(),
                answers: Answers(std::array::from_fn(|place| self.yes(place))),
            }),
            Wish::ReportKey(key, harms) => Order::Service(ServiceOrder::ReportKey {
                key: *key,
                harm: *harms.get(self.choice(0)).ok_or(Problem::NobodyThere)?,
                text: self.text(1),
            }),
            Wish::NotBack(check, key) => Order::Service(ServiceOrder::NoteKey {
                check: *check,
                key: *key,
                finding: Finding::NotBack,
                reason: self.text(0),
            }),
            Wish::DecideKey(report, decisions) => Order::Service(ServiceOrder::DecideKey {
                report: *report,
                decision: *decisions.get(self.choice(0)).ok_or(Problem::NobodyThere)?,
                amount_fen: self.amount(1)? * 100,
            }),
            Wish::SignOut(visit) => {
                Order::Service(ServiceOrder::SignOut(*visit, Some(self.yes(0))))
            }
            Wish::TakeMailIn(tenants) => Order::Service(ServiceOrder::TakeMailIn(Intake {
                tracking: self.text(0),
                addressee: Addressee::Tenant(
                    *tenants.get(self.choice(1)).ok_or(Problem::NobodyThere)?,
                ),
                kind: MailKind::ALL[self.choice(2)],
                shelf: self.text(3),
            })),
            Wish::Lending(wish) => return wish.order(self),
            Wish::Found => Order::Found {
                name: self.name()?,
                pin: self.pin(2)?,
            },
        })
    }

    pub(super) fn text(&self, place: usize) -> String {
        match self.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Text(text, _)) => text.trim().to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn choice(&self, place: usize) -> usize {
        match self.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Choice(_, chosen)) => *chosen,
            _ => 0,
        }
    }

    pub(super) fn yes(&self, place: usize) -> bool {
        let field = self.fields.get(place).map(|field| &field.holds);
        matches!(field, Some(Holds::YesNo(true)))
    }

    pub(super) fn amount(&self, place: usize) -> Result<u32, Problem> {
        let Some(Holds::Amount(text, most)) = self.fields.get(place).map(|field| &field.holds)
        else {
            return Err(Problem::Missing(place));
        };
        let number = text.parse().ok().filter(|number| number <= most);
        number.ok_or(Problem::NotAnAmount(*most))
    }

    /// The name of the first two fields, in one script or both.
    fn name(&self) -> Result<PersonName, Problem> {
        let [chinese, latin] = [0, 1].map(|at| Some(self.text(at)).filter(|name| !name.is_empty()));
        match chinese.is_none() && latin.is_none() {
            true => Err(Problem::NoName),
            false => Ok(PersonName { chinese, latin }),
        }
    }

    /// The PIN of two fields that must say the same.
    fn pin(&self, place: usize) -> Result<Pin, Problem> {
        let typed = |place: usize| match self.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Secret(pin)) => pin.clone(),
            _ => Pin(String::new()),
        };
        let pin = typed(place);
        if pin != typed(place + 1) {
            return Err(Problem::Pin(PinRefusal::Different));
        }
        staff::acceptable(&pin).map_err(Problem::Pin)?;
        Ok(pin)
    }

    /// The form for the first supervisor of a new house.
    pub fn found(language: crate::people::Language, name: &str) -> Dialog {
        let say = |id: &str| crate::words::text(language, id);
        let mut fields = vec![
            Field::text(say("desk-field-name-chinese"), 20).not_needed(),
            Field::text(say("desk-field-name-latin"), 40).not_needed(),
            Field::secret(say("desk-field-pin")),
            Field::secret(say("desk-field-pin-again")),
        ];
        fields[usize::from(name.is_ascii())].type_in(name);
        Dialog {
            title: say("desk-found-title"),
            says: say("desk-found-how"),
            fields,
            wish: Wish::Found,
            chosen: 2,
            problem: None,
        }
    }
}

/// What is wrong with a form, in words.
pub fn problem(problem: Problem, dialog: &Dialog, language: crate::people::Language) -> String {
    use crate::words;
    match problem {
        Problem::Missing(place) => {
            let label = dialog.fields.get(place).map(|field| field.label.clone());
            let label = label.unwrap_or_default();
            words::with(language, "desk-problem-missing", &[("field", label.into())])
        }
        Problem::NotAnAmount(most) => {
            words::with(language, "desk-problem-amount", &[("most", most.into())])
        }
        Problem::NotATime(_) => words::text(language, "desk-problem-time"),
        Problem::NoName => words::text(language, "desk-problem-name"),
        Problem::Pin(refusal) => super::say::pin(refusal, language),
        Problem::NobodyThere => words::text(language, "desk-problem-nobody"),
    }
}
