//! The eleven kinds, and what each of them asks for.

use serde::{Deserialize, Serialize};

/// A kind of mail, by the postal service's own division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailKind {
    /// 平信
    Letter,
    /// 平刷
    PrintedMatter,
    /// 挂号信
    RegisteredLetter,
    /// 挂刷
    RegisteredPrintedMatter,
    /// 航空信
    Airmail,
    /// 包裹单
    ParcelSlip,
    /// 包裹
    Parcel,
    /// 汇款单
    MoneyOrder,
    /// 报纸
    Newspaper,
    /// 杂志
    Magazine,
    /// 特快专递
    Express,
}

impl MailKind {
    /// All eleven, in the order of the postal service.
    pub const ALL: [MailKind; 11] = [
        MailKind::Letter,
        MailKind::PrintedMatter,
        MailKind::RegisteredLetter,
        MailKind::RegisteredPrintedMatter,
        MailKind::Airmail,
        MailKind::ParcelSlip,
        MailKind::Parcel,
        MailKind::MoneyOrder,
        MailKind::Newspaper,
        MailKind::Magazine,
        MailKind::Express,
    ];

    /// Whether it is special mail 特殊邮件: it goes back only with the supervisor's approval.
    pub fn is_special(self) -> bool {
        use MailKind::*;
        match self {
            RegisteredLetter
            | RegisteredPrintedMatter
            | Airmail
            | ParcelSlip
            | MoneyOrder
            | Newspaper
            | Magazine => true,
            Letter | PrintedMatter | Parcel | Express => false,
        }
    }

    /// Whether it goes out in bulk on the daily round.
    pub fn goes_in_bulk(self) -> bool {
        matches!(self, MailKind::Newspaper | MailKind::Magazine)
    }

    /// Whether whoever gets it signs for it: special mail but for what goes in bulk, and parcels and
    /// express beside it.
    pub fn needs_signature(self) -> bool {
        let bulky = matches!(self, MailKind::Parcel | MailKind::Express);
        bulky || (self.is_special() && !self.goes_in_bulk())
    }

    /// Its words: an id of the translation files.
    pub fn word(self) -> &'static str {
        match self {
            MailKind::Letter => "mail-letter",
            MailKind::PrintedMatter => "mail-printed-matter",
            MailKind::RegisteredLetter => "mail-registered-letter",
            MailKind::RegisteredPrintedMatter => "mail-registered-printed-matter",
            MailKind::Airmail => "mail-airmail",
            MailKind::ParcelSlip => "mail-parcel-slip",
            MailKind::Parcel => "mail-parcel",
            MailKind::MoneyOrder => "mail-money-order",
            MailKind::Newspaper => "mail-newspaper",
            MailKind::Magazine => "mail-magazine",
            MailKind::Express => "mail-express",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MailKind::{self, *};

    #[test]
    fn special_mail_is_what_the_rule_book_lists() {
        let special: Vec<MailKind> = MailKind::ALL
            .into_iter()
            .filter(|k| k.is_special())
            .collect();
        let listed = [
            RegisteredLetter,
            RegisteredPrintedMatter,
            Airmail,
            ParcelSlip,
            MoneyOrder,
            Newspaper,
            Magazine,
        ];
        assert_eq!(special, listed);
    }

    #[test]
    fn papers_letters_and_printed_matter_are_given_without_a_signature() {
        let unsigned: Vec<MailKind> = MailKind::ALL
            .into_iter()
            .filter(|kind| !kind.needs_signature())
            .collect();
        assert_eq!(unsigned, [Letter, PrintedMatter, Newspaper, Magazine]);
    }

    #[test]
    fn each_of_the_eleven_kinds_has_its_own_word() {
        let words: std::collections::BTreeSet<&str> =
            MailKind::ALL.iter().map(|k| k.word()).collect();
        assert_eq!(words.len(), 11);
    }
}
