//! Mail 邮件: the eleven kinds, and what waits for whom.

mod record;

pub use record::Record;

use crate::ids::id;
use serde::{Deserialize, Serialize};

id!(
    /// One item of mail.
    MailId
);

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

/// Mail that waits for one person, as far as My page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its kind.
    pub kind: MailKind,
    /// Where it lies 货位.
    pub shelf: String,
    /// When it came.
    pub arrived: chrono::DateTime<chrono::Utc>,
}
