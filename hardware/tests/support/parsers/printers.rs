//! The rows of receipt printers. What stands for a false credential is a proof that a slip was
//! printed where the printer gave none.

use lodge_hardware::escpos::document::{Document, Row as DocumentRow};
use lodge_hardware::escpos::printer::{Ask, JobToken, Printer, Proof, Tell};
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::printer::{PrinterCommand, PrinterFault, PrinterSim};

use super::readers::faults;
use super::row::{Parser, Row};
use super::{Act, Noise, Tally};

const BAUD: u32 = 9600;
const JOB: JobToken = JobToken(0x0004_2042);

/// Status answers, paper answers, process ids and their letters, XON and XOFF.
const MARKS: &[u8] = &[
    0x12, 0x16, 0x10, 0x14, 0x18, 0x00, 0x0F, 0x37, 0x22, 0x30, 0x31, 0x41, 0x11, 0x13, 0x5F, 0x3D,
];

fn slip() -> Document {
    Document::new()
        .title("爱心伞 借用")
        .text("单号 A-1123-0042")
        .row(DocumentRow::Qr {
            data: "L1:A-1123-0042".to_owned(),
            module: 6,
        })
        .row(DocumentRow::Cut)
}

fn asks() -> Vec<Ask> {
    vec![
        Ask::Print {
            job: JOB,
            document: slip(),
        },
        Ask::Go(JOB),
        Ask::Status,
        Ask::Go(JOB),
        Ask::Withdraw(JOB),
    ]
}

fn happens() -> Vec<PrinterCommand> {
    let mut all = faults(PrinterCommand::Line);
    for fault in [
        PrinterFault::LoseRealTime,
        PrinterFault::LoseProcessId,
        PrinterFault::LoseFence,
        PrinterFault::NoAsb,
        PrinterFault::Slow,
        PrinterFault::HoldXoff,
        PrinterFault::Overrun,
    ] {
        all.push(PrinterCommand::Fault(fault, true));
        all.push(PrinterCommand::Fault(fault, false));
    }
    all.extend([
        PrinterCommand::LoadPaper(0),
        PrinterCommand::LoadPaper(100_000),
        PrinterCommand::Cover(true),
        PrinterCommand::Cover(false),
        PrinterCommand::Power(false),
        PrinterCommand::Power(true),
        PrinterCommand::TearOff,
    ]);
    all
}

/// A printer that proves nothing.
fn muzzle() -> Vec<PrinterCommand> {
    let faults = [PrinterFault::LoseProcessId, PrinterFault::LoseFence];
    faults
        .map(|fault| PrinterCommand::Fault(fault, true))
        .to_vec()
}

/// A slip is on its way.
fn before() -> Vec<Act> {
    vec![Act::Talk(40), Act::Ask(0), Act::Talk(20), Act::Ask(1)]
}

/// A printer that repeats a job's mark when it is printed.
pub(super) fn escpos_process_id() -> Box<dyn Parser> {
    Box::new(Row {
        name: "escpos_process_id",
        driver: || Printer::new(Profile::epson_80mm(), BAUD),
        device: || PrinterSim::new(&Profile::epson_80mm(), BAUD),
        muzzle,
        before,
        asks,
        happens,
        marks: MARKS,
        is_credential: |tell| matches!(tell, Tell::Printed(_, Proof::ProcessId)),
        check: "none: the job's mark of 24 bits",
        allows: |noise: &Noise, tally: &Tally| {
            let letters = JOB.mark().map(|letter| noise.of([letter]));
            let block = noise.of([0x37]) * noise.of([0x22]) * noise.of([0x00]);
            tally.heard as f64 * block * letters.iter().product::<f64>()
        },
    })
}

/// A printer that only answers behind the data.
pub(super) fn escpos_fence() -> Box<dyn Parser> {
    Box::new(Row {
        name: "escpos_fence",
        driver: || Printer::new(Profile::generic_58mm(), BAUD),
        device: || PrinterSim::new(&Profile::generic_58mm(), BAUD),
        muzzle,
        before,
        asks,
        happens,
        marks: MARKS,
        is_credential: |tell| matches!(tell, Tell::Printed(..)),
        check: "none: half of all bytes answer",
        // No job can be proven twice, and no more jobs are begun than asked for.
        allows: |_: &Noise, tally: &Tally| tally.asks as f64,
    })
}
