//! Who fights whom, as the incidents and statements tell it.

use std::collections::{BTreeMap, BTreeSet};

use annals_actors::Registry;
use annals_ledger::{Ledger, StatementQuery};
use annals_record::StatementKind;
use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::ApiResult;
use crate::state::App;

/// Actors and what is between them.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Network {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// An actor.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Node {
    id: String,
    name: String,
    /// Incidents that name it.
    n: u64,
}

/// What is between two actors.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Edge {
    a: String,
    b: String,
    kind: EdgeKind,
    /// Incidents and statements that tell it.
    n: u64,
}

/// Against each other, or together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EdgeKind {
    /// One did something to the other, or they are told to be enemies.
    Hostile,
    /// Both stand on one side, or are told to.
    Allied,
}

/// The most that can still be read as a drawing.
const MAX_NODES: usize = 32;

pub(crate) async fn show(State(app): State<App>) -> ApiResult<Json<Network>> {
    let network = app.read(|app, ledger| {
        let party_counts = app.party_counts(ledger)?;
        app.network.get(ledger.head()?, || around(app.registry(), ledger, &party_counts, None))
    });
    Ok(Json(network.await?.as_ref().clone()))
}

/// The strongest ties of all actors, or of one.
pub(super) fn around(
    registry: &Registry,
    ledger: &Ledger,
    counts: &BTreeMap<String, u64>,
    center: Option<&str>,
) -> ApiResult<Network> {
    let mut edges: BTreeMap<(String, String, EdgeKind), u64> = BTreeMap::new();
    let mut tie = |a: String, b: String, kind, n| {
        let is_about = center.is_none_or(|it| it == a || it == b);
        if a != b && is_about && registry.get(&a).is_some() && registry.get(&b).is_some() {
            let (a, b) = if a < b { (a, b) } else { (b, a) };
            *edges.entry((a, b, kind)).or_default() += n;
        }
    };
    for it in ledger.ties(center)? {
        tie(it.a, it.b, if it.is_hostile { EdgeKind::Hostile } else { EdgeKind::Allied }, it.n);
    }
    let kinds = vec![StatementKind::Alliance, StatementKind::Allegiance, StatementKind::Rivalry];
    for it in ledger.statements(&StatementQuery { kinds, ..StatementQuery::default() })? {
        let (one, other) = (it.statement.subject.actor, it.statement.object.and_then(|it| it.actor));
        let (Some(one), Some(other)) = (one, other) else { continue };
        let is_hostile = it.statement.kind == StatementKind::Rivalry;
        tie(one.id, other.id, if is_hostile { EdgeKind::Hostile } else { EdgeKind::Allied }, 1);
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
