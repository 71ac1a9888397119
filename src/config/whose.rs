//! Which keys of a `[[device]]` are whose: a key that its device does not know is a mistake, not a wish.

use super::device::Protocol::{
    self, Em4100, EscPos, LineScanner, Osdp, Pn532, SamV, Tspl, Wiegand, Zpl,
};
use super::error::Wrong;
use super::file::DeviceTable;
use crate::equipment::DeviceKind;
use std::ops::Range;
use toml::Spanned;

/// A key with its place, the protocols whose devices have it, and these in words.
type Row = (
    &'static str,
    Option<Range<usize>>,
    &'static [Protocol],
    &'static str,
);

/// Every key that is not every device's.
#[rustfmt::skip]
fn rows(t: &DeviceTable) -> Vec<Row> {
    const OSDP: &str = "osdp readers have one";
    const BITS: &str = "osdp and wiegand readers have it";
    const SILENT: &str = "em4100 readers have it";
    const CHIP: &str = "pn532 readers have it";
    const DOCUMENTS: &str = "sam-v readers have it";
    const CONVERTERS: &str = "wiegand readers have it";
    const ENDED: &str = "wiegand readers and scanners have it";
    const SCANNERS: &str = "scanners have it";
    const PAPER: &str = "printers of both kinds have it";
    const PRINTERS: &str = "printers have it";
    const LABELS: &str = "label printers have it";
    const TSPL: &str = "label printers that speak tspl have it";
    const STOCK: &[Protocol] = &[Tspl, Zpl];
    vec![
        ("address", at(&t.address), &[Osdp], OSDP),
        ("key_file", at(&t.key_file), &[Osdp], OSDP),
        ("allow_default_key", at(&t.allow_default_key), &[Osdp], OSDP),
        ("allow_clear_text", at(&t.allow_clear_text), &[Osdp], OSDP),
        ("check", at(&t.check), &[Osdp], OSDP),
        ("cards", at(&t.cards), &[Osdp, Wiegand], BITS),
        ("card_bytes", at(&t.card_bytes), &[Osdp, Wiegand], BITS),
        ("silence_ms", at(&t.silence_ms), &[Em4100], SILENT),
        ("calls_again", at(&t.calls_again), &[Pn532], CHIP),
        ("wake_zeros", at(&t.wake_zeros), &[Pn532], CHIP),
        ("acknowledge_ms", at(&t.acknowledge_ms), &[Pn532], CHIP),
        ("foreigners_2023", at(&t.foreigners_2023), &[SamV], DOCUMENTS),
        ("permit_beginnings", at(&t.permit_beginnings), &[SamV], DOCUMENTS),
        ("radio_frame", at(&t.radio_frame), &[SamV], DOCUMENTS),
        ("radix", at(&t.radix), &[Wiegand], CONVERTERS),
        ("digits", at(&t.digits), &[Wiegand], CONVERTERS),
        ("wire_bits", at(&t.wire_bits), &[Wiegand], CONVERTERS),
        ("with_parity", at(&t.with_parity), &[Wiegand], CONVERTERS),
        ("keep_bits", at(&t.keep_bits), &[Wiegand], CONVERTERS),
        ("end", at(&t.end), &[Wiegand, LineScanner], ENDED),
        ("mode", at(&t.mode), &[LineScanner], SCANNERS),
        ("set_up", at(&t.set_up), &[LineScanner], SCANNERS),
        ("check_replies", at(&t.check_replies), &[LineScanner], SCANNERS),
        ("suffix", at(&t.suffix), &[LineScanner], SCANNERS),
        ("prefix", at(&t.prefix), &[LineScanner], SCANNERS),
        ("aim", at(&t.aim), &[LineScanner], SCANNERS),
        ("encoding", at(&t.encoding), &[LineScanner], SCANNERS),
        ("idle_ms", at(&t.idle_ms), &[LineScanner], SCANNERS),
        ("same_code_ms", at(&t.same_code_ms), &[LineScanner], SCANNERS),
        ("restart_ms", at(&t.restart_ms), &[EscPos, Tspl, Zpl], PAPER),
        ("roll_metres", at(&t.roll_metres), &[EscPos], PRINTERS),
        ("columns", at(&t.columns), &[EscPos], PRINTERS),
        ("chinese", at(&t.chinese), &[EscPos], PRINTERS),
        ("four_byte", at(&t.four_byte), &[EscPos], PRINTERS),
        ("code_page", at(&t.code_page), &[EscPos], PRINTERS),
        ("code_page_number", at(&t.code_page_number), &[EscPos], PRINTERS),
        ("national_set", at(&t.national_set), &[EscPos], PRINTERS),
        ("large_chinese", at(&t.large_chinese), &[EscPos], PRINTERS),
        ("tight_chinese", at(&t.tight_chinese), &[EscPos], PRINTERS),
        ("cutter", at(&t.cutter), &[EscPos], PRINTERS),
        ("lines_to_cutter", at(&t.lines_to_cutter), &[EscPos], PRINTERS),
        ("process_id", at(&t.process_id), &[EscPos], PRINTERS),
        ("label_mm", at(&t.label_mm), STOCK, LABELS),
        ("prints", at(&t.prints), STOCK, LABELS),
        ("font", at(&t.font), STOCK, LABELS),
        ("upside_down", at(&t.upside_down), STOCK, LABELS),
        ("font_dots", at(&t.font_dots), &[Tspl], TSPL),
        ("font_characters", at(&t.font_characters), &[Tspl], TSPL),
        ("quotes", at(&t.quotes), &[Tspl], TSPL),
        ("status", at(&t.status), &[Tspl], TSPL),
    ]
}

/// Where a value stands.
pub(super) fn at<T>(given: &Option<Spanned<T>>) -> Option<Range<usize>> {
    given.as_ref().map(Spanned::span)
}

/// Whether every key is one that this device knows.
pub(super) fn placed(
    table: &DeviceTable,
    kind: DeviceKind,
    protocol: Protocol,
) -> Result<(), Wrong> {
    let mut rows = rows(table).into_iter();
    let wrong = rows.find_map(|(key, at, protocols, whose)| {
        let at = at.filter(|_| !protocols.contains(&protocol))?;
        let (kind, word) = (kind.word(), protocol.word());
        let expected = format!("no {key} for a {kind} that speaks {word}: only {whose}");
        Some(Wrong::at(at).expecting(expected))
    });
    wrong.map_or(Ok(()), Err)
}
