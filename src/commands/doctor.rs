//! `lodge doctor`: everything the kiosk needs, looked at one by one.

use super::{CommandError, Outcome, output};
use crate::building::Building;
use crate::config::{Device, Settings};
use crate::devices::hatch::{self, DeviceReport, Knock, Reply};
use crate::devices::{self, PortLook};
use crate::people::Language;
use crate::store::{Books, LOCK};
use crate::words::text;
use chrono::{DateTime, Datelike, Utc};
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;

/// Less than this and the journal may not last the week: a busy lobby writes some ten MB a day.
const LEAST_DISK: u64 = 200 << 20;

/// What one look found.
struct Finding {
    about: String,
    verdict: Verdict,
    says: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Fit,
    /// Worth a look, and the kiosk works all the same.
    Note,
    Unfit,
}

/// Looks at everything and says what was found. `settings` are none for the trial.
///
/// # Errors
///
/// Where the findings cannot be written.
pub fn doctor(
    settings: Option<&Settings>,
    data: &Path,
    to: &mut dyn Write,
) -> Result<Outcome, CommandError> {
    let running = kiosk_runs(data);
    let mut findings = vec![
        look_at_settings(settings),
        look_at_features(),
        look_at_sqlite(),
    ];
    findings.push(look_at_database(settings, data));
    findings.push(look_at_disk(data));
    findings.push(look_at_clock());
    findings.extend(look_at_libraries());
    let devices = settings.map(Settings::devices).unwrap_or_default();
    let told = match running {
        true => hatch::knock(data, &Knock::Devices).ok(),
        false => None,
    };
    match told {
        Some(Reply::Devices(reports)) => {
            let building =
                settings.map_or_else(|| Settings::defaults().building(), Settings::building);
            findings.extend(reports.iter().map(|report| of_report(report, &building)));
        }
        _ => findings.extend(devices.iter().map(|device| look_at_port(device, running))),
    }

    for Finding {
        about,
        verdict,
        says,
    } in &findings
    {
        let mark = match verdict {
            Verdict::Fit => "ok  ",
            Verdict::Note => "note",
            Verdict::Unfit => "FAIL",
        };
        output(writeln!(to, "{mark}  {about:<18} {says}"))?;
    }
    let unfit = findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Unfit)
        .count();
    match unfit {
        0 => {
            output(writeln!(to, "Fit for service."))?;
            Ok(Outcome::Well)
        }
        _ => {
            output(writeln!(
                to,
                "Not fit for service: {unfit} of {}.",
                findings.len()
            ))?;
            Ok(Outcome::Unwell)
        }
    }
}

fn finding(about: &str, verdict: Verdict, says: impl Into<String>) -> Finding {
    Finding {
        about: about.to_owned(),
        verdict,
        says: says.into(),
    }
}

fn look_at_settings(settings: Option<&Settings>) -> Finding {
    match settings {
        Some(settings) => {
            let name = &settings.building().name;
            finding(
                "settings",
                Verdict::Fit,
                format!("{} · {}", name.zh, name.en),
            )
        }
        None => finding(
            "settings",
            Verdict::Note,
            "none: this is the trial, with simulated devices",
        ),
    }
}

fn look_at_features() -> Finding {
    let bench = if cfg!(feature = "bench") {
        "with"
    } else {
        "without"
    };
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let says = format!(
        "{build} build {}, {bench} trial and tours",
        env!("CARGO_PKG_VERSION")
    );
    finding("program", Verdict::Fit, says)
}

fn look_at_sqlite() -> Finding {
    let (version, new_enough) = crate::store::sqlite();
    let verdict = if new_enough {
        Verdict::Fit
    } else {
        Verdict::Unfit
    };
    finding(
        "SQLite",
        verdict,
        format!("{version}, needed {}", crate::store::OLDEST_SQLITE),
    )
}

fn look_at_database(settings: Option<&Settings>, data: &Path) -> Finding {
    let building = settings.map_or_else(|| Settings::defaults().building(), Settings::building);
    match Books::open_to_read(data, &building) {
        Ok(books) => match books.length() {
            Ok(rows) => finding(
                "database",
                Verdict::Fit,
                format!("{rows} journal rows in {}", data.display()),
            ),
            Err(error) => finding("database", Verdict::Unfit, error.to_string()),
        },
        Err(crate::store::OpenError::Missing(_)) => finding(
            "database",
            Verdict::Note,
            "none yet; the first start makes one",
        ),
        Err(error) => finding("database", Verdict::Unfit, error.to_string()),
    }
}

