//! Where new identifiers come from.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid, Variant};

/// A source of UUIDv7s. What is made at one moment sorts in the order in which it was made: two
/// matters of one deed, two entries about one loan.
pub(super) struct IdSource {
    bits: Bits,
    last: Uuid,
}

/// Where the bits behind the milliseconds come from.
enum Bits {
    /// The system's randomness.
    Random,
    /// They follow from the count and the journal's length.
    Repeatable(u64),
}

impl IdSource {
    pub fn random() -> Self {
        IdSource::of(Bits::Random)
    }

    pub fn repeatable() -> Self {
        IdSource::of(Bits::Repeatable(0))
    }

    fn of(bits: Bits) -> Self {
        let last = Uuid::nil();
        IdSource { bits, last }
    }

    /// The next identifier, sorted behind those of earlier milliseconds and of this one.
    pub fn next(&mut self, at: DateTime<Utc>, journal_length: i64) -> Uuid {
        let millis = at.timestamp_millis().unsigned_abs();
        let mut id = self.draw(millis, journal_length);
        let is_same_moment = id.as_u128() >> 80 == self.last.as_u128() >> 80;
        if is_same_moment && id <= self.last {
            // A random step onwards: the last four bytes stay as random as they were.
            let step = (id.as_u128() & 0xFFFF_FFFF) + 1;
            let onwards = Uuid::from_u128(self.last.as_u128().wrapping_add(step));
            // At the very end of a millisecond's numbers, one chance in a thousand million, there is
            // no step onwards, and the order of that moment is lost.
            if onwards.get_version_num() == 7 && onwards.get_variant() == Variant::RFC4122 {
                id = onwards;
            }
        }
        self.last = id;
        id
    }

    fn draw(&mut self, millis: u64, journal_length: i64) -> Uuid {
        let bits: [u8; 10] = match &mut self.bits {
            Bits::Random => {
                let random = Uuid::now_v7().into_bytes();
                random[6..]
                    .try_into()
                    .expect("ten bytes behind the first six of sixteen")
            }
            Bits::Repeatable(count) => {
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
    fn what_is_made_at_one_moment_sorts_in_the_order_it_was_made_in() {
        let at = DateTime::from_timestamp_millis(1_764_000_000_000).expect("a real moment");
        for mut source in [IdSource::random(), IdSource::repeatable()] {
            let made: Vec<Uuid> = (0..10_000).map(|_| source.next(at, 0)).collect();
            assert!(made.is_sorted() && made.iter().all(|id| id.get_version_num() == 7));
            let once: BTreeSet<&Uuid> = made.iter().collect();
            assert_eq!(once.len(), made.len());
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
