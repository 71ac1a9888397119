//! What may be asked of a receipt printer, and what it tells.

use super::document::Document;
use super::status::{Obstacle, PrinterStatus};
use crate::printing;

/// What may be asked of a receipt printer.
pub type Ask = printing::Ask<Document>;

/// What a receipt printer tells. One that is stopped goes on by itself once it is helped.
pub type Tell = printing::Tell<PrinterStatus, Obstacle, Proof>;

/// How a printer said that a job is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// It repeated the job's process id.
    ProcessId,
    /// It answered GS r 1 behind the data, and was healthy then. Weaker.
    Fence,
}
