//! Driver and module over a real terminal.

#[path = "../support/terminal.rs"]
mod support;

use lodge_hardware::port::Ending;
use lodge_hardware::reader::Tell;
use lodge_hardware::reader::samv::Samv;
use lodge_hardware::sim::samv::{SamvCommand, SamvSim};

use crate::cards::{BAUD, card, documents, everything, presented};
use support::Terminal;

#[test]
fn a_document_put_down_is_told_over_a_terminal() {
    let terminal = Terminal::start(BAUD, Samv::new(everything()), SamvSim::new(BAUD));
    terminal.wait_for(&Tell::Answering(true));
    for document in documents() {
        terminal
            .device
            .command(SamvCommand::PutDown(card(&document)));
        terminal.wait_for(&presented(&document));
    }
    assert!(matches!(terminal.close(), Ending::Closed));
}
