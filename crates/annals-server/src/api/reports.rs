//! Reports: bring them in, list them, show one.

use std::convert::Infallible;

use annals_incidents::IncidentId;
use annals_ledger::{Anchor, Ledger, ReportLine, StoredReport};
use annals_record::{CodedReport, Event, EventType, Severity, Span};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_embed::RustEmbed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_stream::wrappers::BroadcastStream;

use super::edits::Done;
use super::{All, Page};
use crate::error::{ApiError, ApiResult};
use crate::extract::{At, Body, Params};
use crate::guard::Caller;
use crate::jobs::{self, Input, Job};
use crate::state::App;

/// A stretch of the list.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ListParams {
    /// At most so many, from 1 to 200; 100 when absent.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// One report in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReportRow {
    /// `sha256:…`.
    id: String,
    /// The id that the input gave it.
    doc: String,
    title: String,
    publisher: Option<String>,
    published: Option<Date>,
    language: Option<String>,
    /// When it came in.
    learned: Timestamp,
    n_events: u64,
    /// Events whose incident a person has judged or corrected.
    n_reviewed: u64,
    n_statements: u64,
    findings: FindingCounts,
    /// The report that this one copies.
    copy_of: Option<String>,
}

/// Findings by severity.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FindingCounts {
    note: usize,
    warning: usize,
    error: usize,
}

pub(crate) async fn list(
    State(app): State<App>,
    Params(asked): Params<ListParams>,
) -> ApiResult<Json<Page<ReportRow>>> {
    let limit = asked.limit.unwrap_or(100).clamp(1, 200);
    let page = app.read(move |_, ledger| {
        let lines = ledger.reports(asked.after.as_deref(), limit)?;
        let next = if lines.len() == limit { lines.last().map(|it| it.id.clone()) } else { None };
        Ok(Page { items: lines.into_iter().map(|it| row(ledger, it)).collect::<ApiResult<_>>()?, next })
    });
    page.await.map(Json)
}

fn row(ledger: &Ledger, line: ReportLine) -> ApiResult<ReportRow> {
    let mut findings = FindingCounts::default();
    let n_reviewed = ledger.n_reviewed(&line.id)?;
    if let Some(report) = ledger.report(&line.id)? {
        for finding in &report.coded.findings {
            *match finding.severity {
                Severity::Note => &mut findings.note,
                Severity::Warning => &mut findings.warning,
                Severity::Error => &mut findings.error,
            } += 1;
        }
    }
    let ReportLine { id, doc, title, publisher, published, language, learned, n_events, n_statements, copy_of } = line;
    Ok(ReportRow {
        id,
        doc,
        title,
        publisher,
        published,
        language,
        learned,
        n_events,
        n_reviewed,
        n_statements,
        findings,
        copy_of,
    })
}

/// The id of a report.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ReportPath {
    /// `sha256:…`.
    id: String,
}

/// One report with its coding as people have corrected it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReportPage {
    /// Events carry people's corrections.
    coded: CodedReport,
    /// What became of each event, in the same order.
    events: Vec<EventState>,
    /// When it came in.
    learned: Timestamp,
    /// The report that this one copies.
    copy_of: Option<String>,
    /// Reports with the same text.
    copies: Vec<String>,
    /// True when its bytes are kept: `GET /reports/{id}/original`.
    has_original: bool,
    /// The last operation that this has seen; edits send it back.
    seq: u64,
}

/// What became of one event.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EventState {
    /// Its id in the report.
    event: String,
    /// Its name for good.
    anchor: String,
    /// The incident that it is part of.
    incident: String,
    incident_title: String,
    /// Reports that tell of that incident.
    n_tellings: usize,
    review: annals_incidents::ReviewState,
    /// Fields that people have corrected here.
    corrected: Vec<String>,
    /// True when a person has added it; it outlives later codings.
    added: bool,
}

pub(crate) async fn show(State(app): State<App>, At(path): At<ReportPath>) -> ApiResult<Json<ReportPage>> {
    let page = app.read(move |_, ledger| {
        let seq = ledger.head()?;
        let StoredReport { mut coded, tellings, added, received, learned, copy_of, copies } = stored(ledger, &path.id)?;
        let mut events = Vec::new();
        for (event, (anchor, incident)) in coded.events.iter_mut().zip(tellings) {
            events.push(EventState { added: added.contains(&anchor), ..state(ledger, event, &anchor, &incident)? });
        }
        Ok(ReportPage { coded, events, learned, copy_of, copies, has_original: received.is_some(), seq })
    });
    page.await.map(Json)
}

fn stored(ledger: &Ledger, id: &str) -> ApiResult<StoredReport> {
    ledger.report(id)?.ok_or_else(|| ApiError::missing(format!("there is no report {id}")))
}

