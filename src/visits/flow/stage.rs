//! The pages of visitors, what is touched on them, and what they ask of the store.

use super::{Draft, HostLine, Hosts, Invited, TenantLine};
use crate::people::{Bilingual, Language, PersonId, PersonName, Signature, TenantId};
use crate::slips::SlipNumber;
use crate::typing::Purpose;
use crate::visits::{
    EnteredReceipt, InvitationCode, Known, LeftTold, MessageId, SignInOrder, SignInRefusal,
    SignOut, SignedIn, VisitId, VisitRefusal, VisitorType, Who,
};

/// Where a visitor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Which of the five types.
    Types,
    /// Document, code, been here before, or typing.
    Identifying {
        /// The type.
        of: VisitorType,
    },
    /// The invitation code.
    TypingCode {
        /// The type.
        of: VisitorType,
        /// As far as typed.
        typed: String,
        /// The last one was none.
        is_wrong: bool,
    },
    /// The name.
    TypingName {
        /// The type.
        of: VisitorType,
        /// Of somebody who was here before.
        returning: bool,
        /// As far as typed.
        typed: String,
    },
    /// The telephone, or its last four digits from somebody who was here before.
    TypingPhone {
        /// The type.
        of: VisitorType,
        /// Of somebody who was here before.
        returning: bool,
        /// The name.
        name: String,
        /// As far as typed.
        typed: String,
    },
    /// Is it you? behind a mask.
    ItIsMe {
        /// So far.
        draft: Draft,
        /// The masked name.
        masked: Bilingual,
    },
    /// The company they come from.
    Company {
        /// So far.
        draft: Draft,
        /// As far as typed.
        typed: String,
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
    /// What is carried in.
    Things {
        /// So far.
        draft: Draft,
        /// As far as typed.
        typed: String,
    },
    /// Notice, house rules, signature.
    Signing(Draft),
    /// In: number, where to go.
    Inside(EnteredReceipt),
    /// Somebody has to say yes.
    Waiting {
        /// The number of the visit.
        number: SlipNumber,
        /// Whose yes, where it is the host's.
        host: Option<HostLine>,
        /// Nobody had said yes at the last look.
        is_asked_again: bool,
    },
    /// Please see the desk.
    SeeTheDesk,
    /// Not signed in, and why.
    NotSignedIn(SignInRefusal),
    /// Who leaves the message.
    MessageFrom {
        /// For whom.
        host: HostLine,
        /// As far as typed.
        typed: String,
    },
    /// The message.
    Message {
        /// For whom.
        host: HostLine,
        /// From whom.
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
    },
    /// Does everything carried in go out again?
    ThingsOut {
        /// Which visit.
        by: SignOut,
    },
    /// Goodbye.
    Gone,
    /// Nothing was done, and why.
    NotLeft(VisitRefusal),
}

/// What can be touched on these pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A type.
    Type(VisitorType),
    /// I have a code.
    ByCode,
    /// I type my name.
    ByName {
        /// I have been here before.
        returning: bool,
    },
    /// Typed whole.
    Typed(String),
    /// While typing.
    Typing(String),
    /// Yes.
    Yes,
    /// No.
    No,
    /// One of the purposes, by its place in the settings.
    Purpose(usize),
    /// A company.
    Tenant(TenantId),
    /// A host.
    Host(PersonId),
    /// I carry nothing in.
    Nothing,
    /// Signed.
    Signed(Signature),
    /// Has somebody said yes?
    GoIn,
    /// Leave a message.
    LeaveMessage,
}

/// What the flow wants of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The announced visit of a code.
    Invitation(InvitationCode),
    /// Somebody who was here before.
    Returning {
        /// The whole name.
        name: PersonName,
        /// The last four digits of the telephone.
        tail: String,
    },
    /// Which companies are here.
    Tenants,
    /// Whom a visitor may mean.
    FindHosts {
        /// What was typed.
        query: String,
        /// The company.
        tenant: Option<TenantId>,
    },
    /// Sign in.
    SignIn(SignInOrder),
    /// Go in, where somebody has said yes.
    Enter(SlipNumber, Language),
    /// A message for a host.
    LeaveMessage {
        /// For whom.
        host: PersonId,
        /// From whom.
        sender: String,
        /// The words.
        words: String,
    },
    /// Which visit a slip or card would end.
    VisitToEnd(SignOut),
    /// Sign out.
    SignOut {
        /// Which visit.
        by: SignOut,
        /// Whether all that was carried in goes out; none where nothing was.
        all_out: Option<bool>,
    },
}

