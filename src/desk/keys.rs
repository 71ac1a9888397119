//! What a key means to somebody who works at the desk.

use super::counters::counters;
use super::event::{Click, Effect, Event, Outcome, Press, Refusal};
use super::needs;
use super::rooms::{Action, Does, Room};
use super::session::{Awaited, Focus, Place, Turn, look};
use crate::people::staff::Member;

/// Rows that a page key moves.
const PAGE: usize = 10;

/// The longest text in the search box and in the scan field, in characters.
const LONGEST_TYPED: usize = 64;

impl Turn<'_> {
    /// Whatever somebody at work does outside a form.
    pub(super) fn at_work(&mut self, event: Event) {
        match event {
            Event::Pressed(press) => self.press(press),
            Event::Typed(text) => self.type_text(&text),
            Event::Clicked(click) => self.click(click),
            Event::CodeScanned(scanned) => self.scanned(&scanned.text),
            // Somebody else takes over: the card of the one who works here locks, another's changes
            // the name on what follows.
            Event::CardPresented(presented) => {
                self.lock();
                self.while_locked(Event::CardPresented(presented));
            }
            _ => self.expected = false,
        }
    }

    fn press(&mut self, press: Press) {
        self.session.notice = None;
        // Whoever goes on otherwise does not want to be led.
        self.session.leads_on = false;
        match press {
            Press::Ctrl('k') => self.seek(),
            Press::Ctrl('l') | Press::F(12) => self.lock(),
            Press::Ctrl('g') | Press::F(11) => {
                self.session.language = self.session.language.other();
                self.remember_language();
            }
            Press::Ctrl('d') => self.session.dark = !self.session.dark,
            Press::F(9) => self.focus(Focus::Scan),
            Press::F(key @ 1..=8) => self.go(Room::ALL[usize::from(key) - 1], 0),
            Press::Up => self.move_row(|row| row.saturating_sub(1)),
            Press::Down => self.move_row(|row| row + 1),
            Press::PageUp => self.move_row(|row| row.saturating_sub(PAGE)),
            Press::PageDown => self.move_row(|row| row + PAGE),
            Press::Left => self.turn_tab(false),
            Press::Right => self.turn_tab(true),
            Press::Tab { back } => self.turn_focus(back),
            Press::Escape => self.leave(),
            Press::Enter => self.enter(),
            Press::Erase => match self.session.place.focus {
                Focus::Search => {
                    self.session.search.pop();
                    self.search();
                }
                Focus::Scan => drop(self.session.scan.pop()),
                Focus::Table => {}
            },
            Press::Char(char) => self.type_text(&char.to_string()),
            Press::Ctrl(_) | Press::F(_) => self.expected = false,
        }
    }

    fn type_text(&mut self, text: &str) {
        let plain = text.chars().filter(|c| !c.is_control());
        match self.session.place.focus {
            Focus::Search => {
                let room = LONGEST_TYPED.saturating_sub(self.session.search.chars().count());
                self.session.search.extend(plain.take(room));
                // Another word means another row: the likeliest comes first.
                self.session.place.row = 0;
                self.session.place.key.clear();
                self.search();
            }
            Focus::Scan => {
                let room = LONGEST_TYPED.saturating_sub(self.session.scan.chars().count());
                self.session.scan.extend(plain.take(room));
            }
            Focus::Table => match text.chars().next() {
                Some(digit @ '1'..='9') => {
                    self.need(usize::from(u8::try_from(digit).unwrap_or(b'1') - b'1'));
                }
                Some(key) => self.act_by_key(key.to_ascii_uppercase()),
                None => {}
            },
        }
    }

    fn enter(&mut self) {
        match self.session.place.focus {
            Focus::Scan if self.session.place.led && self.session.scan.is_empty() => {
                self.act_first()
            }
            Focus::Scan => {
                let code = std::mem::take(&mut self.session.scan);
                self.scanned(&code);
            }
            Focus::Search => self.agree_to_search(),
            Focus::Table => self.act_first(),
        }
    }

    /// The first action, unless it takes something away, which wants its own key.
    fn act_first(&mut self) {
        match actions(self).first() {
            Some(first) if first.careful => self.expected = false,
            _ => self.act(0),
        }
    }

    fn leave(&mut self) {
        self.session.scans.clear();
        self.session.scan.clear();
        self.drop_search();
        self.focus(Focus::Table);
        self.keep_row();
    }

    fn click(&mut self, click: Click) {
        match click {
            Click::Room(room) => {
                if let Some(room) = Room::ALL.get(room) {
                    self.go(*room, 0);
                }
            }
            Click::Counter(place) => {
                let look = look(&self.session, self.house, self.at);
                let counter = look.and_then(|look| counters(&look).into_iter().nth(place));
                match counter {
                    Some((_, room, tab)) => self.go(room, tab),
                    None => self.expected = false,
                }
            }
            Click::Tab(tab) => self.go(self.session.place.room, tab),
            Click::Row(row) => {
                self.focus(Focus::Table);
                self.move_row(|_| row);
            }
            Click::Action(action) => self.act(action),
            Click::Need(need) => self.need(need),
            Click::Search => self.seek(),
            Click::Scan => self.focus(Focus::Scan),
            Click::Field(_) | Click::Agree | Click::Cancel => self.expected = false,
        }
    }

    /// Whoever comes back to the search box looks for something else.
    fn seek(&mut self) {
        if self.session.place.focus != Focus::Search {
            self.drop_search();
        }
        self.focus(Focus::Search);
    }

    fn focus(&mut self, focus: Focus) {
        self.session.place.focus = focus;
    }

    fn turn_focus(&mut self, back: bool) {
        let next = match (self.session.place.focus, back) {
            (Focus::Table, false) | (Focus::Scan, true) => Focus::Search,
            (Focus::Search, false) | (Focus::Table, true) => Focus::Scan,
            (Focus::Scan, false) | (Focus::Search, true) => Focus::Table,
        };
        self.focus(next);
    }

    pub(super) fn go(&mut self, room: Room, tab: usize) {
        self.drop_search();
        self.session.place = Place {
            room,
            tab,
            ..Place::default()
        };
        if room == Room::Devices {
            self.effects.push(Effect::ReadDevices);
        }
        self.keep_row();
    }

    fn turn_tab(&mut self, onward: bool) {
        let Some(look) = look(&self.session, self.house, self.at) else {
            return;
        };
        let place = &self.session.place;
        let count = place.room.tabs(&look).len();
        if count > 1 && self.session.hits.is_none() {
            let step = if onward { 1 } else { count - 1 };
            let (room, tab) = (place.room, (place.tab + step) % count);
            self.go(room, tab);
        }
    }

    fn move_row(&mut self, to: impl FnOnce(usize) -> usize) {
        let Some(table) = self.table() else {
            return;
        };
        let place = &mut self.session.place;
        place.row = to(place.row).min(table.rows.len().saturating_sub(1));
        place.key = table
            .rows
            .get(place.row)
            .map(|row| row.key.clone())
            .unwrap_or_default();
    }

    /// A line of those that need a person: goes to where it is seen to.
    fn need(&mut self, place: usize) {
        let Some(look) = look(&self.session, self.house, self.at) else {
            return;
        };
        let Some(need) = needs::needs(&look).into_iter().nth(place) else {
            self.expected = false;
            return;
        };
        self.go(need.room, need.tab);
        self.session.place.key = need.key;
        self.keep_row();
    }

    fn act_by_key(&mut self, key: char) {
        let place = actions(self).iter().position(|action| action.key == key);
        match place {
            Some(place) => self.act(place),
            None => self.expected = false,
        }
    }

    fn act(&mut self, place: usize) {
        let Some(action) = actions(self).into_iter().nth(place) else {
            self.expected = false;
            return;
        };
        if let (Some(act), Some(me)) = (action.act, &self.session.me)
            && !may(&action, me)
        {
            self.session.notice = Some(Err(Refusal::NotPermitted(act)));
            return;
        }
        match action.does {
            Does::Order(order) => self.order(order, None),
            Does::Ask(dialog) => {
                self.session.submitted = None;
                self.session.pieces = 0;
                self.session.notice = None;
                self.session.dialog = Some(*dialog);
            }
            Does::ShowSignature(of) => {
                let Some(me) = self.me() else {
                    return;
                };
                let request = self.ask(Awaited::Signature);
                self.effects.push(Effect::ReadSignature(request, me, of));
            }
            Does::NewRoll(printer) => {
                self.effects.push(Effect::NewRoll(printer));
                self.session.notice = Some(Ok(Outcome::RollNew));
            }
            Does::TestPage(printer) => self.effects.push(Effect::TestPage(printer)),
        }
    }
}

/// What can be done with the chosen row, then what can be done anyway.
fn actions(turn: &Turn<'_>) -> Vec<Action> {
    let Some(table) = turn.table() else {
        return Vec::new();
    };
    let row = table.rows.into_iter().nth(turn.session.place.row);
    let mut actions = row.map(|row| row.actions).unwrap_or_default();
    actions.extend(table.common);
    actions
}

/// Whether this person may do this.
pub(super) fn may(action: &Action, me: &Member) -> bool {
    action.act.is_none_or(|act| me.may(act))
}
