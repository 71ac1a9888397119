//! Tour scripts: plain text, one step a line, readable by a receptionist.
//!
//! A line is empty, a comment behind `#`, or a step. Words in quotes may hold spaces.

use crate::bench::rig::{Act, FULL_ROLL, Fault, Held, SHORT_ROLL};
use lodge_hardware::sim::label::Trouble;
use lodge_hardware::sim::printer::PrinterCommand;
use lodge_hardware::sim::samv::Layout;
use std::time::Duration;

/// One step and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// The line as written.
    pub text: String,
    /// What it says.
    pub step: Step,
}

/// One thing to do or to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `with reader pn532`: a device of this make stands in the lobby; before all other steps.
    With(String, String),
    /// `card front 0100CDA4EC`: hold this card up to this reader and take it away again.
    Card(String, Held),
    /// `hold front telephone`: hold this up to this reader, beside what is there.
    Hold(String, Held),
    /// `lift front`: take away what is held up to this reader.
    Lift(String),
    /// `scan front UMB-0007`: scan this code.
    Scan(String, String),
    /// `press "借用物品"`: touch the control with this label; `press "是" 2` the second of several.
    Press(String, usize),
    /// `type "0013477100"`: touch one key after the other.
    Type(String),
    /// `sign`: sign on the pad with a finger.
    Sign,
    /// `task "umbrella out"`: from here on touches are counted for this.
    Task(String),
    /// `expect touches 1`: the task took no more touches than this.
    ExpectTouches(usize),
    /// `expect keys 3`: the task took no more keys at the staff window than this, and no mouse.
    ExpectKeys(usize),
    /// `wait 45s`: let time pass.
    Wait(Duration),
    /// `paper out`, `paper near-end`, `paper in`: what the roll does.
    Paper(Roll),
    /// `cover open`, `cover closed`.
    Cover(bool),
    /// `cutter stuck`, `cutter free`.
    Cutter(bool),
    /// `printer off-line`, `printer on-line`: at its panel.
    Online(bool),
    /// `tear`: take the slips that hang out of the printer.
    Tear,
    /// `unplug printer`: pull the plug of this device.
    Unplug(String),
    /// `plug printer`: put it in again.
    Plug(String),
    /// `plug printer elsewhere`: put it in again, where it is another port of the system's.
    PlugElsewhere(String),
    /// `noise reader 2000`: so many bytes of noise on this line.
    Noise(String, usize),
    /// `fault reader silent on`: this goes wrong with this device from here on.
    Fault(String, Fault, bool),
    /// `switch reader off`: this device has no power, or has it again.
    Switch(String, bool),
    /// `test-page desk`: somebody asks for a test page of this printer.
    TestPage(String),
    /// `install-key front`: the installer has this reader given its own key.
    InstallKey(String),
    /// `labels out`: what is wrong with the label printer, or that all is well.
    Labels(Option<Trouble>),
    /// `power cut`: everything stops at once and starts again on the same data.
    PowerCut,
    /// `books held`: another program writes to the database and does not finish, or has finished.
    Books(Writer),
    /// `expect screen "…"`: this text is on the screen within ten seconds.
    ExpectScreen(String),
    /// `expect no screen "…"`: this text is not on the screen.
    ExpectNoScreen(String),
    /// `expect slip "…"`: the latest slip says this within ten seconds.
    ExpectSlip(String),
    /// `expect slips 2`: so many slips came out so far.
    ExpectSlips(usize),
    /// `desk key "Ctrl+K"`: press this key at the staff window.
    DeskKey(String),
    /// `desk type "UMB-0007"`: type this at the staff window.
    DeskType(String),
    /// `desk press "物品"`: touch the control with this label at the staff window.
    DeskPress(String),
    /// `expect desk "…"`: this text is on the staff window within ten seconds.
    ExpectDesk(String),
    /// `expect desk at once "…"`: this text is on the staff window before any time passes.
    ExpectDeskAtOnce(String),
    /// `expect no desk "…"`: this text is not on the staff window.
    ExpectNoDesk(String),
    /// `desk picture NAME`: take a picture of the staff window.
    DeskPicture(String),
    /// `picture NAME`: take a picture of the screen.
    Picture(String),
}

