//! From the file as it is written to settings that make sense.

use super::defaults::{self, DESK, PACK_MINUTES, PANEL};
use super::error::{SettingsError, Wrong};
use super::file::{BuildingTable, DeskTable, File, PanelTable, TimesTable};
use super::place::Source;
use super::settings::{Desk, Panel, Settings};
use super::{lending, plugged};
use crate::building::{Building, Colour};
use crate::desk::pack;
use crate::kiosk::timeouts::Timeouts;
use crate::people::{Bilingual, NumberConvention};
use chrono::{NaiveTime, TimeDelta};
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;
use toml::Spanned;

/// The longest name that fits a screen and a slip, in characters.
const LONGEST_NAME: usize = 40;

/// The longest notice that is read before somebody signs, in characters.
const LONGEST_TEXT: usize = 600;

/// The contrast at which words are read on their ground (WCAG 2, level AA).
const READABLE_CONTRAST: f64 = 4.5;

/// Reads and checks a whole file.
pub(super) fn settings(text: &str, path: &Path) -> Result<Settings, SettingsError> {
    let source = Source { text, path };
    let file: File = toml::from_str(text).map_err(|error| source.unread(&error))?;
    checked(file).map_err(|wrong| source.wrong(wrong))
}

fn checked(file: File) -> Result<Settings, Wrong> {
    let rooms = rooms(&file.building)?;
    let rain_hours = rain_hours(&file.building)?;
    Ok(Settings {
        building: building(file.building)?,
        rooms,
        rain_hours,
        panel: panel(file.panel)?,
        fullscreen: file.windows.kiosk.fullscreen.unwrap_or(true),
        timeouts: timeouts(file.times)?,
        cards: file
            .cards
            .bits
            .map_or(Ok(NumberConvention::default()), cards)?,
        devices: plugged::devices(file.device)?,
        kinds: file
            .lending
            .map_or_else(|| Ok(defaults::kinds()), lending::kinds)?,
        desk: desk(file.desk)?,
        visits: super::visits::terms(file.visits)?,
        keys: super::services::keys(file.keys)?,
        mail: super::services::mail(file.mail)?,
    })
}

fn building(table: BuildingTable) -> Result<Building, Wrong> {
    let opens_at = table.opens.as_ref().map(Spanned::span);
    let closes_at = table.closes.as_ref().map(Spanned::span);
    let opens = table.opens.map_or(Ok(defaults::OPENS), time)?;
    let closes = table.closes.map_or(Ok(defaults::CLOSES), time)?;
    if opens >= closes {
        let wrong = match (closes_at, opens_at) {
            (Some(at), _) => Wrong::at(at).expecting(format!(
                "a time of day after {}, when the lobby opens",
                opens.format("%H:%M")
            )),
            (None, at) => Wrong::at(at.unwrap_or_default()).expecting(format!(
                "a time of day before {}, when the lobby closes",
                closes.format("%H:%M")
            )),
        };
        return Err(wrong);
    }
    Ok(Building {
        name: name(table.name)?,
        zone: table.zone.map_or(Ok(defaults::ZONE), |zone| {
            let known = zone.get_ref().parse();
            known.map_err(|_| Wrong::at(zone.span()))
        })?,
        opens,
        closes,
        device: table
            .device_letter
            .map_or(Ok(defaults::DEVICE_LETTER), letter)?,
    })
}

fn rooms(table: &BuildingTable) -> Result<Vec<String>, Wrong> {
    let mut rooms: Vec<String> = Vec::new();
    for room in &table.rooms {
        let room_at = room.span();
        let room = short(room.clone())?;
        if rooms.contains(&room) {
            return Err(Wrong::at(room_at).expecting("each room once"));
        }
        rooms.push(room);
    }
    Ok(rooms)
}

/// Spans of the day, `HH:MM-HH:MM`.
fn rain_hours(table: &BuildingTable) -> Result<Vec<(NaiveTime, NaiveTime)>, Wrong> {
    let span = |given: &Spanned<String>| {
        let wrong = || Wrong::at(given.span());
        let (from, until) = given.get_ref().split_once('-').ok_or_else(wrong)?;
        let moment = |text: &str| time(Spanned::new(given.span(), text.to_owned()));
        let (from, until) = (moment(from)?, moment(until)?);
        (from < until).then_some((from, until)).ok_or_else(wrong)
    };
    table.rain_hours.iter().map(span).collect()
}

fn letter(given: Spanned<String>) -> Result<char, Wrong> {
    let mut letters = given.get_ref().chars();
    match (letters.next(), letters.next()) {
        (Some(letter @ 'A'..='Z'), None) => Ok(letter),
        _ => Err(Wrong::at(given.span())),
    }
}

fn panel(table: PanelTable) -> Result<Panel, Wrong> {
    let pixels = |given: Option<Spanned<i64>>, usual: u32| {
        given.map_or(Ok(usual), |given| number(given, 480..=7680))
    };
    Ok(Panel {
        width_px: pixels(table.width_px, PANEL.width_px)?,
        height_px: pixels(table.height_px, PANEL.height_px)?,
        diagonal_inches: table
            .diagonal_inches
            .map_or(Ok(PANEL.diagonal_inches), |given| {
                decimal(given, 7.0..=100.0)
            })?,
        high_contrast: table.high_contrast.unwrap_or(PANEL.high_contrast),
        low_reach: table.low_reach.unwrap_or(PANEL.low_reach),
        accent: table.accent.map_or(Ok(PANEL.accent), accent)?,
    })
}

