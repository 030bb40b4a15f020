//! Incidents in, files of the field out.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]

mod acled;
mod fixture;
mod import;
mod parquet;
mod plain;
mod plover;
mod privacy;
mod ucdp;
