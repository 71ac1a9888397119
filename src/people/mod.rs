//! Tenants, persons and their cards: who stands at the lodge.

pub mod address;
pub mod directory;
pub mod finding;
mod name;
pub mod permissions;
mod presented;
mod record;
mod signature;
pub mod staff;

pub use name::{Bilingual, PersonName};
pub use permissions::{Act, acts_of, permits};
pub use presented::{
    Certainty, Credential, How, LastRead, NotRead, NumberConvention, Presented, PresentedDocument,
    ReadDocument, ReaderName, Scanned, ScannerName, Signal, Symbology, Technology,
};
pub use record::Record;
pub use signature::{Point, Signature};

use crate::ids::id;
use serde::{Deserialize, Serialize};

id!(
    /// A company renting rooms 租户.
    TenantId
);
id!(
    /// Somebody with a name 人员.
    PersonId
);
id!(
    /// A credential 身份卡.
    CardId
);

/// A language of the house; both are complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文, shown first.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// Both languages, in the order of the house.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// The other language.
    pub fn other(self) -> Language {
        match self {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        }
    }
}

/// What a person may be in this building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A signed-in visitor 访客.
    Visitor,
    /// An employee of a tenant 租户员工.
    TenantMember,
    /// A worker of an outside company 施工人员.
    Contractor,
    /// An employee of the property office 物业员工.
    PropertyStaff,
    /// At the front desk 前台.
    Receptionist,
    /// Keeps the keys 钥匙管理员.
    KeyKeeper,
    /// Handles the mail 邮件管理员.
    MailAdministrator,
    /// Customer-service supervisor 客服主管.
    Supervisor,
    /// Security 保安.
    Security,
    /// Engineering 技工.
    Technician,
    /// Reads everything, changes nothing 审计.
    Auditor,
}

/// Where a tenant stands between moving in and having left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TenantState {
    /// Fit-out, not yet working here.
    MovingIn,
    /// Working here.
    In,
    /// Has given notice.
    MovingOut,
    /// Gone.
    Moved,
}

impl TenantState {
    /// Whether the company stands on the directory of the house, so that visitors come to it.
    pub fn is_listed(self) -> bool {
        matches!(self, TenantState::In | TenantState::MovingOut)
    }
}

/// Whether a card still opens anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardState {
    /// Valid.
    Active,
    /// Reported lost; whoever brings it goes to the desk.
    Lost,
    /// Past its last day.
    Expired,
}

/// A company as far as its people's page needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its identifier.
    pub id: TenantId,
    /// Its name in both languages.
    pub name: Bilingual,
    /// Its rooms as they are written on the door, the first one first.
    pub rooms: Vec<String>,
    /// Moving in, in, moving out, moved.
    pub state: TenantState,
}

/// The person behind a valid card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// By which card; none where the slip of a visit stands for one.
    pub card: Option<CardId>,
    /// Chinese and Latin name.
    pub name: PersonName,
    /// What this person may be here.
    pub roles: Vec<Role>,
    /// The language remembered for this person.
    pub language: Language,
    /// The company; none for the property office.
    pub tenant: Option<Tenant>,
}

/// What a presented card turns out to be. Each case has its own answer on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A valid card.
    Known(Holder),
    /// No such card is registered.
    UnknownCard,
    /// The slip of a visit whose visitor is not inside.
    NotInside,
    /// Reported lost.
    LostCard,
    /// Past its last day.
    ExpiredCard,
    /// The holder's company has left the building.
    TenantMoved,
}

/// Decides what a registered card means today.
///
/// A lost card stays lost whatever else is true of it, so that the desk can keep it.
pub fn identify(state: CardState, holder: Holder) -> Identity {
    match state {
        CardState::Lost => Identity::LostCard,
        CardState::Expired => Identity::ExpiredCard,
        CardState::Active => match &holder.tenant {
            Some(tenant) if tenant.state == TenantState::Moved => Identity::TenantMoved,
            _ => Identity::Known(holder),
        },
    }
}
