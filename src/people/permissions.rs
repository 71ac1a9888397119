//! The permission table: which role does what at the desk.

use super::Role;

/// Something done at the desk that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Say yes or no to a visitor, on the host's word.
    ApproveVisit,
    /// Announce visitors before they come, and take that back.
    AnnounceVisit,
    /// Sign a visitor out.
    SignOutVisitor,
    /// See and keep the list of those who are not admitted.
    KeepDoNotAdmit,
    /// Enter a contractor's work permit, and take it back.
    EnterPermit,
    /// Take things back, look at them, and put them on the shelf again.
    TakeBackThings,
    /// Enter, count, mend and retire what is lent; rain mode; laundry.
    KeepStock,
    /// Settle damage, loss and deposits.
    SettleLoans,
    /// Issue, replace and block cards.
    KeepCards,
    /// Enter tenants, persons and what they may do.
    KeepPeople,
    /// Take out and bring back a key.
    UseKeys,
    /// Hooks, tags, groups, grants and the daily check of the keys.
    KeepKeys,
    /// Decide what follows from a lost or damaged key.
    DecideKeyLoss,
    /// Receive mail, carry it round, note attempts and hand it out.
    HandleMail,
    /// Write down where the mail of a company goes that moves out.
    NoteForwarding,
    /// Hand mail to somebody without an authority, with a reason.
    OverridePickUp,
    /// Check that ordinary mail goes back or on.
    CheckMailReturn,
    /// Let special mail go back to its sender.
    ApproveMailReturn,
    /// Take, hand over and close open matters.
    OwnMatters,
    /// Print a slip again.
    ReprintSlips,
    /// Let a member of staff in again after too many wrong PINs.
    UnlockStaff,
    /// Take part as the second person where two are needed.
    BeSecondPerson,
    /// Read the registers, and print who is inside.
    ReadRegisters,
}

impl Act {
    /// Every act, in the order of the table.
    pub const ALL: [Act; 23] = [
        Act::ApproveVisit,
        Act::AnnounceVisit,
        Act::SignOutVisitor,
        Act::KeepDoNotAdmit,
        Act::EnterPermit,
        Act::TakeBackThings,
        Act::KeepStock,
        Act::SettleLoans,
        Act::KeepCards,
        Act::KeepPeople,
        Act::UseKeys,
        Act::KeepKeys,
        Act::DecideKeyLoss,
        Act::HandleMail,
        Act::NoteForwarding,
        Act::OverridePickUp,
        Act::CheckMailReturn,
        Act::ApproveMailReturn,
        Act::OwnMatters,
        Act::ReprintSlips,
        Act::UnlockStaff,
        Act::BeSecondPerson,
        Act::ReadRegisters,
    ];
}

/// What a role may do at the desk.
pub fn acts_of(role: Role) -> &'static [Act] {
    match role {
        Role::Visitor | Role::TenantMember | Role::Contractor => &[],
        Role::PropertyStaff => &[Act::UseKeys],
        Role::Technician => &[Act::UseKeys, Act::OwnMatters],
        Role::Security => &[
            Act::SignOutVisitor,
            Act::UseKeys,
            Act::OwnMatters,
            Act::ReadRegisters,
        ],
        Role::Receptionist => &[
            Act::ApproveVisit,
            Act::AnnounceVisit,
            Act::SignOutVisitor,
            Act::EnterPermit,
            Act::TakeBackThings,
            Act::KeepStock,
            Act::SettleLoans,
            Act::KeepCards,
            Act::UseKeys,
            Act::HandleMail,
            Act::OwnMatters,
            Act::ReprintSlips,
            Act::ReadRegisters,
        ],
        Role::KeyKeeper => &[
            Act::UseKeys,
            Act::KeepKeys,
            Act::OwnMatters,
            Act::ReprintSlips,
            Act::BeSecondPerson,
            Act::ReadRegisters,
        ],
        Role::MailAdministrator => &[
            Act::HandleMail,
            Act::NoteForwarding,
            Act::OverridePickUp,
            Act::CheckMailReturn,
            Act::OwnMatters,
            Act::ReprintSlips,
            Act::ReadRegisters,
        ],
        Role::Supervisor => &Act::ALL,
        Role::Auditor => &[Act::ReadRegisters],
    }
}

/// Whether somebody with these roles may do this.
pub fn permits(roles: &[Role], act: Act) -> bool {
    roles.iter().any(|role| acts_of(*role).contains(&act))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_does_nothing_at_the_desk() {
        for act in Act::ALL {
            let public = [Role::Visitor, Role::TenantMember, Role::Contractor];
            assert!(!permits(&public, act), "{act:?}");
        }
    }

    #[test]
    fn what_needs_the_supervisor_needs_the_supervisor() {
        let others = [
            Role::PropertyStaff,
            Role::Receptionist,
            Role::KeyKeeper,
            Role::MailAdministrator,
            Role::Security,
            Role::Technician,
            Role::Auditor,
        ];
        for act in [
            Act::ApproveMailReturn,
            Act::DecideKeyLoss,
            Act::KeepDoNotAdmit,
            Act::UnlockStaff,
        ] {
            assert!(!permits(&others, act), "{act:?}");
            assert!(permits(&[Role::Supervisor], act), "{act:?}");
        }
    }

    #[test]
    fn the_table_in_the_readme_is_the_table_in_the_program() {
        const ROLES: [Role; 8] = [
            Role::Receptionist,
            Role::KeyKeeper,
            Role::MailAdministrator,
            Role::Security,
            Role::Technician,
            Role::PropertyStaff,
            Role::Auditor,
            Role::Supervisor,
        ];
        let word = |value: &str| {
            let mut words = String::new();
            for (place, char) in value.chars().enumerate() {
                if char.is_uppercase() && place > 0 {
                    words.push(' ');
                }
                words.extend(char.to_lowercase());
            }
            words
        };
        let head: Vec<String> = ROLES
            .iter()
            .map(|role| word(&format!("{role:?}")))
            .collect();
        let mut table = format!("| act | {} |\n|---|", head.join(" | "));
        table += &":-:|".repeat(ROLES.len());
        for act in Act::ALL {
            let marks = ROLES.map(|role| match permits(&[role], act) {
                true => "●",
                false => "",
            });
            table += &format!(
                "\n| {} | {} |",
                word(&format!("{act:?}")),
                marks.join(" | ")
            );
        }
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&table), "README.md should say:\n{table}");
    }

    #[test]
    fn every_role_and_every_act_has_its_place_in_the_table() {
        for act in Act::ALL {
            assert!(permits(&[Role::Supervisor], act), "nobody does {act:?}");
        }
        let twice = Act::ALL
            .iter()
            .enumerate()
            .any(|(at, act)| Act::ALL[at + 1..].contains(act));
        assert!(!twice);
        // No two roles together may do what neither of them may.
        for act in Act::ALL {
            let pair = [Role::Receptionist, Role::KeyKeeper];
            let alone = pair.iter().any(|role| permits(&[*role], act));
            assert_eq!(permits(&pair, act), alone, "{act:?}");
        }
    }

    #[test]
    fn an_auditor_reads_everything_and_changes_nothing() {
        assert_eq!(acts_of(Role::Auditor), [Act::ReadRegisters]);
    }

    #[test]
    fn only_property_staff_take_keys() {
        for role in [
            Role::TenantMember,
            Role::Visitor,
            Role::Contractor,
            Role::Auditor,
        ] {
            assert!(!permits(&[role], Act::UseKeys), "{role:?}");
        }
        assert!(permits(&[Role::Technician], Act::UseKeys));
    }
}
