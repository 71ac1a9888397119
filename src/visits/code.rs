//! The invitation code: eight random digits, and `I-` with a check digit in its QR code.

use crate::slips::{CodeError, CodeForm};
use std::fmt;

/// How many digits a code has.
pub const CODE_DIGITS: usize = 8;

/// Eight random digits, unique among the announced visits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct InvitationCode(String);

const FORM: CodeForm = CodeForm {
    prefix: "I-",
    digits: CODE_DIGITS,
};

/// Whoever knows a code may come in, so no log shows one.
impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

impl InvitationCode {
    /// A code out of eight digits.
    pub fn from_digits(digits: &str) -> Result<Self, CodeError> {
        FORM.sound(digits).map(InvitationCode)
    }

    /// The eight digits, as people read and type them.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The text of its QR code.
    pub fn code(&self) -> String {
        FORM.written(&self.0)
    }

    /// Reads what [`InvitationCode::code`] wrote.
    pub fn from_code(code: &str) -> Result<Self, CodeError> {
        FORM.read(code).map(InvitationCode)
    }

    /// Reads a code as a person types it, blanks among the digits or not.
    pub fn from_typed(text: &str) -> Result<Self, CodeError> {
        FORM.typed(text).map(InvitationCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_typed_with_blanks_and_never_printed_by_accident() {
        let code = InvitationCode::from_typed(" 4071 8523 ").expect("eight digits");
        assert_eq!(code.digits(), "40718523");
        assert!(!format!("{code:?}").contains("4071"));
        assert_eq!(InvitationCode::from_typed("4071852"), Err(CodeError::Form));
    }
}
