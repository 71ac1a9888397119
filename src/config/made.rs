//! What a file says of a device beside its make, checked.

use super::check::number;
use super::device::{CardBytes, CardsBehind, Protocol};
use super::error::Wrong;
use super::file::DeviceTable;
use super::makes::{Converter, Em4100, End, Labels, Makes, Mode, Pn532, Receipts, SamV, Scanner};
use super::whose::at;
use std::ops::RangeInclusive;
use std::time::Duration;
use toml::Spanned;

/// The most bytes that stand before or behind a code.
const LONGEST_MARK: usize = 20;

/// What a printer may take to start, in milliseconds.
const RESTART: RangeInclusive<u32> = 100..=5000;

/// What differs from the make of this device; `profile` is that make.
pub(super) fn makes(
    table: &DeviceTable,
    protocol: Protocol,
    profile: Option<&str>,
) -> Result<Makes, Wrong> {
    Ok(match protocol {
        Protocol::Em4100 => {
            let usual = Em4100::default();
            Makes::Em4100(Em4100 {
                silence: millis(&table.silence_ms, 300..=2000)?.unwrap_or(usual.silence),
            })
        }
        Protocol::Pn532 => {
            let usual = Pn532::default();
            Makes::Pn532(Pn532 {
                calls_again: small(&table.calls_again, 0..=20)?.unwrap_or(usual.calls_again),
                wake_zeros: small(&table.wake_zeros, 0..=200)?.unwrap_or(usual.wake_zeros),
                acknowledged_within: millis(&table.acknowledge_ms, 20..=2000)?
                    .unwrap_or(usual.acknowledged_within),
            })
        }
        Protocol::SamV => {
            let usual = SamV::default();
            Makes::SamV(SamV {
                foreigners_2023: word(&table.foreigners_2023).unwrap_or(usual.foreigners_2023),
                permit_beginnings: word(&table.permit_beginnings)
                    .unwrap_or(usual.permit_beginnings),
                radio_frame: small(&table.radio_frame, 1..=255)?,
            })
        }
        Protocol::Wiegand => Makes::Converter(converter(table)?),
        Protocol::LineScanner => Makes::Scanner(scanner(table, profile)?),
        Protocol::EscPos => Makes::Receipts(receipts(table, profile)?),
        Protocol::Tspl | Protocol::Zpl => Makes::Labels(labels(table, protocol)?),
        Protocol::Osdp => Makes::Usual,
    })
}

/// In which order the bytes of a card number come: only where they are a number of bytes at all.
pub(super) fn card_bytes(table: &DeviceTable) -> Result<CardBytes, Wrong> {
    let order = word(&table.card_bytes).unwrap_or_default();
    let have_bytes = word(&table.cards) == Some(CardsBehind::Iso14443a);
    match at(&table.card_bytes).filter(|_| order != CardBytes::default() && !have_bytes) {
        Some(at) => Err(Wrong::at(at).expecting("this only where cards is \"iso14443a\"")),
        None => Ok(order),
    }
}

fn converter(table: &DeviceTable) -> Result<Converter, Wrong> {
    let end = word(&table.end);
    if let (Some(End::Line), Some(at)) = (end, at(&table.end)) {
        return Err(Wrong::at(at)
            .expecting("\"cr\", \"lf\", \"cr-lf\" or \"pause\" for a reader that speaks wiegand")
            .such_as("end = \"cr\""));
    }
    let wire_bits = small(&table.wire_bits, 1..=64)?;
    let with_parity = word(&table.with_parity).unwrap_or_default();
    if with_parity && !matches!(wire_bits, Some(26 | 34 | 37)) {
        let at = at(&table.wire_bits).or(at(&table.with_parity));
        return Err(Wrong::at(at.unwrap_or_default())
            .expecting(
                "wire_bits of 26, 34 or 37 where with_parity is true: no others have known parity",
            )
            .such_as("wire_bits = 26"));
    }
    Ok(Converter {
        radix: word(&table.radix),
        digits: small(&table.digits, 1..=20)?,
        end,
        wire_bits,
        with_parity,
        keep_bits: small(&table.keep_bits, 1..=64)?,
    })
}

fn scanner(table: &DeviceTable, profile: Option<&str>) -> Result<Scanner, Wrong> {
    let usual = Scanner::default();
    let mode = word(&table.mode).unwrap_or(usual.mode);
    if let (Mode::Commanded, Some(at)) = (mode, at(&table.mode)) {
        if profile == Some("any") {
            return Err(Wrong::at(at)
                .expecting(
                    "\"auto-sense\" for a scanner of \"any\" make, whose commands nobody knows",
                )
                .such_as("mode = \"auto-sense\""));
        }
        if table.name.get_ref() == "desk" {
            return Err(Wrong::at(at)
                .expecting(
                    "\"auto-sense\" for the scanner at the desk, which takes codes at any time",
                )
                .such_as("mode = \"auto-sense\""));
        }
    }
    if let (Some(false), Some("any"), Some(at)) = (word(&table.set_up), profile, at(&table.set_up))
    {
        return Err(
            Wrong::at(at).expecting("true for a scanner of \"any\" make, which is sent nothing")
        );
    }
    let check_replies = word(&table.check_replies).unwrap_or(usual.check_replies);
    if let (false, false, Some(at)) = (
        check_replies,
        profile == Some("grow"),
        at(&table.check_replies),
    ) {
        return Err(Wrong::at(at).expecting(
            "true for a scanner of another make than \"grow\", whose replies alone have this CRC",
        ));
    }
    let end = word(&table.end).unwrap_or(usual.end);
    let suffix = mark(&table.suffix)?;
    if let (false, true, Some(at)) = (suffix.is_empty(), end != usual.end, at(&table.suffix)) {
        return Err(Wrong::at(at)
            .expecting("either suffix, or end")
            .such_as("suffix = \"\""));
    }
    Ok(Scanner {
        mode,
        set_up: word(&table.set_up).unwrap_or(usual.set_up),
        check_replies,
        end,
        suffix,
        prefix: mark(&table.prefix)?,
        aim: word(&table.aim).unwrap_or(usual.aim),
        encoding: word(&table.encoding).unwrap_or(usual.encoding),
        idle_end: millis(&table.idle_ms, 20..=1000)?.unwrap_or(usual.idle_end),
        same_code: millis(&table.same_code_ms, 0..=10_000)?.unwrap_or(usual.same_code),
    })
}

