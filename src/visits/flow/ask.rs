//! What the pages of visitors ask of the store, and what it answers.

use super::{Companies, Goodbye, Hosts, Invited, Sender, Stage, TenantLine};
use crate::people::directory::TenantsFound;
use crate::people::{Credential, Language, PersonId, PersonName, TenantId};
use crate::slips::SlipNumber;
use crate::visits::{
    EnteredReceipt, Identity, InvitationCode, Known, LeftTold, MessageId, SignInOrder,
    SignInRefusal, SignOut, SignedIn, VisitRefusal, VisitState, Who,
};

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
    /// Whoever this document belongs to, where they were here before. ● Whoever is on the list by it is
    /// reported at once.
    ByDocument(Identity),
    /// Whose slip this was, where that visit is over.
    BySlip(SlipNumber),
    /// Companies that visitors came from, by what is typed.
    FindCompanies(String),
    /// Whether somebody who has told who they are is free to sign in.
    CheckVisitor(Identity),
    /// Whether the permit with this number holds today for whoever says so.
    CheckPermit(String, Who),
    /// Where the visit with this number stands.
    Standing(SlipNumber),
    /// The same for a number that was typed, and what proves it.
    ByNumber {
        /// The number.
        number: SlipNumber,
        /// The last four digits of the telephone; none before they were asked for.
        tail: Option<String>,
    },
    /// Which companies are here.
    Tenants,
    /// Which of them are found by what is typed.
    FindTenants(String),
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
        sender: Sender,
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
    /// Whether this follows what is typed on a page: nobody waits for the answer, and the next key
    /// overtakes it.
    pub fn follows_typing(&self, stage: &Stage) -> bool {
        match self {
            Ask::FindHosts { .. } | Ask::FindCompanies(_) | Ask::FindTenants(_) => true,
            Ask::Returning { .. } => matches!(
                stage,
                Stage::NamingReturning {
                    is_whole: false,
                    ..
                }
            ),
            _ => false,
        }
    }

    /// Whether something is written.
    pub fn is_deed(&self) -> bool {
        matches!(
            self,
            Ask::ByDocument(_)
                | Ask::SignIn(_)
                | Ask::Enter(..)
                | Ask::LeaveMessage { .. }
                | Ask::SignOut { .. }
        )
    }
}

/// What the store answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Whoever the code is for, or why it lets nobody in now.
    Invited(Result<Invited, SignInRefusal>),
    /// Somebody who was here before.
    Known(Option<Known>),
    /// Somebody who is on the list by their document: the desk has been told.
    Listed,
    /// Nothing stands against what was told so far, or what does.
    Checked(Result<(), SignInRefusal>),
    /// Where the visit with this number stands; none where no visit has it.
    Stands(SlipNumber, Option<VisitState>),
    /// The same for a number that was typed.
    ByNumber(SlipNumber, Proven),
    /// What was typed, and the companies it found.
    Companies(Companies),
    /// The companies.
    Tenants(Vec<TenantLine>),
    /// Those found by what was typed.
    TenantsFound(TenantsFound),
    /// What was typed, and whom it found.
    Hosts(String, Hosts),
    /// Signed in, or not.
    SignedIn(Result<SignedIn, SignInRefusal>),
    /// In, or not.
    Entered(Result<EnteredReceipt, VisitRefusal>),
    /// The message is kept, or not.
    MessageLeft(Result<MessageId, VisitRefusal>),
    /// The visit that would end, or what ends none.
    VisitToEnd(Result<LeftTold, SignOut>),
    /// Out, or not.
    SignedOut(Result<Goodbye, VisitRefusal>),
}

/// Whether somebody may act with a number that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proven {
    /// No visit has this number.
    Unknown,
    /// A telephone was told with it: its last digits prove who types.
    AsksTail,
    /// They are not those.
    WrongTail,
    /// They are; the visit stands here.
    Stands(VisitState),
    /// No telephone was told, or it is erased: whoever types may be anybody. The visit stands here.
    Unprovable(VisitState),
}

impl Answer {
    /// Whether it tells of a visit that nobody has said yes or no to.
    pub fn is_no_answer_yet(&self) -> bool {
        matches!(self, Answer::Stands(_, Some(VisitState::Waiting)))
    }
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Show this stage.
    Show(Stage),
    /// Stay on this stage while the store is asked.
    Ask(Stage, Ask),
    /// This card ends no visit: it means here what it means everywhere.
    Card(Credential),
    /// The person's own page.
    MyPage,
    /// Home.
    Home,
}
