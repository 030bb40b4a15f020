//! What people say of incidents: decisions, corrections, merges, splits, and taking back.

use annals_incidents::IncidentId;
use annals_ledger::{Anchor, Entry, Ledger, Operation, Target, Verdict};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::incidents::IncidentPath;
use crate::error::{ApiError, ApiResult};
use crate::extract::{At, Body};
use crate::guard::Caller;
use crate::state::App;

/// What was done.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Done {
    /// Numbers of the operations, in their order; `POST /undo` takes them back together.
    pub(super) operations: Vec<u64>,
}

/// A judgement of some incidents.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    /// At most 500.
    incidents: Vec<String>,
    verdict: Verdict,
    reason: Option<String>,
}

pub(crate) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<Decision>,
) -> ApiResult<Json<Done>> {
    few(asked.incidents.len(), 500)?;
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        // Told before anything is done: all or nothing.
        for id in &asked.incidents {
            stands(ledger, id)?;
        }
        let each = asked
            .incidents
            .into_iter()
            .map(|id| ledger.decide(stamp, &IncidentId(id), asked.verdict, asked.reason.as_deref()));
        Ok(Done { operations: each.collect::<Result<_, _>>()? })
    });
    done.await.map(Json)
}

/// What an edit corrects.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EditTarget {
    /// One report's telling, by its anchor: the coder read it wrongly.
    Telling(String),
    /// An incident's account, by its name: a person knows better than the reports.
    Incident(String),
}

/// A correction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    target: EditTarget,
    /// New values by field, in the JSON of an event or incident; `figure` for one figure of an incident.
    changes: Map<String, Value>,
    reason: Option<String>,
    /// The last operation that the person has seen. When somebody else has set the same field since, the edit is refused with
    /// code `conflict` and both values; sent again with a later `seen` it counts.
    seen: Option<u64>,
}

pub(crate) async fn edit(State(app): State<App>, caller: Caller, Body(asked): Body<Edit>) -> ApiResult<Json<Done>> {
    few(asked.changes.len(), 20)?;
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        if let Some(seen) = asked.seen {
            check_unseen(ledger, seen, &asked)?;
        }
        let mut operations = Vec::new();
        for (field, value) in asked.changes {
            let reason = asked.reason.as_deref();
            let result = match &asked.target {
                EditTarget::Telling(anchor) => {
                    ledger.edit_telling(stamp, &Anchor(anchor.clone()), &field, value, reason)
                }
                EditTarget::Incident(id) => ledger.edit(stamp, &IncidentId(id.clone()), &field, value, reason),
            };
            match result {
                Ok(seq) => operations.push(seq),
                Err(error) => {
                    // All or nothing.
                    for seq in operations.into_iter().rev() {
                        ledger.undo(stamp, seq, Some("another field of the same correction was refused"))?;
                    }
                    return Err(error.into());
                }
            }
        }
        Ok(Done { operations })
    });
    done.await.map(Json)
}

/// Refuses an edit of a field that another person has set since; nothing is lost, since theirs stands and this one is told.
fn check_unseen(ledger: &Ledger, seen: u64, asked: &Edit) -> ApiResult<()> {
    for entry in ledger.log_after(seen, 1000)? {
        let Entry { operation: Operation::Edit { target, field, value, .. }, in_force: true, .. } = &entry else {
            continue;
        };
        let is_same = match (target, &asked.target) {
            (Target::Telling(theirs), EditTarget::Telling(ours)) => theirs.0 == *ours,
            (Target::Incident { id, .. }, EditTarget::Incident(ours)) => id.0 == *ours,
            _ => false,
        };
        let Some(ours) = asked.changes.get(field).filter(|_| is_same) else { continue };
        if is_same_figure(field, value, ours) && value != ours {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                "conflict",
                format!("{} has set {field} meanwhile", entry.who),
            )
            .hint("look at their value; save again to set yours over it")
            .details(
                json!({ "field": field, "theirs": value, "yours": ours, "who": entry.who, "operation": entry.seq }),
            ));
        }
    }
    Ok(())
}

