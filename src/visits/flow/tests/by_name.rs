//! Finding a host by name alone.

use super::*;

#[test]
fn whoever_knows_a_name_and_no_company_finds_their_host_by_it() {
    let (pages, _) = walk(VisitorType::Guest);
    let companies = pages
        .iter()
        .find(|page| matches!(page, Stage::Tenants { .. }));
    let by_name = shown(touch(
        companies.expect("a page of companies"),
        Touch::ByHost,
    ));
    let (on, ask) = asked(touch(&by_name, typed("陈晓明")));
    assert!(
        matches!(&ask, Ask::FindHosts { tenant: None, .. }),
        "{ask:?}"
    );
    let found = shown(answered(&on, store(&ask)));
    let signing = shown(touch(&found, Touch::Host(HOST)));
    assert!(
        matches!(&signing, Stage::Signing(draft) if draft.tenant.is_none() && draft.host.is_some())
    );
    // The way back leads where one came from, and the list is still there.
    let companies = companies.expect("a page of companies");
    assert_eq!(by_name.back().as_ref(), Some(companies));
    let mut signed = shown(touch(&found, Touch::Host(HOST)));
    for _ in 0..2 {
        signed = signed.back().expect("a way back");
    }
    assert_eq!(&signed, companies);
    // A courier brings it to the company.
    let (pages, _) = walk(VisitorType::Courier);
    let companies = pages
        .iter()
        .find(|page| matches!(page, Stage::Tenants { .. }));
    assert_eq!(
        touch(companies.expect("a page of companies"), Touch::ByHost),
        None
    );
}

#[test]
fn whoever_wipes_the_name_out_again_leaves_nobody_on_the_page() {
    let (pages, _) = walk(VisitorType::Guest);
    let found = pages.iter().find(|page| {
        matches!(
            page,
            Stage::Host {
                hosts: Hosts::These(_),
                ..
            }
        )
    });
    let found = found.expect("a page with a host");
    let wiped = shown(touch(found, Touch::Typing(String::new())));
    assert!(
        matches!(
            &wiped,
            Stage::Host {
                hosts: Hosts::NotAsked,
                ..
            }
        ),
        "{wiped:?}"
    );
}
