//! What came of something about visitors, keys or mail, in a sentence.

use super::House;
use super::rooms::Look;
use super::rooms::mail::state_word as mail_state;
use super::rooms::visitors::stands_word as state_of_visit;
use super::services::{ServiceDone, ServiceRefusal};
use crate::keys::slip::state_word as key_state;
use crate::keys::{Awaits, KeyRefusal, KeyReturnRefusal, TakeRefusal};
use crate::mail::AuthorityRefusal;
use crate::mail::desk::MailRefusal;
use crate::people::Language;
use crate::visits::announcing::{Column, LineError, Wrong};
use crate::visits::{VisitRefusal, VisitState};
use crate::words::{self, Value, dates};
use chrono::{DateTime, Utc};
use std::io::ErrorKind;

/// What was done.
pub(super) fn done(done: &ServiceDone, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    let with = |id: &str, values: &[(&str, Value<'_>)]| words::with(language, id, values);
    match done {
        ServiceDone::SaidYes(true) => say("visit-said-yes"),
        ServiceDone::SaidYes(false) => say("visit-said-no"),
        ServiceDone::LetIn(number) => with("desk-done-let-in", &[("number", number.into())]),
        ServiceDone::SignedOut => say("desk-done-signed-out"),
        ServiceDone::Printing => say("desk-done-printing"),
        ServiceDone::Announced(code) => with(
            "desk-done-announced",
            &[("code", super::rooms::spaced(code).into())],
        ),
        ServiceDone::TableAnnounced(count) => {
            with("desk-done-table", &[("count", (*count).into())])
        }
        ServiceDone::PermitEntered(until) => {
            let until = dates::day(language, *until);
            with("desk-done-permit", &[("until", until.into())])
        }
        ServiceDone::VisitWithdrawn => say("desk-done-visit-withdrawn"),
        ServiceDone::PermitWithdrawn => say("desk-done-permit-withdrawn"),
        ServiceDone::Barred => say("desk-done-barred"),
        ServiceDone::AdmittedAgain => say("desk-done-admitted-again"),
        ServiceDone::MatchSettled(VisitState::Refused) => say("desk-done-sent-away"),
        ServiceDone::MatchSettled(VisitState::Waiting) => say("desk-done-match-waits"),
        ServiceDone::MatchSettled(_) => say("desk-done-match-in"),
        ServiceDone::CardOut => say("desk-done-card-out"),
        ServiceDone::CardBack => say("desk-done-card-back"),
        ServiceDone::CardGone => say("desk-done-card-gone"),
        ServiceDone::KeyBack {
            hook,
            awaits,
            to_see,
        } => {
            let id = match awaits {
                None => "desk-done-key-back",
                Some(Awaits::Decision) => "desk-done-key-back-damaged",
                Some(Awaits::Keeper) => "desk-done-key-back-decided",
            };
            let back = with(id, &[("hook", hook.into())]);
            match to_see {
                true => Look::joined(&[&back, &say("desk-done-key-denied")]),
                false => back,
            }
        }
        ServiceDone::KeyRetired(hook) => with("desk-done-key-retired", &[("hook", hook.into())]),
        ServiceDone::KeyOut(hook, due) => {
            let due = moment(*due, house, language);
            with(
                "desk-done-key-out",
                &[("hook", hook.into()), ("due", due.into())],
            )
        }
        ServiceDone::KeyTurnedUp(hook) => with("desk-done-key-turned-up", &[("hook", hook.into())]),
        ServiceDone::KeyHungBack(hook) => with("desk-done-key-hung-back", &[("hook", hook.into())]),
        ServiceDone::KeyHung(hook) => with("desk-done-key-hung", &[("hook", hook.into())]),
        ServiceDone::Granted => say("desk-done-granted"),
        ServiceDone::GrantWithdrawn => say("desk-done-withdrawn"),
        ServiceDone::TenantTold => say("desk-done-told"),
        ServiceDone::KeyReported => say("desk-done-key-reported"),
        ServiceDone::KeyDecided => say("desk-done-key-decided"),
        ServiceDone::Checking => say("desk-done-checking"),
        ServiceDone::CheckClosed => say("desk-done-check-closed"),
        ServiceDone::MailIn(number, code, count) => {
            let values = [
                ("number", number.into()),
                ("code", code.into()),
                ("count", (*count).into()),
            ];
            with("desk-done-mail-in", &values)
        }
        ServiceDone::MailCorrected(Some(number), code) => {
            let values = [("number", number.into()), ("code", code.into())];
            with("desk-done-mail-corrected", &values)
        }
        ServiceDone::MailCorrected(None, code) => {
            with("desk-done-mail-corrected-code", &[("code", code.into())])
        }
        ServiceDone::BatchClosed(count) => with("desk-done-batch", &[("count", (*count).into())]),
        ServiceDone::Reminded(count) => with("desk-done-reminded", &[("count", (*count).into())]),
        ServiceDone::RoundStarted(number) => with("desk-done-round", &[("number", number.into())]),
        ServiceDone::Noted => say("desk-done-checking"),
        ServiceDone::NotedForDoor => say("desk-done-for-door"),
        ServiceDone::BulkNoted(count) => with("desk-done-bulk", &[("count", (*count).into())]),
        ServiceDone::RoundEnded => say("desk-done-round-ended"),
        ServiceDone::ReturnAsked => say("desk-done-return-asked"),
        ServiceDone::HandedOut => say("desk-done-handed-out"),
        ServiceDone::HandedOutByCode(not_given) => {
            let kept = not_given.iter().map(|kind| {
                let kind = say(kind.word());
                with("desk-done-not-given", &[("kind", kind.into())])
            });
            let said: Vec<String> = std::iter::once(say("desk-done-handed-out-code"))
                .chain(kept)
                .collect();
            said.join(" · ")
        }
        ServiceDone::AtPost(count) => with("desk-done-at-post", &[("count", (*count).into())]),
        ServiceDone::MailMoved => say("desk-done-mail-moved"),
        ServiceDone::ForwardingNoted => say("desk-done-forwarding"),
        ServiceDone::AuthorityGiven => say("desk-done-authority"),
        ServiceDone::AuthorityWithdrawn => say("desk-done-withdrawn"),
    }
}

fn moment(at: DateTime<Utc>, house: &House, language: Language) -> String {
    dates::day_time(language, house.building.local(at))
}

/// Why it was not done, and what to do.
pub(super) fn not_done(refusal: &ServiceRefusal, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    let hook = |id: &str, hook: &str| words::with(language, id, &[("hook", hook.into())]);
    match refusal {
        ServiceRefusal::Visit(VisitRefusal::Stands(state)) => words::with(
            language,
            "desk-no-visit-stands",
            &[("state", say(state_of_visit(*state)).into())],
        ),
        ServiceRefusal::Visit(refusal) => say(visit(refusal)),
        ServiceRefusal::File(ErrorKind::NotFound) => say("desk-no-such-file"),
        ServiceRefusal::File(ErrorKind::PermissionDenied) => say("desk-no-file-allowed"),
        ServiceRefusal::File(_) => say("desk-no-file"),
        ServiceRefusal::Table(wrong) => table(wrong, language),
        ServiceRefusal::Key(KeyRefusal::NotPermitted(_)) => say("desk-no-permission"),
        ServiceRefusal::Key(KeyRefusal::OpenLine { hook: at }) => hook("desk-no-open-line", at),
        ServiceRefusal::Key(KeyRefusal::OtherwiseInTheBooks { hook: at }) => {
            hook("desk-no-otherwise", at)
        }
        ServiceRefusal::Key(KeyRefusal::Undecided { hook: at }) => hook("desk-no-undecided", at),
        ServiceRefusal::Key(KeyRefusal::ReasonMissing) => say("desk-no-empty"),
        ServiceRefusal::Key(KeyRefusal::CheckedToday) => say("desk-no-checked-today"),
        ServiceRefusal::Key(KeyRefusal::HookTaken) => say("desk-no-hook-taken"),
        ServiceRefusal::Key(KeyRefusal::TagTaken { tag }) => {
            words::with(language, "desk-no-tag-in-use", &[("tag", tag.into())])
        }
        ServiceRefusal::Key(KeyRefusal::AlreadyOver) => say("desk-no-grant-over"),
        ServiceRefusal::Key(KeyRefusal::NotFound) => say("desk-no-key"),
        ServiceRefusal::KeyBack(KeyReturnRefusal::UnknownTag) => say("key-unknown-tag"),
        ServiceRefusal::KeyBack(KeyReturnRefusal::NotOut { hook: at }) => hook("key-not-out", at),
        ServiceRefusal::KeyBack(KeyReturnRefusal::TagNotScanned) => say("key-tag-typed"),
        ServiceRefusal::KeyOut(refusal) => key_out(refusal, house, language),
        ServiceRefusal::UnknownCard => say("desk-no-known-card"),
        ServiceRefusal::Mail(refusal) => mail(refusal, house, language),
        ServiceRefusal::Authority(refusal) => say(authority(*refusal)),
    }
}

fn visit(refusal: &VisitRefusal) -> &'static str {
    match refusal {
        VisitRefusal::NotPermitted { .. } => "desk-no-permission",
        VisitRefusal::NobodySaidYes => "desk-no-who-said",
        VisitRefusal::NotTheirVisitor => "desk-no-their-visitor",
        VisitRefusal::NotTheHost => "desk-no-the-host",
        VisitRefusal::LookFirst => "desk-no-look-first",
        VisitRefusal::Listed => "desk-no-listed",
        VisitRefusal::Window => "desk-no-window",
        VisitRefusal::Days => "desk-no-days",
        VisitRefusal::Empty => "desk-no-empty",
        VisitRefusal::PermitOver => "desk-no-permit-over",
        VisitRefusal::PermitKnown => "desk-no-permit-known",
        VisitRefusal::NoPermit => "desk-no-permit",
        VisitRefusal::NobodyAnswers => "desk-no-nobody-answers",
        VisitRefusal::NoCards => "desk-no-temporary-cards",
        VisitRefusal::CardTaken => "desk-no-card-in-use",
        VisitRefusal::HasCard => "desk-no-has-card",
        VisitRefusal::CardNotOut => "desk-no-card-not-out",
        VisitRefusal::HostGone => "desk-no-host",
        VisitRefusal::NoMatch => "desk-no-match",
        // Said with how it stands, above.
        VisitRefusal::Unknown | VisitRefusal::Stands(_) => "desk-no-visit",
    }
}

/// What is wrong with a table: its first lines, and how many more there are.
fn table(wrong: &[LineError], language: Language) -> String {
    const SHOWN: usize = 3;
    let lines = wrong.iter().take(SHOWN).map(|error| {
        let values = [
            ("line", error.line.into()),
            ("what", line(&error.wrong, language).into()),
        ];
        words::with(language, "desk-no-table-line", &values)
    });
    let mut lines: Vec<String> = lines.collect();
    if wrong.len() > SHOWN {
        let more = (wrong.len() - SHOWN).into();
        lines.push(words::with(
            language,
            "desk-no-table-more",
            &[("count", more)],
        ));
    }
    lines.join(" · ")
}

fn line(wrong: &Wrong, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    let column = |id: &str, column: &Column| {
        let name = column.name(language);
        words::with(language, id, &[("column", name.into())])
    };
    match wrong {
        Wrong::NoColumn(missing) => column("desk-no-column", missing),
        Wrong::Fields { expected, found } => {
            let values = [("expected", (*expected).into()), ("found", (*found).into())];
            words::with(language, "desk-no-fields", &values)
        }
        Wrong::Quote => say("desk-no-quote"),
        Wrong::Empty(empty) => column("desk-no-empty-field", empty),
        Wrong::Unread(unread) => column("desk-no-unread-field", unread),
        Wrong::Window => say("desk-no-window"),
        Wrong::UnknownHost => say("desk-no-host"),
        Wrong::SeveralHosts => say("desk-no-several-hosts"),
    }
}

fn key_out(refusal: &TakeRefusal, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    let hook = |id: &str, hook: &str| words::with(language, id, &[("hook", hook.into())]);
    match refusal {
        TakeRefusal::NotStaff => say("desk-no-key-staff"),
        TakeRefusal::CardNotTapped => say("desk-no-card-tapped"),
        TakeRefusal::NotGranted { hook: at } => hook("desk-no-key-grant", at),
        TakeRefusal::UnknownTag => say("key-unknown-tag"),
        TakeRefusal::AlreadyOut { hook: at, due } => {
            let due = moment(*due, house, language);
            let values = [("hook", at.into()), ("due", due.into())];
            words::with(language, "desk-no-key-out", &values)
        }
        TakeRefusal::NotThere { hook: at, state } => {
            let values = [
                ("hook", at.into()),
                ("state", say(key_state(*state)).into()),
            ];
            words::with(language, "desk-no-key-there", &values)
        }
        TakeRefusal::Curfew { again } => {
            let id = match house.keys.emergency_in_curfew {
                true => "desk-no-key-curfew-emergency",
                false => "desk-no-key-curfew",
            };
            let again = moment(*again, house, language);
            words::with(language, id, &[("again", again.into())])
        }
        TakeRefusal::SecondPersonNeeded { hook: at } => hook("desk-no-key-second", at),
        TakeRefusal::SamePerson => say("desk-no-key-same"),
        TakeRefusal::SecondMayNot => say("desk-no-key-second-may"),
        TakeRefusal::ContractorGone => say("desk-no-key-contractor-gone"),
        TakeRefusal::ContractorUnknown => say("key-contractor-unknown-next"),
    }
}

fn authority(refusal: AuthorityRefusal) -> &'static str {
    match refusal {
        AuthorityRefusal::NotPermitted => "desk-no-permission",
        AuthorityRefusal::SamePerson => "desk-no-authority-same",
        AuthorityRefusal::AlreadyOver { .. } => "desk-no-grant-over",
        // The last three are of the touch screen.
        AuthorityRefusal::NotFound
        | AuthorityRefusal::NoKinds
        | AuthorityRefusal::CardNotTapped
        | AuthorityRefusal::NotAColleague => "desk-no-authority",
    }
}

