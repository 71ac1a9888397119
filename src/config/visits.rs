//! `[visits]`: how a house receives its visitors.

use super::check::{name, number, text};
use super::error::Wrong;
use super::file::VisitsTable;
use crate::people::Bilingual;
use crate::visits::{Approval, Asked, AskedWrongly, Steps, Terms, VisitorType, usual_notice};
use std::collections::BTreeMap;
use toml::Spanned;

/// The most purposes of a type: they are chosen on one page.
const MOST_PURPOSES: usize = 6;

/// Stands in a notice for the days after which a visitor's data is erased, so that it says what is done.
const DAYS: &str = "{days}";

/// The terms of a file; what it leaves out is as usual.
pub(super) fn terms(table: VisitsTable) -> Result<Terms, Wrong> {
    let usual = Terms::default();
    let erased_after_days = table
        .erased_after_days
        .map_or(Ok(usual.erased_after_days), |days| number(days, 1..=366))?;
    let mut purposes = usual.purposes;
    for (of, given) in [
        (VisitorType::Guest, table.guest_purposes),
        (VisitorType::Interview, table.interview_purposes),
        (VisitorType::Courier, table.courier_purposes),
        (VisitorType::Contractor, table.contractor_purposes),
        (
            VisitorType::ProspectiveTenant,
            table.prospective_tenant_purposes,
        ),
    ] {
        if let Some(given) = given {
            purposes.insert(of, purposes_of(given)?);
        }
    }
    // An empty list is no list, however it came to be one.
    purposes.retain(|_, list| !list.is_empty());
    let approvals = Terms {
        guest: table.guest.unwrap_or(usual.guest),
        contractor: table.contractor.unwrap_or(usual.contractor),
        courier: table.courier.unwrap_or(usual.courier),
        prospective_tenant: table.prospective_tenant.unwrap_or(usual.prospective_tenant),
        interview: table.interview.unwrap_or(usual.interview),
        ..Terms::default()
    };
    let mut asks = BTreeMap::new();
    for (of, given) in [
        (VisitorType::Guest, table.guest_asks),
        (VisitorType::Interview, table.interview_asks),
        (VisitorType::Courier, table.courier_asks),
        (VisitorType::Contractor, table.contractor_asks),
        (
            VisitorType::ProspectiveTenant,
            table.prospective_tenant_asks,
        ),
    ] {
        if let Some(given) = given {
            asks.insert(of, steps_of(of, &given, approvals.approval(of))?);
        }
    }
    // What most houses ask is nothing of this house's own, however it was written down.
    asks.retain(|of, steps| *steps != of.steps());
    Ok(Terms {
        asks,
        erased_after_days,
        temporary_cards: table.temporary_cards.unwrap_or(usual.temporary_cards),
        signs_out_at_closing: table
            .signs_out_at_closing
            .unwrap_or(usual.signs_out_at_closing),
        early_minutes: table
            .early_minutes
            .map_or(Ok(usual.early_minutes), |minutes| number(minutes, 0..=720))?,
        purposes,
        notice: match table.notice {
            Some(given) => with_days(text(given)?, erased_after_days),
            None => usual_notice(erased_after_days),
        },
        house_rules: table.house_rules.map_or(Ok(usual.house_rules), text)?,
        ..approvals
    })
}

/// What a type is asked. What the rule book demands, no house leaves out.
fn steps_of(
    of: VisitorType,
    given: &Spanned<Vec<Asked>>,
    approval: Approval,
) -> Result<Steps, Wrong> {
    let steps = Steps::of(given.get_ref());
    let needs = |what: &str| Wrong::at(given.span()).expecting(what);
    steps.fit(of, approval).map_err(|why| match why {
        AskedWrongly::NoPermit => needs("\"permit\" in it: no contractor works without one"),
        AskedWrongly::PermitOfOthers => needs("no \"permit\" in it: only contractors have one"),
        AskedWrongly::NoHostToSayYes => {
            needs("\"host\" in it, or \"none\" or \"desk\" for whose yes this type needs")
        }
    })?;
    Ok(steps)
}

fn purposes_of(given: Vec<Spanned<Bilingual>>) -> Result<Vec<Bilingual>, Wrong> {
    if let Some(over) = given.get(MOST_PURPOSES) {
        return Err(Wrong::at(over.span()).expecting(format!("at most {MOST_PURPOSES} purposes")));
    }
    given.into_iter().map(name).collect()
}

fn with_days(notice: Bilingual, days: u32) -> Bilingual {
    let days = days.to_string();
    Bilingual::new(
        notice.zh.replace(DAYS, &days),
        notice.en.replace(DAYS, &days),
    )
}
