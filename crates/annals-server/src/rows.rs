//! Incidents as lists show them.

use std::sync::Arc;

use annals_incidents::{Days, Figure, Incident, Member, ReviewState};
use annals_record::{EventType, OutcomeKind, Realis, Scope, Where};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// A row that several answers share.
#[derive(Clone, Debug)]
pub(crate) struct Shared(Arc<IncidentRow>);

impl From<&Incident> for Shared {
    fn from(it: &Incident) -> Self {
        Self(Arc::new(IncidentRow::from(it)))
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// One incident in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct IncidentRow {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) event_type: EventType,
    pub(crate) scope: Scope,
    pub(crate) realis: Realis,
    pub(crate) title: String,
    pub(crate) agents: Vec<PartyName>,
    pub(crate) targets: Vec<PartyName>,
    /// True when reports accuse different parties.
    pub(crate) disputed: bool,
    pub(crate) place: Option<String>,
    #[serde(rename = "where")]
    pub(crate) location: Option<Where>,
    pub(crate) date: Option<Days>,
    /// People killed, over all sides; `null` when none is told.
    pub(crate) killed: Option<Sum>,
    pub(crate) n_tellings: usize,
    pub(crate) n_independent: u32,
    pub(crate) review: ReviewState,
    pub(crate) last_changed: Timestamp,
}

/// A party by name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PartyName {
    /// Registry id, where resolved.
    pub(crate) actor: Option<String>,
    pub(crate) name: String,
}

/// Figures of several sides together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Sum {
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    /// `null` when it is open above.
    pub(crate) high: Option<u64>,
    /// True when claims differ.
    pub(crate) differs: bool,
}

impl From<&Incident> for IncidentRow {
    fn from(it: &Incident) -> Self {
        Self {
            id: it.id.0.clone(),
            event_type: it.event_type,
            scope: it.scope,
            realis: it.realis,
            title: it.title.clone(),
            agents: it.agents.iter().map(PartyName::from).collect(),
            targets: it.targets.iter().map(PartyName::from).collect(),
            disputed: it.disputed,
            place: it.place.clone(),
            location: it.location.clone(),
            date: it.date.clone(),
            killed: sum(&it.figures),
            n_tellings: it.tellings.len(),
            n_independent: it.n_independent,
            review: it.review,
            last_changed: it.last_changed,
        }
    }
}

impl From<&Member> for PartyName {
    fn from(it: &Member) -> Self {
        Self { actor: it.actor.clone(), name: it.name.clone() }
    }
}

fn sum(figures: &[Figure]) -> Option<Sum> {
    let killed: Vec<&Figure> = figures.iter().filter(|it| it.what == OutcomeKind::Killed).collect();
    if killed.is_empty() {
        return None;
    }
    let add = |of: fn(&Figure) -> Option<u64>| killed.iter().filter_map(|it| of(it)).reduce(u64::saturating_add);
    let is_open = killed.iter().any(|it| it.high.is_none());
    Some(Sum {
        low: add(|it| it.low),
        best: add(|it| it.best.or(it.low)),
        high: add(|it| it.high).filter(|_| !is_open),
        differs: killed.iter().any(|it| differ(it)),
    })
}

fn differ(figure: &Figure) -> bool {
    let mut told = figure.claims.iter().filter(|it| !it.part).filter_map(|it| it.best.or(it.low));
    let first = told.next();
    told.any(|it| Some(it) != first)
}
