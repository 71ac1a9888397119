//! A serial port that never blocks.
//!
//! `serialport` waits in poll(2) but then reads and writes a *blocking* descriptor, so that a stopped
//! printer or bytes that vanish hold its caller for ever (hardware.md §1.1). Here it only configures
//! and locks the port; all bytes go through a descriptor of our own, opened non-blocking *before* the
//! lock (`TIOCEXCL` stops later opens, ours included).

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::OpenOptionsExt;

use rustix::fs::OFlags;
use rustix::termios::{InputModes, OptionalActions, tcgetattr, tcsetattr};
use serialport::{ClearBuffer, DataBits, FlowControl, Parity, SerialPort, StopBits, TTYPort};

use super::{Link, LinkError, room_by_dsr};

/// Who may stop whose bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Flow {
    /// Nobody; for every binary protocol.
    #[default]
    None,
    /// XON/XOFF.
    Software,
    /// RTS/CTS; also right for most printers' DTR/DSR cables (hardware.md §7.1).
    Hardware,
    /// The device's DTR at this end's DSR alone, for a cable that does not lead it to CTS too. The
    /// kernel does not watch that wire, so it is looked at before every few bytes (§7.1). A port
    /// without the wire, such as a pty, is always ready.
    DataSetReady,
}

/// Where a port is and how it speaks; always eight bits, no parity, one stop bit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortSettings {
    /// The device's path, best under `/dev/serial/by-id`.
    pub path: String,
    /// Bits a second.
    pub baud: u32,
    /// Flow control.
    pub flow: Flow,
}

/// An open serial port, locked against other programs.
pub struct SerialLink {
    file: File,
    port: TTYPort,
    path: String,
    by_dsr: bool,
    held: bool,
}

impl SerialLink {
    /// Opens, configures and locks a port.
    ///
    /// # Errors
    /// [`LinkError::NotFound`], [`LinkError::NotAllowed`], [`LinkError::Busy`],
    /// [`LinkError::Refused`] or [`LinkError::Failed`], each saying what to do.
    pub fn open(settings: &PortSettings) -> Result<Self, LinkError> {
        let path = &settings.path;
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags.bits().cast_signed())
            .open(path)
            .map_err(|error| opening(path, error))?;
        let flow = match settings.flow {
            Flow::None | Flow::DataSetReady => FlowControl::None,
            Flow::Software => FlowControl::Software,
            Flow::Hardware => FlowControl::Hardware,
        };
        let port = serialport::new(path, settings.baud)
            .data_bits(DataBits::Eight)
            .parity(Parity::None)
            .stop_bits(StopBits::One)
            .flow_control(flow)
            .exclusive(true)
            .open_native()
            .map_err(|error| configuring(settings, error))?;
        ignore_breaks(&file).map_err(|error| opening(path, error.into()))?;
        Ok(Self {
            file,
            port,
            path: path.clone(),
            by_dsr: settings.flow == Flow::DataSetReady,
            held: false,
        })
    }

    /// How many bytes the device lets come.
    fn room(&mut self) -> Result<usize, LinkError> {
        if !self.by_dsr {
            return Ok(usize::MAX);
        }
        // No such wire is no failure (§1.1); a port that is gone says so when it is written to.
        let ready = self.port.read_data_set_ready().unwrap_or(true);
        Ok(room_by_dsr(ready, self.unsent()?))
    }

    fn lost(&self, doing: &'static str, error: io::Error) -> LinkError {
        use rustix::io::Errno;
        let gone = [Errno::IO, Errno::NXIO, Errno::NODEV, Errno::PIPE];
        let port = self.path.clone();
        if gone
            .iter()
            .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
        {
            LinkError::Unplugged { port }
        } else {
            LinkError::Failed {
                doing,
                port,
                source: error,
            }
        }
    }
}

/// A line that breaks, as that of a device does which loses its power, says nothing. It would be read as a byte
/// of zeros, which is an answer in some protocols.
fn ignore_breaks(file: &File) -> rustix::io::Result<()> {
    let mut termios = tcgetattr(file)?;
    termios.input_modes |= InputModes::IGNBRK;
    tcsetattr(file, OptionalActions::Now, &termios)
}

fn opening(path: &str, source: io::Error) -> LinkError {
    let port = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => LinkError::NotFound { port },
        io::ErrorKind::PermissionDenied => LinkError::NotAllowed { port },
        io::ErrorKind::ResourceBusy => LinkError::Busy { port },
        _ => {
            let doing = "opening";
            LinkError::Failed {
                doing,
                port,
                source,
            }
        }
    }
}

fn configuring(settings: &PortSettings, error: serialport::Error) -> LinkError {
    let port = settings.path.clone();
    match error.kind {
        serialport::ErrorKind::NoDevice => LinkError::Busy { port },
        serialport::ErrorKind::Io(io::ErrorKind::NotFound) => LinkError::NotFound { port },
        serialport::ErrorKind::Io(io::ErrorKind::PermissionDenied) => {
            LinkError::NotAllowed { port }
        }
        _ => LinkError::Refused {
            port,
            baud: settings.baud,
            source: error.into(),
        },
    }
}

impl Link for SerialLink {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        match self.file.read(buffer) {
            // A terminal in raw mode has "nothing now" as WouldBlock; end of file is a hang-up.
            Ok(0) => Err(LinkError::Unplugged {
                port: self.path.clone(),
            }),
            Ok(n) => Ok(n),
            Err(error) if is_passing(&error) => Ok(0),
            Err(error) => Err(self.lost("reading from", error)),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let room = self.room()?.min(bytes.len());
        self.held = room == 0 && !bytes.is_empty();
        if self.held {
            return Ok(0);
        }
        match self.file.write(&bytes[..room]) {
            Ok(n) => Ok(n),
            Err(error) if is_passing(&error) => Ok(0),
            Err(error) => Err(self.lost("writing to", error)),
        }
    }

    fn unsent(&mut self) -> Result<usize, LinkError> {
        match self.port.bytes_to_write() {
            Ok(n) => Ok(n as usize),
            Err(error) => Err(self.lost("asking what is unsent at", error.into())),
        }
    }

    fn is_held(&self) -> bool {
        self.held
    }

    fn readiness(&self) -> Option<BorrowedFd<'_>> {
        Some(self.file.as_fd())
    }

    fn clear_output(&mut self) {
        // A device that is gone has nothing to clear.
        let _ = self.port.clear(ClearBuffer::Output);
    }
}

impl Drop for SerialLink {
    /// The kernel waits up to 30 s at close for a stopped printer to take its bytes; not here.
    fn drop(&mut self) {
        self.clear_output();
        // TIOCEXCL outlives us where somebody else holds the terminal open, as a pty's other end does.
        let _ = self.port.set_exclusive(false);
    }
}

fn is_passing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
    )
}
