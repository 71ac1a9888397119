//! What a visitor tells: their company, what for, which company they visit, and whom.

use super::super::directory::{self, Ways};
use super::super::form::{Controls, Form};
use super::super::phrases::{Phrases, list, shown};
use super::super::write::Asked;
use super::written;
use crate::kiosk::Touch;
use crate::kiosk::view::View;
use crate::people::directory::TenantsFound;
use crate::people::{Bilingual, Language};
use crate::visits::flow::{Companies, Draft, Hosts, TenantLine, Touch as VisitTouch};
use crate::words;
use lodge_ui::slint::SharedString;
use lodge_ui::{Choice, Control, Line, MenuForm, Picture};

pub(super) fn company(
    seen: &Companies,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let lines: Vec<Line> = seen
        .names
        .iter()
        .enumerate()
        .map(|(place, name)| Line {
            title: name.into(),
            picture: Picture::Building,
            touch: controls.add(Touch::Visits(VisitTouch::Company(place))),
            ..Line::default()
        })
        .collect();
    let asked = Asked {
        title: said.text("visit-company"),
        detail: said.text("visit-company-how"),
        wrong: None,
        known: (!lines.is_empty()).then(|| (said.text("visit-companies-seen"), lines)),
        second: Control::default(),
        action: controls.control(said.text("next"), Picture::Done, Touch::Enter),
    };
    written(asked, said, view)
}

/// What for. Each of the usual purposes has a picture of its own; where a house has others, none has.
pub(super) fn purpose(said: &Phrases, view: &View, controls: &mut Controls) -> Form {
    let purposes = &view.reception.purposes;
    let pictures: Option<Vec<Picture>> = purposes.iter().map(picture_of).collect();
    let tiles: Vec<Choice> = purposes
        .iter()
        .enumerate()
        .map(|(place, purpose)| Choice {
            title: purpose.text(said.language).into(),
            second: SharedString::new(),
            picture: pictures
                .as_ref()
                .map_or(Picture::None, |pictures| pictures[place]),
            filled: place == 0,
            dim: false,
            touch: controls.add(Touch::Visits(VisitTouch::Purpose(place))),
        })
        .collect();
    Form::Menu(MenuForm {
        title: said.text("visit-purpose"),
        detail: said.text("visit-purpose-detail"),
        tiles: list(tiles),
        ..MenuForm::default()
    })
}

/// The picture of one of the usual purposes.
fn picture_of(purpose: &Bilingual) -> Option<Picture> {
    let usual = [
        ("visit-purpose-meeting", Picture::People),
        ("visit-purpose-visit", Picture::Person),
        ("visit-purpose-documents", Picture::Paper),
        ("visit-purpose-service", Picture::Wrench),
        ("visit-purpose-other", Picture::LeaveWord),
    ];
    usual
        .into_iter()
        .find(|(word, _)| words::text(Language::Chinese, word) == purpose.zh)
        .map(|(_, picture)| picture)
}

pub(super) fn companies(
    draft: &Draft,
    tenants: &[TenantLine],
    is_read: bool,
    said: &Phrases,
    controls: &mut Controls,
) -> Form {
    let lines = tenants.iter().map(|line| Line {
        touch: controls.add(Touch::Visits(VisitTouch::Tenant(line.tenant))),
        ..directory::company(&line.name, &line.room, said)
    });
    let lines = lines.collect();
    let by_name = draft.steps.host.then(|| {
        controls.control(
            said.text("visit-by-host"),
            Picture::Person,
            Touch::Visits(VisitTouch::ByHost),
        )
    });
    let typing = Touch::Visits(VisitTouch::FindTenant);
    let ways = Ways {
        find: directory::find(tenants.len(), typing, said, controls),
        other: by_name.unwrap_or_default(),
    };
    let title = said.text("visit-which-company");
    directory::companies(title, lines, ways, is_read, said)
}

pub(super) fn finding(
    found: &TenantsFound,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let lines = found.tenants.iter().map(|tenant| Line {
        touch: controls.add(Touch::Visits(VisitTouch::Tenant(tenant.id))),
        ..directory::everywhere(tenant, said)
    });
    let lines = lines.collect();
    directory::found_form(
        said.text("visit-which-company"),
        said.text("mail-found"),
        lines,
        found,
        said,
        view,
    )
}

pub(super) fn host(
    draft: &Draft,
    hosts: &Hosts,
    said: &Phrases,
    view: &View,
    controls: &mut Controls,
) -> Form {
    let company = draft.tenant.as_ref();
    let known = match hosts {
        Hosts::These(hosts) => {
            let lines = hosts.iter().map(|line| Line {
                title: shown(line.masked.text(said.language)),
                picture: Picture::Person,
                touch: controls.add(Touch::Visits(VisitTouch::Host(line.person))),
                ..Line::default()
            });
            Some((said.text("mail-found"), lines.collect()))
        }
        Hosts::NotAsked | Hosts::Nobody | Hosts::TooMany => None,
    };
    let asked = Asked {
        title: said.text("visit-host"),
        detail: match company {
            Some(line) => said.with(
                "visit-host-at",
                &[("company", line.name.text(said.language))],
            ),
            None => said.text("visit-host-how"),
        },
        wrong: match hosts {
            Hosts::Nobody => Some(said.text("visit-host-nobody")),
            Hosts::TooMany => Some(said.text("visit-host-more")),
            Hosts::These(_) | Hosts::NotAsked => None,
        },
        known,
        second: Control::default(),
        action: Control::default(),
    };
    written(asked, said, view)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::{Terms, VisitorType};

    #[test]
    fn no_two_of_the_usual_purposes_look_the_same_and_one_of_the_house_s_own_has_no_picture() {
        let usual = Terms::default();
        let usual = usual.purposes(VisitorType::Guest);
        let mut pictures: Vec<Picture> = usual.iter().filter_map(picture_of).collect();
        assert_eq!(pictures.len(), usual.len());
        while let Some(picture) = pictures.pop() {
            assert!(!pictures.contains(&picture), "{picture:?}");
        }
        assert_eq!(
            picture_of(&Bilingual::new("看展览", "The exhibition")),
            None
        );
    }
}
