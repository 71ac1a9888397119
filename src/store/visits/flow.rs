//! What the touch screen asks of the books for a visitor.

use super::known;
use super::reading::by_number;
use crate::people::Language;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::finding::HostsFound;
use crate::store::people;
use crate::visits::flow::{
    Answer, Ask, Companies, Goodbye, HostLine, Hosts, Invited, Sender, Speaker, TenantLine,
};
use crate::visits::{LeftTold, SignOut, Terms, Visit, VisitId};
use chrono::{DateTime, Utc};

impl Books {
    /// Answers whatever the pages of visitors ask.
    pub fn answer_visits(
        &mut self,
        terms: &Terms,
        ask: Ask,
        at: DateTime<Utc>,
    ) -> Result<Answer, StoreError> {
        Ok(match ask {
            Ask::Invitation(code) => Answer::Invited(self.invited_now(terms, &code, at)?),
            Ask::Returning { name, tail } => {
                let found = self.returning_visitor(&name, &tail)?;
                Answer::Known(self.known_now(found, at)?)
            }
            Ask::ByDocument(who) => {
                if self.report_document(&who, at)? {
                    return Ok(Answer::Listed);
                }
                let found = match &who.document {
                    Some(number) => self.visitor_of_document(number)?,
                    None => None,
                };
                Answer::Known(self.known_now(found, at)?)
            }
            Ask::BySlip(number) => {
                let found = self.visitor_of_slip(&number)?;
                Answer::Known(self.known_now(found, at)?)
            }
            Ask::CheckVisitor(who) => Answer::Checked(self.visitor_is_free(&who)?),
            Ask::CheckPermit(number, who) => Answer::Checked(self.permit_holds(&number, &who, at)?),
            Ask::ByNumber { number, tail } => {
                let proven = self.proven(&number, tail.as_deref())?;
                Answer::ByNumber(number, proven)
            }
            Ask::Standing(number) => {
                let visit = by_number(&self.connection, &number)?;
                Answer::Stands(number, visit.map(|visit| visit.state))
            }
            Ask::FindCompanies(query) => Answer::Companies(Companies {
                names: self.companies_seen(&query)?,
                query,
            }),
            Ask::Tenants => {
                let lines = self.directory()?.into_iter().map(TenantLine::from);
                Answer::Tenants(lines.collect())
            }
            Ask::FindTenants(query) => Answer::TenantsFound(self.find_listed(&query)?),
            Ask::FindHosts { query, tenant } => {
                let hosts = match self.find_hosts(&query, tenant)? {
                    HostsFound::These(hosts) => Hosts::These(
                        hosts
                            .into_iter()
                            .map(|host| HostLine {
                                person: host.person,
                                masked: host.masked,
                            })
                            .collect(),
                    ),
                    HostsFound::Nobody => Hosts::Nobody,
                    HostsFound::TooMany => Hosts::TooMany,
                };
                Answer::Hosts(query, hosts)
            }
            Ask::SignIn(order) => Answer::SignedIn(self.sign_in(terms, &order, at)?),
            Ask::Enter(number, language) => {
                Answer::Entered(self.enter_visitor(&number, language, at)?)
            }
            Ask::LeaveMessage {
                host,
                sender,
                words,
            } => {
                let sender = self.whole_name(&sender)?;
                Answer::MessageLeft(self.leave_message(host, &sender, &words, at)?)
            }
            Ask::VisitToEnd(by) => {
                let visit = self.visit_to_end(&by)?;
                Answer::VisitToEnd(match visit {
                    Some(visit) => Ok(LeftTold {
                        things: self.visit_told(visit.id)?.things,
                        host: known::host(&self.connection, visit.host)?,
                        state: visit.state,
                        carries: visit.carries,
                        by,
                    }),
                    None => Err(by),
                })
            }
            Ask::SignOut { by, all_out } => {
                Answer::SignedOut(match self.sign_out(&by, all_out, at)? {
                    Ok(visit) => Ok(self.goodbye(visit, &by)?),
                    Err(refused) => Err(refused),
                })
            }
        })
    }

    /// What is said to whoever has left, and who that is where a temporary card told.
    fn goodbye(&self, visit: VisitId, by: &SignOut) -> Result<Goodbye, StoreError> {
        let Some(visit) = self.visit(visit)? else {
            return Ok(Goodbye::default());
        };
        let shown = match by {
            SignOut::Card(_) => visit.name,
            SignOut::Slip(_) => None,
        };
        Ok(Goodbye {
            host: known::host(&self.connection, visit.host)?,
            speaker: shown.map(|name| Speaker {
                sender: Sender::Person(visit.visitor),
                masked: name.masked_in_both(),
            }),
        })
    }

    /// From whom a message is, for its host to read; empty once the name is erased.
    fn whole_name(&self, sender: &Sender) -> Result<String, StoreError> {
        let name = match sender {
            Sender::Named(name) => Some(name.clone()),
            Sender::Person(person) => people::name(&self.connection, *person)?,
            Sender::Visitor(visit) => self.visit(*visit)?.and_then(|visit| visit.name),
        };
        let whole = name.map(|name| name.whole(Language::Chinese).to_owned());
        Ok(whole.unwrap_or_default())
    }

    /// Whoever an announced visit is for; none once their name is erased.
    pub(super) fn invited(&self, visit: Visit) -> Result<Option<Invited>, StoreError> {
        let Some(name) = visit.name else {
            return Ok(None);
        };
        let last = known::last(&self.connection, visit.visitor)?;
        Ok(Some(Invited {
            visit: visit.id,
            of: visit.of,
            masked: name.masked_in_both(),
            host: known::host(&self.connection, visit.host)?,
            tenant: known::tenant(&self.connection, visit.tenant)?,
            notice: last.map(|last| last.notice).unwrap_or_default(),
        }))
    }
}
