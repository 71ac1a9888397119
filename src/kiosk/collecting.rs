//! How mail is joined to the session.

use super::effect::Ask;
use super::session::{Awaited, Person, Situation};
use super::turn::Turn;
use crate::mail::CodeTries;
use crate::mail::flow::{self, Answer, Entrance, Here, Next, Stage, Touch};
use crate::people::{Holder, How};

impl Turn<'_> {
    /// With a card all that waits is taken along; without one a code is asked for.
    pub fn collect_mail(&mut self) {
        let entrance = match self.session.person {
            Some(_) => Entrance::All,
            None => Entrance::Choose,
        };
        let next = self.with_mail(|here| flow::begin(entrance, here));
        self.follow_mail(next);
    }

    /// Who may collect for the person whose page this is.
    pub fn mail_deputies(&mut self) {
        match self.with_mail(flow::begin_deputies) {
            Some(next) => self.follow_mail(next),
            None => self.expected = false,
        }
    }

    pub fn mail_touched(&mut self, stage: &Stage, touch: Touch) {
        match self.with_mail(|here| flow::touched(stage, touch, here)) {
            Some(next) => self.follow_mail(next),
            None => self.expected = false,
        }
    }

    /// The text in the field is whole. Where people choose from what was found, nothing follows.
    pub fn mail_entered(&mut self, stage: &Stage) {
        if matches!(stage, Stage::Presenting { .. }) {
            self.mail_touched(stage, Touch::Enter);
        }
    }

    /// A code for mail; false where it is none.
    pub fn mail_scanned(&mut self, code: &str) -> bool {
        let next = self.with_mail(|here| flow::scanned(code, here));
        let is_mail = next.is_some();
        if let Some(next) = next {
            self.follow_mail(next);
        }
        is_mail
    }

    /// A card on a page of mail; false where it opens its holder's page instead.
    pub fn mail_card(&mut self, holder: &Holder, how: How) -> bool {
        let Situation::Mail(stage) = self.session.situation.clone() else {
            return false;
        };
        let next = self.with_mail(|here| flow::card(&stage, holder, how, here));
        let is_mail = next.is_some();
        if let Some(next) = next {
            // Whoever's page was open before is not the one who stands here now.
            let theirs = |person: &Person| person.holder.person == holder.person;
            let is_named = stage.awaits_deputy().is_some();
            if !is_named && !self.session.person.as_deref().is_some_and(theirs) {
                self.session.person = None;
            }
            self.follow_mail(next);
        }
        is_mail
    }

    /// The store answers what a page of mail asked.
    pub fn mail_answered(&mut self, answer: Answer) {
        let Situation::Mail(stage) = self.session.situation.clone() else {
            self.expected = false;
            return;
        };
        let next = self.with_mail(|here| flow::answered(&stage, answer.clone(), here));
        let tries = self.with_mail(|here| flow::tries_after(&stage, &answer, here));
        self.session.code_tries = tries;
        match next {
            Some(next) => self.follow_mail(next),
            None => self.expected = false,
        }
    }

    fn follow_mail(&mut self, next: Next) {
        match next {
            Next::Show(stage) => self.go(Situation::Mail(Box::new(stage))),
            Next::Ask(stage, ask) => {
                let live = matches!(ask, flow::Ask::FindColleagues(_));
                self.go(Situation::Mail(Box::new(stage)));
                let person = self.session.person.as_ref();
                let holder = person.map(|person| (person.holder.clone(), person.how));
                let ask = Ask::Mail(holder, Box::new(ask));
                match live {
                    true => self.request_live(Awaited::Mail, ask),
                    false => self.request(Awaited::Mail, ask),
                }
            }
            Next::MyPage => self.go_to_own_page(),
            Next::Home => self.go_home(),
        }
    }

    fn with_mail<T>(&self, decide: impl FnOnce(&Here<'_>) -> T) -> T {
        let tries: &CodeTries = &self.session.code_tries;
        let person = self.session.person.as_ref();
        decide(&Here {
            holder: person.map(|person| &person.holder),
            how: person.map_or(How::Tapped, |person| person.how),
            language: self.session.language,
            at: self.at,
            terms: &self.house.mail,
            tries,
        })
    }
}
