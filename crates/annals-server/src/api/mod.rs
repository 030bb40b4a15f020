//! The routes of the API, and their OpenAPI document. Handlers parse, call and encode; the work is the ledger's and the coder's.

mod actors;
mod codebook;
mod document;
mod edits;
mod export;
mod filters;
mod incidents;
mod map;
mod network;
mod operations;
mod places;
mod reports;
mod session;
mod stats;

use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use self::document::Api;
use self::document::{Builder, route};
pub(crate) use self::network::Network;
use crate::guard::Who;
use crate::jobs::Job;
use crate::users::Role::{Coder, Reader};

/// Some items, and where to go on.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// What to give as `after` for the next page; `null` on the last.
    pub(crate) next: Option<String>,
}

/// All items there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct All<T> {
    pub(crate) items: Vec<T>,
}

/// Greatest body of reports. **Units**: bytes; two of the greatest reports, written as base64.
const MAX_REPORTS_BYTES: usize = 45_000_000;

/// Every route: its parameters, body and answer, and what serves it.
#[rustfmt::skip]
pub(crate) fn routes() -> Api {
    let (reader, coder) = (Who::From(Reader), Who::From(Coder));
    let large = || DefaultBodyLimit::max(MAX_REPORTS_BYTES);
    Builder::default()
        .add::<(), (), session::Session>(&route("GET", "/session", "get_session", Who::Anyone, "Tells who is logged in"), get(session::show))
        .add::<(), session::LogIn, session::Session>(&route("POST", "/session", "log_in", Who::Anyone, "Logs in"), post(session::log_in))
        .add::<(), (), ()>(&route("DELETE", "/session", "log_out", Who::Anyone, "Logs out"), delete(session::log_out))
        .add::<(), (), serde_json::Value>(&route("GET", "/openapi.json", "get_openapi", reader, "Gives this document"), get(session::document))
        .add::<reports::ListParams, (), Page<reports::ReportRow>>(&route("GET", "/reports", "list_reports", reader, "Lists reports, latest first"), get(reports::list))
        .add::<(), reports::Brought, Job>(&route("POST", "/reports", "bring_reports", coder, "Brings in reports to be coded"), post(reports::bring).layer(large()))
        .add::<(), (), Job>(&route("POST", "/reports/samples", "bring_samples", coder, "Brings in the sample reports"), post(reports::samples))
        .add::<reports::ReportPath, (), reports::ReportPage>(&route("GET", "/reports/{id}", "get_report", reader, "Gives one report with its coding and corrections"), get(reports::show))
        .add::<reports::ReportPath, (), ()>(&route("GET", "/reports/{id}/original", "get_original", reader, "Gives a report's bytes as received"), get(reports::original))
        .add::<reports::ReportPath, reports::NewEvent, edits::Done>(&route("POST", "/reports/{id}/events", "add_event", coder, "Adds an event that the coder missed"), post(reports::add_event))
        .add::<(), (), All<Job>>(&route("GET", "/jobs", "list_jobs", reader, "Lists running and late jobs"), get(reports::jobs))
        .add::<(), (), ()>(&route("GET", "/jobs/stream", "stream_jobs", reader, "Tells each change of a job as a server-sent event"), get(reports::stream))
        .add::<incidents::ListParams, (), incidents::IncidentPage>(&route("GET", "/incidents", "list_incidents", reader, "Lists incidents"), get(incidents::list))
        .add::<(incidents::IncidentPath, incidents::AsOf), (), incidents::IncidentView>(&route("GET", "/incidents/{id}", "get_incident", reader, "Gives one incident"), get(incidents::show))
        .add::<(incidents::IncidentPath, incidents::HistoryParams), (), Page<incidents::Version>>(&route("GET", "/incidents/{id}/history", "get_history", reader, "Gives the states that an incident was in: the last ones first by page, oldest first within"), get(incidents::history))
        .add::<(), edits::Several, edits::Done>(&route("POST", "/incidents/merge", "merge", coder, "Says that incidents are one happening"), post(edits::merge))
        .add::<(), edits::Several, edits::Done>(&route("POST", "/incidents/apart", "keep_apart", coder, "Says that two incidents are not one happening"), post(edits::apart))
        .add::<incidents::IncidentPath, edits::Split, edits::Done>(&route("POST", "/incidents/{id}/split", "split", coder, "Says that some tellings are a happening of their own"), post(edits::split))
        .add::<(), edits::Decision, edits::Done>(&route("POST", "/decisions", "decide", coder, "Accepts, rejects or reopens incidents"), post(edits::decide))
        .add::<(), edits::Edit, edits::Done>(&route("POST", "/edits", "edit", coder, "Corrects fields"), post(edits::edit))
        .add::<(), edits::Undo, edits::Done>(&route("POST", "/undo", "undo", coder, "Takes operations back"), post(edits::undo))
        .add::<operations::LogParams, (), Page<operations::OperationRow>>(&route("GET", "/operations", "list_operations", reader, "Lists all that was done, newest first"), get(operations::list))
        .add::<filters::Filters, (), map::MapPoints>(&route("GET", "/map", "get_map", reader, "Gives all incidents that fit as columns of numbers"), get(map::points))
        .add::<map::ControlParams, (), All<map::ControlItem>>(&route("GET", "/control", "get_control", reader, "Tells who is said to hold what"), get(map::control))
        .add::<places::PlaceParams, (), All<places::PlaceHit>>(&route("GET", "/places", "search_places", reader, "Finds places of the gazetteer"), get(places::search))
        .add::<actors::ActorParams, (), All<actors::ActorHit>>(&route("GET", "/actors", "search_actors", reader, "Finds actors of the registry"), get(actors::search))
        .add::<actors::ActorPath, (), actors::ActorPage>(&route("GET", "/actors/{id}", "get_actor", reader, "Gives one actor"), get(actors::show))
        .add::<(), (), network::Network>(&route("GET", "/network", "get_network", reader, "Tells who fights whom"), get(network::show))
        .add::<stats::StatsParams, (), stats::StatsPage>(&route("GET", "/stats", "get_stats", reader, "Counts incidents by month"), get(stats::show))
        .add::<(), (), All<codebook::CodeList>>(&route("GET", "/codebook", "get_codebook", reader, "Gives the closed lists of the record"), get(codebook::show))
        .add::<export::ExportParams, (), ()>(&route("GET", "/export", "export", reader, "Gives all incidents that fit as a file"), get(export::file))
        .end()
}

/// The OpenAPI document of the API, as indented JSON: docs/openapi.json.
pub fn openapi() -> String {
    routes().document + "\n"
}
