//! Which page comes next: the first thing that is still to be told, or the signature.

use super::{Ask, Companies, Draft, Hosts, Next, Stage};
use crate::visits::Terms;

/// The company they come from, where the type is asked and nobody knows it yet; then the rest.
pub(super) fn company_or_further(draft: Draft, terms: &Terms) -> Next {
    match draft.steps.company && draft.company.trim().is_empty() {
        true => Next::Show(Stage::Company {
            draft,
            typed: String::new(),
            seen: Companies::default(),
        }),
        false => further(draft, terms),
    }
}

/// The first of purpose, company visited, host and permit that is missing; then the signature.
pub(super) fn further(draft: Draft, terms: &Terms) -> Next {
    let steps = draft.steps;
    if draft.asks_purpose(terms) && draft.purpose.is_empty() {
        return Next::Show(Stage::Purpose(draft));
    }
    let is_settled = draft.is_invited() || draft.host.is_some();
    if steps.tenant && !is_settled && draft.tenant.is_none() {
        let stage = Stage::Tenants {
            draft,
            tenants: Vec::new(),
            is_read: false,
        };
        return Next::Ask(stage, Ask::Tenants);
    }
    if steps.host && !is_settled {
        return Next::Show(Stage::Host {
            draft,
            typed: String::new(),
            hosts: Hosts::NotAsked,
        });
    }
    if steps.permit && draft.permit.is_empty() {
        return Next::Show(Stage::Permit {
            draft,
            typed: String::new(),
        });
    }
    Next::Show(Stage::Signing(draft))
}

/// Somebody who is known: one page to sign where nothing is missing, else "is it you?" first.
pub(super) fn familiar(draft: Draft, terms: &Terms) -> Next {
    match further(draft.clone(), terms) {
        Next::Show(Stage::Signing(draft)) => Next::Show(Stage::Signing(draft)),
        _ => Next::Show(Stage::ItIsMe { draft }),
    }
}