impl Ask {
    /// Whether something is written.
    pub fn is_deed(&self) -> bool {
        matches!(
            self,
            Ask::SignIn(_) | Ask::Enter(..) | Ask::LeaveMessage { .. } | Ask::SignOut { .. }
        )
    }
}

/// What the store answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Whoever the code is for.
    Invited(Option<Invited>),
    /// Somebody who was here before.
    Returning(Option<Known>),
    /// The companies.
    Tenants(Vec<TenantLine>),
    /// What was typed, and whom it found.
    Hosts(String, Hosts),
    /// Signed in, or not.
    SignedIn(Result<SignedIn, SignInRefusal>),
    /// In, or not.
    Entered(Result<EnteredReceipt, VisitRefusal>),
    /// The message is kept, or not.
    MessageLeft(Result<MessageId, VisitRefusal>),
    /// The visit that would end.
    VisitToEnd(Option<LeftTold>),
    /// Out, or not.
    SignedOut(Result<VisitId, VisitRefusal>),
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Show this stage.
    Show(Stage),
    /// Stay on this stage while the store is asked.
    Ask(Stage, Ask),
    /// The person's own page.
    MyPage,
    /// Home.
    Home,
}

impl Stage {
    /// The stage one step back; none where going back means leaving.
    pub fn back(&self) -> Option<Stage> {
        let again = |of: VisitorType| Some(Stage::Identifying { of });
        match self {
            Stage::Identifying { .. } => Some(Stage::Types),
            Stage::TypingCode { of, .. } | Stage::TypingName { of, .. } => again(*of),
            Stage::TypingPhone {
                of,
                returning,
                name,
                ..
            } => {
                let (of, returning, typed) = (*of, *returning, name.clone());
                Some(Stage::TypingName {
                    of,
                    returning,
                    typed,
                })
            }
            // Who somebody is, is asked anew: nobody else's name comes up again.
            Stage::ItIsMe { draft, .. } | Stage::Company { draft, .. } => again(draft.of),
            Stage::Purpose(draft) | Stage::Tenants { draft, .. } | Stage::Permit { draft, .. } => {
                match draft.of.steps().company && !matches!(draft.who, Who::Invited(_)) {
                    true => {
                        let typed = draft.company.clone();
                        Some(Stage::Company {
                            draft: draft.clone(),
                            typed,
                        })
                    }
                    false => again(draft.of),
                }
            }
            Stage::Host { draft, .. } => match draft.of.steps().purpose {
                true => Some(Stage::Purpose(draft.clone())),
                false => again(draft.of),
            },
            Stage::Things { draft, .. } => match &draft.host {
                Some(_) => {
                    let (draft, typed) = (draft.clone(), String::new());
                    Some(Stage::Host {
                        draft,
                        typed,
                        hosts: Hosts::NotAsked,
                    })
                }
                None => again(draft.of),
            },
            Stage::Signing(draft) => match draft.of.steps().things {
                true => {
                    let (draft, typed) = (draft.clone(), draft.things.clone());
                    Some(Stage::Things { draft, typed })
                }
                false => again(draft.of),
            },
            Stage::Message { host, sender, .. } => Some(Stage::MessageFrom {
                host: host.clone(),
                typed: sender.clone(),
            }),
            Stage::ThingsOut { .. } => Some(Stage::Leaving {
                typed: String::new(),
            }),
            _ => None,
        }
    }

    /// Whether it is done or refused, so that the page goes home by itself.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Stage::Inside(_)
                | Stage::SeeTheDesk
                | Stage::NotSignedIn(_)
                | Stage::MessageKept
                | Stage::Gone
                | Stage::NotLeft(_)
        )
    }

    /// What is typed here; none where nothing is.
    pub fn wants_text(&self) -> Option<Purpose> {
        Some(match self {
            Stage::TypingCode { .. } => Purpose::Number,
            Stage::TypingName { .. } | Stage::MessageFrom { .. } => Purpose::PersonName,
            Stage::TypingPhone {
                returning: true, ..
            } => Purpose::Number,
            Stage::TypingPhone { .. } => Purpose::Phone,
            Stage::Company { .. } => Purpose::Company,
            Stage::Host { .. } => Purpose::Finding,
            Stage::Permit { .. } | Stage::Leaving { .. } => Purpose::Code,
            Stage::Things { .. } | Stage::Message { .. } => Purpose::FreeText,
            _ => return None,
        })
    }

    /// Whether a signature is given here.
    pub fn wants_signature(&self) -> bool {
        matches!(self, Stage::Signing(_))
    }
}