/// What a roll of paper does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    /// There is none.
    Out,
    /// It ends soon.
    NearEnd,
    /// There is a new one.
    In,
}

/// What another program that writes to the database does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// It has begun, so that nobody else can write.
    Holds,
    /// It goes on until the kiosk has given up waiting for it.
    Outlasts,
    /// It is done.
    Done,
}

/// A line that is no step.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {number}: {what}; expected {expected}")]
pub struct ScriptError {
    number: usize,
    what: String,
    expected: &'static str,
}

const STEPS: &str = "one of: with, card, hold, lift, scan, press, type, sign, task, wait, paper, cover, cutter, \
    printer, tear, unplug, plug, noise, fault, switch, test-page, install-key, labels, power cut, books, desk, expect desk, expect screen, expect no screen, expect slip, expect slips, expect touches, expect keys, picture; \
    for example: card front 0100CDA4EC";

const FAULTS: &str = "silent, slow, garbage, half-frame, wrong-checksum, wrong-order, or a fault of its kind, \
    which the table of steps in the README lists: fault reader silent on";

/// Reads a whole script.
pub fn read(script: &str) -> Result<Vec<Line>, ScriptError> {
    let mut lines = Vec::new();
    for (number, text) in (1..).zip(script.lines()) {
        let wrong = |what: String, expected| ScriptError {
            number,
            what,
            expected,
        };
        let words =
            words(text).map_err(|what| wrong(what, "a closing quote: press \"借用物品\""))?;
        if words.is_empty() {
            continue;
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let step = step(&words).map_err(|expected| {
            let what = format!("\"{}\" is no step", text.trim());
            wrong(what, expected)
        })?;
        lines.push(Line {
            number,
            text: text.trim().to_owned(),
            step,
        });
    }
    Ok(lines)
}

impl Step {
    /// What this does to which device, where it is nothing but that.
    pub fn acts(&self) -> Vec<(&str, Act)> {
        let printer = |command| ("printer", Act::Printer(command));
        let labels = |trouble, set| ("labels", Act::Fault(Fault::Labels(trouble), set));
        let act: (&str, Act) = match self {
            Step::Labels(Some(trouble)) => labels(*trouble, true),
            Step::Labels(None) => {
                let all = [Trouble::PaperOut, Trouble::HeadOpen, Trouble::Jam];
                return all.map(|trouble| labels(trouble, false)).to_vec();
            }
            Step::Scan(scanner, code) => (scanner, Act::Scan(code.clone())),
            Step::Hold(reader, held) => (reader, Act::Hold(held.clone())),
            Step::Lift(reader) => (reader, Act::Lift),
            Step::Fault(device, fault, set) => (device, Act::Fault(*fault, *set)),
            Step::Switch(device, on) => (device, Act::Power(*on)),
            Step::Noise(device, bytes) => (device, Act::Noise(*bytes)),
            Step::Unplug(device) => (device, Act::Unplug),
            Step::Plug(device) => (device, Act::Plug),
            Step::PlugElsewhere(device) => (device, Act::PlugElsewhere),
            Step::Paper(Roll::Out) => printer(PrinterCommand::LoadPaper(0)),
            Step::Paper(Roll::NearEnd) => printer(PrinterCommand::LoadPaper(SHORT_ROLL)),
            Step::Paper(Roll::In) => printer(PrinterCommand::LoadPaper(FULL_ROLL)),
            Step::Cover(open) => printer(PrinterCommand::Cover(*open)),
            Step::Cutter(stuck) => printer(PrinterCommand::Jam(*stuck)),
            Step::Online(online) => printer(PrinterCommand::Online(*online)),
            _ => return Vec::new(),
        };
        vec![act]
    }
}

/// One step out of its words; what would do where it is none.
pub fn step(words: &[&str]) -> Result<Step, &'static str> {
    let owned = |text: &&str| (*text).to_owned();
    Ok(match words {
        ["with", kind, make] => Step::With(owned(kind), owned(make)),
        ["card", reader, what] => Step::Card(owned(reader), held(what)?),
        ["hold", reader, what] => Step::Hold(owned(reader), held(what)?),
        ["lift", reader] => Step::Lift(owned(reader)),
        ["scan", scanner, code] => Step::Scan(owned(scanner), owned(code)),
        ["press", label] => Step::Press(owned(label), 1),
        ["press", label, number] => {
            let number = number.parse().ok().filter(|number| *number > 0);
            Step::Press(owned(label), number.ok_or("a place: press \"是\" 2")?)
        }
        ["type", text] => Step::Type(owned(text)),
        ["sign"] => Step::Sign,
        ["task", name] => Step::Task(owned(name)),
        ["wait", time] => {
            Step::Wait(duration(time).ok_or("a time: wait 45s, wait 300ms, wait 1h")?)
        }
        ["paper", "out"] => Step::Paper(Roll::Out),
        ["paper", "near-end"] => Step::Paper(Roll::NearEnd),
        ["paper", "in"] => Step::Paper(Roll::In),
        ["paper", ..] => return Err("paper out, paper near-end or paper in"),
        ["cover", "open"] => Step::Cover(true),
        ["cover", "closed"] => Step::Cover(false),
        ["cover", ..] => return Err("cover open or cover closed"),
        ["cutter", "stuck"] => Step::Cutter(true),
        ["cutter", "free"] => Step::Cutter(false),
        ["cutter", ..] => return Err("cutter stuck or cutter free"),
        ["printer", "off-line"] => Step::Online(false),
        ["printer", "on-line"] => Step::Online(true),
        ["printer", ..] => return Err("printer off-line or printer on-line"),
        ["tear"] => Step::Tear,
        ["unplug", device] => Step::Unplug(owned(device)),
        ["plug", device] => Step::Plug(owned(device)),
        ["plug", device, "elsewhere"] => Step::PlugElsewhere(owned(device)),
        ["noise", device, bytes] => Step::Noise(
            owned(device),
            bytes.parse().map_err(|_| "a number: noise reader 2000")?,
        ),
        ["fault", device, fault, set @ ("on" | "off")] => {
            let fault = Fault::named(fault).ok_or(FAULTS)?;
            Step::Fault(owned(device), fault, *set == "on")
        }
        ["switch", device, on @ ("on" | "off")] => Step::Switch(owned(device), *on == "on"),
        ["test-page", printer] => Step::TestPage(owned(printer)),
        ["install-key", reader] => Step::InstallKey(owned(reader)),
        ["labels", "out"] => Step::Labels(Some(Trouble::PaperOut)),
        ["labels", "open"] => Step::Labels(Some(Trouble::HeadOpen)),
        ["labels", "jammed"] => Step::Labels(Some(Trouble::Jam)),
        ["labels", "well"] => Step::Labels(None),
        ["labels", ..] => return Err("labels out, labels open, labels jammed or labels well"),
        ["power", "cut"] => Step::PowerCut,
        ["books", "held"] => Step::Books(Writer::Holds),
        ["books", "given-up"] => Step::Books(Writer::Outlasts),
        ["books", "free"] => Step::Books(Writer::Done),
        ["books", ..] => return Err("books held, books given-up or books free"),
        ["desk", "key", name] => Step::DeskKey(owned(name)),
        ["desk", "type", text] => Step::DeskType(owned(text)),
        ["desk", "press", label] => Step::DeskPress(owned(label)),
        ["desk", "picture", name] => Step::DeskPicture(picture_name(name)?),
        ["desk", ..] => return Err("desk key, desk type, desk press or desk picture"),
        ["expect", "desk", "at", "once", text] => Step::ExpectDeskAtOnce(owned(text)),
        ["expect", "desk", text] => Step::ExpectDesk(owned(text)),
        ["expect", "no", "desk", text] => Step::ExpectNoDesk(owned(text)),
        ["expect", "screen", text] => Step::ExpectScreen(owned(text)),
        ["expect", "no", "screen", text] => Step::ExpectNoScreen(owned(text)),
        ["expect", "slip", text] => Step::ExpectSlip(owned(text)),
        ["expect", "slips", count] => {
            Step::ExpectSlips(count.parse().map_err(|_| "a number: expect slips 2")?)
        }
        ["expect", "touches", most] => {
            Step::ExpectTouches(most.parse().map_err(|_| "a number: expect touches 1")?)
        }
        ["expect", "keys", most] => {
            Step::ExpectKeys(most.parse().map_err(|_| "a number: expect keys 3")?)
        }
        ["expect", ..] => {
            return Err(
                "expect screen \"…\", expect no screen \"…\", expect slip \"…\", expect slips 2, \
                 expect touches 1 or expect keys 3",
            );
        }
        ["picture", name] => Step::Picture(picture_name(name)?),
        _ => return Err(STEPS),
    })
}