/// Puts people's corrections into the event, and tells what became of it.
fn state(ledger: &Ledger, event: &mut Event, anchor: &Anchor, incident: &IncidentId) -> ApiResult<EventState> {
    let account = ledger.incident(incident, None)?;
    let told = ledger.telling(anchor).ok().map(|it| it.event);
    let mut corrected = Vec::new();
    if let Some(told) = told.filter(|it| it != event) {
        if let (Ok(Value::Object(old)), Ok(Value::Object(new))) =
            (serde_json::to_value(&*event), serde_json::to_value(&told))
        {
            corrected.extend(new.iter().filter(|(field, value)| old.get(*field) != Some(value)).map(|it| it.0.clone()));
        }
        *event = told;
    }
    Ok(EventState {
        event: event.id.clone(),
        anchor: anchor.0.clone(),
        incident: incident.0.clone(),
        incident_title: account.as_ref().map(|it| it.title.clone()).unwrap_or_default(),
        n_tellings: account.as_ref().map_or(0, |it| it.tellings.len()),
        review: account.map(|it| it.review).unwrap_or_default(),
        corrected,
        added: false,
    })
}

pub(crate) async fn original(State(app): State<App>, At(path): At<ReportPath>) -> ApiResult<Response> {
    let bytes = app.read(move |_, ledger| {
        stored(ledger, &path.id)?.received.ok_or_else(|| ApiError::missing("the bytes of this report are not kept"))
    });
    // Never shown in the page's own origin: the browser only keeps it.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"report\""),
    ];
    Ok((headers, bytes.await?).into_response())
}

/// An event that the coder missed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEvent {
    /// The words that name it best; their text must be the document's.
    trigger: Span,
    #[serde(rename = "type")]
    event_type: EventType,
    reason: Option<String>,
}

pub(crate) async fn add_event(
    State(app): State<App>,
    caller: Caller,
    At(path): At<ReportPath>,
    Body(asked): Body<NewEvent>,
) -> ApiResult<Json<Done>> {
    let done = app.write(caller.who(), move |_, ledger, stamp| {
        let event = Event::bare(asked.event_type, asked.trigger);
        Ok(Done { operations: vec![ledger.add(stamp, &path.id, event, asked.reason.as_deref())?] })
    });
    done.await.map(Json)
}

/// Reports to be coded.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Brought {
    /// At most 200 files.
    items: Vec<BroughtItem>,
}

/// One file: text, a web page, JSON or JSON Lines, told apart by content.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BroughtItem {
    /// File name, or where it comes from.
    name: String,
    /// The text, or the bytes in base64.
    content: String,
    /// True when `content` is base64.
    #[serde(default)]
    base64: bool,
}

const MAX_OPEN_JOBS: usize = 50;

pub(crate) async fn bring(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<Brought>,
) -> ApiResult<(StatusCode, Json<Job>)> {
    if asked.items.is_empty() || asked.items.len() > 200 {
        return Err(ApiError::bad("bring 1 to 200 files at once"));
    }
    let inputs = asked.items.into_iter().map(|it| {
        let bytes = if it.base64 {
            STANDARD.decode(&it.content).map_err(|_| ApiError::bad(format!("{} is not base64", it.name)))?
        } else {
            it.content.into_bytes()
        };
        Ok(Input { name: it.name.chars().take(300).collect(), bytes })
    });
    let inputs = inputs.collect::<ApiResult<Vec<_>>>()?;
    start(&app, &caller, inputs)
}

fn start(app: &App, caller: &Caller, inputs: Vec<Input>) -> ApiResult<(StatusCode, Json<Job>)> {
    if app.jobs.n_open() >= MAX_OPEN_JOBS {
        return Err(ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "too many jobs wait already")
            .hint("wait until some are done"));
    }
    Ok((StatusCode::ACCEPTED, Json(jobs::start(app, caller.who(), inputs))))
}

#[derive(RustEmbed)]
#[folder = "../../samples"]
struct Samples;

pub(crate) async fn samples(State(app): State<App>, caller: Caller) -> ApiResult<(StatusCode, Json<Job>)> {
    let inputs = Samples::iter().filter(|it| !it.ends_with(".md")).filter_map(|name| {
        Some(Input { bytes: Samples::get(&name)?.data.into_owned(), name: format!("samples/{name}") })
    });
    let inputs = inputs.collect();
    start(&app, &caller, inputs)
}

pub(crate) async fn jobs(State(app): State<App>) -> Json<All<Job>> {
    Json(All { items: app.jobs.list() })
}

pub(crate) async fn stream(State(app): State<App>) -> Response {
    Sse::new(changes(&app)).keep_alive(KeepAlive::default()).into_response()
}

fn changes(app: &App) -> impl Stream<Item = Result<Message, Infallible>> + use<> {
    // Who is too slow misses a step of a job, never its end: the next change tells all of it.
    BroadcastStream::new(app.jobs.watch())
        .filter_map(|job| std::future::ready(job.ok()))
        .filter_map(|job| std::future::ready(Message::default().event("job").json_data(job).ok().map(Ok)))
}
