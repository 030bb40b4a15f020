//! The present account of one happening.

use annals_record::{ActorKind, EventType, Item, OutcomeKind, Realis, Scope, Side, TimePrecision, Where};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{IncidentId, Telling, TellingId};

/// Our present account of one happening, made from all tellings of it.
///
/// It can always be made again from its tellings: nothing here is a fact of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Its name.
    pub id: IncidentId,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// A single happening, or a campaign.
    pub scope: Scope,
    /// Whether it is told as having happened.
    pub realis: Realis,
    /// One line for lists: what, who, where, when.
    pub title: String,
    /// Who did it; several accused parties stand side by side.
    pub agents: Vec<Member>,
    /// Who or what it was done to.
    pub targets: Vec<Member>,
    /// True when tellings accuse different agents, or one denies: responsibility is then nobody's in exports.
    pub disputed: bool,
    /// The usual name of the best place, such as "Ansongo"; `None` when unresolved.
    pub place: Option<String>,
    /// The best single place.
    #[serde(rename = "where")]
    pub location: Option<Where>,
    /// When it happened; `None` when no telling says.
    pub date: Option<Days>,
    /// One figure for each outcome, side and class of things.
    pub figures: Vec<Figure>,
    /// Plain weapon words, sorted, each once.
    pub weapons: Vec<String>,
    /// All tellings, by day of publication, then name.
    pub tellings: Vec<Telling>,
    /// Sources that do not lean on each other: copies and chains of citing count once.
    pub n_independent: u32,
    /// What people have said of it.
    pub review: ReviewState,
    /// When the first telling came to be known.
    pub first_learned: Timestamp,
    /// When the account last changed.
    pub last_changed: Timestamp,
}

/// One party of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Registry id, where resolved.
    pub actor: Option<String>,
    /// Registry name, else usual name, else the naming itself ("gunmen").
    pub name: String,
    /// What sort of party it is.
    pub kind: Option<ActorKind>,
    /// The tellings that name it.
    pub named_by: Vec<TellingId>,
}

/// A stretch of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Days {
    /// First day.
    pub start: Date,
    /// Last day, not before `start`.
    pub end: Date,
    /// How finely it is known.
    pub precision: TimePrecision,
}

/// What is known of one outcome on one side: every claim, and what a named rule makes of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// What happened to them.
    pub what: OutcomeKind,
    /// Who suffered it.
    pub side: Side,
    /// Class of things; only for seized and destroyed.
    pub item: Option<Item>,
    /// Least number by the rule; `None` when not told.
    pub low: Option<u64>,
    /// Best number by the rule.
    pub best: Option<u64>,
    /// Greatest number by the rule.
    pub high: Option<u64>,
    /// The rule's name.
    pub rule: String,
    /// How the rule came to it, a sentence a step.
    pub trace: Vec<String>,
    /// All claims, counted or not.
    pub claims: Vec<Claim>,
}

/// One telling's figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// The telling that makes it.
    pub telling: TellingId,
    /// Least number told.
    pub low: Option<u64>,
    /// Greatest number told.
    pub high: Option<u64>,
    /// The number told.
    pub best: Option<u64>,
    /// True when it is counted in another claim of the same telling.
    pub part: bool,
    /// The words that state it.
    pub words: String,
    /// Who is named as giving it; `None` when the outlet speaks for itself.
    pub source: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// When it came to be known.
    pub learned: Timestamp,
}

/// What people have said of an incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nobody has looked at it yet.
    #[default]
    Unreviewed,
    /// A person found it right.
    Accepted,
    /// A person changed something.
    Corrected,
    /// A person found that it is no incident; it stays, and views leave it out.
    Rejected,
}