/// A name for a file that is the same on every system.
fn picture_name(name: &str) -> Result<String, &'static str> {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    match plain {
        true => Ok(name.to_owned()),
        false => Err("letters, digits and dashes: picture my-page"),
    }
}

/// What is held up to a reader: the digits of a card, a telephone, a made-up document of any layout, a
/// forged one, a card of another kind, noise that looks like a card.
fn held(word: &str) -> Result<Held, &'static str> {
    let digits = || {
        let whole =
            word.len().is_multiple_of(2) && word.is_ascii() && (8..=20).contains(&word.len());
        let bytes = (0..word.len()).step_by(2);
        let bytes = whole.then(|| {
            bytes
                .map(|at| u8::from_str_radix(&word[at..at + 2], 16).ok())
                .collect()
        });
        bytes.flatten().map(Held::Card)
    };
    match word {
        "telephone" => Ok(Held::Telephone),
        "document" => Ok(Held::Document(Layout::Resident)),
        "hmt" => Ok(Held::Document(Layout::Permit)),
        "foreigner-2017" => Ok(Held::Document(Layout::Foreigner2017)),
        "foreigner-2023" => Ok(Held::Document(Layout::Foreigner2023)),
        "forged" => Ok(Held::Forged),
        "other-kind" => Ok(Held::OtherKind),
        "ghost" => Ok(Held::Ghost),
        _ => digits().ok_or("ten hexadecimal digits, or those of a UID: card front 0100CDA4EC"),
    }
}

