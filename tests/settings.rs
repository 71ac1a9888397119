//! The settings file: what the example promises holds, and every mistake says what to write instead.

mod settings {
    mod devices;
    pub mod wrong;
    pub mod wrong_devices;
}

use lodge::config::{EXAMPLE, Flow, Problem, Protocol, Settings, SettingsError};
use lodge::equipment::DeviceKind;
use lodge::kiosk::timeouts::Timeouts;
use lodge::people::NumberConvention;
use lodge::visits::VisitorType;
use proptest::prelude::*;
use settings::wrong::WRONG;
use settings::wrong_devices;
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
    assert_eq!(example.visits(), trial.visits());
    assert_eq!(example.devices().len(), 10);
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
fn the_blocks_that_are_marked_out_in_the_example_are_sound_when_the_marks_are_struck() {
    const HEAD: &str = "# [[lending]]";
    let at = EXAMPLE.find(HEAD).expect("there are some");
    let struck = EXAMPLE[at..]
        .lines()
        .map(|line| line.trim_start_matches("# "));
    let struck: Vec<&str> = struck.collect();
    let kinds = EXAMPLE.matches(HEAD).count();
    let before = sound(EXAMPLE).kinds().len();
    let house = format!("{}{}", &EXAMPLE[..at], struck.join("\n"));
    assert_eq!((kinds, sound(&house).kinds().len()), (4, before + kinds));
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

/// What no manual is sure of a house can set: the table of the drivers' README names the keys.
#[test]
fn whatever_is_unverified_in_the_drivers_is_set_by_a_key_that_the_program_knows() {
    let readme = include_str!("../hardware/README.md");
    let (_, table) = readme
        .split_once("| unverified | key |\n|---|---|\n")
        .expect("the table is there");
    let rows: Vec<&str> = table.lines().take_while(|row| !row.is_empty()).collect();
    let known = keys_of("[[device]]").expect("a device has keys");
    for row in &rows {
        let (_, keys) = row.trim_end_matches(" |").rsplit_once(" | ").expect(row);
        let named: Vec<&str> = keys.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{row}");
        for key in named {
            assert!(known.iter().any(|name| name == key), "{row}");
        }
    }
    assert!(rows.len() >= 9, "{rows:?}");
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

#[test]
fn every_mistake_names_its_line_and_says_what_to_write_instead() {
    let mut told = Vec::new();
    for (added, expected) in WRONG.iter().chain(wrong_devices::WRONG) {
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
fn a_notice_says_the_days_the_house_has_set_and_purposes_are_the_house_s_own() {
    let settings = sound(&format!(
        "{HOUSE}[visits]\nerased_after_days = 7\n\
         guest_purposes = []\ncourier_purposes = [{{ zh = \"送餐\", en = \"Food\" }}]\n\
         notice = {{ zh = \"{{days}} 天后删除\", en = \"Erased after {{days}} days\" }}\n"
    ));
    let terms = settings.visits();
    assert_eq!(terms.notice.zh, "7 天后删除");
    assert_eq!(terms.notice.en, "Erased after 7 days");
    assert!(terms.purposes(VisitorType::Guest).is_empty());
    assert_eq!(terms.purposes(VisitorType::Courier)[0].en, "Food");
    let usual = sound(&format!("{HOUSE}[visits]\nerased_after_days = 7\n")).visits();
    assert!(
        usual.notice.en.contains("After 7 days"),
        "{:?}",
        usual.notice
    );
    assert_ne!(
        usual.notice_version(),
        sound(HOUSE).visits().notice_version()
    );
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

#[test]
fn a_house_asks_each_type_what_it_wants_to_know_and_most_ask_as_the_program_does() {
    let usual = sound(HOUSE);
    for of in VisitorType::ALL {
        assert_eq!(usual.visits().steps(of), of.steps(), "{of:?}");
    }
    let own = sound(&format!(
        "{HOUSE}[visits]\nguest = \"none\"\nguest_asks = [\"company\", \"things\"]\n\
         [keys]\ntells_tenants = false\n"
    ));
    let steps = own.visits().steps(VisitorType::Guest);
    assert!(steps.company && steps.things);
    assert!(!steps.phone && !steps.tenant && !steps.host && !steps.signature && !steps.permit);
    let courier = VisitorType::Courier;
    assert_eq!(own.visits().steps(courier), courier.steps());
    assert!(usual.house(false).keys.tells_tenants && !own.house(false).keys.tells_tenants);
}
