//! Who may do what with an open matter.

use super::{Matter, MatterRefusal, Move, Record};
use crate::people::{Act, PersonId, Role, permits};

/// ● First-asked responsibility: a matter is only in the hands of somebody who may act on it.
pub fn may_own(roles: &[Role]) -> bool {
    permits(roles, Act::OwnMatters)
}

/// Decides what a move amounts to.
///
/// A matter that nobody owns is taken by whoever takes it first. A supervisor may also hand over or
/// close what somebody else owns: people fall ill.
pub fn moved(
    matter: &Matter,
    by: PersonId,
    roles: &[Role],
    wish: Move,
) -> Result<Record, MatterRefusal> {
    let matter_id = matter.id;
    match (wish, matter.owner) {
        (Move::Take, None) => Ok(Record::Taken {
            matter: matter_id,
            owner: by,
        }),
        (Move::Take, Some(owner)) => Err(MatterRefusal::OwnedBy(owner)),
        (Move::Close, _) if matter.cause.awaits_decision() => Err(MatterRefusal::DecidedInKeys),
        (Move::Close, _) if matter.cause.lasts_until_key_is_back() => Err(MatterRefusal::KeyIsOut),
        (Move::HandOver(_) | Move::Close, None) => Err(MatterRefusal::NobodyOwnsIt),
        (_, Some(owner)) if owner != by && !roles.contains(&Role::Supervisor) => {
            Err(MatterRefusal::OwnedBy(owner))
        }
        (Move::HandOver(to), Some(from)) => Ok(Record::HandedOver {
            matter: matter_id,
            from,
            to,
        }),
        (Move::Close, Some(_)) => Ok(Record::Closed { matter: matter_id }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matters::{Cause, MatterId};
    use uuid::Uuid;

    const DESK: PersonId = PersonId(Uuid::from_u128(1));
    const OTHER: PersonId = PersonId(Uuid::from_u128(2));

    fn matter(owner: Option<PersonId>) -> Matter {
        Matter {
            id: MatterId(Uuid::from_u128(9)),
            cause: Cause::ThingLost,
            about: Uuid::from_u128(8),
            owner,
            opened_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_matter_belongs_to_whoever_takes_it_first() {
        let taken = moved(&matter(None), DESK, &[Role::Receptionist], Move::Take);
        let matter_id = matter(None).id;
        assert_eq!(
            taken,
            Ok(Record::Taken {
                matter: matter_id,
                owner: DESK
            })
        );
        let late = moved(&matter(Some(DESK)), OTHER, &[Role::Supervisor], Move::Take);
        assert_eq!(late, Err(MatterRefusal::OwnedBy(DESK)));
    }

    #[test]
    fn what_nobody_owns_is_neither_closed_nor_handed_over() {
        for wish in [Move::Close, Move::HandOver(OTHER)] {
            let answer = moved(&matter(None), DESK, &[Role::Supervisor], wish);
            assert_eq!(answer, Err(MatterRefusal::NobodyOwnsIt));
        }
    }

    #[test]
    fn only_its_owner_or_a_supervisor_closes_it() {
        let owned = matter(Some(DESK));
        let (desk, other) = ([Role::Receptionist], [Role::Receptionist]);
        assert!(moved(&owned, DESK, &desk, Move::Close).is_ok());
        let refused = moved(&owned, OTHER, &other, Move::Close);
        assert_eq!(refused, Err(MatterRefusal::OwnedBy(DESK)));
        assert!(moved(&owned, OTHER, &[Role::Supervisor], Move::Close).is_ok());
    }

    #[test]
    fn what_is_about_a_key_out_of_hand_is_over_with_the_key_and_not_by_anybodys_hand() {
        for cause in Cause::ALL.iter().copied() {
            let held = Matter {
                cause,
                ..matter(Some(DESK))
            };
            let refused = match cause {
                Cause::KeyLost | Cause::KeyDamaged => Some(MatterRefusal::DecidedInKeys),
                Cause::ContractorWithKey => Some(MatterRefusal::KeyIsOut),
                _ => None,
            };
            for role in [Role::Receptionist, Role::KeyKeeper, Role::Supervisor] {
                let answer = moved(&held, DESK, &[role], Move::Close);
                assert_eq!(answer.err(), refused, "{cause:?} {role:?}");
            }
            assert!(moved(&held, DESK, &[], Move::HandOver(OTHER)).is_ok());
        }
    }

    #[test]
    fn handing_over_names_both() {
        let record = moved(&matter(Some(DESK)), DESK, &[], Move::HandOver(OTHER));
        let matter = matter(None).id;
        assert_eq!(
            record,
            Ok(Record::HandedOver {
                matter,
                from: DESK,
                to: OTHER
            })
        );
    }
}
