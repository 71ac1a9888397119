//! The pages of visitors.

use super::{Companies, Draft, HostLine, Hosts, Speaker, TenantLine};
use crate::people::directory::TenantsFound;
use crate::slips::SlipNumber;
use crate::typing::Purpose;
use crate::visits::{EnteredReceipt, Identity, SignInRefusal, SignOut, VisitRefusal, VisitorType};
use chrono::{DateTime, Utc};

/// Where a visitor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// First time, here before, or with a code; documents, codes and old slips are held up.
    Arriving,
    /// Which of the five types; with a draft where it is known already who asks.
    Types {
        /// Who, and what stays of what they told.
        draft: Option<Draft>,
    },
    /// Something that tells who somebody is was held up.
    Recognising(Shown),
    /// The invitation code.
    TypingCode {
        /// As far as typed.
        typed: String,
        /// The last one was none.
        is_wrong: bool,
    },
    /// The number of a visit that waits for a yes.
    TypingNumber {
        /// As far as typed.
        typed: String,
        /// The last one was none.
        is_wrong: bool,
    },
    /// The last four digits of the telephone that was told with the visit of a typed number.
    ProvingNumber {
        /// What the number was typed for.
        way: Way,
        /// The number.
        number: SlipNumber,
        /// As far as typed.
        typed: String,
        /// The last digits were not those.
        is_wrong: bool,
    },
    /// Nothing was told that proves the typed number of a visit: what a visitor has to hand does, or the desk.
    Unproven {
        /// What the number was typed for.
        way: Way,
    },
    /// The last four digits of the telephone of somebody who was here before.
    TypingTail {
        /// As far as typed.
        typed: String,
    },
    /// The name that goes with it. Whoever types it whole is known without another touch.
    NamingReturning {
        /// The digits.
        tail: String,
        /// As far as typed.
        typed: String,
        /// How often it was looked up while it was typed.
        looks: u8,
        /// It was given as whole.
        is_whole: bool,
        /// Nobody has this name and these digits.
        is_wrong: bool,
    },
    /// The name of somebody new.
    TypingName {
        /// The type.
        of: VisitorType,
        /// As far as typed.
        typed: String,
    },
    /// Their telephone.
    TypingPhone {
        /// The type.
        of: VisitorType,
        /// The name.
        name: String,
        /// As far as typed.
        typed: String,
    },
    /// Too much was guessed at this screen.
    Paused {
        /// Until when nothing is taken.
        until: DateTime<Utc>,
    },
    /// Is it you? behind a mask; something is still to be told after it.
    ItIsMe {
        /// So far, with the masked name.
        draft: Draft,
    },
    /// The company they come from.
    Company {
        /// So far.
        draft: Draft,
        /// As far as typed.
        typed: String,
        /// Companies seen before.
        seen: Companies,
    },
    /// What for.
    Purpose(Draft),
    /// Which company they visit.
    Tenants {
        /// So far.
        draft: Draft,
        /// To choose from.
        tenants: Vec<TenantLine>,
        /// The list is there.
        is_read: bool,
    },
    /// The same by typing, where there are many: a room, a name, pinyin or initials.
    FindingTenant {
        /// So far.
        draft: Draft,
        /// As far as typed.
        typed: String,
        /// Those it finds.
        found: TenantsFound,
    },
    /// Whom they visit.
    Host {
        /// So far.
        draft: Draft,
        /// What was typed to find them.
        typed: String,
        /// Who was found.
        hosts: Hosts,
    },
    /// The number on the work permit.
    Permit {
        /// So far.
        draft: Draft,
        /// As far as typed.
        typed: String,
    },
    /// The permit does not hold; another number can be typed.
    PermitRefused {
        /// Why.
        why: SignInRefusal,
        /// So far.
        draft: Draft,
        /// What was typed.
        typed: String,
    },
    /// What is carried in.
    Things {
        /// So far.
        draft: Draft,
        /// As far as typed.
        typed: String,
    },
    /// Everything told, notice, house rules, signature: one page and one control.
    Signing(Draft),
    /// In: number, where to go.
    Inside(EnteredReceipt, Option<Speaker>),
    /// Somebody has to say yes.
    Waiting {
        /// The number of the visit.
        number: SlipNumber,
        /// Whose yes, where it is the host's.
        host: Option<HostLine>,
        /// What is known of the answer.
        answer: Reply,
        /// Who waits, where this conversation has told.
        speaker: Option<Speaker>,
    },
    /// Please see the desk.
    SeeTheDesk,
    /// Not signed in, and why.
    NotSignedIn(SignInRefusal),
    /// Who leaves the message.
    MessageFrom {
        /// The page that offered it.
        from: Box<Stage>,
        /// For whom.
        host: HostLine,
        /// Who stands here, where this conversation has told.
        speaker: Option<Speaker>,
        /// As far as typed.
        typed: String,
    },
    /// The message.
    Message {
        /// The page that offered it.
        from: Box<Stage>,
        /// For whom.
        host: HostLine,
        /// Who stands here, where this conversation has told.
        speaker: Option<Speaker>,
        /// From whom, as it was typed; empty for whoever stands here.
        sender: String,
        /// As far as typed.
        typed: String,
    },
    /// It is kept, and the desk sees to it.
    MessageKept,
    /// The slip, its number or the temporary card.
    Leaving {
        /// As far as typed.
        typed: String,
        /// No visit has the last one.
        is_wrong: bool,
    },
    /// Does everything carried in go out again?
    ThingsOut {
        /// Which visit.
        by: SignOut,
        /// What was carried in; empty where it is erased.
        things: String,
    },
    /// Goodbye.
    Gone {
        /// Whom they visited, for a message; none where that is nobody of the house any more.
        host: Option<HostLine>,
        /// Who has left, where this conversation has told.
        speaker: Option<Speaker>,
    },
    /// The visit of this slip is over; its visitor may come again.
    Ended {
        /// The number on the slip.
        number: SlipNumber,
        /// Whom they visited, who stands on the slip too; none for somebody who visited a company.
        host: Option<HostLine>,
    },
    /// Nothing was done, and why.
    NotLeft(VisitRefusal),
}

