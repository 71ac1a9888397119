//! Typing which company is meant, on the directory of the house.

use super::effect::Ask;
use super::session::{Awaited, FindingTenant, Situation};
use super::turn::Turn;
use crate::people::Tenant;
use crate::people::directory::{TenantsFound, is_worth_typing};

impl Turn<'_> {
    /// Where there are many companies, one is typed.
    pub fn find_tenant(&mut self, directory: Vec<Tenant>) {
        match is_worth_typing(directory.len()) {
            true => self.go(Situation::FindingTenant(FindingTenant {
                directory,
                typed: String::new(),
                found: TenantsFound::default(),
            })),
            false => self.expected = false,
        }
    }

    /// What stands in the field is looked for at once.
    pub fn tenant_typed(&mut self, finding: FindingTenant, typed: String) {
        let is_asked = !typed.trim().is_empty();
        let found = match is_asked {
            true => finding.found,
            false => TenantsFound::default(),
        };
        self.go(Situation::FindingTenant(FindingTenant {
            typed: typed.clone(),
            found,
            ..finding
        }));
        if is_asked {
            self.request_live(Awaited::Directory, Ask::FindTenants(typed));
        }
    }

    /// Those it found. An answer to what was typed before is late.
    pub fn tenants_found(&mut self, found: TenantsFound) {
        match self.session.situation.clone() {
            Situation::FindingTenant(finding) if finding.typed == found.query => {
                self.go(Situation::FindingTenant(FindingTenant { found, ..finding }));
            }
            _ => self.expected = false,
        }
    }
}
