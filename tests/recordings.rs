//! A device of the house is recorded as the kiosk speaks to it, and told again with its settings: real
//! ports, and the program as somebody at a terminal meets it.

#[path = "support/sims.rs"]
mod sims;

use lodge::store::LOCK;
use lodge_hardware::link::Link;
use lodge_hardware::link::pty::Pty;
use lodge_hardware::link::serial::{Flow, PortSettings, SerialLink};
use sims::{PROGRAM, Sim, lodge, told};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

/// What is held up is held up this often.
const AGAIN: Duration = Duration::from_millis(300);

/// A house with devices, and a folder for what is recorded.
struct House {
    folder: tempfile::TempDir,
}

impl House {
    /// What is said of each device, without its port, which is called after its kind.
    fn with(devices: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let house = House { folder };
        let mut text = "[building]\nname = { zh = \"云\", en = \"Cloud\" }\n".to_owned();
        text += "[cards]\nbits = 40\n";
        for device in devices {
            let kind = device.split('"').nth(3).expect("name, then kind");
            let port = house.path(kind);
            text += &format!("[[device]]\n{device}\nport = \"{port}\"\n");
        }
        fs::write(house.path("lodge.toml"), text).expect("the settings");
        house
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// What a command says about these settings.
    fn lodge(&self, arguments: &[&str]) -> (bool, String) {
        lodge(&[&["--settings", &self.path("lodge.toml")], arguments].concat())
    }

    /// Records a device while something happens at it over and over.
    fn recorded(&self, device: &str, happens: &mut dyn FnMut()) -> (bool, String) {
        let (settings, file) = (self.path("lodge.toml"), self.path("recording"));
        let of = ["record", "--settings", &settings, "--device", device];
        let of = [&of[..], &["--out", &file, "--seconds", "3"]].concat();
        meanwhile(&of, happens)
    }

    fn recording(&self) -> String {
        fs::read_to_string(self.path("recording")).expect("a recording")
    }

    /// What the driver of a device makes of the recording.
    fn replayed(&self, device: &str) -> String {
        let (well, said) = self.lodge(&["replay", &self.path("recording"), "--device", device]);
        assert!(well, "{said}");
        said
    }

    /// What the driver of a make does.
    fn replayed_by_make(&self, protocol: &str) -> String {
        let of = ["replay", &self.path("recording"), "--protocol", protocol];
        let (well, said) = lodge(&of);
        assert!(well, "{said}");
        said
    }
}

/// What a command says while something happens over and over: what was done before the port was open is
/// not heard.
fn meanwhile(of: &[&str], happens: &mut dyn FnMut()) -> (bool, String) {
    std::thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        scope.spawn(move || tell.send(lodge(of)));
        loop {
            match told.recv_timeout(AGAIN) {
                Ok(said) => return said,
                Err(_) => happens(),
            }
        }
    })
}

/// Whether a text of the device is in a recording.
fn has(recording: &str, text: &str) -> bool {
    let bytes: Vec<String> = text.bytes().map(|byte| format!("{byte:02X}")).collect();
    recording.contains(&bytes.join(" "))
}

fn pty(house: &House, kind: &str) -> Pty {
    Pty::plugged_at(PathBuf::from(house.path(kind))).expect("a terminal")
}

