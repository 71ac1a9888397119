//! The rows of label printers. What stands for a false credential is a proof that a label was printed
//! where the printer was never at work.

use lodge_hardware::label::printer::{Ask, JobToken, Printer, Tell};
use lodge_hardware::label::profile::Profile;
use lodge_hardware::label::{Label, Mm, Stock, Text};
use lodge_hardware::sim::label::{LabelCommand, LabelFault, LabelSim, Trouble};

use super::readers::faults;
use super::row::{Parser, Row};
use super::{Act, Noise, Tally};

const BAUD: u32 = 9600;
const JOB: JobToken = JobToken(0x0004_2042);

fn stock() -> Stock {
    Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2))
}

/// In letters that every one of them has, so that none is drawn.
fn badge() -> Label {
    let mut room = stock().inside(Mm::whole(2));
    let code = room.take_right(Mm::whole(20));
    Label::new(stock())
        .qr(code, "V1:0042")
        .text(room, Text::new("Visitor 0042").size(Mm::whole(6)))
}

fn asks() -> Vec<Ask> {
    vec![
        Ask::Print {
            job: JOB,
            document: badge(),
        },
        Ask::Go(JOB),
        Ask::Status,
        Ask::Go(JOB),
        Ask::Withdraw(JOB),
    ]
}

fn happens() -> Vec<LabelCommand> {
    let mut all = faults(|fault, set| LabelCommand::Fault(LabelFault::Line(fault), set));
    for fault in [
        LabelFault::SilentWhenStopped,
        LabelFault::ForgetsLabel,
        LabelFault::NeverBusy,
        LabelFault::Slow,
    ] {
        all.push(LabelCommand::Fault(fault, true));
        all.push(LabelCommand::Fault(fault, false));
    }
    for trouble in [Trouble::HeadOpen, Trouble::Paused] {
        all.push(LabelCommand::Trouble(trouble, true));
        all.push(LabelCommand::Trouble(trouble, false));
    }
    all.extend([
        LabelCommand::LoadLabels(0),
        LabelCommand::LoadLabels(100),
        LabelCommand::Power(false),
        LabelCommand::Power(true),
        LabelCommand::LoseAnswers(2),
    ]);
    all
}

/// A printer that is never at work, and says so whenever it is asked.
fn muzzle() -> Vec<LabelCommand> {
    vec![LabelCommand::Fault(LabelFault::NeverBusy, true)]
}

/// A label is on its way, once the printer has settled from what the stretch before left in it.
fn before() -> Vec<Act> {
    vec![Act::Talk(255), Act::Ask(0), Act::Talk(255), Act::Ask(1)]
}

fn row(
    name: &'static str,
    driver: fn() -> Printer,
    device: fn() -> LabelSim,
    marks: &'static [u8],
    check: &'static str,
    allows: fn(&Noise, &Tally) -> f64,
) -> Box<dyn Parser> {
    Box::new(Row {
        name,
        driver,
        device,
        muzzle,
        before,
        asks,
        happens,
        marks,
        is_credential: |tell| matches!(tell, Tell::Printed(..)),
        check,
        allows,
    })
}

/// A TSPL printer that answers with one byte.
pub(super) fn label_tspl() -> Box<dyn Parser> {
    row(
        "label_tspl",
        || Printer::new(Profile::tspl_203dpi(), BAUD, None),
        || LabelSim::new(&Profile::tspl_203dpi(), BAUD, stock()),
        // At work, well, and each of the troubles.
        &[
            0x20, 0x00, 0x20, 0x01, 0x02, 0x04, 0x08, 0x10, 0x40, 0x80, 0x21, 0x30,
        ],
        "none: a byte that is alone",
        // Only this one byte says "at work" and nothing else. No job can be proven twice, and each
        // takes two asks.
        |noise, tally| (tally.frames as f64 * noise.of([0x20])).min(tally.asks as f64 / 2.0),
    )
}

/// A TSPL2 printer that answers with eight bytes.
pub(super) fn label_tspl2() -> Box<dyn Parser> {
    row(
        "label_tspl2",
        || Printer::new(Profile::tspl2_203dpi_western(), BAUD, None),
        || LabelSim::new(&Profile::tspl2_203dpi_western(), BAUD, stock()),
        b"\x02P@@@\x03\r\nBE`A",
        "none: a frame of 8 bytes, 4 of them fixed",
        |noise, tally| {
            let fixed = [0x02, 0x03, 0x0D, 0x0A, 0x40, 0x40].map(|byte| noise.of([byte]));
            let at_work = noise.of(*b"BCFPW") * noise.of(0x40..=0x7F);
            tally.heard as f64 * fixed.iter().product::<f64>() * at_work
        },
    )
}

/// A ZPL printer.
pub(super) fn label_zpl() -> Box<dyn Parser> {
    row(
        "label_zpl",
        || Printer::new(Profile::zpl_203dpi(), BAUD, None),
        || LabelSim::new(&Profile::zpl_203dpi(), BAUD, stock()),
        b"\x02\x03\r\n,,,,0001",
        "none: 3 frames of 25 fields",
        |noise, tally| {
            // Three frames, the commas between their fields, and in each field a letter or a digit;
            // what is longer than that is rarer.
            let frame = [0x02, 0x03, 0x0D, 0x0A].map(|byte| noise.of([byte]));
            let flags = noise.of(*b"01").powi(8);
            let letters = noise.of((b'0'..=b'9').chain(b'A'..=b'Z').chain(b'a'..=b'z'));
            let commas = noise.of(*b",").powi(11 + 10 + 1);
            let fields = flags * (letters / (1.0 - letters)).powi(25 - 8);
            tally.heard as f64 * frame.iter().product::<f64>().powi(3) * commas * fields
        },
    )
}
