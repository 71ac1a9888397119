//! Helmets and shoe covers: issued, returned, to the laundry, back. The counts always add up.

use super::{Counted, Kind, KindId};
use serde::{Deserialize, Serialize};

/// A stand of things that are all alike, with where all of them are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Of which kind.
    pub kind: KindId,
    /// How many belong to it.
    pub total: u32,
    /// With people.
    pub out: u32,
    /// Back and not clean.
    pub dirty: u32,
    /// At the laundry.
    pub washing: u32,
}

impl Stand {
    /// A stand that nobody has put anything in.
    fn empty(kind: KindId) -> Self {
        Stand {
            kind,
            total: 0,
            out: 0,
            dirty: 0,
            washing: 0,
        }
    }

    /// How many of it are somewhere else, or not fit to go out.
    pub fn away(&self) -> u32 {
        self.out
            .saturating_add(self.dirty)
            .saturating_add(self.washing)
    }

    /// How many can go out now. A stand that was counted too low has none.
    pub fn clean(&self) -> u32 {
        self.total.saturating_sub(self.away())
    }
}

/// Every stand of the house: those that were counted, then one that is empty for each kind that nobody
/// has counted yet. A new house has to begin somewhere.
pub fn stands(kinds: &[Kind], counted: &[Stand]) -> Vec<Stand> {
    let uncounted = kinds
        .iter()
        .filter(|kind| kind.counted != Counted::Tagged)
        .filter(|kind| !counted.iter().any(|stand| stand.kind == kind.id))
        .map(|kind| Stand::empty(kind.id.clone()));
    counted.iter().cloned().chain(uncounted).collect()
}

/// What happened since midnight with the things of a stand that is washed, and where they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WashDay {
    /// Where they are now.
    pub stand: Stand,
    /// How many went out.
    pub issued: u32,
    /// How many came back.
    pub returned: u32,
    /// How many moved, each way.
    pub moved: Vec<(WashMove, u32)>,
}

impl WashDay {
    /// How many moved this way.
    pub fn moved(&self, how: WashMove) -> u32 {
        let moved = self.moved.iter().filter(|(way, _)| *way == how);
        moved.map(|(_, count)| count).sum()
    }
}

/// What is done with things that are washed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WashMove {
    /// They go to the laundry.
    Sent,
    /// They come back clean.
    Back,
    /// They do not come back, or are past washing: written off.
    WrittenOff,
}

impl WashMove {
    /// All of them, in the order in which the desk offers them.
    pub const ALL: [WashMove; 3] = [WashMove::Sent, WashMove::Back, WashMove::WrittenOff];
}

/// Why a count is not entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WashRefusal {
    /// There is no such stand, or its things are not washed.
    NotWashed,
    /// A count of nothing.
    Nothing,
    /// More than there are where they come from.
    MoreThanThere {
        /// How many there are.
        there: u32,
    },
}

/// Why the count of a stand is not entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountRefusal {
    /// There is no stand of this kind: its things are told apart, or the house does not lend it.
    NoStand(KindId),
    /// Fewer than are out, not clean and at the laundry: some of those were not counted.
    FewerThanAway(Stand),
}

/// Whether so many can belong to a stand, those that are not in it among them.
pub fn may_count(stand: &Stand, total: u32) -> Result<(), CountRefusal> {
    match total < stand.away() {
        true => Err(CountRefusal::FewerThanAway(stand.clone())),
        false => Ok(()),
    }
}

/// What is left where, once so many have moved.
///
/// What is written off was at the laundry first, and where nothing is there, was not clean.
pub fn moved(stand: &Stand, how: WashMove, count: u32) -> Result<Stand, WashRefusal> {
    let there = match how {
        WashMove::Sent => stand.dirty,
        WashMove::Back => stand.washing,
        // No more than belong to it, where it was counted too low once.
        WashMove::WrittenOff => (stand.washing.saturating_add(stand.dirty)).min(stand.total),
    };
    if count == 0 {
        return Err(WashRefusal::Nothing);
    }
    if count > there {
        return Err(WashRefusal::MoreThanThere { there });
    }
    let mut after = stand.clone();
    match how {
        WashMove::Sent => {
            after.dirty -= count;
            after.washing += count;
        }
        WashMove::Back => after.washing -= count,
        WashMove::WrittenOff => {
            let from_laundry = count.min(stand.washing);
            after.washing -= from_laundry;
            after.dirty -= count - from_laundry;
            after.total -= count;
        }
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(total: u32, out: u32, dirty: u32, washing: u32) -> Stand {
        Stand {
            kind: KindId("helmet".to_owned()),
            total,
            out,
            dirty,
            washing,
        }
    }

    #[test]
    fn the_counts_of_a_stand_add_up_after_every_move() {
        for total in 0..5u32 {
            for out in 0..=total {
                for dirty in 0..=total - out {
                    for washing in 0..=total - out - dirty {
                        let before = stand(total, out, dirty, washing);
                        for how in WashMove::ALL {
                            for count in 0..=total + 1 {
                                let Ok(after) = moved(&before, how, count) else {
                                    continue;
                                };
                                let sum = after.clean() + after.out + after.dirty + after.washing;
                                assert_eq!(sum, after.total, "{before:?} {how:?} {count}");
                                assert_eq!(after.out, before.out, "nobody's hands are touched");
                                let gone = match how {
                                    WashMove::WrittenOff => count,
                                    WashMove::Sent | WashMove::Back => 0,
                                };
                                assert_eq!(after.total + gone, before.total);
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn no_more_move_than_are_there() {
        let before = stand(10, 2, 3, 4);
        for (how, there) in [
            (WashMove::Sent, 3),
            (WashMove::Back, 4),
            (WashMove::WrittenOff, 7),
        ] {
            assert!(moved(&before, how, there).is_ok());
            let refused = moved(&before, how, there + 1);
            assert_eq!(refused, Err(WashRefusal::MoreThanThere { there }));
            assert_eq!(moved(&before, how, 0), Err(WashRefusal::Nothing));
        }
    }

    #[test]
    fn a_stand_that_was_counted_too_low_has_none_to_give_and_loses_no_more_than_it_has() {
        assert_eq!(stand(3, 4, 0, 0).clean(), 0);
        let before = stand(2, 0, 3, 4);
        let refused = moved(&before, WashMove::WrittenOff, 3);
        assert_eq!(refused, Err(WashRefusal::MoreThanThere { there: 2 }));
        let after = moved(&before, WashMove::WrittenOff, 2).expect("two belong to it");
        assert_eq!((after.total, after.dirty, after.washing), (0, 3, 2));
    }

    #[test]
    fn a_count_is_all_that_is_away_at_least() {
        let before = stand(10, 2, 3, 4);
        let refused = may_count(&before, 8);
        assert_eq!(refused, Err(CountRefusal::FewerThanAway(before.clone())));
        assert_eq!(may_count(&before, 9), Ok(()));
    }
}
