//! What the touch screen asks of the books for a visitor.

use crate::people::{Bilingual, Language};
use crate::store::books::Books;
use crate::store::error::StoreError;
use crate::store::finding::HostsFound;
use crate::visits::flow::{Answer, Ask, HostLine, Hosts, Invited, TenantLine};
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
            Ask::Invitation(code) => Answer::Invited(self.invitation(&code)?.and_then(invited)),
            Ask::Returning { name, tail } => {
                Answer::Returning(self.returning_visitor(&name, &tail)?)
            }
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
                let told = self.visit_to_end(&by)?.map(|visit| LeftTold {
                    state: visit.state,
                    carries: visit.carries,
                    by,
                });
                Answer::VisitToEnd(told)
            }
            Ask::SignOut { by, all_out } => Answer::SignedOut(self.sign_out(&by, all_out, at)?),
        })
    }
}

fn invited(visit: Visit) -> Option<Invited> {
    let name = visit.name?;
    Some(Invited {
        visit: visit.id,
        of: visit.of,
        masked: Bilingual::new(
            name.masked(Language::Chinese),
            name.masked(Language::English),
        ),
    })
}
