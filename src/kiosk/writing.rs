//! Typing a text and signing: the same on every page that asks for one or the other.

use super::event::Touch;
use super::session::{Session, Situation};
use super::turn::Turn;
use super::view::Writing;
use crate::keys;
use crate::mail;
use crate::people::{Language, Signature};
use crate::typing::{Field, Mode, Press, Purpose};
use crate::visits;

impl Situation {
    /// Whether the deed is done or refused, so that the page goes home by itself.
    pub(super) fn is_over(&self) -> bool {
        match self {
            Situation::Lending(stage) => stage.is_over(),
            Situation::Mail(stage) => stage.is_over(),
            Situation::Keys(stage) => stage.is_over(),
            Situation::Visits(stage) => stage.is_over(),
            Situation::Refused(_) | Situation::DeskCalled | Situation::SaidYes => true,
            Situation::TryAgain(from, _) => **from == Situation::Home || from.is_over(),
            Situation::Home
            | Situation::MyPage
            | Situation::Typing(_)
            | Situation::Directory(_)
            | Situation::FindingTenant(_) => false,
        }
    }

    /// Whether a card is for this page alone, a second person's or that of whoever brings a key back: one that
    /// opens nothing ends nothing here.
    pub(super) fn waits_for_another(&self) -> bool {
        use keys::flow::Stage;
        match self {
            Situation::Keys(stage) => matches!(
                **stage,
                Stage::AwaitingSecond { .. } | Stage::Returning { .. }
            ),
            Situation::Mail(stage) => stage.awaits_deputy().is_some(),
            _ => false,
        }
    }

    /// What is typed on this page, if anything is.
    fn wants_text(&self) -> Option<Purpose> {
        match self {
            Situation::Mail(stage) => match **stage {
                mail::flow::Stage::Presenting { .. } => Some(Purpose::Number),
                mail::flow::Stage::NamingDeputy { .. } => Some(Purpose::Finding),
                _ => None,
            },
            Situation::Visits(stage) => stage.wants_text(),
            Situation::FindingTenant(_) => Some(Purpose::Company),
            Situation::TryAgain(from, _) => from.wants_text(),
            Situation::Keys(stage) => match **stage {
                keys::flow::Stage::TypingOrder(_) => Some(Purpose::Code),
                keys::flow::Stage::TypingContractor(_) => Some(Purpose::PersonName),
                _ => None,
            },
            _ => None,
        }
    }

    /// What was typed on this page before, where somebody comes back to it.
    fn typed(&self) -> &str {
        match self {
            Situation::Visits(stage) => stage.typed(),
            Situation::TryAgain(from, _) => from.typed(),
            _ => "",
        }
    }

    fn wants_signature(&self) -> bool {
        match self {
            Situation::Mail(stage) => matches!(**stage, mail::flow::Stage::Signing { .. }),
            Situation::Visits(stage) => stage.wants_signature(),
            Situation::TryAgain(from, _) => from.wants_signature(),
            _ => false,
        }
    }

    /// Whether the other page asks for the same text, so that what was typed stays.
    fn asks_the_same(&self, other: &Situation) -> bool {
        use std::mem::discriminant;
        match (self, other) {
            (Situation::TryAgain(from, _), other) | (other, Situation::TryAgain(from, _)) => {
                from.asks_the_same(other)
            }
            (Situation::Mail(one), Situation::Mail(other)) => {
                discriminant(&**one) == discriminant(&**other)
            }
            (Situation::Visits(one), Situation::Visits(other)) => {
                discriminant(&**one) == discriminant(&**other)
            }
            (Situation::Keys(one), Situation::Keys(other)) => {
                discriminant(&**one) == discriminant(&**other)
            }
            (Situation::FindingTenant(_), Situation::FindingTenant(_)) => true,
            _ => false,
        }
    }
}

