//! The stage of a tour: the program, the devices around it, and the one clock of both.
//!
//! Time stands still until everything is settled: the program has nothing under way, every byte has
//! arrived, and nobody should have woken by now. Then it goes on to the next moment at which the
//! program or a device wants to do something.

use super::program::{Program, Start};
use super::protocol::{Look, Order, Reply};
use crate::bench::rig::Rig;
use crate::store::OtherWriter;
use lodge_hardware::clock::Moment;
use std::io;
use std::time::{Duration, Instant};

/// Real time after which a program that waits for the books has nothing else to do.
const HELD_UP: Duration = Duration::from_millis(100);

/// Real time after which a program that does not settle is stuck.
const STUCK_AFTER: Duration = Duration::from_secs(20);

/// Program, devices and clock.
pub struct Stage {
    start: Start,
    program: Option<Program>,
    /// Microseconds between the start of the tour and that of the program that runs now.
    program_began: u64,
    pub(super) rig: Rig,
    now: Moment,
    /// Another program in the middle of a transaction of the same database.
    writer: Option<OtherWriter>,
}

impl Stage {
    /// Plugs everything in and starts the program.
    pub fn open(start: Start) -> io::Result<Self> {
        let rig = Rig::plugged_in(&start.ports, &start.equipment)?;
        let program = Some(Program::start(&start)?);
        let now = Moment::ORIGIN;
        let mut stage = Stage {
            start,
            program,
            program_began: 0,
            rig,
            now,
            writer: None,
        };
        stage.settle()?;
        Ok(stage)
    }

    /// The process id of the program that runs now.
    pub fn program_id(&self) -> Option<u32> {
        self.program.as_ref().map(Program::id)
    }

    /// The devices around the program.
    pub fn rig(&mut self) -> &mut Rig {
        &mut self.rig
    }

    /// The moment of the tour.
    pub fn now(&self) -> Moment {
        self.now
    }

    fn program(&mut self) -> io::Result<&mut Program> {
        self.program
            .as_mut()
            .ok_or_else(|| io::Error::other("the program is not running"))
    }

    /// Gives the program an order that is done or not, then lets everything settle.
    pub fn order(&mut self, order: &Order) -> io::Result<Result<(), String>> {
        let reply = self.program()?.order(order)?;
        self.settle()?;
        match reply {
            Reply::Done => Ok(Ok(())),
            Reply::NotDone(why) => Ok(Err(why)),
            other => Err(io::Error::other(format!(
                "an answer to another question: {other:?}"
            ))),
        }
    }

    /// Everything that is on the screen.
    pub fn screen(&mut self) -> io::Result<Vec<String>> {
        self.texts(&Order::Read)
    }

    /// Which page is on the screen, none before the first; or what is wrong with leaving it.
    pub fn page(&mut self) -> io::Result<Result<Vec<String>, String>> {
        match self.program()?.order(&Order::Page)? {
            Reply::Screen(names) => Ok(Ok(names)),
            Reply::NotDone(why) => Ok(Err(why)),
            other => Err(io::Error::other(format!(
                "an answer to another question: {other:?}"
            ))),
        }
    }

    /// The same of a window that may not be there.
    pub fn texts_if_any(&mut self, order: &Order) -> io::Result<Vec<String>> {
        match self.program()?.order(order)? {
            Reply::Screen(texts) => Ok(texts),
            _ => Ok(Vec::new()),
        }
    }

    /// Everything that reads on the window this order is for.
    pub fn texts(&mut self, order: &Order) -> io::Result<Vec<String>> {
        match self.program()?.order(order)? {
            Reply::Screen(texts) => Ok(texts),
            other => Err(io::Error::other(format!(
                "an answer to another question: {other:?}"
            ))),
        }
    }

    /// Waits, in real time, until nothing is under way at this moment of the clock, here and at the
    /// devices.
    pub fn settle(&mut self) -> io::Result<Look> {
        self.rest(|stage, look| {
            let sims_done = stage.rig.due().is_none_or(|due| due > stage.now);
            let settled =
                look.busy == 0 && !look.overdue && sims_done && stage.every_byte_arrived(look);
            // What the devices say to what was just read comes with the next look.
            stage.rig.pump(stage.now);
            settled
        })
    }

