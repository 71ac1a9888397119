//! How keys are joined to the session.

use super::effect::Ask;
use super::session::{Awaited, Entry, Situation};
use super::turn::Turn;
use crate::keys::Key;
use crate::keys::flow::{self, Answer, Here, Next, Stage, Touch};
use crate::people::{Holder, How};
use crate::typing::{Field, Purpose};

impl Turn<'_> {
    /// Somebody wants a key, from their own page.
    pub fn want_key(&mut self) {
        match self.with_keys(flow::begin) {
            Some(next) => self.follow_keys(next),
            None => self.expected = false,
        }
    }

    /// The tag of a key was scanned, or its number typed.
    pub fn key_tag_read(&mut self, key: Key, is_out: bool, entry: Entry) {
        let next = self.with_keys(|here| match entry {
            Entry::Scanned => flow::tag_read(key, is_out, here),
            Entry::Typed => flow::tag_typed(key, is_out, here),
        });
        self.follow_keys(next);
    }

    pub fn key_touched(&mut self, stage: &Stage, touch: Touch) {
        match self.with_keys(|here| flow::touched(stage, touch, here)) {
            Some(next) => self.follow_keys(next),
            None => self.expected = false,
        }
    }

    /// What was typed is whole; an empty number is no number.
    pub fn key_entered(&mut self, stage: &Stage, text: &str) {
        if let Some(next) = flow::entered(stage, text) {
            self.follow_keys(next);
        }
    }

    /// The bar code of a work order was scanned where its number is asked for; false where it holds none.
    pub fn order_scanned(&mut self, number: &str) -> bool {
        let mut field = Field::new(Purpose::Code).with_text(&number.to_ascii_uppercase());
        let number = field.entered();
        if let (Situation::Keys(stage), false) = (self.session.situation.clone(), number.is_empty())
        {
            self.key_entered(&stage, number);
            return true;
        }
        false
    }

    /// The card of whoever brings a key back, whose checklist stands there: the points are answered in their
    /// name. False on other pages.
    pub fn key_brought_by(&mut self) -> bool {
        let Situation::Keys(stage) = &self.session.situation else {
            return false;
        };
        match flow::begun_anew(stage) {
            Some(stage) => {
                self.follow_keys(Next::Show(stage));
                true
            }
            None => false,
        }
    }

    /// A second person's card; false where a card opens its holder's page instead.
    pub fn key_card(&mut self, holder: &Holder) -> bool {
        let Situation::Keys(stage) = self.session.situation.clone() else {
            return false;
        };
        let next = self.with_keys(|here| flow::card(&stage, holder, here));
        let is_second = next.is_some();
        if let Some(next) = next {
            self.follow_keys(next);
        }
        is_second
    }

    pub fn key_answered(&mut self, answer: Answer) {
        let Situation::Keys(stage) = self.session.situation.clone() else {
            self.expected = false;
            return;
        };
        match self.with_keys(|here| flow::answered(&stage, answer, here)) {
            Some(next) => self.follow_keys(next),
            None => self.expected = false,
        }
    }

    fn follow_keys(&mut self, next: Next) {
        match next {
            Next::Show(stage) => self.go(Situation::Keys(Box::new(stage))),
            Next::Ask(stage, ask) => {
                self.go(Situation::Keys(Box::new(stage)));
                let person = self.session.person.as_ref();
                let holder = person.map(|person| person.holder.clone());
                self.request(Awaited::Keys, Ask::Keys(holder, Box::new(ask)));
            }
        }
    }

    fn with_keys<T>(&self, decide: impl FnOnce(&Here<'_>) -> T) -> T {
        let person = self.session.person.as_ref();
        decide(&Here {
            holder: person.map(|person| &person.holder),
            how: person.map_or(How::Tapped, |person| person.how),
            grants: person.map_or(&[][..], |person| person.grants.as_slice()),
            at: self.at,
            terms: &self.house.keys,
            building: &self.house.building,
        })
    }
}
