//! What the books say to what a session asks; the same for the running lodge and for a simulated day.

use crate::kiosk::event::Answer;
use crate::kiosk::{Ask, House};
use crate::people::Identity;
use crate::store::journal::Actor;
use crate::store::{Books, StoreError};
use chrono::{DateTime, Utc};

/// Asks the books.
///
/// # Errors
///
/// Where they cannot be read or written; nothing was written then.
pub fn answer(
    books: &mut Books,
    house: &House,
    ask: Ask,
    at: DateTime<Utc>,
) -> Result<Answer, StoreError> {
    if let Some(holder) = ask.stands_on() {
        match books.identify_again(holder)? {
            Identity::Known(_) => {}
            closed => return Ok(Answer::CardClosed(closed)),
        }
    }
    Ok(match ask {
        Ask::Identify(presented) => {
            let found = books.identify(&house.kinds, &presented.credential, at)?;
            Answer::Identified(Box::new(found))
        }
        Ask::IdentifyVisitor(number) => {
            let found = books.identify_visitor(&house.kinds, &number, at)?;
            Answer::Identified(Box::new(found))
        }
        Ask::ReadStock => Answer::Stocked(books.stock(&house.kinds, at)?),
        Ask::ReadCode(code) => Answer::CodeRead(books.read_code(&code, at)?),
        Ask::ReadDirectory => Answer::Directory(books.directory()?),
        Ask::FindTenants(typed) => Answer::TenantsFound(books.find_listed(&typed)?),
        Ask::CallDesk => {
            books.call_desk(at)?;
            Answer::DeskCalled
        }
        Ask::Mail(holder, ask) => Answer::Mail(Box::new(books.answer_mail(holder, *ask, at)?)),
        Ask::Visits(ask) => {
            Answer::Visits(Box::new(books.answer_visits(&house.visits, *ask, at)?))
        }
        Ask::SayYes(holder, visit) => {
            let by = Actor::of(&holder);
            Answer::SaidYes(books.approve_visit_as_host(visit, by, at)?)
        }
        Ask::Keys(holder, ask) => {
            let answer = books.answer_keys(&house.keys, holder.as_ref(), *ask, at)?;
            Answer::Keys(Box::new(answer))
        }
        Ask::Lending(holder, ask) => {
            let answer = books.answer_lending(&house.kinds, holder.as_ref(), *ask, at)?;
            Answer::Lending(Box::new(answer))
        }
    })
}
