//! What a form about visitors, keys or mail comes to.

pub use super::calendar::Calendar;
use super::dialog::{Dialog, Problem};
use super::services::{KeyOrder, MailOrder, ServiceOrder, VisitOrder};
use crate::keys::check::Finding;
use crate::keys::{
    Answers, CheckId, Decision, Harm, KeyGroup, KeyId, KeyKind, Point, Purpose, ReportId,
};
use crate::mail::desk::{
    Correction, Intake, Onward, Outcome, Override, ReturnForm, ReturnOrder, ReturnReason, WhyFailed,
};
use crate::mail::{Addressee, AuthorityOrder, Covers, MailId, MailKind, PickUpCode, RoundId};
use crate::people::{CardId, PersonId, PersonName, TenantId};
use crate::visits::{
    Announcement, DoNotAdmit, DocumentNumber, Identity, Permit, PermitId, VisitId, VisitorType,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// What a form comes to when it is agreed to; lists stand in the order of its choices.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceWish {
    /// A visitor who carried something in leaves.
    SignOut(VisitId),
    /// A visit is expected.
    Announce(Calendar),
    /// Visits are expected, as a file says.
    AnnounceFile,
    /// An expected visit is taken back.
    Withdraw(VisitId),
    /// A work permit is new.
    EnterPermit(Calendar),
    /// A work permit is taken back.
    WithdrawPermit(PermitId),
    /// Somebody is not admitted from now on.
    DoNotAdmit,
    /// Somebody looked at a possible match, and lets the visitor in or not.
    SettleMatch(VisitId, bool),
    /// A colleague of whoever is visited said yes, or no, on the telephone.
    SaidByAnother(VisitId),
    /// A visitor gets a temporary card.
    IssueCard(VisitId),
    /// A temporary card comes back.
    ReturnCard,
    /// A temporary card does not come back.
    CardGone(CardId),
    /// A key comes back, with this tag; the fields are its points.
    KeyBack(String),
    /// A key is taken; whether a second card is needed.
    SignKeyOut(KeyId, bool),
    /// A key that was lost or damaged hangs on its hook again.
    HangKeyBack(KeyId),
    /// A key is no longer kept.
    RetireKey(KeyId),
    /// A key is new.
    HangKey,
    /// Keys of one of these groups are granted.
    GrantKeys(Vec<KeyGroup>, Calendar),
    /// A key is lost or damaged.
    ReportKey(KeyId, Vec<Harm>),
    /// A key is not back, and why.
    NotBack(CheckId, KeyId),
    /// The supervisor decides about a key.
    DecideKey(ReportId, Vec<Decision>),
    /// Mail comes in, one piece after the other.
    TakeMailIn,
    /// Put right what was written down about this piece.
    CorrectMail(MailId),
    /// A piece on a round was delivered.
    Delivered(RoundId, MailId),
    /// A piece on a round was not.
    NotDelivered(RoundId, MailId),
    /// A piece should go back or on; whether it is special mail, which brings its form.
    AskReturn(MailId, bool),
    /// A piece is given to somebody without an authority.
    HandOutAnyway(MailId),
    /// Mail is given to whoever shows its pick-up code.
    HandOutByCode {
        /// The code.
        code: PickUpCode,
        /// What goes, in the order of the choice.
        choices: Vec<Vec<MailId>>,
        /// The field that asks whether the code was shown; a signature is asked for behind it.
        shown: usize,
    },
    /// Somebody may collect for a company or a person.
    LetCollect(Calendar),
    /// Where the mail of this company goes.
    NoteForwarding(TenantId),
}

impl ServiceWish {
    /// Whether the form begins anew when it was agreed to: one piece after the other.
    pub fn repeats(&self) -> bool {
        matches!(self, ServiceWish::TakeMailIn)
    }

    /// The fields that the next piece leaves as they are.
    pub fn keeps(&self, place: usize) -> bool {
        self.repeats() && place >= 2
    }

