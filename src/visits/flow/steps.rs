//! Which page comes next, by the steps of the type.

use super::{Ask, Draft, Hosts, Next, Stage};

pub(super) fn company_or_further(draft: Draft) -> Next {
    match draft.of.steps().company {
        true => Next::Show(Stage::Company {
            draft,
            typed: String::new(),
        }),
        false => purpose_or_further(draft),
    }
}

pub(super) fn purpose_or_further(draft: Draft) -> Next {
    match draft.of.steps().purpose {
        true => Next::Show(Stage::Purpose(draft)),
        false => tenant_or_further(draft),
    }
}

pub(super) fn tenant_or_further(draft: Draft) -> Next {
    match draft.of.steps().tenant {
        true => Next::Ask(
            Stage::Tenants {
                draft,
                tenants: Vec::new(),
                is_read: false,
            },
            Ask::Tenants,
        ),
        false => permit_or_things(draft),
    }
}

pub(super) fn host_or_further(draft: Draft) -> Next {
    match draft.of.steps().host {
        true => Next::Show(Stage::Host {
            draft,
            typed: String::new(),
            hosts: Hosts::NotAsked,
        }),
        false => permit_or_things(draft),
    }
}

pub(super) fn permit_or_things(draft: Draft) -> Next {
    match draft.of.steps().permit {
        true => Next::Show(Stage::Permit {
            draft,
            typed: String::new(),
        }),
        false => things_or_sign(draft),
    }
}

pub(super) fn things_or_sign(draft: Draft) -> Next {
    match draft.of.steps().things {
        true => Next::Show(Stage::Things {
            draft,
            typed: String::new(),
        }),
        false => Next::Show(Stage::Signing(draft)),
    }
}
