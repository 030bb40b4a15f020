//! Tables of other data sets as coded reports: each row stands as a report of its own, whose document is the row.
//!
//! A row keeps its id through vintages, so that taking in a newer vintage revises what changed and leaves the rest.

mod acled;
mod actors;
mod builder;
mod columns;
mod ucdp;

use std::io::Read;

use annals_actors::Registry;
use annals_record::CodedReport;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

use columns::Columns;
pub use columns::day;

/// A data set whose tables can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DataSet {
    /// ACLED's events.
    Acled,
    /// UCDP's georeferenced events.
    Ucdp,
}

impl DataSet {
    /// What the reports made of its rows name as their model: it tells them from reports that were read.
    pub fn model(self) -> &'static str {
        match self {
            Self::Acled => acled::DATA_SET,
            Self::Ucdp => crate::ucdp::DATA_SET,
        }
    }
}

/// A table cannot be read.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It is no CSV, or the file cannot be read.
    #[error("could not read row {row} of the table")]
    Csv {
        /// **Range**: from 1; the header is row 0.
        row: u64,
        /// What the reader says.
        #[source]
        source: csv::Error,
    },
    /// The header lacks columns that no row can be read without.
    #[error("the table lacks these columns: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// A cell holds something else than its column asks for.
    #[error("row {row}, column {column}: {value:?} is {why}")]
    Cell {
        /// **Range**: from 1.
        row: u64,
        /// The column's name.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// What a table's header says, before any row is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Columns that no vintage of the data set is known to have; they are read over.
    pub unknown: Vec<String>,
    /// Columns that are known and not there.
    pub missing: Vec<String>,
}

/// The rows of a table, one coded report a row, in the order of the file.
///
/// A row that cannot be read comes as an error, and the next one follows.
///
/// # Errors
/// When the header cannot be read or lacks a column that every row needs.
pub fn read_table<R: Read>(
    data_set: DataSet,
    registry: &Registry,
    from: R,
) -> Result<(Header, impl Iterator<Item = Result<CodedReport, ImportError>>), ImportError> {
    let table = match data_set {
        DataSet::Acled => acled::columns(),
        DataSet::Ucdp => ucdp::columns(),
    };
    // Rows may end in a separator that the header lacks.
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(from);
    let header = reader.headers().map_err(|source| ImportError::Csv { row: 0, source })?;
    let columns = Columns::new(table, header)?;
    let header = columns.header().clone();
    let actors = actors::Actors::new(registry);
    let rows = reader.into_records().zip(1..).map(move |(record, row)| {
        let record = record.map_err(|source| ImportError::Csv { row, source })?;
        let cells = columns.row(&record, row);
        match data_set {
            DataSet::Acled => acled::report(&cells, &actors),
            DataSet::Ucdp => ucdp::report(&cells, &actors),
        }
    });
    Ok((header, rows))
}
