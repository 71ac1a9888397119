//! The way of a view from the session's thread to the screen's.

use super::{Last, show};
use crate::kiosk::View;
use lodge_ui::Kiosk;
use lodge_ui::slint;
use std::sync::{Arc, Mutex, PoisonError};

/// Called when a view, or a later one, is on the screen.
type Done = Box<dyn FnOnce() + Send>;

/// Shows views from other threads; only the latest is ever shown.
#[derive(Clone)]
pub struct Bridge {
    pub(super) kiosk: slint::Weak<Kiosk>,
    pub(super) last: Last,
    next: Arc<Mutex<Option<Next>>>,
}

/// The view to show next, and who waits for it.
struct Next {
    view: View,
    waiting: Vec<Done>,
}

impl Bridge {
    pub(super) fn new(kiosk: slint::Weak<Kiosk>, last: Last) -> Self {
        Bridge {
            kiosk,
            last,
            next: Arc::default(),
        }
    }

    /// Shows this view as soon as the screen gets to it, unless a later one comes first; then calls
    /// back. When the screen has ended, `done` is dropped uncalled.
    pub fn publish(&self, view: View, done: impl FnOnce() + Send + 'static) {
        let done: Done = Box::new(done);
        {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(next) = next.as_mut() {
                // The screen has not got to the one before; it never will.
                next.view = view;
                next.waiting.push(done);
                return;
            }
            *next = Some(Next {
                view,
                waiting: vec![done],
            });
        }
        let (last, next) = (self.last.clone(), self.next.clone());
        let sent = self.kiosk.upgrade_in_event_loop(move |kiosk| {
            let taken = next.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(Next { view, waiting }) = taken {
                show(&kiosk, &last, &view);
                waiting.into_iter().for_each(|done| done());
            }
        });
        if sent.is_err() {
            // The loop ended, which is how a program normally ends.
            self.next
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
        }
    }

    /// Ends the screen's loop; that it has ended already is no error.
    pub fn quit(&self) {
        let _ = slint::quit_event_loop();
    }
}
