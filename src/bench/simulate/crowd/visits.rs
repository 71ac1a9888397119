//! Somebody from outside: coming for the first time, coming again, being let in, leaving.

use super::typing;
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::bench::simulate::town::Paper;
use crate::bench::simulate::world::{Caller, World};
use crate::kiosk::Touch;
use crate::slips::SlipNumber;
use crate::visits::flow::{Hosts, Reply, Stage, Touch as VisitTouch};
use crate::visits::{InvitationCode, VisitorType};

/// What somebody from outside came for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// To sign in: typing everything.
    First,
    /// To sign in as somebody who was here before, by digits and name.
    Again,
    /// To sign in with the slip of last time.
    OldSlip(SlipNumber),
    /// To sign in with the identity document in their pocket.
    Paper(Paper),
    /// To sign in with an invitation.
    Invited(String),
    /// To go in, once somebody has said yes.
    GoIn(SlipNumber),
    /// To leave.
    Leave(SlipNumber),
}

/// Somebody from outside, and what they want.
#[derive(Clone, Debug)]
pub struct Outsider {
    /// Which of the callers.
    pub place: usize,
    /// Who they are.
    pub caller: Caller,
    /// What they came for.
    pub errand: Errand,
    /// They were told something that ends it.
    pub is_done: bool,
    of: VisitorType,
    /// The temporary card in their pocket.
    pass: Option<u64>,
    /// The permit that their firm sent along, and the one that they were told on the telephone.
    permits: [String; 2],
}

impl Outsider {
    /// One of those who come now and again.
    pub fn new(random: &mut fastrand::Rng, lobby: &Lobby, world: &World) -> Self {
        let callers = &world.visits.callers;
        // Half of those who come have something to go on with.
        let open: Vec<usize> = (0..callers.len())
            .filter(|place| has_open_errand(&callers[*place], world))
            .collect();
        // And whoever has a temporary card leaves before it grows dark.
        let with_pass: Vec<usize> = (0..callers.len())
            .filter(|place| is_inside(&callers[*place], world))
            .filter(|place| pass_of(&callers[*place], world).is_some())
            .collect();
        let place = match (random.choice(&with_pass), random.choice(&open)) {
            (Some(place), _) if random.u8(..3) == 0 => *place,
            (_, Some(place)) if random.bool() => *place,
            _ => random.usize(..callers.len()),
        };
        let caller = world.visits.callers[place].clone();
        let is_inside = is_inside(&caller, world);
        let may_go_in = may_go_in(&caller, world);
        let errand = match (&caller.slip, &caller.code) {
            (Some(slip), _) if is_inside => Errand::Leave(slip.clone()),
            (Some(slip), _) if may_go_in && random.bool() => Errand::GoIn(slip.clone()),
            (_, Some(code)) => Errand::Invited(code.clone()),
            _ if random.u8(..3) == 0 => match &caller.paper {
                Some(paper) => Errand::Paper(paper.clone()),
                None => Errand::First,
            },
            (Some(slip), _) if random.bool() => Errand::OldSlip(slip.clone()),
            (Some(_), _) if random.bool() => Errand::Again,
            _ => Errand::First,
        };
        let pass = pass_of(&caller, world);
        Outsider {
            place,
            caller,
            errand,
            is_done: false,
            of: VisitorType::ALL[random.usize(..VisitorType::ALL.len())],
            pass,
            permits: [0, 1].map(|_| permit(random, lobby, world)),
        }
    }

    /// Begins, at home.
    pub fn begin(
        &self,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
    ) -> Result<bool, SimulateError> {
        match &self.errand {
            // Whoever has a card leaves by it more often than not.
            Errand::Leave(_) if self.pass.is_some() && random.u8(..3) > 0 => {
                lobby.touch(Touch::SignOut)?;
            }
            Errand::Leave(slip) | Errand::GoIn(slip) if random.u8(..4) > 0 => {
                lobby.scan(&slip.code())?;
            }
            Errand::Leave(_) => lobby.touch(Touch::SignOut)?,
            Errand::Paper(paper) if random.bool() => lobby.show(paper)?,
            Errand::OldSlip(slip) if random.bool() => lobby.scan(&slip.code())?,
            Errand::Invited(code) if random.bool() => lobby.scan(&scannable(code))?,
            _ => lobby.touch(Touch::SignIn)?,
        }
        Ok(true)
    }

