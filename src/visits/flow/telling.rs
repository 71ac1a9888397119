//! Company, purpose, host, permit, things carried in, and the signature under it all.

use super::identifying::{paused, stopped};
use super::steps::{company_or_further, further};
use super::{
    Answer, Ask, Companies, Draft, Here, Hosts, Next, Reply, Speaker, Stage, TenantLine, Touch,
    Walked, says,
};
use crate::people::directory::{TenantsFound, is_worth_typing};
use crate::people::{Language, Signature};
use crate::visits::{SignInOrder, SignInRefusal, SignedIn};

/// Letters of a company that have to be there before any is offered.
const ENOUGH_OF_A_COMPANY: usize = 2;

/// Something on one of these pages was touched.
pub(super) fn touched(stage: &Stage, touch: Touch, here: &Here<'_>) -> Option<Next> {
    use Next::{Ask as Asked, Show};
    Some(match (stage.clone(), touch) {
        (Stage::ItIsMe { draft }, Touch::Yes) => further(draft.past(Walked::ItIsMe), here.terms),
        (Stage::ItIsMe { .. }, Touch::No) => Show(Stage::Arriving),
        (Stage::Company { draft, .. }, Touch::Typed(company)) => {
            told(Draft { company, ..draft }, Walked::Company, here)
        }
        (Stage::Company { draft, seen, .. }, Touch::Typing(typed)) => {
            match typed.trim().chars().count() >= ENOUGH_OF_A_COMPANY {
                true => {
                    let ask = Ask::FindCompanies(typed.clone());
                    Asked(Stage::Company { draft, typed, seen }, ask)
                }
                false => Show(Stage::Company {
                    draft,
                    typed,
                    seen: Companies::default(),
                }),
            }
        }
        (Stage::Company { draft, seen, .. }, Touch::Company(place)) => {
            let company = seen.names.into_iter().nth(place)?;
            told(Draft { company, ..draft }, Walked::Company, here)
        }
        (Stage::Purpose(draft), Touch::Purpose(place)) => {
            let purpose = here.terms.purposes(draft.of).get(place)?;
            let purpose = purpose.text(here.language).to_owned();
            told(Draft { purpose, ..draft }, Walked::Purpose, here)
        }
        (Stage::Tenants { draft, tenants, .. }, Touch::Tenant(chosen)) => {
            let tenant = tenants.iter().find(|line| line.tenant == chosen);
            let draft = Draft {
                tenant: Some(tenant?.clone()),
                host: None,
                ..draft
            };
            told(draft, Walked::Tenants(tenants), here)
        }
        (Stage::Tenants { draft, tenants, .. }, Touch::FindTenant)
            if is_worth_typing(tenants.len()) =>
        {
            Show(Stage::FindingTenant {
                draft: draft.past(Walked::Tenants(tenants)),
                typed: String::new(),
                found: TenantsFound::default(),
            })
        }
        (Stage::FindingTenant { draft, found, .. }, Touch::Typing(typed) | Touch::Typed(typed)) => {
            match says(&typed) {
                true => {
                    let ask = Ask::FindTenants(typed.clone());
                    Asked(
                        Stage::FindingTenant {
                            draft,
                            typed,
                            found,
                        },
                        ask,
                    )
                }
                false => Show(Stage::FindingTenant {
                    draft,
                    typed,
                    found: TenantsFound::default(),
                }),
            }
        }
        (
            Stage::FindingTenant {
                draft,
                typed,
                found,
            },
            Touch::Tenant(chosen),
        ) => {
            let tenant = found.tenants.iter().find(|tenant| tenant.id == chosen)?;
            let draft = Draft {
                tenant: Some(TenantLine::from(tenant.clone())),
                host: None,
                ..draft
            };
            told(draft, Walked::FindingTenant(typed, found), here)
        }
        (Stage::Tenants { draft, tenants, .. }, Touch::ByHost) if draft.steps.host => {
            Show(Stage::Host {
                draft: draft.past(Walked::Tenants(tenants)),
                typed: String::new(),
                hosts: Hosts::NotAsked,
            })
        }
        // What is wiped out finds nobody any more.
        (Stage::Host { draft, .. }, Touch::Typing(typed)) if !says(&typed) => Show(Stage::Host {
            draft,
            typed,
            hosts: Hosts::NotAsked,
        }),
        (Stage::Host { draft, .. }, Touch::Typed(query) | Touch::Typing(query)) if says(&query) => {
            let tenant = draft.tenant.as_ref().map(|line| line.tenant);
            let ask = Ask::FindHosts {
                query: query.clone(),
                tenant,
            };
            Asked(
                Stage::Host {
                    draft,
                    typed: query,
                    hosts: Hosts::NotAsked,
                },
                ask,
            )
        }
        (
            Stage::Host {
                draft,
                hosts: Hosts::These(hosts),
                ..
            },
            Touch::Host(chosen),
        ) => {
            let host = hosts.into_iter().find(|line| line.person == chosen)?;
            let draft = Draft {
                host: Some(host),
                ..draft
            };
            told(draft, Walked::Host, here)
        }
        (Stage::Permit { draft, .. }, Touch::Typed(typed)) if says(&typed) => {
            let ask = Ask::CheckPermit(typed.clone(), draft.who.clone());
            paused(here).unwrap_or(Asked(Stage::Permit { draft, typed }, ask))
        }
        (Stage::Things { draft, .. }, Touch::Nothing) => Show(Stage::Signing(Draft {
            things: String::new(),
            ..draft
        })),
        (Stage::Things { draft, .. }, Touch::Typed(things)) => {
            Show(Stage::Signing(Draft { things, ..draft }))
        }
        (Stage::Signing(draft), touch) => return signing(draft, touch, here),
        _ => return None,
    })
}

