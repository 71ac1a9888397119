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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// The telephone is asked.
    pub phone: bool,
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
    /// Notice and house rules are signed, rather than only agreed to.
    pub signature: bool,
}

/// Something that a visitor is asked, as the settings call it. The name is asked of everybody: without
/// one nobody is called, matched or counted in a fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// The telephone.
    Phone,
    /// The company they come from.
    Company,
    /// The company visited.
    Tenant,
    /// The person visited.
    Host,
    /// The work permit.
    Permit,
    /// Things carried in 携带物品.
    Things,
    /// The signature.
    Signature,
}

/// Why a type cannot be asked just this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedWrongly {
    /// ● Contractors need a valid work permit.
    NoPermit,
    /// A work permit is a contractor's.
    PermitOfOthers,
    /// The yes of a host, where nobody is asked whom they visit.
    NoHostToSayYes,
}

impl Steps {
    /// Just these.
    pub fn of(asked: &[Asked]) -> Steps {
        let has = |one| asked.contains(&one);
        Steps {
            phone: has(Asked::Phone),
            company: has(Asked::Company),
            tenant: has(Asked::Tenant),
            host: has(Asked::Host),
            permit: has(Asked::Permit),
            things: has(Asked::Things),
            signature: has(Asked::Signature),
        }
    }

    /// Whether a house may ask a type this, with the yes that it needs.
    pub fn fit(self, of: VisitorType, approval: Approval) -> Result<(), AskedWrongly> {
        let works = of == VisitorType::Contractor;
        match self {
            _ if works && !self.permit => Err(AskedWrongly::NoPermit),
            _ if !works && self.permit => Err(AskedWrongly::PermitOfOthers),
            // Whoever answers for the work on the permit says yes to a contractor.
            _ if approval == Approval::HostOrDesk && !self.host && !works => {
                Err(AskedWrongly::NoHostToSayYes)
            }
            _ => Ok(()),
        }
    }
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

    /// What this type is asked, where the house says nothing else.
    pub fn steps(self) -> Steps {
        let all = Steps {
            phone: true,
            company: true,
            tenant: true,
            host: true,
            permit: false,
            things: true,
            signature: true,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_rule_book_demands_is_asked_whatever_a_house_sets() {
        for of in VisitorType::ALL {
            let steps = of.steps();
            assert_eq!(steps.fit(of, Approval::Desk), Ok(()), "{of:?}");
            let bare = Steps {
                permit: steps.permit,
                ..Steps::default()
            };
            assert_eq!(bare.fit(of, Approval::Desk), Ok(()), "{of:?}");
            let turned = Steps {
                permit: !steps.permit,
                ..steps
            };
            let wrong = match of {
                VisitorType::Contractor => AskedWrongly::NoPermit,
                _ => AskedWrongly::PermitOfOthers,
            };
            assert_eq!(turned.fit(of, Approval::Desk), Err(wrong), "{of:?}");
            let host = bare.fit(of, Approval::HostOrDesk);
            let works = of == VisitorType::Contractor;
            assert_eq!(host == Err(AskedWrongly::NoHostToSayYes), !works, "{of:?}");
        }
    }
}
