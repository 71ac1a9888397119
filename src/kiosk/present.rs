//! From the session's state to what the screen shows. Pure.

mod lending;
mod reserving;

use super::House;
use super::session::{Awaited, Patience, Person, Session, Situation};
use super::view::{
    DayPart, Directory, Home, HomeTile, KeyLine, MailLine, MyPage, OutOfService, Page, Reception,
    Refused, SlipStage, TypeNumber, View, VisitLine,
};
use crate::keys;
use crate::lending::flow::reserving::kinds;
use crate::lending::{rain, rules};
use crate::mail;
use crate::people::{Act, How, Role, permits};
use crate::slips::{JobState, Medium};
use crate::visits::flow::Stage as VisitStage;
use crate::visits::{Visit, VisitState};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike, Utc};

/// What the touch screen shows for this session at this moment.
pub fn present(session: &Session, house: &House, at: DateTime<Utc>) -> View {
    let shown = Presenter { session, house, at };
    let now = house.building.local(at);
    View {
        language: session.language,
        comfort: session.comfort,
        clock: to_the_minute(now),
        building: house.building.name.clone(),
        page: shown.page(),
        notices: session.around.notices(),
        countdown: match session.patience {
            Patience::Countdown(_, left) => Some(left),
            _ => None,
        },
        trial: house.trial,
        writing: session.writing(),
        strokes: session.strokes.clone(),
        slip: shown.slip(),
        reception: shown.reception(),
        zone: house.building.zone,
    }
}

fn to_the_minute(at: NaiveDateTime) -> NaiveDateTime {
    let time = NaiveTime::from_hms_opt(at.hour(), at.minute(), 0).unwrap_or(at.time());
    at.date().and_time(time)
}

struct Presenter<'a> {
    session: &'a Session,
    house: &'a House,
    at: DateTime<Utc>,
}

