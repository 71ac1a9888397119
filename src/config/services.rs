//! `[keys]` and `[mail]`: what a house decides about its keys and its mail room.

use super::check::{number, time};
use super::error::Wrong;
use super::file::{KeysTable, MailTable};
use crate::{keys, mail};
use std::ops::RangeInclusive;
use toml::Spanned;

/// The terms of the keys; what the file leaves out is as usual.
pub(super) fn keys(table: KeysTable) -> Result<keys::Terms, Wrong> {
    let usual = keys::Terms::default();
    Ok(keys::Terms {
        due_at: table.due_at.map(time).transpose()?,
        no_more_minutes: within(table.no_more_minutes, usual.no_more_minutes, 0..=240)?,
        emergency_in_curfew: table
            .emergency_in_curfew
            .unwrap_or(usual.emergency_in_curfew),
        second_card_for_masters: table
            .second_card_for_masters
            .unwrap_or(usual.second_card_for_masters),
        second_card_for_spares: table
            .second_card_for_spares
            .unwrap_or(usual.second_card_for_spares),
        tells_tenants: table.tells_tenants.unwrap_or(usual.tells_tenants),
        second_card_seconds: within(
            table.second_card_seconds,
            usual.second_card_seconds,
            10..=300,
        )?,
    })
}

/// The terms of the mail room; what the file leaves out is as usual.
pub(super) fn mail(table: MailTable) -> Result<mail::Terms, Wrong> {
    let usual = mail::Terms::default();
    Ok(mail::Terms {
        special_within_minutes: within(
            table.special_within_minutes,
            usual.special_within_minutes,
            10..=1440,
        )?,
        remind_every_days: within(table.remind_every_days, usual.remind_every_days, 1..=30)?,
        held_days: within(table.held_days, usual.held_days, 1..=366)?,
        moved_held_days: within(table.moved_held_days, usual.moved_held_days, 1..=366)?,
        label_everything: table.label_everything.unwrap_or(usual.label_everything),
        notice_after_attempt: table
            .notice_after_attempt
            .unwrap_or(usual.notice_after_attempt),
        shelves: table.shelves.unwrap_or_default(),
        wrong_codes: within(table.wrong_codes, usual.wrong_codes, 3..=20)?,
        code_pause_seconds: within(
            table.code_pause_seconds,
            usual.code_pause_seconds,
            10..=3600,
        )?,
    })
}

fn within(
    given: Option<Spanned<i64>>,
    usual: u32,
    range: RangeInclusive<u32>,
) -> Result<u32, Wrong> {
    given.map_or(Ok(usual), |given| number(given, range))
}
