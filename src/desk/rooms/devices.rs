//! The room of devices: how each stands, and what was printed.

use super::{Action, Does, Look, MOMENT, Mark, Row, Table};
use crate::desk::event::Order;
use crate::desk::facts::{DeviceFact, JobFact};
use crate::equipment::DeviceKind;
use crate::people::{Act, Certainty, LastRead};
use crate::slips::JobState;

/// The tables of this room.
pub fn tabs(look: &Look<'_>) -> Vec<(String, usize)> {
    vec![
        (look.say("desk-room-devices"), look.devices.len()),
        (look.say("desk-tab-jobs"), look.facts.jobs.len()),
    ]
}

/// One of them.
pub fn table(tab: usize, look: &Look<'_>) -> Table {
    let column = |id: &str, share| (look.say(id), share);
    match tab {
        0 => Table {
            columns: vec![
                column("desk-col-device", 24),
                column("desk-col-state", 20),
                column("desk-col-frames", 14),
                column("desk-col-noise", 14),
                column("desk-col-errors", 14),
                column("desk-col-reopened", 14),
            ],
            rows: look
                .devices
                .iter()
                .map(|device| device_row(device, look))
                .collect(),
            common: Vec::new(),
            empty: look.say("desk-no-devices"),
        },
        _ => Table {
            columns: vec![
                column("desk-col-number", 28),
                column("desk-col-state", 22),
                column("desk-col-printer", 24),
                column("desk-col-time", MOMENT),
            ],
            rows: look
                .facts
                .jobs
                .iter()
                .map(|job| job_row(job, look))
                .collect(),
            common: Vec::new(),
            empty: look.say("desk-no-jobs"),
        },
    }
}

/// How a device stands, in a word.
pub fn standing(device: &DeviceFact, look: &Look<'_>) -> (String, Mark) {
    match (device.works, &device.fault) {
        (Some(true), _) if device.flaps => (look.say("desk-device-flaps"), Mark::Attend),
        (Some(true), _) if device.paper_low => (look.say("desk-device-paper-low"), Mark::Attend),
        (Some(true), _) => (look.say("desk-device-works"), Mark::Good),
        (None, None) => (look.say("desk-device-starting"), Mark::Plain),
        _ => (look.say("desk-device-fault"), Mark::Stop),
    }
}

/// What people call a device: what it is, and its name in the settings.
pub fn name(device: &DeviceFact, look: &Look<'_>) -> String {
    let prefix = format!("{}-", device.kind.word());
    let own = device.id.strip_prefix(&prefix).unwrap_or(&device.id);
    Look::joined(&[&look.say(device.kind.words()), own])
}

/// When something was last read, how sure it was, and what kind of bar code it was.
fn last_read(read: LastRead, look: &Look<'_>) -> String {
    let sure = match read.certainty {
        Certainty::Bare => "desk-sure-bare",
        Certainty::Repeated => "desk-sure-repeated",
        Certainty::Checked => "desk-sure-checked",
        Certainty::Authenticated => "desk-sure-authenticated",
    };
    let kind = read.symbology.map_or("", |symbology| symbology.0);
    Look::joined(&[&look.when(read.at), &look.say(sure), kind])
}

fn device_row(device: &DeviceFact, look: &Look<'_>) -> Row {
    let (state, mark) = standing(device, look);
    let counters = device.counters;
    let mut facts = vec![
        (look.say("desk-col-device"), name(device, look)),
        (look.say("desk-col-state"), state.clone()),
    ];
    facts.extend(
        device
            .fault
            .as_ref()
            .map(|fault| (look.say("desk-fact-help"), fault.says(look.language))),
    );
    facts.extend(
        device
            .identity
            .clone()
            .map(|says| (look.say("desk-fact-identity"), says)),
    );
    facts.extend(
        device
            .last_read
            .map(|read| (look.say("desk-fact-last-read"), last_read(read, look))),
    );
    facts.extend(device.test_page.map(|(at, page)| {
        let value = Look::joined(&[&look.when(at), &look.say(page.words())]);
        (look.say("desk-fact-test-page"), value)
    }));
    facts.extend(device.last_fault.as_ref().map(|(at, fault)| {
        let value = Look::joined(&[&look.when(*at), &fault.says(look.language)]);
        (look.say("desk-fact-last-fault"), value)
    }));
    let test_page = device.printer.clone().map(|printer| Action {
        key: 'T',
        label: look.say("desk-do-test-page"),
        act: None,
        does: Does::TestPage(printer),
        careful: true,
    });
    // A roll that is swapped before it is out is one that no printer tells of.
    let counted = device.printer.clone().filter(|_| device.counts_paper);
    let new_roll = counted.map(|printer| Action {
        key: 'N',
        label: look.say("desk-do-new-roll"),
        act: None,
        does: Does::NewRoll(printer),
        careful: true,
    });
    Row {
        key: device.id.clone(),
        mark,
        cells: vec![
            name(device, look),
            state,
            counters.frames.to_string(),
            counters.discarded.to_string(),
            counters.errors.to_string(),
            device.reopenings.to_string(),
        ],
        facts,
        actions: test_page.into_iter().chain(new_roll).collect(),
    }
}

/// The number on a slip, with that of its reprint.
pub fn number(job: &JobFact, look: &Look<'_>) -> String {
    match job.reprint {
        0 => job.number.to_string(),
        count => {
            let again = look.with("desk-reprint-number", &[("count", count.into())]);
            format!("{} {again}", job.number)
        }
    }
}

/// Whether it came, or should have come, out of a label printer.
pub fn is_label(job: &JobFact, look: &Look<'_>) -> bool {
    let by = |device: &&DeviceFact| device.printer.is_some() && device.printer == job.printer;
    let printer = look.devices.iter().find(by);
    printer.is_some_and(|device| device.kind == DeviceKind::LabelPrinter)
}

/// A print job as a row.
pub fn job_row(job: &JobFact, look: &Look<'_>) -> Row {
    let (state, mark) = match (job.state, job.again) {
        (JobState::Queued, _) => ("desk-job-queued", Mark::Plain),
        (JobState::Sending, _) => ("desk-job-sending", Mark::Plain),
        (JobState::Confirmed, _) => ("desk-job-confirmed", Mark::Good),
        (JobState::Unknown, true) => ("desk-job-unknown", Mark::Plain),
        (JobState::Unknown, false) => ("desk-job-unknown", Mark::Attend),
        (JobState::Failed, _) => ("desk-job-failed", Mark::Attend),
    };
    let printer = job
        .printer
        .as_ref()
        .map(|printer| printer.0.clone())
        .unwrap_or_default();
    let mut actions = Vec::new();
    if job.state == JobState::Unknown && !job.again {
        let label = match is_label(job, look) {
            true => look.say("desk-do-label-seen"),
            false => look.say("desk-do-seen"),
        };
        actions.push(Action::order(
            'Y',
            label,
            Act::ReprintSlips,
            Order::SlipSeen(job.id),
        ));
    }
    let label = look.say("desk-do-reprint");
    let reprint = Order::Reprint(job.id);
    actions.push(Action::order('P', label, Act::ReprintSlips, reprint).by_its_key());
    Row {
        key: job.id.to_string(),
        mark,
        cells: vec![
            number(job, look),
            look.say(state),
            printer.clone(),
            look.when(job.moved),
        ],
        facts: vec![
            (look.say("desk-col-number"), number(job, look)),
            (look.say("desk-col-state"), look.say(state)),
            (look.say("desk-col-printer"), printer),
            (look.say("desk-fact-since"), look.when(job.moved)),
        ],
        actions,
    }
}