/// The one page that ends it all: what is told, and a signature under notice and house rules.
fn signing(draft: Draft, touch: Touch, here: &Here<'_>) -> Option<Next> {
    Some(match touch {
        Touch::Signed(signature) if draft.steps.signature && signature.is_written() => {
            let order = order(&draft, signature, here.language);
            Next::Ask(Stage::Signing(draft), Ask::SignIn(order))
        }
        // Where the house asks for no signature, agreeing is enough.
        Touch::Yes if !draft.steps.signature => {
            let order = order(&draft, Signature::default(), here.language);
            Next::Ask(Stage::Signing(draft), Ask::SignIn(order))
        }
        Touch::Carry if draft.steps.things => Next::Show(Stage::Things {
            typed: draft.things.clone(),
            draft,
        }),
        Touch::Otherwise if draft.familiar.is_some() && !draft.is_invited() => {
            Next::Show(Stage::Types {
                draft: Some(draft.anew()),
            })
        }
        _ => return None,
    })
}

/// What the store says to it.
pub(super) fn answered(stage: &Stage, answer: Answer, here: &Here<'_>) -> Option<Next> {
    use Next::Show;
    Some(match (stage.clone(), answer) {
        // An answer to what was typed before is late.
        (Stage::Company { draft, typed, .. }, Answer::Companies(seen)) if typed == seen.query => {
            Show(Stage::Company { draft, typed, seen })
        }
        (Stage::Tenants { draft, .. }, Answer::Tenants(tenants)) => Show(Stage::Tenants {
            draft,
            tenants,
            is_read: true,
        }),
        (Stage::FindingTenant { draft, typed, .. }, Answer::TenantsFound(found))
            if typed == found.query =>
        {
            Show(Stage::FindingTenant {
                draft,
                typed,
                found,
            })
        }
        (Stage::Host { draft, typed, .. }, Answer::Hosts(query, hosts)) if typed == query => {
            Show(Stage::Host {
                draft,
                typed,
                hosts,
            })
        }
        (Stage::Permit { draft, typed }, Answer::Checked(checked)) => match checked {
            Ok(()) => told(
                Draft {
                    permit: typed,
                    ..draft
                },
                Walked::Permit,
                here,
            ),
            Err(refusal) => Show(refused(
                refusal,
                Draft {
                    permit: typed,
                    ..draft
                },
            )),
        },
        (Stage::Signing(draft), Answer::SignedIn(done)) => Show(match done {
            Ok(SignedIn::Inside(receipt)) => Stage::Inside(receipt, Speaker::of(&draft)),
            Ok(SignedIn::Waiting { number, .. }) => Stage::Waiting {
                number,
                speaker: Speaker::of(&draft),
                host: draft.host,
                answer: Reply::Asked,
            },
            Ok(SignedIn::SeeTheDesk) => Stage::SeeTheDesk,
            Err(refusal) => refused(refusal, draft),
        }),
        _ => return None,
    })
}

/// One page more is behind them: the next.
fn told(draft: Draft, page: Walked, here: &Here<'_>) -> Next {
    further(draft.past(page), here.terms)
}

/// A number on a permit can be typed once more; all else ends here.
fn refused(refusal: SignInRefusal, draft: Draft) -> Stage {
    match refusal {
        why @ (SignInRefusal::PermitMissing
        | SignInRefusal::PermitNotYet { .. }
        | SignInRefusal::PermitExpired { .. }
        | SignInRefusal::PermitWithdrawn) => Stage::PermitRefused {
            why,
            typed: draft.permit.clone(),
            draft: Draft {
                permit: String::new(),
                ..draft
            },
        },
        refusal => stopped(refusal, Speaker::of(&draft)),
    }
}

/// A type for somebody of whom it is known who they are.
pub(super) fn of_type(draft: Draft, here: &Here<'_>) -> Next {
    let draft = Draft {
        steps: here.terms.steps(draft.of),
        ..draft
    };
    company_or_further(draft.past(Walked::Types), here.terms)
}

fn order(draft: &Draft, signature: Signature, language: Language) -> SignInOrder {
    SignInOrder {
        who: draft.who.clone(),
        of: draft.of,
        company: draft.company.clone(),
        purpose: draft.purpose.clone(),
        host: draft.host.as_ref().map(|host| host.person),
        tenant: draft.tenant.as_ref().map(|tenant| tenant.tenant),
        permit: draft.permit.clone(),
        things: draft.things.clone(),
        signature,
        language,
    }
}
