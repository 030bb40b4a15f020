//! Events of many reports become incidents.
//!
//! In: tellings, each one event of one coded report with its origin. Out: which tellings are one happening, and the
//! account of each: sides, place, date, and figures with every claim and the rule that weighed them.
//! Never: files, databases, clocks, or the text of a report beyond the words in its spans.
//!
//! Read first: [`Telling`], [`Incident`].
#![warn(missing_docs)]

mod account;
mod telling;

pub use account::{Claim, Days, Figure, Incident, Member, ReviewState};
pub use telling::{IncidentId, Telling, TellingId};
