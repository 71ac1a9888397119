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
    /// The device file of the terminal that is plugged in, or was last.
    device: PathBuf,
    totals: Arc<PtyTotals>,
}

struct Plugged {
    master: OwnedFd,
    /// Keeps bytes alive while the program does not have the port open.
    _slave: OwnedFd,
}

impl Plugged {
    /// A new terminal and its device file.
    fn open() -> io::Result<(Self, PathBuf)> {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let master = openpt(flags)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        rustix::io::ioctl_fionbio(&master, true)?;
        let slave = ioctl_tiocgptpeer(&master, flags)?;
        // Raw before anybody writes: a terminal's echo would answer for the device.
        let mut termios = tcgetattr(&slave)?;
        termios.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &termios)?;
        let name = rustix::pty::ptsname(&master, Vec::new())?;
        let device = name.into_string().map_err(io::Error::other)?;
        let _slave = slave;
        Ok((Self { master, _slave }, device.into()))
    }
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
            device: PathBuf::new(),
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

    /// The device file of the terminal that is plugged in, or was last, such as `/dev/pts/4`.
    #[must_use]
    pub fn device(&self) -> &Path {
        &self.device
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
    /// The system usually gives it the device file that it had before;
    /// [`Pty::plug_elsewhere`] makes sure that it does not.
    ///
    /// # Errors
    /// When the system has no terminal left or the path cannot be written.
    pub fn plug(&mut self) -> io::Result<()> {
        if self.plugged.is_some() {
            return Ok(());
        }
        let (plugged, device) = Plugged::open()?;
        self.stand(plugged, device)
    }

    /// Plugs it in at the same path, but as another device file than before, whether it is plugged
    /// in now (it is pulled) or not.
    ///
    /// So an adapter comes back as `ttyUSB1` when `ttyUSB0` is still held: its by-id link has the
    /// old name and points elsewhere (hardware.md §1.2).
    ///
    /// # Errors
    /// When the system has no terminal left or the path cannot be written; what was plugged in then
    /// stays, or is pulled where only the path failed.
    pub fn plug_elsewhere(&mut self) -> io::Result<()> {
        let (mut plugged, mut device) = Plugged::open()?;
        if device == self.device {
            // The first one keeps the old name taken until the second has another.
            (plugged, device) = Plugged::open()?;
        }
        self.unplug();
        self.stand(plugged, device)
    }

    fn stand(&mut self, plugged: Plugged, device: PathBuf) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        remove_link(&self.path)?;
        symlink(&device, &self.path)?;
        (self.plugged, self.device) = (Some(plugged), device);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::serial::{Flow, PortSettings, SerialLink};

    /// A terminal in a folder of its own, and what its link points to.
    fn plugged() -> (tempfile::TempDir, Pty) {
        let folder = tempfile::tempdir().expect("a folder");
        let pty = Pty::plugged_at(folder.path().join("by-id/usb-adapter")).expect("a terminal");
        (folder, pty)
    }

    fn target(pty: &Pty) -> PathBuf {
        let target = fs::read_link(pty.path()).expect("a link, as by-id has it");
        assert_eq!(target, pty.device());
        target
    }

    #[test]
    fn what_was_unplugged_comes_back_as_another_device_each_time_it_is_asked_to() {
        let (_folder, mut pty) = plugged();
        for _ in 0..20 {
            let before = target(&pty);
            pty.unplug();
            assert!(!pty.path().exists());
            pty.plug_elsewhere().expect("a terminal");
            assert!(pty.is_plugged());
            assert_ne!(target(&pty), before);
        }
    }

    #[test]
    fn what_is_plugged_in_is_pulled_and_comes_back_as_another_device() {
        let (_folder, mut pty) = plugged();
        let before = target(&pty);
        let mut program = SerialLink::open(&PortSettings {
            path: pty.path().display().to_string(),
            baud: 9600,
            flow: Flow::None,
        })
        .expect("a port");
        assert!(matches!(program.read(&mut [0]), Ok(0)));
        pty.plug_elsewhere().expect("a terminal");
        assert_ne!(target(&pty), before);
        let lost = program.read(&mut [0]);
        assert!(matches!(lost, Err(LinkError::Unplugged { .. })), "{lost:?}");
    }
}
