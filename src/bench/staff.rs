//! Who works at the desk of the sample building, all invented, with PINs that everybody may know.

use crate::people::staff::Pin;
use crate::people::{Language, PersonId, PersonName, Role};
use crate::store::{Books, PersonRow, StoreError};
use chrono::{DateTime, Utc};

/// A member of staff of the sample building.
#[derive(Clone, Copy, Debug)]
pub struct SampleStaff {
    /// The Chinese name, which is typed to log in.
    pub chinese: &'static str,
    /// The Latin name, which will do as well.
    pub latin: &'static str,
    /// The PIN.
    pub pin: &'static str,
    /// What this person may be.
    pub role: Role,
}

/// Who works here.
pub const STAFF: [SampleStaff; 3] = [
    SampleStaff {
        chinese: "李静华",
        latin: "Li Jinghua",
        pin: "204816",
        role: Role::Receptionist,
    },
    SampleStaff {
        chinese: "周敏",
        latin: "Zhou Min",
        pin: "135790",
        role: Role::Supervisor,
    },
    SampleStaff {
        chinese: "赵建国",
        latin: "Zhao Jianguo",
        pin: "864209",
        role: Role::KeyKeeper,
    },
];

/// Enters them; returns who they are, in the same order.
pub(super) fn enter(books: &mut Books, at: DateTime<Utc>) -> Result<Vec<PersonId>, StoreError> {
    let mut persons = Vec::new();
    for SampleStaff {
        chinese,
        latin,
        pin,
        role,
    } in STAFF
    {
        let row = PersonRow {
            tenant: None,
            name: PersonName {
                chinese: Some(chinese.to_owned()),
                latin: Some(latin.to_owned()),
            },
            roles: vec![role],
            language: Language::Chinese,
        };
        let person = books.enter_person(&row, at)?;
        books.set_sample_pin(person, &Pin(pin.to_owned()), at)?;
        persons.push(person);
    }
    Ok(persons)
}
