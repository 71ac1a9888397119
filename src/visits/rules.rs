//! Who may come in, who waits, and who is sent to the desk.

use super::{
    Approval, CarriedOut, DoNotAdmitId, Leaving, SignInRefusal, Terms, Visit, VisitRefusal,
    VisitState, VisitorType,
};
use crate::people::PersonName;
use crate::pinyin::{is_chinese, readings};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How sure it is that somebody is on the list of those who are not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Same name or same pinyin: the desk looks.
    Possible,
    /// Same document or same telephone.
    Certain,
}

/// Somebody as far as the list can compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The digest of the document's number.
    pub document: Option<String>,
    /// Digits of the telephone; empty for none.
    pub phone: String,
    /// The name; none where the list knows none.
    pub name: Option<PersonName>,
}

/// The entry of the list that somebody is like: by document, else by telephone, else by name.
pub fn on_the_list(
    list: &[(DoNotAdmitId, Likeness)],
    who: &Likeness,
) -> Option<(DoNotAdmitId, Certainty)> {
    let by = |same: &dyn Fn(&Likeness) -> bool| {
        list.iter()
            .find(|(_, like)| same(like))
            .map(|(entry, _)| *entry)
    };
    let document = || by(&|like| like.document.is_some() && like.document == who.document);
    let phone = || by(&|like| !like.phone.is_empty() && like.phone == who.phone);
    let name = || {
        by(&|like| match (&like.name, &who.name) {
            (Some(one), Some(other)) => sound_alike(one, other),
            _ => false,
        })
    };
    let certain = document()
        .or_else(phone)
        .map(|entry| (entry, Certainty::Certain));
    certain.or_else(|| name().map(|entry| (entry, Certainty::Possible)))
}

/// Whether two names are the same, or read the same.
pub fn sound_alike(one: &PersonName, other: &PersonName) -> bool {
    let forms = |name: &PersonName| [name.chinese.clone(), name.latin.clone()];
    let pairs = forms(one).into_iter().flatten().flat_map(|a| {
        forms(other)
            .into_iter()
            .flatten()
            .map(move |b| (a.clone(), b))
            .collect::<Vec<_>>()
    });
    pairs.into_iter().any(|(a, b)| texts_alike(&a, &b))
}

fn texts_alike(a: &str, b: &str) -> bool {
    let (letters_a, letters_b) = (plain(a), plain(b));
    if letters_a.is_empty() || letters_b.is_empty() {
        return false;
    }
    if letters_a == letters_b {
        return true;
    }
    match (a.chars().any(is_chinese), b.chars().any(is_chinese)) {
        (true, true) => {
            let (a, b): (Vec<char>, Vec<char>) = (letters_a, letters_b);
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| read_alike(*a, *b))
        }
        (true, false) => spelt(&letters_a, &letters_b) || spelt_given_first(&letters_a, b),
        (false, true) => spelt(&letters_b, &letters_a) || spelt_given_first(&letters_b, a),
        // Grace Hart is Hart Grace.
        (false, false) => sorted_words(a) == sorted_words(b),
    }
}

fn plain(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn sorted_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}

fn read_alike(a: char, b: char) -> bool {
    a == b || readings(a).any(|one| readings(b).any(|other| one == other))
}

/// Whether these characters can be spelt with exactly these letters.
fn spelt(characters: &[char], letters: &[char]) -> bool {
    let Some((first, rest)) = characters.split_first() else {
        return letters.is_empty();
    };
    readings(*first).any(|reading| {
        let reading: Vec<char> = reading.chars().collect();
        letters
            .strip_prefix(reading.as_slice())
            .is_some_and(|left| spelt(rest, left))
    })
}

/// The same for "Xiaoming Chen".
fn spelt_given_first(characters: &[char], latin: &str) -> bool {
    let Some((given, surname)) = latin.trim().rsplit_once(' ') else {
        return false;
    };
    spelt(characters, &plain(&format!("{surname}{given}")))
}

/// What a work permit says of when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Whether the desk took it back.
    pub is_withdrawn: bool,
}

/// ● Whether a permit holds on this day.
pub fn permit_holds(permit: Option<Validity>, today: NaiveDate) -> Result<(), SignInRefusal> {
    let Some(permit) = permit else {
        return Err(SignInRefusal::PermitMissing);
    };
    let Validity { from, until, .. } = permit;
    if permit.is_withdrawn {
        Err(SignInRefusal::PermitWithdrawn)
    } else if today < from {
        Err(SignInRefusal::PermitNotYet { from })
    } else if today > until {
        Err(SignInRefusal::PermitExpired { until })
    } else {
        Ok(())
    }
}

