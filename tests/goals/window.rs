//! M5, M7, M8: the real window under Xvfb, real threads, real time; pixels read from its framebuffer.

use super::real_kiosk::{PATIENCE, RealKiosk, pss_kib};
use super::spread::Spread;
use super::support::*;
use super::table::Table;
use lodge_hardware::clock::Clock;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::printer::PrinterSim;
use lodge_hardware::sim::run::{Running, spawn};
use std::process::Command;
use std::time::Duration;

const ROUNDS: usize = 60;

pub fn measure(table: &mut Table) {
    if Command::new("Xvfb").arg("-help").output().is_err() {
        for id in ["M5", "M7", "M8"] {
            table.plain(
                id,
                "the real window",
                "not measured: Xvfb is missing (cargo checks installs it)".into(),
            );
        }
        return;
    }
    let profile = Profile::generic_80mm();
    let mut kiosk = RealKiosk::open(&super::program(), ROUNDS, |port| {
        let printer = PrinterSim::new(&profile, 9600);
        spawn("printer", printer, port, Clock::system(), |_, _| {}).expect("a printer")
    });
    let detail = "release build, fresh data".to_owned();
    let what = "start to first painted frame (no Chromium here to compare with)";
    table.plain(
        "M5",
        what,
        format!("{:.0} ms; {detail}", kiosk.started.as_secs_f64() * 1e3),
    );
    react(table, &mut kiosk);
    idle(table, &kiosk);
    let pss = pss_kib(kiosk.program.id()) as f64 / 1024.0;
    table.at_most(
        "M6 window",
        "memory (PSS) of the real window",
        pss,
        40.0,
        " MiB",
        String::new(),
    );
}

fn react(table: &mut Table, kiosk: &mut RealKiosk<Running<PrinterSim>>) {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let asking = kiosk.scan(round);
        let last_byte = kiosk.tap(GRACE);
        let seen = kiosk.frame.change(&asking, PATIENCE).expect("it is lent");
        times.push(seen - last_byte);
        // The reader has to hear nothing before the card counts again.
        std::thread::sleep(Duration::from_millis(350));
    }
    let times = Spread::of(times);
    let what = "card's last byte over a pty → durable loan → changed pixel, p99";
    let ms = times.p99().as_secs_f64() * 1e3;
    table.at_most(
        "M8",
        what,
        ms,
        100.0,
        " ms",
        format!("median {}, {ROUNDS} rounds", times.show()),
    );
}

fn idle(table: &mut Table, kiosk: &RealKiosk<Running<PrinterSim>>) {
    // Home comes back by itself, and the store tidies up behind the last loan.
    std::thread::sleep(Duration::from_secs(30));
    kiosk.frame.rest();
    let process = kiosk.program.id();
    let (wakeups, ticks) = (wakeups(process), cpu_ticks(process));
    std::thread::sleep(Duration::from_secs(60));
    let wakeups = self::wakeups(process) - wakeups;
    let ticks = cpu_ticks(process) - ticks;
    let what = "wakeups in 60 s on the home screen, three ports open";
    // Its clock: one turn of the session's thread and one of the screen's, and what the display
    // server answers to the new frame.
    table.at_most(
        "M7",
        what,
        wakeups as f64,
        20.0,
        "",
        "all threads together".to_owned(),
    );
    let share = ticks as f64 / 60.0;
    table.at_most(
        "M7 CPU",
        "share of one core meanwhile",
        share,
        0.05,
        " %",
        String::new(),
    );
}

/// Times the threads of a process went to sleep and came back.
fn wakeups(process: u32) -> u64 {
    each_thread(process, "status")
        .iter()
        .filter_map(|status| {
            let line = status
                .lines()
                .find(|line| line.starts_with("voluntary_ctxt_switches"))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .sum()
}

/// User and system time, in hundredths of a second.
fn cpu_ticks(process: u32) -> u64 {
    each_thread(process, "stat")
        .iter()
        .filter_map(|stat| {
            let rest = stat.rsplit_once(')')?.1;
            let fields: Vec<&str> = rest.split_whitespace().collect();
            Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
        })
        .sum()
}

fn each_thread(process: u32, file: &str) -> Vec<String> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).expect("the process runs");
    threads
        .filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join(file)).ok())
        .collect()
}