impl Presenter<'_> {
    fn page(&self) -> Page {
        if let Some(code) = self.session.closed_by() {
            return Page::OutOfService(OutOfService { code });
        }
        let patient = |waiting: &super::session::Waiting| {
            waiting.shown && !waiting.live && waiting.awaited != Awaited::Refresh
        };
        if self.session.waiting.as_ref().is_some_and(patient) {
            return Page::Wait;
        }
        match &self.session.situation {
            Situation::Home => Page::Home(self.home()),
            Situation::MyPage => match &self.session.person {
                Some(person) => Page::MyPage(self.my_page(person)),
                None => Page::Home(self.home()),
            },
            Situation::Typing(typing) => Page::TypeNumber(TypeNumber {
                number: typing.asked,
                typed: typing.typed.clone(),
                wrong: typing.wrong,
            }),
            Situation::Refused(why) => Page::Refused(Refused::new(why.clone(), None)),
            Situation::TryAgain(_, why) => Page::Refused(Refused {
                why: why.clone(),
                thing: None,
                leads_back: !self.session.situation.is_over(),
            }),
            Situation::Directory(tenants) => Page::Directory(Directory {
                tenants: tenants.clone(),
            }),
            Situation::FindingTenant(finding) => Page::FindTenant {
                found: finding.found.clone(),
            },
            Situation::DeskCalled => Page::DeskCalled,
            Situation::Mail(stage) => Page::Mail(stage.clone()),
            Situation::Keys(stage) => Page::Keys(stage.clone()),
            Situation::Visits(stage) => Page::Visits(stage.clone()),
            Situation::SaidYes => Page::SaidYes,
            Situation::Lending(stage) => self.lending(stage),
        }
    }

    /// Where the slip of the page is, where its stage does not keep it.
    fn slip(&self) -> Option<SlipStage> {
        let shown = self.session.slip?;
        let around = &self.session.around;
        Some(match (shown.state, shown.medium, around.printer) {
            (JobState::Confirmed, Medium::Receipt, _) => SlipStage::Printed,
            (JobState::Confirmed, Medium::Label, _) => SlipStage::BadgePrinted,
            (JobState::Unknown | JobState::Failed, ..) => SlipStage::Unknown,
            // It stopped within the badge. No other printer may print that one now.
            (JobState::Sending, Medium::Label, _) if !around.badges => SlipStage::Unknown,
            (JobState::Queued | JobState::Sending, Medium::Label, _) => SlipStage::BadgePrinting,
            (_, Medium::Receipt, Some(trouble)) => SlipStage::Waiting(trouble),
            (JobState::Queued | JobState::Sending, Medium::Receipt, None) => SlipStage::Printing,
        })
    }

    fn reception(&self) -> Reception {
        let terms = &self.house.visits;
        match &self.session.situation {
            Situation::Visits(stage) => Reception {
                purposes: match &**stage {
                    VisitStage::Purpose(draft) => terms.purposes(draft.of).to_vec(),
                    _ => Vec::new(),
                },
                notices: vec![terms.notice.clone(), terms.house_rules.clone()],
            },
            _ => Reception::default(),
        }
    }

    fn visits(&self, visits: &[Visit]) -> Vec<VisitLine> {
        let line = |visit: &Visit| VisitLine {
            visit: visit.id,
            name: visit
                .name
                .as_ref()
                .map(|name| name.masked(self.session.language))
                .unwrap_or_default(),
            expected: visit
                .window
                .filter(|_| matches!(visit.state, VisitState::Announced | VisitState::Withdrawn))
                .map(|(from, _)| self.house.building.local(from)),
            withdrawn: visit.state == VisitState::Withdrawn,
            waits: visit.state == VisitState::Waiting,
            answered: self.session.is_own_card(),
        };
        visits.iter().map(line).collect()
    }

    fn home(&self) -> Home {
        let day_part = match self.house.building.local(self.at).hour() {
            5..12 => DayPart::Morning,
            12..18 => DayPart::Afternoon,
            _ => DayPart::Evening,
        };
        Home {
            day_part,
            rain: (self.session.weather.rain || self.house.is_rain_hour(self.at))
                .then(|| {
                    let umbrellas = rain::umbrellas(&self.house.kinds);
                    rain::offer(umbrellas, &self.session.weather.umbrellas)
                })
                .flatten()
                .map(|(kind, way)| (kind.name.clone(), way)),
            tiles: vec![
                HomeTile::SignIn,
                HomeTile::SignOut,
                HomeTile::Borrow,
                HomeTile::GiveBack,
                HomeTile::CollectMail,
                HomeTile::Directory,
            ],
        }
    }

    fn my_page(&self, person: &Person) -> MyPage {
        MyPage {
            name: person.holder.name.masked(self.session.language),
            tenant: person.holder.tenant.as_ref().map(|tenant| {
                (
                    tenant.name.clone(),
                    tenant.rooms.first().cloned().unwrap_or_default(),
                )
            }),
            mail: self.mail(&person.mail),
            loans: self.loans(&person.loans),
            kept: self.kept_lines(person),
            keys: person
                .keys
                .iter()
                .map(|key| KeyLine {
                    hook: key.hook.clone(),
                    due: self.house.building.local(key.due),
                    late: rules::is_late(key.due, self.at),
                })
                .collect(),
            visits: self.visits(&person.visits),
            permits: person.permits.clone(),
            messages: person.told.messages,
            keys_used: self.keys_used(&person.told.keys_used),
            is_visitor: person.holder.roles.contains(&Role::Visitor),
            // A typed number takes no key, nor does anybody without a grant; so none is offered.
            takes_keys: person.how == How::Tapped
                && permits(&person.holder.roles, Act::UseKeys)
                && person
                    .grants
                    .iter()
                    .any(|grant| keys::rules::holds(grant, self.at)),
            reserves: self.session.is_own_card()
                && !kinds(&self.house.kinds, &person.holder.roles).is_empty(),
            offers: self.offers(&person.stock, Some(person)),
        }
    }

    fn keys_used(&self, taken: &[DateTime<Utc>]) -> Option<(u32, NaiveDateTime)> {
        if !self.house.keys.tells_tenants {
            return None;
        }
        let last = self.house.building.local(*taken.iter().max()?);
        Some((u32::try_from(taken.len()).unwrap_or(u32::MAX), last))
    }

    /// Waiting mail, one line for each kind and shelf.
    fn mail(&self, waiting: &[mail::Waiting]) -> Vec<MailLine> {
        let mut lines: Vec<MailLine> = Vec::new();
        for item in waiting {
            let arrived = self.house.building.local(item.arrived);
            match lines
                .iter_mut()
                .find(|line| line.kind == item.kind && line.shelf == item.shelf)
            {
                Some(line) => {
                    line.count += 1;
                    line.arrived = line.arrived.max(arrived);
                }
                None => lines.push(MailLine {
                    kind: item.kind,
                    count: 1,
                    shelf: item.shelf.clone(),
                    arrived,
                }),
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_on_the_screen_changes_with_the_minute_only() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real day");
        let second = |s| day.and_hms_opt(9, 5, s).expect("a real time");
        assert_eq!(to_the_minute(second(0)), to_the_minute(second(59)));
    }
}
