//! The log of all that was done.

use std::collections::BTreeSet;

use annals_ledger::{Entry, Ledger, Operation, Target, Verdict};
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

/// What an operation is about.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Named {
    id: String,
    /// Empty for what is not there any more.
    title: String,
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
    incidents: Vec<Named>,
    /// Reports that it names, or whose tellings; at most four.
    reports: Vec<Named>,
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
        let items = entries.into_iter().map(|it| row(ledger, it)).collect::<ApiResult<_>>()?;
        Ok(Page { items, next: next.map(|it| it.to_string()) })
    });
    page.await.map(Json)
}

const MAX_NAMED: usize = 4;

fn row(ledger: &Ledger, entry: Entry) -> ApiResult<OperationRow> {
    let Entry { seq, at, who, operation, in_force } = entry;
    let (what, reason) = told(&operation);
    let (mut incidents, mut reports) = (Vec::new(), Vec::new());
    match &operation {
        Operation::Coding { reports: ids, .. } | Operation::Import { reports: ids, .. } => {
            reports.extend(ids.iter().map(String::as_str));
        }
        Operation::Decide { incident: id, .. } | Operation::Edit { target: Target::Incident { id, .. }, .. } => {
            incidents.push(named(id.0.clone(), ledger.incident(id, None)?.map(|it| it.title)));
        }
        Operation::Withdraw { report, .. } => reports.push(report),
        other => reports.extend(other.anchors().iter().map(|it| it.report())),
    }
    let mut seen = BTreeSet::new();
    let reports = reports.into_iter().filter(|it| seen.insert(*it)).take(MAX_NAMED);
    let reports = reports.map(|it| Ok(named(it.to_owned(), ledger.title(it)?))).collect::<ApiResult<_>>()?;
    let may_undo = in_force && !matches!(operation, Operation::Withdraw { .. });
    let kind = operation.kind().to_owned();
    Ok(OperationRow { seq, at, who, kind, what, reason, incidents, reports, in_force, may_undo })
}

fn named(id: String, title: Option<String>) -> Named {
    Named { id, title: title.unwrap_or_default() }
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
