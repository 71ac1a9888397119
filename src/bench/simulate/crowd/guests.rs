//! Somebody from outside who is in the house: they borrow what visitors may have, by the slip of their
//! visit or a temporary card, and bring it back. And somebody who kept a card.

use super::visits::pass_of;
use super::{Goal, Visitor};
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town;
use crate::bench::simulate::world::{Caller, World};
use crate::lending::KindId;

impl Visitor {
    /// One of those who are inside.
    pub(super) fn guest(random: &mut fastrand::Rng, lobby: &Lobby, world: &World) -> Self {
        if random.u8(..6) == 0 {
            return Visitor::with_an_old_pass(random, lobby, world);
        }
        let brings = random.u8(..3) == 0;
        if let Some(number) = Visitor::lent_to_visitors(world).filter(|_| brings) {
            return Visitor::of(None, Goal::BringBackBySlip(number), random);
        }
        let inside = |caller: &&Caller| {
            let slip = caller.slip.as_ref().map(ToString::to_string);
            slip.is_some_and(|slip| world.visits.inside.contains_key(&slip))
        };
        let inside: Vec<&Caller> = world.visits.callers.iter().filter(inside).collect();
        let Some(caller) = random.choice(&inside) else {
            return Visitor::outsider(random, lobby, world);
        };
        let pass = pass_of(caller, world);
        let kind = match random.u8(..3) {
            0 => "umbrella",
            place => town::WASHED[usize::from(place) - 1],
        };
        Visitor {
            slip: caller.slip.clone().filter(|_| pass.is_none()),
            ..Visitor::of(pass, Goal::Borrow(KindId(kind.to_owned())), random)
        }
    }

    /// Somebody has a temporary card that is nobody's any more, out of a pocket or out of the box: they
    /// try what it still opens.
    fn with_an_old_pass(random: &mut fastrand::Rng, lobby: &Lobby, world: &World) -> Self {
        let out = world.passes.out.keys().chain(&world.passes.in_box);
        let old: Vec<u64> = out
            .filter(|card| !lobby.passes.contains_key(card))
            .copied()
            .collect();
        match random.choice(&old) {
            Some(card) => {
                let goal = Goal::Borrow(KindId("umbrella".to_owned()));
                Visitor::of(Some(*card), goal, random)
            }
            None => Visitor::outsider(random, lobby, world),
        }
    }

    /// The number of something that somebody from outside has.
    fn lent_to_visitors(world: &World) -> Option<String> {
        let is_member = |person| world.cards.iter().any(|card| card.person == person);
        let mut out = world.things.out.iter();
        let lent = out.find(|(_, held)| !is_member(held.person));
        lent.map(|(number, _)| number.clone())
    }
}
