//! The staff window: shows a view of the desk, says which key was pressed.

#[cfg(feature = "bench")]
mod remote;
mod show;

use super::ScreenError;
use super::look::Look;
use crate::desk::Press;
use crate::desk::View;
use crate::desk::event::{Click, Event};
use lodge_ui::slint::platform::Key;
use lodge_ui::slint::{
    CloseRequestResponse, ComponentHandle, PhysicalPosition, PhysicalSize, Weak,
};
use lodge_ui::{DeskAdapter, DeskWindow as Window, Theme};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// The staff window. It lives on the main thread.
pub struct DeskWindow {
    window: Window,
}

/// Shows views of the desk from other threads; only the latest is ever shown.
#[derive(Clone)]
pub struct DeskBridge {
    window: Weak<Window>,
    next: Arc<Mutex<Option<Next>>>,
}

/// Called when a view, or a later one, is on the screen.
type Done = Box<dyn FnOnce() + Send>;

struct Next {
    view: View,
    waiting: Vec<Done>,
}

impl DeskWindow {
    /// Opens the staff window of this size, so far from the left edge of the screen.
    ///
    /// # Errors
    ///
    /// Where the windowing system gives no further window.
    pub fn open(
        size: (u32, u32),
        left: u32,
        look: &Look,
        tell: impl Fn(Event) + 'static,
    ) -> Result<Self, ScreenError> {
        let window = Window::new().map_err(ScreenError::Open)?;
        if let Some(accent) = look.accent {
            let theme = window.global::<Theme<'_>>();
            theme.set_house_accent(accent.on_screen());
        }
        connect(&window, Rc::new(tell));
        window.set_first_width(size.0 as f32);
        window.set_first_height(size.1 as f32);
        // A desk that was closed by mistake would miss whoever calls it.
        window
            .window()
            .on_close_requested(|| CloseRequestResponse::KeepWindowShown);
        window.show().map_err(ScreenError::Open)?;
        window.window().set_size(PhysicalSize::new(size.0, size.1));
        let left = i32::try_from(left).unwrap_or_default();
        window.window().set_position(PhysicalPosition::new(left, 0));
        Ok(DeskWindow { window })
    }

    /// A way for other threads to show views.
    pub fn bridge(&self) -> DeskBridge {
        DeskBridge {
            window: self.window.as_weak(),
            next: Arc::default(),
        }
    }

    /// Shows this view at once.
    pub fn show(&self, view: &View) {
        show::show(&self.window, view);
    }

    /// The window itself, for tests that look at pixels.
    pub fn window(&self) -> &Window {
        &self.window
    }
}

impl DeskBridge {
    /// Shows this view as soon as the screen gets to it, unless a later one comes first; then calls
    /// back. When the screen has ended, `done` is dropped uncalled.
    pub fn publish(&self, view: View, done: impl FnOnce() + Send + 'static) {
        let done: Done = Box::new(done);
        {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(next) = next.as_mut() {
                next.view = view;
                next.waiting.push(done);
                return;
            }
            *next = Some(Next {
                view,
                waiting: vec![done],
            });
        }
        let next = self.next.clone();
        let sent = self.window.upgrade_in_event_loop(move |window| {
            let taken = next.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(Next { view, waiting }) = taken {
                show::show(&window, &view);
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
}

fn connect(window: &Window, tell: Rc<dyn Fn(Event)>) {
    let adapter = window.global::<DeskAdapter<'_>>();
    let clicked = |click: fn(usize) -> Click| {
        let tell = tell.clone();
        move |place: i32| tell(Event::Clicked(click(usize::try_from(place).unwrap_or(0))))
    };
    let always = |click: Click| {
        let tell = tell.clone();
        move || tell(Event::Clicked(click))
    };
    adapter.on_clicked_room(clicked(Click::Room));
    adapter.on_clicked_tab(clicked(Click::Tab));
    adapter.on_clicked_row(clicked(Click::Row));
    adapter.on_clicked_deed(clicked(Click::Action));
    adapter.on_clicked_need(clicked(Click::Need));
    adapter.on_clicked_count(clicked(Click::Counter));
    adapter.on_clicked_field(clicked(Click::Field));
    adapter.on_clicked_search(always(Click::Search));
    adapter.on_clicked_scan(always(Click::Scan));
    adapter.on_agreed(always(Click::Agree));
    adapter.on_cancelled(always(Click::Cancel));
    let typed = tell.clone();
    adapter.on_text(move |text| typed(Event::Typed(text.to_string())));
    adapter.on_key(move |text, ctrl, shift| {
        let press = press(&text, ctrl, shift);
        let known = press.is_some();
        if let Some(press) = press {
            tell(Event::Pressed(press));
        }
        known
    });
}

/// What a key of the windowing system is; nothing where it is a modifier alone.
fn press(text: &str, ctrl: bool, shift: bool) -> Option<Press> {
    let mut chars = text.chars();
    let (Some(char), None) = (chars.next(), chars.next()) else {
        return None;
    };
    let is = |key: Key| char == char::from(key);
    let functions = [
        Key::F1,
        Key::F2,
        Key::F3,
        Key::F4,
        Key::F5,
        Key::F6,
        Key::F7,
        Key::F8,
        Key::F9,
        Key::F10,
        Key::F11,
        Key::F12,
    ];
    if let Some(number) = functions.into_iter().position(is) {
        return u8::try_from(number + 1).ok().map(Press::F);
    }
    let named = [
        (Key::Return, Press::Enter),
        (Key::Escape, Press::Escape),
        (Key::Backspace, Press::Erase),
        (Key::Delete, Press::Erase),
        (Key::Tab, Press::Tab { back: shift }),
        (Key::Backtab, Press::Tab { back: true }),
        (Key::UpArrow, Press::Up),
        (Key::DownArrow, Press::Down),
        (Key::LeftArrow, Press::Left),
        (Key::RightArrow, Press::Right),
        (Key::PageUp, Press::PageUp),
        (Key::PageDown, Press::PageDown),
    ];
    if let Some((_, press)) = named.into_iter().find(|(key, _)| is(*key)) {
        return Some(press);
    }
    // Slint keeps keys without a character in the private area.
    if char.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&char) {
        return None;
    }
    Some(match ctrl {
        true => Press::Ctrl(char.to_ascii_lowercase()),
        false => Press::Char(char),
    })
}