/// Figures of different outcomes do not meet.
fn is_same_figure(field: &str, one: &Value, other: &Value) -> bool {
    field != "figure" || ["what", "side", "item"].iter().all(|it| one.get(it) == other.get(it))
}

/// Incidents that are one, or are not.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Several {
    /// Two or more; at most 50.
    incidents: Vec<String>,
    reason: Option<String>,
}

pub(crate) async fn merge(State(app): State<App>, caller: Caller, Body(asked): Body<Several>) -> ApiResult<Json<Done>> {
    few(asked.incidents.len(), 50)?;
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        let ids: Vec<IncidentId> = asked.incidents.into_iter().map(IncidentId).collect();
        Ok(Done { operations: vec![ledger.merge(stamp, &ids, asked.reason.as_deref())?] })
    });
    done.await.map(Json)
}

pub(crate) async fn apart(State(app): State<App>, caller: Caller, Body(asked): Body<Several>) -> ApiResult<Json<Done>> {
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        let [one, other] = &asked.incidents[..] else { return Err(ApiError::bad("two incidents are kept apart")) };
        let (one, other) = (IncidentId(one.clone()), IncidentId(other.clone()));
        Ok(Done { operations: vec![ledger.keep_apart(stamp, &one, &other, asked.reason.as_deref())?] })
    });
    done.await.map(Json)
}

/// Tellings that are a happening of their own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Split {
    /// Anchors of tellings of the incident; some but not all.
    apart: Vec<String>,
    reason: Option<String>,
}

pub(crate) async fn split(
    State(app): State<App>,
    caller: Caller,
    At(path): At<IncidentPath>,
    Body(asked): Body<Split>,
) -> ApiResult<Json<Done>> {
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        let apart: Vec<Anchor> = asked.apart.into_iter().map(Anchor).collect();
        Ok(Done { operations: vec![ledger.split(stamp, &IncidentId(path.id), &apart, asked.reason.as_deref())?] })
    });
    done.await.map(Json)
}

/// What is taken back.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Undo {
    /// Numbers of operations; when empty, what the person did last.
    #[serde(default)]
    operations: Vec<u64>,
    reason: Option<String>,
}

pub(crate) async fn undo(State(app): State<App>, caller: Caller, Body(asked): Body<Undo>) -> ApiResult<Json<Done>> {
    few(asked.operations.len(), 500)?;
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        let mut operations = asked.operations;
        if operations.is_empty() {
            operations = last_of(ledger, &stamp.who)?;
        }
        operations.sort_unstable();
        operations.dedup();
        let undone = operations.into_iter().rev().map(|it| ledger.undo(stamp, it, asked.reason.as_deref()));
        Ok(Done { operations: undone.collect::<Result<_, _>>()? })
    });
    done.await.map(Json)
}

/// What a person did last, at one stroke; undos are gone past, so that undoing again goes further back.
fn last_of(ledger: &Ledger, who: &str) -> ApiResult<Vec<u64>> {
    let is_act = |it: &&Entry| {
        let is_act = matches!(
            it.operation,
            Operation::Add { .. }
                | Operation::Decide { .. }
                | Operation::Edit { .. }
                | Operation::Merge { .. }
                | Operation::Split { .. }
        );
        is_act && it.in_force && it.who == who
    };
    let log = ledger.log(None, 1000)?;
    let last = log.iter().find(is_act).ok_or_else(|| {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", "you have done nothing lately that can be undone")
    })?;
    Ok(log.iter().filter(is_act).filter(|it| it.at == last.at).map(|it| it.seq).collect())
}

fn stands(ledger: &Ledger, id: &str) -> ApiResult<()> {
    let incident = ledger.incident(&IncidentId(id.to_owned()), None)?;
    incident.map(|_| ()).ok_or_else(|| ApiError::missing(format!("there is no incident {id}")))
}

fn few(n: usize, most: usize) -> ApiResult<()> {
    if n > most {
        return Err(ApiError::bad(format!("{n} at once are too many; at most {most}")));
    }
    Ok(())
}
