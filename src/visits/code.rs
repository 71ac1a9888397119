//! The invitation code: eight random digits, and `I-` with a check digit in its QR code.

use std::fmt;

/// How many digits a code has.
pub const CODE_DIGITS: usize = 8;

/// Eight random digits, unique among the announced visits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct InvitationCode(String);

/// Why a text is no invitation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Another kind of text.
    #[error("not written like an invitation code")]
    Form,
    /// A digit was misread or mistyped.
    #[error("the check digit does not fit")]
    Check,
}

/// Whoever knows a code may come in, so no log shows one.
impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

impl InvitationCode {
    /// A code out of eight digits.
    pub fn from_digits(digits: &str) -> Result<Self, CodeError> {
        let sound = digits.len() == CODE_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        sound
            .then(|| InvitationCode(digits.to_owned()))
            .ok_or(CodeError::Form)
    }

    /// The eight digits, as people read and type them.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The text of its QR code.
    pub fn code(&self) -> String {
        format!("I-{}{}", self.0, check_digit(&self.0))
    }

    /// Reads what [`InvitationCode::code`] wrote.
    pub fn from_code(code: &str) -> Result<Self, CodeError> {
        let body = code.trim().strip_prefix("I-").ok_or(CodeError::Form)?;
        if body.len() != CODE_DIGITS + 1 || !body.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::Form);
        }
        let (digits, check) = body.split_at(CODE_DIGITS);
        match check == check_digit(digits) {
            true => InvitationCode::from_digits(digits),
            false => Err(CodeError::Check),
        }
    }

    /// Reads a code as a person types it, blanks among the digits or not.
    pub fn from_typed(text: &str) -> Result<Self, CodeError> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        InvitationCode::from_digits(&digits)
    }
}

/// ISO 7064 MOD 11,10: finds every single wrong digit.
fn check_digit(digits: &str) -> String {
    let mut product = 10;
    for digit in digits.chars().filter_map(|c| c.to_digit(10)) {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        product = (sum * 2) % 11;
    }
    ((11 - product) % 10).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_misread_digit_of_an_invitation_is_caught() {
        let code = InvitationCode::from_digits("40718523")
            .expect("eight digits")
            .code();
        assert!(InvitationCode::from_code(&code).is_ok());
        for at in 2..code.len() {
            for digit in '0'..='9' {
                let mut wrong = code.clone();
                wrong.replace_range(at..=at, &digit.to_string());
                assert_eq!(
                    InvitationCode::from_code(&wrong).is_ok(),
                    wrong == code,
                    "{wrong}"
                );
            }
        }
    }

    #[test]
    fn a_code_is_typed_with_blanks_and_never_printed_by_accident() {
        let code = InvitationCode::from_typed(" 4071 8523 ").expect("eight digits");
        assert_eq!(code.digits(), "40718523");
        assert!(!format!("{code:?}").contains("4071"));
        assert_eq!(InvitationCode::from_typed("4071852"), Err(CodeError::Form));
    }
}
