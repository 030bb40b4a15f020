//! Incidents in the field's formats, and imports of them.
//!
//! In: incidents. Out: ACLED, UCDP GED, PLOVER, POLECAT, GeoJSON, CSV, Parquet, HXL, each with a report of what it cannot hold.
//! Never: decisions on what happened. What a format forces to be decided (one actor a side, one number) is decided by the
//! rules told in docs/formats/, with their tables under data/export/.
//!
//! Read first: [`Format`], [`Options`], [`Export`], [`Loss`].
#![warn(missing_docs)]

mod acled;
mod countries;
mod format;
mod geojson;
mod hxl;
mod jsonl;
mod loss;
mod names;
mod options;
mod outlets;
mod people;
mod privacy;
mod roles;
mod table;
mod ucdp;
mod writer;

pub use acled::interactions as acled_interactions;
pub use format::Format;
pub use loss::{Loss, Lost};
pub use options::{Coarseness, Options, PointOf, TextOf, Unit};
pub use writer::{Export, ExportError};