#[test]
fn a_scanner_is_recorded_with_the_prefix_and_the_suffix_of_the_settings() {
    let house = House::with(&[
        "name = \"counter\"\nkind = \"scanner\"\nprefix = \"\\u0002\"\nsuffix = \"\\t\"\nadapter_ms = 50",
    ]);
    let mut pty = pty(&house, "scanner");
    let (well, live) = house.recorded("counter", &mut || {
        pty.write(b"\x02]C0PARCEL-77\t").expect("a line");
    });
    assert!(well, "{live}");
    let code = ["a code of 9 characters, Code128, protected by nothing"];
    assert_eq!(told(&live), code, "{live}");
    let recording = house.recording();
    assert!(
        recording.contains("scanner-counter of the settings"),
        "{recording}"
    );
    assert!(
        !has(&recording, "PARCEL") && !has(&recording, "-77"),
        "{recording}"
    );
    assert!(has(&recording, "\x02]C0CODE-0001\t"), "{recording}");
    assert_eq!(told(&house.replayed("counter")), code);
    let usual = house.replayed_by_make("line-scanner");
    assert!(!told(&usual).is_empty(), "{usual}");
    let is_control = |words: &&str| words.ends_with("it has a control character in it");
    assert!(told(&usual).iter().all(is_control), "{usual}");
}

#[test]
fn a_reader_is_recorded_with_the_numbers_of_the_site_and_with_their_parity() {
    let site = "name = \"gate\"\nkind = \"reader\"\nprotocol = \"wiegand\"";
    for (said, frame, secret, words) in [
        // The 40 bits that this house wants, and nothing behind them.
        (
            "digits = 10\nwire_bits = 40\ncards = \"em4100\"\nend = \"pause\"",
            "01EDCBA4EC",
            "EDCBA4",
            "a card of 40 bits is there, protected by nothing but parity",
        ),
        // 26 bits with both parity bits: facility 205, number 42220.
        (
            "digits = 7\nwire_bits = 26\nwith_parity = true\nend = \"lf\"",
            "39B49D9\n",
            "9B49D",
            "a card of 26 bits is there, protected by nothing but parity",
        ),
    ] {
        let house = House::with(&[&format!("{site}\n{said}")]);
        let mut pty = pty(&house, "reader");
        let (well, live) = house.recorded("gate", &mut || {
            pty.write(frame.as_bytes()).expect("a line");
        });
        assert!(well && told(&live) == [words], "{live}");
        let recording = house.recording();
        assert!(!has(&recording, secret), "{recording}");
        assert_eq!(told(&house.replayed("gate")), [words]);
        let usual = house.replayed_by_make("wiegand");
        assert!(usual.contains("The driver tells nothing"), "{usual}");
    }
}

#[test]
fn a_reader_with_a_key_is_recorded_over_its_channel_and_told_again_without_the_key() {
    let house = House::with(&[]);
    let (settings, key) = (house.path("lodge.toml"), house.path("front.key"));
    let mut text = fs::read_to_string(&settings).expect("the settings");
    text += &format!(
        "[[device]]\nname = \"front\"\nkind = \"reader\"\nprotocol = \"osdp\"\nport = \"{}\"\nkey_file = \"{key}\"\n",
        house.path("reader")
    );
    fs::write(&settings, text).expect("the settings");
    // That of `lodge sim osdp`.
    let digits: String = b"sample lodge key"
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    fs::write(&key, digits).expect("a key");
    let mut sim = Sim::at(Path::new(&house.path("reader")), &["osdp"]);
    let (well, live) = house.recorded("front", &mut || sim.does("card 0100CDA4EC"));
    assert!(well, "{live}");
    let said = told(&live);
    let believed = "it is believed: it knows its own key";
    assert!(said.contains(&believed), "{live}");
    let proven = |said: &[&str]| said.iter().any(|words| words.ends_with("proven by keys"));
    assert!(proven(&said), "{live}");
    let recording = house.recording();
    assert!(
        !has(&recording, "sample") && !has(&recording, "lodge key"),
        "{recording}"
    );
    // Whoever knows the house's key reads no more in it than anybody else.
    assert!(!recording.contains("CD A4 EC"), "{recording}");
    fs::remove_file(&key).expect("a key");
    let again = house.replayed("front");
    assert_eq!(told(&again), said, "{again}");
    // In clear text such a reader says nothing but that it is there.
    let usual = house.replayed_by_make("osdp");
    assert!(
        !proven(&told(&usual)) && !usual.contains("is believed:"),
        "{usual}"
    );

    // What is wrong with a key is said as the kiosk says it, and nothing is made.
    fs::remove_file(house.path("recording")).expect("a recording");
    for (text, says) in [
        (None, "cannot be read"),
        (Some("4711"), "32 hexadecimal digits"),
    ] {
        if let Some(text) = text {
            fs::write(&key, text).expect("a key");
        }
        let (well, wrong) = house.recorded("front", &mut || {});
        assert!(!well && wrong.contains(says), "{wrong}");
        assert!(!Path::new(&house.path("recording")).exists());
    }
}

