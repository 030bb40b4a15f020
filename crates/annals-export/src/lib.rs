//! Incidents in the field's formats, and imports of them.
//!
//! In: incidents. Out: ACLED, UCDP GED, PLOVER, POLECAT, GeoJSON, CSV, Parquet, HXL, each with a report of what it cannot hold.
//! Never: decisions on what happened.
#![warn(missing_docs)]
