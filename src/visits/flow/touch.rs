//! What is touched on the pages of visitors.

use crate::people::{PersonId, Signature, TenantId};
use crate::visits::VisitorType;

/// What can be touched on these pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// A type.
    Type(VisitorType),
    /// This is my first time.
    FirstTime,
    /// I have been here before.
    BeenHere,
    /// I have a code.
    ByCode,
    /// I type which company.
    FindTenant,
    /// I know a name, and not the company.
    ByHost,
    /// I wait for a yes, and have a number.
    ByNumber,
    /// I come again, with the slip on the page.
    Again,
    /// It is not as it was last time.
    Otherwise,
    /// I carry something in.
    Carry,
    /// One of the companies seen before, by its place.
    Company(usize),
    /// Typed whole.
    Typed(String),
    /// While typing.
    Typing(String),
    /// Yes.
    Yes,
    /// No.
    No,
    /// One of the purposes, by its place in the settings.
    Purpose(usize),
    /// A company.
    Tenant(TenantId),
    /// A host.
    Host(PersonId),
    /// I carry nothing in.
    Nothing,
    /// Signed.
    Signed(Signature),
    /// Has somebody said yes?
    AnyAnswer,
    /// Somebody has said yes: I go in.
    GoIn,
    /// Leave a message.
    LeaveMessage,
    /// The message is from me, whose name was told already.
    Myself,
    /// I am inside, and leave.
    Leave,
}