    /// What is to be done, or what is wrong with the form.
    pub(super) fn order(&self, form: &Dialog) -> Result<ServiceOrder, Problem> {
        Ok(match self {
            ServiceWish::SignOut(visit) => {
                ServiceOrder::Visits(VisitOrder::SignOut(*visit, Some(form.yes(0))))
            }
            ServiceWish::Announce(calendar) => announce(form, calendar)?,
            ServiceWish::AnnounceFile => {
                ServiceOrder::Visits(VisitOrder::AnnounceFile(form.text(0)))
            }
            ServiceWish::Withdraw(visit) => {
                form.confirmed(0)?;
                ServiceOrder::Visits(VisitOrder::Withdraw(*visit))
            }
            ServiceWish::WithdrawPermit(permit) => {
                form.confirmed(0)?;
                ServiceOrder::Visits(VisitOrder::WithdrawPermit(*permit))
            }
            ServiceWish::EnterPermit(calendar) => {
                let [from, until] = [3, 4].map(|at| (at, calendar.day(&form.text(at))));
                let day = |(at, day): (usize, Option<NaiveDate>)| day.ok_or(Problem::NotADay(at));
                ServiceOrder::Visits(VisitOrder::EnterPermit(Permit {
                    number: form.text(0),
                    company: form.text(1),
                    answers: person(form, 2)?,
                    from: day(from)?,
                    until: day(until)?,
                }))
            }
            ServiceWish::DoNotAdmit => {
                let document = Some(form.text(3)).filter(|number| !number.is_empty());
                let who = Identity {
                    name: names(form),
                    phone: form.text(2),
                    document: document.map(DocumentNumber),
                };
                let named = who.name.chinese.is_some() || who.name.latin.is_some();
                if !named && who.phone.is_empty() && who.document.is_none() {
                    return Err(Problem::NoName);
                }
                let reason = form.text(4);
                ServiceOrder::Visits(VisitOrder::DoNotAdmit(DoNotAdmit { who, reason }))
            }
            ServiceWish::SettleMatch(visit, admit) => {
                ServiceOrder::Visits(VisitOrder::SettleMatch {
                    visit: *visit,
                    admit: *admit,
                    reason: form.text(0),
                })
            }
            ServiceWish::SaidByAnother(visit) => ServiceOrder::Visits(VisitOrder::SayYes {
                visit: *visit,
                said: person(form, 0)?,
                yes: form.choice(1) == 0,
            }),
            ServiceWish::IssueCard(visit) => {
                ServiceOrder::Visits(VisitOrder::IssueCard(*visit, form.card_at(0)?))
            }
            ServiceWish::ReturnCard => {
                ServiceOrder::Visits(VisitOrder::ReturnCard(form.card_at(0)?))
            }
            ServiceWish::CardGone(card) => {
                ServiceOrder::Visits(VisitOrder::CardGone(*card, form.text(0)))
            }
            keys @ (ServiceWish::KeyBack(_)
            | ServiceWish::SignKeyOut(..)
            | ServiceWish::HangKeyBack(_)
            | ServiceWish::RetireKey(_)
            | ServiceWish::HangKey
            | ServiceWish::GrantKeys(..)
            | ServiceWish::ReportKey(..)
            | ServiceWish::NotBack(..)
            | ServiceWish::DecideKey(..)) => ServiceOrder::Keys(keys.about_keys(form)?),
            mail => ServiceOrder::Mail(mail.about_mail(form)?),
        })
    }