fn look_at_disk(data: &Path) -> Finding {
    // The folder may not be there before the first start; its disk is.
    let there = data
        .ancestors()
        .find(|folder| folder.exists())
        .unwrap_or(Path::new("."));
    match rustix::fs::statvfs(there) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let verdict = if free >= LEAST_DISK {
                Verdict::Fit
            } else {
                Verdict::Unfit
            };
            let (free, least) = (free >> 20, LEAST_DISK >> 20);
            finding(
                "disk",
                verdict,
                format!("{free} MiB free, at least {least} needed"),
            )
        }
        Err(error) => finding(
            "disk",
            Verdict::Unfit,
            format!("cannot be looked at: {error}"),
        ),
    }
}

fn look_at_clock() -> Finding {
    let now = Utc::now();
    let shown = now.format("%Y-%m-%d %H:%M:%S UTC");
    match now.year() {
        // A box without a battery wakes up in 1970; no Lodge was built before 2026.
        2026..2100 => finding("clock", Verdict::Fit, shown.to_string()),
        _ => finding(
            "clock",
            Verdict::Unfit,
            format!("{shown}; set the time, then start the kiosk"),
        ),
    }
}

/// Libraries that a window loads when it opens, with the Debian package each comes in.
const LIBRARIES: [(&str, &str); 6] = [
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libX11.so.6", "libx11-6"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
];

fn look_at_libraries() -> Vec<Finding> {
    let folders = ["/usr/lib", "/lib", "/usr/local/lib", "/usr/lib64", "/lib64"];
    let triple = format!("{}-linux-gnu", std::env::consts::ARCH);
    let is_there = |name: &str| {
        folders.iter().any(|folder| {
            let folder = Path::new(folder);
            folder.join(name).exists() || folder.join(&triple).join(name).exists()
        })
    };
    let missing: Vec<&str> = LIBRARIES
        .iter()
        .filter(|(name, _)| !is_there(name))
        .map(|(_, package)| *package)
        .collect();
    let libraries = match missing.as_slice() {
        [] => finding("libraries", Verdict::Fit, "everything a window needs"),
        missing => {
            let says = format!("install them: sudo apt-get install {}", missing.join(" "));
            finding("libraries", Verdict::Unfit, says)
        }
    };
    vec![
        libraries,
        finding("fonts", Verdict::Fit, "Noto Sans SC, inside the program"),
    ]
}

fn look_at_port(device: &Device, running: bool) -> Finding {
    let about = device.id();
    let port = device.port.display();
    let profile = device
        .profile
        .as_deref()
        .map(|name| format!(", {name}"))
        .unwrap_or_default();
    match devices::look_at(device) {
        PortLook::Free => finding(
            &about,
            Verdict::Fit,
            format!("{port} at {} baud{profile}", device.baud),
        ),
        PortLook::InUse if running => finding(
            &about,
            Verdict::Fit,
            format!("{port}, in use by the running kiosk{profile}"),
        ),
        PortLook::InUse => {
            let says = format!("{port} is in use by another program; stop that program");
            finding(&about, Verdict::Unfit, says)
        }
        PortLook::Fault(fault) => finding(&about, Verdict::Unfit, fault.says(Language::English)),
    }
}

/// What the running kiosk says of a device: what it is, what came from it, what went wrong last.
fn of_report(report: &DeviceReport, building: &Building) -> Finding {
    let mut says = match &report.fault {
        Some(fault) => fault.says(Language::English),
        None => "works".to_owned(),
    };
    if let Some(identity) = &report.identity {
        says += &format!("; {identity}");
    }
    if report.paper_low {
        says +=
            "; its roll is nearly used up: put a new one in and say so at the desk (Devices, F8)";
    }
    if report.flaps {
        says += "; its line comes and goes: look at its plug and cable";
    }
    if let Some((_, page)) = report.test_page {
        says += &format!("; test page {}", text(Language::English, page.words()));
    }
    let DeviceReport {
        frames,
        rejected,
        discarded,
        errors,
        reopenings,
        ..
    } = report;
    says += &format!(
        "; {frames} messages, {rejected} not believed, {discarded} bytes of noise, {errors} errors, \
         opened again {reopenings} times"
    );
    let when = |at_ms: i64| {
        let at = DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
        building.local(at).format("%Y-%m-%d %H:%M:%S")
    };
    if let Some(at_ms) = report.last_read {
        says += &format!("; last read at {}", when(at_ms));
    }
    if let (true, Some((at_ms, fault))) = (report.works, &report.last_fault) {
        let (at, says_fault) = (when(*at_ms), fault.says(Language::English));
        says += &format!("; last fault at {at}: {says_fault}");
    }
    let verdict = if report.works {
        Verdict::Fit
    } else {
        Verdict::Unfit
    };
    finding(&report.id, verdict, says)
}

/// Whether a kiosk holds the data folder.
pub(super) fn kiosk_runs(data: &Path) -> bool {
    File::open(data.join(LOCK))
        .is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}
