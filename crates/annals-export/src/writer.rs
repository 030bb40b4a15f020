//! One export: incidents in, one by one; a file and its loss report out.

use std::io::{self, Write};

use annals_actors::Registry;
use annals_incidents::Incident;
use thiserror::Error;

use crate::loss::Loss;
use crate::options::Options;
use crate::privacy::guarded;
use crate::{Format, acled, geojson, hxl, jsonl, parquet, plover, table, ucdp};

/// Where an export goes.
pub(crate) type Out<'a> = Box<dyn Write + Send + 'a>;

/// An export could not be written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The file or pipe refused it.
    #[error("could not write the export")]
    Io(#[from] io::Error),
    /// The file or pipe refused a row.
    #[error("could not write a row of the export")]
    Csv(#[source] csv::Error),
    /// The file or pipe refused a JSON object.
    #[error("could not write an object of the export")]
    Json(#[source] serde_json::Error),
}

// Both hide a closed pipe or full disk within them.
impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        if !error.is_io_error() {
            return Self::Csv(error);
        }
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { Self::Io(error.into()) } else { Self::Json(error) }
    }
}

/// What every format does.
pub(crate) trait Writer {
    /// Writes one incident, or counts why it does not.
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError>;

    /// Writes what stands after the last one.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// What all formats know of their export.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) options: Options<'a>,
}

/// Incidents on their way into one file. Memory does not grow with their number.
pub struct Export<'a> {
    writer: Box<dyn Writer + 'a>,
    options: Options<'a>,
    loss: Loss,
}

impl<'a> Export<'a> {
    /// Begins a file: what stands before the first incident is written at once.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new(
        format: Format,
        registry: &'a Registry,
        options: Options<'a>,
        out: impl Write + Send + 'a,
    ) -> Result<Self, ExportError> {
        let context = Context { registry, options };
        let out: Out<'a> = Box::new(out);
        let (writer, lacks): (Box<dyn Writer + 'a>, _) = match format {
            Format::Acled => (Box::new(acled::Acled::new(context, out)?), acled::LACKS),
            Format::Ucdp => (Box::new(ucdp::Ucdp::new(context, out)?), ucdp::LACKS),
            Format::Plover => (Box::new(plover::Plover::new(context, out)), plover::LACKS),
            Format::Polecat => (Box::new(plover::Polecat::new(context, out)?), plover::POLECAT_LACKS),
            Format::Parquet => (Box::new(parquet::Incidents::new(out, false)?), parquet::LACKS),
            Format::Geoparquet => (Box::new(parquet::Incidents::new(out, true)?), parquet::LACKS),
            Format::Claims => (Box::new(parquet::Claims::new(out)?), parquet::CLAIMS_LACKS),
            Format::Geojson => (Box::new(geojson::Geojson::new(options, out)?), geojson::LACKS),
            Format::Csv => (Box::new(table::Csv::new(options, out)?), table::LACKS),
            Format::Jsonl => (Box::new(jsonl::Jsonl::new(out)), jsonl::LACKS),
            Format::Hxl => (Box::new(hxl::Hxl::new(options, out)?), hxl::LACKS),
        };
        Ok(Self { writer, options, loss: Loss::new(format.as_str(), lacks) })
    }

    /// Adds one incident.
    ///
    /// # Errors
    /// When the file cannot be written. An incident that the format cannot hold is no error: the loss report counts it.
    pub fn add(&mut self, incident: &Incident) -> Result<(), ExportError> {
        let n_rows = self.loss.n_rows;
        self.writer.write(&guarded(incident, &self.options), &mut self.loss)?;
        self.loss.take(incident, self.loss.n_rows > n_rows);
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<Loss, ExportError> {
        self.writer.finish()?;
        Ok(self.loss)
    }
}
