//! Every tour of `tests/tours` passes, and passes the same every time.

mod tours {
    pub mod at_desk;
}

use lodge::bench::rig::{self, Act, Equipment, Fault};
use lodge::equipment::DeviceKind;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tours");
    let mut scripts: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of tours")
        .map(|entry| entry.expect("an entry of it").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "tour")
        })
        .collect();
    scripts.sort();
    scripts
}

fn take(script: &Path, out: &Path, panel: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lodge"))
        .arg("tour")
        .arg(script)
        .args(["--panel", panel])
        .arg("--out")
        .arg(out)
        .output()
        .expect("the program starts")
}

/// Walks the tour to its end; what it printed.
fn must_pass(script: &Path, out: &Path, panel: &str) -> String {
    let output = take(script, out, panel);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{} on {panel}: {said}",
        script.display()
    );
    let summary = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        summary.contains("steps done") && !summary.starts_with("0 "),
        "{summary}"
    );
    summary
}

/// The pages that stood on the screen in a tour, each with its language.
fn pages(out: &Path) -> Vec<String> {
    let pages = std::fs::read_to_string(out.join("pages.txt")).expect("its pages");
    pages.lines().map(str::to_owned).collect()
}

/// What stood on the staff window in a tour, each with its language.
fn at_desk(out: &Path) -> Vec<String> {
    let names = std::fs::read_to_string(out.join("desk.txt")).expect("its names");
    names.lines().map(str::to_owned).collect()
}

/// What an errand may take at most, as it was set before anything was built; a tour may set less. A visitor
/// who has neither slip nor card nor code has no budget of touches, only one of time.
const BUDGETS: [(&str, usize); 13] = [
    ("umbrella out, out of a stand", 1),
    ("umbrella out while it rains", 0),
    ("umbrella out, with its tag", 0),
    ("umbrella back", 0),
    ("key out", 4),
    ("key back, beside its five points", 0),
    // One touch; two more where it is signed for: the pad is opened, and what is written is agreed to.
    ("mail pick-up, nothing to sign", 1),
    ("mail pick-up with a signature", 3),
    ("visitor, by invitation", 4),
    ("visitor, returning, ID card", 4),
    ("visitor, returning, by slip", 4),
    // A scan, two letters and Enter.
    ("parcel taken in, in a batch", 3),
    ("umbrella back, at the desk", 0),
];

/// Each errand that has a budget was counted in some tour, and within it.
fn the_budgets_are_kept(rows: &[String]) {
    for (errand, most) in BUDGETS {
        let head = format!("| {errand} | ");
        let row = rows.iter().find_map(|row| row.strip_prefix(&head));
        let row = row.unwrap_or_else(|| panic!("no tour counts {errand}"));
        let counts: Vec<usize> = row.split(" | ").take(2).flat_map(str::parse).collect();
        let [count, allowed] = counts[..] else {
            panic!("{errand}: {row}");
        };
        assert!(
            count <= allowed && allowed <= most,
            "{errand}: {row}, of {most}"
        );
    }
}

/// The errands a tour counted the touches or keys of, as rows of a table: what, how many, at most, where.
fn counted(summary: &str, script: &Path, of: &str) -> Vec<String> {
    let tour = script.file_stem().expect("a name").to_string_lossy();
    let row = |line: &str| {
        let (errand, counts) = line.rsplit_once(": ")?;
        let (count, most) = counts.split_once(&format!(" {of} of at most "))?;
        Some(format!("| {errand} | {count} | {most} | `{tour}` |"))
    };
    summary.lines().filter_map(row).collect()
}

/// Pages that nobody gets to see in a tour, and why. Each has its sheet in `tests/screens`.
const NOT_IN_TOURS: &[(&str, &str)] = &[
    (
        "Keys/Refused/NotStaff",
        "only the property office is offered keys; what anybody else scans was found",
    ),
    (
        "Keys/Refused/UnknownTag",
        "keys are never taken off the books",
    ),
    (
        "Refused/Reserve/Late",
        "a time that begins now is not offered of what is late, and nothing becomes late meanwhile",
    ),
    (
        "Mail/Refused/NothingChosen",
        "where all is left there is nothing to take it with",
    ),
    (
        "Mail/Refused/SignatureMissing",
        "the page asks for the signature before",
    ),
    (
        "OutOfService",
        "it says everything in both languages at once, and is shown once",
    ),
    (
        "Refused/Renew/Never",
        "what is never kept longer has no control for it",
    ),
    (
        "Refused/Renew/TooOften",
        "the control is gone after the last time",
    ),
    (
        "Refused/Reserve/NotAllowed",
        "only kinds that one may borrow are offered",
    ),
    (
        "Refused/Reserve/NotReservable",
        "only kinds that are reserved are offered",
    ),
    (
        "Visits/NotSignedIn/NoHost",
        "the flow asks for the host before",
    ),
    (
        "Visits/NotSignedIn/NoName",
        "the flow asks for the name before",
    ),
    (
        "Visits/NotSignedIn/NotSigned",
        "the page asks for the signature before",
    ),
    (
        "Visits/NotSignedIn/UnknownInvitation",
        "a code that nobody was given is typed again on its own page",
    ),
];