impl Turn<'_> {
    /// Before a page is turned to: the field it asks for, and a clean pad.
    pub fn ask_for_text(&mut self, next: &Situation) {
        let same = self.session.situation.asks_the_same(next);
        match next.wants_text() {
            Some(_) if same && self.session.field.is_some() => {}
            wanted => {
                let language = self.session.language;
                let typed = next.typed();
                self.session.field =
                    wanted.map(|purpose| begun(purpose, language).with_text(typed));
            }
        }
        if !same || !next.wants_signature() {
            self.session.strokes = Signature::default();
        }
    }

    /// Takes what goes to the keyboard or to the pad; false where the touch is for the page.
    pub fn wrote(&mut self, touch: &Touch) -> bool {
        match touch {
            Touch::Press(press) => self.pressed(*press),
            Touch::Enter => match &mut self.session.field {
                Some(field) => {
                    let text = field.entered().to_owned();
                    self.typed_so_far(text, true);
                    true
                }
                None => self.signed(),
            },
            Touch::Stroke(stroke) if self.session.situation.wants_signature() => {
                self.session.strokes.add(stroke.clone());
                self.stay();
                true
            }
            Touch::WipePad if self.session.situation.wants_signature() => {
                self.session.strokes = Signature::default();
                self.stay();
                true
            }
            _ => false,
        }
    }

    fn pressed(&mut self, press: Press) -> bool {
        let Some(field) = &mut self.session.field else {
            return false;
        };
        let before = (field.text().to_owned(), field.composing().to_owned());
        field.press(press);
        let now = format!("{}{}", field.text(), field.composing());
        let changed = (field.text(), field.composing()) != (&before.0, &before.1);
        self.stay();
        if changed {
            self.typed_so_far(now, false);
        }
        true
    }

    /// Tells the page what stands in its field, and whether it is whole.
    fn typed_so_far(&mut self, text: String, is_whole: bool) {
        if let Situation::Visits(stage) = self.session.situation.clone() {
            match is_whole {
                true => self.visit_touched(&stage, visits::flow::Touch::Typed(text)),
                false => self.visit_typing(&stage, text),
            }
            return;
        }
        if let Situation::Keys(stage) = self.session.situation.clone() {
            if is_whole {
                self.key_entered(&stage, &text);
            }
            return;
        }
        if let Situation::FindingTenant(finding) = self.session.situation.clone() {
            return self.tenant_typed(finding, text);
        }
        if let Situation::Mail(stage) = self.session.situation.clone() {
            self.mail_touched(&stage, mail::flow::Touch::Typed(text));
            if is_whole && let Situation::Mail(stage) = self.session.situation.clone() {
                self.mail_entered(&stage);
            }
        }
    }

    fn signed(&mut self) -> bool {
        if !self.session.situation.wants_signature() {
            return false;
        }
        let signature = self.session.strokes.clone();
        if let Situation::Visits(stage) = self.session.situation.clone() {
            // A tap on the pad is no signature; the page stays and says so.
            if signature.is_written() {
                self.visit_touched(&stage, visits::flow::Touch::Signed(signature));
            }
            return true;
        }
        if let Situation::Mail(stage) = self.session.situation.clone() {
            self.mail_touched(&stage, mail::flow::Touch::Signed(signature));
        }
        true
    }
}

impl Session {
    /// The field and its keyboard, as the page shows them.
    pub(super) fn writing(&self) -> Option<Writing> {
        let field = self.field.as_ref()?;
        Some(Writing {
            purpose: field.purpose(),
            text: field.text().to_owned(),
            composing: field.composing().to_owned(),
            candidates: field.candidates(),
            more: field.more(),
            mode: field.mode(),
            capital: field.capital(),
            rows: field.keys(),
        })
    }
}

/// An empty field, with the keys that are most likely wanted: digits for numbers on paper, and in an
/// English session letters that are letters.
fn begun(purpose: Purpose, language: Language) -> Field {
    let field = Field::new(purpose);
    match (purpose, language) {
        (Purpose::Code, _) => field.beginning_in(Mode::Symbols),
        (_, Language::English) if field.mode() == Mode::Pinyin => field.beginning_in(Mode::English),
        _ => field,
    }
}
