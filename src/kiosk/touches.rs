//! What a touch means on each page.

use super::effect::Ask;
use super::event::Touch;
use super::session::{Awaited, Entry, Intent, Situation, Typing};
use super::turn::Turn;
use super::view::NumberAsked;
use crate::lending::flow::{Stage, reserving};
use crate::people::{Certainty, How, Presented};

/// Characters a typed number may have; the longest is a slip's code.
const LONGEST_NUMBER: usize = 24;

impl Turn<'_> {
    /// A touch that does not mean the same everywhere.
    pub fn touched(&mut self, touch: Touch) {
        if self.is_busy() || self.session.around.closed_by().is_some() {
            // The finger was faster than the answer; what is under way goes on.
            return;
        }
        if self.wrote(&touch) {
            return;
        }
        match (self.session.situation.clone(), touch) {
            (Situation::Home | Situation::MyPage, Touch::CollectMail) => self.collect_mail(),
            (Situation::MyPage, Touch::MailDeputies) => self.mail_deputies(),
            (Situation::Home, Touch::SignIn) => self.receive_visitor(),
            // A no that leads to signing in once more.
            (Situation::Visits(stage), Touch::SignIn) if stage.is_over() => self.receive_visitor(),
            (Situation::Home | Situation::MyPage, Touch::SignOut) => self.see_visitor_off(),
            (Situation::Visits(stage), Touch::Visits(touch)) => self.visit_touched(&stage, touch),
            (Situation::MyPage, Touch::SayYes(visit)) => self.say_yes(visit),
            (Situation::MyPage, Touch::TakeKey) => self.want_key(),
            (Situation::Keys(stage), Touch::Keys(touch)) => self.key_touched(&stage, touch),
            (Situation::Mail(stage), Touch::Mail(touch)) => self.mail_touched(&stage, touch),
            (Situation::Home, Touch::Borrow) => self.offer_kinds(),
            (Situation::Home | Situation::MyPage, Touch::GiveBack) => {
                self.go(Situation::Lending(Stage::AwaitingReturn));
            }
            (Situation::Home, Touch::Directory) => {
                self.stay();
                self.request(Awaited::Directory, Ask::ReadDirectory);
            }
            (Situation::Directory(tenants), Touch::FindTenant) => self.find_tenant(tenants),
            (_, Touch::CallDesk) => {
                self.stay();
                self.request(Awaited::Call, Ask::CallDesk);
            }
            (Situation::Home, Touch::TypeInstead) if !self.session.around.reader => {
                self.type_number(NumberAsked::Card);
            }
            (Situation::MyPage, Touch::Kind(kind)) => self.chose(&kind),
            (Situation::Lending(Stage::Choosing(_)), Touch::Kind(kind)) => self.chose(&kind),
            (Situation::Lending(Stage::Reserving(stage)), Touch::Kind(kind)) => {
                let next = reserving::chose(&stage, &kind, self.session.here());
                self.follow_if(next);
            }
            (Situation::MyPage | Situation::Lending(Stage::AwaitingReturn), Touch::Loan(loan)) => {
                self.give_back(loan)
            }
            (Situation::Lending(Stage::Confirming(goal)), Touch::Agree) => {
                self.agreed(goal);
            }
            (Situation::MyPage, Touch::Lending(touch)) => self.own_lending_touched(touch),
            (Situation::Lending(stage), Touch::Lending(touch)) => {
                self.lending_touched(&stage, touch);
            }
            (Situation::Lending(Stage::AwaitingCard(_)), Touch::TypeInstead)
                if !self.session.around.reader =>
            {
                self.type_number(NumberAsked::Card);
            }
            (Situation::Lending(Stage::AwaitingTag(_)), Touch::TypeInstead) => {
                self.type_number(NumberAsked::Tag);
            }
            (Situation::Lending(Stage::AwaitingReturn), Touch::TypeInstead) => {
                self.type_number(NumberAsked::TagOrSlip);
            }
            // Whoever waits for somebody stays where they are.
            (Situation::Typing(typing), touch) => self.typing(typing, touch),
            (situation, Touch::Back) => self.back(&situation),
            _ => self.expected = false,
        }
    }

    pub fn offer_kinds(&mut self) {
        self.stay();
        self.request(Awaited::Stock, Ask::ReadStock);
    }

    fn back(&mut self, situation: &Situation) {
        if let Situation::Lending(Stage::Reserving(stage)) = situation
            && let Some(next) = reserving::again(stage, self.session.here())
        {
            return self.follow(next);
        }
        match situation {
            Situation::Lending(stage) => match stage.back() {
                Some(stage) => self.go(Situation::Lending(stage)),
                None if stage.is_over() => self.go_home(),
                None if self.session.person.is_some() => self.go(Situation::MyPage),
                None if matches!(stage, Stage::AwaitingTag(_) | Stage::AwaitingCard(_)) => {
                    self.offer_kinds();
                }
                None => self.go_home(),
            },
            Situation::Visits(stage) => match stage.back() {
                Some(stage) => {
                    self.go(Situation::Visits(Box::new(stage)));
                    self.refresh();
                }
                None if stage.is_over() => self.go_home(),
                None => self.go_to_own_page(),
            },
            Situation::TryAgain(from, _) => {
                self.go((**from).clone());
                // A yes that was said meanwhile was not told.
                self.refresh();
            }
            Situation::Keys(stage) => match stage.back() {
                Some(stage) => self.go(Situation::Keys(Box::new(stage))),
                None if stage.is_over() => self.go_home(),
                None => self.go_to_own_page(),
            },
            Situation::Mail(stage) => match stage.back() {
                Some(stage) => self.go(Situation::Mail(Box::new(stage))),
                None if stage.is_over() => self.go_home(),
                None => self.go_to_own_page(),
            },
            Situation::FindingTenant(finding) => {
                self.go(Situation::Directory(finding.directory.clone()));
            }
            _ => self.go_home(),
        }
    }

    /// My page, where a card opened one.
    pub fn go_to_own_page(&mut self) {
        match self.session.person.is_some() {
            true => self.go(Situation::MyPage),
            false => self.go_home(),
        }
    }

    fn type_number(&mut self, asked: NumberAsked) {
        let from = Box::new(self.session.situation.clone());
        let typed = String::new();
        self.go(Situation::Typing(Typing {
            asked,
            typed,
            wrong: false,
            from,
        }));
    }

    fn typing(&mut self, mut typing: Typing, touch: Touch) {
        match touch {
            Touch::Key(key) if typing.typed.chars().count() < LONGEST_NUMBER => {
                typing.typed.push(key);
            }
            Touch::Key(_) => {}
            Touch::Erase => {
                typing.typed.pop();
            }
            Touch::Enter => return self.typed(typing),
            Touch::Back => return self.go(*typing.from),
            _ => {
                self.expected = false;
                return;
            }
        }
        typing.wrong = false;
        self.go(Situation::Typing(typing));
    }

    fn typed(&mut self, mut typing: Typing) {
        let number = typing.typed.trim().to_owned();
        match typing.asked {
            NumberAsked::Card => match self.house.cards.read_printed(&number) {
                Some(credential) => {
                    let goal = match *typing.from {
                        Situation::Lending(Stage::AwaitingCard(goal)) => Some(goal),
                        _ => None,
                    };
                    let presented = Presented {
                        credential,
                        how: How::Typed,
                        reader: None,
                        at: self.at,
                        certainty: Certainty::Bare,
                    };
                    self.identify(presented, goal);
                }
                None => {
                    typing.wrong = true;
                    self.go(Situation::Typing(typing));
                }
            },
            NumberAsked::Tag | NumberAsked::TagOrSlip if number.is_empty() => {
                typing.wrong = true;
                self.go(Situation::Typing(typing));
            }
            NumberAsked::Tag => self.typed_code(Intent::Borrow, &number),
            NumberAsked::TagOrSlip => self.typed_code(Intent::GiveBack, &number),
        }
    }

    fn typed_code(&mut self, intent: Intent, number: &str) {
        self.read_code(intent, Entry::Typed, number.to_ascii_uppercase());
    }
}
