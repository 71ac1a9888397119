//! The line cut at every byte and between every pair of steps: no label twice without a doubt, none
//! missing that was called printed, and nothing of the torso on the next one.

#[path = "support/labels.rs"]
mod labels;

use labels::cuts::{
    self, APART, Cut, FIRST, OnPaper, Renewed, at_any_byte, between_any_steps,
    power_between_any_steps,
};
use labels::{BAUD, Bench, Joined, profiles, stock};
use lodge_hardware::label::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Label, Mm, Text};
use lodge_hardware::sim::label::{LabelCommand as C, LabelSim};
use std::time::Duration;

/// A label with everything a cut may fall into: text with a mark in it, a picture, both codes.
fn label(number: &str) -> Label {
    let mut room = stock().inside(Mm::whole(2));
    let code = room.take_right(Mm::whole(14));
    let [first, second, bars] = [4, 4, 12].map(|height| room.take_top(Mm::whole(height)));
    Label::new(stock())
        .text(first, Text::new(&format!("{number} \"q\"")))
        // Neither font has it: the owner's is drawn.
        .text(second, Text::new("𠮷").size(Mm::whole(2)))
        .code128(bars, "1")
        .qr(code, number)
}

/// What such a label says when all is well.
fn clean(profile: &Profile, number: &str) -> String {
    let mut bench = Bench::new(profile.clone());
    bench.join(|joined| {
        joined.print(1, label(number));
        joined.run(60);
    });
    let text = bench.sim.sheets()[0].text();
    assert!(text.contains(" dots at ") && text.contains("[QR"), "{text}");
    text
}

/// Another driver, as an owner makes one for each line.
fn renewed(profile: &Profile, torso: bool) -> Printer {
    let printer = Printer::new(profile.clone(), BAUD, Some(labels::font()));
    match torso {
        true => printer.after_interruption(),
        false => printer,
    }
}

fn print(joined: &Joined, job: JobToken) {
    let document = label(if job == FIRST { "A-1" } else { "A-2" });
    joined.ask(Ask::Print { job, document });
}

/// Cuts the line of one label, and prints another over a good one, with the same driver or with a new one.
fn judge(profile: &Profile, anew: bool, clean: &[String; 2], cut: Cut<Printer, LabelSim>) -> bool {
    let another = |torso| renewed(profile, torso);
    let paper = |bench: &mut Bench| {
        let sheets = bench.sim.sheets();
        let texts: Vec<String> = sheets.iter().map(|sheet| sheet.text()).collect();
        let copies = clean.each_ref();
        let copies = copies.map(|clean| texts.iter().filter(|text| *text == clean).count());
        assert_eq!(
            copies.iter().sum::<usize>(),
            texts.len(),
            "a torso: {texts:?}"
        );
        let look = format!("{texts:?}");
        OnPaper { copies, look }
    };
    let renewed: Renewed<Printer> = if anew { Some(&another) } else { None };
    cuts::judge(Bench::new(profile.clone()), print, paper, renewed, cut)
}

/// Each with the driver that knows what it left behind, and with one that is made anew for each line.
fn profiles_of_both() -> impl Iterator<Item = (Profile, bool)> {
    let with = |anew| profiles().into_iter().map(move |profile| (profile, anew));
    with(false).chain(with(true))
}

#[test]
fn a_line_cut_at_any_byte_neither_doubles_nor_loses_a_label_unseen() {
    for (profile, anew) in profiles_of_both() {
        let clean = ["A-1", "A-2"].map(|number| clean(&profile, number));
        for apart in APART {
            let (whole, cuts) = at_any_byte(apart, |cut| judge(&profile, anew, &clean, cut));
            assert!(whole > 250, "{whole} bytes");
            println!("{}: {cuts} cuts of {whole} bytes", profile.name);
            assert!(
                cuts + 10 > whole,
                "{cuts} cuts of {whole} bytes hit the job"
            );
        }
    }
}

#[test]
fn a_line_cut_between_any_two_steps_neither_doubles_nor_loses_a_label_unseen() {
    for (profile, anew) in profiles_of_both() {
        let clean = ["A-1", "A-2"].map(|number| clean(&profile, number));
        for apart in APART {
            let steps = between_any_steps(apart, |cut| judge(&profile, anew, &clean, cut));
            println!("{}: {steps} steps", profile.name);
            assert!(steps > 20, "only {steps} steps");
        }
    }
}

#[test]
fn power_cut_between_any_two_steps_neither_doubles_nor_tears_a_label_unseen() {
    for profile in profiles() {
        power_cut(&profile, [0, 1500]);
    }
}

#[test]
fn a_printer_that_starts_sooner_than_most_and_whose_profile_says_so_tears_no_label_unseen() {
    for mut profile in profiles() {
        // As long as the label takes over the wire: what a TSPL printer makes of the rest of one whose beginning
        // is lost, nobody knows.
        profile.restart = Duration::from_millis(300);
        power_cut(&profile, [0, 300]);
    }
}

/// Cuts off the power at every step of a label for so many milliseconds, beside those that the printer takes to
/// start.
fn power_cut(profile: &Profile, away: [u64; 2]) {
    let clean = ["A-1", "A-2"].map(|number| clean(profile, number));
    for away in away.map(Duration::from_millis) {
        let (steps, hits) = power_between_any_steps(away, C::Power, |cut| {
            let paper = |bench: &mut Bench| {
                let sheets = bench.sim.sheets();
                let texts: Vec<String> = sheets.iter().map(|sheet| sheet.text()).collect();
                let copies = clean.each_ref();
                let copies = copies.map(|clean| texts.iter().filter(|text| *text == clean).count());
                let look = format!("{texts:?}");
                OnPaper { copies, look }
            };
            cuts::judge(Bench::new(profile.clone()), print, paper, None, cut)
        });
        println!("{} {away:?}: {hits} of {steps}", profile.name);
        assert!(hits * 2 > steps, "{hits} cuts of {steps} hit the job");
    }
}

#[test]
fn a_program_that_was_killed_within_a_large_picture_prints_the_next_label_clean() {
    for profile in profiles() {
        let clean = clean(&profile, "A-2");
        // More than one band of it, and no more than a kernel holds back.
        let large = labels::badge("𠮷𠮷", "ACME", "Host");
        let mut cuts = 0;
        for at in (30..).step_by(97) {
            let mut bench = Bench::new(profile.clone());
            let sent = bench.join(|joined| {
                joined.print(1, large.clone());
                joined.line.change(|faults| faults.cut_after = Some(at));
                joined.run(60);
                joined.line.sent_by_near()
            });
            if sent < at {
                break;
            }
            cuts += 1;
            // Another program, which only knows that a job was under way.
            bench.driver = renewed(&profile, true);
            bench.told.clear();
            bench.join(|joined| {
                joined.print(2, label("A-2"));
                joined.run(120);
            });
            let told = bench.of_jobs();
            assert!(
                matches!(told[..], [_, Tell::Printed(JobToken(2), _)]),
                "{} {at}: {told:?}",
                profile.name
            );
            let last = bench.sim.sheets().last().map(|sheet| sheet.text());
            assert_eq!(last, Some(clean.clone()), "{at}");
        }
        println!("{}: {cuts} cuts", profile.name);
        assert!(cuts >= 5);
    }
}