#[test]
fn a_printer_is_recorded_with_the_handshake_and_the_abilities_of_the_settings() {
    let house = House::with(&[
        "name = \"slips\"\nkind = \"printer\"\nbaud = 19200\nflow = \"xon-xoff\"\nprocess_id = \"no\"",
    ]);
    let port = house.path("printer");
    let mut sim = Sim::at(Path::new(&port), &["esc-pos", "--baud", "19200"]);
    let (well, live) = house.recorded("slips", &mut || sim.does("paper near-end"));
    assert!(well, "{live}");
    let near_end = "the printer is well; its paper is near its end";
    assert!(told(&live).contains(&near_end), "{live}");
    assert_eq!(told(&house.replayed("slips")), told(&live));
    // Whether it knows process ids is asked of one that is as it is usual, and not of this one.
    let asked = |recording: &str| recording.contains("1D 28 48");
    assert!(!asked(&house.recording()), "{}", house.recording());
    let usual = house.replayed_by_make("esc-pos");
    assert!(told(&usual).contains(&near_end), "{usual}");

    // It says "wait" and "go on" by bytes, which are nothing it says where the settings know them.
    sim.does("paper in");
    let mut turn = 0;
    let mut waits = || {
        turn += 1;
        // Not from the beginning: first it is asked what it can do.
        match turn {
            ..5 => {}
            odd if odd % 2 == 1 => sim.does("fault xoff on"),
            _ => sim.does("fault xoff off"),
        }
    };
    let wait_is_heard = |recording: &str| {
        let mut rows = recording.lines();
        rows.any(|row| row.contains(" < ") && row.contains(" 13"))
    };
    fs::remove_file(house.path("recording")).expect("a recording");
    let of = ["record", "--protocol", "esc-pos", "--port", &port];
    let (file, baud) = (
        house.path("recording"),
        ["--baud", "19200", "--seconds", "3"],
    );
    let of = [&of[..], &baud, &["--out", &file]].concat();
    let (well, said) = meanwhile(&of, &mut waits);
    let usual = house.recording();
    assert!(
        well && wait_is_heard(&usual) && asked(&usual),
        "{said}\n{usual}"
    );
    fs::remove_file(&file).expect("a recording");
    let (well, said) = house.recorded("slips", &mut waits);
    assert!(well && house.recording().contains(" < "), "{said}");
    assert!(!wait_is_heard(&house.recording()), "{}", house.recording());
}

#[test]
fn a_device_is_not_taken_from_a_kiosk_that_runs_nor_from_another_program() {
    let house = House::with(&["name = \"front\"\nkind = \"reader\""]);
    let _pty = pty(&house, "reader");
    let data = house.folder.path().join("lodge-data");
    fs::create_dir(&data).expect("the data folder");
    let lock = fs::File::create(data.join(LOCK)).expect("the lock");
    lock.lock().expect("nobody else has it");
    let (well, said) = house.recorded("front", &mut || {});
    assert!(!well && said.contains("stop the kiosk first"), "{said}");
    assert!(said.contains("reader-front is its own"), "{said}");
    assert!(!Path::new(&house.path("recording")).exists());
    // What was recorded before is told again all the same.
    fs::write(house.path("recording"), "").expect("a recording");
    assert!(house.replayed("front").contains("The driver tells nothing"));
    fs::remove_file(house.path("recording")).expect("a recording");
    drop(lock);

    let link = SerialLink::open(&PortSettings {
        path: house.path("reader"),
        baud: 9600,
        flow: Flow::None,
    });
    let (well, said) = house.recorded("front", &mut || {});
    assert!(
        !well && said.contains("another program has it open"),
        "{said}"
    );
    drop(link);
    let (well, said) = house.recorded("front", &mut || {});
    assert!(well, "{said}");
}