    /// Does the next thing on a page of visitors.
    pub fn act(
        &self,
        stage: &Stage,
        random: &mut fastrand::Rng,
        lobby: &mut Lobby,
    ) -> Result<bool, SimulateError> {
        let caller = &self.caller;
        let touch = match stage {
            Stage::Recognising(_) => return Ok(true),
            Stage::Arriving => match &self.errand {
                Errand::Invited(code) if random.bool() => {
                    return lobby.scan(&scannable(code)).map(|()| true);
                }
                Errand::Invited(_) => VisitTouch::ByCode,
                Errand::OldSlip(slip) => return lobby.scan(&slip.code()).map(|()| true),
                Errand::Paper(paper) => return lobby.show(paper).map(|()| true),
                Errand::Again => VisitTouch::BeenHere,
                Errand::GoIn(_) => VisitTouch::ByNumber,
                _ => VisitTouch::FirstTime,
            },
            Stage::Types { .. } => VisitTouch::Type(self.of),
            Stage::TypingCode { .. } => match &self.errand {
                Errand::Invited(code) => return typing::some(lobby, code),
                _ => return lobby.touch(Touch::Back).map(|()| true),
            },
            Stage::TypingNumber { .. } => match &self.errand {
                Errand::GoIn(slip) => return typing::whole(lobby, &slip.to_string()),
                _ => return lobby.touch(Touch::Back).map(|()| true),
            },
            Stage::TypingTail { .. } | Stage::ProvingNumber { .. } => {
                let tail = caller.phone.len() - 4;
                return typing::some(lobby, &caller.phone[tail..]);
            }
            Stage::NamingReturning { is_wrong: true, .. } => VisitTouch::FirstTime,
            Stage::NamingReturning { .. } | Stage::TypingName { .. } => {
                return typing::whole(lobby, &caller.name);
            }
            Stage::TypingPhone { .. } => return typing::whole(lobby, &caller.phone),
            Stage::ItIsMe { .. } => VisitTouch::Yes,
            Stage::Company { .. } => return typing::whole(lobby, "Far"),
            Stage::Purpose(_) => VisitTouch::Purpose(random.usize(..5)),
            Stage::Tenants { tenants, .. } => match random.choice(tenants) {
                Some(tenant) => VisitTouch::Tenant(tenant.tenant),
                None => return lobby.touch(Touch::Back).map(|()| true),
            },
            Stage::Host {
                hosts: Hosts::These(hosts),
                ..
            } => match random.choice(hosts) {
                Some(host) => VisitTouch::Host(host.person),
                None => return lobby.touch(Touch::Back).map(|()| true),
            },
            Stage::Host {
                hosts: Hosts::NotAsked,
                ..
            } => {
                let member = random.u8(..8);
                return typing::some(lobby, &format!("Member{member}"));
            }
            // The town is small enough to choose from.
            Stage::FindingTenant { .. } | Stage::Host { .. } => {
                return lobby.touch(Touch::Back).map(|()| true);
            }
            Stage::Permit { typed, .. } => {
                let [first, second] = &self.permits;
                let permit = match typed == first {
                    true => second,
                    false => first,
                };
                typing::wipe(lobby)?;
                return typing::whole(lobby, permit);
            }
            // They telephone their firm, and try the other one.
            Stage::PermitRefused { typed, .. } if *typed == self.permits[0] => {
                return lobby.touch(Touch::Back).map(|()| true);
            }
            // Whoever has told no telephone asks at the desk.
            Stage::PermitRefused { .. } | Stage::Unproven { .. } => {
                lobby.touch(Touch::End)?;
                return Ok(false);
            }
            Stage::Things { .. } => return typing::whole(lobby, "lamp"),
            Stage::Signing(draft) if draft.things.is_empty() && random.u8(..6) == 0 => {
                VisitTouch::Carry
            }
            Stage::Signing(_) => return typing::signature(lobby),
            Stage::Waiting { answer, .. } => match &self.errand {
                Errand::GoIn(_) if *answer == Reply::Yes => VisitTouch::GoIn,
                Errand::GoIn(_) if *answer != Reply::NotYet => VisitTouch::AnyAnswer,
                _ if random.u8(..8) == 0 => VisitTouch::LeaveMessage,
                _ => {
                    lobby.touch(Touch::End)?;
                    return Ok(false);
                }
            },
            // Half of them let the screen say who they are.
            Stage::MessageFrom {
                speaker: Some(_), ..
            } if self.place.is_multiple_of(2) => VisitTouch::Myself,
            Stage::MessageFrom { .. } => return typing::whole(lobby, &caller.name),
            Stage::Message { .. } => return typing::whole(lobby, "call me"),
            Stage::Leaving { .. } => {
                if let Some(pass) = self.pass
                    && random.u8(..4) > 0
                {
                    return lobby.tap(pass).map(|()| true);
                }
                return match &self.errand {
                    Errand::Leave(slip) | Errand::GoIn(slip) if random.bool() => {
                        lobby.scan(&slip.code()).map(|()| true)
                    }
                    Errand::Leave(slip) | Errand::GoIn(slip) => {
                        typing::whole(lobby, &slip.to_string())
                    }
                    _ => lobby.touch(Touch::Back).map(|()| true),
                };
            }
            Stage::ThingsOut { .. } => match random.u8(..10) {
                0 => VisitTouch::No,
                _ => VisitTouch::Yes,
            },
            Stage::Ended { .. } if matches!(self.errand, Errand::OldSlip(_)) => VisitTouch::Again,
            Stage::Inside(..)
            | Stage::SeeTheDesk
            | Stage::NotSignedIn(_)
            | Stage::Paused { .. }
            | Stage::MessageKept
            | Stage::Gone { .. }
            | Stage::Ended { .. }
            | Stage::NotLeft(_) => {
                lobby.print(random)?;
                lobby.touch(Touch::End)?;
                return Ok(false);
            }
        };
        lobby.touch(Touch::Visits(touch)).map(|()| true)
    }

