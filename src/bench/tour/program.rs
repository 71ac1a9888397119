//! The program under the tour: a child process that can be killed and started again.

use super::protocol::{Look, Order, Reply};
use crate::bench::rig::Equipment;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// How to start it.
#[derive(Clone, Debug)]
pub struct Start {
    /// The program.
    pub program: PathBuf,
    /// The data folder.
    pub data: PathBuf,
    /// The folder with the ports.
    pub ports: PathBuf,
    /// Where it logs to.
    pub log: PathBuf,
    /// The moment it starts at, UTC milliseconds.
    pub wall_ms: i64,
    /// The panel: width and height in pixels, diagonal in inches.
    pub panel: (u32, u32, f64),
    /// The devices around it.
    pub equipment: Equipment,
}

/// A running child.
pub struct Program {
    child: Child,
    orders: ChildStdin,
    replies: BufReader<ChildStdout>,
}

impl Program {
    /// Starts the program as a child.
    pub fn start(start: &Start) -> io::Result<Self> {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&start.log)?;
        let (width, height, inches) = start.panel;
        let mut child = Command::new(&start.program)
            .arg("tour-child")
            .arg("--data")
            .arg(&start.data)
            .arg("--ports")
            .arg(&start.ports)
            .arg("--wall-ms")
            .arg(start.wall_ms.to_string())
            .arg("--panel")
            .arg(format!("{width}x{height}x{inches}"))
            .arg("--equipment")
            .arg(start.equipment.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let missing = || io::Error::other("the program has no pipes");
        let orders = child.stdin.take().ok_or_else(missing)?;
        let replies = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        Ok(Program {
            child,
            orders,
            replies,
        })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Gives an order and waits for the answer.
    pub fn order(&mut self, order: &Order) -> io::Result<Reply> {
        serde_json::to_writer(&mut self.orders, order)?;
        self.orders.write_all(b"\n")?;
        self.orders.flush()?;
        let mut line = String::new();
        if self.replies.read_line(&mut line)? == 0 {
            let status = self.child.wait()?;
            return Err(io::Error::other(format!(
                "the program ended by itself ({status})"
            )));
        }
        Ok(serde_json::from_str(&line)?)
    }

    /// How busy it is.
    pub fn look(&mut self) -> io::Result<Look> {
        match self.order(&Order::Look)? {
            Reply::Look(look) => Ok(look),
            other => Err(io::Error::other(format!(
                "an answer to another question: {other:?}"
            ))),
        }
    }

    /// Takes its power away: SIGKILL, in the middle of whatever it does.
    pub fn cut_power(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(|_| ())
    }

    /// Asks it to end and waits until it has.
    pub fn end(mut self) -> io::Result<()> {
        let _ = self.order(&Order::End);
        drop(self.orders);
        let status = self.child.wait()?;
        match status.success() {
            true => Ok(()),
            false => Err(io::Error::other(format!(
                "the program ended badly ({status})"
            ))),
        }
    }
}

/// The last lines of the program's log, for a tour that failed.
pub fn log_tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