fn mail(refusal: &MailRefusal, house: &House, language: Language) -> String {
    let say = |id: &str| words::text(language, id);
    match refusal {
        MailRefusal::NotPermitted { .. } | MailRefusal::NobodyActs => say("desk-no-permission"),
        MailRefusal::TrackingHere { number } => words::with(
            language,
            "desk-no-mail-tracking-here",
            &[("number", number.to_string().into())],
        ),
        MailRefusal::UnknownShelf { shelf } => words::with(
            language,
            "desk-no-shelf",
            &[("shelf", shelf.as_str().into())],
        ),
        MailRefusal::SignatureMissing { .. } | MailRefusal::NotSigned => say("desk-no-signature"),
        MailRefusal::SignatoryNeeded => say("desk-no-signatory"),
        MailRefusal::NameMissing => say("desk-no-name"),
        MailRefusal::ReasonMissing => say("desk-no-empty"),
        MailRefusal::RoundStillOpen { count } => words::with(
            language,
            "desk-no-round-open",
            &[("count", (*count).into())],
        ),
        MailRefusal::TooFewAttempts { attempts } => words::with(
            language,
            "desk-no-few-attempts",
            &[("attempts", (*attempts).into())],
        ),
        MailRefusal::StillHeld { until } => {
            let day = dates::day(language, house.building.local(*until).date());
            words::with(language, "desk-no-still-held", &[("day", day.into())])
        }
        MailRefusal::AddressMissing => say("desk-no-address"),
        MailRefusal::FormIncomplete { missing } => {
            let fields = missing.iter().map(|field| say(field.word()));
            let fields = fields.collect::<Vec<_>>().join(" · ");
            words::with(
                language,
                "desk-problem-missing",
                &[("field", fields.into())],
            )
        }
        MailRefusal::OwnForm => say("desk-no-own-form"),
        MailRefusal::NotAllowedYet { .. } => say("desk-no-not-approved"),
        MailRefusal::UnknownAddressee => say("desk-nobody-found"),
        MailRefusal::NothingChosen => say("desk-no-mail-chosen"),
        MailRefusal::NotFound => say("desk-no-item"),
        MailRefusal::NoOpenBatch => say("desk-no-batch"),
        MailRefusal::NotOnThisRound => say("desk-no-mail-on-round"),
        MailRefusal::StandsOtherwise { state } => words::with(
            language,
            "desk-no-mail-move",
            &[("state", say(mail_state(*state)).into())],
        ),
    }
}
