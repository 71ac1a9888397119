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
        // A failure here loses nothing: the log stays, and the next quiet moment tries again.
        let _ = books.tidy();
    }
}
