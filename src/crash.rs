//! What is left behind when the program meets a bug: a log while it runs, a file when it ends.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::path::Path;

/// Logs to standard error, which a service manager keeps. `RUST_LOG` says how much.
pub fn keep_log() {
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(level)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    // A second subscriber is refused, which only a test would notice.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
}

/// From now on a panic on any thread writes a crash file into this folder and ends the process, so
/// that no dead thread hides behind a live screen. The service manager starts it again.
pub fn leave_a_file(data: &Path) {
    let folder = data.to_owned();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        usual(panic);
        let thread = std::thread::current();
        let mut report = String::new();
        // Writing to a string does not fail.
        let _ = writeln!(
            report,
            "Lodge {} ended by a bug.",
            env!("CARGO_PKG_VERSION")
        );
        let _ = writeln!(
            report,
            "thread {}: {panic}",
            thread.name().unwrap_or("without a name")
        );
        let _ = writeln!(report, "{}", Backtrace::force_capture());
        let _ = std::fs::create_dir_all(&folder);
        let _ = std::fs::write(folder.join("crash.txt"), report);
        std::process::abort();
    }));
}
