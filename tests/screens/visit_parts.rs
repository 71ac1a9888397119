//! What the sheets of the visits are made of.

use super::sheet::*;
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::people::{Bilingual, PersonId, TenantId};
use lodge::slips::SlipNumber;
use lodge::visits::flow::{Draft, Familiar, HostLine, Stage, TenantLine};
use lodge::visits::{Proof, Terms, VisitId, VisitorType, Who};
use uuid::Uuid;

pub fn page(stage: Stage) -> Page {
    Page::Visits(Box::new(stage))
}

pub fn number() -> SlipNumber {
    SlipNumber {
        device: 'A',
        day: at(23, 0, 0).date(),
        count: 42,
    }
}

pub fn host() -> HostLine {
    HostLine {
        person: PersonId(Uuid::from_u128(7)),
        masked: Bilingual::new("欧阳*岚", "Ouyang X."),
    }
}

pub fn tenant() -> TenantLine {
    TenantLine {
        tenant: TenantId(Uuid::from_u128(3)),
        name: Bilingual::new(LONG_ZH, LONG_EN),
        room: "1203".into(),
    }
}

pub fn gone(host: Option<HostLine>) -> Stage {
    Stage::Gone {
        host,
        speaker: None,
    }
}

pub fn draft() -> Draft {
    Draft {
        of: VisitorType::Guest,
        who: Who::Invited(VisitId(Uuid::from_u128(1))),
        company: String::new(),
        purpose: String::new(),
        tenant: Some(tenant()),
        host: Some(host()),
        permit: String::new(),
        things: String::new(),
        familiar: None,
        steps: VisitorType::Guest.steps(),
        walked: Vec::new(),
    }
}

/// Somebody who was here before, with the errand of that time.
pub fn known_draft(by: Proof, has_read: bool) -> Draft {
    let who = match by {
        Proof::Invitation => Who::Invited(VisitId(Uuid::from_u128(1))),
        _ => Who::Returning(PersonId(Uuid::from_u128(7))),
    };
    Draft {
        who,
        company: LONG_ZH.into(),
        purpose: "送取文件".into(),
        familiar: Some(Familiar {
            masked: Bilingual::new("欧阳*岚", "Ouyang X."),
            by,
            has_read,
        }),
        ..draft()
    }
}

/// A page with what the house says to its visitors.
pub fn told(mut sheet: Sheet) -> Sheet {
    let terms = Terms::default();
    sheet.reception = Reception {
        purposes: terms.purposes(VisitorType::Guest).to_vec(),
        notices: vec![terms.notice, terms.house_rules],
    };
    sheet
}

pub const NEXT: ([&str; 2], Touch) = (["下一步", "Next"], Touch::Enter);
