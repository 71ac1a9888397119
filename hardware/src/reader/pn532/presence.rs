//! Who is in the field, and what of it is worth telling.

use crate::reader::{Certainty, Credential, NotRead, Presentation, Tell, Uid};

/// Something that looks see again and again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visitor {
    Card(Uid),
    /// Whatever makes up its number: two of these cannot be told apart, nor one from itself later.
    Random,
}

struct Stay {
    visitor: Visitor,
    missed: u8,
    told: bool,
}

/// Makes presentations of looks: a card is told once until it has been away, and not at all while
/// there is another one with it.
///
/// A card is away when several looks in a row did not see it, because a card at the edge of the field
/// is seen now and then only. For the same reason two cards are two until one of them is away.
pub(super) struct Presence {
    away_after: u8,
    stays: Vec<Stay>,
    /// How many looks ago two cards were seen at once; `None` once that is over.
    several: Option<u8>,
}

impl Presence {
    /// Nobody yet; a card is away when so many looks in a row did not see it.
    pub(super) fn new(away_after: u8) -> Self {
        Self {
            away_after: away_after.max(1),
            stays: Vec::new(),
            several: None,
        }
    }

    /// Forgets everybody.
    pub(super) fn clear(&mut self) {
        self.stays.clear();
        self.several = None;
    }

    /// Takes what a look saw.
    pub(super) fn look(&mut self, seen: &[Uid]) -> Option<Tell> {
        for stay in &mut self.stays {
            stay.missed += 1;
        }
        for uid in seen {
            self.see(*uid);
        }
        self.stays.retain(|stay| stay.missed < self.away_after);
        let lately = self.several.map(|looks| looks + 1);
        self.several = lately.filter(|looks| *looks < self.away_after);
        match seen {
            [] => None,
            [uid] => self.alone(*uid),
            _ => {
                let known = self.several.replace(0).is_some();
                (!known).then_some(Tell::NotRead(NotRead::Several))
            }
        }
    }

    fn see(&mut self, uid: Uid) {
        let visitor = Visitor::of(uid);
        match self.stays.iter_mut().find(|stay| stay.visitor == visitor) {
            Some(stay) => stay.missed = 0,
            None => self.stays.push(Stay {
                visitor,
                missed: 0,
                told: false,
            }),
        }
    }

    fn alone(&mut self, uid: Uid) -> Option<Tell> {
        if self.several.is_some() {
            return None;
        }
        let visitor = Visitor::of(uid);
        let stay = self.stays.iter_mut().find(|stay| stay.visitor == visitor)?;
        if std::mem::replace(&mut stay.told, true) {
            return None;
        }
        Some(match visitor {
            Visitor::Random => Tell::NotRead(NotRead::RandomNumber),
            Visitor::Card(uid) => Tell::Presented(Presentation {
                credential: Credential::Iso14443a(uid),
                certainty: Certainty::Checked,
            }),
        })
    }
}

impl Visitor {
    fn of(uid: Uid) -> Self {
        if uid.is_random() {
            Self::Random
        } else {
            Self::Card(uid)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uid(n: u8) -> Uid {
        Uid::new(&[0xA0, n, 0, 0]).expect("four bytes are a UID")
    }

    /// What each look tells: the card's letter, `!` for several, `?` for a telephone, `-` for nothing.
    /// Looks are words of letters: cards; `t` is a telephone, `.` nobody.
    fn told(looks: &str) -> String {
        let mut presence = Presence::new(3);
        let mut random = 0;
        let tells = looks.split(' ').map(|look| {
            let cards = look.bytes().filter(|letter| *letter != b'.');
            let cards = cards.map(|letter| {
                random += 1;
                match letter {
                    b't' => Uid::new(&[0x08, random, 0, 0]).expect("four bytes are a UID"),
                    letter => uid(letter),
                }
            });
            match presence.look(&cards.collect::<Vec<_>>()) {
                None => '-',
                Some(Tell::NotRead(NotRead::Several)) => '!',
                Some(Tell::NotRead(NotRead::RandomNumber)) => '?',
                Some(Tell::Presented(Presentation {
                    credential: Credential::Iso14443a(uid),
                    ..
                })) => char::from(uid.bytes()[1]),
                Some(other) => panic!("{other:?}"),
            }
        });
        tells.collect()
    }

    #[test]
    fn a_card_is_told_once_until_three_looks_have_missed_it() {
        assert_eq!(told("a a a a"), "a---");
        assert_eq!(told("a . . a . . a"), "a------");
        assert_eq!(told("a . . . a"), "a---a");
    }

    #[test]
    fn another_card_at_once_is_told_at_once_and_the_first_one_not_again() {
        assert_eq!(told("a b a b a b"), "ab----");
        assert_eq!(told("a b b b a"), "ab--a");
    }

    #[test]
    fn two_cards_are_several_once_until_one_of_them_is_away() {
        assert_eq!(told("ab ab ab"), "!--");
        assert_eq!(told("ab a ab b ab"), "!----");
        assert_eq!(told("ab a a a a"), "!--a-");
        assert_eq!(told("ab . . . ab"), "!---!");
    }

    #[test]
    fn a_card_told_before_another_came_is_not_told_again_when_that_one_goes() {
        assert_eq!(told("a ab a a a"), "a!---");
        assert_eq!(told("a ab b b b"), "a!--b");
    }

    #[test]
    fn a_telephone_is_told_once_whatever_number_it_makes_up() {
        assert_eq!(told("t t . t t"), "?----");
        assert_eq!(told("t . . . t"), "?---?");
        assert_eq!(told("t a t"), "?a-");
        assert_eq!(told("ta tt"), "!-");
    }

    #[test]
    fn a_look_is_all_it_takes_to_be_away_when_nought_is_set() {
        let mut presence = Presence::new(0);
        assert!(presence.look(&[uid(1)]).is_some());
        assert!(presence.look(&[]).is_none());
        assert!(presence.look(&[uid(1)]).is_some());
    }
}