    /// What they hold in their hand after a page: the slip with its number.
    pub fn sees(&mut self, stage: &Stage) {
        self.is_done |=
            stage.is_over() || matches!(stage, Stage::Waiting { .. } | Stage::Unproven { .. });
        match stage {
            Stage::Inside(receipt, _) => self.caller.slip = Some(receipt.number.clone()),
            Stage::Waiting { number, .. } => self.caller.slip = Some(number.clone()),
            _ => return,
        }
        self.caller.code = None;
    }
}

/// The permit that a firm sends along: mostly one that holds, else any number.
fn permit(random: &mut fastrand::Rng, lobby: &Lobby, world: &World) -> String {
    let today = lobby.house.building.local(lobby.now).date();
    let permits = &world.visits.papers.permits;
    let holding: Vec<_> = permits.iter().filter(|held| held.holds(today)).collect();
    match random.choice(&holding) {
        Some(held) if random.u8(..3) > 0 => held.permit.number.clone(),
        _ => format!("SG-{}", random.u8(..12)),
    }
}

/// The temporary card in somebody's pocket.
pub(super) fn pass_of(caller: &Caller, world: &World) -> Option<u64> {
    let slip = caller.slip.as_ref()?;
    world.passes.of_visit(&slip.to_string())
}

fn is_inside(caller: &Caller, world: &World) -> bool {
    let slip = caller.slip.as_ref();
    slip.is_some_and(|slip| world.visits.inside.contains_key(&slip.to_string()))
}

fn may_go_in(caller: &Caller, world: &World) -> bool {
    let slip = caller.slip.as_ref();
    slip.is_some_and(|slip| world.visits.yes.contains(&slip.to_string()))
}

fn has_open_errand(caller: &Caller, world: &World) -> bool {
    caller.code.is_some() || is_inside(caller, world) || may_go_in(caller, world)
}

fn scannable(digits: &str) -> String {
    InvitationCode::from_digits(digits).map_or_else(|_| digits.to_owned(), |code| code.code())
}