    /// Looks until nothing is under way twice in a row: between two threads there is a moment in
    /// which nobody holds the work.
    fn rest(&mut self, settled: impl Fn(&mut Self, &Look) -> bool) -> io::Result<Look> {
        let began = Instant::now();
        let mut quiet = 0;
        let mut busy = (0, began);
        loop {
            let mut look = self.program()?.look()?;
            if busy.0 != look.busy {
                busy = (look.busy, Instant::now());
            }
            // What waits for the books stays under way; whatever else there was is over by now.
            if self.writer.is_some() && busy.1.elapsed() > HELD_UP {
                look.busy = 0;
            }
            quiet = if settled(self, &look) { quiet + 1 } else { 0 };
            if quiet == 2 {
                return Ok(look);
            }
            if began.elapsed() > STUCK_AFTER {
                let what = format!("the program does not come to rest: {look:?}");
                return Err(io::Error::new(io::ErrorKind::TimedOut, what));
            }
            if quiet == 0 {
                std::thread::sleep(Duration::from_micros(200));
            }
        }
    }

    /// Whether both ends of every open line have seen the same bytes. A line that was pulled out must
    /// have been noticed; one that was put in again is opened when the program's back-off says so.
    fn every_byte_arrived(&self, look: &Look) -> bool {
        self.rig.totals().into_iter().all(|far| {
            let port = look.ports.iter().find(|port| port.id == far.id);
            port.is_none_or(|port| {
                let same = far.written == port.read && far.read == port.written;
                !port.open || (far.plugged && same)
            })
        })
    }

    /// Lets so much time pass, stopping wherever somebody wants to do something.
    pub fn wait(&mut self, time: Duration) -> io::Result<()> {
        let until = self.now + time;
        while self.now < until {
            self.step(until)?;
        }
        Ok(())
    }

    /// Goes on to the next moment at which something happens, but not past `until`.
    pub fn step(&mut self, until: Moment) -> io::Result<()> {
        let look = self.settle()?;
        let began = self.program_began;
        let alarm = look
            .next_alarm
            .map(|micros| Moment::from_micros(began + micros));
        let next = [alarm, self.rig.due()].into_iter().flatten().min();
        self.now = next.map_or(until, |next| next.min(until)).max(self.now);
        let micros = self.now.as_micros() - began;
        match self.program()?.order(&Order::Advance(micros))? {
            Reply::Done => {
                // Timers first, then bytes: the program never hears of a moment before it is there.
                self.rest(|_, look| look.busy == 0 && !look.overdue)?;
                self.settle().map(|_| ())
            }
            other => Err(io::Error::other(format!(
                "the clock did not go on: {other:?}"
            ))),
        }
    }

    /// The power goes and comes back; the program starts again on the same data.
    pub fn cut_power(&mut self) -> io::Result<()> {
        if let Some(program) = self.program.take() {
            program.cut_power()?;
        }
        self.rig.cut_power()?;
        self.program_began = self.now.as_micros();
        let wall_ms = self.start.wall_ms + (self.program_began / 1000).cast_signed();
        self.program = Some(Program::start(&Start {
            wall_ms,
            ..self.start.clone()
        })?);
        self.settle().map(|_| ())
    }

    /// Another program begins to write to the database: nobody else can, until it is done.
    pub fn hold_books(&mut self) -> io::Result<()> {
        let writer = OtherWriter::begin(&self.start.data).map_err(io::Error::other)?;
        self.writer = Some(writer);
        Ok(())
    }

    /// Waits, in real time, until the program has given up waiting for the books.
    pub fn outlast(&mut self) -> io::Result<()> {
        let writer = self.writer.take();
        let given_up = self.rest(|_, look| look.busy == 0);
        self.writer = writer;
        given_up.map(|_| ())
    }

    /// The other program is done, and has changed nothing.
    pub fn free_books(&mut self) -> io::Result<()> {
        self.writer = None;
        self.settle().map(|_| ())
    }

    /// Ends the program as the system would.
    pub fn close(mut self) -> io::Result<()> {
        match self.program.take() {
            Some(program) => program.end(),
            None => Ok(()),
        }
    }
}