fn receipts(table: &DeviceTable, profile: Option<&str>) -> Result<Receipts, Wrong> {
    let chinese = word(&table.chinese);
    let is_western = profile.is_some_and(|name| name.ends_with("-western"));
    let has_chinese = chinese.unwrap_or(!is_western);
    let western = [at(&table.code_page), at(&table.code_page_number)];
    let eastern = [
        at(&table.four_byte),
        at(&table.large_chinese),
        at(&table.tight_chinese),
    ];
    let (needless, one) = match has_chinese {
        true => (
            &western[..],
            "without a Chinese font: a \"-western\" profile, or chinese = false",
        ),
        false => (&eastern[..], "with a Chinese font"),
    };
    if let Some(at) = needless.iter().flatten().next() {
        return Err(Wrong::at(at.clone()).expecting(format!("this only for a printer {one}")));
    }
    if let (Some(at), None) = (at(&table.code_page_number), &table.code_page) {
        return Err(Wrong::at(at)
            .expecting("code_page beside it: the number alone says nothing of its characters")
            .such_as("code_page = \"wpc1252\""));
    }
    Ok(Receipts {
        columns: small(&table.columns, 32..=64)?,
        chinese,
        four_byte: word(&table.four_byte),
        code_page: word(&table.code_page),
        code_page_number: small(&table.code_page_number, 0..=255)?,
        national_set: small(&table.national_set, 0..=82)?,
        large_chinese: word(&table.large_chinese),
        tight_chinese: word(&table.tight_chinese),
        cutter: word(&table.cutter),
        lines_to_cutter: small(&table.lines_to_cutter, 0..=20)?,
        process_id: word(&table.process_id),
        restart: millis(&table.restart_ms, RESTART)?,
    })
}

fn labels(table: &DeviceTable, protocol: Protocol) -> Result<Labels, Wrong> {
    Ok(Labels {
        font: font(&table.font, protocol)?,
        font_dots: table.font_dots.as_ref().map(dots).transpose()?,
        font_characters: word(&table.font_characters),
        quotes: word(&table.quotes),
        status: word(&table.status),
        upside_down: word(&table.upside_down),
        restart: millis(&table.restart_ms, RESTART)?,
    })
}

/// The name of a font on the printer. It stands within a command, so nothing may end it there.
fn font(given: &Option<Spanned<String>>, protocol: Protocol) -> Result<Option<String>, Wrong> {
    let Some(given) = given else {
        return Ok(None);
    };
    let name = given.get_ref();
    let is_name = |name: &str| {
        let plain = |char: char| char.is_ascii_alphanumeric() || ".-_".contains(char);
        (1..=30).contains(&name.len()) && name.chars().all(plain)
    };
    let (fits, example) = match protocol {
        Protocol::Zpl => {
            let file = name.split_once(':');
            let drive = |drive: &str| matches!(drive, "B" | "E" | "R" | "Z");
            let fits = file.is_some_and(|(on, file)| drive(on) && is_name(file));
            (fits, "font = \"E:SIMSUN.TTF\"")
        }
        _ => (is_name(name), "font = \"TSS24.BF2\""),
    };
    match fits {
        true => Ok(Some(name.clone())),
        false => Err(Wrong::at(given.span()).such_as(example)),
    }
}

/// Dots of a character, `12x24`.
fn dots(given: &Spanned<String>) -> Result<(u8, u8), Wrong> {
    let size = given.get_ref().split_once('x').and_then(|(width, height)| {
        let (width, height) = (width.parse().ok()?, height.parse().ok()?);
        ((6..=48).contains(&width) && (8..=96).contains(&height)).then_some((width, height))
    });
    size.ok_or_else(|| Wrong::at(given.span()))
}

/// What stands before or behind every code.
fn mark(given: &Option<Spanned<String>>) -> Result<Vec<u8>, Wrong> {
    match given {
        None => Ok(Vec::new()),
        Some(given) if given.get_ref().len() <= LONGEST_MARK => {
            Ok(given.get_ref().clone().into_bytes())
        }
        Some(given) => Err(Wrong::at(given.span())),
    }
}

fn word<T: Clone>(given: &Option<Spanned<T>>) -> Option<T> {
    given.as_ref().map(|given| given.get_ref().clone())
}

fn small(given: &Option<Spanned<i64>>, range: RangeInclusive<u32>) -> Result<Option<u8>, Wrong> {
    let number = given
        .clone()
        .map(|given| number(given, range))
        .transpose()?;
    Ok(number.and_then(|number| u8::try_from(number).ok()))
}

pub(super) fn millis(
    given: &Option<Spanned<i64>>,
    range: RangeInclusive<u32>,
) -> Result<Option<Duration>, Wrong> {
    let number = given
        .clone()
        .map(|given| number(given, range))
        .transpose()?;
    Ok(number.map(|number| Duration::from_millis(u64::from(number))))
}
