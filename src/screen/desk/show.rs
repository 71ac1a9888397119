//! A view of the desk, put into the properties of its window.

use crate::desk::view::{Field, Line, Locked, Mark, State, View, Work};
use crate::screen::sign;
use crate::words;
use lodge_ui::slint::{ComponentHandle, ModelRc, SharedString, VecModel};
use lodge_ui::{
    Bar, Blank, CellRow, Column, Count, Deed, DeskAdapter, DeskLook, DeskWindow, Needed, Pair,
    Said, State as Shown,
};

/// Fields that stand one below the other; a longer form has two columns.
const ONE_COLUMN: usize = 5;

pub(super) fn show(window: &DeskWindow, view: &View) {
    let adapter = window.global::<DeskAdapter<'_>>();
    window.global::<DeskLook<'_>>().set_dark(view.dark);
    let title = format!(
        "{} · {}",
        words::text(view.language, "desk-title"),
        view.building
    );
    adapter.set_title(title.into());
    adapter.set_building(view.building.as_str().into());
    adapter.set_clock(view.clock.0.as_str().into());
    adapter.set_date(view.clock.1.as_str().into());
    let trial = match view.trial {
        true => words::text(view.language, "trial"),
        false => String::new(),
    };
    adapter.set_trial(trial.into());
    match &view.state {
        State::Locked(locked) => show_locked(&adapter, locked),
        State::Work(work) => show_work(&adapter, work),
    }
    adapter.set_asking(view.dialog.is_some());
    if let Some(form) = &view.dialog {
        adapter.set_form_title(put(&form.title));
        adapter.set_form_says(put(&form.says));
        let (first, second) = form.fields.split_at(match form.fields.len() {
            count @ ..=ONE_COLUMN => count,
            count => count.div_ceil(2),
        });
        adapter.set_fields(model(first.iter().map(blank)));
        adapter.set_more_fields(model(second.iter().map(blank)));
        let (mark, notice) = form.notice.clone().unwrap_or_default();
        adapter.set_form_notice_state(shown(mark));
        adapter.set_form_notice(put(&notice));
        adapter.set_form_scans(lines(&form.scans));
        adapter.set_field(number(form.chosen));
        adapter.set_form_problem(form.problem.clone().unwrap_or_default().into());
        adapter.set_agree(put(&form.buttons.0));
        adapter.set_cancel(put(&form.buttons.1));
    } else {
        adapter.set_fields(model([]));
        adapter.set_more_fields(model([]));
        adapter.set_form_notice(SharedString::new());
        adapter.set_form_scans(model([]));
    }
}

fn lines(lines: &[Line]) -> ModelRc<Said> {
    model(lines.iter().map(said))
}

fn blank(field: &Field) -> Blank {
    let offers = field.offers.iter().map(|offer| put(offer));
    Blank {
        label: put(&field.label),
        value: field.value.as_str().into(),
        turns: field.turns,
        fresh: field.fresh,
        offers: model(offers),
        offer: number(field.offer),
        ink: sign::path(&field.drawn).into(),
    }
}

fn show_locked(adapter: &DeskAdapter<'_>, locked: &Locked) {
    adapter.set_asks(put(&locked.asks));
    adapter.set_hint(put(&locked.hint));
    adapter.set_typed(locked.typed.as_str().into());
    adapter.set_problem(locked.problem.clone().unwrap_or_default().into());
    adapter.set_calls(model(locked.calls.iter().map(said)));
    adapter.set_locked(true);
    // Nothing of whoever worked here stays behind the lock.
    adapter.set_who(SharedString::new());
    adapter.set_search(SharedString::new());
    adapter.set_notice(SharedString::new());
    adapter.set_rows(model([]));
    adapter.set_facts(model([]));
    adapter.set_deeds(model([]));
    adapter.set_needs(model([]));
    adapter.set_scans(model([]));
}

fn show_work(adapter: &DeskAdapter<'_>, work: &Work) {
    adapter.set_locked(false);
    adapter.set_typed(SharedString::new());
    adapter.set_who(put(&work.who.0));
    adapter.set_role(put(&work.who.1));
    adapter.set_rooms(model(work.rooms.iter().map(pair)));
    adapter.set_room(number(work.room));
    adapter.set_counts(model(work.counters.iter().map(|counter| Count {
        count: counter.count.to_string().into(),
        name: put(&counter.name),
        attend: counter.attend,
    })));
    adapter.set_search(work.search.text.as_str().into());
    adapter.set_search_hint(put(&work.search.hint));
    adapter.set_search_key(put(&work.search.key));
    adapter.set_searching(work.search.focus);
    adapter.set_scan(work.scan.text.as_str().into());
    adapter.set_scan_hint(put(&work.scan.hint));
    adapter.set_scan_key(put(&work.scan.key));
    adapter.set_scanning(work.scan.focus);
    adapter.set_scans(lines(&work.scans));
    let (upper, lower) = work.tabs.split_at(work.tabs.len().div_ceil(2));
    let tabs = |tabs: &[String]| model(tabs.iter().map(SharedString::from));
    adapter.set_upper_tabs(tabs(upper));
    adapter.set_lower_tabs(tabs(lower));
    adapter.set_tab(number(work.tab));
    adapter.set_columns(model(work.columns.iter().map(|(name, share)| Column {
        name: put(name),
        share: f32::from(*share),
    })));
    adapter.set_rows(model(work.rows.iter().map(|row| CellRow {
        state: shown(row.mark),
        cells: model(row.cells.iter().map(|cell| put(cell))),
    })));
    adapter.set_row(number(work.row));
    adapter.set_position(put(&work.position));
    adapter.set_empty(put(&work.empty));
    adapter.set_facts(model(work.facts.iter().map(pair)));
    adapter.set_deeds(model(work.actions.iter().map(|action| Deed {
        key: action.key.as_str().into(),
        label: put(&action.label),
        forbidden: action.forbidden,
        by_enter: action.by_enter,
    })));
    adapter.set_forbidden(work.forbidden.clone().unwrap_or_default().into());
    adapter.set_needs(model(work.needs.iter().map(|need| Needed {
        state: shown(need.mark),
        title: put(&need.title),
        about: put(&need.about),
        key: need.key.as_str().into(),
    })));
    adapter.set_needs_title(put(&work.needs_title));
    let (mark, notice) = work.notice.clone().unwrap_or_default();
    adapter.set_notice_state(shown(mark));
    adapter.set_notice(put(&notice));
    let most = work
        .hours
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0)
        .max(1);
    adapter.set_hours(model(work.hours.iter().map(|(hour, count)| Bar {
        hour: put(hour),
        count: i32::try_from(*count).unwrap_or(i32::MAX),
        share: *count as f32 / most as f32,
    })));
    adapter.set_hours_title(put(&work.hours_title));
    adapter.set_foot(put(&work.foot));
}

/// Words as they go on the screen; what is typed stays as it is.
fn put(words: &str) -> SharedString {
    words::bound(words).into()
}

fn pair((label, value): &(String, String)) -> Pair {
    Pair {
        label: put(label),
        value: put(value),
    }
}

fn said(line: &Line) -> Said {
    Said {
        state: shown(line.mark),
        text: put(&line.text),
    }
}

fn shown(mark: Mark) -> Shown {
    match mark {
        Mark::Plain => Shown::Plain,
        Mark::Good => Shown::Good,
        Mark::Attend => Shown::Attend,
        Mark::Stop => Shown::Stop,
    }
}

fn number(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(0)
}

fn model<T: Clone + 'static>(items: impl IntoIterator<Item = T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from(items.into_iter().collect::<Vec<T>>()))
}
