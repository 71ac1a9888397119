//! The one thread that owns the database.

use super::books::Books;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Nobody has asked for anything for this long: time to write the log back.
const QUIET: Duration = Duration::from_secs(2);

type Task = Box<dyn FnOnce(&mut Books) + Send>;

/// The thread that owns the database, and the queue that leads to it.
pub struct Store {
    tasks: Option<mpsc::Sender<Task>>,
    thread: Option<JoinHandle<()>>,
}

impl Store {
    /// Gives the books to a thread of their own.
    pub fn start(books: Books) -> std::io::Result<Self> {
        let (tasks, queue) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("lodge-store".to_owned())
            .spawn(move || serve(books, &queue))?;
        Ok(Store {
            tasks: Some(tasks),
            thread: Some(thread),
        })
    }

    /// Queues a task. Tasks run one after the other in the order in which they came.
    pub fn submit(&self, task: impl FnOnce(&mut Books) + Send + 'static) {
        if let Some(tasks) = &self.tasks {
            // The thread only ends with the handle, or with the whole program.
            let _ = tasks.send(Box::new(task));
        }
    }
}

impl Drop for Store {
    /// Everything queued is still done, then the database is closed.
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut books: Books, queue: &mpsc::Receiver<Task>) {
    while let Ok(first) = queue.recv() {
        first(&mut books);
        loop {
            match queue.recv_timeout(QUIET) {
                Ok(task) => task(&mut books),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        tidy(&books);
    }
}

/// A failure here loses nothing: what was committed stays in the log, and the next quiet moment tries again.
fn tidy(books: &Books) {
    if let Err(error) = books.tidy() {
        let error: &(dyn std::error::Error + 'static) = &error;
        tracing::warn!(error, "the log of commits was not written back");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::building::Building;
    use crate::people::Bilingual;
    use crate::store::logged;
    use chrono::NaiveTime;

    #[test]
    fn a_log_that_cannot_be_written_back_is_told_with_its_cause_and_tried_again() {
        let building = Building {
            name: Bilingual::new("塔", "Tower"),
            zone: chrono_tz::Asia::Shanghai,
            opens: NaiveTime::MIN,
            closes: NaiveTime::MIN,
            device: 'A',
        };
        let folder = tempfile::tempdir().expect("a folder");
        let books = Books::open(folder.path(), &building).expect("fresh books");
        assert_eq!(logged(|| tidy(&books)), "");
        let sql = |sql: &str| books.connection.execute_batch(sql).expect("SQL");
        sql("BEGIN IMMEDIATE");
        let said = logged(|| tidy(&books));
        assert!(said.contains("WARN") && said.contains("locked"), "{said}");
        sql("ROLLBACK");
        assert_eq!(logged(|| tidy(&books)), "");
    }
}
