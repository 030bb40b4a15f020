//! Words to values: time expressions to intervals, number words to counts.
//!
//! In: text of one document and the tables of its language. Out: [`TimeMention`]s and [`Quantity`]s with byte ranges into that
//! text, and from a time expression with an [`Anchor`] a [`When`] or the reason why there is none. Never: deciding which event a
//! date or count belongs to, reading a clock, guessing a date that the words and the anchor do not give.
//!
//! Read first: [`Tables`], [`TimeExpr`], [`Quantity`].
#![warn(missing_docs)]

mod quantity;
mod tables;
mod time;
mod words;

pub use quantity::{Count, Counted, Quantity, Role, Unit, count_phrase, find_quantities, find_values, unit_of};
pub use tables::{Tables, TablesError};
pub use time::{
    Amount, Anchor, CalendarDate, CalendarSpan, Dateline, Direction, Edge, Grain, Lean, PartOfDay, TimeExpr,
    TimeMention, TimeUnit, Unresolved, UnresolvedReason, Vague, When, dateline_conflict, find_dateline, find_times,
    parse_length, parse_time, resolve_calendar, resolve_time, weekday_conflict,
};
