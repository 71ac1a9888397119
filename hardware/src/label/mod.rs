//! Label printers for visitors' badges and parcels, TSPL and ZPL II (hardware.md §8).
//!
//! A [`Label`] knows millimetres and no bytes. [`layout`] fits it to a printer's dots and fonts as its
//! [`profile`] has them; [`tspl`] and [`zpl`] make bytes of that; [`status`] reads what the printer
//! says; [`printer`] prints a label exactly once, or says that it does not know.
//!
//! ```
//! use lodge_hardware::label::{Area, Label, Mm, Stock, Text};
//!
//! let stock = Stock::die_cut(Mm::whole(60), Mm::whole(40), Mm::whole(2));
//! let mut room = stock.inside(Mm::whole(2));
//! let badge = Label::new(stock)
//!     .qr(room.take_right(Mm::whole(20)), "V1:0042")
//!     .text(room.take_top(Mm::whole(14)), Text::new("王小明").size(Mm::whole(9)).bold())
//!     .text(room, Text::new("Valid until 18:00"));
//! ```

mod codes;
mod course;
mod document;
mod fit;
mod inquiry;
mod job;
pub mod layout;
mod letters;
mod measure;
pub mod printer;
pub mod profile;
pub mod status;
pub mod tspl;
mod wrap;
pub mod zpl;

pub use document::{Align, Element, Label, Text};
pub use measure::{Area, Mm, Spacing, Stock};
