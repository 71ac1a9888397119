//! The five types of visitors, and which steps each takes.

use serde::{Deserialize, Serialize};

/// A type of visitors, with its own steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitorType {
    /// 访客
    Guest,
    /// 施工人员
    Contractor,
    /// 快递
    Courier,
    /// 看房
    ProspectiveTenant,
    /// 面试
    Interview,
}

/// Whose yes a visit needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// Nobody's.
    None,
    /// The host's by card, or the host's by phone through the desk.
    HostOrDesk,
    /// The desk's.
    Desk,
}

/// The steps of a type, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// A company they come from is asked.
    pub company: bool,
    /// The company visited is asked.
    pub tenant: bool,
    /// The person visited is asked.
    pub host: bool,
    /// A work permit is asked.
    pub permit: bool,
    /// Things carried in are asked.
    pub things: bool,
}

impl VisitorType {
    /// All types, in the order of the page.
    pub const ALL: [VisitorType; 5] = [
        VisitorType::Guest,
        VisitorType::Interview,
        VisitorType::Courier,
        VisitorType::Contractor,
        VisitorType::ProspectiveTenant,
    ];

    /// What this type is asked.
    pub fn steps(self) -> Steps {
        let all = Steps {
            company: true,
            tenant: true,
            host: true,
            permit: false,
            things: true,
        };
        match self {
            VisitorType::Guest => all,
            VisitorType::Interview => Steps {
                company: false,
                ..all
            },
            VisitorType::Courier => Steps {
                host: false,
                things: false,
                ..all
            },
            // The permit says for which company and who answers for it.
            VisitorType::Contractor => Steps {
                tenant: false,
                host: false,
                permit: true,
                ..all
            },
            // The property office shows the rooms.
            VisitorType::ProspectiveTenant => Steps {
                tenant: false,
                host: false,
                things: false,
                ..all
            },
        }
    }
}
