//! Other people's programs in Python, installed into the target folder by the tests that use them,
//! which fail where they cannot.
#![allow(dead_code)]

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs a command that must succeed; gives what it said.
pub fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::piped()).output().unwrap();
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {says}");
    String::from_utf8(output.stdout).unwrap()
}

/// Where tests may leave a file of that name.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// A file of this crate's tests.
pub fn of_tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

/// The Python of an environment of that name with what a requirements file of the tests lists; `more`
/// is done once behind it, anew where `wanted` is another one. Several processes wait for one another.
pub fn environment(
    name: &str,
    requirements: &str,
    wanted: &str,
    more: impl FnOnce(&Path),
) -> PathBuf {
    let venv = folder(name);
    let (python, ready) = (venv.join("bin/python"), venv.join("ready"));
    let listed = of_tests(requirements);
    let wanted = format!("{}{wanted}", std::fs::read_to_string(&listed).unwrap());
    let turn = File::create(folder(&format!("{name}.lock"))).unwrap();
    turn.lock().unwrap();
    if std::fs::read_to_string(&ready).is_ok_and(|had| had == wanted) {
        return python;
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&venv));
    install(&python, &["-r", listed.to_str().unwrap()]);
    more(&python);
    std::fs::write(&ready, wanted).unwrap();
    python
}

/// Installs more, by options of pip.
pub fn install(python: &Path, options: &[&str]) {
    let quietly = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    run(Command::new(python).args(quietly).args(options));
}
