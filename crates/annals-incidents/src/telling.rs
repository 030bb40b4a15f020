//! One report's telling of one event.

use std::fmt;

use annals_record::{Event, ReportInfo};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Names one telling: the report's id, `#`, and the event's id in it, such as `sha256:1f…#e2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TellingId(pub String);

impl TellingId {
    /// The telling of the event `event` in the report `report`.
    pub fn new(report: &str, event: &str) -> Self {
        Self(format!("{report}#{event}"))
    }
}

impl fmt::Display for TellingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names an incident for good: it is kept through later tellings, corrections, merges and undos.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct IncidentId(pub String);

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One event as one report tells it, with reviewers' corrections applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Telling {
    /// Its name.
    pub id: TellingId,
    /// The id that the input gave the report, for people.
    pub doc: String,
    /// The report that tells it.
    pub report: ReportInfo,
    /// What it tells.
    pub event: Event,
    /// When the report came to be known.
    pub learned: Timestamp,
    /// The text that this one copies, where its report is a copy of another: both are one source.
    pub copy_of: Option<String>,
}
