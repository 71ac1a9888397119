//! What a house may set about its visitors. What the rule book demands is not here.

use super::{Approval, VisitorType};
use crate::people::Bilingual;

/// The terms of a house for its visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Whose yes a guest needs.
    pub guest: Approval,
    /// Whose yes a contractor with a valid permit needs.
    pub contractor: Approval,
    /// Whose yes a courier needs.
    pub courier: Approval,
    /// Whose yes somebody needs who looks at rooms.
    pub prospective_tenant: Approval,
    /// Whose yes somebody needs who comes for an interview.
    pub interview: Approval,
    /// Days after which a visitor's name and numbers are erased.
    pub erased_after_days: u32,
    /// Whether temporary cards are issued.
    pub temporary_cards: bool,
    /// Whether closing time signs out who is still inside, as not confirmed.
    pub signs_out_at_closing: bool,
    /// Minutes before its window in which an invitation is taken already.
    pub early_minutes: u32,
    /// The purposes to choose from.
    pub purposes: Vec<Bilingual>,
    /// What is recorded and why.
    pub notice: Bilingual,
    /// The house rules.
    pub house_rules: Bilingual,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            guest: Approval::HostOrDesk,
            contractor: Approval::None,
            courier: Approval::None,
            prospective_tenant: Approval::Desk,
            interview: Approval::HostOrDesk,
            erased_after_days: 30,
            temporary_cards: true,
            signs_out_at_closing: true,
            early_minutes: 30,
            purposes: vec![
                Bilingual::new("会议", "Meeting"),
                Bilingual::new("拜访", "Visit"),
                Bilingual::new("送取文件", "Documents"),
                Bilingual::new("设备服务", "Equipment service"),
                Bilingual::new("其他", "Something else"),
            ],
            notice: Bilingual::new(
                "为了大楼安全，我们记录您的姓名、电话、来访单位、被访人、携带物品和进出时间。30天后您的个人信息将被删除。",
                "For the safety of the house we record your name, telephone, company, host, the things you carry and when you come and go. After 30 days your personal data is erased.",
            ),
            house_rules: Bilingual::new(
                "请随身携带访客凭条；请勿吸烟；未经许可请勿拍照；离开时请签离。",
                "Please keep your visitor's slip with you, do not smoke, take no pictures without permission, and sign out when you leave.",
            ),
        }
    }
}

impl Terms {
    /// Whose yes this type needs.
    pub fn approval(&self, of: VisitorType) -> Approval {
        match of {
            VisitorType::Guest => self.guest,
            VisitorType::Contractor => self.contractor,
            VisitorType::Courier => self.courier,
            VisitorType::ProspectiveTenant => self.prospective_tenant,
            VisitorType::Interview => self.interview,
        }
    }
}
