//! ISO 14443 type A cards at a reader's antenna, with the states that they are in (hardware.md §3.4).

use crate::reader::Uid;

/// An ATS as smart cards give it; its first byte is its length.
const ATS: [u8; 6] = [0x06, 0x75, 0x77, 0x81, 0x02, 0x80];

/// Something to hold to a reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Card {
    /// A card that has a number and little else.
    Tag(Uid),
    /// A card that also speaks ISO 14443-4: it gives an ATS where it is asked for one.
    Smart(Uid),
    /// A smart card that makes up another number each time a field reaches it.
    Telephone,
}

/// A card found, as it has answered.
pub(super) struct Found {
    uid: Uid,
    smart: bool,
}

impl Found {
    /// Target number `target` of InListPassiveTarget; `rats` says whether an ATS was asked for.
    pub(super) fn bytes(&self, target: u8, rats: bool) -> Vec<u8> {
        let uid = self.uid.bytes();
        let (size, plain) = match uid.len() {
            4 => (0x00, 0x08),
            7 => (0x40, 0x00),
            _ => (0x80, 0x00),
        };
        let sel_res = if self.smart { 0x20 } else { plain };
        let mut bytes = vec![target, 0x00, size | 0x04, sel_res, uid.len() as u8];
        bytes.extend_from_slice(uid);
        if self.smart && rats {
            bytes.extend_from_slice(&ATS);
        }
        bytes
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// It answers the next call.
    Idle,
    /// It waits for commands; a call is none, and makes it idle.
    Selected,
    /// It has given its ATS, and does not listen to calls any more.
    Protocol,
    /// It was told to keep still.
    Halted,
}

struct Held {
    card: Card,
    state: State,
    uid: Uid,
}

/// The field and what is in it.
#[derive(Default)]
pub(super) struct Antenna {
    on: bool,
    held: Vec<Held>,
    numbers_made_up: u8,
}

impl Antenna {
    pub(super) fn put_down(&mut self, card: Card) {
        let uid = self.number(card);
        let state = State::Idle;
        self.held.extend(uid.map(|uid| Held { card, state, uid }));
    }

    /// Takes away one such card.
    pub(super) fn lift(&mut self, card: Card) {
        if let Some(i) = self.held.iter().position(|held| held.card == card) {
            self.held.remove(i);
        }
    }

    pub(super) fn lift_all(&mut self) {
        self.held.clear();
    }

    /// Switches the field. A card that gets power begins anew.
    pub(super) fn switch(&mut self, on: bool) {
        if on && !std::mem::replace(&mut self.on, true) {
            for held in std::mem::take(&mut self.held) {
                self.put_down(held.card);
            }
        }
        self.on = on;
    }

    /// Calls so often for so many cards of type A, and selects them.
    pub(super) fn list(&mut self, most: usize, calls: usize, rats: bool) -> Vec<Found> {
        self.switch(true);
        let mut selected: Vec<usize> = Vec::new();
        while selected.len() < most {
            // The one before must keep still, or it would answer again.
            for i in &selected {
                self.held[*i].state = State::Halted;
            }
            let Some(i) = (0..calls).find_map(|_| self.call()) else {
                break;
            };
            selected.push(i);
        }
        for i in &selected {
            let held = &mut self.held[*i];
            let smart = held.card != Card::Tag(held.uid);
            held.state = if smart && rats {
                State::Protocol
            } else {
                State::Selected
            };
        }
        let found = selected.into_iter().map(|i| Found {
            uid: self.held[i].uid,
            smart: self.held[i].card != Card::Tag(self.held[i].uid),
        });
        found.collect()
    }

    /// Calls once (REQA): the first idle card is found, and a selected one becomes idle.
    fn call(&mut self) -> Option<usize> {
        let answers = self.held.iter().position(|held| held.state == State::Idle);
        for held in &mut self.held {
            if held.state == State::Selected {
                held.state = State::Idle;
            }
        }
        answers
    }

    fn number(&mut self, card: Card) -> Option<Uid> {
        match card {
            Card::Tag(uid) | Card::Smart(uid) => Some(uid),
            Card::Telephone => {
                self.numbers_made_up = self.numbers_made_up.wrapping_add(1);
                Uid::new(&[0x08, self.numbers_made_up, 0x5A, 0xC3])
            }
        }
    }
}