/// ● Every page of every flow, in both languages.
fn every_page_was_shown(shown: &BTreeSet<String>) {
    let listed = include_str!("tours/pages.txt");
    let excepted = |page: &str| NOT_IN_TOURS.iter().any(|(not, _)| *not == page);
    for (page, why) in NOT_IN_TOURS {
        assert!(listed.lines().any(|listed| listed == *page), "{page}");
        let seen = ["zh", "en"].map(|language| shown.contains(&format!("{language} {page}")));
        assert!(
            seen != [true, true],
            "{page} is shown after all, though {why}"
        );
    }
    let listed_pages: BTreeSet<&str> = listed.lines().collect();
    let strange: Vec<&String> = shown
        .iter()
        .filter(|page| {
            !page
                .split_once(' ')
                .is_some_and(|(_, page)| listed_pages.contains(page))
        })
        .collect();
    assert!(strange.is_empty(), "without a sheet: {strange:#?}");
    let missing: Vec<String> = listed
        .lines()
        .filter(|page| !excepted(page))
        .flat_map(|page| ["zh", "en"].map(|language| format!("{language} {page}")))
        .filter(|page| !shown.contains(page))
        .collect();
    assert!(missing.is_empty(), "in no tour: {missing:#?}");
}

#[test]
fn every_tour_passes_on_the_standing_panel() {
    let scripts = scripts();
    assert!(scripts.len() >= 6, "only {scripts:?} were found");
    let (mut shown, mut desk) = (BTreeSet::new(), BTreeSet::new());
    let head = |errand: &str, of: &str| {
        let titles = format!("| {errand} | {of} | at most | tour |");
        vec![titles, "|---|---|---|---|".to_owned()]
    };
    let mut tables = [
        ("touches", head("errand", "touches")),
        ("keys", head("errand at the desk", "keys")),
    ];
    for script in scripts {
        let out = tempfile::tempdir().expect("a folder");
        let summary = must_pass(&script, out.path(), "1080x1920x21.5");
        for (of, table) in &mut tables {
            table.extend(counted(&summary, &script, of));
        }
        shown.extend(pages(out.path()));
        desk.extend(at_desk(out.path()));
    }
    every_page_was_shown(&shown);
    tours::at_desk::all_was_shown(&desk);
    let rows: Vec<String> = tables.iter().flat_map(|(_, rows)| rows.clone()).collect();
    the_budgets_are_kept(&rows);
    let readme = include_str!("../README.md");
    for (_, table) in tables {
        let table = table.join("\n");
        // Past what catches the output of a test that passes: everybody is to see it.
        writeln!(std::io::stdout(), "{table}").expect("somebody reads");
        assert!(readme.contains(&table), "README.md should say:\n{table}");
    }
}

/// Tours of devices and of the staff window: what they show of the touch screen, others show too.
const OF_DEVICES: [&str; 22] = [
    "desk",
    "desk-devices",
    "desk-english",
    "desk-house",
    "desk-house-english",
    "desk-morning",
    "desk-outcomes",
    "desk-outcomes-english",
    "desk-reader",
    "desk-scanner",
    "labels-tspl",
    "labels-zpl",
    "osdp",
    "osdp-line",
    "osdp-new",
    "pack",
    "power",
    "reader",
    "scanner",
    "western",
    "wiegand",
    "fallback",
];

/// ● People see the pages on whatever panel hangs in their lobby: all tours of the services pass on the
/// lying ones too, and between them they show every page there.
#[test]
fn every_page_is_shown_on_lying_panels_too() {
    let of_devices = |script: &Path| {
        let name = script.file_stem().expect("a name").to_string_lossy();
        OF_DEVICES.contains(&&*name) || name.starts_with("faults-")
    };
    // Two at a time: each waits for its own clock more than for the machine.
    let halves = ["1920x1080x21.5", "1280x800x10.1"].map(|panel| {
        std::thread::spawn(move || {
            let mut shown = BTreeSet::new();
            for script in scripts().iter().filter(|script| !of_devices(script)) {
                let out = tempfile::tempdir().expect("a folder");
                must_pass(script, out.path(), panel);
                shown.extend(pages(out.path()));
            }
            every_page_was_shown(&shown);
        })
    });
    for half in halves {
        half.join().expect("every tour on this panel");
    }
}

