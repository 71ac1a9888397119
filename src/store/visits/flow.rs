//! What the touch screen asks of the books for a visitor.

use super::known;
use super::reading::by_number;
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::finding::HostsFound;
use crate::visits::flow::{Answer, Ask, Companies, HostLine, Hosts, Invited, TenantLine};
use crate::visits::{LeftTold, Terms, Visit};
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
                let lines = self.directory()?.into_iter().map(|tenant| TenantLine {
                    tenant: tenant.id,
                    name: tenant.name,
                    room: tenant.rooms.into_iter().next().unwrap_or_default(),
                });
                Answer::Tenants(lines.collect())
            }
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
            } => Answer::MessageLeft(self.leave_message(host, &sender, &words, at)?),
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
                    Ok(visit) => {
                        let host = self.visit(visit)?.and_then(|visit| visit.host);
                        Ok(known::host(&self.connection, host)?)
                    }
                    Err(refused) => Err(refused),
                })
            }
        })
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
            masked: known::masked(&name),
            host: known::host(&self.connection, visit.host)?,
            tenant: known::tenant(&self.connection, visit.tenant)?,
            notice: last.map(|last| last.notice).unwrap_or_default(),
        }))
    }
}
