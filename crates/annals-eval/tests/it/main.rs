//! The scorers on reports that are in the project.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]

mod geo;
mod gold;
mod isaf;
mod re3d;
