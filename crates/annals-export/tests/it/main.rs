//! Incidents in, files of the field out.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]

mod acled;
mod fixture;
mod plain;
mod privacy;
mod ucdp;