/// ● Whether somebody who came with this permit still goes in: it may have been taken back, or its last day
/// have passed, while they waited.
pub fn permit_still_holds(permit: Validity, today: NaiveDate) -> Result<(), VisitRefusal> {
    permit_holds(Some(permit), today).map_err(|why| match why {
        SignInRefusal::PermitExpired { .. } => VisitRefusal::PermitOver,
        _ => VisitRefusal::NoPermit,
    })
}

/// Whether an invitation is taken now.
pub fn within_window(
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    at: DateTime<Utc>,
    terms: &Terms,
) -> Result<(), SignInRefusal> {
    let opens = from - TimeDelta::minutes(i64::from(terms.early_minutes));
    if at < opens {
        return Err(SignInRefusal::TooEarly { from, opens });
    }
    match at > until {
        true => Err(SignInRefusal::TooLate { until }),
        false => Ok(()),
    }
}

/// Where a visitor stands who has told everything: admitted at once, or waiting for a yes.
pub fn after_coming(of: VisitorType, invited: bool, terms: &Terms) -> VisitState {
    match (invited, terms.approval(of)) {
        (true, _) | (_, Approval::None) => VisitState::Admitted,
        _ => VisitState::Waiting,
    }
}

/// Whether somebody inside stays longer than was announced, or since another day than today. `day` is
/// the building's day of a moment.
pub fn stays_too_long(
    visit: &Visit,
    at: DateTime<Utc>,
    today: NaiveDate,
    day: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> bool {
    visit.state == VisitState::Inside
        && (visit.window.is_some_and(|(_, until)| until < at)
            || visit.inside_at.is_some_and(|since| day(since) < today))
}

/// What the books say of the things carried in, and whether the desk has to look into it.
///
/// `all_out` is the visitor's answer; none where nobody was asked.
pub fn carried_out(carries: bool, leaving: Leaving, all_out: Option<bool>) -> (CarriedOut, bool) {
    match (carries, leaving, all_out) {
        (false, ..) => (CarriedOut::Nothing, false),
        (true, Leaving::NotConfirmed, _) | (true, _, None) => (CarriedOut::NotAsked, false),
        (true, _, Some(true)) => (CarriedOut::All, false),
        (true, _, Some(false)) => (CarriedOut::NotAll, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn name(chinese: &str, latin: &str) -> Option<PersonName> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(PersonName {
            chinese: some(chinese),
            latin: some(latin),
        })
    }

    fn like(document: &str, phone: &str, name: Option<PersonName>) -> Likeness {
        let document = (!document.is_empty()).then(|| document.to_owned());
        Likeness {
            document,
            phone: phone.to_owned(),
            name,
        }
    }

    #[test]
    fn the_list_is_read_by_document_then_phone_then_name_or_pinyin() {
        let entry = |n| DoNotAdmitId(Uuid::from_u128(n));
        let list = [
            (entry(1), like("", "", name("陈晓明", ""))),
            (entry(2), like("", "13800000002", None)),
            (entry(3), like("digest", "", name("王五", ""))),
        ];
        let found = |who: Likeness| on_the_list(&list, &who);
        let chen = || name("陈小明", "");
        assert_eq!(
            found(like("digest", "13800000002", chen())),
            Some((entry(3), Certainty::Certain))
        );
        assert_eq!(
            found(like("x", "13800000002", chen())),
            Some((entry(2), Certainty::Certain))
        );
        assert_eq!(
            found(like("x", "1", chen())),
            Some((entry(1), Certainty::Possible))
        );
        assert_eq!(found(like("x", "", name("李四", ""))), None);
        assert_eq!(found(like("", "", name("", ""))), None);
    }

    #[test]
    fn the_same_pinyin_in_either_order_is_alike_and_another_name_is_not() {
        let alike = |a: (&str, &str), b: (&str, &str)| {
            let some = |(c, l)| name(c, l).expect("a name");
            sound_alike(&some(a), &some(b))
        };
        assert!(alike(("陈晓明", ""), ("", "Chen Xiaoming")));
        assert!(alike(("", "Xiaoming Chen"), ("陈晓明", "")));
        assert!(alike(("单雄", ""), ("", "Shan Xiong")));
        assert!(alike(("", "Grace Hart"), ("", "HART Grace")));
        assert!(!alike(("陈晓明", ""), ("", "Chen Xiaolan")));
        assert!(!alike(("陈晓明", ""), ("陈晓", "")));
    }

    #[test]
    fn a_permit_holds_on_its_first_and_last_day_and_on_no_other() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).expect("a real day");
        let permit = Validity {
            from: day(10),
            until: day(12),
            is_withdrawn: false,
        };
        let holds = |today| permit_holds(Some(permit), today);
        assert_eq!(
            holds(day(9)),
            Err(SignInRefusal::PermitNotYet { from: day(10) })
        );
        assert_eq!(holds(day(10)), Ok(()));
        assert_eq!(holds(day(12)), Ok(()));
        let expired = SignInRefusal::PermitExpired { until: day(12) };
        assert_eq!(holds(day(13)), Err(expired));
        assert_eq!(
            permit_holds(None, day(10)),
            Err(SignInRefusal::PermitMissing)
        );
        // Taken back, it holds on no day, and whoever waits with it is told the same as at the lodge.
        let withdrawn = Validity {
            is_withdrawn: true,
            ..permit
        };
        for today in [9, 10, 12, 13].map(day) {
            let why = permit_holds(Some(withdrawn), today);
            assert_eq!(why, Err(SignInRefusal::PermitWithdrawn));
            let why = permit_still_holds(withdrawn, today);
            assert_eq!(why, Err(VisitRefusal::NoPermit));
        }
        assert_eq!(permit_still_holds(permit, day(12)), Ok(()));
        let over = permit_still_holds(permit, day(13));
        assert_eq!(over, Err(VisitRefusal::PermitOver));
    }

    #[test]
    fn an_invitation_stands_for_the_yes_and_a_courier_needs_none() {
        let terms = Terms::default();
        for of in VisitorType::ALL {
            assert_eq!(after_coming(of, true, &terms), VisitState::Admitted);
        }
        let waits = |of| after_coming(of, false, &terms) == VisitState::Waiting;
        assert!(waits(VisitorType::Guest) && waits(VisitorType::ProspectiveTenant));
        assert!(!waits(VisitorType::Courier) && !waits(VisitorType::Contractor));
    }

    #[test]
    fn a_thing_that_does_not_go_out_again_is_looked_into() {
        assert_eq!(
            carried_out(true, Leaving::Slip, Some(false)),
            (CarriedOut::NotAll, true)
        );
        assert_eq!(
            carried_out(true, Leaving::Slip, Some(true)),
            (CarriedOut::All, false)
        );
        assert_eq!(
            carried_out(true, Leaving::NotConfirmed, None),
            (CarriedOut::NotAsked, false)
        );
        assert_eq!(
            carried_out(false, Leaving::Card, Some(false)),
            (CarriedOut::Nothing, false)
        );
    }

    #[test]
    fn a_visitor_stays_too_long_after_the_window_or_overnight() {
        let moment = |text: &str| text.parse::<DateTime<Utc>>().expect("a real moment");
        let (since, at) = ("2026-11-23T01:00:00Z", moment("2026-11-23T03:00:00Z"));
        let day = |at: DateTime<Utc>| at.date_naive();
        let stays = |state, until: Option<&str>, since: &str| {
            let visit = Visit {
                id: crate::visits::VisitId(Uuid::from_u128(1)),
                of: VisitorType::Guest,
                visitor: crate::people::PersonId(Uuid::from_u128(2)),
                name: None,
                host: None,
                tenant: None,
                state,
                number: None,
                window: until.map(|until| (moment("2026-11-22T01:00:00Z"), moment(until))),
                came_at: None,
                inside_at: Some(moment(since)),
                left: None,
                carries: false,
            };
            stays_too_long(&visit, at, day(at), day)
        };
        let inside = VisitState::Inside;
        assert!(!stays(inside, None, since));
        assert!(!stays(inside, Some("2026-11-23T04:00:00Z"), since));
        assert!(stays(inside, Some("2026-11-23T02:00:00Z"), since));
        assert!(stays(inside, None, "2026-11-22T01:00:00Z"));
        // Nobody who has left stays.
        assert!(!stays(VisitState::Left, None, "2026-11-22T01:00:00Z"));
    }
}
