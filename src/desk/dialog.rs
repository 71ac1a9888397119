//! A form: a few fields, checked before anything is asked of the store.

use super::event::{Order, Press, TenantWord};
pub use super::field::{Field, Holds, Pick, Seek};
use super::lending::LendingWish;
pub use super::problem::{Problem, problem};
use super::wishes::ServiceWish;
use crate::keys::Contractor;
use crate::lending::KindId;
use crate::mail::Addressee;
use crate::matters::{MatterId, Move};
use crate::people::staff::{self, Pin, PinRefusal};
use crate::people::{
    Bilingual, CardId, CardState, Credential, PersonId, PersonName, Role, Signature, TenantId,
};

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
    /// Where a company stands, and where it is reached.
    KeepTenant(TenantId),
    /// Somebody works in the property office, or for one of these companies.
    MovePerson(PersonId, Vec<TenantId>),
    /// Somebody is given one of these roles, or loses it.
    ChangeRole(PersonId, Vec<RoleChange>),
    /// Somebody has left.
    EndPerson(PersonId),
    /// Somebody gets a card.
    IssueCard(PersonId),
    /// One of these cards is blocked, or opens again.
    MoveCard(Vec<(CardId, CardState)>),
    /// Somebody gets a PIN.
    SetPin(PersonId),
    /// Something about visitors, keys or mail.
    Service(ServiceWish),
    /// Something about things on loan.
    Lending(LendingWish),
    /// A new house gets its first supervisor.
    Found,
    /// Nothing: there is only something to look at.
    Nothing,
}

