//! What the staff window shows: plain data, comparable, with its words already in one language.
//!
//! The touch screen's view holds no words, since its home page shows both languages at once. The desk
//! shows tables that any service fills, so the room that knows a fact also words it.

pub use super::rooms::Mark;
use crate::people::{Language, Signature};

/// Everything in the staff window at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The language.
    pub language: Language,
    /// Light on dark, for the night.
    pub dark: bool,
    /// The building's name.
    pub building: String,
    /// The time, and the date behind it.
    pub clock: (String, String),
    /// People and devices are made up.
    pub trial: bool,
    /// What the window is used for right now.
    pub state: State,
    /// A form over everything else.
    pub dialog: Option<Form>,
}

/// What the window is used for right now.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nobody works here.
    Locked(Locked),
    /// Somebody does.
    Work(Box<Work>),
}

/// Nobody works here: a card or a name, then a PIN.
#[derive(Clone, Debug, PartialEq)]
pub struct Locked {
    /// What to do.
    pub asks: String,
    /// What else can be done.
    pub hint: String,
    /// What was typed; of a PIN only dots.
    pub typed: String,
    /// What was wrong.
    pub problem: Option<String>,
    /// What calls for somebody, without a name or a number of anybody.
    pub calls: Vec<Line>,
}

/// Somebody works here.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Who, and as what.
    pub who: (String, String),
    /// The rooms, with their keys; which is open.
    pub rooms: Vec<(String, String)>,
    /// Which room is open.
    pub room: usize,
    /// The counters.
    pub counters: Vec<Counter>,
    /// The search box.
    pub search: Typed,
    /// The scan field.
    pub scan: Typed,
    /// What came of the latest scans, the newest first.
    pub scans: Vec<Line>,
    /// The tables of the room, and which is open; none where it has one.
    pub tabs: Vec<String>,
    /// Which of them is open.
    pub tab: usize,
    /// The table.
    pub columns: Vec<(String, u8)>,
    /// Its rows, those around the chosen one.
    pub rows: Vec<Row>,
    /// The chosen row among them.
    pub row: usize,
    /// Which of how many that is.
    pub position: String,
    /// What stands there where there is no row.
    pub empty: String,
    /// The pane beside the table.
    pub facts: Vec<(String, String)>,
    /// What can be done.
    pub actions: Vec<Action>,
    /// Why some of that is dim.
    pub forbidden: Option<String>,
    /// What needs a person now, with the key of each.
    pub needs: Vec<Need>,
    /// The heading of these.
    pub needs_title: String,
    /// What was done last, or why not.
    pub notice: Option<(Mark, String)>,
    /// Loans in each hour that the lobby is open, with the hour; on the page of today only.
    pub hours: Vec<(String, u32)>,
    /// The heading of these.
    pub hours_title: String,
    /// The keys that work everywhere.
    pub foot: String,
}

/// A number at the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// How many.
    pub count: u32,
    /// Of what.
    pub name: String,
    /// Whether somebody should look at it.
    pub attend: bool,
}

/// A field outside a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// What stands in it while it is empty.
    pub hint: String,
    /// What was typed.
    pub text: String,
    /// Whether it takes the keys.
    pub focus: bool,
    /// The key that leads to it.
    pub key: String,
}

/// A line with a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its state.
    pub mark: Mark,
    /// What it says.
    pub text: String,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its state.
    pub mark: Mark,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// This person may not.
    pub forbidden: bool,
    /// Enter does it.
    pub by_enter: bool,
}

/// Something that needs a person now.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Its state.
    pub mark: Mark,
    /// What it is.
    pub title: String,
    /// What is known of it.
    pub about: String,
    /// The digit that leads to it; none behind the ninth.
    pub key: String,
}

/// A form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What it is about.
    pub title: String,
    /// What to know before filling it in.
    pub says: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that takes the keys.
    pub chosen: usize,
    /// What is wrong.
    pub problem: Option<String>,
    /// What came of it the last time, while the form is still open.
    pub notice: Option<(Mark, String)>,
    /// What was scanned while it was open, and came to something beside it; the newest first.
    pub scans: Vec<Line>,
    /// The words on its two buttons.
    pub buttons: (String, String),
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What belongs in it.
    pub label: String,
    /// What stands in it; of a PIN only dots.
    pub value: String,
    /// Whether arrows turn it.
    pub turns: bool,
    /// Whether the first character typed takes the place of what stands in it.
    pub fresh: bool,
    /// Who may be meant, while a name is typed.
    pub offers: Vec<String>,
    /// Which of them is meant.
    pub offer: usize,
    /// What somebody wrote on the glass.
    pub drawn: Signature,
}
