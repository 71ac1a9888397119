//! What a house may set about its visitors. What the rule book demands is not here.

use super::{Approval, Steps, VisitorType};
use crate::people::{Bilingual, Language};
use crate::words;
use std::collections::BTreeMap;

/// Days after which a visitor's name and numbers are erased, as the department wants it.
const ERASED_AFTER_DAYS: u32 = 30;

/// What most guests come for.
const GUEST_PURPOSES: [&str; 5] = [
    "visit-purpose-meeting",
    "visit-purpose-visit",
    "visit-purpose-documents",
    "visit-purpose-service",
    "visit-purpose-other",
];

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
    /// What a type is asked, where the house asks something else than most.
    pub asks: BTreeMap<VisitorType, Steps>,
    /// The purposes to choose from; a type that has none is not asked.
    pub purposes: BTreeMap<VisitorType, Vec<Bilingual>>,
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
            erased_after_days: ERASED_AFTER_DAYS,
            temporary_cards: true,
            signs_out_at_closing: true,
            early_minutes: 30,
            asks: BTreeMap::new(),
            purposes: BTreeMap::from([(VisitorType::Guest, GUEST_PURPOSES.map(said).to_vec())]),
            notice: usual_notice(ERASED_AFTER_DAYS),
            house_rules: said("visit-house-rules"),
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

    /// What this type is asked.
    pub fn steps(&self, of: VisitorType) -> Steps {
        self.asks.get(&of).copied().unwrap_or_else(|| of.steps())
    }

    /// The purposes of this type; none where it is not asked.
    pub fn purposes(&self, of: VisitorType) -> &[Bilingual] {
        self.purposes.get(&of).map_or(&[], Vec::as_slice)
    }

    /// Which notice and house rules are in force. It follows from their words, so that nobody who
    /// changes them can forget to call them new.
    pub fn notice_version(&self) -> String {
        let texts = [&self.notice, &self.house_rules];
        let words = texts.map(|text| [text.zh.as_str(), text.en.as_str()]);
        // FNV-1a: it only has to tell one text of the same house from the next.
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        for word in words.as_flattened() {
            // Behind each text a byte that no text has.
            for byte in word.bytes().chain([0xFF]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        format!("{hash:016x}")
    }
}

/// What is recorded and why, where the house says it in no words of its own.
pub fn usual_notice(erased_after_days: u32) -> Bilingual {
    let say = |language| {
        let days = erased_after_days.to_string();
        words::with(language, "visit-notice", &[("days", days.into())])
    };
    Bilingual::new(say(Language::Chinese), say(Language::English))
}

fn said(id: &str) -> Bilingual {
    let say = |language| words::text(language, id);
    Bilingual::new(say(Language::Chinese), say(Language::English))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_with_one_other_word_is_another_notice_and_moving_words_is_no_way_round() {
        let usual = Terms::default();
        let with = |notice: Bilingual, house_rules: Bilingual| {
            Terms {
                notice,
                house_rules,
                ..Terms::default()
            }
            .notice_version()
        };
        let (notice, rules) = (usual.notice.clone(), usual.house_rules.clone());
        assert_eq!(with(notice.clone(), rules.clone()), usual.notice_version());
        let mut versions = vec![
            usual.notice_version(),
            with(usual_notice(31), rules.clone()),
            with(rules, notice),
            with(Bilingual::new("甲乙", ""), Bilingual::new("", "")),
            with(Bilingual::new("甲", "乙"), Bilingual::new("", "")),
        ];
        versions.sort_unstable();
        versions.dedup();
        assert_eq!(versions.len(), 5);
    }
}
