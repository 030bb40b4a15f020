//! The log of all that was done.

use annals_ledger::{Entry, Operation, Target, Verdict};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Page;
use crate::error::ApiResult;
use crate::extract::Params;
use crate::state::App;

/// A stretch of the log.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct LogParams {
    /// At most so many, from 1 to 1000; 100 when absent.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<u64>,
}

/// One operation, for people.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OperationRow {
    /// Its number, from 1 without gaps.
    seq: u64,
    at: Timestamp,
    who: String,
    /// `coding`, `import`, `decide`, `edit`, `merge`, `split`, `undo`, `withdraw` or `settings`.
    kind: String,
    /// What was done, in words.
    what: String,
    reason: Option<String>,
    /// Incidents that it names.
    incidents: Vec<String>,
    /// Reports that it names; at most ten.
    reports: Vec<String>,
    /// False when it was undone.
    in_force: bool,
    /// True when it can be undone.
    may_undo: bool,
}

pub(crate) async fn list(
    State(app): State<App>,
    Params(asked): Params<LogParams>,
) -> ApiResult<Json<Page<OperationRow>>> {
    let limit = asked.limit.unwrap_or(100).clamp(1, 1000);
    let page = app.read(move |_, ledger| {
        let entries = ledger.log(asked.after, limit)?;
        let next = if entries.len() == limit { entries.last().map(|it| it.seq).filter(|it| *it > 1) } else { None };
        Ok(Page { items: entries.into_iter().map(row).collect(), next: next.map(|it| it.to_string()) })
    });
    page.await.map(Json)
}

fn row(entry: Entry) -> OperationRow {
    let Entry { seq, at, who, operation, in_force } = entry;
    let (what, reason) = told(&operation);
    let (mut incidents, mut reports) = (Vec::new(), Vec::new());
    match &operation {
        Operation::Coding { reports: ids, .. } | Operation::Import { reports: ids, .. } => {
            reports.extend(ids.iter().take(10).cloned());
        }
        Operation::Decide { incident, .. } => incidents.push(incident.0.clone()),
        Operation::Edit { target: Target::Incident { id, .. }, .. } => incidents.push(id.0.clone()),
        Operation::Add { anchor, .. } | Operation::Edit { target: Target::Telling(anchor), .. } => {
            reports.push(anchor.report().to_owned());
        }
        Operation::Withdraw { report, .. } => reports.push(report.clone()),
        _ => {}
    }
    let may_undo = in_force && !matches!(operation, Operation::Withdraw { .. });
    OperationRow {
        seq,
        at,
        who,
        kind: operation.kind().to_owned(),
        what,
        reason,
        incidents,
        reports,
        in_force,
        may_undo,
    }
}

/// What was done and why, in words.
pub(super) fn told(operation: &Operation) -> (String, Option<String>) {
    let counted = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    match operation {
        Operation::Coding { reports, model, .. } => {
            (format!("{} read by {model}", counted(reports.len(), "report")), None)
        }
        Operation::Import { reports, format } => {
            (format!("{} taken over from {format}", counted(reports.len(), "record")), None)
        }
        Operation::Add { event, reason, .. } => {
            let words = event.as_ref().map(|it| format!(": “{}”", it.trigger.text)).unwrap_or_default();
            (format!("event added{words}"), reason.clone())
        }
        Operation::Decide { verdict, reason, .. } => {
            let word = match verdict {
                Verdict::Accept => "accepted",
                Verdict::Reject => "rejected",
                Verdict::Reopen => "reopened",
            };
            (word.to_owned(), reason.clone())
        }
        Operation::Edit { field, target, reason, .. } => {
            let of = match target {
                Target::Telling(_) => " in a report",
                Target::Incident { .. } => "",
            };
            (format!("{field} corrected{of}"), reason.clone())
        }
        Operation::Merge { tellings, reason } => {
            (format!("{} merged", counted(tellings.len(), "telling")), reason.clone())
        }
        Operation::Split { groups, reason } => (format!("split into {}", groups.len()), reason.clone()),
        Operation::Undo { operation, reason } => (format!("operation {operation} undone"), reason.clone()),
        Operation::Withdraw { reason, .. } => ("report withdrawn".to_owned(), Some(reason.clone())),
        Operation::Settings { rule } => (format!("figures by the rule {rule}"), None),
        #[expect(unreachable_patterns, reason = "operations may be added")]
        other => (other.kind().to_owned(), None),
    }
}
