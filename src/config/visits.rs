//! `[visits]`: how a house receives its visitors.

use super::check::number;
use super::error::Wrong;
use super::file::VisitsTable;
use crate::visits::Terms;

/// The terms of a file; what it leaves out is as usual.
pub(super) fn terms(table: VisitsTable) -> Result<Terms, Wrong> {
    let usual = Terms::default();
    Ok(Terms {
        guest: table.guest.unwrap_or(usual.guest),
        contractor: table.contractor.unwrap_or(usual.contractor),
        courier: table.courier.unwrap_or(usual.courier),
        prospective_tenant: table.prospective_tenant.unwrap_or(usual.prospective_tenant),
        interview: table.interview.unwrap_or(usual.interview),
        erased_after_days: table
            .erased_after_days
            .map_or(Ok(usual.erased_after_days), |days| number(days, 1..=366))?,
        temporary_cards: table.temporary_cards.unwrap_or(usual.temporary_cards),
        signs_out_at_closing: table
            .signs_out_at_closing
            .unwrap_or(usual.signs_out_at_closing),
        early_minutes: table
            .early_minutes
            .map_or(Ok(usual.early_minutes), |minutes| number(minutes, 0..=720))?,
        ..usual
    })
}
