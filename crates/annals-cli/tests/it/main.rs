//! The built binary, run as a user runs it.
//!
//! What the coder finds is tested where it is made; here it is how input, output, messages and exit codes behave.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]

mod actors;
mod bad_input;
mod code;
mod eval;
mod formats;
mod ledger;
mod places;
mod run;
mod serve;
