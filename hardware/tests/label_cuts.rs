//! The line cut at every byte and between every pair of steps: no label twice without a doubt, none
//! missing that was called printed, and nothing of the torso on the next one.

#[path = "support/labels.rs"]
mod labels;

use labels::{BAUD, Bench, Joined, profiles, stock};
use lodge_hardware::label::printer::{JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Label, Mm, Text};

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

/// Prints one label over a line that `cut` cuts, then another over a good one, and holds what was told
/// against the paper. Gives whether the cut came before the first label was proven.
fn judge(profile: &Profile, clean: &[String; 2], cut: impl FnOnce(&mut Joined)) -> bool {
    let mut bench = Bench::new(profile.clone());
    bench.join(|joined| {
        joined.print(1, label("A-1"));
        cut(joined);
    });
    let proven = |tell: &Tell| matches!(tell, Tell::Printed(..));
    let was_cut = !bench.of_jobs().iter().any(proven);
    bench.join(|joined| {
        // An ask that was still in the box when the line went is done over this one.
        joined.run_until(|joined| joined.of_jobs().iter().any(is_end));
        let before = joined.of_jobs().len();
        joined.print(2, label("A-2"));
        joined.run_until_told(before + 2);
        joined.run(60);
    });
    let told = bench.of_jobs();
    let sheets = bench.sim.sheets();
    let texts: Vec<String> = sheets.iter().map(|sheet| sheet.text()).collect();
    let copies = |number: usize| texts.iter().filter(|text| **text == clean[number]).count();
    assert_eq!(copies(0) + copies(1), texts.len(), "a torso: {texts:?}");
    let ends = told.iter().filter(|tell| is_end(tell) && token(tell) == 1);
    let end = match ends.copied().collect::<Vec<_>>()[..] {
        [] => panic!("job 1 has no end: {told:?}"),
        [end] => end,
        ref many => panic!("job 1 ends more than once: {many:?}"),
    };
    match end {
        Tell::Printed(..) => assert_eq!(copies(0), 1, "{told:?}\n{texts:?}"),
        Tell::Unknown(..) => assert!(copies(0) <= 1, "{told:?}\n{texts:?}"),
        _ => assert_eq!(copies(0), 0, "{told:?}\n{texts:?}"),
    }
    let second = told
        .iter()
        .filter(|tell| matches!(tell, Tell::Printed(JobToken(2), _)));
    assert_eq!((second.count(), copies(1)), (1, 1), "{told:?}\n{texts:?}");
    was_cut
}

fn is_end(tell: &Tell) -> bool {
    !matches!(tell, Tell::Ready(_) | Tell::Stopped(..))
}

fn token(tell: &Tell) -> u64 {
    match tell {
        Tell::Printed(job, _) | Tell::Unknown(job, _) => job.0,
        Tell::NotStarted(job) | Tell::Refused(job, _) => job.0,
        _ => 0,
    }
}

#[test]
fn a_line_cut_at_any_byte_neither_doubles_nor_loses_a_label_unseen() {
    for profile in profiles() {
        let clean = ["A-1", "A-2"].map(|number| clean(&profile, number));
        let mut whole = 0;
        judge(&profile, &clean, |joined| {
            joined.run(60);
            whole = joined.line.sent_by_near();
        });
        assert!(whole > 250, "{whole} bytes");
        let mut cuts = 0;
        for at in 0..=whole {
            let cut = judge(&profile, &clean, |joined| {
                joined.line.change(|faults| faults.cut_after = Some(at));
                joined.run(60);
            });
            cuts += usize::from(cut);
        }
        println!("{}: {cuts} cuts of {whole} bytes", profile.name);
        assert!(
            cuts + 10 > whole,
            "{cuts} cuts of {whole} bytes hit the job"
        );
    }
}

#[test]
fn a_line_cut_between_any_two_steps_neither_doubles_nor_loses_a_label_unseen() {
    for profile in profiles() {
        let clean = ["A-1", "A-2"].map(|number| clean(&profile, number));
        let mut steps = 0;
        loop {
            let cut = judge(&profile, &clean, |joined| {
                for _ in 0..steps {
                    joined.step();
                }
                joined.line.change(|faults| faults.cut = true);
                joined.step();
            });
            if !cut {
                break;
            }
            steps += 1;
        }
        println!("{}: {steps} steps", profile.name);
        assert!(steps > 20, "only {steps} steps");
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
            bench.driver =
                Printer::new(profile.clone(), BAUD, Some(labels::font())).after_interruption();
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
