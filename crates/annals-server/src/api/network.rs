//! Who fights whom, as the incidents tell it.

use std::collections::{BTreeMap, BTreeSet};

use annals_actors::Registry;
use annals_ledger::Ledger;
use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::ApiResult;
use crate::state::App;

/// Actors and what is between them.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Network {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// An actor.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Node {
    id: String,
    name: String,
    /// Incidents that name it.
    n: u64,
}

/// What is between two actors.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Edge {
    a: String,
    b: String,
    kind: EdgeKind,
    /// Incidents, or statements, that tell it.
    n: u64,
}

/// Against each other, or together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EdgeKind {
    /// One did something to the other.
    Hostile,
    /// Both stand on one side.
    Allied,
}

/// The most that can still be read as a drawing.
const MAX_NODES: usize = 32;

pub(crate) async fn show(State(app): State<App>) -> ApiResult<Json<Network>> {
    app.read(|app, ledger| around(app.registry(), ledger, None)).await.map(Json)
}

/// The strongest ties of all actors, or of one.
pub(super) fn around(registry: &Registry, ledger: &Ledger, center: Option<&str>) -> ApiResult<Network> {
    let mut ties = ledger.ties()?;
    ties.retain(|it| registry.get(&it.a).is_some() && registry.get(&it.b).is_some() && it.a != it.b);
    if let Some(center) = center {
        ties.retain(|it| it.a == center || it.b == center);
    }
    let counts: BTreeMap<String, u64> = ledger.party_counts()?.into_iter().collect();
    let mut edges: BTreeMap<(String, String, EdgeKind), u64> = BTreeMap::new();
    for tie in ties {
        let (a, b) = if tie.a < tie.b { (tie.a, tie.b) } else { (tie.b, tie.a) };
        let kind = if tie.is_hostile { EdgeKind::Hostile } else { EdgeKind::Allied };
        *edges.entry((a, b, kind)).or_default() += tie.n;
    }
    let mut edges: Vec<Edge> = edges.into_iter().map(|((a, b, kind), n)| Edge { a, b, kind, n }).collect();
    edges.sort_by_key(|it| std::cmp::Reverse(it.n));
    let mut kept = BTreeSet::new();
    edges.retain(|it| {
        let n_new = [&it.a, &it.b].into_iter().filter(|id| !kept.contains(*id)).count();
        let fits = kept.len() + n_new <= MAX_NODES;
        if fits {
            kept.extend([it.a.clone(), it.b.clone()]);
        }
        fits
    });
    let node = |id: &String| Node {
        name: registry.get(id).map_or_else(|| id.clone(), |it| it.short_name().to_owned()),
        n: counts.get(id).copied().unwrap_or_default(),
        id: id.clone(),
    };
    Ok(Network { nodes: kept.iter().map(node).collect(), edges })
}
