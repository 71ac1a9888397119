//! The program as somebody at a terminal meets it: its commands, and its simulated devices.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_lodge");

/// A device of `lodge sim`, worked by typed lines until it is dropped.
pub struct Sim {
    child: Child,
    hands: ChildStdin,
    eyes: BufReader<ChildStdout>,
}

impl Sim {
    /// The device of these words at a port.
    pub fn at(port: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .arg("sim")
            .args(arguments)
            .arg("--port")
            .arg(port)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let hands = child.stdin.take().expect("its input");
        let eyes = BufReader::new(child.stdout.take().expect("its output"));
        let mut sim = Sim { child, hands, eyes };
        let first = sim.sees();
        assert!(first.contains(&port.display().to_string()), "{first}");
        sim
    }

    /// Types a line.
    pub fn does(&mut self, line: &str) {
        writeln!(self.hands, "{line}").expect("it listens");
    }

    /// Reads a line.
    pub fn sees(&mut self) -> String {
        let mut line = String::new();
        self.eyes.read_line(&mut line).expect("it speaks");
        line
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command says, and whether it ended well.
pub fn lodge(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.success(), said + &wrong)
}

/// What was told, without the times.
pub fn told(said: &str) -> Vec<&str> {
    let rows = said.lines().filter_map(|row| row.split_once(" s  "));
    rows.map(|(_, words)| words).collect()
}