/// What becomes of a role of somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// It is given.
    Give(Role),
    /// It is taken away.
    Take(Role),
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
    /// A form about visitors, keys or mail.
    pub fn service(title: String, says: String, fields: Vec<Field>, wish: ServiceWish) -> Self {
        Dialog {
            title,
            says,
            fields,
            wish: Wish::Service(wish),
            chosen: 0,
            problem: None,
        }
    }

    /// What somebody wrote on the glass.
    pub fn signature(title: String, says: String, label: String, strokes: Signature) -> Self {
        Dialog {
            title,
            says,
            fields: vec![Field::needed(label, Holds::Drawn(strokes))],
            wish: Wish::Nothing,
            chosen: 0,
            problem: None,
        }
    }

    /// A key in a form: Tab and arrows move, Enter goes on and at the end agrees, Esc gives up.
    pub fn press(&mut self, press: Press) -> Turned {
        let last = self.fields.len().saturating_sub(1);
        match press {
            Press::Escape => return Turned::GivenUp,
            // The books have not answered yet: on with the answer.
            Press::Enter if self.asks() => self.go_on(true),
            Press::Enter if self.repeats() && self.chosen > 0 && self.is_filled() => {
                return self.agree();
            }
            Press::Enter if self.chosen < last && !self.missing(self.chosen) => self.chosen += 1,
            Press::Enter | Press::Ctrl('s') => return self.agree(),
            Press::Tab { back: false } | Press::Down => self.chosen = (self.chosen + 1).min(last),
            Press::Tab { back: true } | Press::Up => self.chosen = self.chosen.saturating_sub(1),
            Press::Right => self.field(|field| field.turn(1)),
            Press::Left => self.field(|field| match &field.holds {
                Holds::Choice(choices, _) => field.turn(choices.len().saturating_sub(1)),
                Holds::Pick(pick) => field.turn(pick.offers.len().saturating_sub(1)),
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
        // A question is answered with one key, and the next one stands there.
        let asks = |field: &Field| matches!(field.holds, Holds::YesNo(_));
        if matches!(text, "y" | "Y" | "n" | "N") && self.fields.get(self.chosen).is_some_and(asks) {
            self.chosen = (self.chosen + 1).min(self.fields.len().saturating_sub(1));
        }
    }

    /// A scan fills the field that takes the keys where that is for codes, and goes on to the next.
    pub fn take_code(&mut self, code: &str) -> bool {
        let field = self.fields.get_mut(self.chosen);
        let taken = field.is_some_and(|field| field.take_code(code.trim()));
        if taken {
            self.problem = None;
            self.chosen = (self.chosen + 1).min(self.fields.len().saturating_sub(1));
        }
        taken
    }

    /// Whether the form begins anew when it was agreed to.
    pub fn repeats(&self) -> bool {
        matches!(&self.wish, Wish::Service(wish) if wish.repeats())
    }

    /// The same form for the next piece.
    pub fn anew(&self) -> Dialog {
        let mut next = self.clone();
        for (place, field) in next.fields.iter_mut().enumerate() {
            let kept = matches!(&self.wish, Wish::Service(wish) if wish.keeps(place));
            if !kept {
                field.clear();
            }
        }
        next.chosen = 0;
        next.problem = None;
        next
    }

    /// What is looked for in the field that takes the keys.
    pub fn sought(&self) -> Option<(usize, Seek, String)> {
        match self.fields.get(self.chosen).map(|field| &field.holds) {
            Some(Holds::Pick(pick)) => {
                Some((self.chosen, pick.seeks, pick.typed.trim().to_owned()))
            }
            _ => None,
        }
    }

    fn asks(&self) -> bool {
        let holds = self.fields.get(self.chosen).map(|field| &field.holds);
        matches!(holds, Some(Holds::Pick(pick)) if pick.waits)
    }

    fn go_on(&mut self, on: bool) {
        if let Some(Holds::Pick(pick)) = self.fields.get_mut(self.chosen).map(|f| &mut f.holds) {
            pick.goes_on = on;
        }
    }

    fn is_filled(&self) -> bool {
        (0..self.fields.len()).all(|place| !self.missing(place))
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
            Ok(Some(order)) => Turned::Order(Box::new(order)),
            Ok(None) => Turned::GivenUp,
            Err(problem) => {
                if let Some(place) = problem.place(self) {
                    self.chosen = place;
                }
                // What is no day or time is typed anew, not behind what stands there.
                if let Problem::NotADay(place) | Problem::NotATime(place) = problem
                    && let Some(field) = self.fields.get_mut(place)
                {
                    field.fresh = true;
                }
                if matches!(problem, Problem::Pin(_)) {
                    self.empty_secrets();
                }
                self.problem = Some(problem);
                Turned::Stays
            }
        }
    }

    /// What it comes to; nothing where there is only something to look at.
    fn order(&self) -> Result<Option<Order>, Problem> {
        if let Some(place) = (0..self.fields.len()).find(|place| self.missing(*place)) {
            return Err(match &self.fields[place].holds {
                Holds::Choice(..) => Problem::NobodyThere,
                Holds::Pick(pick) if !pick.typed.trim().is_empty() => Problem::NobodyFound(place),
                _ => Problem::Missing(place),
            });
        }
        let unknown = |field: &Field| match &field.holds {
            Holds::Pick(pick) => pick.is_empty() && !pick.typed.trim().is_empty(),
            _ => false,
        };
        if let Some(place) = self.fields.iter().position(unknown) {
            return Err(Problem::NobodyFound(place));
        }
        Ok(Some(match &self.wish {
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
                address_en: self.text(3),
            },
            Wish::EnterPerson(tenants) => Order::EnterPerson {
                name: self.name()?,
                tenant: self
                    .choice(2)
                    .checked_sub(1)
                    .and_then(|at| tenants.get(at).copied()),
                role: super::rooms::ENTERED[self.choice(3)],
            },
            Wish::KeepTenant(tenant) => {
                let word = TenantWord {
                    state: super::rooms::STATES[self.choice(0)],
                    phone: self.text(1),
                    forwarding: self.text(2),
                    address_en: self.text(3),
                };
                Order::KeepTenant(*tenant, word)
            }
            Wish::MovePerson(person, tenants) => Order::MovePerson {
                person: *person,
                tenant: self
                    .choice(0)
                    .checked_sub(1)
                    .and_then(|at| tenants.get(at).copied()),
                role: super::rooms::ENTERED[self.choice(1)],
            },
            Wish::ChangeRole(person, changes) => match changes.get(self.choice(0)) {
                Some(RoleChange::Give(role)) => Order::GiveRole(*person, *role),
                Some(RoleChange::Take(role)) => Order::TakeRole(*person, *role),
                None => return Err(Problem::NobodyThere),
            },
            Wish::EndPerson(person) => {
                self.confirmed(0)?;
                Order::EndPerson(*person)
            }
            Wish::IssueCard(person) => match &self.fields[0].holds {
                Holds::Card(Some(credential)) => Order::IssueCard {
                    person: *person,
                    credential: credential.clone(),
                },
                _ => return Err(Problem::Missing(0)),
            },
            Wish::MoveCard(cards) => {
                let (card, state) = cards.get(self.choice(0)).ok_or(Problem::NobodyThere)?;
                Order::MoveCard(*card, *state)
            }
            Wish::SetPin(person) => Order::SetPin(*person, self.pin(0)?),
            Wish::Service(wish) => Order::Service(wish.order(self)?),
            Wish::Lending(wish) => wish.order(self)?,
            Wish::Found => Order::Found {
                name: self.name()?,
                pin: self.pin(2)?,
            },
            Wish::Nothing => return Ok(None),
        }))
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

    /// Whether the question in this field was answered with yes.
    pub(super) fn confirmed(&self, place: usize) -> Result<(), Problem> {
        match self.yes(place) {
            true => Ok(()),
            false => Err(Problem::NotConfirmed(place)),
        }
    }

    pub(super) fn yes(&self, place: usize) -> bool {
        let field = self.fields.get(place).map(|field| &field.holds);
        matches!(field, Some(Holds::YesNo(true)))
    }

    /// Who is meant in this field.
    pub(super) fn who(&self, place: usize) -> Result<Addressee, Problem> {
        match self.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Pick(pick)) => pick.who().ok_or(Problem::Missing(place)),
            _ => Err(Problem::Missing(place)),
        }
    }

    /// The contractor who is meant in this field, if anybody is.
    pub(super) fn contractor(&self, place: usize) -> Option<Contractor> {
        match self.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Pick(pick)) => pick.contractor(),
            _ => None,
        }
    }

    /// The card held up for this field.
    pub(super) fn card_at(&self, place: usize) -> Result<Credential, Problem> {
        match self.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Card(Some(credential))) => Ok(credential.clone()),
            _ => Err(Problem::Missing(place)),
        }
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
    pub(super) fn name(&self) -> Result<PersonName, Problem> {
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
}