/// What the number of a visit is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To go in, or to see whether somebody has said yes.
    In,
    /// To leave.
    Out,
}

/// What somebody who waits is told of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It was only just asked for.
    Asked,
    /// It was asked for before, under this number: nothing was signed twice.
    AskedBefore,
    /// There was none at the last look.
    NotYet,
    /// It is yes.
    Yes,
}

/// What was held up to tell who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// An identity document.
    Document(Identity),
    /// The slip of a visit.
    Slip(SlipNumber),
}

impl Stage {
    /// The number of the visit that waits in front of this page for somebody to let it in.
    pub fn waits_for_a_yes(&self) -> Option<&SlipNumber> {
        match self {
            Stage::Waiting { number, answer, .. } if *answer != Reply::Yes => Some(number),
            _ => None,
        }
    }

    /// The stage one step back; none where going back means leaving.
    pub fn back(&self) -> Option<Stage> {
        match self {
            Stage::Recognising(_)
            | Stage::TypingCode { .. }
            | Stage::TypingNumber { .. }
            | Stage::TypingTail { .. } => Some(Stage::Arriving),
            Stage::Types { .. } => Some(Stage::Arriving),
            Stage::ProvingNumber { way: Way::In, .. } | Stage::Unproven { way: Way::In } => {
                Some(Stage::TypingNumber {
                    typed: String::new(),
                    is_wrong: false,
                })
            }
            Stage::NamingReturning { .. } => Some(Stage::TypingTail {
                typed: String::new(),
            }),
            Stage::TypingName { .. } => Some(Stage::Types { draft: None }),
            Stage::TypingPhone { of, name, .. } => Some(Stage::TypingName {
                of: *of,
                typed: name.clone(),
            }),
            // Who somebody is, is asked anew: nobody else's name comes up again.
            Stage::ItIsMe { .. } | Stage::Company { .. } => Some(Stage::Arriving),
            Stage::Purpose(draft)
            | Stage::Tenants { draft, .. }
            | Stage::FindingTenant { draft, .. }
            | Stage::Host { draft, .. }
            | Stage::Permit { draft, .. }
            | Stage::Signing(draft) => Some(draft.clone().back()),
            Stage::PermitRefused { draft, typed, .. } => Some(Stage::Permit {
                draft: draft.clone(),
                typed: typed.clone(),
            }),
            Stage::Things { draft, .. } => Some(Stage::Signing(draft.clone())),
            Stage::MessageFrom { from, .. } => Some((**from).clone()),
            Stage::Message {
                from,
                host,
                speaker,
                sender,
                ..
            } => Some(Stage::MessageFrom {
                from: from.clone(),
                host: host.clone(),
                speaker: speaker.clone(),
                typed: sender.clone(),
            }),
            Stage::ThingsOut { .. }
            | Stage::ProvingNumber { way: Way::Out, .. }
            | Stage::Unproven { way: Way::Out } => Some(Stage::Leaving {
                typed: String::new(),
                is_wrong: false,
            }),
            _ => None,
        }
    }

