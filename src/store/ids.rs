//! Where new identifiers come from.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A source of UUIDv7s.
pub(super) enum IdSource {
    /// Random bits of the system.
    Random,
    /// Bits that follow from the count and the journal's length.
    Repeatable(u64),
}

impl IdSource {
    pub fn random() -> Self {
        IdSource::Random
    }

    pub fn repeatable() -> Self {
        IdSource::Repeatable(0)
    }

    /// The next identifier, sorted behind those of earlier milliseconds.
    pub fn next(&mut self, at: DateTime<Utc>, journal_length: i64) -> Uuid {
        let millis = at.timestamp_millis().unsigned_abs();
        let bits: [u8; 10] = match self {
            IdSource::Random => {
                let random = Uuid::now_v7().into_bytes();
                random[6..]
                    .try_into()
                    .expect("ten bytes behind the first six of sixteen")
            }
            IdSource::Repeatable(count) => {
                *count += 1;
                let mut hasher = Sha256::new();
                hasher.update(millis.to_be_bytes());
                hasher.update(journal_length.to_be_bytes());
                hasher.update(count.to_be_bytes());
                let digest: [u8; 32] = hasher.finalize().into();
                digest[..10]
                    .try_into()
                    .expect("the first ten bytes of thirty-two")
            }
        };
        Builder::from_unix_timestamp_millis(millis, &bits).into_uuid()
    }

    /// So many random decimal digits, for codes that people carry: no code says anything about
    /// another, or about what it is for.
    pub fn digits(&mut self, count: usize, at: DateTime<Utc>, journal_length: i64) -> String {
        // The last four bytes of an identifier are random whatever came before in its millisecond.
        let mut draw = || {
            let id = self.next(at, journal_length).into_bytes();
            u32::from_be_bytes([id[12], id[13], id[14], id[15]])
        };
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(draw() % 10).expect("below ten")))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn repeatable_ids_repeat_and_never_meet() {
        let at = DateTime::from_timestamp_millis(1_764_000_000_000).expect("a real moment");
        let run = || {
            let mut source = IdSource::repeatable();
            (0..100)
                .map(|length| source.next(at, length / 2))
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(run().len(), 100);
        assert_eq!(run(), run());
        assert!(run().iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn random_digits_are_all_ten_and_do_not_repeat() {
        let at = DateTime::from_timestamp_millis(1_764_000_000_000).expect("a real moment");
        for mut source in [IdSource::random(), IdSource::repeatable()] {
            let codes: BTreeSet<String> = (0..200).map(|_| source.digits(9, at, 0)).collect();
            assert_eq!(codes.len(), 200);
            let digits: BTreeSet<char> = codes.iter().flat_map(|code| code.chars()).collect();
            assert_eq!(digits, ('0'..='9').collect());
        }
    }

    #[test]
    fn random_ids_sort_by_their_millisecond() {
        let mut source = IdSource::random();
        let at = |ms| DateTime::from_timestamp_millis(ms).expect("a real moment");
        let (first, second) = (source.next(at(1_000), 0), source.next(at(1_001), 0));
        assert!(first < second);
    }
}
