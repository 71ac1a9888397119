//! The device's end of a pseudo terminal that stands at a chosen path, like a plugged adapter.

use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::{Link, LinkError};

/// Bytes that passed a [`Pty`] since it was made, for comparison with a port's counters.
#[derive(Default, Debug)]
pub struct PtyTotals {
    /// Bytes the device read: what the program wrote.
    pub read: AtomicU64,
    /// Bytes the device wrote: what the program is to read.
    pub written: AtomicU64,
}

/// A terminal whose other end the program opens as a serial port.
pub struct Pty {
    path: PathBuf,
    plugged: Option<Plugged>,
    totals: Arc<PtyTotals>,
}

struct Plugged {
    master: OwnedFd,
    /// Keeps bytes alive while the program does not have the port open.
    _slave: OwnedFd,
}

impl Pty {
    /// Plugs in a new terminal at `path`, a symbolic link; its folder is made.
    ///
    /// # Errors
    /// When the system has no terminal left or the path cannot be written.
    pub fn plugged_at(path: impl Into<PathBuf>) -> io::Result<Self> {
        let mut pty = Self {
            path: path.into(),
            plugged: None,
            totals: Arc::default(),
        };
        pty.plug()?;
        Ok(pty)
    }

    /// Where the program opens it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The counts of bytes passed, shared.
    #[must_use]
    pub fn totals(&self) -> Arc<PtyTotals> {
        self.totals.clone()
    }

    /// Whether it is plugged in.
    #[must_use]
    pub fn is_plugged(&self) -> bool {
        self.plugged.is_some()
    }

    /// Plugs in a new terminal at the same path; nothing happens if one is plugged in.
    ///
    /// # Errors
    /// When the system has no terminal left or the path cannot be written.
    pub fn plug(&mut self) -> io::Result<()> {
        if self.plugged.is_some() {
            return Ok(());
        }
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        rustix::io::ioctl_fionbio(&master, true)?;
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let slave = ioctl_tiocgptpeer(&master, flags)?;
        // Raw before anybody writes: a terminal's echo would answer for the device.
        let mut termios = tcgetattr(&slave)?;
        termios.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &termios)?;
        let name = rustix::pty::ptsname(&master, Vec::new())?;
        let device = name.into_string().map_err(io::Error::other)?;
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        remove_link(&self.path)?;
        symlink(device, &self.path)?;
        let _slave = slave;
        self.plugged = Some(Plugged { master, _slave });
        Ok(())
    }

    /// Pulls the plug: the path is gone, and the program's end is hung up.
    pub fn unplug(&mut self) {
        // A path that is gone already is as it should be.
        let _ = remove_link(&self.path);
        self.plugged = None;
    }
}

fn remove_link(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.unplug();
    }
}

impl Link for Pty {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let Some(plugged) = &self.plugged else {
            return Ok(0);
        };
        let n = rustix::io::read(&plugged.master, buffer).unwrap_or(0);
        self.totals.read.fetch_add(n as u64, Ordering::SeqCst);
        Ok(n)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let Some(plugged) = &self.plugged else {
            return Ok(bytes.len());
        };
        let n = rustix::io::write(&plugged.master, bytes).unwrap_or(0);
        self.totals.written.fetch_add(n as u64, Ordering::SeqCst);
        Ok(n)
    }

    fn readiness(&self) -> Option<BorrowedFd<'_>> {
        self.plugged.as_ref().map(|plugged| plugged.master.as_fd())
    }
}
