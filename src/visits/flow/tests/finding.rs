//! Finding the company by typing, where there are so many that nobody reads them through.

use super::*;
use crate::people::directory::TenantsFound;
use crate::people::{Tenant, TenantState};

fn company(number: u128) -> Tenant {
    Tenant {
        id: TenantId(Uuid::from_u128(number)),
        name: Bilingual::new("和光设计", "Gentle Light Design"),
        rooms: vec!["1203".to_owned(), "1206".to_owned()],
        state: TenantState::In,
    }
}

/// The page of so many companies, on the way of this type.
fn companies(count: u128, of: VisitorType) -> Stage {
    let (pages, _) = walk(of);
    let page = pages
        .into_iter()
        .find(|page| matches!(page, Stage::Tenants { .. }));
    let Some(Stage::Tenants { draft, .. }) = page else {
        panic!("no page of companies")
    };
    Stage::Tenants {
        draft,
        tenants: (1..=count)
            .map(|number| TenantLine::from(company(number)))
            .collect(),
        is_read: true,
    }
}

fn while_typing(stage: &Stage, text: &str) -> Option<Next> {
    touch(stage, Touch::Typing(text.to_owned()))
}

fn found(query: &str, tenants: &[Tenant]) -> Answer {
    Answer::TenantsFound(TenantsFound {
        query: query.to_owned(),
        tenants: tenants.to_vec(),
        more: false,
    })
}

fn shows(stage: &Stage) -> &TenantsFound {
    match stage {
        Stage::FindingTenant { found, .. } => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_company_is_typed_where_there_are_many_and_chosen_where_a_glance_finds_it() {
    for of in [
        VisitorType::Guest,
        VisitorType::Courier,
        VisitorType::Interview,
    ] {
        assert_eq!(touch(&companies(6, of), Touch::FindTenant), None, "{of:?}");
        let many = companies(60, of);
        let typing = shown(touch(&many, Touch::FindTenant));
        assert_eq!((typing.typed(), shows(&typing).is_nobody()), ("", false));
        assert_eq!(typing.back(), Some(many), "the list is still there");
    }
}

#[test]
fn each_letter_is_looked_for_and_what_it_found_stays_until_the_next_is_answered() {
    let typing = shown(touch(&companies(60, VisitorType::Guest), Touch::FindTenant));
    let (on, ask) = asked(while_typing(&typing, "h"));
    assert_eq!(ask, Ask::FindTenants("h".to_owned()));
    assert!(ask.follows_typing(&on) && !ask.is_deed());
    let one = shown(answered(&on, found("h", &[company(7), company(8)])));
    let (two, ask) = asked(while_typing(&one, "hg"));
    assert_eq!(ask, Ask::FindTenants("hg".to_owned()));
    assert_eq!(shows(&two).tenants.len(), 2, "nothing flickers");
    // An answer to what was typed before is late.
    assert_eq!(answered(&two, found("h", &[company(9)])), None);
    let two = shown(answered(&two, found("hg", &[])));
    assert!(shows(&two).is_nobody());
    // What is wiped out finds nothing, and nothing is wrong with it.
    let none = shown(while_typing(&two, " "));
    assert_eq!(shows(&none), &TenantsFound::default());
    assert!(!shows(&none).is_nobody());
}

#[test]
fn whoever_goes_back_from_the_host_finds_what_they_typed_and_what_it_found() {
    let list = companies(60, VisitorType::Guest);
    let typing = shown(touch(&list, Touch::FindTenant));
    let (on, _) = asked(while_typing(&typing, "1206"));
    let hits = shown(answered(&on, found("1206", &[company(7)])));
    let chosen = company(7).id;
    let host = shown(touch(&hits, Touch::Tenant(chosen)));
    let Stage::Host { draft, .. } = &host else {
        panic!("{host:?}")
    };
    let line = draft.tenant.as_ref().expect("a company");
    assert_eq!((line.tenant, line.room.as_str()), (chosen, "1203"));
    let back = host.back().expect("a page before it");
    assert_eq!((back.typed(), shows(&back)), ("1206", shows(&hits)));
    let Stage::FindingTenant { draft, .. } = &back else {
        panic!("{back:?}")
    };
    assert_eq!((&draft.tenant, &draft.host), (&None, &None));
    assert_eq!(back.back(), Some(list));
    // What was not found is not chosen.
    let other = company(8).id;
    assert_eq!(touch(&hits, Touch::Tenant(other)), None);
    // A courier is asked for no host: the company was the last question.
    let typing = shown(touch(
        &companies(60, VisitorType::Courier),
        Touch::FindTenant,
    ));
    let (on, _) = asked(while_typing(&typing, "hg"));
    let hits = shown(answered(&on, found("hg", &[company(7)])));
    let pad = shown(touch(&hits, Touch::Tenant(chosen)));
    assert!(matches!(pad, Stage::Signing(_)), "{pad:?}");
}
