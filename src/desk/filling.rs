//! A form being filled in: keys, scans and cards go into it, names are looked for while they are
//! typed, and what was refused comes back as it was.

use super::dialog::{Dialog, Holds, Seek, Turned};
use super::event::{Click, Effect, Event, Press, Refusal};
use super::facts::{Candidate, PermitFact, Whom};
use super::problem::refused_field;
use super::session::{Awaited, Turn};
use crate::mail::RecipientName;
use crate::people::finding::{Query, Spoken};
use crate::people::{Bilingual, Language, Signature};
use crate::words;

/// Companies with a permit that are offered at most.
const MOST_FIRMS: usize = 3;

impl Turn<'_> {
    /// Whatever happens while a form is open.
    pub(super) fn in_dialog(&mut self, event: Event) {
        let Some(mut dialog) = self.session.dialog.take() else {
            return;
        };
        let before = dialog.sought();
        let turned = match event {
            Event::Pressed(press) => dialog.press(press),
            Event::Clicked(Click::Agree) => dialog.agree(),
            Event::Clicked(Click::Cancel) => Turned::GivenUp,
            Event::Clicked(Click::Field(place)) => {
                dialog.chosen = place.min(dialog.fields.len().saturating_sub(1));
                Turned::Stays
            }
            Event::Typed(text) => {
                dialog.type_in(&text);
                Turned::Stays
            }
            // What the form has no place for is done, or said not to be, beside it.
            Event::CodeScanned(scanned) => {
                if !dialog.take_code(&scanned.text) {
                    self.scanned_beside(&scanned.text);
                }
                Turned::Stays
            }
            Event::CardPresented(presented) => {
                let taken = dialog.card(presented.credential);
                self.held_up_to_form(presented.reader, taken, Refusal::CardNotWanted);
                Turned::Stays
            }
            _ => {
                self.expected = false;
                Turned::Stays
            }
        };
        self.look_for(&dialog, before.as_ref());
        self.turned(dialog, turned);
    }

    fn turned(&mut self, dialog: Dialog, turned: Turned) {
        self.turn(dialog, turned);
        if self.session.dialog.is_none() {
            self.form_is_closed();
        }
    }

    fn turn(&mut self, dialog: Dialog, turned: Turned) {
        match turned {
            Turned::Stays => self.session.dialog = Some(dialog),
            Turned::GivenUp => {
                self.session.submitted = None;
                self.session.notice = None;
                if dialog.repeats() && std::mem::take(&mut self.session.pieces) > 0 {
                    self.order(super::rooms::after_pieces(), None);
                }
            }
            Turned::Order(order) => {
                self.session.notice = None;
                self.session.dialog = dialog.repeats().then(|| dialog.anew());
                self.session.submitted = Some(dialog);
                self.order(*order, None);
            }
        }
    }

    /// What somebody wrote on the glass is there to look at; a form that was opened meanwhile stays.
    pub(super) fn show_signature(&mut self, strokes: Option<Signature>) {
        if self.session.dialog.is_some() {
            return;
        }
        let say = |id: &str| words::text(self.session.language, id);
        let strokes = strokes.unwrap_or_default();
        let says = say(match strokes.is_written() {
            true => "desk-signature-how",
            false => "desk-signature-erased",
        });
        let label = say("desk-fact-signed");
        self.session.dialog = Some(Dialog::signature(
            say("desk-signature"),
            says,
            label,
            strokes,
        ));
    }

    /// Asks the books for who may be meant, where another name stands in the form now.
    fn look_for(&mut self, dialog: &Dialog, before: Option<&(usize, super::dialog::Seek, String)>) {
        let Some(sought) = dialog.sought() else {
            return;
        };
        if before == Some(&sought) || sought.2.is_empty() {
            return;
        }
        // Coming back to a field asks nothing: who was found stands there.
        let is_retyped = before.is_some_and(|(place, ..)| *place == sought.0);
        if !is_retyped {
            return;
        }
        let (place, seeks, typed) = sought;
        let Some(me) = self.me() else {
            return;
        };
        let request = self.ask(Awaited::Candidates(place));
        self.effects.push(Effect::Find(request, me, seeks, typed));
    }

    /// Who may be meant, as the books say.
    pub(super) fn candidates(&mut self, place: usize, found: Vec<Candidate>) {
        let language = self.session.language;
        let Some(mut dialog) = self.session.dialog.take() else {
            return;
        };
        let others = match dialog.fields.get(place).map(|field| &field.holds) {
            Some(Holds::Pick(pick)) if pick.seeks == Seek::Contractor => {
                self.firms_at_work(&pick.typed)
            }
            _ => Vec::new(),
        };
        let mut goes_on = false;
        if let Some(Holds::Pick(pick)) = dialog.fields.get_mut(place).map(|f| &mut f.holds) {
            let worded = |found: Candidate| {
                let words = candidate(&found, language);
                (found, words)
            };
            pick.offers = found.into_iter().map(worded).collect();
            pick.offers.extend(others);
            if pick.seeks == Seek::Contractor {
                pick.offers.extend(as_typed(&pick.typed, language));
            }
            pick.chosen = 0;
            pick.waits = false;
            goes_on = std::mem::take(&mut pick.goes_on);
        }
        // Enter was pressed before the books had answered.
        match goes_on && dialog.chosen == place {
            true => {
                let turned = dialog.press(Press::Enter);
                self.turned(dialog, turned);
            }
            false => self.session.dialog = Some(dialog),
        }
    }

    /// Companies with a work permit that holds today, by name: somebody of theirs may be here who did not
    /// sign in.
    fn firms_at_work(&self, typed: &str) -> Vec<(Candidate, String)> {
        let query = Query::read(typed);
        let look = super::session::look(&self.session, self.house, self.at);
        let (Some(query), Some(look)) = (query, look) else {
            return Vec::new();
        };
        let today = look.calendar().today;
        let holds = |permit: &&PermitFact| permit.days.0 <= today && today <= permit.days.1;
        let mut firms: Vec<(Candidate, String)> = Vec::new();
        for permit in look.facts.permits.iter().filter(holds) {
            let company = &permit.company;
            let is_meant = Spoken::text(company, company).is_found_by(&query);
            let is_new = |(known, _): &(Candidate, String)| known.who != called(company).who;
            if is_meant && firms.len() < MOST_FIRMS && firms.iter().all(is_new) {
                let words = super::rooms::Look::joined(&[company, &permit.number]);
                firms.push((called(company), words));
            }
        }
        firms
    }

    /// The order of a form was refused: what was filled in comes back, so that nothing is typed
    /// twice. Not where the role is what is missing: filling in helps nothing there.
    pub(super) fn refused(&mut self, refusal: &Refusal) {
        let Some(form) = self.session.submitted.take() else {
            return;
        };
        let untouched = match &self.session.dialog {
            None => true,
            Some(open) => open.repeats() && *open == form.anew(),
        };
        if untouched && !matches!(refusal, Refusal::NotPermitted(_)) {
            self.session.dialog = Some(match refused_field(&form, refusal) {
                // What is wrong gives way to the first character typed.
                Some(place) => {
                    let mut form = Dialog {
                        chosen: place,
                        ..form
                    };
                    if let Some(field) = form.fields.get_mut(place) {
                        let is_typed = matches!(field.holds, Holds::Text(..) | Holds::Amount(..));
                        field.fresh = is_typed && !field.is_empty();
                    }
                    if matches!(refusal, Refusal::Pin(_)) {
                        form.empty_secrets();
                    }
                    form
                }
                None => form,
            });
        }
    }
}

