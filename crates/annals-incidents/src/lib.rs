//! Events of many reports become incidents.
//!
//! In: tellings, each one event of one coded report with its origin. Out: which tellings are one happening, and the
//! account of each: sides, place, date, and figures with every claim and the rule that weighed them.
//! Never: files, databases, clocks, or the text of a report beyond the words in its spans.
//!
//! Read first: [`Telling`], [`Matcher`], [`Incident`].
#![warn(missing_docs)]

mod account;
mod bars;
mod cluster;
mod features;
mod figures;
mod geo;
mod incident;
mod keys;
mod matcher;
mod origins;
mod parties;
mod profile;
mod rule;
mod settings;
mod telling;
mod title;
mod why;
mod words;

pub use account::account;
pub use cluster::{Constraints, Partition, Proposal};
pub use features::{Speaks, speaks};
pub use geo::distance_km;
pub use incident::{Claim, Days, Figure, Incident, Member, ReviewState};
pub use keys::{Key, Keys, keys};
pub use matcher::{Matcher, Pair, WeightsError};
pub use rule::Rule;
pub use telling::{IncidentId, Telling, TellingId};
pub use words::telling_words;