    /// Whether this page is about who somebody is, so that a document or an old slip answers it.
    pub fn asks_who(&self) -> bool {
        matches!(
            self,
            Stage::Arriving
                | Stage::Types { .. }
                | Stage::TypingCode { .. }
                | Stage::TypingNumber { .. }
                | Stage::ProvingNumber { way: Way::In, .. }
                | Stage::Unproven { .. }
                | Stage::TypingTail { .. }
                | Stage::NamingReturning { .. }
                | Stage::TypingName { .. }
                | Stage::TypingPhone { .. }
        )
    }

    /// Whether it is done or refused, so that the page goes home by itself.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Stage::Inside(..)
                | Stage::SeeTheDesk
                | Stage::NotSignedIn(_)
                | Stage::Paused { .. }
                | Stage::MessageKept
                | Stage::Gone { .. }
                | Stage::Ended { .. }
                | Stage::NotLeft(_)
        )
    }

    /// What is typed here; none where nothing is.
    pub fn wants_text(&self) -> Option<Purpose> {
        Some(match self {
            Stage::TypingCode { .. } | Stage::ProvingNumber { .. } | Stage::TypingTail { .. } => {
                Purpose::Number
            }
            Stage::TypingName { .. }
            | Stage::NamingReturning { .. }
            | Stage::MessageFrom { .. } => Purpose::PersonName,
            Stage::TypingPhone { .. } => Purpose::Phone,
            // No surnames come first here, as they do where a host is looked for.
            Stage::Company { .. } | Stage::FindingTenant { .. } => Purpose::Company,
            Stage::Host { .. } => Purpose::Finding,
            Stage::Permit { .. } | Stage::Leaving { .. } | Stage::TypingNumber { .. } => {
                Purpose::Code
            }
            Stage::Things { .. } | Stage::Message { .. } => Purpose::FreeText,
            _ => return None,
        })
    }

    /// What stands in its field when this page is turned to: what was told here before.
    pub fn typed(&self) -> &str {
        match self {
            Stage::TypingName { typed, .. }
            | Stage::Company { typed, .. }
            | Stage::FindingTenant { typed, .. }
            | Stage::Permit { typed, .. }
            | Stage::Things { typed, .. }
            | Stage::MessageFrom { typed, .. } => typed,
            _ => "",
        }
    }

    /// Whether a signature is given here.
    pub fn wants_signature(&self) -> bool {
        matches!(self, Stage::Signing(draft) if draft.steps.signature)
    }

    /// For whom a message can be left here: a host who turns out to be out.
    pub fn message_for(&self) -> Option<&HostLine> {
        match self {
            Stage::Waiting { host, answer, .. } if *answer != Reply::Yes => host.as_ref(),
            Stage::Inside(receipt, _) => receipt.host.as_ref(),
            Stage::Gone { host, .. } | Stage::Ended { host, .. } => host.as_ref(),
            _ => None,
        }
    }

    /// Who stands in front of this page, as far as the conversation that led to it has told.
    pub fn speaker(&self) -> Option<&Speaker> {
        match self {
            Stage::Waiting { speaker, .. }
            | Stage::Inside(_, speaker)
            | Stage::Gone { speaker, .. } => speaker.as_ref(),
            _ => None,
        }
    }
}
