//! The settings file: what the example promises holds, and every mistake says what to write instead.

use lodge::config::{
    BAUD_RATES, DeviceKind, EXAMPLE, Flow, PRINTER_PROFILES, Problem, Protocol, Settings,
    SettingsError,
};
use lodge::kiosk::timeouts::Timeouts;
use lodge::people::NumberConvention;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// The shortest file that starts a kiosk; what a test adds begins in its third line.
const HOUSE: &str = "[building]\nname = { zh = \"云\", en = \"Cloud\" }\n";

fn parse(text: &str) -> Result<Settings, SettingsError> {
    Settings::parse(text, Path::new("lodge.toml"))
}

fn sound(text: &str) -> Settings {
    parse(text).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

fn problem(text: &str) -> Problem {
    match parse(text) {
        Err(SettingsError::Wrong(problem)) => *problem,
        other => panic!("{other:?} from\n{text}"),
    }
}

/// The lines of the example that give a key its value, with their numbers, counted from 0.
fn example_keys() -> Vec<(usize, &'static str)> {
    let lines = EXAMPLE.lines().enumerate();
    let keys: Vec<_> = lines.filter(|(_, line)| line.contains(" = ")).collect();
    let keys: Vec<_> = keys
        .into_iter()
        .filter(|(_, line)| !line.starts_with('#'))
        .collect();
    assert!(keys.len() > 40, "{}", keys.len());
    keys
}

/// The example with another line in the place of this one.
fn example_with(number: usize, line: &str) -> String {
    let lines = EXAMPLE.lines().enumerate();
    lines
        .map(|(at, old)| if at == number { line } else { old })
        .fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn the_example_is_the_house_of_the_trial_with_devices() {
    let example = sound(EXAMPLE);
    let trial = Settings::defaults();
    assert_eq!(example.building(), trial.building());
    assert_eq!(example.rooms(), trial.rooms());
    assert_eq!(example.panel(), trial.panel());
    assert_eq!(example.fullscreen(), trial.fullscreen());
    assert_eq!(example.timeouts(), trial.timeouts());
    assert_eq!(example.cards(), trial.cards());
    assert_eq!(example.kinds(), trial.kinds());
    assert_eq!(example.devices().len(), 3);
    assert!(trial.devices().is_empty());
}

#[test]
fn a_line_marked_default_may_be_left_out_and_no_other_line_may() {
    let example = sound(EXAMPLE);
    let mut defaults = 0;
    for (number, line) in example_keys() {
        let without = parse(&example_with(number, ""));
        if line.ends_with("# default") {
            defaults += 1;
            assert_eq!(without.expect("still sound"), example, "{line}");
        } else {
            assert!(
                without.is_err() || without.is_ok_and(|s| s != example),
                "{line}"
            );
        }
    }
    assert!(defaults > 20, "{defaults}");
}

#[test]
fn without_any_lending_a_house_lends_what_the_example_lends() {
    let at = EXAMPLE.find("\n[[lending]]").expect("lending is last");
    assert_eq!(sound(&EXAMPLE[..at]).kinds(), sound(EXAMPLE).kinds());
    assert!(sound(&format!("lending = []\n{HOUSE}")).kinds().is_empty());
}

#[test]
fn the_shortest_file_takes_every_default() {
    let shortest = sound(HOUSE);
    let trial = Settings::defaults();
    assert_eq!(shortest.panel(), trial.panel());
    assert_eq!(shortest.timeouts(), trial.timeouts());
    assert_eq!(shortest.kinds(), trial.kinds());
    assert_eq!(shortest.building().zone, trial.building().zone);
    assert!(shortest.devices().is_empty() && shortest.rooms().is_empty());
}

/// The keys of a table, as the program itself tells them when it hears of a key it does not know.
fn keys_of(heading: &str) -> Option<Vec<String>> {
    let text = if heading.is_empty() {
        format!("no_such_key_anywhere = 1\n{HOUSE}")
    } else {
        // A table that stands in the shortest file already would be there twice.
        let house = if heading.starts_with("[building") {
            ""
        } else {
            HOUSE
        };
        format!("{heading}\nno_such_key_anywhere = 1\n{house}")
    };
    let problem = problem(&text);
    problem.found.ends_with("is not a key").then(|| {
        let words = problem.expected.replace(" or ", ", ");
        words.split(", ").map(str::to_owned).collect()
    })
}

#[test]
fn every_key_the_program_knows_is_in_the_example() {
    let mut known = BTreeSet::new();
    for heading in keys_of("").expect("the top has sections") {
        for key in keys_of(&heading).expect("a section has keys") {
            known.insert((heading.clone(), key));
        }
    }
    let mut shown = BTreeSet::new();
    let mut heading = "";
    for line in EXAMPLE.lines() {
        if line.starts_with('[') {
            heading = line;
        } else if let (false, Some((key, _))) = (line.starts_with('#'), line.split_once(" = ")) {
            shown.insert((heading.to_owned(), key.to_owned()));
        }
    }
    assert_eq!(known, shown);
    assert!(known.len() > 30, "{}", known.len());
}

#[test]
fn every_key_with_a_value_of_another_kind_shows_its_own_line_of_the_example() {
    for (number, line) in example_keys() {
        let (key, _) = line.split_once(" = ").expect("a key");
        let problem = problem(&example_with(number, &format!("{key} = 1979-05-27")));
        assert_eq!(problem.line, number + 1, "{problem}");
        assert!(
            problem.found.ends_with(&format!("{key} is 1979-05-27")),
            "{problem}"
        );
        assert_ne!(problem.expected, "another value", "{problem}");
        assert!(
            problem.example.starts_with(&format!("{key} = ")),
            "{problem}"
        );
    }
}

/// What is added to the shortest file, and what the program says to it.
#[rustfmt::skip]
const WRONG: &[(&str, &str)] = &[
    // The building.
    ("opens = 8",
     r#"line 3: building: opens is 8; expected a time of day "00:00" to "23:59"; for example: opens = "08:00""#),
    ("opens = 08:00",
     r#"line 3: building: opens is 08:00; expected a time of day "00:00" to "23:59"; for example: opens = "08:00""#),
    ("opens = \"8:00\"",
     r#"line 3: building: opens is "8:00"; expected a time of day "00:00" to "23:59"; for example: opens = "08:00""#),
    ("closes = \"24:00\"",
     r#"line 3: building: closes is "24:00"; expected a time of day "00:00" to "23:59"; for example: closes = "20:00""#),
    ("opens = \"09:00\"\ncloses = \"08:30\"",
     r#"line 4: building: closes is "08:30"; expected a time of day after 09:00, when the lobby opens; for example: closes = "20:00""#),
    ("opens = \"21:00\"",
     r#"line 3: building: opens is "21:00"; expected a time of day before 20:00, when the lobby closes; for example: opens = "08:00""#),
    ("zone = \"Asia/Shangai\"",
     r#"line 3: building: zone is "Asia/Shangai"; expected an IANA time zone in quotes; for example: zone = "Asia/Shanghai""#),
    ("device_letter = \"a\"",
     r#"line 3: building: device_letter is "a"; expected one letter "A" to "Z"; for example: device_letter = "A""#),
    ("rooms = [\"1201\", \"1201\"]",
     r#"line 3: building: rooms is "1201"; expected each room once; for example: rooms = ["1201", "1202", "1203"]"#),
    ("rooms = [\"1201\", 1202]",
     r#"line 3: building: rooms is 1202; expected a list of rooms in quotes, at most 40 characters each; for example: rooms = ["1201", "1202", "1203"]"#),
    ("opnes = \"08:00\"",
     r#"line 3: building: opnes is not a key; expected opens; for example: opens = "08:00""#),
    ("colour = \"red\"",
     r#"line 3: building: colour is not a key; expected name, rooms, opens, closes, zone or device_letter; for example: name = { zh = "云栖大厦", en = "Cloud Tower" }"#),
    // The panel, the window, the times, the cards.
    ("[pannel]\nwidth_px = 1080",
     "line 3: pannel is not a key; expected [panel]; for example: [panel]"),
    ("[desk]",
     "line 3: desk is not a key; expected [building], [panel], [windows.kiosk], [times], [cards], [[device]] or [[lending]]; for example: [building]"),
    ("[panel]\nwidth_px = 200",
     "line 4: panel: width_px is 200; expected a whole number from 480 to 7680; for example: width_px = 1080"),
    ("[panel]\ndiagonal_inches = nan",
     "line 4: panel: diagonal_inches is nan; expected a number from 7 to 100; for example: diagonal_inches = 21.5"),
    ("[panel]\naccent = \"teal\"",
     r##"line 4: panel: accent is "teal"; expected a colour "#RRGGBB"; for example: accent = "#0E5A56""##),
    ("[panel]\naccent = \"#FFCC00\"",
     r##"line 4: panel: accent is "#FFCC00"; expected a darker colour: white words on it have a contrast of 1.5, and need 4.5; for example: accent = "#0E5A56""##),
    ("[windows.kiosk]\nfullscreen = \"yes\"",
     r#"line 4: windows.kiosk: fullscreen is "yes"; expected true or false; for example: fullscreen = true"#),
    ("[windows.desk]\nfullscreen = true",
     "line 3: windows: desk is not a key; expected kiosk; for example: [windows.kiosk]"),
    ("[times]\nfactor = 0.4",
     "line 4: times: factor is 0.4; expected a number from 0.5 to 5; for example: factor = 1.0"),
    ("[times]\nidle_seconds = 45.5",
     "line 4: times: idle_seconds is 45.5; expected a whole number from 10 to 600; for example: idle_seconds = 45"),
    ("[cards]\nbits = 26",
     "line 4: cards: bits is 26; expected 24, 32 or 40; for example: bits = 32"),
    // The devices.
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/ttyS0\"\nbaud = 9601",
     r#"line 7: device "front": baud is 9601; expected one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600; for example: baud = 9600"#),
    ("[[device]]\nname = \"front\"\nkind = \"redaer\"\nport = \"/dev/ttyS0\"",
     r#"line 5: device "front": kind is "redaer"; expected "reader", "scanner" or "printer"; for example: kind = "reader""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/ttyS0\"\nprotocol = \"esc-pos\"",
     r#"line 7: device "front": protocol is "esc-pos"; expected "em4100" for a reader; for example: protocol = "em4100""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/ttyS0\"\nprofile = \"generic-80mm\"",
     r#"line 7: device "front": profile is "generic-80mm"; expected no profile for a reader: only printers have one; for example: kind = "printer""#),
    ("[[device]]\nname = \"slips\"\nkind = \"printer\"\nport = \"/dev/ttyS0\"\nprofile = \"epson\"",
     r#"line 7: device "slips": profile is "epson"; expected "generic-80mm", "generic-58mm", "epson-80mm" or "epson-80mm-western"; for example: profile = "generic-80mm""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/ttyS0\"\nflow = \"dtr-dsr\"",
     r#"line 7: device "front": flow is "dtr-dsr"; expected "none", "xon-xoff" or "rts-cts"; for example: flow = "none""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"ttyUSB0\"",
     r#"line 6: device "front": port is "ttyUSB0"; expected an absolute path in quotes; for example: port = "/dev/serial/by-id/usb-reader-if00-port0""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"",
     r#"line 3: device "front": port is missing; expected an absolute path in quotes; for example: port = "/dev/serial/by-id/usb-reader-if00-port0""#),
    ("[[device]]\nkind = \"reader\"",
     r#"line 3: device 1: name is missing; expected a name in quotes, at most 40 characters; for example: name = "front""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/ttyS0\"\n[[device]]\nname = \"front\"\nkind = \"scanner\"\nport = \"/dev/ttyS1\"",
     r#"line 8: device "front": name is "front"; expected a name that no other device has; for example: name = "front-2""#),
    ("[[device]]\nname = \"front\"\nkind = \"reader\"\nport = \"/dev/ttyS0\"\n[[device]]\nname = \"counter\"\nkind = \"scanner\"\nport = \"/dev//ttyS0\"",
     r#"line 10: device "counter": port is "/dev//ttyS0"; expected a port of its own: "front" has this one; for example: port = "/dev/serial/by-id/usb-reader-if00-port0""#),
    ("[device]\nname = \"front\"",
     "line 3: device is [device]; expected a section [[device]]; for example: [[device]]"),
    // Lending.
    ("[[lending]]\nid = \"Umbrella\"\nname = { zh = \"伞\", en = \"Umbrella\" }\ncounted = \"pooled\"\nwho = [\"visitor\"]",
     r#"line 4: lending "Umbrella": id is "Umbrella"; expected small letters, digits and hyphens in quotes, a letter first, at most 32; for example: id = "umbrella""#),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\" }\ncounted = \"tagged\"\nwho = [\"visitor\"]",
     r#"line 5: lending "pc": name.en is missing; expected the English name in quotes; for example: name = { zh = "雨伞", en = "Umbrella" }"#),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \" \" }\ncounted = \"tagged\"\nwho = [\"visitor\"]",
     r#"line 5: lending "pc": name is { zh = "电脑", en = " " }; expected a name in both languages, at most 40 characters each; for example: name = { zh = "雨伞", en = "Umbrella" }"#),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \"PC\", fr = \"PC\" }",
     r#"line 5: lending "pc": name.fr is not a key; expected zh or en; for example: name = { zh = "雨伞", en = "Umbrella" }"#),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \"PC\" }\ncounted = \"taged\"\nwho = [\"visitor\"]",
     r#"line 6: lending "pc": counted is "taged"; expected "tagged" or "pooled"; for example: counted = "pooled""#),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \"PC\" }\ncounted = \"tagged\"\nwho = []",
     r#"line 7: lending "pc": who is []; expected a list of at least one of "visitor", "tenant-member", "contractor", "property-staff", "receptionist", "key-keeper", "mail-administrator", "supervisor", "security", "technician" or "auditor"; for example: who = ["tenant-member", "property-staff"]"#),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \"PC\" }\ncounted = \"tagged\"\nwho = [\"visitor\"]\ndeposit_yuan = 50.555",
     "line 8: lending \"pc\": deposit_yuan is 50.555; expected yuan from 0 to 100000 with at most two decimals; for example: deposit_yuan = 0"),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \"PC\" }\ncounted = \"tagged\"\nwho = [\"visitor\"]\nat_once = 0",
     "line 8: lending \"pc\": at_once is 0; expected a whole number from 1 to 99; for example: at_once = 1"),
    ("[[lending]]\nid = \"pc\"\nname = { zh = \"电脑\", en = \"PC\" }\ncounted = \"tagged\"\nwho = [\"visitor\"]\ndays = -1",
     "line 8: lending \"pc\": days is -1; expected a whole number from 0 to 366; for example: days = 2"),
    // What is not TOML.
    ("opens = “08:00”",
     r#"line 3: this cannot be read: string values must be quoted; expected words in "" quotes; for example: opens = "08:00""#),
    ("closes \"20:00\"",
     r#"line 3: this cannot be read: key with no value; expected =; for example: opens = "08:00""#),
    ("opens = \"08:00\"\nopens = \"09:00\"",
     r#"line 4: this cannot be read: duplicate key; expected each key and each section once; for example: opens = "08:00""#),
];

#[test]
fn every_mistake_names_its_line_and_says_what_to_write_instead() {
    let mut told = Vec::new();
    for (added, expected) in WRONG {
        let said = problem(&format!("{HOUSE}{added}\n")).to_string();
        if said != format!("lodge.toml, {expected}") {
            told.push(format!(
                "{added}\n  said     {said}\n  expected lodge.toml, {expected}"
            ));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(WRONG.len() >= 20);
}

#[test]
fn a_file_without_a_building_starts_nothing() {
    for (text, expected) in [
        (
            "",
            "lodge.toml, line 1: [building] is missing; expected a section [building]; \
             for example: [building]",
        ),
        (
            "\n[building]\nopens = \"08:00\"\n",
            "lodge.toml, line 2: building: name is missing; expected a name in both languages, at \
             most 40 characters each; for example: name = { zh = \"云栖大厦\", en = \"Cloud Tower\" }",
        ),
        (
            "building = 5",
            "lodge.toml, line 1: building is 5; expected a section [building]; \
             for example: [building]",
        ),
    ] {
        assert_eq!(problem(text).to_string(), expected);
    }
}

#[test]
fn a_long_value_is_cut_and_stays_on_one_line() {
    let said = problem(&format!(
        "{HOUSE}zone = \"\"\"{}\n\"\"\"",
        "x\n".repeat(200)
    ))
    .to_string();
    assert!(!said.contains('\n') && said.contains('…'), "{said}");
}

#[test]
fn a_file_that_is_not_there_says_where_it_was_looked_for_and_keeps_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lodge.toml");
    let error = Settings::load(&path).expect_err("nothing there");
    assert!(
        error.to_string().contains(&path.display().to_string()),
        "{error}"
    );
    assert!(error.to_string().contains("lodge.example.toml"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_file_is_read_from_the_disk_with_or_without_a_byte_order_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lodge.toml");
    for text in [
        EXAMPLE.to_owned(),
        format!("\u{feff}{EXAMPLE}"),
        EXAMPLE.replace('\n', "\r\n"),
    ] {
        std::fs::write(&path, text).expect("written");
        assert_eq!(Settings::load(&path).expect("sound"), sound(EXAMPLE));
    }
}

#[test]
fn a_file_in_another_encoding_names_its_line_and_how_to_change_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lodge.toml");
    std::fs::write(
        &path,
        b"[building]\nname = { zh = \"\xd4\xc6\", en = \"Cloud\" }\n",
    )
    .expect("written");
    let Err(SettingsError::Wrong(problem)) = Settings::load(&path) else {
        panic!("GB 18030 is not UTF-8");
    };
    assert_eq!(
        (problem.line, problem.found.as_str()),
        (2, "this is not UTF-8 text")
    );
}

#[test]
fn a_house_of_its_own_is_what_the_kiosk_gets() {
    let settings = sound(
        "[building]\nname = { zh = \"云\", en = \"Cloud\" }\nopens = \"07:30\"\ncloses = \"22:00\"\n\
         zone = \"Europe/Berlin\"\ndevice_letter = \"C\"\n\
         [panel]\nwidth_px = 1920\nheight_px = 1080\nhigh_contrast = true\naccent = \"#a8322a\"\n\
         [windows.kiosk]\nfullscreen = false\n\
         [times]\nfactor = 2\nidle_seconds = 30\n\
         [cards]\nbits = 24\n\
         [[device]]\nname = \"slips\"\nkind = \"printer\"\nport = \"/dev/ttyS0\"\nflow = \"rts-cts\"\n\
         [[lending]]\nid = \"chair\"\nname = { zh = \"轮椅\", en = \"Wheelchair\" }\ncounted = \"tagged\"\n\
         who = [\"visitor\"]\ndeposit_yuan = 50.5\ndays = 1\ndue_at = \"17:30\"\n",
    );
    let house = settings.house(true);
    assert!(house.trial && !settings.house(false).trial);
    assert_eq!(
        (house.building.device, house.building.zone),
        ('C', chrono_tz::Europe::Berlin)
    );
    assert_eq!(house.cards, NumberConvention::Bits24);
    let usual = Timeouts::default();
    assert_eq!(house.timeouts.idle, Duration::from_secs(60));
    assert_eq!(house.timeouts.countdown, usual.countdown * 2);
    assert_eq!(house.timeouts.answer, usual.answer);
    let [chair] = house.kinds.as_slice() else {
        panic!("one kind, not {:?}", house.kinds);
    };
    assert_eq!((chair.policy.deposit_fen, chair.policy.due.days), (5050, 1));
    assert_eq!(chair.policy.due.at.to_string(), "17:30:00");
    let [slips] = settings.devices() else {
        panic!("one device, not {:?}", settings.devices());
    };
    assert_eq!(
        (slips.kind, slips.protocol),
        (DeviceKind::Printer, Protocol::EscPos)
    );
    assert_eq!((slips.baud, slips.flow), (9600, Flow::RtsCts));
    assert_eq!(slips.profile.as_deref(), Some("generic-80mm"));
    assert!(settings.panel().high_contrast && !settings.fullscreen());
}

#[test]
fn every_speed_of_the_list_is_taken() {
    for rate in BAUD_RATES {
        let text = format!(
            "{HOUSE}[[device]]\nname = \"front\"\nkind = \"scanner\"\nport = \"/dev/ttyS0\"\nbaud = {rate}\n"
        );
        assert_eq!(sound(&text).devices()[0].baud, rate);
    }
}

#[test]
fn settings_and_printers_agree_on_the_profiles() {
    let known = lodge_hardware::escpos::profile::Profile::names();
    assert_eq!(known, PRINTER_PROFILES);
}

/// Reads anything; what is wrong is told in one line that lies in the file.
fn survives(text: &str) {
    if let Err(error) = parse(text) {
        let SettingsError::Wrong(problem) = &error else {
            panic!("no file was read: {error:?}");
        };
        assert!(
            (1..=text.lines().count() + 1).contains(&problem.line),
            "{error}"
        );
        assert!(!problem.expected.is_empty(), "{error}");
        assert!(!problem.example.is_empty(), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

proptest! {
    #[test]
    fn any_text_is_settings_or_a_problem(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn the_example_with_something_else_in_it_is_settings_or_a_problem(
        from in 0..EXAMPLE.chars().count(),
        dropped in 0..40usize,
        typed in "[\\PC\n]{0,12}|[\\[\\]{}=.,\"'#\n0-9a-z`_-]{0,12}",
    ) {
        let before = EXAMPLE.chars().take(from);
        let after = EXAMPLE.chars().skip(from + dropped);
        let text: String = before.chain(typed.chars()).chain(after).collect();
        survives(&text);
    }

    #[test]
    fn any_key_with_any_value_is_settings_or_a_problem(
        which in 0..example_keys().len(),
        value in "-?[0-9]{1,20}(\\.[0-9]{1,4})?|\"[^\"\\\\\\p{Cc}]{0,50}\"|true|nan|-?inf|\\[\\]|\\{\\}|\\{ zh = 1 \\}",
    ) {
        let (number, line) = example_keys()[which];
        let (key, _) = line.split_once(" = ").expect("a key");
        survives(&example_with(number, &format!("{key} = {value}")));
    }
}
