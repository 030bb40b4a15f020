//! The operations: all that ever changes a ledger.

use std::fmt;

use annals_incidents::{IncidentId, Rule};
use annals_record::Event;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who does something, and when; the clock is read by the caller alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// A person's or program's name.
    pub who: String,
    /// When; a time before the last operation's counts as that operation's.
    pub at: Timestamp,
}

/// Names one telling for good: the report's id, `@`, and where the event's trigger stood when it was first coded, such as
/// `sha256:1f…@120-128`.
///
/// A telling keeps its anchor when its report is coded again, so decisions that name it outlive new models.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Anchor(pub String);

impl Anchor {
    /// The report's id; the whole text when there is no `@`.
    pub fn report(&self) -> &str {
        self.0.rsplit_once('@').map_or(&self.0, |it| it.0)
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing that was done. Operations are added, never changed; only a withdrawal blanks what others say of its report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Operation {
    /// Reports were coded; a report that was there before is coded anew.
    Coding {
        /// Ids of the reports.
        reports: Vec<String>,
        /// Program and version.
        coder: String,
        /// Reader and version.
        model: String,
    },
    /// Records of another data set were taken over.
    Import {
        /// Ids of the records, which stand in as reports.
        reports: Vec<String>,
        /// The data set and its form.
        format: String,
    },
    /// A person added an event that the coder missed; it stays when the report is coded anew.
    Add {
        /// The telling's name for good.
        anchor: Anchor,
        /// The event, with spans of the document as it was then; its id says nothing. `None` when the report was withdrawn since.
        event: Option<Box<Event>>,
        /// Why.
        reason: Option<String>,
    },
    /// A person judged an incident.
    Decide {
        /// The incident, as it was named then.
        incident: IncidentId,
        /// Its first telling.
        anchor: Anchor,
        /// The judgement.
        verdict: Verdict,
        /// Why.
        reason: Option<String>,
    },
    /// A person corrected a field.
    Edit {
        /// Of what.
        target: Target,
        /// The field's name in the JSON of [`annals_record::Event`] or [`annals_incidents::Incident`]; `figure` for one of the figures.
        field: String,
        /// The new value in the same JSON.
        value: Value,
        /// Why.
        reason: Option<String>,
    },
    /// Tellings are one happening.
    Merge {
        /// All tellings of the incidents that were merged.
        tellings: Vec<Anchor>,
        /// Why.
        reason: Option<String>,
    },
    /// Groups of tellings are different happenings.
    Split {
        /// Each group is one happening, apart from the others.
        groups: Vec<Vec<Anchor>>,
        /// Why.
        reason: Option<String>,
    },
    /// An earlier operation no longer counts.
    Undo {
        /// Its number.
        operation: u64,
        /// Why.
        reason: Option<String>,
    },
    /// A report's bytes, text and record were erased for legal or safety reasons; its hash stays.
    Withdraw {
        /// The report's id.
        report: String,
        /// Why.
        reason: String,
    },
    /// The rule for figures was chosen.
    Settings {
        /// The rule.
        rule: Rule,
    },
}

/// What an edit corrects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One report's telling: the coder read it wrongly.
    Telling(Anchor),
    /// The account of an incident: a person knows better than the reports.
    Incident {
        /// The incident, as it was named then.
        id: IncidentId,
        /// Its first telling.
        anchor: Anchor,
    },
}

impl Target {
    /// The telling that the edit holds on to.
    pub fn anchor(&self) -> &Anchor {
        match self {
            Self::Telling(anchor) | Self::Incident { anchor, .. } => anchor,
        }
    }
}

/// A person's judgement of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is right.
    Accept,
    /// It is no incident.
    Reject,
    /// It should be looked at again.
    Reopen,
}

/// An operation with its place in the sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub who: String,
    /// What was done.
    #[serde(flatten)]
    pub operation: Operation,
    /// False when an undo has taken it back.
    pub in_force: bool,
}

impl Operation {
    /// The name of its kind, as in its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Coding { .. } => "coding",
            Self::Import { .. } => "import",
            Self::Add { .. } => "add",
            Self::Decide { .. } => "decide",
            Self::Edit { .. } => "edit",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Undo { .. } => "undo",
            Self::Withdraw { .. } => "withdraw",
            Self::Settings { .. } => "settings",
        }
    }

    /// The tellings that a person's decision holds on to; none for other operations.
    pub fn anchors(&self) -> Vec<&Anchor> {
        match self {
            Self::Add { anchor, .. } | Self::Decide { anchor, .. } => vec![anchor],
            Self::Edit { target, .. } => vec![target.anchor()],
            Self::Merge { tellings, .. } => tellings.iter().collect(),
            Self::Split { groups, .. } => groups.iter().flatten().collect(),
            Self::Coding { .. }
            | Self::Import { .. }
            | Self::Undo { .. }
            | Self::Withdraw { .. }
            | Self::Settings { .. } => Vec::new(),
        }
    }
}
