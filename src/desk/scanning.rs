//! What a scan leads to where it is no return that is done at once: the row of what was scanned, and the
//! form that asks what there is to ask.

use super::House;
use super::event::{Order, Outcome, Refusal};
use super::facts::{Hit, MailGone, VisitFact};
use super::keys::may;
use super::rooms::{Action, Does, Look, Room, keys, mail, visitors};
use super::session::{Focus, Scanned, Turn, look};
use crate::keys::Key;
use crate::mail::{Item, PickUpCode, Piece};
use crate::people::Language;
use crate::slips::SlipNumber;
use crate::visits::VisitState;
use crate::words;

/// What was scanned, and is asked about before anything is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Meant {
    /// The tag of a key that is out: it comes back, each point confirmed.
    KeyBack(Box<Key>),
    /// The slip of a visitor who is inside with things carried in.
    Leaving(Box<VisitFact>),
    /// A visit, by an invitation, or by its slip where nobody of it is inside.
    Visit(Box<VisitFact>),
    /// A piece of mail, by its code or a number on it.
    Mail(Box<Item>, OfMail),
}

/// What a scan of a piece of mail proves.
#[derive(Clone, Debug, PartialEq)]
pub enum OfMail {
    /// Nothing but which piece it is, wherever that stands; where it is gone, how it went.
    Standing(Option<Box<MailGone>>),
    /// Its pick-up code is there, and all this waits for its addressee.
    Code(PickUpCode, Vec<Piece>),
}

/// Where a scan leads.
pub(super) struct Lead {
    pub room: Room,
    pub tab: usize,
    /// The row of that table.
    pub key: String,
    /// What is asked there at once.
    pub asks: Option<Action>,
}

/// Results of scans that are kept, the newest first.
const SCANS_KEPT: usize = 8;

impl Turn<'_> {
    /// A code, scanned or typed into the scan field.
    pub(super) fn scanned(&mut self, code: &str) {
        let code = code.trim();
        if code.is_empty() {
            return;
        }
        self.session.place.led = false;
        self.session.next_id += 1;
        let id = self.session.next_id;
        let line = Scanned {
            id,
            code: code.chars().take(64).collect(),
            done: None,
            held: false,
            beside_form: false,
        };
        self.session.scans.insert(0, line);
        self.session.scans.truncate(SCANS_KEPT);
        self.order(Order::Scan(code.to_owned()), Some(id));
    }

    /// A code was scanned while a form was open, which has no place for it.
    pub(super) fn scanned_beside(&mut self, code: &str) {
        if self.session.me.is_none() {
            self.expected = false;
            return;
        }
        self.scanned(code);
        if let Some(line) = self.session.scans.first_mut() {
            line.beside_form = true;
        }
    }

    /// Nothing covers the lines of the scans any more.
    pub(super) fn form_is_closed(&mut self) {
        for line in &mut self.session.scans {
            line.beside_form = false;
        }
    }

    /// What came of a scan: its line says so, and what has to be asked is asked.
    pub(super) fn scan_done(&mut self, id: u64, done: Result<Outcome, Refusal>) {
        let led = match &done {
            Ok(Outcome::Meant(meant)) => Some(meant.clone()),
            _ => None,
        };
        // A form that is open is not taken from under anybody's fingers.
        let is_open = self.session.dialog.is_some();
        let lines = &mut self.session.scans;
        if let Some(line) = lines.iter_mut().find(|line| line.id == id) {
            line.done = Some(done);
            line.held = is_open && led.is_some();
            line.beside_form |= is_open;
        }
        if let Some(meant) = led.filter(|_| !is_open) {
            self.lead(&meant);
        }
    }

    /// The latest scan, where it led to the row that is chosen and nothing has come of it yet.
    pub(super) fn scan_that_led_here(&self) -> Option<u64> {
        let line = self.session.scans.first()?;
        let Some(Ok(Outcome::Meant(meant))) = &line.done else {
            return None;
        };
        let lead = leads(meant, &look(&self.session, self.house, self.at)?);
        let place = &self.session.place;
        (place.room == lead.room && place.key == lead.key).then_some(line.id)
    }

    /// What was scanned is seen to: its line says what was done, and no longer where it stood.
    pub(super) fn came_of(&mut self, scan: u64, done: &Result<Outcome, Refusal>) {
        let mut lines = self.session.scans.iter_mut();
        if let (Ok(outcome), Some(line)) = (done, lines.find(|line| line.id == scan)) {
            line.done = Some(Ok(outcome.clone()));
        }
    }

    fn lead(&mut self, meant: &Meant) {
        let Some(lead) = look(&self.session, self.house, self.at).map(|look| leads(meant, &look))
        else {
            return;
        };
        let from_field = self.session.place.focus == Focus::Scan;
        self.go(lead.room, lead.tab);
        // Whoever scans one thing after the other goes on with the next: were the table to take the
        // keys, what a scanner types would be actions.
        if from_field {
            self.session.place.focus = Focus::Scan;
            self.session.place.led = true;
        }
        self.session.place.key.clone_from(&lead.key);
        self.keep_row();
        if self.session.place.key != lead.key {
            // It stands in no table of today: it is shown as a search finds it.
            self.session.search = meant.sought();
            self.session.hits = meant.hit().map(|hit| vec![hit]);
            self.keep_row();
        }
        let Some(asks) = lead.asks else {
            return;
        };
        if let Does::Ask(dialog) = asks.does {
            self.session.submitted = None;
            self.session.pieces = 0;
            self.session.notice = None;
            self.session.dialog = Some(*dialog);
        }
    }
}

