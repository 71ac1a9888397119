//! Cards, identities and troubles as readers tell them.

use osdp::reply::{LStatR, PdId, Raw};

use crate::reader::{Certainty, Credential, NotRead, Presentation, Tell, Trouble, WiegandCode};

/// What a report of raw card bits means: bits in the order of the wire, whatever format the reader
/// names. Its parity is not checked: many sites number their cards in other layouts of 26 bits, and
/// the packet's own check has protected it.
pub(super) fn presented(raw: &Raw, certainty: Certainty) -> Tell {
    let value = raw
        .iter_bits()
        .fold(0, |value, bit| value << 1 | u64::from(bit));
    let code = u8::try_from(raw.bit_count).ok();
    match code.and_then(|bits| WiegandCode::new(bits, value)) {
        Some(code) => Tell::Presented(Presentation {
            credential: Credential::Wiegand(code),
            certainty,
        }),
        None => Tell::NotRead(NotRead::NotThisKind),
    }
}

/// What a report of its own condition means; a hand at the reader is the worse of the two.
pub(super) fn trouble(status: &LStatR) -> Option<Trouble> {
    match (status.tamper, status.power) {
        (0, 0) => None,
        (0, _) => Some(Trouble::PowerFails),
        _ => Some(Trouble::Tampered),
    }
}

/// A reader's words about itself.
pub(super) fn identity(id: &PdId) -> String {
    let ([a, b, c], [major, minor, build]) = (id.vendor_oui, id.firmware);
    let (model, version, serial) = (id.model, id.version, id.serial);
    format!(
        "OSDP, maker {a:02X}-{b:02X}-{c:02X}, model {model}.{version}, \
         firmware {major}.{minor}.{build}, serial {serial:08X}"
    )
}
