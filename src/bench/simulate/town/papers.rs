//! Papers of the simulated town: permits that firms were given before the first day, identity
//! documents in people's pockets, and who is not admitted.

use crate::people::PersonName;

/// Names that are not admitted; whoever sounds like one is looked at.
pub const BARRED: [&str; 2] = ["Barry Barred", "Nora Notever"];

/// Which of the callers is not admitted by the document in their pocket, whatever they call themselves.
pub const BARRED_BY_DOCUMENT: u8 = 3;

/// The permits of the first morning: the number, and how many days from then they begin and end.
pub const PERMITS: [(&str, i64, i64); 4] = [
    ("SG-1", -1, 2),
    ("SG-2", 0, 0),
    ("SG-3", -1, -1),
    ("SG-4", 1, 9),
];

/// An identity document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its number.
    pub number: String,
    /// The name on it.
    pub name: PersonName,
    /// Whether it is a foreigner's.
    pub is_foreign: bool,
}

/// Surnames and given names of identity cards.
const SURNAMES: [char; 5] = ['赵', '钱', '孙', '李', '周'];
const GIVEN: [&str; 7] = ["海燕", "建国", "晓梅", "志强", "玉兰", "文博", "雨桐"];

/// The document in the pocket of one of the callers, who calls themself this; every third has none.
pub fn paper(place: u8, name: &str) -> Option<Paper> {
    let number = u32::from(place);
    match place % 3 {
        0 => {
            let surname = SURNAMES[usize::from(place) % SURNAMES.len()];
            let given = GIVEN[usize::from(place) % GIVEN.len()];
            Some(Paper {
                number: format!("31010519900307{number:04}"),
                name: PersonName {
                    chinese: Some(format!("{surname}{given}")),
                    latin: None,
                },
                is_foreign: false,
            })
        }
        // It says the name that they type as well.
        1 => Some(Paper {
            number: format!("FRA3101850{number:05}"),
            name: PersonName {
                chinese: None,
                latin: Some(name.to_owned()),
            },
            is_foreign: true,
        }),
        _ => None,
    }
}
