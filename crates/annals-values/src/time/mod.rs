//! Time expressions: what they are made of, where they stand, which days they mean.

mod calendar;
mod clock;
mod dateline;
mod expr;
mod find;
mod forms;
mod lasting;
mod numeric;
mod relative;
mod resolve;
mod span;
mod years;

pub use dateline::{Dateline, dateline_conflict, find_dateline};
pub use expr::{Amount, CalendarDate, Direction, Edge, Grain, Lean, PartOfDay, TimeExpr, TimeMention, TimeUnit, Vague};
pub(crate) use find::find_times_in;
pub use find::{find_times, parse_time};
pub use lasting::parse_length;
pub use resolve::{resolve_calendar, resolve_time, weekday_conflict};
pub use span::{Anchor, CalendarSpan, Unresolved, UnresolvedReason, When};
