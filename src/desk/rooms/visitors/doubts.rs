//! A visitor beside the entry of the list that they may be, in words.

use crate::desk::rooms::Look;
use crate::people::{Act, PersonName};
use crate::visits::{Described, Doubt};

/// Who came, who stands on the list, and why: for whoever has to compare them. Others learn only that
/// there is a doubt.
pub fn lines(doubt: &Doubt, look: &Look<'_>) -> Vec<(String, String)> {
    if !look.me.may(Act::ApproveVisit) {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if let Some(visitor) = &doubt.visitor {
        lines.push((look.say("desk-fact-came"), described(visitor, look)));
    }
    if let Some(listed) = &doubt.listed {
        lines.push((look.say("desk-fact-listed"), described(listed, look)));
        lines.push((look.say("desk-fact-listed-why"), doubt.reason.clone()));
    }
    if let Some(since) = doubt.since {
        lines.push((look.say("desk-fact-listed-since"), look.when(since)));
    }
    lines
}

/// A name in both scripts, unmasked.
pub fn whole(name: &PersonName) -> String {
    Look::joined(&[
        name.chinese.as_deref().unwrap_or_default(),
        name.latin.as_deref().unwrap_or_default(),
    ])
}

/// Somebody as far as the books may say who they are; what they do not know is said as well.
fn described(who: &Described, look: &Look<'_>) -> String {
    let name = who.name.as_ref().map(whole);
    let phone = match who.phone_tail.as_str() {
        "" => look.say("desk-phone-unknown"),
        tail => look.with("desk-phone-tail", &[("tail", tail.into())]),
    };
    let document = look.say(match who.has_document {
        true => "desk-document-known",
        false => "desk-document-unknown",
    });
    Look::joined(&[&name.unwrap_or_default(), &who.company, &phone, &document])
}
