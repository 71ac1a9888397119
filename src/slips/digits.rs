//! Codes of random digits that people carry: typed as they are, and in a QR code behind a letter and
//! with a check digit.

/// Why a text is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Another kind of text.
    #[error("not written like this code")]
    Form,
    /// A digit was misread or mistyped.
    #[error("the check digit does not fit")]
    Check,
}

/// How a code is written: `M-` and six digits, `I-` and eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeForm {
    /// What stands before the digits of the QR code.
    pub prefix: &'static str,
    /// How many digits.
    pub digits: usize,
}

impl CodeForm {
    /// The digits, where these are as many as there should be and nothing else.
    pub fn sound(self, digits: &str) -> Result<String, CodeError> {
        let sound = digits.len() == self.digits && digits.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| digits.to_owned()).ok_or(CodeError::Form)
    }

    /// The digits as a person types them, blanks among them or not.
    pub fn typed(self, text: &str) -> Result<String, CodeError> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        self.sound(&digits)
    }

    /// The text of the QR code.
    pub fn written(self, digits: &str) -> String {
        format!("{}{digits}{}", self.prefix, check_digit(digits))
    }

    /// Reads what [`CodeForm::written`] wrote.
    pub fn read(self, code: &str) -> Result<String, CodeError> {
        let body = code.trim().strip_prefix(self.prefix);
        let body = body.ok_or(CodeError::Form)?;
        if body.len() != self.digits + 1 || !body.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::Form);
        }
        let (digits, check) = body.split_at(self.digits);
        match check == check_digit(digits) {
            true => Ok(digits.to_owned()),
            false => Err(CodeError::Check),
        }
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

    const FORM: CodeForm = CodeForm {
        prefix: "I-",
        digits: 8,
    };

    #[test]
    fn the_check_digit_is_that_of_iso_7064() {
        // Published example of MOD 11,10: 0794 takes 5.
        assert_eq!(check_digit("0794"), "5");
    }

    #[test]
    fn every_single_misread_digit_is_caught() {
        let code = FORM.written("40718523");
        assert_eq!(FORM.read(&code).as_deref(), Ok("40718523"));
        for at in 2..code.len() {
            for digit in '0'..='9' {
                let mut wrong = code.clone();
                wrong.replace_range(at..=at, &digit.to_string());
                assert_eq!(FORM.read(&wrong).is_ok(), wrong == code, "{wrong}");
            }
        }
    }

    #[test]
    fn blanks_are_typed_and_another_number_of_digits_is_no_code() {
        assert_eq!(FORM.typed(" 4071 8523 ").as_deref(), Ok("40718523"));
        assert_eq!(FORM.typed("4071852"), Err(CodeError::Form));
        assert_eq!(FORM.read("M-407185235"), Err(CodeError::Form));
        assert_eq!(FORM.read("I-40718523x"), Err(CodeError::Form));
    }
}
