//! Files of all incidents that fit.

use std::time::Duration;

use annals_export::{Export, Format, Options};
use annals_ledger::Ledger;
use axum::body::{Body as Stream, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::filters::Filters;
use crate::error::{ApiError, ApiResult};
use crate::extract::Params;
use crate::state::App;

/// Which incidents, in which format.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ExportParams {
    #[serde(flatten)]
    filters: Filters,
    /// Name of a format; `GET /session` lists them.
    format: String,
}

/// A format that an export can have.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FormatInfo {
    name: String,
    title: String,
    /// What it is, in a sentence.
    what: String,
}

pub(super) fn info(format: Format) -> FormatInfo {
    let (title, what) = match format {
        Format::Csv => ("CSV", "a row an incident, for spreadsheets"),
        Format::Acled => ("ACLED", "31 columns, as CSV"),
        Format::Ucdp => ("UCDP GED", "49 columns, as CSV; incidents with a death"),
        Format::Plover => ("PLOVER", "events of the PLOVER ontology, as JSON Lines"),
        Format::Polecat => ("POLECAT", "40 columns, parted by tabs"),
        Format::Geojson => ("GeoJSON", "a feature an incident, for maps"),
        Format::Hxl => ("HXL", "a short table with hashtags of the Humanitarian Exchange Language"),
        Format::Jsonl => ("JSON Lines", "whole incidents with every claim"),
        Format::Parquet => ("Parquet", "one wide table of incidents"),
        Format::Geoparquet => ("GeoParquet", "the same with the point of each incident"),
        Format::Claims => ("Claims, Parquet", "a row a claim"),
    };
    FormatInfo { name: format.as_str().to_owned(), title: title.to_owned(), what: what.to_owned() }
}

fn kind(format: Format) -> &'static str {
    match format.extension() {
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "jsonl" => "application/x-ndjson",
        "geojson" => "application/geo+json",
        _ => "application/octet-stream",
    }
}

pub(crate) async fn file(State(app): State<App>, Params(asked): Params<ExportParams>) -> ApiResult<Response> {
    let format: Format = asked.format.parse().map_err(|_| {
        ApiError::new(StatusCode::BAD_REQUEST, "bad_request", format!("{:?} is no format of an export", asked.format))
            .hint("GET /api/v1/session lists the formats")
    })?;
    // Odd filters are told before the file begins.
    asked.filters.query(app.registry())?;
    let (sender, receiver) = mpsc::channel::<Result<Bytes, std::io::Error>>(8);
    let writer = app.clone();
    tokio::task::spawn(async move {
        let told = sender.clone();
        let done = writer.read_slowly(move |app, ledger| write(format, &asked.filters, app.registry(), ledger, sender));
        if done.await.is_err() {
            // The file is cut short, so that nobody takes it for whole.
            let _ = told.send(Err(std::io::Error::other("the export failed"))).await;
        }
    });
    let mut response = Stream::from_stream(ReceiverStream::new(receiver)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(format)));
    let name = format!("attachment; filename=\"annals-{format}.{}\"", format.extension());
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn write(
    format: Format,
    filters: &Filters,
    registry: &annals_actors::Registry,
    ledger: &Ledger,
    sender: mpsc::Sender<Result<Bytes, std::io::Error>>,
) -> ApiResult<()> {
    let out = std::io::BufWriter::with_capacity(64 * 1024, Pipe(sender));
    let failed = |_| ApiError::internal();
    let mut export = Export::new(format, registry, Options::default(), out).map_err(failed)?;
    let mut query = filters.query(registry)?;
    query.limit = 500;
    loop {
        let page = ledger.incidents(&query)?;
        for incident in &page.incidents {
            export.add(incident).map_err(failed)?;
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    export.finish().map(|_| ()).map_err(failed)
}

/// How long a client may take nothing before its file is cut short.
const PATIENCE: Duration = Duration::from_mins(1);

/// Writes into a response; waits when the reader is slow.
struct Pipe(mpsc::Sender<Result<Bytes, std::io::Error>>);

impl std::io::Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let sent = tokio::time::timeout(PATIENCE, self.0.send(Ok(Bytes::copy_from_slice(bytes))));
        match Handle::current().block_on(sent) {
            Ok(Ok(())) => Ok(bytes.len()),
            Ok(Err(_)) | Err(_) => Err(std::io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