/// Whoever was typed, where nobody known is meant.
fn as_typed(typed: &str, language: Language) -> Option<(Candidate, String)> {
    let name = typed.trim();
    let words = words::with(language, "desk-as-typed", &[("name", name.into())]);
    (!name.is_empty()).then(|| (called(name), words))
}

/// Somebody or a company that the books keep no line of.
fn called(name: &str) -> Candidate {
    Candidate {
        who: Whom::Called(name.to_owned()),
        name: RecipientName::Tenant(Bilingual::new(name, name)),
        company: None,
        room: String::new(),
        has_moved: false,
        has_left: false,
    }
}

/// Somebody who may be meant, on one line.
fn candidate(found: &Candidate, language: Language) -> String {
    let name = match &found.name {
        RecipientName::Person(name) => name.masked(language),
        RecipientName::Tenant(name) => name.text(language).to_owned(),
    };
    let company = found.company.as_ref().map(|name| name.text(language));
    let office = words::text(language, "desk-property-office");
    let company = match (&found.name, company) {
        (_, Some(company)) => company.to_owned(),
        (RecipientName::Person(_), None) => office,
        (RecipientName::Tenant(_), None) => String::new(),
    };
    let moved = match found.has_moved {
        true => words::text(language, "desk-tenant-moved"),
        false => String::new(),
    };
    let left = match found.has_left {
        true => words::text(language, "desk-has-left"),
        false => String::new(),
    };
    super::rooms::Look::joined(&[&name, &company, &found.room, &moved, &left])
}
