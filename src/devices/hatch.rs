//! The hatch: a socket in the data folder at which other commands ask the running kiosk how its devices
//! stand, and have test pages printed and keys installed.
//!
//! One line of JSON in, one line of JSON out. Nobody is woken while nobody knocks. Only the user that the
//! kiosk runs as may knock; nothing personal passes.

use super::{Devices, Standing};
use crate::equipment::{Fault, TestPage};
use crate::people::ReaderName;
use crate::slips::PrinterName;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The socket's name in the data folder.
pub const HATCH: &str = "lodge.sock";

/// Whoever knocks and says nothing, or says it slowly, does not keep others out for longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where nobody can be let in, because the system has no file left for it, that lasts: no use to try faster.
const PAUSE: Duration = Duration::from_secs(1);

/// A question is short; more is not read.
const LONGEST_QUESTION: usize = 4096;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Knock {
    /// How does every device stand?
    Devices,
    /// Print a test page on this printer.
    TestPage(PrinterName),
    /// Give this reader its own key.
    InstallKey(ReaderName),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// How every device stands.
    Devices(Vec<DeviceReport>),
    /// It is done, or on its way.
    Done,
    /// There is no such device.
    NoSuchDevice,
    /// Its port is not open, and why, where that is known.
    NotOpen(Option<Fault>),
    /// It was not understood.
    What,
}

/// How one device stands, since the kiosk was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceReport {
    /// What it is and which: `reader-front`.
    pub id: String,
    /// Whether it can be used.
    pub works: bool,
    /// What is wrong now.
    pub fault: Option<Fault>,
    /// What it says it is.
    pub identity: Option<String>,
    /// Its roll is nearly used up.
    #[serde(default)]
    pub paper_low: bool,
    /// Its line comes and goes.
    #[serde(default)]
    pub flaps: bool,
    /// How its last test page went, and since when, UTC milliseconds.
    #[serde(default)]
    pub test_page: Option<(i64, TestPage)>,
    /// Whole messages from it that were understood.
    pub frames: u64,
    /// Whole messages from it that were not believed.
    pub rejected: u64,
    /// Bytes at its port that meant nothing.
    pub discarded: u64,
    /// Stalls and losses of its line.
    pub errors: u64,
    /// How often its port was opened again.
    pub reopenings: u64,
    /// What went wrong last, and when, UTC milliseconds.
    pub last_fault: Option<(i64, Fault)>,
    /// When it last read a card, a document or a code, UTC milliseconds.
    pub last_read: Option<i64>,
}

/// The open hatch; it closes when this is dropped.
pub struct Hatch {
    path: PathBuf,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Hatch {
    /// Opens the hatch of this data folder.
    ///
    /// # Errors
    ///
    /// Where there can be no socket: its path is too long, or the folder is not ours.
    pub fn open(data: &Path, devices: Arc<Devices>) -> io::Result<Self> {
        let path = data.join(HATCH);
        // What a killed program left is nobody's: the lock of the folder is ours.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        let closing = Arc::new(AtomicBool::new(false));
        let ends = closing.clone();
        let thread = std::thread::Builder::new()
            .name("lodge-hatch".to_owned())
            .spawn(move || {
                for knocking in listener.incoming() {
                    if ends.load(Ordering::SeqCst) {
                        return;
                    }
                    match knocking {
                        // Who goes away before the answer does not need it.
                        Ok(stream) => drop(serve(&stream, &devices)),
                        Err(error) => {
                            tracing::warn!(%error, "nobody can be let in at the hatch");
                            std::thread::sleep(PAUSE);
                        }
                    }
                }
            })?;
        Ok(Hatch {
            path,
            closing,
            thread: Some(thread),
        })
    }
}

impl Drop for Hatch {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // The thread sleeps until somebody knocks.
        let knocked = UnixStream::connect(&self.path).is_ok();
        let _ = std::fs::remove_file(&self.path);
        if let Some(thread) = self.thread.take().filter(|_| knocked) {
            // Its panic has been reported already.
            let _ = thread.join();
        }
    }
}

fn serve(stream: &UnixStream, devices: &Devices) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let question = question(stream, Instant::now() + PATIENCE)?;
    let reply = match serde_json::from_slice(&question) {
        Ok(Knock::Devices) => {
            let now_ms = devices.wall_ms();
            let states = devices.states();
            Reply::Devices(states.iter().map(|state| report(state, now_ms)).collect())
        }
        Ok(Knock::TestPage(printer)) => asked(devices.test_page(&printer)),
        Ok(Knock::InstallKey(reader)) => asked(devices.install_key(&reader)),
        Err(_) => Reply::What,
    };
    let mut stream = stream;
    serde_json::to_writer(stream, &reply)?;
    stream.write_all(b"\n")
}

/// What was asked of a device that stands so.
fn asked(standing: Option<Standing>) -> Reply {
    match standing {
        Some(standing) if standing.is_open() => Reply::Done,
        Some(standing) => Reply::NotOpen(standing.fault().cloned()),
        None => Reply::NoSuchDevice,
    }
}

/// One line, all of it before this moment: a byte now and then is no reason to wait for longer.
fn question(mut stream: &UnixStream, until: Instant) -> io::Result<Vec<u8>> {
    let (mut line, mut bytes) = (Vec::new(), [0; 512]);
    while !line.contains(&b'\n') && line.len() < LONGEST_QUESTION {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut bytes)? {
            0 => break,
            read => line.extend_from_slice(&bytes[..read]),
        }
    }
    Ok(line)
}

fn report(state: &super::DeviceState, now_ms: i64) -> DeviceReport {
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::SeqCst);
    let counters = &state.counters;
    let (frames, rejected) = state.messages();
    DeviceReport {
        id: state.id.clone(),
        works: state.standing == Standing::Open,
        fault: state.standing.fault().cloned(),
        identity: state.identity.clone(),
        paper_low: state.paper_low,
        flaps: state.flaps(now_ms),
        test_page: state.test_page,
        frames,
        rejected,
        discarded: count(&counters.discarded),
        errors: count(&counters.errors),
        reopenings: state.reopenings(),
        last_fault: state.last_fault.clone(),
        last_read: state.last_read.map(|read| read.at.timestamp_millis()),
    }
}

/// Asks the kiosk that runs on this data folder.
///
/// # Errors
///
/// Where no kiosk answers.
pub fn knock(data: &Path, knock: &Knock) -> io::Result<Reply> {
    let stream = UnixStream::connect(data.join(HATCH))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut writer = &stream;
    serde_json::to_writer(&mut writer, knock)?;
    writer.write_all(b"\n")?;
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}
