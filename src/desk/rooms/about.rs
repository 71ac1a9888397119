//! What a matter is about, in words: on one line, and in the pane beside the table.

use super::lending::parts;
use super::{Look, visitors::doubts};
use crate::desk::about::About;
use crate::people::{Act, PersonName};
use crate::words::dates;

/// On one line: what, and who has to do with it.
pub fn line(about: &About, look: &Look<'_>) -> String {
    match about {
        About::Nothing => String::new(),
        About::Thing { borrower, .. } => {
            Look::joined(&[&thing(about, look), &named(borrower, look)])
        }
        About::Kept { person, from, .. } => {
            Look::joined(&[&thing(about, look), &named(person, look), &look.when(*from)])
        }
        About::Key {
            hook,
            holder,
            reporter,
            is_here,
            ..
        } => {
            let who = |id: &str, name: &Option<PersonName>| match name {
                Some(name) => look.with(id, &[("name", look.name(name).into())]),
                None => String::new(),
            };
            let reporter = who("desk-about-reporter", reporter);
            let here = match is_here {
                true => look.say("desk-about-key-here"),
                false => String::new(),
            };
            let holder = who("desk-about-holder", holder);
            Look::joined(&[hook, &here, &reporter, &holder])
        }
        About::Mail(item) => Look::joined(&[
            &item.recipient.masked(look.language),
            item.recipient.room.as_deref().unwrap_or_default(),
            &item.shelf,
            &look.say(item.kind.word()),
        ]),
        About::Company { name, phone, .. } => Look::joined(&[name.text(look.language), phone]),
        About::Day(day) => dates::day(look.language, *day),
        About::Visit(fact) => {
            let number = fact.visit.number.as_ref().map(ToString::to_string);
            Look::joined(&[
                &named(&fact.visit.name, look),
                &number.unwrap_or_default(),
                &named(&fact.host, look),
            ])
        }
        About::Alert(doubt) => {
            let who = doubt.visitor.as_ref().or(doubt.listed.as_ref());
            // Who stands on the list is for whoever lets visitors in.
            let who = who.filter(|_| look.me.may(Act::ApproveVisit));
            who.map(|who| named(&who.name, look)).unwrap_or_default()
        }
        About::Message { host, sender, .. } => {
            let host = named(host, look);
            let about = look.with("desk-about-message", &[("host", host.into())]);
            match look.me.may(Act::OwnMatters) {
                true => Look::joined(&[&about, sender]),
                // ● Confidential, as below.
                false => about,
            }
        }
    }
}

/// All that is known of it, label and value.
pub fn facts(about: &About, look: &Look<'_>) -> Vec<(String, String)> {
    let fact = |id: &str, value: String| (look.say(id), value);
    match about {
        About::Nothing => Vec::new(),
        About::Thing {
            kind,
            number,
            borrower,
            missing,
            ..
        } => vec![
            fact("desk-col-thing", thing(about, look)),
            fact("desk-col-who", named(borrower, look)),
            fact("desk-col-number", number.to_string()),
            fact("desk-fact-missing", parts::list(kind, missing, look)),
        ],
        About::Kept {
            person,
            tenant,
            from,
            ..
        } => {
            let company = tenant.as_ref().map(|name| name.text(look.language));
            let who = [&named(person, look), company.unwrap_or_default()];
            vec![
                fact("desk-col-thing", thing(about, look)),
                fact("desk-col-who", Look::joined(&who)),
                fact("desk-col-from", look.when(*from)),
            ]
        }
        About::Key {
            hook,
            holder,
            reporter,
            text,
            ..
        } => vec![
            fact("desk-col-hook", hook.clone()),
            fact("desk-fact-reporter", named(reporter, look)),
            fact("desk-fact-holder", named(holder, look)),
            fact("desk-field-report", text.clone()),
        ],
        About::Mail(item) => {
            let number = item.number.as_ref().map(ToString::to_string);
            let room = item.recipient.room.as_deref().unwrap_or_default();
            vec![
                fact("desk-col-mail", look.say(item.kind.word())),
                fact(
                    "desk-col-addressee",
                    Look::joined(&[&item.recipient.masked(look.language), room]),
                ),
                fact("desk-col-shelf", item.shelf.clone()),
                fact("desk-col-number", number.unwrap_or_default()),
            ]
        }
        About::Company {
            name,
            phone,
            forwarding,
        } => {
            let reached = |text: &String| match text.is_empty() {
                true => look.say("desk-not-known"),
                false => text.clone(),
            };
            vec![
                fact("desk-col-company", name.text(look.language).to_owned()),
                fact("desk-field-tenant-phone", reached(phone)),
                fact("desk-field-address", reached(forwarding)),
            ]
        }
        About::Day(_) => vec![fact("desk-col-day", line(about, look))],
        About::Visit(found) => {
            let number = found.visit.number.as_ref().map(ToString::to_string);
            vec![
                fact("desk-col-visitor", named(&found.visit.name, look)),
                fact("desk-col-number", number.unwrap_or_default()),
                fact("desk-col-host", named(&found.host, look)),
                fact("visit-things", found.told.things.clone()),
            ]
        }
        About::Alert(doubt) => doubts::lines(doubt, look),
        // ● Confidential: for whoever may see to it.
        About::Message { .. } if !look.me.may(Act::OwnMatters) => Vec::new(),
        About::Message { host, sender, text } => vec![
            fact("desk-col-host", named(host, look)),
            fact("desk-fact-sender", sender.clone()),
            fact("desk-fact-message", text.clone()),
        ],
    }
}

fn thing(about: &About, look: &Look<'_>) -> String {
    let (kind, label) = match about {
        About::Thing { kind, label, .. } => (kind, label.as_ref()),
        About::Kept { kind, label, .. } => (kind, Some(label)),
        _ => return String::new(),
    };
    let kind = look.house.kind_name(kind, look.language);
    match label {
        Some(label) => format!("{kind} {label}"),
        None => kind,
    }
}

fn named(name: &Option<PersonName>, look: &Look<'_>) -> String {
    name.as_ref()
        .map(|name| look.name(name))
        .unwrap_or_default()
}
