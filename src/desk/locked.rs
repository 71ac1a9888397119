//! The desk while nobody works at it: a card or a name, then a PIN.

use super::dialog::Wish;
use super::event::{Answer, Effect, Event, Order, Press, Timer};
use super::field::{Field, Holds};
use super::session::{Awaited, Turn};
use super::{Dialog, say};
use crate::people::staff::{Claim, Member, Pin};
use crate::people::{Language, ReaderName, Signal};
use crate::words;

/// Where logging in stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Locked {
    /// Who it is, once that is known.
    pub member: Option<Box<Member>>,
    /// What was typed: a name, and behind it a PIN.
    pub typed: String,
    /// What was wrong before.
    pub problem: Option<String>,
}

/// The longest name that is typed, in characters.
const LONGEST_NAME: usize = 40;

impl Turn<'_> {
    /// Whatever happens while nobody works here.
    pub(super) fn while_locked(&mut self, event: Event) {
        match event {
            Event::Pressed(press) => self.press_locked(press),
            Event::Typed(text) => self.type_locked(&text),
            Event::CardPresented(presented) => {
                self.session.locked = Locked::default();
                self.find(Claim::Card(presented.credential), presented.reader);
            }
            _ => self.expected = false,
        }
    }

    fn press_locked(&mut self, press: Press) {
        match press {
            Press::Char(char) => self.type_locked(&char.to_string()),
            Press::Erase => drop(self.session.locked.typed.pop()),
            Press::Escape => {
                self.session.locked = Locked::default();
                self.session
                    .asked
                    .retain(|(_, asked)| !asked.is_about_who());
            }
            Press::Ctrl('g') => self.session.language = self.session.language.other(),
            Press::Ctrl('d') => self.session.dark = !self.session.dark,
            Press::Enter if self.session.locked.typed.trim().is_empty() => {}
            Press::Enter => {
                let typed = std::mem::take(&mut self.session.locked.typed);
                match self.session.locked.member.clone() {
                    None => {
                        self.session.founder.clone_from(&typed);
                        self.find(Claim::Name(typed), None);
                    }
                    Some(member) => {
                        let request = self.ask(Awaited::LogIn);
                        self.effects
                            .push(Effect::LogIn(request, member, Pin(typed)));
                    }
                }
            }
            _ => self.expected = false,
        }
    }

    fn type_locked(&mut self, text: &str) {
        let locked = &mut self.session.locked;
        locked.problem = None;
        let is_pin = locked.member.is_some();
        let fits = |c: &char| !c.is_control() && (!is_pin || c.is_ascii_digit());
        let room = LONGEST_NAME.saturating_sub(locked.typed.chars().count());
        locked.typed.extend(text.chars().filter(fits).take(room));
    }

    fn find(&mut self, claim: Claim, reader: Option<ReaderName>) {
        // The answer to a card before this one is not waited for any more.
        if self.session.held_up != reader {
            self.answer_reader(Signal::Refused);
        }
        self.signal(reader.clone(), Signal::Wait);
        self.session.held_up = reader;
        let request = self.ask(Awaited::Staff);
        self.effects.push(Effect::FindStaff(request, claim));
    }

    /// An answer that belongs to logging in.
    pub(super) fn answered_locked(&mut self, answer: Answer) {
        let language = self.session.language;
        if let Answer::Staff(found) = &answer {
            self.answer_reader(match found {
                Some(_) => Signal::Granted,
                None => Signal::Refused,
            });
        }
        match answer {
            Answer::NewHouse => {
                self.answer_reader(Signal::Refused);
                let name = std::mem::take(&mut self.session.founder);
                self.session.dialog = Some(Dialog::found(language, name.trim()));
            }
            Answer::Staff(None) => {
                let refusal = crate::people::staff::LoginRefusal::NotStaff;
                self.session.locked.problem = Some(say::login(refusal, self.house, language));
            }
            Answer::Staff(Some(member)) => self.session.locked.member = Some(member),
            Answer::LoggedIn(Err(refusal)) => {
                self.session.locked.problem = Some(say::login(refusal, self.house, language));
            }
            Answer::LoggedIn(Ok(member)) => self.begin(*member),
            _ => self.expected = false,
        }
    }

    /// Somebody begins to work here.
    fn begin(&mut self, member: Member) {
        self.session.language = member.language;
        self.session.me = Some(member);
        self.session.locked = Locked::default();
        self.session.place = Default::default();
        self.session.notice = None;
        self.effects.push(Effect::ReadDevices);
        self.effects
            .push(Effect::StartTimer(Timer::Idle, self.house.locks_after));
        self.read_facts();
    }

    /// The form of a new house was filled in.
    pub(super) fn found_house(&mut self, order: Order) {
        // Nobody is there yet in whose name it could be done; the store writes nothing where that is
        // not so.
        let nobody = super::event::Doer {
            person: crate::people::PersonId(uuid::Uuid::nil()),
            card: None,
        };
        let request = self.ask(Awaited::Order(None));
        self.effects
            .push(Effect::Do(request, nobody, Box::new(order)));
    }
}

impl Dialog {
    /// The form for the first supervisor of a new house.
    pub fn found(language: Language, name: &str) -> Dialog {
        let say = |id: &str| words::text(language, id);
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

    /// Nobody sees what a secret is, so that nobody puts it right: it is typed anew.
    pub(super) fn empty_secrets(&mut self) {
        let mut first = None;
        for (place, field) in self.fields.iter_mut().enumerate() {
            if matches!(field.holds, Holds::Secret(_)) {
                field.clear();
                first.get_or_insert(place);
            }
        }
        self.chosen = first.unwrap_or(self.chosen);
    }
}
