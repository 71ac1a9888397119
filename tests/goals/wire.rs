//! M4: what a slip costs on the wire, at three speeds.

use super::support::*;
use super::table::Table;
use lodge::devices::document_of;
use lodge::lending::slip::borrowed;
use lodge::people::Language;
use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Moment;
use lodge_hardware::escpos::encode::encode;
use lodge_hardware::escpos::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::link::memory::pair;
use lodge_hardware::port::{Conversation, PortCounters, Told, mailbox};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::printer::{PrinterSim, WireTime};

pub fn measure(table: &mut Table) {
    let mut lobby = Lobby::open();
    let lent = lobby
        .lend_umbrella(GRACE, monday_morning())
        .expect("an umbrella");
    let slip = borrowed(&building(), &kinds()[0], &lent.loan, Language::Chinese);
    let profile = Profile::epson_80mm();
    let bytes = encode(&document_of(&slip, &profile), &profile, None).len();
    table.plain(
        "M4",
        "bytes of a loan's slip, QR code native",
        format!("{bytes} bytes"),
    );
    for baud in [9600, 38_400, 115_200] {
        let wire = print(&slip, &profile, baud);
        let ratio = wire.ratio(baud);
        let took = (wire.last - wire.first).as_secs_f64() * 1e3;
        let detail = format!("{} bytes in {took:.0} ms", wire.bytes);
        let what = match baud {
            9600 => "wire time ÷ bytes × 10 ÷ baud, at 9600",
            38_400 => "the same at 38,400",
            _ => "the same at 115,200",
        };
        table.at_most("M4 wire", what, ratio, 1.03, "", detail);
    }
}

/// Prints the slip through the real dialogue on a printer that drains at this speed.
fn print(slip: &lodge::slips::Slip, profile: &Profile, baud: u32) -> WireTime {
    let (mut near, mut far, _line) = pair();
    let mut printer = Printer::new(profile.clone(), baud);
    let mut sim = PrinterSim::new(profile, baud);
    let counters = PortCounters::default();
    let (asks, inbox) = mailbox(&Activity::new()).expect("a mailbox");
    let mut now = Moment::ORIGIN;
    let mut talk =
        Conversation::open(&mut near, &mut printer, &counters, now).expect("the line is there");
    let document = document_of(slip, profile);
    asks.send(Ask::Print {
        job: JobToken(1),
        document,
    });
    let mut printed = false;
    for _ in 0..10_000 {
        let mut told = Vec::new();
        talk.turn(now, &inbox, &mut |tell| told.push(tell))
            .expect("the line is there");
        sim.pump(now, &mut far);
        for tell in &told {
            match tell {
                Told::Tell(Tell::Ready(_)) => {
                    sim.measure();
                    asks.send(Ask::Go(JobToken(1)));
                }
                Told::Tell(Tell::Printed(..)) => printed = true,
                _ => {}
            }
        }
        if printed {
            break;
        }
        if told.is_empty() {
            now = [talk.due(), sim.due()]
                .into_iter()
                .flatten()
                .min()
                .map_or(now, |due| due.max(now));
        }
    }
    assert!(printed, "the slip never came out");
    sim.wire_time().expect("bytes crossed the wire")
}
