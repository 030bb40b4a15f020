//! Incidents: lists, one, its history.

use std::collections::BTreeMap;

use annals_incidents::{Incident, IncidentId};
use annals_ledger::{Entry, Ledger, Sort};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::filters::{Filters, Number, as_of};
use super::{Page, operations};
use crate::error::{ApiError, ApiResult};
use crate::extract::{At, Params};
use crate::rows::{IncidentRow, Shared};
use crate::state::App;

/// Which incidents, in which order.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ListParams {
    #[serde(flatten)]
    filters: Filters,
    /// `newest` (the default), `oldest`, `changed` or `killed`.
    sort: Option<SortBy>,
    /// At most so many, from 1 to 1000; 100 when absent.
    limit: Option<Number>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Only these, with commas between them; at most 200.
    ids: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SortBy {
    Newest,
    Oldest,
    Changed,
    Killed,
}

/// Some incidents.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct IncidentPage {
    #[schemars(with = "Vec<IncidentRow>")]
    items: Vec<Shared>,
    /// What to give as `after` for the next page; `null` on the last.
    next: Option<String>,
    /// How many all pages hold, counted to 10,000, or to 1,000 where words are looked for; only on the first.
    total: Option<u64>,
    /// True where counting stopped there: there may be more.
    at_least: bool,
}

const MOST_COUNTED: u64 = 10_000;
/// To find words costs more than to count rows of an index.
const MOST_COUNTED_WITH_WORDS: u64 = 1_000;

pub(crate) async fn list(State(app): State<App>, Params(asked): Params<ListParams>) -> ApiResult<Json<IncidentPage>> {
    let page = app.read(move |app, ledger| {
        if let Some(ids) = &asked.ids {
            let time = asked.filters.as_of.as_deref().map(as_of).transpose()?;
            let found = ids.split(',').take(200).map(|it| ledger.incident(&IncidentId(it.to_owned()), time));
            let found: Vec<Option<Incident>> = found.collect::<Result<_, _>>()?;
            let items = found.iter().flatten().map(Shared::from).collect();
            return Ok(IncidentPage { items, next: None, total: None, at_least: false });
        }
        let mut query = asked.filters.query(app.registry())?;
        let most = if query.text.is_some() { MOST_COUNTED_WITH_WORDS } else { MOST_COUNTED };
        let total = asked.after.is_none().then(|| ledger.count(&query, most)).transpose()?;
        query.sort = match asked.sort {
            None | Some(SortBy::Newest) => Sort::Newest,
            Some(SortBy::Oldest) => Sort::Oldest,
            Some(SortBy::Changed) => Sort::Changed,
            Some(SortBy::Killed) => Sort::Killed,
        };
        query.limit = asked.limit.map_or(100, |it| usize::try_from(it.0).unwrap_or(1000));
        query.after = asked.after;
        let page = ledger.incidents_as(&query, &app.rows, |it| Shared::from(it))?;
        Ok(IncidentPage { items: page.incidents, next: page.next, total, at_least: total == Some(most) })
    });
    page.await.map(Json)
}

/// The id of an incident.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct IncidentPath {
    /// Its name: 16 hexadecimal digits.
    pub(crate) id: String,
}

/// When it was known.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct AsOf {
    /// As it was known at the end of this day (UTC), or at this time.
    as_of: Option<String>,
}

/// One incident with what a person needs to work on it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct IncidentView {
    incident: Incident,
    /// The name for good of each telling, by its id.
    anchors: BTreeMap<String, String>,
    /// Others that may be the same happening, likeliest first.
    matches: Vec<Match>,
    /// The last operation that this has seen; edits send it back.
    seq: u64,
}

/// A proposed match.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Match {
    other: IncidentRow,
    /// How likely both are one, from 0 to 1.
    score: f64,
    /// What speaks for it and against it.
    why: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    At(path): At<IncidentPath>,
    Params(asked): Params<AsOf>,
) -> ApiResult<Json<IncidentView>> {
    let view = app.read(move |_, ledger| {
        let id = IncidentId(path.id);
        let time = asked.as_of.as_deref().map(as_of).transpose()?;
        let seq = ledger.head()?;
        let incident = ledger.incident(&id, time)?.ok_or_else(|| gone(ledger, &id))?;
        let mut anchors = BTreeMap::new();
        for telling in incident.tellings.iter().filter(|_| time.is_none()) {
            anchors.insert(telling.id.0.clone(), ledger.anchor_of(telling)?.0);
        }
        let matches = if time.is_none() { matches(ledger, &incident)? } else { Vec::new() };
        Ok(IncidentView { incident, anchors, matches, seq })
    });
    view.await.map(Json)
}