fn desk(table: DeskTable) -> Result<Desk, Wrong> {
    let pixels = |given: Option<Spanned<i64>>, least: u32, usual: u32| {
        given.map_or(Ok(usual), |given| number(given, least..=7680))
    };
    let minutes = table
        .lock_minutes
        .map(|given| number(given, 1..=120))
        .transpose()?;
    let pack = table
        .pack_minutes
        .map_or(Ok(PACK_MINUTES), |given| number(given, 0..=720))?;
    Ok(Desk {
        packs: match pack {
            0 => None,
            minutes => Some(pack::Terms {
                every: TimeDelta::minutes(i64::from(minutes)),
                language: table.pack_language.unwrap_or_default(),
            }),
        },
        window: table.window.unwrap_or(DESK.window),
        width_px: pixels(table.width_px, 1180, DESK.width_px)?,
        height_px: pixels(table.height_px, 720, DESK.height_px)?,
        locks_after: minutes.map_or(DESK.locks_after, |minutes| {
            Duration::from_secs(60 * u64::from(minutes))
        }),
    })
}

fn accent(given: Spanned<String>) -> Result<Colour, Wrong> {
    let colour = colour(given.get_ref()).ok_or_else(|| Wrong::at(given.span()))?;
    // White is lighter than paper: white words on the colour are read as well.
    let contrast = colour.contrast(Colour::PAPER);
    if contrast < READABLE_CONTRAST {
        // Not rounded up to what it has to be.
        let tenths = (contrast * 10.0).floor() / 10.0;
        return Err(Wrong::at(given.span()).expecting(format!(
            "a darker colour: words in it on the paper of a page have a contrast of {tenths:.1}, and need 4.5"
        )));
    }
    Ok(colour)
}

/// A colour as the web writes it: `#0E5A56`.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let part = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
    Some(Colour {
        red: part(0)?,
        green: part(2)?,
        blue: part(4)?,
    })
}

fn timeouts(table: TimesTable) -> Result<Timeouts, Wrong> {
    let seconds = |given: Option<Spanned<i64>>, range: RangeInclusive<u32>| {
        let seconds = given.map(|given| number(given, range)).transpose()?;
        Ok(seconds.map(|seconds| Duration::from_secs(u64::from(seconds))))
    };
    let factor = table
        .factor
        .map_or(Ok(1.0), |given| decimal(given, 0.5..=5.0))?;
    Ok(defaults::timeouts(
        seconds(table.idle_seconds, 10..=600)?,
        seconds(table.countdown_seconds, 5..=120)?,
        factor,
    ))
}

fn cards(given: Spanned<i64>) -> Result<NumberConvention, Wrong> {
    match given.get_ref() {
        24 => Ok(NumberConvention::Bits24),
        32 => Ok(NumberConvention::Bits32),
        40 => Ok(NumberConvention::Bits40),
        _ => Err(Wrong::at(given.span())),
    }
}

/// A time of day as `HH:MM`. Nothing else, so that nobody wonders what `8:5` or `24:00` means.
pub(super) fn time(given: Spanned<String>) -> Result<NaiveTime, Wrong> {
    let text = given.get_ref();
    let shaped = text.len() == 5
        && text.bytes().enumerate().all(|(place, byte)| {
            if place == 2 {
                byte == b':'
            } else {
                byte.is_ascii_digit()
            }
        });
    shaped
        .then(|| NaiveTime::parse_from_str(text, "%H:%M").ok())
        .flatten()
        .ok_or_else(|| Wrong::at(given.span()))
}

/// A name in both languages.
pub(super) fn name(given: Spanned<Bilingual>) -> Result<Bilingual, Wrong> {
    let both = given.get_ref();
    if is_name(&both.zh) && is_name(&both.en) {
        Ok(given.into_inner())
    } else {
        Err(Wrong::at(given.span()))
    }
}

/// A paragraph in both languages.
pub(super) fn text(given: Spanned<Bilingual>) -> Result<Bilingual, Wrong> {
    let both = given.get_ref();
    let is_text = |text: &String| is_line(text, LONGEST_TEXT);
    match is_text(&both.zh) && is_text(&both.en) {
        true => Ok(given.into_inner()),
        false => Err(Wrong::at(given.span())),
    }
}

/// A name in one language.
pub(super) fn short(given: Spanned<String>) -> Result<String, Wrong> {
    if is_name(given.get_ref()) {
        Ok(given.into_inner())
    } else {
        Err(Wrong::at(given.span()))
    }
}

fn is_name(text: &str) -> bool {
    is_line(text, LONGEST_NAME)
}

fn is_line(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.chars().count())
        && text.trim() == text
        && !text.contains(char::is_control)
}

/// A whole number in a range.
pub(super) fn number(given: Spanned<i64>, range: RangeInclusive<u32>) -> Result<u32, Wrong> {
    u32::try_from(*given.get_ref())
        .ok()
        .filter(|number| range.contains(number))
        .ok_or_else(|| Wrong::at(given.span()))
}

fn decimal(given: Spanned<f64>, range: RangeInclusive<f64>) -> Result<f64, Wrong> {
    let number = *given.get_ref();
    if range.contains(&number) {
        Ok(number)
    } else {
        Err(Wrong::at(given.span()))
    }
}
