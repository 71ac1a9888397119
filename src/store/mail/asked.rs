//! What the touch screen asks of the books of mail.

use crate::mail::AuthorityRefusal;
use crate::mail::flow::{Answer, Ask};
use crate::people::{Holder, How};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::journal::Actor;
use chrono::{DateTime, Utc};

impl Books {
    /// Answers the touch screen; `holder` is whose card is in the session.
    pub fn answer_mail(
        &mut self,
        holder: Option<(Holder, How)>,
        ask: Ask,
        at: DateTime<Utc>,
    ) -> Result<Answer, StoreError> {
        Ok(match (ask, holder) {
            (Ask::Offer(by), _) => Answer::Offered(self.offer_mail(&by, at)?),
            (Ask::PickUp(order), _) => Answer::PickedUp(self.pick_up_mail(&order, at)?),
            (Ask::Deputies, Some((holder, _))) => {
                Answer::Deputies(self.mail_authorities_given(holder.person, at)?)
            }
            (Ask::FindColleagues(typed), Some((holder, _))) => {
                let found = self.find_colleagues(holder.person, &typed)?;
                Answer::Colleagues(typed, found)
            }
            (
                Ask::Give {
                    deputy,
                    covers,
                    lasts,
                },
                Some((holder, how)),
            ) => Answer::Given(self.let_collect_mail(&holder, how, deputy, covers, lasts, at)?),
            (Ask::Withdraw(authority), Some((holder, _))) => {
                let by = Actor::of(&holder);
                let given = match self.withdraw_mail_authority(authority, by, at)? {
                    Ok(()) => Ok(self.mail_authorities_given(holder.person, at)?),
                    Err(refusal) => Err(refusal),
                };
                Answer::Withdrawn(given)
            }
            // Nobody stands there any more who could ask this.
            (Ask::Deputies, None) => Answer::Deputies(Vec::new()),
            (Ask::FindColleagues(typed), None) => Answer::Colleagues(typed, Vec::new()),
            (Ask::Give { .. }, None) => Answer::Given(Err(AuthorityRefusal::NotPermitted)),
            (Ask::Withdraw(_), None) => Answer::Withdrawn(Err(AuthorityRefusal::NotPermitted)),
        })
    }
}
