//! What an answer of the store leads to.

use super::effect::Ask;
use super::event::{Answer, CodeMeaning, Identified};
use super::session::{Awaited, Entry, Intent, Person, Presentation, Situation};
use super::turn::Turn;
use super::view::Refusal;
use crate::lending::flow::{self, Goal, Next, Stage};
use crate::lending::{BroughtBack, LendRefusal, Loan, ReturnRefusal, Thing, ThingState};
use crate::people::{Holder, Identity, Role, Signal};
use crate::slips::{JobState, Medium, PrintJobId};
use crate::visits;

impl Turn<'_> {
    /// An answer to the request that was waited for.
    pub fn take_answer(&mut self, awaited: Awaited, answer: Answer) {
        match (awaited, answer) {
            (Awaited::Identity(presentation), Answer::Identified(found)) => {
                self.identified(presentation, *found);
            }
            (Awaited::Stock, Answer::Stocked(stock)) => {
                self.go(Situation::Lending(Stage::Choosing(stock)));
            }
            (Awaited::Refresh, Answer::Stocked(stock)) => match &mut self.session.situation {
                Situation::Lending(Stage::Choosing(shown)) => *shown = stock,
                Situation::MyPage => {
                    if let Some(person) = &mut self.session.person {
                        person.stock = stock;
                    }
                }
                _ => {}
            },
            // Nobody asked: only an answer to what they wait for is news.
            (Awaited::Refresh, Answer::Visits(answer)) => {
                if !answer.is_no_answer_yet() {
                    self.visit_answered(*answer);
                }
            }
            (Awaited::Code(intent, entry), Answer::CodeRead(meaning)) => {
                self.code_read(intent, entry, meaning);
            }
            (Awaited::Directory, Answer::Directory(tenants)) => {
                self.go(Situation::Directory(tenants));
            }
            (Awaited::Directory, Answer::TenantsFound(found)) => self.tenants_found(found),
            (Awaited::Mail, Answer::Mail(answer)) => self.mail_answered(*answer),
            (Awaited::Visits, Answer::Visits(answer)) => self.visit_answered(*answer),
            (Awaited::Yes, Answer::SaidYes(Ok(()))) => self.go(Situation::SaidYes),
            // Somebody else has seen to it, or the visitor has left.
            (Awaited::Yes, Answer::SaidYes(Err(_))) => {
                self.go(Situation::Refused(Refusal::SeenTo));
            }
            (Awaited::Keys, Answer::Keys(answer)) => self.key_answered(*answer),
            (Awaited::Call, Answer::DeskCalled) => self.go(Situation::DeskCalled),
            (Awaited::Lending, Answer::Lending(answer)) => self.lending_answered(*answer),
            // Blocked at the desk while its page was open.
            (_, Answer::CardClosed(identity)) => match refusal(identity) {
                Ok(_) => self.expected = false,
                Err(refusal) => self.go(Situation::Refused(refusal)),
            },
            _ => self.expected = false,
        }
    }

    fn identified(&mut self, presentation: Presentation, found: Identified) {
        let Presentation { how, reader, goal } = presentation;
        let Identified {
            identity,
            loans,
            mail,
            keys,
            grants,
            kept,
            visits,
            permits,
            told,
            stock,
        } = found;
        let refusal = match refusal(identity) {
            Ok(holder) => {
                // Only a visitor's own leads out as well.
                if !holder.roles.contains(&Role::Visitor) {
                    self.session.held_up = None;
                }
                self.signal(reader, Signal::Granted);
                if self.mail_card(&holder, how) || self.key_card(&holder) {
                    return;
                }
                if !self.session.language_chosen {
                    self.session.language = holder.language;
                }
                // What somebody else said about a return before, they said in their own name.
                if self.session.situation.questions().is_some() {
                    self.leave_questions(&Situation::MyPage);
                    self.session.situation = Situation::MyPage;
                }
                let person = Person {
                    holder,
                    how,
                    loans,
                    mail,
                    keys,
                    grants,
                    kept,
                    visits,
                    permits,
                    told,
                    stock,
                };
                self.session.person = Some(Box::new(person));
                self.session.so_far.clear();
                if self.key_brought_by() {
                    return;
                }
                let next = match goal {
                    Some(goal) => self.towards(goal),
                    None => self.rains_on(how),
                };
                return self.on_to(next);
            }
            Err(refusal) => refusal,
        };
        self.session.held_up = None;
        self.signal(reader, Signal::Refused);
        match self.session.situation.waits_for_another() {
            true => self.ask_again(refusal),
            false => self.go(Situation::Refused(refusal)),
        }
    }

    fn towards(&self, goal: Goal) -> Option<Next> {
        let kind = self.house.kind(&goal.kind)?;
        Some(flow::towards(kind, goal, self.session.here()))
    }

    /// On with what the person came for, or to My page.
    fn on_to(&mut self, next: Option<Next>) {
        match next {
            Some(next) => self.follow(next),
            None => self.go(Situation::MyPage),
        }
    }

    fn code_read(&mut self, intent: Intent, entry: Entry, meaning: CodeMeaning) {
        let here = self.session.here();
        if let CodeMeaning::Visit(number) = meaning {
            if entry == Entry::Typed {
                return self.visit_number_typed(number);
            }
            // Where somebody borrows what visitors may have, the slip of their visit stands for a card.
            let goal = self.awaited_goal();
            let goal = goal.filter(|goal| {
                let kind = self.house.kind(&goal.kind);
                kind.is_some_and(|kind| kind.policy.who.contains(&Role::Visitor))
            });
            return match goal {
                Some(goal) => self.identify_visitor(number, goal),
                None => self.visit_slip_read(number),
            };
        }
        if let CodeMeaning::Key(key, is_out) = meaning {
            return self.key_tag_read(key, is_out, entry);
        }
        // Whoever holds a piece of mail up still shows who they are.
        if let CodeMeaning::Mail(_) = meaning {
            return self.collect_mail();
        }
        let next = match (meaning, intent) {
            // Read above.
            (CodeMeaning::Key(..) | CodeMeaning::Visit(_) | CodeMeaning::Mail(_), _) => return,
            // Nobody who signs in or out borrows anything.
            (CodeMeaning::Nothing, _) if matches!(self.session.situation, Situation::Visits(_)) => {
                return self.ask_again(Refusal::UnknownCode);
            }
            (CodeMeaning::Nothing, Intent::Order(number)) => {
                if !self.order_scanned(&number) {
                    self.ask_again(Refusal::UnknownCode);
                }
                return;
            }
            (CodeMeaning::Nothing, Intent::GiveBack) => {
                return self.ask_again(Refusal::Return(ReturnRefusal::Unknown, None));
            }
            (CodeMeaning::Nothing, Intent::Borrow | Intent::Obvious) => {
                return self.ask_again(Refusal::Lend(LendRefusal::UnknownTag, None));
            }
            (CodeMeaning::Slip(number), _) => flow::slip_read(number, here),
            (CodeMeaning::Thing(thing, _), Intent::GiveBack) => {
                flow::bring_back(BroughtBack::Tag(thing.tag), here)
            }
            // What was lost is here again, whatever it was scanned for.
            (CodeMeaning::Thing(thing, _), _) if thing.state == ThingState::Lost => {
                flow::bring_back(BroughtBack::Tag(thing.tag), here)
            }
            (CodeMeaning::Thing(thing, Some(_)), Intent::Obvious | Intent::Order(_)) => {
                flow::bring_back(BroughtBack::Tag(thing.tag), here)
            }
            (
                CodeMeaning::Thing(thing, loan),
                Intent::Borrow | Intent::Obvious | Intent::Order(_),
            ) => self.borrow_scanned(&thing, loan.as_ref()),
        };
        self.follow(next);
    }

    fn borrow_scanned(&self, thing: &Thing, loan: Option<&Loan>) -> Next {
        match self.house.kind(&thing.kind) {
            Some(kind) => flow::tag_read(kind, thing, loan, self.session.here()),
            // Its kind left the settings: nothing we lend any more.
            None => Next::Show(Stage::RefusedLoan(LendRefusal::UnknownTag)),
        }
    }

    /// The slip of what is on the page moved on.
    pub fn slip_moved(&mut self, job: PrintJobId, state: JobState) {
        if let Some(shown) = &mut self.session.slip
            && shown.job == job
        {
            shown.state = state;
        }
        let in_trouble_before = self.slip_in_trouble();
        let Situation::Lending(Stage::Lent(receipt, slip)) = &mut self.session.situation else {
            return;
        };
        if receipt.job != Some(job) {
            return;
        }
        *slip = Some(state);
        if self.slip_in_trouble() != in_trouble_before {
            self.stay();
        }
    }

    /// The slip of what is on the page comes out of a printer of this medium, if it can.
    pub fn slip_offered(&mut self, job: PrintJobId, medium: Medium) {
        if let Some(shown) = &mut self.session.slip
            && shown.job == job
        {
            shown.medium = medium;
        }
    }

    /// Whether the slip of what is on the page does not come out.
    pub fn slip_in_trouble(&self) -> bool {
        match &self.session.situation {
            Situation::Lending(Stage::Lent(_, Some(JobState::Unknown | JobState::Failed))) => true,
            Situation::Lending(Stage::Lent(_, Some(JobState::Queued | JobState::Sending))) => {
                self.session.around.printer.is_some()
            }
            _ => false,
        }
    }

    /// Something was written down somewhere: what the page says about stock may be old, and whoever
    /// waits in front of it may be let in by now.
    pub fn refresh(&mut self) {
        let ask = match &self.session.situation {
            Situation::MyPage | Situation::Lending(Stage::Choosing(_)) => Ask::ReadStock,
            Situation::Visits(stage) => match stage.waits_for_a_yes() {
                Some(number) => Ask::Visits(Box::new(visits::flow::Ask::Standing(number.clone()))),
                None => return,
            },
            _ => return,
        };
        if self.session.waiting.is_none() {
            self.request(Awaited::Refresh, ask);
        }
    }
}

/// Whose card this is, or why it opens nothing.
fn refusal(identity: Identity) -> Result<Holder, Refusal> {
    Err(match identity {
        Identity::Known(holder) => return Ok(holder),
        Identity::UnknownCard => Refusal::UnknownCard,
        Identity::NotInside => Refusal::NotInside,
        Identity::LostCard => Refusal::LostCard,
        Identity::ExpiredCard => Refusal::ExpiredCard,
        Identity::TenantMoved => Refusal::TenantMoved,
    })
}
