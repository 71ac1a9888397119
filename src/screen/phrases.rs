//! Parts of sentences that several pages say: times as people say them, things, pictures, paper.

use crate::kiosk::view::{Thing, View};
use crate::lending::KindIcon;
use crate::mail::MailKind;
use crate::people::Language;
use crate::slips::PaperTrouble;
use crate::words::{self, Value, dates};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use lodge_ui::Picture;
use lodge_ui::slint::{ModelRc, SharedString, VecModel};

/// The language of the session and the day it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrases {
    /// The language of the session.
    pub language: Language,
    /// Today, so that "tomorrow" can be said.
    pub today: NaiveDate,
    /// The building's zone.
    pub zone: Tz,
}

impl Phrases {
    pub fn of(view: &View) -> Self {
        Phrases {
            language: view.language,
            today: view.clock.date(),
            zone: view.zone,
        }
    }

    /// The same in the other language.
    pub fn other(self) -> Self {
        Phrases {
            language: self.language.other(),
            ..self
        }
    }

    pub fn text(&self, id: &str) -> SharedString {
        shown(&words::text(self.language, id))
    }

    pub fn with(&self, id: &str, values: &[(&str, &str)]) -> SharedString {
        let values: Vec<(&str, Value<'_>)> = values
            .iter()
            .map(|(name, value)| (*name, Value::from(*value)))
            .collect();
        shown(&words::with(self.language, id, &values))
    }

    /// A sentence about so many.
    pub fn count(&self, id: &str, count: u32) -> SharedString {
        shown(&words::with(
            self.language,
            id,
            &[("count", Value::from(count))],
        ))
    }

    /// 18:00 today, 18:00 tomorrow, or the day with it.
    pub fn when(&self, at: NaiveDateTime) -> String {
        dates::near(self.language, at, self.today)
    }

    /// The same for a moment of the books.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        self.when(at.with_timezone(&self.zone).naive_local())
    }

    /// Until when something holds; midnight is told as the end of its day, not as the beginning of the
    /// next.
    pub fn until(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone).naive_local();
        match local.time() == NaiveTime::MIN {
            true => self.when(local - TimeDelta::minutes(1)),
            false => self.when(local),
        }
    }

    /// Umbrella 017; without a label, umbrella.
    pub fn called(&self, name: &str, label: Option<&str>) -> String {
        match label {
            Some(label) => self
                .with("thing-labelled", &[("name", name), ("label", label)])
                .into(),
            None => name.to_owned(),
        }
    }

    pub fn thing(&self, thing: &Thing) -> String {
        self.called(thing.name.text(self.language), thing.label.as_deref())
    }

    /// Why no paper comes out, as a sentence.
    pub fn paper(&self, trouble: PaperTrouble) -> SharedString {
        self.text(match trouble {
            PaperTrouble::PaperOut => "paper-out",
            PaperTrouble::CoverOpen => "paper-cover-open",
            PaperTrouble::Cutter => "paper-cutter",
            PaperTrouble::Offline => "paper-offline",
            PaperTrouble::Stalled => "paper-stalled",
            PaperTrouble::Unplugged => "paper-unplugged",
            PaperTrouble::Silent => "paper-silent",
        })
    }
}

/// Words as they go on the screen.
pub(super) fn shown(words: &str) -> SharedString {
    words::bound(words).into()
}

/// Parts of one line.
pub(super) fn parts(parts: &[&str]) -> SharedString {
    shown(&parts.join(" · "))
}

/// The picture of a kind of mail.
pub(super) fn mail_picture(kind: MailKind) -> Picture {
    match kind {
        MailKind::Parcel | MailKind::Express => Picture::Package,
        _ => Picture::Mail,
    }
}

/// The picture of a kind.
pub(super) fn picture(icon: KindIcon) -> Picture {
    match icon {
        KindIcon::Umbrella => Picture::Umbrella,
        KindIcon::Laptop => Picture::Laptop,
        KindIcon::Trolley => Picture::Trolley,
        KindIcon::Wheelchair => Picture::Wheelchair,
        KindIcon::Package => Picture::Package,
    }
}

/// A list for the screen.
pub(super) fn list<T: Clone + 'static>(items: impl IntoIterator<Item = T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(items.into_iter().collect::<Vec<T>>()))
}
