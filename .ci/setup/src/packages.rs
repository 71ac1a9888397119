//! Which Debian packages are missing, and getting them where that is ours to do.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A Debian package and how to tell that it is there without asking dpkg.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// Its name, as apt knows it.
    pub name: &'static str,
    /// What it brings.
    pub brings: Brings,
}

/// What proves a package where there is no dpkg.
#[derive(Clone, Copy, Debug)]
pub enum Brings {
    /// A shared library of this file name.
    Library(&'static str),
    /// A program of this name on the search path.
    Program(&'static str),
    /// This folder.
    Folder(&'static str),
}

/// What the program loads while it runs; it is linked against none of it.
///
/// libfontconfig finds fonts, headless tests included. The others are what winit opens for a window
/// on X11 (`XConnection::new`, `xkbcommon-dl`); it reads monitors through libxcb, not libXrandr.
/// libxcb comes with libX11, libxkbcommon with libxkbcommon-x11.
pub const RUN: &[Package] = &[
    library("libfontconfig1", "libfontconfig.so.1"),
    library("libx11-6", "libX11.so.6"),
    library("libx11-xcb1", "libX11-xcb.so.1"),
    library("libxcursor1", "libXcursor.so.1"),
    library("libxi6", "libXi.so.6"),
    library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    Package {
        name: "xkb-data",
        brings: Brings::Folder("/usr/share/X11/xkb"),
    },
];

/// What the tests need besides: a screen nobody sees for the real window, and Python with its own
/// folders for what other people's ESC/POS programs make of our bytes.
pub const TEST: &[Package] = &[program("xvfb", "Xvfb"), program("python3-venv", "python3")];

/// What the fuzz targets are built with: libFuzzer is C++.
pub const FUZZ: &[Package] = &[program("g++", "g++")];

const fn library(name: &'static str, file: &'static str) -> Package {
    Package {
        name,
        brings: Brings::Library(file),
    }
}

const fn program(name: &'static str, file: &'static str) -> Package {
    Package {
        name,
        brings: Brings::Program(file),
    }
}

/// Installs what is missing where this account may, and says what to type where it may not.
///
/// Nothing here ends the job: what is missing shows itself, and by then the reader knows why.
pub fn see_to(wanted: &[Package]) {
    let absent = missing(wanted);
    if absent.is_empty() || (install(&absent) && missing(wanted).is_empty()) {
        return;
    }
    eprintln!("missing packages; please run:");
    eprintln!("sudo apt-get install {}", missing(wanted).join(" "));
}

/// The names of those that are not there.
fn missing(wanted: &[Package]) -> Vec<&'static str> {
    let there = installed_by_dpkg(wanted);
    wanted
        .iter()
        .filter(|package| match &there {
            Some(there) => !there.contains(package.name),
            None => !is_there(package.brings),
        })
        .map(|package| package.name)
        .collect()
}

/// What dpkg has of these; nothing where there is no dpkg.
fn installed_by_dpkg(wanted: &[Package]) -> Option<BTreeSet<String>> {
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"])
        .args(wanted.iter().map(|package| package.name))
        .stderr(Stdio::null())
        .output()
        .ok()?;
    Some(installed(&String::from_utf8_lossy(&output.stdout)))
}

/// The names in dpkg's list whose files are there; a removed package keeps its line.
fn installed(list: &str) -> BTreeSet<String> {
    list.lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect()
}

fn is_there(brings: Brings) -> bool {
    match brings {
        Brings::Library(file) => library_folders()
            .iter()
            .any(|folder| folder.join(file).exists()),
        Brings::Program(file) => std::env::var_os("PATH").is_some_and(|path| {
            std::env::split_paths(&path).any(|folder| folder.join(file).is_file())
        }),
        Brings::Folder(folder) => Path::new(folder).is_dir(),
    }
}

/// Where the loader of a Linux looks: the library folders and those of one architecture in them.
fn library_folders() -> Vec<PathBuf> {
    let roots = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from);
    let inner: Vec<PathBuf> = roots
        .iter()
        .filter_map(|root| std::fs::read_dir(root).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    roots.into_iter().chain(inner).collect()
}

/// Whether apt-get could be run on our own, and said that all went well.
fn install(names: &[&str]) -> bool {
    let Some(apt) = apt() else {
        return false;
    };
    eprintln!("installing {} …", names.join(" "));
    // Old lists may still do: a failed update is not yet a failed installation.
    apt_get(&apt, &["update"]);
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(names);
    apt_get(&apt, &install)
}

fn apt_get(apt: &[&str], arguments: &[&str]) -> bool {
    // What apt says goes where our own words go: the output of the job stays the job's.
    let stdout = std::io::stderr();
    let Some((program, before)) = apt.split_first() else {
        return false;
    };
    let mut command = Command::new(program);
    command.args(before).args(arguments).stdin(Stdio::null());
    if let Ok(stderr) = std::os::fd::AsFd::as_fd(&stdout).try_clone_to_owned() {
        command.stdout(stderr);
    }
    command.status().is_ok_and(|status| status.success())
}

/// How apt-get is called without anybody being asked anything, if it can be.
fn apt() -> Option<Vec<&'static str>> {
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
    let says = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        output.status.success().then_some(output.stdout)
    };
    says("apt-get", &["--version"])?;
    if says("id", &["-u"])?.trim_ascii() == b"0" {
        return Some(quiet.to_vec());
    }
    says("sudo", &["-n", "true"])?;
    Some(["sudo", "-n"].into_iter().chain(quiet).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_was_removed_but_left_its_settings_is_missing() {
        let list = "libxi6 installed\nxvfb config-files\nxdotool not-installed\n";
        assert_eq!(installed(list), BTreeSet::from(["libxi6".to_owned()]));
    }

    #[test]
    fn without_dpkg_the_files_tell() {
        assert!(is_there(Brings::Program("sh")));
        assert!(is_there(Brings::Library("libc.so.6")));
        assert!(is_there(Brings::Folder("/usr")));
        assert!(!is_there(Brings::Program("no-such-program")));
        assert!(!is_there(Brings::Library("libnosuch.so.1")));
        assert!(!is_there(Brings::Folder("/no/such/folder")));
    }

    #[test]
    fn no_package_is_wanted_twice() {
        let names: Vec<_> = RUN.iter().chain(TEST).map(|package| package.name).collect();
        assert_eq!(
            names.iter().collect::<BTreeSet<_>>().len(),
            names.len(),
            "{names:?}"
        );
        assert!(names.len() >= 9);
    }
}
