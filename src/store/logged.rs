//! The log as tests read it; here, because whoever may import the store may read it too.

use std::io::Write;
use std::sync::{Arc, Mutex};

/// What a deed logs on this thread.
pub(crate) fn logged(deed: impl FnOnce()) -> String {
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("one thread").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let kept = Kept::default();
    let writer = kept.clone();
    let log = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(log, deed);
    let bytes = kept.0.lock().expect("one thread").clone();
    String::from_utf8(bytes).expect("a log in UTF-8")
}
