//! Devices on real ports, and what they report.

use ab_glyph::FontArc;
use lodge::config::Device;
use lodge::devices::{Activity, Before, Clock, Devices, Report};
use lodge::people::NumberConvention;
use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver};

/// A thread for every port of these, in real time.
pub fn started(specs: &[Device]) -> (Devices, Receiver<Report>) {
    let before = Before {
        cards: NumberConvention::default(),
        font: FontArc::try_from_slice(lodge::screen::PAPER_FONT).expect("a font"),
        interrupted: Vec::new(),
        rolls: HashMap::new(),
    };
    let (tell, reports) = mpsc::channel();
    let report = move |report, _| {
        // The test is over before the devices are.
        let _ = tell.send(report);
    };
    let devices = Devices::start(specs, &before, &Clock::system(), &Activity::new(), report);
    (devices.expect("threads"), reports)
}