    fn about_keys(&self, form: &Dialog) -> Result<KeyOrder, Problem> {
        Ok(match self {
            ServiceWish::KeyBack(tag) => KeyOrder::KeyBack {
                tag: tag.clone(),
                answers: Answers(std::array::from_fn(|place| form.yes(place))),
                // Nobody has to be named: most bring back what they took.
                bringer: person(form, Point::ALL.len()).ok(),
            },
            ServiceWish::SignKeyOut(key, second) => KeyOrder::SignOut {
                key: *key,
                holder: form.card_at(0)?,
                second: match second {
                    true => Some(form.card_at(4)?),
                    false => None,
                },
                purpose: purpose(form)?,
                contractor: form.contractor(3),
            },
            ServiceWish::HangKeyBack(key) => KeyOrder::HangBack {
                key: *key,
                tag: form.text(0),
            },
            ServiceWish::RetireKey(key) => KeyOrder::Retire {
                key: *key,
                reason: form.text(0),
            },
            ServiceWish::HangKey => KeyOrder::Hang {
                hook: form.text(0),
                tag: form.text(1),
                kind: KeyKind::ALL[form.choice(2).min(KeyKind::ALL.len() - 1)],
                group: KeyGroup(form.text(3)),
                tenant: tenant(form, 4),
                pieces: form.amount(5)?,
                opens: form.text(6),
            },
            ServiceWish::GrantKeys(groups, calendar) => KeyOrder::Grant {
                group: groups
                    .get(form.choice(0))
                    .cloned()
                    .ok_or(Problem::NobodyThere)?,
                person: person(form, 1)?,
                until: through(form, 2, calendar)?,
            },
            ServiceWish::ReportKey(key, harms) => KeyOrder::Report {
                key: *key,
                harm: *harms.get(form.choice(0)).ok_or(Problem::NobodyThere)?,
                text: form.text(1),
            },
            ServiceWish::NotBack(check, key) => KeyOrder::Note {
                check: *check,
                key: *key,
                finding: Finding::NotBack,
                reason: form.text(0),
            },
            ServiceWish::DecideKey(report, decisions) => KeyOrder::Decide {
                report: *report,
                decision: *decisions.get(form.choice(0)).ok_or(Problem::NobodyThere)?,
                amount_fen: form.amount(1)? * 100,
            },
            _ => return Err(Problem::NobodyThere),
        })
    }

    fn about_mail(&self, form: &Dialog) -> Result<MailOrder, Problem> {
        Ok(match self {
            ServiceWish::TakeMailIn => MailOrder::TakeIn(Intake {
                tracking: form.text(0),
                addressee: form.who(1)?,
                kind: MailKind::ALL[form.choice(2).min(MailKind::ALL.len() - 1)],
                shelf: form.text(3),
            }),
            ServiceWish::CorrectMail(item) => MailOrder::Correct(Correction {
                item: *item,
                addressee: form.who(0)?,
                kind: MailKind::ALL[form.choice(1).min(MailKind::ALL.len() - 1)],
                shelf: form.text(2),
            }),
            ServiceWish::Delivered(round, item) => MailOrder::Note {
                round: *round,
                item: *item,
                outcome: Outcome::Delivered {
                    to: form.text(0),
                    signed: form.yes(1),
                },
            },
            ServiceWish::NotDelivered(round, item) => MailOrder::Note {
                round: *round,
                item: *item,
                // Behind the reasons of an attempt stands that there was none.
                outcome: WHY_FAILED
                    .get(form.choice(0))
                    .map_or(Outcome::NotTried, |why| Outcome::Failed(*why)),
            },
            ServiceWish::AskReturn(item, special) => MailOrder::AskReturn(ReturnOrder {
                item: *item,
                onward: ONWARD[form.choice(0).min(1)],
                reason: ReturnReason::ALL[form.choice(1).min(2)],
                address: form.text(2),
                form: special.then(|| ReturnForm {
                    addressee: form.text(3),
                    address: form.text(4),
                    sender: form.text(5),
                    tracking: form.text(6),
                    enquiries: form.text(7),
                }),
            }),
            ServiceWish::HandOutAnyway(item) => MailOrder::HandOutAnyway(Override {
                items: vec![*item],
                to: form.text(0),
                reason: form.text(1),
                signature: None,
                on_paper: form.yes(2),
            }),
            ServiceWish::HandOutByCode {
                code,
                choices,
                shown,
            } => {
                form.confirmed(*shown)?;
                MailOrder::HandOutByCode {
                    code: code.clone(),
                    items: choices.get(form.choice(0)).cloned().unwrap_or_default(),
                    on_paper: form.yes(shown + 1),
                }
            }
            ServiceWish::LetCollect(calendar) => MailOrder::LetCollect(AuthorityOrder {
                principal: form.who(0)?,
                holder: person(form, 1)?,
                kinds: COVERS[form.choice(2).min(COVERS.len() - 1)].kinds(),
                until: through(form, 3, calendar)?,
                once: form.yes(4),
            }),
            ServiceWish::NoteForwarding(tenant) => MailOrder::NoteForwarding(*tenant, form.text(0)),
            _ => return Err(Problem::NobodyThere),
        })
    }
}

