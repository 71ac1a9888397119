//! The forms that pages have: what a page says goes in whole, what it sends comes out by number.
//!
//! A page's own file turns its view into one of these, with the words of one language and the touch
//! behind each control. The `.slint` of a form knows neither words nor touches.

use super::phrases::list;
use super::sign;
use crate::kiosk::Touch;
use lodge_ui::slint::{ComponentHandle, ModelRc, SharedString};
use lodge_ui::{
    ChecksAdapter, ChecksForm, Control, Form as Shape, FrameAdapter, HomeAdapter, HomeForm, Kiosk,
    ListingAdapter, ListingForm, MenuAdapter, MenuForm, MessageAdapter, MessageForm, Note,
    NumberAdapter, NumberForm, OverviewAdapter, OverviewForm, Picture, SignAdapter, SignForm,
    WriteAdapter, WriteForm,
};

/// A page as it is shown.
pub(super) enum Form {
    /// Nobody is here.
    Home(HomeForm),
    /// Everything of one person.
    Overview(OverviewForm),
    /// One thing is said.
    Message(MessageForm),
    /// A question whose answers are tiles.
    Menu(MenuForm),
    /// A question whose answers are a list.
    Listing(ListingForm),
    /// Points to confirm one by one.
    Checks(ChecksForm),
    /// A number is typed.
    Number(NumberForm),
    /// Something is read and signed.
    Sign(SignForm, super::Strokes),
    /// A text is typed.
    Write(WriteForm),
}

impl Form {
    fn shape(&self) -> Shape {
        match self {
            Form::Home(_) => Shape::Home,
            Form::Overview(_) => Shape::Overview,
            Form::Message(_) => Shape::Message,
            Form::Menu(_) => Shape::Menu,
            Form::Listing(_) => Shape::Listing,
            Form::Checks(_) => Shape::Checks,
            Form::Number(_) => Shape::Number,
            Form::Sign(..) => Shape::Sign,
            Form::Write(_) => Shape::Write,
        }
    }
}

/// What the controls of one page send; the screen names them by number, from 1.
#[derive(Default)]
pub(super) struct Controls(Vec<Touch>);

impl Controls {
    /// The number of a control that sends this.
    pub fn add(&mut self, touch: Touch) -> i32 {
        self.0.push(touch);
        i32::try_from(self.0.len()).expect("a page has a few controls")
    }

    /// A control with words on it.
    pub fn control(&mut self, text: SharedString, picture: Picture, touch: Touch) -> Control {
        let touch = self.add(touch);
        Control {
            text,
            picture,
            touch,
        }
    }

    /// Whether one of them ends it.
    pub fn can_end(&self) -> bool {
        self.0.contains(&Touch::End)
    }

    /// Everything the page can send.
    #[cfg(feature = "bench")]
    pub fn all(self) -> Vec<Touch> {
        self.0
    }

    /// What the control with this number sends.
    pub fn get(&self, number: i32) -> Option<&Touch> {
        self.0.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

/// Puts a page on the screen, and wipes what the form before it said of a person.
pub(super) fn show(kiosk: &Kiosk, form: Form) {
    let frame = kiosk.global::<FrameAdapter<'_>>();
    let (before, shape) = (frame.get_form(), form.shape());
    match form {
        Form::Home(form) => kiosk.global::<HomeAdapter<'_>>().set_form(form),
        Form::Overview(form) => kiosk.global::<OverviewAdapter<'_>>().set_form(form),
        Form::Message(form) => kiosk.global::<MessageAdapter<'_>>().set_form(form),
        Form::Menu(form) => kiosk.global::<MenuAdapter<'_>>().set_form(form),
        Form::Listing(form) => kiosk.global::<ListingAdapter<'_>>().set_form(form),
        Form::Checks(form) => kiosk.global::<ChecksAdapter<'_>>().set_form(form),
        Form::Number(form) => kiosk.global::<NumberAdapter<'_>>().set_form(form),
        Form::Sign(form, strokes) => {
            let shown = kiosk.global::<SignAdapter<'_>>();
            shown.set_ink(sign::path(&strokes).into());
            shown.set_form(form);
        }
        Form::Write(form) => kiosk.global::<WriteAdapter<'_>>().set_form(form),
    }
    frame.set_form(shape);
    if before != shape {
        forget(kiosk, before);
    }
}

fn forget(kiosk: &Kiosk, left: Shape) {
    match left {
        // It says nothing of anybody.
        Shape::Home => {}
        Shape::Overview => kiosk
            .global::<OverviewAdapter<'_>>()
            .set_form(OverviewForm::default()),
        Shape::Message => kiosk
            .global::<MessageAdapter<'_>>()
            .set_form(MessageForm::default()),
        Shape::Menu => kiosk
            .global::<MenuAdapter<'_>>()
            .set_form(MenuForm::default()),
        Shape::Listing => kiosk
            .global::<ListingAdapter<'_>>()
            .set_form(ListingForm::default()),
        Shape::Checks => kiosk
            .global::<ChecksAdapter<'_>>()
            .set_form(ChecksForm::default()),
        Shape::Number => kiosk
            .global::<NumberAdapter<'_>>()
            .set_form(NumberForm::default()),
        Shape::Sign => {
            let shown = kiosk.global::<SignAdapter<'_>>();
            shown.set_ink(SharedString::new());
            shown.set_form(SignForm::default());
        }
        Shape::Write => kiosk
            .global::<WriteAdapter<'_>>()
            .set_form(WriteForm::default()),
    }
}

/// No words, no picture, sends nothing.
pub(super) fn none() -> Control {
    Control::default()
}

/// A line with a small picture before it.
pub(super) fn note(text: SharedString, picture: Picture) -> Note {
    Note {
        text,
        picture,
        ..Note::default()
    }
}

/// The same, to be read first.
pub(super) fn strong(text: SharedString, picture: Picture) -> Note {
    Note {
        strong: true,
        ..note(text, picture)
    }
}

/// The same, where something has to be done about it.
pub(super) fn attend(text: SharedString, picture: Picture) -> Note {
    Note {
        attend: true,
        ..note(text, picture)
    }
}

/// Lines under a page's sentence.
pub(super) fn notes(notes: impl IntoIterator<Item = Note>) -> ModelRc<Note> {
    list(notes)
}
