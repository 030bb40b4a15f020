//! Incidents in the field's formats, and imports of them.
//!
//! In: incidents. Out: ACLED, UCDP GED, PLOVER, POLECAT, GeoJSON, CSV, Parquet, HXL, each with a report of what it cannot hold.
//! Never: decisions on what happened. What a format forces to be decided (one actor a side, one number) is decided by the
//! rules told in docs/formats/, with their tables under data/export/.
//!
//! Read first: [`Format`], [`Options`], [`Export`], [`Loss`].
#![warn(missing_docs)]

mod acled;
mod compare;
mod countries;
mod format;
mod geojson;
mod hxl;
pub mod import;
mod jsonl;
mod loss;
mod manifest;
mod means;
mod names;
mod options;
mod outlets;
mod parquet;
mod people;
mod plover;
mod privacy;
mod roles;
mod table;
mod ucdp;
mod writer;

pub use acled::{AcledCode, acled_code, interactions as acled_interactions};
pub use compare::{Compared, Deaths, Found, compare};
pub use format::Format;
pub use loss::{Loss, Lost};
pub use manifest::{Attribution, Manifest, WrittenFile};
pub use options::{Coarseness, Options, OutlineOf, PointOf, TextOf, Unit};
pub use plover::{PloverCode, plover_code};
pub use ucdp::{COLUMNS as UCDP_COLUMNS, columns_of as imported_columns};
pub use writer::{Export, ExportError};