impl Meant {
    /// What the search box finds it by, and nothing else; empty where there is no such text. The number
    /// that people read out is another's a year later, so it is the long one.
    fn sought(&self) -> String {
        let number = match self {
            Meant::KeyBack(key) => return key.hook.clone(),
            Meant::Leaving(fact) | Meant::Visit(fact) => fact.visit.number.as_ref(),
            Meant::Mail(item, _) => item.number.as_ref(),
        };
        number.map(SlipNumber::code).unwrap_or_default()
    }

    fn hit(&self) -> Option<Hit> {
        match self {
            Meant::KeyBack(_) => None,
            Meant::Leaving(fact) | Meant::Visit(fact) => Some(Hit::Visit(fact.clone())),
            Meant::Mail(item, OfMail::Standing(went)) => {
                Some(Hit::Mail(item.clone(), went.clone()))
            }
            Meant::Mail(item, OfMail::Code(..)) => Some(Hit::Mail(item.clone(), None)),
        }
    }
}

/// Where this leads, and what whoever works here may be asked there.
fn leads(meant: &Meant, look: &Look<'_>) -> Lead {
    let lead = match meant {
        Meant::KeyBack(key) => Lead {
            room: Room::Keys,
            tab: 0,
            key: key.id.to_string(),
            asks: Some(keys::take_back(key, look)),
        },
        Meant::Leaving(fact) => Lead {
            asks: Some(visitors::things_out(fact, look)),
            ..visit(fact)
        },
        Meant::Visit(fact) => visit(fact),
        Meant::Mail(item, of) => {
            let (tab, key) = mail::place(item, look);
            Lead {
                room: Room::Mail,
                tab,
                key,
                asks: mail::asked_of(item, of, look),
            }
        }
    };
    Lead {
        asks: lead.asks.filter(|action| may(action, look.me)),
        ..lead
    }
}

fn visit(fact: &VisitFact) -> Lead {
    Lead {
        room: Room::Visitors,
        tab: visitors::place(fact.visit.state),
        key: fact.visit.id.to_string(),
        asks: None,
    }
}

/// What was scanned, in words.
pub(super) fn said(meant: &Meant, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    match meant {
        Meant::KeyBack(key) => words::with(
            language,
            "desk-scan-key",
            &[("hook", key.hook.as_str().into())],
        ),
        Meant::Leaving(fact) | Meant::Visit(fact) => {
            let visit = &fact.visit;
            let name = visit.name.as_ref().map(|name| name.masked(language));
            let number = visit.number.as_ref().map(ToString::to_string);
            let expected = visit
                .window
                .filter(|_| visit.state == VisitState::Announced);
            let expected = expected
                .map(|(from, _)| words::dates::day_time(language, house.building.local(from)));
            Look::joined(&[
                &say("desk-scan-visit"),
                &name.unwrap_or_default(),
                &number.unwrap_or_default(),
                &say(visitors::state_word(fact)),
                &expected.unwrap_or_default(),
            ])
        }
        Meant::Mail(item, _) => {
            let number = item.number.as_ref().map(ToString::to_string);
            Look::joined(&[
                &say(item.kind.word()),
                &item.recipient.masked(language),
                &item.shelf,
                &number.unwrap_or_default(),
                &say(mail::state_word(item.state)),
            ])
        }
    }
}
