//! What the tour and the program it runs say to each other: a line of JSON each way.
//!
//! The program under the tour is the real one; only its clock and its window answer to these orders.

use serde::{Deserialize, Serialize};

/// What the tour wants of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Say how busy you are.
    Look,
    /// It is now so many microseconds after the start.
    Advance(u64),
    /// Touch the control with this label; of several the one in this place, from 1.
    Press(String, usize),
    /// Sign on the pad.
    Sign,
    /// Say everything that is on the screen.
    Read,
    /// Say which page is on the screen.
    Page,
    /// Write a picture of the screen to this file.
    Picture(String),
    /// The same at the staff window.
    Desk(DeskOrder),
    /// End as if the system had asked you to.
    End,
}

/// What the tour wants of the staff window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskOrder {
    /// Press the key of this name.
    Key(String),
    /// Type this.
    Type(String),
    /// Touch the control with this label.
    Press(String),
    /// Say everything that is on the window.
    Read,
    /// Say what stood on the window since this was asked last.
    Pages,
    /// Write a picture of the window to this file.
    Picture(String),
}

/// What the program answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// How busy it is.
    Look(Look),
    /// Done.
    Done,
    /// Not done, and why.
    NotDone(String),
    /// What is on the screen.
    Screen(Vec<String>),
}

/// How busy the program is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// How many things are under way in queues and threads.
    pub busy: usize,
    /// Whether something should have woken by now and has not.
    pub overdue: bool,
    /// When something wants to be woken next, in microseconds after the start.
    pub next_alarm: Option<u64>,
    /// Its ports.
    pub ports: Vec<Port>,
}

/// A port as the program sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// Which device.
    pub id: String,
    /// Whether it is open.
    pub open: bool,
    /// Bytes read and understood since it was opened.
    pub read: u64,
    /// Bytes written since it was opened.
    pub written: u64,
}
