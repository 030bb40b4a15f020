//! Parquet: one wide table of incidents, with or without GeoParquet's geometry, and a table of claims beside it.
//!
//! Columns are documented in docs/formats/parquet.md.
//! **Source**: Apache Parquet format; GeoParquet 1.1.0.

mod claims;
mod column;
mod incidents;

pub(crate) use claims::Claims;
pub(crate) use incidents::Incidents;

use crate::loss::Lost;

pub(crate) const LACKS: &[Lost] = &[Lost::Claims];
pub(crate) const CLAIMS_LACKS: &[Lost] = &[];