fn matches(ledger: &Ledger, incident: &Incident) -> ApiResult<Vec<Match>> {
    let proposed = ledger.proposed_for(incident, 12)?.into_iter();
    Ok(proposed.map(|(other, score, why)| Match { other: IncidentRow::from(&other), score, why }).collect())
}

/// An incident that stands no more is told apart from one that never was, with where its tellings are now.
fn gone(ledger: &Ledger, id: &IncidentId) -> ApiError {
    let successors: Vec<String> = ledger.successors(id).unwrap_or_default().into_iter().map(|it| it.0).collect();
    if successors.is_empty() {
        return ApiError::missing(format!("there is no incident {id}"));
    }
    ApiError::new(StatusCode::GONE, "gone", format!("incident {id} stands no more"))
        .details(json!({ "successors": successors }))
}

/// One state that an incident was in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Version {
    /// The operation that brought it about.
    seq: u64,
    at: Timestamp,
    who: String,
    /// What was done, in words.
    what: String,
    reason: Option<String>,
    /// What it changed in the account, a line each.
    changes: Vec<String>,
    /// False when that operation was undone later.
    in_force: bool,
    /// True when it ended the incident.
    is_end: bool,
}

/// A stretch of a history.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct HistoryParams {
    /// The `next` of the page before.
    after: Option<u64>,
}

/// States in one page of a history.
const MAX_VERSIONS: usize = 100;

pub(crate) async fn history(
    State(app): State<App>,
    At(path): At<IncidentPath>,
    Params(asked): Params<HistoryParams>,
) -> ApiResult<Json<Page<Version>>> {
    let page = app.read(move |_, ledger| {
        let id = IncidentId(path.id);
        let mut versions = ledger.history_before(&id, asked.after, MAX_VERSIONS + 1)?;
        let n_states = versions.iter().filter(|it| it.account.is_some()).count();
        // The first of a page is told against the last of the page before it.
        let mut before = if n_states > MAX_VERSIONS { versions.remove(0).account } else { None };
        let next = before.as_ref().and_then(|_| versions.first()).map(|it| it.operation.seq.to_string());
        let mut items = Vec::new();
        for version in versions {
            let Entry { seq, at, who, operation, in_force } = version.operation;
            let changes = changes(before.as_ref(), version.account.as_ref());
            let (what, reason) = operations::told(&operation);
            items.push(Version { seq, at, who, what, reason, changes, in_force, is_end: version.account.is_none() });
            before = version.account;
        }
        if items.is_empty() {
            return Err(ApiError::missing(format!("there is no incident {id}")));
        }
        Ok(Page { items, next })
    });
    page.await.map(Json)
}

/// What differs between two states, for people.
fn changes(before: Option<&Incident>, after: Option<&Incident>) -> Vec<String> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut note = |what: &str, old: String, new: String| {
        if old != new {
            lines.push(format!("{what}: {old} → {new}"));
        }
    };
    let names = |it: &[annals_incidents::Member]| match it {
        [] => "none".to_owned(),
        some => some.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", "),
    };
    let or_none = |it: Option<String>| it.unwrap_or_else(|| "none".to_owned());
    let days =
        |it: &Incident| {
            or_none(it.date.as_ref().map(|it| {
                if it.start == it.end { it.start.to_string() } else { format!("{} to {}", it.start, it.end) }
            }))
        };
    note("type", before.event_type.to_string(), after.event_type.to_string());
    note("who", names(&before.agents), names(&after.agents));
    note("to whom", names(&before.targets), names(&after.targets));
    note("where", or_none(before.place.clone()), or_none(after.place.clone()));
    note("when", days(before), days(after));
    note("told as", before.realis.to_string(), after.realis.to_string());
    note("tellings", before.tellings.len().to_string(), after.tellings.len().to_string());
    for figure in &after.figures {
        let same =
            |it: &&annals_incidents::Figure| (it.what, it.side, it.item) == (figure.what, figure.side, figure.item);
        let number = |it: Option<u64>| it.map_or_else(|| "?".to_owned(), |it| it.to_string());
        let text =
            |it: &annals_incidents::Figure| format!("{} ({} to {})", number(it.best), number(it.low), number(it.high));
        let old = before.figures.iter().find(same).map_or_else(|| "not told".to_owned(), text);
        note(&format!("{} ({})", figure.what, figure.side), old, text(figure));
    }
    note("review", review(before), review(after));
    lines
}

fn review(it: &Incident) -> String {
    serde_json::to_value(it.review).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