#[test]
fn whoever_names_no_device_or_two_things_at_once_is_told_what_to_do() {
    let house = House::with(&[
        "name = \"front\"\nkind = \"reader\"",
        "name = \"front\"\nkind = \"scanner\"",
        "name = \"papers\"\nkind = \"printer\"",
    ]);
    let (recording, out) = (house.path("recording"), house.path("out"));
    fs::write(&recording, "").expect("a recording");
    let names = "reader-front, scanner-front, printer-papers";
    for (more, says) in [
        (
            &["--device", "back"][..],
            &["no device \"back\"", names][..],
        ),
        (
            &["--device", "front"],
            &[
                "several devices \"front\"",
                "say which: reader-front, scanner-front",
            ],
        ),
        (
            &[
                "--device",
                "papers",
                "--protocol",
                "esc-pos",
                "--baud",
                "9600",
            ],
            &["leave --protocol, --baud away, or --device"],
        ),
        (
            &["--protocol", "em4100"],
            &["--settings says nothing here", names],
        ),
        (
            &[],
            &["--settings says nothing here without --device", names],
        ),
    ] {
        for command in [&["record", "--out", &out][..], &["replay", &recording]] {
            let (well, said) = house.lodge(&[command, more].concat());
            let all = says.iter().all(|says| said.contains(says));
            assert!(!well && all, "{command:?} {more:?}: {said}");
        }
    }
    let (well, said) = house.lodge(&[
        "record", "--device", "papers", "--port", "/dev/x", "--out", &out,
    ]);
    assert!(!well && said.contains("leave --port away"), "{said}");
    assert!(!Path::new(&out).exists());
    let (well, said) = house.lodge(&["replay", &recording, "--device", "scanner-front"]);
    assert!(well, "{said}");

    // Where there is no house at all.
    let nowhere = tempfile::tempdir().expect("a folder");
    for (more, says) in [
        (
            &["replay", &recording, "--device", "front"][..],
            "name their file with --settings",
        ),
        (
            &["replay", &recording],
            "say what it speaks with --protocol",
        ),
        (
            &["record", "--out", &out],
            "say what it speaks with --protocol",
        ),
        (
            &["record", "--out", &out, "--protocol", "em4100"],
            "say where it is plugged in with --port",
        ),
    ] {
        let output = Command::new(PROGRAM)
            .args(more)
            .current_dir(nowhere.path())
            .output();
        let output = output.expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.contains(says),
            "{more:?}: {said}"
        );
    }
}

#[test]
fn documents_of_the_house_are_never_recorded_and_a_device_without_a_port_is_none() {
    let house = House::with(&["name = \"papers\"\nkind = \"reader\"\nprotocol = \"sam-v\""]);
    let _sim = Sim::at(Path::new(&house.path("reader")), &["sam-v"]);
    let (well, said) = house.recorded("papers", &mut || {});
    assert!(!well && said.contains("never recorded"), "{said}");
    assert!(!Path::new(&house.path("recording")).exists());

    let settings = house.path("lodge.toml");
    let text = fs::read_to_string(&settings).expect("the settings");
    let port = text.find("port = ").expect("a port");
    fs::write(&settings, &text[..port]).expect("the settings");
    let (well, said) = house.recorded("papers", &mut || {});
    assert!(!well && said.contains("port"), "{said}");
    assert!(said.contains("lodge.toml"), "{said}");
}