/// Why a piece came back from a round, in the order of the choice.
pub const WHY_FAILED: [WhyFailed; 5] = [
    WhyFailed::NobodyThere,
    WhyFailed::RoomEmpty,
    WhyFailed::Moved,
    WhyFailed::LeftCompany,
    WhyFailed::Declined,
];

/// Where mail goes that cannot stay, in the order of the choice.
pub const ONWARD: [Onward; 2] = [Onward::ToSender, Onward::Forward];

/// What is collected for somebody, in the order of the choice.
pub const COVERS: [Covers; 2] = [Covers::Everything, Covers::Unsigned];

/// Hours a visit is expected for, unless somebody says otherwise.
pub const EXPECTED_HOURS: i64 = 2;

fn announce(form: &Dialog, calendar: &Calendar) -> Result<ServiceOrder, Problem> {
    let name = form.name()?;
    let day = calendar.day(&form.text(6)).ok_or(Problem::NotADay(6))?;
    let moment = |place: usize| {
        let time = Calendar::time(&form.text(place));
        time.and_then(|time| calendar.moment(day, time))
            .ok_or(Problem::NotATime(place))
    };
    Ok(ServiceOrder::Visits(VisitOrder::Announce(Announcement {
        visitor: Identity {
            name,
            phone: form.text(2),
            document: None,
        },
        company: form.text(3),
        of: VisitorType::ALL[form.choice(4).min(VisitorType::ALL.len() - 1)],
        host: person(form, 5)?,
        from: moment(7)?,
        until: moment(8)?,
    })))
}

fn names(form: &Dialog) -> PersonName {
    let [chinese, latin] = [0, 1].map(|at| Some(form.text(at)).filter(|name| !name.is_empty()));
    PersonName { chinese, latin }
}

/// The end of the last day that was typed in this field: what holds, holds through it. None where it
/// stayed empty.
fn through(
    form: &Dialog,
    place: usize,
    calendar: &Calendar,
) -> Result<Option<DateTime<Utc>>, Problem> {
    let last = form.text(place);
    if last.is_empty() {
        return Ok(None);
    }
    let day = calendar.day(&last).and_then(|day| day.succ_opt());
    day.and_then(|day| calendar.moment(day, NaiveTime::MIN))
        .map(Some)
        .ok_or(Problem::NotADay(place))
}

/// The person named in a field.
pub(super) fn person(form: &Dialog, place: usize) -> Result<PersonId, Problem> {
    match form.who(place)? {
        Addressee::Person(person) => Ok(person),
        Addressee::Tenant(_) => Err(Problem::Missing(place)),
    }
}

fn tenant(form: &Dialog, place: usize) -> Option<TenantId> {
    match form.who(place) {
        Ok(Addressee::Tenant(tenant)) => Some(tenant),
        _ => None,
    }
}

/// What a key is for: one of the choices, or the work order with the number beside it.
fn purpose(form: &Dialog) -> Result<Purpose, Problem> {
    Ok(match form.choice(1) {
        0 => Purpose::Inspection,
        1 => Purpose::Cleaning,
        2 => Purpose::Viewing,
        3 => Purpose::Repair,
        4 => Purpose::Emergency,
        _ => match form.text(2) {
            number if number.is_empty() => return Err(Problem::Missing(2)),
            number => Purpose::WorkOrder(number),
        },
    })
}
