//! Keys 钥匙: what hangs on which hook, and who holds it.

mod record;

pub use record::Record;

use crate::ids::id;

id!(
    /// One taking of one key.
    KeyLoanId
);

/// A key somebody holds, as far as My page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldKey {
    /// The hook it hangs on; never what it opens.
    pub hook: String,
    /// When it is due.
    pub due: chrono::DateTime<chrono::Utc>,
}
