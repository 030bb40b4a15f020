use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Actor, DateRef, Place, SourceRef, Span, StatementKind};

/// A standing fact told by a report: who holds, leads, wants or expects what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// The sort of fact.
    pub kind: StatementKind,
    /// Whom it is about.
    pub subject: StatementObject,
    /// The other side of it; `None` where there is none.
    pub object: Option<StatementObject>,
    /// The shortest telling clause.
    pub span: Span,
    /// When it holds, where told.
    pub date: Option<DateRef>,
    /// Who is named as telling it.
    pub sources: Vec<SourceRef>,
    /// How sure the coder is that this is told, from 0 to 1.
    pub confidence: f64,
    /// Least number of a toll.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<u64>,
    /// Greatest number of a toll.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<u64>,
    /// What a toll counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<crate::OutcomeKind>,
}

/// A subject or object of a statement: an actor, person or place naming.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatementObject {
    /// The naming in the text.
    pub span: Span,
    /// The usual English name, where known.
    pub name: Option<String>,
    /// The registry's actor, where it is one and resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// The gazetteer's place, where it is one and resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}