/// A tour a family of devices, with what stands in the lobby there.
const FAMILIES: [(&str, &str, DeviceKind); 14] = [
    ("faults-em4100", "", DeviceKind::Reader),
    ("faults-pn532", "reader=pn532", DeviceKind::Reader),
    ("faults-wiegand", "reader=wiegand", DeviceKind::Reader),
    ("faults-osdp", "reader=osdp", DeviceKind::Reader),
    ("faults-sam-v", "reader=sam-v", DeviceKind::Reader),
    ("faults-line-scanner", "", DeviceKind::Scanner),
    ("faults-honeywell", "scanner=honeywell", DeviceKind::Scanner),
    ("faults-newland", "scanner=newland", DeviceKind::Scanner),
    ("faults-zebra", "scanner=zebra", DeviceKind::Scanner),
    (
        "faults-zebra-packets",
        "scanner=zebra-packets",
        DeviceKind::Scanner,
    ),
    ("faults-grow", "scanner=grow", DeviceKind::Scanner),
    ("faults-esc-pos", "printer=epson-80mm", DeviceKind::Printer),
    (
        "faults-tspl",
        "labels=tspl-203dpi",
        DeviceKind::LabelPrinter,
    ),
    ("faults-zpl", "labels=zpl-203dpi", DeviceKind::LabelPrinter),
];

#[test]
fn every_family_of_devices_has_a_tour_with_every_fault_its_simulator_knows() {
    let ports = Path::new("/nowhere");
    let mut wrong = Vec::new();
    for (tour, makes, kind) in FAMILIES {
        let equipment: Equipment = makes.parse().expect("known makes");
        let devices = rig::devices(ports, &equipment);
        let device = devices.iter().find(|device| device.kind == kind);
        let twin = rig::twin(device.expect("it stands there"), &equipment);
        let word = match kind {
            DeviceKind::Reader => "reader",
            DeviceKind::Scanner => "scanner",
            DeviceKind::Printer => "printer",
            DeviceKind::LabelPrinter => "labels",
        };
        let script = scripts()
            .into_iter()
            .find(|script| script.ends_with(format!("{tour}.tour")));
        let script = script.unwrap_or_else(|| panic!("there is no {tour}.tour"));
        let script = std::fs::read_to_string(script).expect("readable");
        let lines: Vec<&str> = script.lines().collect();
        let stands = makes.replace('=', " ");
        assert!(
            makes.is_empty() || lines.contains(&&*format!("with {stands}")),
            "{tour}"
        );
        let known = Fault::all().filter(|fault| twin.knows(&Act::Fault(*fault, true)));
        let faults = known.map(|fault| {
            let line = |set| format!("fault {word} {} {set}", fault.word());
            (line("on"), line("off"))
        });
        let plug = (format!("unplug {word}"), format!("plug {word} elsewhere"));
        let all: Vec<_> = faults.chain([plug]).collect();
        assert!(all.len() > 6, "{tour}: {all:?}");
        for (on, off) in all {
            let [began, ended] =
                [&on, &off].map(|line| lines.iter().position(|known| known == line));
            let looked = began.zip(ended).is_some_and(|(began, ended)| {
                let meanwhile = lines.get(began..ended).unwrap_or_default();
                let after = lines.get(ended..).unwrap_or_default();
                let expects = |lines: &[&str]| lines.iter().any(|line| line.starts_with("expect "));
                expects(meanwhile) && expects(after)
            });
            if !looked {
                wrong.push(format!("{tour}: {on}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "nobody looks what comes of these: {wrong:#?}"
    );
}

#[test]
fn a_tour_is_the_same_every_time_to_the_last_byte() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tours/power.tour");
    let mut runs = Vec::new();
    for _ in 0..3 {
        let out = tempfile::tempdir().expect("a folder");
        must_pass(&script, out.path(), "1080x1920x21.5");
        let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for folder in [out.path().to_owned(), out.path().join("slips")] {
            for entry in std::fs::read_dir(folder).expect("a folder of the tour") {
                let path = entry.expect("an entry").path();
                let name = path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned();
                let kept = ["png", "txt", "jsonl"].map(|ending| name.ends_with(ending));
                if kept.contains(&true) {
                    found.insert(name, std::fs::read(path).expect("a file"));
                }
            }
        }
        assert!(found.len() >= 4, "only {:?} were written", found.keys());
        runs.push(found);
    }
    for (name, bytes) in &runs[0] {
        assert!(
            runs.iter().all(|run| run.get(name) == Some(bytes)),
            "{name} differs"
        );
    }
}

#[test]
fn a_step_that_cannot_be_done_fails_the_tour_with_its_line_and_a_picture() {
    let out = tempfile::tempdir().expect("a folder");
    let script = out.path().join("wrong.tour");
    std::fs::write(&script, "# nothing here yet\npress \"起飞\"\n").expect("a script");
    let output = take(&script, out.path(), "1080x1920x21.5");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(
        said.contains("wrong.tour, line 2: press \"起飞\""),
        "{said}"
    );
    assert!(said.contains("借用物品"), "it says what is there: {said}");
    assert!(out.path().join("failed-line-2.png").exists(), "{said}");
}

#[test]
fn a_script_that_cannot_be_read_says_where() {
    let out = tempfile::tempdir().expect("a folder");
    let script = out.path().join("wrong.tour");
    std::fs::write(&script, "dance\n").expect("a script");
    let output = take(&script, out.path(), "1080x1920x21.5");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(
        said.contains("line 1") && said.contains("because"),
        "{said}"
    );
}
