//! Who does what at the simulated desk: what the house's permission table says of visitors, keys and
//! mail, written down once more, so that the program is held against it.

use super::Broken;
use crate::bench::simulate::SimulateError;
use crate::bench::simulate::lobby::Lobby;
use crate::desk::event::{Order, Outcome, Refusal};
use crate::desk::services::{KeyOrder, MailOrder, ServiceOrder, ServiceRefusal, VisitOrder};
use crate::keys::KeyRefusal;
use crate::mail::AuthorityRefusal;
use crate::mail::desk::MailRefusal;
use crate::people::{PersonId, Role};
use crate::visits::VisitRefusal;

/// One order in so many is first wanted by somebody who may not.
const IN_VAIN: usize = 8;

/// Who may read the registers.
const READERS: [Role; 6] = [
    Role::Security,
    Role::Receptionist,
    Role::KeyKeeper,
    Role::MailAdministrator,
    Role::Supervisor,
    Role::Auditor,
];

/// Who may give this order.
fn roles(order: &ServiceOrder) -> &'static [Role] {
    match order {
        ServiceOrder::Visits(order) => match order {
            VisitOrder::DoNotAdmit(_) | VisitOrder::AdmitAgain(_) => &[Role::Supervisor],
            VisitOrder::SignOut(..) => &[Role::Receptionist, Role::Security, Role::Supervisor],
            VisitOrder::PrintRollCall => &READERS,
            _ => &[Role::Receptionist, Role::Supervisor],
        },
        ServiceOrder::Keys(order) => match order {
            KeyOrder::Decide { .. } => &[Role::Supervisor],
            KeyOrder::KeyBack { .. }
            | KeyOrder::SignOut { .. }
            | KeyOrder::TurnedUp { .. }
            | KeyOrder::TellTenant(_)
            | KeyOrder::Report { .. } => &[
                Role::PropertyStaff,
                Role::Technician,
                Role::Security,
                Role::Receptionist,
                Role::KeyKeeper,
                Role::Supervisor,
            ],
            KeyOrder::PrintMap => &READERS,
            _ => &[Role::KeyKeeper, Role::Supervisor],
        },
        ServiceOrder::Mail(order) => match order {
            MailOrder::AllowReturn(_)
            | MailOrder::HandOutAnyway(_)
            | MailOrder::NoteForwarding(..) => &[Role::MailAdministrator, Role::Supervisor],
            _ => &[
                Role::Receptionist,
                Role::MailAdministrator,
                Role::Supervisor,
            ],
        },
    }
}

/// Somebody who may do this; who it is follows from how much has happened.
pub(super) fn doer(lobby: &Lobby, order: &ServiceOrder) -> Result<PersonId, SimulateError> {
    let able = roles(order);
    Ok(lobby.town.with(able[turn(lobby)? % able.len()]))
}

/// How much has happened.
fn turn(lobby: &Lobby) -> Result<usize, SimulateError> {
    Ok(usize::try_from(lobby.read().length()?).unwrap_or_default())
}

/// ● A role does what its row of the permission table says: now and then somebody wants what is not
/// theirs to do. They are told so, and nothing is written.
pub(super) fn in_vain(lobby: &mut Lobby, order: &ServiceOrder) -> Result<Broken, SimulateError> {
    let before = lobby.read().length()?;
    let turn = turn(lobby)?;
    if !turn.is_multiple_of(IN_VAIN) {
        return Ok(None);
    }
    let able = roles(order);
    let others = lobby
        .town
        .desk
        .iter()
        .filter(|(role, _)| !able.contains(role));
    let others: Vec<_> = others.copied().collect();
    let place = (turn / IN_VAIN).checked_rem(others.len());
    let Some((role, person)) = place.map(|place| others[place]) else {
        return Ok(None);
    };
    let told = lobby.order(person, &Order::Service(order.clone()))?;
    let wrote = lobby.read().length()? != before;
    Ok((!is_not_permitted(&told) || wrote).then(|| format!("{role:?} did {order:?}: {told:?}")))
}

/// Whether somebody was told that this is not theirs to do.
pub(super) fn is_not_permitted(told: &Result<Outcome, Refusal>) -> bool {
    matches!(
        told,
        Err(Refusal::NotPermitted(_)
            | Refusal::Service(
                ServiceRefusal::Visit(VisitRefusal::NotPermitted { .. })
                    | ServiceRefusal::Key(KeyRefusal::NotPermitted(_))
                    | ServiceRefusal::Mail(MailRefusal::NotPermitted { .. })
                    | ServiceRefusal::Authority(AuthorityRefusal::NotPermitted)
            ))
    )
}