/// 300ms, 45s, 5m, 1h.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let count: u64 = count.parse().ok()?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    Some(Duration::from_millis(count.checked_mul(milliseconds)?))
}

/// The words of a line; what stands in quotes is one word, what follows `#` is none.
pub fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let end = if let Some(quoted) = rest.strip_prefix('"') {
            let length = quoted
                .find('"')
                .ok_or_else(|| format!("{rest} has no end"))?;
            words.push(quoted[..length].to_owned());
            length + 2
        } else {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(rest[..length].to_owned());
            length
        };
        rest = rest[end..].trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_as_a_receptionist_would_write_it() {
        let script = "# a morning\n\ncard front 0100CDA4EC\npress \"借用物品\"   # the first tile\n\
                      wait 45s\npower cut\nexpect no screen \"陈*明\"\n";
        let steps: Vec<(usize, Step)> = read(script)
            .expect("a script")
            .into_iter()
            .map(|line| (line.number, line.step))
            .collect();
        assert_eq!(
            steps,
            [
                (
                    3,
                    Step::Card("front".into(), Held::Card(vec![1, 0, 0xCD, 0xA4, 0xEC]))
                ),
                (4, Step::Press("借用物品".into(), 1)),
                (5, Step::Wait(Duration::from_secs(45))),
                (6, Step::PowerCut),
                (7, Step::ExpectNoScreen("陈*明".into())),
            ]
        );
    }

    #[test]
    fn a_line_that_is_no_step_says_where_it_is_and_what_would_do() {
        for (line, says) in [
            (
                "dance",
                "line 1: \"dance\" is no step; expected one of: with",
            ),
            ("card front 01", "ten hexadecimal digits"),
            ("press \"借用", "has no end; expected a closing quote"),
            ("card front 0100CDA4E", "or those of a UID"),
            ("fault reader loud on", "silent, slow"),
            ("wait long", "wait 45s"),
            ("paper blue", "paper out, paper near-end or paper in"),
            ("books lost", "books held, books given-up or books free"),
            ("expect rain", "expect screen"),
            ("picture ../x", "letters, digits and dashes"),
        ] {
            let error = read(line).expect_err(line).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
